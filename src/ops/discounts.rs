//! Discount dependence of the open shop.

use anyhow::Result;

use super::Session;
use crate::analytics::discounts::{Discounts, discounts};
use crate::jobs::Progress;
use crate::model::{Day, TooLittle};

impl Session {
    /// Who depends on discounts; without `as_of` on the last day with an order.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn discounts(&mut self, as_of: Option<Day>, progress: &Progress) -> Result<Result<Discounts, TooLittle>> {
        let table = match self.segments(as_of, progress)? {
            Ok(table) => table,
            Err(missing) => return Ok(Err(missing)),
        };
        let data = self.dataset(progress)?;
        Ok(discounts(&data, &self.definitions()?, &table, progress)?)
    }
}
