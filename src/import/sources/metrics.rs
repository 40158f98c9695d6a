//! Tables of metrics by period: a row for each metric and month, or a row for each month with a column for each metric.

use super::Source;
use super::generic::{is_called, plain};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::Preview;
use crate::model::MetricId;

/// Metrics by period.
pub struct Metrics;

const METRIC: &str = "metric metricname kpi kpiname measure indicator kennzahl metrik indicateur indicador";
const VALUE: &str = "value metricvalue result score wert valeur valor actual ist";
const FROM: &str = "from firstday first start startdate periodstart measuredon month monat mois period date day datum von \
    weekstart week yearmonth";
const UNTIL: &str = "to until lastday last end enddate periodend bis";
const BEHIND: &str = "n samplesize sample answers responses respondents base antworten";
const WHO: &str = "source study tool survey quelle";
const CURRENCY: &str = "currency currencycode waehrung währung";

/// What everybody means by them: columns and fields of a metric in the rows.
const FIELDS: [(Field, &str); 7] = [
    (Field::MetricName, METRIC),
    (Field::MetricValue, VALUE),
    (Field::MeasuredOn, FROM),
    (Field::MeasuredUntil, UNTIL),
    (Field::SampleSize, BEHIND),
    (Field::MeasuredBy, WHO),
    (Field::Currency, CURRENCY),
];

/// A table that names its metrics beats other generic readings; one whose columns are metrics does not.
const SURE: f64 = 0.55;
const POSSIBLE: f64 = 0.3;

impl Source for Metrics {
    fn name(&self) -> &'static str {
        "metrics"
    }

    fn title(&self) -> &'static str {
        "Metrics by period"
    }

    fn origin(&self) -> &'static str {
        "generic"
    }

    fn table(&self) -> TableKind {
        TableKind::Metrics
    }

    fn matches(&self, preview: &Preview) -> f64 {
        let mapping = self.mapping(preview);
        let has = |field| mapping.fields.contains_key(&field);
        let named = preview.header.iter().filter(|column| !column.trim().is_empty()).count();
        let all = named == mapping.fields.len() + mapping.keep.len();
        match (has(Field::MeasuredOn), has(Field::MetricName) && has(Field::MetricValue)) {
            (true, true) => SURE,
            (true, false) if all && !mapping.keep.is_empty() => POSSIBLE,
            _ => 0.0,
        }
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        let mut mapping =
            Mapping { table: self.table(), layout: Layout::Flat, fields: Default::default(), keep: Vec::new() };
        let mut taken: Vec<&String> = Vec::new();
        for (field, names) in FIELDS {
            let column = names.split_whitespace().find_map(|name| {
                preview.header.iter().find(|column| plain(column) == plain(name) && !taken.contains(column))
            });
            if let Some(column) = column {
                taken.push(column);
                mapping.fields.insert(field, vec![column.clone()]);
            }
        }
        if !mapping.fields.contains_key(&Field::MetricName) {
            // Columns that are metrics; one called like a value is none of them.
            mapping.fields.remove(&Field::MetricValue);
            for column in preview.header.iter().filter(|column| !is_called(column, FROM) && !is_called(column, UNTIL)) {
                let id = MetricId::parse(column).filter(|id| id.metric().group.is_some());
                mapping.keep.extend(id.map(|id| (column.clone(), id.metric().key.to_owned())));
            }
        }
        mapping
    }
}
