//! The cut-offs in words, to read and to edit; the table follows at once.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Galley, Key, Layout, Rect, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::data;
use crate::analytics::segments::{RulesFrom, Segment, SegmentRules, SegmentTable};
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Theme, Type, corner, icons};
use crate::ui::widgets::form::error_line;
use crate::ui::widgets::{Button, Field, hairline, link, paint, say};

/// The numbers as they are being typed.
#[derive(Default)]
pub struct Cutoffs {
    edit: Option<Edit>,
    need: f32,
}

struct Edit {
    /// What was kept before the numbers that are being tried.
    before: Option<SegmentRules>,
    vip_orders: String,
    vip_within: String,
    regular: String,
    new_days: String,
    /// Was just opened: its first field takes the focus.
    fresh: bool,
}

impl Edit {
    fn of(rules: SegmentRules, before: Option<SegmentRules>) -> Self {
        Self {
            before,
            vip_orders: rules.vip_orders.to_string(),
            vip_within: rules.vip_within_days.to_string(),
            regular: rules.regular_orders.to_string(),
            new_days: rules.new_days.to_string(),
            fresh: true,
        }
    }

    /// The rules that the typed numbers make, or what is wrong with them.
    fn rules(&self) -> Result<SegmentRules, &'static str> {
        let orders = |text: &str| text.trim().parse::<u32>().ok().filter(|n| (1..=1000).contains(n));
        let days = |text: &str| text.trim().parse::<i32>().ok().filter(|n| (1..=3650).contains(n));
        let orders_wrong = "Orders are a whole number from 1 to 1,000";
        let days_wrong = "Days are a whole number from 1 to 3,650";
        let rules = SegmentRules {
            vip_orders: orders(&self.vip_orders).ok_or(orders_wrong)?,
            vip_within_days: days(&self.vip_within).ok_or(days_wrong)?,
            regular_orders: orders(&self.regular).ok_or(orders_wrong)?,
            new_days: days(&self.new_days).ok_or(days_wrong)?,
        };
        if rules.regular_orders > rules.vip_orders {
            return Err("Regular Buyers need fewer orders than VIP/Loyal");
        }
        Ok(rules)
    }
}

impl Cutoffs {
    /// Height that the content needs, measured when it was last drawn.
    pub fn need(&self) -> f32 {
        self.need
    }

    /// Draws the card's content.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, table: &SegmentTable) {
        let t = theme::of(ui);
        // Esc gives back what was kept; before the fields see it, whose last number would else be kept.
        if self.edit.is_some() && ui.input(|i| i.key_pressed(Key::Escape)) {
            self.leave(cx);
        }
        let area = ui.available_rect_before_wrap();
        let head = Rect::from_min_size(area.min, vec2(area.width(), t.row().button));
        let mut buttons = ui.new_child(UiBuilder::new().max_rect(head).layout(Layout::right_to_left(Align::Center)));
        self.buttons(cx, &mut buttons, table);
        ui.spacing_mut().item_spacing.y = 2.0;
        say(ui, Type::Emphasis, "Cut-offs in words");
        say(ui, Type::Caption, "New Customers first, then from top to bottom; the first that fits counts");
        ui.add_space(t.space().x2);
        let foot = t.line(Type::Body) + t.space().x2;
        let mut need = ui.cursor().top() - area.top() + foot;
        let spare = ((area.bottom() - ui.cursor().top() - foot) / 5.0).min(46.0);
        let mut left = false;
        for (i, segment) in Segment::ALL.into_iter().enumerate() {
            if i > 0 {
                hairline(ui);
            }
            let rule = rule(ui, t, &table.rules.in_words(segment), ui.available_width() - LEAD);
            let least = (rule.size().y + t.space().x1).max(t.row().dense - 2.0);
            need += least + 5.0;
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), least.max(spare - 5.0)), Sense::hover());
            lead(ui, t, segment, rect);
            let place = Rect::from_min_max(pos2(rect.left() + LEAD, rect.top()), rect.max);
            match &mut self.edit {
                Some(edit) => {
                    let layout = Layout::left_to_right(Align::Center);
                    let builder = UiBuilder::new().max_rect(place).layout(layout).id_salt(segment.key());
                    left |= fields(&mut ui.new_child(builder), segment, edit);
                }
                None => {
                    let at = pos2(place.left(), place.center().y - rule.size().y / 2.0);
                    let said = ui.interact(place, ui.scope_id().with(("rule", segment.key())), Sense::hover());
                    said.widget_info(|| WidgetInfo::labeled(Role::Label, true, rule.text()));
                    ui.painter().galley(at, rule, t.text.normal);
                }
            }
        }
        self.measured(ui, need);
        match self.edit.as_ref().map(Edit::rules) {
            Some(Ok(rules)) => cx.try_rules(rules, left),
            Some(Err(wrong)) => return error_line(ui, wrong),
            None => {}
        }
        ui.add_space(t.space().x1);
        self.origin(cx, ui, table);
    }

    /// A card that is too low for its sentences is drawn again at once, higher.
    fn measured(&mut self, ui: &Ui, need: f32) {
        if (need - self.need).abs() > 0.5 {
            self.need = need;
            ui.ctx().request_discard("the cut-offs were measured");
        }
    }

    /// Leaves the editing; what was tried and not kept is taken back.
    fn leave(&mut self, cx: &mut Cx) {
        if let (Some(edit), Some(shop)) = (self.edit.take(), &mut cx.shop) {
            shop.facts.rules = edit.before;
        }
    }

    fn buttons(&mut self, cx: &mut Cx, ui: &mut Ui, table: &SegmentTable) {
        ui.spacing_mut().item_spacing.x = 2.0;
        if self.edit.is_some() {
            let rules = self.edit.as_ref().and_then(|edit| edit.rules().ok());
            if ui.add(Button::new("Done").icon(icons::CHECK).small().enabled(rules.is_some())).clicked()
                && let Some(rules) = rules
            {
                self.edit = None;
                cx.try_rules(rules, true);
            }
            if ui.add(Button::plain("Cancel").small()).clicked() {
                self.leave(cx);
            }
        } else if ui.add(Button::plain("Edit").named("Edit cut-offs").icon(icons::EDIT).small()).clicked() {
            let before = cx.shop.as_ref().and_then(|shop| shop.facts.rules);
            self.edit = Some(Edit::of(table.rules, before));
        }
    }

    /// Where the cut-offs come from, and the way back to the shop's own.
    fn origin(&mut self, cx: &mut Cx, ui: &mut Ui, table: &SegmentTable) {
        let from = table.rules_from;
        let wound = cx.shop.as_ref().is_some_and(|shop| shop.wound_to.is_some());
        ui.horizontal(|ui| {
            // The shop's own distribution is another one on another day.
            let of_that_day = wound && from == RulesFrom::Distribution;
            let on = if of_that_day { format!(" up to {}", locale::date(table.as_of)) } else { String::new() };
            say(ui, Type::Caption, format!("{}{on}", from.in_words()));
            if from == RulesFrom::Typed && link(ui, "Use the shop’s own distribution").clicked() {
                self.edit = None;
                cx.reset_rules();
            }
        });
    }
}

/// Width of a field for four digits.
const NUMBER: f32 = 54.0;
/// Width of a segment's square and name.
const LEAD: f32 = 130.0;

fn lead(ui: &Ui, t: &Theme, segment: Segment, row: Rect) {
    let side = t.space().x2 + 2.0;
    let square = Rect::from_center_size(pos2(row.left() + side / 2.0, row.center().y), vec2(side, side));
    ui.painter().rect_filled(square, corner(2.0), data::colour(t, segment));
    let at = pos2(square.right() + t.space().x2, row.center().y);
    paint::text(ui.painter(), at, egui::Align2::LEFT_CENTER, segment.name(), t.font(Type::Label), t.text.strong);
}

/// A rule with its numbers in semi-bold, in as many lines as it needs.
fn rule(ui: &Ui, t: &Theme, rule: &str, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::default();
    let plain = TextFormat::simple(t.font(Type::Body), t.text.normal);
    let bold = TextFormat::simple(t.strong_font(Type::Body), t.text.strong);
    for (i, word) in rule.split(' ').enumerate() {
        let number = word.starts_with(|c: char| c.is_ascii_digit()) && word != "12";
        let gap = if i == 0 { "" } else { " " };
        job.append(gap, 0.0, plain.clone());
        job.append(word, 0.0, if number { bold.clone() } else { plain.clone() });
    }
    job.wrap.max_width = width;
    ui.painter().layout_job(job)
}

/// A rule with fields for its numbers. Returns whether one was left.
fn fields(ui: &mut Ui, segment: Segment, edit: &mut Edit) -> bool {
    ui.spacing_mut().item_spacing.x = theme::of(ui).space().x1;
    let height = theme::of(ui).row().nav.min(ui.max_rect().height());
    ui.spacing_mut().interact_size.y = height;
    let (mut left, mut fresh) = (false, std::mem::take(&mut edit.fresh));
    let mut number = |ui: &mut Ui, label: &str, text: &mut String| {
        let field = Field::number(label, "", NUMBER).height(height).show(ui, text);
        if std::mem::take(&mut fresh) {
            field.request_focus();
        }
        left |= field.lost_focus();
    };
    match segment {
        Segment::Vip => {
            number(ui, "VIP/Loyal: orders in 12 months", &mut edit.vip_orders);
            say(ui, Type::Body, "+ orders in 12 months, last within");
            number(ui, "VIP/Loyal: days since the last order", &mut edit.vip_within);
            say(ui, Type::Body, "days");
        }
        Segment::Regular => {
            number(ui, "Regular Buyers: orders in 12 months", &mut edit.regular);
            say(ui, Type::Body, "+ orders in 12 months");
        }
        Segment::New => {
            say(ui, Type::Body, "First order within");
            number(ui, "New Customers: days since the first order", &mut edit.new_days);
            say(ui, Type::Body, "days");
        }
        Segment::Occasional => {
            let words = format!("At least 1 order ever, fewer than {} in 12 months", edit.regular.trim());
            say(ui, Type::Body, words);
        }
        Segment::Browsers => {
            say(ui, Type::Body, "Account or cart, no order");
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_numbers_become_rules_or_a_reason() {
        let rules = SegmentRules { vip_orders: 5, vip_within_days: 120, regular_orders: 2, new_days: 90 };
        let mut edit = Edit::of(rules, None);
        assert_eq!(edit.rules(), Ok(rules));
        edit.vip_within = " 45 ".into();
        assert_eq!(edit.rules().unwrap().vip_within_days, 45);
        edit.regular = "9".into();
        assert!(edit.rules().is_err());
        edit.regular = "x".into();
        assert!(edit.rules().is_err());
    }
}
