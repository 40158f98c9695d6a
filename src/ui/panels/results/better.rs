//! Which hour, weekday, channel or audience did better, as a picture.

use egui::{Rect, Ui};

use crate::analytics::results::{By, Groups, Results, Standing};
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::widgets::chart::{Chart, Kind, Series};
use crate::ui::widgets::segmented;

/// The picture and what it remembers.
#[derive(Default)]
pub struct Better {
    by: By,
}

impl Better {
    /// Draws the choice.
    pub fn choose(&mut self, ui: &mut Ui) {
        let views = [(By::Hour, "Hour"), (By::Weekday, "Weekday"), (By::Channel, "Channel"), (By::Segment, "Segment")];
        segmented(ui, "Clicks by", &views, &mut self.by);
    }

    /// Draws the card.
    pub fn show(&self, cx: &mut Cx, ui: &mut Ui, found: &Results, rect: Rect) {
        let Some(groups) = found.grouped(self.by) else { return };
        let names: Vec<String> = groups.groups.iter().map(|group| group.name.clone()).collect();
        let line = |name: &str, kind, values: Vec<Option<f64>>| Series { name: name.into(), kind, values };
        let of = |end: fn((f64, f64)) -> f64| groups.groups.iter().map(|group| group.interval.map(end)).collect();
        let series = [
            line("Click rate", Kind::Bars, groups.groups.iter().map(|group| Some(group.rate)).collect()),
            line("95% from", Kind::Dots, of(|interval| interval.0)),
            line("95% to", Kind::Dots, of(|interval| interval.1)),
        ];
        let title = title(groups);
        let chart = Chart {
            title: &title,
            line: "People who clicked of those reached, sends to lists",
            about: "The interval knows that sends differ among themselves, not only people; groups of fewer than five \
                    sends have none, and nothing is said of them. What stands out is compared with all other sends, \
                    corrected for the number of groups. Audiences are told apart where a list is called like a segment",
            period: self.by.word(),
            periods: &names,
            series: &series,
            unfinished: None,
            flags: &[],
            print: &|share| locale::percent(share, 1),
        };
        if let Some(asked) = chart.show(ui, rect) {
            cx.deliver_chart("Clicks of campaigns", asked, |row, column| chart.value(row, column));
        }
    }
}

/// The finding.
fn title(groups: &Groups) -> String {
    let by = groups.by.word();
    if let Some(best) = groups.best() {
        return format!("{} does better: {}", best.name, locale::percent(best.rate, 1));
    }
    let told = groups.groups.iter().filter(|group| group.standing != Standing::CannotTell).count();
    match told {
        0 => format!("Cannot tell the best {by}: too few sends each"),
        _ => format!("No {by} stands out"),
    }
}
