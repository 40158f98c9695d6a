//! Changes and differences in sentences, for command line, window and documents alike.

use super::change::{Change, Note};
use super::difference::{Difference, Left, Step, What};
use super::factors::{Factor, Part};
use super::rows::Row;
use crate::model::record::OrderStatus;
use crate::model::{Currency, Day, Locale};

/// An amount with its sign, also where it is more than nothing: `+$1,234.50`.
pub fn signed(minor: i64, currency: Currency, locale: Locale) -> String {
    let sign = if minor > 0 { "+" } else { "" };
    format!("{sign}{}", locale.money(minor, currency))
}

/// An amount for titles, with its sign and three figures: `+$429.1K`.
pub fn short(minor: i64, currency: Currency, locale: Locale) -> String {
    let major = currency.major(minor).abs();
    let (scale, letter) = match major {
        m if m < 999.5 => (1.0, ""),
        m if m < 999_950.0 => (1e3, "K"),
        m if m < 999.95e6 => (1e6, "M"),
        _ => (1e9, "B"),
    };
    let value = major / scale;
    let decimals = if letter.is_empty() { currency.exponent() } else { 1 };
    let number = locale.number(value, decimals);
    // The symbol stands where the locale puts it, around the number as it is.
    let one = locale.money_whole(currency.scale(), currency);
    let sign = if minor > 0 {
        "+"
    } else if minor < 0 {
        "−"
    } else {
        ""
    };
    format!("{sign}{}", one.replacen('1', &format!("{number}{letter}"), 1))
}

/// `1 Mar – 31 Mar 2026` as two days.
pub fn days((from, to): (Day, Day), locale: Locale) -> String {
    format!("{} – {}", locale.date(from), locale.date(to))
}

/// What happened, for a title: `Why revenue moved +$429.1K`.
pub fn title(change: &Change, locale: Locale) -> String {
    match change.amount() {
        0 => "Revenue did not move".into(),
        amount => format!("Why revenue moved {}", short(amount, change.currency, locale)),
    }
}

/// What happened, in one sentence.
pub fn verdict(change: &Change, locale: Locale) -> String {
    let money = |minor| locale.money(minor, change.currency);
    let (before, after) = (change.before.revenue(), change.after.revenue());
    let share = change.share().map_or_else(String::new, |share| format!(", {}", signed_percent(share, locale)));
    format!(
        "Revenue went from {} to {}: {}{share}",
        money(before),
        money(after),
        signed(change.amount(), change.currency, locale)
    )
}

/// A relative change: `+8.4%`.
pub fn signed_percent(share: f64, locale: Locale) -> String {
    format!("{}{}", if share > 0.0 { "+" } else { "" }, locale.percent(share, 1))
}

/// Parts and what they are made of, from top to bottom; the number says how deep a part lies.
pub fn lines(parts: &[Part]) -> Vec<(usize, &Part)> {
    let below = |part| lines(part).into_iter().map(|(depth, part)| (depth + 1, part));
    parts.iter().flat_map(|part| std::iter::once((0, part)).chain(below(&part.of)).collect::<Vec<_>>()).collect()
}

/// The name of a row: `All others (214)` where several groups are joined in it.
pub fn name(row: &Row) -> String {
    if row.joined > 1 { format!("{} ({})", row.name, Locale::En.count(row.joined)) } else { row.name.clone() }
}

/// Factors that have a part in any of the rows, in the order in which they are listed.
pub fn factors(rows: &[Row]) -> Vec<Factor> {
    let used = |factor: &Factor| rows.iter().any(|row| row.parts.iter().any(|part| part.factor == *factor));
    Factor::ALL.into_iter().filter(used).collect()
}

/// What one part made of it, in one sentence.
pub fn part(part: &Part, currency: Currency, locale: Locale) -> String {
    format!("{}: {}", part.factor.in_words(), signed(part.amount, currency, locale))
}

/// What the calendar made of it; `None` where both periods have the same days of the week.
pub fn calendar(change: &Change, locale: Locale) -> Option<String> {
    let amount = signed(change.calendar?, change.currency, locale);
    let [before, after] = change.days();
    Some(if before == after {
        format!("The periods have the same length but other days of the week: that alone made {amount} of it")
    } else {
        format!(
            "{} against {}: the calendar alone made {amount} of it",
            locale.counted(after.into(), "day", "days"),
            locale.counted(before.into(), "day", "days"),
        )
    })
}

/// Something to know about the two periods.
pub fn note(note: &Note, locale: Locale) -> String {
    let counts = |[before, after]: [u64; 2]| {
        format!(
            "{} of the earlier period and {} of the later",
            locale.counted(before, "order", "orders"),
            locale.count(after)
        )
    };
    match note {
        Note::HistoryBegins(day) => {
            format!("Orders are known from {} on: the earlier period is not whole", locale.date(*day))
        }
        Note::KnownUntil(day) => format!("Orders are known until {}: the later period is not over", locale.date(*day)),
        Note::EarlyHistory(day) => format!(
            "Orders are known from {} on: customers of the earlier period who bought before that count as new",
            locale.date(*day)
        ),
        Note::WithoutRate(orders) => format!("{} are in currencies without a rate and left out", counts(*orders)),
        Note::TaxUnknown(orders) => format!("{} may hold a tax that their source does not say", counts(*orders)),
        Note::WithoutLines(orders) => format!("{} have no lines that tell units and prices", counts(*orders)),
        Note::RefundsToCome(0) => {
            "Nothing is known of the days after the later period: more refunds may come for it".into()
        }
        Note::RefundsToCome(days) => format!(
            "Only {} after the later period are known: more refunds may come for it",
            locale.counted((*days).into(), "day", "days")
        ),
    }
}

/// Everything to know about the two periods, the calendar first.
pub fn notes(change: &Change, locale: Locale) -> Vec<String> {
    calendar(change, locale).into_iter().chain(change.notes.iter().map(|one| note(one, locale))).collect()
}

/// A rule by which two figures differ, for labels.
pub fn what(what: What) -> String {
    let counts = |counts: bool| if counts { "count" } else { "do not count" };
    match what {
        What::Zone(zone) => format!("Days begin in {}", zone.name()),
        What::Status(OrderStatus::Pending, does) => format!("Pending orders {}", counts(does)),
        What::Status(OrderStatus::Cancelled, does) => format!("Cancelled orders {}", counts(does)),
        What::Status(OrderStatus::Failed, does) => format!("Failed orders {}", counts(does)),
        What::Status(status, does) => format!("Orders that are {} {}", status.word(), counts(does)),
        What::Tests(does) => format!("Test orders {}", counts(does)),
        What::FreeOrders(does) => format!("Orders of no value {}", counts(does)),
        What::Discounts => "Before discounts".into(),
        What::Tax(true) => "With tax".into(),
        What::Tax(false) => "Without tax".into(),
        What::Shipping(true) => "With shipping".into(),
        What::Shipping(false) => "Without shipping".into(),
        What::Refunds(true) => "Minus refunds".into(),
        What::Refunds(false) => "Before refunds".into(),
        What::RefundDay => "Refunds on their own day".into(),
    }
}

/// What one rule makes of the difference, in one sentence.
pub fn step(step: &Step, currency: Currency, locale: Locale) -> String {
    format!(
        "{}: {}, {}",
        what(step.what),
        signed(step.amount, currency, locale),
        locale.counted(step.orders, "order", "orders")
    )
}

/// Where the steps lead, and what they do not explain, in one sentence.
pub fn outcome(found: &Difference, locale: Locale) -> String {
    let money = |minor| locale.money(minor, found.currency);
    let name = found.asked.platform.name();
    let by_rules = format!("{} by your definitions is {} as {name}", money(found.ours), money(found.by_their_rules));
    let (Some(theirs), Some(rest)) = (found.asked.theirs, found.not_explained) else { return by_rules };
    let says = if theirs.imported { "its imported report says" } else { "it says" };
    match rest {
        0 => format!("{by_rules}, and {says} the same"),
        rest => format!(
            "{by_rules}; {says} {}, of which {} is not explained",
            money(theirs.amount),
            signed(rest, found.currency, locale)
        ),
    }
}

/// Something that the steps leave open.
pub fn left(left: &Left, currency: Currency, locale: Locale) -> String {
    let orders = |n: u64| locale.counted(n, "order", "orders");
    match left {
        Left::WithoutRate { currency, orders: n, total } => format!(
            "{} of {} in all are in a currency without a rate and in neither figure; set a rate for {currency}",
            orders(*n),
            locale.money(*total, *currency)
        ),
        Left::Converted { orders: n, total } => format!(
            "{} of {} in all are converted at your own rates; a platform takes those of the day",
            orders(*n),
            locale.money(*total, currency)
        ),
        Left::TaxUnknown(n) => format!("The source does not say the tax of {}: it may be in either figure", orders(*n)),
        Left::UndatedRefunds(n) => format!(
            "{} without a day: the definitions say where they stand",
            locale.counted(*n, "refund is", "refunds are")
        ),
        Left::RefundZone => "Refunds are known by the day of your own time zone only".into(),
        Left::CancelledDay(n) => format!(
            "{} cancelled: sale and return cancel out here; Shopify puts the return on the day of the cancellation",
            locale.counted(*n, "order was", "orders were")
        ),
        Left::OnHold(n) => format!(
            "{} pending: WooCommerce counts those on hold, which files do not tell from those not paid",
            locale.counted(*n, "order is", "orders are")
        ),
        Left::KnownUntil(day) => format!("Orders are known until {} only", locale.date(*day)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_of_titles_are_short_and_signed() {
        let usd = Currency::USD;
        let euro = Currency::parse("EUR").unwrap();
        for (minor, text) in [(42_910_000, "+$429.1K"), (-1_234, "−$12.34"), (0, "$0.00"), (553_470_000, "+$5.5M")] {
            assert_eq!(short(minor, usd, Locale::En), text);
        }
        assert_eq!(short(42_910_000, euro, Locale::De), "+429,1K\u{a0}€");
        assert_eq!(signed(-5, usd, Locale::En), "−$0.05");
    }
}
