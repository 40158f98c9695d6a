//! Which column of a file about an experiment holds what.

use serde::{Deserialize, Serialize};

use super::FileError;
use crate::import::preview::Preview;
use crate::import::row::fold;
use crate::model::experiment::{FileKind, Metric, Named, Unit};

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The variant.
    Variant,
    /// The experiment, where a file holds several.
    Experiment,
    /// The customer's id in the shop.
    Customer,
    /// The customer's e-mail address.
    Email,
    /// When the customer joined.
    At,
    /// Visitors of a variant.
    Visitors,
    /// Visitors who bought.
    Conversions,
    /// Revenue.
    Revenue,
    /// Standard deviation of the revenue of a visitor.
    Deviation,
    /// Sum of the squares of the revenue of the visitors.
    Squares,
}

/// Names of columns, the surest first. Compared without letter case, and with `_` and `-` as blanks.
const NAMES: &[(Role, &[&str])] = &[
    (
        Role::Variant,
        &[
            "variant",
            "variation",
            "variant name",
            "variation name",
            "variation id",
            "variant id",
            "treatment",
            "arm",
            "experiment group",
            "test group",
            "group",
            "bucket",
            "cell",
            "segment",
            "version",
            "variante",
        ],
    ),
    (
        Role::Experiment,
        &["experiment", "experiment id", "experiment key", "experiment name", "test", "test name", "test id"],
    ),
    (
        Role::Customer,
        &["customer id", "customer", "customer key", "shop id", "user id", "userid", "user", "visitor id", "id"],
    ),
    (Role::Email, &["email", "e mail", "email address", "e mail address", "mail"]),
    (
        Role::At,
        &[
            "exposed at",
            "exposure time",
            "exposure timestamp",
            "first exposure",
            "first exposure timestamp",
            "assigned at",
            "joined at",
            "timestamp",
            "at",
            "time",
            "datetime",
            "date time",
            "date",
            "day",
        ],
    ),
    (
        Role::Visitors,
        &["visitors", "users", "unique visitors", "visits", "sessions", "sample size", "n", "recipients", "besucher"],
    ),
    (
        Role::Conversions,
        &["conversions", "conversion", "converted", "purchases", "purchased", "buyers", "bestellungen", "orders"],
    ),
    (Role::Revenue, &["revenue", "total revenue", "spend", "sales", "value", "total value", "amount", "umsatz"]),
    (
        Role::Deviation,
        &["sd", "std", "stddev", "std dev", "standard deviation", "revenue sd", "revenue std", "revenue stddev"],
    ),
    (Role::Squares, &["sum of squares", "sum squares", "squares", "revenue squares", "sumsq"]),
];

/// Columns of a file of customers whose cells say what the customer did, besides buying and spending.
const SHARES: &[&str] = &["visit", "visited", "click", "clicked", "open", "opened", "signup", "signed up"];

/// Which column holds what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Columns {
    /// Columns by what they hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<(Role, String)>,
    /// Columns that say what a customer did.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<(Metric, String)>,
    /// Of a file that holds several experiments, this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub experiment: Option<String>,
}

impl Columns {
    /// The column that holds something.
    pub fn of(&self, role: Role) -> Option<&str> {
        self.roles.iter().find(|(known, _)| *known == role).map(|(_, column)| column.as_str())
    }

    /// Sets the column that holds something; `None` = no column does.
    pub fn set(&mut self, role: Role, column: Option<&str>) {
        self.roles.retain(|(known, _)| *known != role);
        self.roles.extend(column.map(|column| (role, column.to_owned())));
    }

    /// Whether the file has the columns, and a column of variants is among them.
    pub(super) fn check(&self, preview: &Preview, kind: FileKind) -> Result<(), FileError> {
        let wanted = self.roles.iter().map(|(_, column)| column).chain(self.outcomes.iter().map(|(_, column)| column));
        for column in wanted {
            if !preview.header.contains(column) {
                let known = preview.header.join(", ");
                return Err(format!("{} has no column “{column}”; it has {known}", preview.file).into());
            }
        }
        if kind != FileKind::GrowthBook && self.of(Role::Variant).is_none() {
            return Err(no_variant(preview));
        }
        Ok(())
    }
}

fn no_variant(preview: &Preview) -> FileError {
    let (file, known) = (&preview.file, preview.header.join(", "));
    format!("{file} has no column that is known to hold variants; it has {known}. Rename one to “variant”").into()
}

fn plain(name: &str) -> String {
    fold(&name.replace(['_', '-'], " "))
}

/// What a file tells, and which column holds what.
pub(super) fn of(preview: &Preview) -> Result<(FileKind, Columns), FileError> {
    let folded: Vec<String> = preview.header.iter().map(|name| fold(name)).collect();
    let has = |names: &[&str]| names.iter().all(|name| folded.iter().any(|known| known == name));
    if has(&["metric", "variation", "users", "totalvalue", "peruservalue"]) {
        return Ok((FileKind::GrowthBook, Columns::default()));
    }
    let mut columns = Columns::default();
    for (role, names) in NAMES {
        let position = names.iter().find_map(|name| preview.header.iter().position(|known| plain(known) == *name));
        columns.set(*role, position.map(|at| preview.header[at].as_str()));
    }
    if columns.of(Role::Variant).is_none() {
        return Err(no_variant(preview));
    }
    if columns.of(Role::Visitors).is_some() {
        // Sums have no customers; a column of that name would be something else.
        [Role::Customer, Role::Email, Role::At].into_iter().for_each(|role| columns.set(role, None));
        return Ok((FileKind::Summary, columns));
    }
    columns.outcomes = outcomes(preview, &columns);
    for role in [Role::Conversions, Role::Revenue, Role::Deviation, Role::Squares] {
        columns.set(role, None);
    }
    Ok((FileKind::Customers, columns))
}

/// Columns of a file of customers that say what they did.
fn outcomes(preview: &Preview, columns: &Columns) -> Vec<(Metric, String)> {
    let mut found = Vec::new();
    for name in &preview.header {
        let words = plain(name);
        if SHARES.contains(&words.as_str()) {
            let named = Named { name: name.clone(), unit: Unit::Share, less_is_better: false };
            found.push((Metric::Named(named), name.clone()));
        }
    }
    let orders = preview.header.iter().find(|name| matches!(plain(name).as_str(), "orders" | "order count"));
    let own = [(Role::Conversions, Metric::Conversion), (Role::Revenue, Metric::Revenue)];
    for (role, metric) in own {
        let column = columns.of(role).filter(|column| orders.is_none_or(|orders| orders != column));
        found.extend(column.map(|column| (metric, column.to_owned())));
    }
    found.extend(orders.map(|column| (Metric::Orders, column.clone())));
    let profit = |name: &&String| matches!(plain(name).as_str(), "profit" | "gross profit" | "margin");
    found.extend(preview.header.iter().find(profit).map(|column| (Metric::Profit, column.clone())));
    found
}
