//! zstd frames: proper ones by zstd, and others put together by hand.

use zstd_safe::{CCtx, CParameter};

/// A proper frame for a piece.
#[must_use]
pub fn pack(raw: &[u8], prefix: Option<&[u8]>) -> Vec<u8> {
    let mut context = CCtx::create();
    context
        .set_parameter(CParameter::CompressionLevel(19))
        .unwrap();
    context
        .set_parameter(CParameter::ChecksumFlag(true))
        .unwrap();
    context
        .set_parameter(CParameter::DictIdFlag(false))
        .unwrap();
    if let Some(prefix) = prefix {
        context.ref_prefix(prefix).unwrap();
    }
    let mut frame = Vec::with_capacity(zstd_safe::compress_bound(raw.len()));
    context.compress2(&mut frame, raw).unwrap();
    frame
}

/// The fields of a frame.
#[derive(Clone, Debug)]
pub struct Frame {
    pub magic: Vec<u8>,
    pub descriptor: u8,
    pub window: Vec<u8>,
    pub dictionary: Vec<u8>,
    pub size: Vec<u8>,
    pub blocks: Vec<u8>,
    pub checksum: Vec<u8>,
    pub after: Vec<u8>,
}

impl Frame {
    /// A proper frame of 256 to 65,791 bytes that end in one byte many times: a block of
    /// bytes as they are, and one of a repeated byte.
    #[must_use]
    pub fn of(raw: &[u8]) -> Frame {
        let last = *raw.last().unwrap();
        let repeated = raw.iter().rev().take_while(|&&byte| byte == last).count();
        let beginning = &raw[..raw.len() - repeated];
        let block =
            |kind: u32, len: usize, last: u32| ((len as u32) << 3 | kind << 1 | last).to_le_bytes();
        let mut blocks = block(0, beginning.len(), 0)[..3].to_vec();
        blocks.extend_from_slice(beginning);
        blocks.extend_from_slice(&block(1, repeated, 1)[..3]);
        blocks.push(last);
        let proper = pack(raw, None);
        Frame {
            magic: vec![0x28, 0xb5, 0x2f, 0xfd],
            descriptor: 0x64,
            window: Vec::new(),
            dictionary: Vec::new(),
            size: u16::try_from(raw.len() - 256)
                .unwrap()
                .to_le_bytes()
                .to_vec(),
            blocks,
            checksum: proper[proper.len() - 4..].to_vec(),
            after: Vec::new(),
        }
    }

    /// The frame, and what comes after it.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let fields = [
            &self.window,
            &self.dictionary,
            &self.size,
            &self.blocks,
            &self.checksum,
            &self.after,
        ];
        let mut bytes = self.magic.clone();
        bytes.push(self.descriptor);
        fields
            .iter()
            .for_each(|field| bytes.extend_from_slice(field));
        bytes
    }
}
