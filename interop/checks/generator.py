"""Random tables: plain values of any type from a seeded random number generator, the corners of its range among them."""

import random

from arrow_types import cases
from integration_json import Document
from values import float_bits

WORDS = ["", "a", "Ärger", "twelve bytes", "thirteen byte", "漢字かな交じり文", "🙂 four bytes each 🙂", "line\nbreak \"quoted\""]
FLOAT_CORNERS = [0.0, -0.0, 1.5, -2.25, float("inf"), float("-inf"), float("nan")]


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def document(self, fields, row_counts):
        batches = [(n, [self.column(f, n) for f in fields]) for n in row_counts]
        return Document(fields, batches, [{"key": "made by", "value": "generator"}])

    def column(self, field, count):
        values = [self.value(field) for _ in range(count)]
        if field["type"]["name"] == "runendencoded":
            values = [v for v in values for _ in range(self.random.randint(1, 4))][:count]
        if field.get("dictionary"):
            some = [self.plain_value(field) for _ in range(5)]
            values = [None if v is None else self.random.choice(some) for v in values]
        return values

    def value(self, field):
        if field["type"]["name"] == "null":
            return None
        may_be_null = field["nullable"] and field["type"]["name"] not in ("union", "runendencoded")
        if may_be_null and self.random.random() < 0.25:
            return None
        return self.plain_value(field)

    def plain_value(self, field):
        kind, children = field["type"], field["children"]
        name = kind["name"]
        if name in ("list", "largelist", "listview", "largelistview"):
            return [self.value(children[0]) for _ in range(self.random.randint(0, 4))]
        if name == "fixedsizelist":
            return [self.value(children[0]) for _ in range(kind["listSize"])]
        if name == "struct":
            return [self.value(child) for child in children]
        if name == "map":
            key, item = children[0]["children"]
            keys = sorted({self.plain_value(key) for _ in range(self.random.randint(0, 4))})
            return [[k, self.value(item)] for k in keys]
        if name == "union":
            slot = self.random.randrange(len(children))
            return {"t": kind["typeIds"][slot], "v": self.value(children[slot])}
        if name == "runendencoded":
            return self.value(children[1])
        return self._scalar(kind)

    def _scalar(self, kind):
        name = kind["name"]
        if name == "bool":
            return self.random.random() < 0.5
        if name == "int":
            return self._integer(*_range(kind["bitWidth"], kind["isSigned"]))
        if name == "floatingpoint":
            return self._float(kind["precision"])
        if name == "decimal":
            most = 10 ** kind["precision"] - 1
            return self._integer(-most, most)
        if name == "date":
            days = self.random.randint(-100_000, 100_000)
            return days if kind["unit"] == "DAY" else days * 86_400_000
        if name == "time":
            per_second = {"SECOND": 1, "MILLISECOND": 10**3, "MICROSECOND": 10**6, "NANOSECOND": 10**9}[kind["unit"]]
            return self.random.randrange(86_400 * per_second)
        if name in ("timestamp", "duration"):
            # Within what 64 bits of nanoseconds hold, because some peers have no other unit.
            per_second = {"SECOND": 1, "MILLISECOND": 10**3, "MICROSECOND": 10**6, "NANOSECOND": 10**9}[kind["unit"]]
            return self.random.randint(-4_000_000_000 * per_second, 4_000_000_000 * per_second)
        if name == "interval":
            return self._interval(kind["unit"])
        if name == "fixedsizebinary":
            return self._hex(kind["byteWidth"])
        if "utf8" in name:
            return self.random.choice(WORDS) if self.random.random() < 0.5 else f"row_{self.random.randrange(10**6)}"
        return self._hex(self.random.choice((0, 1, 12, 13, 40)))

    def _integer(self, least, most):
        if self.random.random() < 0.2:
            return self.random.choice((least, most, 0))
        return self.random.randint(least, most)

    def _float(self, precision):
        if self.random.random() < 0.3:
            return float_bits(self.random.choice(FLOAT_CORNERS), precision)
        # Sixteenths are exact in all three precisions.
        return float_bits(self.random.randint(-20_000, 20_000) / 16, precision)

    def _interval(self, unit):
        if unit == "YEAR_MONTH":
            return self.random.randint(-100_000, 100_000)
        days = self.random.randint(-10_000, 10_000)
        if unit == "DAY_TIME":
            return [days, self.random.randint(-80_000_000, 80_000_000)]
        return [self.random.randint(-10_000, 10_000), days, self.random.randint(-(10**14), 10**14)]

    def _hex(self, length):
        return self.random.randbytes(length).hex().upper()


def _range(bits, signed):
    return (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if signed else (0, (1 << bits) - 1)


def documents(seed):
    """Name and document of every case."""
    generator = Generator(seed)
    for name, fields in cases():
        yield name, generator.document(fields, (17, 0, 23))
    several = [fields[0] | {"name": name} for name, fields in cases() if name in ("int64", "float64", "utf8", "bool")]
    yield "no batches", generator.document(several, ())
    yield "only empty batches", generator.document(several, (0, 0))
    yield "one batch of 3000 rows", generator.document(several, (3000,))
    yield "no columns", Document([], [(5, []), (0, [])])
    twice = [field | {"name": "same"} for field in several]
    yield "duplicate names", generator.document(twice, (5,))
