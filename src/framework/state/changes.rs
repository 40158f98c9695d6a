//! What became different since an issue, or between two of them.

use std::collections::BTreeMap;

use super::{Change, State};
use crate::model::strategy::{FieldValue, Issue};

/// What the form says today that the issue did not, in the order of the form.
pub fn changes(issue: &Issue, state: &State) -> Vec<Change> {
    let before = values(issue);
    let known = |key: &str| state.fields.iter().any(|field| field.key == key);
    let today = state.fields.iter().map(|field| (field.key.as_str(), field.value()));
    // Fields that the form does not have any more are told, too.
    let gone = before.keys().copied().filter(|key| !known(key)).map(|key| (key, None));
    today.chain(gone).filter_map(|(key, after)| change(key, before.get(key).copied(), after)).collect()
}

/// What the second issue says that the first did not, by key.
pub fn between(first: &Issue, second: &Issue) -> Vec<Change> {
    let (before, after) = (values(first), values(second));
    let mut keys: Vec<&str> = before.keys().chain(after.keys()).copied().collect();
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter().filter_map(|key| change(key, before.get(key).copied(), after.get(key).copied())).collect()
}

fn values(issue: &Issue) -> BTreeMap<&str, &FieldValue> {
    issue.fields.iter().map(|(key, issued)| (key.as_str(), &issued.value)).collect()
}

fn change(key: &str, before: Option<&FieldValue>, after: Option<&FieldValue>) -> Option<Change> {
    let is_same = match (before, after) {
        (Some(before), Some(after)) => same(before, after),
        (before, after) => before.is_none() && after.is_none(),
    };
    (!is_same).then(|| Change { key: key.to_owned(), before: before.cloned(), after: after.cloned() })
}

/// Numbers that went through a file may differ in their last digit.
fn same(a: &FieldValue, b: &FieldValue) -> bool {
    use FieldValue::{Number, Percent, Ratio};
    match (a, b) {
        (Number(a), Number(b)) | (Percent(a), Percent(b)) | (Ratio(a), Ratio(b)) => {
            (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
        }
        (a, b) => a == b,
    }
}
