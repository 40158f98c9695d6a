//! Renders every page and state of the window, light and dark, as pictures of 1440 × 900.
//!
//! `cargo run --release --example pictures -- FOLDER [1280x720] [2x] [NAME…]` renders those whose name contains one of
//! the words, in that size. With `2x` two pixels make a point, and the pictures stay 1440 × 900 pixels: 720 × 450 points.
#![allow(clippy::expect_used, reason = "a tool for developers may stop at the first surprise")]

#[path = "../tests/it/window/headless.rs"]
mod headless;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use cartwright::ui::commands::COMMANDS;
use cartwright::ui::panels::{PANELS, PanelId};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, Queryable as _};
use headless::{Window, app, settle, wait, window};

/// A picture: its name, and what brings the window there. The sample shop is open at the start when `shop`.
struct Picture {
    name: &'static str,
    shop: Start,
    prepare: fn(&mut Window, &Path),
}

#[derive(Clone, Copy, PartialEq)]
enum Start {
    Welcome,
    Blank,
    Sample,
}

const PICTURES: &[Picture] = &[
    Picture { name: "welcome", shop: Start::Welcome, prepare: |_, _| {} },
    Picture { name: "welcome-recent", shop: Start::Sample, prepare: recent },
    Picture { name: "welcome-path", shop: Start::Welcome, prepare: |w, _| click(w, "Type a path…") },
    Picture { name: "segments", shop: Start::Sample, prepare: |w, _| page(w, "Segments") },
    Picture { name: "segments-figure", shop: Start::Sample, prepare: figure },
    Picture { name: "segments-rows", shop: Start::Sample, prepare: rows },
    Picture { name: "segments-customers", shop: Start::Sample, prepare: customer_rows },
    Picture { name: "segments-cutoffs", shop: Start::Sample, prepare: cutoffs },
    Picture { name: "segments-wound-back", shop: Start::Sample, prepare: wound_back },
    Picture { name: "segments-compared", shop: Start::Sample, prepare: compared },
    Picture { name: "customers-compared", shop: Start::Sample, prepare: customers_compared },
    Picture {
        name: "segment builder",
        shop: Start::Sample,
        prepare: |w, _| builder(w, "Lapsed tea and coffee buyers"),
    },
    Picture { name: "builder-nested", shop: Start::Sample, prepare: |w, _| builder(w, "Win back") },
    Picture { name: "builder-members", shop: Start::Sample, prepare: builder_members },
    Picture { name: "builder-new", shop: Start::Sample, prepare: builder_new },
    Picture { name: "builder-fields", shop: Start::Sample, prepare: builder_fields },
    Picture { name: "builder-overlap", shop: Start::Sample, prepare: builder_overlap },
    Picture { name: "builder-suggestions", shop: Start::Sample, prepare: builder_suggestions },
    Picture { name: "builder-export", shop: Start::Sample, prepare: builder_export },
    Picture { name: "builder-customers", shop: Start::Sample, prepare: builder_customers },
    Picture { name: "builder-empty", shop: Start::Blank, prepare: |w, _| page(w, "Segment builder") },
    Picture { name: "next best action", shop: Start::Sample, prepare: |w, _| page(w, "Next best action") },
    Picture { name: "next-best-action-empty", shop: Start::Blank, prepare: |w, _| page(w, "Next best action") },
    Picture { name: "rfm", shop: Start::Sample, prepare: |w, _| page(w, "RFM") },
    Picture { name: "rfm-cell", shop: Start::Sample, prepare: rfm_cell },
    Picture { name: "rfm-cutoffs", shop: Start::Sample, prepare: rfm_cutoffs },
    Picture { name: "rfm-empty", shop: Start::Blank, prepare: |w, _| page(w, "RFM") },
    Picture { name: "movement", shop: Start::Sample, prepare: |w, _| page(w, "Movement") },
    Picture { name: "cohorts", shop: Start::Sample, prepare: |w, _| page(w, "Cohorts") },
    Picture { name: "cohorts-product", shop: Start::Sample, prepare: cohorts_by_product },
    Picture { name: "cohorts-spend", shop: Start::Sample, prepare: cohorts_by_spend },
    Picture { name: "cohorts-code", shop: Start::Sample, prepare: cohorts_by_code },
    Picture { name: "product paths", shop: Start::Sample, prepare: |w, _| page(w, "Product paths") },
    Picture { name: "paths-returning", shop: Start::Sample, prepare: paths_returning },
    Picture { name: "paths-chosen", shop: Start::Sample, prepare: paths_chosen },
    Picture { name: "paths-empty", shop: Start::Blank, prepare: |w, _| page(w, "Product paths") },
    Picture { name: "discounts", shop: Start::Sample, prepare: |w, _| page(w, "Discounts") },
    Picture { name: "discounts-chosen", shop: Start::Sample, prepare: discounts_chosen },
    Picture { name: "customers", shop: Start::Sample, prepare: |w, _| page(w, "Customers") },
    Picture { name: "customers-search", shop: Start::Sample, prepare: search },
    Picture { name: "customers-range", shop: Start::Sample, prepare: range },
    Picture { name: "customers-columns", shop: Start::Sample, prepare: columns },
    Picture { name: "customers-cell-menu", shop: Start::Sample, prepare: cell_menu },
    Picture { name: "customer-often", shop: Start::Sample, prepare: |w, _| customer(w, true) },
    Picture { name: "customer-lines", shop: Start::Sample, prepare: customer_lines },
    Picture { name: "customer-never-bought", shop: Start::Sample, prepare: |w, _| customer(w, false) },
    Picture { name: "customer-erase", shop: Start::Sample, prepare: customer_erase },
    Picture { name: "customer-export", shop: Start::Sample, prepare: customer_export },
    Picture { name: "customer-merged", shop: Start::Blank, prepare: customer_merged },
    Picture { name: "lifetime value", shop: Start::Sample, prepare: |w, _| page(w, "Lifetime value") },
    Picture { name: "lifetime-value-pareto", shop: Start::Sample, prepare: lifetime_pareto },
    Picture { name: "lifetime-value-figure", shop: Start::Sample, prepare: lifetime_figure },
    Picture { name: "lifetime-value-few", shop: Start::Blank, prepare: lifetime_few },
    Picture { name: "lifetime-value-empty", shop: Start::Blank, prepare: |w, _| page(w, "Lifetime value") },
    Picture { name: "lifetime-value-too-little", shop: Start::Blank, prepare: lifetime_too_little },
    Picture { name: "document", shop: Start::Sample, prepare: |w, _| page(w, "Document") },
    Picture { name: "document-end", shop: Start::Sample, prepare: document_end },
    Picture { name: "imports", shop: Start::Sample, prepare: |w, _| page(w, "Imports") },
    Picture { name: "definitions", shop: Start::Sample, prepare: |w, _| page(w, "Definitions") },
    Picture { name: "definitions-moves", shop: Start::Sample, prepare: moves },
    Picture { name: "import-columns", shop: Start::Blank, prepare: |w, dir| import(w, &[question_file(dir)]) },
    Picture { name: "import-spend", shop: Start::Blank, prepare: |w, dir| import(w, &[spend_file(dir)]) },
    Picture { name: "import-settled", shop: Start::Blank, prepare: settled },
    Picture { name: "import-files", shop: Start::Blank, prepare: several },
    Picture { name: "import-working", shop: Start::Blank, prepare: working },
    Picture { name: "import-result", shop: Start::Blank, prepare: result },
    Picture { name: "import-failed", shop: Start::Blank, prepare: |w, dir| import(w, &[no_table(dir)]) },
    Picture { name: "import-first", shop: Start::Welcome, prepare: settled },
    Picture { name: "import-from-sample", shop: Start::Sample, prepare: |w, dir| import(w, &[question_file(dir)]) },
    Picture { name: "new-shop", shop: Start::Welcome, prepare: |w, _| app(w).cx.ask_new_shop() },
    Picture { name: "notice", shop: Start::Welcome, prepare: notice },
    Picture { name: "import-becomes", shop: Start::Blank, prepare: becomes },
    Picture { name: "import-zone", shop: Start::Blank, prepare: zone },
    Picture { name: "segments-empty", shop: Start::Blank, prepare: |w, _| page(w, "Segments") },
    Picture { name: "segments-too-little", shop: Start::Blank, prepare: too_little },
    Picture { name: "customers-empty", shop: Start::Blank, prepare: |w, _| page(w, "Customers") },
    Picture { name: "document-empty", shop: Start::Blank, prepare: |w, _| page(w, "Document") },
    Picture { name: "imports-empty", shop: Start::Blank, prepare: |w, _| page(w, "Imports") },
    Picture { name: "menu", shop: Start::Sample, prepare: |w, _| click(w, "File") },
    Picture { name: "palette", shop: Start::Sample, prepare: |w, _| palette(w, "") },
    Picture { name: "palette-typed", shop: Start::Sample, prepare: |w, _| palette(w, "seg") },
    Picture { name: "palette-customer", shop: Start::Sample, prepare: |w, _| palette(w, "al") },
    Picture { name: "palette-off", shop: Start::Welcome, prepare: |w, _| palette(w, "un") },
    Picture { name: "gallery-cards", shop: Start::Blank, prepare: |w, _| gallery(w, "Cards") },
    Picture { name: "gallery-charts", shop: Start::Blank, prepare: gallery_charts },
    Picture { name: "gallery-flows", shop: Start::Blank, prepare: |w, _| gallery(w, "Flows") },
    Picture { name: "gallery-table", shop: Start::Blank, prepare: gallery_table },
    Picture { name: "gallery-controls", shop: Start::Blank, prepare: gallery_controls },
    Picture { name: "gallery-drawer", shop: Start::Blank, prepare: gallery_drawer },
    Picture { name: "setup", shop: Start::Sample, prepare: setup },
    Picture { name: "reading-copy", shop: Start::Blank, prepare: reading_copy },
    Picture { name: "settings", shop: Start::Sample, prepare: settings },
    Picture { name: "calendar", shop: Start::Sample, prepare: |w, _| click(w, "Choose the as-of date") },
    Picture { name: "german", shop: Start::Sample, prepare: german },
    Picture { name: "zoom-200", shop: Start::Sample, prepare: |w, _| zoom(w, 200) },
    Picture { name: "zoom-75", shop: Start::Sample, prepare: |w, _| zoom(w, 75) },
    Picture { name: "history", shop: Start::Blank, prepare: history },
    Picture { name: "shortcuts", shop: Start::Sample, prepare: |w, _| w.key_press(Key::F1) },
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let out = PathBuf::from(args.next().unwrap_or_else(|| "pictures".into()));
    let (sizes, rest): (Vec<String>, Vec<String>) = args.partition(|arg| size(arg).is_some());
    let (scales, wanted): (Vec<String>, Vec<String>) = rest.into_iter().partition(|arg| scale(arg).is_some());
    std::fs::create_dir_all(&out)?;
    assert!(PANELS.iter().all(|p| PICTURES.iter().any(|pic| pic.name == p.title.to_lowercase())));
    assert!(!COMMANDS.is_empty());
    for look in [egui::Theme::Light, egui::Theme::Dark] {
        let side = if look == egui::Theme::Dark { "dark" } else { "light" };
        let folder = tempfile::tempdir()?;
        for (n, picture) in PICTURES.iter().enumerate() {
            if !wanted.is_empty() && !wanted.iter().any(|word| picture.name.contains(word.as_str())) {
                continue;
            }
            // What an earlier picture left open or chose is not to be seen in this one.
            let _ = std::fs::remove_file(folder.path().join("settings.json"));
            let mut w = window(folder.path(), look);
            if let Some(size) = sizes.first().and_then(|arg| size(arg)) {
                w.set_size(size);
            }
            if let Some(scale) = scales.first().and_then(|arg| scale(arg)) {
                w.set_pixels_per_point(scale);
            }
            settle(&mut w);
            match picture.shop {
                Start::Welcome => {}
                Start::Blank => app(&mut w).cx.new_shop("My shop"),
                Start::Sample => app(&mut w).cx.open_sample(),
            }
            settle(&mut w);
            (picture.prepare)(&mut w, folder.path());
            if picture.name != "import-working" {
                settle(&mut w);
            }
            let path = out.join(format!("{:02}-{}-{side}.png", n + 1, picture.name));
            w.render()?.save(&path)?;
            println!("{}", path.display());
        }
    }
    Ok(())
}

/// `1280x720`
fn size(arg: &str) -> Option<egui::Vec2> {
    let (width, height) = arg.split_once('x')?;
    Some(egui::vec2(width.parse().ok()?, height.parse().ok()?))
}

/// `2x`
fn scale(arg: &str) -> Option<f32> {
    arg.strip_suffix('x')?.parse().ok()
}

fn click(w: &mut Window, label: &str) {
    w.get_by_label(label).click();
    w.step();
    w.step();
}

fn page(w: &mut Window, title: &str) {
    let id = PANELS.iter().find(|panel| panel.title == title).map(|panel| panel.id);
    if let Some(id) = id {
        app(w).cx.go(id);
    }
    settle(w);
}

/// Saved segments of the pictures: name, description, rule.
const SAVED: &[(&str, &str, &str)] = &[
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
fn builder(w: &mut Window, chosen: &str) {
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

fn builder_members(w: &mut Window, _: &Path) {
    builder(w, "Win back");
    click(w, "Members");
    settle(w);
}

fn builder_new(w: &mut Window, _: &Path) {
    builder(w, "Win back");
    click(w, "New segment");
    settle(w);
}

fn builder_fields(w: &mut Window, dir: &Path) {
    builder_new(w, dir);
    click(w, "Add a condition");
    w.run_steps(3);
}

fn builder_overlap(w: &mut Window, _: &Path) {
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

fn builder_suggestions(w: &mut Window, _: &Path) {
    builder(w, "Top spenders");
    click(w, "Suggestions");
    settle(w);
}

fn builder_export(w: &mut Window, _: &Path) {
    builder(w, "Win back");
    click(w, "Export");
    w.run_steps(3);
}

fn builder_customers(w: &mut Window, _: &Path) {
    builder(w, "Win back");
    click(w, "Open in Customers");
    settle(w);
}

fn compared(w: &mut Window, _: &Path) {
    app(w).cx.compare_with_a_year_before();
    settle(w);
}

fn customers_compared(w: &mut Window, dir: &Path) {
    compared(w, dir);
    page(w, "Customers");
}

fn rfm_cell(w: &mut Window, _: &Path) {
    page(w, "RFM");
    let named = |label: &str| label.starts_with("F4") && label.contains("R2");
    w.get(By::new().predicate(move |node| node.label().is_some_and(|label| named(&label)))).click();
    w.run_steps(3);
    settle(w);
}

fn rfm_cutoffs(w: &mut Window, _: &Path) {
    page(w, "RFM");
    click(w, "Scores by own quantiles");
    click(w, "At your own cut-offs…");
    settle(w);
}

fn cohorts_by_product(w: &mut Window, _: &Path) {
    page(w, "Cohorts");
    click(w, "Cumulative");
    click(w, "Grouped by: Period of the first order");
    click(w, "First category");
    settle(w);
}

fn paths_returning(w: &mut Window, _: &Path) {
    page(w, "Product paths");
    click(w, "What brings them back");
    click(w, "Grouped by: By category");
    click(w, "By product");
    settle(w);
}

fn paths_chosen(w: &mut Window, _: &Path) {
    page(w, "Product paths");
    w.query_all_by_role_and_label(egui::accesskit::Role::Cell, "Bakeware").next().expect("a path").click();
    w.run_steps(3);
}

fn cohorts_by_code(w: &mut Window, _: &Path) {
    page(w, "Cohorts");
    click(w, "Grouped by: Period of the first order");
    click(w, "Discount code of the first order");
    settle(w);
}

/// Spend of 21 months, by channel.
fn spend_file(dir: &Path) -> PathBuf {
    let mut text = "Date,Channel,Campaign,Amount,Currency\n".to_owned();
    for month in 0..21 {
        let (year, month) = (2025 + month / 12, month % 12 + 1);
        let _ = writeln!(text, "{year}-{month:02}-01,Google,Brand,{}.00,USD", 6_400 + 310 * month);
        let _ = writeln!(text, "{year}-{month:02}-01,Meta,Prospecting,{}.00,USD", 4_100 + 150 * month);
    }
    written(dir, "spend.csv", &text)
}

fn cohorts_by_spend(w: &mut Window, dir: &Path) {
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

fn discounts_chosen(w: &mut Window, _: &Path) {
    page(w, "Discounts");
    w.query_all_by_role_and_label(egui::accesskit::Role::Cell, "Only on sale").next().expect("a class").click();
    w.run_steps(3);
}

fn moves(w: &mut Window, _: &Path) {
    page(w, "Definitions");
    w.get_all_by_label("Included").nth(1).expect("shipping").click_accesskit();
    settle(w);
}

fn setup(w: &mut Window, dir: &Path) {
    let text = r#"{"cartwright_setup":1,"shop":"Harbour & Pine",
        "settings":{"definitions":{"currency":"EUR","zone":"Europe/Berlin","rates":{"CHF":1060000},"tax":"included",
            "default_margin":0.42},
        "segment_rules":{"vip_orders":6,"vip_within_days":90,"regular_orders":2,"new_days":60},
        "segment_focus":{"vip":"Early access, personal thanks","new":"A hand-written welcome card"}},
        "mappings":{"00":{"source":"generic","table":"orders","map":{"total":"Sum","order_id":"Nr"}}}}"#;
    let path = written(dir, "setup.json", text);
    app(w).cx.ask_setup();
    wait(w, "the path field", |w| w.query_all_by_label("Path of the file").next().is_some());
    let field = w.get_by_role_and_label(egui::accesskit::Role::TextInput, "Path of the file");
    field.set_text_value_accesskit(&path.display().to_string());
    w.run_steps(3);
    click(w, "Look at the file");
}

fn reading_copy(w: &mut Window, dir: &Path) {
    import(w, &[orders_file(dir, 400)]);
    click(w, "Import");
    settle(w);
    let copy = dir.join(format!("reading {}.cartwright", cartwright::ops::now()));
    let path = app(w).cx.shop.as_ref().map(|shop| shop.path.clone()).expect("a shop");
    let session = cartwright::ops::Session::open(&path, cartwright::workspace::Access::Read).expect("a workspace");
    session.copy(&copy, true).expect("a copy");
    app(w).cx.open(copy);
    settle(w);
    page(w, "Segments");
}

fn settings(w: &mut Window, _: &Path) {
    w.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
}

fn german(w: &mut Window, dir: &Path) {
    settings(w, dir);
    settle(w);
    click(w, "Numbers and dates: English");
    w.get_by_role_and_label(egui::accesskit::Role::MenuItem, "German").click();
    settle(w);
    w.key_press(Key::Escape);
    settle(w);
    page(w, "Segments");
}

fn zoom(w: &mut Window, percent: u16) {
    app(w).cx.set_zoom(percent);
    page(w, "Segments");
}

fn history(w: &mut Window, dir: &Path) {
    import(w, &[orders_file(dir, 400)]);
    click(w, "Import");
    settle(w);
    for name in ["Harbour & Pine", "Harbour and Pine", "Harbour & Pine Home"] {
        app(w).cx.set_shop_name(name.into());
    }
    let vip = cartwright::analytics::segments::Segment::ALL[0];
    app(w).cx.set_focus_text(vip, "Early access, personal thanks".into());
    settle(w);
    app(w).cx.undo();
    app(w).cx.undo();
    settle(w);
    w.key_press_modifiers(Modifiers::COMMAND, Key::H);
    settle(w);
    let row = w.query_all_by_label("Rename the shop to Harbour & Pine, done").next().map(|row| row.rect());
    if let Some(row) = row {
        w.hover_at(row.center());
    }
}

fn recent(w: &mut Window, _: &Path) {
    app(w).cx.leave();
    settle(w);
}

fn notice(w: &mut Window, dir: &Path) {
    let file = dir.join("foreign.cartwright");
    std::fs::write(&file, "a file that is no workspace, long enough to be looked at")
        .expect("the folder can be written");
    app(w).cx.open(file);
    settle(w);
}

fn figure(w: &mut Window, _: &Path) {
    page(w, "Segments");
    let at = w.get_all_by_role(egui::accesskit::Role::Cell).nth(3).map(|cell| cell.rect());
    if let Some(rect) = at {
        w.hover_at(rect.right_center() - egui::vec2(12.0, 0.0));
    }
    settle(w);
}

fn rows(w: &mut Window, _: &Path) {
    open_figure(w, 0);
}

fn customer_rows(w: &mut Window, _: &Path) {
    open_figure(w, 6);
    if let Some(tab) = w.query_all_by_label_contains("Buyers: ").next() {
        tab.click_accesskit();
    }
    settle(w);
}

/// Opens the rows behind a figure of the second row: the n-th that can be opened.
fn open_figure(w: &mut Window, n: usize) {
    page(w, "Segments");
    let found = w.query_all_by_label_contains(": show the rows").nth(7 + n);
    if let Some(figure) = found {
        figure.click_accesskit();
    }
    w.run_steps(3);
    settle(w);
}

fn lifetime_pareto(w: &mut Window, _: &Path) {
    page(w, "Lifetime value");
    click(w, "Model BG/NBD");
    w.get_by_role_and_label(egui::accesskit::Role::MenuItem, "Pareto/NBD").click();
    settle(w);
}

fn lifetime_figure(w: &mut Window, _: &Path) {
    page(w, "Lifetime value");
    let found = w.query_all_by_label_contains("Expected value, next 12 months: ").last();
    if let Some(figure) = found {
        figure.click_accesskit();
    }
    w.run_steps(3);
    settle(w);
}

fn lifetime_few(w: &mut Window, dir: &Path) {
    import(w, &[orders_file(dir, 160)]);
    click(w, "Import");
    settle(w);
    page(w, "Lifetime value");
}

fn lifetime_too_little(w: &mut Window, dir: &Path) {
    import(w, &[orders_file(dir, 8)]);
    click(w, "Import");
    settle(w);
    page(w, "Lifetime value");
}

fn cutoffs(w: &mut Window, _: &Path) {
    page(w, "Segments");
    click(w, "Edit cut-offs");
}

fn wound_back(w: &mut Window, _: &Path) {
    page(w, "Segments");
    if let Some(shop) = &mut app(w).cx.shop {
        shop.wind_to(cartwright::model::Day::parse("2026-03-31").expect("a date"));
    }
    settle(w);
    page(w, "Segments");
}

fn search(w: &mut Window, _: &Path) {
    page(w, "Customers");
    app(w).cx.members.search = "0123".into();
    settle(w);
    w.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(w);
}

/// The page of the customer with the most orders, or of one without any.
fn customer(w: &mut Window, often: bool) {
    let shop = app(w).cx.shop.as_ref().expect("a shop");
    let (table, data) = (shop.segments().expect("a table").clone(), shop.data().expect("columns").clone());
    let orders = |i: &usize| table.facts[*i].orders;
    let mut all = 0..table.facts.len();
    let found = if often { all.max_by_key(orders) } else { all.find(|i| table.facts[*i].present && orders(i) == 0) };
    app(w).cx.open_customer(data.customers.id[found.expect("a customer")], "Customer");
    settle(w);
}

fn customer_lines(w: &mut Window, _: &Path) {
    customer(w, true);
    w.query_all_by_label_contains("Show the lines of ").nth(1).expect("an order").click();
    settle(w);
}

fn customer_erase(w: &mut Window, _: &Path) {
    customer(w, true);
    click(w, "Erase…");
    settle(w);
}

fn customer_export(w: &mut Window, _: &Path) {
    customer(w, true);
    click(w, "Export");
}

/// An account that a guest turned out to be.
fn customer_merged(w: &mut Window, dir: &Path) {
    let orders = "Order ID,Placed at,Customer ID,Customer e-mail,Country,Total,Currency\n\
        1001,2026-01-05 10:00,,robin@example.com,DE,48.00,EUR\n1002,2026-02-11 18:20,77,,DE,64.50,EUR\n\
        1003,2026-03-29 09:12,77,robin@example.com,DE,31.00,EUR\n1004,2026-05-02 09:12,78,kim@example.com,FR,12.00,EUR\n";
    import(w, &[written(dir, "orders.csv", orders)]);
    click(w, "Import");
    settle(w);
    app(w).cx.open_customer(2, "77");
    settle(w);
}

fn range(w: &mut Window, _: &Path) {
    page(w, "Customers");
    app(w).cx.members.segment = cartwright::analytics::segments::Segment::from_number(0);
    settle(w);
    let (from, to) = (egui::pos2(900.0, 300.0), egui::pos2(1_240.0, 520.0));
    w.drag_at(from);
    w.step();
    w.hover_at(to);
    w.run_steps(2);
    w.drop_at(to);
    settle(w);
}

fn columns(w: &mut Window, _: &Path) {
    page(w, "Customers");
    click(w, "Export and columns of Customers");
}

fn cell_menu(w: &mut Window, dir: &Path) {
    range(w, dir);
    for pressed in [true, false] {
        let button = egui::PointerButton::Secondary;
        let pos = egui::pos2(1_000.0, 400.0);
        w.event(egui::Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
        w.step();
    }
    settle(w);
}

fn gallery(w: &mut Window, part: &str) {
    app(w).cx.go(PanelId::Gallery);
    settle(w);
    click(w, part);
    settle(w);
}

fn gallery_charts(w: &mut Window, _: &Path) {
    gallery(w, "Charts");
    w.hover_at(egui::pos2(560.0, 300.0));
    settle(w);
}

fn gallery_table(w: &mut Window, _: &Path) {
    gallery(w, "Table");
    let (from, to) = (egui::pos2(760.0, 330.0), egui::pos2(1_000.0, 430.0));
    w.drag_at(from);
    w.step();
    w.hover_at(to);
    w.run_steps(2);
    w.drop_at(to);
    settle(w);
}

fn gallery_controls(w: &mut Window, _: &Path) {
    gallery(w, "Controls");
    for word in ["Info", "Warning", "Bad", "Good"] {
        click(w, word);
    }
}

fn gallery_drawer(w: &mut Window, _: &Path) {
    gallery(w, "Cards");
    click(w, "Open the drawer");
    settle(w);
}

fn palette(w: &mut Window, typed: &str) {
    w.key_press_modifiers(Modifiers::COMMAND, Key::K);
    w.run_steps(3);
    w.get_by_label("Find a page, customer or command").type_text(typed);
    settle(w);
}

fn import(w: &mut Window, paths: &[PathBuf]) {
    app(w).cx.import_files(paths.to_vec());
    settle(w);
    settle(w);
}

fn settled(w: &mut Window, dir: &Path) {
    import(w, &[question_file(dir)]);
    click(w, "Day first");
    settle(w);
}

fn becomes(w: &mut Window, dir: &Path) {
    import(w, &[question_file(dir)]);
    click(w, "Country becomes: Country");
}

fn zone(w: &mut Window, dir: &Path) {
    import(w, &[question_file(dir)]);
    click(w, "Time zone: UTC");
    settle(w);
    w.get_by_label("Search time zones").type_text("berl");
}

fn document_end(w: &mut Window, _: &Path) {
    page(w, "Document");
    w.hover_at(egui::pos2(800.0, 500.0));
    w.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -4_000.0),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Trackpad,
    });
    settle(w);
    settle(w);
}

fn several(w: &mut Window, dir: &Path) {
    import(w, &[question_file(dir), orders_file(dir, 400), no_table(dir)]);
}

fn working(w: &mut Window, dir: &Path) {
    import(w, &[orders_file(dir, 300_000)]);
    wait(w, "the check of the file", |w| w.query_by_label("Nothing is left to settle").is_some());
    app(w).cx.run_import();
    for _ in 0..14 {
        std::thread::sleep(std::time::Duration::from_millis(50));
        w.step();
    }
}

fn result(w: &mut Window, dir: &Path) {
    settled(w, dir);
    click(w, "Import");
    settle(w);
}

fn too_little(w: &mut Window, dir: &Path) {
    let path = dir.join("anonymous.csv");
    std::fs::write(&path, "Order ID,Date,Total\n1,2026-05-01,20.00\n2,2026-05-02,30.00\n").expect("a file");
    import(w, &[path]);
    click(w, "Import");
    settle(w);
    click(w, "Show segments");
}

/// Order lines whose dates may be read either way, with a foreign currency and rows that cannot be read.
fn question_file(dir: &Path) -> PathBuf {
    let mut text =
        String::from("Order ID;Date;Cust. email;Country;Item;SKU;Qty;Unit price;Disc.;Ship;VAT;Cur;State;Gift note\n");
    for i in 0..4_000 {
        let (a, b) = (i % 12 + 1, i / 12 % 12 + 1);
        let quantity = if i % 611 == 17 { "two".to_owned() } else { (i % 3 + 1).to_string() };
        let currency = if i / 2 % 97 == 5 { "CHF" } else { "EUR" };
        let customer = i * 7 % 900;
        let _ = writeln!(
            text,
            "{};{a:02}/{b:02}/2026 14:{:02};customer{customer}@example.com;DE;Linen apron, natural;{:05}-NAT;{quantity};24.50;{};6.20;7.04;{currency};paid;",
            100_000 + i / 2,
            i % 60,
            i % 417,
            if i % 5 == 0 { "4.90" } else { "0.00" },
        );
    }
    written(dir, "orders_2026_h1.csv", &text)
}

fn orders_file(dir: &Path, orders: usize) -> PathBuf {
    let mut text = String::from("Order ID,Placed at,Customer e-mail,Country,Total,Currency\n");
    for i in 0..orders {
        let _ = writeln!(
            text,
            "A{i},2026-{:02}-{:02} 10:00,customer{}@example.com,US,{}.50,USD",
            i % 12 + 1,
            i % 28 + 1,
            i * 31 % (orders / 3 + 1),
            i % 90 + 10
        );
    }
    written(dir, &format!("orders_{orders}.csv"), &text)
}

fn no_table(dir: &Path) -> PathBuf {
    written(dir, "scan.pdf", "%PDF-1.7\n%not a table\n")
}

fn written(dir: &Path, name: &str, text: &str) -> PathBuf {
    let path = dir.join(name);
    std::fs::write(&path, text).expect("the folder can be written");
    path
}
