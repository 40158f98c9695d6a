//! From where on something pays: customers, their cost, prices, discounts.

use super::customer::{clv, revenue_ltv, spend};
use super::line::line;
use super::{Better, Output, OutputId as Id};
use crate::analytics::roi::{Numbers, Why};
use crate::model::assumption::{AssumptionId as Of, Per, Unit};

type Told = Result<f64, Why>;

/// The outputs.
pub const OUTPUTS: &[Output] = &[
    line(
        Id::BreakEvenCustomers,
        ("break_even_customers", "Customers to break even", "Even"),
        Unit::NUMBER.each(Per::Month),
        "{spend} ÷ {clv}",
        customers,
    )
    .better(Better::Lower),
    line(
        Id::BreakEvenCustomersWhole,
        ("break_even_customers_whole", "Whole customers to break even", "EvenW"),
        Unit::COUNT.each(Per::Month),
        "{break_even_customers}, rounded up",
        |n| customers(n).map(rounded_up),
    )
    .better(Better::Lower),
    line(
        Id::BreakEvenCac,
        ("break_even_cac", "Most that a customer may cost", "CACmax"),
        Unit::MONEY.each(Per::Customer),
        "{clv}",
        clv,
    )
    .note("Also the highest cost per acquisition (CPA) at which nothing is lost"),
    line(
        Id::BreakEvenAov,
        ("break_even_aov", "Order value to break even", "AOVmin"),
        Unit::MONEY.each(Per::Order),
        "{spend} ÷ ({new_customers} × {frequency} × {active_months} × {margin})",
        |n| over(spend(n)?, n.get(Of::NewCustomers)? * per_price(n)?, NO_ORDERS),
    )
    .better(Better::Lower),
    line(
        Id::BreakEvenMargin,
        ("break_even_margin", "Margin to break even", "Mmin"),
        Unit::SHARE,
        "{spend} ÷ ({new_customers} × {revenue_ltv})",
        |n| over(spend(n)?, n.get(Of::NewCustomers)? * revenue_ltv(n)?, NO_ORDERS),
    )
    .note("Above 100% nothing but more customers or orders helps")
    .better(Better::Lower),
    line(Id::BreakEvenRoas, ("break_even_roas", "ROAS to break even", "ROASmin"), Unit::RATIO, "1 ÷ {margin}", |n| {
        over(1.0, n.get(Of::Margin)?, "without a margin no return on ad spend is enough")
    })
    .better(Better::Lower),
    line(
        Id::UnitContribution,
        ("unit_contribution", "Contribution of a unit", "Unit"),
        Unit::MONEY.each(Per::Unit),
        "{price}[ × (1 − {offer_discount})] − {unit_cost}",
        contribution,
    )
    .even(0.0),
    line(
        Id::BreakEvenUnits,
        ("break_even_units", "Units to cover the spend", "UnitsMin"),
        Unit::NUMBER.each(Per::Month),
        "{spend} ÷ {unit_contribution}",
        |n| over(spend(n)?, contribution(n)?, LOSES),
    )
    .better(Better::Lower),
    line(
        Id::BreakEvenPrice,
        ("break_even_price", "Price to cover the spend", "PriceMin"),
        Unit::MONEY.each(Per::Unit),
        "{unit_cost} + {spend} ÷ {units}",
        floor_price,
    )
    .better(Better::Lower),
    line(
        Id::BreakEvenDiscount,
        ("break_even_discount", "Largest discount that covers the spend", "OffMax"),
        Unit::SHARE,
        "1 − {break_even_price} ÷ {price}",
        largest_discount,
    )
    .note("If no more units are sold for it"),
    line(
        Id::UnitsNeeded,
        ("units_needed", "Units that make up for the discount", "UnitsOff"),
        Unit::NUMBER.each(Per::Month),
        "{units} × ({price} − {unit_cost}) ÷ {unit_contribution}",
        needed,
    )
    .note("As much contribution as at full price")
    .better(Better::Lower),
    line(
        Id::UnitsMore,
        ("units_more", "More units that the discount needs", "More"),
        Unit::SHARE,
        "{units_needed} ÷ {units} − 1",
        |n| Ok(over(needed(n)?, n.get(Of::Units)?, "no units are sold, so none can be more")? - 1.0),
    )
    .better(Better::Lower),
];

const NO_ORDERS: &str = "there are no orders that could cover the spend";
const LOSES: &str = "every unit loses money, so no number of them covers anything";

/// `a ÷ b` where `b` is more than nothing.
fn over(a: f64, b: f64, why: &'static str) -> Told {
    if b > 0.0 { Ok(a / b) } else { Err(Why::Said(why)) }
}

fn customers(n: &Numbers) -> Told {
    over(spend(n)?, clv(n)?, "every customer loses money, so no number of them breaks even")
}

/// Up to the next whole number, but not for a hair above one.
fn rounded_up(x: f64) -> f64 {
    (x - 1e-9 * x.abs().max(1.0)).ceil().max(0.0)
}

/// What one unit of order value brings over the lifespan of a customer.
fn per_price(n: &Numbers) -> Told {
    clv(&n.with(Of::Aov, 1.0))
}

fn contribution(n: &Numbers) -> Told {
    Ok(n.get(Of::Price)? * (1.0 - n.get(Of::OfferDiscount)?) - n.get(Of::UnitCost)?)
}

fn floor_price(n: &Numbers) -> Told {
    let each = over(spend(n)?, n.get(Of::Units)?, "no units are sold, so no price covers the spend")?;
    Ok(n.get(Of::UnitCost)? + each)
}

fn largest_discount(n: &Numbers) -> Told {
    let share = over(floor_price(n)?, n.get(Of::Price)?, "there is no price to take a discount from")?;
    if share > 1.0 { Err(Why::Said("even the full price does not cover the spend")) } else { Ok(1.0 - share) }
}

fn needed(n: &Numbers) -> Told {
    let full = n.get(Of::Units)? * (n.get(Of::Price)? - n.get(Of::UnitCost)?);
    over(full, contribution(n)?, LOSES)
}
