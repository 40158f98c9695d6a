//! The table of the technology stack: what each component brings for what it costs.

use serde::Serialize;

use crate::model::assumption::StackRow;
use crate::model::{Currency, Definitions};

/// A component of the stack with its return.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TechnologyRow {
    /// What is typed.
    pub row: StackRow,
    /// What it is called.
    pub name: String,
    /// Cost of a month, minor units of the shop's currency.
    pub cost: Option<i64>,
    /// Benefit of a month, minor units.
    pub benefit: Option<i64>,
    /// Benefit ÷ cost, so many to one.
    pub ratio: Option<f64>,
    /// (Benefit − cost) ÷ cost, 0–1 and beyond.
    pub roi: Option<f64>,
    /// Why there is no return.
    pub why_not: Option<String>,
}

/// The whole stack.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Technology {
    /// Currency of all money.
    pub currency: Currency,
    /// The components.
    pub rows: Vec<TechnologyRow>,
    /// Costs of the components that have a return, added up; `None` where none has.
    pub cost: Option<i64>,
    /// Their benefits.
    pub benefit: Option<i64>,
    /// Benefit ÷ cost of all of them.
    pub ratio: Option<f64>,
    /// (Benefit − cost) ÷ cost of all of them.
    pub roi: Option<f64>,
    /// How many components are left out of the sum, since a cost or a benefit is not told.
    pub left_out: usize,
}

/// The returns of a stack. Components of which cost or benefit is not typed are not in the sum.
pub fn technology(stack: &[StackRow], definitions: &Definitions) -> Technology {
    let rows: Vec<TechnologyRow> = stack.iter().map(|row| one(row, definitions)).collect();
    let whole = || rows.iter().filter_map(|row| row.cost.zip(row.benefit));
    let any = whole().next().is_some();
    let cost = any.then(|| whole().map(|(cost, _)| cost).fold(0, i64::saturating_add));
    let benefit = any.then(|| whole().map(|(_, benefit)| benefit).fold(0, i64::saturating_add));
    let ratio = cost.zip(benefit).and_then(|(cost, benefit)| over(benefit, cost));
    let left_out = rows.len() - whole().count();
    Technology { currency: definitions.currency, cost, benefit, ratio, roi: ratio.map(|r| r - 1.0), left_out, rows }
}

fn over(benefit: i64, cost: i64) -> Option<f64> {
    (cost > 0).then(|| benefit as f64 / cost as f64)
}

fn one(row: &StackRow, definitions: &Definitions) -> TechnologyRow {
    let in_shop = |amount: Option<crate::model::plan::Amount>| {
        amount.map(|amount| definitions.convert(amount.minor, amount.currency).ok_or(amount.currency))
    };
    let (cost, benefit) = (in_shop(row.cost), in_shop(row.benefit));
    let why_not = match (cost, benefit) {
        (Some(Err(currency)), _) | (_, Some(Err(currency))) => {
            Some(format!("there is no rate of {currency}; add it to the definitions"))
        }
        (None, _) => Some("its cost is not typed".into()),
        (_, None) => Some("its benefit is not typed".into()),
        (Some(Ok(0)), _) => Some("it costs nothing, so there is no return on it".into()),
        _ => None,
    };
    let (cost, benefit) = (cost.and_then(Result::ok), benefit.and_then(Result::ok));
    let ratio = cost.zip(benefit).and_then(|(cost, benefit)| over(benefit, cost));
    TechnologyRow {
        row: row.clone(),
        name: row.name().to_owned(),
        cost,
        benefit,
        ratio,
        roi: ratio.map(|ratio| ratio - 1.0),
        why_not,
    }
}
