//! A flow picture: groups at the left, groups at the right, and bands for what goes from one to the other. Every band
//! can be hovered and chosen.

use egui::accesskit::Role;
use egui::{Align2, Color32, Painter, Pos2, Rect, Sense, Ui, WidgetInfo, pos2};

use super::frame::{Asked, Frame};
use super::scene::{Mark, paint_all};
use crate::report::table_export::Value;
use crate::ui::theme::{self, Theme, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::paint;

/// A group at one side.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub colour: Color32,
}

/// The picture about to be shown.
pub struct Flow<'a> {
    /// The words around it.
    pub frame: Frame<'a>,
    /// What the sides are: two dates, two steps.
    pub sides: [&'a str; 2],
    /// Groups at the left and at the right, from top to bottom.
    pub nodes: [&'a [Node]; 2],
    /// How many go from a group at the left to one at the right: `[left][right]`.
    pub counts: &'a [Vec<u64>],
    /// How a number is printed.
    pub print: &'a dyn Fn(u64) -> String,
}

/// What came of a picture.
#[derive(Default)]
pub struct Flowed {
    /// What its menu asks for.
    pub asked: Option<Asked>,
    /// The band that was clicked: group at the left, group at the right.
    pub chosen: Option<(usize, usize)>,
}

/// A band from the left to the right.
struct Band {
    ends: (usize, usize),
    left: (f32, f32),
    right: (f32, f32),
}

const BAR: f32 = 14.0;
const GAP: f32 = 6.0;
/// Points along the edge of a band.
const STEPS: usize = 24;
/// Below this height a band is still drawn, so that a few among many are seen.
const LEAST: f32 = 1.0;

impl Flow<'_> {
    /// Draws the picture into a card of a given place.
    pub fn show(&self, ui: &mut Ui, rect: Rect) -> Flowed {
        let t = theme::of(ui);
        card_at(ui, rect, t.space().x4, |ui| {
            let inner = ui.max_rect();
            let menu = self.frame.head(ui, t, inner, |_| {});
            let body = inner.with_min_y(inner.top() + Frame::height(t));
            let (bands, mut marks) = self.layout(ui.painter(), t, body);
            let response = ui.interact(body, ui.scope_id().with(("flow", self.frame.title)), Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.summary()));
            let (x0, x1) = self.between(ui.painter(), t, body);
            let pointed = response.hover_pos().and_then(|at| bands.iter().find(|band| band.holds(at, x0, x1)));
            let drawn = bands.iter().map(|band| {
                let lit = pointed.is_none_or(|pointed| pointed.ends == band.ends);
                let share = if lit { t.chart.flow_alpha } else { t.chart.band_alpha };
                let colour = t.surface.panel.lerp_to_gamma(self.nodes[0][band.ends.0].colour, share);
                band.ribbon(x0, x1, colour)
            });
            let mut all: Vec<Mark> = drawn.collect();
            all.append(&mut marks);
            paint_all(ui.painter(), t, &all);
            if let Some(band) = pointed {
                response.clone().on_hover_text(self.words(band.ends));
            }
            let rows = self.nodes[0].len() * self.nodes[1].len();
            let columns = vec![self.sides[0].to_owned(), self.sides[1].to_owned(), "Count".to_owned()];
            Flowed {
                asked: menu.map(|menu| self.frame.asked(t, menu, (rect, body), &all, (rows, columns))),
                chosen: pointed.filter(|_| response.clicked()).map(|band| band.ends),
            }
        })
    }

    /// A value of its data: from, to, how many.
    pub fn value(&self, row: u64, column: usize) -> Value {
        let (row, right) = (row as usize, self.nodes[1].len().max(1));
        let (a, b) = (row / right, row % right);
        match column {
            0 => self.nodes[0].get(a).map_or(Value::Empty, |node| Value::Text(node.name.clone())),
            1 => self.nodes[1].get(b).map_or(Value::Empty, |node| Value::Text(node.name.clone())),
            _ => self.counts.get(a).and_then(|row| row.get(b)).map_or(Value::Empty, |n| Value::Count(*n)),
        }
    }

    fn words(&self, (a, b): (usize, usize)) -> String {
        let n = (self.print)(self.counts[a][b]);
        format!("{n} from {} to {}", self.nodes[0][a].name, self.nodes[1][b].name)
    }

    /// For those who do not see it: the largest flows.
    fn summary(&self) -> String {
        let mut ends: Vec<(usize, usize)> = self.ends().collect();
        ends.sort_by_key(|&(a, b)| std::cmp::Reverse(self.counts[a][b]));
        let words: Vec<String> = ends.iter().take(6).map(|&ends| self.words(ends)).collect();
        format!("{}. {}", self.frame.title, words.join("; "))
    }

    fn ends(&self) -> impl Iterator<Item = (usize, usize)> {
        let pairs = self.counts.iter().enumerate();
        pairs.flat_map(|(a, row)| row.iter().enumerate().filter(|(_, n)| **n > 0).map(move |(b, _)| (a, b)))
    }

    /// Where the bands begin and end across.
    fn between(&self, painter: &Painter, t: &Theme, body: Rect) -> (f32, f32) {
        let widest = |side: usize| {
            self.nodes[side].iter().map(|n| paint::width(painter, &n.name, t.font(Type::Caption))).fold(0.0, f32::max)
        };
        let lead = |side: usize| (widest(side) + t.space().x3).min(body.width() * 0.3);
        (body.left() + lead(0) + BAR, body.right() - lead(1) - BAR)
    }

    fn layout(&self, painter: &Painter, t: &Theme, body: Rect) -> (Vec<Band>, Vec<Mark>) {
        let line = t.line(Type::Caption);
        let (x0, x1) = self.between(painter, t, body);
        let area = body.with_min_y(body.top() + line + t.space().x1);
        let total: u64 = self.counts.iter().flatten().sum();
        let most = self.nodes[0].len().max(self.nodes[1].len());
        let scale = (area.height() - GAP * most.saturating_sub(1) as f32).max(1.0) / total.max(1) as f32;
        let sum_left = |a: usize| self.counts.get(a).map_or(0, |row| row.iter().sum::<u64>());
        let sum_right = |b: usize| self.counts.iter().filter_map(|row| row.get(b)).sum::<u64>();
        let sums = [
            (0..self.nodes[0].len()).map(sum_left).collect::<Vec<u64>>(),
            (0..self.nodes[1].len()).map(sum_right).collect::<Vec<u64>>(),
        ];
        let mut marks = vec![
            Mark::Word(pos2(x0, body.top()), Align2::RIGHT_TOP, self.sides[0].to_owned(), t.text.subdued),
            Mark::Word(pos2(x1, body.top()), Align2::LEFT_TOP, self.sides[1].to_owned(), t.text.subdued),
        ];
        let mut tops = [Vec::new(), Vec::new()];
        for side in 0..2 {
            let mut y = area.top();
            let mut free = f32::NEG_INFINITY;
            for (node, &sum) in self.nodes[side].iter().zip(&sums[side]) {
                let tall = sum as f32 * scale;
                let (from, to) = if side == 0 { (x0 - BAR, x0) } else { (x1, x1 + BAR) };
                tops[side].push(y);
                if sum > 0 {
                    let bar = Rect::from_min_max(pos2(from, y), pos2(to, y + tall.max(LEAST)));
                    marks.push(Mark::Bar(bar, node.colour));
                    let middle = y + tall / 2.0;
                    if middle - line / 2.0 >= free {
                        free = middle + line / 2.0;
                        let (x, anchor) = match side {
                            0 => (from - t.space().x2, Align2::RIGHT_CENTER),
                            _ => (to + t.space().x2, Align2::LEFT_CENTER),
                        };
                        marks.push(Mark::Word(pos2(x, middle), anchor, node.name.clone(), t.text.normal));
                    }
                    y += tall + GAP;
                }
            }
        }
        let [mut left, mut right] = tops;
        let bands = self.ends().map(|(a, b)| {
            let tall = self.counts[a][b] as f32 * scale;
            let (from, to) = (left[a], right[b]);
            left[a] += tall;
            right[b] += tall;
            let tall = tall.max(LEAST);
            Band { ends: (a, b), left: (from, from + tall), right: (to, to + tall) }
        });
        (bands.collect(), marks)
    }
}

impl Band {
    /// Upper and lower edge at a part of the way, 0–1.
    fn edges(&self, way: f32) -> (f32, f32) {
        let eased = way * way * (3.0 - 2.0 * way);
        let y = |from: f32, to: f32| from + (to - from) * eased;
        (y(self.left.0, self.right.0), y(self.left.1, self.right.1))
    }

    fn holds(&self, at: Pos2, x0: f32, x1: f32) -> bool {
        let way = (at.x - x0) / (x1 - x0).max(1.0);
        let (upper, lower) = self.edges(way.clamp(0.0, 1.0));
        (0.0..=1.0).contains(&way) && (upper - 1.0..=lower + 1.0).contains(&at.y)
    }

    fn ribbon(&self, x0: f32, x1: f32, colour: Color32) -> Mark {
        let ways = || (0..=STEPS).map(|step| step as f32 / STEPS as f32);
        let x = |way: f32| x0 + (x1 - x0) * way;
        let upper = ways().map(|way| pos2(x(way), self.edges(way).0)).collect();
        let lower = ways().map(|way| pos2(x(way), self.edges(way).1)).collect();
        Mark::Ribbon(upper, lower, colour)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_is_found_where_it_is_drawn() {
        let band = Band { ends: (0, 1), left: (10.0, 30.0), right: (60.0, 80.0) };
        assert!(band.holds(pos2(0.0, 20.0), 0.0, 100.0) && band.holds(pos2(100.0, 70.0), 0.0, 100.0));
        assert!(!band.holds(pos2(0.0, 50.0), 0.0, 100.0) && !band.holds(pos2(140.0, 70.0), 0.0, 100.0));
        assert!(
            matches!(band.ribbon(0.0, 100.0, theme::get(false).series(0)), Mark::Ribbon(a, b, _) if a.len() == b.len())
        );
    }
}
