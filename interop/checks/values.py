"""Logical values in one form for everybody, so that any two readings can be compared.

null is None, integers and all temporal types the stored number, decimals the unscaled number, floats their bits as
upper-case hex ("NaN" for every NaN), binary upper-case hex, text itself, lists and structs lists of members, maps lists
of [key, value], unions {"t": type id, "v": value}, day-time intervals [days, milliseconds], month-day-nano intervals
[months, days, nanoseconds]. Dictionary- and run-end-encoded columns are what they stand for.
"""

import math
import struct

FLOAT_CODES = {"HALF": "e", "SINGLE": "f", "DOUBLE": "d"}
NANOSECONDS = {"SECOND": 10**9, "MILLISECOND": 10**6, "MICROSECOND": 10**3, "NANOSECOND": 1}


def float_bits(number, precision):
    if math.isnan(number):
        return "NaN"
    return struct.pack(">" + FLOAT_CODES[precision], number).hex().upper()


def bits_float(bits, precision):
    if bits == "NaN":
        return math.nan
    return struct.unpack(">" + FLOAT_CODES[precision], bytes.fromhex(bits))[0]


def loosen(field, value):
    """The same value however wide or fine its type: for peers that keep values but not types."""
    if value is None:
        return None
    kind = field["type"]
    name = kind["name"]
    if name == "floatingpoint":
        return float_bits(bits_float(value, kind["precision"]), "DOUBLE")
    if name == "decimal":
        return _plain_decimal(value, kind["scale"])
    if name == "date":
        return value * (86400 * 10**9 if kind["unit"] == "DAY" else 10**6)
    if name in ("time", "timestamp"):
        return value * NANOSECONDS[kind["unit"]]
    if name == "duration":  # DuckDB has them as intervals
        return [0, 0, value * NANOSECONDS[kind["unit"]]]
    if name == "interval":
        return _months_days_nanoseconds(kind["unit"], value)
    if name in ("list", "largelist", "listview", "largelistview", "fixedsizelist"):
        return [loosen(field["children"][0], member) for member in value]
    if name == "struct":
        return [loosen(child, member) for child, member in zip(field["children"], value)]
    if name == "map":
        key, item = field["children"][0]["children"]
        return [[loosen(key, k), loosen(item, v)] for k, v in value]
    if name == "union":
        child = field["children"][kind["typeIds"].index(value["t"])]
        return loosen(child, value["v"])
    if name == "runendencoded":
        return loosen(field["children"][1], value)
    return value


def _plain_decimal(unscaled, scale):
    while scale > 0 and unscaled % 10 == 0:
        unscaled //= 10
        scale -= 1
    return f"{unscaled}e-{scale}"


def _months_days_nanoseconds(unit, value):
    if unit == "YEAR_MONTH":
        return [value, 0, 0]
    if unit == "DAY_TIME":
        return [0, value[0], value[1] * 10**6]
    return value


def first_difference(expected, found):
    """Where two tables (lists of columns) differ, in words; None where they do not."""
    if len(expected) != len(found):
        return f"{len(expected)} columns expected, {len(found)} found"
    for number, (left, right) in enumerate(zip(expected, found)):
        if len(left) != len(right):
            return f"column {number}: {len(left)} rows expected, {len(right)} found"
        for row, (a, b) in enumerate(zip(left, right)):
            if a != b or _kinds_differ(a, b):
                return f"column {number} row {row}: {_short(a)} expected, {_short(b)} found"
    return None


def _kinds_differ(a, b):
    return isinstance(a, bool) != isinstance(b, bool)


def _short(value):
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
