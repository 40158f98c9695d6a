//! The framework's touchpoints: names, what each is about, and what of the data belongs to it.

use super::{Links, Stage};
use crate::model::Traffic;

/// A touchpoint of the framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touchpoint {
    /// Stable name.
    pub id: &'static str,
    /// Where it stands at first.
    pub stage: Stage,
    /// What the framework calls it.
    pub name: &'static str,
    /// What it is about, in a sentence.
    pub help: &'static str,
    /// Channels whose touches are its own.
    pub channels: &'static [Traffic],
    /// Kinds of events and touches.
    pub kinds: &'static [&'static str],
    /// Words in names and tags of sends, flows and experiments.
    pub words: &'static [&'static str],
    /// Names of attributes and tags of customers and orders.
    pub attributes: &'static [&'static str],
}

impl Touchpoint {
    /// What of the data belongs to it.
    pub fn links(&self) -> Links {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Links {
            channels: self.channels.iter().map(|channel| channel.name().to_owned()).collect(),
            kinds: texts(self.kinds),
            words: texts(self.words),
            attributes: texts(self.attributes),
        }
    }
}

/// The touchpoint with an id.
pub fn touchpoint(id: &str) -> Option<&'static Touchpoint> {
    FRAMEWORK.iter().find(|touchpoint| touchpoint.id == id)
}

const fn plain(id: &'static str, stage: Stage, name: &'static str, help: &'static str) -> Touchpoint {
    Touchpoint { id, stage, name, help, channels: &[], kinds: &[], words: &[], attributes: &[] }
}

/// Every touchpoint of the framework, in its order.
pub const FRAMEWORK: &[Touchpoint] = &[
    Touchpoint {
        channels: &[Traffic::PaidSearch, Traffic::PaidSocial, Traffic::Display],
        words: &["ads"],
        ..plain(
            "personalized_ads",
            Stage::Awareness,
            "Personalized ads",
            "Paid search, paid social and display: who sees which ad",
        )
    },
    Touchpoint {
        channels: &[Traffic::OrganicSearch, Traffic::Referral],
        kinds: &["blog", "article", "guide", "content"],
        words: &["guide", "blog"],
        ..plain(
            "content_discovery",
            Stage::Awareness,
            "Content discovery",
            "Guides, blog and unpaid search: how people find the shop by themselves",
        )
    },
    Touchpoint {
        channels: &[Traffic::OrganicSocial],
        words: &["social"],
        ..plain("social_media", Stage::Awareness, "Social media", "The shop’s own posts in social networks")
    },
    Touchpoint {
        channels: &[Traffic::Email],
        words: &["newsletter", "subject"],
        ..plain(
            "email_campaigns",
            Stage::Awareness,
            "Email campaigns",
            "Newsletters and campaigns: what is sent to whom",
        )
    },
    Touchpoint {
        channels: &[Traffic::Influencers, Traffic::Affiliates],
        words: &["influencer", "creator", "partner"],
        ..plain(
            "influencer_content",
            Stage::Awareness,
            "Influencer content",
            "People with a following, and partners paid by the sale; told apart by a code or link each",
        )
    },
    Touchpoint {
        kinds: &["recommendation", "recommendation click", "rec click", "recommended"],
        words: &["recommend"],
        ..plain(
            "product_recommendations",
            Stage::Consideration,
            "Product recommendations",
            "Products shown because of what somebody looked at or bought",
        )
    },
    Touchpoint {
        words: &["price", "pricing"],
        ..plain(
            "dynamic_pricing",
            Stage::Consideration,
            "Dynamic pricing",
            "Prices that follow demand, stock or segment, and what orders do at each",
        )
    },
    Touchpoint {
        kinds: &["review", "review view", "reviews", "rating", "read reviews"],
        ..plain(
            "reviews",
            Stage::Consideration,
            "Reviews and ratings",
            "What other buyers say, and who reads it before buying",
        )
    },
    Touchpoint {
        kinds: &["compare", "comparison", "compare products"],
        words: &["compar"],
        ..plain(
            "comparison_tools",
            Stage::Consideration,
            "Comparison tools",
            "Tables and filters that set products side by side",
        )
    },
    Touchpoint {
        kinds: &["try on", "virtual try on", "ar view", "3d view"],
        words: &["try-on", "try on"],
        ..plain(
            "virtual_try_on",
            Stage::Consideration,
            "Virtual try-on",
            "Products seen on oneself or in one’s own room",
        )
    },
    Touchpoint {
        kinds: &[
            "checkout",
            "begin_checkout",
            "checkout started",
            "started checkout",
            "add to cart",
            "add_to_cart",
            "cart",
        ],
        words: &["checkout", "order button"],
        ..plain(
            "checkout",
            Stage::Purchase,
            "Checkout optimization",
            "The way from cart to order: who finishes it, and how long it takes",
        )
    },
    Touchpoint {
        words: &["payment", "wallet", "pay"],
        attributes: &["payment method", "payment", "payment type", "payment gateway", "gateway", "pay method"],
        ..plain("payment", Stage::Purchase, "Payment options", "Ways to pay, and who uses which")
    },
    Touchpoint {
        words: &["shipping", "delivery fee"],
        ..plain(
            "shipping",
            Stage::Purchase,
            "Shipping preferences",
            "What shipping costs, and from which order value on it is free",
        )
    },
    Touchpoint {
        kinds: &["upsell", "cross sell", "bundle"],
        words: &["upsell", "cross-sell", "bundle"],
        ..plain("upsell", Stage::Purchase, "Upsell and cross-sell", "More or better products offered with an order")
    },
    Touchpoint {
        words: &["abandoned cart", "cart abandon", "cart reminder", "cart recovery", "checkout reminder"],
        ..plain(
            "abandoned_cart",
            Stage::Purchase,
            "Abandoned cart",
            "Carts that were left, and those that became orders after all",
        )
    },
    Touchpoint {
        kinds: &["order update", "shipping update", "tracking"],
        words: &["order confirm", "order update", "shipping", "dispatch", "tracking", "delivery"],
        ..plain("order_updates", Stage::PostPurchase, "Order updates", "Confirmation, dispatch and delivery messages")
    },
    Touchpoint {
        kinds: &["guide view", "tutorial", "care guide"],
        words: &["onboarding", "welcome", "care guide", "how to", "education", "tips"],
        ..plain(
            "product_education",
            Stage::PostPurchase,
            "Product education",
            "Care guides and tips after the first order",
        )
    },
    Touchpoint {
        kinds: &["points", "points earned", "reward", "redeem", "redeemed", "loyalty"],
        words: &["loyalty", "reward", "points", "vip"],
        attributes: &["loyalty", "loyalty tier", "loyalty points", "points", "member", "club", "rewards"],
        ..plain("loyalty", Stage::PostPurchase, "Loyalty rewards", "Points, tiers and perks for those who come back")
    },
    Touchpoint {
        kinds: &["review written", "review submitted", "wrote review"],
        words: &["review request", "review", "feedback", "survey"],
        ..plain(
            "review_requests",
            Stage::PostPurchase,
            "Review requests",
            "Buyers asked for what they think, and who answers",
        )
    },
    Touchpoint {
        words: &["replenish", "refill", "reorder"],
        ..plain("replenishment", Stage::PostPurchase, "Replenishment", "Reminders when what was bought is used up")
    },
];

/// What customers need, by stage; one a line.
pub(super) const NEEDS: [&str; 4] = [
    "Find products that fit and see how they differ\nLearn who the shop is and why to trust it\nSee what other buyers say\nUnderstand what is better here than elsewhere",
    "Clear facts and measures of a product\nHonest reviews and ratings\nA fair comparison with others\nReturns and guarantees without small print",
    "A short checkout that keeps what was typed\nA familiar and safe way to pay\nShipping cost and return rules before paying\nA confirmation at once",
    "Know where the order is\nKnow how to use and care for it\nFind what goes with it\nGet something back for coming back",
];

/// What hurts customers, by stage; one a line.
pub(super) const PAINS: [&str; 4] = [
    "Ads for what was bought already\nPages that load slowly on a phone",
    "Too many similar products\nQuestions that nobody answers",
    "Costs that appear at the end\nAn account that must be made first",
    "No word after paying\nMessages about everything but the order",
];
