//! States of the pages about customers.

use super::*;

/// Saved segments of the pictures: name, description, rule.
pub const SAVED: &[(&str, &str, &str)] = &[
    ("Top spenders", "One buyer in ten", "spend >= 790"),
    (
        "Lapsed tea and coffee buyers",
        "Win them back before the holidays",
        "orders >= 2 where (category contains tea) and last_order 120 days ago and consent[email] yes",
    ),
    ("Full price only", "", "orders >= 2 in last 365 days and sale_share = 0 in last 365 days"),
    (
        "Win back",
        "Good customers who went quiet, without those who only buy on sale",
        "(in \"Top spenders\" or order_average >= 95 in last 730 days or units >= 12 where (category contains kitchen, \
         on_sale no)) and last_order 180 days ago and not (sale_share >= 0.8 or not consent[email] yes) and p_alive >= 0.2",
    ),
    ("Cart leavers", "", "last_cart within 60 days and orders = 0 in last 60 days"),
];

/// The builder with saved segments, one of them chosen.
pub fn builder(w: &mut Window, chosen: &str) {
    app(w).cx.write(
        "Saving",
        |home, _| {
            let session = home.session()?;
            for (name, description, text) in SAVED {
                if session.saved_segment(name).is_err() {
                    let rule = cartwright::model::Rule::parse(text).map_err(anyhow::Error::msg)?;
                    session.add_segment(name, description, &rule)?;
                }
            }
            Ok(())
        },
        |_, ()| {},
    );
    settle(w);
    page(w, "Segment builder");
    settle(w);
    w.get_by_role_and_label(egui::accesskit::Role::ListBoxOption, chosen).click();
    w.run_steps(3);
    settle(w);
}

pub fn builder_members(w: &mut Window, _: &Path) {
    builder(w, "Win back");
    click(w, "Members");
    settle(w);
}

pub fn builder_new(w: &mut Window, _: &Path) {
    builder(w, "Win back");
    click(w, "New segment");
    settle(w);
}

pub fn builder_fields(w: &mut Window, dir: &Path) {
    builder_new(w, dir);
    click(w, "Add a condition");
    w.run_steps(3);
}

pub fn builder_overlap(w: &mut Window, _: &Path) {
    builder(w, "Win back");
    click(w, "Overlap");
    settle(w);
    for name in ["Top spenders", "Lapsed tea and coffee buyers", "Full price only", "Win back"] {
        let found = w.query_all_by_role_and_label(egui::accesskit::Role::CheckBox, name).next();
        found.expect("a segment to compare").click_accesskit();
        w.run_steps(2);
    }
    settle(w);
}

pub fn builder_suggestions(w: &mut Window, _: &Path) {
    builder(w, "Top spenders");
    click(w, "Suggestions");
    settle(w);
}

pub fn builder_export(w: &mut Window, _: &Path) {
    builder(w, "Win back");
    click(w, "Export");
    w.run_steps(3);
}

pub fn builder_customers(w: &mut Window, _: &Path) {
    builder(w, "Win back");
    click(w, "Open in Customers");
    settle(w);
}

pub fn compared(w: &mut Window, _: &Path) {
    app(w).cx.compare_with_a_year_before();
    settle(w);
}

pub fn customers_compared(w: &mut Window, dir: &Path) {
    compared(w, dir);
    page(w, "Customers");
}

pub fn rfm_cell(w: &mut Window, _: &Path) {
    page(w, "RFM");
    let named = |label: &str| label.starts_with("F4") && label.contains("R2");
    w.get(By::new().predicate(move |node| node.label().is_some_and(|label| named(&label)))).click();
    w.run_steps(3);
    settle(w);
}

pub fn rfm_cutoffs(w: &mut Window, _: &Path) {
    page(w, "RFM");
    click(w, "Scores by own quantiles");
    click(w, "At your own cut-offs…");
    settle(w);
}

pub fn cohorts_by_product(w: &mut Window, _: &Path) {
    page(w, "Cohorts");
    click(w, "Cumulative");
    click(w, "Grouped by: Period of the first order");
    click(w, "First category");
    settle(w);
}

pub fn paths_returning(w: &mut Window, _: &Path) {
    page(w, "Product paths");
    click(w, "What brings them back");
    click(w, "Grouped by: By category");
    click(w, "By product");
    settle(w);
}

pub fn paths_chosen(w: &mut Window, _: &Path) {
    page(w, "Product paths");
    w.query_all_by_role_and_label(egui::accesskit::Role::Cell, "Bakeware").next().expect("a path").click();
    w.run_steps(3);
}

pub fn cohorts_by_code(w: &mut Window, _: &Path) {
    page(w, "Cohorts");
    click(w, "Grouped by: Period of the first order");
    click(w, "Discount code of the first order");
    settle(w);
}

/// Spend of 21 months, by channel.
pub fn spend_file(dir: &Path) -> PathBuf {
    let mut text = "Date,Channel,Campaign,Amount,Currency\n".to_owned();
    for month in 0..21 {
        let (year, month) = (2025 + month / 12, month % 12 + 1);
        let _ = writeln!(text, "{year}-{month:02}-01,Google,Brand,{}.00,USD", 6_400 + 310 * month);
        let _ = writeln!(text, "{year}-{month:02}-01,Meta,Prospecting,{}.00,USD", 4_100 + 150 * month);
    }
    written(dir, "spend.csv", &text)
}

pub fn cohorts_by_spend(w: &mut Window, dir: &Path) {
    let file = spend_file(dir);
    app(w).cx.write(
        "Importing spend",
        move |home, progress| {
            let (session, choices) = (home.session()?, cartwright::import::plan::Choices::default());
            let found = cartwright::import::preview::preview(&file, &choices, progress)?;
            let plan = session.plan(&found, &choices)?;
            session.import(&plan, &choices, progress)?;
            Ok(())
        },
        |_, ()| {},
    );
    settle(w);
    page(w, "Cohorts");
    click(w, "Cumulative");
    click(w, "Length of a period: By month");
    click(w, "By quarter");
    settle(w);
}

pub fn discounts_chosen(w: &mut Window, _: &Path) {
    page(w, "Discounts");
    w.query_all_by_role_and_label(egui::accesskit::Role::Cell, "Only on sale").next().expect("a class").click();
    w.run_steps(3);
}

pub fn lifetime_pareto(w: &mut Window, _: &Path) {
    page(w, "Lifetime value");
    click(w, "Model BG/NBD");
    w.get_by_role_and_label(egui::accesskit::Role::MenuItem, "Pareto/NBD").click();
    settle(w);
}

pub fn lifetime_figure(w: &mut Window, _: &Path) {
    page(w, "Lifetime value");
    let found = w.query_all_by_label_contains("Expected value, next 12 months: ").last();
    if let Some(figure) = found {
        figure.click_accesskit();
    }
    w.run_steps(3);
    settle(w);
}

pub fn lifetime_few(w: &mut Window, dir: &Path) {
    import(w, &[orders_file(dir, 160)]);
    click(w, "Import");
    settle(w);
    page(w, "Lifetime value");
}

pub fn lifetime_too_little(w: &mut Window, dir: &Path) {
    import(w, &[orders_file(dir, 8)]);
    click(w, "Import");
    settle(w);
    page(w, "Lifetime value");
}

/// The page of the customer with the most orders, or of one without any.
pub fn customer(w: &mut Window, often: bool) {
    let shop = app(w).cx.shop.as_ref().expect("a shop");
    let (table, data) = (shop.segments().expect("a table").clone(), shop.data().expect("columns").clone());
    let orders = |i: &usize| table.facts[*i].orders;
    let mut all = 0..table.facts.len();
    let found = if often { all.max_by_key(orders) } else { all.find(|i| table.facts[*i].present && orders(i) == 0) };
    app(w).cx.open_customer(data.customers.id[found.expect("a customer")], "Customer");
    settle(w);
}

pub fn customer_lines(w: &mut Window, _: &Path) {
    customer(w, true);
    w.query_all_by_label_contains("Show the lines of ").nth(1).expect("an order").click();
    settle(w);
}

pub fn customer_erase(w: &mut Window, _: &Path) {
    customer(w, true);
    click(w, "Erase…");
    settle(w);
}

pub fn customer_export(w: &mut Window, _: &Path) {
    customer(w, true);
    click(w, "Export");
}

/// An account that a guest turned out to be.
pub fn customer_merged(w: &mut Window, dir: &Path) {
    let orders = "Order ID,Placed at,Customer ID,Customer e-mail,Country,Total,Currency\n\
        1001,2026-01-05 10:00,,robin@example.com,DE,48.00,EUR\n1002,2026-02-11 18:20,77,,DE,64.50,EUR\n\
        1003,2026-03-29 09:12,77,robin@example.com,DE,31.00,EUR\n1004,2026-05-02 09:12,78,kim@example.com,FR,12.00,EUR\n";
    import(w, &[written(dir, "orders.csv", orders)]);
    click(w, "Import");
    settle(w);
    app(w).cx.open_customer(2, "77");
    settle(w);
}

pub fn results_by_weekday(w: &mut Window, _: &Path) {
    page(w, "Campaign results");
    settle(w);
    click(w, "Weekday");
    settle(w);
}
