//! The dynamic content matrix filled: what experiments on each content found.

use serde::Serialize;

use super::evidence::Lift;
use super::ground::{lifts_of, speaks_of};
use super::omnichannel::Told;
use crate::model::Experiment;
use crate::model::content::{Content, Contents, FRAMEWORK};
use crate::model::experiment::same_name;
use crate::model::journey::Level;

/// A row of the matrix.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContentRow {
    /// Its stable name.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// How personal it is.
    pub level: Level,
    /// What it follows.
    pub variables: String,
    /// How it is tested; without words of the user's the experiments on it.
    pub testing: String,
    /// The lift: typed, else of the adopted variant found last.
    pub lift: Told,
    /// How it is built.
    pub implementation: String,
    /// Everything that decided experiments on it found.
    pub lifts: Vec<Lift>,
    /// Experiments on it that are not decided.
    pub undecided: Vec<String>,
}

/// The matrix filled from kept experiments.
pub fn content(contents: &Contents, experiments: &[Experiment]) -> Vec<ContentRow> {
    contents.contents.iter().filter(|content| !content.hidden).map(|content| row(content, experiments)).collect()
}

fn row(content: &Content, experiments: &[Experiment]) -> ContentRow {
    let words = FRAMEWORK.iter().find(|(id, ..)| *id == content.id).map_or(&[][..], |(.., words)| *words);
    let named = |one: &Experiment| content.experiments.iter().any(|name| same_name(name) == same_name(&one.name));
    let ours = |one: &&Experiment| named(one) || words.iter().any(|word| speaks_of(one, word));
    let of: Vec<&Experiment> = experiments.iter().filter(ours).collect();
    let lifts: Vec<Lift> = of.iter().flat_map(|one| lifts_of(one)).collect();
    let adopted = lifts.iter().rev().find(|lift| lift.adopted).map(|lift| lift.lift);
    let names = || of.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ");
    ContentRow {
        id: content.id.clone(),
        name: content.name.clone(),
        level: content.level,
        variables: content.variables.clone(),
        testing: if content.testing.is_empty() { names() } else { content.testing.clone() },
        lift: Told::of(content.lift, adopted),
        implementation: content.implementation.clone(),
        undecided: of.iter().filter(|one| one.decision.is_none()).map(|one| one.name.clone()).collect(),
        lifts,
    }
}
