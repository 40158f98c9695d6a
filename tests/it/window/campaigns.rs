//! Planning in the window: every change is kept at once and can be undone, and what is wrong is told at its field.

use cartwright::model::Campaign;

use super::*;

fn open_campaign(w: &mut Window) -> Campaign {
    let cx = &app(w).cx;
    let id = cx.campaign.unwrap();
    let all = &cx.shop.as_ref().unwrap().facts.campaigns;
    all.iter().find(|saved| saved.id == id).unwrap().campaign.clone()
}

fn typed(w: &mut Window, label: &str, text: &str) {
    let field = w.get_by_role_and_label(Role::TextInput, label);
    field.focus();
    w.run_steps(2);
    w.get_by_role_and_label(Role::TextInput, label).set_text_value_accesskit(text);
    w.run_steps(2);
    w.key_press(egui::Key::Tab);
    w.run_steps(3);
    settle(w);
}

fn new_sale(w: &mut Window) {
    app(w).cx.go(PanelId::Campaigns);
    settle(w);
    press(w, "Plan a sale event");
    wait_to_see(w, "All campaigns");
    settle(w);
}

#[test]
fn a_sale_is_planned_changed_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    new_sale(&mut w);
    typed(&mut w, "Name", "Spring sale");
    typed(&mut w, "Who answers for it", "Marketing");
    assert_eq!(open_campaign(&mut w).name, "Spring sale");
    assert_eq!(open_campaign(&mut w).owner, "Marketing");
    click(&mut w, "Offers");
    settle(&mut w);
    click(&mut w, "More of Free shipping");
    click(&mut w, "Remove");
    settle(&mut w);
    assert_eq!(open_campaign(&mut w).sale.unwrap().tiers.len(), 2);
    app(&mut w).cx.undo();
    settle(&mut w);
    assert_eq!(open_campaign(&mut w).sale.unwrap().tiers.len(), 3);
    assert!(sees(&w, "More of Free shipping"), "the page shows what was undone");
    for _ in 0..2 {
        app(&mut w).cx.undo();
        settle(&mut w);
    }
    assert_eq!(open_campaign(&mut w).name, "Sale event");
    app(&mut w).cx.undo();
    settle(&mut w);
    assert!(sees(&w, "No campaigns yet"), "the campaign itself was undone");
}

#[test]
fn what_is_wrong_stays_typed_and_is_told_at_its_field() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    new_sale(&mut w);
    let before = open_campaign(&mut w);
    typed(&mut w, "Name", "");
    assert!(sees(&w, "A campaign needs a name"));
    assert_eq!(open_campaign(&mut w), before, "nothing without a name is kept");
    typed(&mut w, "Name", "Sale");
    let end = w.query_all_by_role(Role::TextInput).filter_map(|node| {
        let label = egui_kittest::kittest::NodeT::accesskit_node(&node).label()?;
        label.starts_with("Ends").then_some(label)
    });
    let end = end.collect::<Vec<_>>()[0].clone();
    typed(&mut w, &end, "no day");
    let field = w.get_by_role_and_label(Role::TextInput, &end);
    let value = egui_kittest::kittest::NodeT::accesskit_node(&field).value();
    assert_eq!(value.as_deref(), Some("no day"), "the text stays");
    typed(&mut w, &end, "2020-01-01");
    wait_to_see(&mut w, "The campaign ends before it begins; move the end");
    // What the shop knows against the offers is told beside it.
    click(&mut w, "Offers");
    settle(&mut w);
    click(&mut w, "Add a featured product");
    settle(&mut w);
    typed(&mut w, "SKU of the product", "NO-SUCH-SKU");
    wait_to_see(&mut w, "No product has the SKU NO-SUCH-SKU; take it out, or import the products first");
}

#[test]
fn a_sale_is_replayed_while_it_is_planned() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    new_sale(&mut w);
    click(&mut w, "Replay");
    settle(&mut w);
    wait(&mut w, "the ways buyers behave", |w| w.query_by_role_and_label(Role::Table, "If buyers behave").is_some());
    settle(&mut w);
    let rows = cells(&w, "If buyers behave");
    assert_eq!(rows.len(), 4);
    click(&mut w, "Review");
    settle(&mut w);
    assert!(sees(&w, "The plan in short"));
    click(&mut w, "More of this campaign");
    click(&mut w, "Duplicate");
    settle(&mut w);
    assert_eq!(open_campaign(&mut w).name, "Sale event copy");
    click(&mut w, "More of this campaign");
    click(&mut w, "Delete");
    settle(&mut w);
    wait(&mut w, "the list", |w| w.query_by_role_and_label(Role::Table, "Campaigns").is_some());
}
