//! What all sequences together come to: the verdict, tables, messages per head and week, collisions, sends by day.

use egui::{Rect, Sense, Ui, vec2};

use super::{Found, SequencesPage, strip};
use crate::analytics::triggers::said::{self, bought_before, held};
use crate::analytics::triggers::{Fate, Replay};
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Tone, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::chart::{Chart, Kind, Series};
use crate::ui::widgets::heat_map::{HeatCell, HeatMap, Scale};
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{card, remark, say, scrolled};

/// Height of the histogram with the collisions beside it, at least.
const PICTURES: f32 = 264.0;
/// Longer names of rows of the collisions are cut.
const LONGEST: usize = 14;
/// From this share on what is lost is worth a second look.
const MUCH: f64 = 0.2;

impl SequencesPage {
    pub(super) fn result(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Found) {
        let t = theme::of(ui);
        scrolled(ui, t.space().x4, |ui| {
            ui.spacing_mut().item_spacing.y = t.shell().gutter;
            verdict(ui, found);
            self.tables.sequences(cx, ui, found);
            missing(ui, &found.replay);
            self.pictures(cx, ui, found);
            strip::show(ui, &found.replay);
            if let Some(name) = self.draft.as_ref().map(|draft| draft.sequence.name.clone()) {
                self.tables.messages(cx, ui, found, &name);
            }
            card(ui, |ui| {
                ui.spacing_mut().item_spacing.y = t.space().x1;
                say(ui, Type::Emphasis, "What to know about these figures");
                for note in said::notes(&found.replay, &found.pressure) {
                    remark(ui, note);
                }
            });
        });
    }

    /// Messages in a head's week, and which sequences collide.
    fn pictures(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Found) {
        let t = theme::of(ui);
        let gap = t.shell().gutter;
        let replay = &found.replay;
        let active: Vec<usize> = (0..replay.sequences.len()).filter(|n| replay.sequences[*n].active).collect();
        let (rows, columns) = names(replay, &active);
        let cell = |row: usize, column: usize| cell(replay, &active, row, column);
        let most = replay.collisions.iter().copied().max().unwrap_or(0) as f64;
        let map = HeatMap {
            name: "Collisions",
            rows: &rows,
            columns: &columns,
            row: Some(t.row().normal),
            cell: &cell,
            scale: Scale::Amount { from: 0.0, to: most.max(1.0) },
            print: &|value| locale::count(value.round() as u64),
        };
        let head = t.line(Type::Emphasis) + t.line(Type::Caption) + t.space().x2;
        let tall = PICTURES.max(head + map.height(t) + 2.0 * t.space().x4);
        let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), tall), Sense::hover());
        let split = area.left() + area.width() * 0.38;
        weeks(cx, ui, replay, area.with_max_x(split - gap / 2.0));
        card_at(ui, area.with_min_x(split + gap / 2.0), t.space().x4, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            say(ui, Type::Emphasis, "Where two sequences want the same head");
            let within = match found.pressure.apart_days {
                0 => "on the same day".to_owned(),
                days => format!("within {days} days"),
            };
            let heads = locale::counted(replay.collided, "customer", "customers");
            say(ui, Type::Caption, format!("Pairs of messages {within}; {heads} in all"));
            ui.add_space(t.space().x2);
            map.show(ui, &mut self.cell);
        });
    }
}

/// Rows from the second sequence on, numbered; columns to the last but one, by their numbers.
fn names(replay: &Replay, active: &[usize]) -> (Vec<String>, Vec<String>) {
    let name = |(place, n): (usize, &usize)| {
        let name = &replay.sequences[*n].name;
        let cut = name.chars().count() > LONGEST;
        format!("{}\n{}{}", place + 1, name.chars().take(LONGEST).collect::<String>(), if cut { "…" } else { "" })
    };
    let rows = active.iter().enumerate().skip(1).map(name).collect();
    (rows, (1..active.len()).map(|place| place.to_string()).collect())
}

fn cell(replay: &Replay, active: &[usize], row: usize, column: usize) -> Option<HeatCell> {
    let pair = active.get(row + 1).zip(active.get(column)).filter(|_| column <= row);
    pair.map(|(a, b)| {
        let pairs = replay.collisions_of(*a, *b);
        HeatCell { value: pairs as f64, text: locale::count(pairs), below: String::new(), unfinished: false }
    })
}

fn weeks(cx: &mut Cx, ui: &mut Ui, replay: &Replay, rect: Rect) {
    let last = replay.busiest().max(3);
    let periods: Vec<String> = (1..=last).map(|n| n.to_string()).collect();
    let count = |n: usize| replay.weeks.get(n).copied().unwrap_or(0);
    let values = (1..=last).map(|n| Some(count(n) as f64)).collect();
    let series = [Series { name: "weeks".into(), kind: Kind::Bars, values }];
    let chart = Chart {
        title: "Messages in a head’s week",
        line: "Weeks with at least one message",
        about: "How many messages of all sequences one customer would have got in one week from Monday",
        period: "Messages",
        periods: &periods,
        series: &series,
        unfinished: None,
        flags: &[],
        print: &|value| locale::count(value.round() as u64),
    };
    if let Some(asked) = chart.show(ui, rect) {
        cx.deliver_chart("Messages in a heads week", asked, |row, column| chart.value(row, column));
    }
}

/// The verdict strip.
fn verdict(ui: &mut Ui, found: &Found) {
    let replay = &found.replay;
    let Ok(sentence) = said::verdict(replay) else { return };
    let held = replay.sum(held) as f64;
    let much = bought_before(replay).is_some_and(|share| share >= MUCH) || held > MUCH * (held + replay.sent as f64);
    let unknown = replay.sum(|message| message.of(Fate::Unknown));
    let tone = match (replay.sent, much) {
        (0, _) => Tone::Info,
        (_, true) => Tone::Warning,
        (_, false) => Tone::Good,
    };
    let mut reason = said::headline(replay);
    if let Some(share) = bought_before(replay) {
        reason += &format!("; {} of the messages come after a purchase since entering", locale::percent(share, 1));
    }
    if unknown > 0 {
        let due = replay.sum(|message| message.of_all(Fate::is_due));
        reason += &format!(
            "; of {} that were due nobody knows of {} whether the customer had agreed",
            locale::counted(due, "message", "messages"),
            locale::count(unknown)
        );
    }
    let sentence = sentence.trim_end_matches('.');
    Verdict { tone, sentence, reason: &reason }.show(ui);
}

/// What triggers lack, and which file would tell.
fn missing(ui: &mut Ui, replay: &Replay) {
    let lacking: Vec<_> =
        replay.sequences.iter().filter(|one| one.active).filter_map(|one| Some((&one.name, one.missing?))).collect();
    if lacking.is_empty() {
        return;
    }
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = theme::of(ui).space().x1;
        say(ui, Type::Emphasis, "Triggers without data");
        for (name, missing) in lacking {
            remark(ui, format!("{name}: {} is known; {} would tell", missing.what, missing.file));
        }
    });
}

/// Nobody enters any sequence.
pub fn nobody(ui: &mut Ui, found: &Found) {
    say(ui, Type::Emphasis, "Cannot tell: nobody enters a sequence");
    remark(ui, "Switch one on, or change what starts it; these need data that are not there");
    missing(ui, &found.replay);
}
