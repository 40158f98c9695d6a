//! Attribution of the open shop, and of tables of paths.

use std::path::Path;

use anyhow::{Result, anyhow, bail};

use super::Session;
use super::session::last_day;
use crate::analytics::attribution::{Attribution, Paths, Scope, Settings, Table, attribution, share_out};
use crate::import::paths_table::{self, PathsError, ReadPaths};
use crate::jobs::Progress;
use crate::model::definitions::YEAR_DAYS;
use crate::model::{Currency, Dataset, Day, TooLittle, Touches};

/// Which journeys are looked at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked {
    /// All facts up to the end of this day; without it, the last one with an order or a touch.
    pub as_of: Option<Day>,
    /// First day on which a journey may end; without it, a year before the last.
    pub from: Option<Day>,
    /// Last day on which a journey may end; without it, the as-of day.
    pub to: Option<Day>,
    /// Only members of this segment: a saved one, or one of the framework's.
    pub segment: Option<String>,
    /// How orders are shared out.
    pub settings: Settings,
}

/// Attribution of a table of paths.
#[derive(Debug, Clone, PartialEq)]
pub struct OfTable {
    /// What was read of it.
    pub read: ReadPaths,
    /// Rows whose path names no channel: their orders are those without a touch.
    pub without_step: u64,
    /// What it says.
    pub found: Result<Attribution, TooLittle>,
}

impl Session {
    /// Which channels have a part in the shop's orders, by every model.
    ///
    /// # Errors
    /// A sentence when the period ends before it begins or there is no such segment; when the workspace cannot be read or
    /// the work was cancelled.
    pub fn attribution(&mut self, asked: &Asked, progress: &Progress) -> Result<Result<Attribution, TooLittle>> {
        let (data, touches, definitions) = (self.dataset(progress)?, self.touches(progress)?, self.definitions()?);
        let as_of = asked.as_of.unwrap_or_else(|| last_known(&data, &touches));
        let period = period(asked.from, asked.to, as_of)?;
        let who = match &asked.segment {
            Some(name) => {
                let rule = self.resolved(&self.segment_rule(name)?)?;
                Some(self.sieve(Some(as_of), progress)?.members(&rule, progress)?.yes)
            }
            None => None,
        };
        let scope = Scope { as_of, period, who: who.as_ref() };
        Ok(attribution(&touches, &data, &definitions, scope, &asked.settings, progress)?)
    }
}

/// The last day with an order or a touch.
fn last_known(data: &Dataset, touches: &Touches) -> Day {
    let touched = touches.at.iter().max().map(|at| at.div_euclid(86_400)).and_then(|day| i32::try_from(day).ok());
    touched.map_or(last_day(data), |day| last_day(data).max(Day(day)))
}

/// The days on which journeys may end.
fn period(from: Option<Day>, to: Option<Day>, as_of: Day) -> Result<(Day, Day)> {
    let to = to.unwrap_or(as_of);
    let from = from.unwrap_or(Day(to.0.saturating_sub(YEAR_DAYS - 1)));
    if from > to {
        bail!("the period ends on {}, before it begins on {}; turn the two round", to.display(), from.display());
    }
    Ok((from, to))
}

/// A table of paths that was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TableRead {
    /// What was read of it.
    pub read: ReadPaths,
    /// Its paths.
    pub paths: Paths,
    /// Rows whose path names no channel.
    pub without_step: u64,
    /// Orders of these rows.
    pub orders_without_step: u64,
    /// What these are worth, minor units.
    pub value_without_step: f64,
}

/// Reads a table of paths, with so many minor units in one of its units of value.
///
/// # Errors
/// A sentence when the file cannot be read, or names too many channels; when the work was cancelled.
pub fn paths_of(path: &Path, separator: &str, scale: f64, progress: &Progress) -> Result<TableRead> {
    let (mut table, mut found) = (Table::default(), TableRead::default());
    let read = paths_table::read(path, progress, |line| {
        let steps = line.path.split(separator).map(str::trim).filter(|step| !step.is_empty());
        let value = line.value * scale;
        if !table.add(steps, line.days_before, (line.conversions, value, line.nulls)) {
            found.without_step += 1;
            found.orders_without_step = found.orders_without_step.saturating_add(line.conversions);
            found.value_without_step += value;
        }
    });
    found.read = read.map_err(|error| match error {
        PathsError::Cancelled(cancelled) => anyhow!(cancelled),
        failed => anyhow!(failed),
    })?;
    let Some(paths) = table.done() else {
        bail!(
            "{} names more than 65,535 channels; is “{separator}” what stands between the steps of its paths?",
            found.read.file
        );
    };
    Ok(TableRead { paths, ..found })
}

/// Attribution of a table of paths: columns path, conversions, value and nulls, under these names or others in use. Values
/// are taken as major units of the currency; a hundredth is the minor unit where there is none.
///
/// # Errors
/// As [`paths_of`].
pub fn of_table(
    path: &Path,
    separator: &str,
    currency: Option<Currency>,
    settings: &Settings,
    progress: &Progress,
) -> Result<OfTable> {
    let scale = currency.map_or(100, |currency| currency.scale()) as f64;
    let table = paths_of(path, separator, scale, progress)?;
    let found = share_out(&table.paths, settings, progress)?.map(|mut found| {
        found.currency = currency;
        found.counts.orders_without_touch = table.orders_without_step;
        found.counts.value_without_touch = table.value_without_step.round() as i64;
        found
    });
    Ok(OfTable { read: table.read, without_step: table.without_step, found })
}
