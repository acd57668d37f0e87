//! varaq-reader.
fn main() {}
