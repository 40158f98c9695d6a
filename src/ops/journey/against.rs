//! The shop's own shares against what others reach.

use serde::Serialize;

use super::data::JourneyData;
use crate::analytics::journey::{Journey, Quantity};
use crate::analytics::math::beta::wilson;
use crate::framework::benchmarks::{Benchmark, benchmark};

/// A benchmark and what the shop reaches.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Against {
    /// What others reach.
    pub benchmark: &'static Benchmark,
    /// What the shop reaches; `None` where its data do not tell.
    pub value: Option<f64>,
    /// 95% interval of it.
    pub interval: Option<(f64, f64)>,
    /// What was counted, in words: visits of a report are something else than people in files.
    pub counted: String,
}

impl JourneyData {
    /// Conversion, cart abandonment, mobile conversion and open rate against the framework's benchmarks.
    pub fn against(&self, journey: &Journey, within_days: u32) -> Vec<Against> {
        let found = [
            ("conversion", self.conversion(within_days)),
            ("cart_abandonment", carts_left(journey)),
            ("mobile_conversion", self.mobile(within_days)),
            ("email_open", opened(journey)),
        ];
        let one = |(key, (value, interval, counted)): (&str, Counted)| {
            Some(Against { benchmark: benchmark(key)?, value, interval, counted })
        };
        found.into_iter().filter_map(one).collect()
    }

    /// By visits where web analytics count them, since these have all of them; else by touches.
    fn conversion(&self, within_days: u32) -> Counted {
        let web = self.web[0].as_ref().filter(|web| web.sessions > 0);
        let by_web = web.and_then(|web| Some((web.purchases?, web.sessions)));
        match (by_web, self.visits_that_sold(within_days, None)) {
            (Some((purchases, sessions)), _) => share(purchases, sessions, "purchases of visits, by web analytics"),
            (None, Some((sold, all))) => share(sold, all, "touches that were the last before an order, of all touches"),
            (None, None) => (None, None, "no visits imported".into()),
        }
    }

    fn mobile(&self, within_days: u32) -> Counted {
        let phones = ["mobile", "phone", "smartphone"];
        match phones.iter().find_map(|phone| self.visits_that_sold(within_days, Some(phone))) {
            Some((sold, all)) => share(sold, all, "touches on phones that were the last before an order"),
            None => (None, None, "no touch tells a phone".into()),
        }
    }
}

type Counted = (Option<f64>, Option<(f64, f64)>, String);

fn share(k: u64, n: u64, counted: &str) -> Counted {
    ((n > 0).then(|| k as f64 / n as f64), wilson(k, n), counted.to_owned())
}

fn carts_left(journey: &Journey) -> Counted {
    match journey.cell("checkout").and_then(|cell| cell.conversion.as_ref()) {
        Some(carts) => share(carts.people - carts.moved, carts.people, "carts not ordered within a day"),
        None => (None, None, "no carts imported".into()),
    }
}

fn opened(journey: &Journey) -> Counted {
    let rate = journey
        .cell("email_campaigns")
        .and_then(|cell| cell.facts.iter().find(|fact| fact.name == "Open rate").map(|fact| fact.value));
    match rate {
        Some(Quantity::Share(rate)) => {
            (Some(rate), None, "messages opened of those delivered, by mailing tools".into())
        }
        _ => (None, None, "no sends imported".into()),
    }
}
