//! What is known of the chosen channel, or of all, and what was left out.

use egui::{Rect, Ui};

use super::currency;
use crate::analytics::attribution::{Attribution, ChannelCredit, Effect};
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::record::fact;
use crate::ui::widgets::{say, say_in};

/// Draws the card.
pub(super) fn show(ui: &mut Ui, found: &Attribution, chosen: Option<usize>, place: Rect) {
    let t = theme::of(ui);
    card_at(ui, place, t.space().x4, |ui| {
        ui.spacing_mut().item_spacing.y = t.space().x1;
        match chosen.and_then(|n| found.channels.get(n)) {
            Some(channel) => one(ui, found, channel),
            None => all(ui, found),
        }
    });
}

fn one(ui: &mut Ui, found: &Attribution, channel: &ChannelCredit) {
    let money = |minor: f64| locale::money(minor.round() as i64, currency(found));
    say(ui, Type::Emphasis, &channel.channel);
    fact(ui, "Touches", &locale::count(channel.touches));
    fact(ui, "Journeys with it", &locale::count(channel.journeys));
    let rate = locale::percent(channel.orders as f64 / channel.journeys.max(1) as f64, 1);
    fact(ui, "Of them with an order", &format!("{}, {rate}", locale::count(channel.orders)));
    let (least, most) = channel.conversions.models;
    fact(ui, "Orders, by all models", &format!("{} – {}", locale::number(least, 0), locale::number(most, 0)));
    let (low, high) = channel.value.models;
    fact(ui, "Revenue", &format!("{} – {}", money(low), money(high)));
    if let Some(removal) = channel.removal {
        fact(ui, "Orders lost without it", &effect(removal));
    }
    if let Some(removal) = channel.removal_value {
        fact(ui, "Revenue lost without it", &effect(removal));
    }
    match channel.cost {
        Some(cost) => {
            fact(ui, "Cost of its touches", &locale::money(cost, currency(found)));
            let each = |orders: f64| if orders > 0.0 { money(cost as f64 / orders) } else { "—".to_owned() };
            fact(ui, "Cost per order", &format!("{} – {}", each(most), each(least)));
            let back = |value: f64| if cost > 0 { locale::number(value / cost as f64, 2) } else { "—".to_owned() };
            fact(ui, "Revenue per unit spent", &format!("{} – {}", back(low), back(high)));
        }
        None => remark_small(ui, "No touch of it tells its cost; spend by day is compared on Media response"),
    }
    remark_small(ui, "Lost without it: what the chain foretells if every visit by it ended without an order");
}

fn all(ui: &mut Ui, found: &Attribution) {
    say(ui, Type::Emphasis, "What this rests on");
    let counts = &found.counts;
    fact(ui, "Touches", &locale::count(counts.touches));
    fact(ui, "Of them in journeys", &locale::count(counts.used));
    fact(ui, "Journeys with an order", &locale::count(found.orders));
    fact(ui, "Journeys without", &locale::count(found.journeys_without_order));
    fact(ui, "Orders without a touch", &locale::count(counts.orders_without_touch));
    let left_out = counts.left_out();
    if !left_out.is_empty() {
        say(ui, Type::Label, "Touches left out");
        for (why, n) in left_out {
            fact(ui, &crate::ui::widgets::text::capital(why), &locale::count(n));
        }
    }
    for note in &found.notes {
        remark_small(ui, note);
    }
}

fn effect(effect: Effect) -> String {
    let percent = |share: f64| locale::percent(share, 1);
    match effect.interval {
        Some((low, high)) => format!("{} ({} – {})", percent(effect.effect), percent(low), percent(high)),
        None => percent(effect.effect),
    }
}

fn remark_small(ui: &mut Ui, words: &str) {
    say_in(ui, Type::Caption, theme::of(ui).text.subdued, words);
}
