//! Who the rule means: the sentence, how many they are, and what they bring.

use std::sync::Arc;

use egui::{Align2, Rect, Sense, Ui, pos2, vec2};

use super::Builder;
use super::data::{Group, tip};
use crate::analytics::rules::Sieve;
use crate::model::MetricId;
use crate::model::rule::Words;
use crate::ui::cx::counted;
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::form::error_line;
use crate::ui::widgets::{card, figure, paint, remark, say, states};

/// What is told of the members, under which caption.
const FIGURES: [(MetricId, &str); 4] = [
    (MetricId::Customers, "Customers"),
    (MetricId::CustomerShare, "Share of customers"),
    (MetricId::Revenue, "Revenue, 12 months"),
    (MetricId::RevenueShare, "Share of revenue"),
];

/// Sentences of more characters are written smaller.
const LONG: usize = 140;

impl Builder {
    pub(super) fn outcome(&mut self, ui: &mut Ui, sieve: &Arc<Sieve>) {
        let currency = sieve.shop.definitions.currency;
        let rule = self.editing.as_ref().map(|editing| editing.rule.read(currency));
        let words = Words { locale: locale::current(), currency };
        let found = self.found.latest().map(|(_, found)| Arc::clone(found));
        let stale = self.found.is_working() || matches!(rule, Some(Err(_)));
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = theme::of(ui).space().x2;
            match &rule {
                Some(Ok(rule)) => {
                    let sentence = rule.sentence(words);
                    // A long rule leaves room for itself below.
                    let long = sentence.chars().count() > LONG;
                    say(ui, if long { Type::Label } else { Type::Emphasis }, sentence);
                }
                Some(Err(why)) => error_line(ui, why),
                None => {}
            }
            match found.as_deref() {
                Some(Ok(group)) => states::dimmed(ui, stale, |ui| figures(ui, sieve, group)),
                Some(Err(why)) => error_line(ui, why),
                None => drop(remark(ui, "Counting members")),
            }
        });
    }
}

fn figures(ui: &mut Ui, sieve: &Sieve, group: &Group) {
    let t = theme::of(ui);
    let height = t.line(Type::Caption) + t.line(Type::Title) + t.space().x1;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let step = (rect.width() / FIGURES.len() as f32).min(220.0);
    for (at, (metric, caption)) in FIGURES.into_iter().enumerate() {
        let left = rect.left() + at as f32 * step;
        let painter = ui.painter();
        let above = pos2(left, rect.top() + t.line(Type::Caption) / 2.0);
        paint::text(painter, above, Align2::LEFT_CENTER, caption, t.font(Type::Caption), t.text.subdued);
        let hover = || tip(sieve, group, metric);
        let text = match metric {
            MetricId::Customers => locale::count(group.count.customers),
            _ => figure::exact(hover().figure.value),
        };
        let text = match (metric, group.count.customer_share, group.count.revenue_share) {
            (MetricId::CustomerShare, Some(share), _) | (MetricId::RevenueShare, _, Some(share)) => {
                locale::percent(share, 1)
            }
            _ => text,
        };
        let at = pos2(left, rect.bottom() - t.line(Type::Title) / 2.0);
        let galley = paint::cut(painter, text.as_str(), t.font(Type::Title), t.text.strong, step - t.space().x4);
        let place = Rect::from_min_size(pos2(at.x, at.y - galley.size().y / 2.0), galley.size());
        let response =
            figure::door(ui, place, ui.scope_id().with(("figure", caption)), &format!("{caption}: {text}"), &hover);
        let ink = if response.hovered() { t.accent.text } else { t.text.strong };
        ui.painter().galley_with_override_text_color(place.min, galley, ink);
        paint::dotted(ui.painter(), t, pos2(place.left(), place.bottom()), place.width());
        paint::focus_ring(ui, t, place, t.radius().small, &response);
    }
    let mut line = format!("Of {} on {}", counted(group.count.of, "customer", "customers"), locale::date(sieve.as_of));
    if group.count.unknown > 0 {
        line += &format!(
            "; unknown for {}, who {} no members",
            counted(group.count.unknown, "customer", "customers"),
            if group.count.unknown == 1 { "is" } else { "are" }
        );
    }
    remark(ui, line);
}
