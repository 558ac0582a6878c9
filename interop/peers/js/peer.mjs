// apache-arrow (JavaScript) as a peer process: requests and answers as JSON lines, as interop/checks/python_peer.py says.
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

// The package lies where interop/run installed it, not beside this script.
const require = createRequire(process.env.INTEROP_JS + "/");
const { RecordBatchReader, RecordBatchFileWriter, RecordBatchStreamWriter, Type, Vector } = require("apache-arrow");

const scratch = new DataView(new ArrayBuffer(8));

function hex(number, bits) {
  let text = "";
  for (let i = 0; i < bits / 8; i++) text += scratch.getUint8(i).toString(16).padStart(2, "0");
  return Number.isNaN(number) ? "NaN" : text.toUpperCase();
}

function float(data, i, precision) {
  const raw = data.values[i];
  if (precision === 0) {
    const exponent = raw & 0x7c00;
    if (exponent === 0x7c00 && raw & 0x3ff) return "NaN";
    scratch.setUint16(0, raw);
    return hex(0, 16);
  }
  if (precision === 1) scratch.setFloat32(0, raw);
  else scratch.setFloat64(0, raw);
  return hex(raw, precision === 1 ? 32 : 64);
}

function little(words) {
  const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
  let result = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) result = (result << 8n) | BigInt(bytes[i]);
  return BigInt.asIntN(bytes.length * 8, result);
}

const bytesHex = (bytes) => Buffer.from(bytes).toString("hex").toUpperCase();

// The stored number: getters of temporal types give milliseconds as a double, which cannot hold every value.
function stored(data, i) {
  const width = data.values.length / data.length;
  return width === 2 ? little(data.values.subarray(2 * i, 2 * i + 2)) : data.values[i];
}

function values(vector) {
  return vector.data.flatMap((data) => dataValues(data));
}

function dataValues(data) {
  const vector = new Vector([data]);
  const result = [];
  for (let i = 0; i < data.length; i++) result.push(value(vector, data, i));
  return result;
}

const children = new WeakMap();

function member(data, child, i) {
  let known = children.get(data);
  if (!known) children.set(data, (known = []));
  known[child] ??= dataValues(data.children[child]);
  return known[child][i];
}

function value(vector, data, i) {
  const type = vector.type;
  if (type.typeId === Type.Union) return union(data, type, i);
  const got = vector.get(i);
  if (got === null) return null;
  switch (type.typeId) {
    case Type.Null: return null;
    case Type.Float: return float(data, i, type.precision);
    case Type.Decimal: return little(got);
    case Type.Date: case Type.Time: case Type.Timestamp: case Type.Duration: return stored(data, i);
    case Type.Interval: return interval(type.unit, data, i);
    case Type.Binary: case Type.LargeBinary: case Type.FixedSizeBinary: case Type.BinaryView: return bytesHex(got);
    case Type.List: case Type.LargeList: case Type.FixedSizeList: return values(got);
    case Type.Struct: return data.children.map((_, child) => member(data, child, i));
    case Type.Map: return entries(data, i);
    case Type.Dictionary: return values(data.dictionary)[Number(data.values[i])];
    default: return got;
  }
}

function union(data, type, i) {
  const id = data.typeIds[i];
  const child = type.typeIdToChildIndex[id];
  const at = type.mode === 1 ? data.valueOffsets[i] : i;
  return { t: id, v: member(data, child, at) };
}

function interval(unit, data, i) {
  if (unit === 0) return data.values[i];
  if (unit === 1) return [data.values[2 * i], data.values[2 * i + 1]];
  const words = data.values.subarray(4 * i, 4 * i + 4);
  return [words[0], words[1], little(words.subarray(2, 4))];
}

function entries(data, i) {
  const result = [];
  for (let at = data.valueOffsets[i]; at < data.valueOffsets[i + 1]; at++) result.push(member(data, 0, at));
  return result;
}

function json(value) {
  if (Array.isArray(value)) return "[" + value.map(json).join(",") + "]";
  if (typeof value === "bigint") return value.toString();
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return "{" + Object.entries(value).map(([k, v]) => JSON.stringify(k) + ":" + json(v)).join(",") + "}";
}

function open(path) {
  const reader = RecordBatchReader.from(readFileSync(path)).open();
  // Where there is no batch the reader makes up an empty one.
  return [reader.schema, [...reader].filter((batch) => !batch.constructor.name.includes("Placeholder"))];
}

function read({ path, out }) {
  const [schema, batches] = open(path);
  const columns = schema.fields.map((_, c) => batches.flatMap((batch) => dataValues(batch.data.children[c])));
  const counts = batches.map((batch) => batch.numRows);
  writeFileSync(out, json({ columns, fields: null, names: schema.fields.map((f) => f.name), counts, loose: false }));
}

function write({ path, out, outForm, compression }) {
  if (compression !== "none") throw new Error("apache-arrow compresses only with a codec that the user brings");
  const [schema, batches] = open(path);
  const writer = outForm === "stream" ? new RecordBatchStreamWriter() : new RecordBatchFileWriter();
  writer.reset(undefined, schema);
  for (const batch of batches) writer.write(batch);
  writer.finish();
  writeFileSync(out, writer.toUint8Array(true));
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let answer = { ok: true };
  try {
    if (request.do === "read") read(request);
    else write(request);
  } catch (e) {
    answer = { error: `${e.name}: ${e.message}`.slice(0, 300).replaceAll("\n", " ") };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
