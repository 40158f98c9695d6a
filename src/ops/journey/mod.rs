//! The journey: what a user can do with its matrix and tables, every change a named step that can be undone, and what is
//! read of the shop to fill them.

mod against;
mod data;
mod export;

use anyhow::{Result, bail};

use super::Session;
use crate::model::plan::Problem;
use crate::model::{Contents, Matrix, Omnichannel};

pub use against::Against;
pub use data::{Filters, JourneyData, WITHIN_DAYS};
pub use export::{Tables, journey_document, save_workbook, tables};

impl Session {
    /// The journey matrix; the framework's touchpoints until somebody changes something.
    ///
    /// # Errors
    /// When it was saved by a newer program.
    pub fn journey_matrix(&self) -> Result<Matrix> {
        Ok(self.workspace.single()?)
    }

    /// Saves the matrix as a step of this name. One with problems that stop is refused.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn save_journey_matrix(&mut self, label: &str, at: i64, matrix: &Matrix) -> Result<()> {
        let matrix = matrix.settled();
        refuse("the matrix", &matrix.problems())?;
        Ok(self.workspace.save_single(label, at, &matrix)?)
    }

    /// The omnichannel table as it is typed.
    ///
    /// # Errors
    /// When it was saved by a newer program.
    pub fn omnichannel_table(&self) -> Result<Omnichannel> {
        Ok(self.workspace.single()?)
    }

    /// Saves the omnichannel table as a step of this name.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn save_omnichannel_table(&mut self, label: &str, at: i64, table: &Omnichannel) -> Result<()> {
        refuse("the omnichannel table", &table.problems())?;
        Ok(self.workspace.save_single(label, at, table)?)
    }

    /// The dynamic content matrix as it is typed.
    ///
    /// # Errors
    /// When it was saved by a newer program.
    pub fn content_matrix(&self) -> Result<Contents> {
        Ok(self.workspace.single()?)
    }

    /// Saves the dynamic content matrix as a step of this name.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn save_content_matrix(&mut self, label: &str, at: i64, contents: &Contents) -> Result<()> {
        refuse("the content matrix", &contents.problems())?;
        Ok(self.workspace.save_single(label, at, contents)?)
    }
}

fn refuse(what: &str, problems: &[Problem]) -> Result<()> {
    match problems.iter().find(|problem| problem.stops) {
        Some(problem) => bail!("{what} was not saved; {}: {}", problem.at, problem.words),
        None => Ok(()),
    }
}
