//! What in the numbers cannot be, told at its field. Where there is any, nothing is computed.

use super::reading::Problem;
use super::sample::{Arm, Measure, Measured, Moments};
use super::settings::{Looks, MetricSpec, Prior, Settings};

/// Beyond these, sums of squares leave the range of numbers.
const MOST_USERS: u64 = 1_000_000_000_000;
const LARGEST: f64 = 1e15;

/// Collects problems under a path.
#[derive(Default)]
struct Found(Vec<Problem>);

impl Found {
    fn tell(&mut self, field: String, words: impl Into<String>) {
        self.0.push(Problem { field, words: words.into() });
    }

    fn moments(&mut self, at: &str, what: &str, moments: Moments) {
        if !at_most(moments.mean.abs(), LARGEST) {
            self.tell(format!("{at}.mean"), format!("The mean of {what} is no number that can be worked with"));
        }
        if moments.variance < 0.0 {
            let words = format!("The sums of {what} contradict each other: their squares are less than they can be");
            self.tell(format!("{at}.variance"), words);
        } else if !at_most(moments.variance, LARGEST * LARGEST) {
            self.tell(format!("{at}.variance"), format!("The spread of {what} is no number that can be worked with"));
        }
    }

    fn together(&mut self, at: &str, covariance: f64, first: f64, second: f64) {
        // Sums that were rounded may be a little over.
        if !at_most(covariance.abs(), (first * second).max(0.0).sqrt() * (1.0 + 1e-6) + 1e-12) {
            self.tell(at.to_owned(), "The sum of products is larger than the sums of squares allow");
        }
    }
}

/// Every problem of the numbers and of how they are to be read.
pub fn problems(arms: &[Arm], metrics: &[MetricSpec], settings: &Settings) -> Vec<Problem> {
    let mut found = Found::default();
    names(arms, &mut found);
    if metrics.is_empty() {
        found.tell("metrics".into(), "A test needs a metric");
    }
    for (i, arm) in arms.iter().enumerate() {
        let at = format!("arms[{i}]");
        if arm.users == 0 {
            found.tell(format!("{at}.users"), format!("{} has no users", name(arm)));
        } else if arm.users > MOST_USERS {
            found.tell(format!("{at}.users"), format!("{} has more users than there can be", name(arm)));
        }
        if arm.measures.len() != metrics.len() {
            let words = format!("{} has {} measures for {} metrics", name(arm), arm.measures.len(), metrics.len());
            found.tell(format!("{at}.measures"), words);
        }
        for (k, (measured, spec)) in arm.measures.iter().zip(metrics).enumerate() {
            measure(&format!("{at}.measures[{k}]"), arm, measured, spec, &mut found);
            let first = arms[0].measures.get(k).map(|m| std::mem::discriminant(&m.measure));
            if first.is_some_and(|first| first != std::mem::discriminant(&measured.measure)) {
                let words = format!("{} is measured in another way in {} than in the control", spec.name, name(arm));
                found.tell(format!("{at}.measures[{k}]"), words);
            }
        }
    }
    for (k, spec) in metrics.iter().enumerate() {
        metric(&format!("metrics[{k}]"), spec, &mut found);
    }
    reading(arms, settings, &mut found);
    found.0
}

/// False also for what is no number.
fn at_most(value: f64, limit: f64) -> bool {
    value <= limit
}

/// False also for what is no number.
fn at_least(value: f64, limit: f64) -> bool {
    value >= limit
}

fn name(arm: &Arm) -> &str {
    if arm.name.trim().is_empty() { "An arm" } else { &arm.name }
}

/// Names as people tell them apart: without case and spaces.
fn names(arms: &[Arm], found: &mut Found) {
    if arms.len() < 2 {
        found.tell("arms".into(), "A test compares at least two variants");
    }
    let plain = |arm: &Arm| arm.name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    for (i, arm) in arms.iter().enumerate() {
        let field = format!("arms[{i}].name");
        if plain(arm).is_empty() {
            found.tell(field, "A variant has no name");
        } else if let Some(same) = arms[..i].iter().find(|other| plain(other) == plain(arm)) {
            let words = if same.name == arm.name {
                format!("Two variants are called “{}”", arm.name)
            } else {
                format!(
                    "“{}” and “{}” differ only by spaces or case; if they are one variant, add them up",
                    same.name, arm.name
                )
            };
            found.tell(field, words);
        }
    }
}

fn measure(at: &str, arm: &Arm, measured: &Measured, spec: &MetricSpec, found: &mut Found) {
    let (what, n) = (format!("{} of {}", spec.name, name(arm)), arm.users);
    match measured.measure {
        Measure::Proportion { successes } if successes > n => {
            let words = format!("{} has more conversions ({successes}) than users ({n})", name(arm));
            found.tell(format!("{at}.successes"), words);
        }
        Measure::Count { events } if events > MOST_USERS => {
            found.tell(format!("{at}.events"), format!("{what} are more than there can be"));
        }
        Measure::Mean { values } => found.moments(&format!("{at}.values"), &what, values),
        Measure::Ratio { numerator, denominator, covariance } => {
            found.moments(&format!("{at}.numerator"), &what, numerator);
            found.moments(&format!("{at}.denominator"), &what, denominator);
            found.together(&format!("{at}.covariance"), covariance, numerator.variance, denominator.variance);
            if denominator.mean < 0.0 {
                found.tell(format!("{at}.denominator.mean"), format!("What {what} is divided by is below zero"));
            }
        }
        Measure::Proportion { .. } | Measure::Count { .. } => {}
    }
    let Some(covariate) = measured.covariate else { return };
    found.moments(&format!("{at}.covariate.values"), "what is known from before", covariate.values);
    let spread = match measured.measure {
        Measure::Proportion { successes } => {
            let share = successes as f64 / n as f64;
            share * (1.0 - share) * n as f64 / (n as f64 - 1.0).max(1.0)
        }
        Measure::Mean { values } => values.variance,
        Measure::Ratio { numerator, denominator, .. } => {
            let at = format!("{at}.covariate.with_denominator");
            found.together(&at, covariate.with_denominator, denominator.variance, covariate.values.variance);
            numerator.variance
        }
        Measure::Count { .. } => return,
    };
    found.together(&format!("{at}.covariate.covariance"), covariate.covariance, spread, covariate.values.variance);
}

fn metric(at: &str, spec: &MetricSpec, found: &mut Found) {
    if spec.name.trim().is_empty() {
        found.tell(format!("{at}.name"), "A metric has no name");
    }
    if spec.worth.is_some_and(|worth| !(worth > 0.0 && worth < 100.0)) {
        found.tell(format!("{at}.worth"), "The smallest change worth acting on is above zero");
    }
    let sound = match spec.prior {
        Prior::Flat => true,
        Prior::Normal { mean, spread } => mean.abs() <= 1e3 && (1e-6..=1e3).contains(&spread),
        Prior::LogNormal { mean, spread } => mean.abs() <= 10.0 && (1e-6..=10.0).contains(&spread),
        Prior::Beta { successes, failures } => (0.1..=1e9).contains(&successes) && (0.1..=1e9).contains(&failures),
    };
    if !sound {
        found.tell(format!("{at}.prior"), "What is believed beforehand needs a middle and a spread that can be");
    }
}

fn reading(arms: &[Arm], settings: &Settings, found: &mut Found) {
    if !(0.5..=0.9999).contains(&settings.confidence) {
        found.tell("settings.confidence".into(), "The confidence lies between 50% and 99.99%");
    }
    if let Some(shares) = &settings.shares {
        let sum: f64 = shares.iter().sum();
        if shares.len() != arms.len() {
            let words = format!("{} shares are planned for {} variants", shares.len(), arms.len());
            found.tell("settings.shares".into(), words);
        } else if shares.iter().any(|share| !at_least(*share, f64::MIN_POSITIVE)) {
            found.tell("settings.shares".into(), "Every variant needs a share above zero");
        } else if !at_most((sum - 1.0).abs(), 1e-3) {
            let percent = crate::model::Locale::En.percent(sum, 1);
            found.tell("settings.shares".into(), format!("The planned shares add up to {percent}, not to 100%"));
        }
    }
    if settings.planned_users == Some(0) {
        found.tell("settings.planned_users".into(), "A test is planned with at least one user");
    }
    if let Looks::Planned { looks, .. } = settings.looks
        && !(1..=super::group::MOST_LOOKS).contains(&looks)
    {
        let words = format!("Between 1 and {} looks can be planned", super::group::MOST_LOOKS);
        found.tell("settings.looks".into(), words);
    } else if let Looks::Planned { looks, look, .. } = settings.looks
        && !(1..=looks).contains(&look)
    {
        found.tell("settings.looks".into(), format!("Look {look} is none of the {looks} planned ones"));
    }
}
