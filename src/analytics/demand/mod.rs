//! Demand: how many units of each product will be asked for until the next delivery, how long the stock lasts, and by
//! which day how many should be ordered.
//!
//! Weekly units, returns taken off, days without stock left out. Products that sell in most weeks are smoothed
//! exponentially; those that sell at times by Croston's method with the correction of Syntetos and Boylan, or by
//! that of Teunter, Syntetos and Babai, which lets demand die away. The rule is chosen by its errors on the product's own
//! past, and against the naive one.

mod held_out;
mod rules;
pub mod said;
mod spread;
mod stock;
mod told;
pub mod weeks;

use rayon::prelude::*;

use self::held_out::Found;
use self::weeks::Weeks;
use crate::jobs::{Cancelled, Progress};
use crate::model::{Currency, Dataset, Day, TooLittle};

pub use self::told::{Demand, Expected, HeldOut, ProductDemand, Rule, Settings, Stock};

/// Weeks that are shown.
const SHOWN: usize = 26;
/// Weeks of a year.
const YEAR: usize = 52;

/// What is expected of every product that sold in the last 52 weeks.
///
/// # Errors
/// When the work was cancelled; inside, when there is no such product.
pub fn demand(
    data: &Dataset,
    weeks: &Weeks,
    settings: &Settings,
    (currency, definitions): (Currency, u32),
    progress: &Progress,
) -> Result<Result<Demand, TooLittle>, Cancelled> {
    let of_product = |row: usize| {
        if progress.is_cancelled() {
            return Err(Cancelled);
        }
        Ok(product(data, weeks, settings, row))
    };
    let found: Vec<(ProductDemand, Option<Found>)> = (0..weeks.rows())
        .into_par_iter()
        .filter(|row| weeks.sold(*row, YEAR))
        .map(of_product)
        .collect::<Result<_, _>>()?;
    if found.is_empty() {
        return Ok(Err(TooLittle { have: 0, need: 1, what: "products with an order in the last 52 weeks" }));
    }
    let held_out = HeldOut::of(found.iter().filter_map(|(_, found)| found.as_ref()));
    let mut products: Vec<ProductDemand> = found.into_iter().map(|(product, _)| product).collect();
    products
        .sort_by(|a, b| urgency(a).cmp(&urgency(b)).then(b.revenue.cmp(&a.revenue)).then(a.product.cmp(&b.product)));
    let untold = products.iter().filter(|product| product.expected.is_err()).count() as u32;
    let with_stock = products.iter().filter(|product| product.stock.is_some()).count() as u32;
    let mut demand = Demand {
        settings: settings.clone(),
        as_of: weeks.as_of,
        currency,
        definitions,
        products,
        untold,
        with_stock,
        held_out,
        notes: Vec::new(),
    };
    demand.notes = said::notes(&demand, weeks);
    Ok(Ok(demand))
}

/// Those to order soonest first.
fn urgency(product: &ProductDemand) -> Day {
    product.stock.and_then(|stock| stock.order_by).unwrap_or(Day(i32::MAX))
}

fn product(data: &Dataset, weeks: &Weeks, settings: &Settings, row: usize) -> (ProductDemand, Option<Found>) {
    let (product, series) = (weeks.product(row), weeks.series(row));
    let found = held_out::found(&series, settings);
    let expected = found.as_ref().map(|found| found.expected).map_err(Clone::clone);
    let at_hand = data.products.stock.get(product as usize).copied().flatten();
    let stock = at_hand.map(|units| {
        let rate = found.as_ref().ok().map(|found| stock::Rate::of(&found.expected, found.variance_per_day, settings));
        stock::stock(units, weeks.seen(row), weeks.as_of, rate.as_ref(), settings)
    });
    let shown = weeks.all(row);
    let product = ProductDemand {
        product,
        units: weeks.units(row, YEAR),
        revenue: weeks.revenue(row, YEAR),
        weeks: shown[shown.len().saturating_sub(SHOWN)..].to_vec(),
        days_without_stock: weeks.days_without_stock(row, SHOWN),
        expected,
        stock,
    };
    (product, found.ok())
}
