"""The tables of the checks: golden ones of the Arrow project, and generated ones of every type."""

import itertools
import os
from dataclasses import dataclass, field
from pathlib import Path

import generator
import integration_json
from lightstream import ENDINGS, ROOT

GOLDEN = "arrow-testing/data/arrow-ipc-stream/integration"
# pyarrow cannot build these, so a peer's failure with ours is held against its failure with the golden file.
INSTEAD = {"interval year-month": "cpp-21.0.0/interval", "interval day-time": "cpp-21.0.0/interval"}
COMPRESSED = (
    "int64", "float64", "bool", "utf8", "largeutf8", "utf8view", "list", "dictionary int32", "one batch of 3000 rows",
)
BOTH = ("file", "stream")
BIG = "1.0.0-bigendian"
LITTLE = ("1.0.0-littleendian", "cpp-21.0.0")


@dataclass
class Case:
    name: str
    kind: str  # golden, generated or dictionary
    json: Path
    sources: dict  # label -> data of another writer with the same values
    instead: str = ""  # a case to compare failures with where there are no sources
    document: object = None
    ours: dict = field(default_factory=dict)  # (form, variant) -> path, or the reason why there is none

    @property
    def is_big_endian(self):
        return self.name.startswith(BIG + "/")

    def load(self):
        if self.document is None:
            self.document = integration_json.load(self.json)
        return self.document


def label(form, compression, deltas=False):
    """What a way of writing is called: "file", "stream lz4"."""
    return form + ("" if compression == "none" else " " + compression) + (" deltas" if deltas else "")


def golden_cases():
    """Empty where the corpora are absent."""
    folder = Path(os.environ.get("LIGHTSTREAM_CORPORA", ROOT / ".." / "shared" / "corpora")) / GOLDEN
    cases = []
    for json in sorted(folder.glob("*/*.json.gz")):
        stem = json.name.removesuffix(".json.gz")
        name = f"{json.parent.name}/{stem.removeprefix('generated_')}"
        sources = {"file": json.with_name(stem + ".arrow_file"), "stream": json.with_name(stem + ".stream")}
        cases.append(Case(name, "golden", json, sources))
    names = {case.name for case in cases}
    for case in cases:
        version, table = case.name.split("/")
        if version == BIG:
            case.instead = next((f"{v}/{table}" for v in LITTLE if f"{v}/{table}" in names), "")
    return cases


def generated_cases(seed, folder):
    cases = []
    for name, document in generator.documents(seed):
        json = folder / (file_name(name) + ".json")
        integration_json.store(document, json)
        cases.append(Case(name, "generated", json, {}, INSTEAD.get(name, "")))
    return cases


def file_name(case_name):
    return "".join(c if c.isalnum() or c in "-." else "_" for c in case_name)


def write_by_pyarrow(cases, folder):
    """Gives the generated cases sources that pyarrow wrote, where it has the type."""
    import pyarrow as pa
    from pyarrow_build import NotInPyarrow, TableBuilder

    for case in cases:
        if case.kind != "generated":
            continue
        try:
            builder = TableBuilder(case.json)
            schema, batches = builder.schema(), builder.batches()
        except NotInPyarrow:
            continue
        codecs = ("none", "lz4", "zstd") if case.name in COMPRESSED else ("none",)
        for form, codec in itertools.product(("file", "stream"), codecs):
            create = pa.ipc.new_file if form == "file" else pa.ipc.new_stream
            path = folder / (file_name(f"{case.name}-{codec}") + ENDINGS[form])
            options = pa.ipc.IpcWriteOptions(compression=None if codec == "none" else codec)
            with create(str(path), schema, options=options) as writer:
                for batch in batches:
                    writer.write_batch(batch)
            case.sources[label(form, codec)] = path


def changing_dictionaries(folder):
    """Streams by pyarrow whose dictionaries change between batches, with all values of all of them in the JSON."""
    import pyarrow as pa

    schema = pa.schema([("c", pa.dictionary(pa.int32(), pa.string()))])
    options = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)
    cases = []
    for name, versions, forms in (
        # A file cannot replace a dictionary: there Lightstream writes deltas instead.
        ("dictionary that grows", (["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d", "e"]), BOTH),
        ("dictionary that is replaced", (["a", "b"], ["x", "y", "z"], ["b"]), ("stream",)),
    ):
        batches = [_coded(values, schema) for values in versions]
        sources = {form: folder / (file_name(name) + ENDINGS[form]) for form in forms}
        for form, path in sources.items():
            create = pa.ipc.new_stream if form == "stream" else pa.ipc.new_file
            with create(str(path), schema, options=options) as writer:
                for batch in batches:
                    writer.write_batch(batch)
        coded = {"id": 1, "indexType": {"name": "int", "bitWidth": 32, "isSigned": True}, "isOrdered": False}
        fields = [{"name": "c", "type": {"name": "utf8"}, "nullable": True, "children": [], "dictionary": coded}]
        document = integration_json.Document(fields, [(b.num_rows, [b.column(0).to_pylist()]) for b in batches])
        json = folder / (file_name(name) + ".json")
        integration_json.store(document, json)
        cases.append(Case(name, "dictionary", json, sources, "dictionary that grows" if "file" not in sources else ""))
    return cases


def _coded(values, schema):
    import pyarrow as pa

    indices = pa.array([*range(len(values)), None, 0], pa.int32())
    return pa.RecordBatch.from_arrays([pa.DictionaryArray.from_arrays(indices, pa.array(values))], schema=schema)
