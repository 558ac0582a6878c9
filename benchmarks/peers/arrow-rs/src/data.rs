//! The shapes of benchmarks/README.md.

use crate::Result;
use arrow_array::types::UInt32Type;
use arrow_array::{
    ArrayRef, DictionaryArray, Float64Array, Int32Array, Int64Array, RecordBatch, StringArray,
    UInt32Array,
};
use std::sync::Arc;

pub enum Shape {
    Mixed { rows: usize, batches_per_stream: u64 },
    Longs { columns: usize, rows: usize, batches_per_stream: u64, value: fn(usize, usize) -> i64 },
}

impl Shape {
    pub fn named(name: &str) -> Result<Shape> {
        let first: fn(usize, usize) -> i64 = |_, row| row as i64;
        Ok(match name {
            "A" => Shape::Mixed { rows: 100_000, batches_per_stream: 64 },
            "B" => Shape::Longs {
                columns: 4,
                rows: 1_000_000,
                batches_per_stream: 8,
                value: |column, row| (row * (column + 1)) as i64,
            },
            "C" => Shape::Mixed { rows: 100, batches_per_stream: 10_000 },
            "D" => Shape::Longs { columns: 1, rows: 8_388_608, batches_per_stream: 4, value: first },
            "E" => Shape::Longs {
                columns: 1_000,
                rows: 1_000,
                batches_per_stream: 32,
                value: |column, row| (row + column) as i64,
            },
            "K" => Shape::Longs { columns: 1, rows: 128, batches_per_stream: 1, value: first },
            "G" => Shape::Longs { columns: 1, rows: 134_217_728, batches_per_stream: 1, value: first },
            _ => return Err(format!("unknown shape {name}").into()),
        })
    }

    /// How many batches the streams have that are decoded from memory.
    pub fn batches_per_stream(&self) -> u64 {
        match self {
            Shape::Mixed { batches_per_stream, .. } | Shape::Longs { batches_per_stream, .. } => {
                *batches_per_stream
            }
        }
    }

    pub fn batch(&self) -> Result<RecordBatch> {
        match self {
            Shape::Mixed { rows, .. } => mixed(*rows),
            Shape::Longs { columns, rows, value, .. } => {
                let columns = (0..*columns).map(|column| {
                    let values = (0..*rows).map(|row| value(column, row));
                    let array: ArrayRef = Arc::new(Int64Array::from_iter_values(values));
                    (format!("c{column}"), array)
                });
                Ok(RecordBatch::try_from_iter_with_nullable(columns.map(|(n, a)| (n, a, true)))?)
            }
        }
    }
}

fn mixed(rows: usize) -> Result<RecordBatch> {
    let id: ArrayRef = Arc::new(Int32Array::from_iter_values(0..rows as i32));
    let value: ArrayRef = Arc::new(Float64Array::from_iter_values((0..rows).map(|i| i as f64 * 0.5)));
    let name: ArrayRef = Arc::new(StringArray::from_iter_values((0..rows).map(|i| format!("row_{i}"))));
    let kinds = Arc::new(StringArray::from(vec!["alpha", "beta", "gamma"]));
    let indices = UInt32Array::from_iter_values((0..rows).map(|i| (i % 3) as u32));
    let kind: ArrayRef = Arc::new(DictionaryArray::<UInt32Type>::try_new(indices, kinds)?);
    Ok(RecordBatch::try_from_iter_with_nullable([
        ("id", id, true),
        ("value", value, true),
        ("name", name, true),
        ("kind", kind, true),
    ])?)
}
