//! Lists as cards, one for each group: its words, what data say of it, and its items by what they are.

use egui::Ui;

use super::line::{self, Told};
use super::{Did, Seen, head};
use crate::framework::guide::{GuideGroup, GuideItem, GuideList, Role, done};
use crate::model::strategy::StrategyPlan;
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::card::hairline;
use crate::ui::widgets::record::{Side, form_card, halves};
use crate::ui::widgets::{remark, say, say_in};

/// Narrower pages have one column of cards.
const TWO_COLUMNS: f32 = 900.0;

/// Draws the list.
pub fn show(ui: &mut Ui, list: &GuideList, plan: &StrategyPlan, seen: &Seen) -> Vec<Did> {
    head(ui, list);
    let mut did = Vec::new();
    if list.groups.len() < 2 || ui.available_width() < TWO_COLUMNS {
        for one in &list.groups {
            did.extend(group(ui, list, one, (plan, seen)));
        }
        return did;
    }
    let (left, right) = shared_out(&list.groups);
    halves(ui, |ui, side| {
        let groups = match side {
            Side::Left => &left,
            Side::Right => &right,
        };
        for one in groups {
            did.extend(group(ui, list, one, (plan, seen)));
        }
    });
    did
}

/// Groups in two columns, each to the shorter one, by how many items they have.
fn shared_out(groups: &[GuideGroup]) -> (Vec<&GuideGroup>, Vec<&GuideGroup>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut high = (0, 0);
    for group in groups {
        let rows = group.items.len() + 2;
        if high.0 <= high.1 {
            high.0 += rows;
            left.push(group);
        } else {
            high.1 += rows;
            right.push(group);
        }
    }
    (left, right)
}

fn group(ui: &mut Ui, list: &GuideList, group: &GuideGroup, (plan, seen): (&StrategyPlan, &Seen)) -> Vec<Did> {
    let t = theme::of(ui);
    let lone = list.groups.len() == 1;
    let mut did = Vec::new();
    ui.push_id((&list.key, &group.key), |ui| {
        form_card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = t.space().x1;
            if !group.title.is_empty() {
                ui.horizontal(|ui| {
                    say(ui, Type::Emphasis, &group.title);
                    let to_do = group.items.iter().filter(|item| line::is_to_do(list, item));
                    let far = done(plan, to_do, seen.as_of);
                    if far.wanted() > 0 {
                        let words = format!("{} of {} done", far.done, far.wanted());
                        say_in(ui, Type::Caption, t.text.subdued, words);
                    }
                });
            }
            if !group.words.is_empty() {
                remark(ui, &group.words);
            }
            for (n, told) in group.evidence.iter().filter_map(|key| Told::of(seen, key)).enumerate() {
                let size = egui::vec2(ui.available_width(), t.line(Type::Body));
                let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
                let id = ui.scope_id().with(("group", n));
                did.extend(line::show_told(ui, t, rect, id, &told));
            }
            for (n, (role, items)) in by_role(group).into_iter().enumerate() {
                if let Some(role) = role {
                    if n > 0 || !group.title.is_empty() {
                        ui.add_space(t.space().x1);
                        hairline(ui);
                    }
                    say_in(ui, Type::Caption, t.text.subdued, heading(role, items.len()));
                }
                // A list without groups has the whole width: its items stand in two columns.
                let beside = lone && ui.available_width() >= TWO_COLUMNS;
                let (first, second) = items.split_at(if beside { items.len().div_ceil(2) } else { items.len() });
                let mut rows = |ui: &mut Ui, items: &[&GuideItem]| {
                    ui.spacing_mut().item_spacing.y = t.space().x1;
                    did.extend(items.iter().flat_map(|item| line::show(ui, list, item, (plan, seen))));
                };
                if second.is_empty() {
                    rows(ui, first);
                } else {
                    halves(ui, |ui, side| rows(ui, if side == Side::Left { first } else { second }));
                }
            }
        });
    });
    did
}

fn heading(role: Role, many: usize) -> String {
    format!("{} · {}", role.plural(), locale::count(many as u64))
}

/// Items by what they are, in their order; without a heading where they are all nothing in particular.
fn by_role(group: &GuideGroup) -> Vec<(Option<Role>, Vec<&GuideItem>)> {
    let mut parts: Vec<(Option<Role>, Vec<&GuideItem>)> = Vec::new();
    for item in &group.items {
        let role = (item.role != Role::Item).then_some(item.role);
        match parts.iter_mut().find(|(other, _)| *other == role) {
            Some((_, items)) => items.push(item),
            None => parts.push((role, vec![item])),
        }
    }
    parts
}
