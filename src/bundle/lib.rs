//! The container: bytes to pieces, integrity, limits
