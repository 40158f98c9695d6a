//! The rhythm of buying as a picture.

use egui::{Rect, Ui};

use super::Shown;
use crate::analytics::clv::{CustomerOutlook, day_after};
use crate::model::Segment;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::panels::segments::data::colour;
use crate::ui::theme;
use crate::ui::widgets::chart::Frame;
use crate::ui::widgets::chart::rhythm::{Beat, Expected, Rhythm, Stay};

/// Draws the picture into a card.
pub fn show(cx: &mut Cx, ui: &mut Ui, shown: &Shown, outlook: Option<&CustomerOutlook>, rect: Rect) {
    let t = theme::of(ui);
    let (portrait, currency) = (&shown.dossier.portrait, shown.table.currency);
    let beat = |purchase: &crate::analytics::person::Purchase| Beat {
        day: purchase.day,
        size: currency.major(purchase.revenue),
        words: format!("{}: {}", locale::date(purchase.day), locale::money(purchase.revenue, currency)),
        value: Value::Money(purchase.revenue, currency),
    };
    let beats: Vec<Beat> = portrait.purchases.iter().map(beat).collect();
    let stay = |stay: &crate::analytics::course::Stay| {
        Some(Stay {
            from: stay.from?,
            name: stay.segment.map_or("No segment", Segment::name).to_owned(),
            colour: stay.segment.map_or(t.chart.bar_rest, |segment| colour(t, segment)),
        })
    };
    let stays: Vec<Stay> = portrait.stays.iter().filter_map(stay).collect();
    let expected = outlook.and_then(|outlook| {
        let day = |days| day_after(portrait.as_of, days);
        let next = &outlook.next_order;
        Some(Expected { about: day(next.value)?, low: day(next.low)?, high: day(next.high) })
    });
    let title = match (portrait.facts.orders, gap(&beats)) {
        (0, _) => "Rhythm of buying".to_owned(),
        (_, None) => "Bought on one day so far".to_owned(),
        (_, Some(days)) => format!("Buys about every {}", locale::counted(days, "day", "days")),
    };
    let rhythm = Rhythm {
        frame: Frame {
            title: &title,
            line: "Each order by its revenue; below it the segment of the time",
            about: "Bars are orders that count, as high as their revenue after refunds. The dashed frame holds the day \
                    of the next order for 95 of 100 such customers who stay customers, the dashed line its middle",
        },
        beats: &beats,
        stays: &stays,
        today: portrait.as_of,
        next: expected,
    };
    if let Some(asked) = rhythm.show(ui, rect) {
        cx.deliver_chart("Rhythm", asked, |row, column| rhythm.value(row, column));
    }
}

/// The median of the days between days with an order.
fn gap(beats: &[Beat]) -> Option<u64> {
    let mut gaps: Vec<i32> =
        beats.windows(2).map(|pair| pair[1].day.0 - pair[0].day.0).filter(|days| *days > 0).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).map(|days| u64::from(days.unsigned_abs()))
}
