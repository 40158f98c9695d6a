//! The strategy framework: its sections as data, and how analyses fill them.

pub mod benchmarks;
pub mod document;
pub mod explain;
pub mod fill;
pub mod forecast;
pub mod guide;
pub mod journey;
pub mod kpi;
pub mod roi;
pub mod state;
pub mod template;
mod words;

use std::sync::LazyLock;

use serde::Deserialize;

/// The framework as `assets/framework.toml` describes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Its name.
    pub title: String,
    /// Names of the company's own figures.
    pub profile: ProfileNames,
    /// Its sections, in order.
    #[serde(rename = "section")]
    pub sections: Vec<Section>,
}

/// What the lines of the company profile are called.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileNames {
    /// Heading.
    pub title: String,
    /// The shop's name.
    pub company: String,
    /// Number of known customers.
    pub customers: String,
    /// Visitors of a month.
    pub monthly_visitors: String,
    /// Share of visits that should end in an order.
    pub conversion_target: String,
    /// By how much the average order value should rise.
    pub aov_target: String,
}

/// A section: a table whose rows and columns the framework names.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Stable name in settings and files.
    pub key: String,
    /// Its number.
    pub number: u32,
    /// Its name.
    pub title: String,
    /// What it shows, in a sentence or two.
    pub intro: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Its rows; none where the workspace keeps them.
    #[serde(default, rename = "row")]
    pub rows: Vec<Row>,
}

/// A row of a section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Stable name in settings and files.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What stands in its last column until somebody types something else.
    pub default: String,
}

/// Key of the segments section.
pub const SEGMENTS: &str = "segments";
/// Key of the section of touchpoints.
pub const TOUCHPOINTS: &str = "touchpoints";
/// Key of the section of dynamic content.
pub const CONTENT: &str = "content";
/// Key of the omnichannel section.
pub const OMNICHANNEL: &str = "omnichannel";
/// Key of the section of the technology stack.
pub const TECHNOLOGY: &str = "technology";
/// Key of the section of KPIs.
pub const KPIS: &str = "kpis";

static FRAMEWORK: LazyLock<Framework> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the text is part of the program, and a test reads it")]
    toml::from_str(include_str!("../../assets/framework.toml")).expect("assets/framework.toml can be read")
});

/// The framework.
pub fn framework() -> &'static Framework {
    &FRAMEWORK
}

/// The section with a key.
pub fn section(key: &str) -> Option<&'static Section> {
    FRAMEWORK.sections.iter().find(|section| section.key == key)
}

/// The text that a row of a section starts with; empty when there is no such row.
pub fn default_text(section_key: &str, row_key: &str) -> &'static str {
    let row = section(section_key).and_then(|section| section.rows.iter().find(|row| row.key == row_key));
    row.map_or("", |row| &row.default)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analytics::segments::Segment;

    #[test]
    fn the_segments_section_names_the_five_segments_in_order() {
        let section = section(SEGMENTS).unwrap();
        let rows: Vec<_> = section.rows.iter().map(|row| (row.key.as_str(), row.name.as_str())).collect();
        assert_eq!(rows, Segment::ALL.map(|segment| (segment.key(), segment.name())));
        assert!(section.rows.iter().all(|row| !row.default.is_empty()));
    }

    #[test]
    fn sections_are_numbered_and_have_keys_of_their_own() {
        for section in &framework().sections {
            assert_eq!(framework().sections.iter().filter(|s| s.key == section.key).count(), 1);
            assert_eq!(framework().sections.iter().filter(|s| s.number == section.number).count(), 1);
        }
    }
}
