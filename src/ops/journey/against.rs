//! The shop's own shares against what others reach.

use serde::Serialize;

use super::data::{Filters, JourneyData};
use crate::analytics::journey::{By, Funnel, Group, Journey, Quantity, Step};
use crate::analytics::math::beta::wilson;
use crate::framework::benchmarks::{Benchmark, benchmark};
use crate::jobs::{Cancelled, Progress};

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
    ///
    /// # Errors
    /// When the work was cancelled.
    pub fn against(&self, journey: &Journey, within_days: u32, progress: &Progress) -> Result<Vec<Against>, Cancelled> {
        let everybody = Filters::default();
        let funnel = self.funnel(By::Device, within_days, &everybody, progress)?;
        let found = [
            ("conversion", self.conversion(&funnel)),
            ("cart_abandonment", carts_left(journey)),
            ("mobile_conversion", mobile(&funnel)),
            ("email_open", opened(journey)),
        ];
        let one = |(key, (value, interval, counted)): (&str, Counted)| {
            Some(Against { benchmark: benchmark(key)?, value, interval, counted })
        };
        Ok(found.into_iter().filter_map(one).collect())
    }

    /// By visits where web analytics count them, since that is what the benchmark is of; else by people.
    fn conversion(&self, funnel: &Funnel) -> Counted {
        let web = self.web[0].as_ref().filter(|web| web.sessions > 0);
        match web.and_then(|web| web.purchases.map(|purchases| (purchases, web.sessions))) {
            Some((purchases, sessions)) => share(purchases, sessions, "purchases of visits, by web analytics"),
            None => bought(&funnel.total, "people who came and ordered, by touches, looks and orders"),
        }
    }
}

type Counted = (Option<f64>, Option<(f64, f64)>, String);

fn share(k: u64, n: u64, counted: &str) -> Counted {
    ((n > 0).then(|| k as f64 / n as f64), wilson(k, n), counted.to_owned())
}

fn bought(group: &Group, counted: &str) -> Counted {
    let taken = group.steps.iter().find(|taken| taken.step == Step::Bought);
    match taken.and_then(|taken| taken.of_all.as_ref()) {
        Some(conversion) => share(conversion.moved, conversion.people, counted),
        None => (None, None, "nobody came".into()),
    }
}

fn carts_left(journey: &Journey) -> Counted {
    match journey.cell("checkout").and_then(|cell| cell.conversion.as_ref()) {
        Some(carts) => share(carts.people - carts.moved, carts.people, "carts not ordered within a day"),
        None => (None, None, "no carts imported".into()),
    }
}

fn mobile(funnel: &Funnel) -> Counted {
    let is_mobile = |group: &&Group| ["mobile", "phone", "smartphone"].contains(&group.name.to_lowercase().as_str());
    match funnel.groups.iter().find(is_mobile) {
        Some(group) => bought(group, "people who came first on a phone and ordered"),
        None => (None, None, "no touch tells a phone".into()),
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
