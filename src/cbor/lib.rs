//! Deterministic CBOR: the strict subset of FORMAT.md, and nothing else
