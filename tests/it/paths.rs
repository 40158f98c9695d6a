//! Product paths: against figures of DuckDB, against a naive fold over drawn shops, and on the command line.

use std::collections::BTreeMap;
use std::sync::Arc;

use cartwright::analytics::cohorts::repeat_within;
use cartwright::analytics::paths::{By, Next, OTHERS, Paths, Pick, Settings, Standing, paths};
use cartwright::import::plan::Choices;
use cartwright::import::preview::preview;
use cartwright::jobs::Progress;
use cartwright::model::dataset::*;
use cartwright::model::{Currency, Day, Definitions};
use cartwright::ops::Session;
use proptest::prelude::*;

use crate::shared::shared;

fn found(data: &Dataset, as_of: Day, settings: Settings) -> Paths {
    paths(data, &Definitions::default(), as_of, settings, &Progress::none()).unwrap().unwrap()
}

/// Online Retail, by SQL in DuckDB 2.0: of each invoice with a customer the stock code with the largest sum of line
/// amounts (each rounded to the cent; of equals the one on the earlier line), invoices without a value left out; joined
/// by number 1, 2 and 3 of each customer. Open = the last invoice is less than 90 days before 2011-12-09.
#[test]
fn paths_of_online_retail_as_duckdb_counts_them() {
    let Some(file) = shared("data/online_retail/online_retail.csv") else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::create(&folder.path().join("shop.cartwright"), "Online Retail").unwrap();
    let choices = Choices::default();
    let plan = session.plan(&preview(&file, &choices, &Progress::none()).unwrap(), &choices).unwrap();
    session.import(&plan, &choices, &Progress::none()).unwrap();
    let data = session.dataset(&Progress::none()).unwrap();
    let details = session.details(&Progress::none()).unwrap();
    let sku = |product: Option<u32>| product.map_or("", |p| details.texts.get(details.products.sku[p as usize]));
    let (_, last) = data.span.unwrap();
    let all = found(&data, last, Settings { top: 8, ..Settings::default() });

    assert_eq!(all.buyers, 4_338);
    let of = |step: usize| {
        let total = &all.steps[step].total;
        (total.buyers, total.went_on, total.stopped, total.open, total.median_days)
    };
    assert_eq!(of(0), (4_338, 2_845, 847, 646, Some(50.0)));
    assert_eq!(of(1), (2_845, 2_010, 317, 518, Some(41.0)));
    let names: Vec<&str> =
        all.things.iter().map(|thing| if thing.name == OTHERS { OTHERS } else { sku(thing.product) }).collect();
    assert_eq!(names, ["POST", "22423", "85123A", "47566", "84879", "85099B", "22960", "22086", OTHERS]);
    let place = |name: &str| {
        let place = all.steps[0].places[names.iter().position(|n| *n == name).unwrap()];
        (place.buyers, place.went_on, place.stopped, place.open, place.median_days)
    };
    assert_eq!(place("22423"), (164, 121, 28, 15, Some(43.0)));
    assert_eq!(place("POST"), (157, 103, 31, 23, Some(57.0)));
    assert_eq!(place("85123A"), (109, 79, 22, 8, Some(73.0)));
    assert_eq!(place("47566"), (55, 38, 14, 3, Some(50.5)));
    let count = |a: &str, b: &str| {
        let at = |name: &str| names.iter().position(|n| *n == name).unwrap();
        all.steps[0].counts[at(a)][at(b)]
    };
    assert_eq!([count("POST", "POST"), count("22423", "22423"), count("22423", "POST")], [57, 32, 4]);
    let path = |name: &str| {
        let thing = Next::Thing(names.iter().position(|n| *n == name).unwrap() as u8);
        let path = all.paths.iter().find(|path| path.stations == [thing; 3]).unwrap();
        (path.buyers, path.median_days.clone())
    };
    assert_eq!(path("POST"), (21, vec![Some(59.0), Some(53.0)]));
    assert_eq!(path("22423"), (7, vec![Some(53.0), Some(48.0)]));
    assert_eq!(path("85123A"), (5, vec![Some(45.0), Some(81.0)]));
    let first = |name: &str| {
        let first = all.first.iter().find(|first| sku(first.thing.product) == name).unwrap();
        (first.eligible, first.returned)
    };
    assert_eq!([first("22423"), first("POST"), first("85123A")], [(142, 79), (126, 65), (100, 42)]);
    assert_eq!((all.average.eligible, all.average.returned), (3_370, 1_607));
}

/// An order as it is drawn: customer, day, lines of product and amount, line discount.
type Drawn = (usize, i32, Vec<(u32, i64, i64)>);

const CUSTOMERS: usize = 8;

fn orders() -> impl Strategy<Value = Vec<Drawn>> {
    let line = (0_u32..6, 0_i64..4, 0_i64..2);
    prop::collection::vec((0..=CUSTOMERS, 19_000_i32..19_200, prop::collection::vec(line, 0..5)), 0..60)
}

fn dataset(drawn: &[Drawn]) -> Dataset {
    let mut sorted: Vec<&Drawn> = drawn.iter().collect();
    sorted.sort_by_key(|d| (d.0, d.1));
    let (mut o, mut l) = (Orders::default(), Lines::default());
    for (i, (customer, day, lines)) in (0_u32..).zip(sorted.iter().map(|d| (d.0, d.1, &d.2))) {
        o.id.push(i + 1);
        o.customer.push(if customer == CUSTOMERS { NO_CUSTOMER } else { customer as u32 });
        o.placed_at.push(i64::from(day) * 86_400);
        o.day.push(Day(day));
        // Some orders are free: they are no purchases.
        o.total.push(lines.iter().map(|line| line.1).sum());
        [&mut o.tax, &mut o.shipping, &mut o.discount].into_iter().for_each(|column| column.push(0));
        [&mut o.status, &mut o.flags, &mut o.currency].into_iter().for_each(|column| column.push(0));
        o.channel.push(0);
        o.line_start.push(l.product.len() as u32);
        o.line_count.push(lines.len() as u32);
        for &(product, amount, discount) in lines {
            l.product.push(product);
            l.quantity_milli.push(1_000);
            l.amount.push(amount);
            l.discount.push(discount);
        }
    }
    o.by_customer = (0..=CUSTOMERS).map(|c| sorted.iter().filter(|d| d.0 < c).count() as u32).collect();
    let span = o.day.iter().min().copied().zip(o.day.iter().max().copied());
    let labels = ["", "Tea > Green", "Tea > Black", "Cups"].map(str::to_owned).to_vec();
    Dataset {
        customers: Arc::new(Customers {
            id: (1..=CUSTOMERS as u32).collect(),
            created: vec![NO_DAY; CUSTOMERS],
            country: vec![0; CUSTOMERS],
        }),
        products: Arc::new(Products {
            id: (0..6).collect(),
            category: vec![0, 1, 1, 2, 3, 0],
            price: vec![None; 6],
            cost: vec![None; 6],
            stock: vec![None; 6],
        }),
        orders: Arc::new(o),
        lines: Arc::new(l),
        currencies: vec![Currency::USD],
        labels: Arc::new(labels),
        span,
        ..Dataset::default()
    }
}

/// The name of what an order is of, worked out word for word.
fn thing(lines: &[(u32, i64, i64)], by: By) -> String {
    let name = |product: u32| match (by, product) {
        (_, 0) => String::new(),
        (By::Product, product) => format!("Product {product}"),
        (By::Category, product) => {
            ["", "Tea > Green", "Tea > Green", "Tea > Black", "Cups", ""][product as usize].into()
        }
        (By::TopCategory, product) => ["", "Tea", "Tea", "Tea", "Cups", ""][product as usize].into(),
    };
    let names: Vec<String> = lines.iter().map(|line| name(line.0)).collect();
    let mut best: Option<(i64, &String)> = None;
    for one in names.iter().filter(|one| !one.is_empty()) {
        let sum = lines.iter().zip(&names).filter(|(_, n)| *n == one).map(|(line, _)| line.1 - line.2).sum();
        if best.is_none_or(|(most, _)| sum > most) {
            best = Some((sum, one));
        }
    }
    best.map_or_else(|| "Not known".to_owned(), |(_, name)| name.clone())
}

/// A buyer's first orders: what each is of, and when.
fn walks(drawn: &[Drawn], by: By, as_of: Day) -> Vec<Vec<(String, i32)>> {
    let mut walks = vec![Vec::new(); CUSTOMERS];
    let mut sorted: Vec<&Drawn> = drawn.iter().collect();
    sorted.sort_by_key(|d| d.1);
    for (customer, day, lines) in sorted {
        let counts = *day <= as_of.0 && lines.iter().map(|line| line.1).sum::<i64>() > 0;
        if let Some(walk) = walks.get_mut(*customer).filter(|_| counts) {
            walk.push((thing(lines, by), *day));
        }
    }
    walks
}

proptest! {
    #[test]
    fn paths_are_what_a_naive_fold_finds(
        drawn in orders(), by in 0..3_usize, as_of in 19_050_i32..19_250, within in 1_i32..120, steps in 2_usize..=4,
        top in 1_usize..7
    ) {
        let (data, as_of, by) = (dataset(&drawn), Day(as_of), By::ALL[by]);
        let settings = Settings { by, steps, top, within };
        let walks = walks(&drawn, by, as_of);
        let buyers = walks.iter().filter(|walk| !walk.is_empty()).count() as u64;
        let Ok(all) = paths(&data, &Definitions::default(), as_of, settings, &Progress::none()).unwrap() else {
            prop_assert_eq!(buyers, 0);
            return Ok(());
        };
        prop_assert_eq!(all.buyers, buyers);
        let named: Vec<&str> = all.things.iter().map(|thing| thing.name.as_str()).collect();
        let place = |name: &str| named.iter().position(|n| *n == name).unwrap_or(named.len() - 1);
        let mut all_at_first = 0;
        for (step, one) in all.steps.iter().enumerate() {
            let mut counts: BTreeMap<(usize, usize), u64> = BTreeMap::new();
            let (mut stopped, mut open) = (0, 0);
            for walk in walks.iter().filter(|walk| walk.len() > step) {
                match walk.get(step + 1) {
                    Some(next) => *counts.entry((place(&walk[step].0), place(&next.0))).or_default() += 1,
                    None if as_of.0 - walk[step].1 < within => open += 1,
                    None => stopped += 1,
                }
            }
            for (a, row) in one.counts.iter().enumerate() {
                for (b, &n) in row.iter().enumerate() {
                    prop_assert_eq!(n, counts.get(&(a, b)).copied().unwrap_or(0));
                    let band = Pick::Band { step, from: a as u8, to: Next::Thing(b as u8) };
                    prop_assert_eq!(all.picked(band).count(), n);
                }
            }
            prop_assert_eq!((one.total.stopped, one.total.open), (stopped, open));
            for (from, place) in (0_u8..).zip(&one.places) {
                prop_assert_eq!(place.went_on + place.stopped + place.open, place.buyers);
                let picked = |to| all.picked(Pick::Band { step, from, to }).count();
                prop_assert_eq!((picked(Next::Stopped), picked(Next::Open)), (place.stopped, place.open));
            }
            if step == 0 {
                all_at_first = one.total.buyers;
            }
        }
        prop_assert_eq!(all_at_first, buyers);
        let longer = walks.iter().filter(|walk| walk.len() > 1).count() as u64;
        prop_assert_eq!(all.paths.iter().map(|path| path.buyers).sum::<u64>(), longer);
        for (at, path) in all.paths.iter().enumerate() {
            prop_assert_eq!(all.picked(Pick::Path(at)).count(), path.buyers);
        }
        for (at, first) in all.first.iter().enumerate() {
            let own = walks.iter().filter(|walk| walk.first().is_some_and(|order| order.0 == first.thing.name));
            let old = own.clone().filter(|walk| as_of.0 - walk[0].1 >= within);
            let back = old.clone().filter(|walk| walk.get(1).is_some_and(|next| next.1 - walk[0].1 <= within));
            let counts = (own.count() as u64, old.count() as u64, back.count() as u64);
            prop_assert_eq!((first.buyers, first.eligible, first.returned), counts);
            prop_assert_eq!(all.picked(Pick::First(at)).count(), first.buyers);
            for (low, high) in first.wilson.into_iter().chain(first.expected.map(|expected| expected.1)) {
                prop_assert!((0.0..=1.0).contains(&low) && low <= high && high <= 1.0);
            }
        }
        // The page of cohorts tells the same of all of them.
        let same = repeat_within(&data, &Definitions::default(), as_of, &[within])[0];
        prop_assert_eq!((all.average.eligible, all.average.returned), (same.eligible, same.repeated));
    }
}

#[test]
fn the_command_tells_what_the_analysis_finds() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.cartwright");
    let params = cartwright::sample::Params { customers: 2_000, ..cartwright::sample::Params::default() };
    let mut session = cartwright::ops::sample::create(&file, &params, &Progress::none()).unwrap();
    let settings = Settings { by: By::Category, ..Settings::default() };
    let all = session.paths(None, settings, &Progress::none()).unwrap().unwrap();
    let names = session.path_names(&all).unwrap();
    drop(session);
    // What the sample shop's buyers begin with says nothing of whether they come back: hardly any category stands out.
    let told: Vec<Standing> = all.first.iter().map(|first| first.standing).filter(|s| *s != Standing::TooFew).collect();
    let out = told.iter().filter(|standing| **standing != Standing::AsUsual).count();
    assert!(told.len() > 5 && out <= 1, "{out} of {}", told.len());
    let run = |more: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_cartwright"));
        let done = command.arg("paths").arg(&file).args(["--by", "category"]).args(more).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    let json: serde_json::Value = serde_json::from_str(&run(&["--json"])).unwrap();
    assert_eq!(json["buyers"], all.buyers);
    assert_eq!(json["things"][0], names.things[0].as_str());
    assert_eq!(json["steps"][0]["counts"][0][0], all.steps[0].counts[0][0]);
    assert_eq!(json["first"].as_array().unwrap().len(), all.first.len());
    assert!((json["average"]["rate"].as_f64().unwrap() - all.average.rate().unwrap()).abs() < 1e-12);
    let printed = run(&[]);
    assert!(printed.contains("Against the shop") && printed.contains(&names.things[0]), "{printed}");
    // Every product is named, none by its number.
    let mut session = Session::open(&file, cartwright::workspace::Access::Read).unwrap();
    let all = session.paths(None, Settings::default(), &Progress::none()).unwrap().unwrap();
    let names = session.path_names(&all).unwrap();
    assert!(names.first.iter().chain(&names.things).all(|name| !name.starts_with("Product ")), "{:?}", names.things);
}
