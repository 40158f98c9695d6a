//! The parameters under the letters of the papers, and how they were found.

use egui::Ui;

use crate::analytics::clv::LifetimeValue;
use crate::analytics::clv::gamma_gamma;
use crate::ui::cx::counted;
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::card::scrolled;
use crate::ui::widgets::{remark, say, say_in, text};

/// A line of the table: letter, value, interval, meaning.
struct Line {
    letter: &'static str,
    value: f64,
    interval: (f64, f64),
    meaning: &'static str,
}

/// Meanings of p, q and v.
const SPEND: [&str; 3] =
    ["Evenness of one customer’s orders", "Likeness in what they spend", "Scale of order values, in money"];

/// Parameters in weeks, as the papers have them.
fn lines(value: &LifetimeValue) -> Vec<Line> {
    let (fit, model) = (value.base.fit.in_unit(7.0), value.base.fit.model);
    let intervals = fit.intervals();
    let of_model = (0..4).map(|i| Line {
        letter: model.letters()[i],
        value: fit.values[i],
        interval: intervals[i],
        meaning: model.meanings()[i],
    });
    let of_spend = value.base.spend.fit.iter().flat_map(|fit| {
        let intervals = fit.intervals();
        (0..3).map(move |i| Line {
            letter: gamma_gamma::LETTERS[i],
            value: fit.values[i],
            interval: intervals[i],
            meaning: SPEND[i],
        })
    });
    of_model.chain(of_spend).collect()
}

/// Draws the table and below it the method.
pub fn show(ui: &mut Ui, value: &LifetimeValue) {
    let t = theme::of(ui);
    let (fit, spend) = (&value.base.fit, &value.base.spend);
    ui.spacing_mut().item_spacing.y = 2.0;
    let title = if spend.fit.is_some() { "Fitted parameters, with Gamma–Gamma spend" } else { "Fitted parameters" };
    say(ui, Type::Emphasis, title);
    let likelihood = locale::number(fit.in_unit(7.0).log_likelihood, 1);
    let words = format!("Time in weeks, 95% intervals, log-likelihood {likelihood}");
    say_in(ui, Type::Caption, t.text.subdued, words);
    ui.add_space(t.space().x1);
    scrolled(ui, t.space().x2, |ui| {
        ui.spacing_mut().interact_size.y = t.line(Type::Body);
        let grid = egui::Grid::new("parameters").num_columns(4).min_row_height(t.line(Type::Body));
        grid.spacing(egui::vec2(t.space().x4, 2.0)).show(ui, |ui| {
            for line in lines(value) {
                let digits = |v: f64| locale::number(v, if v.abs() >= 100.0 { 1 } else { 3 });
                say(ui, Type::Label, line.letter);
                say(ui, Type::Body, digits(line.value));
                remark(ui, format!("{} – {}", digits(line.interval.0), digits(line.interval.1)));
                let meaning = text::rich(t, Type::Caption, line.meaning).color(t.text.subdued);
                ui.add(egui::Label::new(meaning).truncate());
                ui.end_row();
            }
        });
        ui.add_space(t.space().x1);
        for words in notes(value) {
            say(ui, Type::Caption, words);
        }
    });
}

/// What is to be known beside the numbers.
fn notes(value: &LifetimeValue) -> Vec<String> {
    let (fit, spend) = (&value.base.fit, &value.base.spend);
    let mut notes = vec![format!("{}. {}", fit.model.in_words(), fit.model.source())];
    notes.extend(fit.parameters.held_by_prior.clone());
    notes.extend(spend.fallback.clone());
    notes.extend(spend.fit.as_ref().and_then(|fit| fit.held_by_prior.clone()));
    if let Some(r) = spend.correlation {
        let r = locale::number(r, 2);
        notes.push(format!("Number and value of orders correlate by {r}; Gamma–Gamma takes it to be 0"));
    }
    if spend.without_value > 0 {
        let who = counted(spend.without_value, "customer", "customers");
        notes.push(format!("{who} with repeat orders worth nothing after refunds left out of the model of spend"));
    }
    notes.push(
        "Maximum likelihood; intervals by the observed information. Of a customer they hold what is not known of the \
         parameters; the range of orders and of the next order hold chance; totals hold both"
            .into(),
    );
    notes
}
