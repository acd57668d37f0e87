//! FRONT: what is needed to draw the first screen (FORMAT.md section 5.1).

use crate::catalog::{PAGE_ENTRIES, read_language};
use crate::manifest::number;
use crate::{ArticleId, Entry, Limits};
use varaq_cbor::{CborError, DEPTH, Reader, Writer};

/// Most articles that FRONT repeats from the catalog.
pub(crate) const FIRST_ARTICLES: usize = 200;

/// The decoded FRONT. With it an issue of any size opens without its catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Front {
    /// ≤ 256 characters, may be empty.
    pub title: String,
    /// Language tag (BCP 47) of the issue.
    pub language: String,
    /// Names of the sections, ≤ 256.
    pub sections: Vec<String>,
    /// The article that leads.
    pub lead: Option<ArticleId>,
    /// Articles in the issue.
    pub article_count: u32,
    /// The first articles of the catalog, ≤ 200.
    pub first: Vec<Entry>,
    /// Articles of each catalog page, 1 … 1,024.
    pub directory: Vec<u16>,
    /// ≤ 1,024 bytes; ignored.
    pub extras: Vec<u8>,
}

impl Front {
    /// Decodes FRONT of an issue with `catalog` pages.
    ///
    /// # Errors
    /// If a rule of FORMAT.md section 5.1 is broken.
    pub fn decode(bytes: &[u8], catalog: u32, limits: &Limits) -> Result<Front, CborError> {
        let mut reader = Reader::new(bytes, DEPTH);
        reader.map_of(8)?;
        reader.key(0)?;
        let title = reader.text_in(0..=256, "title")?.to_owned();
        reader.key(1)?;
        let language = read_language(&mut reader)?;
        reader.key(2)?;
        let len = reader.array_in(0..=256, "sections")?;
        let mut sections = Vec::new();
        for _ in 0..len {
            sections.push(reader.text()?.to_owned());
        }
        reader.key(3)?;
        let lead = if reader.is_null() {
            reader.null()?;
            None
        } else {
            Some(ArticleId(reader.fixed("lead")?))
        };
        reader.key(4)?;
        let article_count = number(&mut reader, 1..=u64::from(u32::MAX), "article_count")?;
        reader.key(5)?;
        let len = reader.array_in(0..=FIRST_ARTICLES, "first articles")?;
        let mut first = Vec::new();
        for _ in 0..len {
            let entry = Entry::read(&mut reader, limits)?;
            check_section(&entry, sections.len(), reader.position())?;
            first.push(entry);
        }
        reader.key(6)?;
        let directory = read_directory(&mut reader, catalog, article_count)?;
        reader.key(7)?;
        let extras = reader.bytes_in(0..=1_024, "extras")?.to_vec();
        if first.len() as u64 > u64::from(article_count) {
            return Err(CborError::Range {
                at: reader.position(),
                what: "first articles",
            });
        }
        reader.finish()?;
        Ok(Front {
            title,
            language,
            sections,
            lead,
            article_count,
            first,
            directory,
            extras,
        })
    }

    /// The bytes of FRONT.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer
            .map(8)
            .uint(0)
            .text(&self.title)
            .uint(1)
            .text(&self.language);
        writer.uint(2).array(self.sections.len());
        for section in &self.sections {
            writer.text(section);
        }
        writer.uint(3);
        match &self.lead {
            None => writer.null(),
            Some(lead) => writer.bytes(&lead.0),
        };
        writer.uint(4).uint(self.article_count.into());
        writer.uint(5).array(self.first.len());
        for entry in &self.first {
            entry.write(&mut writer);
        }
        writer.uint(6).array(self.directory.len());
        for &count in &self.directory {
            writer.array(1).uint(count.into());
        }
        writer.uint(7).bytes(&self.extras);
        writer.into_bytes()
    }

    /// The catalog page that holds article `number` (from 1), and the number of the first
    /// article of that page.
    #[must_use]
    pub fn page_of(&self, number: u32) -> Option<(u32, u32)> {
        let mut first = 1u32;
        for (page, &count) in (0..).zip(&self.directory) {
            let next = first.saturating_add(count.into());
            if (first..next).contains(&number) {
                return Some((page, first));
            }
            first = next;
        }
        None
    }

    /// The number of the first article of catalog page `page`.
    #[must_use]
    pub fn first_number(&self, page: u32) -> u32 {
        let before = self.directory.iter().take(page as usize);
        before.fold(1, |first: u32, &count| first.saturating_add(count.into()))
    }
}

/// Refuses a section that FRONT does not list.
pub(crate) fn check_section(entry: &Entry, sections: usize, at: usize) -> Result<(), CborError> {
    if (entry.section as usize) < sections {
        Ok(())
    } else {
        Err(CborError::Range {
            at,
            what: "section",
        })
    }
}

fn read_directory(
    reader: &mut Reader<'_>,
    catalog: u32,
    articles: u32,
) -> Result<Vec<u16>, CborError> {
    let at = reader.position();
    let len = reader.array()?;
    if len as u64 != u64::from(catalog) {
        return Err(CborError::Length {
            at,
            expected: catalog as usize,
            found: len,
        });
    }
    let mut directory = Vec::with_capacity(len);
    let mut sum = 0u64;
    for _ in 0..len {
        reader.array_of(1)?;
        let at = reader.position();
        let count = reader.uint_in(1..=PAGE_ENTRIES as u64, "directory")?;
        sum = sum.saturating_add(count);
        directory.push(u16::try_from(count).map_err(|_| CborError::Range {
            at,
            what: "directory",
        })?);
    }
    if sum != u64::from(articles) {
        return Err(CborError::Range {
            at,
            what: "article_count",
        });
    }
    Ok(directory)
}
