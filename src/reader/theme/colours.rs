//! The colour roles of a theme.
use super::colour;
use eframe::egui::Color32;

macro_rules! colours {
    ($($name:ident),* $(,)?) => {
        /// Colours by role; the meaning of each role is written at the top of tokens.toml.
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs)]
        pub struct Colours { $(pub $name: Color32,)* }

        impl Colours {
            /// Names of all roles.
            pub const ROLES: &'static [&'static str] = &[$(stringify!($name)),*];

            /// Reads `[theme.NAME]`; a role that is missing is shouting pink, and a test finds it.
            #[must_use]
            pub fn read(tokens: &str, theme: &str) -> Self {
                let section = section(tokens, theme);
                let role = |name: &str| section.iter().find(|(key, _)| *key == name).map_or(MISSING, |(_, colour)| *colour);
                Self { $($name: role(stringify!($name)),)* }
            }
        }
    };
}

/// What a role looks like that tokens.toml does not name.
pub const MISSING: Color32 = Color32::from_rgb(255, 0, 255);

colours!(
    desk,
    chrome,
    page,
    raised,
    sunken,
    ink,
    ink2,
    ink3,
    hairline,
    stroke,
    fold,
    accent,
    accent_hover,
    accent_soft,
    on_accent,
    focus,
    mark,
    select,
    hover,
    shadow,
    verified,
    verified_soft,
    verified_line,
    same,
    same_soft,
    same_line,
    unknown,
    unknown_soft,
    unknown_line,
    forged,
    forged_soft,
    forged_line,
    missing,
    missing_soft,
    missing_line,
    on_verdict,
);

/// The `key = "#colour"` lines of one section. Only that shape occurs there, so a TOML reader would be a
/// dependency for nothing.
fn section<'a>(tokens: &'a str, theme: &str) -> Vec<(&'a str, Color32)> {
    let head = format!("[theme.{theme}]");
    let lines = tokens
        .lines()
        .skip_while(|line| line.trim() != head)
        .skip(1);
    let pair = |line: &'a str| {
        let (key, value) = line.split_once('=')?;
        Some((key.trim(), colour(value.trim().trim_matches('"'))?))
    };
    lines
        .take_while(|line| !line.starts_with('['))
        .filter_map(pair)
        .collect()
}
