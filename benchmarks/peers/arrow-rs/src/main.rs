//! arrow-rs as a contender: what to do comes as arguments, how many batches as lines on standard input.

mod data;
mod mapped;
mod memory;
mod probe;
mod requests;
mod transfer;

use data::Shape;
use std::time::Duration;

pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    // 0 is the program, 1 the contender's name in the table.
    let arguments: Vec<String> = std::env::args().skip(2).collect();
    let fields: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match fields.as_slice() {
        ["send", address, shape] => transfer::send(address, Shape::named(shape)?),
        ["receive", address, _] => transfer::receive(address),
        ["ipc", "encode", shape] => memory::encode(Shape::named(shape)?),
        ["ipc", "decode", shape] => memory::decode(Shape::named(shape)?),
        ["bare"] => requests::done(1, Duration::ZERO, None),
        ["mmap", "cold", which, file] => mapped::cold(which, file),
        ["mmap", "sum", column, file] => mapped::sum(column, file),
        ["mmap", moment, which, file] => mapped::open(moment, which, file),
        _ => Err(format!("unknown arguments {arguments:?}").into()),
    }
}
