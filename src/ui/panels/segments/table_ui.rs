//! The table of segments with its figures, bars and editable personalization focus.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Frame, Key, Margin, Rect, Ui, UiBuilder, pos2, vec2};

use super::data::{self, COLUMNS, Page, Place, Row};
use crate::analytics::segments::{Segment, SegmentTable};
use crate::model::MetricId;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::panels::PanelId;
use crate::ui::theme::{self, Theme, Tone, Type, icons};
use crate::ui::widgets::figure::Tip;
use crate::ui::widgets::{Cell, Column, Field, Table, TableState, link, paint, sheet, text};

/// Least width of the focus.
const FOCUS: f32 = 120.0;
/// Below this width the shares stand without bars, so that the focus keeps its room.
const WITH_BARS: f32 = 1000.0;
/// Height of a row with mini bars.
const ROW: f32 = 38.0;
/// Height of a row while two dates are compared.
const TWO_LINES: f32 = 46.0;

/// The focus text that is being typed.
#[derive(Default)]
pub struct FocusEdit {
    open: Option<(Segment, String)>,
    fresh: bool,
}

/// Draws the table and what follows from it.
pub fn show(
    cx: &mut Cx,
    ui: &mut Ui,
    table: &Arc<SegmentTable>,
    page: &mut Page,
    state: &mut TableState,
    focus: &mut FocusEdit,
) {
    let t = theme::of(ui);
    let places = page.places();
    page.sort(state.sort.and_then(|(column, down)| Some((*places.get(column)?, down))));
    page.bars = ui.available_width() >= WITH_BARS && page.other.is_none();
    let columns = columns(ui, t, page, &places);
    let height = if page.other.is_some() { TWO_LINES } else { ROW };
    let (mut saved, mut to_rates) = (None, false);
    let page = &*page;
    let shown = sheet(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        // What stands for much of the shop comes before what stands for the rest.
        let (above, below) = page.beside.split_at(usize::from(page.heavy).min(page.beside.len()));
        for words in above {
            beside(ui, t, words, Tone::Warning, None);
        }
        let shown =
            Table::new("Segments", &columns, page.rows.len() as u64, height).totals().show(ui, state, |n, i, cell| {
                let row = usize::try_from(n).ok().and_then(|n| page.rows.get(n)).unwrap_or(&page.total);
                match places.get(i) {
                    Some(Place::Name) => name(cell, t, row),
                    Some(&Place::Figure(i)) => figure(cell, table, page, row, i),
                    Some(&Place::Was(i)) => was(cell, page, row, i),
                    Some(Place::Focus) | None => {
                        if let Some(change) = focus_cell(cell, row, focus) {
                            saved = Some(change);
                        }
                    }
                }
            });
        for words in below {
            beside(ui, t, words, Tone::Info, None);
        }
        if let Some(words) = &page.no_rate {
            to_rates = beside(ui, t, words, Tone::Warning, Some("Type the rate in Definitions"));
        }
        shown
    })
    .inner;
    if to_rates {
        cx.go(PanelId::Definitions);
    }
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |n, column| {
            let Some(row) = usize::try_from(n).ok().and_then(|n| page.rows.get(n)) else { return Value::Empty };
            match places.get(column) {
                Some(Place::Name) => Value::Text(row.name.to_owned()),
                Some(&Place::Figure(i)) => row.raw.get(i).cloned().unwrap_or(Value::Empty),
                Some(&Place::Was(i)) => row.was.get(i).map_or(Value::Empty, |was| was.raw.clone()),
                Some(Place::Focus) | None => Value::Text(row.focus.clone()),
            }
        });
    }
    if let Some((segment, words)) = saved {
        cx.set_focus_text(segment, words);
    }
    if let Some(row) = shown.entered.and_then(|n| page.rows.get(usize::try_from(n).ok()?)) {
        cx.show_members(row.segment);
    }
}

/// Widths from the widest text of each column, so that numbers are never cut.
fn columns(ui: &Ui, t: &Theme, page: &Page, places: &[Place]) -> Vec<Column> {
    let wide =
        |text: &str, font: egui::FontId| ui.painter().layout_no_wrap(text.to_owned(), font, t.text.normal).size().x;
    let around = 2.0 * t.space().x2 + t.space().x1;
    let rows = || page.rows.iter().chain([&page.total]);
    let one = |place: &Place| match *place {
        Place::Name => Column::text("Segment", 144.0),
        Place::Focus => Column::text("Personalization focus", FOCUS).grow(1.0),
        Place::Figure(i) => {
            let header = wide(&page.headers[i], t.font(Type::Caption)) + t.icon().small;
            let widest = rows().map(|row| wide(&row.cells[i], t.strong_font(Type::Body))).fold(0.0, f32::max);
            let bar = if has_bar(COLUMNS[i]) && page.bars { t.space().x8 + t.space().x6 + t.space().x3 } else { 0.0 };
            Column::number(&page.headers[i], ((widest + bar).max(header) + around).ceil()).sortable()
        }
        Place::Was(i) => {
            let date = page.other.as_ref().map_or_else(String::new, |other| locale::date(other.as_of));
            let header = wide(&date, t.font(Type::Caption)) + t.icon().small;
            let both = |row: &Row| {
                row.was.get(i).map_or(0.0, |was| {
                    wide(&was.text, t.strong_font(Type::Body)).max(wide(&was.change, t.font(Type::Caption)))
                })
            };
            let widest = rows().map(both).fold(0.0, f32::max);
            let title = format!("{}, {date}", page.headers[i]);
            Column::number(title, (widest.max(header) + around).ceil()).headed(date).sortable()
        }
    };
    places.iter().map(one).collect()
}

fn has_bar(metric: MetricId) -> bool {
    matches!(metric, MetricId::CustomerShare | MetricId::RevenueShare)
}

fn name(cell: &mut Cell<'_>, t: &Theme, row: &Row) {
    match row.segment {
        Some(segment) => cell.swatch(data::colour(t, segment), row.name),
        None => cell.strong(row.name),
    }
}

fn figure(cell: &mut Cell<'_>, table: &SegmentTable, page: &Page, row: &Row, i: usize) {
    let (value, metric) = (&row.cells[i], COLUMNS[i]);
    if let (Some(segment), true) = (row.segment, page.bars && has_bar(metric)) {
        let colour =
            if metric == MetricId::RevenueShare { data::colour(cell.t, segment) } else { cell.t.chart.bar_rest };
        cell.bar(row.values[i].max(0.0), colour);
    }
    figure_of(cell, table, page, row, value, metric);
}

/// The figure on the other date, below it what changed between the two.
fn was(cell: &mut Cell<'_>, page: &Page, row: &Row, i: usize) {
    let (Some(other), Some(was)) = (&page.other, row.was.get(i)) else { return };
    let (above, below) = cell.rect.split_top_bottom_at_fraction(0.52);
    cell.rect = above.with_min_y(above.top() + cell.t.space().x1);
    figure_of(cell, other, page, row, &was.text, COLUMNS[i]);
    cell.rect = below.with_max_y(below.bottom() - cell.t.space().x1);
    cell.caption(&was.change);
}

fn figure_of(cell: &mut Cell<'_>, table: &SegmentTable, page: &Page, row: &Row, text: &str, metric: MetricId) {
    if text == data::MISSING {
        return cell.subdued(text);
    }
    let source = table.rows.get(row.index).unwrap_or(&table.total);
    cell.figure(text, row.segment.is_none(), || {
        Tip::of(&table.figure(source, metric), &page.definitions, data::counts(source, metric))
    });
}

/// Text with a pencil; while it is edited, a field. Returns a text to keep.
fn focus_cell(cell: &mut Cell<'_>, row: &Row, edit: &mut FocusEdit) -> Option<(Segment, String)> {
    let Some(segment) = row.segment else {
        cell.caption(&row.focus);
        return None;
    };
    let t = cell.t;
    if let Some((open, text)) = &mut edit.open
        && *open == segment
    {
        let place = Rect::from_center_size(cell.rect.center(), vec2(cell.rect.width() + t.space().x2, t.row().nav));
        let mut ui = cell.ui.new_child(UiBuilder::new().max_rect(place).id_salt("focus edit"));
        ui.spacing_mut().interact_size.y = t.row().nav;
        let name = format!("Personalization focus of {}", segment.name());
        let id = ui.scope_id().with("field");
        let response = Field::new(&name, place.width()).height(t.row().nav).id(id).show(&mut ui, text);
        if std::mem::take(&mut edit.fresh) {
            response.request_focus();
        } else if response.lost_focus() || ui.input(|i| i.key_pressed(Key::Escape)) {
            let keep = !ui.input(|i| i.key_pressed(Key::Escape)) && *text != row.focus;
            let text = std::mem::take(text);
            edit.open = None;
            return keep.then_some((segment, text));
        }
        return None;
    }
    let pencil = t.icon().small;
    let whole = cell.rect;
    cell.rect.max.x -= pencil + t.space().x2;
    let words = paint::cut(cell.ui.painter(), row.focus.as_str(), t.font(Type::Body), t.text.normal, cell.rect.width());
    cell.text(&row.focus);
    let x = (cell.rect.left() + words.size().x + t.space().x2).min(whole.right() - pencil);
    let button = Rect::from_min_size(pos2(x, whole.center().y - pencil / 2.0), vec2(pencil, pencil));
    let what = format!("Edit personalization focus of {}", segment.name());
    let response = cell.interact(button.expand(3.0), &what, Role::Button);
    let ink = if response.hovered() { t.accent.text } else { t.text.subdued };
    paint::icon(cell.ui.painter(), button.center(), icons::EDIT, pencil - 2.0, ink);
    paint::focus_ring(cell.ui, t, button.expand(2.0), t.radius().small, &response);
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        edit.open = Some((segment, row.focus.clone()));
        edit.fresh = true;
    }
    None
}

/// What is in no row stands beside the table, in words; with a link where something is to be done. Returns its click.
fn beside(ui: &mut Ui, t: &Theme, words: &str, tone: Tone, to_do: Option<&str>) -> bool {
    let space = t.space();
    let pad = Margin { left: space.x4 as i8, right: space.x4 as i8, top: space.x2 as i8, bottom: space.x2 as i8 };
    let row = Frame::new().inner_margin(pad).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space.x2;
            let icon = if tone == Tone::Warning { icons::WARNING } else { icons::INFO };
            text::icon(ui, icon, t.icon().small, t.tone(tone).mark);
            text::say_in(ui, Type::Caption, t.text.normal, words);
            to_do.is_some_and(|words| link(ui, words).clicked())
        })
        .inner
    });
    row.inner
}
