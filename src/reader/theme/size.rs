//! Sizes in points, as in tokens.toml (`tests/reader/theme.rs` compares them with it).
use super::Type;

const fn role(size: f32, line: f32, weight: u16) -> Type {
    Type { size, line, weight }
}

/// Wordmark and nameplate.
pub const MASTHEAD: Type = role(52.0, 1.25, 900);
/// Heading of an article.
pub const DISPLAY: Type = role(34.0, 1.40, 800);
/// Title of a screen, lead of the front page.
pub const TITLE: Type = role(26.0, 1.45, 800);
/// Heading inside an article, title of a card.
pub const HEADING: Type = role(20.0, 1.50, 700);
/// Headline in a list.
pub const SUBHEADING: Type = role(17.0, 1.55, 700);
/// Chrome text, rows.
pub const BODY: Type = role(15.0, 1.70, 400);
/// Buttons, the selected row.
pub const STRONG: Type = role(15.0, 1.70, 600);
/// Explanations.
pub const SMALL: Type = role(14.0, 1.60, 400);
/// Times and labels; nothing is smaller.
pub const CAPTION: Type = role(13.0, 1.50, 400);
/// The 24 digits.
pub const CODE_DIGITS: Type = role(24.0, 1.30, 600);

/// Article text: usual, smallest, largest size and the step between.
pub const READING: (f32, f32, f32, f32) = (19.0, 14.0, 34.0, 1.0);
/// Line height of Arabic script and of Latin and Cyrillic.
pub const READING_LINE: (f32, f32) = (1.90, 1.62);
/// Width of the column at the usual size.
pub const COLUMN: f32 = 580.0;
/// Gap between paragraphs, in text sizes.
pub const PARAGRAPH_GAP: f32 = 0.85;
/// Rule beside a quote.
pub const QUOTE_RULE: f32 = 3.0;

/// The only gaps there are.
pub const S: [f32; 9] = [0.0, 4.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0];

/// Corner of a highlight.
pub const RADIUS_MARK: f32 = 3.0;
/// Corner of buttons, inputs, chips and rows.
pub const RADIUS_CONTROL: f32 = 6.0;
/// Corner of sheets and popovers.
pub const RADIUS_SHEET: f32 = 8.0;
/// Stroke of icons on their 24-point grid.
pub const STROKE_ICON: f32 = 1.6;
/// Focus ring, and the gap inside it.
pub const FOCUS: f32 = 2.0;
/// Rule on top of a verdict sheet.
pub const VERDICT_RULE: f32 = 5.0;

/// Bar on top of the window.
pub const TOP_BAR: f32 = 56.0;
/// Rows of lists.
pub const ROW: f32 = 44.0;
/// Height of a button.
pub const BUTTON: f32 = 40.0;
/// Height of a text field.
pub const INPUT: f32 = 44.0;
/// Icon in bars.
pub const ICON: f32 = 20.0;
/// Icon beside small text.
pub const ICON_SMALL: f32 = 16.0;
/// Seal of a verdict sheet.
pub const SEAL_LARGE: f32 = 56.0;
/// Widest sheet.
pub const SHEET: f32 = 760.0;
/// Popover.
pub const POPOVER: f32 = 320.0;
