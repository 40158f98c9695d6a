//! A figure is a door: dotted underline, and a hover that says exactly what it is.

use egui::accesskit::Role;
use egui::{Context, Id, Rect, Response, Sense, Tooltip, Ui, WidgetInfo, vec2};

use super::card::hairline;
use super::table::take_copy;
use super::text::{say, say_in};
use crate::model::Currency;
use crate::model::figure::{Figure, Value};
use crate::model::{Definitions, MetricId};
use crate::ui::locale;
use crate::ui::theme::{self, Type};

/// What the hover of a figure says.
#[derive(Debug, Clone)]
pub struct Tip {
    /// The figure itself.
    pub figure: Figure,
    /// Metric and whose.
    pub name: String,
    /// The exact value.
    pub value: String,
    /// Label and words.
    pub rows: Vec<(&'static str, String)>,
}

impl Tip {
    /// The same, of a customer with this name.
    pub fn named(mut self, name: &str) -> Self {
        self.name = format!("{}, {name}", self.figure.metric.metric().name);
        self
    }

    /// The hover of a figure under the shop's definitions; `counts` says which rows stand behind it.
    pub fn of(figure: &Figure, definitions: &Definitions, counts: String) -> Self {
        let metric = figure.metric.metric();
        let scope = &figure.scope;
        let filter = scope.filter.in_words();
        let in_words = match figure.metric {
            MetricId::Revenue => definitions.revenue_in_words(),
            _ => metric.in_words.to_owned(),
        };
        let period = match scope.period {
            Some((from, to)) => format!("{} – {}", locale::date(from), locale::date(to)),
            None => format!("Until {}", locale::date(scope.as_of)),
        };
        let rows = vec![
            ("In words", in_words),
            ("Filter", filter.clone()),
            ("Period", period),
            ("Rows", counts),
            ("Definitions", format!("Version {}, as of {}", scope.definitions, locale::date(scope.as_of))),
        ];
        let rows = rows.into_iter().filter(|(_, words): &(_, String)| !words.is_empty()).collect();
        let whose = filter.strip_prefix("Segment is ").unwrap_or(&filter);
        Self { figure: *figure, name: format!("{}, {whose}", metric.name), value: exact(figure.value), rows }
    }

    /// Shows the hover for a widget.
    pub fn show(&self, response: &Response) {
        Tooltip::for_enabled(response).show(|ui| self.ui(ui));
    }

    fn ui(&self, ui: &mut Ui) {
        let t = theme::of(ui);
        let pad = egui::Margin::symmetric(t.space().x3 as i8, t.space().x2 as i8);
        egui::Frame::new().inner_margin(pad).show(ui, |ui| self.content(ui));
    }

    fn content(&self, ui: &mut Ui) {
        let t = theme::of(ui);
        ui.set_width(t.shell().tooltip - 2.0 * t.space().x4);
        ui.spacing_mut().item_spacing = vec2(t.space().x2, t.space().x1);
        say(ui, Type::Caption, &self.name);
        say(ui, Type::Section, &self.value);
        let label_width = t.space().x8 * 2.0 + t.space().x2;
        for (label, words) in &self.rows {
            ui.horizontal_top(|ui| {
                let size = vec2(label_width, t.line(Type::Body));
                let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
                let font = t.font(Type::Caption);
                super::paint::text(
                    ui.painter(),
                    rect.left_center(),
                    egui::Align2::LEFT_CENTER,
                    label,
                    font,
                    t.text.subdued,
                );
                ui.vertical(|ui| say(ui, Type::Body, words));
            });
        }
        ui.add_space(t.space().x1);
        hairline(ui);
        ui.horizontal(|ui| {
            say_in(ui, Type::Caption, t.text.subdued, "Click for the rows, copy value");
            let size = vec2(t.space().x6 * 2.0, t.icon().normal);
            let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
            super::button::key_cap(ui.painter(), t, rect, "Ctrl C");
        });
    }
}

/// What passes between figures, wherever they are drawn, and the window.
#[derive(Clone, Default)]
struct Passage {
    opened: Option<Tip>,
    /// Figures drawn since the last look, while somebody looks.
    seen: Option<Vec<Figure>>,
}

fn passage<R>(ctx: &Context, with: impl FnOnce(&mut Passage) -> R) -> R {
    ctx.data_mut(|data| with(data.get_temp_mut_or_default::<Passage>(Id::unique("figures"))))
}

/// Makes a place within a chart a door: it can be hovered, reached by Tab, and opened.
pub fn door(ui: &Ui, place: Rect, id: Id, words: &str, tip: &dyn Fn() -> Tip) -> Response {
    drawn(ui.ctx(), || tip().figure);
    let response = ui.interact(place, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{words}: show the rows")));
    if response.clicked() {
        open(ui.ctx(), tip());
    }
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if response.hovered() {
        let tip = tip();
        tip.show(&response);
        if take_copy(ui) {
            ui.ctx().copy_text(tip.value);
        }
    }
    response
}

/// Asks the window to open the drawer of a figure.
pub fn open(ctx: &Context, tip: Tip) {
    passage(ctx, |passage| passage.opened = Some(tip));
    ctx.request_repaint();
}

/// The figure whose drawer was asked for.
pub fn take_opened(ctx: &Context) -> Option<Tip> {
    passage(ctx, |passage| passage.opened.take())
}

/// Tells who watches that a figure is drawn.
pub fn drawn(ctx: &Context, figure: impl FnOnce() -> Figure) {
    if passage(ctx, |passage| passage.seen.is_some()) {
        let figure = figure();
        passage(ctx, |passage| passage.seen.get_or_insert_default().push(figure));
    }
}

/// Figures drawn since the last call. The first call begins to watch.
pub fn watch(ctx: &Context) -> Vec<Figure> {
    passage(ctx, |passage| passage.seen.replace(Vec::new()).unwrap_or_default())
}

/// The value as exactly as it is known.
pub fn exact(value: Option<Value>) -> String {
    match value {
        None => "—".into(),
        Some(Value::Money(minor, currency)) => locale::money(minor, currency),
        Some(Value::Count(n)) => locale::count(n),
        Some(Value::Share(share)) => locale::percent(share, 2),
        Some(Value::Number(number)) => locale::number(number, 3),
    }
}

/// Money in a table whose header names the currency: `2,290,487`, or with decimals `112.40`.
pub fn money(minor: i64, currency: Currency, decimals: bool) -> String {
    if decimals {
        return locale::current().decimal(minor, currency.exponent());
    }
    // Half away from zero; an `i64` of minor units rounds to one of major units.
    let scale = i128::from(currency.scale());
    let half = if minor < 0 { -scale / 2 } else { scale / 2 };
    let rounded = (i128::from(minor) + half) / scale;
    locale::current().decimal(i64::try_from(rounded).unwrap_or(i64::MAX), 0)
}

/// A share as `41.4%`.
pub fn percent(share: f64) -> String {
    locale::percent(share, 1)
}
