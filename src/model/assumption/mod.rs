//! Assumptions: what the shop takes for granted where it reckons with money. One list says what there is; a scenario
//! holds values of them, typed or taken from data; the shop has one record of its scenarios.
//!
//! An assumption never copies a definition: what revenue, margin or an order mean is `Definitions`' alone.

mod list;
mod scenario;
mod stack;
mod typed;
mod unit;
mod valid;

use serde::{Deserialize, Serialize};

pub use list::ASSUMPTIONS;
pub use scenario::{Held, MOST_SCENARIOS, OWN, Saved, Scenario, Scenarios, Value};
pub use stack::{COMPONENTS, Component, StackRow};
pub use unit::{Kind, Per, Unit};
pub use valid::MOST_DRAWS;

/// Names an assumption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssumptionId {
    /// Spent on marketing in a month.
    Investment,
    /// Other costs of a month that do not grow with sales.
    FixedCost,
    /// Revenue of a month, of all customers.
    Revenue,
    /// Customers of a month who order for the first time.
    NewCustomers,
    /// What a new customer cost.
    Cac,
    /// Revenue per order.
    Aov,
    /// Orders of a customer in a month.
    Frequency,
    /// Months that a customer stays.
    Lifespan,
    /// What is left of revenue after the cost of goods.
    Margin,
    /// Customers lost in a month.
    Churn,
    /// What money loses in a year.
    DiscountRate,
    /// Customers who order again.
    RepeatRate,
    /// By how much the year's revenue grows.
    Growth,
    /// An order before discounts and returns.
    Basket,
    /// What discounts take from it.
    DiscountShare,
    /// What is given back of the rest.
    ReturnRate,
    /// What it costs to send an order.
    ShippingCost,
    /// What payment takes.
    FeeShare,
    /// Price of a unit.
    Price,
    /// What a unit costs.
    UnitCost,
    /// Units sold in a month.
    Units,
    /// Discount of an offer.
    OfferDiscount,
    /// People who are written to.
    ListSize,
    /// Messages to each in a month.
    Sends,
    /// Of those who got a message, who open it.
    OpenRate,
    /// Of those who open, who click.
    ClickRate,
    /// Of those who click, who order.
    EmailConversion,
    /// What the mailing costs in a month.
    EmailCost,
    /// A/B tests in a year.
    Tests,
    /// Tests that find something better.
    WinRate,
    /// What a win adds to the revenue it touches.
    Uplift,
    /// What a test costs.
    TestCost,
    /// Revenue of a year that tests touch.
    ExposedRevenue,
    /// What the technology costs in a month.
    TechnologyCost,
    /// What it brings in a month.
    TechnologyBenefit,
}

/// Where assumptions stand together on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Spend and the customers it wins.
    Marketing,
    /// What a customer brings.
    Value,
    /// What is left of an order.
    Order,
    /// A product's price and volume.
    Offer,
    /// Mailing.
    Email,
    /// Testing.
    Tests,
    /// The technology stack.
    Technology,
}

impl Group {
    /// Every one, in order.
    pub const ALL: [Self; 7] =
        [Self::Marketing, Self::Value, Self::Order, Self::Offer, Self::Email, Self::Tests, Self::Technology];

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Marketing => "Marketing",
            Self::Value => "Customer value",
            Self::Order => "An order",
            Self::Offer => "A product and its offer",
            Self::Email => "Email",
            Self::Tests => "A/B tests",
            Self::Technology => "Technology",
        }
    }
}

/// An assumption: what it is called, what it means, and what it can be.
#[derive(Debug, Clone, Copy)]
pub struct Assumption {
    /// Which one.
    pub id: AssumptionId,
    /// Stable name in files and on the command line.
    pub key: &'static str,
    /// For people.
    pub name: &'static str,
    /// In formulas.
    pub symbol: &'static str,
    /// What it counts in.
    pub unit: Unit,
    /// Where it stands.
    pub group: Group,
    /// What it is, as a sentence.
    pub help: &'static str,
    /// The least it can be; money in major units.
    pub least: f64,
    /// The most it can be; money in major units.
    pub most: f64,
    /// What is taken where nobody says anything; `None` = nobody can reckon without it.
    pub otherwise: Option<f64>,
    /// How the shop's data give it, as a sentence; `None` = only typed.
    pub from_data: Option<&'static str>,
}

/// Amounts beyond this, in major units, are no amounts; it keeps sums within range.
pub const LARGEST_AMOUNT: f64 = 1e10;

impl AssumptionId {
    /// Its line in [`ASSUMPTIONS`].
    pub fn get(self) -> &'static Assumption {
        // A test holds that the list is complete and in the order of the names.
        ASSUMPTIONS.get(self as usize).unwrap_or(&ASSUMPTIONS[0])
    }

    /// The one with a key or a name, in any letter case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is = |one: &&Assumption| text.eq_ignore_ascii_case(one.key) || text.eq_ignore_ascii_case(one.name);
        ASSUMPTIONS.iter().find(is).map(|one| one.id)
    }
}

impl Assumption {
    /// Whether a number, of money in major units, can be its value.
    pub fn allows(&self, value: f64) -> bool {
        value.is_finite() && (self.least..=self.most).contains(&value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_assumption_has_its_line_at_its_place() {
        for (at, line) in ASSUMPTIONS.iter().enumerate() {
            assert_eq!(line.id as usize, at, "{}", line.key);
            assert_eq!(serde_json::to_value(line.id).unwrap(), line.key);
            assert_eq!(AssumptionId::parse(line.key), Some(line.id));
            assert_eq!(AssumptionId::parse(line.name), Some(line.id));
            assert!(line.least < line.most && !line.help.ends_with('.') && !line.symbol.is_empty());
            assert_eq!(ASSUMPTIONS.iter().filter(|other| other.symbol == line.symbol).count(), 1, "{}", line.symbol);
        }
        assert_eq!(AssumptionId::TechnologyBenefit as usize + 1, ASSUMPTIONS.len());
    }
}
