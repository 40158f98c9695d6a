//! What data say about the frameworks: every question has an answer or a reason, in the sample shop and in an empty one.

use std::path::Path;

use cartwright::framework::guide::blocks;
use cartwright::framework::guide::evidence::{Evidence, QUESTIONS, possible, questions_of, reached};
use cartwright::framework::guide::{self, ListKind};
use cartwright::jobs::Progress;
use cartwright::model::strategy::{ExternalSource, ItemStatus};
use cartwright::model::{Currency, Day, MetricId};
use cartwright::ops::{Session, sample};
use cartwright::report::document::{Block, Table};
use cartwright::sample::Params;

fn shop(folder: &Path) -> Session {
    let params = Params { customers: 1_500, ..Params::default() };
    sample::create_planned(&folder.join("shop.cartwright"), &params, &Progress::none()).unwrap()
}

fn all_answered(evidence: &Evidence) {
    let lost: Vec<_> = QUESTIONS.iter().filter(|(key, _)| !evidence.contains_key(*key)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    for (key, place) in guide::places() {
        for question in questions_of(place.item).iter().chain(&place.group.evidence) {
            let answer = evidence.get(question).unwrap_or_else(|| panic!("{key} asks {question}"));
            match answer {
                Ok(found) => {
                    assert!(!found.text.is_empty() && !found.how.is_empty() && !found.page.is_empty(), "{question}")
                }
                Err(why) => assert!(why.len() > 10 && !why.ends_with('.'), "{question}: {why}"),
            }
        }
    }
}

fn tables(blocks: &[Block]) -> impl Iterator<Item = &Table> {
    blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
}

#[test]
fn the_sample_shop_answers_with_the_figures_of_its_pages() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = shop(folder.path());
    let evidence = session.strategy_evidence(None, &Progress::none()).unwrap();
    all_answered(&evidence);
    for (key, answer) in &evidence {
        println!("{key}: {answer:?}");
    }
    // The KPIs are those of the dashboard.
    let kpis = session.kpis(None, &Default::default(), &Progress::none()).unwrap();
    let aov = kpis.row(MetricId::Aov).unwrap();
    let shown = cartwright::analytics::kpi::said::value(cartwright::model::Locale::En, MetricId::Aov, aov.value);
    assert_eq!(evidence["kpi.aov"].as_ref().unwrap().text, shown);
    // What the sample shop is planted with.
    for key in ["orders", "purchases", "identified", "lifetime", "seasons", "email_consents", "touches", "experiments"]
    {
        assert!(evidence[key].as_ref().is_ok_and(|found| found.serves == Some(true)), "{key}: {:?}", evidence[key]);
    }
    for key in ["income", "life_stage", "import.bigcommerce"] {
        assert!(evidence[key].as_ref().is_err_and(|why| why.starts_with("no data: ")), "{key}: {:?}", evidence[key]);
    }
    // An earlier day knows no more than a later one.
    let count = |evidence: &Evidence| evidence["touches"].as_ref().map_or(0.0, |found| found.value.unwrap());
    let before = session.strategy_evidence(Day::parse("2025-01-15"), &Progress::none()).unwrap();
    all_answered(&before);
    assert!(count(&before) < count(&evidence));
    assert!(before["seasons"].as_ref().is_ok_and(|found| found.serves == Some(false)), "{:?}", before["seasons"]);
    let prediction = guide::place("roadmap.growth.purchase_prediction").unwrap().item;
    assert_eq!(possible(&evidence, prediction), Some(true));
    assert_eq!(possible(&evidence, guide::place("roadmap.future.iot").unwrap().item), None);
}

#[test]
fn an_empty_shop_has_no_data_and_says_what_to_import() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::create(&folder.path().join("blank.cartwright"), "Blank").unwrap();
    let evidence = session.strategy_evidence(None, &Progress::none()).unwrap();
    all_answered(&evidence);
    let told: Vec<_> = QUESTIONS.iter().filter(|(key, _)| evidence[*key].is_ok()).collect();
    assert!(told.is_empty(), "{told:?}");
    let (plan, as_of) = (session.strategy_plan().unwrap(), Day(0));
    for found in [blocks::product(&plan, &evidence, as_of), blocks::marketing(&plan, &evidence, as_of)] {
        assert!(tables(&found).count() > 5);
    }
}

#[test]
fn the_chapters_hold_every_item_and_what_was_said_about_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::create(&folder.path().join("blank.cartwright"), "Blank").unwrap();
    let set = |session: &mut Session, place: &str, text: &str| session.set_plan(1, place, text);
    set(&mut session, "product.start", "2026-01-05").unwrap();
    set(&mut session, "phases.discovery.research.owner", "Ada").unwrap();
    set(&mut session, "phases.discovery.research.status", "done").unwrap();
    set(&mut session, "phases.discovery.research.evidence", "Twelve interviews").unwrap();
    set(&mut session, "roadmap.future.iot.stage", "mvp").unwrap();
    let content = session.add_to_plan(1, "content", "Spring guide").unwrap();
    set(&mut session, &format!("content.{content}.stage"), "discovery").unwrap();
    set(&mut session, &format!("content.{content}.channel"), "channels.owned.blog").unwrap();
    let case = session.add_to_plan(1, "case", "Faster checkout").unwrap();
    set(&mut session, &format!("case.{case}.category"), "cases.conversion").unwrap();
    let source = session.add_to_plan(1, "source", "Postcodes").unwrap();
    set(&mut session, &format!("source.{source}.cost"), "500").unwrap();
    let plan = session.strategy_plan().unwrap();
    assert_eq!(plan.items["phases.discovery.research"].status, ItemStatus::Done);
    assert_eq!(
        plan.external,
        [ExternalSource { id: source, name: "Postcodes".into(), cost: Some(50_000), ..ExternalSource::default() }]
    );
    assert!(blocks::external(&plan, Currency::USD).is_some());

    let evidence = session.strategy_evidence(None, &Progress::none()).unwrap();
    let as_of = Day::parse("2026-05-01").unwrap();
    let mut text = String::new();
    for block in [blocks::product(&plan, &evidence, as_of), blocks::marketing(&plan, &evidence, as_of)].concat() {
        text.push_str(&format!("{block:?}\n"));
    }
    for (key, place) in guide::places() {
        assert!(text.contains(&place.item.title), "{key}");
    }
    for words in ["Ada", "Twelve interviews", "Spring guide", "Faster checkout", "5 Jan 2026", "overdue", "1 of 8 done"]
    {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn every_change_is_a_step_and_wrong_places_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::create(&folder.path().join("blank.cartwright"), "Blank").unwrap();
    session.set_plan(1, "checklist.scale.budget.rating", "3").unwrap();
    assert_eq!(session.strategy_plan().unwrap().items.len(), 1);
    session.undo().unwrap();
    assert!(session.strategy_plan().unwrap().items.is_empty());
    session.redo(&Progress::none()).unwrap();
    assert_eq!(session.strategy_plan().unwrap().items.len(), 1);
    // What is emptied again leaves nothing behind.
    session.set_plan(1, "checklist.scale.budget.rating", "").unwrap();
    assert!(session.strategy_plan().unwrap().items.is_empty());
    let error =
        |session: &mut Session, place: &str, text: &str| session.set_plan(1, place, text).unwrap_err().to_string();
    assert!(error(&mut session, "checklist.budget.owner", "Ada").contains("near to it are checklist.scale.budget"));
    assert!(error(&mut session, "checklist.scale.budget.colour", "red").contains("fields are status, owner"));
    assert!(error(&mut session, "checklist.scale.budget.stage", "mvp").contains("only cards of the roadmap"));
    assert!(error(&mut session, "product.start", "tomorrow").contains("YYYY-MM-DD"));
    assert!(error(&mut session, "content.nothing.due", "2026-01-01").contains("nothing was added yet"));
    assert!(session.add_to_plan(1, "poem", "A").is_err() && session.add_to_plan(1, "case", " ").is_err());
    assert!(session.remove_from_plan(1, "case.nothing").is_err());
}

#[test]
fn targets_are_reached_in_the_direction_that_is_good() {
    use cartwright::framework::guide::evidence::Finding;
    let mut evidence = Evidence::new();
    let value =
        |value| Ok(Finding { text: "x".into(), value: Some(value), serves: None, how: "x".into(), page: "KPIs" });
    evidence.insert("kpi.cart_abandonment".into(), value(0.6));
    evidence.insert("kpi.conversion".into(), value(0.03));
    let of = |key: &str| reached(&evidence, guide::place(key).unwrap().item);
    assert_eq!(of("success.benchmarks.carts"), Some(true));
    assert_eq!(of("success.later_performance.carts"), Some(false));
    assert_eq!(of("success.benchmarks.conversion"), Some(true));
    assert_eq!(of("success.later_performance.conversion"), Some(false));
    assert_eq!(of("success.benchmarks.opens"), None);
    assert!(guide::places().any(|(_, place)| place.list.kind == ListKind::Metrics && place.item.level.is_some()));
}
