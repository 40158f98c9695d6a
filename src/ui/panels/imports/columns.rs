//! The file and its columns: which column becomes which field.

use egui::{Align, Layout, Rect, Sense, Ui, UiBuilder, vec2};

use super::facts;
use crate::import::field::{CellKind, Field, TableKind};
use crate::import::preview::ColumnProfile;
use crate::import::sources::SOURCES;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::importing::{FlowFile, Looked};
use crate::ui::locale;
use crate::ui::panels::welcome::bytes;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::form::choice_dimmed;
use crate::ui::widgets::menu::{menu_item, menu_of};
use crate::ui::widgets::{Button, Cell, Column, Table, TableState, hairline, icon_button, say, text};

const NOT_IMPORTED: &str = "Not imported";
const KEPT: &str = "Kept as an attribute";
const ROW: f32 = 29.0;
/// From this width on the facts of a file stand in one line.
const ONE_LINE: f32 = 660.0;

/// Draws the card. Returns the step to another file: −1, 0 or 1.
pub fn show(
    cx: &mut Cx,
    ui: &mut Ui,
    file: &mut FlowFile,
    looked: &Looked,
    (current, count): (usize, usize),
    state: &mut TableState,
) -> isize {
    let t = theme::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut step = 0;
    line(ui, 44.0, |ui| {
        text::icon(ui, icons::DOCUMENT, t.icon().normal, t.text.subdued);
        say(ui, Type::Label, middle(&file.name));
        text::remark(ui, bytes(looked.preview.size));
        if count > 1 {
            if current > 0 && icon_button(ui, icons::BACK, "Previous file").clicked() {
                step = -1;
            }
            if current + 1 < count && icon_button(ui, icons::ARROW_RIGHT, "Next file").clicked() {
                step = 1;
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| source_choice(ui, file, looked));
    });
    hairline(ui);
    // Narrow cards show the facts in two lines.
    let height = if ui.available_width() < ONE_LINE { 96.0 } else { 54.0 };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let place = rect.shrink2(vec2(t.space().x4, t.space().x2));
    let layout = Layout::left_to_right(Align::Min).with_main_wrap(true);
    let mut cells = ui.new_child(UiBuilder::new().max_rect(place).layout(layout).id_salt("facts"));
    facts::show(&mut cells, looked, &mut file.choices);
    mapping(cx, ui, file, looked, state);
    step
}

fn line(ui: &mut Ui, height: f32, add: impl FnOnce(&mut Ui)) {
    let t = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let inner = rect.shrink2(vec2(t.space().x4, 0.0));
    let layout = Layout::left_to_right(Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout).id_salt(("line", rect.top() as i32)));
    row.spacing_mut().item_spacing.x = t.space().x2;
    add(&mut row);
}

/// Long names lose their middle.
fn middle(name: &str) -> String {
    const MOST: usize = 34;
    let chars: Vec<char> = name.chars().collect();
    if chars.len() <= MOST {
        return name.to_owned();
    }
    let (head, tail) = (&chars[..MOST / 2], &chars[chars.len() - MOST / 2..]);
    format!("{}…{}", head.iter().collect::<String>(), tail.iter().collect::<String>())
}

fn source_choice(ui: &mut Ui, file: &mut FlowFile, looked: &Looked) {
    let recognised = looked.preview.recognised.as_ref();
    let shown = recognised.map_or("Not recognised", |r| r.title);
    let button = ui.add(Button::plain(shown).chevron());
    menu_of(&button, |ui| {
        for source in SOURCES {
            let chosen = recognised.is_some_and(|r| r.source == source.name());
            if menu_item(ui, source.title(), None, None, chosen).clicked() {
                file.choices.source = Some(source.name().to_owned());
                file.choices.table = None;
                file.choices.map.clear();
            }
        }
    });
    let sure = recognised.map(|r| format!("Source, {} sure", locale::percent(r.confidence, 0)));
    text::say_in(ui, Type::Caption, theme::of(ui).text.subdued, sure.as_deref().unwrap_or("Source"));
}

fn mapping(cx: &mut Cx, ui: &mut Ui, file: &mut FlowFile, looked: &Looked, state: &mut TableState) {
    let columns = [
        Column::text("Column in the file", 150.0).grow(0.6),
        Column::text("First values", 150.0).grow(1.0),
        Column::text("", 34.0),
        Column::text("Becomes", 216.0),
        Column::text("Match", 144.0),
    ];
    let profiles = &looked.preview.columns;
    let mut change = None;
    let table = Table::new("Columns of the file", &columns, profiles.len() as u64, ROW).plain().square();
    let shown = table.show(ui, state, |row, i, cell| {
        let Some(profile) = usize::try_from(row).ok().and_then(|row| profiles.get(row)) else { return };
        match i {
            0 => cell.label(&profile.name),
            1 => example(cell, profile),
            2 => {
                let ink = cell.t.text.subdued;
                cell.icon(icons::ARROW_RIGHT, ink);
            }
            3 => change = becomes(cell, looked, profile).or(change.take()),
            _ => {
                let (words, tone, icon) = match_of(file, looked, profile);
                cell.chip(words, tone, icon);
            }
        }
    });
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |row, column| match profiles.get(row as usize) {
            Some(profile) => value(file, looked, profile, column),
            None => Value::Empty,
        });
    }
    if let Some((column, becomes)) = change {
        apply(file, looked, &column, &becomes);
    }
}

/// The first values; of an e-mail address only what tells that it is one.
fn example(cell: &mut Cell<'_>, profile: &ColumnProfile) {
    if profile.examples.is_empty() { cell.subdued("—") } else { cell.subdued(&masked(profile)) }
}

fn masked(profile: &ColumnProfile) -> String {
    let one = |text: &String| match text.split_once('@') {
        Some((name, domain)) => {
            let first = |text: &str| text.chars().next().unwrap_or('•');
            let top = domain.rsplit('.').next().unwrap_or_default();
            format!("{}•••@{}•••.{top}", first(name), first(domain))
        }
        None => text.clone(),
    };
    profile.examples.iter().map(one).collect::<Vec<_>>().join(" · ")
}

fn field_of(looked: &Looked, column: &str) -> Option<Field> {
    let plan = looked.plan.as_ref().ok()?;
    plan.mapping.fields.iter().find(|(_, columns)| columns.iter().any(|c| c == column)).map(|(field, _)| *field)
}

fn is_kept(looked: &Looked, column: &str) -> bool {
    looked.plan.as_ref().is_ok_and(|plan| plan.mapping.keep.iter().any(|(name, _)| name == column))
}

fn table_of(looked: &Looked) -> TableKind {
    looked.plan.as_ref().map_or(TableKind::Lines, |plan| plan.mapping.table)
}

fn becomes_words(looked: &Looked, profile: &ColumnProfile) -> &'static str {
    let kept = if is_kept(looked, &profile.name) { KEPT } else { NOT_IMPORTED };
    field_of(looked, &profile.name).map_or(kept, Field::title)
}

fn becomes(cell: &mut Cell<'_>, looked: &Looked, profile: &ColumnProfile) -> Option<(String, String)> {
    let field = field_of(looked, &profile.name);
    let kept = is_kept(looked, &profile.name);
    let shown = becomes_words(looked, profile);
    let mut options = vec![NOT_IMPORTED.to_owned(), KEPT.to_owned()];
    let table = table_of(looked);
    options.extend(Field::ALL.iter().filter(|f| f.belongs_to(table)).map(|f| f.title().to_owned()));
    let size = vec2(cell.rect.width(), theme::of(cell.ui).row().dense);
    let place = Rect::from_center_size(cell.rect.center(), size);
    let mut ui = cell.ui.new_child(UiBuilder::new().max_rect(place).id_salt(("becomes", &profile.name)));
    let name = format!("{} becomes", profile.name);
    let chosen = choice_dimmed(&mut ui, &name, size, shown, &options, field.is_none() && !kept)?;
    Some((profile.name.clone(), options.get(chosen)?.clone()))
}

/// Puts the choice for a column into the user's choices.
fn apply(file: &mut FlowFile, looked: &Looked, column: &str, becomes: &str) {
    let table = table_of(looked);
    let before = field_of(looked, column);
    file.choices.keep.retain(|(name, _)| name != column);
    let wanted = Field::ALL.iter().copied().find(|f| f.belongs_to(table) && f.title() == becomes);
    if let Some(before) = before.filter(|before| Some(*before) != wanted) {
        file.choices.map.insert(before, String::new());
    }
    match wanted {
        Some(field) => {
            file.choices.map.insert(field, column.to_owned());
        }
        None if becomes == KEPT => file.choices.keep.push((column.to_owned(), column.to_owned())),
        None => {}
    }
}

/// What stands in a cell. Example values stay masked, as on the screen.
fn value(file: &FlowFile, looked: &Looked, profile: &ColumnProfile, column: usize) -> Value {
    match column {
        0 => Value::Text(profile.name.clone()),
        1 if profile.examples.is_empty() => Value::Empty,
        1 => Value::Text(masked(profile)),
        3 => Value::Text(becomes_words(looked, profile).to_owned()),
        _ => Value::Text(match_of(file, looked, profile).0.to_owned()),
    }
}

/// How sure the match of a column is: words, and what colours them.
fn match_of(
    file: &FlowFile,
    looked: &Looked,
    profile: &ColumnProfile,
) -> (&'static str, Option<Tone>, Option<theme::Icon>) {
    let Some(field) = field_of(looked, &profile.name) else {
        return (if is_kept(looked, &profile.name) { "Kept" } else { "Left out" }, None, None);
    };
    let asked = looked.questions().iter().any(|doubt| doubt.column.as_deref() == Some(profile.name.as_str()));
    let chosen = file.choices.map.get(&field).is_some_and(|column| *column == profile.name);
    let known = looked.preview.recognised.as_ref().is_some_and(|r| r.confidence >= 0.8);
    let sure = known || is_named_like(&profile.name, field);
    if asked {
        ("Answer needed", Some(Tone::Warning), Some(icons::QUESTION))
    } else if !profile.misfits.is_empty() || !fits(field.cell_kind(), profile.kind) || (!sure && !chosen) {
        ("Check", Some(Tone::Info), Some(icons::EYE))
    } else {
        (if chosen { "Chosen" } else { "Certain" }, Some(Tone::Good), Some(icons::CHECK))
    }
}

/// Whether a column is called exactly what its field is, in code or for people.
fn is_named_like(column: &str, field: Field) -> bool {
    let plain =
        |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let column = plain(column);
    column == plain(field.name()) || column == plain(field.title())
}

/// Whether cells that look like `seen` can be read as `wanted`.
fn fits(wanted: CellKind, seen: CellKind) -> bool {
    use CellKind::{Currency, Date, Email, Flag, Moment, Money, Quantity};
    match wanted {
        Money | Quantity => matches!(seen, Money | Quantity),
        Moment | Date => matches!(seen, Moment | Date),
        Email => seen == Email,
        Currency => seen == Currency,
        Flag => matches!(seen, Flag | Quantity),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_file_names_lose_their_middle() {
        assert_eq!(middle("orders.csv"), "orders.csv");
        let cut = middle("a_very_long_name_of_an_export_file_2026_h1.csv");
        assert!(cut.ends_with("2026_h1.csv") && cut.contains('…') && cut.chars().count() <= 35, "{cut}");
    }

    #[test]
    fn a_column_with_the_name_of_its_field_is_certain() {
        assert!(is_named_like("Order_ID", Field::OrderId));
        assert!(is_named_like("unit price", Field::UnitPrice));
        assert!(!is_named_like("Price", Field::UnitPrice));
    }

    #[test]
    fn kinds_of_cells_fit_their_relatives_only() {
        assert!(fits(CellKind::Money, CellKind::Quantity));
        assert!(fits(CellKind::Text, CellKind::Email));
        assert!(!fits(CellKind::Moment, CellKind::Text));
    }
}
