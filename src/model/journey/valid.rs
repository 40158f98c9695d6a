//! What is wrong with a matrix, told at the field where it is typed.

use std::collections::BTreeSet;

use super::{Cell, FEELINGS, FRAMEWORK, Links, Matrix, STAGES};
use crate::model::plan::Problem;
use crate::model::sheet::{is_id, text_problem};

/// A longer name fits no cell.
pub const LONGEST_NAME: usize = 80;
/// A longer text nobody reads.
pub const LONGEST_TEXT: usize = 40_000;
/// More cells than this make no picture; own ones included.
pub const MOST_CELLS: usize = 400;
/// More words or links than this belong to no one cell.
pub const MOST_LINKS: usize = 200;

impl Matrix {
    /// Everything wrong with it as it stands, cell by cell: `cells.checkout.name`.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        let mut ids = BTreeSet::new();
        for (_, cell) in self.cells() {
            let fresh = ids.insert(cell.id.as_str());
            one(cell, fresh, &mut |field: &str, words: String| {
                found.push(Problem { at: format!("cells.{}.{field}", cell.id), words, stops: true });
            });
        }
        for missing in FRAMEWORK.iter().filter(|of| !ids.contains(of.id)) {
            let words = format!("“{}” of the framework is missing; hide it instead", missing.name);
            found.push(Problem { at: "stages".into(), words, stops: true });
        }
        if ids.len() > MOST_CELLS {
            let words = format!("a matrix has at most {MOST_CELLS} touchpoints, this one has {}", ids.len());
            found.push(Problem { at: "stages".into(), words, stops: true });
        }
        for stage in STAGES {
            for (field, text) in [("needs", self.needs(stage)), ("pains", self.pains(stage))] {
                if let Some(words) = text_problem(text, LONGEST_TEXT, true) {
                    found.push(Problem { at: format!("lanes.{}.{field}", stage.key()), words, stops: true });
                }
            }
        }
        found
    }
}

fn one(cell: &Cell, fresh: bool, wrong: &mut impl FnMut(&str, String)) {
    if !fresh {
        wrong("id", format!("two touchpoints have the id “{}”", cell.id));
    }
    if !is_id(&cell.id) {
        wrong("id", "an id is of small letters, digits and _".into());
    }
    match cell.name.trim().chars().count() {
        0 => wrong("name", "a touchpoint needs a name".into()),
        n if n > LONGEST_NAME => {
            wrong("name", format!("the name is too long; shorten it to {LONGEST_NAME} characters"))
        }
        _ if cell.name.chars().any(char::is_control) => wrong("name", "the name is one line of text".into()),
        _ => {}
    }
    let texts = [
        ("tactic", &cell.tactic, true),
        ("owner", &cell.owner, false),
        ("channel", &cell.channel, false),
        ("pain", &cell.pain, true),
        ("notes", &cell.notes, true),
    ];
    for (field, text, lines) in texts {
        if let Some(words) = text_problem(text, LONGEST_TEXT, lines) {
            wrong(field, words);
        }
    }
    if cell.feeling.is_some_and(|feeling| FEELINGS.iter().all(|(number, _)| *number != feeling)) {
        wrong("feeling", "a feeling is −2 to 2".into());
    }
    let links = cell.links.as_ref().map_or(0, |Links { channels, kinds, words, attributes }| {
        channels.len().max(kinds.len()).max(words.len()).max(attributes.len())
    });
    if links.max(cell.linked.len()) > MOST_LINKS {
        wrong("links", format!("at most {MOST_LINKS} of a sort are linked to a touchpoint"));
    }
}
