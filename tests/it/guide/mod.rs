//! The product and the marketing framework: complete, in words of our own, dated, and set against data.

mod evidence;
mod texts;

use cartwright::framework::guide::{
    self, ListKind, checks, dates, done, evidence as guide_evidence, on_roadmap, overdue, stage,
};
use cartwright::model::Currency;
use cartwright::model::Day;
use cartwright::model::sheet::Field;
use cartwright::model::strategy::{
    CASE_FIELDS, Case, ContentItem, ExternalSource, ITEM_FIELDS, ItemStatus, SOURCE_FIELDS, StrategyPlan, set_cost,
};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn dated() -> StrategyPlan {
    StrategyPlan {
        product_start: Some(day("2026-01-31")),
        marketing_start: Some(day("2026-03-02")),
        ..StrategyPlan::default()
    }
}

#[test]
fn phases_and_tasks_are_dated_by_the_start_of_their_plan() {
    let plan = dated();
    let of = |key: &str| dates(&plan, key);
    // Months end where the next ones begin, also where a month has no 31st.
    assert_eq!(of("phases.discovery.research"), Some((day("2026-01-31"), Some(day("2026-04-29")))));
    assert_eq!(of("phases.development.core"), Some((day("2026-04-30"), Some(day("2026-10-30")))));
    assert_eq!(of("phases.launch.campaigns"), Some((day("2026-10-31"), Some(day("2027-01-30")))));
    assert_eq!(of("phases.growth.expansion"), Some((day("2027-01-31"), None)));
    assert_eq!(of("checklist.foundation.profiles"), Some((day("2026-03-02"), Some(day("2026-03-29")))));
    assert_eq!(of("checklist.scale.budget"), Some((day("2026-05-25"), Some(day("2026-06-21")))));
    assert_eq!(of("roadmap.mvp.carts"), Some((day("2025-01-01"), Some(day("2026-03-31")))));
    assert_eq!(dates(&StrategyPlan::default(), "checklist.scale.budget"), None);
    assert_eq!(of("strategies.experience.research"), None);
    assert_eq!(of("nothing"), None);
}

#[test]
fn typed_days_stand_above_counted_ones_and_decide_what_is_overdue() {
    let mut plan = dated();
    let key = "checklist.foundation.carts";
    assert!(!overdue(&plan, key, day("2026-03-29")) && overdue(&plan, key, day("2026-03-30")));
    plan.item_mut(key).due = Some(day("2026-04-15"));
    assert_eq!(dates(&plan, key), Some((day("2026-03-02"), Some(day("2026-04-15")))));
    assert!(!overdue(&plan, key, day("2026-04-15")) && overdue(&plan, key, day("2026-04-16")));
    for status in [ItemStatus::Done, ItemStatus::Dropped] {
        plan.item_mut(key).status = status;
        assert!(!overdue(&plan, key, day("2026-12-31")));
    }
    // Only a day on which it is due: it begins there.
    plan = StrategyPlan::default();
    plan.item_mut(key).due = Some(day("2026-04-15"));
    assert_eq!(dates(&plan, key), Some((day("2026-04-15"), Some(day("2026-04-15")))));
    // A first day behind the counted last one leaves that unsaid.
    plan = dated();
    plan.item_mut(key).from = Some(day("2027-01-01"));
    assert_eq!(dates(&plan, key), Some((day("2027-01-01"), None)));
}

#[test]
fn progress_counts_what_is_to_be_done() {
    let mut plan = dated();
    let list = guide::list("checklist").unwrap();
    let items = &list.groups[0].items;
    assert_eq!(items.len(), 5);
    plan.item_mut(&items[0].key).status = ItemStatus::Done;
    plan.item_mut(&items[1].key).status = ItemStatus::Doing;
    plan.item_mut(&items[2].key).status = ItemStatus::Dropped;
    let found = done(&plan, items, day("2026-12-31"));
    assert_eq!((found.done, found.doing, found.dropped, found.open), (1, 1, 1, 2));
    assert_eq!((found.wanted(), found.overdue, found.share()), (4, 3, Some(0.25)));
    assert_eq!(done(&plan, [], day("2026-12-31")).share(), None);
}

#[test]
fn cards_of_the_roadmap_move_and_are_dated_by_their_new_stage() {
    let mut plan = StrategyPlan::default();
    let list = guide::list("roadmap").unwrap();
    let key = "roadmap.future.iot";
    assert_eq!(stage(&plan, key), Some("future"));
    plan.item_mut(key).stage = Some("mvp".into());
    assert_eq!(stage(&plan, key), Some("mvp"));
    let on = |stage: &str| {
        let group = list.groups.iter().find(|group| group.key == stage).unwrap();
        on_roadmap(&plan, list, group).into_iter().map(|item| item.key.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(on("mvp").last(), Some(&key));
    assert!(!on("future").contains(&key));
    let cards: usize = list.groups.iter().map(|group| on_roadmap(&plan, list, group).len()).sum();
    assert_eq!(cards, list.groups.iter().map(|group| group.items.len()).sum::<usize>());
    assert_eq!(dates(&plan, key), Some((day("2025-01-01"), Some(day("2026-03-31")))));
    plan.item_mut(key).stage = Some("no such stage".into());
    assert_eq!(stage(&plan, key), Some("future"));
    assert!(checks::problems(&plan).iter().any(|problem| problem.stops && problem.at.ends_with(".stage")));
}

#[test]
fn what_cannot_be_is_refused_with_its_place() {
    let wrong = |plan: &StrategyPlan| {
        checks::problems(plan).into_iter().filter(|one| one.stops).map(|one| one.at).collect::<Vec<_>>()
    };
    let mut plan = dated();
    let key = "phases.discovery.research";
    let item = plan.item_mut(key);
    (item.rating, item.owner, item.note) = (Some(6), "x".repeat(200), "y".repeat(20_001));
    (item.from, item.due, item.stage) = (Some(day("2026-02-02")), Some(day("2026-02-01")), Some("mvp".into()));
    let at = |field: &str| format!("items.{key}.{field}");
    assert_eq!(wrong(&plan), ["owner", "note", "rating", "due", "stage"].map(at));
    // Exactly the longest text, in any script, is kept.
    plan = dated();
    plan.item_mut(key).note = "注".repeat(20_000);
    assert_eq!(wrong(&plan), Vec::<String>::new());
    plan.content.push(ContentItem { id: "a".into(), stage: "nowhere".into(), ..ContentItem::default() });
    plan.content.push(ContentItem {
        id: "a".into(),
        title: "A".into(),
        channel: "air".into(),
        ..ContentItem::default()
    });
    plan.cases.push(Case { id: "b".into(), title: "B".into(), category: "references.board".into(), ..Case::default() });
    plan.references.push(Case {
        id: "b".into(),
        title: "B".into(),
        category: "references.board".into(),
        ..Case::default()
    });
    plan.external.push(ExternalSource {
        id: "c".into(),
        name: "C".into(),
        quality: Some(1.2),
        cost: Some(-1),
        roi: Some(f64::NAN),
        ..ExternalSource::default()
    });
    assert_eq!(
        wrong(&plan),
        [
            "content.a",
            "content.a.title",
            "content.a.stage",
            "content.a.channel",
            "cases.b.category",
            "external.c.quality",
            "external.c.cost",
            "external.c.roi"
        ]
    );
    // An item of another version of the program is kept and told, and stops nothing.
    plan = dated();
    plan.item_mut("phases.discovery.telepathy").owner = "Ada".into();
    let problems = checks::problems(&plan);
    assert!(problems.len() == 1 && !problems[0].stops, "{problems:?}");
}

#[test]
fn fields_are_read_as_people_type_them() {
    let mut item = cartwright::model::strategy::Item::default();
    let mut set = |key: &str, text: &str| Field::named(ITEM_FIELDS, key).unwrap().set(&mut item, text);
    assert_eq!(set("status", "in progress"), Ok(()));
    assert_eq!(set("due", "2026-05-01"), Ok(()));
    assert_eq!(set("rating", "4"), Ok(()));
    for (key, text) in [("status", "soon"), ("due", "1.5.2026"), ("rating", "0"), ("rating", "999"), ("rating", "many")]
    {
        assert!(set(key, text).is_err(), "{key} {text}");
    }
    assert_eq!(set("rating", ""), Ok(()));
    assert_eq!((item.status, item.due, item.rating), (ItemStatus::Doing, Some(day("2026-05-01")), None));
    for field in ITEM_FIELDS {
        let text = (field.text)(&item);
        assert_eq!(field.set(&mut item, &text), Ok(()), "{}", field.key);
    }
    let mut case = Case::default();
    Field::named(CASE_FIELDS, "evidence").unwrap().set(&mut case, "Checkout test; ; Spring sale").unwrap();
    assert_eq!(case.evidence, ["Checkout test", "Spring sale"]);
    let mut source = ExternalSource::default();
    Field::named(SOURCE_FIELDS, "roi").unwrap().set(&mut source, "3.2:1").unwrap();
    Field::named(SOURCE_FIELDS, "match_rate").unwrap().set(&mut source, "62%").unwrap();
    set_cost(&mut source, "$1200.50", Currency::USD).unwrap();
    assert_eq!((source.roi, source.match_rate, source.cost), (Some(3.2), Some(0.62), Some(120_050)));
    assert!(set_cost(&mut source, "1e99", Currency::USD).is_err());
    assert!(set_cost(&mut source, "cheap", Currency::USD).is_err());
}

#[test]
fn what_is_kept_comes_back_from_its_json() {
    let mut plan = dated();
    plan.item_mut("roadmap.future.iot").stage = Some("mvp".into());
    plan.add_content(ContentItem { title: "Guide א 指南 🎁".into(), ..ContentItem::default() });
    let id = plan.add_case(Case { title: "Guide".into(), ..Case::default() });
    assert_eq!(plan.add_case(Case { title: "Guide".into(), ..Case::default() }), format!("{id}_2"));
    let text = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<StrategyPlan>(&text).unwrap(), plan);
    assert!(serde_json::from_str::<StrategyPlan>(&text.replace("\"version\":1", "\"version\":9")).is_err());
    plan.item_mut("phases.launch.campaigns");
    assert_eq!(plan.settled().items.len(), 1);
}

#[test]
fn each_kind_of_list_is_there() {
    use ListKind::{
        Cases, Challenges, Content, Dimensions, Integrations, Lifecycle, Metrics, Plan, Rated, References, Roadmap,
        Strategies,
    };
    let kinds: Vec<ListKind> = guide::guides().into_iter().flat_map(|of| &of.lists).map(|list| list.kind).collect();
    for kind in [
        Plan,
        Rated,
        Strategies,
        Challenges,
        Lifecycle,
        Content,
        Metrics,
        Integrations,
        Dimensions,
        Roadmap,
        Cases,
        References,
    ] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
    assert!(guide_evidence::QUESTIONS.len() > 30);
}
