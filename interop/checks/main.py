"""Runs the checks that interop/run prepared; see docs/interop.md.

    python main.py WORK [--seed N]

What there is of peers is told by the environment: INTEROP_PYTHON, INTEROP_NODE and INTEROP_JS, INTEROP_ARROW_JAVA, INTEROP_ARROW_RS;
INTEROP_SKIPPED has a line "peer TAB reason" for each that there is not.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

import commands
import corpus
import table
from appending import Appending
from lightstream import ROOT, Lightstream
from reading import Reading, write_ours
from report import Report
from worker import Relay, Worker
from writing import Writing

PYTHON_PEERS = ("pyarrow", "polars", "duckdb", "nanoarrow")


def workers(work):
    """A process for each peer that is there."""
    found = {}
    environment = os.environ
    if environment.get("INTEROP_PYTHON"):
        script = str(ROOT / "interop" / "checks" / "python_peer.py")
        for name in PYTHON_PEERS:
            found[name] = Worker(name, [environment["INTEROP_PYTHON"], script, name], work / f"{name}.log")
        if environment.get("INTEROP_ARROW_RS"):
            pyarrow = Worker("pyarrow", [environment["INTEROP_PYTHON"], script, "pyarrow"], work / "pyarrow.log")
            found["arrow-rs"] = Relay("arrow-rs", [environment["INTEROP_ARROW_RS"]], work / "arrow-rs.log", pyarrow)
    if environment.get("INTEROP_NODE"):
        script = str(ROOT / "interop" / "peers" / "js" / "peer.mjs")
        found["apache-arrow"] = Worker("apache-arrow", [environment["INTEROP_NODE"], script], work / "apache-arrow.log")
    if environment.get("INTEROP_ARROW_JAVA"):
        found["arrow-java"] = Worker("arrow-java", [environment["INTEROP_ARROW_JAVA"]], work / "arrow-java.log")
    return found


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("work", type=Path)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    print(f"seed {options.seed}", flush=True)

    report = Report(options.work / "checks.txt")
    for line in os.environ.get("INTEROP_SKIPPED", "").splitlines():
        peer, reason = line.split("\t", 1)
        report.skipped("all", peer, "", "everything", reason)
    data = fresh(options.work / "data")
    peers = workers(options.work)
    lightstream = Lightstream(os.environ["INTEROP_JAVA"], options.work / "ours", options.work)

    cases = corpus.golden_cases()
    if not cases:
        report.skipped("all", "golden", "", "everything", "no corpora at LIGHTSTREAM_CORPORA")
    cases += corpus.generated_cases(options.seed, fresh(data / "json"))
    if "pyarrow" in peers:
        by_pyarrow = fresh(data / "pyarrow")
        corpus.write_by_pyarrow(cases, by_pyarrow)
        cases += corpus.changing_dictionaries(by_pyarrow)
    if "nanoarrow" in peers:
        report.skipped("reads", "nanoarrow", "file", "everything", "nanoarrow has streams only, no files")

    write_ours(cases, lightstream, fresh(data / "ours"), report)
    if peers:
        reading = Reading(cases, fresh(data / "read"), report)
        reading.run(list(peers.values()))
        if "pyarrow" in peers:
            commands.run(cases, peers["pyarrow"], reading.verdict, fresh(data / "commands"), report)
    writers = [worker for name, worker in peers.items() if name != "pyarrow"]
    Writing(cases, fresh(data / "theirs"), report).run(writers, lightstream, peers.get("pyarrow"))
    if peers:
        Appending(cases, data / "theirs", fresh(data / "appended"), report).run(list(peers.values()), lightstream)
    if "pyarrow" in peers:
        import sockets

        sockets.run(lightstream, peers, fresh(data / "sockets"), report)
    for worker in peers.values():
        worker.close()
    table.write(report, options.work / "table.md")
    report.finish()


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    main()
