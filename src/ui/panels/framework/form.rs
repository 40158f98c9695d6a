//! The form of a section: its groups, what is told of the field in focus, and where two places disagree.

use egui::{Align, Layout, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::data::{of_all, spot, title};
use super::group::{self, Group};
use super::{FrameworkPage, Known, Open, about, disagree, files};
use crate::framework::template::options::guidance;
use crate::framework::template::{FormSection, template};
use crate::ui::cx::Cx;
use crate::ui::theme::{self, Theme, Type, icons};
use crate::ui::widgets::{Button, hairline, icon_button, link, remark, text};

/// Height of the form's header.
const HEAD: f32 = 60.0;

impl FrameworkPage {
    /// Draws the card in the middle.
    pub(super) fn form(&mut self, cx: &mut Cx, ui: &mut Ui, known: &Known<'_>, area: Rect) {
        let t = theme::of(ui);
        let Some(section) = template().sections.get(self.section) else { return };
        let all = known.facts.contradictions();
        self.dispute = if all.is_empty() { (0, false) } else { (self.dispute.0.min(all.len() - 1), self.dispute.1) };
        let bar = if all.is_empty() { 0.0 } else { disagree::height(t) };
        let strip = about::height(t, known, &self.editing, &self.comment);
        let head = area.with_max_y(area.top() + HEAD);
        self.head(ui, t, known, section, head);
        let foot = area.bottom() - bar - strip;
        let fields = Rect::from_min_max(pos2(area.left(), head.bottom()), pos2(area.right(), foot));
        let mut inner = ui.new_child(UiBuilder::new().max_rect(fields).id_salt("fields"));
        inner.shrink_clip_rect(fields);
        self.fields(cx, &mut inner, t, known, section);
        let place = Rect::from_min_max(pos2(area.left() + 1.0, foot), pos2(area.right() - 1.0, foot + strip));
        let act = about::show(cx, ui, known, &mut self.editing, &mut self.comment, place);
        self.told(cx, ui, act);
        if bar > 0.0 {
            let place = Rect::from_min_max(pos2(area.left(), foot + strip), area.max);
            match disagree::show(ui, all, self.dispute.0, self.dispute.1, place) {
                Some(disagree::Act::Both) => (self.dispute.1, self.to_top) = (true, true),
                Some(disagree::Act::Back) => (self.dispute.1, self.to_top) = (false, true),
                Some(disagree::Act::Next) => self.dispute.0 = (self.dispute.0 + 1) % all.len(),
                None => {}
            }
        }
    }

    /// Does what the strip below the form asks for.
    fn told(&mut self, cx: &mut Cx, ui: &Ui, act: Option<about::Act>) {
        match act {
            Some(about::Act::Comment(key, words)) => super::save_comment(cx, key, words),
            Some(about::Act::UseData(key)) => self.editing.put(ui, &key, String::new()),
            Some(about::Act::Take(key, words)) => self.editing.put(ui, &key, words),
            None => {}
        }
    }

    fn head(&mut self, ui: &mut Ui, t: &Theme, known: &Known<'_>, section: &FormSection, area: Rect) {
        let inner = area.shrink2(vec2(t.space().x4, t.space().x2));
        let layout = Layout::right_to_left(Align::Center);
        let mut right = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout).id_salt("form actions"));
        if right.add(Button::new("Refill from data").icon(icons::RESET).small()).clicked() {
            self.again += 1;
            self.refill.begin(known.facts);
            self.open = Some(Open::Refill);
        }
        if icon_button(&mut right, icons::SEARCH, "Find a field (Ctrl F)").clicked() {
            self.find = Some(super::Find::default());
        }
        let place = inner.with_max_x(right.min_rect().left() - t.space().x2);
        let mut words = ui.new_child(UiBuilder::new().max_rect(place).id_salt("form head"));
        words.spacing_mut().item_spacing.y = 0.0;
        words.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
        let (name, line) = if self.dispute.1 {
            ("Places that disagree".to_owned(), "Change one, or say why in a comment".to_owned())
        } else {
            let (some, all) = of_all(known.facts.filled(self.section));
            let fields = section.groups.iter().flat_map(|group| &group.fields);
            let changed = fields.filter(|field| known.facts.change(&field.key).is_some()).count();
            let mut line = format!("{some} of {all} fields");
            if changed > 0 {
                line = format!("{line}; {changed} changed since the last issue");
            }
            (title(section), line)
        };
        text::say(&mut words, Type::Emphasis, name);
        text::say(&mut words, Type::Caption, line);
        let mut below = ui.new_child(UiBuilder::new().max_rect(area.with_min_y(area.bottom() - 1.0)));
        hairline(&mut below);
    }

    /// The groups, one below the other.
    fn fields(&mut self, cx: &mut Cx, ui: &mut Ui, t: &Theme, known: &Known<'_>, section: &'static FormSection) {
        let mut scroll = ScrollArea::vertical().auto_shrink(false).id_salt(("form", self.section, self.dispute.1));
        if std::mem::take(&mut self.to_top) && self.editing.focus.is_none() {
            scroll = scroll.vertical_scroll_offset(0.0);
        }
        scroll.show(ui, |ui| {
            let pad = egui::Margin::symmetric(t.space().x4 as i8, t.space().x3 as i8);
            egui::Frame::new().inner_margin(pad).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = t.space().x2;
                if self.dispute.1 {
                    return self.both(ui, known);
                }
                Self::before(ui, t, known, section);
                for (at, group) in section.groups.iter().enumerate() {
                    if at > 0 {
                        ui.add_space(t.space().x1);
                        hairline(ui);
                    }
                    let closed = self.closed.contains(&(self.section, at));
                    let group = Group { section_at: self.section, section, at, group, closed };
                    if group::show(ui, known, &mut self.editing, group) && !self.closed.remove(&(self.section, at)) {
                        self.closed.insert((self.section, at));
                    }
                }
                if section.number == 0 && cx.shop.as_ref().is_some_and(|shop| shop.is_empty()) {
                    files::show(cx, ui, &known.facts.files);
                }
            });
        });
    }

    /// What stands above the fields: what the section is for, what the options advise.
    fn before(ui: &mut Ui, t: &Theme, known: &Known<'_>, section: &FormSection) {
        remark(ui, &section.intro);
        for advice in guidance(&known.facts.answers.options, &section.key) {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = t.space().x1;
                text::icon(ui, icons::TIP, t.icon().small, t.accent.text);
                ui.vertical(|ui| text::say(ui, Type::Body, advice.text)).response.on_hover_text(advice.choice);
            });
        }
        ui.add_space(t.space().x1);
    }

    /// The fields of a contradiction, each under its place.
    fn both(&mut self, ui: &mut Ui, known: &Known<'_>) {
        let Some(one) = known.facts.contradictions().get(self.dispute.0) else { return };
        let places: Vec<_> = one.fields.iter().filter_map(|key| spot(key)).collect();
        text::say(ui, Type::Body, &one.sentence);
        let mut meant = None;
        for spot in places {
            ui.horizontal(|ui| {
                text::say(ui, Type::Label, spot.place());
                if link(ui, "Go there").clicked() {
                    meant = Some(spot);
                }
            });
            let t = theme::of(ui);
            let wide = if super::print::is_short(spot.field) { 220.0 } else { ui.available_width() };
            let rect = Rect::from_min_size(ui.cursor().min, vec2(wide, super::field::height(t)));
            let bottom = super::field::show_at(ui, rect, known, &mut self.editing, spot);
            ui.advance_cursor_after_rect(rect.with_max_y(bottom.max(rect.bottom())));
            ui.add_space(t.space().x2);
        }
        // The field after one of them may be far away.
        self.editing.focus = None;
        if let Some(spot) = meant {
            self.dispute.1 = false;
            self.editing.go(&spot.field.key);
        }
    }
}
