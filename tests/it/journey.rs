//! The journey in a workspace: kept as steps, carried, filled from a shop, exported, and on the command line.

use std::path::Path;
use std::process::Command;

use calamine::{Reader, Xlsx, open_workbook};
use cartwright::analytics::journey::{By, State};
use cartwright::jobs::Progress;
use cartwright::model::Matrix;
use cartwright::model::journey::{FRAMEWORK, Stage, Status};
use cartwright::ops::document::Wanted;
use cartwright::ops::journey::{Filters, WITHIN_DAYS, journey_document, save_workbook};
use cartwright::ops::{Session, sample};
use cartwright::report::Format;
use cartwright::report::markdown::Markdown;
use cartwright::sample::Params;
use cartwright::workspace::Access;
use serde_json::Value;

use crate::rules::{odd_shop, sample_shop};

fn planned(folder: &Path) -> Session {
    let params = Params { customers: 1_500, ..Params::default() };
    sample::create_planned(&folder.join("planned.cartwright"), &params, &Progress::none()).unwrap()
}

fn dump(session: &Session) -> String {
    let mut out = Vec::new();
    session.dump(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_change_of_the_matrix_is_one_step_and_nothing_is_saved_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::create(&folder.path().join("shop.cartwright"), "Shop").unwrap();
    assert_eq!(session.journey_matrix().unwrap(), Matrix::default());
    session.save_journey_matrix("Nothing", 0, &Matrix::default()).unwrap();
    assert_eq!(session.history().unwrap().done.len(), 0, "what every shop begins with is not saved");
    let before = dump(&session);
    let mut matrix = Matrix::default();
    matrix.cell_mut("checkout").unwrap().status = Status::Live;
    session.save_journey_matrix("Change Checkout", 0, &matrix).unwrap();
    session.save_journey_matrix("Change Checkout", 0, &matrix).unwrap();
    let own = matrix.add(Stage::Purchase, "<script>alert(1)</script> & =1+1");
    session.save_journey_matrix("Add", 0, &matrix).unwrap();
    assert_eq!(session.history().unwrap().done.len(), 2);
    assert_eq!(session.journey_matrix().unwrap(), matrix);
    session.undo().unwrap();
    assert!(session.journey_matrix().unwrap().cell(&own).is_none());
    session.undo().unwrap();
    assert_eq!(dump(&session), before);
    session.redo(&Progress::none()).unwrap();
    session.redo(&Progress::none()).unwrap();
    assert_eq!(session.journey_matrix().unwrap(), matrix);
    matrix.cell_mut("checkout").unwrap().name = String::new();
    let why = session.save_journey_matrix("Empty", 0, &matrix).unwrap_err().to_string();
    assert!(why.contains("a touchpoint needs a name"), "{why}");
}

#[test]
fn tables_are_carried_to_another_shop_and_newer_ones_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (from, file) = (planned(folder.path()), folder.path().join("setup.json"));
    from.export_setup(&file).unwrap();
    let mut to = Session::create(&folder.path().join("to.cartwright"), "To").unwrap();
    let incoming = to.look_at_setup(&file).unwrap();
    for kind in ["Journey matrix", "Omnichannel table", "Dynamic content"] {
        assert_eq!(incoming.changes.iter().filter(|change| change.kind == kind).count(), 1, "{kind}");
    }
    to.take_over_setup(&incoming).unwrap();
    assert_eq!(to.journey_matrix().unwrap(), from.journey_matrix().unwrap());
    assert_eq!(to.content_matrix().unwrap(), from.content_matrix().unwrap());
    assert!(to.look_at_setup(&file).unwrap().changes.is_empty());
    let text = std::fs::read_to_string(&file).unwrap();
    let mut setup: Value = serde_json::from_str(&text).unwrap();
    setup["tables"]["journey_matrix"]["version"] = 2.into();
    std::fs::write(&file, setup.to_string()).unwrap();
    let why = format!("{:#}", to.look_at_setup(&file).unwrap_err());
    assert!(why.contains("form 2"), "{why}");
    setup["tables"] = serde_json::json!({"sequence": {}});
    std::fs::write(&file, setup.to_string()).unwrap();
    assert!(to.look_at_setup(&file).is_err());
}

#[test]
fn the_sample_shop_fills_its_journey() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = planned(folder.path());
    let data = session.journey_data(None, None, &Progress::none()).unwrap();
    let everybody = Filters::default();
    let journey = data.journey(WITHIN_DAYS, &everybody, &Progress::none()).unwrap();
    assert_eq!(journey.cells.len(), FRAMEWORK.len());
    assert!(journey.count(State::Measured) >= 5, "{:?}", State::ALL.map(|state| journey.count(state)));
    for cell in &journey.cells {
        assert_eq!(cell.state == State::NoData, cell.headline.is_empty(), "{}", cell.cell);
        assert_eq!(cell.state == State::Measured, cell.reason.is_empty(), "{}", cell.cell);
    }
    assert!(journey.stages.iter().all(|stage| stage.count.is_some()));
    let lifts = &journey.cell("shipping").unwrap().lifts;
    assert!(lifts.iter().all(|lift| lift.interval.0 <= lift.lift && lift.lift <= lift.interval.1));
    let funnel = data.funnel(By::Segment, WITHIN_DAYS, &everybody, &Progress::none()).unwrap();
    for group in funnel.groups.iter().chain([&funnel.total]) {
        let counts: Vec<u64> = group.steps.iter().filter_map(|step| step.people).collect();
        assert!(counts.windows(2).all(|pair| pair[0] >= pair[1]), "{}: {counts:?}", group.name);
    }
    let table = data.omnichannel(WITHIN_DAYS, &Progress::none()).unwrap();
    let shares: f64 = table.rows.iter().filter_map(|row| row.revenue.data).sum();
    assert!((shares - 1.0).abs() < 1e-9, "an order belongs to one channel: {shares}");
    assert!(table.rows.iter().all(|row| row.satisfaction.value.is_none() || row.satisfaction.is_typed));
    let lives = data.lives(data.as_of);
    let customers = session.dataset(&Progress::none()).unwrap().customers.id.len() as u64;
    assert_eq!(lives.customers.iter().sum::<u64>(), customers);
    let against = data.against(&journey, WITHIN_DAYS);
    assert_eq!(against.len(), 4);
    let of_vip = Filters { segment: Some(cartwright::model::Segment::Vip), ..Filters::default() };
    let vip = data.journey(WITHIN_DAYS, &of_vip, &Progress::none()).unwrap();
    assert!(vip.stages[3].count < journey.stages[3].count);
}

#[test]
fn exports_hold_every_table_and_markup_stays_text() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = planned(folder.path());
    let mut matrix = session.journey_matrix().unwrap();
    for n in 0..300 {
        matrix.add(Stage::Consideration, &format!("Own {n} | <b>*x*</b>"));
    }
    matrix.cell_mut("own_7_b_x_b").unwrap().tactic = "=HYPERLINK(\"x\")".into();
    session.save_journey_matrix("Many", 0, &matrix).unwrap();
    let data = session.journey_data(None, None, &Progress::none()).unwrap();
    let tables = data.tables(By::Period, &Filters::default(), &Progress::none()).unwrap();
    let path = folder.path().join("journey.xlsx");
    assert_eq!(save_workbook(&tables, &path).unwrap().sheets, 7);
    let mut book: Xlsx<_> = open_workbook(&path).unwrap();
    let names = book.sheet_names();
    let expected = ["Matrix", "Stages", "Funnel", "Stages of life", "Omnichannel", "Dynamic content", "Benchmarks"];
    assert_eq!(names, expected);
    let sheet = book.worksheet_range("Matrix").unwrap();
    assert_eq!(sheet.height(), 1 + 320);
    assert!(sheet.rows().any(|row| row.iter().any(|cell| *cell == "=HYPERLINK(\"x\")")));
    let widths: Vec<usize> = sheet.rows().map(<[calamine::Data]>::len).collect();
    assert!(widths.iter().all(|width| *width == widths[0]));
    let text = String::from_utf8(Markdown.write(&journey_document("Shop", &tables)).unwrap()).unwrap();
    for of in FRAMEWORK {
        assert!(text.contains(of.name), "{}", of.name);
    }
    assert!(!text.contains("| <b>"), "markup is made harmless");
    let whole = session.framework_document(None, &Wanted::default(), &Progress::none()).unwrap();
    let text = String::from_utf8(Markdown.write(&whole).unwrap()).unwrap();
    for title in ["2 Touchpoints", "4 Dynamic content", "6 Omnichannel"] {
        assert!(text.contains(title), "{title}");
    }
}

#[test]
fn odd_shops_have_a_journey_too() {
    let folder = tempfile::tempdir().unwrap();
    for mut session in [
        odd_shop(folder.path()),
        Session::create(&folder.path().join("empty.cartwright"), "Empty").unwrap(),
        sample_shop(folder.path()),
    ] {
        let data = session.journey_data(None, None, &Progress::none()).unwrap();
        for device in [None, Some("mobile".to_owned())] {
            let filters = Filters { device, ..Filters::default() };
            let tables = data.tables(By::Channel, &filters, &Progress::none()).unwrap();
            assert_eq!(tables.journey.cells.len(), 20);
        }
    }
}

fn run(file: &Path, args: &[&str]) -> (bool, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_cartwright")).arg("journey").arg(file).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.success(), text(out.stdout), text(out.stderr))
}

fn json(file: &Path, args: &[&str]) -> Value {
    let (ok, out, error) = run(file, &[args, &["--json"]].concat());
    assert!(ok, "{error}");
    serde_json::from_str(&out).unwrap()
}

#[test]
fn the_command_line_shows_changes_and_exports_the_journey() {
    let folder = tempfile::tempdir().unwrap();
    drop(planned(folder.path()));
    let file = folder.path().join("planned.cartwright");
    let shown = json(&file, &[]);
    assert_eq!(shown["stages"].as_array().unwrap().len(), 4);
    assert_eq!(shown["stages"][2]["touchpoints"][0]["tactic"], "Guest first");
    let funnel = json(&file, &["--funnel", "--by", "segment", "--from", "2026-01-01", "--to", "2026-06-30"]);
    assert_eq!((&funnel["from"], &funnel["by"]), (&"2026-01-01".into(), &"segment".into()));
    assert_eq!(json(&file, &["--stages-on", "2026-06-30"])["stages"].as_array().unwrap().len(), 5);
    assert_eq!(json(&file, &["--omnichannel"])["channels"].as_array().unwrap().len(), 6);
    assert_eq!(json(&file, &["--content"])["contents"].as_array().unwrap().len(), 5);
    for args in [&[][..], &["--funnel"], &["--omnichannel"], &["--content"], &["--stages-on", "2025-01-01"]] {
        assert!(run(&file, args).0, "{args:?}");
    }
    let set = ["--set", "checkout.status=test", "--set", "omnichannel.app.usage=20%", "--set", "purchase.needs=Speed"];
    assert!(run(&file, &set).0);
    assert!(run(&file, &["--add", "purchase:Gift wrapping"]).1.contains("gift_wrapping"));
    let shown = json(&file, &[]);
    assert_eq!(shown["stages"][2]["touchpoints"][0]["status"], "Test");
    assert_eq!(shown["stages"][2]["needs"][0], "Speed");
    assert_eq!(shown["stages"][2]["touchpoints"].as_array().unwrap().len(), 6);
    assert_eq!(json(&file, &["--omnichannel"])["channels"][1]["usage"]["is_typed"], true);
    assert!(run(&file, &["--remove", "gift_wrapping"]).0);
    for (args, words) in [
        (&["--set", "checkout.status=soon"][..], "Not planned, Draft"),
        (&["--set", "nothing.status=live"], "personalized_ads"),
        (&["--set", "checkout.colour=red"], "fields are name, tactic"),
        (&["--add", "Purchase"], "STAGE:NAME"),
        (&["--add", "middle:x"], "awareness, consideration"),
        (&["--from", "2026-02-01", "--to", "2026-01-01"], "exchange them"),
    ] {
        let (ok, _, error) = run(&file, args);
        assert!(!ok && error.contains(words), "{args:?}: {error}");
    }
    for name in ["journey.xlsx", "journey.md", "journey.html", "journey.pdf", "journey.docx"] {
        let path = folder.path().join(name);
        assert!(run(&file, &["--export", path.to_str().unwrap()]).0 && path.exists(), "{name}");
    }
    assert!(!run(&file, &["--export", "journey.odt"]).0);
    let session = Session::open(&file, Access::Read).unwrap();
    assert_eq!(session.history().unwrap().done.len(), 5, "every change is a step of its own");
}
