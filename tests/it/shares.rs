//! Shares of small numbers: intervals and shrinkage against figures of SciPy.

use cartwright::analytics::math::beta::{Beta, Tally, wilson};
use statrs::function::beta::ln_beta;
use statrs::function::gamma::ln_gamma;

#[test]
fn wilson_as_scipy_has_it() {
    // scipy.stats.binomtest(k, n).proportion_ci(method='wilson')
    let (low, high) = wilson(15, 50).unwrap();
    assert!((low - 0.191_035_535).abs() < 1e-6 && (high - 0.437_503_505).abs() < 1e-6, "{low} {high}");
    let (low, high) = wilson(0, 10).unwrap();
    assert!(low == 0.0 && (high - 0.277_532_800).abs() < 1e-6, "{low} {high}");
    assert_eq!(wilson(0, 0), None);
}

#[test]
fn quantiles_as_scipy_has_them() {
    // scipy.stats.beta.ppf
    const SCIPY: [(f64, f64, f64, f64); 5] = [
        (0.5, 0.5, 0.025, 0.001_541_333_133_436_012),
        (2.0, 6.0, 0.975, 0.578_723_197_043_195_2),
        (30.0, 400.0, 0.025, 0.047_675_683_826_350_186),
        (400.0, 1e6, 0.975, 0.000_439_953_076_897_092_2),
        (5e5, 7e5, 0.025, 0.415_784_714_136_756_7),
    ];
    for (a, b, p, x) in SCIPY {
        let found = Beta { a, b }.quantile(p);
        assert!((found / x - 1.0).abs() < 1e-9, "{a} {b} {p}: {found} {x}");
    }
}

#[test]
fn the_spread_of_shares_is_found_again() {
    // Exact proportions of a beta-binomial with a = 2, b = 6 and 12 trials, a million groups.
    let (a, b, n) = (2.0_f64, 6.0, 12_u64);
    let tallies: Vec<Tally> = (0..=n)
        .map(|k| {
            let (kf, nf) = (k as f64, n as f64);
            let choose = ln_gamma(nf + 1.0) - ln_gamma(kf + 1.0) - ln_gamma(nf - kf + 1.0);
            let p = (choose + ln_beta(a + kf, b + nf - kf) - ln_beta(a, b)).exp();
            Tally { n, k, groups: (p * 1e6).round() as u64 }
        })
        .collect();
    let found = Beta::fit(&tallies).unwrap();
    assert!((found.a / a - 1.0).abs() < 0.01 && (found.b / b - 1.0).abs() < 0.01, "{found:?}");
    // Groups that do not differ give a strong prior, and a share between the group's own and the usual one.
    let alike = Beta::fit(&[Tally { n: 1_000, k: 300, groups: 50 }]).unwrap();
    assert!(alike.a + alike.b > 500.0 && (alike.mean() - 0.3).abs() < 1e-3, "{alike:?}");
    assert_eq!(Beta::fit(&[Tally { n: 10, k: 0, groups: 3 }]), None);
}
