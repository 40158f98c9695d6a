//! Order lines in the order of the orders. Orders stand by customer, lines as they were imported: who follows the orders
//! jumps about in the lines, which takes ten times as long as reading them in a row. Each column is put in order when
//! it is first asked for.

use std::sync::OnceLock;

use super::book::in_shop_currency;
use crate::model::Definitions;
use crate::model::dataset::{Dataset, Money};

/// Lines by position of their order.
#[derive(Default)]
pub struct Lines {
    starts: OnceLock<Vec<u32>>,
    product: OnceLock<Vec<u32>>,
    quantity: OnceLock<Money>,
    spend: OnceLock<Money>,
}

impl Lines {
    /// Where the lines of each order begin; one more entry than orders.
    pub fn starts(&self, data: &Dataset) -> &[u32] {
        self.starts.get_or_init(|| {
            let mut next = 0;
            let ends = data.orders.line_count.iter().map(|count| {
                next += count;
                next
            });
            std::iter::once(0).chain(ends).collect()
        })
    }

    /// Product of each line.
    pub fn product(&self, data: &Dataset) -> &[u32] {
        self.product.get_or_init(|| lines_of(data).map(|(_, line)| data.lines.product[line]).collect())
    }

    /// Thousandths of a unit of each line.
    pub fn quantity(&self, data: &Dataset) -> &Money {
        self.quantity.get_or_init(|| money(data, |_, line| data.lines.quantity_milli.get(line)))
    }

    /// Price of each line less its own discount, in the shop's currency.
    pub fn spend(&self, data: &Dataset, definitions: &Definitions) -> &Money {
        self.spend.get_or_init(|| {
            money(data, |order, line| {
                let price = data.lines.amount.get(line) - data.lines.discount.get(line);
                in_shop_currency(data, definitions, order, price)
            })
        })
    }
}

/// Positions of the lines, order by order.
fn lines_of(data: &Dataset) -> impl Iterator<Item = (usize, usize)> + '_ {
    (0..data.orders.id.len()).flat_map(|order| {
        let start = data.orders.line_start[order] as usize;
        (start..start + data.orders.line_count[order] as usize).map(move |line| (order, line))
    })
}

fn money(data: &Dataset, value: impl Fn(usize, usize) -> i64) -> Money {
    let mut column = Money::default();
    column.reserve(data.lines.product.len());
    lines_of(data).for_each(|(order, line)| column.push(value(order, line)));
    column
}
