//! The lines exchanged with the coordinator.

use crate::Result;
use std::io::{stdin, stdout, Write};
use std::time::Duration;

pub fn ready(address: &str) -> Result<()> {
    say(format!("ready {address}").trim_end())
}

/// The number of batches to do next, or nothing at the end.
pub fn next() -> Result<Option<u64>> {
    let mut line = String::new();
    if stdin().read_line(&mut line)? == 0 {
        return Ok(None);
    }
    Ok(Some(line.trim().parse()?))
}

pub fn done(batches: u64, took: Duration, sum: Option<i64>) -> Result<()> {
    let sum = sum.map_or("-".to_string(), |sum| sum.to_string());
    say(&format!("done {batches} {} {sum}", took.as_nanos()))
}

fn say(line: &str) -> Result<()> {
    let mut out = stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()?;
    Ok(())
}
