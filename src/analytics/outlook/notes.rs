//! What one must know to read an outlook, in sentences.

use super::trial::Trial;
use super::{EventKind, Ground, Of, Outlook};
use crate::analytics::forecast::{History, Measure};
use crate::analytics::outlook::rules::YEAR;
use crate::model::{Day, Locale};

/// Fewer orders a day are too few to be told by day.
const SELDOM: f64 = 1.0;

/// All that apply.
pub fn notes(
    ground: &Ground<'_>,
    history: &History,
    gaps: &[(Day, Day)],
    trial: &Trial,
    asked_for: usize,
    outlook: &Outlook,
) -> Vec<String> {
    let every = [
        shortened(asked_for, outlook, history),
        untried(trial, outlook),
        missing(gaps),
        left_out(ground, history),
        sales_of_last_year(ground, outlook),
        untold_sales(outlook),
        below_zero(history, outlook.of),
        seldom(history, outlook),
        one_year(history, outlook),
        per_order(outlook),
    ];
    every.into_iter().flatten().collect()
}

fn count(n: usize) -> String {
    Locale::En.count(n as u64)
}

fn shortened(asked_for: usize, outlook: &Outlook, history: &History) -> Option<String> {
    let (told, grain) = (outlook.ahead.len(), outlook.grain.name());
    (told < asked_for).then(|| {
        format!(
            "{} of {} {grain}s are foretold: with {} days of history nothing further ahead could be tried on the past",
            count(told),
            count(asked_for),
            count(history.len())
        )
    })
}

fn untried(trial: &Trial, outlook: &Outlook) -> Option<String> {
    let tried = trial.steps.iter().filter(|ahead| ahead.end <= trial.tested).count();
    let grain = outlook.grain.name();
    (tried < trial.steps.len()).then(|| {
        format!(
            "The first {} could be tried on the past; intervals of those after it widen as these did",
            Locale::En.counted(tried as u64, grain, &format!("{grain}s"))
        )
    })
}

fn missing(gaps: &[(Day, Day)]) -> Option<String> {
    let days: i32 = gaps.iter().map(|(from, to)| to.0 - from.0 + 1).sum();
    let (from, to) = gaps.iter().max_by_key(|(from, to)| to.0 - from.0)?;
    let others = if gaps.len() > 1 {
        format!(", and {} more", Locale::En.counted(gaps.len() as u64 - 1, "time", "times"))
    } else {
        String::new()
    };
    Some(format!(
        "There is no order from {} to {}{others}: {} are taken for missing data or holidays and left out, not learnt as \
         days without demand",
        from.display(),
        to.display(),
        Locale::En.counted(days.max(0) as u64, "day", "days")
    ))
}

fn left_out(ground: &Ground<'_>, history: &History) -> Option<String> {
    let sales = ground.on_sale.iter().filter(|(_, last)| *last <= history.last() && *last >= history.first).count();
    (sales > 0).then(|| {
        format!(
            "Days in {} and the week after each are left out of what is learnt and checked",
            Locale::En.counted(sales as u64, "past sale", "past sales")
        )
    })
}

/// Sales a year before the days ahead, where none is planned this time.
fn sales_of_last_year(ground: &Ground<'_>, outlook: &Outlook) -> Option<String> {
    let (first, last) = (Day(outlook.origin.0 + 1), outlook.ahead.last()?.to);
    let year = YEAR as i32;
    let known = ground.on_sale.iter().filter(|(_, to)| *to <= outlook.origin);
    let again = known.map(|(from, to)| (Day(from.0 + year), Day(to.0 + year)));
    let planned = |from: Day, to: Day| {
        let near = |event: &&super::Event| event.from.0 <= to.0 + 14 && event.to.0 >= from.0 - 14;
        outlook.events.iter().filter(|event| event.kind == EventKind::Sale).any(|event| near(&event))
    };
    let unplanned: Vec<(Day, Day)> =
        again.filter(|(from, to)| *from >= first && *to <= last && !planned(*from, *to)).collect();
    let (from, _) = unplanned.first()?;
    let when = Day(from.0 - year).display();
    Some(match unplanned.len() {
        1 => format!("A year before there was a sale from {when} on; none is planned around then, so none is foretold"),
        n => format!(
            "A year before there were {} sales in these {}s, the first from {when} on; none is planned around then, so none \
             is foretold",
            count(n),
            outlook.grain.name()
        ),
    })
}

fn untold_sales(outlook: &Outlook) -> Option<String> {
    let untold: Vec<&str> =
        outlook.events.iter().filter(|event| event.factor.is_none()).map(|event| event.name.as_str()).collect();
    (!untold.is_empty()).then(|| {
        format!(
            "What {} adds cannot be told from past sales, so nothing is put on for it",
            untold.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ")
        )
    })
}

fn below_zero(history: &History, of: Of) -> Option<String> {
    let days = (0..history.len()).filter(|at| history.day(Measure::Revenue, *at) < 0).count();
    (days > 0 && of != Of::Orders).then(|| {
        format!(
            "On {} more was given back than sold; such days count as they are",
            Locale::En.counted(days as u64, "day", "days")
        )
    })
}

fn seldom(history: &History, outlook: &Outlook) -> Option<String> {
    let days = (history.len().saturating_sub(YEAR)..history.len()).filter(|at| history.is_ordinary(*at));
    let (orders, days) = days.fold((0, 0), |(orders, days), at| (orders + history.day(Measure::Orders, at), days + 1));
    let step = outlook.grain.around(outlook.origin);
    let per_step = orders as f64 / f64::from(days.max(1)) * f64::from(step.1.0 - step.0.0 + 1);
    (per_step < SELDOM).then(|| {
        format!(
            "Fewer than one order a {}: single {0}s are chance, longer steps and the total tell more",
            outlook.grain.name()
        )
    })
}

fn one_year(history: &History, outlook: &Outlook) -> Option<String> {
    outlook
        .months
        .is_empty()
        .then(|| format!("{} days are known; the season of the year can be told from 730 on", count(history.len())))
}

fn per_order(outlook: &Outlook) -> Option<String> {
    (outlook.of == Of::Aov).then(|| {
        if outlook.used_naive {
            "Orders times this value need not be the revenue that is foretold: for revenue per order alone the naive rule was nearer"
                .to_owned()
        } else {
            "Revenue foretold ÷ orders foretold, so that orders times this value are the revenue".to_owned()
        }
    })
}
