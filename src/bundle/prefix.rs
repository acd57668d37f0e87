//! PREFIX: the first 64 bytes (FORMAT.md section 1.1).

/// The first eight bytes of a bundle. Not text, with line ends that a text transfer
/// would change: a spoilt copy is told from a foreign file.
pub const MAGIC: [u8; 8] = [0x89, b'V', b'R', b'Q', 0x0d, 0x0a, 0x1a, 0x0a];

/// The first eight bytes of TRAILER.
pub const TRAILER_MAGIC: [u8; 8] = [0x89, b'V', b'R', b'T', 0x0d, 0x0a, 0x1a, 0x0a];

/// The major version that this crate reads and writes.
pub const MAJOR: u16 = 1;

/// The fields of PREFIX. Unsigned: they only locate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefix {
    /// Major version of the format.
    pub major: u16,
    /// Where the body begins: bytes from the start of the file.
    pub body_at: u64,
    /// Bytes of MANIFEST.
    pub manifest_len: u32,
    /// Bytes of SIGNATURES; 0 = unsigned draft.
    pub signatures_len: u32,
    /// Bytes of OWN.
    pub own_len: u32,
    /// Bytes of RUNS.
    pub runs_len: u32,
    /// Bytes of NOTES.
    pub notes_len: u32,
    /// Words a failure, decides nothing.
    pub hint: [u8; 16],
}

impl Prefix {
    /// Bytes of PREFIX.
    pub const LEN: usize = 64;
    /// Bytes of PREFIX that the hint covers.
    pub const HINTED: usize = 48;

    /// The end of NOTES: bytes from the start of the file.
    #[must_use]
    pub fn sections_end(&self) -> u64 {
        // Six 32-bit lengths and 64 cannot overflow 64 bits.
        [
            self.manifest_len,
            self.signatures_len,
            self.own_len,
            self.runs_len,
            self.notes_len,
        ]
        .iter()
        .fold(Prefix::LEN as u64, |end, &len| {
            end.saturating_add(u64::from(len))
        })
    }

    /// The 64 bytes.
    #[must_use]
    pub fn encode(&self) -> [u8; Prefix::LEN] {
        let mut bytes = Vec::with_capacity(Prefix::LEN);
        bytes.extend_from_slice(&MAGIC);
        bytes.extend_from_slice(&self.major.to_be_bytes());
        bytes.extend_from_slice(&[0; 2]);
        bytes.extend_from_slice(&self.body_at.to_be_bytes());
        for len in [
            self.manifest_len,
            self.signatures_len,
            self.own_len,
            self.runs_len,
            self.notes_len,
        ] {
            bytes.extend_from_slice(&len.to_be_bytes());
        }
        bytes.extend_from_slice(&[0; 8]);
        bytes.extend_from_slice(&self.hint);
        bytes.try_into().unwrap_or([0; Prefix::LEN])
    }

    /// Reads the fields; the caller has compared the magic. Returns them and whether the
    /// zero fields are zero.
    #[must_use]
    pub fn decode(bytes: &[u8; Prefix::LEN]) -> (Prefix, bool) {
        let mut fields = Fields(bytes.get(8..).unwrap_or_default());
        let major = fields.u16();
        let zero = fields.u16();
        let prefix = Prefix {
            major,
            body_at: fields.u64(),
            manifest_len: fields.u32(),
            signatures_len: fields.u32(),
            own_len: fields.u32(),
            runs_len: fields.u32(),
            notes_len: fields.u32(),
            hint: [0; 16],
        };
        let zeros = zero == 0 && fields.u64() == 0;
        (
            Prefix {
                hint: fields.take(),
                ..prefix
            },
            zeros,
        )
    }
}

/// Big-endian fields, one after another. What is not there reads as zero: callers hand
/// in slices of the full length.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a>(pub &'a [u8]);

impl Fields<'_> {
    /// The next bytes.
    pub fn take<const N: usize>(&mut self) -> [u8; N] {
        match self.0.split_first_chunk::<N>() {
            Some((field, rest)) => {
                self.0 = rest;
                *field
            }
            None => [0; N],
        }
    }

    /// The next number.
    pub fn u8(&mut self) -> u8 {
        u8::from_be_bytes(self.take())
    }

    /// The next number.
    pub fn u16(&mut self) -> u16 {
        u16::from_be_bytes(self.take())
    }

    /// The next number.
    pub fn u32(&mut self) -> u32 {
        u32::from_be_bytes(self.take())
    }

    /// The next number.
    pub fn u64(&mut self) -> u64 {
        u64::from_be_bytes(self.take())
    }
}
