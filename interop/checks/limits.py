"""What peers are known to be unable to do. A failure is skipped only if it is listed here and the peer fails alike on
data of another writer; any other failure counts as one."""

from fnmatch import fnmatchcase
from pathlib import Path

LISTING = Path(__file__).resolve().parents[1] / "limits.tsv"


def load():
    """Rows of (peer, section, variant, case, reason): the first four are patterns."""
    lines = LISTING.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def known(limits, section, peer, variant, case):
    """The reason that is listed, or None."""
    for *patterns, reason in limits:
        if all(fnmatchcase(value, pattern) for value, pattern in zip((peer, section, variant, case), patterns)):
            return reason
    return None
