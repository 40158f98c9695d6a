//! Attribution: against reference figures, by its own laws, and against planted truth.

mod coverage;
mod journeys;
mod laws;
mod oracle;
mod shop;

use cartwright::analytics::attribution::{
    Attribution, ChannelCredit, Credit, Model, Order, PathRow, Paths, Settings, share_out,
};
use cartwright::jobs::Progress;

/// A row of a path written as people write it.
fn row(path: &str, conversions: u64, value: f64, nulls: u64) -> PathRow {
    let steps = path.split('>').map(|step| step.trim().to_owned()).filter(|step| !step.is_empty()).collect();
    PathRow { steps, conversions, value, nulls, ..PathRow::default() }
}

fn shared_out(rows: &[PathRow], settings: &Settings) -> Attribution {
    share_out(&Paths::of_table(rows).unwrap(), settings, &Progress::none()).unwrap().unwrap()
}

/// Without intervals.
fn plain(order: u8) -> Settings {
    Settings { resamples: 0, order: Order::Fixed(order), ..Settings::default() }
}

fn of<'a>(found: &'a Attribution, channel: &str) -> &'a ChannelCredit {
    found.channels.iter().find(|one| one.channel == channel).unwrap_or_else(|| panic!("no channel {channel}"))
}

fn credit(found: &Attribution, channel: &str, model: Model) -> Credit {
    of(found, channel).credits[model as usize].unwrap()
}
