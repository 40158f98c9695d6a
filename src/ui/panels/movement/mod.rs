//! Movement: who went from which segment or RFM group to which between two dates, as a picture, a matrix and a list.

mod list;
mod matrix;

use std::sync::Arc;

use egui::{Rect, Sense, Ui, pos2, vec2};

use self::list::List;
use self::matrix::Matrix;
use super::{Panel, draw_empty, draw_slot, draw_waiting};
use crate::analytics::movement::{Groups, Movement, movement};
use crate::analytics::segments::Segment;
use crate::model::{Dataset, Day};
use crate::ui::cx::{Cx, counted};
use crate::ui::locale;
use crate::ui::panels::segments::data::colour;
use crate::ui::shop::{Shop, TableKey};
use crate::ui::slot::{Slot, View};
use crate::ui::theme::{self, Theme, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::chart::Frame;
use crate::ui::widgets::chart::flow::{Flow, Node};
use crate::ui::widgets::menu::menu_of;
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::{Button, page_header, scrolled, segmented, states};

/// Least heights of the picture and of what stands below it.
const PICTURE: f32 = 230.0;
const BELOW: f32 = 268.0;
/// Width of the matrix where the list stands beside it.
const MATRIX: f32 = 636.0;

/// What a movement depends on.
type Key = (TableKey, Groups, Day);

/// The page and what it remembers.
pub struct MovementPage {
    groups: Groups,
    found: Slot<Key, Arc<Movement>>,
    /// The band that is looked at: group before, group after.
    pair: Option<(usize, usize)>,
    matrix: Matrix,
    list: List,
}

impl Default for MovementPage {
    fn default() -> Self {
        Self {
            groups: Groups::default(),
            found: Slot::new("Comparing the two dates"),
            pair: None,
            matrix: Matrix::default(),
            list: List::default(),
        }
    }
}

impl Panel for MovementPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let empty = shop.is_empty();
        let ready = self.found.latest().map(|(_, found)| found.clone());
        page_header(ui, "Movement", &line(ready.as_deref()), |ui| {
            let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(ready.is_some()));
            menu_of(&export, |ui| {
                if let Some(target) = export_items(ui, "List as") {
                    self.list.ask_for(target);
                }
            });
            if !empty {
                let choices = [(Groups::Segments, "Segments"), (Groups::Rfm, "RFM groups")];
                if segmented(ui, "What is compared", &choices, &mut self.groups) {
                    self.pair = None;
                }
            }
        });
        if empty {
            let words = "It shows who became loyal and who was lost between two dates";
            return draw_empty(ui, cx, icons::MOVEMENT, "No movement yet", words);
        }
        let Some(data) = shop.data().cloned() else { return draw_waiting(ui, cx) };
        if let Some(no_past) = self.ask(cx, &data) {
            let rect = ui.available_rect_before_wrap();
            let button = Button::accent("Back to the latest day").icon(icons::LATEST);
            if card_at(ui, rect, 16.0, |ui| {
                states::empty(ui, icons::MOVEMENT, no_past, "Choose a later as-of date", button).clicked()
            }) {
                cx.unwind();
            }
            return;
        }
        let view = match cx.shop.as_ref().map(Shop::segments_view) {
            Some(View::Failed(why)) => View::Failed(why),
            _ => self.found.view(),
        };
        let about = ("Too little data to compare", "Both dates need customers who bought");
        let stop = draw_slot(ui, cx, view, about, |ui, cx, found| self.ready(cx, ui, found, &data));
        if stop {
            self.found.stop();
        }
    }
}

/// What is on view.
fn line(found: Option<&Movement>) -> String {
    let Some(found) = found else { return "Who went from which group to which between two dates".into() };
    let cut_offs = if found.groups == Groups::Segments { ", by the same cut-offs" } else { "" };
    format!("From {} to {}{cut_offs}", locale::date(found.days.0), locale::date(found.days.1))
}

impl MovementPage {
    /// Asks for the movement between the day to compare with, or a year before, and the as-of day. Returns why there
    /// is none.
    fn ask(&mut self, cx: &Cx, data: &Arc<Dataset>) -> Option<&'static str> {
        let shop = cx.shop.as_ref()?;
        let as_of = shop.as_of();
        let Some(other) = shop.second.day.or_else(|| shop.year_before()).filter(|day| *day != as_of) else {
            return Some("There is no earlier day to compare with");
        };
        let (_, table, _) = shop.segments_with_data()?;
        let (key, groups) = (shop.table_key(), self.groups);
        let (definitions, rules, scored) = (shop.facts.definitions.clone(), table.rules, key.scored.clone());
        let (data, days) = (data.clone(), (other.min(as_of), other.max(as_of)));
        self.found.ask((key, groups, other), || {
            cx.compute(move |progress| {
                Ok(movement(&data, &definitions, groups, days, (Some(rules), &scored), progress)?.map(Arc::new))
            })
        });
        None
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Arc<Movement>, data: &Arc<Dataset>) {
        let t = theme::of(ui);
        scrolled(ui, t.space().x4, |ui| {
            let (width, gap) = (ui.available_width(), t.shell().gutter);
            let beside = width >= MATRIX + 420.0;
            let room = ui.available_height() - t.stroke().hairline;
            let below = if beside { BELOW } else { 2.0 * BELOW + gap };
            let tall = (room - below - gap).max(PICTURE);
            let (area, _) = ui.allocate_exact_size(vec2(width, tall + gap + below), Sense::hover());
            let picture = area.with_max_y(area.top() + tall);
            let low = area.with_min_y(area.top() + tall + gap);
            let (matrix, list) = if beside {
                (low.with_max_x(low.left() + MATRIX), low.with_min_x(low.left() + MATRIX + gap))
            } else {
                (low.with_max_y(low.top() + BELOW), low.with_min_y(low.top() + BELOW + gap))
            };
            self.picture(cx, ui, found, picture);
            if let Some(pair) = self.matrix.show(cx, ui, matrix, found) {
                self.pair = Some(pair);
            }
            if self.list.show(cx, ui, list, (found, data), self.pair) {
                self.pair = None;
            }
        });
    }

    fn picture(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Movement, rect: Rect) {
        let t = theme::of(ui);
        let nodes: Vec<Node> = (0..found.counts.len()).map(|i| node(t, found.groups, i)).collect();
        let (up, down) = found.up_and_down();
        let title = format!(
            "{} went up, {} went down, {} stayed",
            counted(up, "customer", "customers"),
            locale::count(down),
            locale::count(found.stayed())
        );
        let days = [found.days.0, found.days.1].map(locale::date);
        let flow = Flow {
            frame: Frame {
                title: &title,
                line: "Customers by group on the two dates; a click on a band lists them",
                about: "Each band is as high as the number of customers who went that way. Up is towards the first group; \
                        who came new is in neither, nor who is merely no longer new",
            },
            stages: &[&days[0], &days[1]],
            nodes: &[&nodes, &nodes],
            counts: &[&found.counts],
            print: &locale::count,
        };
        let flowed = flow.show(ui, rect);
        if let Some((_, before, after)) = flowed.chosen {
            self.pair = Some((before, after));
        }
        if let Some(asked) = flowed.asked {
            cx.deliver_chart("Movement", asked, |row, column| flow.value(row, column));
        }
        ui.advance_cursor_after_rect(Rect::from_min_size(pos2(rect.left(), rect.bottom()), vec2(0.0, 0.0)));
    }
}

/// Name and colour of a group.
fn node(t: &Theme, groups: Groups, i: usize) -> Node {
    let name = groups.names().get(i).copied().unwrap_or_default();
    let last = i + 1 == groups.names().len();
    let colour = match groups {
        _ if last => t.chart.bar_rest,
        Groups::Segments => Segment::ALL.get(i).map_or(t.chart.other, |segment| colour(t, *segment)),
        Groups::Rfm => t.series(i),
    };
    Node { name: name.to_owned(), colour }
}

/// A group's name where there is little room.
fn short(name: &str) -> &str {
    const MOST: usize = 9;
    if name.len() <= MOST { name } else { name.split(' ').next().unwrap_or(name) }
}
