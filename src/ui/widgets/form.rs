//! Form rows: a label, a field 32 high, and below it what is wrong or where the value comes from.

use egui::accesskit::Role;
use egui::{
    Align2, Key, KeyboardShortcut, Modifiers, Response, Sense, StrokeKind, TextEdit, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::menu::{menu_item, menu_of};
use super::paint;
use super::pick::search_menu;
use super::text::{say, say_in};
use crate::ui::theme::{self, Tone, Type, corner, icons};

/// A field to type into.
pub struct Field<'a> {
    label: &'a str,
    hint: &'a str,
    width: f32,
    height: Option<f32>,
    unit: Option<&'a str>,
    error: Option<&'a str>,
    icon: Option<theme::Icon>,
    numeric: bool,
    lines: usize,
    grows: bool,
    id: Option<egui::Id>,
}

impl<'a> Field<'a> {
    /// A text field. The label is its accessible name.
    pub fn new(label: &'a str, width: f32) -> Self {
        Self {
            label,
            hint: "",
            width,
            height: None,
            unit: None,
            error: None,
            icon: None,
            numeric: false,
            lines: 1,
            grows: false,
            id: None,
        }
    }

    /// A number, right-aligned, with its unit inside.
    pub fn number(label: &'a str, unit: &'a str, width: f32) -> Self {
        Self { unit: (!unit.is_empty()).then_some(unit), numeric: true, ..Self::new(label, width) }
    }

    /// What to type, while it is empty.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// Lower than the usual 32.
    pub fn height(mut self, height: f32) -> Self {
        self.height = Some(height);
        self
    }

    /// A text of several lines, of which so many are on view.
    pub fn lines(mut self, lines: usize) -> Self {
        self.lines = lines;
        self
    }

    /// A text that begins on one line and grows with what is written; Shift Enter begins a line, Enter is the page's.
    pub fn grows(mut self) -> Self {
        self.grows = true;
        self
    }

    /// What is wrong with the text.
    pub fn error(mut self, error: Option<&'a str>) -> Self {
        self.error = error;
        self
    }

    /// An icon at the left inside.
    pub fn icon(mut self, icon: theme::Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// A fixed id, so that the focus can be put on it.
    pub fn id(mut self, id: egui::Id) -> Self {
        self.id = Some(id);
        self
    }

    /// The field alone.
    pub fn show(self, ui: &mut Ui, text: &mut String) -> Response {
        let t = theme::of(ui);
        let several = self.lines > 1 || self.grows;
        let mut edit =
            if several { TextEdit::multiline(text).desired_rows(self.lines) } else { TextEdit::singleline(text) };
        if self.grows {
            edit = edit.return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter));
        }
        edit = edit
            .font(t.font(Type::Body))
            .text_color(t.text.strong)
            .desired_width(self.width)
            .min_size(vec2(self.width, self.height.unwrap_or(t.row().field)))
            .align(match (several, self.numeric) {
                (true, _) => Align2::LEFT_TOP,
                (false, true) => Align2::RIGHT_CENTER,
                (false, false) => Align2::LEFT_CENTER,
            })
            .hint_text(super::text::rich(t, Type::Body, self.hint).color(t.text.subdued));
        if let Some(id) = self.id {
            edit = edit.id(id);
        }
        if let Some(unit) = self.unit {
            edit = edit.suffix(super::text::rich(t, Type::Body, unit).color(t.text.subdued));
        }
        let (side, gap) = (t.icon().small, t.space().x2);
        let left = if self.icon.is_some() { side + 2.0 * gap } else { gap + 1.0 };
        let above = match (self.grows, several) {
            // One line stands in the middle, as in a field of one line.
            (true, _) => {
                let line = ui.painter().layout_no_wrap("X".to_owned(), t.font(Type::Body), t.text.strong).size().y;
                ((self.height.unwrap_or(t.row().field) - line) / 2.0 - t.stroke().hairline).floor().max(0.0)
            }
            (_, true) => t.space().x1 + 2.0,
            _ => 0.0,
        } as i8;
        edit = edit.margin(egui::Margin { left: left as i8, right: gap as i8, top: above, bottom: above });
        let response = ui.add(edit).accessible_name(self.label);
        super::typing::note(&response, text);
        if let Some(icon) = self.icon {
            let centre = pos2(response.rect.left() + gap + side / 2.0 + 1.0, response.rect.center().y);
            paint::icon(ui.painter(), centre, icon, side, t.text.subdued);
        }
        if self.error.is_some() {
            let stroke = t.hairline(t.tone(Tone::Bad).mark);
            ui.painter().rect_stroke(response.rect, corner(t.radius().medium), stroke, StrokeKind::Inside);
        }
        paint::focus_ring(ui, t, response.rect, t.radius().medium, &response);
        response
    }

    /// The field under its label, with the error below.
    pub fn labelled(self, ui: &mut Ui, text: &mut String) -> Response {
        let (label, error) = (self.label, self.error);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = theme::of(ui).space().x1;
            say(ui, Type::Label, label);
            let response = self.show(ui, text);
            if let Some(error) = error {
                error_line(ui, error);
            }
            response
        })
        .inner
    }
}

/// A line that says what is wrong, with its icon.
pub fn error_line(ui: &mut Ui, error: &str) {
    let t = theme::of(ui);
    // As high as any line of this size: what stands below must not move when an error comes or goes.
    let size = vec2(ui.available_width(), t.line(Type::Caption));
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.spacing_mut().item_spacing.x = t.space().x1;
        super::text::icon(ui, icons::ERROR, t.icon().small, t.tone(Tone::Bad).mark);
        say_in(ui, Type::Caption, t.tone(Tone::Bad).text, error);
    });
}

/// A choice among several, as a field that opens a list. Returns the index of a new choice.
pub fn choice(ui: &mut Ui, name: &str, width: f32, shown: &str, options: &[String]) -> Option<usize> {
    choice_dimmed(ui, name, Vec2::new(width, theme::of(ui).row().field), shown, options, false)
}

/// A choice of a given size; dimmed where the value means "nothing".
pub fn choice_dimmed(
    ui: &mut Ui,
    name: &str,
    size: Vec2,
    shown: &str,
    options: &[String],
    dimmed: bool,
) -> Option<usize> {
    choice_field(ui, name, size, shown, options, dimmed).1
}

/// The same, with what it was drawn as: for those who put the focus on it.
pub fn choice_field(
    ui: &mut Ui,
    name: &str,
    size: Vec2,
    shown: &str,
    options: &[String],
    dimmed: bool,
) -> (Response, Option<usize>) {
    let response = choice_box(ui, name, size, shown, dimmed);
    let mut chosen = None;
    menu_of(&response, |ui| {
        ui.set_min_width(size.x - 2.0 * theme::of(ui).space().x1);
        egui::ScrollArea::vertical().max_height(9.5 * theme::of(ui).row().nav).show(ui, |ui| {
            for (i, option) in options.iter().enumerate() {
                if menu_item(ui, option, None, None, option == shown).clicked() {
                    chosen = Some(i);
                }
            }
        });
    });
    (response, chosen)
}

/// A choice among many, found by typing. Returns the line of a new choice.
pub fn search_choice<'a>(
    ui: &mut Ui,
    name: &str,
    size: Vec2,
    shown: &str,
    lines: &'a [String],
    dimmed: bool,
) -> Option<&'a str> {
    let response = choice_box(ui, name, size, shown, dimmed);
    let mut chosen = None;
    menu_of(&response, |ui| chosen = search_menu(ui, name, lines));
    chosen
}

/// The field of a choice, closed.
fn choice_box(ui: &mut Ui, name: &str, size: Vec2, shown: &str, dimmed: bool) -> Response {
    let t = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), format!("{name}: {shown}")));
    let radius = t.radius().medium;
    let fill = if response.hovered() { t.surface.hover } else { t.surface.field };
    let edge = if dimmed { t.border.normal } else { t.border.control };
    ui.painter().rect(rect, corner(radius), fill, t.hairline(edge), StrokeKind::Inside);
    let arrow = t.icon().small;
    let words = egui::Rect::from_min_max(
        rect.min + vec2(t.space().x2, 0.0),
        pos2(rect.right() - arrow - t.space().x2, rect.bottom()),
    );
    let ink = if dimmed { t.text.subdued } else { t.text.strong };
    let (_, cut) = paint::text_in(ui.painter(), words, Align2::LEFT_CENTER, shown, t.font(Type::Body), ink);
    let centre = pos2(rect.right() - t.space().x2 - arrow / 2.0, rect.center().y);
    paint::icon(ui.painter(), centre, icons::CHEVRON_DOWN, arrow, t.text.normal);
    paint::focus_ring(ui, t, rect, radius, &response);
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if cut { response.on_hover_text(shown) } else { response }
}

/// A box to tick, with its words.
pub fn check(ui: &mut Ui, label: &str, on: &mut bool) -> Response {
    let t = theme::of(ui);
    let side = t.icon().normal;
    let galley = ui.painter().layout_no_wrap(label.to_owned(), t.font(Type::Body), t.text.normal);
    let size = vec2(side + t.space().x2 + galley.size().x, t.row().nav);
    let (rect, mut response) = ui.allocate_exact_size(size, Sense::click());
    if response.clicked() {
        *on = !*on;
        response.mark_changed();
    }
    let ticked = *on;
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), ticked, label));
    let square = egui::Rect::from_center_size(pos2(rect.left() + side / 2.0, rect.center().y), Vec2::splat(side));
    let (fill, edge) = if *on { (t.accent.base, t.accent.base) } else { (t.surface.field, t.border.control) };
    ui.painter().rect(square, corner(t.radius().small), fill, t.hairline(edge), StrokeKind::Inside);
    if *on {
        paint::icon(ui.painter(), square.center(), icons::CHECK, t.icon().small, t.accent.on);
    }
    let words = pos2(square.right() + t.space().x2, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(words, galley, t.text.normal);
    paint::focus_ring(ui, t, square, t.radius().small, &response);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
