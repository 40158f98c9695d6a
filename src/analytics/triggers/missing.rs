//! What a trigger needs that no file told yet, and which file would.

use super::ground::Ground;
use crate::model::dataset::NO_DAY;
use crate::model::sequence::Trigger;

/// Data that a trigger lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// What is not known.
    pub what: &'static str,
    /// The file that would tell.
    pub file: &'static str,
}

const VIEWS: &str =
    "a file of events with customer, moment, event “view” and SKU, such as a web analytics or tracking export";
const CARTS: &str = "Shopify's export of abandoned checkouts, or a file of carts";

/// What a trigger lacks in this shop.
pub fn missing(ground: &Ground<'_>, trigger: &Trigger) -> Option<Missing> {
    let (data, signals) = (ground.question.data, ground.question.signals);
    let interest = !signals.views.is_empty() || !signals.cart_products.is_empty();
    let lacks = |known: bool, what, file| (!known).then_some(Missing { what, file });
    match trigger {
        Trigger::FirstOrder | Trigger::NthOrder { .. } | Trigger::Regularly { .. } | Trigger::NoOrder { .. } => {
            lacks(!data.orders.id.is_empty(), "no order", "an export of orders")
        }
        Trigger::Joins { .. } => {
            lacks(!data.customers.id.is_empty(), "no customer", "an export of orders or customers")
        }
        Trigger::BrowseAbandoned { .. } => lacks(!signals.views.is_empty(), "no look at a product", VIEWS),
        Trigger::CartAbandoned { .. } => lacks(!signals.carts.is_empty(), "no cart", CARTS),
        Trigger::PriceDrop { .. } => lacks(interest, "nobody's interest in a product", VIEWS),
        Trigger::BackInStock { .. } => lacks(interest, "nobody's interest in a product", VIEWS).or_else(|| {
            let twice = signals
                .observed
                .windows(2)
                .any(|pair| pair[0].product == pair[1].product && pair[0].stock.is_some() && pair[1].stock.is_some());
            let file = "the export of products imported again on later days, or a file of stock by day and SKU";
            lacks(twice, "no product's stock at two moments", file)
        }),
        Trigger::Replenishment { .. } => {
            let lines = data.lines.product.iter().any(|product| *product > 0);
            lacks(lines, "no product of an order", "an export of orders with their lines")
        }
        Trigger::Birthday { .. } => {
            let known = ground.question.details.birth_date.iter().any(|day| *day != NO_DAY);
            lacks(known, "no birth date", "an export of customers with their birth dates")
        }
        Trigger::Signup => {
            let known = data.customers.created.iter().any(|day| *day != NO_DAY);
            lacks(known, "no day of an account", "an export of customers with the day each account was made")
        }
    }
}
