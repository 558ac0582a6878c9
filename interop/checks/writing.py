"""What the others write, read by Lightstream and compared with integration-test JSON by `lightstream validate`."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from corpus import COMPRESSED, Case, file_name, label
from integration_json import Document, store
from lightstream import ENDINGS
from reading import difference

# These have types of their own: what they write is compared with what pyarrow reads in it.
OWN_TYPES = ("polars", "duckdb")


@dataclass
class Written:
    peer: str
    case: Case
    form: str
    variant: str
    path: Path
    json: Path


class Writing:
    def __init__(self, cases, folder, report):
        self.cases, self.folder, self.report = cases, folder, report

    def run(self, workers, lightstream, pyarrow):
        """`pyarrow` is a worker, or None: it tells whether a peer wrote what it was given."""
        with ThreadPoolExecutor(max(1, len(workers))) as pool:
            written = [one for some in pool.map(self._by_one, workers) for one in some]
        written += self._of_pyarrow()
        written = [one for one in written if self._has_oracle(one, pyarrow)]
        verdicts = lightstream.validate([(one.form, one.path, one.json) for one in written])
        for one, (verdict, detail) in zip(written, verdicts):
            self._judge(one, verdict, detail, pyarrow)
        # What Lightstream cannot read at all was judged above.
        readable = [one for one, (verdict, _) in zip(written, verdicts) if verdict in ("ok", "differs")]
        for one, problem in zip(readable, lightstream.map([(one.form, one.path) for one in readable])):
            names = ("maps", one.peer, one.variant, one.case.name)
            if problem is None:
                self.report.passed(*names)
            else:
                self.report.failed(*names, problem)

    def _of_pyarrow(self):
        """The sources of the cases are by pyarrow, the golden ones aside."""
        for case in self.cases:
            for variant, path in case.sources.items():
                yield Written("golden" if case.kind == "golden" else "pyarrow", case, variant.split()[0], variant, path, case.json)

    def _by_one(self, worker):
        """Has a peer read each case and write it again in all its forms."""
        written = []
        for case in self.cases:
            if case.is_big_endian:
                continue  # Most peers do not swap bytes: what they would write is no test of ours.
            for form in ("file", "stream"):
                if worker.name == "nanoarrow" and form == "file":
                    continue
                codecs = ("none", "lz4", "zstd") if case.name in COMPRESSED else ("none",)
                for codec in codecs if worker.name not in ("apache-arrow", "nanoarrow") else ("none",):
                    one = self._write(worker, case, form, codec)
                    if one is not None:
                        written.append(one)
        return written

    def _write(self, worker, case, form, codec):
        source_form = form if form in case.sources else "stream"
        source = case.sources.get(source_form)
        if source is None:
            return None
        path = self.folder / (file_name(f"{worker.name}-{case.kind}-{case.name}-{codec}") + ENDINGS[form])
        path.unlink(missing_ok=True)
        answer = worker.request(
            do="write", path=str(source), form=source_form, out=str(path), outForm=form, compression=codec
        )
        if "error" in answer:
            self.report.limited("writes", worker.name, label(form, codec), case.name, answer["error"])
            return None
        json_path = path.with_name(path.name + ".json") if worker.name in OWN_TYPES else case.json
        return Written(worker.name, case, form, label(form, codec), path, json_path)

    def _has_oracle(self, one, pyarrow):
        """Where the peer has types of its own, makes the JSON from what pyarrow reads in its data."""
        if one.peer not in OWN_TYPES:
            return True
        out = self.folder / "oracle.json"
        answer = pyarrow.request(do="read", path=str(one.path), form=one.form, out=str(out), validate=False)
        if "error" in answer:
            reason = f"pyarrow cannot read what it wrote: {answer['error']}"
            self.report.limited("writes", one.peer, one.variant, one.case.name, reason)
            return False
        store(_document(json.loads(out.read_text(encoding="utf-8"))), one.json)
        return True

    def _judge(self, one, verdict, detail, pyarrow):
        names = ("writes", one.peer, one.variant, one.case.name)
        if verdict == "ok":
            self.report.passed(*names)
            return
        problem = self._found_by_pyarrow(one, pyarrow)
        if problem is None:
            self.report.failed(*names, f"{verdict} {detail}")
        else:
            self.report.limited(*names, f"pyarrow finds the same: {problem}")

    def _found_by_pyarrow(self, one, pyarrow):
        """What pyarrow finds wrong with data that we take for wrong; None where it finds nothing, or cannot tell."""
        if pyarrow is None or one.peer in ("pyarrow", "golden", *OWN_TYPES):
            return None
        out = self.folder / "second-opinion.json"
        answer = pyarrow.request(do="read", path=str(one.path), form=one.form, out=str(out), validate=False)
        if "error" in answer:
            return None if answer["error"].startswith("KeyError") else answer["error"]
        return difference(one.case.load(), json.loads(out.read_text(encoding="utf-8")))


def _document(table):
    """A document with the fields and batches of what pyarrow read."""
    for number, field in enumerate(table["fields"]):
        _complete(field, str(number))
    batches, begin = [], 0
    for count in table["counts"]:
        batches.append((count, [column[begin : begin + count] for column in table["columns"]]))
        begin += count
    return Document(table["fields"], batches)


def _complete(field, path):
    """What the form for comparing left out: dictionary ids, and metadata as a list."""
    field["metadata"] = [{"key": k, "value": v} for k, v in field["metadata"].items()]
    if "dictionary" in field:
        field["dictionary"]["id"] = int("1" + "".join(f"{int(step):02}" for step in path.split(".")))
    for number, child in enumerate(field["children"]):
        _complete(child, f"{path}.{number}")
