//! Files mapped into memory and decoded where they lie, without validation.

use crate::{requests, Result};
use arrow_arith::aggregate;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type, UInt32Type};
use arrow_array::{Array, RecordBatch};
use arrow_buffer::Buffer;
use arrow_ipc::convert::try_fb_to_schema;
use arrow_ipc::reader::{read_footer_length, FileDecoder};
use arrow_ipc::{root_as_footer, Block};
use memmap2::Mmap;
use std::fs::File;
use std::hint::black_box;
use std::ptr::NonNull;
use std::sync::Arc;
use std::time::{Duration, Instant};

const STRIDE: u64 = 7_919;
/// Length of the footer's length and of the magic behind it.
const TRAILER_BYTES: usize = 10;

struct MappedFile {
    buffer: Buffer,
    decoder: FileDecoder,
    blocks: Vec<Block>,
}

impl MappedFile {
    fn open(path: &str) -> Result<MappedFile> {
        // SAFETY: nobody changes the files of this benchmark.
        let mapping = Arc::new(unsafe { Mmap::map(&File::open(path)?)? });
        let bytes: &[u8] = &mapping;
        let start = NonNull::new(bytes.as_ptr().cast_mut()).ok_or("an empty mapping")?;
        let length = bytes.len();
        // SAFETY: the mapping lies at these addresses as long as its owner, which the buffer keeps.
        let buffer = unsafe { Buffer::from_custom_allocation(start, length, mapping) };
        let trailer = length - TRAILER_BYTES;
        let footer_length = read_footer_length(buffer[trailer..].try_into()?)?;
        let footer = root_as_footer(&buffer[trailer - footer_length..trailer]).map_err(|e| e.to_string())?;
        let schema = try_fb_to_schema(footer.schema().ok_or("no schema")?)?;
        let blocks = footer.recordBatches().ok_or("no batches")?.iter().copied().collect();
        // SAFETY: the files are valid.
        let decoder = unsafe { FileDecoder::new(Arc::new(schema), footer.version()).with_skip_validation(true) };
        Ok(MappedFile { buffer, decoder, blocks })
    }

    fn batch(&self, index: usize) -> Result<RecordBatch> {
        let block = &self.blocks[index];
        let length = block.metaDataLength() as usize + block.bodyLength() as usize;
        let message = self.buffer.slice_with_length(block.offset() as usize, length);
        Ok(self.decoder.read_record_batch(block, &message)?.ok_or("no batch")?)
    }
}

/// Opens files until the columns of batches are there.
struct Opening<'a> {
    path: &'a str,
    all: bool,
    step: u64,
    sum: i64,
}

impl Opening<'_> {
    fn open(&mut self) -> Result<(MappedFile, Vec<RecordBatch>)> {
        let file = MappedFile::open(self.path)?;
        let last = file.blocks.len() - 1;
        let wanted: Vec<usize> = if self.all { (0..=last).collect() } else { vec![0, last] };
        let mut batches = Vec::with_capacity(wanted.len());
        for index in wanted {
            let batch = file.batch(index)?;
            for column in batch.columns() {
                self.sum += black_box(column).len() as i64;
            }
            batches.push(batch);
        }
        Ok((file, batches))
    }

    fn touch(&mut self, batch: &RecordBatch) {
        let row = (self.step * STRIDE % batch.num_rows() as u64) as usize;
        self.step += 1;
        self.sum += batch.column(0).as_primitive::<Int64Type>().value(row)
            + batch.column(1).as_primitive::<Float64Type>().value(row) as i64
            + batch.column(2).as_primitive::<UInt32Type>().value(row) as i64
            + batch.column(3).as_boolean().value(row) as i64;
    }
}

pub fn cold(which: &str, path: &str) -> Result<()> {
    let mut opening = Opening { path, all: which == "all", step: 0, sum: 0 };
    let (_file, batches) = opening.open()?;
    opening.touch(&batches[batches.len() - 1]);
    requests::done(1, Duration::ZERO, Some(opening.sum))
}

/// Times opening or closing. A request's time is the median, as of one step.
pub fn open(moment: &str, which: &str, path: &str) -> Result<()> {
    requests::ready("")?;
    while let Some(steps) = requests::next()? {
        let mut opening = Opening { path, all: which == "all", step: 0, sum: 0 };
        let mut times = Vec::with_capacity(steps as usize);
        for _ in 0..steps {
            let start = Instant::now();
            let opened = opening.open()?;
            let opened_at = Instant::now();
            opening.touch(&opened.1[opened.1.len() - 1]);
            let touched_at = Instant::now();
            drop(opened);
            times.push(if moment == "close" { touched_at.elapsed() } else { opened_at - start });
        }
        times.sort();
        requests::done(1, times[times.len() / 2], Some(opening.sum))?;
    }
    Ok(())
}

/// Sums up the first column.
pub fn sum(column: &str, path: &str) -> Result<()> {
    let file = MappedFile::open(path)?;
    let batches = (0..file.blocks.len()).map(|i| file.batch(i)).collect::<Result<Vec<_>>>()?;
    requests::ready("")?;
    while let Some(passes) = requests::next()? {
        let start = Instant::now();
        let mut sum = 0;
        for _ in 0..passes {
            sum += if column == "int64" { longs(&batches) } else { doubles(&batches) as i64 };
        }
        requests::done(passes, start.elapsed(), Some(sum))?;
    }
    Ok(())
}

fn longs(batches: &[RecordBatch]) -> i64 {
    let columns = batches.iter().map(|batch| batch.column(0).as_primitive::<Int64Type>());
    columns.map(|column| aggregate::sum(black_box(column)).unwrap_or(0)).sum()
}

fn doubles(batches: &[RecordBatch]) -> f64 {
    let columns = batches.iter().map(|batch| batch.column(0).as_primitive::<Float64Type>());
    columns.map(|column| aggregate::sum(black_box(column)).unwrap_or(0.0)).sum()
}
