//! What imported ad spend says: what is spent in a month, and what a new customer costs.

use super::months::{LEAST, Window};
use super::ratio::{mean_of, ratio_of};
use super::{Given, Interval};
use crate::analytics::spend::apart;
use crate::model::assumption::AssumptionId as Id;
use crate::model::{Dataset, Day, Definitions, Locale};

/// Spend by month of the last year; months without a row are not known, not free.
struct Months {
    by_month: Vec<Option<f64>>,
    /// Whether a sum lies over more than one month.
    is_shared: bool,
}

/// Investment and cost of a customer; `new` are the new customers by month of the window.
pub fn given(data: &Dataset, definitions: &Definitions, window: &Window, new: &[u64]) -> Vec<(Id, Given)> {
    let months = match Months::of(data, definitions, window) {
        Ok(months) => months,
        Err(why) => return vec![(Id::Investment, Given::nothing(why.clone())), (Id::Cac, Given::nothing(why))],
    };
    let spent: Vec<f64> = months.by_month.iter().flatten().copied().collect();
    let new = &new[window.year()];
    let pairs: Vec<(f64, f64)> =
        months.by_month.iter().zip(new).filter_map(|(spent, n)| Some(((*spent)?, *n as f64))).collect();
    let told = Locale::En.counted(spent.len() as u64, "month", "months");
    let from = format!("Imported ad spend of {told} with any, of {}", window.in_words());
    let mut investment = Given::told(mean_of(&spent), Interval::Months, (spent.len() as u64, "months"), from);
    if months.is_shared {
        (investment.interval, investment.how) = (None, None);
    }
    let cac = match ratio_of(&pairs) {
        None => Given::nothing("nobody ordered for the first time in the months with ad spend"),
        Some(mut estimate) => {
            estimate.interval = estimate.interval.filter(|_| !months.is_shared);
            let won: f64 = pairs.iter().map(|(_, n)| n).sum();
            let from = format!("Imported ad spend ÷ new customers of {told} with any, of {}", window.in_words());
            Given::told(estimate, Interval::Months, (won as u64, "new customers"), from)
        }
    };
    vec![(Id::Investment, investment), (Id::Cac, cac)]
}

impl Months {
    fn of(data: &Dataset, definitions: &Definitions, window: &Window) -> Result<Self, String> {
        let Some((from, to)) = window.year_days().filter(|_| window.months() >= LEAST) else {
            let n = window.months();
            return Err(format!("there are {n} whole months of history, at least {LEAST} are needed"));
        };
        let year = window.year();
        let place = |day: Day| window.month(day).map(|month| month - year.start);
        let (mut by_month, mut is_shared) = (vec![None; year.len()], false);
        for row in apart(&data.spend).into_iter().filter(|row| row.day <= to && row.until >= from) {
            let Some(amount) = definitions.convert(row.amount, row.currency) else {
                return Err(format!("there is spend in {} without a rate; add it to the definitions", row.currency));
            };
            let Some((first, last)) = place(row.day.max(from)).zip(place(row.until.min(to))) else { continue };
            if row.day < from || row.until > to {
                let days = format!("{} – {}", row.day.display(), row.until.display());
                return Err(format!("a sum of ad spend ({days}) reaches beyond the whole months; import it by day"));
            }
            is_shared |= first != last;
            // A sum over months is spread evenly over them; the mean stays what it is.
            let part = amount as f64 / (last - first + 1) as f64;
            by_month[first..=last].iter_mut().for_each(|sum| *sum = Some(sum.unwrap_or(0.0) + part));
        }
        if by_month.iter().all(Option::is_none) {
            return Err(format!("no ad spend of {} was imported", window.in_words()));
        }
        Ok(Self { by_month, is_shared })
    }
}
