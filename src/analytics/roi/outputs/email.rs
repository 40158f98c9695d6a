//! What a month of mailing brings.

use super::line::line;
use super::{Better, Output, OutputId as Id};
use crate::analytics::roi::{Numbers, Why};
use crate::model::assumption::{AssumptionId as Of, Per, Unit};

type Told = Result<f64, Why>;

const MONTH: Unit = Unit::MONEY.each(Per::Month);
const COUNT: Unit = Unit::COUNT.each(Per::Month);

/// The outputs.
pub const OUTPUTS: &[Output] = &[
    line(Id::Messages, ("messages", "Messages", "Msgs"), COUNT, "{list_size} × {sends}", messages)
        .better(Better::Neither),
    line(Id::Clicks, ("clicks", "Clicks", "Clicks"), COUNT, "{messages} × {open_rate} × {click_rate}", clicks),
    line(Id::EmailOrders, ("email_orders", "Orders", "Orders"), COUNT, "{clicks} × {email_conversion}", orders),
    line(
        Id::EmailRevenue,
        ("email_revenue", "Revenue of mailing", "MailRev"),
        MONTH,
        "{email_orders} × {aov}",
        revenue,
    )
    .note("As far as these orders would not have come without a message; only a hold-out tells that"),
    line(
        Id::EmailContribution,
        ("email_contribution", "Contribution of mailing", "MailC"),
        MONTH,
        "{email_revenue} × {margin}",
        contribution,
    ),
    line(
        Id::EmailProfit,
        ("email_profit", "Profit of mailing", "MailP"),
        MONTH,
        "{email_contribution} − {email_cost}",
        |n| Ok(contribution(n)? - n.get(Of::EmailCost)?),
    )
    .even(0.0),
    line(
        Id::EmailRoi,
        ("email_roi", "Return on mailing", "MailROI"),
        Unit::SHARE,
        "{email_profit} ÷ {email_cost}",
        |n| match n.get(Of::EmailCost)? {
            0.0 => Err(Why::Said("mailing costs nothing here, so there is no return on it")),
            cost => Ok((contribution(n)? - cost) / cost),
        },
    )
    .even(0.0),
    line(
        Id::RevenuePerMessage,
        ("revenue_per_message", "Revenue per message", "MailR"),
        Unit::MONEY.each(Per::Message),
        "{email_revenue} ÷ {messages}",
        |n| over(revenue(n)?, messages(n)?, "nothing is sent"),
    ),
    line(
        Id::BreakEvenConversion,
        ("break_even_conversion", "Orders of clicks to break even", "ConvMin"),
        Unit::SHARE,
        "{email_cost} ÷ ({clicks} × {aov} × {margin})",
        |n| {
            let per_order = clicks(n)? * n.get(Of::Aov)? * n.get(Of::Margin)?;
            over(n.get(Of::EmailCost)?, per_order, "there are no clicks that could pay for the mailing")
        },
    )
    .better(Better::Lower),
];

fn over(a: f64, b: f64, why: &'static str) -> Told {
    if b > 0.0 { Ok(a / b) } else { Err(Why::Said(why)) }
}

fn messages(n: &Numbers) -> Told {
    Ok(n.get(Of::ListSize)? * n.get(Of::Sends)?)
}

fn clicks(n: &Numbers) -> Told {
    Ok(messages(n)? * n.get(Of::OpenRate)? * n.get(Of::ClickRate)?)
}

fn orders(n: &Numbers) -> Told {
    Ok(clicks(n)? * n.get(Of::EmailConversion)?)
}

fn revenue(n: &Numbers) -> Told {
    Ok(orders(n)? * n.get(Of::Aov)?)
}

fn contribution(n: &Numbers) -> Told {
    Ok(revenue(n)? * n.get(Of::Margin)?)
}
