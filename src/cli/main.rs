//! varaq.
fn main() {}
