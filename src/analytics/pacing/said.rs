//! How a sale stands in sentences, for command line and window alike.

use std::cmp::Ordering;

use super::Pace;
use crate::analytics::forecast::said::{amount, within};
use crate::analytics::forecast::{Measure, Span};
use crate::analytics::sale::lift::FEWEST;
use crate::model::{Currency, Locale};

/// `hour 24 of 72`.
pub fn clock(span: Span, at: i64) -> String {
    let hours = |seconds: i64| Locale::En.number(seconds as f64 / 3_600.0, 0);
    format!("hour {} of {}", hours((at - span.from).clamp(0, span.to - span.from)), hours(span.to - span.from))
}

/// Whether it is ahead or behind, in one sentence.
pub fn verdict(pace: &Pace, currency: Currency) -> String {
    let Some((stands, expected)) = pace.stands().zip(pace.expected_by_now()) else {
        return "Cannot tell whether it is ahead: nothing was expected of it, since past sales are too few".into();
    };
    let word = match stands {
        Ordering::Less => "Behind",
        Ordering::Equal => "As expected",
        Ordering::Greater => "Ahead",
    };
    format!(
        "{word}: {} so far, {} were expected by this hour",
        amount(pace.of, currency, pace.so_far),
        within(pace.of, currency, &expected)
    )
}

/// What came, what share of the whole that should be, and where it ends.
pub fn pace(pace: &Pace, currency: Currency) -> String {
    let what = match pace.of {
        Measure::Orders => "Orders",
        Measure::Revenue => "Revenue",
    };
    let percent = |share: f64| Locale::En.percent(share, 0);
    let basis = if pace.sales >= FEWEST {
        let (low, high) = pace.share.within(0.95);
        format!("{} to {}, as {} past sales had it", percent(low), percent(high.min(1.0)), pace.sales)
    } else {
        "of ordinary days, since past sales are too few".into()
    };
    let show = |value| amount(pace.of, currency, value);
    let end = match pace.projected() {
        Some((end, Some((low, high)))) => format!("it ends at {} ({}–{} with 95%)", show(end), show(low), show(high)),
        Some((end, None)) => format!("it ends at {}, give or take what cannot be told", show(end)),
        None => "where it ends cannot be told before anything came".into(),
    };
    format!(
        "{what}: {} so far, which is {} of the whole ({basis}); {end}",
        show(pace.so_far),
        percent(pace.share.middle)
    )
}
