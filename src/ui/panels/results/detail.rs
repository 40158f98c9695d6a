//! What is told of the chosen campaign: each rate with its interval and its place, and its versions.

use egui::{Rect, Ui};

use crate::analytics::results::{CampaignResult, LEAST_PAST, Place, Rate, RateKind, Results, Versions};
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::figure::money;
use crate::ui::widgets::{say, say_in};

/// Versions that are listed.
const SHOWN: usize = 3;

/// Draws the card.
pub fn show(ui: &mut Ui, found: &Results, one: &CampaignResult, rect: Rect) {
    let t = theme::of(ui);
    card_at(ui, rect, t.space().x4, |ui| {
        ui.spacing_mut().item_spacing.y = t.space().x2;
        say(ui, Type::Emphasis, &one.name);
        let mut lines: Vec<(String, String)> = RateKind::ALL
            .into_iter()
            .filter_map(|kind| Some((kind.name().to_owned(), rate_words(one.rate(kind)?))))
            .collect();
        lines.push(("Money".to_owned(), money_words(found, one)));
        if let Some(versions) = &one.versions {
            lines.push(("Versions".to_owned(), version_words(versions)));
        }
        for (label, words) in lines {
            ui.horizontal_top(|ui| {
                let size = egui::vec2(116.0, t.line(Type::Body));
                ui.allocate_ui(size, |ui| {
                    ui.set_min_size(size);
                    say_in(ui, Type::Caption, t.text.subdued, label);
                });
                ui.vertical(|ui| say(ui, Type::Body, words));
            });
        }
    });
}

fn percent(share: f64) -> String {
    locale::percent(share, if share < 0.01 { 2 } else { 1 })
}

fn rate_words(rate: &Rate) -> String {
    let (low, high) = rate.wilson;
    let own = format!("{} ({} – {})", percent(rate.rate), percent(low), percent(high));
    match rate.past {
        None => format!("{own}; it takes {LEAST_PAST} earlier campaigns of the channel to say what is usual"),
        Some(past) => {
            let place = match past.place {
                Place::High => "higher than usual",
                Place::Usual => "as usual",
                Place::Low => "lower than usual",
            };
            format!(
                "{own}, {place}: half of {} lie in {} – {}",
                past.campaigns,
                percent(past.lower),
                percent(past.upper)
            )
        }
    }
}

fn money_words(found: &Results, one: &CampaignResult) -> String {
    let amount = |minor: i64| money(minor, found.currency, true);
    if one.money.unrated {
        return "Part of it is in a currency without a rate: set one in Definitions".to_owned();
    }
    let mut words = match (one.money.revenue, one.money.spend) {
        (Some(revenue), Some(spend)) => format!("{} for {} of spend", amount(revenue), amount(spend)),
        (Some(revenue), None) => format!("{}, no spend imported", amount(revenue)),
        (None, Some(spend)) => format!("{} of spend, no revenue reported", amount(spend)),
        (None, None) => "Neither revenue nor spend reported".to_owned(),
    };
    if let Some(each) = one.revenue_per_recipient() {
        words += &format!("; {} per message delivered", amount(each.round() as i64));
    }
    if one.in_periods {
        words += "; its spend is known as the sum of a period";
    }
    if let Some(visits) = one.visits {
        words += &format!("; {} visits by links of this name", locale::count(visits.sessions.unsigned_abs()));
        if let Some(revenue) = visits.revenue.filter(|_| !visits.unrated) {
            words += &format!(", {} by web analytics", amount(revenue));
        }
    }
    words
}

fn version_words(versions: &Versions) -> String {
    let rate = |rate: Option<Rate>| rate.map_or_else(|| "—".to_owned(), |rate| percent(rate.rate));
    let subject = |subject: &Option<String>| subject.as_ref().map_or_else(String::new, |s| format!(" “{s}”"));
    let listed = versions.versions.iter().take(SHOWN);
    let listed: Vec<String> = listed.map(|v| format!("{}{} {}", v.name, subject(&v.subject), rate(v.rate))).collect();
    let more = versions.versions.len().saturating_sub(SHOWN);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    match versions.winner() {
        Some(winner) => format!("{}{rest}; {} got more clicks, beyond chance", listed.join(", "), winner.name),
        None => format!("{}{rest}; the difference may be chance", listed.join(", ")),
    }
}
