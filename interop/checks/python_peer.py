"""One of the Python peers as a process: requests as JSON lines on standard input, answers as JSON lines.

    {"do": "read",  "path", "form": "file"|"stream", "out", "validate"}            values of the table to `out`
    {"do": "write", "path", "form", "out", "outForm": ..., "compression": "none"}  read `path`, written again by the peer

`validate` asks for a check of buffers that pyarrow has and that some golden files fail (date64 with a time of day).

A table's values are {"columns": [[value]], "fields": [...] or null, "counts": [rows of each batch] or null, "loose": bool}:
loose ones are in the form of values.loosen, because the peer has types of its own.
"""

import json
import sys


class Pyarrow:
    def __init__(self):
        import pyarrow as pa

        self.pa = pa

    def open(self, path, form):
        source = self.pa.OSFile(path)
        if form == "stream":
            reader = self.pa.ipc.open_stream(source)
            return reader.schema, list(reader)
        reader = self.pa.ipc.open_file(source)
        return reader.schema, [reader.get_batch(i) for i in range(reader.num_record_batches)]

    def read(self, path, form, validate):
        schema, batches = self.open(path, form)
        for batch in batches if validate else ():
            batch.validate(full=True)
        return exact(schema, batches)

    def write(self, path, form, out, out_form, compression):
        schema, batches = self.open(path, form)
        options = self.pa.ipc.IpcWriteOptions(compression=None if compression == "none" else compression)
        create = self.pa.ipc.new_stream if out_form == "stream" else self.pa.ipc.new_file
        with create(out, schema, options=options) as writer:
            for batch in batches:
                writer.write_batch(batch)


class Polars:
    def __init__(self):
        import polars as pl

        self.pl = pl

    def frame(self, path, form):
        if form == "stream":
            return self.pl.read_ipc_stream(path, use_pyarrow=False)
        return self.pl.read_ipc(path, use_pyarrow=False)

    def read(self, path, form, validate):
        frame = self.frame(path, form)
        table = frame.to_arrow(compat_level=self.pl.CompatLevel.newest())
        return loose(table.schema, table.to_batches(), frame.height)

    def write(self, path, form, out, out_form, compression):
        frame = self.frame(path, form)
        codec = "uncompressed" if compression == "none" else compression
        level = self.pl.CompatLevel.newest()
        if out_form == "stream":
            frame.write_ipc_stream(out, compression=codec, compat_level=level)
        else:
            frame.write_ipc(out, compression=codec, compat_level=level)


class Duckdb:
    """DuckDB takes Arrow streams through the C interface, from pyarrow's reader, and gives them back so."""

    def __init__(self):
        import duckdb

        self.duckdb = duckdb
        self.pyarrow = Pyarrow()

    def table(self, path, form):
        schema, batches = self.pyarrow.open(path, form)
        connection = self.duckdb.connect(config={"threads": 1})
        connection.execute("SET TimeZone = 'UTC'")
        reader = self.pyarrow.pa.RecordBatchReader.from_batches(schema, batches)
        connection.register("source", reader)
        # Through a table of its own, so that the values pass through DuckDB's storage.
        connection.execute("CREATE TABLE copied AS SELECT * FROM source")
        return connection.execute("SELECT * FROM copied").to_arrow_table()

    def read(self, path, form, validate):
        table = self.table(path, form)
        return loose(table.schema, table.to_batches(), table.num_rows)

    def write(self, path, form, out, out_form, compression):
        table = self.table(path, form)
        pa = self.pyarrow.pa
        options = pa.ipc.IpcWriteOptions(compression=None if compression == "none" else compression)
        create = pa.ipc.new_stream if out_form == "stream" else pa.ipc.new_file
        with create(out, table.schema, options=options) as writer:
            writer.write_table(table)


class Nanoarrow:
    """nanoarrow's own decoder of streams (it has none for files); pyarrow only takes its arrays by the C interface."""

    def __init__(self):
        import nanoarrow
        import nanoarrow.ipc
        import pyarrow as pa

        self.nanoarrow, self.pa = nanoarrow, pa

    def stream(self, path):
        return self.nanoarrow.ipc.InputStream.from_path(path)

    def read(self, path, form, validate):
        require_stream(form)
        with self.stream(path) as stream:
            reader = self.pa.RecordBatchReader.from_stream(stream)
            return exact(reader.schema, list(reader))

    def write(self, path, form, out, out_form, compression):
        require_stream(form)
        require_stream(out_form)
        if compression != "none":
            raise Unsupported("nanoarrow writes no compressed bodies")
        with self.stream(path) as stream, self.nanoarrow.ipc.StreamWriter.from_path(out) as writer:
            writer.write_stream(stream)


class Unsupported(Exception):
    pass


def require_stream(form):
    if form != "stream":
        raise Unsupported("nanoarrow has streams only, no files")


def exact(schema, batches):
    from fields import normal_field
    from pyarrow_values import field_of, values

    columns = [[] for _ in schema]
    for batch in batches:
        for column, more in zip(columns, batch.columns):
            column.extend(values(more))
    return {
        "columns": columns,
        "fields": [normal_field(field_of(field)) for field in schema],
        "counts": [batch.num_rows for batch in batches],
        "loose": False,
    }


def loose(schema, batches, rows):
    from pyarrow_values import field_of
    from values import loosen

    table = exact(schema, batches)
    fields = [field_of(field) for field in schema]
    columns = [[loosen(f, v) for v in column] for f, column in zip(fields, table["columns"])]
    return {"columns": columns, "fields": None, "names": [f["name"] for f in fields], "counts": None, "rows": rows, "loose": True}


def answer(peer, request):
    if request["do"] == "read":
        table = peer.read(request["path"], request["form"], request["validate"])
        with open(request["out"], "w", encoding="utf-8") as file:
            json.dump(table, file)
    else:
        peer.write(request["path"], request["form"], request["out"], request["outForm"], request["compression"])
    return {"ok": True}


def main():
    peer = {"pyarrow": Pyarrow, "polars": Polars, "duckdb": Duckdb, "nanoarrow": Nanoarrow}[sys.argv[1]]()
    answers = sys.stdout
    sys.stdout = sys.stderr
    for line in sys.stdin:
        try:
            result = answer(peer, json.loads(line))
        except BaseException as e:  # a panic of polars is no Exception
            result = {"error": f"{type(e).__name__}: {e}"[:300].replace("\n", " ")}
        print(json.dumps(result), file=answers, flush=True)


if __name__ == "__main__":
    main()
