//! The words of the window: Fluent texts in the reader's language, with its digits.
//!
//! In: keys of `assets/text/*.ftl` and values. Out: text ready for the page layout; values stand between
//! isolates (U+2068/U+2069), so that a name never reorders the sentence around it. A missing key shows itself
//! in brackets and fails a test.
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// A language the window speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// فارسی
    Persian,
    /// کوردیی ناوەندی (سۆرانی)
    Sorani,
    /// العربية
    Arabic,
    /// Azərbaycan dili, in Latin letters
    Azeri,
    /// Русский
    Russian,
    /// English
    #[default]
    English,
}

impl Language {
    /// Every language, in the order they are offered.
    pub const ALL: [Self; 6] = [
        Self::Persian,
        Self::Sorani,
        Self::Arabic,
        Self::Azeri,
        Self::Russian,
        Self::English,
    ];

    /// BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Persian => "fa",
            Self::Sorani => "ckb",
            Self::Arabic => "ar",
            Self::Azeri => "az",
            Self::Russian => "ru",
            Self::English => "en",
        }
    }

    /// What the language calls itself.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Persian => "فارسی",
            Self::Sorani => "کوردی",
            Self::Arabic => "العربية",
            Self::Azeri => "Azərbaycan",
            Self::Russian => "Русский",
            Self::English => "English",
        }
    }

    /// The language of a tag such as `fa-IR`; `None` when the window does not speak it. Azeri in Arabic or
    /// Cyrillic letters is not what the window writes.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let mut parts = tag.split(['-', '_', '.']).map(str::to_ascii_lowercase);
        let first = parts.next()?;
        let language = Self::ALL.into_iter().find(|l| l.tag() == first)?;
        let other_letters = parts.any(|part| matches!(part.as_str(), "arab" | "cyrl" | "ir"));
        (language != Self::Azeri || !other_letters).then_some(language)
    }

    /// The PC's own language. When the window does not speak it: Persian on a PC of Iran, else English.
    #[must_use]
    pub fn of_this_pc() -> Self {
        sys_locale::get_locale().map_or(Self::English, |tag| Self::of_pc(&tag))
    }

    /// The language for a PC whose own is `tag`.
    #[must_use]
    pub fn of_pc(tag: &str) -> Self {
        let in_iran = tag.split(['-', '_', '.']).any(|part| part == "IR");
        let else_ = if in_iran {
            Self::Persian
        } else {
            Self::English
        };
        Self::from_tag(tag).unwrap_or(else_)
    }

    /// Whether lines run from right to left.
    #[must_use]
    pub fn is_rtl(self) -> bool {
        matches!(self, Self::Persian | Self::Sorani | Self::Arabic)
    }

    /// The digit zero; the others follow it.
    #[must_use]
    pub fn zero(self) -> char {
        match self {
            Self::Persian => '۰',
            Self::Sorani | Self::Arabic => '٠',
            Self::Azeri | Self::Russian | Self::English => '0',
        }
    }

    /// What stands between whole numbers and decimals.
    fn point(self) -> char {
        match self {
            Self::English => '.',
            Self::Azeri | Self::Russian => ',',
            Self::Persian | Self::Sorani | Self::Arabic => '٫',
        }
    }

    /// Units of size: bytes, then each a thousand times the one before.
    fn units(self) -> [&'static str; 4] {
        match self {
            Self::Persian => ["بایت", "کیلوبایت", "مگابایت", "گیگابایت"],
            Self::Sorani => ["بایت", "کیلۆبایت", "مێگابایت", "گێگابایت"],
            Self::Arabic => ["بايت", "كيلوبايت", "ميغابايت", "غيغابايت"],
            Self::Azeri => ["bayt", "KB", "MB", "GB"],
            Self::Russian => ["Б", "КБ", "МБ", "ГБ"],
            Self::English => ["bytes", "kB", "MB", "GB"],
        }
    }

    /// Every texts key of this language's file, in file order.
    #[must_use]
    pub fn keys(self) -> Vec<&'static str> {
        let is_key = |line: &&'static str| line.starts_with(|c: char| c.is_ascii_lowercase());
        self.source()
            .lines()
            .filter(is_key)
            .filter_map(|line| line.split(" =").next())
            .collect()
    }

    /// The text file of this language.
    #[must_use]
    pub fn source(self) -> &'static str {
        match self {
            Self::Persian => include_str!("../../assets/text/fa.ftl"),
            Self::Sorani => include_str!("../../assets/text/ckb.ftl"),
            Self::Arabic => include_str!("../../assets/text/ar.ftl"),
            Self::Azeri => include_str!("../../assets/text/az.ftl"),
            Self::Russian => include_str!("../../assets/text/ru.ftl"),
            Self::English => include_str!("../../assets/text/en.ftl"),
        }
    }
}

/// A value inside a text.
#[derive(Clone, Debug)]
pub enum Value {
    /// Words, isolated when shown.
    Text(String),
    /// A number that chooses a plural form; show it with [`Words::number`].
    Count(u64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Value {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

/// Texts of one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    faults: Vec<String>,
}

impl Words {
    /// Loads the embedded texts of `language`.
    #[must_use]
    pub fn new(language: Language) -> Self {
        let tag: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![tag]);
        let mut faults = Vec::new();
        // A broken line costs that text only; the rest of the window still speaks.
        let resource = FluentResource::try_new(language.source().to_owned()).unwrap_or_else(
            |(part, errors)| {
                faults.extend(errors.iter().map(ToString::to_string));
                part
            },
        );
        if let Err(errors) = bundle.add_resource(resource) {
            faults.extend(errors.iter().map(ToString::to_string));
        }
        Self {
            language,
            bundle,
            faults,
        }
    }

    /// Words that say nothing: what stands in while the real ones are lent to a screen.
    pub(crate) fn silent() -> Self {
        Self {
            language: Language::English,
            bundle: FluentBundle::new(Vec::new()),
            faults: Vec::new(),
        }
    }

    /// The language of these words.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// What is wrong with the embedded file; empty in a sound build.
    #[must_use]
    pub fn faults(&self) -> &[String] {
        &self.faults
    }

    /// The text of `key`.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text of `key` with its values.
    #[must_use]
    pub fn with(&self, key: &str, values: &[(&str, Value)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|m| m.value()) else {
            return format!("[{key}]");
        };
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            match value {
                Value::Text(text) => arguments.set(*name, FluentValue::from(text.as_str())),
                Value::Count(count) => arguments.set(*name, FluentValue::from(*count)),
            }
        }
        let mut errors = Vec::new();
        self.bundle
            .format_pattern(pattern, Some(&arguments), &mut errors)
            .into_owned()
    }

    /// The text of `key` for so many of something: its plural form, with the number in the digits of the language.
    #[must_use]
    pub fn counted(&self, key: &str, count: u64) -> String {
        let shown = self.number(count).into();
        self.with(key, &[("count", count.into()), ("shown", shown)])
    }

    /// A whole number in the digits of the language.
    #[must_use]
    pub fn number(&self, number: u64) -> String {
        self.digits(&number.to_string())
    }

    /// `text` with its ASCII digits in the digits of the language.
    #[must_use]
    pub fn digits(&self, text: &str) -> String {
        let zero = u32::from(self.language.zero());
        let local = |c: char| c.to_digit(10).and_then(|d| char::from_u32(zero + d));
        text.chars().map(|c| local(c).unwrap_or(c)).collect()
    }

    /// A size in bytes, with one decimal from a megabyte on.
    #[must_use]
    pub fn size(&self, bytes: u64) -> String {
        let [byte, kilo, mega, giga] = self.language.units();
        let (divisor, unit) = match bytes {
            0..=999 => (1, byte),
            1_000..=999_999 => (1_000, kilo),
            1_000_000..=999_999_999 => (1_000_000, mega),
            _ => (1_000_000_000, giga),
        };
        let tenths = bytes.saturating_mul(10).checked_div(divisor).unwrap_or(0);
        let (whole, tenth) = (tenths / 10, tenths % 10);
        let amount = if divisor < 1_000_000 || tenth == 0 {
            whole.to_string()
        } else {
            format!("{whole}{}{tenth}", self.language.point())
        };
        format!("{} {unit}", self.digits(&amount))
    }
}
