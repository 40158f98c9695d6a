//! The KPI dashboard: its board and what was measured outside of the data, every change a named step that can be undone;
//! and the dashboard itself.

mod data;

use anyhow::{Result, anyhow, bail};

use super::Session;
use crate::framework::benchmarks::{self, Benchmark};
use crate::model::kpi::Measurement;
use crate::model::{Board, Day, MetricId};

pub(super) use data::Kept;

impl Session {
    /// How the shop arranges its KPIs: targets, owners, baselines, order, benchmarks of its own.
    ///
    /// # Errors
    /// When it was saved by a newer program.
    pub fn kpi_board(&self) -> Result<Board> {
        Ok(self.workspace.single()?)
    }

    /// Saves the board as a step of this name. One with problems is refused.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn save_kpi_board(&mut self, label: &str, at: i64, board: &Board) -> Result<()> {
        if let Some(problem) = board.problems().iter().find(|problem| problem.stops) {
            bail!("the KPIs were not saved; {}: {}", problem.at, problem.words);
        }
        let shop = self.definitions()?.currency;
        if let Some(other) = board.currencies().find(|currency| *currency != shop) {
            bail!(
                "the KPIs were not saved; an amount is in {other}, but figures are in {shop}: give it in that currency"
            );
        }
        Ok(self.workspace.save_single(label, at, board)?)
    }

    /// Benchmarks: those of the program, with the shop's own in their place.
    ///
    /// # Errors
    /// When the board cannot be read.
    pub fn benchmarks(&self) -> Result<Vec<Benchmark>> {
        Ok(self.kpi_board()?.benchmarks(benchmarks::benchmarks()))
    }

    /// Takes the benchmarks of a file as the shop's own, as one step; those that the program has just so are left to it.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the file; nothing is changed then.
    pub fn read_benchmarks(&mut self, text: &str, at: i64) -> Result<usize> {
        let read = benchmarks::read(text).map_err(|why| anyhow!("the benchmarks could not be read: {why}"))?;
        let given = benchmarks::benchmarks();
        let own: Vec<Benchmark> = read.into_iter().filter(|one| !given.contains(one)).collect();
        let taken = own.len();
        let board = Board { benchmarks: own, ..self.kpi_board()? };
        self.save_kpi_board("Change benchmarks", at, &board)?;
        Ok(taken)
    }

    /// What was measured outside of the data, typed and imported.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn measurements(&self) -> Result<Vec<Measurement>> {
        Ok(self.workspace.measurements()?)
    }

    /// Keeps a typed value of a metric over some days as a step; one of the same days takes its place.
    ///
    /// # Errors
    /// A sentence that says why the value cannot be one of its metric.
    pub fn set_measurement(&mut self, at: i64, one: &Measurement) -> Result<()> {
        one.check().map_err(|why| anyhow!("the value was not kept: {why}"))?;
        let label = format!("Type {}", lower(one.metric.metric().name));
        let currency = self.definitions()?.currency;
        Ok(self.workspace.set_measurements(&label, at, std::slice::from_ref(one), currency)?)
    }

    /// Takes a typed value away as a step; whether there was one.
    ///
    /// # Errors
    /// When the workspace cannot be written.
    pub fn remove_measurement(&mut self, at: i64, metric: MetricId, days: (Day, Day)) -> Result<bool> {
        let label = format!("Remove {}", lower(metric.metric().name));
        Ok(self.workspace.remove_measurement(&label, at, metric, days)?)
    }
}

/// A name within a sentence: abbreviations keep their capitals.
fn lower(name: &str) -> String {
    let mut chars = name.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(chars).collect(),
        _ => name.to_owned(),
    }
}
