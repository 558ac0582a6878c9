"""pyarrow arrays as plain values (values.py), and pyarrow types as fields of the integration-test JSON."""

import decimal

import pyarrow as pa
import pyarrow.types as t

from values import float_bits

UNITS = {"s": "SECOND", "ms": "MILLISECOND", "us": "MICROSECOND", "ns": "NANOSECOND"}


def values(array):
    """The values of an array, nulls as None."""
    kind = array.type
    if isinstance(kind, pa.BaseExtensionType):
        return values(array.storage)
    if t.is_dictionary(kind):
        known = values(array.dictionary)
        return [None if i is None else known[i] for i in array.indices.to_pylist()]
    if t.is_union(kind):
        return _union(array)
    if t.is_run_end_encoded(kind):
        return _runs(array)
    if t.is_null(kind):
        return [None] * len(array)
    valid = array.is_valid().to_pylist()
    return [slot if ok else None for slot, ok in zip(_slots(array, kind), valid)]


def _slots(array, kind):
    if t.is_struct(kind):
        if kind.num_fields == 0:
            return [[] for _ in range(len(array))]
        members = [values(array.field(i)) for i in range(kind.num_fields)]
        return [list(row) for row in zip(*members)]
    if t.is_map(kind):
        return [None if row.values is None else [list(e) for e in values(row.values)] for row in array]
    if _is_list(kind):
        return [None if row.values is None else values(row.values) for row in array]
    return _leaves(array, kind)


def _is_list(kind):
    return (
        t.is_list(kind)
        or t.is_large_list(kind)
        or t.is_fixed_size_list(kind)
        or t.is_list_view(kind)
        or t.is_large_list_view(kind)
    )


def _leaves(array, kind):
    if t.is_floating(kind):
        precision = {16: "HALF", 32: "SINGLE", 64: "DOUBLE"}[kind.bit_width]
        return [None if v is None else float_bits(float(v), precision) for v in array.to_pylist()]
    if t.is_decimal(kind):
        with decimal.localcontext(decimal.Context(prec=100)):
            return [None if v is None else int(v.scaleb(kind.scale)) for v in array.to_pylist()]
    if t.is_date32(kind) or t.is_time32(kind):
        return array.view(pa.int32()).to_pylist()
    if t.is_date64(kind) or t.is_time64(kind) or t.is_timestamp(kind) or t.is_duration(kind):
        return array.view(pa.int64()).to_pylist()
    if t.is_interval(kind):
        return [None if v is None else [v.months, v.days, v.nanoseconds] for v in array.to_pylist()]
    if t.is_integer(kind) or t.is_boolean(kind) or _is_text(kind):
        return array.to_pylist()
    return [None if v is None else v.hex().upper() for v in array.to_pylist()]


def _is_text(kind):
    return t.is_string(kind) or t.is_large_string(kind) or t.is_string_view(kind)


def _union(array):
    if len(array) == 0:
        return []  # pyarrow crashes on the missing buffers of an empty union
    kind = array.type
    slots = {type_id: i for i, type_id in enumerate(kind.type_codes)}
    children = [values(array.field(i)) for i in range(kind.num_fields)]
    offsets = array.offsets.to_pylist() if kind.mode == "dense" else range(len(array))
    codes = array.type_codes.to_pylist()
    return [{"t": code, "v": children[slots[code]][at]} for code, at in zip(codes, offsets)]


def _runs(array):
    known = values(array.values)
    result = []
    for i, end in enumerate(array.run_ends.to_pylist()):
        result.extend([known[i]] * (min(end - array.offset, len(array)) - len(result)))
    return result


def field_of(field):
    """A field as in the JSON; dictionary ids are left out, because pyarrow hides them."""
    kind = field.type
    result = {"name": field.name, "nullable": field.nullable, "children": []}
    metadata = {k.decode(): v.decode() for k, v in (field.metadata or {}).items()}
    if isinstance(kind, pa.BaseExtensionType):
        kind = kind.storage_type
    if t.is_dictionary(kind):
        result["dictionary"] = {"indexType": _type(kind.index_type), "isOrdered": kind.ordered}
        kind = kind.value_type
    result["type"] = _type(kind)
    if t.is_map(kind):
        members = [field_of(kind.key_field), field_of(kind.item_field)]
        entries = {"name": "entries", "nullable": False, "type": {"name": "struct"}, "children": members}
        result["children"] = [entries]
    elif t.is_run_end_encoded(kind):
        ends = pa.field("run_ends", kind.run_end_type, nullable=False)
        result["children"] = [field_of(ends), field_of(pa.field("values", kind.value_type))]
    elif t.is_nested(kind):
        result["children"] = [field_of(kind.field(i)) for i in range(kind.num_fields)]
    if metadata:
        result["metadata"] = [{"key": k, "value": v} for k, v in metadata.items()]
    return result


def _type(kind):
    if t.is_integer(kind):
        return {"name": "int", "bitWidth": kind.bit_width, "isSigned": t.is_signed_integer(kind)}
    if t.is_floating(kind):
        return {"name": "floatingpoint", "precision": {16: "HALF", 32: "SINGLE", 64: "DOUBLE"}[kind.bit_width]}
    if t.is_decimal(kind):
        return {"name": "decimal", "precision": kind.precision, "scale": kind.scale, "bitWidth": kind.bit_width}
    if t.is_date(kind):
        return {"name": "date", "unit": "DAY" if t.is_date32(kind) else "MILLISECOND"}
    if t.is_time(kind):
        return {"name": "time", "unit": UNITS[kind.unit], "bitWidth": kind.bit_width}
    if t.is_timestamp(kind):
        zone = {"timezone": kind.tz} if kind.tz else {}
        return {"name": "timestamp", "unit": UNITS[kind.unit]} | zone
    if t.is_duration(kind):
        return {"name": "duration", "unit": UNITS[kind.unit]}
    if t.is_interval(kind):
        return {"name": "interval", "unit": "MONTH_DAY_NANO"}
    if t.is_fixed_size_binary(kind):
        return {"name": "fixedsizebinary", "byteWidth": kind.byte_width}
    if t.is_fixed_size_list(kind):
        return {"name": "fixedsizelist", "listSize": kind.list_size}
    if t.is_map(kind):
        return {"name": "map", "keysSorted": kind.keys_sorted}
    if t.is_union(kind):
        return {"name": "union", "mode": kind.mode.upper(), "typeIds": list(kind.type_codes)}
    return {"name": _NAMES[kind.id]}


_NAMES = {
    kind.id: name
    for name, kind in {
        "null": pa.null(), "bool": pa.bool_(), "utf8": pa.string(), "largeutf8": pa.large_string(),
        "utf8view": pa.string_view(), "binary": pa.binary(), "largebinary": pa.large_binary(),
        "binaryview": pa.binary_view(), "list": pa.list_(pa.null()), "largelist": pa.large_list(pa.null()),
        "listview": pa.list_view(pa.null()), "largelistview": pa.large_list_view(pa.null()),
        "struct": pa.struct([]), "runendencoded": pa.run_end_encoded(pa.int32(), pa.null()),
    }.items()
}
