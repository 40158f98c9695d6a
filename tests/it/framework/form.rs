//! The form in a workspace: what is typed, where it is kept, issues, options, files of answers, and the command line.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use cartwright::framework::state::{Source, State, written};
use cartwright::framework::template::{options, template};
use cartwright::jobs::Progress;
use cartwright::model::kpi::Target;
use cartwright::model::strategy::{Answer, Answers, FieldValue, Options};
use cartwright::model::{Currency, MetricId, Segment, journey};
use cartwright::ops::Session;
use serde_json::{Value, json};

fn empty(folder: &Path) -> Session {
    Session::create(&folder.join("shop.cartwright"), "Shop").unwrap()
}

fn dump(session: &Session) -> String {
    let mut out = Vec::new();
    session.dump(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn state(session: &mut Session) -> State {
    session.framework_state(None, &Progress::none()).unwrap()
}

fn text(state: &State, key: &str) -> String {
    state.value(key).map_or_else(String::new, |value| written(template().field(key).unwrap(), value))
}

#[test]
fn every_field_can_be_typed_and_what_is_typed_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = empty(folder.path());
    for field in template().all() {
        session.set_field(&field.key, &field.example).unwrap_or_else(|why| panic!("{}: {why:#}", field.key));
    }
    let found = state(&mut session);
    for field in template().all() {
        let one = found.field(&field.key).unwrap();
        assert!(one.is_typed(), "{}", field.key);
        // One conversion target in both places: the one typed last.
        let wanted = if field.key == "CONVERSION_TARGET" { "3.20%" } else { &field.example };
        assert_eq!(text(&found, &field.key), wanted, "{}", field.key);
    }
    assert_eq!(found.progress_in_all().open, 0);
    // What another page keeps is there and nowhere else.
    let answers = session.answers().unwrap();
    assert!(template().all().all(|field| field.home.is_empty() || !answers.fields.contains_key(&field.key)));
    for field in template().all().filter(|field| field.key != "COMPANY_NAME") {
        session.set_field(&field.key, "").unwrap();
    }
    assert_eq!(state(&mut session).progress_in_all().typed, 1, "the shop keeps its name");
    assert!(session.set_field("COMPANY_NAME", " ").unwrap_err().to_string().contains("needs a name"));
}

#[test]
fn fields_of_other_pages_are_kept_by_their_records() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = empty(folder.path());
    for (key, text) in [
        ("COMPANY_NAME", "Example Outfitters"),
        ("CONVERSION_TARGET", "3.2%"),
        ("VIP_PERSONAL", "Thanks first"),
        ("CHECKOUT_OPT", "Guest first"),
        ("HOME_LEVEL", "By segment"),
        ("HOME_LIFT", "4.5%"),
        ("WEB_SAT", "8.1/10"),
        ("CDP_COST", "900"),
        ("AOV_TARGET", "96.80"),
        ("AOV_BASE", "80"),
    ] {
        session.set_field(key, text).unwrap();
    }
    assert_eq!(session.shop().unwrap(), "Example Outfitters");
    assert_eq!(session.segment_focus().unwrap()[&Segment::Vip], "Thanks first");
    assert_eq!(session.journey_matrix().unwrap().cell("checkout").unwrap().1.tactic, "Guest first");
    let home = session.content_matrix().unwrap().contents.remove(0);
    assert_eq!((home.level, home.lift), (journey::Level::Segment, Some(0.045)));
    assert_eq!(session.omnichannel_table().unwrap().channels[0].satisfaction, Some(8.1));
    assert_eq!(session.scenarios().unwrap().stack[0].cost.unwrap().minor, 90_000);
    let board = session.kpi_board().unwrap();
    assert!(matches!(board.targets[&MetricId::Conversion], Target::Value(_)));
    assert!(board.targets.contains_key(&MetricId::Aov) && board.baselines.contains_key(&MetricId::Aov));
    assert!(session.answers().unwrap().fields.is_empty());
    // One conversion target, shown in both places.
    let found = state(&mut session);
    assert_eq!((text(&found, "CONVERSION_TARGET"), text(&found, "CONV_TARGET")), ("3.20%".into(), "3.20%".into()));
    session.set_field("CONV_TARGET", "3.5%").unwrap();
    assert_eq!(text(&state(&mut session), "CONVERSION_TARGET"), "3.50%");
    // The same for everybody is an answer, too.
    session.set_field("HOME_LEVEL", "none").unwrap();
    assert_eq!(text(&state(&mut session), "HOME_LEVEL"), "None");
    let mut contents = session.content_matrix().unwrap();
    contents.contents[0].level = journey::Level::Predictive;
    session.save_content_matrix("Change", 0, &contents).unwrap();
    assert_eq!(text(&state(&mut session), "HOME_LEVEL"), "Predictive", "its page has the last word");
}

#[test]
fn every_change_is_one_named_step_that_is_undone_and_redone() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = empty(folder.path());
    let before = dump(&session);
    session.set_field("VIP_AOV", "118.40").unwrap();
    session.set_field("vip_aov", "118.40").unwrap();
    session.set_field("CHECKOUT_OPT", "Guest first").unwrap();
    session.comment_field("VIP_AOV", "ask the client").unwrap();
    session.set_options(&options::of_preset(options::preset("fashion").unwrap())).unwrap();
    session.issue("Draft", None, &Progress::none()).unwrap();
    let labels: Vec<String> = session.history().unwrap().done.into_iter().map(|step| step.label).collect();
    let expected = [
        "Keep issue Draft",
        "Change framework options",
        "Comment on VIP/Loyal AOV",
        "Type Checkout optimization",
        "Type VIP/Loyal AOV",
    ];
    assert_eq!(labels, expected);
    let after = dump(&session);
    for _ in 0..labels.len() {
        session.undo().unwrap();
    }
    assert_eq!(dump(&session), before);
    while session.redo(&Progress::none()).unwrap().is_some() {}
    assert_eq!(dump(&session), after);
}

#[test]
fn odd_texts_stay_and_absurd_numbers_are_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.cartwright");
    let mut session = empty(folder.path());
    let long = "ä".repeat(20_000);
    let texts = [
        "<script>alert(1)</script> & | *x* =1+1 '; DROP",
        "שלום עולם مرحبا",
        "包装と返品",
        "👩‍👩‍👧‍👦🏳️‍🌈",
        "two\nlines",
        &long,
    ];
    // One of the form's own, and one of every record that another page keeps.
    let keys =
        ["COLLAB_ALGO", "RETENTION_POLICY", "VIP_PERSONAL", "CHECKOUT_OPT", "HOME_VAR", "WEB_FEATURES", "CDP_SOLUTION"];
    for typed in texts {
        for key in keys {
            session.set_field(key, typed).unwrap_or_else(|why| panic!("{key}: {why:#}"));
        }
        drop(session);
        session = Session::open(&path, cartwright::workspace::Access::Write).unwrap();
        let found = state(&mut session);
        for key in keys {
            assert!(found.value(key) == Some(&FieldValue::Text(typed.to_owned())), "{key}: {}", text(&found, key));
        }
    }
    let before = dump(&session);
    for (key, typed) in [
        ("VIP_AOV", "1e308"),
        ("VIP_AOV", "-5"),
        ("VIP_REVENUE", "-5 %"),
        ("WEB_USAGE", "122"),
        ("WEB_SAT", "11/10"),
        ("CONV_TARGET", "NaN"),
        ("CDP_COST", "999999999999"),
        ("HOME_LEVEL", "dragons"),
        ("GDPR_STATUS", "maybe"),
        ("NO_SUCH_FIELD", "1"),
    ] {
        let why = session.set_field(key, typed).unwrap_err().to_string();
        assert!(why.split(' ').count() > 4 && why.len() < 400, "{key}: {why}");
    }
    assert_eq!(dump(&session), before, "nothing was changed");
    let near = session.set_field("VIP", "1").unwrap_err().to_string();
    assert!(near.contains("VIP_SIZE"), "{near}");
}

#[test]
fn issues_are_kept_compared_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = empty(folder.path());
    session.set_field("VIP_SIZE", "3,102").unwrap();
    let none = Progress::none();
    session.issue(" Draft ", None, &none).unwrap();
    for name in ["", "  ", "draft", "a\nb", &"x".repeat(81)] {
        assert!(session.issue(name, None, &none).unwrap_err().to_string().contains("was not kept"), "{name}");
    }
    session.set_field("VIP_SIZE", "3,377").unwrap();
    session.set_field("REG_SIZE", "10").unwrap();
    session.issue("Final", None, &none).unwrap();
    session.set_field("VIP_SIZE", "").unwrap();
    let keys = |found: Vec<cartwright::framework::state::Change>| -> Vec<String> {
        found.into_iter().map(|change| change.key).collect()
    };
    assert_eq!(keys(session.issues_compared("draft", Some("FINAL"), None, &none).unwrap()), ["REG_SIZE", "VIP_SIZE"]);
    assert_eq!(keys(session.issues_compared("Final", None, None, &none).unwrap()), ["VIP_SIZE"]);
    let why = session.issues_compared("Other", None, None, &none).unwrap_err().to_string();
    assert!(why.contains("Draft, Final"), "{why}");
    session.remove_issue("Draft").unwrap();
    assert_eq!(session.issues_kept().unwrap().issues.len(), 1);
}

#[test]
fn presets_choose_options_and_type_only_where_there_are_no_data() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = empty(folder.path());
    session.set_field("CUSTOMER_COUNT", "77").unwrap();
    session.take_preset(options::preset("Fashion e-commerce").unwrap()).unwrap();
    let found = state(&mut session);
    assert_eq!((text(&found, "CUSTOMER_COUNT"), text(&found, "MONTHLY_VISITORS")), ("77".into(), "5,000,000".into()));
    assert!(found.field("MONTHLY_VISITORS").unwrap().comment.contains("Fashion e-commerce"));
    let shop = session.answers().unwrap().options;
    assert!(options::suggestion(&shop, "PROD_REC").unwrap().contains("sizes that fit"));
    assert!(matches!(found.field("PROD_REC").unwrap().source, Source::Open(_)), "a suggestion is no answer");
    assert!(found.value("CONV_LIFT").is_none(), "what presets reached is no forecast");
    let wrong = Options { vertical: Some("dragons".into()), ..Options::default() };
    assert!(session.set_options(&wrong).unwrap_err().to_string().contains("no choice of"));
    let mut sample = crate::rules::sample_shop(&tempfile::tempdir_in(folder.path()).unwrap().keep());
    sample.take_preset(options::preset("d2c").unwrap()).unwrap();
    assert!(sample.answers().unwrap().fields.is_empty(), "data say what the shop is");
    assert_eq!(sample.answers().unwrap().options.business_model.as_deref(), Some("subscription"));
}

#[test]
fn answers_come_from_files_and_broken_or_newer_ones_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = empty(folder.path());
    let path = folder.path().join("answers.json");
    session.set_field("VIP_AOV", "118.40").unwrap();
    session.set_field("CHECKOUT_OPT", "Guest first").unwrap();
    session.comment_field("VIP_AOV", "ask").unwrap();
    let found = state(&mut session);
    assert_eq!(session.save_answers_file(&found, &path).unwrap(), 3, "with the shop’s name");
    let mut file: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(file["fields"].as_object().unwrap().len(), 260);
    let other = folder.path().join("other.cartwright");
    let mut to = Session::create(&other, "Other").unwrap();
    to.set_field("REG_AOV", "5").unwrap();
    file["fields"]["VIP_SIZE"] = 3102.into();
    std::fs::write(&path, file.to_string()).unwrap();
    assert_eq!(to.read_answers_file(&path).unwrap(), 4);
    let taken = state(&mut to);
    for (key, shown) in
        [("VIP_AOV", "$118.40"), ("VIP_SIZE", "3,102"), ("CHECKOUT_OPT", "Guest first"), ("REG_AOV", "$5.00")]
    {
        assert_eq!(text(&taken, key), shown);
    }
    assert_eq!(taken.field("VIP_AOV").unwrap().comment, "ask");
    let before = dump(&to);
    for (text, words) in [
        ("not json".to_owned(), "no file of answers"),
        ("{}".to_owned(), "no file of answers"),
        (json!({ "cartwright_framework": 2, "shape": "other" }).to_string(), "newer Cartwright"),
        (json!({ "cartwright_framework": 1, "shape": "other" }).to_string(), "not whole"),
        (json!({ "cartwright_framework": 1, "fields": { "VIP_AOV": "1e308" } }).to_string(), "VIP_AOV"),
        (
            json!({ "cartwright_framework": 1, "fields": { "CHECKOUT_OPT": "x", "VIP_REVENUE": 140 } }).to_string(),
            "VIP_REVENUE",
        ),
        (json!({ "cartwright_framework": 1, "fields": { "CHECKOUT_OPT": "x", "NOPE": "1" } }).to_string(), "no field"),
        (
            json!({ "cartwright_framework": 1, "fields": { "CHECKOUT_OPT": "a\u{0}b" } }).to_string(),
            "cells.checkout.tactic",
        ),
    ] {
        std::fs::write(&path, &text).unwrap();
        let why = format!("{:#}", to.read_answers_file(&path).unwrap_err());
        assert!(why.contains(words) && why.contains("nothing was changed"), "{text}: {why}");
    }
    assert_eq!(dump(&to), before);
}

#[test]
fn answers_and_issues_are_carried_and_newer_or_absurd_ones_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut from = empty(folder.path());
    from.set_field("VIP_AOV", "118.40").unwrap();
    from.issue("Draft", None, &Progress::none()).unwrap();
    let file = folder.path().join("setup.json");
    from.export_setup(&file).unwrap();
    let mut to = Session::create(&folder.path().join("to.cartwright"), "To").unwrap();
    let incoming = to.look_at_setup(&file).unwrap();
    for kind in ["Framework answers", "Framework issues"] {
        assert_eq!(incoming.changes.iter().filter(|change| change.kind == kind).count(), 1, "{kind}");
    }
    to.take_over_setup(&incoming).unwrap();
    assert_eq!(to.answers().unwrap(), from.answers().unwrap());
    assert_eq!(to.issues_kept().unwrap(), from.issues_kept().unwrap());
    let mut setup: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    setup["tables"]["framework_answers"]["version"] = 2.into();
    std::fs::write(&file, setup.to_string()).unwrap();
    let why = format!("{:#}", to.look_at_setup(&file).unwrap_err());
    assert!(why.contains("form 2") && why.contains("newer program"), "{why}");
    let absurd = Answer { value: Some(FieldValue::Percent(7.0)), comment: String::new() };
    let mut answers = serde_json::to_value(Answers {
        fields: BTreeMap::from([("VIP_REVENUE".to_owned(), absurd)]),
        ..Answers::default()
    })
    .unwrap();
    answers["kind"] = "framework_answers".into();
    setup["tables"] = json!({ "framework_answers": answers });
    std::fs::write(&file, setup.to_string()).unwrap();
    let why = format!("{:#}", to.look_at_setup(&file).unwrap_err());
    assert!(why.contains("VIP_REVENUE") && why.contains("between 0% and 100%"), "{why}");
}

#[test]
fn amounts_are_of_the_shops_currency() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = empty(folder.path());
    let mut definitions = session.definitions().unwrap();
    definitions.currency = Currency::parse("JPY").unwrap();
    session.set_definitions(definitions).unwrap();
    session.set_field("VIP_AOV", "12,000").unwrap();
    assert_eq!(text(&state(&mut session), "VIP_AOV"), "¥12,000");
    assert!(session.set_field("VIP_AOV", "12.5").unwrap_err().to_string().contains("no decimals"));
}

fn run(args: &[&str], file: &Path) -> (bool, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cartwright"));
    let out = command.arg("framework").arg(args[0]).arg(file).args(&args[1..]).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.success(), text(out.stdout), text(out.stderr))
}

fn json_of(args: &[&str], file: &Path) -> Value {
    let (ok, out, error) = run(&[args, &["--json"]].concat(), file);
    assert!(ok, "{error}");
    serde_json::from_str(&out).unwrap()
}

#[test]
fn the_command_line_shows_types_and_compares() {
    let folder = tempfile::tempdir().unwrap();
    drop(empty(folder.path()));
    let file = folder.path().join("shop.cartwright");
    let done = |args: &[&str]| {
        let (ok, out, error) = run(args, &file);
        assert!(ok, "{args:?}: {error}");
        out
    };
    let table = json_of(&["show", "--placeholders"], &file);
    let table = table["placeholders"].as_array().unwrap();
    assert_eq!(table.len(), 260);
    assert!(table.iter().all(|row| !row["how_it_is_filled"].as_str().unwrap().is_empty()));
    let blank = Command::new(env!("CARGO_BIN_EXE_cartwright")).args(["framework", "show", "--placeholders"]).output();
    let blank = String::from_utf8(blank.unwrap().stdout).unwrap();
    assert_eq!(blank.lines().count(), 261, "without a workspace, too");
    done(&["set", "VIP_REVENUE", "60%"]);
    done(&["set", "REG_REVENUE", "55%"]);
    done(&["set", "HOME_LIFT", "-3.5%"]);
    done(&["comment", "VIP_REVENUE", "ask the client"]);
    done(&["options", "--set", "vertical=fashion", "--set", "maturity=Predictive"]);
    let shown = json_of(&["show", "--section", "1"], &file);
    assert_eq!(shown["sections"].as_array().unwrap().len(), 1);
    assert_eq!(shown["sections"][0]["fields"].as_array().unwrap().len(), 30);
    assert!(shown["contradictions"][0]["sentence"].as_str().unwrap().contains("115.0%"));
    assert!(shown["sections"][0]["guidance"][0]["text"].as_str().unwrap().contains("expected to be"));
    assert!(done(&["show"]).contains("Contradiction: "));
    assert!(done(&["show", "--find", "consent rate"]).contains("CONSENT_RATE"));
    assert!(done(&["fill"]).contains("No issue was kept yet"));
    done(&["issue", "Draft"]);
    done(&["set", "VIP_REVENUE", ""]);
    assert_eq!(json_of(&["fill"], &file)["changes"].as_array().unwrap().len(), 1);
    assert!(done(&["compare", "Draft"]).contains("60.0%"));
    assert!(done(&["compare", "Draft", "current"]).contains("1 field changed"));
    assert!(done(&["issues"]).contains("Draft"));
    let progress = json_of(&["progress"], &file);
    assert_eq!(progress["sections"].as_array().unwrap().len(), 11);
    assert!(done(&["options", "--preset", "marketplace"]).contains("not a forecast"));
    let answers = folder.path().join("answers.json");
    done(&["show", "--save", answers.to_str().unwrap()]);
    done(&["set", "--file", answers.to_str().unwrap()]);
    for args in [
        &["set", "VIP_AOV", "many"][..],
        &["set", "VIPX", "1"],
        &["show", "--section", "99"],
        &["compare", "Nope"],
        &["options", "--preset", "x"],
    ] {
        let (ok, _, error) = run(args, &file);
        assert!(!ok && error.starts_with("cartwright: ") && error.trim().split(' ').count() > 4, "{args:?}: {error}");
    }
}
