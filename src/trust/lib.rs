//! Who says so: keys, statements, verdicts
