//! Touches one value of every column of each batch, and sums them up.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int32Type, Int64Type, UInt32Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;

const STRIDE: u64 = 7_919;

#[derive(Default)]
pub struct Probe {
    batch: u64,
    sum: i64,
}

impl Probe {
    pub fn touch(&mut self, batch: &RecordBatch) {
        let rows = batch.num_rows();
        let row = (self.batch * STRIDE % rows as u64) as usize;
        self.batch += 1;
        self.sum += rows as i64;
        for column in batch.columns() {
            self.sum += value(column.as_ref(), row);
        }
    }

    /// The sum since the last call.
    pub fn take(&mut self) -> i64 {
        std::mem::take(self).sum
    }
}

fn value(column: &dyn Array, row: usize) -> i64 {
    match column.data_type() {
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row),
        DataType::Int32 => column.as_primitive::<Int32Type>().value(row) as i64,
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row) as i64,
        DataType::Utf8 => column.as_string::<i32>().value_length(row) as i64,
        _ => column.as_dictionary::<UInt32Type>().keys().value(row) as i64,
    }
}
