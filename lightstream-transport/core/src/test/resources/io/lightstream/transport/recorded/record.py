import gzip, sys
import pyarrow as pa
ROWS = 4501
def batch(number):
    rows = range(ROWS)
    kinds = pa.DictionaryArray.from_arrays(pa.array([i % 3 for i in rows], pa.int32()), pa.array(["red", "green", "blue"]))
    return pa.record_batch([
        pa.array([i * 7 + number for i in rows], pa.int32()),
        pa.array([i * 0.25 - number for i in rows], pa.float64()),
        pa.array([None if i % 10 == 3 else f"row_{i}" for i in rows], pa.utf8()),
        kinds], names=["id", "price", "name", "kind"])
with gzip.GzipFile(sys.argv[1], "wb", mtime=0) as f, pa.ipc.new_stream(f, batch(0).schema) as writer:
    for number in range(3):
        writer.write_batch(batch(number))
