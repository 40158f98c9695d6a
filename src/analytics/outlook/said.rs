//! An outlook in sentences, for command line and window alike.

use super::{Ahead, Event, EventKind, Of, Outlook, RuleError};
use crate::model::{Currency, Locale};

/// An amount of a measure for people: whole orders from a hundred on.
pub fn amount(of: Of, currency: Currency, value: f64) -> String {
    match of {
        Of::Orders => Locale::En.number(value, u32::from(value.abs() < 100.0)),
        Of::Revenue | Of::Aov => currency.display(value.round() as i64),
    }
}

/// A value in major units, where it is money.
pub fn major(of: Of, currency: Currency, value: f64) -> f64 {
    match of {
        Of::Orders => value,
        Of::Revenue | Of::Aov => value / currency.scale() as f64,
    }
}

/// What is special about a step: events by name, and what is known of it.
pub fn remark(step: &Ahead, events: &[&str]) -> String {
    let known = step.known.map(|known| format!("{} known", Locale::En.counted(known.days.into(), "day", "days")));
    let events = events.iter().map(|event| (*event).to_owned());
    known.into_iter().chain(events).collect::<Vec<_>>().join(", ")
}

/// An interval.
pub fn range(of: Of, currency: Currency, (low, high): (f64, f64)) -> String {
    format!("{}–{}", amount(of, currency, low), amount(of, currency, high))
}

/// What is expected of all steps together.
pub fn verdict(outlook: &Outlook) -> String {
    let show = |value| amount(outlook.of, outlook.currency, value);
    let (what, verb) = match outlook.of {
        Of::Orders => ("orders", "are"),
        Of::Revenue => ("of revenue", "is"),
        Of::Aov => ("per order", "is"),
    };
    let last = outlook.ahead.last().map_or(outlook.origin, |step| step.to);
    let first = outlook.ahead.first().map_or(outlook.origin, |step| step.from);
    let came = outlook.ahead.first().and_then(|step| step.known).filter(|_| outlook.of != Of::Aov);
    let came = came.map_or_else(String::new, |known| format!(", of which {} came by then", show(known.value)));
    format!(
        "From {} to {} {} {what} {verb} expected ({} with 95%){came}",
        first.display(),
        last.display(),
        show(outlook.total.middle),
        range(outlook.of, outlook.currency, outlook.total.within_95)
    )
}

/// Which rule is used and why.
pub fn rule(outlook: &Outlook) -> String {
    let held_out = &outlook.held_out;
    let error = |error: &RuleError| Locale::En.percent(error.wape, 1);
    if outlook.used_naive {
        return format!(
            "The seasonal naive rule is used ({}): of {} none was nearer on the past; single {}s were off by {}",
            outlook.rule,
            Locale::En.counted(outlook.tried.len() as u64, "rule", "rules"),
            outlook.grain.name(),
            error(&held_out.own)
        );
    }
    format!(
        "Rule: {}; on the past single {}s were off by {}, by the seasonal naive rule ({}) by {}",
        outlook.rule,
        outlook.grain.name(),
        error(&held_out.own),
        held_out.naive.rule,
        error(&held_out.naive)
    )
}

/// How the past was foretold again.
pub fn held_out(outlook: &Outlook) -> String {
    let held_out = &outlook.held_out;
    let percent = |share| Locale::En.percent(share, 0);
    let scaled = held_out.own.mase.map_or_else(String::new, |mase| {
        format!("; scaled error {}, where the seasonal difference is 1", Locale::En.number(mase, 2))
    });
    format!(
        "Foretold again from {} past days on ({} – {}){scaled}; the 80% interval held {} and the 95% interval {} of what \
         came. The rule was chosen on these days, so it may do a little worse ahead",
        Locale::En.count(held_out.origins.into()),
        held_out.days.0.display(),
        held_out.days.1.display(),
        percent(held_out.within_80),
        percent(held_out.within_95),
    )
}

/// What an event puts on.
pub fn event(event: &Event) -> String {
    let days = if event.from == event.to {
        event.from.display()
    } else {
        format!("{} – {}", event.from.display(), event.to.display())
    };
    let past = match event.kind {
        EventKind::Sale => Locale::En.counted(event.past.into(), "past sale", "past sales"),
        EventKind::Holiday => Locale::En.counted(event.past.into(), "past year", "past years"),
    };
    let number = |value| Locale::En.number(value, 2);
    match event.factor {
        Some((middle, (low, high))) => format!(
            "{} ({days}): {} times an ordinary day ({}–{}), by {past}",
            event.name,
            number(middle),
            number(low),
            number(high)
        ),
        None => format!("{} ({days}): what it adds cannot be told by {past}", event.name),
    }
}

/// The last year against the one before it.
pub fn growth(outlook: &Outlook) -> Option<String> {
    outlook.growth.map(|growth| {
        let percent = Locale::En.percent(growth.abs(), 1);
        let way = if growth < 0.0 { "below" } else { "above" };
        format!("Ordinary days of the last year were {percent} {way} those of the year before")
    })
}
