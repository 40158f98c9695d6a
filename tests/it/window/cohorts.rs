//! Cohorts in the window: a cell leads to the customers behind it.

use cartwright::ui::panels::PanelId;

use super::*;

#[test]
fn a_cell_of_the_matrix_leads_to_those_who_ordered() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    app(&mut w).cx.go(PanelId::Cohorts);
    wait(&mut w, "the matrix", |w| w.query_by_role_and_label(Role::Table, "Cohorts").is_some());
    settle(&mut w);
    // Bob came first, in November: the cell of month 0.
    let table = w.get_by_role_and_label(Role::Table, "Cohorts");
    let row = table.query_all_by_role(Role::Row).next().expect("the first cohort");
    let mut found: Vec<_> = row.query_all_by_role(Role::Cell).collect();
    found.sort_by(|a, b| a.rect().left().total_cmp(&b.rect().left()));
    found[2].click();
    w.run_steps(3);
    settle(&mut w);
    wait_to_see(&mut w, "2025-11: 1 customer ordered in month 0");
    press(&mut w, "Open in Customers");
    settle(&mut w);
    let listed = cells(&w, "Customers");
    assert!(listed.len() == 1 && listed[0].iter().any(|cell| cell.contains("bob@example.com")), "{listed:?}");
    assert!(sees(&w, "Remove filter 2025-11, month 0"));
}
