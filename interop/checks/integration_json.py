"""Arrow's integration-test JSON: read to plain values, and written from them."""

import gzip
import json
from dataclasses import dataclass, field as dataclass_field

from values import bits_float, float_bits


@dataclass
class Document:
    """A table: fields as in the JSON; each batch a row count and, per column, a list of plain values (values.py)."""

    fields: list
    batches: list
    metadata: list = dataclass_field(default_factory=list)

    def columns(self):
        """The values of each column, batches joined."""
        joined = [[] for _ in self.fields]
        for _, columns in self.batches:
            for values, more in zip(joined, columns):
                values.extend(more)
        return joined


def load_json(path):
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as file:
        return json.load(file)


def load(path):
    tree = load_json(path)
    reader = _Reader(tree)
    batches = [
        (
            batch["count"],
            [reader.values(f, c) for f, c in zip(tree["schema"]["fields"], batch["columns"])],
        )
        for batch in tree["batches"]
    ]
    return Document(tree["schema"]["fields"], batches, tree["schema"].get("metadata") or [])


class _Reader:
    def __init__(self, tree):
        self.encoded = {d["id"]: d["data"]["columns"][0] for d in tree.get("dictionaries") or []}
        self.fields = {}
        self.decoded = {}
        self._collect(tree["schema"]["fields"])

    def _collect(self, fields):
        for field in fields:
            if field.get("dictionary"):
                self.fields.setdefault(field["dictionary"]["id"], field)
            self._collect(field.get("children", []))

    def dictionary(self, number):
        if number not in self.decoded:
            self.decoded[number] = self.plain(self.fields[number], self.encoded[number])
        return self.decoded[number]

    def values(self, field, column):
        if not field.get("dictionary"):
            return self.plain(field, column)
        values = self.dictionary(field["dictionary"]["id"])
        valid = column["VALIDITY"]
        return [values[int(i)] if ok else None for i, ok in zip(column["DATA"], valid)]

    def plain(self, field, column):
        name = field["type"]["name"]
        count = column["count"]
        if name == "null":
            return [None] * count
        if name == "union":
            return self._union(field, column)
        if name == "runendencoded":
            return self._runs(field, column)
        values = self._slots(field, column)
        return [value if ok else None for value, ok in zip(values, column["VALIDITY"])]

    def _slots(self, field, column):
        kind = field["type"]
        name = kind["name"]
        if name in ("binaryview", "utf8view"):
            return [self._view(name, view, column["VARIADIC_DATA_BUFFERS"]) for view in column["VIEWS"]]
        if name in ("list", "largelist", "map"):
            members = self.values(field["children"][0], column["children"][0])
            offsets = [int(offset) for offset in column["OFFSET"]] or [0]
            return [members[a:b] for a, b in zip(offsets, offsets[1:])]
        if name in ("listview", "largelistview"):
            members = self.values(field["children"][0], column["children"][0])
            starts = [(int(o), int(s)) for o, s in zip(column["OFFSET"], column["SIZE"])]
            return [members[offset : offset + size] for offset, size in starts]
        if name == "fixedsizelist":
            members = self.values(field["children"][0], column["children"][0])
            size = kind["listSize"]
            return [members[i * size : (i + 1) * size] for i in range(column["count"])]
        if name == "struct":
            if not column["children"]:
                return [[] for _ in range(column["count"])]
            members = [self.values(f, c) for f, c in zip(field["children"], column["children"])]
            return [list(row) for row in zip(*members)]
        return [_scalar(kind, slot) for slot in column["DATA"]]

    @staticmethod
    def _view(name, view, buffers):
        if "INLINED" in view:
            return view["INLINED"] if name == "utf8view" else view["INLINED"].upper()
        start = view["OFFSET"] * 2
        data = buffers[view["BUFFER_INDEX"]][start : start + view["SIZE"] * 2]
        return bytes.fromhex(data).decode() if name == "utf8view" else data.upper()

    def _union(self, field, column):
        children = [self.values(f, c) for f, c in zip(field["children"], column["children"])]
        slots = {type_id: i for i, type_id in enumerate(field["type"]["typeIds"])}
        dense = field["type"]["mode"] == "DENSE"
        result = []
        for row, type_id in enumerate(column["TYPE_ID"]):
            position = column["OFFSET"][row] if dense else row
            result.append({"t": type_id, "v": children[slots[type_id]][position]})
        return result

    def _runs(self, field, column):
        ends = [int(end) for end in column["children"][0]["DATA"]]
        values = self.values(field["children"][1], column["children"][1])
        result = []
        for end, value in zip(ends, values):
            result.extend([value] * (end - len(result)))
        return result


def _scalar(kind, slot):
    name = kind["name"]
    if name == "floatingpoint":
        return float_bits(float(slot), kind["precision"])
    if name in ("utf8", "largeutf8"):
        return slot
    if name in ("binary", "largebinary", "fixedsizebinary"):
        return slot.upper()
    if name == "bool":
        return bool(slot)
    if name == "interval" and kind["unit"] == "DAY_TIME":
        return [slot["days"], slot["milliseconds"]]
    if name == "interval" and kind["unit"] == "MONTH_DAY_NANO":
        return [slot["months"], slot["days"], slot["nanoseconds"]]
    return int(slot)


def store(document, path):
    """Writes the document; dictionaries are made of the distinct values of all batches."""
    writer = _Writer()
    batches = [
        {"count": count, "columns": [writer.column(f, v) for f, v in zip(document.fields, columns)]}
        for count, columns in document.batches
    ]
    tree = {
        "schema": {"fields": document.fields, "metadata": document.metadata},
        "dictionaries": writer.dictionaries(),
        "batches": batches,
    }
    with open(path, "w", encoding="utf-8") as file:
        json.dump(tree, file)


class _Writer:
    def __init__(self):
        self.values = {}  # of a dictionary, in order; and the field that tells their type
        self.fields = {}

    def dictionaries(self):
        written = {}
        while len(written) < len(self.values):  # values may hold dictionaries, which then appear here
            for number in sorted(set(self.values) - set(written)):
                column = self.plain(self.fields[number], list(self.values[number]))
                written[number] = {"id": number, "data": {"count": column["count"], "columns": [column]}}
        return list(written.values())

    def column(self, field, values):
        dictionary = field.get("dictionary")
        if not dictionary:
            return self.plain(field, values)
        self.fields.setdefault(dictionary["id"], field)
        known = self.values.setdefault(dictionary["id"], [])
        indices = []
        for value in values:
            if value is not None and value not in known:
                known.append(value)
            indices.append(0 if value is None else known.index(value))
        wide = dictionary["indexType"]["bitWidth"] == 64
        data = [str(index) if wide else index for index in indices]
        return {"name": field["name"], "count": len(values), "VALIDITY": _validity(values), "DATA": data}

    def plain(self, field, values):
        name = field["type"]["name"]
        column = {"name": field["name"], "count": len(values)}
        if name == "null":
            return column
        if name == "union":
            return column | self._union(field, values)
        if name == "runendencoded":
            return column | self._runs(field, values)
        column["VALIDITY"] = _validity(values)
        if name in ("utf8view", "binaryview"):
            return column | _views(name, values)
        if name in ("list", "largelist", "map", "listview", "largelistview"):
            return column | self._lists(field, values)
        if name == "fixedsizelist":
            size = field["type"]["listSize"]
            members = [m for v in values for m in (v if v is not None else [_filler(field["children"][0])] * size)]
            return column | {"children": [self.column(field["children"][0], members)]}
        if name == "struct":
            return column | {"children": self._members(field["children"], values)}
        column["DATA"] = [_slot(field["type"], value) for value in values]
        if name in ("utf8", "binary", "largeutf8", "largebinary"):
            column["OFFSET"] = _offsets(name, [_length(name, value) for value in values])
        return column

    def _members(self, fields, values):
        columns = []
        for i, field in enumerate(fields):
            members = [v[i] if v is not None else _filler(field) for v in values]
            columns.append(self.column(field, members))
        return columns

    def _lists(self, field, values):
        name = field["type"]["name"]
        members = [member for value in values for member in (value or [])]
        lengths = [len(value or []) for value in values]
        offsets = _offsets(name, lengths)
        result = {"OFFSET": offsets, "children": [self.column(field["children"][0], members)]}
        if name in ("listview", "largelistview"):
            result["OFFSET"] = offsets[:-1]
            result["SIZE"] = [str(n) for n in lengths] if name == "largelistview" else lengths
        return result

    def _union(self, field, values):
        kind = field["type"]
        dense = kind["mode"] == "DENSE"
        members = [[] for _ in field["children"]]
        offsets = []
        for value in values:
            slot = kind["typeIds"].index(value["t"])
            offsets.append(len(members[slot]))
            members[slot].append(value["v"])
            if not dense:
                for other, child in enumerate(field["children"]):
                    if other != slot:
                        members[other].append(_filler(child))
        result = {"TYPE_ID": [v["t"] for v in values]}
        if dense:
            result["OFFSET"] = offsets
        return result | {"children": [self.column(f, m) for f, m in zip(field["children"], members)]}

    def _runs(self, field, values):
        ends, distinct = [], []
        for row, value in enumerate(values):
            if distinct and distinct[-1] == value:
                ends[-1] = row + 1
            else:
                ends.append(row + 1)
                distinct.append(value)
        return {"children": [self.column(f, v) for f, v in zip(field["children"], (ends, distinct))]}


def _filler(field):
    """What a slot holds that nobody looks at."""
    if field["nullable"] and field["type"]["name"] != "union":
        return None
    kind = field["type"]
    name = kind["name"]
    if name == "union":
        return {"t": kind["typeIds"][0], "v": _filler(field["children"][0])}
    if name == "struct":
        return [_filler(child) for child in field["children"]]
    if name == "fixedsizelist":
        return [_filler(field["children"][0])] * kind["listSize"]
    if name in ("list", "largelist", "map", "listview", "largelistview"):
        return []
    if name == "runendencoded":
        return _filler(field["children"][1])
    return _zero(kind)


def _zero(kind):
    name = kind["name"]
    if name == "floatingpoint":
        return float_bits(0.0, kind["precision"])
    if name == "fixedsizebinary":
        return "00" * kind["byteWidth"]
    if "utf8" in name or "binary" in name:
        return ""
    if name == "bool":
        return False
    if name == "interval" and kind["unit"] != "YEAR_MONTH":
        return [0, 0] if kind["unit"] == "DAY_TIME" else [0, 0, 0]
    return 0


def _validity(values):
    return [0 if value is None else 1 for value in values]


def _offsets(name, lengths):
    offsets = [0]
    for length in lengths:
        offsets.append(offsets[-1] + length)
    return [str(offset) for offset in offsets] if name.startswith("large") else offsets


def _length(name, value):
    if value is None:
        return 0
    return len(value.encode()) if "utf8" in name else len(value) // 2


def _views(name, values):
    views, data = [], bytearray()
    for value in values:
        raw = b"" if value is None else (value.encode() if name == "utf8view" else bytes.fromhex(value))
        if len(raw) <= 12:
            views.append({"SIZE": len(raw), "INLINED": value or ""})
        else:
            prefix = raw[:4].hex().upper()
            views.append({"SIZE": len(raw), "PREFIX_HEX": prefix, "BUFFER_INDEX": 0, "OFFSET": len(data)})
            data += raw
    return {"VIEWS": views, "VARIADIC_DATA_BUFFERS": [data.hex().upper()] if data else []}


def _slot(kind, value):
    value = _zero(kind) if value is None else value
    name = kind["name"]
    if name == "floatingpoint":
        return bits_float(value, kind["precision"])
    if name == "interval" and kind["unit"] == "DAY_TIME":
        return {"days": value[0], "milliseconds": value[1]}
    if name == "interval" and kind["unit"] == "MONTH_DAY_NANO":
        return {"months": value[0], "days": value[1], "nanoseconds": value[2]}
    return str(value) if _is_text(kind) else value


def _is_text(kind):
    name = kind["name"]
    return (
        (name == "int" and kind["bitWidth"] == 64)
        or name in ("decimal", "timestamp", "duration")
        or (name == "time" and kind["bitWidth"] == 64)
        or (name == "date" and kind["unit"] == "MILLISECOND")
    )
