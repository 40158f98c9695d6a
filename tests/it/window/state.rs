//! What is restored after a restart, also after a kill; locale, zoom, motion, recent files, layout.

use std::time::Duration;

use cartwright::model::Locale;
use cartwright::ui::panels::PANELS;
use cartwright::ui::settings::{Places, Settings};
use egui::{Key, Modifiers};

use super::*;

fn kept(folder: &Path) -> Settings {
    Settings::load(&Places::within(folder).settings)
}

/// A shop of many customers, each with a handful of orders.
fn crowd(folder: &Path) -> Window {
    let mut text = String::from("Order ID,Placed at,Customer e-mail,Country,Total,Currency\n");
    for i in 0..1_200 {
        let (month, day) = (i % 6 + 1, i % 28 + 1);
        let country = if i % 3 == 0 { "DE" } else { "US" };
        let customer = i % 400;
        let _ = writeln!(
            text,
            "A{i},2026-{month:02}-{day:02} 10:00,c{customer:03}@example.com,{country},{}.25,USD",
            i * 7 + 1_000
        );
    }
    let mut w = open(folder);
    app(&mut w).cx.import_files(vec![written(folder, "orders.csv", &text)]);
    press(&mut w, "Import");
    wait_to_see(&mut w, "rows accepted");
    w
}

#[test]
fn a_killed_window_resumes_page_filters_sort_and_row() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = crowd(folder.path());
    app(&mut w).cx.go(PanelId::Customers);
    settle(&mut w);
    app(&mut w).cx.members.search = "c1".into();
    settle(&mut w);
    click(&mut w, "First order");
    settle(&mut w);
    w.get_by_label_contains("Customers, 1").focus();
    w.run_steps(2);
    for _ in 0..3 {
        w.key_press(Key::PageDown);
        w.run_steps(2);
    }
    app(&mut w).cx.shop.as_mut().unwrap().wind_to(cartwright::model::Day::parse("2026-05-01").unwrap());
    settle(&mut w);
    let before = cells(&w, "Customers");
    let file = folder.path().to_owned();
    wait(&mut w, "the settings", |_| {
        let place = kept(&file).bookmarks.first().cloned().unwrap_or_default();
        place.page == "Customers" && place.as_of.is_some() && place.tables.get("Customers").is_some_and(|t| t.top > 0)
    });
    let path = app(&mut w).cx.shop.as_ref().unwrap().path.clone();
    // Nothing is written on the way out: as if it were killed.
    drop(w);
    let lock = path.with_extension("cartwright-lock");
    let mut w = open(folder.path());
    wait(&mut w, "the first window to let go", |_| !lock.exists());
    app(&mut w).cx.reopen();
    wait(&mut w, "the table", |w| w.query_by_role_and_label(Role::Table, "Customers").is_some());
    settle(&mut w);
    assert_eq!(app(&mut w).cx.members.search, "c1");
    assert!(sees(&w, "as of 1 May 2026"));
    assert_eq!(cells(&w, "Customers"), before);
}

#[test]
fn a_workspace_that_was_left_is_not_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    let file = folder.path().to_owned();
    wait(&mut w, "the settings", |_| kept(&file).open.is_some());
    app(&mut w).cx.leave();
    wait(&mut w, "the settings", |_| kept(&file).open.is_none());
    app(&mut w).cx.reopen();
    settle(&mut w);
    assert!(app(&mut w).cx.shop.is_none());
}

#[test]
fn figures_are_written_in_six_locales_with_equal_decimals_in_each_column() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = crowd(folder.path());
    click(&mut w, "Show segments");
    settle(&mut w);
    let mut shown = Locale::En.name();
    for locale in Locale::ALL {
        w.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
        w.run_steps(3);
        click(&mut w, &format!("Numbers and dates: {shown}"));
        w.get_by_role_and_label(Role::MenuItem, locale.name()).click();
        w.run_steps(3);
        shown = locale.name();
        w.key_press(Key::Escape);
        settle(&mut w);
        assert!(
            sees(&w, &format!("as of {}", locale.date(cartwright::model::Day::parse("2026-06-28").unwrap()))),
            "{locale:?}"
        );
        let rows = cells(&w, "Segments");
        let (decimal, thousands) =
            (locale.number(0.5, 1).replace(['0', '5'], ""), locale.count(1_000).replace(['0', '1'], ""));
        let all: String = rows.iter().map(|row| row[3..8].join(" ")).collect();
        assert!(all.contains(&thousands), "{locale:?}: {all}");
        for column in 3..8 {
            let decimals = |text: &String| {
                text.split_once(&decimal).map(|(_, rest)| rest.chars().filter(char::is_ascii_digit).count())
            };
            let mut found: Vec<_> =
                rows.iter().map(|row| &row[column]).filter(|text| *text != "—").map(decimals).collect();
            found.dedup();
            assert_eq!(found.len(), 1, "{locale:?}, column {column}: {rows:?}");
        }
    }
    let file = folder.path().to_owned();
    wait(&mut w, "the settings", |_| kept(&file).locale == Locale::Ja);
}

#[test]
fn every_mark_of_every_locale_has_a_glyph() {
    let folder = tempfile::tempdir().unwrap();
    let w = open(folder.path());
    let euro = cartwright::model::Currency::parse("EUR").unwrap();
    let all: String = Locale::ALL
        .iter()
        .map(|l| format!("{}{}{}", l.money(-123_456_789, euro), l.percent(0.5, 1), l.name()))
        .collect();
    for c in all.chars() {
        let font = egui::FontId::proportional(13.0);
        assert!(w.ctx.fonts_mut(|fonts| fonts.has_glyph(&font, c)), "{c:?}");
    }
}

#[test]
fn zoom_and_motion_are_commands_and_settings() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    let zoom = |w: &Window| (w.ctx.zoom_factor() * 100.0).round() as u32;
    assert_eq!(zoom(&w), 100);
    for (key, percent) in [
        (Key::Plus, 110),
        (Key::Equals, 125),
        (Key::Minus, 110),
        (Key::Num0, 100),
        (Key::Minus, 90),
        (Key::Minus, 80),
        (Key::Minus, 75),
        (Key::Minus, 75),
    ] {
        w.key_press_modifiers(Modifiers::COMMAND, key);
        w.run_steps(3);
        assert_eq!(zoom(&w), percent, "{key:?}");
    }
    for percent in [75, 150, 200] {
        app(&mut w).cx.set_zoom(percent);
        for panel in PANELS {
            app(&mut w).cx.go(panel.id);
            settle(&mut w);
        }
        assert_eq!(zoom(&w), u32::from(percent));
    }
    app(&mut w).cx.set_zoom(100);
    w.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
    w.run_steps(3);
    click(&mut w, "Reduce motion");
    assert_eq!(w.ctx.global_style().animation_time, 0.0);
    let file = folder.path().to_owned();
    wait(&mut w, "the settings", |_| kept(&file).reduce_motion && kept(&file).zoom == 100);
}

#[test]
fn recent_files_are_cleared_and_the_layout_is_reset_by_command() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    let file = folder.path().to_owned();
    wait(&mut w, "the settings", |_| kept(&file).recent.len() == 1);
    app(&mut w).cx.go(PanelId::Customers);
    app(&mut w).cx.members.search = "ann".into();
    app(&mut w).cx.set_zoom(125);
    settle(&mut w);
    click(&mut w, "View");
    click(&mut w, "Reset the layout");
    settle(&mut w);
    assert!(app(&mut w).cx.page == PanelId::Segments && app(&mut w).cx.members.search.is_empty());
    assert_eq!(w.ctx.zoom_factor(), 1.0);
    click(&mut w, "File");
    click(&mut w, "Clear recent files");
    wait(&mut w, "the settings", |_| kept(&file).recent.is_empty());
    app(&mut w).cx.leave();
    std::thread::sleep(Duration::from_millis(20));
    settle(&mut w);
    assert!(sees(&w, "Workspaces you open are listed here"));
}

#[test]
fn the_as_of_date_is_chosen_from_a_month_whose_weeks_begin_as_the_user_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    let column = |w: &Window, day: &str| w.get_by_role_and_label(Role::Button, day).rect().left();
    click(&mut w, "Choose the as-of date");
    settle(&mut w);
    assert!(sees(&w, "June 2026"));
    // 1 June 2026 is a Monday.
    let monday_first = column(&w, "1 Jun 2026");
    click(&mut w, "Month before");
    settle(&mut w);
    w.get_by_role_and_label(Role::Button, "20 May 2026").click();
    settle(&mut w);
    assert!(sees(&w, "as of 20 May 2026"));
    w.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
    w.run_steps(3);
    click(&mut w, "Weeks begin on: Monday (usual)");
    w.get_by_role_and_label(Role::MenuItem, "Sunday").click();
    w.run_steps(3);
    w.key_press(Key::Escape);
    settle(&mut w);
    click(&mut w, "Choose the as-of date");
    settle(&mut w);
    assert!(sees(&w, "May 2026"));
    click(&mut w, "Month after");
    settle(&mut w);
    assert!(column(&w, "1 Jun 2026") > monday_first);
}
