//! Hillstrom's e-mail test, from its file to the figures that others reckoned: `b_real.json` (SciPy, gbstats).

use cartwright::analytics::experiment::{Analysis, Measure, MetricSpec, Role, Settings, analyse};
use cartwright::jobs::Progress;
use cartwright::model::Experiment;
use cartwright::model::experiment::{Covariate, Metric, Named, Unit};
use cartwright::ops::Session;
use cartwright::ops::experiments::analyse::Analysed;
use serde_json::Value;

use super::cli;
use crate::shared::shared;

fn close(what: &str, ours: f64, theirs: f64, within: f64) {
    let off = (ours - theirs).abs();
    assert!(off <= within * theirs.abs().max(1e-12), "{what}: {ours} instead of {theirs}");
}

/// The experiment as a new user makes it: a name, then the file, whose variants take the place of the usual ones.
fn attached(folder: &std::path::Path, file: &std::path::Path) -> (Session, Analysed) {
    let mut session = Session::create(&folder.join("h.cartwright"), "Hillstrom").unwrap();
    let saved = session.add_experiment(Experiment::new("Men's and women's mail")).unwrap();
    let looked = session.look_at_experiment_file(file, &Progress::none()).unwrap();
    let done = session.attach_file(saved.id, (&looked, &looked.columns), true, &Progress::none()).unwrap();
    assert!(done.adopted);
    let mut saved = done.saved;
    let names: Vec<&str> = saved.experiment.plan.variants.iter().map(|variant| variant.name.as_str()).collect();
    assert_eq!(names, ["No E-Mail", "Womens E-Mail", "Mens E-Mail"]);
    saved.experiment.plan.covariate = Some(Covariate::Column("history".into()));
    session.save_experiment(&saved).unwrap();
    let read = session.analyse_experiment(saved.id, &saved.experiment, None, &Progress::none()).unwrap();
    (session, read)
}

#[test]
fn the_file_comes_to_the_figures_of_others() {
    let (Some(file), Some(oracle)) = (shared("data/hillstrom/hillstrom.csv"), shared("oracles/b_real.json")) else {
        return;
    };
    let oracle: Value = serde_json::from_str(&std::fs::read_to_string(oracle).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (_session, read) = attached(folder.path(), &file);
    let visit = Metric::Named(Named { name: "visit".into(), unit: Unit::Share, less_is_better: false });
    assert_eq!(read.observed.metrics, [Metric::Conversion, visit.clone(), Metric::Revenue]);
    let at = |arm: usize, metric: &Metric| {
        let place = read.observed.metrics.iter().position(|known| known == metric).unwrap();
        read.observed.arms[arm].measures[place]
    };
    let arm_of = |label: &str| if label.contains("Mens E-Mail") && !label.contains("Womens") { 2 } else { 1 };
    let (mut cases, number) = (0, |value: &Value| value.as_f64().unwrap());
    for test in oracle["hillstrom"]["tests"].as_array().unwrap() {
        let label = test["label"].as_str().unwrap();
        let arm = arm_of(label);
        let metric = match label.split(' ').next().unwrap() {
            "visit" => visit.clone(),
            "conversion" => Metric::Conversion,
            "spend" | "CUPED" => Metric::Revenue,
            other => panic!("{other}"),
        };
        for (side, arm) in [(0, 0), (1, arm)] {
            cases += 1;
            match at(arm, &metric).measure {
                Measure::Proportion { successes } => {
                    assert_eq!(successes as f64, number(&test["x"][side]), "{label}");
                    assert_eq!(read.observed.arms[arm].users as f64, number(&test["n"][side]));
                }
                Measure::Mean { values } if test.get("sum").is_some() => {
                    close(label, values.mean, number(&test["mean"][side]), 1e-9);
                    let (n, sum, squares) =
                        (number(&test["n"][side]), number(&test["sum"][side]), number(&test["sumsq"][side]));
                    close(label, values.variance, (squares - sum * sum / n) / (n - 1.0), 1e-9);
                }
                Measure::Mean { .. } => {
                    let before = at(arm, &metric).covariate.unwrap();
                    let n = read.observed.arms[arm].users;
                    close(label, before.values.sum(n), number(&test["pre_sum"][side]), 1e-9);
                    let sums = before.covariance * (n as f64 - 1.0)
                        + n as f64 * before.values.mean * mean(&read, arm, &metric);
                    close(label, sums, number(&test["cross"][side]), 1e-9);
                }
                other => panic!("{label}: {other:?}"),
            }
        }
        let place = read.observed.metrics.iter().position(|known| *known == metric).unwrap();
        let found = &read.analysis.metrics[place].comparisons[arm - 1];
        if let Some(theirs) = test.get("gbstats_abs") {
            let adjusted = found.adjusted.as_ref().expect("what was known before adjusts it");
            close(label, adjusted.absolute.estimate, number(&theirs["diff"]), 1e-6);
            close(label, adjusted.absolute.error, number(&theirs["se"]), 1e-4);
        }
        if let Some(theirs) = test.get("gbstats_rel") {
            close(label, found.relative.unwrap().estimate, number(&theirs["lift"]), 1e-9);
        }
    }
    println!("Hillstrom: {cases} arms compared");
    assert!(cases >= 16);
    // Every share of the men's mail is larger, whatever the correction.
    let conversion = read.analysis.metrics[0].comparisons[1].absolute.unwrap().corrected.unwrap();
    assert!(conversion.low > 0.0);
    assert!(read.parts.len() > 10, "the file tells customers apart by seven columns");
}

fn mean(read: &Analysed, arm: usize, metric: &Metric) -> f64 {
    let place = read.observed.metrics.iter().position(|known| known == metric).unwrap();
    match read.observed.arms[arm].measures[place].measure {
        Measure::Mean { values } => values.mean,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_command_line_reads_the_file_without_a_workspace() {
    let Some(file) = shared("data/hillstrom/hillstrom.csv") else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = file.to_str().unwrap();
    let read = cli::json(folder.path(), &["analyse", path, "--covariate", "history", "--primary", "visit", "--json"]);
    assert_eq!(read["arms"][0], serde_json::json!({ "name": "No E-Mail", "users": 21_306 }));
    assert_eq!(read["metrics"][0]["name"], "visit");
    assert_eq!(read["currency"], "USD");
    let wrong = cli::fails(folder.path(), &["analyse", path, "--control", "Nobody"]);
    assert!(wrong.contains("there is no variant “Nobody”"), "{wrong}");
}

/// Kept here so that something is compared where the shared files are not: visits and mens mail of `b_real.json`.
#[test]
fn a_few_of_the_figures_hold_without_the_file() {
    use cartwright::analytics::experiment::{Arm, Measured};
    let arm = |name: &str, users, successes| Arm {
        name: name.into(),
        users,
        measures: vec![Measured::from(Measure::Proportion { successes })],
    };
    let spec = MetricSpec { name: "Visit".into(), role: Role::Primary, ..MetricSpec::default() };
    let read: Analysis =
        analyse(&[arm("None", 21_306, 2_262), arm("Mens", 21_307, 3_894)], &[spec], &Settings::default());
    close("lift", read.metrics[0].comparisons[0].relative.unwrap().estimate, 0.721404616781399, 1e-12);
}
