//! A scenario turned into numbers: what is typed as it is, what comes from data as it is on the day.

use super::{Input, Inputs, Origin, Taken, technology};
use crate::model::assumption::{Assumption, AssumptionId, Held, Scenario, StackRow, Value};
use crate::model::{Currency, Definitions};

/// A scenario in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// What calculators reckon with.
    pub inputs: Inputs,
    /// Assumptions that the scenario holds, but nobody can tell, each with its reason.
    pub missing: Vec<(AssumptionId, String)>,
    /// What is worth knowing, as sentences.
    pub notes: Vec<String>,
}

impl Resolved {
    /// Why an assumption of the scenario has no value.
    pub fn why_missing(&self, id: AssumptionId) -> Option<&str> {
        self.missing.iter().find(|(one, _)| *one == id).map(|(_, why)| why.as_str())
    }
}

/// The numbers of a scenario. What it takes from data is missing where `taken` is `None`, as without a shop.
pub fn resolve(scenario: &Scenario, taken: Option<&Taken>, definitions: &Definitions, stack: &[StackRow]) -> Resolved {
    let currency = currency_of(scenario).unwrap_or(definitions.currency);
    let mut inputs = Inputs::new(currency);
    let mut missing = Vec::new();
    for (&id, held) in &scenario.values {
        let found = match held {
            Held::Typed { value, range } => typed(id.get(), *value, *range, currency, definitions),
            Held::FromData => from_data(id, taken),
        };
        match found {
            Ok(input) => {
                inputs.values.insert(id, input);
            }
            Err(why) => missing.push((id, why)),
        }
    }
    if currency == definitions.currency {
        of_stack(&mut inputs, stack, definitions);
    }
    let notes = notes(scenario, definitions, currency);
    Resolved { inputs, missing, notes }
}

/// The one currency of a scenario all of whose amounts are typed in it.
fn currency_of(scenario: &Scenario) -> Option<Currency> {
    let mut one = None;
    for (id, held) in &scenario.values {
        match held {
            Held::FromData if id.get().unit.is_money() => return None,
            Held::Typed { value: Value::Money(amount), .. } => match one {
                Some(currency) if currency != amount.currency => return None,
                _ => one = Some(amount.currency),
            },
            _ => {}
        }
    }
    one
}

fn typed(
    of: &Assumption,
    value: Value,
    range: Option<(Value, Value)>,
    currency: Currency,
    definitions: &Definitions,
) -> Result<Input, String> {
    let number = |value: Value| match value {
        Value::Money(amount) if amount.currency != currency => {
            let minor = (currency == definitions.currency).then(|| definitions.convert(amount.minor, amount.currency));
            let why = || format!("it is in {}, of which there is no rate; add it to the definitions", amount.currency);
            minor.flatten().map(|minor| currency.major(minor)).ok_or_else(why)
        }
        value => Ok(value.number()),
    };
    let (value, range) = (number(value)?, range.map(|(low, high)| Ok::<_, String>((number(low)?, number(high)?))));
    let range = range.transpose()?;
    let ends = range.map_or([value, value], |(low, high)| [low, high]);
    if !of.allows(value) || !ends.into_iter().all(|end| of.allows(end)) {
        return Err(of.range_in_words());
    }
    Ok(Input { value, range, origin: Origin::Typed })
}

fn from_data(id: AssumptionId, taken: Option<&Taken>) -> Result<Input, String> {
    let taken = taken.ok_or("there is no shop to take it from")?;
    let given = taken.values.get(&id).ok_or("no data tell it; type it")?;
    let value = given.value.ok_or_else(|| given.from.clone())?;
    Ok(Input { value, range: given.interval, origin: Origin::Data })
}

/// The technology stack stands in where nothing else is said.
fn of_stack(inputs: &mut Inputs, stack: &[StackRow], definitions: &Definitions) {
    let sum = technology(stack, definitions);
    for (id, minor) in [(AssumptionId::TechnologyCost, sum.cost), (AssumptionId::TechnologyBenefit, sum.benefit)] {
        if let Some(minor) = minor {
            let value = definitions.currency.major(minor);
            inputs.values.entry(id).or_insert(Input { value, range: None, origin: Origin::Stack });
        }
    }
}

fn notes(scenario: &Scenario, definitions: &Definitions, currency: Currency) -> Vec<String> {
    let mut notes = Vec::new();
    let from_data = |id| scenario.values.get(&id) == Some(&Held::FromData);
    if from_data(AssumptionId::Churn) && from_data(AssumptionId::Lifespan) {
        notes.push(
            "Churn and lifespan from data say the same in two ways, so that customers are lost twice; take one of them"
                .into(),
        );
    }
    if from_data(AssumptionId::Investment) && from_data(AssumptionId::NewCustomers) {
        notes.push(
            "Ad spend is set against all new customers, also those whom no ad brought; claims and attribution tell them apart"
                .into(),
        );
    }
    if currency != definitions.currency {
        notes.push(format!("All amounts are in {currency}, the shop’s are in {}", definitions.currency));
    }
    notes
}
