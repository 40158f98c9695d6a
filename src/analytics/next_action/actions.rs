//! The tactics of the framework, and whom each of them fits.

use crate::model::Segment;

/// Something that can be done for a segment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Action {
    /// Stable name in files.
    pub key: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// What is done.
    pub about: &'static str,
    /// For which segment.
    pub segment: Segment,
    /// Which of its customers; a rule as text, empty = all.
    pub only: &'static str,
    /// Messages to each of them.
    pub messages: u32,
    /// Whether it gives a discount.
    pub discount: bool,
}

const fn action(
    segment: Segment,
    key: &'static str,
    name: &'static str,
    only: &'static str,
    messages: u32,
    about: &'static str,
) -> Action {
    Action { key, name, about, segment, only, messages, discount: false }
}

const fn with_discount(action: Action) -> Action {
    Action { discount: true, ..action }
}

/// Every action, by segment in the framework's order.
pub const ACTIONS: &[Action] = &[
    action(
        Segment::Vip,
        "early_access",
        "Early access, no discount",
        "",
        1,
        "Show them the next launch or sale a day before everybody else; they buy at full price anyway",
    ),
    action(
        Segment::Vip,
        "thanks",
        "Personal thanks and a review request",
        "last_order within 30 days",
        1,
        "Thank them for the last order by name, and ask for a review while it is fresh",
    ),
    action(
        Segment::Vip,
        "check_in",
        "Personal check-in",
        "last_order 45 days ago",
        1,
        "They have gone quiet for their habits: ask what is missing, before they are lost",
    ),
    action(
        Segment::Regular,
        "next_product",
        "Next product in their line",
        "last_order 21 days ago",
        1,
        "Recommend what buyers of their last product buy next",
    ),
    action(
        Segment::Regular,
        "replenish",
        "Replenishment reminder",
        "last_order within 90 days and last_order 30 days ago",
        1,
        "Remind them of what they bought when it is about to run out",
    ),
    with_discount(action(
        Segment::Regular,
        "bundle",
        "Bundle at a discount",
        "last_order 30 days ago",
        1,
        "Offer products that are bought together, with a discount on the bundle",
    )),
    action(
        Segment::Occasional,
        "seasonal",
        "Seasonal reminder",
        "orders >= 1 395 to 335 days ago",
        1,
        "They bought in these weeks a year ago: remind them before they look elsewhere",
    ),
    action(
        Segment::Occasional,
        "miss_you",
        "Win-back in two mails, no discount",
        "last_order 120 days ago",
        2,
        "Tell what is new since their last order; five days later a last reminder",
    ),
    with_discount(action(
        Segment::Occasional,
        "win_back",
        "Win-back in two mails, with a discount",
        "last_order 120 days ago",
        2,
        "The same with a discount that ends five days later",
    )),
    action(
        Segment::New,
        "onboarding",
        "Onboarding in five mails",
        "first_order within 10 days",
        5,
        "Welcome, care guide, review request, what goes with it, and how to reach support, over ten days",
    ),
    action(
        Segment::New,
        "second_product",
        "Care guide and what goes with it",
        "first_order 10 days ago and orders = 1",
        1,
        "Help with the first product and show the one that most first buyers buy next",
    ),
    with_discount(action(
        Segment::New,
        "second_order",
        "Second order at a discount",
        "first_order 30 days ago and orders = 1",
        1,
        "A discount on the second order for those who have not come back by themselves",
    )),
    action(
        Segment::Browsers,
        "cart",
        "Cart reminder in two mails",
        "last_cart within 30 days",
        2,
        "Remind them of what they left in the cart, after hours and after a day",
    ),
    action(
        Segment::Browsers,
        "welcome",
        "Welcome to new accounts",
        "created within 30 days",
        1,
        "Introduce the shop and its best sellers while they remember why they signed up",
    ),
    with_discount(action(
        Segment::Browsers,
        "first_order",
        "First order at a discount",
        "",
        1,
        "A discount for the first order, for accounts that never bought",
    )),
];
