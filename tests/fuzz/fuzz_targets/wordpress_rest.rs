#![no_main]
#![allow(dead_code, reason = "each target uses its part")]

#[path = "../../press/targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::import("wordpress_rest", bytes));
