//! Experiments as records: saved, copied, put away, sealed, and undone.

use cartwright::model::experiment::{Cap, Choice, Decision, Metric, Prior, StopRule};
use cartwright::model::{Currency, Day, Experiment};
use cartwright::ops::Session;
use cartwright::ops::experiments::{SavedExperiment, Sealed, sealed};
use cartwright::workspace::Access;

fn shop(folder: &tempfile::TempDir) -> Session {
    Session::create(&folder.path().join("shop.cartwright"), "Shop").unwrap()
}

fn names(session: &Session) -> Vec<String> {
    session.saved_experiments().unwrap().into_iter().map(|saved| saved.experiment.name).collect()
}

#[test]
fn an_experiment_is_saved_copied_put_away_deleted_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = shop(&folder);
    let mut experiment = Experiment::new(" Free shipping bar ");
    experiment.plan.guards = vec![Metric::Profit, Metric::OrderValue];
    experiment.plan.cap = Some(Cap::Quantile(0.99));
    experiment.plan.prior = Prior::Normal { mean: 0.0, spread: 0.1 };
    let mut saved = session.add_experiment(experiment).unwrap();
    assert_eq!(session.saved_experiment("free  SHIPPING bar").unwrap(), saved);
    let taken = SavedExperiment { id: 0, experiment: Experiment::new("Free shipping  Bar") };
    let why = session.save_experiment(&taken).unwrap_err().to_string();
    assert!(why.contains("already; choose another name"), "{why}");
    assert_eq!(
        session.add_experiment(Experiment::new("free shipping bar")).unwrap().experiment.name,
        "free shipping bar 2"
    );
    saved.experiment.decision =
        Some(Decision { choice: Choice::Keep, memo: "Dearer".into(), on: Day(20_000), found: Vec::new() });
    session.save_experiment(&saved).unwrap();
    session.archive_experiment(saved.id, true).unwrap();
    let copy = session.duplicate_experiment(saved.id).unwrap().experiment;
    assert!(copy.decision.is_none() && !copy.archived && copy.plan == saved.experiment.plan);
    session.remove_experiment(saved.id).unwrap();
    assert_eq!(names(&session), ["free shipping bar 2", "Free shipping bar copy"]);
    let labels: Vec<String> = session.history().unwrap().done.into_iter().map(|step| step.label).collect();
    assert_eq!(
        labels,
        [
            "Delete experiment Free shipping bar",
            "Duplicate experiment Free shipping bar",
            "Put away experiment Free shipping bar",
            "Decide experiment Free shipping bar",
            "Save experiment free shipping bar 2",
            "Save experiment Free shipping bar",
        ]
    );
    for _ in 0..6 {
        session.undo().unwrap();
    }
    assert_eq!(names(&session), [""; 0]);
    for wrong in [" ", "a\nb"] {
        let unsaved = SavedExperiment { id: 0, experiment: Experiment::new(wrong) };
        assert!(session.save_experiment(&unsaved).is_err(), "{wrong:?}");
    }
}

#[test]
fn what_is_changed_after_the_seal_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = shop(&folder);
    let mut saved = session.add_experiment(Experiment::new("Price of the bundle")).unwrap();
    assert_eq!(sealed(&saved.experiment), None);
    let seal = session.seal_experiment(saved.id).unwrap();
    saved = session.saved_experiment("Price of the bundle").unwrap();
    assert_eq!(saved.experiment.seal.as_ref(), Some(&seal));
    assert_eq!(sealed(&saved.experiment), Some(Sealed::Same));
    let again = session.seal_experiment(saved.id).unwrap_err().to_string();
    assert!(again.contains("sealed already"), "{again}");
    // The name is no part of the plan; the rule by which it ends and what is measured are.
    saved.experiment.name = "Bundle price".into();
    session.save_experiment(&saved).unwrap();
    assert_eq!(sealed(&session.saved_experiment("Bundle price").unwrap().experiment), Some(Sealed::Same));
    saved.experiment.plan.stop = StopRule::AlwaysValid;
    saved.experiment.plan.primary = Metric::Revenue;
    // Who leaves the seal out does not take it away.
    saved.experiment.seal = None;
    session.save_experiment(&saved).unwrap();
    let changed = session.saved_experiment("Bundle price").unwrap().experiment;
    assert_eq!(sealed(&changed), Some(Sealed::Differs(vec!["primary".into(), "stop".into()])));
    let mut forged = changed.clone();
    forged.seal.as_mut().unwrap().text = serde_json::to_string(&changed.plan).unwrap();
    assert_eq!(sealed(&forged), Some(Sealed::Broken));
    // SHA-256 of the text, as any other program computes it.
    let plan = r#"{"kind":"ab","variants":[{"name":"Control","share":0.5},{"name":"Variant","share":0.5}],"primary":"conversion","stop":"fixed_date","correction":"holm","prior":"flat","alpha":0.05,"power":0.8}"#;
    assert_eq!(seal.text, plan);
    assert_eq!(seal.sha256, "ceb8d6f0e8f57ef1fdee5dcf0e23268eae3ca89e8a763d72ac0c0f913eacb114");
}

#[test]
fn a_plan_with_problems_is_saved_and_not_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = shop(&folder);
    let mut experiment = Experiment::new("Thirds");
    experiment.plan.variants[1].share = 0.3;
    let saved = session.add_experiment(experiment).unwrap();
    assert_eq!(saved.experiment.problems(Currency::USD)[0].at, "plan.variants");
    let why = session.seal_experiment(saved.id).unwrap_err().to_string();
    assert!(why.contains("the shares add up to 80.0%"), "{why}");
}

#[test]
fn a_file_of_an_older_version_is_read_without_customers() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = shop(&folder);
    let saved = session.add_experiment(Experiment::new("A")).unwrap();
    assert_eq!(session.exposures(saved.id).unwrap(), None);
    let path = session.path().to_owned();
    drop(session);
    let session = Session::open(&path, Access::Read).unwrap();
    assert_eq!(names(&session), ["A"]);
    let mut out = Vec::new();
    session.dump(&mut out).unwrap();
    assert!(String::from_utf8(out).unwrap().contains("# exposure\n"));
}
