//! How wide the columns of a table are, and in which size it is set so that it fits on a page.

use serde::Serialize;

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
    /// Width of each column.
    pub widths: Vec<Width>,
}

/// How wide a column is, white space included.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Width {
    /// So many points.
    Points(f64),
    /// Such a part of what the others leave.
    Part(f64),
}

/// Sizes tried in turn, with the white space of each.
const SIZES: [(f64, f64); 3] = [(8.5, 6.0), (7.6, 4.5), (6.8, 3.5)];
/// A word longer than this is broken.
pub const WORD: usize = 28;
/// A column of text is at least so wide, in ems, when its content is.
const LEAST: f64 = 7.0;

/// A text longer than this, in ems, asks for no more room: an answer of pages would leave none to its neighbours.
const LONG: f64 = 80.0;

/// What a column needs, in ems.
struct Need {
    /// On one line.
    whole: f64,
    /// For its longest word.
    word: f64,
    /// For its header on one line.
    header: f64,
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
    let room = if wide { room.flipped } else { room.upright };
    Fit { size, gap, wide, widths: widths(&needs, size, gap, room) }
}

fn widths(needs: &[Need], size: f64, gap: f64, room: f64) -> Vec<Width> {
    let last = needs.len().saturating_sub(1);
    let gaps = |at: usize| gap * (if at == 0 { 0.0 } else { 1.0 } + if at == last { 0.0 } else { 1.0 });
    let points = |at: usize, ems: f64| ems * size + gaps(at);
    let sum = |of: &dyn Fn(&Need) -> f64| needs.iter().enumerate().map(|(at, need)| points(at, of(need))).sum::<f64>();
    let headed = |need: &Need| need.whole.max(need.header);
    // Headers stay on one line where there is room.
    let whole: &dyn Fn(&Need) -> f64 = if sum(&headed) <= room { &headed } else { &|need| need.whole };
    let text = needs.iter().filter(|need| !need.numeric).count();
    let grows = needs.iter().rposition(|need| !need.numeric).unwrap_or(0);
    let one_line = sum(whole) <= room;
    let shares = if one_line { Vec::new() } else { shares(needs, size, &gaps, room) };
    let width = |(at, need): (usize, &Need)| {
        if one_line || need.numeric {
            // One column takes what is left: the last with text.
            if at == grows && (one_line || text == 0) {
                Width::Part(1.0)
            } else {
                Width::Points(points(at, whole(need)))
            }
        } else {
            Width::Part(shares.get(at).copied().unwrap_or(1.0))
        }
    };
    needs.iter().enumerate().map(width).collect()
}

/// Points of each column where not all texts fit on a line: what none can do without, so that no word runs into the next
/// column, and of the rest more for long texts than for short ones, but not quite in proportion: that would starve the short ones.
fn shares(needs: &[Need], size: f64, gaps: &dyn Fn(usize) -> f64, room: f64) -> Vec<f64> {
    let must = |need: &Need| if need.numeric { need.whole } else { need.word };
    let mut given: Vec<f64> = needs.iter().enumerate().map(|(at, need)| must(need) * size + gaps(at)).collect();
    // Columns that are full leave the rest to the others.
    for _ in 0..needs.len() {
        let left = room - given.iter().sum::<f64>();
        let wants = |(at, need): (usize, &Need)| (need.whole * size + gaps(at) - given[at]).max(0.0);
        let wanted: Vec<f64> = needs.iter().enumerate().map(wants).collect();
        let weight = |wanted: f64| wanted.min(LONG * size).powf(0.9);
        let weights: f64 = wanted.iter().map(|wanted| weight(*wanted)).sum();
        if left < 0.5 || weights < 0.5 {
            break;
        }
        for (given, wanted) in given.iter_mut().zip(&wanted) {
            *given += (left * weight(*wanted) / weights).min(*wanted);
        }
    }
    given
}

/// What a column cannot do without, in ems.
fn least(need: &Need) -> f64 {
    if need.numeric { need.whole } else { need.whole.min(need.word.max(LEAST)) }
}

fn need(table: &Table, at: usize) -> Need {
    let numeric = table.columns[at].numeric;
    let cells = table.rows.iter().chain(&table.total).filter_map(|row| row.get(at));
    let mut need = Need { whole: 0.0, word: 0.0, header: 0.0, numeric };
    let mut see = |text: &str, header: bool| {
        for line in drawable(text).lines() {
            let word = line.split_whitespace().map(|word| width(&word.chars().take(WORD).collect::<String>()));
            need.word = need.word.max(word.fold(0.0, f64::max));
            // Headers break between words; figures never do.
            let to = if header { &mut need.header } else { &mut need.whole };
            *to = to.max(width(line));
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
        assert!((fit.size, fit.gap, fit.wide) == (8.5, 6.0, false));
        assert!(matches!(fit.widths[..], [Width::Part(_), Width::Points(a), Width::Points(b)] if a > b && a < 60.0));
    }

    #[test]
    fn long_texts_share_what_numbers_leave() {
        let long = "many words ".repeat(40);
        let fit = fit(&table(&[(false, "Short name"), (false, &long), (true, "12")]), ROOM);
        assert!(!fit.wide);
        assert!(matches!(fit.widths[..], [Width::Part(a), Width::Part(b), Width::Points(_)] if b > a));
    }

    #[test]
    fn long_headers_never_take_the_room_of_texts() {
        let mut table = table(&[(false, "Name"), (true, "1"), (true, "2"), (true, "3"), (true, "4"), (true, "5")]);
        for column in &mut table.columns {
            column.header = "A header of a good many words".into();
        }
        let fit = fit(&table, ROOM);
        let points: f64 = fit.widths.iter().map(|w| if let Width::Points(points) = w { *points } else { 0.0 }).sum();
        assert!(points < 0.6 * ROOM.upright, "{points}");
    }

    #[test]
    fn tables_of_many_columns_are_set_smaller_and_then_on_their_side() {
        assert_eq!(fit(&table(&[(true, "1,234,567.00"); 7]), ROOM).size, 7.6);
        let wide = fit(&table(&[(true, "1,234,567.00"); 11]), ROOM);
        assert!(wide.wide && wide.size <= 8.5);
        assert!(fit(&table(&[(true, "1,234,567.00"); 40]), ROOM).wide);
    }
}
