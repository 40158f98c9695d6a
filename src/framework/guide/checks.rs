//! What is wrong with the plans of a shop, in sentences: places as in the plan's JSON.

use std::collections::BTreeSet;

use super::{ListKind, guides, place};
use crate::model::plan::Problem;
use crate::model::sheet::{is_id, text_problem};
use crate::model::strategy::{Case, StrategyPlan};

/// More of one kind than this are no plan.
pub const MOST: usize = 500;
/// Longest name: a title, an owner.
pub const LONGEST_NAME: usize = 120;
/// Longest text: a note, an evidence, a part of a case study.
pub const LONGEST_TEXT: usize = 20_000;
const RATINGS: std::ops::RangeInclusive<u8> = 1..=5;
const HIGHEST_ROI: f64 = 1e6;

/// Keys of the groups of lists of a kind: stages and channels of content, categories, programmes, stages of the roadmap.
pub fn group_keys(kind: ListKind) -> impl Iterator<Item = &'static str> {
    let lists = guides().into_iter().flat_map(|guide| &guide.lists).filter(move |list| list.kind == kind);
    lists.flat_map(|list| &list.groups).map(|group| group.key.as_str())
}

/// Keys of the items of lists of a kind.
pub fn item_keys(kind: ListKind) -> impl Iterator<Item = &'static str> {
    super::places().filter(move |(_, place)| place.list.kind == kind).map(|(key, _)| key)
}

/// Everything wrong with the plans: `items.phases.discovery.research.due`. What stops is refused on saving.
pub fn problems(plan: &StrategyPlan) -> Vec<Problem> {
    let mut found = Found(Vec::new());
    items(plan, &mut found);
    content(plan, &mut found);
    let mut any = |name: &str, cases: &[Case], kind: ListKind| {
        found.ids(name, cases.iter().map(|case| case.id.as_str()));
        for case in cases {
            let at = |field: &str| format!("{name}.{}.{field}", case.id);
            found.name(at("title"), &case.title, true);
            for (field, text) in [("situation", &case.situation), ("action", &case.action), ("result", &case.result)] {
                found.text(at(field), text);
            }
            for text in &case.evidence {
                found.name(at("evidence"), text, false);
            }
            found.known(at("category"), &case.category, item_keys(kind).collect());
        }
    };
    any("cases", &plan.cases, ListKind::Cases);
    any("references", &plan.references, ListKind::References);
    found.ids("external", plan.external.iter().map(|one| one.id.as_str()));
    for one in &plan.external {
        let at = |field: &str| format!("external.{}.{field}", one.id);
        found.name(at("name"), &one.name, true);
        for (field, share) in [("quality", one.quality), ("match_rate", one.match_rate)] {
            found.wrong_if(
                share.is_some_and(|share| !(0.0..=1.0).contains(&share)),
                at(field),
                "a share is 0% to 100%",
            );
        }
        found.wrong_if(one.cost.is_some_and(|cost| cost < 0), at("cost"), "a cost is not below 0");
        let absurd = one.roi.is_some_and(|roi| !(0.0..=HIGHEST_ROI).contains(&roi));
        found.wrong_if(absurd, at("roi"), "a return is from 0:1 to 1,000,000:1");
    }
    found.0
}

fn items(plan: &StrategyPlan, found: &mut Found) {
    for (key, item) in &plan.items {
        let at = |field: &str| format!("items.{key}.{field}");
        let Some(place) = place(key) else {
            // Kept by another version of the program: nothing is lost, nothing is shown.
            let words = "this program knows no such item; what is said about it is kept, but not shown".into();
            found.0.push(Problem { at: format!("items.{key}"), words, stops: false });
            continue;
        };
        found.name(at("owner"), &item.owner, false);
        found.text(at("evidence"), &item.evidence);
        found.text(at("note"), &item.note);
        let unfit = item.rating.is_some_and(|rating| !RATINGS.contains(&rating));
        found.wrong_if(unfit, at("rating"), "a rating is from 1 to 5");
        let turned = item.from.zip(item.due).is_some_and(|(from, due)| due < from);
        found.wrong_if(turned, at("due"), "the day it is due lies before its first day; change one of them");
        if let Some(stage) = &item.stage {
            if place.list.kind == ListKind::Roadmap {
                found.known(at("stage"), stage, place.list.groups.iter().map(|group| group.key.as_str()).collect());
            } else {
                found.wrong_if(true, at("stage"), "only cards of the roadmap can be moved to another stage");
            }
        }
    }
}

fn content(plan: &StrategyPlan, found: &mut Found) {
    found.ids("content", plan.content.iter().map(|one| one.id.as_str()));
    for one in &plan.content {
        let at = |field: &str| format!("content.{}.{field}", one.id);
        found.name(at("title"), &one.title, true);
        found.name(at("owner"), &one.owner, false);
        found.known(at("stage"), &one.stage, super::content_stages().map(|group| group.key.as_str()).collect());
        found.known(
            at("channel"),
            &one.channel,
            super::content_channels().map(|(_, item)| item.key.as_str()).collect(),
        );
    }
}

struct Found(Vec<Problem>);

impl Found {
    fn wrong(&mut self, at: String, words: String) {
        self.0.push(Problem { at, words, stops: true });
    }

    fn wrong_if(&mut self, wrong: bool, at: String, words: &str) {
        if wrong {
            self.wrong(at, words.into());
        }
    }

    fn name(&mut self, at: String, text: &str, needed: bool) {
        if needed && text.trim().is_empty() {
            self.wrong(at, "it needs a name".into());
        } else if let Some(words) = text_problem(text, LONGEST_NAME, false) {
            self.wrong(at, words);
        }
    }

    fn text(&mut self, at: String, text: &str) {
        if let Some(words) = text_problem(text, LONGEST_TEXT, true) {
            self.wrong(at, words);
        }
    }

    fn known(&mut self, at: String, key: &str, known: Vec<&str>) {
        if !key.is_empty() && !known.contains(&key) {
            self.wrong(at, format!("“{key}” is none of {}", known.join(", ")));
        }
    }

    fn ids<'a>(&mut self, name: &str, ids: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        let mut many = 0_usize;
        for id in ids {
            many += 1;
            if !is_id(id) || !seen.insert(id) {
                self.wrong(format!("{name}.{id}"), "an id is of small letters, digits and _, and nobody else’s".into());
            }
        }
        self.wrong_if(many > MOST, name.to_owned(), "at most 500 of them make a plan; take some out");
    }
}
