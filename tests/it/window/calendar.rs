//! The calendar in the window: campaigns moved by keys and by pointer, red weeks, content, and the first campaign.

use cartwright::model::Day;
use cartwright::ui::panels::PanelId;
use egui::{Key, Modifiers};

use super::*;

fn calendar(folder: &Path) -> Window {
    let mut w = open(folder);
    click(&mut w, "Open the sample shop");
    settle(&mut w);
    app(&mut w).cx.go(PanelId::Calendar);
    settle(&mut w);
    wait_to_see(&mut w, "Autumn sale");
    w
}

fn days(w: &mut Window, name: &str) -> (Day, Day) {
    let shop = app(w).cx.shop.as_ref().unwrap();
    let saved = shop.facts.campaigns.iter().find(|saved| saved.campaign.name == name).unwrap();
    saved.campaign.days()
}

/// The bars of a campaign.
fn bars(w: &Window, name: &str) -> egui::Rect {
    let buttons = w.query_all_by_role(Role::Button);
    let named = |node: &egui_kittest::Node<'_>| {
        let label = egui_kittest::kittest::NodeT::accesskit_node(node).label().unwrap_or_default();
        label.starts_with(&format!("{name}, "))
    };
    buttons.into_iter().find(named).expect("the bars of the campaign").rect()
}

fn plus(days: (Day, Day), first: i32, last: i32) -> (Day, Day) {
    (Day(days.0.0 + first), Day(days.1.0 + last))
}

#[test]
fn arrow_keys_move_a_campaign_by_a_day_and_undo_brings_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = calendar(folder.path());
    let before = days(&mut w, "Autumn sale");
    w.get_by_role_and_label(Role::ListBoxOption, "Autumn sale").click();
    w.run_steps(3);
    w.get_by_role_and_label(Role::ListBoxOption, "Autumn sale").focus();
    w.run_steps(2);
    w.key_press(Key::ArrowRight);
    w.run_steps(2);
    settle(&mut w);
    assert_eq!(days(&mut w, "Autumn sale"), plus(before, 1, 1));
    w.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    w.run_steps(2);
    settle(&mut w);
    assert_eq!(days(&mut w, "Autumn sale"), plus(before, 1, 2));
    let history = &app(&mut w).cx.shop.as_ref().unwrap().facts.history;
    assert_eq!(history.done[0].label, "Change campaign Autumn sale");
    app(&mut w).cx.undo();
    settle(&mut w);
    app(&mut w).cx.undo();
    settle(&mut w);
    assert_eq!(days(&mut w, "Autumn sale"), before);
    assert!(sees(&w, "Owner") && sees(&w, "agreed and"), "what is told of the chosen campaign");
}

#[test]
fn a_bar_is_dragged_by_whole_days_and_esc_leaves_it_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = calendar(folder.path());
    let before = days(&mut w, "Gift guide");
    let bar = bars(&w, "Gift guide");
    // Eight weeks are 56 days over what is left beside the names.
    let day = (1440.0 - 208.0 - 48.0 - 190.0 - 2.0) / 56.0;
    let drag = |w: &mut Window, bar: egui::Rect, steps: f32| {
        w.drag_at(bar.center());
        w.run_steps(2);
        for n in 1..=4 {
            w.hover_at(bar.center() + egui::vec2(steps * day * n as f32 / 4.0, 0.0));
            w.run_steps(1);
        }
    };
    drag(&mut w, bar, -3.2);
    w.drop_at(bar.center() - egui::vec2(3.2 * day, 0.0));
    w.run_steps(2);
    settle(&mut w);
    assert_eq!(days(&mut w, "Gift guide"), plus(before, -3, -3));
    let bar = bars(&w, "Gift guide");
    drag(&mut w, bar, 5.0);
    w.key_press(Key::Escape);
    w.run_steps(2);
    w.drop_at(bar.center() + egui::vec2(5.0 * day, 0.0));
    w.run_steps(2);
    settle(&mut w);
    assert_eq!(days(&mut w, "Gift guide"), plus(before, -3, -3), "Esc cancels");
    assert_eq!(app(&mut w).cx.shop.as_ref().unwrap().facts.history.done.len(), 1, "one step");
}

#[test]
fn a_red_week_says_who_gets_too_much_and_leads_to_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = calendar(folder.path());
    let red = |w: &Window| sees(w, "above the contact limit");
    wait(&mut w, "the red weeks", red);
    let words = |w: &Window| {
        let node = w.query_all_by_label_contains("above the contact limit").next().unwrap();
        egui_kittest::kittest::NodeT::accesskit_node(&node).label().unwrap()
    };
    let said = words(&w);
    w.get_all_by_label_contains("above the contact limit").next().unwrap().click();
    w.run_steps(3);
    settle(&mut w);
    assert!(sees(&w, "get both"), "the campaigns that write to the same people");
    app(&mut w).cx.write("Saving", |home, _| home.session()?.set_contact_limit(Some(8)), |_, ()| {});
    settle(&mut w);
    assert!(!red(&w), "a higher limit ends what was said: {said}");
    app(&mut w).cx.undo();
    settle(&mut w);
    assert_eq!(words(&w), said);
    click(&mut w, "Open in Customers");
    settle(&mut w);
    let picked = app(&mut w).cx.members.picked.clone().expect("those who get both");
    assert!(picked.members.count() > 0 && picked.name.contains(" and "), "{}", picked.name);
}

#[test]
fn other_days_filters_and_content_are_a_click_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = calendar(folder.path());
    for (label, days) in [("Month", "1 Oct 2026 – 31 Oct 2026"), ("Year", "1 Jan 2026 – 31 Dec 2026")] {
        click(&mut w, label);
        assert!(sees(&w, days), "{label}");
    }
    click(&mut w, "Later");
    assert!(sees(&w, "1 Jan 2027 – 31 Dec 2027"));
    click(&mut w, "8 weeks");
    press(&mut w, "As of");
    assert!(sees(&w, "5 Oct 2026 – 29 Nov 2026"));
    assert!(sees(&w, "Thanksgiving"), "holidays of the country of the shop's currency");
    click(&mut w, "Content");
    let name = "Buying guide";
    w.get_by_role_and_label(Role::CheckBox, name).click();
    w.run_steps(3);
    settle(&mut w);
    let shop = app(&mut w).cx.shop.as_ref().unwrap();
    let guide = shop.facts.campaigns.iter().find(|saved| saved.campaign.name == "Gift guide").unwrap();
    assert!(guide.campaign.content.iter().any(|content| content.name == name && content.done));
}

#[test]
fn a_shop_without_campaigns_makes_its_first_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    blank_shop(&mut w);
    settle(&mut w);
    app(&mut w).cx.go(PanelId::Calendar);
    settle(&mut w);
    press(&mut w, "New campaign");
    click(&mut w, "Newsletter");
    settle(&mut w);
    assert!(sees(&w, "Newsletters and social"));
    assert_eq!(app(&mut w).cx.shop.as_ref().unwrap().facts.campaigns.len(), 1);
}
