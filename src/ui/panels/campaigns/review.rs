//! The whole plan before it goes out: what is still open, the brief, the codes, and what becomes of the campaign.

use egui::{Ui, vec2};

use super::results::Results;
use super::{Editing, Facts, Side, form_card, halves, heading};
use crate::jobs::Progress;
use crate::model::Campaign;
use crate::model::campaign::{Status, template};
use crate::report::FORMATS;
use crate::report::table_export::TABLE_FORMATS;
use crate::ui::cx::{Cx, counted};
use crate::ui::dialog::Ask;
use crate::ui::locale;
use crate::ui::settings::short_path;
use crate::ui::shop::Home;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::menu::{menu_item, menu_line, menu_of};
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Button, remark, say, say_in, text};

/// Draws the cards.
pub(super) fn show(cx: &mut Cx, ui: &mut Ui, editing: &mut Editing, facts: &Facts, results: &mut Results) {
    let problems = &editing.typing.problems;
    let wrong: Vec<_> = problems.iter().filter(|problem| problem.stops).collect();
    let open: Vec<_> = problems.iter().filter(|problem| !problem.stops).collect();
    let checks = editing.draft.value.checklist.iter().filter(|check| !check.done).count();
    let (tone, sentence) = match (wrong.len(), open.len() + checks) {
        (0, 0) => (Tone::Good, "Nothing is open".to_owned()),
        (0, n) => (Tone::Warning, format!("{} to look at", counted(n as u64, "thing", "things"))),
        (n, _) => (Tone::Bad, format!("{} in the way", counted(n as u64, "thing is", "things are"))),
    };
    let lines: Vec<String> = wrong.iter().chain(&open).map(|problem| text::capital(&problem.words)).collect();
    let mut reason = lines.join("\n");
    if checks > 0 {
        let words = format!("{} on the checklist not settled", counted(checks as u64, "point", "points"));
        reason = if reason.is_empty() { words } else { format!("{reason}\n{words}") };
    }
    Verdict { tone, sentence: &sentence, reason: &reason }.show(ui);
    halves(ui, |ui, side| match side {
        Side::Left => {
            form_card(ui, |ui| summary(ui, &editing.draft.value, facts));
            form_card(ui, |ui| notes(ui, editing));
        }
        Side::Right => {
            form_card(ui, |ui| results.show(cx, ui, editing, facts));
            form_card(ui, |ui| results.tied(cx, ui, editing, facts));
            form_card(ui, |ui| hand_over(cx, ui, editing));
        }
    });
}

fn summary(ui: &mut Ui, campaign: &Campaign, facts: &Facts) {
    heading(ui, "The plan in short", template(campaign.template).name, |_| {});
    let (first, last) = campaign.days();
    let dash = |text: &str| if text.trim().is_empty() { "—".to_owned() } else { text.to_owned() };
    let mut rows = vec![
        ("Objective", dash(&campaign.objective)),
        ("When", format!("{} – {}", locale::date(first), locale::date(last))),
        ("Owner", dash(&campaign.owner)),
        ("Audiences", dash(&list(campaign.audiences.iter().map(|audience| audience.name.clone())))),
        ("Channels", dash(&list(campaign.channels.iter().map(|channel| channel.name().to_owned())))),
    ];
    if let Some(sale) = &campaign.sale {
        rows.push(("Offers", dash(&list(sale.tiers.iter().map(crate::model::plan::Tier::in_words)))));
    }
    rows.push(("Budget", campaign.budget.map_or_else(|| "—".into(), |budget| budget.display())));
    if !campaign.spend.is_empty() {
        rows.push(("Planned spend", locale::money(campaign.planned_spend(facts.currency), facts.currency)));
    }
    let t = theme::of(ui);
    for (name, words) in rows {
        ui.horizontal_top(|ui| {
            let size = vec2(116.0, t.line(Type::Body));
            ui.allocate_ui(size, |ui| {
                ui.set_min_size(size);
                say_in(ui, Type::Label, t.text.subdued, name);
            });
            ui.vertical(|ui| say(ui, Type::Body, words));
        });
    }
}

fn list(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn hand_over(cx: &mut Cx, ui: &mut Ui, editing: &mut Editing) {
    heading(ui, "Hand over", "A page to print, and the codes as a list for the shop", |_| {});
    ui.horizontal_wrapped(|ui| {
        let brief = ui.add(Button::accent("Save the brief").icon(icons::DOCUMENT).chevron());
        menu_of(&brief, |ui| {
            for format in FORMATS {
                if menu_item(ui, &format!("As {}…", format.title()), Some(icons::DOWNLOAD), None, false).clicked() {
                    save_brief(cx, &editing.draft.value, *format);
                }
            }
        });
        if editing.draft.value.codes.is_some() {
            let codes = ui.add(Button::new("Save the codes").icon(icons::CODE).chevron());
            menu_of(&codes, |ui| {
                for format in TABLE_FORMATS {
                    if menu_item(ui, &format!("As {}…", format.title()), Some(icons::DOWNLOAD), None, false).clicked()
                    {
                        save_codes(cx, &editing.draft.value, *format);
                    }
                }
            });
        }
    });
    ui.horizontal_wrapped(|ui| {
        say(ui, Type::Label, "It is");
        for status in Status::ALL {
            let on = editing.draft.value.status == status;
            let button = if on { Button::new(status.name()).icon(icons::CHECK) } else { Button::plain(status.name()) };
            if ui.add(button.small()).clicked() {
                editing.draft.value.status = status;
            }
        }
    });
    if let Some(frozen) = &editing.draft.value.frozen {
        let words =
            format!("The sale was frozen as it stood on {}; its outcome is read against that", locale::date(frozen.on));
        remark(ui, words);
    } else if editing.draft.value.sale.is_some() {
        remark(
            ui,
            "Once the data reach its start, what was planned until then is kept, and the outcome is read against it",
        );
    }
}

fn notes(ui: &mut Ui, editing: &mut Editing) {
    heading(ui, "Notes", "", |_| {});
    let wide = ui.available_width();
    editing.typing.line(ui, "notes", "", wide, &mut editing.draft.value.notes);
}

fn save_brief(cx: &mut Cx, campaign: &Campaign, format: &'static dyn crate::report::Format) {
    let campaign = campaign.settled();
    let extension = format.extension();
    let name = format!("{}.{extension}", campaign.name.replace('/', " "));
    cx.ask_save(Ask::Save { name, extension }, move |cx, path| {
        let shown = short_path(&path);
        let work = move |home: &mut Home, progress: &Progress| {
            let document = home.session()?.campaign_brief(&campaign, progress)?;
            crate::ops::document::save(&document, format, &path)
        };
        cx.command("Saving the brief", "", work, move |cx, result| match result {
            Ok(()) => {
                cx.notices.tell(Tone::Good, "Brief saved", shown, None);
            }
            Err(error) => cx.notices.failed("The brief was not saved", &error),
        });
    });
}

fn save_codes(cx: &mut Cx, campaign: &Campaign, format: &'static dyn crate::report::table_export::TableFormat) {
    let campaign = campaign.settled();
    let extension = format.extension();
    let name = format!("{} codes.{extension}", campaign.name.replace('/', " "));
    cx.ask_save(Ask::Save { name, extension }, move |cx, path| {
        let shown = short_path(&path);
        let work = move |home: &mut Home, progress: &Progress| {
            home.session()?.export_codes(&campaign, &path, format, progress)
        };
        cx.command("Saving the codes", "codes", work, move |cx, result| match result {
            Ok(written) => {
                let title = format!("{} saved", counted(written.rows, "code", "codes"));
                cx.notices.tell(Tone::Good, title, shown, None);
            }
            Err(error) => cx.notices.failed("The codes were not saved", &error),
        });
    });
}

/// What can be done with the campaign as a whole.
pub(super) fn more_menu(cx: &mut Cx, ui: &mut Ui, editing: &mut Editing) {
    let button = ui.add(Button::new("More").icon(icons::MORE).chevron().named("More of this campaign"));
    menu_of(&button, |ui| {
        let id = editing.draft.id;
        if menu_item(ui, "Duplicate", Some(icons::COPY), None, false).clicked() {
            let work = move |home: &mut Home, _: &Progress| home.session()?.duplicate_campaign(id);
            cx.write("Duplicating the campaign", work, |cx, name: String| {
                let shop = cx.shop.as_ref();
                let found = shop.and_then(|shop| shop.facts.campaigns.iter().find(|saved| saved.campaign.name == name));
                cx.campaign = found.map(|saved| saved.id);
                let undo = cx.made(1);
                cx.notices.tell(Tone::Good, format!("“{name}” made"), "It is open now", undo);
            });
        }
        let words = if editing.draft.value.archived { "Take out again" } else { "Put away" };
        if menu_item(ui, words, Some(icons::ARCHIVE), None, false).clicked() {
            editing.draft.value.archived = !editing.draft.value.archived;
        }
        menu_line(ui);
        if menu_item(ui, "Delete", Some(icons::DELETE), None, false).clicked() {
            let name = editing.draft.value.name.clone();
            let work = move |home: &mut Home, _: &Progress| home.session()?.remove_campaign(id);
            cx.campaign = None;
            cx.write("Deleting the campaign", work, move |cx, ()| {
                let undo = cx.made(1);
                cx.notices.tell(Tone::Good, format!("“{name}” deleted"), "It is gone from list and calendar", undo);
            });
        }
    });
}
