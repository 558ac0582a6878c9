"""`lightstream convert` as a user runs it: from one format to the next, and what comes out read by pyarrow."""

import subprocess

from corpus import file_name
from lightstream import COMMAND

CASES = ("utf8", "dictionary int32", "list of struct of list", "one batch of 3000 rows")
STEPS = (("arrow", "none", "file"), ("arrows", "zstd", "stream"), ("arrow", "lz4", "file"))


def run(cases, worker, verdict, folder, report):
    """`verdict` is that of reading.Reading: what a worker finds wrong with a file."""
    for case in cases:
        if case.name not in CASES:
            continue
        source = case.json
        for number, (ending, compression, form) in enumerate(STEPS):
            target = folder / f"{file_name(case.name)}-{number}.{ending}"
            names = ("command", worker.name, f"{form} {compression}", f"convert {source.suffix[1:]} {ending}: {case.name}")
            done = subprocess.run(
                [COMMAND, "convert", "--compression", compression, source, target], capture_output=True, text=True
            )
            problem = done.stderr[-300:] if done.returncode else verdict(worker, case, target, form)
            if problem is not None:
                report.failed(*names, problem)
                break
            report.passed(*names)
            source = target
