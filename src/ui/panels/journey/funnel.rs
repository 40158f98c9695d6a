//! Who came and how far they went: the funnel, by what people are told apart by, and where in life they are.

use egui::{Rect, Sense, Ui, pos2, vec2};

use super::data::time;
use super::found::People;
use crate::analytics::journey::{By, Conversion, Funnel, Group, LIVES, Lives, Taken};
use crate::ops::journey::Against;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Tone, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::chart::Frame;
use crate::ui::widgets::chart::funnel::{Funnel as Picture, FunnelStep};
use crate::ui::widgets::record::fact;
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Column, Table, TableState, remark, say};

/// Width of the card with the stages of life.
const LIFE: f32 = 300.0;

/// Draws the funnel.
pub fn show(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, people: &People) {
    let found = &people.funnel;
    let t = theme::of(ui);
    verdict(ui, found);
    let gap = t.shell().gutter;
    let high = Picture::height(t, found.total.steps.len());
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), high), Sense::hover());
    let split = area.right() - LIFE - gap;
    picture(cx, ui, found, area.with_max_x(split));
    card_at(ui, area.with_min_x(split + gap), t.space().x4, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        life(ui, &people.lives);
        ui.add_space(t.space().x3);
        others(ui, &people.against);
    });
    ui.add_space(gap - ui.spacing().item_spacing.y);
    if found.by != By::All {
        groups(cx, ui, state, found);
    }
}

fn verdict(ui: &mut Ui, found: &Funnel) {
    let bought = found.total.steps.get(3).and_then(|taken| taken.of_all.as_ref());
    let rate = bought.and_then(|bought| Some((bought, bought.rate?)));
    let sentence = match rate {
        Some((bought, rate)) => format!(
            "{} of {} who came ordered within {} days",
            locale::percent(rate, 1),
            locale::counted(bought.people, "person", "people"),
            found.within_days
        ),
        None => "Nobody has had the time to order yet".to_owned(),
    };
    let lost = found.total.steps.windows(2).filter_map(|pair| {
        let rate = pair[1].of_before.as_ref()?.rate?;
        Some((rate, pair[0].step.name(), pair[1].step.name()))
    });
    let lost = lost.take(3).min_by(|a, b| a.0.total_cmp(&b.0));
    let mut reason = match lost {
        Some((rate, from, to)) => {
            format!("Most are lost from “{from}” to “{to}”: {} go on", locale::percent(rate, 1))
        }
        None => "Steps that no file tells of are left out".to_owned(),
    };
    if found.nameless > 0 {
        let orders = locale::counted(found.nameless, "order belongs", "orders belong");
        reason += &format!(". {orders} to nobody by name: each counts as a person without one");
    }
    let tone = if rate.is_some() { Tone::Good } else { Tone::Info };
    Verdict { tone, sentence: &sentence, reason: &reason }.show(ui);
    ui.add_space(theme::of(ui).space().x2);
}

fn picture(cx: &mut Cx, ui: &mut Ui, found: &Funnel, place: Rect) {
    let steps: Vec<FunnelStep> = found.total.steps.iter().map(step).collect();
    let line = format!(
        "People who came {} – {}, each followed for {} days",
        locale::date(found.period.0),
        locale::date(found.period.1),
        found.within_days
    );
    let about = found.total.steps.iter().map(|taken| format!("{}: {}", taken.step.name(), taken.step.rule()));
    let about = about.collect::<Vec<_>>().join("\n");
    let title = "From the first visit to the next order";
    let picture = Picture { frame: Frame { title, line: &line, about: &about }, steps: &steps };
    if let Some(asked) = picture.show(ui, place) {
        cx.deliver_chart(title, asked, |row, column| picture.value(row, column));
    }
}

fn step(taken: &Taken) -> FunnelStep {
    let words = match (taken.people, &taken.of_all) {
        (Some(people), Some(of_all)) => match (of_all.rate, of_all.interval) {
            (Some(rate), Some((low, high))) => format!(
                "{}, {} ({} – {})",
                locale::count(people),
                locale::percent(rate, 1),
                locale::percent(low, 1),
                locale::percent(high, 1)
            ),
            _ => locale::count(people),
        },
        (Some(people), None) => locale::count(people),
        (None, _) => "cannot tell: no file tells of it".to_owned(),
    };
    FunnelStep {
        name: taken.step.name().to_owned(),
        count: taken.people,
        words,
        between: between(taken.of_before.as_ref()),
    }
}

fn between(conversion: Option<&Conversion>) -> String {
    let Some((conversion, rate)) = conversion.and_then(|conversion| Some((conversion, conversion.rate?))) else {
        return String::new();
    };
    let share = format!("{} go on", locale::percent(rate, 1));
    match conversion.median() {
        Some(median) => format!("{share}, half of them within {}", time(median)),
        None => share,
    }
}

/// How many customers are where in life.
fn life(ui: &mut Ui, lives: &Lives) {
    say(ui, Type::Emphasis, "Stage of life");
    remark(ui, format!("Customers on {}", locale::date(lives.day)));
    let all = lives.customers.iter().sum::<u64>().max(1);
    for (life, count) in LIVES.into_iter().zip(lives.customers) {
        let share = locale::percent(count as f64 / all as f64, 1);
        let line = fact(ui, life.name(), &format!("{}, {share}", locale::count(count)));
        line.on_hover_text(life.rule(lives.lapsed_days));
    }
}

/// What others reach, and what the shop does.
fn others(ui: &mut Ui, against: &[Against]) {
    say(ui, Type::Emphasis, "Against others");
    for one in against {
        let benchmark = one.benchmark;
        let own = one.value.map_or_else(|| "cannot tell".to_owned(), |value| locale::percent(value, 2));
        let words = format!("{own} to {}", locale::percent(benchmark.value, 2));
        let line = fact(ui, &benchmark.name, &words);
        let about = format!("{}. {}, {}", one.counted, benchmark.source, locale::date(benchmark.dated));
        line.on_hover_text(about);
    }
}

fn groups(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, found: &Funnel) {
    let t = theme::of(ui);
    let mut columns = vec![Column::text(found.by.name(), 160.0).grow(1.0)];
    for taken in &found.total.steps {
        columns.push(Column::number(taken.step.name(), 132.0));
    }
    columns.push(Column::number("Of those who came, ordered", 190.0));
    let last = columns.len() - 1;
    let all: Vec<&Group> = found.groups.iter().chain([&found.total]).collect();
    let ordered = |group: &Group| {
        let of_all = group.steps.get(3)?.of_all.as_ref()?;
        Some((of_all.rate?, of_all.interval?))
    };
    let rows = found.groups.len() as u64;
    let table = Table::new("Funnel", &columns, rows, t.row().normal).totals().plain();
    let room = ui.available_rect_before_wrap();
    let place = room.with_max_y(room.bottom().max(room.top() + table.height(t)));
    let place = Rect::from_min_size(place.min, vec2(place.width(), table.height(t).min(place.height())));
    let shown = card_at(ui, place, 0.0, |ui| {
        table.show(ui, state, |row, column, cell| {
            let Some(group) = usize::try_from(row).ok().and_then(|row| all.get(row)) else { return };
            match column {
                0 if row == rows => cell.strong("Everybody"),
                0 => cell.label(&group.name),
                n if n == last => match ordered(group) {
                    Some((rate, (low, high))) => {
                        let percent = |share| locale::percent(share, 1);
                        cell.text(&format!("{} ({} – {})", percent(rate), percent(low), percent(high)));
                    }
                    None => cell.subdued("—"),
                },
                n => match group.steps.get(n - 1).and_then(|taken| taken.people) {
                    Some(people) => cell.text(&locale::count(people)),
                    None => cell.subdued("—"),
                },
            }
        })
    });
    ui.advance_cursor_after_rect(Rect::from_min_max(place.min, pos2(place.right(), place.bottom())));
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |row, column| {
            let Some(group) = usize::try_from(row).ok().and_then(|row| all.get(row)) else { return Value::Empty };
            match column {
                0 => Value::Text(group.name.clone()),
                n if n == last => ordered(group).map_or(Value::Empty, |(rate, _)| Value::Number(rate)),
                n => group.steps.get(n - 1).and_then(|t| t.people).map_or(Value::Empty, |n| Value::Number(n as f64)),
            }
        });
    }
}
