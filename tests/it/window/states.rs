//! Every page has its states; edits follow at once and can be undone.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use cartwright::ui::panels::PANELS;

use super::*;

#[test]
fn the_first_page_offers_import_open_sample_and_blank() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    settle(&mut w);
    for label in
        ["Choose files…", "Type a path…", "Open a workspace…", "Open the sample shop", "Start a blank framework…"]
    {
        assert!(w.query_by_label(label).is_some(), "{label}");
    }
}

#[test]
fn an_empty_shop_says_on_every_page_what_belongs_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    blank_shop(&mut w);
    settle(&mut w);
    // Plans need no data, and neither does the framework.
    let plans = [
        PanelId::Definitions,
        PanelId::Calendar,
        PanelId::Campaigns,
        PanelId::Experiments,
        PanelId::Journey,
        PanelId::Roi,
        PanelId::Framework,
        PanelId::Document,
        PanelId::ProductPlan,
        PanelId::MarketingPlan,
    ];
    let others = |id: PanelId| !plans.contains(&id);
    for panel in PANELS.iter().filter(|panel| others(panel.id)) {
        app(&mut w).cx.go(panel.id);
        settle(&mut w);
        let buttons = w.query_all_by_role_and_label(Role::Button, "Import files…").count();
        assert_eq!(buttons, 1, "{}", panel.title);
    }
}

#[test]
fn every_page_lies_still_from_one_frame_to_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    let sizes = [(1440.0, 900.0), (1280.0, 720.0), (1024.0, 700.0), (1920.0, 1080.0)];
    for size in sizes.map(|(wide, high)| egui::vec2(wide, high)) {
        w.set_size(size);
        for panel in PANELS {
            app(&mut w).cx.go(panel.id);
            settle(&mut w);
            let before = places(&w);
            w.step();
            assert_eq!(before, places(&w), "{} at {size}", panel.title);
        }
    }
}

fn places(w: &Window) -> Vec<String> {
    let roles = [Role::Button, Role::Cell, Role::ColumnHeader, Role::TextInput, Role::Label];
    roles.iter().flat_map(|role| w.query_all_by_role(*role)).map(|node| format!("{:?}", node.rect())).collect()
}

#[test]
fn cut_offs_can_be_edited_the_table_follows_and_undo_brings_them_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    let size = |w: &Window, name: &str| cells(w, "Segments").into_iter().find(|row| row[0] == name).unwrap()[1].clone();
    assert_eq!(size(&w, "VIP/Loyal"), "1");
    click(&mut w, "Edit cut-offs");
    w.get_by_label("VIP/Loyal: orders in 12 months").set_text_value_accesskit("9");
    settle(&mut w);
    assert_eq!(size(&w, "VIP/Loyal"), "0", "the table follows before anything is saved");
    click(&mut w, "Done");
    settle(&mut w);
    assert!(sees(&w, "Cut-offs as typed"));
    app(&mut w).cx.undo();
    settle(&mut w);
    assert_eq!(size(&w, "VIP/Loyal"), "1");
}

#[test]
fn the_personalization_focus_is_typed_into_the_table_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    click(&mut w, "Edit personalization focus of VIP/Loyal");
    w.get_by_label("Personalization focus of VIP/Loyal").set_text_value_accesskit("Tea with the founder");
    w.run_steps(2);
    w.key_press(egui::Key::Enter);
    settle(&mut w);
    let path = app(&mut w).cx.shop.as_ref().unwrap().path.clone();
    app(&mut w).cx.leave();
    settle(&mut w);
    app(&mut w).cx.open(path);
    settle(&mut w);
    assert!(sees(&w, "Tea with the founder"));
}

#[test]
fn customers_can_be_sorted_filtered_and_searched() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    app(&mut w).cx.go(PanelId::Customers);
    settle(&mut w);
    let mails = |w: &Window| cells(w, "Customers").into_iter().map(|row| row[1].clone()).collect::<Vec<_>>();
    assert_eq!(mails(&w), ["ann@example.com", "bob@example.com", "cyd@example.com"]);
    w.get_by_role_and_label(Role::ColumnHeader, "First order").click();
    settle(&mut w);
    assert_eq!(mails(&w)[0], "cyd@example.com", "latest first order on top");
    w.get_by_label("Search customers").set_text_value_accesskit("bob@");
    settle(&mut w);
    assert_eq!(mails(&w), ["bob@example.com"]);
    assert!(sees(&w, "1 of 3 customers"));
    click(&mut w, "Remove filter “bob@”");
    settle(&mut w);
    assert_eq!(mails(&w).len(), 3);
}

#[test]
fn definitions_are_saved_as_a_new_version_and_figures_follow() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    app(&mut w).cx.go(PanelId::Definitions);
    settle(&mut w);
    click(&mut w, "Paid");
    click(&mut w, "Save definitions");
    wait_to_see(&mut w, "Version 2");
    app(&mut w).cx.go(PanelId::Segments);
    settle(&mut w);
    let total = cells(&w, "Segments").into_iter().find(|row| row[0] == "All customers").unwrap();
    assert_eq!(total[3], "0", "paid orders no longer count: {total:?}");
}

#[test]
fn a_file_that_is_no_workspace_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    let file = written(folder.path(), "shop.cartwright", "not a database at all, but long enough to be read as one");
    app(&mut w).cx.open(file);
    wait_to_see(&mut w, "The workspace was not opened");
    assert!(app(&mut w).cx.shop.is_none());
}

#[test]
fn recent_files_that_are_gone_stay_listed_until_the_list_is_cleared() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    blank_shop(&mut w);
    settle(&mut w);
    let path = app(&mut w).cx.shop.as_ref().unwrap().path.clone();
    app(&mut w).cx.leave();
    settle(&mut w);
    std::fs::remove_file(path).unwrap();
    let mut w = open(folder.path());
    settle(&mut w);
    assert!(sees(&w, "Open My shop"));
    click(&mut w, "Clear list");
    settle(&mut w);
    assert!(!sees(&w, "Open My shop"));
}

#[test]
fn winding_back_lists_the_customers_of_that_day_and_forward_all_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    app(&mut w).cx.go(PanelId::Customers);
    settle(&mut w);
    assert!(sees(&w, "3 of 3 customers"));
    let day = cartwright::model::Day::parse("2026-03-31").unwrap();
    app(&mut w).cx.shop.as_mut().unwrap().wind_to(day);
    settle(&mut w);
    assert!(sees(&w, "2 of 2 customers"), "the third bought in May");
    let rows = cells(&w, "Customers");
    assert!(rows.len() == 2 && rows.iter().all(|row| !row[3].is_empty()), "{rows:?}");
    app(&mut w).cx.unwind();
    settle(&mut w);
    assert!(sees(&w, "3 of 3 customers"));
}
