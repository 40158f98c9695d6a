//! The sample shop as a workspace.

use std::path::Path;

use anyhow::Result;

use super::Session;
use super::import::BATCH;
use crate::import::experiment::{Content, Rows};
use crate::jobs::{Cancelled, Progress};
use crate::model::{Day, Definitions};
use crate::sample::{self, Params, SampleTest};
use crate::workspace::Error;
use crate::workspace::settings::name;
use crate::workspace::write::{ImportStart, NamedRecords, Names, StepOf};

/// Why the sample shop was not made. No file is left.
#[derive(Debug, thiserror::Error)]
enum SampleError {
    #[error(transparent)]
    Workspace(#[from] Error),
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Makes a workspace with a sample shop, marked as sample. Refuses to replace a file.
pub fn create(path: &Path, params: &Params, progress: &Progress) -> Result<Session> {
    let mut session = Session::create(path, "Sample shop")?;
    let filled = fill(&mut session, params, progress);
    if let Err(error) = filled {
        drop(session);
        // A sample that is not complete is of no use; nothing else was in the file.
        let _ = std::fs::remove_file(path);
        return Err(error);
    }
    Ok(session)
}

/// Makes the sample shop as users meet it: with campaigns around its last day. Refuses to replace a file.
pub fn create_planned(path: &Path, params: &Params, progress: &Progress) -> Result<Session> {
    let mut session = create(path, params, progress)?;
    for campaign in sample::campaigns(params.end) {
        session.add_campaign(campaign)?;
    }
    let shop = sample::generate(params, progress)?;
    for test in shop.tests() {
        add_test(&mut session, test, params.end, progress)?;
    }
    let at = super::now();
    session.save_journey_matrix("Fill in the journey", at, &sample::journey_matrix::matrix())?;
    session.save_omnichannel_table("Fill in the channels", at, &sample::journey_matrix::omnichannel())?;
    session.save_content_matrix("Fill in the contents", at, &sample::journey_matrix::contents())?;
    session.workspace.set_measurements(
        "Type metrics",
        at,
        &sample::measured::measurements(params.end),
        sample::CURRENCY,
    )?;
    session.save_kpi_board("Set targets", at, &sample::measured::board())?;
    session.workspace.begin_here()?;
    Ok(session)
}

/// Seconds before its first day at which the plan of a test was sealed.
const SEALED_BEFORE: i64 = 7 * 3_600;

/// Keeps an experiment of the sample shop as its users would have: planned, sealed, filled with data, decided.
fn add_test(session: &mut Session, test: SampleTest, on: Day, progress: &Progress) -> Result<()> {
    let before = test.experiment.plan.starts.map(|day| sample::ZONE.to_utc(day.date().into()) - SEALED_BEFORE);
    let id = session.add_experiment(test.experiment)?.id;
    if test.is_sealed {
        session.seal_experiment_at(id, before.unwrap_or_else(super::now))?;
    }
    if !test.people.is_empty() {
        let variants = session.experiment(id)?.plan.variants.into_iter().map(|variant| variant.name).collect();
        let rows = Rows {
            file: "Sample shop".into(),
            variants,
            variant: test.people.iter().map(|one| one.variant).collect(),
            email: test.people.iter().map(|one| Some(sample::email(one.person).into())).collect(),
            at: test.people.iter().map(|one| one.at).collect(),
            ..Rows::default()
        };
        session.attach_content(id, Content::Customers(rows), false)?;
    }
    if let Some((choice, memo)) = test.decided {
        let read = session.analyse_experiment(id, &session.experiment(id)?, None, progress)?;
        session.decide_experiment(id, Some(read.decision(choice, memo, on)))?;
    }
    Ok(())
}

fn fill(session: &mut Session, params: &Params, progress: &Progress) -> Result<()> {
    let definitions = Definitions { currency: sample::CURRENCY, zone: sample::ZONE, ..Definitions::default() };
    session.set_initial_definitions(&definitions)?;
    session.workspace.set_initial(name::SAMPLE, &params.seed)?;
    let shop = sample::generate(params, progress)?;
    let start = ImportStart {
        path: String::new(),
        file: "Sample shop".into(),
        source: "sample".into(),
        origin: "sample".into(),
        imported_at: super::now(),
        choices: "{}".into(),
        header: "[]".into(),
        currency: sample::CURRENCY,
        step: StepOf::Nothing,
    };
    session.workspace.import::<_, SampleError>(
        &start,
        |writer| {
            let campaigns = shop.campaign_records();
            progress.expect((shop.record_count() + campaigns.len()) as u64);
            let (mut names, mut batch, mut rows) = (Names::default(), NamedRecords::default(), 0_u64);
            for record in shop.records().chain(campaigns).chain(shop.touch_records()).chain(shop.purchase_reports()) {
                names.add(record, &mut batch);
                rows += 1;
                if batch.len() >= BATCH {
                    writer.write(std::mem::take(&mut batch))?;
                    progress.step(rows)?;
                }
            }
            writer.write(batch)?;
            Ok(rows)
        },
        |rows, tables| {
            serde_json::json!({
                "title": "Sample shop", "rows": rows, "accepted": rows, "rejected": 0, "skipped": 0, "tables": tables,
            })
            .to_string()
        },
    )?;
    // Without its content a sample would be nothing.
    Ok(session.workspace.begin_here()?)
}
