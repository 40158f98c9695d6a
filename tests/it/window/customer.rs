//! The page of one customer: opened from wherever a customer has a name, every figure a door, as of any day.

use cartwright::jobs::Progress;
use cartwright::ui::widgets::figure;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::*;

fn on_view(w: &mut Window) -> Option<String> {
    let cx = &app(w).cx;
    cx.customer.as_ref().filter(|_| cx.page == PanelId::Customer).map(|open| open.called.clone())
}

fn customers(w: &mut Window) {
    app(w).cx.go(PanelId::Customers);
    settle(w);
}

#[test]
fn a_customer_is_opened_by_click_key_menu_and_palette_and_esc_leads_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    customers(&mut w);
    w.get_by_label("ann@example.com: open the customer").click();
    settle(&mut w);
    assert_eq!(on_view(&mut w).as_deref(), Some("ann@example.com"));
    wait_to_see(&mut w, "Order A5");
    w.key_press(Key::Escape);
    settle(&mut w);
    assert!(app(&mut w).cx.page == PanelId::Customers && app(&mut w).cx.customer.is_none());

    // By key: the second row of the list.
    w.query_all_by_label_contains("Customers, 3 rows").next().expect("the rows").focus();
    w.run_steps(2);
    for key in [Key::Home, Key::ArrowDown, Key::Enter] {
        w.key_press(key);
        w.run_steps(2);
    }
    settle(&mut w);
    assert_eq!(on_view(&mut w).as_deref(), Some("bob@example.com"));
    press(&mut w, "Back");
    settle(&mut w);
    assert!(app(&mut w).cx.page == PanelId::Customers);

    w.key_press_modifiers(Modifiers::COMMAND, Key::K);
    w.run_steps(3);
    w.get_by_label("Find a page, customer or command").type_text("cyd@");
    wait(&mut w, "the customer", |w| w.query_by_label("cyd@example.com, ").is_some() || sees(w, "cyd@example.com"));
    settle(&mut w);
    w.key_press(Key::Enter);
    settle(&mut w);
    assert_eq!(on_view(&mut w).as_deref(), Some("cyd@example.com"));
    // Whoever is open stays in the navigation until left.
    app(&mut w).cx.go(PanelId::Segments);
    settle(&mut w);
    click(&mut w, "cyd@example.com");
    settle(&mut w);
    assert_eq!(on_view(&mut w).as_deref(), Some("cyd@example.com"));
}

#[test]
fn the_menu_of_a_row_opens_the_customer() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    customers(&mut w);
    let row = w.query_all_by_role_and_label(Role::Cell, "bob@example.com").next().expect("a cell").rect().center();
    w.hover_at(row);
    w.run_steps(2);
    for pressed in [true, false] {
        let button = egui::PointerButton::Secondary;
        w.event(egui::Event::PointerButton { pos: row, button, pressed, modifiers: Modifiers::NONE });
        w.run_steps(2);
    }
    click(&mut w, "Open customer");
    settle(&mut w);
    assert_eq!(on_view(&mut w).as_deref(), Some("bob@example.com"));
}

#[test]
fn the_page_tells_orders_segments_and_where_every_row_came_from_as_of_any_day() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    app(&mut w).cx.open_customer(1, "ann@example.com");
    settle(&mut w);
    let rows = cells(&w, "Timeline");
    let orders = rows.iter().filter(|row| row[1].starts_with("Order ")).count();
    assert_eq!(orders, 6, "{rows:?}");
    assert!(
        rows.iter().any(|row| row[1] == "Segment VIP/Loyal")
            && rows.iter().any(|row| row[1] == "Segment New Customers")
    );
    let last = rows.iter().find(|row| row[1] == "Order A5").expect("the last order");
    assert_eq!(last[3], "$50.00");
    assert_eq!(last.last().map(String::as_str), Some("Line 7, orders.csv"));
    assert!(sees(&w, "Orders: 6") && sees(&w, "Revenue: $300.00") && sees(&w, "Average order: $50.00"));
    // On the last day of March three of the six orders are known.
    app(&mut w).cx.shop.as_mut().unwrap().wind_to(cartwright::model::Day::parse("2026-03-31").unwrap());
    settle(&mut w);
    let rows = cells(&w, "Timeline");
    assert_eq!(rows.iter().filter(|row| row[1].starts_with("Order ")).count(), 3, "{rows:?}");
    assert!(sees(&w, "Orders: 3") && sees(&w, "Revenue: $150.00"));
    // Before the first order nobody was there.
    app(&mut w).cx.open_customer(3, "cyd@example.com");
    settle(&mut w);
    assert!(sees(&w, "Not a customer yet on 31 Mar 2026"));
    click(&mut w, "Back to the latest day");
    settle(&mut w);
    assert!(sees(&w, "Orders: 1"));
}

#[test]
fn every_figure_of_the_page_is_the_sum_of_the_rows_behind_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    click(&mut w, "Open the sample shop");
    wait(&mut w, "the table", |w| w.query_by_role_and_label(Role::Table, "Segments").is_some());
    settle(&mut w);
    let shop = app(&mut w).cx.shop.as_ref().unwrap();
    let (table, data) = (shop.segments().unwrap().clone(), shop.data().unwrap().clone());
    let often = (0..table.facts.len()).max_by_key(|&i| table.facts[i].orders).unwrap();
    let never = (0..table.facts.len()).find(|&i| table.facts[i].present && table.facts[i].orders == 0).unwrap();
    for (customer, least) in [(often, 6), (never, 2)] {
        app(&mut w).cx.open_customer(data.customers.id[customer], "One");
        settle(&mut w);
        figure::watch(&w.ctx);
        w.run_steps(2);
        let mut figures = figure::watch(&w.ctx);
        figures.dedup();
        assert!(figures.len() >= least, "{figures:?}");
        let shop = app(&mut w).cx.shop.as_ref().unwrap();
        for figure in &figures {
            let door = shop.source_of(figure).expect("its source").open(figure, &Progress::none()).unwrap();
            assert_eq!(door.folded, figure.value, "{figure:?}");
        }
    }
}

#[test]
fn an_order_opens_to_its_lines() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    click(&mut w, "Open the sample shop");
    wait(&mut w, "the table", |w| w.query_by_role_and_label(Role::Table, "Segments").is_some());
    settle(&mut w);
    let shop = app(&mut w).cx.shop.as_ref().unwrap();
    let data = shop.data().unwrap().clone();
    let customer = (0..data.customers.id.len()).find(|&i| data.orders.of_customer(i).len() > 2).unwrap();
    app(&mut w).cx.open_customer(data.customers.id[customer], "One");
    settle(&mut w);
    let before = cells(&w, "Timeline").len();
    w.query_all_by_label_contains("Show the lines of ").next().expect("an order with lines").click();
    settle(&mut w);
    let after = cells(&w, "Timeline");
    assert!(after.iter().any(|row| row.iter().any(|cell| cell.contains(" unit"))), "{after:?}");
    assert!(after.len() > before || after.len() >= 10, "{before} {after:?}");
    w.query_all_by_label_contains("Hide the lines of ").next().expect("an open order").click();
    settle(&mut w);
    assert_eq!(cells(&w, "Timeline").len(), before);
}

#[test]
fn a_customer_is_erased_once_the_name_was_typed_and_nothing_brings_them_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    app(&mut w).cx.open_customer(1, "ann@example.com");
    settle(&mut w);
    press(&mut w, "Erase…");
    settle(&mut w);
    assert!(sees(&w, "This cannot be undone") && sees(&w, "Accounts: 1") && sees(&w, "orders (6)"));
    let enabled = |w: &Window| {
        let button = w.get_by_role_and_label(Role::Button, "Erase for good");
        !egui_kittest::kittest::NodeT::accesskit_node(&button).is_disabled()
    };
    assert!(!enabled(&w), "not before the name was typed");
    let field = w.get_by_role_and_label(Role::TextInput, "Type “ann@example.com” to confirm");
    field.set_text_value_accesskit("ann@example.com");
    settle(&mut w);
    assert!(enabled(&w));
    press(&mut w, "Erase for good");
    wait_to_see(&mut w, "Customer erased");
    settle(&mut w);
    assert!(app(&mut w).cx.page == PanelId::Customers && sees(&w, "2 of 2 customers"));
    let shop = app(&mut w).cx.shop.as_ref().unwrap();
    assert_eq!(shop.segments().unwrap().unidentified.orders, 7, "the orders stay without a name");
    let path = shop.path.clone();
    assert!(path.with_file_name(format!("{}-erasure-1.md", path.file_stem().unwrap().display())).exists());
    // Neither undo nor the same file again.
    app(&mut w).cx.undo();
    settle(&mut w);
    let file = orders_file(folder.path());
    app(&mut w).cx.import_files(vec![file]);
    press(&mut w, "Import");
    wait_to_see(&mut w, "rows accepted");
    settle(&mut w);
    customers(&mut w);
    assert!(sees(&w, "2 of 2 customers"));
    drop(w);
    for entry in std::fs::read_dir(path.parent().unwrap()).unwrap().flatten() {
        // The log of the database goes when its last reader closes, which may be while this loop runs.
        let Ok(bytes) = std::fs::read(entry.path()) else { continue };
        assert!(memchr::memmem::find(&bytes, b"ann@example").is_none(), "{}", entry.path().display());
    }
}
