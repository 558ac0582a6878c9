"""Streams over sockets: `lightstream send` and `receive` against pyarrow, and how streams of others arrive in memory."""

import contextlib
import re
import socket
import subprocess

import pyarrow as pa

from lightstream import COMMAND

TIMEOUT_SECONDS = 60
BATCHES = 8
ROWS = 200_003  # odd, so that most 8-byte aligned buffers of a body begin at no multiple of 64


def run(lightstream, peers, folder, report):
    table = _table()
    path = folder / "table.arrows"
    with pa.ipc.new_stream(str(path), table.schema) as writer:
        writer.write_table(table, max_chunksize=ROWS)
    for scheme in ("tcp", "unix"):
        for listener in ("pyarrow", "lightstream"):
            for name, check in (("send", _send), ("receive", _receive)):
                variant = f"{name} {scheme}"
                case = f"{listener} listens"
                _report(report, "pyarrow", variant, case, check, scheme, listener == "lightstream", table, path, folder)
    _report(report, "pyarrow", "tcp", "aligned, nothing copied", _aligned, lightstream, lambda port: _blast(port, table))
    for name in ("arrow-java", "arrow-rs"):
        if name in peers:
            send = lambda port, peer=peers[name]: _sent_by(peer, port, path)
            _report(report, name, "tcp", "aligned, nothing copied", _aligned, lightstream, send)
    if "arrow-rs" in peers:
        for name, check in (("send", _to_worker), ("receive", _from_worker)):
            _report(report, "arrow-rs", f"{name} tcp", "lightstream listens", check, peers["arrow-rs"], table, path, folder)


def _report(report, peer, variant, case, check, *arguments):
    try:
        problem = check(*arguments)
    except Exception as e:
        problem = f"{type(e).__name__}: {e}"
    if problem is None:
        report.passed("sockets", peer, variant, case)
    else:
        report.failed("sockets", peer, variant, case, problem)


def _table():
    """Every buffer of a batch takes 16 KB or more, bitmaps included."""
    rows = BATCHES * ROWS
    numbers = pa.array((None if i % 7 == 0 else i for i in range(rows)), pa.int64())
    small = pa.array((None if i % 5 == 0 else i % 128 for i in range(rows)), pa.int8())
    text = pa.array((None if i % 11 == 0 else f"row_{i}" for i in range(rows)))
    return pa.table({"small": small, "number": numbers, "text": text})


def _send(scheme, lightstream_listens, table, path, folder):
    """Lightstream sends, pyarrow receives."""
    if lightstream_listens:
        with _command("send", "--listen", path, _any_address(scheme, folder)) as process:
            with _connect(_address_of(process)) as connection:
                received = _read(connection)
            return _ended(process) or _compare(table, received)
    with _listening(scheme, folder) as (server, uri), _command("send", path, uri) as process:
        with contextlib.closing(server.accept()[0]) as connection:
            received = _read(connection)
        return _ended(process) or _compare(table, received)


def _receive(scheme, lightstream_listens, table, path, folder):
    """pyarrow sends, Lightstream receives into a file."""
    target = folder / f"received-{scheme}-{lightstream_listens}.arrow"
    if lightstream_listens:
        with _command("receive", "--listen", _any_address(scheme, folder), target) as process:
            with _connect(_address_of(process)) as connection:
                _write(connection, table)
            problem = _ended(process)
    else:
        with _listening(scheme, folder) as (server, uri), _command("receive", uri, target) as process:
            with contextlib.closing(server.accept()[0]) as connection:
                _write(connection, table)
            problem = _ended(process)
    return problem or _compare(table, pa.ipc.open_file(str(target)).read_all())


def _aligned(lightstream, send):
    """Every buffer begins at a multiple of 64, and no byte of a body was copied in user space."""
    command = lightstream.program("Receive", "tcp://127.0.0.1:0")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            port = int(process.stdout.readline().strip().rsplit(":", 1)[1])
            send(port)
            said, wrong = process.communicate(timeout=TIMEOUT_SECONDS)
        finally:
            process.kill()  # it would wait for a sender that failed
    found = dict(pair.split("=") for pair in said.split())
    wanted = {"batches": str(BATCHES), "rows": str(BATCHES * ROWS), "aligned": "true", "copied": "0"}
    if any(found.get(key) != value for key, value in wanted.items()) or int(found["direct"]) == 0:
        return f"{wanted} expected, {said.strip()} found {wrong[-200:]}"
    return None


def _blast(port, table):
    with _connect(f"tcp://127.0.0.1:{port}") as connection:
        _write(connection, table)


def _sent_by(worker, port, path):
    answer = worker.request(do="send", path=str(path), form="stream", address=f"127.0.0.1:{port}")
    if "error" in answer:
        raise OSError(answer["error"])


def _to_worker(worker, table, path, folder):
    """Lightstream sends, the peer receives and writes what it received."""
    out = folder / f"{worker.name}.arrows"
    with _command("send", "--listen", path, "tcp://127.0.0.1:0") as process:
        address = _address_of(process).removeprefix("tcp://")
        answer = worker.request(do="receive", address=address, out=str(out))
        return answer.get("error") or _ended(process) or _compare(table, pa.ipc.open_stream(str(out)).read_all())


def _from_worker(worker, table, path, folder):
    """The peer sends, Lightstream receives into a file."""
    target = folder / f"{worker.name}.arrow"
    with _command("receive", "--listen", "tcp://127.0.0.1:0", target) as process:
        _sent_by(worker, _address_of(process).rsplit(":", 1)[1], path)
        return _ended(process) or _compare(table, pa.ipc.open_file(str(target)).read_all())


@contextlib.contextmanager
def _command(*arguments):
    process = subprocess.Popen([COMMAND, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _address_of(process):
    line = process.stderr.readline()
    return re.search(r"listening on (\S+)", line).group(1)


def _ended(process):
    """None where the command ended well."""
    _, wrong = process.communicate(timeout=TIMEOUT_SECONDS)
    return None if process.returncode == 0 else f"exit code {process.returncode}: {wrong.strip()[-200:]}"


def _any_address(scheme, folder):
    if scheme == "tcp":
        return "tcp://127.0.0.1:0"
    path = folder / "peer.sock"
    path.unlink(missing_ok=True)
    return f"unix://{path}"


@contextlib.contextmanager
def _listening(scheme, folder):
    server = socket.socket(socket.AF_INET if scheme == "tcp" else socket.AF_UNIX)
    server.settimeout(TIMEOUT_SECONDS)
    with contextlib.closing(server):
        uri = _any_address(scheme, folder)
        server.bind(("127.0.0.1", 0) if scheme == "tcp" else uri.removeprefix("unix://"))
        server.listen()
        yield server, uri if scheme == "unix" else f"tcp://127.0.0.1:{server.getsockname()[1]}"


def _connect(uri):
    if uri.startswith("unix://"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(TIMEOUT_SECONDS)
        connection.connect(uri.removeprefix("unix://"))
        return connection
    host, port = uri.removeprefix("tcp://").rsplit(":", 1)
    return socket.create_connection((host, int(port)), TIMEOUT_SECONDS)


def _read(connection):
    with connection.makefile("rb") as file:
        return pa.ipc.open_stream(file).read_all()


def _write(connection, table):
    with connection.makefile("wb") as file, pa.ipc.new_stream(file, table.schema) as writer:
        writer.write_table(table, max_chunksize=ROWS)


def _compare(expected, received):
    received.validate(full=True)
    return None if received.equals(expected) else f"{expected.num_rows} rows expected, other values found"
