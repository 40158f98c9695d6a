//! Recency, frequency, monetary value: a map of two scores, the named groups, and who is in them.

mod cutoffs;
mod groups;
mod map;

use std::sync::Arc;

use egui::{Align, Layout, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use self::cutoffs::Edit;
use self::groups::Groups;
use self::map::Map;
use super::customers::members::{Members, to_customers};
use super::{Panel, PanelId, draw_empty, draw_slot, draw_waiting};
use crate::analytics::rfm::{Binning, Pick, RfmTable, Settings, rfm_table};
use crate::analytics::rules::Picked;
use crate::model::{Dataset, MetricId};
use crate::ui::cx::{Cx, NewSegment, counted};
use crate::ui::locale;
use crate::ui::shop::TableKey;
use crate::ui::slot::{Same, Slot};
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::figure::Tip;
use crate::ui::widgets::menu::{menu_item, menu_line, menu_of};
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::{Button, page_header, say, scrolled};

/// Width of the map where the groups stand beside it.
const MAP: f32 = 480.0;
/// Least width of the groups.
const GROUPS: f32 = 560.0;
/// Height of the map and of the groups.
const ABOVE: f32 = 370.0;
/// Least height of the list.
const LIST: f32 = 260.0;

/// Scores with the customers of every group.
pub struct Found {
    /// The scores, counted.
    pub table: RfmTable,
    /// All buyers, then the groups in the order of the table.
    pub sets: Vec<(Pick, Arc<Picked>)>,
}

impl Found {
    fn of(table: RfmTable) -> Self {
        let picks = std::iter::once(Pick::Buyers).chain(table.groups.iter().map(|(group, _)| Pick::Group(*group)));
        let sets = picks.map(|pick| (pick, Arc::new(table.picked(pick)))).collect();
        Self { table, sets }
    }

    fn set(&self, pick: Pick) -> Option<&Arc<Picked>> {
        self.sets.iter().find(|(own, _)| *own == pick).map(|(_, set)| set)
    }

    /// The hover of a figure of a group or a cell.
    pub fn tip(&self, cx: &Cx, (pick, set): (Pick, &Picked), metric: MetricId) -> Tip {
        let definitions = cx.shop.as_ref().map(|shop| shop.facts.definitions.clone()).unwrap_or_default();
        let rows = counted(self.table.row(pick).customers, "customer", "customers");
        Tip::of(&self.table.figure(pick, set, metric), &definitions, rows).named(&set.name)
    }
}

/// The page and what it remembers.
pub struct RfmPage {
    found: Slot<TableKey, Arc<Found>>,
    /// Who is listed.
    pick: Pick,
    picked: Slot<(Same<Found>, Pick), Arc<Picked>>,
    map: Map,
    groups: Groups,
    members: Members,
    edit: Option<Edit>,
}

impl Default for RfmPage {
    fn default() -> Self {
        Self {
            found: Slot::new("Scoring customers"),
            pick: Pick::Buyers,
            picked: Slot::new("Listing customers"),
            map: Map::default(),
            groups: Groups::default(),
            members: Members::new("RFM customers"),
            edit: None,
        }
    }
}

impl Panel for RfmPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let (empty, settings) = (shop.is_empty(), shop.facts.scored.clone());
        let ready = self.found.latest().map(|(_, found)| found.clone());
        page_header(ui, "RFM", &line(ready.as_deref()), |ui| {
            let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(ready.is_some()));
            menu_of(&export, |ui| self.exports(ui));
            if !empty {
                self.controls(cx, ui, &settings, ready.as_deref());
            }
        });
        if empty {
            let words = "They tell who bought lately, often and much";
            return draw_empty(ui, cx, icons::RFM, "No scores yet", words);
        }
        let Some(data) = shop_data(cx) else { return draw_waiting(ui, cx) };
        self.ask(cx, &data);
        let about = ("Too little data to score", "Bins come from the shop’s own buyers");
        let stop = draw_slot(ui, cx, self.found.view(), about, |ui, cx, found| self.ready(cx, ui, found));
        if stop {
            self.found.stop();
        }
    }
}

fn shop_data(cx: &Cx) -> Option<Arc<Dataset>> {
    cx.shop.as_ref()?.data().cloned()
}

/// What is on view.
fn line(found: Option<&Found>) -> String {
    let Some(Found { table, .. }) = found else { return "How lately, how often and how much customers buy".into() };
    let buyers = counted(table.total.customers, "buyer", "buyers");
    format!("{buyers}, as of {}. {}", locale::date(table.as_of), table.settings.in_words())
}

impl RfmPage {
    fn exports(&mut self, ui: &mut Ui) {
        if let Some(target) = export_items(ui, "Groups as") {
            self.groups.ask_for(target);
        }
        menu_line(ui);
        if let Some(target) = export_items(ui, "Customers as") {
            self.members.ask_for(target);
        }
    }

    /// Number of bins and where they come from, as menus.
    fn controls(&mut self, cx: &mut Cx, ui: &mut Ui, settings: &Settings, found: Option<&Found>) {
        let (words, typed) = match settings.binning {
            Binning::Cut => ("Own quantiles", false),
            Binning::Ntile => ("Equal parts", false),
            Binning::Typed(_) => ("Own cut-offs", true),
        };
        let name = format!("Scores by {}", words.to_lowercase());
        let button = ui.add(Button::new(words).named(&name).icon(icons::SETTINGS).chevron());
        let mut wanted = None;
        menu_of(&button, |ui| {
            for (binning, words) in [(Binning::Cut, "At the shop’s quantiles"), (Binning::Ntile, "In equal parts")] {
                let chosen = binning == settings.binning;
                let one = Settings { bins: settings.bins, binning };
                let item = menu_item(ui, words, None, None, chosen);
                if item.on_hover_text(one.in_words()).clicked() && !chosen {
                    wanted = Some(one);
                }
            }
            let words = "At your own cut-offs…";
            if menu_item(ui, words, None, None, typed).clicked()
                && let Some(found) = found
            {
                self.edit = Some(Edit::of(settings, &found.table));
            }
        });
        let words = format!("{} bins", settings.bins);
        let button = ui.add(Button::new(&words).icon(icons::RFM).chevron());
        menu_of(&button, |ui| {
            for bins in Settings::BINS {
                let chosen = bins == settings.bins;
                if menu_item(ui, &format!("{bins} bins"), None, None, chosen).clicked() && !chosen {
                    // Cut-offs are typed for one number of bins.
                    let binning = if typed { Binning::Cut } else { settings.binning.clone() };
                    wanted = Some(Settings { bins, binning });
                }
            }
        });
        if let Some(wanted) = wanted {
            (self.edit, self.pick) = (None, Pick::Buyers);
            cx.set_scored(wanted, true);
        }
    }

    fn ask(&mut self, cx: &mut Cx, data: &Arc<Dataset>) {
        let Some(shop) = &mut cx.shop else { return };
        let (key, data) = (shop.table_key(), data.clone());
        // Figures open against the segment table of the same day.
        let same_day = shop.segments_with_data().is_some_and(|(have, _, _)| *have == key);
        if let Some((_, found)) = self.found.latest().filter(|_| same_day) {
            shop.picked = found.sets.iter().map(|(_, set)| set.clone()).collect();
            shop.picked.extend(self.picked.latest().map(|(_, set)| set.clone()));
        }
        let settings = key.scored.clone();
        self.found.ask(key.clone(), || {
            cx.compute(move |progress| {
                let table = rfm_table(&data, &key.definitions, key.as_of, &settings, progress)?;
                Ok(table.map(|table| Arc::new(Found::of(table))))
            })
        });
        let Some((_, found)) = self.found.latest() else { return };
        let (found, pick) = (found.clone(), self.pick);
        self.picked.ask((Same(found.clone()), pick), || {
            cx.compute(move |_| Ok(Ok(found.set(pick).cloned().unwrap_or_else(|| Arc::new(found.table.picked(pick))))))
        });
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Arc<Found>) {
        let t = theme::of(ui);
        if let Some(edit) = &mut self.edit {
            let leave = cutoffs::show(cx, ui, edit, &found.table);
            ui.add_space(t.shell().gutter - ui.spacing().item_spacing.y);
            if leave {
                self.edit = None;
            }
        }
        scrolled(ui, t.space().x4, |ui| {
            let (width, gap) = (ui.available_width(), t.shell().gutter);
            let beside = width >= MAP + gap + GROUPS;
            let above = if beside { ABOVE } else { 2.0 * ABOVE + gap };
            let room = ui.available_height() - t.stroke().hairline;
            let list = (room - above - gap).max(LIST);
            let (area, _) = ui.allocate_exact_size(vec2(width, above + gap + list), Sense::hover());
            let high = area.with_max_y(area.top() + above);
            let (map, groups) = if beside {
                (high.with_max_x(high.left() + MAP), high.with_min_x(high.left() + MAP + gap))
            } else {
                (high.with_max_y(high.top() + ABOVE), high.with_min_y(high.top() + ABOVE + gap))
            };
            let mut pick = self.pick;
            self.map.show(ui, map, &found.table, &mut pick);
            self.groups.show(cx, ui, groups, found, &mut pick);
            self.pick = pick;
            let low = area.with_min_y(area.bottom() - list);
            self.list(cx, ui, low, found);
        });
    }

    /// The customers of what was chosen.
    fn list(&mut self, cx: &mut Cx, ui: &mut Ui, rect: Rect, found: &Arc<Found>) {
        let t = theme::of(ui);
        let pick = self.pick;
        let picked = self.picked.latest().filter(|(key, _)| key.1 == pick).map(|(_, set)| set.clone());
        let head = Rect::from_min_size(rect.min, vec2(rect.width(), t.row().field));
        let mut right = ui.new_child(UiBuilder::new().max_rect(head).layout(Layout::right_to_left(Align::Center)));
        to_customers(cx, &mut right, picked.as_ref());
        if let Some(rule) = pick.rule() {
            let save = Button::plain("Save as segment…").icon(icons::BUILDER).small();
            if right.add(save).clicked() {
                cx.new_segment = Some(NewSegment { name: pick.name(), rule });
                cx.go(PanelId::Builder);
            }
            if right.add(Button::plain("All buyers").icon(icons::CLOSE).small()).clicked() {
                self.pick = Pick::Buyers;
            }
        }
        let words = head.with_max_x(right.min_rect().left() - t.space().x2);
        let mut left = ui.new_child(UiBuilder::new().max_rect(words).layout(Layout::left_to_right(Align::Center)));
        left.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
        say(&mut left, Type::Emphasis, pick.name());
        let customers = counted(found.table.row(pick).customers, "customer", "customers");
        let about = match pick {
            Pick::Group(group) => {
                format!("{customers}. {}: {}", group.about(), group.rule(found.table.settings.bins).unwrap_or_default())
            }
            _ => customers,
        };
        say(&mut left, Type::Caption, about);
        let below = Rect::from_min_max(pos2(rect.left(), head.bottom() + t.space().x1), rect.max);
        match picked {
            Some(picked) if picked.members.count() > 0 => {
                let mut list = ui.new_child(UiBuilder::new().max_rect(below).id_salt("customers"));
                self.members.show(cx, &mut list, &picked);
            }
            Some(_) => card_at(ui, below, t.space().x4, |ui| drop(say(ui, Type::Caption, "Nobody has these scores"))),
            None => {}
        }
    }
}
