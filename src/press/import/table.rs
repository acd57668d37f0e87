//! Rows of cells, as HTML has them, to a table.

use varaq_article::{Alignment, Block, Inline, MAX_COLUMNS, Role};

/// A table of rows that may be ragged. Wider than a table can be, it becomes lines.
pub(super) fn table(
    mut alignments: Vec<Alignment>,
    rows: Vec<(bool, Vec<Vec<Inline>>)>,
) -> Vec<Block> {
    let rows: Vec<_> = rows
        .into_iter()
        .filter(|(_, cells)| !cells.is_empty())
        .collect();
    let columns = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    if columns == 0 {
        return Vec::new();
    }
    if columns > MAX_COLUMNS {
        let cells = rows.into_iter().flat_map(|(_, cells)| cells);
        let lines = cells.filter(|cell| !cell.is_empty());
        return lines
            .map(|text| Block::Paragraph {
                role: Role::Body,
                text,
            })
            .collect();
    }
    // A frame around one cell is layout, not a table.
    if let [(_, cells)] = rows.as_slice()
        && let [cell] = cells.as_slice()
    {
        let text = cell.clone();
        return if text.is_empty() {
            Vec::new()
        } else {
            vec![Block::Paragraph {
                role: Role::Body,
                text,
            }]
        };
    }
    alignments.resize(columns, Alignment::Start);
    let headers = rows.iter().take_while(|(header, _)| *header).count();
    let full = rows.into_iter().map(|(_, mut cells)| {
        cells.resize(columns, Vec::new());
        cells
    });
    vec![Block::Table {
        alignments,
        header_rows: u32::try_from(headers).unwrap_or(0),
        rows: full.collect(),
    }]
}
