"""What Lightstream writes, read by the others and compared value by value."""

import json
from concurrent.futures import ThreadPoolExecutor

from corpus import COMPRESSED, file_name, label
from fields import normal_field
from lightstream import ENDINGS, FORMATS
from values import first_difference, loosen

def variants(case):
    """(form, compression, deltas) that we write of a case."""
    yield from (("file", "none", False), ("stream", "none", False))
    if case.kind == "dictionary":
        yield "stream", "none", True
    if case.name in COMPRESSED:
        yield from ((form, codec, False) for form in ("file", "stream") for codec in ("lz4", "zstd"))


def write_ours(cases, lightstream, folder, report):
    jobs, owners = [], []
    for case in cases:
        for variant in variants(case):
            form, compression, deltas = variant
            target = folder / (file_name(f"{case.kind}-{case.name}-{compression}{'-deltas' if deltas else ''}") + ENDINGS[form])
            if case.kind == "generated":
                source, format_name = case.json, "json"
            else:  # from the other form; but only in a stream a dictionary changes while one reads
                other = "stream" if form == "file" or case.kind == "dictionary" else "file"
                source, format_name = case.sources[other], FORMATS[other]
            jobs.append((source, format_name, target, FORMATS[form], compression, deltas))
            owners.append((case, variant, target))
    for (case, variant, target), problem in zip(owners, lightstream.convert(jobs)):
        if problem is None:
            case.ours[variant] = target
        else:
            report.failed("writes", "lightstream", label(*variant), case.name, problem)


class Reading:
    def __init__(self, cases, folder, report):
        self.cases, self.folder, self.report = cases, folder, report
        self.by_name = {case.name: case for case in cases}

    def run(self, workers):
        with ThreadPoolExecutor(len(workers)) as pool:
            list(pool.map(self._by_one, workers))

    def _by_one(self, worker):
        for case in self.cases:
            for variant, path in case.ours.items():
                self._check(worker, case, variant, path)

    def _check(self, worker, case, variant, path):
        form = variant[0]
        names = ("reads", worker.name, label(*variant), case.name)
        if worker.name == "nanoarrow" and form == "file":
            return  # said once, by main
        problem = self.verdict(worker, case, path, form)
        if problem is None:
            self.report.passed(*names)
            return
        excuse = self._excuse(worker, case, variant)
        if excuse is None:
            self.report.failed(*names, problem)
        else:
            self.report.limited(*names, excuse)

    def verdict(self, worker, case, path, form):
        """None where the peer finds the values of the case in a file, else what it finds."""
        out = self.folder / f"{worker.name}.json"
        answer = worker.request(
            do="read", path=str(path), form=form, out=str(out), validate=case.kind != "golden"
        )
        if "error" in answer:
            return answer["error"]
        with open(out, encoding="utf-8") as file:
            return difference(case.load(), json.load(file))

    def _excuse(self, worker, case, variant):
        """Why a failure is not ours: the peer fails on another writer's data of the same values, too."""
        form, compression, _ = variant
        reference = self.by_name.get(case.instead, case)
        if case.kind == "dictionary" and form in case.sources:
            reference = case
        source = reference.sources.get(label(form, compression))
        if source is None:
            return None
        problem = self.verdict(worker, reference, source, form)
        if problem is None:
            return None
        return f"also with other writers: {problem}"


def difference(document, table):
    """Where what a peer read differs from the document, in words; None where it does not."""
    expected = document.columns()
    if table["loose"]:
        expected = [[loosen(f, v) for v in column] for f, column in zip(document.fields, expected)]
    problem = first_difference(expected, table["columns"])
    if problem is None and table.get("names") is not None:
        names = [field["name"] for field in document.fields]
        if names != table["names"]:
            problem = f"names {names} expected, {table['names']} found"
    if problem is None and table["fields"] is not None:
        problem = _fields_difference([normal_field(field) for field in document.fields], table["fields"])
    if problem is None and table["counts"] is not None:
        counts = [count for count, _ in document.batches]
        if counts != table["counts"]:
            problem = f"batches of {counts} rows expected, of {table['counts']} found"
    return problem


def _fields_difference(expected, found):
    for number, (left, right) in enumerate(zip(expected, found)):
        if left != right:
            return f"field {number}: {left} expected, {right} found"
    return None
