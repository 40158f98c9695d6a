//! What a customer is worth. Cash of a month comes at its end; the first month is full, churn takes its share from then on.

use super::line::line;
use super::{Better, Output, OutputId as Id};
use crate::analytics::roi::{Numbers, Why};
use crate::model::assumption::{AssumptionId as Of, Per, Unit};

type Told = Result<f64, Why>;

const CUSTOMER: Unit = Unit::MONEY.each(Per::Customer);

/// The outputs.
pub const OUTPUTS: &[Output] = &[
    line(
        Id::Spend,
        ("spend", "Spend of the month", "Spend"),
        Unit::MONEY.each(Per::Month),
        "{investment}[ + {fixed_cost}]",
        spend,
    )
    .better(Better::Lower),
    line(
        Id::ActiveMonths,
        ("active_months", "Active months", "Active"),
        Unit::MONTHS,
        "sum of (1 − {churn})^(k − 1) for k = 1 … {lifespan}",
        active_months,
    )
    .note("Months of the lifespan, each counted by the share of customers who are still there")
    .instead(without_churn, "{lifespan}"),
    line(
        Id::MonthlyContribution,
        ("monthly_contribution", "Contribution of an active month", "Month"),
        CUSTOMER,
        "{aov} × {frequency} × {margin}",
        monthly,
    )
    .note("What an active customer brings in a month, after the cost of goods"),
    line(
        Id::Clv,
        ("clv", "Customer lifetime value", "CLV"),
        CUSTOMER,
        "{aov} × {frequency} × {active_months} × {margin}",
        clv,
    )
    .note("Gross profit of a customer over the lifespan, not revenue")
    .instead(without_churn, "{aov} × {frequency} × {lifespan} × {margin}"),
    line(
        Id::RevenueLtv,
        ("revenue_ltv", "Lifetime revenue of a customer", "LTR"),
        CUSTOMER,
        "{aov} × {frequency} × {active_months}",
        revenue_ltv,
    ),
    line(
        Id::ClvDiscounted,
        ("clv_discounted", "Discounted lifetime value", "CLVd"),
        CUSTOMER,
        "{monthly_contribution} × sum of (1 − {churn})^(k − 1) ÷ (1 + {discount_rate})^(k ÷ 12) for k = 1 … {lifespan}",
        clv_discounted,
    )
    .note("The lifetime value in today’s money; cash comes at the end of its month"),
    line(
        Id::ClvInfinite,
        ("clv_infinite", "Lifetime value without an end", "CLV∞"),
        CUSTOMER,
        "{monthly_contribution} ÷ {churn}",
        clv_infinite,
    )
    .note("As long as any customer is left, however long that is"),
    line(
        Id::ClvInfiniteDiscounted,
        ("clv_infinite_discounted", "Discounted value without an end", "CLVd∞"),
        CUSTOMER,
        "{monthly_contribution} ÷ (monthly discount rate + {churn})",
        clv_infinite_discounted,
    )
    .note("The same in today’s money; the monthly discount rate is (1 + yearly rate)^(1 ÷ 12) − 1"),
];

fn without_churn(n: &Numbers) -> bool {
    n.get(Of::Churn) == Ok(0.0)
}

/// What the month costs.
pub fn spend(n: &Numbers) -> Told {
    Ok(n.get(Of::Investment)? + n.get(Of::FixedCost)?)
}

/// Sum of `ratio`^(k − 1) for k = 1 … `months`; of a month that is not whole its part counts.
fn sum_of_powers(ratio: f64, months: f64) -> f64 {
    let (whole, part) = (months.floor(), months.fract());
    let left = 1.0 - ratio;
    let sum = match whole {
        0.0 => 0.0,
        _ if left.abs() < 1e-15 => whole,
        // 1 − ratio^whole without losing digits where the ratio is near 1.
        _ => -(whole * ratio.ln()).exp_m1() / left,
    };
    if part == 0.0 { sum } else { sum + part * ratio.powf(whole) }
}

fn active_months(n: &Numbers) -> Told {
    Ok(sum_of_powers(1.0 - n.get(Of::Churn)?, n.get(Of::Lifespan)?))
}

/// The discount of a month that compounds to the yearly one.
pub fn monthly_rate(n: &Numbers) -> Told {
    Ok((n.get(Of::DiscountRate)?.ln_1p() / 12.0).exp_m1())
}

/// What an active customer brings in a month.
pub fn monthly(n: &Numbers) -> Told {
    Ok(n.get(Of::Aov)? * n.get(Of::Frequency)? * n.get(Of::Margin)?)
}

/// Gross profit of a customer.
pub fn clv(n: &Numbers) -> Told {
    Ok(monthly(n)? * active_months(n)?)
}

/// Revenue of a customer.
pub fn revenue_ltv(n: &Numbers) -> Told {
    Ok(n.get(Of::Aov)? * n.get(Of::Frequency)? * active_months(n)?)
}

/// Gross profit of a customer in today's money.
pub fn clv_discounted(n: &Numbers) -> Told {
    let growth = 1.0 + monthly_rate(n)?;
    Ok(monthly(n)? / growth * sum_of_powers((1.0 - n.get(Of::Churn)?) / growth, n.get(Of::Lifespan)?))
}

fn clv_infinite(n: &Numbers) -> Told {
    match n.get(Of::Churn)? {
        0.0 => Err(Why::Said("without churn customers never end, and the sum has no end either")),
        churn => Ok(monthly(n)? / churn),
    }
}

fn clv_infinite_discounted(n: &Numbers) -> Told {
    match monthly_rate(n)? + n.get(Of::Churn)? {
        0.0 => Err(Why::Said("without churn and discount rate the sum has no end")),
        shrinks => Ok(monthly(n)? / shrinks),
    }
}
