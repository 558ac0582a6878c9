"""Integration-test JSON as pyarrow tables, buffer by buffer, so that pyarrow writes exactly those values."""

import struct

import pyarrow as pa

from integration_json import load, load_json

UNITS = {"SECOND": "s", "MILLISECOND": "ms", "MICROSECOND": "us", "NANOSECOND": "ns"}
DECIMALS = {32: "decimal32", 64: "decimal64", 128: "decimal128", 256: "decimal256"}
SIMPLE = {
    "null": pa.null, "bool": pa.bool_, "utf8": pa.string, "largeutf8": pa.large_string, "utf8view": pa.string_view,
    "binary": pa.binary, "largebinary": pa.large_binary, "binaryview": pa.binary_view,
}
LISTS = {
    "list": pa.list_, "largelist": pa.large_list, "listview": pa.list_view, "largelistview": pa.large_list_view,
}


class NotInPyarrow(Exception):
    """pyarrow has no such type."""


def arrow_type(field):
    if field.get("dictionary"):
        coded = field["dictionary"]
        return pa.dictionary(_plain_type({"type": coded["indexType"]}), _plain_type(field), coded["isOrdered"])
    return _plain_type(field)


def arrow_field(field):
    metadata = {m["key"]: m["value"] for m in field.get("metadata") or []}
    return pa.field(field["name"], arrow_type(field), field["nullable"], metadata or None)


def _plain_type(field):
    kind = field["type"]
    name = kind["name"]
    if name in SIMPLE:
        return SIMPLE[name]()
    if name == "int":
        return getattr(pa, ("int" if kind["isSigned"] else "uint") + str(kind["bitWidth"]))()
    if name == "floatingpoint":
        return {"HALF": pa.float16, "SINGLE": pa.float32, "DOUBLE": pa.float64}[kind["precision"]]()
    if name == "decimal":
        return getattr(pa, DECIMALS[kind.get("bitWidth", 128)])(kind["precision"], kind["scale"])
    if name == "date":
        return pa.date32() if kind["unit"] == "DAY" else pa.date64()
    if name == "time":
        return getattr(pa, f"time{kind['bitWidth']}")(UNITS[kind["unit"]])
    if name == "timestamp":
        return pa.timestamp(UNITS[kind["unit"]], kind.get("timezone"))
    if name == "duration":
        return pa.duration(UNITS[kind["unit"]])
    if name == "interval":
        if kind["unit"] != "MONTH_DAY_NANO":
            raise NotInPyarrow("pyarrow has no interval but month-day-nano")
        return pa.month_day_nano_interval()
    if name == "fixedsizebinary":
        return pa.binary(kind["byteWidth"])
    return _nested_type(kind, [arrow_field(child) for child in field["children"]])


def _nested_type(kind, children):
    name = kind["name"]
    if name in LISTS:
        return LISTS[name](children[0])
    if name == "fixedsizelist":
        return pa.list_(children[0], kind["listSize"])
    if name == "struct":
        return pa.struct(children)
    if name == "map":
        key, item = children[0].type
        return pa.map_(key, item, keys_sorted=kind["keysSorted"])
    if name == "union":
        return pa.union(children, kind["mode"].lower(), kind["typeIds"])
    if name == "runendencoded":
        return pa.run_end_encoded(children[0].type, children[1].type)
    raise NotInPyarrow(name)


class TableBuilder:
    def __init__(self, path):
        self.tree = load_json(path)
        self.plain = load(path)
        self.fields = {}
        self.encoded = {d["id"]: d["data"]["columns"][0] for d in self.tree.get("dictionaries") or []}

    def schema(self):
        metadata = {m["key"]: m["value"] for m in self.tree["schema"].get("metadata") or []}
        return pa.schema([arrow_field(f) for f in self.tree["schema"]["fields"]], metadata or None)

    def batches(self):
        schema = self.schema()
        result = []
        for batch in self.tree["batches"]:
            columns = [self.array(f, c) for f, c in zip(self.tree["schema"]["fields"], batch["columns"])]
            if columns:
                result.append(pa.RecordBatch.from_arrays(columns, schema=schema))
            else:
                rows = pa.StructArray.from_buffers(pa.struct([]), batch["count"], [None])
                result.append(pa.RecordBatch.from_struct_array(rows))
        return result

    def array(self, field, column):
        if not field.get("dictionary"):
            return self._plain(field, column)
        indices = pa.array(
            [int(i) if ok else None for i, ok in zip(column["DATA"], column["VALIDITY"])],
            _plain_type({"type": field["dictionary"]["indexType"]}),
        )
        values = self._plain(field, self.encoded[field["dictionary"]["id"]])
        return pa.DictionaryArray.from_arrays(indices, values, ordered=field["dictionary"]["isOrdered"])

    def _plain(self, field, column):
        kind = field["type"]
        name = kind["name"]
        count = column["count"]
        if name == "null":
            return pa.nulls(count)
        children = [self.array(f, c) for f, c in zip(field["children"], column.get("children", []))]
        if name == "union":
            return self._union(field, column, children)
        if name == "runendencoded":
            return pa.RunEndEncodedArray.from_arrays(*children, type=_plain_type(field))
        if name in ("utf8view", "binaryview"):
            return pa.array(_view_values(column, name), _plain_type(field))
        buffers = [_bits(column["VALIDITY"])]
        if name in ("listview", "largelistview"):
            code = "q" if name.startswith("large") else "i"
            buffers += [_pack(code, column["OFFSET"]), _pack(code, column["SIZE"])]
        elif "OFFSET" in column:
            buffers.append(_pack("q" if name.startswith("large") else "i", column["OFFSET"]))
        if "DATA" in column:
            buffers.append(_data(kind, column["DATA"]))
        if name == "map":
            entries = children[0]
            return pa.Array.from_buffers(_plain_type(field), count, buffers, children=[entries])
        return pa.Array.from_buffers(_plain_type(field), count, buffers, children=children or None)

    @staticmethod
    def _union(field, column, children):
        kind = field["type"]
        types = pa.array(column["TYPE_ID"], pa.int8())
        names = [child["name"] for child in field["children"]]
        if kind["mode"] == "DENSE":
            offsets = pa.array(column["OFFSET"], pa.int32())
            return pa.UnionArray.from_dense(types, offsets, children, names, kind["typeIds"])
        return pa.UnionArray.from_sparse(types, children, names, kind["typeIds"])


def _view_values(column, name):
    text = name == "utf8view"
    for view, ok in zip(column["VIEWS"], column["VALIDITY"]):
        if not ok:
            yield None
        elif "INLINED" in view:
            yield view["INLINED"] if text else bytes.fromhex(view["INLINED"])
        else:
            start = 2 * view["OFFSET"]
            data = bytes.fromhex(column["VARIADIC_DATA_BUFFERS"][view["BUFFER_INDEX"]][start : start + 2 * view["SIZE"]])
            yield data.decode() if text else data


def _bits(flags):
    packed = bytearray((len(flags) + 7) // 8)
    for i, flag in enumerate(flags):
        if flag:
            packed[i // 8] |= 1 << (i % 8)
    return pa.py_buffer(bytes(packed))


def _pack(code, numbers):
    return pa.py_buffer(struct.pack(f"<{len(numbers)}{code}", *(int(n) for n in numbers)))


def _data(kind, slots):
    name = kind["name"]
    if name == "bool":
        return _bits(slots)
    if name == "floatingpoint":
        code = {"HALF": "e", "SINGLE": "f", "DOUBLE": "d"}[kind["precision"]]
        return pa.py_buffer(struct.pack(f"<{len(slots)}{code}", *slots))
    if name in ("utf8", "largeutf8"):
        return pa.py_buffer("".join(slots).encode())
    if name in ("binary", "largebinary", "fixedsizebinary"):
        return pa.py_buffer(bytes.fromhex("".join(slots)))
    if name == "interval":
        rows = ((s["months"], s["days"], s["nanoseconds"]) for s in slots)
        return pa.py_buffer(b"".join(struct.pack("<iiq", *row) for row in rows))
    width = _width(kind) // 8
    signed = kind.get("isSigned", True)
    return pa.py_buffer(b"".join(int(slot).to_bytes(width, "little", signed=signed) for slot in slots))


def _width(kind):
    name = kind["name"]
    if name == "decimal":
        return kind.get("bitWidth", 128)
    if name == "date":
        return 32 if kind["unit"] == "DAY" else 64
    return kind["bitWidth"] if name in ("int", "time") else 64
