//! A few figures of the sources, copied, so that something is compared wherever the files are not.

use cartwright::analytics::experiment::always::Sequence;
use cartwright::analytics::experiment::contrast::{Contrast, pooled};
use cartwright::analytics::experiment::cuped::adjusted;
use cartwright::analytics::experiment::mismatch::mismatch;
use cartwright::analytics::experiment::{Covariate, Measure, Measured, Moments, Prior, belief, covariance};
use cartwright::analytics::math::normal::student_two_sided;

use super::Group;

/// `b_ab.json`: P01 and P06 (SciPy 1.17, statsmodels 0.15, mpmath), their posteriors with a uniform prior.
#[test]
fn two_shares() {
    let mut group = Group::new("copied: shares");
    let share = |k, n| (Measure::Proportion { successes: k }, n);
    let (a, b) = (share(1_000, 10_000), share(1_100, 10_000));
    let found = Contrast::of((&a.0, a.1), (&b.0, b.1)).unwrap();
    group.check("z", pooled((1_000, 10_000), (1_100, 10_000)).unwrap(), 2.306_634_773_817_011_7);
    group.check("p", found.p().unwrap(), 0.021_075_189_273_797_753);
    group.check("Newcombe", found.interval(0.05).unwrap().low, 0.001_502_065_065_649_516);
    group.check("Katz", found.relative_interval(0.05).unwrap().high, 0.192_840_395_771_111_3);
    let law = |k, n| belief::share(Prior::Flat, k, n);
    let read = belief::shares(&law(1_000, 10_000), &law(1_100, 10_000), Prior::Flat, 0.95).unwrap();
    group.check("chance", read.chance_to_win, 0.989_457_354_431_714);
    group.check("loss", read.loss_if_taken, 1.558_244_383_220_141_3e-5);
    group.check("difference", read.interval.low, 0.001_502_205_726_334_518_6);
    group.check("lift", read.relative.unwrap().high, 0.192_822_526_946_017_98);
    let sequence = Sequence::new(0.05, 5_000.0).read(&found).unwrap();
    group.check("always", sequence.interval.low, -0.003_555_237_271_372_595_6);
    group.check("always p", sequence.p, 0.433_720_213_425_705);
    group.done();
}

/// `b_ab.json`: R01 and C01 (mpmath), Q01 (the delta method), S06 (mpmath).
#[test]
fn means_ratios_and_splits() {
    let mut group = Group::new("copied: means, ratios, adjustment, split");
    let sums = [(12_000, 41_234.5, 3_214_567.75), (11_850, 43_987.25, 3_501_234.5)];
    let before = [(39_120.75, 3_001_234.25, 1_890_123.4), (38_455.1, 2_945_678.9, 1_875_432.1)];
    let arm = |i: usize| {
        let (n, sum, squares) = sums[i];
        let (values, pre) = (Moments::from_sums(n, sum, squares), Moments::from_sums(n, before[i].0, before[i].1));
        let covariance = covariance(n, before[i].2, values, pre);
        let covariate = Covariate { values: pre, covariance, with_denominator: 0.0 };
        (Measured { measure: Measure::Mean { values }, covariate: Some(covariate) }, n)
    };
    let (a, b) = (arm(0), arm(1));
    let found = Contrast::of((&a.0.measure, a.1), (&b.0.measure, b.1)).unwrap();
    group.check("t", found.difference() / found.error(), 1.298_470_582_335_668_8);
    group.check("freedom", found.freedom(), 23_761.914_980_372_047);
    group.check("Welch", found.interval(0.05).unwrap().low, -0.140_522_778_831_341_82);
    let less = adjusted((&a.0, a.1), (&b.0, b.1)).unwrap();
    group.check("slope", less.slope, 0.612_574_593_487_724_5);
    group.check("adjusted p", less.contrast.p().unwrap(), 0.100_456_670_072_983_17);
    group.check("left", 1.0 - less.variance_ratio, 0.333_138_428_393_359_1);
    let orders = [(640.0, 742.0, 46_890.1), (655.0, 769.0, 50_671.3)];
    let ratio = |i: usize| {
        let (n, sum, squares) = sums[i];
        let numerator = Moments::from_sums(n, sum, squares);
        let denominator = Moments::from_sums(n, orders[i].0, orders[i].1);
        let covariance = covariance(n, orders[i].2, numerator, denominator);
        (Measure::Ratio { numerator, denominator, covariance }, n)
    };
    let (a, b) = (ratio(0), ratio(1));
    let found = Contrast::of((&a.0, a.1), (&b.0, b.1)).unwrap();
    let z = found.difference() / found.error();
    group.check("error of a ratio", found.error(), 0.998_960_536_928_742_2);
    group.check("p of a ratio", student_two_sided(z, f64::INFINITY), 0.006_332_694_977_243_936);
    let split = mismatch(&[500_000, 520_000], &[0.5, 0.5]).unwrap();
    group.check("split", split.chi2, 392.156_862_745_098);
    group.check("log p of a split", split.log10_p, split.p.log10());
    group.done();
}
