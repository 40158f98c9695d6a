//! Campaign results in the window: the files that bring them, what is usual, and what did better.

use cartwright::ui::panels::PanelId;

use super::*;

#[test]
fn campaigns_are_told_beside_the_shops_own_past() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    blank_shop(&mut w);
    settle(&mut w);
    app(&mut w).cx.go(PanelId::Results);
    wait_to_see(&mut w, "No campaigns imported yet");
    app(&mut w).cx.open_sample();
    settle(&mut w);
    app(&mut w).cx.go(PanelId::Results);
    wait(&mut w, "the campaigns", |w| w.query_by_role_and_label(Role::Table, "Campaign results").is_some());
    settle(&mut w);
    let rows = cells(&w, "Campaign results");
    assert!(rows.len() > 5, "{rows:?}");
    assert!(sees(&w, "than usual") || sees(&w, "about as usual"), "the verdict on the newest campaign");
    assert!(sees(&w, "09:00 does better"), "the hour that is planted");
    w.get_by_role_and_label(Role::RadioButton, "Channel").click();
    w.run_steps(3);
    settle(&mut w);
    assert!(sees(&w, "Cannot tell the best channel"), "there is one channel only");
}
