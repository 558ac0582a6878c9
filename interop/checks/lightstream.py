"""Lightstream itself: its command line, and the small programs of interop/ours for many tables in one process."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = ROOT / "bin" / "lightstream"
FORMATS = {"file": "arrow", "stream": "arrows"}
ENDINGS = {"file": ".arrow", "stream": ".arrows"}


class Lightstream:
    def __init__(self, java, classes, work):
        jars = ROOT / "lightstream-cli" / "target" / "quick" / "lib" / "*"
        self.class_path = f"{classes}:{jars}"
        self.java, self.work = java, work

    def program(self, name, *arguments):
        """The command of one of our own programs."""
        quiet = ["-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow", "-XX:TieredStopAtLevel=1"]
        return [self.java, *quiet, "-cp", self.class_path, name, *arguments]

    def convert(self, jobs):
        """Converts; a job is (source, format, target, format, compression, deltas). What went wrong for each, or None."""
        return self._answers("Convert", ([*map(str, job[:5]), str(job[5]).lower()] for job in jobs), len(jobs))

    def append(self, jobs):
        """Appends, recovers or seals; a job is (action, source, target). What went wrong for each, or None."""
        return self._answers("Append", (map(str, job) for job in jobs), len(jobs))

    def _answers(self, program, jobs, count):
        lines = "".join("\t".join(job) + "\n" for job in jobs)
        done = subprocess.run(
            self.program(program), input=lines, capture_output=True, text=True, encoding="utf-8", timeout=600
        )
        answers = done.stdout.splitlines()
        answers += [f"error no answer: {done.stderr[-300:]}"] * (count - len(answers))
        return [None if answer == "ok" else answer.removeprefix("error ") for answer in answers]

    def validate(self, pairs):
        """Compares Arrow data with JSON; a pair is (form, arrow path, json path). (verdict, detail) for each."""
        listing = self.work / "validate.tsv"
        listing.write_text("".join(f"{form}\t{arrow}\t{json}\n" for form, arrow, json in pairs), encoding="utf-8")
        done = subprocess.run(
            [COMMAND, "validate", "--batch", listing], capture_output=True, text=True, encoding="utf-8", timeout=600
        )
        answers = {}
        for line in done.stdout.splitlines():
            verdict, arrow, *detail = line.split("\t")
            answers[arrow] = (verdict, " ".join(detail))
        missing = ("error", f"no answer, exit code {done.returncode}: {done.stderr[-300:]}")
        return [answers.get(str(arrow), missing) for _, arrow, _ in pairs]
