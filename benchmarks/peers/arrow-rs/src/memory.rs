//! Encodes batches to memory that is there already, and decodes streams from memory without copying their bodies.

use crate::data::Shape;
use crate::probe::Probe;
use crate::{requests, Result};
use arrow_buffer::Buffer;
use arrow_ipc::reader::StreamDecoder;
use arrow_ipc::writer::StreamWriter;
use std::time::Instant;

pub fn encode(shape: Shape) -> Result<()> {
    let batch = shape.batch()?;
    let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema())?;
    writer.write(&batch)?;
    requests::ready("")?;
    while let Some(batches) = requests::next()? {
        let start = Instant::now();
        for _ in 0..batches {
            // Every batch is encoded over the one before.
            writer.get_mut().clear();
            writer.write(&batch)?;
        }
        requests::done(batches, start.elapsed(), None)?;
    }
    Ok(())
}

pub fn decode(shape: Shape) -> Result<()> {
    let stream = stream(&shape)?;
    let mut probe = Probe::default();
    requests::ready("")?;
    while let Some(batches) = requests::next()? {
        let start = Instant::now();
        let mut left = batches;
        while left > 0 {
            let step = left.min(shape.batches_per_stream());
            decode_stream(stream.clone(), step, &mut probe)?;
            left -= step;
        }
        requests::done(batches, start.elapsed(), Some(probe.take()))?;
    }
    Ok(())
}

fn decode_stream(mut stream: Buffer, batches: u64, probe: &mut Probe) -> Result<()> {
    let mut decoder = StreamDecoder::new();
    for _ in 0..batches {
        let batch = decoder.decode(&mut stream)?.ok_or("the stream ends early")?;
        probe.touch(&batch);
    }
    Ok(())
}

fn stream(shape: &Shape) -> Result<Buffer> {
    let batch = shape.batch()?;
    let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema())?;
    for _ in 0..shape.batches_per_stream() {
        writer.write(&batch)?;
    }
    Ok(Buffer::from_vec(writer.into_inner()?))
}
