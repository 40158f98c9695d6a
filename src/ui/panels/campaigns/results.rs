//! What the campaign came to so far, by its measures.

use std::sync::Arc;

use egui::{Align, Layout, Ui};

use super::{Editing, Facts, heading, remove};
use crate::analytics::results::Results as Imported;
use crate::analytics::results::{suggestions, summed};
use crate::analytics::success::{Came, Opens, Success, success};
use crate::model::Campaign;
use crate::model::campaign::{Source, Target, metric};
use crate::model::results::CampaignKey;
use crate::ui::cx::Cx;
use crate::ui::draft::Draft;
use crate::ui::locale;
use crate::ui::shop::TableKey;
use crate::ui::slot::Slot;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::menu::menu_of;
use crate::ui::widgets::pick::search_menu;
use crate::ui::widgets::{Button, Field, remark, say, say_in, text};

/// The card and what it remembers.
pub struct Results {
    found: Slot<(TableKey, (chrono::NaiveDateTime, chrono::NaiveDateTime)), Arc<Success>>,
    imported: Slot<TableKey, Arc<Imported>>,
}

impl Default for Results {
    fn default() -> Self {
        Self { found: Slot::new("Looking at what it came to"), imported: Slot::new("Reading what campaigns brought") }
    }
}

impl Results {
    fn ask(&mut self, cx: &mut Cx, campaign: &Campaign) {
        let details = cx.ask_details();
        let Some(shop) = &cx.shop else { return };
        let (key, Some(base)) = (shop.table_key(), details) else { return };
        let (wanted, campaign) = (key.clone(), campaign.clone());
        self.found.ask((key, (campaign.starts, campaign.ends)), || {
            cx.compute(move |progress| {
                let (data, details) = (&base.0, &base.1);
                let found = success(data, details, &wanted.definitions, wanted.as_of, &campaign, progress)?;
                Ok(Ok(Arc::new(found)))
            })
        });
    }

    fn ask_imported(&mut self, cx: &Cx) {
        let Some(shop) = &cx.shop else { return };
        let (key, as_of) = (shop.table_key(), shop.as_of());
        self.imported.ask(key, || {
            cx.from_session(move |home, progress| {
                Ok(home.session()?.campaign_results(Some(as_of), progress)?.map(Arc::new))
            })
        });
    }

    /// Which imported campaigns are part of this one, and what they brought together.
    pub(super) fn tied(&mut self, cx: &mut Cx, ui: &mut Ui, editing: &mut Editing, facts: &Facts) {
        self.ask_imported(cx);
        let imported = self.imported.latest().map(|(_, imported)| imported.clone());
        let campaign = &mut editing.draft.value;
        let mut added = None;
        heading(ui, "Imported results", "What mail and ad tools report of it", |ui| {
            let some = imported.as_ref().is_some_and(|imported| !imported.campaigns.is_empty());
            let add =
                Button::plain("Campaign").icon(icons::ADD).small().named("Add an imported campaign").enabled(some);
            let add = ui.add(add);
            menu_of(&add, |ui| {
                if let Some(imported) = &imported {
                    added = pick(ui, campaign, imported);
                }
            });
        });
        campaign.tied.extend(added);
        if campaign.tied.is_empty() {
            let words = match &imported {
                Some(imported) if !imported.campaigns.is_empty() => {
                    "None is part of it yet; add those of the mail and ad tools that ran it"
                }
                _ => {
                    "None is imported yet; exports of Klaviyo, Mailchimp, Google Ads, Meta Ads and GA4 are read as they are"
                }
            };
            remark(ui, words);
            return;
        }
        let Some(imported) = imported else { return };
        let mut gone = None;
        for (n, key) in campaign.tied.iter().enumerate() {
            let name = imported.campaigns.iter().find(|one| one.key == *key).map_or(key.key.as_str(), |one| &one.name);
            ui.horizontal(|ui| {
                say(ui, Type::Body, name);
                say_in(ui, Type::Caption, theme::of(ui).text.subdued, key.origin.replace('_', " "));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if remove(ui, name) {
                        gone = Some(n);
                    }
                });
            });
        }
        let sum = summed(&campaign.tied, &imported.campaigns);
        if let Some(n) = gone {
            campaign.tied.remove(n);
        }
        let count = |name: &str, n: Option<i64>| Some(format!("{name} {}", locale::count(u64::try_from(n?).ok()?)));
        let money = |name: &str, n: Option<i64>| Some(format!("{name} {}", locale::money(n?, facts.currency)));
        let parts = [
            count("Delivered", sum.delivered),
            count("opened", sum.opens),
            count("clicked", sum.clicks),
            money("revenue", sum.money.revenue),
            money("spend", sum.money.spend),
            sum.money.roi().map(|roi| format!("ROI {}", locale::percent(roi, 0))),
        ];
        remark(ui, text::capital(&parts.into_iter().flatten().collect::<Vec<_>>().join(", ")));
        if campaign.tied.len() > 1 {
            remark(ui, "Tools count the same order each for itself, so their revenue together is an upper bound");
        }
    }

    /// Draws the card's content.
    pub(super) fn show(&mut self, cx: &mut Cx, ui: &mut Ui, editing: &mut Editing, facts: &Facts) {
        let as_of = cx.shop.as_ref().map(|shop| shop.as_of());
        let begun = as_of.is_some_and(|as_of| editing.draft.value.days().0 <= as_of);
        let line = match (begun, as_of) {
            (true, Some(as_of)) => format!("Up to {}; what it caused is the post-mortem’s to say", locale::date(as_of)),
            _ => "Told once the data reach its first day".to_owned(),
        };
        heading(ui, "Targets and outcome", &line, |_| {});
        if editing.draft.value.metrics.is_empty() {
            remark(ui, "It has no measures; add some on the first page");
        }
        if begun {
            self.ask(cx, &editing.draft.value);
        }
        let found = self.found.latest().filter(|_| begun).map(|(_, found)| found.clone());
        let opens = self
            .imported
            .latest()
            .filter(|_| begun)
            .and_then(|(_, imported)| Opens::of(&editing.draft.value.tied, imported, editing.draft.value.days().0));
        let Editing { draft: Draft { value: campaign, .. }, typing, .. } = editing;
        egui::Grid::new("outcome").num_columns(3).spacing([20.0, 8.0]).show(ui, |ui| {
            let t = theme::of(ui);
            for head in ["Measure", "Target", "Outcome"] {
                say_in(ui, Type::Caption, t.text.subdued, head);
            }
            ui.end_row();
            for (n, one) in campaign.metrics.iter_mut().enumerate() {
                let info = metric(one.kind);
                say(ui, Type::Body, info.name).on_hover_text(info.about);
                say(ui, Type::Body, words(Came::typed(one.target), facts));
                ui.horizontal(|ui| {
                    if info.source == Source::Typed {
                        let field = Field::new(info.name, 96.0).hint("type it");
                        let shown = one.typed.map_or_else(String::new, Target::display);
                        let read = crate::ui::widgets::fields::typing::percent_or_none;
                        if let Some(new) = typing.bare(ui, &format!("metrics[{n}].typed"), field, shown, read) {
                            one.typed = new.map(Target::Percent);
                        }
                    }
                    let came = match (&found, one.typed) {
                        (_, Some(typed)) => Some(Came::typed(typed)),
                        (Some(found), None) => found.of(one.kind, opens),
                        (None, None) => None,
                    };
                    outcome(ui, came, one.target, facts, info.source);
                });
                ui.end_row();
            }
        });
        if found.is_some_and(|found| !found.over) {
            remark(ui, "The window is not over yet");
        }
    }
}

/// A menu of imported campaigns, those with a like name first.
fn pick(ui: &mut Ui, campaign: &Campaign, imported: &Imported) -> Option<CampaignKey> {
    let utm = campaign.utm_campaign();
    let mut order: Vec<CampaignKey> =
        suggestions(&campaign.name, Some(&utm), &imported.campaigns).into_iter().map(|(key, _)| key).collect();
    let others = imported.campaigns.iter().map(|one| one.key.clone());
    let others: Vec<CampaignKey> = others.filter(|key| !order.contains(key)).collect();
    order.extend(others);
    order.retain(|key| !campaign.tied.contains(key));
    let line = |key: &CampaignKey| {
        let one = imported.campaigns.iter().find(|one| one.key == *key);
        one.map_or_else(String::new, |one| format!("{}, {}", one.name, locale::date(one.days.0)))
    };
    let lines: Vec<String> = order.iter().map(line).collect();
    let chosen = search_menu(ui, "Imported campaigns", &lines)?;
    lines.iter().position(|line| line == chosen).map(|at| order[at].clone())
}

fn outcome(ui: &mut Ui, came: Option<Came>, target: Target, facts: &Facts, source: Source) {
    let t = theme::of(ui);
    let Some(came) = came else {
        if source != Source::Typed {
            say_in(ui, Type::Body, t.text.subdued, "—");
        }
        return;
    };
    match came.reaches(target, facts.currency) {
        Some(true) => drop(text::icon(ui, icons::ANSWERED, t.icon().small, t.tone(Tone::Good).mark)),
        Some(false) => drop(text::icon(ui, icons::WARNING, t.icon().small, t.tone(Tone::Warning).mark)),
        None => {}
    }
    if source != Source::Typed {
        say(ui, Type::Label, words(came, facts));
    }
}

fn words(came: Came, facts: &Facts) -> String {
    match came {
        Came::Money(minor) => locale::money(minor, facts.currency),
        Came::Share(share) => locale::percent(share, 1),
        Came::Count(count) => locale::count(count),
    }
}
