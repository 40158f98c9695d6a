//! What is left of an order, and what more orders bring.

use super::line::line;
use super::{Better, Output, OutputId as Id};
use crate::analytics::roi::{Numbers, Why};
use crate::model::assumption::{AssumptionId as Of, Per, Unit};

type Told = Result<f64, Why>;

const ORDER: Unit = Unit::MONEY.each(Per::Order);
const YEAR: Unit = Unit::MONEY.each(Per::Year);

/// The outputs.
pub const OUTPUTS: &[Output] = &[
    line(Id::DiscountAmount, ("discount_amount", "Discounts", "DiscA"), ORDER, "{basket} × {discount_share}", |n| {
        Ok(n.get(Of::Basket)? * n.get(Of::DiscountShare)?)
    })
    .better(Better::Lower),
    line(
        Id::ReturnAmount,
        ("return_amount", "Returns", "RetA"),
        ORDER,
        "({basket} − {discount_amount}) × {return_rate}",
        |n| Ok(discounted(n)? * n.get(Of::ReturnRate)?),
    )
    .better(Better::Lower),
    line(
        Id::NetOrder,
        ("net_order", "Net order value", "Net"),
        ORDER,
        "{basket} − {discount_amount} − {return_amount}",
        net,
    ),
    line(Id::GoodsCost, ("goods_cost", "Goods", "Goods"), ORDER, "{net_order} × (1 − {margin})", |n| {
        Ok(net(n)? * (1.0 - n.get(Of::Margin)?))
    })
    .note("What is returned is taken to be sold again")
    .better(Better::Lower),
    line(Id::FeeAmount, ("fee_amount", "Payment", "FeeA"), ORDER, "({basket} − {discount_amount}) × {fee_share}", fees)
        .note("Not given back for what is returned")
        .better(Better::Lower),
    line(
        Id::OrderContribution,
        ("order_contribution", "Contribution of an order", "Contrib"),
        ORDER,
        "{net_order} − {goods_cost} − {shipping_cost} − {fee_amount}",
        contribution,
    )
    .even(0.0),
    line(
        Id::ContributionShare,
        ("contribution_share", "Contribution margin", "ContribS"),
        Unit::SHARE,
        "{order_contribution} ÷ {net_order}",
        |n| match net(n)? {
            0.0 => Err(Why::Said("nothing is left of an order, so nothing can be a share of it")),
            net => Ok(contribution(n)? / net),
        },
    )
    .even(0.0),
    line(
        Id::RepeatValue,
        ("repeat_value", "Contribution of second orders", "Second"),
        Unit::MONEY.each(Per::Month),
        "{new_customers} × {repeat_rate} × {aov} × {margin}",
        |n| Ok(n.get(Of::NewCustomers)? * n.get(Of::RepeatRate)? * n.get(Of::Aov)? * n.get(Of::Margin)?),
    )
    .note("One more order of those new customers who come back"),
    line(
        Id::NextYear,
        ("next_year", "Revenue of the next 12 months", "Next"),
        YEAR,
        "{revenue} × 12 × (1 + {growth})",
        |n| Ok(n.get(Of::Revenue)? * 12.0 * (1.0 + n.get(Of::Growth)?)),
    )
    .note("If growth goes on; a forecast says how sure that is"),
    line(
        Id::GrowthContribution,
        ("growth_contribution", "Contribution of the growth", "GrowthC"),
        YEAR,
        "{revenue} × 12 × {growth} × {margin}",
        |n| Ok(n.get(Of::Revenue)? * 12.0 * n.get(Of::Growth)? * n.get(Of::Margin)?),
    )
    .even(0.0),
];

fn discounted(n: &Numbers) -> Told {
    Ok(n.get(Of::Basket)? * (1.0 - n.get(Of::DiscountShare)?))
}

fn net(n: &Numbers) -> Told {
    Ok(discounted(n)? * (1.0 - n.get(Of::ReturnRate)?))
}

fn fees(n: &Numbers) -> Told {
    Ok(discounted(n)? * n.get(Of::FeeShare)?)
}

fn contribution(n: &Numbers) -> Told {
    Ok(net(n)? * n.get(Of::Margin)? - n.get(Of::ShippingCost)? - fees(n)?)
}
