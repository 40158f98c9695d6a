//! CDNOW from its file through the import to the figures, as a user would get them.

use cartwright::analytics::clv::{Settings, Verdict};
use cartwright::import::plan::Choices;
use cartwright::import::preview::preview;
use cartwright::jobs::Progress;
use cartwright::model::Day;
use cartwright::ops::Session;

use super::assert_close;
use crate::shared::shared;

/// Imports the 1/10 sample of CDNOW. Its rows are orders without a number, so their line becomes it; eight have no value.
fn session(folder: &std::path::Path) -> Option<Session> {
    let text = std::fs::read_to_string(shared("data/cdnow/CDNOW_sample.txt")?).unwrap();
    let mut table = "order_id,customer_id,created_at,total,currency\n".to_owned();
    for (line, row) in text.lines().enumerate() {
        let cells: Vec<&str> = row.split_whitespace().collect();
        let (year, month_day) = cells[2].split_at(4);
        let (month, day) = month_day.split_at(2);
        table += &format!("{line},{},{year}-{month}-{day},{},USD\n", cells[1], cells[4]);
    }
    let file = folder.join("cdnow.csv");
    std::fs::write(&file, table).unwrap();
    let mut session = Session::create(&folder.join("cdnow.cartwright"), "CDNOW").unwrap();
    let choices = Choices::default();
    let plan = session.plan(&preview(&file, &choices, &Progress::none()).unwrap(), &choices).unwrap();
    let outcome = session.import(&plan, &choices, &Progress::none()).unwrap();
    assert_eq!((outcome.summary.accepted, outcome.summary.rejected), (6919, 0));
    Some(session)
}

/// Fader, Hardie and Lee (2005), table 2, and `bgnbd_exact_days` of the oracle, which counts whole days ÷ 7.
#[test]
fn cdnow_through_the_import_has_the_published_parameters() {
    let folder = tempfile::tempdir().unwrap();
    let Some(mut session) = session(folder.path()) else { return };
    let as_of = Day::parse("1997-09-30");
    let value = session.lifetime_value(as_of, &Settings::default(), &Progress::none()).unwrap().unwrap();
    let fit = value.base.fit.in_unit(7.0);
    assert_eq!((value.base.fit.buyers, value.base.fit.repeat_buyers), (2357, 946));
    let exact = [0.24259452242802781, 4.413602018936326, 0.7929220173396363, 2.425906777197206];
    for (i, wanted) in exact.into_iter().enumerate() {
        assert_close(fit.values[i], wanted, 1e-6, "parameter");
    }
    assert_close(fit.log_likelihood, -9582.429206673929, 1e-10, "log-likelihood");
    let spend = value.base.spend.fit.as_ref().unwrap();
    for (i, published) in [6.25, 3.74, 15.44].into_iter().enumerate() {
        assert_close(spend.values[i], published, 3e-3, "Gamma–Gamma");
    }
}

/// The same fit foretells the next 39 weeks; `holdout_39w` of the oracle.
#[test]
fn cdnow_held_out_39_weeks_are_foretold_as_computed_independently() {
    let folder = tempfile::tempdir().unwrap();
    let Some(mut session) = session(folder.path()) else { return };
    let as_of = Day::parse("1998-06-30");
    let value = session.lifetime_value(as_of, &Settings::default(), &Progress::none()).unwrap().unwrap();
    let check = value.held_out.unwrap();
    assert_eq!((check.calibrated_until.to_string().as_str(), check.days()), ("1997-09-30", 273));
    assert_eq!((check.customers, check.actual_total), (2357, 1882));
    assert_close(check.model.total, 1653.4086978964742, 1e-6, "orders foretold");
    assert_close(check.model.mae, 0.7854542366018533, 1e-6, "mean absolute error");
    assert_close(check.model.rmse, 1.607982010744382, 1e-6, "root mean square error");
    assert_eq!(check.verdict, Verdict::Model, "{}", check.in_words());
    assert_eq!(check.classes.iter().map(|c| c.customers).sum::<u64>(), 2357);
}
