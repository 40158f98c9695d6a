//! Sums and shares of claims; whole shops are in the integration tests.

use super::*;
use crate::model::results::AdSpend;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn row(first: &str, last: &str, orders: i64, value: i64) -> AdSpend {
    AdSpend {
        day: day(first),
        until: day(last),
        amount: 100,
        currency: Currency::USD,
        impressions: None,
        clicks: None,
        conversions_milli: Some(orders * 1_000),
        value: Some(value),
    }
}

fn platform(origin: &str, channel: &str, rows: Vec<AdSpend>) -> Platform {
    Platform { origin: origin.into(), channel: channel.into(), kind: Claimant::Ads, groups: vec![rows] }
}

fn of(platforms: &[Platform], from: &str, to: &str, by: Step) -> Ledger {
    let (data, touches, names) = (Dataset::default(), Touches::default(), ChannelNames::default());
    let sources = Sources { data: &data, platforms, touches: &touches, names: &names };
    let settings = Settings { from: day(from), to: day(to), by, look_back: 30 };
    let definitions = Definitions { currency: Currency::USD, ..Definitions::default() };
    ledger(sources, &definitions, settings, &Progress::none()).unwrap()
}

#[test]
fn periods_are_whole_and_cut_off_at_both_ends() {
    let periods = periods::between(day("2026-01-30"), day("2026-03-02"), Step::Month);
    let days: Vec<_> = periods.iter().map(|p| (p.from.to_string(), p.to.to_string(), p.days())).collect();
    let expected = [("2026-01-30", "2026-01-31", 2), ("2026-02-01", "2026-02-28", 28), ("2026-03-01", "2026-03-02", 2)];
    assert!(days.iter().zip(expected).all(|((a, b, n), e)| (a.as_str(), b.as_str(), *n) == e), "{days:?}");
    assert_eq!(periods::place(&periods, day("2026-02-28")), Some(1));
    assert_eq!(periods::place(&periods, day("2026-03-03")), None);
    assert_eq!(periods::place(&periods, day("2026-01-29")), None);
}

#[test]
fn a_sum_of_more_days_than_a_period_is_shared_out_without_loss() {
    let found = of(
        &[platform("x", "Ads", vec![row("2026-01-30", "2026-02-08", 7, 1_003)])],
        "2026-01-01",
        "2026-02-28",
        Step::Month,
    );
    let parts: Vec<_> =
        found.periods.iter().map(|p| (p.claims[0].orders_milli, p.claims[0].revenue, p.claims[0].spread)).collect();
    assert_eq!(parts, [(Some(1_400), Some(200), true), (Some(5_600), Some(803), true)]);
    let total = &found.total.claims[0];
    assert_eq!((total.orders_milli, total.revenue, total.spread), (Some(7_000), Some(1_003), false));
    assert_eq!((total.covered_days, found.periods[0].claims[0].covered_days), (10, 2));
    assert!(found.periods[1].is_partly_covered(&found.periods[1].claims[0]));
}

#[test]
fn overlapping_reports_count_once_and_the_largest_claim_stands_first() {
    let mut small = vec![row("2026-01-05", "2026-01-05", 2, 500), row("2026-01-06", "2026-01-06", 1, 100)];
    small.push(AdSpend { amount: 200, ..row("2026-01-01", "2026-01-31", 3, 600) });
    let large = vec![row("2026-01-10", "2026-01-10", 5, 900)];
    let found = of(
        &[platform("google_ads", "Google Ads", small), platform("meta_ads", "Meta Ads", large)],
        "2026-01-01",
        "2026-01-31",
        Step::Month,
    );
    let titles: Vec<_> = found.platforms.iter().map(|p| (p.title.as_str(), p.channel.as_deref())).collect();
    assert_eq!(titles, [("Meta Ads", Some("Paid social")), ("Google Ads", Some("Paid search"))]);
    let claimed: Vec<_> = found.total.claims.iter().map(|claim| claim.orders_milli).collect();
    assert_eq!(claimed, [Some(5_000), Some(3_000)]);
    // Nothing was sold: no factor, rather than infinity.
    assert_eq!((found.total.claimed_milli, found.total.over_claim), (8_000, None));
    assert!(said::verdict(&found).contains("in which nothing was sold"));
}

#[test]
fn what_has_no_rate_and_what_claims_nothing_is_said_or_left_out() {
    let euro = Currency::parse("EUR").unwrap();
    let mut foreign = row("2026-01-05", "2026-01-05", 2, 500);
    foreign.currency = euro;
    let mut silent = row("2026-01-05", "2026-01-05", 0, 0);
    (silent.conversions_milli, silent.value) = (None, None);
    let found = of(
        &[platform("meta_ads", "Meta Ads", vec![foreign]), platform("x", "Leaflets", vec![silent])],
        "2026-01-01",
        "2026-01-31",
        Step::Month,
    );
    assert_eq!(found.platforms.len(), 1);
    assert_eq!((found.total.claims[0].orders_milli, found.total.claims[0].revenue), (Some(2_000), None));
    assert_eq!(found.unrated, [(euro, 1)]);
    assert!(found.claimable.is_none() && found.total.claims[0].supported.is_none());
}

#[test]
fn thousandths_of_orders_are_written_as_orders() {
    assert_eq!(said::orders(1_234_000), "1,234");
    assert_eq!(said::orders(1_500), "1.5");
    assert_eq!(said::orders(0), "0");
}
