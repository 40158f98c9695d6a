//! Scores in the window: the map, the groups, cut-offs of one's own, and the way to a segment.

use cartwright::analytics::rfm::{Binning, Settings};
use cartwright::model::Rule;
use cartwright::ui::panels::PanelId;

use super::*;

/// A window on the scores of three customers, in three bins.
fn scored(folder: &Path) -> Window {
    let mut w = with_segments(folder);
    app(&mut w).cx.set_scored(Settings { bins: 3, binning: Binning::Cut }, true);
    settle(&mut w);
    app(&mut w).cx.go(PanelId::Rfm);
    settle(&mut w);
    wait(&mut w, "the groups", |w| w.query_by_role_and_label(Role::Table, "RFM groups").is_some());
    settle(&mut w);
    w
}

#[test]
fn a_cell_of_the_map_lists_its_customers_and_becomes_a_segment() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = scored(folder.path());
    assert_eq!(cells(&w, "RFM customers").len(), 3, "all buyers");
    // Ann bought last and most often.
    let cell = w.query_all_by_label_contains("F3, 6, R3").next().expect("the best cell");
    cell.click();
    w.run_steps(3);
    settle(&mut w);
    let listed = cells(&w, "RFM customers");
    assert!(listed.len() == 1 && listed[0].iter().any(|cell| cell.contains("ann@example.com")), "{listed:?}");
    click(&mut w, "Save as segment…");
    settle(&mut w);
    wait_to_see(&mut w, "Customers: 1");
    let name = w.get_by_role_and_label(Role::TextInput, "Name of the segment");
    name.set_text_value_accesskit("Best cell");
    w.run_steps(3);
    press(&mut w, "Save");
    settle(&mut w);
    let shop = app(&mut w).cx.shop.as_ref().unwrap();
    assert_eq!(shop.facts.segments[0].rule, Rule::parse("r_score = 3 and f_score = 3").unwrap());
}

#[test]
fn own_cut_offs_are_tried_kept_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = scored(folder.path());
    let binning = |w: &mut Window| app(w).cx.shop.as_ref().unwrap().facts.scored.binning.clone();
    click(&mut w, "Scores by own quantiles");
    click(&mut w, "At your own cut-offs…");
    let field = |w: &Window, text: &str| {
        w.get_by_role_and_label(Role::TextInput, "F2: orders, at least").set_text_value_accesskit(text);
    };
    field(&w, "x");
    w.run_steps(3);
    wait_to_see(&mut w, "“x” is not a whole number of orders");
    field(&w, "5");
    w.run_steps(3);
    settle(&mut w);
    assert!(matches!(binning(&mut w), Binning::Typed(limits) if limits.frequency[0] == 5));
    w.key_press(egui::Key::Escape);
    w.run_steps(3);
    settle(&mut w);
    assert_eq!(binning(&mut w), Binning::Cut, "what was tried and not kept is gone");
    click(&mut w, "Scores by own quantiles");
    click(&mut w, "At your own cut-offs…");
    press(&mut w, "Done");
    settle(&mut w);
    assert!(matches!(binning(&mut w), Binning::Typed(_)));
    app(&mut w).cx.undo();
    settle(&mut w);
    assert_eq!(binning(&mut w), Binning::Cut);
}
