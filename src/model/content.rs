//! The dynamic content matrix: which contents follow the person, how far, by what, and how that was tested. One record of
//! the workspace; lift that is not typed comes from experiments.

use serde::{Deserialize, Serialize};

use super::journey::Level;
use super::plan::{Problem, Version};
use super::sheet::{Field, choice, free_id, is_id, number, share_text, text_problem};

/// More contents than this are no table.
pub const MOST_CONTENTS: usize = 100;
const LONGEST_NAME: usize = 80;
const LONGEST_TEXT: usize = 40_000;

/// A content of the framework: its id, its name, words in the name, change and tags of experiments on it.
pub const FRAMEWORK: &[(&str, &str, &[&str])] = &[
    ("homepage", "Homepage", &["homepage", "home page", "start page", "banner", "hero"]),
    ("category", "Category pages", &["category page", "category", "listing page"]),
    ("product", "Product pages", &["product page", "product photo", "product description"]),
    ("search", "Search results", &["search result", "search"]),
    ("email", "Email content", &["mail", "subject", "newsletter"]),
];

/// A content as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// Stable name.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// How personal it is.
    #[serde(default)]
    pub level: Level,
    /// What it follows: segment, weather, what was looked at.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub variables: String,
    /// How it is tested.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub testing: String,
    /// Typed lift: 0.05 = 5% more. `None` = from the experiments on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lift: Option<f64>,
    /// How it is built and by whom.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub implementation: String,
    /// Experiments on it, by name, beside those that its words find.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub experiments: Vec<String>,
    /// Not shown.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

/// The matrix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    /// The form in files.
    #[serde(default)]
    pub version: Version,
    /// The contents, in order.
    pub contents: Vec<Content>,
}

impl Default for Contents {
    /// The framework's five contents, nothing typed yet.
    fn default() -> Self {
        let content =
            |(id, name, _): &(&str, &str, _)| Content { id: (*id).into(), name: (*name).into(), ..Content::default() };
        Self { version: Version, contents: FRAMEWORK.iter().map(content).collect() }
    }
}

/// Every field that can be set from a text, in the order of the table.
pub const FIELDS: &[Field<Content>] = &[
    Field {
        key: "name",
        name: "Content",
        text: |row| row.name.clone(),
        put: |row, text| {
            let usual = || FRAMEWORK.iter().find(|(id, ..)| *id == row.id).map_or("", |(_, name, _)| name);
            row.name = if text.is_empty() { usual() } else { text }.to_owned();
            Ok(())
        },
    },
    Field {
        key: "level",
        name: "Personalization",
        text: |row| row.level.name().into(),
        put: |row, text| {
            row.level = choice(text, Level::ALL, Level::key, Level::name)?.unwrap_or_default();
            Ok(())
        },
    },
    Field {
        key: "variables",
        name: "Variables",
        text: |row| row.variables.clone(),
        put: |row, text| {
            text.clone_into(&mut row.variables);
            Ok(())
        },
    },
    Field {
        key: "testing",
        name: "Testing method",
        text: |row| row.testing.clone(),
        put: |row, text| {
            text.clone_into(&mut row.testing);
            Ok(())
        },
    },
    Field {
        key: "lift",
        name: "Lift",
        text: |row| share_text(row.lift),
        put: |row, text| match number(text)? {
            Some(percent) if !(-100.0..=10_000.0).contains(&percent) => Err("a lift is −100% to 10,000%".into()),
            typed => {
                row.lift = typed.map(|percent| percent / 100.0);
                Ok(())
            }
        },
    },
    Field {
        key: "implementation",
        name: "Implementation",
        text: |row| row.implementation.clone(),
        put: |row, text| {
            text.clone_into(&mut row.implementation);
            Ok(())
        },
    },
];

impl Contents {
    /// The content with an id, to be changed.
    pub fn content_mut(&mut self, id: &str) -> Option<&mut Content> {
        self.contents.iter_mut().find(|content| content.id == id)
    }

    /// Adds a content of the shop's own; gives its id.
    pub fn add(&mut self, name: &str) -> String {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let id = free_id(&name, |id| self.contents.iter().any(|content| content.id == id) || is_known(id));
        self.contents.push(Content { id: id.clone(), name, ..Content::default() });
        id
    }

    /// Removes a content of the shop's own; one of the framework is emptied and hidden.
    pub fn remove(&mut self, id: &str) {
        if let Some((id, name, _)) = FRAMEWORK.iter().find(|(known, ..)| *known == id) {
            if let Some(content) = self.content_mut(id) {
                *content = Content { id: (*id).into(), name: (*name).into(), hidden: true, ..Content::default() };
            }
        } else {
            self.contents.retain(|content| content.id != id);
        }
    }

    /// Everything wrong with it: `contents.homepage.lift`.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        let mut wrong = |at: String, words: String| found.push(Problem { at, words, stops: true });
        for (n, row) in self.contents.iter().enumerate() {
            let at = |field: &str| format!("contents.{}.{field}", row.id);
            if !is_id(&row.id) || self.contents[..n].iter().any(|other| other.id == row.id) {
                wrong(at("id"), "an id is of small letters, digits and _, and nobody else’s".into());
            }
            if row.name.trim().is_empty() {
                wrong(at("name"), "a content needs a name".into());
            }
            let texts = [
                ("name", &row.name, LONGEST_NAME),
                ("variables", &row.variables, LONGEST_TEXT),
                ("testing", &row.testing, LONGEST_TEXT),
                ("implementation", &row.implementation, LONGEST_TEXT),
            ];
            for (field, text, longest) in texts {
                if let Some(words) = text_problem(text, longest, field != "name") {
                    wrong(at(field), words);
                }
            }
            if row.lift.is_some_and(|lift| !(-1.0..=100.0).contains(&lift)) {
                wrong(at("lift"), "a lift is −100% to 10,000%".into());
            }
        }
        if self.contents.len() > MOST_CONTENTS {
            wrong("contents".into(), format!("at most {MOST_CONTENTS} contents make a matrix"));
        }
        found
    }
}

fn is_known(id: &str) -> bool {
    FRAMEWORK.iter().any(|(known, ..)| *known == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::omnichannel::{self, Omnichannel};

    #[test]
    fn both_tables_begin_as_the_framework_has_them_and_come_back_from_their_json() {
        let (contents, channels) = (Contents::default(), Omnichannel::default());
        assert_eq!((contents.contents.len(), channels.channels.len()), (5, 6));
        assert_eq!((contents.problems(), channels.problems()), (vec![], vec![]));
        let text = serde_json::to_string(&contents).unwrap();
        assert_eq!(serde_json::from_str::<Contents>(&text).unwrap(), contents);
        let text = serde_json::to_string(&channels).unwrap();
        assert_eq!(serde_json::from_str::<Omnichannel>(&text).unwrap(), channels);
        assert!(serde_json::from_str::<Omnichannel>(&text.replace("\"version\":1", "\"version\":7")).is_err());
    }

    #[test]
    fn figures_are_typed_within_their_range() {
        let mut row = Omnichannel::default().channels.remove(1);
        let set = |row: &mut omnichannel::Channel, key: &str, text: &str| {
            Field::named(omnichannel::FIELDS, key).unwrap().set(row, text)
        };
        assert!(set(&mut row, "usage", "22%").is_ok() && set(&mut row, "satisfaction", "7,5").is_ok());
        assert_eq!((row.usage, row.satisfaction), (Some(0.22), Some(7.5)));
        assert!(set(&mut row, "usage", "122").is_err() && set(&mut row, "satisfaction", "11").is_err());
        assert!(set(&mut row, "usage", "").is_ok());
        assert_eq!(row.usage, None);
        let mut content = Contents::default().contents.remove(0);
        let lift = Field::named(FIELDS, "lift").unwrap();
        assert!(lift.set(&mut content, "−3.5 %").is_ok() && lift.set(&mut content, "-101").is_err());
        assert_eq!((content.lift, (lift.text)(&content).as_str()), (Some(-0.035), "-3.5%"));
    }

    #[test]
    fn own_rows_come_and_go_and_the_frameworks_are_hidden() {
        let mut contents = Contents::default();
        let own = contents.add("Homepage");
        assert_eq!(own, "homepage_2");
        contents.remove(&own);
        contents.remove("homepage");
        assert!(contents.contents.len() == 5 && contents.contents[0].hidden);
        let mut channels = Omnichannel::default();
        let own = channels.add("Marketplace");
        assert_eq!(channels.channel_mut(&own).unwrap().words, ["Marketplace"]);
        channels.remove(&own);
        channels.remove("store");
        assert!(channels.channels.len() == 6 && channels.channels[5].hidden);
    }
}
