//! The KPI dashboard: its board, and what was measured outside of the data.

use anyhow::{Result, bail};

use super::Session;
use crate::model::Board;

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
        Ok(self.workspace.save_single(label, at, board)?)
    }
}
