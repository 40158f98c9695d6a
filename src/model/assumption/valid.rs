//! What is wrong with scenarios, told at the field where it is typed.

use super::scenario::same;
use super::{Assumption, COMPONENTS, Held, Kind, LARGEST_AMOUNT, MOST_SCENARIOS, Scenario, Scenarios, StackRow, Value};
use crate::model::plan::{Amount, Problem};
use crate::model::sheet::text_problem;

const LONGEST_NAME: usize = 80;
const LONGEST_TEXT: usize = 40_000;
/// More draws than this take longer than anybody waits.
pub const MOST_DRAWS: u32 = 1_000_000;

impl Scenarios {
    /// Everything wrong with them: `scenarios[0].values.margin`.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        for (n, one) in self.all.iter().enumerate() {
            let fresh = self.all[..n].iter().all(|other| !same(&other.name, &one.name));
            found.extend(one.problems().into_iter().map(|p| Problem { at: format!("scenarios[{n}].{}", p.at), ..p }));
            if !fresh {
                let words = format!("two scenarios are called “{}”; rename one", one.name.trim());
                found.push(stops(format!("scenarios[{n}].name"), words));
            }
        }
        if self.all.is_empty() || self.all.len() > MOST_SCENARIOS {
            found.push(stops("scenarios".into(), format!("a shop has 1 to {MOST_SCENARIOS} scenarios")));
        }
        if self.named(&self.used).is_none() {
            found.push(stops("used".into(), format!("there is no scenario “{}”", self.used)));
        }
        self.stack.iter().enumerate().for_each(|(n, row)| row_of_stack(n, row, &self.stack[..n], &mut found));
        self.of_saved(&mut found);
        found
    }

    fn of_saved(&self, found: &mut Vec<Problem>) {
        for (n, saved) in self.saved.iter().enumerate() {
            let at = |field: &str| format!("saved[{n}].{field}");
            found.extend(name_problem(&saved.name, "a calculation").map(|words| stops(at("name"), words)));
            if self.saved[..n].iter().any(|other| same(&other.name, &saved.name)) {
                let words = format!("two calculations are called “{}”; rename one", saved.name.trim());
                found.push(stops(at("name"), words));
            }
            if self.named(&saved.scenario).is_none() {
                found.push(stops(at("scenario"), format!("there is no scenario “{}”", saved.scenario)));
            }
            if saved.draws > MOST_DRAWS {
                found.push(stops(at("draws"), format!("at most {MOST_DRAWS} draws are made")));
            }
        }
    }
}

impl Scenario {
    /// Everything wrong with it: `values.margin`.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found: Vec<Problem> =
            name_problem(&self.name, "a scenario").map(|words| stops("name".into(), words)).into_iter().collect();
        found.extend(text_problem(&self.note, LONGEST_TEXT, true).map(|words| stops("note".into(), words)));
        for (id, held) in &self.values {
            let at = format!("values.{}", id.get().key);
            found.extend(held_problem(id.get(), held).map(|(words, stops)| Problem { at, words, stops }));
        }
        found
    }
}

fn stops(at: String, words: String) -> Problem {
    Problem { at, words, stops: true }
}

fn name_problem(name: &str, what: &str) -> Option<String> {
    if name.trim().is_empty() {
        return Some(format!("{what} needs a name"));
    }
    text_problem(name, LONGEST_NAME, false)
}

/// What is wrong with what a scenario says of an assumption, and whether it stops.
fn held_problem(of: &Assumption, held: &Held) -> Option<(String, bool)> {
    let Held::Typed { value, range } = held else {
        let words = format!("no data tell “{}”; type it", of.name);
        return of.from_data.is_none().then_some((words, true));
    };
    if let Some(words) = value_problem(of, *value) {
        return Some((words, true));
    }
    if let Some((low, high)) = range {
        if let Some(words) = value_problem(of, *low).or_else(|| value_problem(of, *high)) {
            return Some((words, true));
        }
        if of.unit.is_money() && [low, high].into_iter().any(|end| currency(*end) != currency(*value)) {
            return Some(("the ends of the range are in the currency of the value".into(), true));
        }
        if !(low.number() <= value.number() && value.number() <= high.number()) {
            return Some(("the range does not hold the value; the least stands first".into(), true));
        }
    }
    let negative = of.least < 0.0 && value.number() < 0.0;
    let words = || format!("a negative {} means that every order loses money", of.name.to_lowercase());
    (negative && of.id == super::AssumptionId::Margin).then(|| (words(), false))
}

fn currency(value: Value) -> Option<crate::model::Currency> {
    match value {
        Value::Money(amount) => Some(amount.currency),
        Value::Number(_) => None,
    }
}

fn value_problem(of: &Assumption, value: Value) -> Option<String> {
    match (of.unit.kind, value) {
        (Kind::Money, Value::Number(_)) => return Some("an amount needs its currency; write it like 75.00 USD".into()),
        (Kind::Money, Value::Money(_)) | (_, Value::Number(_)) => {}
        (_, Value::Money(_)) => return Some(format!("“{}” is no amount of money", of.name)),
    }
    let number = value.number();
    (!of.allows(number)).then(|| of.range_in_words())
}

impl Assumption {
    /// What it can be, as a sentence.
    pub fn range_in_words(&self) -> String {
        let number = |value: f64| match self.unit.kind {
            Kind::Share => format!("{}%", value * 100.0),
            _ => format!("{value}"),
        };
        format!("“{}” is {} to {}", self.name, number(self.least), number(self.most))
    }
}

fn row_of_stack(n: usize, row: &StackRow, before: &[StackRow], found: &mut Vec<Problem>) {
    let at = |field: &str| format!("stack[{n}].{field}");
    if COMPONENTS.iter().all(|of| of.id != row.component) {
        let known: Vec<&str> = COMPONENTS.iter().map(|of| of.id).collect();
        found.push(stops(at("component"), format!("“{}” is none of {}", row.component, known.join(", "))));
    }
    if before.iter().any(|other| other.component == row.component) {
        found.push(stops(at("component"), format!("“{}” stands there twice", row.name())));
    }
    let texts = [("solution", &row.solution), ("integration", &row.integration), ("performance", &row.performance)];
    for (field, text) in texts {
        found.extend(text_problem(text, LONGEST_TEXT, true).map(|words| stops(at(field), words)));
    }
    for (field, amount) in [("cost", row.cost), ("benefit", row.benefit)] {
        let major = amount.map_or(0.0, |Amount { minor, currency }| currency.major(minor));
        let least = if field == "cost" { 0.0 } else { -LARGEST_AMOUNT };
        if !(least..=LARGEST_AMOUNT).contains(&major) {
            found.push(stops(at(field), format!("a {field} of a month is {least} to {LARGEST_AMOUNT}")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::AssumptionId;
    use super::*;
    use crate::model::Currency;

    fn first_problem(id: AssumptionId, held: Held) -> Option<Problem> {
        let scenario = Scenario { name: "A".into(), values: [(id, held)].into(), ..Scenario::default() };
        scenario.problems().into_iter().next()
    }

    fn refused(id: AssumptionId, number: f64) -> bool {
        first_problem(id, Held::typed(Value::Number(number))).is_some_and(|problem| problem.stops)
    }

    #[test]
    fn what_a_shop_begins_with_is_right() {
        assert_eq!(Scenarios::default().problems(), Vec::new());
    }

    #[test]
    fn impossible_numbers_are_refused_at_their_field() {
        for (id, number) in [
            (AssumptionId::Lifespan, 0.0),
            (AssumptionId::Lifespan, -3.0),
            (AssumptionId::Frequency, -0.1),
            (AssumptionId::NewCustomers, -1.0),
            (AssumptionId::Margin, 1.01),
            (AssumptionId::Margin, f64::NAN),
            (AssumptionId::Lifespan, f64::INFINITY),
            (AssumptionId::NewCustomers, 1e308),
            (AssumptionId::Churn, 1.2),
            (AssumptionId::Aov, 75.0),
        ] {
            assert!(refused(id, number), "{id:?} {number}");
        }
        let warned = first_problem(AssumptionId::Margin, Held::typed(Value::Number(-0.1))).unwrap();
        assert!(!warned.stops && warned.at == "values.margin");
        assert!(first_problem(AssumptionId::NewCustomers, Held::typed(Value::Number(0.0))).is_none());
        assert!(first_problem(AssumptionId::Price, Held::FromData).unwrap().stops, "no data tell a price");
        let usd = |minor| Value::Money(Amount { minor, currency: Currency::USD });
        assert!(first_problem(AssumptionId::Margin, Held::typed(usd(1))).unwrap().stops);
        assert!(first_problem(AssumptionId::Aov, Held::typed(usd(i64::MAX))).unwrap().stops);
        assert!(first_problem(AssumptionId::Aov, Held::typed(usd(-1))).unwrap().stops);
    }

    #[test]
    fn a_range_holds_its_value() {
        let range = |low, high| {
            let held =
                Held::Typed { value: Value::Number(18.0), range: Some((Value::Number(low), Value::Number(high))) };
            first_problem(AssumptionId::Lifespan, held)
        };
        assert!(range(12.0, 24.0).is_none() && range(18.0, 18.0).is_none());
        for (low, high) in [(19.0, 24.0), (12.0, 17.0), (24.0, 12.0), (0.0, 24.0), (12.0, 1e300), (f64::NAN, 24.0)] {
            assert!(range(low, high).is_some_and(|problem| problem.stops), "{low} {high}");
        }
    }

    #[test]
    fn names_are_there_and_differ() {
        let mut scenarios = Scenarios::default();
        scenarios.all.push(Scenario { name: " framework EXAMPLE ".into(), ..Scenario::default() });
        scenarios.all.push(Scenario::default());
        scenarios.used = "gone".into();
        let found: Vec<String> = scenarios.problems().into_iter().map(|problem| problem.at).collect();
        assert_eq!(found, ["scenarios[2].name", "scenarios[3].name", "used"]);
    }

    #[test]
    fn scenarios_come_back_from_their_file() {
        let mut scenarios = Scenarios::default();
        scenarios.stack[0].cost = Some(Amount { minor: 90_000, currency: Currency::USD });
        let text = serde_json::to_string(&scenarios).unwrap();
        assert!(text.contains(r#""aov":{"origin":"typed","value":"75.00 USD","range":["71.00 USD","79.00 USD"]}"#));
        assert_eq!(serde_json::from_str::<Scenarios>(&text).unwrap(), scenarios);
    }

    #[test]
    fn a_renamed_scenario_keeps_what_hangs_on_it() {
        let mut scenarios = Scenarios::default();
        scenarios.saved.push(super::super::Saved { scenario: "your shop".into(), ..Default::default() });
        scenarios.rename("Your shop", "Ours");
        assert_eq!((scenarios.used.as_str(), scenarios.saved[0].scenario.as_str()), ("Ours", "Ours"));
        scenarios.remove("ours");
        assert_eq!((scenarios.used.as_str(), scenarios.saved.len()), ("Framework example", 0));
        scenarios.remove("Framework example");
        assert_eq!(scenarios.all.len(), 1, "the last one stays");
    }
}
