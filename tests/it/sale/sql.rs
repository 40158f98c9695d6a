//! The framework's sale on real and made-up shops against SQL that knows nothing of the replay.

use std::path::Path;

use cartwright::jobs::Progress;
use cartwright::model::{Currency, Day, SalePlan};
use cartwright::ops::Session;

use super::framework;
use crate::rules::{online_retail, sample_shop};

/// Baskets, goods, baskets from 50 on, from 75 on, from 100 on, served, discount, shipping, to buyers at full price.
type Totals = [i64; 8];

/// The same over the tables of the workspace. Statuses 2 and 5 are cancelled and failed, flags 1 and 2 tests and returns.
const SQL: &str = "
WITH basket AS (
    SELECT o.id, o.shipping, o.discount AS had,
        (SELECT coalesce(sum(l.amount), 0) FROM line l
            WHERE l.id >= o.id << 20 AND l.id < (o.id + 1) << 20 AND l.amount > 0) AS goods
    FROM orders o
    WHERE o.placed_at >= ?1 AND o.placed_at < ?2 AND o.status NOT IN (2, 5) AND o.flags & 3 = 0 AND o.total > 0
), sale AS (
    SELECT *,
        CASE WHEN goods >= 10000 THEN (goods * 20 + 50) / 100 WHEN goods >= 5000 THEN (goods * 15 + 50) / 100 ELSE 0 END
            AS discount,
        CASE WHEN goods >= 7500 THEN shipping ELSE 0 END AS given
    FROM basket
)
SELECT count(*), sum(goods), sum(goods >= 5000), sum(goods >= 7500), sum(goods >= 10000), sum(discount), sum(given),
    sum(CASE WHEN had <= 0 THEN discount + given ELSE 0 END)
FROM sale";

fn by_sql(file: &Path, from: i64, to: i64) -> Totals {
    let connection = rusqlite::Connection::open_with_flags(file, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    connection
        .query_row(SQL, [from, to], |row| {
            let mut totals = Totals::default();
            for (column, total) in totals.iter_mut().enumerate() {
                *total = row.get(column)?;
            }
            Ok(totals)
        })
        .unwrap()
}

/// The replay's totals on some days, checked against the SQL.
fn compared(session: &mut Session, plan: &SalePlan, chosen: Option<(Day, Day)>) -> (Totals, (Day, Day)) {
    let (_, replay) = session.replay_sale(plan, chosen, &Progress::none()).unwrap();
    let n = |count: u64| count as i64;
    let totals = [
        n(replay.nobody.baskets),
        replay.nobody.goods,
        n(replay.tiers[0].qualifies),
        n(replay.tiers[2].qualifies),
        n(replay.tiers[1].qualifies),
        replay.nobody.discount,
        replay.nobody.shipping,
        replay.were.to_full_price,
    ];
    assert_eq!(totals, by_sql(session.path(), replay.window.from, replay.window.to), "{:?}", replay.window.days);
    assert_eq!(replay.tiers[0].applied + replay.tiers[1].applied, replay.tiers[0].qualifies);
    (totals, replay.window.days)
}

#[test]
fn the_frameworks_sale_on_the_sample_shop_is_what_sql_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    let data = session.dataset(&Progress::none()).unwrap();
    let plan = framework(Currency::USD);
    let (_, days) = compared(&mut session, &plan, None);
    assert_eq!((days.0.to_string(), days.1.to_string()), ("2025-10-24".into(), "2025-10-27".into()));
    let (all, _) = compared(&mut session, &plan, data.span);
    assert!(all[0] > 2_000 && all[6] > 0 && all[7] > 0);
}

/// Totals over the whole history as DuckDB 2.0 has them over the file itself: lines rounded to the penny, invoices
/// without cancellations (“C…”) and without those worth nothing. The file tells no shipping and no discounts.
#[test]
fn the_frameworks_sale_on_online_retail_is_what_sql_says() {
    let folder = tempfile::tempdir().unwrap();
    let Some(mut session) = online_retail(folder.path()) else { return };
    let definitions = session.definitions().unwrap();
    let data = session.dataset(&Progress::none()).unwrap();
    let plan = framework(definitions.currency);
    let (_, days) = compared(&mut session, &plan, None);
    assert_eq!((days.0.to_string(), days.1.to_string()), ("2011-10-21".into(), "2011-10-24".into()));
    let (all, _) = compared(&mut session, &plan, data.span);
    assert_eq!(all, [19_960, 1_066_668_454, 18_336, 17_842, 17_239, 212_254_523, 0, 212_254_523]);
}
