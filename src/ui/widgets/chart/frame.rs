//! The frame around every chart: finding or title, unit, what it means, legend, and the menu of its files.

use egui::accesskit::Role;
use egui::{Align, Align2, Layout, Rect, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::scene::{Mark, svg};
use crate::report::table_export::List;
use crate::ui::theme::{Theme, Type, icons};
use crate::ui::widgets::button::icon_button_sized;
use crate::ui::widgets::menu::{menu_item, menu_line, menu_of};
use crate::ui::widgets::paint;
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::table::{Target, Wanted};

/// The words around a chart.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The finding, or what it shows.
    pub title: &'a str,
    /// Unit and period.
    pub line: &'a str,
    /// What it means and how it is counted.
    pub about: &'a str,
}

/// What a chart's menu asks for.
pub enum Asked {
    /// The picture as SVG text.
    Svg(String),
    /// The picture as PNG: this part of the window.
    Png(Rect),
    /// The data.
    Data(Wanted),
}

/// A line of the menu that was chosen.
pub enum Menu {
    /// The picture, drawn anew.
    Svg,
    /// The picture, as it stands on the screen.
    Png,
    /// The data.
    Data(Target),
}

impl Frame<'_> {
    /// Height of title and unit, with the gap below them.
    pub fn height(t: &Theme) -> f32 {
        t.line(Type::Emphasis) + t.line(Type::Caption) + t.space().x2
    }

    /// Draws title, unit, legend and menu at the top of `inner`.
    pub fn head(&self, ui: &mut Ui, t: &Theme, inner: Rect, legend: impl FnOnce(&mut Ui)) -> Option<Menu> {
        let bar = Rect::from_min_size(inner.min, vec2(inner.width(), t.line(Type::Emphasis)));
        let layout = Layout::right_to_left(Align::Center);
        let mut right = ui.new_child(UiBuilder::new().max_rect(bar).layout(layout).id_salt(("tools", self.title)));
        right.spacing_mut().item_spacing.x = t.space().x1;
        let side = t.row().dense;
        let menu = icon_button_sized(&mut right, icons::MORE, &format!("Export {}", self.title), side);
        let mut asked = None;
        menu_of(&menu, |ui| asked = menu_items(ui));
        let (place, info) = right.allocate_exact_size(vec2(side, side), Sense::click());
        info.widget_info(|| WidgetInfo::labeled(Role::Note, true, self.about));
        paint::icon(right.painter(), place.center(), icons::INFO.outlined(), t.icon().small, t.text.subdued);
        paint::focus_ring(&right, t, place, t.radius().small, &info);
        info.on_hover_text(self.about);
        right.add_space(t.space().x2);
        legend(&mut right);
        let words = Rect::from_min_max(bar.min, pos2(right.min_rect().left() - t.space().x2, bar.bottom()));
        let font = t.font(Type::Emphasis);
        let cut = paint::text_in(ui.painter(), words, Align2::LEFT_CENTER, self.title, font, t.text.strong).1;
        let title = ui.interact(words, ui.scope_id().with(("title", self.title)), Sense::hover());
        title.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.title));
        if cut {
            title.on_hover_text(self.title);
        }
        let line = bar.translate(vec2(0.0, bar.height()));
        let below = Rect::from_min_size(line.min, vec2(inner.width(), t.line(Type::Caption)));
        let (font, ink) = (t.font(Type::Caption), t.text.subdued);
        let cut = paint::text_in(ui.painter(), below, Align2::LEFT_CENTER, self.line, font, ink).1;
        let said = ui.interact(below, ui.scope_id().with(("line", self.title)), Sense::hover());
        said.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.line));
        if cut {
            said.on_hover_text(self.line);
        }
        asked
    }

    /// What the chosen line of the menu stands for: a picture of `body`, which is part of `whole`, or the data.
    pub fn asked(
        &self,
        t: &Theme,
        menu: Menu,
        (whole, body): (Rect, Rect),
        marks: &[Mark],
        (rows, columns): (usize, Vec<String>),
    ) -> Asked {
        match menu {
            Menu::Svg => Asked::Svg(svg(t, body, self.title, marks)),
            Menu::Png => Asked::Png(whole),
            Menu::Data(target) => Asked::Data(Wanted {
                target,
                rows: 0..rows as u64,
                columns: (0..columns.len()).collect(),
                list: List { title: self.title.to_owned(), columns },
            }),
        }
    }
}

fn menu_items(ui: &mut Ui) -> Option<Menu> {
    let mut asked = None;
    if menu_item(ui, "Picture as PNG…", Some(icons::DOWNLOAD), None, false).clicked() {
        asked = Some(Menu::Png);
    }
    if menu_item(ui, "Picture as SVG…", Some(icons::DOWNLOAD), None, false).clicked() {
        asked = Some(Menu::Svg);
    }
    menu_line(ui);
    export_items(ui, "Data as").map(Menu::Data).or(asked)
}
