//! How wide the columns of a table are.

use varaq_page::Cell;

/// Room between two columns, in points.
pub(super) const GAP: f32 = 16.0;

/// A word longer than so many letters may be broken: it is an address, not a word.
const WORD: usize = 16;

/// Text beyond so many letters wraps, so it asks for no more room.
const TEXT: usize = 40;

/// Width of each column in points. A column gets room for its longest word first, so that no word is
/// broken while another column wraps; what is left goes to the columns with the longest texts.
/// Letters are counted, not shaped: a table is laid out in one frame.
#[expect(clippy::cast_precision_loss, reason = "at most 40 letters")]
pub(super) fn columns(rows: &[Vec<Cell>], width: f32) -> Vec<f32> {
    let count = rows.first().map_or(0, Vec::len);
    let size = rows
        .first()
        .and_then(|row| row.first())
        .map_or(16.0, |cell| cell.paragraph.style.size);
    let most = |column: usize, letters: fn(&str) -> usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| letters(&cell.paragraph.text))
            .max()
            .unwrap_or(0)
    };
    let word = |text: &str| {
        let words = text.split_whitespace().map(|word| word.chars().count());
        words.max().unwrap_or(0).clamp(2, WORD)
    };
    let needs: Vec<f32> = (0..count)
        .map(|column| most(column, word) as f32 * size * 0.54 + GAP)
        .collect();
    let wishes: Vec<f32> = (0..count)
        .map(|column| most(column, |text| text.chars().count().clamp(4, TEXT)) as f32)
        .collect();
    let needed: f32 = needs.iter().sum();
    let wished: f32 = wishes.iter().sum::<f32>().max(1.0);
    let rest = width - needed;
    if rest < 0.0 {
        return needs.iter().map(|need| need * width / needed).collect();
    }
    let share = |(need, wish): (&f32, &f32)| need + rest * wish / wished;
    needs.iter().zip(&wishes).map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::columns;
    use varaq_page::{Align, Cell, Direction, Paragraph, Style};

    fn row(texts: &[&str]) -> Vec<Cell> {
        let cell = |text: &&str| Cell {
            paragraph: Paragraph::plain(text, Direction::Ltr, "en", Style::new(17.0, 1.6)),
            align: Align::Start,
        };
        texts.iter().map(cell).collect()
    }

    #[test]
    fn a_short_word_is_not_broken_for_a_long_address() {
        let rows = [
            row(&["project", "people", "address"]),
            row(&[
                "Trojan-Go",
                "18",
                "https://example.org/a/very/long/path/to/a/thing",
            ]),
        ];
        let widths = columns(&rows, 580.0);
        assert!(widths[0] > 9.0 * 17.0 * 0.5, "{widths:?}");
        assert!(widths[2] > widths[0] && widths[0] > widths[1], "{widths:?}");
        assert!(
            (widths.iter().sum::<f32>() - 580.0).abs() < 0.5,
            "{widths:?}"
        );
    }

    #[test]
    fn columns_never_leave_the_page() {
        let many: Vec<&str> = std::iter::repeat_n("abcdefghijklmnop", 64).collect();
        let widths = columns(&[row(&many)], 580.0);
        assert!((widths.iter().sum::<f32>() - 580.0).abs() < 0.5);
        assert!(widths.iter().all(|width| *width > 0.0));
        assert!(columns(&[], 580.0).is_empty());
    }
}
