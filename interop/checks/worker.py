"""Peers as processes that answer JSON lines; started when first needed, and again after a crash."""

import json
import queue
import subprocess
import threading

TIMEOUT_SECONDS = 60


class Worker:
    """One peer. Not to be used by several threads."""

    def __init__(self, name, command, log, environment=None):
        self.name = name
        self._command, self._log, self._environment = command, log, environment
        self._process = None
        self._lines = queue.Queue()

    def request(self, **what):
        """The peer's answer: {"ok": True}, or {"error": why}."""
        if self._process is None:
            self._start()
        try:
            self._process.stdin.write(json.dumps(what) + "\n")
            self._process.stdin.flush()
            line = self._lines.get(timeout=TIMEOUT_SECONDS)
        except queue.Empty:
            self._process.kill()
            line = None
            reason = f"no answer within {TIMEOUT_SECONDS} s"
        except BrokenPipeError:
            line = None
            reason = "crashed"
        else:
            reason = "crashed"
        if line is None:
            self._process.wait()
            reason += f" (exit code {self._process.returncode})"
            self._process = None
            return {"error": reason}
        return json.loads(line)

    def _start(self):
        with open(self._log, "a", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, encoding="utf-8",
                env=self._environment,
            )
        self._lines = queue.Queue()
        threading.Thread(target=self._pump, args=(self._process.stdout, self._lines), daemon=True).start()

    @staticmethod
    def _pump(stdout, lines):
        for line in stdout:
            lines.put(line)
        lines.put(None)

    def close(self):
        if self._process is not None:
            self._process.stdin.close()
            self._process.wait(TIMEOUT_SECONDS)
            self._process = None


class Relay(Worker):
    """A peer that only writes again what it reads: pyarrow then tells what values it found."""

    def __init__(self, name, command, log, pyarrow):
        super().__init__(name, command, log)
        self._pyarrow = pyarrow

    def request(self, **what):
        if what["do"] != "read":
            return super().request(**what)
        again = what["out"] + ".arrows"
        answer = super().request(
            do="write", path=what["path"], form=what["form"], out=again, outForm="stream", compression="none"
        )
        if "error" in answer:
            return answer
        return self._pyarrow.request(**what | {"path": again, "form": "stream"})

    def close(self):
        super().close()
        self._pyarrow.close()
