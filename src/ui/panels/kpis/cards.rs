//! The pinned metrics on top of the page, and how they are arranged.

use egui::{Sense, Ui, vec2};

use super::print;
use crate::analytics::kpi::{KpiRow, Kpis};
use crate::model::kpi::{Board, Form};
use crate::model::metric::{Group, kpis};
use crate::model::{Definitions, MetricId};
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::bullet::Bullet;
use crate::ui::widgets::button::icon_button;
use crate::ui::widgets::form::{check, choice};
use crate::ui::widgets::kpi::{self, Kpi};
use crate::ui::widgets::menu::menu_of;
use crate::ui::widgets::pick::search_menu;
use crate::ui::widgets::record::{form_card, heading};
use crate::ui::widgets::{Button, chip, say};

/// Cards beside each other at most.
const MOST: usize = 6;
/// A card is no narrower than this.
const NARROWEST: f32 = 168.0;

/// Draws the pinned metrics that are cards.
pub(super) fn show(ui: &mut Ui, found: &Kpis, board: &Board, definitions: &Definitions) {
    let t = theme::of(ui);
    let is_card = |id: &&MetricId| board.form(**id) != Form::Series;
    let rows: Vec<&KpiRow> = board.pinned.iter().filter(is_card).filter_map(|id| found.row(*id)).collect();
    if rows.is_empty() {
        return;
    }
    let gap = t.space().x3;
    let fit = ((ui.available_width() + gap) / (NARROWEST + gap)).floor().max(1.0) as usize;
    let across = fit.min(MOST).min(rows.len().max(MOST.min(fit)));
    let width = ((ui.available_width() - gap * (across - 1) as f32) / across as f32).floor();
    for line in rows.chunks(across) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for row in line {
                card(ui, found, row, board.form(row.metric), width, definitions);
            }
        });
    }
}

fn card(ui: &mut Ui, found: &Kpis, row: &KpiRow, form: Form, width: f32, definitions: &Definitions) {
    let metric = row.metric.metric();
    let shown = row.value.map(|known| print::value(metric, known));
    let course: Vec<f64> = match form {
        Form::Sparkline => {
            row.course.iter().filter(|p| !p.unfinished).filter_map(|p| Some(p.value?.number())).collect()
        }
        _ => Vec::new(),
    };
    let line = print::judged_by(row);
    let against = found.settings.period.before_in_words();
    let kpi = Kpi {
        label: metric.name,
        value: shown.as_deref(),
        delta: print::delta(row, against),
        course: &course,
        line: &line,
    };
    let response = kpi.show_close(ui, width, || print::tip(found, row, definitions));
    if form == Form::Bullet && row.value.is_some() {
        let t = theme::of(ui);
        let number = |value: Option<crate::model::figure::Value>| value.map(crate::model::figure::Value::number);
        let bullet = Bullet {
            baseline: number(row.baseline),
            current: number(row.value),
            target: number(row.target.as_ref().map(|target| target.value)),
            worse: row.good == Some(false),
        };
        let right = ui.min_rect().right() - t.space().x4;
        let middle = response.rect.top() + kpi::CLOSE - 3.4 * t.line(Type::Caption);
        let place = egui::Rect::from_center_size(egui::pos2(right - 34.0, middle), vec2(68.0, 16.0));
        bullet.paint(ui.painter(), t, place);
    }
}

/// The metrics that are drawn as series of their own.
pub(super) fn series(board: &Board) -> Vec<MetricId> {
    board.pinned.iter().copied().filter(|id| board.form(*id) == Form::Series).collect()
}

/// The card in which the page is arranged; the board takes what is chosen.
pub(super) fn arrange(ui: &mut Ui, board: &mut Board) {
    let t = theme::of(ui);
    form_card(ui, |ui| {
        heading(
            ui,
            "Arrange",
            "What stands on top, in which order and form; all other metrics are in the catalogue below",
            |ui| {
                let names: Vec<String> = kpis()
                    .filter(|metric| !board.pinned.contains(&metric.id))
                    .map(|metric| metric.name.to_owned())
                    .collect();
                let add = ui.add(Button::new("Pin a metric").icon(icons::ADD).chevron());
                menu_of(&add, |ui| {
                    let chosen = search_menu(ui, "Metrics to pin", &names);
                    if let Some(id) = chosen.and_then(MetricId::parse) {
                        board.pinned.push(id);
                    }
                });
            },
        );
        let (mut moved, mut removed) = (None, None);
        let last = board.pinned.len().saturating_sub(1);
        for (n, id) in board.pinned.clone().into_iter().enumerate() {
            ui.horizontal(|ui| {
                let name = print::name(id);
                let size = vec2(260.0, t.row().nav);
                let (place, _) = ui.allocate_exact_size(size, Sense::hover());
                let (at, align) = (place.left_center(), egui::Align2::LEFT_CENTER);
                crate::ui::widgets::paint::label(ui, at, align, name, t.font(Type::Label), t.text.strong);
                let forms: Vec<String> = Form::ALL.map(|form| form.name().to_owned()).to_vec();
                let shown = board.form(id).name();
                if let Some(form) = choice(ui, &format!("Form of {name}"), 190.0, shown, &forms) {
                    board.forms.insert(id, Form::ALL[form]);
                }
                ui.add_enabled_ui(n > 0, |ui| {
                    if icon_button(ui, icons::ARROW_UP, &format!("Move {name} up")).clicked() {
                        moved = Some((n, n - 1));
                    }
                });
                ui.add_enabled_ui(n < last, |ui| {
                    if icon_button(ui, icons::ARROW_DOWN, &format!("Move {name} down")).clicked() {
                        moved = Some((n, n + 1));
                    }
                });
                if icon_button(ui, icons::CLOSE, &format!("Unpin {name}")).clicked() {
                    removed = Some(n);
                }
            });
        }
        if let Some((from, to)) = moved {
            board.pinned.swap(from, to);
        }
        if let Some(n) = removed {
            board.pinned.remove(n);
        }
        if board.pinned.is_empty() {
            chip(ui, "Nothing is pinned");
        }
        ui.add_space(t.space().x1);
        say(ui, Type::Label, "Groups of the catalogue");
        ui.horizontal_wrapped(|ui| {
            for group in Group::ALL {
                let mut on = board.groups.is_empty() || board.groups.contains(&group);
                if check(ui, group.name(), &mut on).changed() {
                    show_group(board, group, on);
                }
            }
        });
        check(ui, "Only metrics that can be told", &mut board.told_only);
    });
}

/// Shows or hides a group; none hidden is kept as an empty list, and the last one stays.
fn show_group(board: &mut Board, group: Group, on: bool) {
    let all = if board.groups.is_empty() { Group::ALL.to_vec() } else { board.groups.clone() };
    let groups: Vec<Group> =
        Group::ALL.into_iter().filter(|one| if *one == group { on } else { all.contains(one) }).collect();
    if !groups.is_empty() {
        board.groups = if groups.len() == Group::ALL.len() { Vec::new() } else { groups };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_hidden_and_shown_again_and_the_last_one_stays() {
        let mut board = Board::default();
        show_group(&mut board, Group::Experience, false);
        assert_eq!(board.groups.len(), 5);
        show_group(&mut board, Group::Experience, true);
        assert!(board.groups.is_empty(), "all on view is the empty list");
        for group in Group::ALL {
            show_group(&mut board, group, false);
        }
        assert_eq!(board.groups, [Group::Engagement]);
    }
}
