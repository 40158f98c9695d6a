//! What a campaign came to, against a count by hand and a naive one.

use cartwright::analytics::success::{Came, Opens, success};
use cartwright::jobs::Progress;
use cartwright::model::campaign::{MetricKind, Target, Template};
use cartwright::model::plan::Percent;
use cartwright::model::{Currency, Day};
use cartwright::ops::Session;

use super::from;
use crate::rules::{odd_shop, sample_shop};

fn of(
    session: &mut Session,
    campaign: &cartwright::model::Campaign,
    as_of: Day,
) -> cartwright::analytics::success::Success {
    let progress = Progress::none();
    let (data, details) = (session.dataset(&progress).unwrap(), session.details(&progress).unwrap());
    success(&data, &details, &session.definitions().unwrap(), as_of, campaign, &progress).unwrap()
}

#[test]
fn a_window_is_counted_as_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = odd_shop(folder.path());
    let mut campaign = from(Template::SaleEvent, "2026-03-08");
    campaign.starts = "2026-03-08T00:00:00".parse().unwrap();
    campaign.ends = "2026-03-12T00:00:00".parse().unwrap();
    let found = of(&mut session, &campaign, Day::parse("2026-03-31").unwrap());
    // Orders 3, 5 and 6; order 4 is in a currency without a rate. Customer 1 had bought before, 3 and 4 had not.
    assert_eq!(found.orders, 3);
    assert_eq!(found.repeat[0], Some(1.0 / 3.0));
    // Of customers 1 and 2, who were active, 2 stayed away.
    assert_eq!(found.churn[0], Some(0.5));
    assert!(found.over);
    let early = of(&mut session, &campaign, Day::parse("2026-03-09").unwrap());
    assert!(!early.over && early.orders == 1);
    let open = Opens { opened: 30, delivered: 100, before: Some(0.2) };
    assert_eq!(found.of(MetricKind::OpenRate, Some(open)), Some(Came::Share(0.3)));
    let Some(Came::Share(rise)) = found.of(MetricKind::OpenRateRise, Some(open)) else { panic!() };
    assert!((rise - 0.5).abs() < 1e-12);
    assert_eq!(found.of(MetricKind::OpenRate, None), None);
    assert_eq!(found.of(MetricKind::SocialEngagementRise, Some(open)), None);
    assert_eq!(Came::Share(0.3).reaches(Target::Percent(Percent::whole(30)), Currency::USD), Some(true));
    assert_eq!(Came::Share(0.3).reaches(Target::Count(3), Currency::USD), None);
}

#[test]
fn orders_and_revenue_are_those_of_the_replay_window() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    let data = session.dataset(&Progress::none()).unwrap();
    let definitions = session.definitions().unwrap();
    let campaign = from(Template::SaleEvent, "2026-08-03");
    let as_of = data.span.unwrap().1;
    let found = of(&mut session, &campaign, as_of);
    let (from, to) = (definitions.zone.to_utc(campaign.starts), definitions.zone.to_utc(campaign.ends));
    let revenue = cartwright::analytics::revenue::Revenue::new(&data, &definitions, as_of);
    let (mut orders, mut worth) = (0, 0);
    for i in (0..data.orders.id.len()).filter(|&i| revenue.is_counted(i)) {
        if data.orders.placed_at[i] >= from && data.orders.placed_at[i] < to {
            orders += u64::from(revenue.is_purchase(i));
            let refunds = (0..data.refunds.order.len()).filter(|&r| data.refunds.order[r] as usize == i);
            worth += revenue.before_refunds(i) - refunds.map(|r| revenue.refunded(r)).sum::<i64>();
        }
    }
    assert!(orders > 0);
    assert_eq!((found.orders, found.revenue), (orders, worth));
}
