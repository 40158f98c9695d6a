//! Rows of the pages on paths and discounts lead to their customers.

use cartwright::ui::panels::PanelId;

use super::*;

/// Chooses the row with a cell that says so, and shows its customers.
fn follow(w: &mut Window, page: PanelId, says: &str, button: &str) {
    app(w).cx.go(page);
    settle(w);
    wait(w, says, |w| w.query_all_by_role_and_label(Role::Cell, says).next().is_some());
    w.query_all_by_role_and_label(Role::Cell, says).next().expect("a row").click();
    w.run_steps(3);
    press(w, button);
    settle(w);
}

#[test]
fn a_path_and_a_class_lead_to_their_customers() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    // Six orders, two and one, of no known product, at full price.
    follow(&mut w, PanelId::Paths, "No third order", "Show 1 customer");
    assert_eq!(cells(&w, "Customers").len(), 1);
    assert!(sees(&w, "Remove filter Not known, then Not known, then No third order"));
    follow(&mut w, PanelId::Discounts, "Never on sale", "Show 2 customers");
    assert_eq!(cells(&w, "Customers").len(), 2);
    assert!(sees(&w, "Remove filter Never on sale"));
}
