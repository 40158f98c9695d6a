//! What is wrong with an experiment, told at the field where it is typed.

use super::{Cap, Covariate, Data, Experiment, Kind, LONGEST_NAME, Metric, Plan, Prior, Spread, StopRule, Sum, Unit};
use super::{VariantTotals, same_name};
use crate::model::Currency;
use crate::model::plan::Problem;

/// More cannot be read side by side.
pub const MOST_VARIANTS: usize = 20;
/// So far the shares may miss 100%, for those who type thirds.
const SHARES_MISS: f64 = 0.002;
/// Longer than this no experiment runs.
const LONGEST_DAYS: i32 = 3 * 366;
/// More looks are no looks but a watch, for which there is another rule.
const MOST_LOOKS: u32 = 50;

struct Told(Vec<Problem>);

impl Told {
    fn wrong(&mut self, at: &str, words: impl Into<String>) {
        self.0.push(Problem { at: at.to_owned(), words: words.into(), stops: true });
    }

    fn odd(&mut self, at: &str, words: impl Into<String>) {
        self.0.push(Problem { at: at.to_owned(), words: words.into(), stops: false });
    }
}

impl Experiment {
    /// Everything wrong with the experiment, in the order of its fields.
    pub fn problems(&self, currency: Currency) -> Vec<Problem> {
        let mut told = Told(Vec::new());
        match self.name.trim().chars().count() {
            0 => told.wrong("name", "an experiment needs a name"),
            n if n > LONGEST_NAME => {
                told.wrong("name", format!("the name has {n} characters; shorten it to {LONGEST_NAME}"));
            }
            _ if self.name.chars().any(char::is_control) => told.wrong("name", "the name is one line of text"),
            _ => {}
        }
        self.plan.variants_told(&mut told);
        self.plan.rest_told(currency, &mut told);
        match &self.data {
            Some(Data::Totals(totals)) => {
                let known: Vec<&str> = totals.variants.iter().map(|totals| totals.variant.as_str()).collect();
                for (n, totals) in totals.variants.iter().enumerate() {
                    totals_told(&format!("data.totals.variants[{n}]"), totals, &self.plan, currency, &mut told);
                }
                for (n, variant) in self.plan.variants.iter().enumerate() {
                    if !known.iter().any(|name| same_name(name) == same_name(&variant.name)) {
                        told.wrong(&format!("plan.variants[{n}].name"), format!("no data are of {}", variant.name));
                    }
                }
            }
            Some(Data::Holdout(_)) if self.plan.variants.len() != 2 => {
                told.wrong("plan.variants", "a hold-out has two groups: those held out and those written to");
            }
            _ => {}
        }
        if let Some(impact) = &self.impact
            && impact.amount.currency != currency
        {
            let theirs = impact.amount.currency;
            told.odd("impact.amount", format!("the amount is in {theirs}, the shop's currency is {currency}"));
        }
        if let Some(decision) = &self.decision
            && let super::Choice::Adopt(variant) = &decision.choice
            && self.plan.variant(variant).is_none()
        {
            told.odd("decision.choice", format!("there is no variant “{variant}”"));
        }
        told.0
    }
}

impl Plan {
    fn variants_told(&self, told: &mut Told) {
        let variants = &self.variants;
        match variants.len() {
            0 => told.wrong("plan.variants", "there is nothing to compare; add a control and a variant"),
            1 => told.wrong("plan.variants", "there is nothing to compare the control with; add a variant"),
            n if n > MOST_VARIANTS => {
                told.wrong("plan.variants", format!("{n} variants are too many to compare; keep {MOST_VARIANTS}"));
            }
            _ => {}
        }
        for (n, variant) in variants.iter().enumerate() {
            let at = |field: &str| format!("plan.variants[{n}].{field}");
            if variant.name.trim().is_empty() {
                told.wrong(&at("name"), "a variant needs a name");
            }
            for earlier in &variants[..n] {
                if earlier.name == variant.name && !variant.name.trim().is_empty() {
                    told.wrong(&at("name"), format!("two variants are called “{}”; rename one", variant.name));
                } else if same_name(&earlier.name) == same_name(&variant.name) && !variant.name.trim().is_empty() {
                    let words = format!(
                        "“{}” and “{}” differ by blanks or letter case only, which files mix up; rename one",
                        earlier.name, variant.name
                    );
                    told.wrong(&at("name"), words);
                }
            }
            if !variant.share.is_finite() || variant.share <= 0.0 || variant.share >= 1.0 {
                told.wrong(&at("share"), "a share lies between 0 and 100%");
            }
            if self.kind == Kind::Multivariate {
                factors_told(&at("factors"), variants, n, told);
            }
        }
        let sum: f64 = variants.iter().map(|variant| variant.share).sum();
        if variants.len() > 1 && sum.is_finite() && (sum - 1.0).abs() > SHARES_MISS {
            let words = format!("the shares add up to {:.1}%, not to 100%", sum * 100.0);
            told.wrong("plan.variants", words);
        }
    }

    fn rest_told(&self, currency: Currency, told: &mut Told) {
        for (n, guard) in self.guards.iter().enumerate() {
            let at = format!("plan.guards[{n}]");
            if *guard == self.primary {
                told.odd(&at, format!("{} decides already", guard.name()));
            } else if self.guards[..n].contains(guard) {
                told.odd(&at, format!("{} is listed twice", guard.name()));
            }
        }
        let named = |metric: &Metric| matches!(metric, Metric::Named(named) if named.name.trim().is_empty());
        if named(&self.primary) {
            told.wrong("plan.primary", "the measure needs a name");
        }
        if let Some(n) = self.guards.iter().position(named) {
            told.wrong(&format!("plan.guards[{n}]"), "the measure needs a name");
        }
        match (self.starts, self.ends) {
            (Some(starts), Some(ends)) if ends < starts => {
                told.wrong("plan.ends", "the experiment ends before it begins; move the end");
            }
            (Some(starts), Some(ends)) if ends.0.saturating_sub(starts.0) > LONGEST_DAYS => {
                told.wrong("plan.ends", "the experiment runs for more than three years; move the end");
            }
            (None, Some(_)) => told.odd("plan.starts", "the first day is missing"),
            _ => {}
        }
        if self.window_days.is_some_and(|days| days == 0 || days > LONGEST_DAYS as u32) {
            told.wrong("plan.window_days", format!("orders count for 1 to {LONGEST_DAYS} days"));
        }
        match &self.cap {
            Some(Cap::Quantile(quantile)) if !(0.5..1.0).contains(quantile) => {
                told.wrong("plan.cap", "the quantile lies between 50 and 100%, such as 99%");
            }
            Some(Cap::Amount(amount)) if amount.currency != currency => {
                told.wrong("plan.cap", format!("{amount} is not in {currency}, the shop's currency"));
            }
            Some(Cap::Amount(amount)) if amount.minor <= 0 => {
                told.wrong("plan.cap", "a customer must count more than nothing");
            }
            _ => {}
        }
        if let Some(Covariate::RevenueBefore(days)) = self.covariate
            && (days == 0 || days > LONGEST_DAYS as u32)
        {
            told.wrong("plan.covariate", format!("the revenue of 1 to {LONGEST_DAYS} days before is looked at"));
        }
        if let StopRule::GroupSequential { looks, .. } = self.stop
            && !(2..=MOST_LOOKS).contains(&looks)
        {
            told.wrong("plan.stop", format!("2 to {MOST_LOOKS} looks can be planned"));
        }
        if let Prior::Normal { mean, spread } = self.prior
            && !(mean.is_finite() && mean > -1.0 && spread.is_finite() && spread > 0.0)
        {
            told.wrong("plan.prior", "the effect believed beforehand needs a middle and a spread above 0");
        }
        if !(self.alpha > 0.0 && self.alpha <= 0.5) {
            told.wrong("plan.alpha", "the probability of a false winner lies above 0 and up to 50%");
        }
        if !(self.power > self.alpha && self.power < 1.0) {
            told.wrong("plan.power", "the power lies above the probability of a false winner and below 100%");
        }
        if self.effect.is_some_and(|effect| !effect.is_finite() || effect == 0.0 || effect <= -1.0 || effect > 100.0) {
            told.wrong("plan.effect", "the smallest effect is no change, or none that can be; 5% is usual");
        }
        if self.visitors.is_none() && matches!(self.stop, StopRule::GroupSequential { .. }) {
            told.wrong("plan.visitors", "planned looks are parts of a planned number of visitors; say how many");
        }
        if self.visitors == Some(0) {
            told.wrong("plan.visitors", "nobody is to take part; leave it out where it is not known");
        }
    }
}

/// Every variant of a multivariate test has a level of every factor, and no two have the same ones.
fn factors_told(at: &str, variants: &[super::Variant], n: usize, told: &mut Told) {
    let (first, own) = (&variants[0].factors, &variants[n].factors);
    if own.is_empty() {
        told.wrong(at, "say which level of each factor this variant has");
    } else if !own.keys().eq(first.keys()) {
        told.wrong(at, "this variant has other factors than the first one");
    } else if variants[..n].iter().any(|earlier| earlier.factors == *own) {
        told.wrong(at, "another variant has the same levels");
    }
}

/// What is wrong with the sums of a variant.
fn totals_told(at: &str, totals: &VariantTotals, plan: &Plan, currency: Currency, told: &mut Told) {
    if plan.variant(&totals.variant).is_none() {
        let words = format!("“{}” is no variant of this experiment; name it as in the plan", totals.variant);
        told.wrong(&format!("{at}.variant"), words);
    }
    if totals.visitors == 0 {
        told.wrong(&format!("{at}.visitors"), format!("{} has no visitors", totals.variant));
    }
    for (n, value) in totals.values.iter().enumerate() {
        let (field, name) = (format!("{at}.values[{n}]"), value.metric.name());
        if totals.values[..n].iter().any(|earlier| earlier.metric == value.metric) {
            told.wrong(&field, format!("{name} is there twice"));
        }
        match (value.metric.unit(), value.sum) {
            (Unit::Share, Sum::Count(count)) if count < 0 => told.wrong(&field, "there are less than none"),
            (Unit::Share, Sum::Count(count)) if count as u64 > totals.visitors => {
                let words = format!("{count} of {} visitors is more than all of them ({name})", totals.visitors);
                told.wrong(&field, words);
            }
            (Unit::Share, Sum::Count(_)) | (Unit::Number, Sum::Count(_)) => {}
            (Unit::Money, Sum::Amount(amount)) if amount.currency != currency => {
                told.wrong(&field, format!("{amount} is not in {currency}, the shop's currency"));
            }
            (Unit::Money, Sum::Amount(amount)) if amount.minor < 0 => {
                told.odd(
                    &field,
                    format!("{name} is less than nothing; that can be, where more was returned than bought"),
                );
            }
            (Unit::Money, Sum::Amount(_)) => {}
            (Unit::Number, Sum::Number(number)) if number.is_finite() => {}
            _ => told.wrong(&field, format!("{name} is stated in the wrong unit")),
        }
        match value.spread {
            Some(Spread::Deviation(0.0)) if !value.sum.is_zero() => {
                told.wrong(
                    &format!("{field}.spread"),
                    "nobody differs at a deviation of 0; leave it out where it is not known",
                );
            }
            Some(Spread::Deviation(deviation)) if !deviation.is_finite() || deviation < 0.0 => {
                told.wrong(&format!("{field}.spread"), "a standard deviation is 0 or more");
            }
            Some(Spread::Squares(squares)) if !squares.is_finite() || squares < 0.0 => {
                told.wrong(&format!("{field}.spread"), "a sum of squares is 0 or more");
            }
            None if value.metric.unit() == Unit::Money => {
                let words = format!("without its standard deviation, or sum of squares, {name} has no interval");
                told.odd(&format!("{field}.spread"), words);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Day;
    use crate::model::experiment::{MetricTotal, Totals, Variant};
    use crate::model::plan::Amount;

    fn told(change: impl FnOnce(&mut Experiment)) -> Vec<(String, bool)> {
        let mut experiment = Experiment::new("Test");
        change(&mut experiment);
        experiment.problems(Currency::USD).into_iter().map(|problem| (problem.at, problem.stops)).collect()
    }

    #[test]
    fn a_new_experiment_has_no_problem() {
        assert_eq!(told(|_| ()), []);
    }

    #[test]
    fn each_problem_is_told_at_its_field() {
        let variant = |name: &str, share: f64| Variant { name: name.into(), share, ..Variant::default() };
        type Change = Box<dyn FnOnce(&mut Experiment)>;
        let cases: Vec<(&str, Change)> = vec![
            ("name", Box::new(|e| e.name = " ".into())),
            ("name", Box::new(|e| e.name = "x".repeat(81))),
            ("plan.variants", Box::new(|e| e.plan.variants.clear())),
            ("plan.variants", Box::new(move |e| e.plan.variants = vec![variant("A", 0.5), variant("B", 0.4)])),
            ("plan.variants[1].name", Box::new(move |e| e.plan.variants = vec![variant("A", 0.5), variant("a ", 0.5)])),
            ("plan.variants[1].name", Box::new(move |e| e.plan.variants = vec![variant("A", 0.5), variant("A", 0.5)])),
            ("plan.variants[1].name", Box::new(|e| e.plan.variants[1].name.clear())),
            ("plan.variants[1].share", Box::new(|e| e.plan.variants[1].share = f64::NAN)),
            ("plan.variants[0].factors", Box::new(|e| e.plan.kind = Kind::Multivariate)),
            ("plan.ends", Box::new(|e| (e.plan.starts, e.plan.ends) = (Some(Day(9)), Some(Day(8))))),
            ("plan.starts", Box::new(|e| e.plan.ends = Some(Day(8)))),
            ("plan.window_days", Box::new(|e| e.plan.window_days = Some(0))),
            ("plan.cap", Box::new(|e| e.plan.cap = Some(Cap::Quantile(1.5)))),
            ("plan.covariate", Box::new(|e| e.plan.covariate = Some(Covariate::RevenueBefore(0)))),
            (
                "plan.stop",
                Box::new(|e| e.plan.stop = StopRule::GroupSequential { looks: 1, spending: Default::default() }),
            ),
            ("plan.alpha", Box::new(|e| e.plan.alpha = 0.0)),
            ("plan.power", Box::new(|e| e.plan.power = f64::NAN)),
            ("plan.effect", Box::new(|e| e.plan.effect = Some(0.0))),
            ("plan.visitors", Box::new(|e| e.plan.visitors = Some(0))),
            ("plan.guards[0]", Box::new(|e| e.plan.guards = vec![Metric::Conversion])),
        ];
        for (n, (field, change)) in cases.into_iter().enumerate() {
            let found = told(change);
            assert!(found.iter().any(|(at, _)| at == field), "case {n}: {field} in {found:?}");
        }
    }

    #[test]
    fn typed_sums_are_held_against_what_can_be() {
        let totals = |visitors: u64, buyers: i64, revenue: i64| {
            let amount = Amount { minor: revenue, currency: Currency::USD };
            let of = |variant: &str| VariantTotals {
                variant: variant.into(),
                visitors,
                values: vec![
                    MetricTotal { metric: Metric::Conversion, sum: Sum::Count(buyers), spread: None },
                    MetricTotal {
                        metric: Metric::Revenue,
                        sum: Sum::Amount(amount),
                        spread: Some(Spread::Deviation(3.0)),
                    },
                ],
            };
            Data::Totals(Totals { variants: vec![of("control"), of("Variant ")], ..Totals::default() })
        };
        assert_eq!(told(|e| e.data = Some(totals(1_000, 30, 90_000))), []);
        let stops = |found: &[(String, bool)], at: &str| found.iter().any(|(field, stops)| field == at && *stops);
        assert!(stops(&told(|e| e.data = Some(totals(0, 0, 0))), "data.totals.variants[0].visitors"));
        assert!(stops(&told(|e| e.data = Some(totals(10, 11, 0))), "data.totals.variants[1].values[0]"));
        // More returned than bought is odd, and can be.
        let negative = told(|e| e.data = Some(totals(10, 1, -5)));
        assert!(!negative.is_empty() && negative.iter().all(|(_, stops)| !stops), "{negative:?}");
        let other = told(|e| {
            e.data = Some(totals(10, 1, 5));
            e.plan.variants[1].name = "B".into();
        });
        assert!(stops(&other, "data.totals.variants[1].variant") && stops(&other, "plan.variants[1].name"));
    }
}
