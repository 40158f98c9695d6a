//! Section 2: what is done at each touchpoint. The page Journey keeps the texts; what data say stands beside them.

use super::Ground;
use super::entry::{AS_TYPED, EN, Entries, Fill, Page, days};
use crate::analytics::journey::{Evidence, Journey, State, said};
use crate::model::journey::{Matrix, touchpoint};
use crate::model::strategy::FieldValue;

/// Fields with the touchpoints of the matrix that they are.
const FIELDS: [(&str, &str); 20] = [
    ("AD_PERSONAL", "personalized_ads"),
    ("CONTENT_DISC", "content_discovery"),
    ("SOCIAL_PERSONAL", "social_media"),
    ("EMAIL_AWARE", "email_campaigns"),
    ("INFLUENCER", "influencer_content"),
    ("PROD_REC", "product_recommendations"),
    ("DYN_PRICE", "dynamic_pricing"),
    ("REVIEW_PERSONAL", "reviews"),
    ("COMPARE_TOOLS", "comparison_tools"),
    ("VIRTUAL_TRY", "virtual_try_on"),
    ("CHECKOUT_OPT", "checkout"),
    ("PAYMENT_PERSONAL", "payment"),
    ("SHIP_PREF", "shipping"),
    ("UPSELL_CROSS", "upsell"),
    ("CART_RECOVERY", "abandoned_cart"),
    ("ORDER_UPDATE", "order_updates"),
    ("PROD_EDUCATION", "product_education"),
    ("LOYALTY_PERSONAL", "loyalty"),
    ("REVIEW_REQUEST", "review_requests"),
    ("REPLENISH", "replenishment"),
];

pub fn fills(ground: &Ground, matrix: &Matrix, journey: &Journey) -> Entries {
    FIELDS.map(|(key, id)| (key.to_owned(), fill(ground, matrix, journey, id))).into()
}

fn fill(ground: &Ground, matrix: &Matrix, journey: &Journey, id: &str) -> Fill {
    let data = journey.cell(id).map_or_else(String::new, |evidence| words(evidence, journey));
    let cell = matrix.cell(id).map(|(_, cell)| cell);
    let name = cell.map(|cell| cell.name.as_str()).or_else(|| touchpoint(id).map(|of| of.name)).unwrap_or_default();
    match cell.filter(|cell| !cell.tactic.trim().is_empty()) {
        Some(cell) => {
            let scope =
                if data.is_empty() { AS_TYPED.into() } else { format!("Last 12 months, {}", days(journey.period)) };
            let owner = if cell.owner.is_empty() { String::new() } else { format!(", {}", cell.owner) };
            let page = Page::new("Journey", ground.as_of, scope);
            let how = format!(
                "Typed on the page Journey for “{name}” ({}, {}{owner}){data}",
                cell.level.name().to_lowercase(),
                cell.status.name().to_lowercase()
            );
            page.told(FieldValue::Text(cell.tactic.trim().to_owned()), how)
        }
        None if cell.is_some_and(|cell| cell.hidden) => {
            Err(format!("“{name}” is hidden on the page Journey; write here what is done there, or leave it out"))
        }
        None => Err(format!(
            "Nobody wrote yet what is done at “{name}”; write it here, and the page Journey has it too{data}"
        )),
    }
}

/// What data say of a touchpoint, as the end of a sentence; empty where they say nothing.
fn words(evidence: &Evidence, journey: &Journey) -> String {
    if evidence.state == State::NoData {
        return String::new();
    }
    let line = |pieces| said::line(pieces, EN, journey.currency);
    let told = [line(&evidence.headline), line(&evidence.beside)];
    let told: Vec<String> = told.into_iter().filter(|part| !part.is_empty()).collect();
    if told.is_empty() { String::new() } else { format!(". Data say: {}", told.join("; ")) }
}
