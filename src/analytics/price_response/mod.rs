//! Price response: how many more units of a product are bought at a lower price, where its price varied enough to tell.
//!
//! Weekly units are explained by the logarithm of what most buyers of the week paid (discounts taken off), a level, a
//! trend, a wave of the year and what all other products sold; they may scatter more than Poisson's law has it, and
//! neighbouring weeks may be alike. What one product tells is drawn towards what all of them tell, the more the less it
//! knows by itself (empirical Bayes). It sees what moved together: a price that was lowered because something else changed
//! gets the credit. A sale of the whole shop is seen as the shop's: only what a price does beyond it counts.

mod estimate;
mod hint;
pub mod said;
#[cfg(test)]
mod tests;
mod together;
mod told;

use rayon::prelude::*;

use self::estimate::Own;
use super::demand::weeks::{WEEKS, Weeks};
use crate::jobs::{Cancelled, Progress};
use crate::model::{Currency, Dataset, TooLittle};

pub use self::told::{Doubt, Hint, PriceResponse, Prices, ProductResponse, Settings, Together, Told};

/// How demand for every product that sold in the last two years answers to its price.
///
/// # Errors
/// When the work was cancelled; inside, when no product sold.
pub fn price_response(
    data: &Dataset,
    weeks: &Weeks,
    settings: &Settings,
    (currency, definitions): (Currency, u32),
    progress: &Progress,
) -> Result<Result<PriceResponse, TooLittle>, Cancelled> {
    let all = weeks.totals();
    let of_row = |row: usize| {
        if progress.is_cancelled() { Err(Cancelled) } else { Ok((row, estimate::own(&weeks.priced(row), &all))) }
    };
    let sold = (0..weeks.rows()).into_par_iter().filter(|row| weeks.sold(*row, WEEKS));
    let own: Vec<(usize, Result<Own, Vec<Doubt>>)> = sold.map(of_row).collect::<Result<_, _>>()?;
    if own.is_empty() {
        return Ok(Err(TooLittle { have: 0, need: 1, what: "products with an order in the last two years" }));
    }
    let told: Vec<(f64, f64)> =
        own.iter().filter_map(|(_, own)| own.as_ref().ok().map(|own| (own.elasticity, own.error))).collect();
    let together = together::together(&told);
    let mut products: Vec<ProductResponse> =
        own.into_iter().map(|(row, own)| product(data, weeks, row, own, together.as_ref(), settings)).collect();
    products.sort_by(|a, b| {
        (a.doubts.len().min(1).cmp(&b.doubts.len().min(1)))
            .then(b.own.is_some().cmp(&a.own.is_some()))
            .then(b.units.total_cmp(&a.units))
            .then(a.product.cmp(&b.product))
    });
    let told = products.iter().filter(|product| product.doubts.is_empty()).count() as u32;
    let as_of = weeks.as_of;
    let mut response = PriceResponse {
        settings: *settings,
        as_of,
        currency,
        definitions,
        products,
        told,
        together,
        notes: Vec::new(),
    };
    response.notes = said::notes(&response);
    Ok(Ok(response))
}

fn product(
    data: &Dataset,
    weeks: &Weeks,
    row: usize,
    own: Result<Own, Vec<Doubt>>,
    together: Option<&Together>,
    settings: &Settings,
) -> ProductResponse {
    let priced = weeks.priced(row);
    let prices = estimate::prices(&priced);
    let (own, mut doubts) = match own {
        Ok(own) => (Some(own), Vec::new()),
        Err(doubts) => (None, doubts),
    };
    let elasticity = own.as_ref().map(|own| together::drawn(own, together));
    if elasticity.is_some_and(|told| told.within_95.0 <= 0.0 && told.within_95.1 >= 0.0) {
        doubts.push(Doubt::EitherWay);
    }
    let product = weeks.product(row);
    let known = |column: &[Option<i64>]| column.get(product as usize).copied().flatten();
    let usable = elasticity.filter(|_| doubts.is_empty());
    let hint = known(&data.products.stock).zip(prices).and_then(|(stock, prices)| {
        let ground = hint::Ground { stock, prices, per_day: hint::per_day(&priced), cost: known(&data.products.cost) };
        hint::hint(&ground, usable, settings)
    });
    ProductResponse {
        product,
        weeks: priced.iter().filter(|week| week.price.is_some()).count() as u32,
        units: priced.iter().map(|week| week.units).sum(),
        prices,
        own: own.as_ref().map(Own::told),
        elasticity,
        doubts,
        hint,
    }
}
