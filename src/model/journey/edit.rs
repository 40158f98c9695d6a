//! Changes of a matrix: what its page and the command line do to it. Nothing here saves.

use super::{Cell, FEELINGS, Level, Links, Matrix, Stage, Status, touchpoint};
use crate::model::sheet::{Field, choice, free_id};

/// Every field that can be set from a text, in the order of the table.
pub const FIELDS: &[Field<Cell>] = &[
    field(
        "name",
        "Touchpoint",
        |cell| cell.name.clone(),
        |cell, text| {
            // Without a name it is called as the framework calls it.
            cell.name = if text.is_empty() { touchpoint(&cell.id).map_or("", |of| of.name) } else { text }.to_owned();
            Ok(())
        },
    ),
    field("tactic", "Tactic", |cell| cell.tactic.clone(), |cell, text| put(&mut cell.tactic, text)),
    field(
        "level",
        "Personalization",
        |cell| cell.level.name().into(),
        |cell, text| {
            cell.level = choice(text, Level::ALL, Level::key, Level::name)?.unwrap_or_default();
            Ok(())
        },
    ),
    field("owner", "Owner", |cell| cell.owner.clone(), |cell, text| put(&mut cell.owner, text)),
    field(
        "status",
        "Status",
        |cell| cell.status.name().into(),
        |cell, text| {
            cell.status = choice(text, Status::ALL, Status::key, Status::name)?.unwrap_or_default();
            Ok(())
        },
    ),
    field("channel", "Channel", |cell| cell.channel.clone(), |cell, text| put(&mut cell.channel, text)),
    field("pain", "Pain point", |cell| cell.pain.clone(), |cell, text| put(&mut cell.pain, text)),
    field(
        "feeling",
        "Feeling",
        |cell| cell.feeling.map_or("", super::feeling_name).into(),
        |cell, text| {
            let word = |(_, word): (i8, &'static str)| word;
            let found =
                text.replace('−', "-").parse::<i8>().ok().and_then(|n| FEELINGS.into_iter().find(|(at, _)| *at == n));
            let found = match found {
                Some(found) => Some(found),
                None => choice(text, FEELINGS, word, word)?,
            };
            cell.feeling = found.map(|(number, _)| number);
            Ok(())
        },
    ),
    field("notes", "Notes", |cell| cell.notes.clone(), |cell, text| put(&mut cell.notes, text)),
];

/// What of the data belongs to a cell, as fields: words between commas. An empty text goes back to the framework's.
pub const LINKS: &[Field<Cell>] = &[
    field(
        "channels",
        "Channels",
        |cell| cell.links().channels.join(", "),
        |cell, text| link(cell, text, |links| &mut links.channels),
    ),
    field(
        "kinds",
        "Kinds of events",
        |cell| cell.links().kinds.join(", "),
        |cell, text| link(cell, text, |links| &mut links.kinds),
    ),
    field(
        "words",
        "Words in sends and tests",
        |cell| cell.links().words.join(", "),
        |cell, text| link(cell, text, |links| &mut links.words),
    ),
    field(
        "attributes",
        "Attributes and tags",
        |cell| cell.links().attributes.join(", "),
        |cell, text| link(cell, text, |links| &mut links.attributes),
    ),
];

fn link(cell: &mut Cell, text: &str, of: fn(&mut Links) -> &mut Vec<String>) -> Result<(), String> {
    let mut usual = touchpoint(&cell.id).map_or_else(Links::default, super::Touchpoint::links);
    let words: Vec<String> =
        text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    if words.len() > super::MOST_LINKS {
        return Err(format!("at most {} are linked to a touchpoint", super::MOST_LINKS));
    }
    let mut links = cell.links();
    *of(&mut links) = if words.is_empty() { std::mem::take(of(&mut usual)) } else { words };
    cell.links = Some(links);
    Ok(())
}

const fn field(
    key: &'static str,
    name: &'static str,
    text: fn(&Cell) -> String,
    put: fn(&mut Cell, &str) -> Result<(), String>,
) -> Field<Cell> {
    Field { key, name, text, put }
}

#[expect(clippy::unnecessary_wraps, reason = "one shape for all fields")]
fn put(place: &mut String, text: &str) -> Result<(), String> {
    text.clone_into(place);
    Ok(())
}

impl Matrix {
    /// Adds a touchpoint of the shop's own at the end of a stage; gives its id.
    pub fn add(&mut self, stage: Stage, name: &str) -> String {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let id = free_id(&name, |id| self.cell(id).is_some() || touchpoint(id).is_some());
        self.stages[stage.index()].push(Cell { id: id.clone(), name, ..Cell::default() });
        id
    }

    /// Removes a touchpoint of the shop's own; one of the framework is emptied and hidden. Whether there was one.
    pub fn remove(&mut self, id: &str) -> bool {
        match (self.place(id), touchpoint(id)) {
            (Some((stage, at)), Some(of)) => {
                let empty = Cell { id: of.id.into(), name: of.name.into(), hidden: true, ..Cell::default() };
                self.stages[stage.index()][at] = empty;
                true
            }
            (Some((stage, at)), None) => {
                self.stages[stage.index()].remove(at);
                true
            }
            (None, _) => false,
        }
    }

    /// Moves a touchpoint to a place in a stage, counted without it; beyond the last place is the last. Whether
    /// anything changed.
    pub fn move_to(&mut self, id: &str, stage: Stage, at: usize) -> bool {
        let Some((from, was)) = self.place(id) else { return false };
        let cell = self.stages[from.index()].remove(was);
        let cells = &mut self.stages[stage.index()];
        let at = at.min(cells.len());
        cells.insert(at, cell);
        (from, was) != (stage, at)
    }

    /// Sets what customers need in a stage; `None` goes back to the framework's words.
    pub fn set_needs(&mut self, stage: Stage, text: Option<String>) {
        self.lanes.entry(stage).or_default().needs = text;
        self.tidy_lanes();
    }

    /// Sets what hurts customers in a stage; `None` goes back to the framework's words.
    pub fn set_pains(&mut self, stage: Stage, text: Option<String>) {
        self.lanes.entry(stage).or_default().pains = text;
        self.tidy_lanes();
    }

    fn tidy_lanes(&mut self) {
        self.lanes.retain(|_, lane| *lane != super::Lane::default());
    }

    /// As it is saved: names without blanks around them, links that say the same as the framework left out, and
    /// touchpoints of the framework that are missing hidden at the end of their stage.
    pub fn settled(&self) -> Self {
        let mut settled = self.clone();
        for cell in settled.stages.iter_mut().flatten() {
            cell.name = cell.name.trim().to_owned();
            let usual = touchpoint(&cell.id).map_or_else(Links::default, super::Touchpoint::links);
            if cell.links.as_ref() == Some(&usual) {
                cell.links = None;
            }
            cell.linked.sort();
            cell.linked.dedup();
        }
        for of in super::FRAMEWORK {
            if settled.cell(of.id).is_none() {
                let cell = Cell { id: of.id.into(), name: of.name.into(), hidden: true, ..Cell::default() };
                settled.stages[of.stage.index()].push(cell);
            }
        }
        settled.tidy_lanes();
        settled
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::journey::{FRAMEWORK, Lane, STAGES};

    #[test]
    fn the_framework_stands_there_as_it_is_and_has_no_problems() {
        let matrix = Matrix::default();
        assert_eq!(matrix.cells().count(), 20);
        assert_eq!(STAGES.map(|stage| matrix.stage(stage).len()), [5; 4]);
        assert_eq!(matrix.problems(), []);
        assert!(STAGES.into_iter().all(|stage| !matrix.needs(stage).is_empty() && !matrix.pains(stage).is_empty()));
        let text = serde_json::to_string(&matrix).unwrap();
        assert_eq!(serde_json::from_str::<Matrix>(&text).unwrap(), matrix);
        assert!(serde_json::from_str::<Matrix>(&text.replace("\"version\":1", "\"version\":2")).is_err());
    }

    #[test]
    fn touchpoints_are_added_renamed_moved_and_removed_and_none_of_the_framework_is_lost() {
        let mut matrix = Matrix::default();
        let own = matrix.add(Stage::Purchase, "  Gift\nwrapping ");
        assert_eq!(
            (own.as_str(), matrix.add(Stage::Awareness, "Gift wrapping").as_str()),
            ("gift_wrapping", "gift_wrapping_2")
        );
        assert_eq!(matrix.add(Stage::Awareness, "包装"), "own");
        assert!(matrix.move_to(&own, Stage::PostPurchase, 1) && !matrix.move_to(&own, Stage::PostPurchase, 1));
        assert_eq!(matrix.place(&own), Some((Stage::PostPurchase, 1)));
        assert!(matrix.remove(&own) && !matrix.remove(&own));
        matrix.cell_mut("checkout").unwrap().tactic = "Guest first".into();
        assert!(matrix.remove("checkout"));
        let (_, checkout) = matrix.cell("checkout").unwrap();
        assert!(checkout.hidden && checkout.tactic.is_empty());
        matrix.stages[0].clear();
        assert!(!matrix.problems().is_empty());
        let settled = matrix.settled();
        assert!(FRAMEWORK.iter().all(|of| settled.cell(of.id).is_some()));
        assert_eq!(settled.problems(), []);
    }

    #[test]
    fn fields_are_set_from_texts_and_say_what_they_can_be() {
        let mut cell = Matrix::default().stages[2].remove(0);
        let set = |cell: &mut Cell, key: &str, text: &str| Field::named(FIELDS, key).unwrap().set(cell, text);
        for (key, text, read) in [
            ("status", "LIVE", "Live"),
            ("level", "one_to_one", "One to one"),
            ("level", "By segment", "By segment"),
            ("feeling", "−2", "Angry"),
            ("feeling", "pleased", "Pleased"),
            ("feeling", "", ""),
            ("tactic", " Guest first ", "Guest first"),
            ("name", "", "Checkout optimization"),
        ] {
            set(&mut cell, key, text).unwrap();
            assert_eq!((Field::named(FIELDS, key).unwrap().text)(&cell), read);
        }
        let why = set(&mut cell, "status", "soon").unwrap_err();
        assert!(why.contains("Not planned, Draft, Planned"), "{why}");
        assert!(set(&mut cell, "feeling", "3").is_err());
        let kinds = Field::named(LINKS, "kinds").unwrap();
        let usual = (kinds.text)(&cell);
        kinds.set(&mut cell, "pay, paid ,,").unwrap();
        assert_eq!(cell.links().kinds, ["pay", "paid"]);
        kinds.set(&mut cell, "").unwrap();
        assert_eq!((kinds.text)(&cell), usual);
    }

    #[test]
    fn what_cannot_be_shown_is_told_at_its_cell() {
        let mut matrix = Matrix::default();
        for _ in 0..400 {
            matrix.add(Stage::Awareness, "<b>x</b>");
        }
        matrix.stages[0][0].name = "a".repeat(81);
        matrix.stages[0][1].owner = "a\nb".into();
        matrix.stages[0][2].feeling = Some(9);
        matrix.stages[0][3].id = "checkout".into();
        let at: Vec<String> = matrix.problems().into_iter().map(|problem| problem.at).collect();
        for field in ["cells.personalized_ads.name", "cells.content_discovery.owner", "cells.social_media.feeling"] {
            assert!(at.iter().any(|at| at == field), "{field}: {at:?}");
        }
        assert!(at.contains(&"cells.checkout.id".to_owned()) && at.contains(&"stages".to_owned()));
    }

    #[test]
    fn lanes_go_back_to_the_frameworks_words() {
        let mut matrix = Matrix::default();
        matrix.set_needs(Stage::Purchase, Some("Speed".into()));
        assert_eq!(matrix.needs(Stage::Purchase), "Speed");
        assert_eq!(matrix.lanes[&Stage::Purchase], Lane { needs: Some("Speed".into()), pains: None });
        matrix.set_needs(Stage::Purchase, None);
        assert_eq!(matrix, Matrix::default());
    }
}
