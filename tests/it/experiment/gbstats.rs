//! Figures of gbstats 0.8.0 (`b_gbstats.json`), the statistics of GrowthBook.
//!
//! | what the file has | here |
//! | --- | --- |
//! | two-sided, sequential, Bayesian flat and N(0, 0.3²), absolute and relative | compared |
//! | one-sided greater | its lower end is that of the two-sided interval with twice the error; compared |
//! | one-sided lesser | not compared: its interval is wrong in gbstats, as the key says |
//! | relative changes of a control at zero, below it or not clear of it | not told here, on purpose |
//! | p = 1 and (0, 0) where gbstats cannot compute | told as "cannot tell" here |

use cartwright::analytics::experiment::always::Sequence;
use cartwright::analytics::experiment::belief::Normal;
use cartwright::analytics::experiment::contrast::Contrast;
use cartwright::analytics::experiment::cuped::adjusted;
use cartwright::analytics::experiment::mismatch::mismatch;
use cartwright::analytics::math::normal::{student_quantile, student_two_sided, two_sided};
use serde_json::Value;

use super::{Group, cuped, each, json, mean, number, proportion, ratio};

/// An effect as gbstats sees it: an estimate, its error, its degrees of freedom, all users.
struct Effect {
    estimate: f64,
    error: f64,
    freedom: f64,
    users: f64,
    /// N(0, 0.3²) of the relative change, in the unit of the estimate.
    prior: f64,
}

fn compare(group: &mut Group, name: &str, kind: &str, effect: &Effect, truth: &Value) {
    let of = |key: &str| &truth[format!("{key}_{kind}")];
    let range = |bound: f64| (effect.estimate - bound * effect.error, effect.estimate + bound * effect.error);
    let name = format!("{name} {kind}");
    let z = effect.estimate / effect.error;
    let fixed = of("frequentist_two_sided");
    group.check(&format!("{name} estimate"), effect.estimate, number(&fixed["expected"]));
    group.check(&format!("{name} error"), effect.error, number(&fixed["uplift"]["stddev"]));
    group.check(&format!("{name} t"), z, number(of("t")));
    group.check(&format!("{name} freedom"), effect.freedom, number(of("dof")));
    group.pair(&format!("{name} interval"), range(student_quantile(0.05, effect.freedom)), &fixed["ci"]);
    group.check(&format!("{name} p"), student_two_sided(z, effect.freedom), number(&fixed["p_value"]));
    let greater = of("one_sided_greater");
    group.check(
        &format!("{name} one-sided"),
        range(student_quantile(0.1, effect.freedom)).0,
        number(&greater["ci"][0]),
    );
    let half = student_two_sided(z, effect.freedom) / 2.0;
    group.check(&format!("{name} one-sided p"), if z > 0.0 { half } else { 1.0 - half }, number(&greater["p_value"]));
    for tuned in [5_000, 20_000] {
        let (sequence, truth) = (Sequence::new(0.05, f64::from(tuned)), of(&format!("sequential_tuning{tuned}")));
        group.pair(&format!("{name} sequential {tuned}"), range(sequence.bound(effect.users)), &truth["ci"]);
        group.check(&format!("{name} sequential {tuned} p"), sequence.p(z, effect.users), number(&truth["p_value"]));
    }
    let data = Normal { mean: effect.estimate, spread: effect.error };
    let prior = Normal { mean: 0.0, spread: effect.prior }.after(effect.estimate, effect.error);
    for (key, law) in [("bayes_flat", data), ("bayes_prior_N(0,0.3^2)_relative", prior)] {
        let truth = of(key);
        group.check(&format!("{name} {key} mean"), law.mean, number(&truth["uplift"]["mean"]));
        group.check(&format!("{name} {key} spread"), law.spread, number(&truth["uplift"]["stddev"]));
        group.check(&format!("{name} {key} chance"), law.chance_above(), number(&truth["chance_to_win"]));
        let reach = two_sided(0.05) * law.spread;
        group.pair(&format!("{name} {key} interval"), (law.mean - reach, law.mean + reach), &truth["ci"]);
        let [gain, loss] = law.losses();
        group.check(&format!("{name} {key} risk of A"), gain, number(&truth["risk"][0]));
        group.check(&format!("{name} {key} risk of B"), loss, number(&truth["risk"][1]));
    }
}

fn both(group: &mut Group, name: &str, found: &Contrast, truth: &Value) {
    let failed = |kind: &str| truth[format!("frequentist_two_sided_{kind}")]["error_message"].is_string();
    let (freedom, users) = (found.freedom(), found.users());
    if failed("absolute") {
        assert!(!found.has_spread() || found.control.square() == 0.0 || found.variant.square() == 0.0, "{name}");
    } else {
        let prior = 0.3 * found.levels[0].abs();
        let effect = Effect { estimate: found.difference(), error: found.error(), freedom, users, prior };
        compare(group, name, "absolute", &effect, truth);
    }
    if let (Some((estimate, error)), false) = (found.relative(), failed("relative")) {
        compare(group, name, "relative", &Effect { estimate, error, freedom, users, prior: 0.3 }, truth);
    }
}

#[test]
fn every_figure_of_gbstats_that_has_an_equivalent() {
    let Some(oracle) = json("oracles/b_gbstats.json") else { return };
    let Some(cases) = json("oracles/b_cases.json") else { return };
    for (kind, of) in [("proportions", proportion as fn(&Value, usize) -> _), ("means", mean), ("ratio", ratio)] {
        let mut group = Group::new(&format!("gbstats, {kind}"));
        for (name, truth) in each(&oracle[kind]) {
            let (a, b) = (of(&cases[kind][name], 0), of(&cases[kind][name], 1));
            let found = Contrast::of((&a.0, a.1), (&b.0, b.1)).unwrap();
            // gbstats takes the variances of shares as those of means.
            both(&mut group, name, &Contrast::adjusted(found.control, found.variant, found.levels), truth);
        }
        group.done();
    }
    let mut group = Group::new("gbstats, CUPED and split");
    let (a, b) = (cuped(&cases["cuped"]["C01_rpv"], 0), cuped(&cases["cuped"]["C01_rpv"], 1));
    let found = adjusted((&a.measures[0], a.users), (&b.measures[0], b.users)).unwrap();
    group.check("theta", found.slope, number(&oracle["cuped"]["theta"]));
    both(&mut group, "C01_rpv", &found.contrast, &oracle["cuped"]["C01_rpv"]);
    for (name, truth) in each(&oracle["srm"]) {
        let input = &cases["srm"][name];
        let users: Vec<u64> = input["obs"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect();
        let shares: Vec<f64> = input["w"].as_array().unwrap().iter().map(number).collect();
        group.check(name, mismatch(&users, &shares).unwrap().p, number(truth));
    }
    group.done();
}
