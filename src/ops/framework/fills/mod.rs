//! What data say of the fields of the framework's form.

use anyhow::Result;

use crate::framework::state::Fills;
use crate::jobs::Progress;
use crate::model::Day;
use crate::ops::Session;

impl Session {
    /// What data say of every field that they can say anything of; without `as_of` on the last day with an order.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "sections are filled one by one")]
    pub fn framework_fills(&mut self, _as_of: Option<Day>, _progress: &Progress) -> Result<Fills> {
        Ok(Fills::new())
    }
}
