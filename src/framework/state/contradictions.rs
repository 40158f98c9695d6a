//! Where two places of the form disagree. Each rule tells both places with both values; a rule of which a value is open
//! says nothing.

use super::looked::{Known, Looked, told};
use super::{Contradiction, State};
use crate::framework::template::Template;
use crate::model::strategy::FieldValue;

const SEGMENTS: &[&str] = &["VIP", "REG", "OCC", "NEW", "BROWSE"];
const CHANNELS: &[&str] = &["WEB", "APP", "EMAIL", "SMS", "SOCIAL", "STORE"];
const TESTS: &[&str] = &["AB", "MV", "PERS", "PRICE", "UX"];
const KPIS: &[&str] = &["CONV", "AOV", "CLV", "RPR", "CART", "CTR"];
/// Shares of a document are rounded; five of them may come to this much more than 1.
const ROUNDED: f64 = 0.005;
/// Values that differ by less than this part of themselves are one, rounded.
const NEAR: f64 = 0.01;

/// A rule: what it finds wrong.
type Rule = fn(&Looked<'_>) -> Vec<Option<Contradiction>>;

const RULES: &[Rule] = &[
    revenue_of_segments,
    sizes,
    aov_target,
    conversion_target,
    lifts,
    targets,
    aov_between,
    ltv_between,
    revenue_of_channels,
    consent,
    tests,
];

/// Everything that disagrees, in the order of the rules.
pub(super) fn contradictions(template: &Template, state: &State) -> Vec<Contradiction> {
    let looked = Looked { template, state };
    RULES.iter().flat_map(|rule| rule(&looked)).flatten().collect()
}

fn rows(fields: &[Known<'_>]) -> String {
    fields.iter().map(Known::of_row).collect::<Vec<_>>().join(", ")
}

fn sum(fields: &[Known<'_>]) -> f64 {
    fields.iter().map(|known| known.number).sum()
}

fn in_percent(share: f64) -> String {
    crate::model::Locale::En.percent(share, 1)
}

fn revenue_of_segments(looked: &Looked<'_>) -> Vec<Option<Contradiction>> {
    shares(&looked.numbers(SEGMENTS, "REVENUE"), "Revenue shares of the segments (section 1)")
}

/// Usage is no such sum: who uses two channels counts for both.
fn revenue_of_channels(looked: &Looked<'_>) -> Vec<Option<Contradiction>> {
    shares(&looked.numbers(CHANNELS, "SHARE"), "Revenue shares of the channels (section 6)")
}

/// Shares of one whole.
fn shares(fields: &[Known<'_>], what: &str) -> Vec<Option<Contradiction>> {
    let sum = sum(fields);
    let sentence = || format!("{what} come to {}, more than the whole: {}", in_percent(sum), rows(fields));
    vec![(sum > 1.0 + ROUNDED).then(sentence).and_then(|sentence| told(sentence, fields))]
}

/// Everybody stands in exactly one segment.
fn sizes(looked: &Looked<'_>) -> Vec<Option<Contradiction>> {
    let Some(all) = looked.number("CUSTOMER_COUNT") else { return Vec::new() };
    let mut fields = looked.numbers(SEGMENTS, "SIZE");
    let sum = sum(&fields);
    let short = fields.len() == SEGMENTS.len() && sum < all.number * (1.0 - NEAR);
    let wrong = sum > all.number * (1.0 + ROUNDED) || short;
    let count = crate::model::Locale::En.number(sum, 0);
    let sentence = format!("Sizes of the segments (section 1) come to {count}, but {}: {}", all.is(), rows(&fields));
    fields.insert(0, all);
    vec![wrong.then_some(sentence).and_then(|sentence| told(sentence, &fields))]
}

/// Whether two amounts are of one currency; amounts of two are never held against each other.
fn comparable(a: &Known<'_>, b: &Known<'_>) -> bool {
    match (a.value, b.value) {
        (FieldValue::Money(_, a), FieldValue::Money(_, b)) => a == b,
        _ => true,
    }
}

/// What current value and improvement come to is the target of section 10.
fn aov_target(looked: &Looked<'_>) -> Vec<Option<Contradiction>> {
    let find = || {
        let (rise, current) = (looked.number("AOV_IMPROVEMENT")?, looked.number("AOV_CURR")?);
        let target = looked.number("AOV_TARGET")?;
        let FieldValue::Money(_, currency) = current.value else { return None };
        let wanted = current.number * (1.0 + rise.number);
        if !comparable(&current, &target) || (wanted - target.number).abs() <= NEAR * wanted.abs().max(1.0) {
            return None;
        }
        let sentence = format!(
            "{}, on {} today, comes to {}, but {}",
            rise.is(),
            current.text(),
            currency.display(wanted.round() as i64),
            target.is()
        );
        told(sentence, &[rise, current, target])
    };
    vec![find()]
}

/// One target, shown in two places.
fn conversion_target(looked: &Looked<'_>) -> Vec<Option<Contradiction>> {
    let find = || {
        let (profile, kpi) = (looked.number("CONVERSION_TARGET")?, looked.number("CONV_TARGET")?);
        let differ = (profile.number - kpi.number).abs() > 5e-5;
        differ.then(|| told(format!("{}, but {}", profile.is(), kpi.is()), &[profile, kpi]))?
    };
    vec![find()]
}

/// The lift of a KPI is its current value against its baseline.
fn lifts(looked: &Looked<'_>) -> Vec<Option<Contradiction>> {
    let one = |kpi: &&str| {
        let of = |ending: &str| looked.number(&format!("{kpi}_{ending}"));
        let (base, current, lift) = (of("BASE")?, of("CURR")?, of("LIFT")?);
        if base.number == 0.0 || !comparable(&base, &current) {
            return None;
        }
        let found = (current.number - base.number) / base.number.abs();
        // A document rounds both values to a tenth of a percent or a cent.
        let near = ROUNDED + NEAR * found.abs();
        let sentence =
            || format!("{}, but from {} to {} it is {}", lift.is(), base.text(), current.text(), in_percent(found));
        ((found - lift.number).abs() > near).then(|| told(sentence(), &[lift, base, current]))?
    };
    KPIS.iter().map(one).collect()
}

/// A target lies where the KPI is to go: abandoned carts fall, everything else rises.
fn targets(looked: &Looked<'_>) -> Vec<Option<Contradiction>> {
    let one = |kpi: &&str| {
        let (base, target) = (looked.number(&format!("{kpi}_BASE"))?, looked.number(&format!("{kpi}_TARGET"))?);
        let falls = *kpi == "CART";
        let back = if falls { target.number > base.number } else { target.number < base.number };
        let side = if falls { "above" } else { "below" };
        let sentence = || format!("{}, {side} where it began: {}", target.is(), base.is());
        (back && comparable(&base, &target)).then(|| told(sentence(), &[target, base]))?
    };
    KPIS.iter().map(one).collect()
}

fn aov_between(looked: &Looked<'_>) -> Vec<Option<Contradiction>> {
    vec![between(looked, "AOV", "AOV_CURR")]
}

fn ltv_between(looked: &Looked<'_>) -> Vec<Option<Contradiction>> {
    vec![between(looked, "LTV", "CLV_CURR")]
}

/// What all customers come to lies between the least and the most that a segment comes to.
fn between(looked: &Looked<'_>, ending: &str, all: &str) -> Option<Contradiction> {
    let all = looked.number(all)?;
    // Browsers have no orders; the other four hold all of them.
    let mut fields = looked.numbers(&SEGMENTS[..4], ending);
    if fields.len() < 4 || fields.iter().any(|one| !comparable(one, &all)) {
        return None;
    }
    let least = fields.iter().map(|one| one.number).fold(f64::INFINITY, f64::min);
    let most = fields.iter().map(|one| one.number).fold(f64::NEG_INFINITY, f64::max);
    let inside = (least * (1.0 - NEAR)..=most * (1.0 + NEAR)).contains(&all.number);
    let sentence = format!("{}, which lies outside of all segments (section 1): {}", all.is(), rows(&fields));
    fields.insert(0, all);
    if inside { None } else { told(sentence, &fields) }
}

/// Nobody both agrees and takes it back.
fn consent(looked: &Looked<'_>) -> Vec<Option<Contradiction>> {
    let find = || {
        let (yes, no) = (looked.number("CONSENT_RATE")?, looked.number("OPTOUT_RATE")?);
        let sum = yes.number + no.number;
        let sentence = || format!("{} and {}, together {}", yes.is(), no.is(), in_percent(sum));
        (sum > 1.0 + ROUNDED).then(|| told(sentence(), &[yes, no]))?
    };
    vec![find()]
}

/// Without a test nothing wins, and without a winner nothing is gained. Data count tests that run beside wins of tests
/// that are over; only of what somebody typed both are meant of the same tests.
fn tests(looked: &Looked<'_>) -> Vec<Option<Contradiction>> {
    let one = |kind: &&str| {
        let of = |ending: &&str| looked.number(&format!("{kind}_{ending}"));
        let none = |ending: &str, of_these: &[&str]| {
            let nothing = of(&ending).filter(|known| known.number == 0.0 && known.typed)?;
            let result = of_these.iter().filter_map(of).find(|known| known.number != 0.0 && known.typed)?;
            told(format!("{}, but {}", nothing.is(), result.is()), &[nothing, result])
        };
        none("TESTS", &["WIN", "LIFT", "IMPL", "IMPACT"]).or_else(|| none("WIN", &["LIFT", "IMPL", "IMPACT"]))
    };
    TESTS.iter().map(one).collect()
}
