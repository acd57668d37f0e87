//! Packets in a recording that may be cut, shifted by any number of bytes, or full of noise.

use std::io::{self, Read};

use crate::carousel::packet::{PACKET_MAGIC, Packet, Sight};

const CHUNK_BYTES: usize = 256 << 10;

/// Finds packets in what it is fed. Memory: two chunks.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    bytes: Vec<u8>,
}

impl Scan {
    /// Reads more of a recording; 0 at its end.
    pub(crate) fn fill(&mut self, input: &mut dyn Read) -> io::Result<usize> {
        let from = self.bytes.len();
        self.bytes.resize(from.saturating_add(CHUNK_BYTES), 0);
        let read = loop {
            match input.read(self.bytes.get_mut(from..).unwrap_or_default()) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.bytes
            .truncate(from.saturating_add(*read.as_ref().unwrap_or(&0)));
        read
    }

    /// Calls `visit` with every packet that is there whole. At the end of a recording
    /// nothing is waited for.
    pub(crate) fn each<E>(
        &mut self,
        at_end: bool,
        visit: &mut dyn FnMut(Packet<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut at = 0;
        loop {
            let rest = self.bytes.get(at..).unwrap_or_default();
            let Some(found) = magic(rest) else {
                // A magic may be cut by the end of what was read.
                at = at.saturating_add(rest.len().saturating_sub(PACKET_MAGIC.len() - 1));
                break;
            };
            at = at.saturating_add(found);
            let rest = rest.get(found..).unwrap_or_default();
            match Packet::read(rest) {
                Ok(packet) => {
                    at = at.saturating_add(packet.len_bytes());
                    visit(packet)?;
                }
                Err(Sight::Needs(_)) if !at_end => break,
                Err(_) => at = at.saturating_add(1),
            }
        }
        self.bytes.drain(..at.min(self.bytes.len()));
        if at_end {
            self.bytes.clear();
        }
        Ok(())
    }
}

fn magic(bytes: &[u8]) -> Option<usize> {
    let is_magic = |window: &[u8]| window == PACKET_MAGIC;
    bytes.windows(PACKET_MAGIC.len()).position(is_magic)
}
