//! The whole matrix as strokes, for a picture that does not depend on what is scrolled into view.

use egui::{Align2, Color32, Painter, Rect, pos2, vec2};

use super::matrix::{self, StageView};
use crate::analytics::journey::State;
use crate::ui::theme::{Theme, Type};
use crate::ui::widgets::chart::scene::{Mark, svg};
use crate::ui::widgets::paint;

/// Width of a stage.
const STAGE: f32 = 300.0;
const GAP: f32 = 40.0;
const MARGIN: f32 = 24.0;
const HEAD: f32 = 64.0;
const CELL: f32 = 74.0;
const LANE: f32 = 44.0;

/// The matrix as an SVG picture in a theme; the words are measured by `painter`.
pub fn drawn(painter: &Painter, t: &Theme, title: &str, stages: &[StageView], lanes: bool) -> String {
    let rows = stages.iter().map(|stage| stage.cells.len()).max().unwrap_or(0);
    let lanes_high = if lanes { 2.0 * LANE } else { 0.0 };
    let size = vec2(
        2.0 * MARGIN + stages.len() as f32 * STAGE + stages.len().saturating_sub(1) as f32 * GAP,
        2.0 * MARGIN + HEAD + lanes_high + rows as f32 * (CELL + 8.0),
    );
    let mut pen = Pen { painter, t, marks: Vec::new() };
    for (n, stage) in stages.iter().enumerate() {
        let left = MARGIN + n as f32 * (STAGE + GAP);
        pen.word((left, MARGIN + 8.0), STAGE, stage.name, t.text.strong);
        let figure = format!("{} {}", stage.figure, stage.words);
        pen.word((left, MARGIN + 26.0), STAGE, &figure, t.text.normal);
        if let Some((share, _)) = &stage.onward {
            pen.word((left + STAGE + 4.0, MARGIN + 26.0), GAP, share, t.text.strong);
        }
        let mut top = MARGIN + HEAD - 16.0;
        if lanes {
            for (caption, words) in ["Needs", "Pains"].iter().zip(&stage.lanes) {
                pen.word((left, top + 8.0), STAGE, caption, t.text.subdued);
                pen.word((left, top + 24.0), STAGE, &words.replace('\n', ", "), t.text.normal);
                top += LANE;
            }
        }
        for cell in &stage.cells {
            pen.cell(Rect::from_min_size(pos2(left, top), vec2(STAGE, CELL)), cell);
            top += CELL + 8.0;
        }
    }
    svg(t, Rect::from_min_size(pos2(0.0, 0.0), size), title, &pen.marks)
}

struct Pen<'p> {
    painter: &'p Painter,
    t: &'p Theme,
    marks: Vec<Mark>,
}

impl Pen<'_> {
    fn cell(&mut self, rect: Rect, cell: &matrix::CellView) {
        let (t, inner) = (self.t, rect.shrink(10.0));
        let (mark, tint) = matrix::colours(cell.known, t);
        self.marks.push(Mark::Bar(rect, tint));
        let middle = pos2(inner.left() + 4.0, inner.top() + 6.0);
        self.marks.push(Mark::Dot(middle, 5.0, mark));
        if cell.known != State::Measured {
            self.marks.push(Mark::Dot(middle, if cell.known == State::Partly { 2.0 } else { 4.0 }, tint));
        }
        let width = inner.width();
        self.word((inner.left() + 16.0, inner.top() + 6.0), width - 16.0, &cell.name, t.text.strong);
        let told = [cell.first.as_str(), cell.second.as_str()].into_iter().filter(|words| !words.is_empty());
        let told = told.collect::<Vec<_>>().join(", ");
        self.word((inner.left(), inner.top() + 24.0), width, &told, t.text.normal);
        let status = cell.status.0;
        let wide = paint::width(self.painter, status, t.font(Type::Caption));
        self.word((inner.left(), inner.bottom() - 6.0), width - wide - 8.0, &cell.tactic, t.text.subdued);
        let at = pos2(inner.right(), inner.bottom() - 6.0);
        self.marks.push(Mark::Word(at, Align2::RIGHT_CENTER, status.to_owned(), t.text.subdued));
    }

    /// A word from its left middle, cut with "…" where it is too long.
    fn word(&mut self, (x, y): (f32, f32), width: f32, words: &str, ink: Color32) {
        let fits = |words: &str| paint::width(self.painter, words, self.t.font(Type::Caption)) <= width;
        let mut shown = words.to_owned();
        if !fits(&shown) {
            let mut left: Vec<char> = words.chars().collect();
            while left.pop().is_some() {
                shown = format!("{}…", left.iter().collect::<String>().trim_end());
                if fits(&shown) {
                    break;
                }
            }
        }
        if !shown.is_empty() {
            self.marks.push(Mark::Word(pos2(x, y), Align2::LEFT_CENTER, shown, ink));
        }
    }
}
