"""The table of peers and types of docs/interop.md, from the outcome of the checks."""

PEERS = ("pyarrow", "polars", "duckdb", "nanoarrow", "apache-arrow", "arrow-java", "arrow-rs")
MARKS = {"passed": "yes", "skipped": "no", "FAILED": "**failed**"}


def write(report, path):
    """A row for each generated table and a column for each peer: whether it reads what we write, in all forms."""
    outcomes, reasons, names = {}, {}, []
    for outcome, section, peer, variant, case, detail in report.rows:
        if section != "reads" or "/" in case or peer not in PEERS or case == "everything":
            continue
        if case not in names:
            names.append(case)
        outcomes.setdefault((case, peer), {})[variant] = outcome
        if outcome == "skipped":
            reasons.setdefault((case, peer), detail.split(": ", 1)[-1])
    lines = ["| type | " + " | ".join(PEERS) + " |", "|---" * (len(PEERS) + 1) + "|"]
    lines += [f"| {name} | " + " | ".join(_cell(outcomes.get((name, peer), {})) for peer in PEERS) + " |" for name in names]
    lines += ["", "What they say where they cannot:", ""]
    lines += [f"- {peer}, {case}: {reason}" for (case, peer), reason in sorted(reasons.items(), key=lambda i: i[0][::-1])]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _cell(variants):
    kinds = set(variants.values())
    if not kinds:
        return ""
    if len(kinds) == 1:
        return MARKS[kinds.pop()]
    if "FAILED" in kinds:
        return MARKS["FAILED"]
    return "not " + ", ".join(sorted(v for v, outcome in variants.items() if outcome == "skipped"))
