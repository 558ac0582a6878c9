"""A line for each check, in a file; on standard output what did not pass, and the totals."""

import collections
import sys
import threading

import limits


class Report:
    def __init__(self, path):
        self._limits = limits.load()
        self._file = path.open("w", encoding="utf-8")
        self._lock = threading.Lock()
        self.rows = []  # (outcome, section, peer, variant, case, detail)

    def passed(self, section, peer, variant, case):
        self._add("passed", section, peer, variant, case, "")

    def failed(self, section, peer, variant, case, detail):
        self._add("FAILED", section, peer, variant, case, detail)

    def skipped(self, section, peer, variant, case, reason):
        self._add("skipped", section, peer, variant, case, reason)

    def limited(self, section, peer, variant, case, problem):
        """A check that failed for a reason that lies with the peer: skipped if that is known, else failed."""
        reason = limits.known(self._limits, section, peer, variant, case)
        if reason is None:
            self.failed(section, peer, variant, case, f"not listed in limits.tsv: {problem}")
        else:
            self.skipped(section, peer, variant, case, f"{reason} ({problem})")

    def _add(self, *row):
        with self._lock:
            self.rows.append(row)
            outcome, section, peer, variant, case, detail = row
            line = f"{outcome:7}  {section:9} {peer:12} {variant:11} {case}" + (f": {detail}" if detail else "")
            print(line, file=self._file, flush=True)
            if outcome != "passed":
                print(line, flush=True)

    def count(self, outcome):
        return sum(row[0] == outcome for row in self.rows)

    def _print_passed(self):
        """How many checks passed, by section and peer."""
        passed = collections.Counter(row[1:3] for row in self.rows if row[0] == "passed")
        for (section, peer), count in sorted(passed.items()):
            print(f"passed   {section:9} {peer:12} {count}")

    def finish(self):
        self._print_passed()
        failed = [row for row in self.rows if row[0] == "FAILED"]
        if failed:
            print("\nWhat failed:")
            for _, section, peer, variant, case, detail in failed:
                print(f"  {section} {peer} {variant} {case}: {detail}")
        print(f"{self.count('passed')} passed, {len(failed)} failed, {self.count('skipped')} skipped", flush=True)
        self._file.close()
        sys.exit(1 if failed else 0)
