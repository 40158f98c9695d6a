//! A flow picture: stages from left to right with groups from top to bottom, and bands for what goes from one group to
//! one of the next stage. Every band can be hovered and chosen.

use egui::accesskit::Role;
use egui::{Align2, Color32, Painter, Pos2, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::frame::{Asked, Frame};
use super::scene::{Mark, paint_all};
use crate::report::table_export::Value;
use crate::ui::theme::{self, Theme, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::paint;

/// A group of a stage.
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
    /// What the stages are, at least two: dates, steps.
    pub stages: &'a [&'a str],
    /// Groups of each stage, from top to bottom.
    pub nodes: &'a [&'a [Node]],
    /// How many go from a group of each stage but the last to one of the next: `[stage][from][to]`.
    pub counts: &'a [&'a [Vec<u64>]],
    /// How a number is printed.
    pub print: &'a dyn Fn(u64) -> String,
}

/// What came of a picture.
#[derive(Default)]
pub struct Flowed {
    /// What its menu asks for.
    pub asked: Option<Asked>,
    /// The band that was clicked: stage it comes from, group there, group of the next stage.
    pub chosen: Option<Ends>,
}

/// Stage a band comes from, its group there, its group of the next stage.
type Ends = (usize, usize, usize);

/// A band from a stage to the next.
struct Band {
    ends: Ends,
    /// Where it begins and ends across.
    x: (f32, f32),
    left: (f32, f32),
    right: (f32, f32),
}

const BAR: f32 = 14.0;
const GAP: f32 = 6.0;
/// Points along the edge of a band.
const STEPS: usize = 24;
/// Opacity of the ground of a name that stands on bands.
const GROUND: f32 = 0.72;
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
            let pointed = response.hover_pos().and_then(|at| bands.iter().find(|band| band.holds(at)));
            let drawn = bands.iter().map(|band| {
                let lit = pointed.is_none_or(|pointed| pointed.ends == band.ends);
                let share = if lit { t.chart.flow_alpha } else { t.chart.band_alpha };
                let colour = self.nodes[band.ends.0][band.ends.1].colour;
                band.ribbon(t.surface.panel.lerp_to_gamma(colour, share))
            });
            let mut all: Vec<Mark> = drawn.collect();
            all.append(&mut marks);
            paint_all(ui.painter(), t, &all);
            if let Some(band) = pointed {
                response.clone().on_hover_text(self.words(band.ends));
            }
            let rows = self.pairs().count();
            let heads = if let [left, right] = self.stages { [*left, *right] } else { ["From", "To"] };
            let columns = heads.iter().copied().chain(["Count"]).map(str::to_owned).collect();
            Flowed {
                asked: menu.map(|menu| self.frame.asked(t, menu, (rect, body), &all, (rows, columns))),
                chosen: pointed.filter(|_| response.clicked()).map(|band| band.ends),
            }
        })
    }

    /// A value of its data: from, to, how many.
    pub fn value(&self, row: u64, column: usize) -> Value {
        let Some((stage, a, b)) = self.pairs().nth(row as usize) else { return Value::Empty };
        match column {
            0 => Value::Text(self.name(stage, a)),
            1 => Value::Text(self.name(stage + 1, b)),
            _ => Value::Count(self.count((stage, a, b))),
        }
    }

    /// A group with its stage, where there are more than two.
    fn name(&self, stage: usize, group: usize) -> String {
        let name = &self.nodes[stage][group].name;
        if self.stages.len() > 2 { format!("{}: {name}", self.stages[stage]) } else { name.clone() }
    }

    fn count(&self, (stage, a, b): Ends) -> u64 {
        self.counts.get(stage).and_then(|rows| rows.get(a)?.get(b)).copied().unwrap_or(0)
    }

    fn words(&self, ends: Ends) -> String {
        let (stage, a, b) = ends;
        let n = (self.print)(self.count(ends));
        format!("{n} from {} to {}", self.nodes[stage][a].name, self.nodes[stage + 1][b].name)
    }

    /// For those who do not see it: the largest flows.
    fn summary(&self) -> String {
        let mut ends: Vec<Ends> = self.ends().collect();
        ends.sort_by_key(|&ends| std::cmp::Reverse(self.count(ends)));
        let words: Vec<String> = ends.iter().take(6).map(|&ends| self.words(ends)).collect();
        format!("{}. {}", self.frame.title, words.join("; "))
    }

    /// Every pair of groups of neighbouring stages.
    fn pairs(&self) -> impl Iterator<Item = Ends> {
        let stages = self.nodes.windows(2).enumerate();
        stages.flat_map(|(stage, pair)| {
            let (from, to) = (pair[0].len(), pair[1].len());
            (0..from).flat_map(move |a| (0..to).map(move |b| (stage, a, b)))
        })
    }

    /// The pairs with a band.
    fn ends(&self) -> impl Iterator<Item = Ends> {
        self.pairs().filter(|&ends| self.count(ends) > 0)
    }

    /// The right edge of the bars of the first stage, the left one of the others.
    fn across(&self, painter: &Painter, t: &Theme, body: Rect) -> Vec<f32> {
        let last = self.nodes.len() - 1;
        let widest = |stage: usize| {
            let width = |node: &Node| paint::width(painter, &node.name, t.font(Type::Caption));
            self.nodes[stage].iter().map(width).fold(0.0, f32::max)
        };
        let lead = |stage: usize| (widest(stage) + t.space().x3).min(body.width() * 0.3);
        let (x0, x1) = (body.left() + lead(0) + BAR, body.right() - lead(last) - BAR);
        (0..=last).map(|stage| x0 + (x1 - x0) * stage as f32 / last.max(1) as f32).collect()
    }

    /// What comes to a group, or leaves it where that is more.
    fn size(&self, stage: usize, group: usize) -> u64 {
        let out = (0..self.nodes.get(stage + 1).map_or(0, |next| next.len())).map(|b| self.count((stage, group, b)));
        let into = stage
            .checked_sub(1)
            .map_or(0, |before| (0..self.nodes[before].len()).map(|a| self.count((before, a, group))).sum::<u64>());
        out.sum::<u64>().max(into)
    }

    fn layout(&self, painter: &Painter, t: &Theme, body: Rect) -> (Vec<Band>, Vec<Mark>) {
        let line = t.line(Type::Caption);
        let across = self.across(painter, t, body);
        let area = body.with_min_y(body.top() + line + t.space().x1);
        let sizes = |stage: usize| (0..self.nodes[stage].len()).map(|group| self.size(stage, group)).collect();
        let sizes: Vec<Vec<u64>> = (0..self.nodes.len()).map(sizes).collect();
        let total = sizes.iter().map(|sizes| sizes.iter().sum::<u64>()).max().unwrap_or(0);
        let most = self.nodes.iter().map(|nodes| nodes.len()).max().unwrap_or(0);
        let scale = (area.height() - GAP * most.saturating_sub(1) as f32).max(1.0) / total.max(1) as f32;
        let mut marks = Vec::new();
        let mut tops: Vec<Vec<f32>> = Vec::new();
        for (stage, (&x, sizes)) in across.iter().zip(&sizes).enumerate() {
            // The first stage has its names at the left, the others at the right.
            let (from, anchor, word) = match stage {
                0 => (x - BAR, [Align2::RIGHT_TOP, Align2::RIGHT_CENTER], x - BAR - t.space().x2),
                _ => (x, [Align2::LEFT_TOP, Align2::LEFT_CENTER], x + BAR + t.space().x2),
            };
            marks.push(Mark::Word(pos2(x, body.top()), anchor[0], self.stages[stage].to_owned(), t.text.subdued));
            let (mut y, mut free, mut own) = (area.top(), f32::NEG_INFINITY, Vec::new());
            for (node, &size) in self.nodes[stage].iter().zip(sizes) {
                let tall = size as f32 * scale;
                own.push(y);
                if size > 0 {
                    marks.push(Mark::Bar(Rect::from_min_size(pos2(from, y), vec2(BAR, tall.max(LEAST))), node.colour));
                    let middle = y + tall / 2.0;
                    if middle - line / 2.0 >= free {
                        free = middle + line / 2.0;
                        if stage > 0 && stage + 1 < across.len() {
                            // Bands run below the names of a stage between two others.
                            let width = paint::width(painter, &node.name, t.font(Type::Caption));
                            let ground = Rect::from_min_size(pos2(word, middle - line / 2.0), vec2(width, line));
                            let ink = t.surface.panel.gamma_multiply(GROUND);
                            marks.push(Mark::Bar(ground.expand2(vec2(t.space().x1, 0.0)), ink));
                        }
                        marks.push(Mark::Word(pos2(word, middle), anchor[1], node.name.clone(), t.text.normal));
                    }
                    y += tall + GAP;
                }
            }
            tops.push(own);
        }
        (self.bands(&across, &tops, scale), marks)
    }

    fn bands(&self, across: &[f32], tops: &[Vec<f32>], scale: f32) -> Vec<Band> {
        let (mut leaves, mut comes) = (tops.to_vec(), tops.to_vec());
        let band = |(stage, a, b): Ends| {
            let tall = self.count((stage, a, b)) as f32 * scale;
            let (from, to) = (leaves[stage][a], comes[stage + 1][b]);
            leaves[stage][a] += tall;
            comes[stage + 1][b] += tall;
            let tall = tall.max(LEAST);
            let x = (across[stage] + if stage == 0 { 0.0 } else { BAR }, across[stage + 1]);
            Band { ends: (stage, a, b), x, left: (from, from + tall), right: (to, to + tall) }
        };
        self.ends().map(band).collect()
    }
}

impl Band {
    /// Upper and lower edge at a part of the way, 0–1.
    fn edges(&self, way: f32) -> (f32, f32) {
        let eased = way * way * (3.0 - 2.0 * way);
        let y = |from: f32, to: f32| from + (to - from) * eased;
        (y(self.left.0, self.right.0), y(self.left.1, self.right.1))
    }

    fn holds(&self, at: Pos2) -> bool {
        let way = (at.x - self.x.0) / (self.x.1 - self.x.0).max(1.0);
        let (upper, lower) = self.edges(way.clamp(0.0, 1.0));
        (0.0..=1.0).contains(&way) && (upper - 1.0..=lower + 1.0).contains(&at.y)
    }

    fn ribbon(&self, colour: Color32) -> Mark {
        let ways = || (0..=STEPS).map(|step| step as f32 / STEPS as f32);
        let x = |way: f32| self.x.0 + (self.x.1 - self.x.0) * way;
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
        let band = Band { ends: (0, 0, 1), x: (0.0, 100.0), left: (10.0, 30.0), right: (60.0, 80.0) };
        assert!(band.holds(pos2(0.0, 20.0)) && band.holds(pos2(100.0, 70.0)));
        assert!(!band.holds(pos2(0.0, 50.0)) && !band.holds(pos2(140.0, 70.0)));
        assert!(matches!(band.ribbon(theme::get(false).series(0)), Mark::Ribbon(a, b, _) if a.len() == b.len()));
    }
}
