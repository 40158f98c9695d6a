//! Reports that overlap never count twice.

use cartwright::analytics::spend::apart;
use cartwright::model::dataset::Spend;
use cartwright::model::{Currency, Day};
use proptest::prelude::*;

fn rows() -> impl Strategy<Value = Vec<Spend>> {
    let row = (0..60_i32, 0..20_i32, 0..500_i64, 0..3_i64).prop_map(|(day, length, amount, campaign)| Spend {
        day: Day(day),
        until: Day(day + length),
        channel: "Ads".into(),
        amount,
        currency: Currency::USD,
        origin: 1,
        campaign,
    });
    prop::collection::vec(row, 0..40)
}

proptest! {
    #[test]
    fn no_day_of_a_campaign_is_told_by_two_reports_of_different_days(mut rows in rows()) {
        // The workspace keeps one row of the same days and campaign.
        rows.sort_by_key(|s| (s.campaign, s.day, s.until));
        rows.dedup_by_key(|s| (s.campaign, s.day, s.until));
        let counted = apart(&rows);
        for (i, a) in counted.iter().enumerate() {
            for b in &counted[i + 1..] {
                let overlap = a.campaign == b.campaign && a.day <= b.until && b.day <= a.until;
                prop_assert!(!overlap, "{a:?} {b:?}");
            }
        }
        // What nothing overlaps is always counted.
        for row in &rows {
            let others = rows.iter().filter(|o| o.campaign == row.campaign && o.day <= row.until && row.day <= o.until);
            if others.count() == 1 {
                prop_assert!(counted.contains(&row));
            }
        }
    }

    #[test]
    fn days_alone_are_all_counted(mut rows in rows()) {
        rows.iter_mut().for_each(|row| row.until = row.day);
        prop_assert_eq!(apart(&rows).len(), rows.len());
    }
}
