//! Documents of an aggregated pack: what a table hides stands in no chart, bar or sentence beside it either.

use std::collections::BTreeSet;

use anyhow::Result;

use super::few::{FEWER, HIDDEN, hidden, hide_in_table, is_few};
use super::tables::of_few;
use crate::analytics::kpi::{KpiSettings, Point};
use crate::analytics::segments::Segment;
use crate::jobs::Progress;
use crate::model::figure::Value;
use crate::model::{Day, Locale, MetricId};
use crate::ops::Session;
use crate::report::Document;
use crate::report::document::{Block, Cell, Chart, ChartKind, Table};

/// Words after a number of people.
const PEOPLE: [&str; 6] = ["customer", "customers", "person", "people", "buyer", "buyers"];

/// Metrics that are a number of people or orders.
const COUNTS: [MetricId; 4] =
    [MetricId::Orders, MetricId::Buyers, MetricId::NewCustomers, MetricId::ReturningCustomers];

/// Column and series of the share of customers who use a channel.
const USAGE: &str = "Customer usage";

/// What is of too few people.
#[derive(Debug, Default)]
pub struct Few {
    /// Segments whose size is hidden.
    segments: BTreeSet<&'static str>,
    /// Metrics that rest on too few.
    metrics: BTreeSet<&'static str>,
    /// First days of steps with too few orders, as charts name them.
    steps: BTreeSet<String>,
    /// The same of the year before.
    steps_before: BTreeSet<String>,
}

impl Few {
    /// What is of too few in this workspace.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn of(session: &mut Session, as_of: Option<Day>, progress: &Progress) -> Result<Self> {
        let mut out = Self::default();
        if let Ok(table) = session.segments(as_of, progress)? {
            let sizes: Vec<Option<f64>> = table.rows.iter().map(|row| Some(row.customers as f64)).collect();
            let gone = hidden(&sizes, true);
            out.segments = gone.iter().filter_map(|&at| table.rows.get(at)?.segment.map(Segment::name)).collect();
        }
        let found = session.kpis(as_of, &KpiSettings::default(), progress)?;
        out.metrics = found.rows.iter().filter(|row| of_few(row)).map(|row| row.metric.metric().name).collect();
        let small = |value: Option<Value>| matches!(value, Some(Value::Count(n)) if is_few(n as f64));
        let label = |point: &Point| Locale::En.date(point.from);
        for row in [MetricId::Orders, MetricId::Buyers].into_iter().filter_map(|metric| found.row(metric)) {
            out.steps.extend(row.course.iter().filter(|point| small(point.value)).map(label));
            out.steps_before.extend(row.course.iter().filter(|point| small(point.year_before)).map(label));
        }
        Ok(out)
    }

    /// Hides it in a document; gives how many rows, values and sentences that were.
    pub fn hide(&self, document: &mut Document) -> u64 {
        let mut n = users_of_channels(document);
        n += document.blocks.iter_mut().map(|block| self.in_block(block)).sum::<u64>();
        n + document.references.iter_mut().map(in_words).sum::<u64>()
    }

    fn in_block(&self, block: &mut Block) -> u64 {
        match block {
            Block::Table(table) => hide_in_table(table) + self.in_table(table),
            Block::Chart(chart) => self.in_chart(chart),
            Block::Bars(bars) if bars.parts.iter().any(|part| self.segments.contains(part.as_str())) => {
                let words = "Shares of segments are not drawn, as one of them is of fewer than 5 people";
                *block = Block::Note(words.into());
                1
            }
            Block::Text(text) | Block::Note(text) => self.in_sentences(text) + in_words(text),
            Block::List(lines) => lines.iter_mut().map(in_words).sum(),
            Block::Facts(facts) => facts.iter_mut().map(|(_, text)| in_words(text)).sum(),
            Block::Heading(..) | Block::Bars(_) => 0,
        }
    }

    fn in_table(&self, table: &mut Table) -> u64 {
        let mut n = 0;
        for row in &mut table.rows {
            let name = row.first().map(|cell| cell.text.clone()).unwrap_or_default();
            let gone = self.metrics.contains(name.as_str()) || self.segments.contains(name.as_str());
            let mut hid = false;
            for cell in row.iter_mut().skip(1) {
                if gone && cell.number.is_some() {
                    let counts = COUNTS.iter().any(|metric| metric.metric().name == name);
                    let small = counts && cell.number.is_some_and(is_few);
                    *cell = Cell::text(if small { FEWER } else { HIDDEN });
                    hid = true;
                } else if cell.number.is_none() {
                    n += in_words(&mut cell.text) + self.in_answers(&mut cell.text);
                }
            }
            n += u64::from(hid);
        }
        n
    }

    /// Values of metrics after their names: “New customers: 3; …”.
    fn in_answers(&self, text: &mut String) -> u64 {
        let mut n = 0;
        for metric in &self.metrics {
            let start = format!("{metric}: ");
            if text.contains(&start) {
                let hide = |part: &str| match part.starts_with(&start) {
                    true => format!("{start}{HIDDEN}"),
                    false => part.to_owned(),
                };
                *text = text.split("; ").map(hide).collect::<Vec<_>>().join("; ");
                n += 1;
            }
        }
        n
    }

    fn in_chart(&self, chart: &mut Chart) -> u64 {
        let mut n = 0;
        let over_time = chart.kind == ChartKind::Lines;
        for (at, label) in chart.labels.iter().enumerate() {
            let gone = self.segments.contains(label.as_str()) || self.metrics.contains(label.as_str());
            for (nth, series) in chart.series.iter_mut().enumerate() {
                let steps = if nth == 0 { &self.steps } else { &self.steps_before };
                let Some(value) = series.values.get_mut(at) else { continue };
                if value.is_some() && (gone || over_time && steps.contains(label)) {
                    *value = None;
                    n += 1;
                }
            }
        }
        n
    }

    /// Sentences with a figure of a hidden segment.
    fn in_sentences(&self, text: &mut String) -> u64 {
        let told = |sentence: &str| {
            let names = self.segments.iter().any(|segment| sentence.contains(segment));
            names && sentence.contains(|c: char| c.is_ascii_digit())
        };
        let n = text.split_inclusive(". ").filter(|sentence| told(sentence)).count();
        if n > 0 {
            let kept: String = text.split_inclusive(". ").filter(|sentence| !told(sentence)).collect();
            *text = if kept.trim().is_empty() { "Not told, as it is of fewer than 5 people.".into() } else { kept };
        }
        n as u64
    }
}

/// Shares of customers who use a channel, where they come to too few of those who are known.
fn users_of_channels(document: &mut Document) -> u64 {
    let known = |block: &Block| {
        let Block::Note(text) = block else { return None };
        text.split_once(" customers ordered or came in")?.0.replace(',', "").parse::<f64>().ok()
    };
    let Some(people) = document.blocks.iter().find_map(known) else { return 0 };
    let small = |share: Option<f64>| share.is_some_and(|share| is_few((share * people).round()));
    let mut n = 0;
    for block in &mut document.blocks {
        match block {
            Block::Table(table) => {
                let Some(at) = table.columns.iter().position(|column| column.header == USAGE) else { continue };
                let cells = table.rows.iter_mut().filter_map(|row| row.get_mut(at)).filter(|cell| small(cell.number));
                for cell in cells {
                    *cell = Cell::text(HIDDEN);
                    n += 1;
                }
            }
            Block::Chart(chart) => {
                let usage = chart.series.iter_mut().filter(|series| series.name == USAGE);
                for value in usage.flat_map(|series| &mut series.values).filter(|value| small(**value)) {
                    *value = None;
                    n += 1;
                }
            }
            _ => {}
        }
    }
    n
}

/// Numbers of people within words: “3 customers”, “3 of 89 who answered”, and countries as “(US 78, DE 3)”.
fn in_words(text: &mut String) -> u64 {
    let words: Vec<&str> = text.split(' ').collect();
    let plain = |at: usize| words.get(at).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let country = |word: &str| word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let of_countries = text.starts_with("Country of ");
    let mut n = 0;
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let small = matches!(plain(at), Some("1" | "2" | "3" | "4")) && !word.contains(['%', '$', '€', '£']);
        let people = plain(at + 1).is_some_and(|next| PEOPLE.contains(&next));
        let answered = words.get(at + 1) == Some(&"of") && words.get(at + 3) == Some(&"who");
        let there = of_countries && at > 0 && plain(at - 1).is_some_and(country);
        if small && (people || answered || there) {
            out.push(word.replacen(|c: char| c.is_ascii_digit(), FEWER, 1));
            n += 1;
        } else {
            out.push((*word).to_owned());
        }
    }
    if n > 0 {
        *text = out.join(" ");
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::{Bars, ChartUnit, Column, Series};

    fn few() -> Few {
        Few {
            segments: BTreeSet::from(["VIP/Loyal"]),
            metrics: BTreeSet::from(["New customers"]),
            steps: BTreeSet::from(["1 Feb 2026".to_owned()]),
            steps_before: BTreeSet::new(),
        }
    }

    #[test]
    fn charts_bars_and_sentences_do_not_tell_what_the_table_hides() {
        let chart = |kind, label: &str| Chart {
            caption: "Revenue".into(),
            kind,
            labels: vec![label.into(), "Browsers".into()],
            series: vec![Series { name: "Revenue".into(), values: vec![Some(7.0), Some(9.0)] }],
            unit: ChartUnit::Share,
            reference: None,
        };
        let bars = Bars { caption: "Shares".into(), parts: vec!["VIP/Loyal".into()], bars: Vec::new() };
        let row = vec![Cell::text("New customers"), Cell::number(3.0, "3"), Cell::text("New customers: 3; AOV: $7")];
        let mut table = Table { rows: vec![row], ..Table::default() };
        table.columns = ["Metric", "Current", "Note"].map(|header| Column::new(header.into(), false)).into();
        let mut document = Document {
            blocks: vec![
                Block::Chart(chart(ChartKind::Bars, "VIP/Loyal")),
                Block::Chart(chart(ChartKind::Lines, "1 Feb 2026")),
                Block::Bars(bars),
                Block::Text("VIP/Loyal, 2.0% of customers, bring 31.6%. Browsers are 22.0%.".into()),
                Block::Table(table),
            ],
            ..Document::default()
        };
        assert_eq!(few().hide(&mut document), 6);
        for block in &document.blocks[..2] {
            let Block::Chart(chart) = block else { panic!("{block:?}") };
            assert_eq!(chart.series[0].values, [None, Some(9.0)]);
        }
        assert!(matches!(&document.blocks[2], Block::Note(_)));
        assert_eq!(document.blocks[3], Block::Text("Browsers are 22.0%.".into()));
        let Block::Table(table) = &document.blocks[4] else { panic!("a table") };
        let texts: Vec<&str> = table.rows[0].iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(texts, ["New customers", FEWER, "New customers: —; AOV: $7"]);
    }

    #[test]
    fn a_channel_of_too_few_customers_says_no_share() {
        let rows = [0.021, 0.5].map(|share| vec![Cell::text("Shop"), Cell::number(share, "x")]);
        let columns = ["Channel", USAGE].map(|header| Column::new(header.into(), true));
        let table = Table { columns: columns.into(), rows: rows.into(), ..Table::default() };
        let note = Block::Note("95 customers ordered or came in October".into());
        let mut document = Document { blocks: vec![Block::Table(table), note], ..Document::default() };
        assert_eq!(few().hide(&mut document), 1);
        let Block::Table(table) = &document.blocks[0] else { panic!("a table") };
        assert_eq!((table.rows[0][1].text.as_str(), table.rows[1][1].text.as_str()), (HIDDEN, "x"));
    }

    #[test]
    fn small_numbers_of_people_within_words() {
        let told = |text: &str| {
            let mut text = text.to_owned();
            in_words(&mut text);
            text
        };
        assert_eq!(told("Country of 9 customers (US 5, DE 4)"), "Country of 9 customers (US 5, DE fewer than 5)");
        assert_eq!(told("3 of 89 who answered agree"), "fewer than 5 of 89 who answered agree");
        assert_eq!(told("seen of 2 customers"), "seen of fewer than 5 customers");
        for kept in ["14 customers", "2 e-mails, 1 SMS", "and 2 other countries", "4 phases", "3.2% of customers", ""] {
            assert_eq!(told(kept), kept);
        }
    }
}
