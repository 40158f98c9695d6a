//! Which step a kind of event or touch tells of.

use super::steps::Step;
use crate::model::journey::{Matrix, Stage, plain};

/// What a tool did, not a person: no visit.
const NOTHING: &[&str] = &[
    "bounce",
    "bounced",
    "complaint",
    "delivered",
    "email sent",
    "impression",
    "impressions",
    "message",
    "open",
    "opened",
    "email opened",
    "opened email",
    "received email",
    "received sms",
    "refund",
    "send",
    "sent",
    "spam",
    "unsubscribe",
    "unsubscribed",
    "view through",
];
const LOOKS: &[&str] = &[
    "add to wishlist",
    "favorite",
    "product view",
    "search",
    "view",
    "view item",
    "view product",
    "viewed product",
    "wishlist",
];
const CARTS: &[&str] =
    &["add to cart", "added to cart", "begin checkout", "cart", "checkout", "checkout started", "started checkout"];

/// The step of each of these kinds; `None` = no visit. Kinds that the matrix links to a touchpoint tell of its stage.
pub fn steps_of(kinds: &[String], matrix: &Matrix) -> Vec<Option<Step>> {
    let linked: Vec<(String, Stage)> = matrix
        .cells()
        .flat_map(|(stage, cell)| cell.links().kinds.into_iter().map(move |kind| (plain(&kind), stage)))
        .collect();
    kinds.iter().map(|kind| step_of(&plain(kind), &linked)).collect()
}

fn step_of(kind: &str, linked: &[(String, Stage)]) -> Option<Step> {
    if NOTHING.contains(&kind) {
        return None;
    }
    if CARTS.contains(&kind) {
        return Some(Step::Started);
    }
    if LOOKS.contains(&kind) {
        return Some(Step::Considered);
    }
    let stage = linked.iter().find(|(known, _)| known == kind).map(|(_, stage)| *stage);
    Some(match stage {
        Some(Stage::Consideration) => Step::Considered,
        Some(Stage::Purchase) => Step::Started,
        Some(Stage::Awareness | Stage::PostPurchase) | None => Step::Visited,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_apart_however_they_are_written() {
        let mut matrix = Matrix::default();
        let own = matrix.add(Stage::Consideration, "Quiz");
        matrix.cell_mut(&own).unwrap().links =
            Some(crate::model::journey::Links { kinds: vec!["Quiz-Done".into()], ..Default::default() });
        let kinds = ["Add_To-Cart", "view", "visit", "Sent", "quiz_done", "order", "compare", "checkout"];
        let kinds: Vec<String> = kinds.map(str::to_owned).into();
        let (v, c, s) = (Some(Step::Visited), Some(Step::Considered), Some(Step::Started));
        assert_eq!(steps_of(&kinds, &matrix), [s, c, v, None, c, v, c, s]);
    }
}
