//! Criterion benchmarks of the paths a user waits for, on a sample shop of 20,000 customers.

use std::hint::black_box;

use cartwright::analytics::clv::{Settings, lifetime_value};
use cartwright::analytics::facts::customer_facts;
use cartwright::analytics::rfm;
use cartwright::analytics::segments::segment_table;
use cartwright::jobs::Progress;
use cartwright::ops::session::last_day;
use cartwright::ops::{Session, sample};
use cartwright::sample::Params;
use cartwright::workspace::Access;
use criterion::{Criterion, criterion_group, criterion_main};

fn analyses(criterion: &mut Criterion) {
    let Ok(folder) = tempfile::tempdir() else { return };
    let file = folder.path().join("shop.cartwright");
    let progress = Progress::none();
    let Ok(mut session) = sample::create(&file, &Params::default(), &progress) else { return };
    let (Ok(data), Ok(definitions)) = (session.dataset(&progress), session.definitions()) else { return };
    let as_of = last_day(&data);
    criterion.bench_function("open to a ready dataset", |b| {
        b.iter(|| Session::open(&file, Access::Read).and_then(|mut s| s.dataset(&progress)).map(|d| d.orders.id.len()))
    });
    criterion.bench_function("five segments", |b| {
        b.iter(|| black_box(segment_table(&data, &definitions, as_of, None, &progress)))
    });
    criterion.bench_function("lifetime value with its check", |b| {
        b.iter(|| black_box(lifetime_value(&data, &definitions, as_of, &Settings::default(), &progress)))
    });
    criterion.bench_function("RFM by quantiles", |b| {
        b.iter(|| {
            customer_facts(&data, &definitions, as_of, &progress)
                .map(|f| rfm::scores(&f, as_of, &rfm::Settings::default()).is_ok())
        })
    });
}

criterion_group!(benches, analyses);
criterion_main!(benches);
