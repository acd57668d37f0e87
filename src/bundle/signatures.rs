//! SIGNATURES: who signed MANIFEST (FORMAT.md section 3). Encoded and decoded here, checked
//! in `varaq-trust`.

use varaq_cbor::{CborError, DEPTH, Reader, Writer};

/// The one known algorithm: strict Ed25519 over the SSHSIG preimage.
pub const ED25519: u64 = 1;

/// One signature, by the key in `slot` of the delegation's key set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotSignature {
    /// Position of the key, 0 … 15.
    pub slot: u8,
    /// Algorithm; [`ED25519`] or one unknown to this version.
    pub alg: u64,
    /// 64 bytes of Ed25519; 1-8,192 bytes of an unknown algorithm.
    pub signature: Vec<u8>,
}

/// Decodes SIGNATURES; empty bytes are those of an unsigned draft.
///
/// # Errors
/// If there are more than 16 entries, slots do not strictly increase, or a signature has
/// not the length of its algorithm.
pub fn decode_signatures(bytes: &[u8]) -> Result<Vec<SlotSignature>, CborError> {
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    let mut reader = Reader::new(bytes, DEPTH);
    let len = reader.array_in(0..=16, "signatures")?;
    let mut signatures = Vec::with_capacity(len);
    let mut least = 0;
    for _ in 0..len {
        reader.array_of(3)?;
        // One slot twice would be one person counted as two.
        let at = reader.position();
        let slot = u8::try_from(reader.uint_in(least..=15, "slot")?)
            .map_err(|_| CborError::Range { at, what: "slot" })?;
        least = u64::from(slot).saturating_add(1);
        let alg = reader.uint()?;
        let signature = if alg == ED25519 {
            reader.bytes_in(64..=64, "signature")?
        } else {
            reader.bytes_in(1..=8_192, "signature")?
        };
        signatures.push(SlotSignature {
            slot,
            alg,
            signature: signature.to_vec(),
        });
    }
    reader.finish()?;
    Ok(signatures)
}

/// Encodes SIGNATURES, in the order of slots.
#[must_use]
pub fn encode_signatures(signatures: &[SlotSignature]) -> Vec<u8> {
    let mut sorted: Vec<_> = signatures.iter().collect();
    sorted.sort_by_key(|signature| signature.slot);
    let mut writer = Writer::new();
    writer.array(sorted.len());
    for signature in sorted {
        writer
            .array(3)
            .uint(signature.slot.into())
            .uint(signature.alg)
            .bytes(&signature.signature);
    }
    writer.into_bytes()
}
