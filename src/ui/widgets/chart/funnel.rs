//! A funnel: one bar per step, as wide as the people who took it, and between two steps how many went on and how fast.

use egui::accesskit::Role;
use egui::{Align2, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::frame::{Asked, Frame};
use super::scene::{Mark, paint_all};
use crate::report::table_export::Value;
use crate::ui::theme::{self, Theme, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::paint;

/// Height of a bar.
const BAR: f32 = 30.0;
/// Height between two bars.
const BETWEEN: f32 = 26.0;

/// A step.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelStep {
    /// What it is called.
    pub name: String,
    /// How many took it; `None` = nobody can tell.
    pub count: Option<u64>,
    /// The count with its share, as printed beside the bar, or why nobody can tell.
    pub words: String,
    /// What stands between the step before and this one; empty for the first.
    pub between: String,
}

/// The chart about to be shown.
pub struct Funnel<'a> {
    /// The words around it.
    pub frame: Frame<'a>,
    /// The steps, in order.
    pub steps: &'a [FunnelStep],
}

impl Funnel<'_> {
    /// How high a card has to be so that nothing is cut.
    pub fn height(t: &Theme, steps: usize) -> f32 {
        let bars = steps as f32 * BAR + steps.saturating_sub(1) as f32 * BETWEEN;
        2.0 * t.space().x4 + Frame::height(t) + t.space().x2 + bars
    }

    /// Draws the chart into a card of a given place.
    pub fn show(&self, ui: &mut Ui, rect: Rect) -> Option<Asked> {
        let t = theme::of(ui);
        card_at(ui, rect, t.space().x4, |ui| {
            let inner = ui.max_rect();
            let asked = self.frame.head(ui, t, inner, |_| {});
            let body = inner.with_min_y(inner.top() + Frame::height(t) + t.space().x2);
            let response = ui.interact(body, ui.scope_id().with(("chart", self.frame.title)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.summary()));
            let marks = self.marks(ui, t, body);
            paint_all(ui.painter(), t, &marks);
            let columns = ["Step", "People", "In words", "From the step before"].map(str::to_owned).to_vec();
            Some(self.frame.asked(t, asked?, (rect, body), &marks, (self.steps.len(), columns)))
        })
    }

    /// A value of its data.
    pub fn value(&self, row: u64, column: usize) -> Value {
        let Some(step) = usize::try_from(row).ok().and_then(|row| self.steps.get(row)) else { return Value::Empty };
        match column {
            0 => Value::Text(step.name.clone()),
            1 => step.count.map_or(Value::Empty, |n| Value::Number(n as f64)),
            2 => Value::Text(step.words.clone()),
            _ => Value::Text(step.between.clone()),
        }
    }

    fn marks(&self, ui: &Ui, t: &Theme, body: Rect) -> Vec<Mark> {
        let wide = |words: &str| paint::width(ui.painter(), words, t.font(Type::Caption));
        let names = self.steps.iter().map(|step| wide(&step.name)).fold(0.0_f32, f32::max);
        let words = self.steps.iter().map(|step| wide(&step.words)).fold(0.0_f32, f32::max);
        let left = body.left() + names + t.space().x4;
        let room = (body.right() - words - t.space().x3 - left).max(t.space().x8);
        let most = self.steps.iter().filter_map(|step| step.count).max().unwrap_or(0).max(1) as f32;
        let mut marks = Vec::new();
        for (n, step) in self.steps.iter().enumerate() {
            let top = body.top() + n as f32 * (BAR + BETWEEN);
            let middle = top + BAR / 2.0;
            let name = pos2(body.left(), middle);
            marks.push(Mark::Word(name, Align2::LEFT_CENTER, step.name.clone(), t.text.strong));
            let share = step.count.unwrap_or(0) as f32 / most;
            let bar = Rect::from_min_size(pos2(left, top), vec2((room * share).max(2.0), BAR));
            match step.count {
                Some(_) => marks.push(Mark::Bar(bar, t.series(0))),
                None => marks.push(Mark::Expected(bar.with_max_x(left + room * 0.2), t.chart.axis)),
            }
            let end = if step.count.is_some() { bar.right() } else { left + room * 0.2 };
            let ink = if step.count.is_some() { t.text.strong } else { t.text.subdued };
            let at = pos2(end + t.space().x2, middle);
            marks.push(Mark::Word(at, Align2::LEFT_CENTER, step.words.clone(), ink));
            if !step.between.is_empty() {
                let at = pos2(left + t.space().x1, top - BETWEEN / 2.0);
                marks.push(Mark::Word(at, Align2::LEFT_CENTER, step.between.clone(), t.text.subdued));
            }
        }
        marks
    }

    /// For those who do not see it.
    fn summary(&self) -> String {
        self.steps.iter().map(|step| format!("{} {}", step.name, step.words)).collect::<Vec<_>>().join("; ")
    }
}
