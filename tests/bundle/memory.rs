//! Packing keeps no text in memory. Alone in its file, because it looks at the whole process.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on has failed"
)]

mod common;

use common::*;
use std::fs;
use std::ops::ControlFlow;
use varaq_bundle::*;

/// The most memory that this process has had, in bytes.
fn most_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim()
        .trim_end_matches(" kB")
        .parse::<u64>()
        .ok()
        .map(|kib| kib << 10)
}

#[test]
fn an_issue_larger_than_the_memory_of_the_writer_is_packed() {
    if most_memory().is_none() {
        println!("not tested here: memory of the writer (no /proc/self/status)");
        return;
    }
    // The level of the default takes tables of 17 MiB for each context and each prefix.
    let options = PackOptions {
        spares: Spares::Always,
        ..PackOptions::default()
    };
    let text = noise(1, 8 << 20);
    let mut writer = IssueWriter::new(issue(), options, tempfile::tempfile).unwrap();
    for number in 1..=32 {
        let mut article = article(number, 10);
        if number <= 3 {
            article.body = text[number as usize..].to_vec();
        }
        let mut medium = attachment(number, 1);
        medium.source = MediumSource::Bytes(text[..text.len() - number as usize].to_vec());
        article.media.push(medium);
        writer.add(article).unwrap();
    }
    let mut out = tempfile::tempfile().unwrap();
    let packed = writer
        .finish(&mut out, &mut |_| ControlFlow::Continue(()))
        .unwrap();
    assert!(packed.len_bytes > 270 << 20);
    let most = most_memory().unwrap();
    assert!(most < 256 << 20, "{} MiB", most >> 20);
    // Checking does not need it either.
    let report = content_of(out)
        .check(&mut |_| ControlFlow::Continue(()))
        .unwrap();
    assert!(report.is_whole());
    let most = most_memory().unwrap();
    assert!(most < 256 << 20, "{} MiB", most >> 20);
}
