//! The paths as a flow from order to order.

use egui::{Rect, Ui};

use super::{Named, ordinal};
use crate::analytics::paths::{Next, OTHERS, Pick, Step};
use crate::ui::cx::{Cx, counted};
use crate::ui::locale;
use crate::ui::theme::{self, Theme};
use crate::ui::widgets::chart::Frame;
use crate::ui::widgets::chart::flow::{Flow, Node};
use crate::ui::widgets::text;

/// Longer names are cut in the picture; they are whole in the table.
const LETTERS: usize = 26;

/// Draws the card. Returns the band that was clicked.
pub fn show(cx: &mut Cx, ui: &mut Ui, named: &Named, rect: Rect) -> Option<Pick> {
    let t = theme::of(ui);
    let found = &named.found;
    let things = found.things.len();
    let stages: Vec<String> = (0..=found.steps.len()).map(|n| format!("{} order", text::capital(ordinal(n)))).collect();
    let stages: Vec<&str> = stages.iter().map(String::as_str).collect();
    let nodes: Vec<Vec<Node>> = (0..stages.len()).map(|stage| nodes(t, named, stage)).collect();
    let nodes: Vec<&[Node]> = nodes.iter().map(Vec::as_slice).collect();
    let counts: Vec<Vec<Vec<u64>>> = found.steps.iter().map(with_ends).collect();
    let counts: Vec<&[Vec<u64>]> = counts.iter().map(Vec::as_slice).collect();
    let title = title(named);
    let about = format!(
        "Each order counts for the one {} that most was paid for in it. Who has no further order is open for {} days, \
         and has stopped after that",
        found.settings.by.word(),
        found.settings.within
    );
    let flow = Flow {
        frame: Frame {
            title: &title,
            line: "Buyers from order to order; a click on a band chooses them",
            about: &about,
        },
        stages: &stages,
        nodes: &nodes,
        counts: &counts,
        print: &locale::count,
    };
    let flowed = flow.show(ui, rect);
    if let Some(asked) = flowed.asked {
        cx.deliver_chart("Product paths", asked, |row, column| flow.value(row, column));
    }
    let (step, from, to) = flowed.chosen?;
    let to = match to.checked_sub(things) {
        None => Next::Thing(to as u8),
        Some(0) => Next::Stopped,
        Some(_) => Next::Open,
    };
    Some(Pick::Band { step, from: from as u8, to })
}

/// What the picture says.
fn title(named: &Named) -> String {
    let Some(step) = named.found.steps.first() else { return String::new() };
    let on = step.total.share_went_on().map_or_else(|| "—".into(), |share| locale::percent(share, 1));
    let days = step.total.median_days.map_or_else(String::new, |days| {
        let decimals = u32::from(days.fract() != 0.0);
        format!(", half of them within {} days", locale::number(days, decimals))
    });
    format!("{on} of {} ordered a second time{days}", counted(step.total.buyers, "buyer", "buyers"))
}

/// Things of a stage, and behind the first one the ends.
fn nodes(t: &Theme, named: &Named, stage: usize) -> Vec<Node> {
    let colour = |(i, name): (usize, &String)| if name == OTHERS { t.chart.other } else { t.series(i) };
    let thing = |(i, name): (usize, &String)| Node { name: short(name), colour: colour((i, name)) };
    let mut nodes: Vec<Node> = named.names.things.iter().enumerate().map(thing).collect();
    if stage > 0 {
        let end = |next| Node { name: named.station(next, stage), colour: t.chart.bar_rest };
        nodes.extend([end(Next::Stopped), end(Next::Open)]);
    }
    nodes
}

/// Counts with the ends behind the things; things of a later stage lead on from the same places.
fn with_ends(step: &Step) -> Vec<Vec<u64>> {
    let row = |(counts, place): (&Vec<u64>, &crate::analytics::paths::Place)| {
        counts.iter().copied().chain([place.stopped, place.open]).collect()
    };
    step.counts.iter().zip(&step.places).map(row).collect()
}

fn short(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    let cut: String = name.chars().take(LETTERS - 1).collect();
    format!("{}…", cut.trim_end())
}
