//! What a month's spend brings: return, cost of a customer, payback, return on ad spend.

use super::customer::{clv, clv_discounted, monthly, monthly_rate, revenue_ltv, spend};
use super::line::line;
use super::{Better, Output, OutputId as Id};
use crate::analytics::roi::{Numbers, Why};
use crate::model::assumption::{AssumptionId as Of, Per, Unit};

type Told = Result<f64, Why>;

/// The outputs.
pub const OUTPUTS: &[Output] = &[
    line(
        Id::ValueWon,
        ("value_won", "Lifetime gross profit of new customers", "Value"),
        Unit::MONEY,
        "{new_customers} × {clv}",
        value_won,
    )
    .note("The framework calls this revenue; it holds the margin and is spread over the whole lifespan"),
    line(
        Id::NetProfit,
        ("net_profit", "Profit over the lifespan", "Profit"),
        Unit::MONEY,
        "{value_won} − {spend}",
        |n| Ok(value_won(n)? - spend(n)?),
    )
    .even(0.0),
    line(
        Id::Roi,
        ("roi", "Return on marketing investment", "ROI"),
        Unit::SHARE,
        "({value_won} − {spend}) ÷ {spend}",
        |n| Ok((value_won(n)? - spend(n)?) / spent(n)?),
    )
    .note("Lifetime gross profit of the month’s new customers against the month’s spend")
    .even(0.0),
    line(
        Id::Npv,
        ("npv", "Profit in today’s money", "NPV"),
        Unit::MONEY,
        "{new_customers} × {clv_discounted} − {spend}",
        npv,
    )
    .even(0.0),
    line(
        Id::RoiDiscounted,
        ("roi_discounted", "Return in today’s money", "ROId"),
        Unit::SHARE,
        "{npv} ÷ {spend}",
        |n| Ok(npv(n)? / spent(n)?),
    )
    .even(0.0),
    line(
        Id::CostOfCustomer,
        ("cost_of_customer", "Customer acquisition cost", "CAC"),
        Unit::MONEY.each(Per::Customer),
        "{spend} ÷ {new_customers}",
        cac,
    )
    .better(Better::Lower)
    .instead(is_given, "{=cac}"),
    line(
        Id::LtvToCac,
        ("ltv_to_cac", "Lifetime value to acquisition cost", "LTV:CAC"),
        Unit::RATIO,
        "{clv} ÷ {cost_of_customer}",
        ltv_to_cac,
    )
    .note("So many to one; three is often called healthy, without a source that holds for every shop")
    .even(1.0),
    line(
        Id::PaybackMonth,
        ("payback_month", "Payback month", "Payback"),
        Unit::MONTHS,
        "first month k in which {monthly_contribution} × active months up to k ≥ {cost_of_customer}",
        |n| payback(n, 0.0).map(|(month, _)| month),
    )
    .note("The month at whose end a customer has brought what they cost")
    .better(Better::Lower),
    line(
        Id::PaybackExact,
        ("payback_exact", "Payback within the month", "PaybackX"),
        Unit::MONTHS,
        "time at which {monthly_contribution} × active months = {cost_of_customer}",
        |n| payback(n, 0.0).map(|(_, exact)| exact),
    )
    .note("As if the money of a month came evenly over its days")
    .better(Better::Lower),
    line(
        Id::PaybackDiscounted,
        ("payback_discounted", "Payback month in today’s money", "PaybackD"),
        Unit::MONTHS,
        "first month k in which discounted {monthly_contribution} up to k ≥ {cost_of_customer}",
        |n| payback(n, monthly_rate(n)?).map(|(month, _)| month),
    )
    .better(Better::Lower),
    line(
        Id::RoasLifetime,
        ("roas_lifetime", "ROAS over the lifespan", "ROASl"),
        Unit::RATIO,
        "{new_customers} × {revenue_ltv} ÷ {spend}",
        |n| Ok(n.get(Of::NewCustomers)? * revenue_ltv(n)? / spent(n)?),
    )
    .note("Revenue, not profit, for each unit spent; even where it reaches 1 ÷ margin"),
    line(
        Id::RoasFirstMonth,
        ("roas_first_month", "ROAS of the first month", "ROASm"),
        Unit::RATIO,
        "{new_customers} × {aov} × {frequency} ÷ {spend}",
        |n| Ok(n.get(Of::NewCustomers)? * n.get(Of::Aov)? * n.get(Of::Frequency)? / spent(n)?),
    ),
    line(
        Id::RoasFirstOrder,
        ("roas_first_order", "ROAS of the first order", "ROASo"),
        Unit::RATIO,
        "{new_customers} × {aov} ÷ {spend}",
        |n| Ok(n.get(Of::NewCustomers)? * n.get(Of::Aov)? / spent(n)?),
    ),
    line(Id::Mer, ("mer", "Marketing efficiency ratio", "MER"), Unit::RATIO, "{revenue} ÷ {spend}", |n| {
        Ok(n.get(Of::Revenue)? / spent(n)?)
    })
    .note("All revenue of the month, of old and new customers, for each unit spent"),
];

const NOTHING_SPENT: Why = Why::Said("nothing is spent, so there is no return on it");

fn value_won(n: &Numbers) -> Told {
    Ok(n.get(Of::NewCustomers)? * clv(n)?)
}

fn npv(n: &Numbers) -> Told {
    Ok(n.get(Of::NewCustomers)? * clv_discounted(n)? - spend(n)?)
}

/// What the month costs, where that is something.
fn spent(n: &Numbers) -> Told {
    match spend(n)? {
        0.0 => Err(NOTHING_SPENT),
        spend => Ok(spend),
    }
}

/// Whether the cost of a customer is given, and not reckoned.
fn is_given(n: &Numbers) -> bool {
    (spend(n).is_err() || n.get(Of::NewCustomers).is_err()) && n.get(Of::Cac).is_ok()
}

/// What a new customer costs: the spend divided by customers, else as it is given.
pub fn cac(n: &Numbers) -> Told {
    if is_given(n) {
        return n.get(Of::Cac);
    }
    match n.get(Of::NewCustomers)? {
        0.0 => Err(Why::Said("nobody was won, so nobody has a cost")),
        customers => Ok(spend(n)? / customers),
    }
}

fn ltv_to_cac(n: &Numbers) -> Told {
    match cac(n)? {
        0.0 => Err(Why::Said("customers cost nothing, so their value is no multiple of it")),
        cost => Ok(clv(n)? / cost),
    }
}

/// Month at whose end a customer has brought what they cost, and the time within it.
fn payback(n: &Numbers, rate: f64) -> Result<(f64, f64), Why> {
    let (cost, month, churn, lifespan) = (cac(n)?, monthly(n)?, n.get(Of::Churn)?, n.get(Of::Lifespan)?);
    if cost <= 0.0 {
        return Ok((1.0, 0.0));
    }
    // Sums of parts reach a round cost a hair too late.
    let enough = cost * (1.0 - 1e-12);
    let (mut cumulative, mut cash, mut k) = (0.0, month / (1.0 + rate), 0.0_f64);
    while k < lifespan {
        let part = (lifespan - k).min(1.0);
        if cash * part > 0.0 && cumulative + cash * part >= enough {
            return Ok((k + 1.0, (k + (cost - cumulative) / cash).min(k + 1.0)));
        }
        cumulative += cash * part;
        cash *= (1.0 - churn) / (1.0 + rate);
        k += 1.0;
    }
    Err(Why::Said("within the lifespan a customer never brings back what they cost"))
}
