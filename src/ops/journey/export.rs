//! The journey as a workbook and as a document.

use std::path::Path;

use anyhow::Result;

use super::against::Against;
use super::data::{Filters, JourneyData, WITHIN_DAYS};
use crate::analytics::journey::{
    ContentRow, Conversion, Evidence, Funnel, Group, Journey, LIVES, Lives, OmnichannelTable, Told, said,
};
use crate::framework::journey::{JourneyInput, journey_blocks};
use crate::jobs::Progress;
use crate::model::journey::{FIELDS, Matrix, STAGES};
use crate::model::{Currency, Locale};
use crate::report::Document;
use crate::report::table_export::{self, List, Value, Written};

/// Everything that is exported together.
pub struct Tables {
    /// What is typed.
    pub matrix: Matrix,
    /// What the data say.
    pub journey: Journey,
    /// The funnel.
    pub funnel: Funnel,
    /// People by stage of life on the as-of day.
    pub lives: Lives,
    /// Channels.
    pub omnichannel: OmnichannelTable,
    /// Contents.
    pub content: Vec<ContentRow>,
    /// What others reach.
    pub against: Vec<Against>,
}

impl JourneyData {
    /// All tables of the journey, as they are exported.
    ///
    /// # Errors
    /// When the work was cancelled.
    pub fn tables(&self, by: crate::analytics::journey::By, filters: &Filters, progress: &Progress) -> Result<Tables> {
        let journey = self.journey(WITHIN_DAYS, filters, progress)?;
        Ok(Tables {
            matrix: self.matrix().clone(),
            funnel: self.funnel(by, WITHIN_DAYS, filters, progress)?,
            lives: self.lives(self.as_of),
            omnichannel: self.omnichannel(WITHIN_DAYS, progress)?,
            content: self.content(),
            against: self.against(&journey, WITHIN_DAYS),
            journey,
        })
    }
}

/// The tables as a document of their own.
pub fn journey_document(shop: &str, tables: &Tables) -> Document {
    let input = JourneyInput {
        matrix: &tables.matrix,
        journey: &tables.journey,
        omnichannel: &tables.omnichannel,
        content: &tables.content,
    };
    Document {
        title: format!("{shop}: customer journey"),
        subtitle: format!("As of {}, amounts in {}", tables.journey.as_of.display(), tables.journey.currency),
        blocks: journey_blocks(&input),
        ..Document::default()
    }
}

/// Saves the tables as a workbook, a sheet each.
///
/// # Errors
/// When the file cannot be written.
pub fn save_workbook(tables: &Tables, path: &Path) -> Result<Written> {
    table_export::save_book(path, &self::tables(tables), None)
}

/// A sheet: its list and its rows.
type Sheet = (List, Vec<Vec<Value>>);

/// Every sheet of the workbook.
pub fn tables(tables: &Tables) -> Vec<Sheet> {
    vec![
        matrix(tables),
        stages(tables),
        funnel(&tables.funnel),
        lives(&tables.lives),
        omnichannel(&tables.omnichannel),
        content(&tables.content),
        against(&tables.against),
    ]
}

fn list(title: &str, columns: &[&str]) -> List {
    List { title: title.into(), columns: columns.iter().map(|name| (*name).to_owned()).collect() }
}

fn text(text: impl Into<String>) -> Value {
    let text = text.into();
    if text.is_empty() { Value::Empty } else { Value::Text(text) }
}

fn number(number: Option<f64>) -> Value {
    number.map_or(Value::Empty, Value::Number)
}

/// Share, both ends of its interval, people, those who went on, median days.
fn conversion(found: Option<&Conversion>) -> Vec<Value> {
    let Some(found) = found else { return vec![Value::Empty; 6] };
    vec![
        number(found.rate),
        number(found.interval.map(|(low, _)| low)),
        number(found.interval.map(|(_, high)| high)),
        Value::Count(found.people),
        Value::Count(found.moved),
        number(found.median().map(|seconds| seconds / 86_400.0)),
    ]
}

const CONVERSION: [&str; 6] = ["Went on (share)", "Low", "High", "Of people", "Went on", "Median days"];

fn matrix(tables: &Tables) -> Sheet {
    let mut columns = vec!["Stage"];
    columns.extend(FIELDS.iter().map(|field| field.name));
    columns.extend([
        "Linked",
        "Evidence",
        "Why not all",
        "What would tell",
        "The data say",
        "And",
        "Counted",
        "Of",
        "People",
    ]);
    columns.extend(CONVERSION);
    columns.extend(["Cost", "Cost each", "Orders after", "Revenue after", "Change on the time before"]);
    columns.extend(["Share of orders, least of all models", "Share of orders, most of all models"]);
    let rows = tables.matrix.cells().filter(|(_, cell)| !cell.hidden).map(|(stage, cell)| {
        let mut row = vec![text(stage.name())];
        row.extend(FIELDS.iter().map(|field| text((field.text)(cell))));
        let linked: Vec<String> = cell.linked.iter().map(|one| format!("{}: {}", one.sort(), one.name())).collect();
        row.push(text(linked.join("; ")));
        row.extend(evidence(tables.journey.cell(&cell.id), tables.journey.currency));
        row
    });
    let rows = rows.collect();
    (list("Matrix", &columns), rows)
}

fn evidence(found: Option<&Evidence>, currency: Currency) -> Vec<Value> {
    let Some(found) = found else { return Vec::new() };
    let line = |pieces| text(said::line(pieces, Locale::En, currency));
    let volume = found.volume.as_ref();
    let mut row = vec![
        text(found.state.name()),
        text(found.reason.as_str()),
        text(found.import.as_str()),
        line(&found.headline),
        line(&found.beside),
        volume.map_or(Value::Empty, |volume| Value::Count(volume.count)),
        volume.map_or(Value::Empty, |volume| text(volume.what)),
        volume.and_then(|volume| volume.people).map_or(Value::Empty, Value::Count),
    ];
    row.extend(conversion(found.conversion.as_ref()));
    let money = |minor: Option<i64>| minor.map_or(Value::Empty, |minor| Value::Money(minor, currency));
    row.extend([
        money(found.cost),
        money(found.cost_each.map(|each| each.round() as i64)),
        found.followed.map_or(Value::Empty, |followed| Value::Count(followed.orders)),
        money(found.followed.map(|followed| followed.revenue)),
        number(found.trend.and_then(|trend| trend.change)),
        number(found.band.map(|(least, _)| least)),
        number(found.band.map(|(_, most)| most)),
    ]);
    row
}

fn stages(tables: &Tables) -> Sheet {
    let mut columns = vec!["Stage", "People", "Who", "Why not known"];
    columns.extend(CONVERSION);
    columns.extend(["Customer needs", "Pains"]);
    let rows = STAGES.into_iter().filter_map(|stage| {
        let figure = tables.journey.stages.iter().find(|figure| figure.stage == stage)?;
        let mut row = vec![
            text(stage.name()),
            figure.count.map_or(Value::Empty, Value::Count),
            text(figure.what),
            text(figure.reason.as_str()),
        ];
        row.extend(conversion(figure.conversion.as_ref()));
        row.extend([text(tables.matrix.needs(stage)), text(tables.matrix.pains(stage))]);
        Some(row)
    });
    let rows = rows.collect();
    (list("Stages", &columns), rows)
}

fn funnel(found: &Funnel) -> Sheet {
    let mut columns = vec!["Group", "Step", "People", "Share of all who came"];
    columns.extend(CONVERSION);
    let rows = [&found.total].into_iter().chain(&found.groups).flat_map(|group: &Group| {
        group.steps.iter().map(move |taken| {
            let mut row = vec![
                text(group.name.as_str()),
                text(taken.step.name()),
                taken.people.map_or(Value::Empty, Value::Count),
                number(taken.of_all.as_ref().and_then(|all| all.rate)),
            ];
            row.extend(conversion(taken.of_before.as_ref()));
            row
        })
    });
    let rows = rows.collect();
    (list("Funnel", &columns), rows)
}

fn lives(found: &Lives) -> Sheet {
    let columns = ["Stage of life", "Customers", "Without a name", "Rule"];
    let rows = LIVES.into_iter().map(|life| {
        vec![
            text(life.name()),
            Value::Count(found.customers[life as usize]),
            Value::Count(found.nameless[life as usize]),
            text(life.rule(found.lapsed_days)),
        ]
    });
    let rows = rows.collect();
    (list("Stages of life", &columns), rows)
}

fn source(told: Told) -> Value {
    text(match (told.value, told.is_typed) {
        (None, _) => "",
        (_, true) => "typed",
        (_, false) => "from data",
    })
}

fn omnichannel(found: &OmnichannelTable) -> Sheet {
    let columns = [
        "Channel",
        "Personalization features",
        "Data sync",
        "Customer usage",
        "From",
        "Satisfaction",
        "Revenue share",
        "From",
        "Customers",
        "Orders",
        "Revenue",
    ];
    let rows = found.rows.iter().map(|row| {
        vec![
            text(row.name.as_str()),
            text(row.features.as_str()),
            text(row.sync.as_str()),
            number(row.usage.value),
            source(row.usage),
            number(row.satisfaction.value),
            number(row.revenue.value),
            source(row.revenue),
            Value::Count(row.customers),
            Value::Count(row.orders),
            Value::Money(row.amount, found.currency),
        ]
    });
    let rows = rows.collect();
    (list("Omnichannel", &columns), rows)
}

fn content(found: &[ContentRow]) -> Sheet {
    let columns = ["Content", "Personalization", "Variables", "Testing method", "Lift", "From", "Implementation"];
    let rows = found.iter().map(|row| {
        vec![
            text(row.name.as_str()),
            text(row.level.name()),
            text(row.variables.as_str()),
            text(row.testing.as_str()),
            number(row.lift.value),
            source(row.lift),
            text(row.implementation.as_str()),
        ]
    });
    let rows = rows.collect();
    (list("Dynamic content", &columns), rows)
}

fn against(found: &[Against]) -> Sheet {
    let columns = ["Benchmark", "Others", "The shop", "Low", "High", "What was counted", "Source", "Dated"];
    let rows = found.iter().map(|one| {
        vec![
            text(one.benchmark.name.as_str()),
            Value::Number(one.benchmark.value),
            number(one.value),
            number(one.interval.map(|(low, _)| low)),
            number(one.interval.map(|(_, high)| high)),
            text(one.counted.as_str()),
            text(one.benchmark.source.as_str()),
            Value::Day(one.benchmark.dated),
        ]
    });
    let rows = rows.collect();
    (list("Benchmarks", &columns), rows)
}
