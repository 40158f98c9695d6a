//! Figures of the Online Retail data set against independent ones (made with DuckDB, checked in pandas).

use std::path::Path;

use cartwright::analytics::cohorts::{Settings, cohorts};
use cartwright::analytics::facts::{CustomerFacts, customer_facts};
use cartwright::analytics::rfm::{self, Binning};
use cartwright::import::plan::Choices;
use cartwright::import::preview::preview;
use cartwright::jobs::Progress;
use cartwright::model::dataset::Dataset;
use cartwright::model::definitions::{Definitions, Part};
use cartwright::ops::Session;
use serde_json::Value;

use crate::shared::shared;

/// Imports files into a fresh shop and gives its columns and the shop's id of every customer.
fn shop(folder: &Path, files: &[&Path]) -> (std::sync::Arc<Dataset>, Vec<u64>) {
    let mut session = Session::create(&folder.join("shop.cartwright"), "Online Retail").unwrap();
    for file in files {
        let table = file.ends_with("customers.csv").then_some(cartwright::import::field::TableKind::Customers);
        let choices = Choices { source: table.map(|_| "generic".into()), table, ..Choices::default() };
        let plan = session.plan(&preview(file, &choices, &Progress::none()).unwrap(), &choices).unwrap();
        let outcome = session.import(&plan, &choices, &Progress::none()).unwrap();
        let s = outcome.summary;
        assert_eq!(s.rows, s.accepted + s.rejected + s.skipped);
    }
    let data = session.dataset(&Progress::none()).unwrap();
    let listed = session.customers(&data.customers.id).unwrap();
    (data, listed.iter().map(|c| c.shop_id.as_ref().unwrap().parse().unwrap()).collect())
}

/// The reference counts orders and revenue before cancellations.
fn definitions() -> Definitions {
    Definitions { refunds: Part::Excluded, ..Definitions::default() }
}

/// The five groups of the reference, tested from top to bottom.
const GROUPS: [&str; 5] = ["Champions", "Loyal", "New", "At risk", "Others"];

fn group_of(s: rfm::Scores) -> Option<usize> {
    Some(match (s.r, s.f, s.m) {
        (0, _, _) => return None,
        (4.., 4.., 4..) => 0,
        (3.., 4.., _) => 1,
        (4.., ..=2, _) => 2,
        (..=2, 3.., _) => 3,
        _ => 4,
    })
}

fn group_counts(facts: &[CustomerFacts], scores: &[rfm::Scores]) -> Vec<(String, u64, u64, i64)> {
    let mut groups: Vec<_> = GROUPS.iter().map(|name| ((*name).to_owned(), 0, 0, 0)).collect();
    for (f, s) in facts.iter().zip(scores) {
        if let Some(group) = group_of(*s) {
            let sums = &mut groups[group];
            sums.1 += 1;
            sums.2 += u64::from(f.orders);
            sums.3 += f.revenue;
        }
    }
    groups.sort();
    groups
}

fn oracle() -> Option<Value> {
    let text = std::fs::read_to_string(shared("oracles/d_rfm_online_retail.json")?).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

/// Sum over customers of id × (100 r + 10 f + m).
fn checksum(ids: &[u64], scores: &[rfm::Scores]) -> u64 {
    ids.iter().zip(scores).map(|(id, s)| id * (100 * u64::from(s.r) + 10 * u64::from(s.f) + u64::from(s.m))).sum()
}

/// RFM of Online Retail as in the oracle "D. RFM, DuckDB 2.0, checked in pandas".
///
/// The oracle keeps prices of three decimals (in mills); here every line is rounded to the cent, so revenue may differ
/// by half a cent a line. It also leaves out lines without a price, which add nothing here.
#[test]
fn rfm_of_online_retail_as_duckdb_computes_it() {
    let (Some(oracle), Some(file)) = (oracle(), shared("data/online_retail/online_retail.csv")) else { return };
    let folder = tempfile::tempdir().unwrap();
    // The reference splits ties by customer id: customers made in that order have indices in that order.
    let mut ids: Vec<u64> = std::fs::read_to_string(&file)
        .unwrap()
        .lines()
        .skip(1)
        .filter_map(|line| line.rsplit(',').nth(1)?.strip_suffix(".0")?.parse().ok())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let customers = folder.path().join("customers.csv");
    let rows: String = ids.iter().map(|id| format!("{id},\n")).collect();
    std::fs::write(&customers, format!("customer_id,email\n{rows}")).unwrap();
    let (data, ids) = shop(folder.path(), &[&customers, &file]);

    let (_, last) = data.span.unwrap();
    let facts = customer_facts(&data, &definitions(), last, &Progress::none()).unwrap();
    let totals = &oracle["totals"];
    assert_eq!(facts.iter().filter(|f| f.orders > 0).count() as u64, oracle["customers"].as_u64().unwrap());
    let orders: u64 = facts.iter().map(|f| u64::from(f.orders)).sum();
    assert_eq!(orders, totals["orders"].as_u64().unwrap());
    let revenue: i64 = facts.iter().map(|f| f.revenue).sum();
    let mills = totals["revenue_cents"].as_i64().unwrap();
    assert!((revenue * 10 - mills).abs() < 5 * totals["lines"].as_i64().unwrap() / 100, "{revenue} {mills}");

    for (binning, groups, sum) in [
        (Binning::Ntile, "segments_ntile", "ntile_checksum_sum(cid*(100r+10f+m))"),
        (Binning::Cut, "segments_cut", "cut_checksum"),
    ] {
        let settings = rfm::Settings { bins: 5, binning: binning.clone() };
        let scores = rfm::scores(&facts, last, &settings).unwrap();
        let ours = group_counts(&facts, &scores);
        for (row, (name, customers, orders, revenue)) in oracle[groups].as_array().unwrap().iter().zip(&ours) {
            assert_eq!(row[0].as_str().unwrap(), name);
            assert_eq!((row[1].as_u64().unwrap(), row[2].as_u64().unwrap()), (*customers, *orders), "{name}");
            let mills = row[3].as_i64().unwrap();
            assert!((revenue * 10 - mills).abs() < mills / 100_000, "{name}: {revenue} {mills}");
        }
        assert_eq!(checksum(&ids, &scores), oracle[sum].as_u64().unwrap(), "{binning:?}");
    }
    cohorts_as_duckdb_computes_them(&data, last, &oracle);
}

/// The retention matrix of the same oracle: month of the first order × months since, active customers and revenue.
fn cohorts_as_duckdb_computes_them(data: &Dataset, last: cartwright::model::Day, oracle: &Value) {
    let found = cohorts(data, &definitions(), last, Settings::default(), &Progress::none()).unwrap().unwrap();
    let mut cells = 0;
    for row in &found.rows {
        for (age, cell) in row.cells.iter().enumerate().filter(|(_, cell)| cell.orders > 0) {
            let wanted = |c: &&Value| c[0] == row.name.as_str() && c[1].as_u64() == Some(age as u64);
            let theirs = oracle["cohort"].as_array().unwrap().iter().find(wanted).expect("a cell of the oracle");
            assert_eq!(cell.active, theirs[2].as_u64().unwrap(), "{} {age}", row.name);
            let mills = theirs[3].as_i64().unwrap();
            assert!(
                (cell.revenue * 10 - mills).abs() <= 100 + mills / 20_000,
                "{} {age}: {} {mills}",
                row.name,
                cell.revenue
            );
            cells += 1;
        }
    }
    assert_eq!(cells, oracle["cohort"].as_array().unwrap().len());
    // The reference counts seconds from the first order, here whole days count: the shares agree to a hundredth.
    for one in &found.repeat {
        let theirs = &oracle[format!("repeat_within_{}d", one.days)];
        let (ours, theirs) = (one.rate().unwrap(), theirs["rate"].as_f64().unwrap());
        assert!((ours - theirs).abs() < 0.01, "{} days: {ours} {theirs}", one.days);
    }
}
