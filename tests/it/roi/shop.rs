//! Scenarios of a shop: saved, undone, compared, and what moves with them.

use cartwright::analytics::roi::{CalculatorId, Look, OutputId, Place, Side};
use cartwright::import::plan::Choices;
use cartwright::import::preview::preview;
use cartwright::jobs::Progress;
use cartwright::model::assumption::{AssumptionId as Id, Held, Saved, Value};
use cartwright::model::kpi::{Board, Target};
use cartwright::model::plan::{Amount, Benefit, Percent, Stacking};
use cartwright::model::{Currency, MetricId, Scenario};
use cartwright::ops::Session;
use cartwright::ops::document::Wanted;
use cartwright::report::document::Block;

use crate::rules::sample_shop;

fn number(scenario: &Scenario, id: Id, value: f64) -> Scenario {
    let mut changed = scenario.clone();
    changed.values.insert(id, Held::typed(Value::Number(value)));
    changed
}

fn value(session: &mut Session, scenario: &Scenario, output: OutputId) -> Option<f64> {
    let taken = session.taken(None, &Progress::none()).unwrap();
    let resolved = session.in_numbers(scenario, &taken).unwrap();
    output.get().value(&resolved.inputs.numbers()).ok()
}

#[test]
fn a_shops_own_values_make_a_return_that_adds_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    let scenarios = session.scenarios().unwrap();
    let own = scenarios.in_use().unwrap().clone();
    let taken = session.taken(None, &Progress::none()).unwrap();
    for id in [Id::Aov, Id::NewCustomers, Id::Revenue, Id::Frequency, Id::Lifespan, Id::Margin, Id::RepeatRate] {
        let given = &taken.values[&id];
        let (value, (low, high)) = (given.value.expect(&given.from), given.interval.expect(&given.from));
        assert!(low < value && value < high, "{id:?} {given:?}");
    }
    let (clv, aov) = (value(&mut session, &own, OutputId::Clv), value(&mut session, &own, OutputId::RevenueLtv));
    let margin = taken.values[&Id::Margin].value.unwrap();
    assert!((clv.unwrap() - aov.unwrap() * margin).abs() < 1e-9);
    // Lifespan and churn say the same: whoever takes churn over three years comes to the same value.
    let mut by_churn = number(&own, Id::Lifespan, 36.0);
    by_churn.values.insert(Id::Churn, Held::FromData);
    let other = value(&mut session, &by_churn, OutputId::Clv).unwrap();
    assert!((other - clv.unwrap()).abs() < 1e-6 * other, "{other} {clv:?}");
}

#[test]
fn changes_are_steps_that_undo_takes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    let before = session.scenarios().unwrap();
    let mut after = before.clone();
    let mut plan = number(after.in_use().unwrap(), Id::Margin, 0.3);
    plan.name = "Plan".into();
    after.put(plan);
    after.used = "plan".into();
    session.save_scenarios("Save scenario Plan", 7, &after).unwrap();
    assert_eq!(session.scenarios().unwrap(), after);
    session.undo().unwrap();
    assert_eq!(session.scenarios().unwrap(), before);
    let mut wrong = before.clone();
    wrong.put(number(&Scenario { name: "Bad".into(), ..Scenario::default() }, Id::Lifespan, 0.0));
    let why = session.save_scenarios("Save", 8, &wrong).unwrap_err().to_string();
    assert!(why.contains("scenarios[2].values.lifespan") && why.contains("0.1 to 600"), "{why}");
    wrong.all.pop();
    wrong.saved.push(Saved {
        name: "A".into(),
        calculator: "gone".into(),
        scenario: "Your shop".into(),
        ..Saved::default()
    });
    assert!(session.save_scenarios("Save", 9, &wrong).unwrap_err().to_string().contains("no calculator “gone”"));
    assert_eq!(session.scenarios().unwrap(), before);
}

#[test]
fn a_change_says_what_moves() {
    let folder = tempfile::tempdir().unwrap();
    let params = cartwright::sample::Params { customers: 1_500, ..cartwright::sample::Params::default() };
    let file = folder.path().join("planned.cartwright");
    let mut session = cartwright::ops::sample::create_planned(&file, &params, &Progress::none()).unwrap();
    let mut scenarios = session.scenarios().unwrap();
    scenarios.saved.push(Saved {
        name: "Return of the year".into(),
        calculator: "marketing_roi".into(),
        scenario: scenarios.used.clone(),
        in_document: true,
        ..Saved::default()
    });
    session.save_scenarios("Keep", 1, &scenarios).unwrap();
    let own = scenarios.in_use().unwrap().clone();
    assert_eq!(session.effects(&own, &own, None, &Progress::none()).unwrap(), Vec::new());
    let after = number(&number(&own, Id::Margin, 0.1), Id::RepeatRate, 0.5);
    let moved = session.effects(&own, &after, None, &Progress::none()).unwrap();
    let named = |what: &str| moved.iter().find(|one| one.what == what);
    let clv = named("Customer lifetime value").unwrap();
    assert_eq!(clv.after, Side::Number(value(&mut session, &after, OutputId::Clv).unwrap()));
    assert!(named("Contribution of second orders").is_some() && named("Customer acquisition cost").is_none());
    assert_eq!(named("Return of the year").unwrap().place, Place::Document);
    let unique: std::collections::BTreeSet<&str> = moved.iter().map(|one| one.what.as_str()).collect();
    assert_eq!(unique.len(), moved.len());
}

#[test]
fn targets_that_rest_on_an_assumption_move_with_it() {
    let (folder, mut board) = (tempfile::tempdir().unwrap(), Board::default());
    let mut session = sample_shop(folder.path());
    board.targets.insert(MetricId::Aov, Target::Assumption("aov".into()));
    session.save_kpi_board("Target", 1, &board).unwrap();
    let own = session.scenarios().unwrap().in_use().unwrap().clone();
    let mut after = own.clone();
    let usd = |minor| Value::Money(Amount { minor, currency: Currency::USD });
    after.values.insert(Id::Aov, Held::typed(usd(12_345)));
    let moved = session.effects(&own, &after, None, &Progress::none()).unwrap();
    let target = moved.iter().find(|one| one.place == Place::Targets).unwrap();
    assert_eq!(target.after, Side::Number(123.45));
}

#[test]
fn the_margin_in_use_is_that_of_planned_sales() {
    // A shop without unit costs: only an assumed margin says what a sale leaves.
    let folder = tempfile::tempdir().unwrap();
    let mut csv = "order_id,created_at,customer_id,currency,sku,qty,unit_price\n".to_owned();
    for n in 0..60 {
        csv +=
            &format!("{n},2026-{:02}-{:02} 10:00:00,{},USD,A,1,{}.00\n", 1 + n / 20, 1 + n % 20, n % 25, 20 + n % 40);
    }
    let path = folder.path().join("orders.csv");
    std::fs::write(&path, csv).unwrap();
    let file = folder.path().join("shop.cartwright");
    let mut session = Session::create(&file, "Shop").unwrap();
    let choices = Choices::default();
    let import = session.plan(&preview(&path, &choices, &Progress::none()).unwrap(), &choices).unwrap();
    session.import(&import, &choices, &Progress::none()).unwrap();
    let ten = Benefit::PercentOff(Percent::whole(10));
    let plan = crate::sale::plan(vec![crate::sale::tier("Ten", ten, None, Stacking::BestOnly)]);
    let margin = |session: &mut Session| session.replay_sale(&plan, None, &Progress::none()).unwrap().1.nobody.margin();
    assert_eq!(margin(&mut session), None);
    let mut scenarios = session.scenarios().unwrap();
    let typed = number(scenarios.in_use().unwrap(), Id::Margin, 0.5);
    scenarios.put(typed.clone());
    session.save_scenarios("Margin", 1, &scenarios).unwrap();
    let half = margin(&mut session).unwrap();
    scenarios.put(number(&typed, Id::Margin, 0.6));
    session.save_scenarios("Margin", 2, &scenarios).unwrap();
    assert!(margin(&mut session).unwrap() > half);
}

#[test]
fn what_is_marked_stands_in_the_document() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    assert_eq!(session.roi_sections(None, &Progress::none()).unwrap(), Vec::new());
    let mut scenarios = session.scenarios().unwrap();
    scenarios.saved.push(Saved {
        name: "The example".into(),
        calculator: "marketing_roi".into(),
        scenario: "Framework example".into(),
        two_way: Some((Id::Margin, Id::Lifespan)),
        draws: 500,
        seed: 1,
        in_document: true,
        ..Saved::default()
    });
    let usd = |minor| Some(Amount { minor, currency: Currency::USD });
    (scenarios.stack[0].cost, scenarios.stack[0].benefit) = (usd(100_000), usd(350_000));
    session.save_scenarios("Mark", 1, &scenarios).unwrap();
    let blocks = session.roi_sections(None, &Progress::none()).unwrap();
    let headings: Vec<&str> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading(_, text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(headings, ["Marketing ROI and value", "The example"]);
    let wanted = Wanted { sections: vec!["technology".into()], ..Wanted::default() };
    let stack = session.framework_document(None, &wanted, &Progress::none()).unwrap().blocks;
    let blocks: Vec<Block> = blocks.into_iter().chain(stack).collect();
    let cells: Vec<&str> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table.rows.iter().chain(&table.total).flatten()),
            _ => None,
        })
        .flatten()
        .map(|cell| cell.text.as_str())
        .collect();
    for text in ["$297", "$148,500", "395%", "$75 × 1.1 × 18 × 0.20", "3.5:1", "Customer lifespan", "90%"] {
        assert!(cells.contains(&text), "{text} is not in {cells:?}");
    }
    let look = Look::of(&scenarios.saved[0]).unwrap();
    assert_eq!((look.calculator, look.draws), (CalculatorId::MarketingRoi, 500));
}
