//! What a picture's first bytes say about it: enough to refuse one that is not what the
//! catalog says, without decoding it.

/// Media type, width and height of a JPEG or PNG picture.
pub(crate) fn picture_header(bytes: &[u8]) -> Option<(&'static str, u32, u32)> {
    png(bytes).or_else(|| jpeg(bytes))
}

fn png(bytes: &[u8]) -> Option<(&'static str, u32, u32)> {
    let rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR")?;
    let (width, rest) = rest.split_first_chunk::<4>()?;
    let height = rest.first_chunk::<4>()?;
    Some((
        "image/png",
        u32::from_be_bytes(*width),
        u32::from_be_bytes(*height),
    ))
}

/// Walks the segments of a JPEG up to its frame header.
fn jpeg(bytes: &[u8]) -> Option<(&'static str, u32, u32)> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        let (&[mark, kind], tail) = rest.split_first_chunk::<2>()?;
        if mark != 0xff {
            return None;
        }
        if kind == 0xff {
            rest = rest.get(1..)?;
            continue;
        }
        let (len, _) = tail.split_first_chunk::<2>()?;
        let len = usize::from(u16::from_be_bytes(*len));
        let segment = tail.get(2..len)?;
        match kind {
            0xc4 | 0xc8 | 0xcc => {}
            0xc0..=0xcf => {
                let &[_, h1, h2, w1, w2, ..] = segment else {
                    return None;
                };
                let side = |high, low| u32::from(u16::from_be_bytes([high, low]));
                return Some(("image/jpeg", side(w1, w2), side(h1, h2)));
            }
            // The scan begins, and no frame header came before it.
            0xda | 0xd9 => return None,
            _ => {}
        }
        rest = tail.get(len..)?;
    }
}
