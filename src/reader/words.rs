//! The words of the window: Fluent texts in the reader's language, with its digits.
//!
//! In: keys of `assets/text/*.ftl` and values. Out: text ready for the page layout; values stand between
//! isolates (U+2068/U+2069), so that a name never reorders the sentence around it. A missing key shows itself
//! in brackets and fails a test.
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

const ENGLISH: &str = include_str!("../../assets/text/en.ftl");
const PERSIAN: &str = include_str!("../../assets/text/fa.ftl");

/// A language the window speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// فارسی
    Persian,
    /// English
    #[default]
    English,
}

impl Language {
    /// Every language, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Persian, Self::English];

    /// BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Persian => "fa",
            Self::English => "en",
        }
    }

    /// The language of a tag such as `fa-IR`; `None` when the window does not speak it.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let first = tag.split(['-', '_', '.']).next()?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|l| l.tag() == first)
    }

    /// The PC's own language, English when the window does not speak it.
    #[must_use]
    pub fn of_this_pc() -> Self {
        sys_locale::get_locale()
            .and_then(|tag| Self::from_tag(&tag))
            .unwrap_or(Self::English)
    }

    /// Whether lines run from right to left.
    #[must_use]
    pub fn is_rtl(self) -> bool {
        self == Self::Persian
    }

    /// What the language calls itself.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Persian => "فارسی",
            Self::English => "English",
        }
    }

    /// The other language, for the switch.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Persian => Self::English,
            Self::English => Self::Persian,
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

    fn source(self) -> &'static str {
        match self {
            Self::Persian => PERSIAN,
            Self::English => ENGLISH,
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

    /// A whole number in the digits of the language.
    #[must_use]
    pub fn number(&self, number: u64) -> String {
        self.digits(&number.to_string())
    }

    /// `text` with its ASCII digits in the digits of the language.
    #[must_use]
    pub fn digits(&self, text: &str) -> String {
        match self.language {
            Language::English => text.to_owned(),
            Language::Persian => text.chars().map(persian_digit).collect(),
        }
    }

    /// A size in bytes, with one decimal from a megabyte on.
    #[must_use]
    pub fn size(&self, bytes: u64) -> String {
        let (divisor, english, persian) = match bytes {
            0..=999 => (1, "bytes", "بایت"),
            1_000..=999_999 => (1_000, "kB", "کیلوبایت"),
            1_000_000..=999_999_999 => (1_000_000, "MB", "مگابایت"),
            _ => (1_000_000_000, "GB", "گیگابایت"),
        };
        let tenths = bytes.saturating_mul(10).checked_div(divisor).unwrap_or(0);
        let (whole, tenth) = (tenths / 10, tenths % 10);
        let (unit, point) = match self.language {
            Language::English => (english, '.'),
            Language::Persian => (persian, '٫'),
        };
        let amount = if divisor < 1_000_000 || tenth == 0 {
            whole.to_string()
        } else {
            format!("{whole}{point}{tenth}")
        };
        format!("{} {unit}", self.digits(&amount))
    }
}

fn persian_digit(c: char) -> char {
    c.to_digit(10)
        .and_then(|d| char::from_u32(0x6F0 + d))
        .filter(|_| c.is_ascii_digit())
        .unwrap_or(c)
}
