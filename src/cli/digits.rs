//! Bytes as hex digits, and back.

use varaq_bundle::Hash;

/// Bytes in hex digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// 32 bytes from 64 hex digits.
pub fn hex_32(text: &str) -> Option<[u8; 32]> {
    text.parse().ok().map(|Hash(bytes)| bytes)
}
