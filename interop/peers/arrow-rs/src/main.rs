//! arrow-rs as a peer process: requests and answers as JSON lines, as interop/checks/python_peer.py says. It only reads and
//! writes again; what it read is told by what pyarrow finds in what it wrote.

use std::error::Error;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::net::TcpStream;
use std::panic;

use arrow_array::RecordBatch;
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_ipc::writer::{DictionaryHandling, FileWriter, IpcWriteOptions, StreamWriter};
use arrow_ipc::CompressionType;
use arrow_schema::SchemaRef;
use serde_json::{json, Value};

type Failure = Box<dyn Error>;
type Table = (SchemaRef, Vec<RecordBatch>);

fn main() -> io::Result<()> {
    panic::set_hook(Box::new(|_| {}));
    for line in io::stdin().lock().lines() {
        let line = line?;
        let answer = match panic::catch_unwind(|| answer(&line)) {
            Ok(Ok(())) => json!({ "ok": true }),
            Ok(Err(failure)) => json!({ "error": failure.to_string().replace('\n', " ") }),
            Err(panicked) => json!({ "error": format!("panic: {}", text_of(panicked.as_ref())) }),
        };
        println!("{answer}");
        io::stdout().flush()?;
    }
    Ok(())
}

fn text_of(panicked: &dyn std::any::Any) -> String {
    let owned = panicked.downcast_ref::<String>().cloned();
    owned.or_else(|| panicked.downcast_ref::<&str>().map(|text| text.to_string())).unwrap_or_default()
}

fn answer(line: &str) -> Result<(), Failure> {
    let request: Value = serde_json::from_str(line)?;
    let text = |name: &str| request[name].as_str().unwrap_or_default().to_string();
    match text("do").as_str() {
        "write" => {
            let table = open(&text("path"), &text("form"))?;
            write(table, &text("out"), &text("outForm"), &text("compression"))
        }
        "send" => {
            let connection = TcpStream::connect(text("address"))?;
            write_stream(open(&text("path"), &text("form"))?, &connection, IpcWriteOptions::default())
        }
        "receive" => {
            let connection = TcpStream::connect(text("address"))?;
            write(read(BufReader::new(&connection))?, &text("out"), "stream", "none")
        }
        other => Err(format!("unknown request {other}").into()),
    }
}

fn open(path: &str, form: &str) -> Result<Table, Failure> {
    let file = BufReader::new(File::open(path)?);
    if form == "stream" {
        return read(file);
    }
    let reader = FileReader::try_new(file, None)?;
    let schema = reader.schema();
    Ok((schema, reader.collect::<Result<_, _>>()?))
}

fn read(input: impl Read) -> Result<Table, Failure> {
    let reader = StreamReader::try_new(input, None)?;
    let schema = reader.schema();
    Ok((schema, reader.collect::<Result<_, _>>()?))
}

fn write(table: Table, path: &str, form: &str, compression: &str) -> Result<(), Failure> {
    let codec = match compression {
        "lz4" => Some(CompressionType::LZ4_FRAME),
        "zstd" => Some(CompressionType::ZSTD),
        _ => None,
    };
    let options = IpcWriteOptions::default().try_with_compression(codec)?;
    let file = File::create(path)?;
    if form == "stream" {
        return write_stream(table, file, options);
    }
    let (schema, batches) = table;
    let options = options.with_dictionary_handling(DictionaryHandling::Delta);
    let mut writer = FileWriter::try_new_with_options(BufWriter::new(file), &schema, options)?;
    for batch in &batches {
        writer.write(batch)?;
    }
    Ok(writer.finish()?)
}

fn write_stream((schema, batches): Table, output: impl Write, options: IpcWriteOptions) -> Result<(), Failure> {
    let mut writer = StreamWriter::try_new_with_options(BufWriter::new(output), &schema, options)?;
    for batch in &batches {
        writer.write(batch)?;
    }
    Ok(writer.finish()?)
}
