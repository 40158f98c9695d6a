//! Media response of the open shop.

use anyhow::Result;

use super::Session;
use super::session::last_day;
use crate::analytics::media::{Media, Settings, media, weeks};
use crate::analytics::sale::days_on_sale;
use crate::jobs::Progress;
use crate::model::channels::Said;
use crate::model::{Day, TooLittle};

impl Session {
    /// What weekly spend adds to the shop's sales; without `as_of` up to the last day with an order.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn media(
        &mut self,
        as_of: Option<Day>,
        settings: &Settings,
        progress: &Progress,
    ) -> Result<Result<Media, TooLittle>> {
        let (data, definitions, names) = (self.dataset(progress)?, self.definitions()?, self.channel_names()?);
        let as_of = as_of.unwrap_or_else(|| last_day(&data));
        let on_sale = days_on_sale(&data, &definitions, progress)?;
        let name = |raw: &str| match raw.trim() {
            "" => String::new(),
            raw => names.name(&Said::spend(raw)).0,
        };
        let weeks = weeks(&data, &definitions, as_of, &on_sale, &name, progress)?;
        Ok(media(&weeks, settings, progress)?)
    }
}
