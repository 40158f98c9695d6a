//! How wide the columns of a table are, and in which size it is set so that it fits on a page.

use super::super::document::Table;
use super::super::fonts;
use super::super::glyphs::drawable;

/// Widths of a page between its margins, in points.
#[derive(Clone, Copy)]
pub struct Room {
    /// Upright.
    pub upright: f64,
    /// On its side.
    pub flipped: f64,
}

/// How a table is set.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Size of its text in points.
    pub size: f64,
    /// White space at each side of a cell, in points.
    pub gap: f64,
    /// Whether it needs a page on its side.
    pub wide: bool,
    /// Part of the width that numbers leave, for each column; `None` = as wide as its content.
    pub widths: Vec<Option<f64>>,
}

/// Sizes tried in turn, with the white space of each.
const SIZES: [(f64, f64); 3] = [(8.5, 6.0), (7.6, 4.5), (6.8, 3.5)];
/// A word longer than this is broken.
pub const WORD: usize = 28;
/// A column of text is at least so wide, in ems, when its content is.
const LEAST: f64 = 7.0;

/// What a column needs, in ems.
struct Need {
    /// On one line.
    whole: f64,
    /// For its longest word.
    word: f64,
    numeric: bool,
}

/// The largest size in which a table fits, upright if it can be.
pub fn fit(table: &Table, room: Room) -> Fit {
    let needs: Vec<Need> = (0..table.columns.len()).map(|at| need(table, at)).collect();
    let fits = |size: f64, gap: f64, width: f64| {
        let least = needs.iter().map(|need| least(need) * size).sum::<f64>();
        least + 2.0 * gap * needs.len().saturating_sub(1) as f64 <= width
    };
    let upright = SIZES[..2].iter().find(|(size, gap)| fits(*size, *gap, room.upright));
    let (size, gap, wide) = match upright {
        Some((size, gap)) => (*size, *gap, false),
        None => {
            let flipped = SIZES.iter().find(|(size, gap)| fits(*size, *gap, room.flipped)).unwrap_or(&SIZES[2]);
            (flipped.0, flipped.1, true)
        }
    };
    // Long texts get more room than short ones, but not in proportion: that would starve the short ones.
    let part = |need: &Need| (!need.numeric).then(|| need.whole.max(1.0).powf(0.7).max(need.word.min(12.0) * 0.6));
    let mut widths: Vec<Option<f64>> = needs.iter().map(part).collect();
    let total = needs.iter().map(|need| need.whole * size + 2.0 * gap).sum::<f64>();
    let text = widths.iter().flatten().count();
    if total <= if wide { room.flipped } else { room.upright } && text > 0 {
        // Everything fits on one line: columns as wide as they are, and the rest for the last one with text that is not
        // squeezed between numbers.
        let last = widths.iter().rposition(Option::is_some);
        for (at, width) in widths.iter_mut().enumerate() {
            *width = (Some(at) == last || (at == 0 && text == 1)).then_some(1.0);
        }
    } else if text == 0 && !widths.is_empty() {
        widths[0] = Some(1.0);
    }
    Fit { size, gap, wide, widths }
}

/// What a column cannot do without, in ems.
fn least(need: &Need) -> f64 {
    if need.numeric { need.whole } else { need.whole.min(need.word.max(LEAST)) }
}

fn need(table: &Table, at: usize) -> Need {
    let numeric = table.columns[at].numeric;
    let cells = table.rows.iter().chain(&table.total).filter_map(|row| row.get(at));
    let mut need = Need { whole: 0.0, word: 0.0, numeric };
    let mut see = |text: &str, header: bool| {
        for line in drawable(text).lines() {
            let word = line.split_whitespace().map(|word| width(&word.chars().take(WORD).collect::<String>()));
            need.word = need.word.max(word.fold(0.0, f64::max));
            // Headers break between words; figures never do.
            need.whole = need.whole.max(if header { 0.0 } else { width(line) });
        }
    };
    see(&table.columns[at].header, true);
    cells.for_each(|cell| see(&cell.text, false));
    need.whole = need.whole.max(need.word);
    need
}

/// In ems, with a little to spare: totals are bolder.
fn width(text: &str) -> f64 {
    fonts::width(text, 1.0) * 1.03
}

#[cfg(test)]
mod tests {
    use super::super::super::document::{Cell, Column};
    use super::*;

    const ROOM: Room = Room { upright: 482.0, flipped: 728.0 };

    fn table(columns: &[(bool, &str)]) -> Table {
        Table {
            columns: columns.iter().map(|(numeric, _)| Column::new("Head".into(), *numeric)).collect(),
            rows: vec![columns.iter().map(|(_, text)| Cell::text(*text)).collect()],
            ..Table::default()
        }
    }

    #[test]
    fn narrow_tables_are_upright_and_fill_the_width() {
        let fit = fit(&table(&[(false, "VIP"), (true, "1,234"), (true, "5.0%")]), ROOM);
        assert_eq!(fit, Fit { size: 8.5, gap: 6.0, wide: false, widths: vec![Some(1.0), None, None] });
    }

    #[test]
    fn long_texts_share_what_numbers_leave() {
        let long = "many words ".repeat(40);
        let fit = fit(&table(&[(false, "Short name"), (false, &long), (true, "12")]), ROOM);
        assert!(!fit.wide && fit.widths[2].is_none());
        assert!(fit.widths[1] > fit.widths[0] && fit.widths[0].is_some());
    }

    #[test]
    fn tables_of_many_columns_are_set_smaller_and_then_on_their_side() {
        assert_eq!(fit(&table(&[(true, "1,234,567.00"); 7]), ROOM).size, 7.6);
        let wide = fit(&table(&[(true, "1,234,567.00"); 11]), ROOM);
        assert!(wide.wide && wide.size <= 8.5);
        assert!(fit(&table(&[(true, "1,234,567.00"); 40]), ROOM).wide);
    }
}
