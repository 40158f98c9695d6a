//! What the page shows of a rule and of the saved segments, computed off the window's thread.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analytics::rules::{Bits, Count, Intersection, MOST, Picked, Sieve, overlap, suggestions};
use crate::jobs::{Cancelled, Progress};
use crate::model::rule::{FieldId, Library};
use crate::model::{MetricId, Rule};
use crate::ops::segments::{SavedSegment, library_of};
use crate::ui::widgets::figure::Tip;

/// Customers and what they come to, ready to be figures.
#[derive(Clone)]
pub struct Group {
    /// The customers.
    pub picked: Arc<Picked>,
    /// What they come to.
    pub count: Count,
}

/// Members of a rule, or why it cannot be asked.
pub type Found = Result<Group, String>;

/// Finds the members of a rule.
pub fn find(
    sieve: &Sieve,
    library: &Library,
    name: &str,
    rule: &Rule,
    progress: &Progress,
) -> Result<Found, Cancelled> {
    let rule = match library.resolve(rule).and_then(|rule| rule.check().map(|()| rule)) {
        Ok(rule) => rule,
        Err(why) => return Ok(Err(why)),
    };
    let members = sieve.members(&rule, progress)?;
    let count = sieve.count(&members);
    Ok(Ok(Group { picked: Arc::new(Picked::new(name.to_owned(), members.yes)), count }))
}

/// Members of every saved segment.
pub fn find_all(sieve: &Sieve, saved: &[SavedSegment], progress: &Progress) -> Result<Vec<Found>, Cancelled> {
    let library = library_of(saved);
    saved.iter().map(|segment| find(sieve, &library, &segment.name, &segment.rule, progress)).collect()
}

/// A combination of segments and its members.
#[derive(Clone)]
pub struct Shared {
    /// The combination.
    pub of: Intersection,
    /// Those who are in exactly these segments.
    pub group: Group,
}

/// What several segments have in common.
pub fn compare(sieve: &Sieve, groups: &[Group]) -> Vec<Shared> {
    let groups = &groups[..groups.len().min(MOST)];
    let sets: Vec<&Bits> = groups.iter().map(|group| &group.picked.members).collect();
    let shared = |of: Intersection| {
        let mut members = Bits::all(sieve.facts.len());
        let mut names = Vec::new();
        for (at, group) in groups.iter().enumerate() {
            let set = &group.picked.members;
            if of.sets.contains(&at) {
                members = members.and(set);
                names.push(group.picked.name.as_str());
            } else {
                members = members.minus(set);
            }
        }
        let name = format!("Only in {}", names.join(" and "));
        let count = sieve.count_of(&members);
        Shared { of, group: Group { picked: Arc::new(Picked::new(name, members)), count } }
    };
    overlap(&sets).into_iter().map(shared).collect()
}

/// What the shop itself offers for a rule.
pub struct Offers {
    /// Segments worth a look, with their members.
    pub suggestions: Vec<(crate::analytics::rules::Suggestion, Group)>,
    /// Values that a field has, for those of texts.
    pub values: BTreeMap<FieldId, Vec<String>>,
    /// Names of what there are several of, by field.
    pub names: BTreeMap<FieldId, Vec<String>>,
}

/// More values than this nobody picks from a list.
const MOST_VALUES: usize = 5_000;

/// Looks what the shop offers.
pub fn offers(sieve: &Sieve, progress: &Progress) -> Result<Offers, Cancelled> {
    let mut found = Vec::new();
    for suggestion in suggestions(sieve) {
        let group = find(sieve, &Library::default(), suggestion.name, &suggestion.rule, progress)?;
        found.extend(group.ok().map(|group| (suggestion, group)));
    }
    Ok(Offers { suggestions: found, values: sieve.values(MOST_VALUES), names: sieve.names() })
}

/// The hover of a figure of a group.
pub fn tip(sieve: &Sieve, group: &Group, metric: MetricId) -> Tip {
    let definitions = &sieve.shop.definitions;
    let figure = group.picked.figure(metric, &group.count, definitions.currency, sieve.as_of, definitions.version);
    let rows = crate::ui::locale::counted(group.count.customers, "customer", "customers");
    Tip::of(&figure, definitions, rows).named(&group.picked.name)
}
