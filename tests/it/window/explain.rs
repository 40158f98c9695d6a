//! Explain a change in the window: periods and groups chosen, a difference turned into a platform's figure and a typed one.

use super::*;

fn page(w: &mut Window) {
    app(w).cx.go(PanelId::Explain);
    settle(w);
}

fn choose(w: &mut Window, shown: &str, name: &str) {
    // A field that has just been left may take the first click.
    for _ in 0..2 {
        if w.query_all_by_label(name).next().is_none() {
            w.get_by_role_and_label(Role::ComboBox, shown).click();
            w.run_steps(4);
        }
    }
    click(w, name);
    settle(w);
}

fn field(w: &mut Window, label: &str, text: &str) {
    w.get_by_role_and_label(Role::TextInput, label).focus();
    w.run_steps(2);
    w.get_by_role_and_label(Role::TextInput, label).set_text_value_accesskit(text);
    w.run_steps(2);
    w.key_press(egui::Key::Tab);
    w.run_steps(3);
    settle(w);
}

#[test]
fn a_change_is_taken_apart_by_groups_and_periods() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    page(&mut w);
    // The shop's first order is of November 2025: there is nothing a year before.
    wait_to_see(&mut w, "One of the periods has no orders");
    choose(&mut w, "Periods: Last 12 months against the 12 before", "Other periods");
    for (label, day) in [
        ("Before, first day", "2026-01-01"),
        ("Before, last day", "2026-03-31"),
        ("After, first day", "2026-04-01"),
        ("After, last day", "2026-06-30"),
    ] {
        field(&mut w, label, day);
    }
    wait_to_see(&mut w, "Revenue went from $180.00 to $264.00: +$84.00, +46.7%");
    assert!(sees(&w, "Why revenue moved +$84.00"));
    assert!(sees(&w, "72 days against 90 days: the calendar alone made"));
    let rows = cells(&w, "Groups of the change");
    let of =
        |name: &str| rows.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("{name} in {rows:?}")).clone();
    assert_eq!(of("New customers")[1..4], ["150.00", "15.00", "−135.00"]);
    assert_eq!(of("Without a customer")[1..4], ["0.00", "99.00", "+99.00"]);
    assert_eq!(of("Together")[1..4], ["180.00", "264.00", "+84.00"]);
    choose(&mut w, "Groups: By new and returning", "By country");
    wait_to_see(&mut w, "The same change by country");
    assert_eq!(cells(&w, "Groups of the change").last().unwrap()[3], "+84.00");
}

#[test]
fn revenue_is_turned_into_a_platforms_figure_and_the_rest_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    page(&mut w);
    click(&mut w, "A difference");
    settle(&mut w);
    field(&mut w, "First day", "2026-05-01");
    field(&mut w, "Last day", "2026-05-31");
    wait_to_see(&mut w, "$164.00 by your definitions is $164.00 as Shopify net sales");
    field(&mut w, "What the platform says", "170");
    wait_to_see(&mut w, "it says $170.00, of which +$6.00 is not explained");
    let rows = cells(&w, "Steps of the difference");
    assert_eq!(rows.last().unwrap()[..2], ["Shopify says", "170.00"]);
    choose(&mut w, "Figure: Shopify net sales", "WooCommerce gross sales");
    wait_to_see(&mut w, "as WooCommerce gross sales");
}
