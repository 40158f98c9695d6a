//! Changes and differences as the steps of a waterfall.

use crate::analytics::explain::{Change, Difference, Part, Settings, said};
use crate::model::definitions::YEAR_DAYS;
use crate::model::{Currency, Day};
use crate::ui::locale;
use crate::ui::widgets::chart::waterfall::Fall;

/// How amounts are printed in a picture: in thousands or millions where they are large.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    currency: Currency,
    by: f64,
    letter: &'static str,
    decimals: u32,
}

impl Scale {
    /// The scale for amounts of which the largest is `most`, minor units.
    pub fn of(currency: Currency, most: i64) -> Self {
        let (by, letter, decimals) = match currency.major(most).abs() {
            m if m < 1e3 => (1.0, "", currency.exponent()),
            m if m < 1e5 => (1.0, "", 0),
            m if m < 1e8 => (1e3, "K", 1),
            _ => (1e6, "M", 1),
        };
        Self { currency, by, letter, decimals }
    }

    /// The unit, for the line below a title: `$K`.
    pub fn unit(self) -> String {
        format!("{}{}", self.currency.symbol().trim(), self.letter)
    }

    fn number(self, minor: i64) -> String {
        locale::number(self.currency.major(minor) / self.by, self.decimals)
    }

    fn signed(self, minor: i64) -> String {
        format!("{}{}", if minor > 0 { "+" } else { "" }, self.number(minor))
    }

    /// A value of the axis, in major units.
    pub fn axis(self, major: f64) -> String {
        locale::number(major / self.by, 0)
    }

    fn total(self, name: String, minor: i64, about: String) -> Fall {
        Fall { name, value: self.currency.major(minor), is_total: true, words: self.number(minor), about }
    }

    fn step(self, name: String, minor: i64, about: String) -> Fall {
        let exact = said::signed(minor, self.currency, locale::current());
        let about = if about.is_empty() { exact } else { format!("{about}: {exact}") };
        Fall { name, value: self.currency.major(minor), is_total: false, words: self.signed(minor), about }
    }
}

/// What the two periods are called.
fn names(settings: &Settings, as_of: Day) -> [&'static str; 2] {
    let year = YEAR_DAYS.unsigned_abs();
    match settings.days() {
        days if days == [year, year] && settings.before.1.0 + 1 == settings.after.0.0 => {
            ["12 months before", if settings.after.1 == as_of { "Last 12 months" } else { "12 months" }]
        }
        _ => ["Before", "After"],
    }
}

/// The two amounts around the steps of a change.
fn around(found: &Change, scale: Scale, steps: Vec<Fall>) -> Vec<Fall> {
    let [before, after] = names(&found.settings, found.as_of);
    let total = |name: &str, days, minor| {
        let exact = locale::money(minor, found.currency);
        scale.total(name.to_owned(), minor, format!("{}: {exact}", said::days(days, locale::current())))
    };
    let mut all = vec![total(before, found.settings.before, found.before.revenue())];
    all.extend(steps);
    all.push(total(after, found.settings.after, found.after.revenue()));
    all
}

fn scale_of(found: &Change) -> Scale {
    Scale::of(found.currency, found.before.revenue().max(found.after.revenue()))
}

/// What each factor made of a change; with `apart` the value of orders by what it is made of.
pub(super) fn of_parts(found: &Change, apart: bool) -> (Vec<Fall>, Scale) {
    let scale = scale_of(found);
    let shown = found
        .parts
        .iter()
        .flat_map(|part| if apart && !part.of.is_empty() { &part.of[..] } else { std::slice::from_ref(part) });
    let step = |part: &Part| scale.step(part.factor.name().to_owned(), part.amount, part.factor.in_words().to_owned());
    (around(found, scale, shown.map(step).collect()), scale)
}

/// What each group made of a change, those behind the first `most` together.
pub(super) fn of_groups(found: &Change, most: usize) -> (Vec<Fall>, Scale) {
    let scale = scale_of(found);
    let fits = found.rows.len() <= most;
    let (shown, rest) = found.rows.split_at(if fits { found.rows.len() } else { most - 1 });
    let mut steps: Vec<Fall> =
        shown.iter().map(|row| scale.step(said::name(row), row.amount(), String::new())).collect();
    if !rest.is_empty() {
        let groups: u64 = rest.iter().map(|row| row.joined).sum();
        let name = format!("All others ({})", locale::count(groups));
        steps.push(scale.step(name, rest.iter().map(|row| row.amount()).sum(), String::new()));
    }
    (around(found, scale, steps), scale)
}

/// How the shop's revenue becomes the figure of a platform.
pub(super) fn of_difference(found: &Difference) -> (Vec<Fall>, Scale) {
    let theirs = found.asked.theirs.map_or(0, |theirs| theirs.amount);
    let scale = Scale::of(found.currency, found.ours.max(found.by_their_rules).max(theirs));
    let exact = |minor| locale::money(minor, found.currency);
    let mut all = vec![scale.total("Your revenue".into(), found.ours, exact(found.ours))];
    all.extend(found.steps.iter().map(|step| {
        let orders = locale::counted(step.orders, "order", "orders");
        scale.step(said::what(step.what), step.amount, orders)
    }));
    let name = found.asked.platform.name();
    all.push(scale.total(name, found.by_their_rules, exact(found.by_their_rules)));
    if let (Some(theirs), Some(rest)) = (found.asked.theirs, found.not_explained) {
        all.push(scale.step("Not explained".into(), rest, "No rule tells why".into()));
        all.push(scale.total(format!("{} says", found.asked.platform.tool()), theirs.amount, exact(theirs.amount)));
    }
    (all, scale)
}
