//! Who the customer is: segment and scores, names that systems give, what was agreed to, tags, merged accounts.

use egui::{Align2, Color32, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use crate::analytics::clv::{CustomerOutlook, day_after};
use crate::analytics::rfm::Group;
use crate::model::{Definitions, Segment};
use crate::ops::person::{Dossier, timeline::channel};
use crate::ui::locale;
use crate::ui::panels::segments::data::colour;
use crate::ui::theme::{self, Theme, Tone, Type, corner, icons};
use crate::ui::widgets::{chip, hairline, paint, say, tone_chip};

/// Width of the labels.
const LABEL: f32 = 104.0;

/// Draws the card.
pub fn show(ui: &mut Ui, dossier: &Dossier, outlook: Option<&CustomerOutlook>, definitions: &Definitions) {
    let t = theme::of(ui);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = t.space().x1;
        standing(ui, t, dossier, outlook);
        ui.add_space(t.space().x2);
        hairline(ui);
        ui.add_space(t.space().x1);
        identity(ui, t, dossier, definitions);
        consents(ui, t, dossier);
        tags(ui, t, dossier);
        merged(ui, t, dossier);
    });
}

/// Segment, scores, last and next order.
fn standing(ui: &mut Ui, t: &Theme, dossier: &Dossier, outlook: Option<&CustomerOutlook>) {
    let portrait = &dossier.portrait;
    let segment = portrait.segment;
    fact(ui, t, "Segment", segment.map_or("Cannot be told", Segment::name), segment.map(|segment| colour(t, segment)));
    let scores = match (portrait.scores, portrait.group) {
        (Some(s), Some(group)) => format!("{}, {}-{}-{}", Group::name(group), s.r, s.f, s.m),
        _ => "Cannot be told".into(),
    };
    fact(ui, t, "RFM", &scores, None);
    if portrait.facts.orders > 0 {
        fact(ui, t, "First order", &locale::date(portrait.facts.first), None);
        fact(ui, t, "Last order", &locale::date(portrait.facts.last), None);
    }
    if let Some(outlook) = outlook {
        let day = |days| day_after(portrait.as_of, days).map_or_else(|| "later".to_owned(), locale::date);
        let next = &outlook.next_order;
        fact(ui, t, "Next order about", &day(next.value), None);
        fact(ui, t, "Between", &format!("{} – {}", day(next.low), day(next.high)), None);
    }
}

fn identity(ui: &mut Ui, t: &Theme, dossier: &Dossier, definitions: &Definitions) {
    let person = &dossier.person;
    for email in person.emails() {
        fact(ui, t, "E-mail", email, None);
    }
    for (system, id) in person.shop_ids() {
        fact(ui, t, "Shop id", &format!("{id}, {system}"), None);
    }
    fact(ui, t, "Row", &format!("#{}", person.id), None);
    for (label, value) in [("Phone", person.phone()), ("Country", person.country())] {
        if let Some(value) = value {
            fact(ui, t, label, value, None);
        }
    }
    if let Some(day) = person.birth_date() {
        fact(ui, t, "Born", &locale::date(day), None);
    }
    if let Some(day) = dossier.since(definitions) {
        fact(ui, t, "Customer since", &locale::date(day), None);
    }
    for attribute in &person.attributes {
        fact(ui, t, &attribute.name, &attribute.value, None);
    }
}

fn consents(ui: &mut Ui, t: &Theme, dossier: &Dossier) {
    // What was answered after the day on view is not known on it.
    let known = dossier.events.iter().filter_map(|event| match event.what {
        crate::ops::person::timeline::What::Consent(i) => Some(&dossier.person.consents[i]),
        _ => None,
    });
    let mut answers: Vec<_> = known.collect();
    answers.sort_by_key(|answer| (answer.channel.clone(), std::cmp::Reverse(answer.at), answer.granted));
    answers.dedup_by_key(|answer| answer.channel.clone());
    caption(ui, t, "Consent");
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(t.space().x1, t.space().x1);
        if answers.is_empty() {
            chip(ui, "No answer is known");
        }
        for answer in answers {
            let (tone, icon, said) = match answer.granted {
                true => (Tone::Good, icons::CHECK, "yes"),
                false => (Tone::Bad, icons::CLOSE, "no"),
            };
            tone_chip(ui, &format!("{}: {said}", channel(&answer.channel)), tone, Some(icon));
        }
    });
}

fn tags(ui: &mut Ui, t: &Theme, dossier: &Dossier) {
    let tags = dossier.person.tags();
    if tags.is_empty() {
        return;
    }
    caption(ui, t, "Tags");
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(t.space().x1, t.space().x1);
        for tag in tags {
            chip(ui, tag);
        }
    });
}

fn merged(ui: &mut Ui, t: &Theme, dossier: &Dossier) {
    let person = &dossier.person;
    if person.accounts.len() < 2 {
        return;
    }
    caption(ui, t, "Merged into this account");
    for account in &person.accounts[1..] {
        let of = person.identities.iter().find(|identity| identity.account == account.id);
        let called = of.map(|identity| identity.value.as_str()).or(account.name.as_deref()).unwrap_or("—");
        fact(ui, t, &format!("#{}", account.id), called, None);
    }
}

fn caption(ui: &mut Ui, t: &Theme, words: &str) {
    ui.add_space(t.space().x2);
    say(ui, Type::Label, words);
}

/// A label and a value in a line; a value that has no room is cut, and whole under the pointer.
fn fact(ui: &mut Ui, t: &Theme, label: &str, value: &str, swatch: Option<Color32>) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), t.line(Type::Body)), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, format!("{label}: {value}")));
    let painter = ui.painter();
    let left = rect.with_max_x(rect.left() + LABEL);
    let font = t.font(Type::Caption);
    let label_cut = paint::text_in(painter, left, Align2::LEFT_CENTER, label, font, t.text.subdued).1;
    let mut x = left.right() + t.space().x1;
    if let Some(colour) = swatch {
        let side = t.space().x2 + 2.0;
        let square = Rect::from_center_size(pos2(x + side / 2.0, rect.center().y), vec2(side, side));
        painter.rect_filled(square, corner(2.0), colour);
        x += side + t.space().x2 - 2.0;
    }
    let place = rect.with_min_x(x);
    let cut = paint::text_in(painter, place, Align2::LEFT_CENTER, value, t.font(Type::Body), t.text.strong).1;
    if cut || label_cut {
        response.on_hover_text(format!("{label}: {value}"));
    }
}
