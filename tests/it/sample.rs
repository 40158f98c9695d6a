//! The sample shop: repeats for a seed, has the shape of a shop, and lets what was planted be found again.

use cartwright::jobs::Progress;
use cartwright::model::record::{OrderStatus, Record};
use cartwright::sample::{self, Buyer, Kind, Params, Shop, ZONE};

fn shop(customers: u32, seed: u64) -> Shop {
    sample::generate(&Params { customers, seed, ..Params::default() }, &Progress::none()).unwrap()
}

#[test]
fn look() {
    let t = std::time::Instant::now();
    let n: u32 = std::env::var("N").ok().and_then(|s| s.parse().ok()).unwrap_or(45_200);
    let shop = shop(n, 42);
    println!("generate {:?}", t.elapsed());
    let t = std::time::Instant::now();
    println!("{:?}", shop.totals(&Progress::none()));
    println!("totals {:?}", t.elapsed());
    let t = std::time::Instant::now();
    println!("records {:?} {:?}", shop.records().count(), t.elapsed());
    let end = shop.params().end.0;
    let mut first = vec![i32::MAX; n as usize];
    let mut last = vec![i32::MIN; n as usize];
    let mut year = vec![(0u32, 0i64); n as usize];
    let mut life = vec![(0u32, 0i64); n as usize];
    let mut months = std::collections::BTreeMap::<String, i64>::new();
    for i in 0..shop.order_count() {
        let o = shop.order(i);
        if o.basket.status == OrderStatus::Cancelled { continue }
        let Buyer::Person(p) = o.buyer else { continue };
        let p = p as usize;
        let d = ZONE.day(o.placed_at).0;
        first[p] = first[p].min(d);
        last[p] = last[p].max(d);
        let rev = o.basket.total - o.basket.tax - o.basket.shipping - o.basket.refund.map_or(0, |r| r.amount);
        *months.entry(ZONE.day(o.placed_at).to_string()[..7].to_string()).or_default() += rev;
        life[p].0 += 1; life[p].1 += rev;
        if d > end - 365 { year[p].0 += 1; year[p].1 += rev; }
    }
    let mut seg = [(0u32, 0u32, 0i64, 0i64); 5];
    for p in 0..n as usize {
        let k = if life[p].0 == 0 { 4 } else if end - first[p] < 90 { 3 } else if year[p].0 >= 5 && end - last[p] < 120 { 0 } else if year[p].0 >= 2 { 1 } else { 2 };
        seg[k].0 += 1; seg[k].1 += year[p].0; seg[k].2 += year[p].1; seg[k].3 += life[p].1;
    }
    let all: i64 = seg.iter().map(|s| s.2).sum();
    println!("12 months revenue {}", all / 100);
    for (s, name) in seg.iter().zip(["vip", "regular", "occasional", "new", "browsers"]) {
        println!("{name:10} {:6} {:5.1}% rev {:8} {:5.1}% aov {:6.2} freq {:.2} ltv {:.0}", s.0, f64::from(s.0) / f64::from(n) * 100.0, s.2 / 100, s.2 as f64 / all as f64 * 100.0, s.2 as f64 / 100.0 / f64::from(s.1.max(1)), f64::from(s.1) / f64::from(s.0), s.3 as f64 / 100.0 / f64::from(s.0));
    }
    for (m, v) in months { println!("{m} {}", v / 100); }
    let _ = (Kind::Guest, |r: Record| r);
}
