"""Every type of the Arrow format, as fields of the integration-test JSON: the cases of the generated tables."""

import itertools

_ids = itertools.count(1)


def field(name, kind, children=(), nullable=True, dictionary=None, metadata=None):
    result = {"name": name, "type": kind, "nullable": nullable, "children": list(children)}
    if dictionary is not None:
        result["dictionary"] = dictionary
    if metadata is not None:
        result["metadata"] = [{"key": k, "value": v} for k, v in metadata.items()]
    return result


def plain(name, **parameters):
    return {"name": name, **parameters}


def integer(bits, signed=True):
    return plain("int", bitWidth=bits, isSigned=signed)


UTF8 = plain("utf8")
UNITS = {"s": "SECOND", "ms": "MILLISECOND", "us": "MICROSECOND", "ns": "NANOSECOND"}
DECIMALS = {32: (9, 2), 64: (18, 4), 128: (38, 10), 256: (76, 20)}


def _scalars():
    yield "null", plain("null")
    yield "bool", plain("bool")
    for bits in (8, 16, 32, 64):
        yield f"int{bits}", integer(bits)
        yield f"uint{bits}", integer(bits, signed=False)
    for bits, precision in ((16, "HALF"), (32, "SINGLE"), (64, "DOUBLE")):
        yield f"float{bits}", plain("floatingpoint", precision=precision)
    for bits, (precision, scale) in DECIMALS.items():
        yield f"decimal{bits}", plain("decimal", precision=precision, scale=scale, bitWidth=bits)
    yield "date32", plain("date", unit="DAY")
    yield "date64", plain("date", unit="MILLISECOND")
    for short, unit in UNITS.items():
        yield f"time {short}", plain("time", unit=unit, bitWidth=32 if short in ("s", "ms") else 64)
    for short, unit in UNITS.items():
        yield f"timestamp {short}", plain("timestamp", unit=unit)
    yield "timestamp with zone", plain("timestamp", unit="MICROSECOND", timezone="Europe/Paris")
    for short, unit in UNITS.items():
        yield f"duration {short}", plain("duration", unit=unit)
    for unit in ("YEAR_MONTH", "DAY_TIME", "MONTH_DAY_NANO"):
        yield "interval " + unit.lower().replace("_", "-"), plain("interval", unit=unit)
    for name in ("utf8", "largeutf8", "utf8view", "binary", "largebinary", "binaryview"):
        yield name, plain(name)
    yield "fixedsizebinary", plain("fixedsizebinary", byteWidth=5)


def _nested():
    item = field("item", integer(32))
    for name in ("list", "largelist", "listview", "largelistview"):
        yield name, field("c", plain(name), [item])
    yield "fixedsizelist", field("c", plain("fixedsizelist", listSize=3), [item])
    members = [field("a", integer(64)), field("b", UTF8), field("c", plain("bool"), nullable=False)]
    yield "struct", field("c", plain("struct"), members)
    yield "map", field("c", plain("map", keysSorted=False), [_entries()])
    for mode in ("SPARSE", "DENSE"):
        children = [field("i", integer(32)), field("s", UTF8), field("d", plain("floatingpoint", precision="DOUBLE"))]
        yield f"{mode.lower()} union", field("c", plain("union", mode=mode, typeIds=[0, 1, 2]), children)
        children = [field("i", integer(32)), field("s", UTF8)]
        yield f"{mode.lower()} union, other type ids", field("c", plain("union", mode=mode, typeIds=[5, 9]), children)
    for bits in (16, 32, 64):
        children = [field("run_ends", integer(bits), nullable=False), field("values", UTF8)]
        yield f"run-end int{bits}", field("c", plain("runendencoded"), children)
    inner = field("item", plain("struct"), [field("x", plain("list"), [item]), field("y", UTF8)])
    yield "list of struct of list", field("c", plain("list"), [inner])


def _entries():
    return field("entries", plain("struct"), [field("key", UTF8, nullable=False), field("value", integer(32))], False)


def dictionary_of(index, ordered=False):
    return {"id": next(_ids), "indexType": index, "isOrdered": ordered}


def _dictionaries():
    for bits in (8, 16, 32, 64):
        yield f"dictionary int{bits}", field("c", UTF8, dictionary=dictionary_of(integer(bits)))
        yield f"dictionary uint{bits}", field("c", UTF8, dictionary=dictionary_of(integer(bits, False)))
    yield "dictionary, ordered", field("c", UTF8, dictionary=dictionary_of(integer(32), ordered=True))
    yield "dictionary of int64", field("c", integer(64), dictionary=dictionary_of(integer(32)))
    yield "dictionary of large utf8", field("c", plain("largeutf8"), dictionary=dictionary_of(integer(32)))
    coded = field("item", UTF8, dictionary=dictionary_of(integer(32)))
    yield "list of dictionary", field("c", plain("list"), [coded])
    coded = field("a", UTF8, dictionary=dictionary_of(integer(8)))
    yield "struct of dictionary", field("c", plain("struct"), [coded, field("b", integer(32))])
    coded = field("item", UTF8, dictionary=dictionary_of(integer(8)))
    outer = field("c", plain("list"), [coded], dictionary=dictionary_of(integer(32)))
    yield "dictionary in dictionary", outer


def _marked():
    extension = {"ARROW:extension:name": "example.celsius", "ARROW:extension:metadata": "v1"}
    yield "extension type", field("c", plain("floatingpoint", precision="DOUBLE"), metadata=extension)
    yield "field metadata", field("c", integer(32), metadata={"unit": "m", "note": "größer"})


def cases():
    """Name and fields of each case: one type, in a nullable column and in one without nulls."""
    for name, kind in _scalars():
        first = field("c", kind)
        yield name, [first] if name == "null" else [first, field("required", kind, nullable=False)]
    for name, first in itertools.chain(_nested(), _dictionaries(), _marked()):
        yield name, [first]
