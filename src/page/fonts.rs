//! The fonts of the program, and setting a paragraph in them.

use crate::lines::Lines;
use crate::paragraph::{
    Direction, Face, Ink, Paragraph, Span, is_cyrillic_language, is_rtl_language,
};
use crate::set_text::SetText;
use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::{
    BaseDirection, FontContext, FontFamily, FontStyle, FontWeight, Layout, LayoutContext,
    LineHeight, OverflowWrap, RangedBuilder, StyleProperty,
};
use std::sync::{Arc, OnceLock};

/// Vazirmatn carries Arabic script and Latin, Noto Sans Latin and Cyrillic: each language asks its own first.
/// The last two have arrows, signs and marks that the others lack.
const ARABIC_FIRST: &str = "Vazirmatn, Noto Sans, Noto Sans Math, Noto Sans Symbols2";
const CYRILLIC_FIRST: &str = "Noto Sans, Vazirmatn, Noto Sans Math, Noto Sans Symbols2";
const MONO_FIRST: &str = "Noto Sans Mono, Vazirmatn, Noto Sans, Noto Sans Math, Noto Sans Symbols2";
const FAMILIES: [&str; 5] = [
    "Vazirmatn",
    "Noto Sans",
    "Noto Sans Mono",
    "Noto Sans Math",
    "Noto Sans Symbols2",
];

/// Cyrillic of Noto Sans looks larger than its neighbours at the same size.
const CYRILLIC_SIZE: f32 = 0.97;

/// The bundled fonts do not resolve: the program is broken, not its input.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the font family {0} is not among the bundled fonts")]
pub struct FontError(&'static str);

/// The bundled fonts and the scratch space of the shaper. System fonts are never asked: a page must look the
/// same on every PC, and a font file is a way in.
pub struct Fonts {
    fonts: FontContext,
    layouts: LayoutContext<Ink>,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fonts")
    }
}

impl Fonts {
    /// Loads the bundled fonts.
    ///
    /// # Errors
    /// If a family is missing. The shaper would otherwise lay out nothing, silently.
    pub fn bundled() -> Result<Fonts, FontError> {
        let mut collection = Collection::new(CollectionOptions {
            shared: false,
            system_fonts: false,
        });
        for blob in bundled() {
            collection.register_fonts(blob.clone(), None);
        }
        for family in FAMILIES {
            if collection.family_id(family).is_none() {
                return Err(FontError(family));
            }
        }
        Ok(Fonts {
            fonts: FontContext {
                collection,
                source_cache: SourceCache::default(),
            },
            layouts: LayoutContext::new(),
        })
    }

    /// Sets a paragraph. `width` and the result are in physical pixels, `scale` is pixels per point.
    #[must_use]
    pub fn set(&mut self, paragraph: &Paragraph, width: Option<f32>, scale: f32) -> Lines {
        let text = SetText::new(&paragraph.text, paragraph.style.face == Face::Mono);
        let layout = self.shape(paragraph, &text, scale);
        let mut lines = Lines::new(text, layout, paragraph.style.align);
        lines.break_again(width);
        lines
    }

    /// Sets a paragraph in at most `most` lines; what does not fit ends in an ellipsis.
    #[must_use]
    pub fn set_within(
        &mut self,
        paragraph: &Paragraph,
        width: f32,
        scale: f32,
        most: usize,
    ) -> Lines {
        let whole = self.set(paragraph, Some(width), scale);
        if whole.line_count() <= most || most == 0 {
            return whole;
        }
        // Cut where the last allowed line ends, then take letters away until the ellipsis fits too.
        let mut end = whole.line_end(most - 1);
        loop {
            let kept = paragraph.text.get(..end).unwrap_or_default().trim_end();
            let mut cut = paragraph.clone();
            cut.text = format!("{kept}…");
            cut.spans.retain(|span| span.range.start < kept.len());
            for span in &mut cut.spans {
                span.range.end = span.range.end.min(kept.len());
            }
            let lines = self.set(&cut, Some(width), scale);
            if lines.line_count() <= most || kept.is_empty() {
                return lines;
            }
            end = kept.char_indices().next_back().map_or(0, |(at, _)| at);
        }
    }

    fn shape(&mut self, paragraph: &Paragraph, text: &SetText, scale: f32) -> Layout<Ink> {
        let style = &paragraph.style;
        let cyrillic = is_cyrillic_language(&paragraph.language);
        let size = sane(style.size) * if cyrillic { CYRILLIC_SIZE } else { 1.0 };
        let mut builder =
            self.layouts
                .ranged_builder(&mut self.fonts, text.set(), sane(scale), true);
        builder.set_base_direction(match paragraph.direction {
            Direction::Auto => BaseDirection::Auto,
            Direction::Ltr => BaseDirection::Ltr,
            Direction::Rtl => BaseDirection::Rtl,
        });
        let family = match style.face {
            Face::Mono => MONO_FIRST,
            Face::Text if cyrillic => CYRILLIC_FIRST,
            Face::Text => ARABIC_FIRST,
        };
        builder.push_default(StyleProperty::FontFamily(FontFamily::Source(family.into())));
        builder.push_default(StyleProperty::FontSize(size));
        // The line height is the same whatever face and size a span has: lines keep their rhythm.
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(
            sane(style.size) * sane(style.line),
        )));
        builder.push_default(StyleProperty::FontWeight(FontWeight::new(f32::from(
            style.weight,
        ))));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        if let Ok(language) = parley::Language::parse(&paragraph.language) {
            builder.push_default(StyleProperty::Locale(Some(language)));
        }
        let italic = !is_rtl_language(&paragraph.language);
        for span in &paragraph.spans {
            push_span(&mut builder, span, text, style.weight, size, italic);
        }
        builder.build(text.set())
    }
}

/// The files. Shared, so that a font has the same id in every `Fonts` of the program: glyphs that a worker
/// shaped are the ones that the window's atlas knows.
fn bundled() -> &'static [Blob<u8>; 7] {
    static FILES: OnceLock<[Blob<u8>; 7]> = OnceLock::new();
    FILES.get_or_init(|| {
        let files: [&'static [u8]; 7] = [
            include_bytes!("../../assets/fonts/Vazirmatn.ttf"),
            include_bytes!("../../assets/fonts/NotoSans-Regular.ttf"),
            include_bytes!("../../assets/fonts/NotoSans-Bold.ttf"),
            include_bytes!("../../assets/fonts/NotoSans-Italic.ttf"),
            include_bytes!("../../assets/fonts/NotoSansMono-Regular.ttf"),
            include_bytes!("../../assets/fonts/NotoSansMath-Regular.ttf"),
            include_bytes!("../../assets/fonts/NotoSansSymbols2-Regular.ttf"),
        ];
        files.map(|file| Blob::new(Arc::new(file)))
    })
}

/// A size or scale that can be worked with: a broken setting must give neither an endless nor an empty page.
fn sane(value: f32) -> f32 {
    if value.is_finite() {
        value.clamp(0.1, 400.0)
    } else {
        1.0
    }
}

fn push_span(
    builder: &mut RangedBuilder<'_, Ink>,
    span: &Span,
    text: &SetText,
    weight: u16,
    size: f32,
    italic: bool,
) {
    let range = text.to_set(span.range.start)..text.to_set(span.range.end);
    if range.is_empty() {
        return;
    }
    if span.ink != Ink::default() {
        builder.push(StyleProperty::Brush(span.ink), range.clone());
    }
    if span.ink.link != 0 {
        builder.push(StyleProperty::Underline(true), range.clone());
    }
    if span.strong {
        let heavier = f32::from(weight.max(400) + 300).min(900.0);
        builder.push(
            StyleProperty::FontWeight(FontWeight::new(heavier)),
            range.clone(),
        );
    }
    if span.emphasis && italic {
        builder.push(
            StyleProperty::FontFamily(FontFamily::Source(CYRILLIC_FIRST.into())),
            range.clone(),
        );
        builder.push(StyleProperty::FontStyle(FontStyle::Italic), range.clone());
    } else if span.emphasis {
        let heavier = f32::from(weight.max(400) + 200).min(900.0);
        builder.push(
            StyleProperty::FontWeight(FontWeight::new(heavier)),
            range.clone(),
        );
    }
    if span.code {
        builder.push(
            StyleProperty::FontFamily(FontFamily::Source(MONO_FIRST.into())),
            range.clone(),
        );
        builder.push(StyleProperty::FontSize(size * 0.92), range.clone());
    }
    if span.raised {
        builder.push(StyleProperty::FontSize(size * 0.72), range);
    }
}
