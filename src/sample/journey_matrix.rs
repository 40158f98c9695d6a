//! What the sample shop has written into its journey matrix and tables, as a team would have by now. Figures come from its
//! data; nothing of customers or orders depends on this.

use crate::model::content::Contents;
use crate::model::journey::{Level, Linked, Matrix, Status};
use crate::model::omnichannel::Omnichannel;

/// A touchpoint: id, tactic, how personal, who answers for it, how far, where, what hurts, how it feels.
type Filled = (&'static str, &'static str, Level, &'static str, Status, &'static str, &'static str, Option<i8>);

const MATRIX: [Filled; 20] = [
    (
        "personalized_ads",
        "Lookalikes of VIP/Loyal",
        Level::Segment,
        "Performance",
        Status::Live,
        "Paid search, paid social",
        "Ads for what was bought already",
        Some(0),
    ),
    ("content_discovery", "Guides by category", Level::Basic, "Content", Status::Live, "Search, blog", "", Some(1)),
    ("social_media", "Weekly themes", Level::None, "Content", Status::Live, "Social", "", Some(1)),
    (
        "email_campaigns",
        "By segment",
        Level::Segment,
        "CRM",
        Status::Live,
        "E-mail",
        "Too many sale mails in November",
        Some(0),
    ),
    ("influencer_content", "4 partners", Level::None, "Marketing", Status::Planned, "Social", "", None),
    ("product_recommendations", "Bought together", Level::OneToOne, "Shop", Status::Live, "Product pages", "", Some(1)),
    ("dynamic_pricing", "", Level::None, "", Status::NotPlanned, "", "", None),
    (
        "reviews",
        "Sort by fit",
        Level::Basic,
        "Shop",
        Status::Live,
        "Product pages",
        "Few reviews of new products",
        Some(1),
    ),
    (
        "comparison_tools",
        "Size table",
        Level::None,
        "Shop",
        Status::Draft,
        "Category pages",
        "Sizes are hard to picture",
        Some(-1),
    ),
    ("virtual_try_on", "", Level::None, "", Status::NotPlanned, "", "", None),
    (
        "checkout",
        "Guest first",
        Level::Basic,
        "Shop",
        Status::Live,
        "Website",
        "Address typed twice on a phone",
        Some(-1),
    ),
    ("payment", "By country", Level::Basic, "Shop", Status::Live, "Website", "", Some(0)),
    ("shipping", "Free-shipping bar", Level::Basic, "Shop", Status::Test, "Basket", "Cost shows late", Some(-1)),
    ("upsell", "Bundles", Level::OneToOne, "Marketing", Status::Live, "Basket", "", Some(0)),
    ("abandoned_cart", "2 e-mails, 1 SMS", Level::OneToOne, "CRM", Status::Live, "E-mail, SMS", "", Some(0)),
    ("order_updates", "By carrier", Level::OneToOne, "Service", Status::Live, "E-mail", "No word on delays", Some(-1)),
    ("product_education", "Care guide", Level::Segment, "CRM", Status::Live, "E-mail", "", Some(1)),
    ("loyalty", "Points idea", Level::Segment, "CRM", Status::Draft, "", "", None),
    ("review_requests", "By product", Level::OneToOne, "CRM", Status::Planned, "E-mail", "", None),
    ("replenishment", "By own rhythm", Level::Predictive, "CRM", Status::Test, "E-mail", "", Some(1)),
];

/// The matrix as it is filled in.
pub fn matrix() -> Matrix {
    let mut matrix = Matrix::default();
    for (id, tactic, level, owner, status, channel, pain, feeling) in MATRIX {
        if let Some(cell) = matrix.cell_mut(id) {
            (cell.tactic, cell.owner, cell.channel) = (tactic.into(), owner.into(), channel.into());
            (cell.level, cell.status, cell.pain, cell.feeling) = (level, status, pain.into(), feeling);
        }
    }
    let link = |matrix: &mut Matrix, id: &str, linked: &[Linked]| {
        if let Some(cell) = matrix.cell_mut(id) {
            cell.linked = linked.to_vec();
        }
    };
    let campaign = |name: &str| Linked::Campaign(name.into());
    link(&mut matrix, "personalized_ads", &[campaign("Search and shopping"), campaign("Retargeting, autumn sale")]);
    link(&mut matrix, "content_discovery", &[campaign("Gift guide")]);
    link(&mut matrix, "email_campaigns", &[campaign("Newsletter")]);
    link(&mut matrix, "product_education", &[campaign("Onboarding, 5 e-mails")]);
    matrix
}

/// The omnichannel table as it is filled in.
pub fn omnichannel() -> Omnichannel {
    let mut table = Omnichannel::default();
    let rows = [
        ("website", "Recently viewed, bought together", "Live", Some(8.1)),
        ("app", "None yet", "None", None),
        ("email", "By segment, cart and browse reminders", "Daily", Some(7.4)),
        ("sms_push", "Order updates, last call of a sale", "Daily", Some(6.9)),
        ("social", "Shop the look", "None", Some(7.0)),
        ("store", "E-mailed receipts", "Nightly", Some(8.6)),
    ];
    for (id, features, sync, satisfaction) in rows {
        if let Some(row) = table.channel_mut(id) {
            (row.features, row.sync, row.satisfaction) = (features.into(), sync.into(), satisfaction);
        }
    }
    table
}

/// The dynamic content matrix as it is filled in.
pub fn contents() -> Contents {
    let mut contents = Contents::default();
    let rows = [
        ("homepage", Level::Segment, "Segment, season", "A/B, four weeks", "Theme blocks"),
        ("category", Level::Basic, "Country, stock", "", "Sorting rules"),
        ("product", Level::OneToOne, "Last looks, last order", "", "Recommendations below the fold"),
        ("search", Level::None, "", "", ""),
        (
            "email",
            Level::Segment,
            "Segment, last category",
            "Split of the newsletter",
            "Mailing tool, blocks by segment",
        ),
    ];
    for (id, level, variables, testing, implementation) in rows {
        if let Some(row) = contents.content_mut(id) {
            (row.level, row.variables) = (level, variables.into());
            (row.testing, row.implementation) = (testing.into(), implementation.into());
        }
    }
    contents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_whole_and_speaks_of_campaigns_that_are_planned() {
        let matrix = matrix();
        assert_eq!((matrix.problems(), omnichannel().problems(), contents().problems()), (vec![], vec![], vec![]));
        let planned = crate::sample::campaigns(crate::sample::Params::default().end);
        for linked in matrix.cells().flat_map(|(_, cell)| &cell.linked) {
            assert!(planned.iter().any(|campaign| campaign.name == linked.name()), "{}", linked.name());
        }
        assert_ne!(matrix, Matrix::default());
    }
}
