"""pyarrow as a contender: what to do comes as arguments, how many batches as lines on standard input."""

import array
import socket
import sys
import time

if sys.argv[2] == "bare":
    # What a start of the interpreter takes.
    print("done 1 0 -", flush=True)
    sys.exit()

import pyarrow as pa

BUFFER_BYTES = 256 * 1024
UNIX_SEND_BUFFER_BYTES = 4 << 20
STRIDE = 7_919

# rows, columns, batches in a stream that is decoded from memory; no columns: the mixed table
SHAPES = {
    "A": (100_000, 0, 64),
    "B": (1_000_000, 4, 8),
    "C": (100, 0, 10_000),
    "D": (8_388_608, 1, 4),
    "E": (1_000, 1_000, 32),
    "K": (128, 1, 1),
    "G": (134_217_728, 1, 1),
}


def mixed(rows):
    kinds = pa.array(["alpha", "beta", "gamma"])
    indices = pa.array((i % 3 for i in range(rows)), pa.uint32())
    return pa.record_batch(
        {
            "id": pa.array(range(rows), pa.int32()),
            "value": pa.array((i * 0.5 for i in range(rows)), pa.float64()),
            "name": pa.array([f"row_{i}" for i in range(rows)]),
            "kind": pa.DictionaryArray.from_arrays(indices, kinds),
        }
    )


def longs(start, step, rows):
    values = array.array("q", range(start, start + step * rows, step))
    return pa.Array.from_buffers(pa.int64(), rows, [None, pa.py_buffer(values)])


def batch_of(shape):
    rows, columns, _ = SHAPES[shape]
    if columns == 0:
        return mixed(rows)
    if shape == "B":
        return pa.record_batch({f"c{j}": longs(0, j + 1, rows) for j in range(columns)})
    return pa.record_batch({f"c{j}": longs(j, 1, rows) for j in range(columns)})


class Source:
    """Lets pyarrow read bodies into memory of its own pool, where plain files hand it bytes objects."""

    closed = False

    def __init__(self, connection):
        self.file = connection.makefile("rb", buffering=BUFFER_BYTES)

    def read(self, count):
        return self.file.read(count)

    def read_buffer(self, count):
        if count <= BUFFER_BYTES:
            return pa.py_buffer(self.file.read(count))
        memory = pa.allocate_buffer(count)
        if self.file.readinto(memory) != count:
            raise EOFError("the sender left early")
        return memory


class Probe:
    """Touches one value of every column of each batch, and sums them up."""

    def __init__(self):
        self.batch = 0
        self.sum = 0

    def touch(self, batch):
        rows = batch.num_rows
        row = self.batch * STRIDE % rows
        self.batch += 1
        found = rows
        for column in batch.columns:
            if isinstance(column, pa.Int64Array):
                found += column[row].as_py()
            elif isinstance(column, pa.DictionaryArray):
                found += column.indices[row].as_py()
            elif isinstance(column, pa.StringArray):
                found += column[row].as_buffer().size
            else:
                found += int(column[row].as_py())
        self.sum += found

    def take(self):
        taken = self.sum
        self.__init__()
        return taken


def ready(address=""):
    print(f"ready {address}".strip(), flush=True)


def requests():
    for line in sys.stdin:
        yield int(line)


def send(address, shape):
    if address.startswith("unix:"):
        connection = socket.socket(socket.AF_UNIX)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, UNIX_SEND_BUFFER_BYTES)
        connection.connect(address[len("unix:"):])
    else:
        connection = socket.create_connection(host_and_port(address))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    batch = batch_of(shape)
    sink = connection.makefile("wb", buffering=BUFFER_BYTES)
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        ready()
        for batches in requests():
            for _ in range(batches):
                writer.write_batch(batch)
            sink.flush()
            print(f"done {batches} 0 -", flush=True)
    sink.flush()


def receive(address):
    if address.startswith("unix:"):
        server = socket.socket(socket.AF_UNIX)
        server.bind(address[len("unix:"):])
    else:
        server = socket.socket()
        server.bind(host_and_port(address))
        address = f"tcp:127.0.0.1:{server.getsockname()[1]}"
    server.listen(1)
    ready(address)
    connection, _ = server.accept()
    reader = pa.ipc.open_stream(Source(connection))
    probe = Probe()
    for batches in requests():
        probe.touch(reader.read_next_batch())
        start = time.perf_counter_ns()
        for _ in range(batches - 1):
            probe.touch(reader.read_next_batch())
        nanos = time.perf_counter_ns() - start
        print(f"done {batches - 1} {nanos} {probe.take()}", flush=True)


def host_and_port(address):
    host, port = address[len("tcp:"):].split(":")
    return host, int(port)


def encode(shape):
    """Every batch gets memory of pyarrow's pool, which is the memory of the one before."""
    batch = batch_of(shape)
    ready()
    for batches in requests():
        start = time.perf_counter_ns()
        for _ in range(batches):
            batch.serialize()
        print(f"done {batches} {time.perf_counter_ns() - start} -", flush=True)


def decode(shape):
    """Decodes without copying the bodies."""
    batch = batch_of(shape)
    per_stream = SHAPES[shape][2]
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        for _ in range(per_stream):
            writer.write_batch(batch)
    stream = sink.getvalue()
    del batch
    probe = Probe()
    ready()
    for batches in requests():
        start = time.perf_counter_ns()
        left = batches
        while left > 0:
            step = min(left, per_stream)
            reader = pa.ipc.open_stream(stream)
            for _ in range(step):
                probe.touch(reader.read_next_batch())
            left -= step
        nanos = time.perf_counter_ns() - start
        print(f"done {batches} {nanos} {probe.take()}", flush=True)


class Opening:
    """Opens a file until the columns of batches are there."""

    def __init__(self, which, path):
        self.all = which == "all"
        self.path = path
        self.step = 0
        self.sum = 0

    def open(self):
        file = pa.ipc.open_file(pa.memory_map(self.path))
        last = file.num_record_batches - 1
        batches = []
        for i in range(last + 1) if self.all else (0, last):
            batch = file.get_batch(i)
            for column in batch.columns:
                self.sum += len(column)
            batches.append(batch)
        return file, batches

    def touch(self, batch):
        row = self.step * STRIDE % batch.num_rows
        self.step += 1
        self.sum += sum(int(column[row].as_py()) for column in batch.columns)

    def take(self):
        taken = self.sum
        self.step = self.sum = 0
        return taken


def open_files(moment, which, path):
    """Times opening or closing. A request's time is the median, as of one step."""
    opening = Opening(which, path)
    ready()
    for steps in requests():
        times = []
        for _ in range(steps):
            start = time.perf_counter_ns()
            opened = opening.open()
            opened_at = time.perf_counter_ns()
            opening.touch(opened[1][-1])
            touched_at = time.perf_counter_ns()
            del opened
            times.append(time.perf_counter_ns() - touched_at if moment == "close" else opened_at - start)
        times.sort()
        print(f"done 1 {times[len(times) // 2]} {opening.take()}", flush=True)


def cold(which, path):
    opening = Opening(which, path)
    opening.touch(opening.open()[1][-1])
    print(f"done 1 0 {opening.take()}", flush=True)


def sum_column(path):
    """Sums up the first column."""
    import pyarrow.compute as pc

    file = pa.ipc.open_file(pa.memory_map(path))
    columns = [file.get_batch(i).column(0) for i in range(file.num_record_batches)]
    ready()
    for passes in requests():
        total = 0
        start = time.perf_counter_ns()
        for _ in range(passes):
            total += int(sum(pc.sum(column).as_py() for column in columns))
        nanos = time.perf_counter_ns() - start
        print(f"done {passes} {nanos} {total}", flush=True)


def mapped(operation, *arguments):
    if operation == "cold":
        cold(*arguments)
    elif operation == "sum":
        sum_column(arguments[1])
    else:
        open_files(operation, *arguments)


def main(role, *arguments):
    if role == "mmap":
        mapped(*arguments)
    elif role == "send":
        send(*arguments)
    elif role == "receive":
        receive(arguments[0])
    elif arguments[0] == "encode":
        encode(arguments[1])
    else:
        decode(arguments[1])


if __name__ == "__main__":
    # 1 is the contender's name in the table.
    main(*sys.argv[2:])
