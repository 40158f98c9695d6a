//! The bands: for every channel from the least to the most that the models give it.

use egui::{Rect, Ui};

use super::{Measure, currency};
use crate::analytics::attribution::{Attribution, ChannelCredit, Credit, MODELS, Model};
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::widgets::chart::Frame;
use crate::ui::widgets::chart::bands::{BandRow, Bands};

/// What is shared out, as a whole.
pub fn total(found: &Attribution, measure: Measure) -> f64 {
    match measure {
        Measure::Orders => found.orders as f64,
        Measure::Revenue => found.value,
    }
}

/// What a model gives.
pub fn amount(credit: &Credit, measure: Measure) -> f64 {
    match measure {
        Measure::Orders => credit.conversions,
        Measure::Revenue => credit.value,
    }
}

/// Its interval.
pub fn interval(credit: &Credit, measure: Measure) -> Option<(f64, f64)> {
    match measure {
        Measure::Orders => credit.conversions_interval,
        Measure::Revenue => credit.value_interval,
    }
}

/// The least and the most of all models.
pub fn ends(channel: &ChannelCredit, measure: Measure) -> (f64, f64) {
    match measure {
        Measure::Orders => channel.conversions.models,
        Measure::Revenue => channel.value.models,
    }
}

/// Draws them.
pub(super) fn show(
    cx: &mut Cx,
    ui: &mut Ui,
    found: &Attribution,
    (measure, model): (Measure, Model),
    place: Rect,
    chosen: &mut Option<usize>,
) {
    let total = total(found, measure).max(f64::MIN_POSITIVE);
    let share = |amount: f64| amount / total;
    let ways: Vec<String> = MODELS.iter().map(|about| about.name.to_owned()).collect();
    let rows: Vec<BandRow> = found.channels.iter().map(|channel| row(channel, (measure, model), &share)).collect();
    let what = if measure == Measure::Orders { "orders" } else { "revenue" };
    let title = format!("Share of {what} by channel, from the least to the most that a model says");
    let line = match (measure, found.currency) {
        (Measure::Revenue, Some(_)) => {
            format!("Of {}", locale::money(found.value.round() as i64, currency(found)))
        }
        _ => format!("Of {}", locale::counted(found.orders, "order", "orders")),
    };
    let level = locale::percent(found.settings.level, 0);
    let about = format!(
        "Every stroke is what one model says; the dot is {}, its line the interval of {level} that chance alone leaves: \
         journeys were drawn anew {} times. Click a channel for more",
        model.name(),
        locale::count(found.resamples.into())
    );
    let print = |value: f64| locale::percent(value, 0);
    let bands = Bands {
        frame: Frame { title: &title, line: &line, about: &about },
        what: "Channel",
        ways: &ways,
        chosen: model as usize,
        rows: &rows,
        print: &print,
    };
    if let Some(asked) = bands.show(ui, place, chosen) {
        cx.deliver_chart("Attribution", asked, |row, column| bands.value(row, column));
    }
}

fn row(channel: &ChannelCredit, (measure, model): (Measure, Model), share: &dyn Fn(f64) -> f64) -> BandRow {
    let of = |credit: &Option<Credit>| credit.as_ref().map(|credit| share(amount(credit, measure)));
    let chosen = channel.credits.get(model as usize).and_then(Option::as_ref);
    let (least, most) = ends(channel, measure);
    let percent = |value: f64| locale::percent(share(value), 1);
    let (low, high) = (percent(least), percent(most));
    BandRow {
        name: channel.channel.clone(),
        ways: channel.credits.iter().map(of).collect(),
        interval: chosen.and_then(|credit| interval(credit, measure)).map(|(low, high)| (share(low), share(high))),
        words: if low == high {
            high
        } else {
            format!("{} – {high}", low.trim_end_matches(['%', ' ', '\u{a0}', '\u{202f}']))
        },
    }
}
