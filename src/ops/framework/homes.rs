//! Fields that another page keeps: the form reads and writes that page's own record, never a second copy.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow, bail};

use super::super::Session;
use crate::analytics::segments::Segment;
use crate::framework::state::{Kept, allowed, read};
use crate::framework::template::{FormField, template};
use crate::model::figure::Value;
use crate::model::kpi::{Baseline, Target};
use crate::model::plan::Amount;
use crate::model::sheet::Field;
use crate::model::strategy::FieldValue;
use crate::model::{
    Board, Contents, Currency, Matrix, MetricId, Omnichannel, Scenarios, content, journey, omnichannel,
};

/// The records that keep fields of the form, as they are saved.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Homes {
    pub shop: String,
    pub focus: BTreeMap<Segment, String>,
    pub matrix: Matrix,
    pub contents: Contents,
    pub omnichannel: Omnichannel,
    pub scenarios: Scenarios,
    pub board: Board,
}

/// Where a field is kept: `content.homepage.level` in parts.
type Path<'a> = (&'a str, &'a str, &'a str);

fn path(home: &str) -> Path<'_> {
    let mut parts = home.splitn(3, '.');
    let mut next = || parts.next().unwrap_or_default();
    (next(), next(), next())
}

impl Homes {
    /// Reads all of them.
    pub fn of(session: &Session) -> Result<Self> {
        Ok(Self {
            shop: session.shop()?,
            focus: session.segment_focus()?,
            matrix: session.journey_matrix()?,
            contents: session.content_matrix()?,
            omnichannel: session.omnichannel_table()?,
            scenarios: session.scenarios()?,
            board: session.kpi_board()?,
        })
    }

    /// What people typed on the other pages, by key of the field.
    pub fn kept(&self, currency: Currency) -> Kept {
        let kept = template().all().filter_map(|field| Some((field.key.clone(), self.value(field, currency)?)));
        kept.collect()
    }

    /// What was typed; `None` where nothing was, or the field is the form's own.
    fn value(&self, field: &FormField, currency: Currency) -> Option<FieldValue> {
        let found = match path(&field.home) {
            ("kpis", metric, what) => figure(&self.board, metric, what)?,
            ("technology", component, "cost") => {
                let row = self.scenarios.stack.iter().find(|row| row.component == component)?;
                row.cost.map(|Amount { minor, currency }| FieldValue::Money(minor, currency))?
            }
            path => read(field, &self.text(path)?, currency).ok()??,
        };
        allowed(field, &found).is_ok().then_some(found)
    }

    fn text(&self, (page, row, column): Path<'_>) -> Option<String> {
        match page {
            "shop" => Some(self.shop.clone()),
            "segments" => self.focus.get(&segment(row)?).cloned(),
            "journey" => text_of(journey::FIELDS, column, self.matrix.cell(row)?.1),
            "content" => {
                let content = self.contents.contents.iter().find(|content| content.id == row)?;
                // A level that nobody chose reads as one that says: the same for everybody.
                let open = column == "level" && content.level == journey::Level::None;
                if open { None } else { text_of(content::FIELDS, column, content) }
            }
            "omnichannel" => {
                text_of(omnichannel::FIELDS, column, self.omnichannel.channels.iter().find(|one| one.id == row)?)
            }
            "technology" => {
                let row = self.scenarios.stack.iter().find(|one| one.component == row)?;
                match column {
                    "solution" => Some(row.solution.clone()),
                    "integration" => Some(row.integration.clone()),
                    _ => Some(row.performance.clone()),
                }
            }
            _ => None,
        }
    }

    /// Puts a value into the record that keeps the field; `None` takes it away. Nothing is saved.
    ///
    /// # Errors
    /// A sentence that says what the field can be.
    pub fn put(&mut self, field: &FormField, value: Option<&FieldValue>) -> Result<()> {
        let wrong = |why: String| anyhow!("{} was not changed: {why}", field.label);
        let (page, row, column) = path(&field.home);
        let text = value.map(plain).unwrap_or_default();
        match page {
            "shop" if text.trim().is_empty() => bail!("the shop was not renamed: it needs a name"),
            "shop" => text.trim().clone_into(&mut self.shop),
            "segments" => {
                let segment = segment(row).ok_or_else(|| gone(field))?;
                match text.trim() {
                    "" => self.focus.remove(&segment),
                    text => self.focus.insert(segment, text.to_owned()),
                };
            }
            "journey" => {
                let cell = self.matrix.cell_mut(row).ok_or_else(|| gone(field))?;
                set(journey::FIELDS, column, cell, &text).map_err(wrong)?;
                // What somebody says of a touchpoint is to be seen on its page.
                cell.hidden &= text.trim().is_empty();
            }
            "content" => {
                let content = self.contents.content_mut(row).ok_or_else(|| gone(field))?;
                set(content::FIELDS, column, content, &text).map_err(wrong)?;
                content.hidden &= text.trim().is_empty();
            }
            "omnichannel" => {
                let channel = self.omnichannel.channel_mut(row).ok_or_else(|| gone(field))?;
                set(omnichannel::FIELDS, column, channel, &text).map_err(wrong)?;
                channel.hidden &= text.trim().is_empty();
            }
            "technology" => self.put_stack(field, (row, column), value, &text)?,
            _ => self.put_figure(field, (row, column), value)?,
        }
        Ok(())
    }

    fn put_stack(
        &mut self,
        field: &FormField,
        (component, column): (&str, &str),
        value: Option<&FieldValue>,
        text: &str,
    ) -> Result<()> {
        let found = self.scenarios.stack.iter_mut().find(|row| row.component == component);
        let row = found.ok_or_else(|| gone(field))?;
        let text = text.trim().to_owned();
        match (column, value) {
            ("solution", _) => row.solution = text,
            ("integration", _) => row.integration = text,
            ("performance", _) => row.performance = text,
            (_, Some(FieldValue::Money(minor, currency))) => {
                row.cost = Some(Amount { minor: *minor, currency: *currency });
            }
            _ => row.cost = None,
        }
        Ok(())
    }

    fn put_figure(
        &mut self,
        field: &FormField,
        (metric, what): (&str, &str),
        value: Option<&FieldValue>,
    ) -> Result<()> {
        let metric = MetricId::parse(metric).ok_or_else(|| gone(field))?;
        let value = match value {
            Some(FieldValue::Money(minor, currency)) => Some(Value::Money(*minor, *currency)),
            Some(FieldValue::Percent(share)) => Some(Value::Share(*share)),
            _ => None,
        };
        match (what, value) {
            ("target", Some(value)) => drop(self.board.targets.insert(metric, Target::Value(value))),
            ("target", None) => drop(self.board.targets.remove(&metric)),
            (_, Some(value)) => drop(self.board.baselines.insert(metric, Baseline::Value(value))),
            (_, None) => drop(self.board.baselines.remove(&metric)),
        }
        Ok(())
    }

    /// Whether every record can be saved, before the first one is.
    ///
    /// # Errors
    /// A sentence that says what is wrong, and where.
    pub fn check(&self) -> Result<()> {
        let problems = [
            self.matrix.problems(),
            self.contents.problems(),
            self.omnichannel.problems(),
            self.scenarios.problems(),
            self.board.problems(),
        ];
        match problems.concat().iter().find(|problem| problem.stops) {
            Some(problem) => bail!("{}: {}", problem.at, problem.words),
            None => Ok(()),
        }
    }

    /// Saves what differs from `before`, each page's record as a step of this name.
    pub fn save(&self, before: &Self, label: &str, session: &mut Session) -> Result<()> {
        let at = crate::ops::now();
        if self.shop != before.shop {
            session.set_shop(&self.shop)?;
        }
        for segment in Segment::ALL {
            if self.focus.get(&segment) != before.focus.get(&segment) {
                session.set_segment_focus(segment, self.focus.get(&segment).map_or("", String::as_str))?;
            }
        }
        if self.matrix != before.matrix {
            session.save_journey_matrix(label, at, &self.matrix)?;
        }
        if self.contents != before.contents {
            session.save_content_matrix(label, at, &self.contents)?;
        }
        if self.omnichannel != before.omnichannel {
            session.save_omnichannel_table(label, at, &self.omnichannel)?;
        }
        if self.scenarios != before.scenarios {
            session.save_scenarios(label, at, &self.scenarios)?;
        }
        if self.board != before.board {
            session.save_kpi_board(label, at, &self.board)?;
        }
        Ok(())
    }
}

fn segment(key: &str) -> Option<Segment> {
    Segment::ALL.into_iter().find(|segment| segment.key() == key)
}

/// A typed target or baseline; one that follows something else is a figure of its page.
fn figure(board: &Board, metric: &str, what: &str) -> Option<FieldValue> {
    let metric = MetricId::parse(metric)?;
    let value = match what {
        "target" => match board.targets.get(&metric)? {
            Target::Value(value) => *value,
            Target::Lift(_) | Target::Assumption(_) => return None,
        },
        _ => match board.baselines.get(&metric)? {
            Baseline::Value(value) => *value,
            Baseline::Period(..) => return None,
        },
    };
    match value {
        Value::Money(minor, currency) => Some(FieldValue::Money(minor, currency)),
        Value::Share(share) => Some(FieldValue::Percent(share)),
        Value::Count(_) | Value::Number(_) => None,
    }
}

fn text_of<T>(fields: &'static [Field<T>], column: &str, of: &T) -> Option<String> {
    Field::named(fields, column).map(|field| (field.text)(of))
}

fn set<T>(fields: &'static [Field<T>], column: &str, of: &mut T, text: &str) -> Result<(), String> {
    match Field::named(fields, column) {
        Some(field) => field.set(of, text),
        None => Err(format!("there is no column “{column}”")),
    }
}

/// A value as the tables of other pages read it: points in numbers, shares in percent.
fn plain(value: &FieldValue) -> String {
    match value {
        FieldValue::Text(text) | FieldValue::Choice(text) => text.clone(),
        FieldValue::Percent(share) => format!("{}%", (share * 1e8).round() / 1e6),
        FieldValue::Number(number) | FieldValue::Ratio(number) => number.to_string(),
        FieldValue::Money(minor, currency) => currency.plain(*minor),
        FieldValue::Date(day) => day.to_string(),
    }
}

fn gone(field: &FormField) -> anyhow::Error {
    anyhow!("{} was not changed: the row that keeps it is gone from its page; undo its removal there", field.label)
}
