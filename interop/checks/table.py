"""The tables of docs/interop.md, from the outcome of the checks."""

import limits

PEERS = ("pyarrow", "polars", "duckdb", "nanoarrow", "apache-arrow", "arrow-java", "arrow-rs")
CODECS = ("lz4", "zstd")


def write(report, path):
    """What peers read of ours, as a table with a row for each generated one; then why not; then what they do not write."""
    cells, order = {}, []
    for outcome, section, peer, variant, case, _ in report.rows:
        if section == "reads" and "/" not in case and peer in PEERS and case != "everything":
            row = _row(variant, case)
            if row not in order:
                order.append(row)
            cells.setdefault((row, peer), set()).add(outcome)
    order.sort(key=lambda row: row.startswith(("compressed", "delta")))
    lines = ["| table | " + " | ".join(PEERS) + " |", "|---" * (len(PEERS) + 1) + "|"]
    lines += [f"| {row} | " + " | ".join(_cell(cells.get((row, peer), set())) for peer in PEERS) + " |" for row in order]
    for section, title in (("reads", "Why not:"), ("writes", "What they cannot write (or read from each other before):")):
        lines += ["", title, ""] + [f"- {peer} {said}" for peer, said in _reasons(report, section)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _row(variant, case):
    codec = variant.split()[-1]
    if codec in CODECS:
        return f"compressed with {codec}"
    return "delta dictionaries in a stream" if codec == "deltas" and "grows" in case else case


def _cell(outcomes):
    if "FAILED" in outcomes:
        return "**failed**"
    if len(outcomes) > 1:
        return "in part"
    return {"passed": "yes", "skipped": "no"}[outcomes.pop()] if outcomes else ""


def _reasons(report, wanted):
    """What of the known limits showed in this run, with the cases that show it."""
    listed = limits.load()
    shown = {}
    for outcome, section, peer, variant, case, _ in report.rows:
        reason = limits.known(listed, section, peer, variant, case)
        if outcome == "skipped" and section == wanted and reason is not None:
            shown.setdefault((peer, reason), {})[case] = None
    for (peer, reason), cases in sorted(shown.items()):
        some = [f"`{case}`" for case in list(cases)[:3]]
        yield peer, f"{reason}: {', '.join(some)}{' and others' if len(cases) > 3 else ''}"
