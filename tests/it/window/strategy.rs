//! The plans of both frameworks in the window: begun, ticked, written, rated, moved, and every step undone.

use std::sync::Arc;

use cartwright::framework::guide::{self, GuideItem, GuideList, ListKind, Role as Sort};
use cartwright::model::strategy::{ItemStatus, StrategyPlan};
use egui::{Key, Modifiers};

use super::*;

fn page(w: &mut Window, id: PanelId) {
    app(w).cx.go(id);
    settle(w);
}

fn tab(w: &mut Window, name: &str) {
    w.get_by_role_and_label(Role::RadioButton, name).click();
    w.run_steps(3);
    settle(w);
}

fn plan(w: &mut Window) -> Arc<StrategyPlan> {
    app(w).cx.shop.as_ref().expect("an open shop").facts.strategy.clone()
}

fn undo(w: &mut Window) {
    app(w).cx.undo();
    settle(w);
}

fn field(w: &mut Window, label: &str, text: &str) {
    let role = match w.query_by_role_and_label(Role::TextInput, label) {
        Some(_) => Role::TextInput,
        None => Role::MultilineTextInput,
    };
    w.get_by_role_and_label(role, label).focus();
    w.run_steps(2);
    w.get_by_role_and_label(role, label).set_text_value_accesskit(text);
    w.run_steps(2);
    w.key_press(Key::Tab);
    w.run_steps(3);
    settle(w);
}

fn list(of: &'static guide::Guide, kind: ListKind) -> &'static GuideList {
    of.lists.iter().find(|list| list.kind == kind).expect("the framework has such a list")
}

/// The first thing to do of the product framework.
fn first_activity() -> &'static GuideItem {
    let groups = &list(guide::product(), ListKind::Plan).groups;
    groups.iter().flat_map(|group| &group.items).find(|item| item.role == Sort::Activity).expect("an activity")
}

fn blank(folder: &Path) -> Window {
    let mut w = open(folder);
    blank_shop(&mut w);
    settle(&mut w);
    w
}

#[test]
fn a_plan_is_begun_and_ticked_without_any_data_and_both_are_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = blank(folder.path());
    w.set_size(egui::vec2(1440.0, 1800.0));
    page(&mut w, PanelId::ProductPlan);
    assert!(sees(&w, "Import files, and your data are set against it"));
    w.get_by_label_contains("Begin on ").click();
    w.run_steps(3);
    settle(&mut w);
    assert!(plan(&mut w).product_start.is_some());
    let item = first_activity();
    w.get_by_role_and_label(Role::CheckBox, &format!("Done: {}", item.title)).click();
    w.run_steps(3);
    settle(&mut w);
    assert_eq!(plan(&mut w).items.get(&item.key).map(|item| item.status), Some(ItemStatus::Done));
    assert!(sees(&w, "1 of "), "the phase counts it");
    undo(&mut w);
    assert!(plan(&mut w).items.is_empty());
    undo(&mut w);
    assert_eq!(*plan(&mut w), StrategyPlan::default());
}

#[test]
fn an_item_is_written_in_the_drawer_and_what_cannot_be_is_told_at_its_field() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = blank(folder.path());
    w.set_size(egui::vec2(1440.0, 1800.0));
    page(&mut w, PanelId::ProductPlan);
    let item = first_activity();
    w.get_by_role_and_label(Role::Cell, &item.title).click();
    w.run_steps(4);
    settle(&mut w);
    field(&mut w, "Owner", "Product team");
    field(&mut w, "From", "2026-03-01");
    field(&mut w, "Evidence: what shows that it is done", "Twelve interviews");
    let said = plan(&mut w).items[&item.key].clone();
    assert_eq!((said.owner.as_str(), said.evidence.as_str()), ("Product team", "Twelve interviews"));
    assert_eq!(said.from.map(|day| day.to_string()).as_deref(), Some("2026-03-01"));
    field(&mut w, "Due", "2026-02-01");
    assert!(sees(&w, "lies before its first day"), "the wrong day is told");
    assert_eq!(plan(&mut w).items[&item.key].due, None, "and not kept");
    field(&mut w, "Due", "2026-04-30");
    assert!(plan(&mut w).items[&item.key].due.is_some());
}

#[test]
fn cards_of_the_roadmap_are_moved_by_keys() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = blank(folder.path());
    page(&mut w, PanelId::MarketingPlan);
    tab(&mut w, "Roadmap");
    let groups = &list(guide::marketing(), ListKind::Roadmap).groups;
    let card = &groups[0].items[0];
    w.get_by_label_contains("Roadmap, arrow keys choose a card").focus();
    w.run_steps(2);
    w.key_press_modifiers(Modifiers::COMMAND, Key::ArrowRight);
    w.run_steps(3);
    settle(&mut w);
    assert_eq!(plan(&mut w).items[&card.key].stage.as_ref(), Some(&groups[1].key));
    // The ring goes along, so the same keys bring it back.
    w.key_press_modifiers(Modifiers::COMMAND, Key::ArrowLeft);
    w.run_steps(3);
    settle(&mut w);
    assert!(plan(&mut w).items.is_empty(), "back where the framework has it nothing is said");
    w.key_press(Key::Enter);
    w.run_steps(4);
    settle(&mut w);
    assert!(sees(&w, "Stage: "), "Enter opens the card");
}

#[test]
fn cards_of_the_roadmap_are_dragged() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = blank(folder.path());
    page(&mut w, PanelId::MarketingPlan);
    tab(&mut w, "Roadmap");
    let groups = &list(guide::marketing(), ListKind::Roadmap).groups;
    let card = &groups[0].items[0];
    let from = w.get_by_label_contains(&format!("{}: open", card.title)).rect().center();
    let to = w.get_by_label_contains(&format!("{}, ", groups[1].title)).rect().center() + egui::vec2(0.0, 60.0);
    w.drag_at(from);
    w.run_steps(2);
    w.hover_at(from.lerp(to, 0.5));
    w.run_steps(2);
    w.hover_at(to);
    w.run_steps(2);
    w.drop_at(to);
    w.run_steps(3);
    settle(&mut w);
    assert_eq!(plan(&mut w).items.get(&card.key).and_then(|item| item.stage.as_ref()), Some(&groups[1].key));
    undo(&mut w);
    assert!(plan(&mut w).items.is_empty());
}

#[test]
fn what_matters_is_rated_by_a_digit() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = blank(folder.path());
    page(&mut w, PanelId::MarketingPlan);
    tab(&mut w, "Market");
    let item = &list(guide::marketing(), ListKind::Rated).groups[0].items[0];
    w.get_by_label_contains(&format!("{}: open", item.title)).focus();
    w.run_steps(2);
    w.key_press(Key::Num4);
    w.run_steps(3);
    settle(&mut w);
    assert_eq!(plan(&mut w).items[&item.key].rating, Some(4));
    undo(&mut w);
    assert!(plan(&mut w).items.is_empty());
}

#[test]
fn contents_come_where_stage_and_channel_meet_and_go_to_another_channel() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = blank(folder.path());
    page(&mut w, PanelId::MarketingPlan);
    tab(&mut w, "Content");
    let stage = guide::content_stages().next().unwrap();
    let channels: Vec<&GuideItem> = guide::content_channels().map(|(_, channel)| channel).collect();
    press(&mut w, &format!("Add content: {}, {}", stage.title, channels[0].title));
    click(&mut w, "Something else…");
    settle(&mut w);
    field(&mut w, "Content", "Gift guide");
    let piece = plan(&mut w).content[0].clone();
    assert_eq!((piece.title.as_str(), &piece.stage, &piece.channel), ("Gift guide", &stage.key, &channels[0].key));
    w.get_by_role_and_label(Role::ComboBox, &format!("Channel: {}", channels[0].title)).click();
    w.run_steps(3);
    w.get_by_role_and_label(Role::MenuItem, &channels[1].title).click();
    w.run_steps(3);
    settle(&mut w);
    assert_eq!(plan(&mut w).content[0].channel, channels[1].key);
    press(&mut w, "Remove");
    settle(&mut w);
    assert!(plan(&mut w).content.is_empty());
}

#[test]
fn a_case_study_is_written_and_names_nobody_before_they_agreed() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = blank(folder.path());
    page(&mut w, PanelId::ProductPlan);
    tab(&mut w, "Cases");
    let category = &list(guide::product(), ListKind::Cases).groups[0].items[0];
    press(&mut w, "Add: case study");
    w.get_by_role_and_label(Role::MenuItem, &category.title).click();
    w.run_steps(4);
    settle(&mut w);
    assert!(sees(&w, "Not to be named before the customer agrees"));
    field(&mut w, "Headline", "Half the returns");
    field(&mut w, "Result: what came of it", "Returns fell from 12% to 6%");
    field(&mut w, "Agreed to be named on", "2026-05-02");
    assert!(!sees(&w, "Not to be named before the customer agrees"));
    let case = plan(&mut w).cases[0].clone();
    assert_eq!((case.title.as_str(), case.category.as_str()), ("Half the returns", category.key.as_str()));
    assert!(case.consent.is_some());
}

#[test]
fn every_part_of_both_plans_lies_still_in_wide_and_narrow_windows() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    let product = ["Phases", "Focus", "Strategies", "Metrics and data", "Cases"];
    let marketing = ["Checklist", "Lifecycle", "Content", "Market", "Metrics and stack", "Roadmap"];
    for size in [egui::vec2(1440.0, 900.0), egui::vec2(1280.0, 720.0), egui::vec2(1024.0, 700.0)] {
        w.set_size(size);
        for (id, tabs) in [(PanelId::ProductPlan, &product[..]), (PanelId::MarketingPlan, &marketing[..])] {
            page(&mut w, id);
            for name in tabs {
                tab(&mut w, name);
                let places = |w: &Window| -> Vec<String> {
                    let roles = [Role::Button, Role::Cell, Role::Label, Role::Link];
                    let found = roles.iter().flat_map(|role| w.query_all_by_role(*role));
                    found.map(|node| format!("{:?}", node.rect())).collect()
                };
                let before = places(&w);
                w.step();
                assert_eq!(before, places(&w), "{name} at {size}");
            }
        }
    }
}
