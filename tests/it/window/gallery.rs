//! Widgets that pages share, each in its states: in the gallery, which no list names.

use cartwright::ui::panels::{PANELS, PanelId};
use egui::Key;
use egui_kittest::kittest::{NodeT, Queryable as _};

use super::*;

fn gallery(folder: &Path, part: &str) -> Window {
    let mut w = open(folder);
    blank_shop(&mut w);
    settle(&mut w);
    assert!(PANELS.iter().all(|panel| panel.id != PanelId::Gallery) && !sees(&w, "Gallery"));
    app(&mut w).cx.go(PanelId::Gallery);
    settle(&mut w);
    click(&mut w, part);
    settle(&mut w);
    w
}

#[test]
fn every_part_lies_still() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = gallery(folder.path(), "Cards");
    for part in ["Cards", "Charts", "Table", "Sheets", "Controls"] {
        click(&mut w, part);
        settle(&mut w);
        let places = |w: &Window| {
            let roles = [Role::Button, Role::Cell, Role::Label, Role::TextInput, Role::Image, Role::Group];
            let nodes = roles.iter().flat_map(|role| w.query_all_by_role(*role));
            nodes.map(|node| format!("{:?}", node.rect())).collect::<Vec<_>>()
        };
        let before = places(&w);
        assert!(before.len() > 5, "{part}");
        w.run_steps(2);
        assert_eq!(before, places(&w), "{part}");
    }
}

#[test]
fn fields_keep_what_is_typed_and_say_how_it_was_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = gallery(folder.path(), "Controls");
    assert!(sees(&w, "Read as $1,234.56"), "1.234,56");
    for wrong in ["Not a number. Write", "Between 0% and 100%", "Day or month first?"] {
        assert!(sees(&w, wrong), "{wrong}");
    }
    for (typed, said) in [("1,234.56", "Read as $1,234.56"), ("99,5", "Read as $99.50"), ("12x", "Not a number")] {
        w.get_by_role_and_label(Role::TextInput, "Ad spend").set_text_value_accesskit(typed);
        w.run_steps(3);
        assert!(sees(&w, said), "{typed}");
        let field = w.get_by_role_and_label(Role::TextInput, "Ad spend");
        assert_eq!(NodeT::accesskit_node(&field).value().as_deref(), Some(typed), "the text stays");
    }
}

#[test]
fn a_chart_gives_its_picture_and_its_data_and_says_itself_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = gallery(folder.path(), "Charts");
    let charts: Vec<String> =
        w.query_all_by_role(Role::Image).filter_map(|node| NodeT::accesskit_node(&node).label()).collect();
    assert_eq!(charts.len(), 2);
    assert!(charts[0].contains("highest 668 in Dec; this year: ") || charts[0].contains("highest 668 in Dec"));
    for title in ["Revenue by month", "21.1% come back in month 1"] {
        press(&mut w, &format!("Export {title}"));
        for line in ["Picture as PNG…", "Picture as SVG…", "Data as Excel workbook…", "Copy the table"] {
            assert!(w.query_by_label(line).is_some(), "{title}: {line}");
        }
        w.key_press(Key::Escape);
        w.run_steps(3);
    }
    press(&mut w, "Export Revenue by month");
    click(&mut w, "Picture as SVG…");
    let path = folder.path().join("chart.svg");
    answer_path(&mut w, &path);
    wait(&mut w, "the picture", |_| path.exists());
    let text = std::fs::read_to_string(&path).unwrap();
    for part in ["<svg", "<title>Revenue by month</title>", ">Nov<", "to 14 Oct", "stroke-dasharray", "</svg>"] {
        assert!(text.contains(part), "{part}");
    }
    settle(&mut w);
    press(&mut w, "Export Revenue by month");
    click(&mut w, "Data as CSV, plain…");
    let path = folder.path().join("chart.csv");
    answer_path(&mut w, &path);
    wait(&mut w, "the data", |_| path.exists());
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("Month,this year,a year before\r\nNov,612,560\r\n"), "{text}");
}

#[test]
fn a_heat_map_is_walked_by_key_and_marks_what_is_not_finished() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = gallery(folder.path(), "Charts");
    let unfinished = "Mar 26, 7: 3.2, not finished";
    assert!(sees(&w, unfinished));
    w.get_by_label_contains("Monthly cohorts, arrow keys").focus();
    w.run_steps(2);
    for key in [Key::ArrowDown, Key::ArrowRight] {
        w.key_press(key);
        w.run_steps(2);
    }
    let chosen: Vec<String> = w
        .query_all_by_role(Role::Cell)
        .filter(|cell| NodeT::accesskit_node(cell).toggled().is_some_and(|t| t == egui::accesskit::Toggled::True))
        .filter_map(|cell| NodeT::accesskit_node(&cell).label())
        .collect();
    assert!(chosen.iter().any(|label| label.starts_with("Apr 26, 1: ")), "{chosen:?}");
}

#[test]
fn the_drawer_leaves_the_page_usable_and_closes_by_esc() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = gallery(folder.path(), "Controls");
    click(&mut w, "Open the drawer");
    settle(&mut w);
    assert!(sees(&w, "$2,290,487.20"));
    let ticked = |w: &Window| NodeT::accesskit_node(&w.get_by_label("Count test orders")).toggled();
    let before = ticked(&w);
    click(&mut w, "Count test orders");
    assert!(sees(&w, "$2,290,487.20") && ticked(&w) != before);
    w.key_press(Key::Escape);
    settle(&mut w);
    assert!(!sees(&w, "$2,290,487.20"));
}

#[test]
fn the_last_of_a_million_rows_moves_point_by_point() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = gallery(folder.path(), "Table");
    w.get_by_label("Gallery, 1000000 rows").focus();
    w.run_steps(2);
    w.key_press(Key::End);
    w.run_steps(3);
    let y = |w: &Window| w.get_by_label("Customer 999,999").rect().top();
    w.hover_at(egui::pos2(700.0, 500.0));
    w.run_steps(3);
    let before = y(&w);
    w.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, 3.0),
        modifiers: egui::Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Trackpad,
    });
    w.run_steps(30);
    assert!((y(&w) - before - 3.0).abs() < 0.01, "{before} → {}", y(&w));
}

#[test]
fn a_sheet_is_written_into_by_keys_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = gallery(folder.path(), "Sheets");
    let at = |w: &Window, label: &str| w.query_by_label(label).is_some();
    w.get_by_label("Touchpoints, arrow keys choose a cell").focus();
    w.run_steps(2);
    w.key_press(Key::ArrowRight);
    w.run_steps(2);
    w.event(egui::Event::Text("B".into()));
    w.run_steps(3);
    w.event(egui::Event::Text("undles".into()));
    w.run_steps(2);
    w.key_press(Key::Enter);
    w.run_steps(3);
    assert!(at(&w, "Tactic: Bundles"), "typing replaces, Enter writes");
    w.event(egui::Event::Paste("Sort by fit\tlive\nGuest first\tdone".into()));
    w.run_steps(3);
    assert!(at(&w, "Tactic: Sort by fit") && at(&w, "Tactic: Guest first"), "a block is pasted from the next row on");
    assert!(at(&w, "Status: Live") && at(&w, "Status: Done"));
    w.key_press(Key::F2);
    w.run_steps(3);
    w.event(egui::Event::Text("?!".into()));
    w.run_steps(2);
    w.key_press(Key::Escape);
    w.run_steps(3);
    assert!(at(&w, "Tactic: Sort by fit"), "Esc leaves it as it was");
    w.key_press(Key::Tab);
    w.run_steps(2);
    w.event(egui::Event::Text("d".into()));
    w.run_steps(3);
    assert!(w.query_all_by_label("Status: Draft").count() == 2 && !at(&w, "Status: Live"), "a letter chooses");
    w.key_press(Key::Home);
    w.run_steps(2);
    w.key_press(Key::Enter);
    w.run_steps(3);
    assert!(sees(&w, "Opened Search results"));
}
