//! Public holidays and shopping events by country, from `assets/holidays.toml`. What follows the moon or a proclamation
//! stands there with explicit days; beyond them nothing is guessed.

mod rule;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Datelike, Weekday};
use serde::{Deserialize, Serialize};

use crate::model::Day;
use rule::On;
pub use rule::easter;

/// A country with its days.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// ISO 3166 code.
    pub code: String,
    /// For people.
    pub name: String,
    /// The laws its public holidays come from, and what is left out.
    pub source: String,
    /// The day on which they were written down.
    pub written: Day,
    #[serde(rename = "day")]
    rules: Vec<Entry>,
}

/// Why a day stands out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Most people do not work.
    #[default]
    Public,
    /// Many people shop.
    Shopping,
}

/// What becomes of a holiday that falls on a weekend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Shift {
    Nearest,
    Next,
    Sunday,
    Saturday,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    on: Option<Rule>,
    #[serde(default)]
    dates: Vec<Day>,
    shift: Option<Shift>,
    since: Option<i32>,
    until: Option<i32>,
    #[serde(default, rename = "except")]
    not_in: Vec<i32>,
    #[serde(default)]
    parts: String,
    #[serde(default)]
    kind: Kind,
    source: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shared {
    name: String,
    on: Rule,
    since: Option<i32>,
    countries: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    shared: Vec<Shared>,
    country: Vec<Country>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
struct Rule(On);

impl TryFrom<String> for Rule {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        On::parse(&text).map(Self).ok_or_else(|| format!("{text} is no rule for a day"))
    }
}

/// A day that stands out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Holiday {
    /// When.
    pub day: Day,
    /// What.
    pub name: String,
    /// Why it stands out.
    pub kind: Kind,
    /// Where in the country, when not everywhere.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub parts: String,
    /// Its law, or that it is custom.
    pub source: String,
}

static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the text is part of the program, and a test reads it")]
    let file: File = toml::from_str(include_str!("../../../assets/holidays.toml")).expect("holidays.toml can be read");
    let mut countries = file.country;
    for country in &mut countries {
        let here = file.shared.iter().filter(|shared| shared.countries.contains(&country.code));
        country.rules.extend(here.map(|shared| Entry {
            name: shared.name.clone(),
            on: Some(shared.on.clone()),
            dates: Vec::new(),
            shift: None,
            since: shared.since,
            until: None,
            not_in: Vec::new(),
            parts: String::new(),
            kind: Kind::Shopping,
            source: Some("Trade custom".into()),
        }));
    }
    countries.sort_by(|a, b| a.name.cmp(&b.name));
    countries
});

/// Every country there is, by name.
pub fn countries() -> &'static [Country] {
    &COUNTRIES
}

/// The country of an ISO code, in any letter case.
pub fn country(code: &str) -> Option<&'static Country> {
    COUNTRIES.iter().find(|country| country.code.eq_ignore_ascii_case(code.trim()))
}

impl Country {
    /// Days that stand out from the first to the last day, by date.
    pub fn days(&self, (first, last): (Day, Day)) -> Vec<Holiday> {
        let mut found = Vec::new();
        // A Saturday of January is kept in December of the year before.
        for year in first.date().year() - 1..=last.date().year() + 1 {
            found.extend(self.year(year));
        }
        found.retain(|holiday| (first..=last).contains(&holiday.day));
        found.sort_by(|a, b| a.day.cmp(&b.day).then_with(|| (a.kind as u8).cmp(&(b.kind as u8))));
        found
    }

    fn year(&self, year: i32) -> Vec<Holiday> {
        let mut named: BTreeMap<&str, Day> = BTreeMap::new();
        let mut own: Vec<(Day, &Entry)> = Vec::new();
        for entry in &self.rules {
            for day in entry.days(year, &|name| named.get(name).copied()) {
                named.entry(&entry.name).or_insert(day);
                own.push((day, entry));
            }
        }
        let public = own.iter().filter(|(_, entry)| entry.kind == Kind::Public);
        let mut taken: BTreeSet<Day> = public.map(|(day, _)| *day).collect();
        own.sort_by_key(|(day, _)| *day);
        let mut found = Vec::new();
        for (day, entry) in own {
            let kept = entry.shift.and_then(|shift| shift.kept(day, &taken));
            if entry.shift != Some(Shift::Saturday) || kept.is_none() {
                found.push(self.holiday(entry, day, ""));
            }
            if let Some(kept) = kept {
                taken.insert(kept);
                let substitute = if entry.shift == Some(Shift::Saturday) { "" } else { " (observed)" };
                found.push(self.holiday(entry, kept, substitute));
            }
        }
        found
    }

    fn holiday(&self, entry: &Entry, day: Day, substitute: &str) -> Holiday {
        Holiday {
            day,
            name: format!("{}{substitute}", entry.name),
            kind: entry.kind,
            parts: entry.parts.clone(),
            source: entry.source.clone().unwrap_or_else(|| self.source.clone()),
        }
    }
}

impl Entry {
    fn days(&self, year: i32, other: &dyn Fn(&str) -> Option<Day>) -> Vec<Day> {
        let holds = self.since.is_none_or(|since| year >= since)
            && self.until.is_none_or(|until| year <= until)
            && !self.not_in.contains(&year);
        let by_rule = self.on.as_ref().filter(|_| holds).and_then(|Rule(on)| on.day(year, other));
        let listed = self.dates.iter().copied().filter(|day| day.date().year() == year);
        by_rule.into_iter().chain(listed).collect()
    }
}

impl Shift {
    /// The day on which a holiday is kept that falls on a weekend; `taken` are holidays already.
    fn kept(self, day: Day, taken: &BTreeSet<Day>) -> Option<Day> {
        let weekday = |day: Day| day.date().weekday();
        let weekend = |day: Day| matches!(weekday(day), Weekday::Sat | Weekday::Sun);
        match (self, weekday(day)) {
            (Self::Nearest, Weekday::Sat) | (Self::Saturday, Weekday::Sun) => Some(Day(day.0 - 1)),
            (Self::Nearest, Weekday::Sun) => Some(Day(day.0 + 1)),
            (Self::Next, Weekday::Sat | Weekday::Sun) => {
                (1..9).map(|n| Day(day.0 + n)).find(|day| !weekend(*day) && !taken.contains(day))
            }
            (Self::Sunday, Weekday::Sun) => (1..9).map(|n| Day(day.0 + n)).find(|day| !taken.contains(day)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
