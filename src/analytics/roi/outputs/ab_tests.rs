//! What a year of A/B tests brings. Wins add up, each on the same revenue, and come evenly over the year: in the first
//! year each runs for half of it on average.

use super::line::line;
use super::{Better, Output, OutputId as Id};
use crate::analytics::roi::{Numbers, Why};
use crate::model::assumption::{AssumptionId as Of, Per, Unit};

type Told = Result<f64, Why>;

const YEAR: Unit = Unit::MONEY.each(Per::Year);

/// The outputs.
pub const OUTPUTS: &[Output] = &[
    line(Id::Wins, ("wins", "Wins", "Wins"), Unit::NUMBER.each(Per::Year), "{tests} × {win_rate}", wins),
    line(
        Id::YearlyUplift,
        ("yearly_uplift", "Revenue of a year with all wins", "UpYear"),
        YEAR,
        "{exposed_revenue} × {wins} × {uplift}",
        yearly,
    )
    .note("As long as a win goes on working, which tests rarely tell"),
    line(
        Id::FirstYearUplift,
        ("first_year_uplift", "Revenue added in the first year", "UpFirst"),
        YEAR,
        "{yearly_uplift} ÷ 2",
        |n| Ok(yearly(n)? / 2.0),
    )
    .note("Wins come evenly over the year, so that each runs for half of it"),
    line(
        Id::TestsContribution,
        ("tests_contribution", "Contribution in the first year", "UpC"),
        YEAR,
        "{first_year_uplift} × {margin}",
        contribution,
    ),
    line(Id::TestsSpend, ("tests_spend", "Cost of the tests", "TestsC"), YEAR, "{tests} × {test_cost}", spend)
        .better(Better::Lower),
    line(
        Id::TestsProfit,
        ("tests_profit", "Profit of the first year", "TestsP"),
        YEAR,
        "{tests_contribution} − {tests_spend}",
        |n| Ok(contribution(n)? - spend(n)?),
    )
    .even(0.0),
    line(
        Id::TestsRoi,
        ("tests_roi", "Return on testing", "TestsROI"),
        Unit::SHARE,
        "{tests_profit} ÷ {tests_spend}",
        |n| match spend(n)? {
            0.0 => Err(Why::Said("tests cost nothing here, so there is no return on them")),
            spend => Ok((contribution(n)? - spend) / spend),
        },
    )
    .even(0.0),
    line(
        Id::BreakEvenUplift,
        ("break_even_uplift", "Uplift to break even", "LiftMin"),
        Unit::SHARE,
        "{tests_spend} ÷ ({exposed_revenue} × {wins} ÷ 2 × {margin})",
        |n| {
            let each = n.get(Of::ExposedRevenue)? * wins(n)? / 2.0 * n.get(Of::Margin)?;
            if each > 0.0 {
                Ok(spend(n)? / each)
            } else {
                Err(Why::Said("no test wins anything that could pay for them"))
            }
        },
    )
    .better(Better::Lower),
];

fn wins(n: &Numbers) -> Told {
    Ok(n.get(Of::Tests)? * n.get(Of::WinRate)?)
}

fn yearly(n: &Numbers) -> Told {
    Ok(n.get(Of::ExposedRevenue)? * wins(n)? * n.get(Of::Uplift)?)
}

fn contribution(n: &Numbers) -> Told {
    Ok(yearly(n)? / 2.0 * n.get(Of::Margin)?)
}

fn spend(n: &Numbers) -> Told {
    Ok(n.get(Of::Tests)? * n.get(Of::TestCost)?)
}
