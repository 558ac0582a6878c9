"""Files that Lightstream appended to, recovered and sealed, read by the others.

A file gets its own batches once more. A peer must then find twice what it finds in the file itself, which the other sections
compare with integration-test JSON. What a peer cannot read even before that is no matter of this section.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from corpus import Case, file_name

# Whose files are appended to, besides ours.
WRITERS = ("polars", "arrow-java", "arrow-rs", "apache-arrow")


@dataclass
class Changed:
    action: str  # append, recover or seal
    writer: str
    case: Case
    before: Path  # a file
    source: Path  # what is changed: the file, or a stream
    path: Path

    @property
    def times(self):
        return 1 if self.action == "seal" else 2


class Appending:
    def __init__(self, cases, theirs, folder, report):
        """`theirs` has what the peers wrote in the section before."""
        self.cases, self.theirs, self.folder, self.report = cases, theirs, folder, report

    def run(self, workers, lightstream):
        changed = []
        wanted = list(self._wanted())
        problems = lightstream.append([(one.action, one.source, one.path) for one in wanted])
        for one, problem in zip(wanted, problems):
            if problem is None:
                changed.append(one)
            elif "convert it first" in problem:
                self.report.skipped(one.action, one.writer, "file", one.case.name, f"refused: {problem}")
            else:
                self.report.failed(one.action, one.writer, "file", one.case.name, problem)
        with ThreadPoolExecutor(len(workers)) as pool:
            list(pool.map(lambda worker: self._by_one(worker, changed), workers))

    def _wanted(self):
        # What a peer wrote wrong, or not at all, is no file to go on with.
        good = {row[2:5] for row in self.report.rows if row[0] == "passed" and row[1] == "writes"}
        for case in self.cases:
            files = {"lightstream": case.ours.get(("file", "none", False)), "pyarrow": case.sources.get("file")}
            for writer in WRITERS:
                path = self.theirs / (file_name(f"{writer}-{case.kind}-{case.name}-none") + ".arrow")
                files[writer] = path if (writer, "file", case.name) in good else None
            for writer, path in files.items():
                if path is not None and not (writer == "pyarrow" and case.kind == "golden"):
                    yield self._changed("append", writer, case, path, path)
            ours = files["lightstream"]
            if ours is not None:
                yield self._changed("recover", "lightstream", case, ours, ours)
                stream = case.ours.get(("stream", "none", False))
                if stream is not None:
                    yield self._changed("seal", "lightstream", case, ours, stream)

    def _changed(self, action, writer, case, before, source):
        path = self.folder / (file_name(f"{action}-{writer}-{case.kind}-{case.name}") + ".arrow")
        return Changed(action, writer, case, before, source, path)

    def _by_one(self, worker, changed):
        if worker.name == "nanoarrow":
            return  # has no files
        before = {}
        for one in changed:
            if one.before not in before:
                before[one.before] = self._table(worker, one.before)
            table = before[one.before]
            if "error" in table:
                continue
            found = self._table(worker, one.path)
            names = (one.action, worker.name, f"of {one.writer}", one.case.name)
            problem = found.get("error") or difference(table, one.times, found)
            if problem is None:
                self.report.passed(*names)
            else:
                self.report.failed(*names, problem)

    def _table(self, worker, path):
        out = self.folder / f"{worker.name}.json"
        answer = worker.request(do="read", path=str(path), form="file", out=str(out), validate=False)
        if "error" in answer:
            return answer
        with open(out, encoding="utf-8") as file:
            return json.load(file)


def difference(table, times, found):
    """Where what a peer found is not so many times what it had found before; None where it is."""
    for number, column in enumerate(table["columns"]):
        # As text, because NaN equals nothing.
        if json.dumps(column * times) != json.dumps(found["columns"][number]):
            return f"column {number}: {str(column * times)[:80]} expected, {str(found['columns'][number])[:80]} found"
    if table["fields"] != found["fields"]:
        return f"fields {table['fields']} expected, {found['fields']} found"
    if table["counts"] is not None and table["counts"] * times != found["counts"]:
        return f"batches of {table['counts'] * times} rows expected, of {found['counts']} found"
    return None
