//! How each touchpoint is measured: one list, one file per way.

mod baskets;
mod carts;
mod channels;
mod loyalty;
mod payment;
mod prices;
mod replenish;
mod sends;
mod shipping;
mod used;

use super::evidence::{Evidence, Quantity, State};
use super::ground::{Ground, finish};
use crate::model::journey::{Cell, Stage};

/// Measures a cell.
type Measure = fn(&Ground<'_>, &Cell, Stage) -> Evidence;

/// Which touchpoint of the framework is measured how. Own ones are measured by what is linked to them.
pub const MEASURES: &[(&str, Measure)] = &[
    ("personalized_ads", channels::measure),
    ("content_discovery", channels::measure),
    ("social_media", channels::measure),
    ("email_campaigns", channels::measure),
    ("influencer_content", channels::measure),
    ("product_recommendations", used::measure),
    ("dynamic_pricing", prices::measure),
    ("reviews", used::measure),
    ("comparison_tools", used::measure),
    ("virtual_try_on", used::measure),
    ("checkout", carts::checkout),
    ("payment", payment::measure),
    ("shipping", shipping::measure),
    ("upsell", baskets::measure),
    ("abandoned_cart", carts::abandoned),
    ("order_updates", sends::measure),
    ("product_education", sends::measure),
    ("loyalty", loyalty::measure),
    ("review_requests", sends::measure),
    ("replenishment", replenish::measure),
];

/// What the data say about a cell.
pub fn measure(ground: &Ground<'_>, cell: &Cell, stage: Stage) -> Evidence {
    let known = MEASURES.iter().find(|(id, _)| *id == cell.id).map(|(_, measure)| *measure);
    let mut evidence = finish(known.unwrap_or(own)(ground, cell, stage));
    evidence.lifts = ground.lifts(cell, &cell.links());
    if let Some(lift) = evidence.lifts.last().filter(|_| evidence.state == State::NoData && !ground.is_filtered()) {
        // A test is told even where nothing else is.
        evidence.state = State::Partly;
        evidence.headline =
            vec![Quantity::Change(lift.lift).into(), format!(" {} in a test", lift.metric.to_lowercase()).into()];
    }
    evidence
}

/// A touchpoint of the shop's own, by the first sort of thing that is linked to it.
fn own(ground: &Ground<'_>, cell: &Cell, stage: Stage) -> Evidence {
    let links = cell.links();
    if !links.channels.is_empty() {
        channels::measure(ground, cell, stage)
    } else if !links.kinds.is_empty() {
        used::measure(ground, cell, stage)
    } else if !links.attributes.is_empty() {
        loyalty::measure(ground, cell, stage)
    } else if !links.words.is_empty() || !cell.linked.is_empty() {
        sends::measure(ground, cell, stage)
    } else {
        let import = "Link channels, kinds of events, attributes or words in names of sends to it";
        Evidence::nothing(&cell.id, stage, "Nothing of the data is linked to it", import)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::journey::FRAMEWORK;

    #[test]
    fn every_touchpoint_of_the_framework_has_its_measure() {
        let measured: Vec<&str> = MEASURES.iter().map(|(id, _)| *id).collect();
        assert_eq!(measured, FRAMEWORK.iter().map(|of| of.id).collect::<Vec<_>>());
    }
}
