//! The texts of both frameworks: every row of their sources is found, nothing is copied, everything that they name exists.

use std::collections::{BTreeMap, BTreeSet};

use cartwright::framework::guide::evidence::{QUESTIONS, of_metric};
use cartwright::framework::guide::{self, GuideItem, Span};
use cartwright::model::metric;

use crate::shared::shared;

const COVERAGE: &str = include_str!("../../data/framework/coverage.txt");
const SOURCES: [&str; 4] = ["000", "001", "003", "004"];
/// Words in a row that no sentence of ours shares with a source.
const ALIKE: usize = 7;

/// Source, line and key of every line of the list.
fn covered() -> Vec<(&'static str, usize, &'static str)> {
    let lines = COVERAGE.lines().filter(|line| !line.starts_with('#'));
    let read = |line: &'static str| {
        let mut words = line.split(' ');
        (words.next().unwrap(), words.next().unwrap().parse().unwrap(), words.next().unwrap())
    };
    lines.map(read).collect()
}

fn sources() -> Option<BTreeMap<&'static str, String>> {
    let folder = shared("seeds")?;
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let text = |source: &&'static str| {
        let is = |path: &&std::path::PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with(*source);
        (*source, std::fs::read_to_string(files.iter().find(is).unwrap()).unwrap())
    };
    Some(SOURCES.iter().map(text).collect())
}

#[test]
fn every_line_of_the_coverage_leads_to_something() {
    let mut known: BTreeSet<String> = guide::places().map(|(key, _)| key.to_owned()).collect();
    for list in guide::guides().into_iter().flat_map(|of| &of.lists) {
        known.insert(list.key.clone());
        known.extend(list.groups.iter().map(|group| format!("{}.{}", list.key, group.key)));
    }
    let covered = covered();
    assert!(covered.len() > 390, "{}", covered.len());
    let lost: Vec<_> = covered.iter().filter(|(.., key)| !known.contains(*key)).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn every_row_and_bullet_of_the_sources_is_covered() {
    let Some(sources) = sources() else { return };
    let covered: BTreeSet<(&str, usize)> = covered().into_iter().map(|(source, line, _)| (source, line)).collect();
    let mut lost = Vec::new();
    for (source, text) in &sources {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for (n, line) in (1..).zip(&lines) {
            let rule = |line: &str| line.starts_with("|-");
            let header = line.starts_with('|') && lines.get(n).is_some_and(|next| rule(next));
            let is_row = line.starts_with('|') && !rule(line) && !header;
            // Bullets that only lead to other pages are no content.
            let is_bullet = line.starts_with("- ") && !line.contains("](/");
            if (is_row || is_bullet) && !covered.contains(&(source, n)) {
                lost.push(format!("{source} {n}: {line}"));
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

#[test]
fn sentences_are_our_own() {
    let Some(sources) = sources() else { return };
    let mut theirs = BTreeSet::new();
    for text in sources.values() {
        theirs.extend(words(text).windows(ALIKE).map(|row| row.join(" ")));
    }
    let mut ours: Vec<String> = guide::places()
        .flat_map(|(_, place)| [place.item.title.clone(), place.item.words.clone(), place.item.target.clone()])
        .collect();
    for of in guide::guides() {
        ours.push(of.intro.clone());
        ours.extend(of.lists.iter().map(|list| list.intro.clone()));
        ours.extend(of.lists.iter().flat_map(|list| &list.groups).map(|group| group.words.clone()));
    }
    let copied: Vec<&String> =
        ours.iter().filter(|text| words(text).windows(ALIKE).any(|row| theirs.contains(&row.join(" ")))).collect();
    assert!(copied.is_empty(), "{copied:?}");
}

#[test]
fn keys_are_of_their_own_and_everything_named_exists() {
    let mut keys = BTreeSet::new();
    let known: BTreeSet<String> =
        QUESTIONS.iter().map(|(key, _)| (*key).to_owned()).chain(metric::kpis().map(|kpi| of_metric(kpi.id))).collect();
    let check = |item: &GuideItem| {
        for metric in &item.kpis {
            assert!(metric.metric().group.is_some(), "{}: {metric:?} is not in the catalogue", item.key);
        }
        for key in &item.evidence {
            assert!(known.contains(key), "{}: {key}", item.key);
        }
        assert!(!item.title.is_empty() && !item.title.ends_with('.') && !item.words.ends_with('.'), "{}", item.key);
        assert!(item.level.is_none() || !item.target.is_empty(), "{}", item.key);
    };
    for (key, place) in guide::places() {
        assert!(keys.insert(key), "{key} is there twice");
        assert!(guide::place(key).is_some());
        check(place.item);
    }
    let mut lists = BTreeSet::new();
    for list in guide::guides().into_iter().flat_map(|of| &of.lists) {
        assert!(lists.insert(&list.key), "{}", list.key);
        assert!(list.groups.iter().all(|group| group.evidence.iter().all(|key| known.contains(key))), "{}", list.key);
        assert!(list.groups.len() == 1 || list.groups.iter().all(|group| !group.title.is_empty()), "{}", list.key);
    }
    assert_eq!(guide::near("research"), ["phases.discovery.research", "strategies.experience.research"]);
}

#[test]
fn every_question_is_asked() {
    let asked: BTreeSet<&str> = guide::places()
        .flat_map(|(_, place)| place.item.evidence.iter().chain(&place.group.evidence))
        .map(String::as_str)
        .collect();
    let unasked: Vec<_> = QUESTIONS.iter().filter(|(key, _)| !asked.contains(key)).collect();
    assert!(unasked.is_empty(), "{unasked:?}");
}

#[test]
fn the_phases_and_weeks_of_the_frameworks_follow_each_other() {
    let spans =
        |list: &str| -> Vec<Span> { guide::list(list).unwrap().groups.iter().filter_map(|group| group.span).collect() };
    assert_eq!(
        spans("phases"),
        [Span::Months(0, Some(3)), Span::Months(3, Some(9)), Span::Months(9, Some(12)), Span::Months(12, None)]
    );
    assert_eq!(spans("checklist"), [Span::Weeks(1, 4), Span::Weeks(5, 8), Span::Weeks(9, 12), Span::Weeks(13, 16)]);
    assert_eq!(spans("roadmap").len(), 5);
}
