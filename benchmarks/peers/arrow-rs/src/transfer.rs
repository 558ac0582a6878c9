//! StreamWriter and StreamReader over sockets, with buffers that gather small batches and let large bodies pass.

use crate::data::Shape;
use crate::probe::Probe;
use crate::{requests, Result};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use socket2::SockRef;
use std::io::{BufReader, BufWriter, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::{UnixListener, UnixStream};
use std::time::{Duration, Instant};

const BUFFER_BYTES: usize = 256 * 1024;
const UNIX_SEND_BUFFER_BYTES: usize = 4 << 20;

pub fn send(address: &str, shape: Shape) -> Result<()> {
    if let Some(path) = address.strip_prefix("unix:") {
        let socket = UnixStream::connect(path)?;
        SockRef::from(&socket).set_send_buffer_size(UNIX_SEND_BUFFER_BYTES)?;
        send_over(socket, shape)
    } else {
        let socket = TcpStream::connect(tcp(address)?)?;
        socket.set_nodelay(true)?;
        send_over(socket, shape)
    }
}

fn send_over(socket: impl Write, shape: Shape) -> Result<()> {
    let batch = shape.batch()?;
    let sink = BufWriter::with_capacity(BUFFER_BYTES, socket);
    let mut writer = StreamWriter::try_new(sink, &batch.schema())?;
    requests::ready("")?;
    while let Some(batches) = requests::next()? {
        for _ in 0..batches {
            writer.write(&batch)?;
        }
        writer.flush()?;
        requests::done(batches, Duration::ZERO, None)?;
    }
    writer.finish()?;
    Ok(())
}

pub fn receive(address: &str) -> Result<()> {
    if let Some(path) = address.strip_prefix("unix:") {
        let server = UnixListener::bind(path)?;
        requests::ready(address)?;
        receive_from(server.accept()?.0)
    } else {
        let server = TcpListener::bind(tcp(address)?)?;
        requests::ready(&format!("tcp:127.0.0.1:{}", server.local_addr()?.port()))?;
        receive_from(server.accept()?.0)
    }
}

fn receive_from(socket: impl Read) -> Result<()> {
    let mut reader = StreamReader::try_new(BufReader::with_capacity(BUFFER_BYTES, socket), None)?;
    let mut probe = Probe::default();
    while let Some(batches) = requests::next()? {
        receive_batches(&mut reader, 1, &mut probe)?;
        let start = Instant::now();
        receive_batches(&mut reader, batches - 1, &mut probe)?;
        requests::done(batches - 1, start.elapsed(), Some(probe.take()))?;
    }
    Ok(())
}

fn receive_batches<R: Read>(reader: &mut StreamReader<R>, batches: u64, probe: &mut Probe) -> Result<()> {
    for _ in 0..batches {
        let batch = reader.next().ok_or("the sender left early")??;
        probe.touch(&batch);
    }
    Ok(())
}

fn tcp(address: &str) -> Result<&str> {
    Ok(address.strip_prefix("tcp:").ok_or("expected tcp:HOST:PORT or unix:PATH")?)
}
