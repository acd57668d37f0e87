//! What the file of a picture tells beside its pixels.
//!
//! In: the bytes of a JPEG, PNG, GIF or WebP file, of anybody's making. Out: which kinds of
//! metadata are in it, for the privacy report; none of it reaches an issue, because
//! [`picture`](crate::picture) copies pixels alone. Nothing can fail: what is cut or makes
//! no sense ends the search.
//!
//! Specs: JPEG (T.81 annex B), EXIF 2.32 (TIFF folders), PNG 1.2, GIF89a, RIFF/WebP.

use std::collections::BTreeSet;

/// A kind of metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trace {
    /// Where it was taken.
    Place,
    /// Whose camera it is, or who made it.
    Owner,
    /// The number of a camera or a lens.
    Serial,
    /// Maker and model of a camera.
    Camera,
    /// When it was taken or changed.
    Time,
    /// With which program.
    Software,
    /// A smaller picture, perhaps of what was cut away.
    Thumbnail,
    /// EXIF of any kind.
    Exif,
    /// XMP: what editors of pictures write.
    Xmp,
    /// IPTC and other blocks of Photoshop.
    Iptc,
    /// A colour profile, with its maker's texts.
    Profile,
    /// A comment or a text.
    Text,
    /// Blocks of a maker's own.
    Other,
    /// Bytes behind the end of the picture.
    Behind,
}

impl Trace {
    /// In a few words.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Trace::Place => "place",
            Trace::Owner => "owner",
            Trace::Serial => "serial number",
            Trace::Camera => "camera",
            Trace::Time => "time",
            Trace::Software => "software",
            Trace::Thumbnail => "thumbnail",
            Trace::Exif => "EXIF",
            Trace::Xmp => "XMP",
            Trace::Iptc => "IPTC",
            Trace::Profile => "colour profile",
            Trace::Text => "comment",
            Trace::Other => "maker's block",
            Trace::Behind => "bytes behind the picture",
        }
    }
}

/// The metadata in the file of a picture.
#[must_use]
pub fn traces(bytes: &[u8]) -> BTreeSet<Trace> {
    let mut found = Found::default();
    if bytes.starts_with(&[0xff, 0xd8]) {
        found.jpeg(bytes);
    } else if let Some(chunks) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") {
        found.png(chunks);
    } else if bytes.starts_with(b"GIF8") {
        found.gif(bytes);
    } else if bytes.starts_with(b"RIFF") {
        found.webp(bytes);
    }
    found.0
}

#[derive(Default)]
struct Found(BTreeSet<Trace>);

impl Found {
    fn add(&mut self, trace: Trace) {
        self.0.insert(trace);
    }

    fn jpeg(&mut self, bytes: &[u8]) {
        let mut at = 2;
        while let Some([0xff, mark]) = array::<2>(bytes, at) {
            match mark {
                0xff => at += 1,
                0xd9 => return self.behind(bytes, at + 2),
                0x01 | 0xd0..=0xd7 => at += 2,
                _ => {
                    let Some(len) = array::<2>(bytes, at + 2).map(u16::from_be_bytes) else {
                        return;
                    };
                    let body = bytes
                        .get(at + 4..at + 2 + usize::from(len))
                        .unwrap_or_default();
                    self.segment(mark, body);
                    at += 2 + usize::from(len).max(2);
                    if mark == 0xda {
                        at = scan_end(bytes, at);
                    }
                }
            }
        }
    }

    fn segment(&mut self, mark: u8, body: &[u8]) {
        match mark {
            0xfe => self.add(Trace::Text),
            // Two bytes of a thumbnail's size stand behind the densities.
            0xe0 if body.starts_with(b"JFIF\0")
                && !matches!(body.get(12..14), Some([0, 0]) | None) =>
            {
                self.add(Trace::Thumbnail);
            }
            0xe0 if body.starts_with(b"JFIF\0") => {}
            0xe0 if body.starts_with(b"JFXX\0") => self.add(Trace::Thumbnail),
            // How colours are coded: Adobe's block is needed to decode, and tells nothing else.
            0xee => {}
            0xe1 => match body.strip_prefix(b"Exif\0\0") {
                Some(exif) => self.exif(exif),
                None => self.xmp(body),
            },
            0xe2 if body.starts_with(b"ICC_PROFILE\0") => self.add(Trace::Profile),
            0xed => {
                self.add(Trace::Iptc);
                self.named(body, b"8BIM\x04\x0c", Trace::Thumbnail);
            }
            0xe0..=0xef => self.add(Trace::Other),
            _ => {}
        }
    }

    fn png(&mut self, mut chunks: &[u8]) {
        while let (Some(len), Some(kind)) = (array::<4>(chunks, 0), array::<4>(chunks, 4)) {
            let len = usize::try_from(u32::from_be_bytes(len)).unwrap_or(usize::MAX);
            let body = chunks
                .get(8..8usize.saturating_add(len))
                .unwrap_or_default();
            match &kind {
                b"eXIf" => self.exif(body),
                b"iTXt" if body.starts_with(b"XML:com.adobe.xmp\0") => self.xmp(body),
                b"tEXt" | b"zTXt" | b"iTXt" => self.png_text(body),
                b"iCCP" => self.add(Trace::Profile),
                b"tIME" => self.add(Trace::Time),
                b"IHDR" | b"PLTE" | b"IDAT" | b"IEND" | b"tRNS" | b"gAMA" | b"cHRM" | b"sRGB"
                | b"pHYs" | b"bKGD" | b"sBIT" | b"hIST" | b"acTL" | b"fcTL" | b"fdAT" | b"cICP" => {
                }
                _ => self.add(Trace::Other),
            }
            let Some(rest) = chunks.get(12usize.saturating_add(len)..) else {
                return;
            };
            if &kind == b"IEND" {
                return self.behind(rest, 0);
            }
            chunks = rest;
        }
    }

    fn png_text(&mut self, body: &[u8]) {
        self.add(Trace::Text);
        let word = body.split(|&b| b == 0).next().unwrap_or_default();
        match word {
            b"Author" | b"Copyright" => self.add(Trace::Owner),
            b"Software" => self.add(Trace::Software),
            b"Creation Time" | b"date:create" | b"date:modify" => self.add(Trace::Time),
            b"Raw profile type exif" | b"Raw profile type APP1" => self.add(Trace::Exif),
            b"Raw profile type xmp" => self.add(Trace::Xmp),
            b"Raw profile type iptc" => self.add(Trace::Iptc),
            _ => {}
        }
    }

    fn gif(&mut self, bytes: &[u8]) {
        let table = |flags: u8| {
            if flags & 0x80 == 0 {
                0
            } else {
                3usize << ((flags & 7) + 1)
            }
        };
        let mut at = 13 + bytes.get(10).map_or(0, |&flags| table(flags));
        while let Some(&kind) = bytes.get(at) {
            match kind {
                0x21 => {
                    let label = bytes.get(at + 1).copied().unwrap_or_default();
                    let name = bytes.get(at + 3..at + 14).unwrap_or_default();
                    match label {
                        0xfe | 0x01 => self.add(Trace::Text),
                        0xff if name.starts_with(b"XMP Data") => {
                            let end = blocks_end(bytes, at + 2);
                            self.xmp(bytes.get(at + 14..end).unwrap_or_default());
                        }
                        0xff if name.starts_with(b"ICCRGBG1") => self.add(Trace::Profile),
                        0xff if !name.starts_with(b"NETSCAPE")
                            && !name.starts_with(b"ANIMEXTS") =>
                        {
                            self.add(Trace::Other);
                        }
                        _ => {}
                    }
                    at = blocks_end(bytes, at + 2);
                }
                0x2c => {
                    let local = bytes.get(at + 9).map_or(0, |&flags| table(flags));
                    at = blocks_end(bytes, at + 11 + local);
                }
                0x3b => return self.behind(bytes, at + 1),
                _ => return,
            }
        }
    }

    fn webp(&mut self, bytes: &[u8]) {
        let size = array::<4>(bytes, 4).map_or(0, u32::from_le_bytes);
        let end = usize::try_from(size)
            .unwrap_or(usize::MAX)
            .saturating_add(8);
        let mut at = 12usize;
        while let (Some(kind), Some(len)) = (
            array::<4>(bytes, at),
            array::<4>(bytes, at.saturating_add(4)),
        ) {
            if at >= end {
                break;
            }
            let len = usize::try_from(u32::from_le_bytes(len)).unwrap_or(usize::MAX);
            let body = bytes
                .get(at + 8..at.saturating_add(8).saturating_add(len))
                .unwrap_or_default();
            match &kind {
                b"EXIF" => self.exif(body.strip_prefix(b"Exif\0\0").unwrap_or(body)),
                b"XMP " => self.xmp(body),
                b"ICCP" => self.add(Trace::Profile),
                b"VP8 " | b"VP8L" | b"VP8X" | b"ALPH" | b"ANIM" | b"ANMF" => {}
                _ => self.add(Trace::Other),
            }
            at = at
                .saturating_add(8)
                .saturating_add(len)
                .saturating_add(len & 1);
        }
        self.behind(bytes, end);
    }

    /// A picture ends where it says; what follows is a film, a second picture, or a secret.
    fn behind(&mut self, bytes: &[u8], end: usize) {
        let rest = bytes.get(end..).unwrap_or_default();
        if rest.iter().any(|&byte| byte != 0) {
            self.add(Trace::Behind);
        }
    }

    fn xmp(&mut self, body: &[u8]) {
        self.add(Trace::Xmp);
        for (name, trace) in [
            (&b"GPSL"[..], Trace::Place),
            (b"dc:creator", Trace::Owner),
            (b"OwnerName", Trace::Owner),
            (b"SerialNumber", Trace::Serial),
            (b"CreatorTool", Trace::Software),
            (b"CreateDate", Trace::Time),
            (b"xmpGImg", Trace::Thumbnail),
            (b"tiff:Model", Trace::Camera),
        ] {
            self.named(body, name, trace);
        }
    }

    fn named(&mut self, body: &[u8], name: &[u8], trace: Trace) {
        if body.windows(name.len()).any(|window| window == name) {
            self.add(trace);
        }
    }

    /// A TIFF: folders of tags, the first of which leads to those of EXIF and of the place.
    fn exif(&mut self, tiff: &[u8]) {
        self.add(Trace::Exif);
        let little = tiff.starts_with(b"II");
        let tiff = Tiff {
            bytes: tiff,
            little,
        };
        let Some(first) = tiff.u32(4) else { return };
        let (inner, second) = self.folder(&tiff, first);
        for at in inner {
            self.folder(&tiff, at);
        }
        // The second folder is that of the thumbnail.
        if second != 0 {
            self.add(Trace::Thumbnail);
        }
    }

    /// Where inner folders begin, and the next one.
    fn folder(&mut self, tiff: &Tiff<'_>, at: u32) -> (Vec<u32>, u32) {
        let count = tiff.u16(at).unwrap_or(0).min(1_000);
        let mut inner = Vec::new();
        for number in 0..u32::from(count) {
            let entry = at.saturating_add(2).saturating_add(12 * number);
            let (Some(tag), Some(value)) = (tiff.u16(entry), tiff.u32(entry.saturating_add(8)))
            else {
                return (inner, 0);
            };
            match tag {
                0x8825 => self.add(Trace::Place),
                0x8769 => inner.push(value),
                0x010f | 0x0110 => self.add(Trace::Camera),
                0x0131 | 0x000b => self.add(Trace::Software),
                0x013b | 0x8298 | 0xa430 | 0x9c9d => self.add(Trace::Owner),
                0xa431 | 0xa435 | 0xa420 => self.add(Trace::Serial),
                0x0132 | 0x9003 | 0x9004 => self.add(Trace::Time),
                0x927c => self.add(Trace::Other),
                0x9286 | 0x010e | 0x9c9b | 0x9c9c | 0x9c9e | 0x9c9f => self.add(Trace::Text),
                _ => {}
            }
        }
        inner.truncate(4);
        let next = at.saturating_add(2).saturating_add(12 * u32::from(count));
        (inner, tiff.u32(next).unwrap_or(0))
    }
}

struct Tiff<'b> {
    bytes: &'b [u8],
    little: bool,
}

impl Tiff<'_> {
    fn u16(&self, at: u32) -> Option<u16> {
        let bytes = array::<2>(self.bytes, usize::try_from(at).ok()?)?;
        Some(if self.little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    }

    fn u32(&self, at: u32) -> Option<u32> {
        let bytes = array::<4>(self.bytes, usize::try_from(at).ok()?)?;
        Some(if self.little {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        })
    }
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk().copied()
}

/// Where the compressed pixels of a JPEG end: at the next mark that is no restart.
fn scan_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let mark = rest
        .array_windows()
        .position(|&[a, b]| a == 0xff && b != 0 && b != 0xff && !(0xd0..=0xd7).contains(&b));
    mark.map_or(bytes.len(), |at| from + at)
}

/// Where a row of GIF's blocks ends, its last empty one included.
fn blocks_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&len) = bytes.get(at) {
        at += 1 + usize::from(len);
        if len == 0 {
            break;
        }
    }
    at
}
