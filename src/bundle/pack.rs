//! The second pass over an issue: everything is in the spools, and the file is written.

use crate::compress::{BATCH, Shared, Stored, compress};
use crate::front::FIRST_ARTICLES;
use crate::issue::{Slack, Spares, WriteError};
use crate::notice::encode_pieces;
use crate::plan::{NO_SECTION, TextPiece, TextPlan};
use crate::reuse::Kept;
use crate::sink::PieceSink;
use crate::writer::{IssueWriter, MediumBytes, skeleton};
use crate::{
    Codec, Context, Counts, Entry, Front, Hash, Head, Index, Manifest, MediumClass, Part, Prefix,
    Run, TableEntry, decode_catalog_page, encode_catalog_page,
};
use std::io::{Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;

/// One over everything, and the spares of FRONT and of the prefixes.
const MOST_RUNS: usize = 3;

/// How far packing has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackProgress {
    /// Bytes of text and media packed so far.
    pub done_bytes: u64,
    /// Bytes of text and media of the issue.
    pub total_bytes: u64,
}

/// What was packed.
#[derive(Clone, Debug)]
pub struct Packed {
    /// The manifest, to be signed.
    pub manifest: Manifest,
    /// The head, as it was written.
    pub head: Head,
    /// Bytes of the file.
    pub len_bytes: u64,
    /// Bytes of all articles before compression.
    pub text_bytes: u64,
    /// Bytes that the pieces of text take in the file.
    pub text_stored_bytes: u64,
    /// Bytes of all media; each is stored once.
    pub media_bytes: u64,
}

/// Calls back with the progress; `Break` cancels.
type Progress<'a> = dyn FnMut(PackProgress) -> ControlFlow<()> + 'a;

impl<S: Read + Write + Seek> IssueWriter<S> {
    /// Packs everything that was added into `out`, which must be empty.
    ///
    /// # Errors
    /// If a spool, a medium or `out` fails, a medium changed, or the issue is too large.
    pub fn finish<W: Write + Seek>(
        mut self,
        out: &mut W,
        progress: &mut Progress<'_>,
    ) -> Result<Packed, WriteError> {
        if self.articles.is_empty() {
            return Err(WriteError::Empty);
        }
        if let Some(lead) = self.issue.lead.filter(|lead| !self.contains(*lead)) {
            return Err(WriteError::Lead(lead));
        }
        for spool in [&mut self.texts, &mut self.pictures, &mut self.entries] {
            spool.flush()?;
        }
        let options = self.options;
        let kept = match &self.former {
            Some(former) => Kept::find(former.as_ref(), &self.articles, &self.by_text),
            None => Kept::default(),
        };
        let text = TextPlan::new(
            &mut self.articles,
            options.prefix_bytes,
            options.piece_bytes,
            &kept,
        );
        drop(kept);
        let mut manifest = self.plan_manifest(&text)?;
        let body_at = self.body_at(&manifest)?;
        let pieces_at = pieces_at(body_at, &manifest);
        let table_at = pieces_at
            .saturating_sub(u64::from(manifest.piece_count).saturating_mul(TableEntry::LEN as u64));

        let text_bytes = self.articles.iter().fold(0u64, |sum, article| {
            sum.saturating_add(article.text.len.into())
        });
        let mut clock = Clock {
            done: 0,
            total: text_bytes.saturating_add(self.raw_media),
            progress,
        };
        let mut sink = PieceSink::new(out, table_at, pieces_at)?;
        let front = self.pack_lists(&manifest, &mut sink)?;
        let before = sink.stored_total;
        let (prefixes, prefixes_len) = self.pack_text(&text, &manifest, &mut sink, &mut clock)?;
        let text_stored_bytes = sink.stored_total.saturating_sub(before);
        self.pack_media(&mut sink, &mut clock)?;

        let mut all = vec![Run {
            first: 0,
            count: sink.piece_count,
            offset: pieces_at,
        }];
        if options.spares != Spares::None {
            all.push(Run {
                first: 0,
                count: 1,
                offset: sink.append(&front)?,
            });
        }
        let cheap = prefixes.len() as u64 <= sink.stored_total / 16;
        if let Some(&first) = manifest.prefixes.first()
            && (options.spares == Spares::Always || options.spares == Spares::Cheap && cheap)
        {
            all.push(Run {
                first,
                count: prefixes_len,
                offset: sink.append(&prefixes)?,
            });
        }
        let len_bytes = sink.finish()?;
        if sink.piece_count != manifest.piece_count {
            return Err(WriteError::TooMany("pieces"));
        }
        manifest.stored_total = sink.stored_total;
        manifest.raw_total = sink.raw_total;
        manifest.index = Hash::derived(Context::Index, &sink.index);
        let index = sink.index;
        all.sort_by_key(|run| (run.first, run.offset));
        let encoded = manifest.encode();
        Manifest::decode(&encoded).map_err(WriteError::Issue)?;
        let head = Head::new(
            body_at,
            encoded,
            Vec::new(),
            std::mem::take(&mut self.issue.own),
            Run::encode_all(&all),
            std::mem::take(&mut self.issue.notes),
        );
        out.seek(SeekFrom::Start(0))?;
        out.write_all(&head.to_slack())?;
        out.write_all(&index)?;
        out.flush()?;
        let media_bytes = self.raw_media;
        Ok(Packed {
            manifest,
            head,
            len_bytes,
            text_bytes,
            text_stored_bytes,
            media_bytes,
        })
    }

    /// Counts the pieces and gives every medium its place.
    fn plan_manifest(&mut self, text: &TextPlan) -> Result<Manifest, WriteError> {
        let many = |_| WriteError::TooMany("pieces");
        let mut manifest = skeleton(&self.issue);
        let notices = encode_pieces(&self.notices);
        manifest.counts = Counts {
            notices: u32::try_from(notices.len()).map_err(many)?,
            catalog: u32::try_from(self.pages.len()).map_err(many)?,
        };
        let first = manifest.catalog().end;
        manifest.prefixes = (first..first.saturating_add(text.prefixes)).collect();
        let mut next = first.saturating_add(u32::try_from(text.pieces.len()).map_err(many)?);
        for class in [MediumClass::Picture, MediumClass::Attachment] {
            for medium in self.media.iter_mut().filter(|medium| medium.class == class) {
                medium.piece = next;
                let pieces = medium.len.div_ceil(u64::from(self.limits.piece_bytes));
                next = next
                    .checked_add(u32::try_from(pieces).map_err(many)?)
                    .ok_or(WriteError::TooMany("pieces"))?;
            }
        }
        manifest.piece_count = next;
        Manifest::decode(&manifest.encode()).map_err(|_| WriteError::TooMany("pieces"))?;
        Ok(manifest)
    }

    /// Where the body begins. Depends only on what is known before anything is compressed.
    fn body_at(&self, manifest: &Manifest) -> Result<u64, WriteError> {
        let widest = Manifest {
            stored_total: u64::MAX,
            raw_total: u64::MAX,
            ..manifest.clone()
        };
        let lengths = [
            widest.encode().len(),
            self.issue.own.len(),
            MOST_RUNS * Run::LEN,
            self.issue.notes.len(),
        ];
        let head = lengths
            .iter()
            .fold(Prefix::LEN, |sum, &len| sum.saturating_add(len)) as u64;
        let most = self.limits.head_bytes;
        let body_at = match self.options.slack {
            Slack::Bytes(bytes) => head.saturating_add(bytes.into()),
            Slack::Sensible => {
                let text = self.articles.iter().fold(0u64, |sum, article| {
                    sum.saturating_add(article.text.len.into())
                });
                // A thousandth of the issue: nobody notices it, and it holds the notes of years.
                let slack = (text.saturating_add(self.raw_media) >> 10).clamp(8 << 10, 256 << 10);
                head.saturating_add(slack).next_multiple_of(4_096).min(most)
            }
        };
        if body_at < head || body_at > most {
            return Err(WriteError::TooLong(Part::Notes));
        }
        Ok(body_at)
    }

    /// FRONT, notices and catalog. Returns the stored bytes of FRONT.
    fn pack_lists<W: Write + Seek>(
        &mut self,
        manifest: &Manifest,
        sink: &mut PieceSink<'_, W>,
    ) -> Result<Vec<u8>, WriteError> {
        let level = self.options.level;
        // The first pages are needed for FRONT, which comes before them.
        let mut first = Vec::new();
        self.each_page(manifest, &mut |page| {
            let room = FIRST_ARTICLES.saturating_sub(first.len());
            first.extend(page.into_iter().take(room));
            Ok(first.len() < FIRST_ARTICLES)
        })?;
        let front = self.front(first)?;
        let front = compress(&[front], None, level)?;
        let notices = compress(&encode_pieces(&self.notices), None, level)?;
        for piece in front.iter().chain(&notices) {
            sink.put(piece)?;
        }
        let mut batch = Vec::new();
        self.each_page(manifest, &mut |page| {
            batch.push(encode_catalog_page(&page));
            if batch.len() == BATCH {
                compress(&std::mem::take(&mut batch), None, level)?
                    .iter()
                    .try_for_each(|piece| sink.put(piece))?;
            }
            Ok(true)
        })?;
        compress(&batch, None, level)?
            .iter()
            .try_for_each(|piece| sink.put(piece))?;
        Ok(front
            .into_iter()
            .next()
            .map(|front| front.bytes)
            .unwrap_or_default())
    }

    /// FRONT with as many first articles as it has room for.
    fn front(&self, mut first: Vec<Entry>) -> Result<Vec<u8>, WriteError> {
        loop {
            let front = Front {
                title: self.issue.title.clone(),
                language: self.issue.language.clone(),
                sections: self.issue.sections.clone(),
                lead: self.issue.lead,
                article_count: self.articles.len() as u32,
                first: std::mem::take(&mut first),
                directory: self.pages.clone(),
                extras: Vec::new(),
            };
            let encoded = front.encode();
            if encoded.len() <= self.limits.front_bytes as usize {
                Front::decode(&encoded, self.pages.len() as u32, &self.limits)
                    .map_err(WriteError::Issue)?;
                return Ok(encoded);
            }
            first = front.first;
            let fewer = first
                .len()
                .checked_sub(10.min(first.len().max(1)))
                .ok_or(WriteError::TooLong(Part::Piece(0)))?;
            first.truncate(fewer);
        }
    }

    /// Calls `visit` with the entries of each catalog page, spans and all, until it says `false`.
    fn each_page(
        &mut self,
        manifest: &Manifest,
        visit: &mut dyn FnMut(Vec<Entry>) -> Result<bool, WriteError>,
    ) -> Result<(), WriteError> {
        let text_from = manifest.catalog().end;
        let mut reader = self.entries.reader()?;
        let mut articles = self.articles.iter();
        for &count in &self.pages {
            let mut page = Vec::with_capacity(count.into());
            for article in articles.by_ref().take(count.into()) {
                let mut len = [0; 4];
                reader.read_exact(&mut len)?;
                let mut encoded = vec![0; u32::from_be_bytes(len) as usize];
                reader.read_exact(&mut encoded)?;
                let decoded =
                    decode_catalog_page(&encoded, &self.limits).map_err(WriteError::Issue)?;
                for mut entry in decoded {
                    entry.span.first = text_from.saturating_add(article.piece);
                    entry.span.offset = article.at;
                    for medium in &mut entry.media {
                        let planned = self.media.get(medium.span.first as usize);
                        medium.span.first = planned.map_or(u32::MAX, |medium| medium.piece);
                    }
                    page.push(entry);
                }
            }
            if !visit(page)? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Prefixes and text. Returns the stored bytes of the prefixes, and how many they are.
    fn pack_text<W: Write + Seek>(
        &mut self,
        text: &TextPlan,
        manifest: &Manifest,
        sink: &mut PieceSink<'_, W>,
        clock: &mut Clock<'_, '_>,
    ) -> Result<(Vec<u8>, u32), WriteError> {
        let level = self.options.level;
        let count = manifest.prefixes.len();
        let mut prefixes = Vec::with_capacity(count);
        for piece in 0..count {
            prefixes.push(self.raw_text(text, piece)?);
        }
        let mut stored = Vec::new();
        let stays = |piece: &usize| {
            text.pieces
                .get(*piece)
                .is_some_and(|one| one.former.is_some())
        };
        let old = (0..count).filter(stays).count();
        for (number, raw) in prefixes.iter().take(old).enumerate() {
            let piece = self.former_piece(text.pieces.get(number), raw, None)?;
            sink.put(&piece)?;
            clock.add(piece.raw.into())?;
            stored.extend_from_slice(&piece.bytes);
        }
        for piece in compress(prefixes.get(old..).unwrap_or_default(), None, level)? {
            sink.put(&piece)?;
            clock.add(piece.raw.into())?;
            stored.extend_from_slice(&piece.bytes);
        }
        // Section by section, so that one digested prefix is in memory at a time.
        for section in 0..=NO_SECTION {
            let pieces: Vec<usize> = (count..text.pieces.len())
                .filter(|&p| text.pieces.get(p).is_some_and(|p| p.section == section))
                .collect();
            let position = text
                .pieces
                .iter()
                .take(count)
                .position(|piece| piece.section == section);
            let (kept, pieces): (Vec<usize>, Vec<usize>) = pieces.into_iter().partition(stays);
            for number in kept {
                let raw = self.raw_text(text, number)?;
                let piece = self.former_piece(text.pieces.get(number), &raw, position)?;
                sink.put(&piece)?;
                clock.add(piece.raw.into())?;
            }
            let prefix = position.and_then(|position| Some((position, prefixes.get(position)?)));
            let shared = match prefix {
                Some((position, raw)) if !pieces.is_empty() => Some(Shared::new(
                    raw,
                    u8::try_from(position.saturating_add(1)).unwrap_or(0),
                    level,
                )?),
                _ => None,
            };
            for batch in pieces.chunks(BATCH) {
                let raw: Result<Vec<_>, _> = batch
                    .iter()
                    .map(|&piece| self.raw_text(text, piece))
                    .collect();
                for piece in compress(&raw?, shared.as_ref(), level)? {
                    sink.put(&piece)?;
                    clock.add(piece.raw.into())?;
                }
            }
        }
        Ok((stored, count as u32))
    }

    /// A piece of the former issue, if it decodes to what was planned. `prefix` is the
    /// position, from 0, of the prefix of its section.
    fn former_piece(
        &self,
        piece: Option<&TextPiece>,
        raw: &[u8],
        prefix: Option<usize>,
    ) -> Result<Stored, WriteError> {
        let number = piece.and_then(|piece| piece.former);
        let (Some(former), Some(number)) = (&self.former, number) else {
            return Err(WriteError::FormerChanged);
        };
        let (bytes, decoded) = former.piece(number).map_err(WriteError::Former)?;
        let (_, codec) = former.facts(number).map_err(WriteError::Former)?;
        if decoded != raw {
            return Err(WriteError::FormerChanged);
        }
        let codec = match codec {
            Codec::Stored => Codec::Stored,
            Codec::Zstd { prefix: 0 } => Codec::Zstd { prefix: 0 },
            Codec::Zstd { .. } => {
                let position = prefix.ok_or(WriteError::FormerChanged)?.saturating_add(1);
                Codec::Zstd {
                    prefix: u8::try_from(position).unwrap_or(0),
                }
            }
        };
        Ok(Stored {
            bytes,
            raw: raw.len() as u32,
            codec,
        })
    }

    /// The text of a piece, from the spool.
    fn raw_text(&mut self, text: &TextPlan, piece: usize) -> Result<Vec<u8>, WriteError> {
        let mut raw = Vec::new();
        for slice in text.slices_of(piece) {
            self.texts.read_into(slice.offset, slice.len, &mut raw)?;
        }
        Ok(raw)
    }

    /// Pictures, then attachments, each from a piece of its own on.
    fn pack_media<W: Write + Seek>(
        &mut self,
        sink: &mut PieceSink<'_, W>,
        clock: &mut Clock<'_, '_>,
    ) -> Result<(), WriteError> {
        let most = self.limits.piece_bytes;
        for class in [MediumClass::Picture, MediumClass::Attachment] {
            for medium in self.media.iter().filter(|medium| medium.class == class) {
                let changed = || WriteError::MediumChanged {
                    name: medium.name.clone(),
                };
                let mut hasher = blake3::Hasher::new();
                let mut opened = match &medium.bytes {
                    MediumBytes::Spooled(_) => None,
                    MediumBytes::Reopen(open) => Some(open()?),
                };
                let mut done = 0u64;
                while done < medium.len {
                    let len = medium.len.saturating_sub(done).min(most.into()) as u32;
                    let mut piece = Vec::new();
                    match (&medium.bytes, &mut opened) {
                        (MediumBytes::Spooled(at), _) => {
                            self.pictures
                                .read_into(at.saturating_add(done), len, &mut piece)?;
                        }
                        (_, Some(reader)) => {
                            reader.take(len.into()).read_to_end(&mut piece)?;
                        }
                        (_, None) => {}
                    }
                    if piece.len() != len as usize {
                        return Err(changed());
                    }
                    hasher.update(&piece);
                    sink.put_plain(&piece)?;
                    clock.add(len.into())?;
                    done = done.saturating_add(len.into());
                }
                if *hasher.finalize().as_bytes() != medium.hash.0 {
                    return Err(changed());
                }
            }
        }
        Ok(())
    }
}

/// Counts bytes and tells the caller.
struct Clock<'a, 'b> {
    done: u64,
    total: u64,
    progress: &'a mut Progress<'b>,
}

impl Clock<'_, '_> {
    fn add(&mut self, bytes: u64) -> Result<(), WriteError> {
        self.done = self.done.saturating_add(bytes);
        match (self.progress)(PackProgress {
            done_bytes: self.done,
            total_bytes: self.total,
        }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(WriteError::Cancelled),
        }
    }
}

fn pieces_at(body_at: u64, manifest: &Manifest) -> u64 {
    let index = u64::from(manifest.pages()).saturating_mul(Index::ROW_LEN as u64);
    let table = u64::from(manifest.piece_count).saturating_mul(TableEntry::LEN as u64);
    body_at.saturating_add(index).saturating_add(table)
}
