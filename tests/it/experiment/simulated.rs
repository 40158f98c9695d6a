//! What the methods promise, tried out: error over many looks, coverage of intervals, what an adjustment saves.
//!
//! A few hundred runs with every test; `CARTWRIGHT_RUNS=10000` prints the figures that are worth quoting
//! (`cargo test --release --test it experiment::simulated -- --nocapture`).

use cartwright::analytics::experiment::contrast::Contrast;
use cartwright::analytics::experiment::estimate::exact_share;
use cartwright::analytics::experiment::{
    Arm, Correction, Covariate, Looks, Measure, Measured, MetricSpec, Moments, Prior, Settings, Spending, Unit,
    Verdict, analyse, belief, covariance_of, cuped,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Beta, Binomial, Distribution, LogNormal, Poisson, StandardNormal};

fn runs() -> u64 {
    std::env::var("CARTWRIGHT_RUNS").ok().and_then(|n| n.parse().ok()).unwrap_or(200)
}

fn chance(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

fn drawn(n: u64, share: f64, rng: &mut ChaCha8Rng) -> u64 {
    Binomial::new(n, share).unwrap().sample(rng)
}

/// Sums over users of whom one in twenty buys, for amounts as skewed as orders are.
#[derive(Clone, Copy, Default)]
struct Sums {
    users: u64,
    buyers: u64,
    sum: f64,
    squares: f64,
}

impl Sums {
    fn add(&mut self, users: u64, rng: &mut ChaCha8Rng) {
        let amounts = LogNormal::new(3.5, 1.1).unwrap();
        let buyers = drawn(users, 0.05, rng);
        self.users += users;
        self.buyers += buyers;
        for _ in 0..buyers {
            let amount: f64 = amounts.sample(rng);
            self.sum += amount;
            self.squares += amount * amount;
        }
    }

    fn arm(&self, name: &str) -> Arm {
        let values = Moments::from_sums(self.users, self.sum, self.squares);
        Arm { name: name.into(), users: self.users, measures: vec![Measure::Mean { values }.into()] }
    }

    fn ratio(&self) -> Measure {
        let numerator = Moments::from_sums(self.users, self.sum, self.squares);
        let share = self.buyers as f64;
        let denominator = Moments::from_sums(self.users, share, share);
        let covariance = cartwright::analytics::experiment::covariance(self.users, self.sum, numerator, denominator);
        Measure::Ratio { numerator, denominator, covariance }
    }
}

fn revenue() -> MetricSpec {
    let unit = Unit::Money { currency: "EUR".into(), decimals: 2 };
    MetricSpec { name: "Revenue per visitor".into(), unit, ..MetricSpec::default() }
}

/// Rate, and the exact upper bound of the truth that is missed once in a hundred times.
fn upper(found: u64, runs: u64) -> (f64, f64) {
    (found as f64 / runs as f64, exact_share(found, runs, 0.02).unwrap().high)
}

#[test]
fn looking_fifty_times_at_two_equal_variants_finds_few_winners() {
    let (looks, each) = (50, 400);
    let settings = Settings { planned_users: Some(2 * looks * each), ..Settings::default() };
    let once = Settings { looks: Looks::AtTheEnd, planned_users: None, ..Settings::default() };
    let runs = runs();
    let (mut false_winners, mut naive) = (0, 0);
    for run in 0..runs {
        let mut rng = chance(run);
        let mut sums = [Sums::default(); 2];
        let (mut found, mut seen) = (false, false);
        for _ in 0..looks {
            sums.iter_mut().for_each(|sums| sums.add(each, &mut rng));
            let arms = [sums[0].arm("A"), sums[1].arm("B")];
            let is_found =
                |settings| matches!(analyse(&arms, &[revenue()], settings).verdict, Verdict::Better | Verdict::Worse);
            found = found || is_found(&settings);
            seen = seen || is_found(&once);
        }
        false_winners += u64::from(found);
        naive += u64::from(seen);
    }
    let (rate, bound) = upper(false_winners, runs);
    println!(
        "A/A, {looks} looks, skewed revenue, {runs} runs: false winners always-valid {rate:.4} (99 % upper bound {bound:.4}), \
         by intervals made for one look {:.4}",
        naive as f64 / runs as f64
    );
    assert!(bound <= if runs >= 10_000 { 0.055 } else { 0.1 });
    assert!(naive > 2 * false_winners, "looking early with the wrong interval is what this is against");
}

#[test]
fn planned_looks_and_several_variants_keep_the_error() {
    let runs = runs().min(2_000);
    for spending in [Spending::ObrienFleming, Spending::Pocock] {
        let mut found = 0;
        for run in 0..runs {
            let mut rng = chance(run + 1_000_000);
            let mut sums = [Sums::default(); 2];
            found += u64::from((1..=5).any(|look| {
                sums.iter_mut().for_each(|sums| sums.add(4_000, &mut rng));
                let settings = Settings { looks: Looks::Planned { spending, looks: 5, look }, ..Settings::default() };
                let found = analyse(&[sums[0].arm("A"), sums[1].arm("B")], &[revenue()], &settings).verdict;
                matches!(found, Verdict::Better | Verdict::Worse)
            }));
        }
        let (rate, bound) = upper(found, runs);
        println!("A/A, 5 planned looks, {}: false winners {rate:.4} (99 % upper bound {bound:.4})", spending.name());
        assert!(rate < 0.05 + 3.3 * (0.05 * 0.95 / runs as f64).sqrt());
    }
    for correction in [Correction::Bonferroni, Correction::Holm, Correction::BenjaminiHochberg] {
        let (mut wrong, mut missed) = (0, 0);
        for run in 0..runs {
            let mut rng = chance(run + 2_000_000);
            let arm = |name: &str, share: f64, rng: &mut ChaCha8Rng| Arm {
                name: name.into(),
                users: 5_000,
                measures: vec![Measure::Proportion { successes: drawn(5_000, share, rng) }.into()],
            };
            // Two variants as the control, two truly better.
            let shares = [0.1, 0.1, 0.1, 0.13, 0.13];
            let arms: Vec<Arm> = "ABCDE".chars().zip(shares).map(|(c, s)| arm(&c.to_string(), s, &mut rng)).collect();
            let settings = Settings { looks: Looks::AtTheEnd, correction, ..Settings::default() };
            let found = analyse(&arms, &[MetricSpec { name: "Conversion".into(), ..MetricSpec::default() }], &settings);
            let comparisons = &found.metrics[0].comparisons;
            let is_wrong = |k: usize| matches!(comparisons[k].verdict, Verdict::Better | Verdict::Worse);
            wrong += u64::from(is_wrong(0) || is_wrong(1));
            missed += u64::from(
                comparisons
                    .iter()
                    .enumerate()
                    .any(|(k, found)| !found.absolute.unwrap().corrected.unwrap().holds(shares[k + 1] - shares[0])),
            );
        }
        let (rate, held) = (wrong as f64 / runs as f64, 1.0 - missed as f64 / runs as f64);
        println!(
            "four variants, two of them equal, {correction:?}: any false winner {rate:.4}, all intervals hold {held:.4}"
        );
        let limit = if correction == Correction::BenjaminiHochberg { 0.09 } else { 0.05 };
        assert!(rate < limit + 3.3 * (limit / runs as f64).sqrt());
    }
}

/// How often intervals held the truth, against how often they say they do.
fn covers(what: &str, held: u64, runs: u64, slack: f64) {
    let rate = held as f64 / runs as f64;
    println!("coverage at 95 %, {what}: {rate:.4} of {runs} runs");
    let chance = 3.3 * (0.95 * 0.05 / runs as f64).sqrt();
    assert!(rate > 0.95 - slack - chance, "{what} holds too rarely: {rate}");
    assert!(rate < 0.95 + slack + chance, "{what} is too wide: {rate}");
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    let runs = 4 * runs();
    let mut held = [0_u64; 8];
    for run in 0..runs {
        let mut rng = chance(run + 3_000_000);
        let share = |k, n| (Measure::Proportion { successes: k }, n);
        let (a, b) = (share(drawn(2_000, 0.05, &mut rng), 2_000), share(drawn(3_000, 0.06, &mut rng), 3_000));
        let shares = Contrast::of((&a.0, a.1), (&b.0, b.1)).unwrap();
        held[0] += u64::from(shares.interval(0.05).unwrap().holds(0.01));
        held[1] += u64::from(shares.relative_interval(0.05).unwrap().holds(0.2));
        let mut sums = [Sums::default(); 2];
        sums.iter_mut().zip([8_000, 12_000]).for_each(|(sums, n)| sums.add(n, &mut rng));
        let arms = [sums[0].arm("A"), sums[1].arm("B")];
        let measure = |i: usize| (&arms[i].measures[0].measure, arms[i].users);
        let means = Contrast::of(measure(0), measure(1)).unwrap();
        held[2] += u64::from(means.interval(0.05).unwrap().holds(0.0));
        held[3] += u64::from(means.relative_interval(0.05).is_some_and(|range| range.holds(0.0)));
        let ratios = sums.map(|sums| (sums.ratio(), sums.users));
        let orders = Contrast::of((&ratios[0].0, ratios[0].1), (&ratios[1].0, ratios[1].1)).unwrap();
        held[4] += u64::from(orders.interval(0.05).unwrap().holds(0.0));
        let events =
            |mean: f64, rng: &mut ChaCha8Rng| Measure::Count { events: Poisson::new(mean).unwrap().sample(rng) as u64 };
        let (k, l) = (events(150.0, &mut rng), events(300.0, &mut rng));
        let counts = Contrast::of((&k, 1_000), (&l, 1_500)).unwrap();
        held[5] += u64::from(counts.interval(0.05).unwrap().holds(0.05));
        // Rates drawn from the prior are held exactly as often as it says.
        let prior = Beta::new(1.0, 1.0).unwrap();
        let (p, q): (f64, f64) = (prior.sample(&mut rng), prior.sample(&mut rng));
        let law = |n, p, rng: &mut ChaCha8Rng| belief::share(Prior::Flat, drawn(n, p, rng), n);
        let (control, variant) = (law(60, p, &mut rng), law(40, q, &mut rng));
        let found = belief::shares(&control, &variant, Prior::Flat, 0.95).unwrap();
        held[6] += u64::from(found.interval.holds(q - p));
        held[7] += u64::from(found.relative.unwrap().holds(q / p - 1.0));
    }
    let names = [
        "difference of shares (Newcombe)",
        "relative change of shares (Katz)",
        "difference of skewed means (Welch)",
        "relative change of skewed means (Fieller)",
        "difference of average orders (delta method)",
        "difference of counts",
        "Bayesian difference of shares, rates from the prior",
        "Bayesian relative change of shares, rates from the prior",
    ];
    for (name, held) in names.into_iter().zip(held) {
        covers(name, held, runs, 0.01);
    }
}

/// Values whose correlation with what was before is `rho`.
fn before_and_after(n: usize, rho: f64, rng: &mut ChaCha8Rng) -> (Vec<f64>, Vec<f64>) {
    let pairs = (0..n).map(|_| {
        let (x, noise): (f64, f64) = (rng.sample(StandardNormal), rng.sample(StandardNormal));
        (10.0 + 4.0 * x, 20.0 + 8.0 * (rho * x + (1.0 - rho * rho).sqrt() * noise))
    });
    pairs.unzip()
}

#[test]
fn an_adjustment_saves_what_theory_says() {
    let runs = 4 * runs();
    for rho in [0.3_f64, 0.5, 0.7] {
        let (mut plain, mut adjusted, mut held) = (0.0, 0.0, 0);
        let mut told = 0.0;
        for run in 0..runs {
            let mut rng = chance(run + 4_000_000);
            let mut arm = || {
                let (before, after) = before_and_after(250, rho, &mut rng);
                let covariance = covariance_of(&before, &after);
                let covariate = Covariate { values: Moments::of(&before), covariance, with_denominator: 0.0 };
                let values = Moments::of(&after);
                (Measured { measure: Measure::Mean { values }, covariate: Some(covariate) }, values.mean)
            };
            let (a, b) = (arm(), arm());
            let found = cuped::adjusted((&a.0, 250), (&b.0, 250)).unwrap();
            plain += (b.1 - a.1).powi(2);
            adjusted += found.contrast.difference().powi(2);
            told += found.variance_ratio / runs as f64;
            held += u64::from(found.contrast.interval(0.05).unwrap().holds(0.0));
        }
        let theory = 1.0 - rho * rho;
        let seen = adjusted / plain;
        println!(
            "CUPED at correlation {rho}: variance left {seen:.4} (seen over {runs} runs), {told:.4} (told), {theory:.4} (theory)"
        );
        assert!((told / theory - 1.0).abs() < 0.05, "told {told}, theory {theory}");
        let limit = if runs >= 10_000 { 0.05 } else { 0.2 };
        assert!((seen / theory - 1.0).abs() < limit, "seen {seen}, theory {theory}");
        covers("adjusted difference of means", held, runs, 0.005);
    }
}
