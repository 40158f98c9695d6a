//! Cohorts: what customers did in the periods after their first order, as a heat table and a course.

mod behind;
mod matrix;
mod named;

use std::sync::Arc;

use egui::{Rect, Sense, Ui, vec2};

use self::matrix::{Matrix, What};
use self::named::Named;
use super::{Panel, draw_empty, draw_slot, draw_waiting};
use crate::analytics::cohorts::{Cohorts, Grouping, Settings, Step, cohorts, cohorts_with};
use crate::analytics::rules::Picked;
use crate::model::Dataset;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::shop::TableKey;
use crate::ui::slot::{Same, Slot};
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::chart::{Chart, Kind, Series};
use crate::ui::widgets::fields::read;
use crate::ui::widgets::form::choice;
use crate::ui::widgets::menu::menu_of;
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::{Button, Field, page_header, scrolled, segmented, text};

/// Height of the course.
const COURSE: f32 = 220.0;
/// Least height of the matrix.
const LEAST: f32 = 260.0;

/// What a matrix depends on, beside what every analysis does.
type Key = (TableKey, Step, Grouping);

/// A cohort, and the age that is looked at.
type Pick = (usize, Option<usize>);

/// The page and what it remembers.
pub struct CohortsPage {
    step: Step,
    by: Grouping,
    what: What,
    cac: String,
    matrix: Matrix,
    found: Slot<Key, Arc<Cohorts>>,
    named: Slot<Same<Cohorts>, Arc<Named>>,
    /// The cell that is looked at, of this matrix.
    pick: Option<(Same<Cohorts>, Pick)>,
    picked: Slot<(Same<Cohorts>, Pick), Arc<Picked>>,
}

impl Default for CohortsPage {
    fn default() -> Self {
        Self {
            step: Step::default(),
            by: Grouping::default(),
            what: What::default(),
            cac: String::new(),
            matrix: Matrix::default(),
            found: Slot::new("Following the cohorts"),
            named: Slot::new("Reading the names"),
            pick: None,
            picked: Slot::new("Looking for the customers"),
        }
    }
}

impl Panel for CohortsPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let empty = shop.is_empty();
        let ready = self.named.latest().map(|(_, named)| named.clone());
        page_header(ui, "Cohorts", &self.line(ready.as_deref()), |ui| {
            let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(ready.is_some()));
            menu_of(&export, |ui| {
                if let Some(target) = export_items(ui, "This table as") {
                    self.matrix.ask_for(target);
                }
            });
        });
        if empty {
            let words = "They show who comes back after the first order";
            return draw_empty(ui, cx, icons::COHORTS, "No cohorts yet", words);
        }
        let Some(data) = shop.data().cloned() else { return draw_waiting(ui, cx) };
        self.ask(cx, &data);
        let about = ("Too little data for cohorts", "Cohorts need customers who ordered by the as-of date");
        let found = self.found.view();
        let stop = draw_slot(ui, cx, found, about, |ui, cx, found| {
            let named = self.named.latest().filter(|(key, _)| Arc::ptr_eq(&key.0, found));
            if let Some(named) = named.map(|(_, named)| named.clone()) {
                self.ready(cx, ui, &named);
            }
        });
        if stop {
            self.found.stop();
        }
    }
}

impl CohortsPage {
    fn line(&self, named: Option<&Named>) -> String {
        let Some(Named { found, .. }) = named else { return "What customers did after their first order".into() };
        let settings = found.settings;
        let (by, step) = (settings.by.words(), settings.step.word());
        format!("Customers by {by}, followed by {step} up to {}", locale::date(found.as_of))
    }

    /// Asks for the matrix, then for the names of its rows.
    fn ask(&mut self, cx: &mut Cx, data: &Arc<Dataset>) {
        let Some(shop) = &cx.shop else { return };
        let Some((key, _, _)) = shop.segments_with_data() else { return };
        let (as_of, definitions) = (key.as_of, shop.facts.definitions.clone());
        let settings = Settings { step: self.step, by: self.by, ages: matrix::ages(self.step), cac: None };
        let shared = data.clone();
        self.found.ask((shop.table_key(), self.step, self.by), || {
            if settings.by != Grouping::FirstCode {
                return cx.compute(move |progress| {
                    Ok(cohorts(&shared, &definitions, as_of, settings, progress)?.map(Arc::new))
                });
            }
            cx.from_session(move |home, progress| {
                let codes = home.session()?.codes_for(settings, &shared)?;
                Ok(cohorts_with((&shared, &codes), &definitions, as_of, settings, progress)?.map(Arc::new))
            })
        });
        let Some((_, found)) = self.found.latest() else { return };
        let found = found.clone();
        self.named.ask(Same(found.clone()), || {
            cx.from_session(move |home, progress| {
                let session = home.session()?;
                let names = session.cohort_names(&found)?;
                let members = session.cohort_members(&found, progress)?;
                Ok(Ok(Arc::new(Named::of(found, names, members))))
            })
        });
        self.ask_for_customers(cx, data);
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, named: &Arc<Named>) {
        let t = theme::of(ui);
        scrolled(ui, t.space().x4, |ui| {
            let cac = self.controls(ui, named);
            let (width, gap) = (ui.available_width(), t.shell().gutter);
            let pick = self.pick.as_ref().map(|(_, pick)| *pick);
            let line = if pick.is_some() { t.row().button + t.space().x1 } else { 0.0 };
            let tall = (ui.available_height() - t.stroke().hairline - COURSE - gap - line).max(LEAST);
            let (area, _) = ui.allocate_exact_size(vec2(width, tall + line + gap + COURSE), Sense::hover());
            course(cx, ui, area.with_min_y(area.bottom() - COURSE), named, self.what);
            let matrix = area.with_max_y(area.top() + tall);
            if let Some(pick) = self.matrix.show(cx, ui, matrix, named, (self.what, cac)) {
                self.pick = Some((Same(named.found.clone()), pick));
            }
            if let Some(pick) = pick {
                let below =
                    Rect::from_min_size(matrix.left_bottom() + vec2(0.0, t.space().x1), vec2(width, t.row().button));
                self.behind(cx, ui, below, named, pick);
            }
        });
    }

    /// What is shown, by what, in which steps, and what a customer cost. Returns the last.
    fn controls(&mut self, ui: &mut Ui, named: &Named) -> Option<i64> {
        let t = theme::of(ui);
        let mut cac = None;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = t.space().x2;
            segmented(ui, "What is shown", &What::CHOICES, &mut self.what);
            let options = Grouping::ALL.map(|by| text::capital(by.words()));
            if let Some(i) = choice(ui, "Grouped by", 210.0, &text::capital(self.by.words()), &options) {
                self.by = Grouping::ALL[i];
            }
            let options = Step::ALL.map(|step| format!("By {}", step.word()));
            if let Some(i) = choice(ui, "Length of a period", 116.0, &format!("By {}", self.step.word()), &options) {
                self.step = Step::ALL[i];
            }
            let currency = named.found.currency;
            let read = read::money(&self.cac, currency);
            let wrong = read.as_ref().err().cloned();
            let field = Field::number("What a new customer cost", currency.code(), 116.0).hint("CAC");
            let response = field.error(wrong.as_deref()).show(ui, &mut self.cac);
            match wrong {
                Some(why) => text::say_in(ui, Type::Caption, t.tone(Tone::Bad).text, why),
                None => {
                    let words = "What a new customer cost: gives LTV ÷ CAC and the payback of each cohort. Where nothing \
                                 is typed, imported spend divided by new customers tells it";
                    response.on_hover_text(words)
                }
            };
            cac = read.ok().flatten().filter(|cac| *cac > 0);
        });
        cac
    }
}

/// All customers together, age by age.
fn course(cx: &mut Cx, ui: &mut Ui, rect: Rect, named: &Named, what: What) {
    let found = &named.found;
    let step = found.settings.step.word();
    let total = &found.total;
    // What is counted rather than shared out says little of a first period: it is left out of the course.
    let from = usize::from(what == What::Retention);
    let ages: Vec<String> = (from..total.cells.len()).map(|age| age.to_string()).collect();
    let values = what.numbers(total).split_off(from.min(total.cells.len()));
    let series = [Series { name: "All customers".into(), kind: Kind::Line, values }];
    let title = finding(found, what);
    let chart = Chart {
        title: &title,
        line: &format!("{}, by {step}s after the first order", what.axis(found)),
        about: "All cohorts together: at each age those that are old enough, without periods that are not over",
        period: "Age",
        periods: &ages,
        series: &series,
        unfinished: None,
        flags: &[],
        print: &|value| what.print(found, value),
    };
    if let Some(asked) = chart.show(ui, rect) {
        cx.deliver_chart("Cohorts, all customers", asked, |row, column| chart.value(row, column));
    }
}

/// What the course says.
fn finding(found: &Cohorts, what: What) -> String {
    let total = &found.total;
    let last = total.cells.iter().rposition(|cell| cell.eligible > 0);
    match what {
        What::Retention => {
            let within = found.repeat.iter().find(|within| within.days == 90).and_then(|within| within.rate());
            within.map_or_else(
                || "Too young to tell who comes back within 90 days".into(),
                |rate| format!("{} order again within 90 days", locale::percent(rate, 1)),
            )
        }
        _ => match last.and_then(|age| Some((age, what.numbers(total)[age]?))) {
            Some((age, value)) => {
                format!("{} {} {}s after the first order", what.print(found, value), what.tail(), age_words(found, age))
            }
            None => "Nothing to tell yet".into(),
        },
    }
}

fn age_words(found: &Cohorts, age: usize) -> String {
    format!("{age} {}", found.settings.step.word())
}
