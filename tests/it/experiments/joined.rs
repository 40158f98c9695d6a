//! Customers of a file joined with the shop's orders, against the same reckoned in SQL.

use std::fmt::Write as _;

use cartwright::analytics::experiment::joined::{Exposed, Window, join};
use cartwright::analytics::experiment::sample::{Arm, Measure, Moments, covariance};
use cartwright::jobs::Progress;
use cartwright::model::experiment::{Cap, Covariate, Metric};
use cartwright::model::{Day, Experiment};
use cartwright::ops::Session;
use cartwright::ops::experiments::SavedExperiment;
use cartwright::ops::experiments::observed::Observed;

use crate::rules::sample_shop;

const METRICS: [Metric; 6] =
    [Metric::Revenue, Metric::Conversion, Metric::Profit, Metric::OrderValue, Metric::Orders, Metric::Repeat];
const DAYS: i64 = 90;
const BEFORE: i64 = 200;

/// Who got what when, by a rule that nobody needs to look up.
fn drawn(id: u32, begin: i64) -> (u32, i64) {
    (u32::from(id % 5 < 2), begin + i64::from(id) * 7_919 % (28 * 86_400))
}

/// An experiment whose file names customers by shop id or e-mail, and everybody's row.
fn attached(session: &mut Session, folder: &std::path::Path) -> (SavedExperiment, Vec<u32>, i64) {
    let data = session.dataset(&Progress::none()).unwrap();
    let ids: Vec<u32> = data.customers.id.iter().copied().filter(|id| id % 7 != 0).collect();
    let starts = Day(data.span.unwrap().1.0 - 200);
    let begin = session.definitions().unwrap().zone.to_utc(starts.date().and_hms_opt(0, 0, 0).unwrap());
    let mut text = "customer id,email,variant,exposed at\n".to_owned();
    for one in session.customers(&ids).unwrap() {
        let (variant, at) = drawn(one.id, begin);
        let at = chrono::DateTime::from_timestamp(at, 0).unwrap().format("%Y-%m-%dT%H:%M:%SZ");
        let (shop_id, email) = (one.shop_id.unwrap_or_default(), one.email.unwrap_or_default());
        writeln!(text, "{shop_id},{email},{},{at}", ["Plain", "bold "][variant as usize]).unwrap();
    }
    text += "999999999,nobody@example.org,Plain,2026-01-01T00:00:00Z\n";
    let path = folder.join("exposed.csv");
    std::fs::write(&path, text).unwrap();
    let mut experiment = Experiment::new("Bold");
    (experiment.plan.variants[0].name, experiment.plan.variants[1].name) = ("Plain".into(), "Bold".into());
    (experiment.plan.primary, experiment.plan.guards) = (METRICS[0].clone(), METRICS[1..].to_vec());
    (experiment.plan.starts, experiment.plan.window_days) = (Some(starts), Some(DAYS as u32));
    experiment.plan.covariate = Some(Covariate::RevenueBefore(BEFORE as u32));
    let saved = session.add_experiment(experiment).unwrap();
    let looked = session.look_at_experiment_file(&path, &Progress::none()).unwrap();
    let done = session.attach_file(saved.id, (&looked, &looked.columns), false, &Progress::none()).unwrap();
    assert!(!done.adopted && done.left_out.unknown == 1 && done.left_out.twice == 0, "{:?}", done.left_out);
    (done.saved, ids, begin)
}

/// What every customer did, by hand.
const SQL: &str = "
WITH worth AS (
    SELECT o.id, coalesce(c.merged_into, c.id) AS customer, o.placed_at, o.total - o.tax - o.shipping AS base, o.total,
        o.status
    FROM orders o JOIN customer c ON c.id = o.customer_id
    WHERE o.flags & 3 = 0 AND o.total > 0 AND o.status IN (STATUSES)
), back AS (
    SELECT w.id, CASE
        WHEN EXISTS (SELECT 1 FROM refund r WHERE r.order_id = w.id AND r.amount > 0)
            THEN (SELECT sum((2 * r.amount * w.base + w.total) / (2 * w.total)) FROM refund r WHERE r.order_id = w.id)
        WHEN w.status = REFUNDED THEN w.base ELSE 0 END AS refunded
    FROM worth w
), cost AS (
    SELECT w.id, sum(l.amount - l.discount) AS goods, sum((p.cost * l.quantity + 500) / 1000) AS cost,
        count(*) = count(p.cost) AS known
    FROM worth w JOIN line l ON l.id >= w.id << 20 AND l.id < (w.id + 1) << 20
    LEFT JOIN product p ON p.id = l.product_id GROUP BY w.id
), sold AS (
    SELECT e.customer, e.variant, w.id, w.placed_at >= e.at AND w.placed_at < e.at + DAYS * 86400 AS within,
        w.placed_at < e.at AND w.placed_at >= e.at - BEFORE * 86400 AS before, w.base, w.base - b.refunded AS revenue,
        CASE WHEN k.known AND k.goods <> 0
            THEN w.base - b.refunded - CAST(round(1.0 * (w.base - b.refunded) * k.cost / k.goods) AS INTEGER) END AS margin
    FROM expo e JOIN worth w ON w.customer = e.customer JOIN back b ON b.id = w.id LEFT JOIN cost k ON k.id = w.id
), part AS (
    SELECT 1.0 * sum(margin) / sum(revenue) AS part FROM sold WHERE within AND margin IS NOT NULL
), did AS (
    SELECT e.customer, e.variant,
        coalesce(sum(s.revenue) FILTER (WHERE s.within), 0) / 100.0 AS revenue,
        coalesce(sum(coalesce(s.margin, s.revenue * (SELECT part FROM part))) FILTER (WHERE s.within), 0) / 100.0 AS profit,
        coalesce(count(s.id) FILTER (WHERE s.within), 0) * 1.0 AS orders,
        coalesce(sum(s.base) FILTER (WHERE s.before), 0) / 100.0 AS before
    FROM expo e LEFT JOIN sold s ON s.customer = e.customer GROUP BY e.customer, e.variant
), columns AS (
    SELECT *, 1.0 * (orders > 0) AS bought, 1.0 * (orders > 1) AS again FROM did
)
SELECT variant, count(*), sum(before), sum(before * before),
    sum(revenue), sum(revenue * revenue), sum(revenue * before),
    sum(bought), sum(bought * before),
    sum(profit), sum(profit * profit),
    sum(orders), sum(orders * orders), sum(revenue * orders), sum(orders * before),
    sum(again), sum(again * bought), sum(again * before)
FROM columns GROUP BY variant ORDER BY variant";

fn close(what: &str, ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() <= 1e-9 * theirs.abs().max(1e-3), "{what}: {ours} instead of {theirs}");
}

fn check(arm: &Arm, sums: &[f64]) {
    let [n, c, cc, r, rr, rc, bought, bc, p, pp, o, oo, ro, oc, again, ab, ac] = sums else { panic!("{sums:?}") };
    let n = *n as u64;
    assert_eq!(arm.users, n);
    let of = |sum: &f64, squares: &f64| Moments::from_sums(n, *sum, *squares);
    let (before, revenue, orders, profit) = (of(c, cc), of(r, rr), of(o, oo), of(p, pp));
    let same = |what: &str, ours: Moments, theirs: Moments| {
        close(what, ours.mean, theirs.mean);
        close(what, ours.variance, theirs.variance);
    };
    for (at, metric) in METRICS.iter().enumerate() {
        let known = arm.measures[at].covariate.unwrap();
        same("before", known.values, before);
        let name = metric.name();
        match (arm.measures[at].measure, metric) {
            (Measure::Mean { values }, Metric::Revenue) => {
                same(name, values, revenue);
                close(name, known.covariance, covariance(n, *rc, revenue, before));
            }
            (Measure::Proportion { successes }, Metric::Conversion) => {
                assert_eq!(successes as f64, *bought);
                close(name, known.covariance, covariance(n, *bc, of(bought, bought), before));
            }
            (Measure::Mean { values }, Metric::Profit) => same(name, values, profit),
            (Measure::Ratio { numerator, denominator, covariance: both }, Metric::OrderValue) => {
                same(name, numerator, revenue);
                same(name, denominator, orders);
                close(name, both, covariance(n, *ro, revenue, orders));
                close(name, known.with_denominator, covariance(n, *oc, orders, before));
            }
            (Measure::Mean { values }, Metric::Orders) => same(name, values, orders),
            (Measure::Ratio { numerator, denominator, covariance: both }, Metric::Repeat) => {
                same(name, numerator, of(again, again));
                same(name, denominator, of(bought, bought));
                close(name, both, covariance(n, *ab, of(again, again), of(bought, bought)));
                close(name, known.covariance, covariance(n, *ac, of(again, again), before));
            }
            (measure, metric) => panic!("{metric:?} is {measure:?}"),
        }
    }
}

#[test]
fn customers_and_orders_join_as_sql_joins_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    let (saved, ids, begin) = attached(&mut session, folder.path());
    // A day on which every refund is known.
    let as_of = Day(30_000);
    let observed = session.observed(saved.id, &saved.experiment, Some(as_of), &Progress::none()).unwrap();
    assert_eq!(observed.metrics, METRICS);
    assert_eq!(observed.missing, []);
    let connection = rusqlite::Connection::open(session.path()).unwrap();
    connection
        .execute_batch("CREATE TEMP TABLE expo (customer INTEGER PRIMARY KEY, variant INTEGER, at INTEGER)")
        .unwrap();
    for id in &ids {
        let (variant, at) = drawn(*id, begin);
        connection.execute("INSERT INTO expo VALUES (?, ?, ?)", (id, variant, at)).unwrap();
    }
    let statuses: Vec<String> =
        session.definitions().unwrap().counted.iter().map(|status| (*status as u8).to_string()).collect();
    let refunded = cartwright::model::record::OrderStatus::Refunded as u8;
    let sql = SQL
        .replace("STATUSES", &statuses.join(", "))
        .replace("REFUNDED", &refunded.to_string())
        .replace("DAYS", &DAYS.to_string())
        .replace("BEFORE *", &format!("{BEFORE} *"));
    let mut select = connection.prepare(&sql).unwrap();
    let rows =
        select.query_map([], |row| (1..18).map(|i| row.get::<_, f64>(i)).collect::<rusqlite::Result<Vec<f64>>>());
    let rows: Vec<Vec<f64>> = rows.unwrap().collect::<rusqlite::Result<_>>().unwrap();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|sums| sums[6] > 20.0), "there must be something to compare: {rows:?}");
    observed.arms.iter().zip(&rows).for_each(|(arm, sums)| check(arm, sums));
    days_end_where_the_whole_is(&observed);
    caps_take_from_the_largest(&mut session, &saved, as_of, &observed);
}

/// The last day of the course is the whole.
fn days_end_where_the_whole_is(observed: &Observed) {
    let (_, arms) = observed.series.last().unwrap();
    for (day, whole) in arms.iter().zip(&observed.arms) {
        assert_eq!(day.users, whole.users);
        let (Measure::Mean { values: a }, Measure::Mean { values: b }) =
            (day.measures[0].measure, whole.measures[0].measure)
        else {
            panic!("revenue is a mean")
        };
        close("mean", a.mean, b.mean);
        close("variance", a.variance, b.variance);
        let known = |arm: &Arm| arm.measures[0].covariate.unwrap().covariance;
        // The course knows what was before in minor units.
        close("covariance", known(day), known(whole));
    }
    let (first, second) = observed.halves.as_ref().unwrap();
    for at in 0..2 {
        assert_eq!(first[at].users + second[at].users, observed.arms[at].users);
    }
    let grown = observed.series.windows(2).all(|two| two[0].1[0].users <= two[1].1[0].users && two[0].0 < two[1].0);
    assert!(grown, "people only join");
    let before: u64 = observed.parts.iter().map(|part| part.arms[0].users).sum();
    assert_eq!((observed.parts.len(), before), (2, observed.arms[0].users));
}

fn caps_take_from_the_largest(session: &mut Session, saved: &SavedExperiment, as_of: Day, whole: &Observed) {
    let mut capped = saved.experiment.clone();
    capped.plan.cap = Some(Cap::Quantile(0.95));
    let capped = session.observed(saved.id, &capped, Some(as_of), &Progress::none()).unwrap();
    let variance = |of: &Observed| match of.arms[0].measures[0].measure {
        Measure::Mean { values } => values.variance,
        _ => panic!("revenue is a mean"),
    };
    assert!(capped.caps.len() == 3 && variance(&capped) < 0.9 * variance(whole), "{:?}", capped.caps);
    let last = match capped.series.last().unwrap().1[0].measures[0].measure {
        Measure::Mean { values } => values.variance,
        _ => panic!("revenue is a mean"),
    };
    close("capped", last, variance(&capped));
}

#[test]
fn who_joins_too_late_or_bought_before_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    let (mut saved, ids, _) = attached(&mut session, folder.path());
    let starts = saved.experiment.plan.starts.unwrap();
    saved.experiment.plan.ends = Some(Day(starts.0 + 13));
    let as_of = Day(starts.0 + 40);
    let observed = session.observed(saved.id, &saved.experiment, Some(as_of), &Progress::none()).unwrap();
    let counted: u64 = observed.arms.iter().map(|arm| arm.users).sum();
    let counts = observed.counts;
    assert_eq!(counted + counts.too_late, ids.len() as u64);
    assert!(counts.too_late > 0 && counts.bought_before > 0, "{counts:?}");
    // 90 days from joining on end after the last day with data, for everybody.
    assert_eq!(counts.unfinished, counted);
}

#[test]
fn a_hold_out_reads_as_its_own_reading_does() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    let data = session.dataset(&Progress::none()).unwrap();
    let definitions = session.definitions().unwrap();
    let (last, days) = (data.span.unwrap().1, 60);
    let starts = Day(last.0 - days + 1);
    let (control, written): (Vec<u32>, Vec<u32>) = (0..data.customers.id.len() as u32).partition(|c| c % 3 == 0);
    let theirs =
        cartwright::analytics::holdout::outcome(&data, &definitions, (&written, &control), (starts, last), last);
    let mut both: Vec<(u32, u32)> = control.iter().map(|c| (*c, 0)).chain(written.iter().map(|c| (*c, 1))).collect();
    both.sort_unstable();
    let exposed = Exposed {
        variants: vec!["Control".into(), "Written".into()],
        variant: both.iter().map(|(_, variant)| *variant).collect(),
        customer: both.iter().map(|(customer, _)| *customer).collect(),
        at: Vec::new(),
    };
    let window = Window { starts: Some(starts), ends: None, days: Some(days as u32), before: None };
    let joined = join(&data, &definitions, &exposed, window, last, &Progress::none()).unwrap();
    let arms = joined.values(&[Metric::Conversion, Metric::Revenue, Metric::Profit]).arms(|_| true);
    for (arm, theirs) in arms.iter().zip([theirs.control, theirs.written]) {
        let (Measure::Proportion { successes }, Measure::Mean { values }) =
            (arm.measures[0].measure, arm.measures[1].measure)
        else {
            panic!()
        };
        assert_eq!((arm.users, successes), (theirs.people, theirs.buyers));
        close("revenue", values.sum(arm.users), theirs.revenue as f64 / 100.0);
    }
    let mean = |arm: &Arm| match arm.measures[2].measure {
        Measure::Mean { values } => values.mean,
        _ => panic!("profit is a mean"),
    };
    close("profit", (mean(&arms[1]) - mean(&arms[0])) * 100.0, theirs.margin.unwrap().each);
}
