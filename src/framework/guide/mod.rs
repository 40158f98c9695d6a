//! The product and the marketing framework as lists of items: phases, activities, criteria, strategies, challenges,
//! metrics, integrations, checklists, roadmap. The words are in `assets/product_framework.toml` and
//! `assets/marketing_framework.toml`; what a shop says about them is [`crate::model::strategy::StrategyPlan`], and what
//! its data say is [`evidence::Evidence`].

pub mod blocks;
pub mod checks;
mod dates;
pub mod evidence;
mod item;
mod progress;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

pub use dates::{dates, group_dates, overdue};
pub use item::{Guide, GuideGroup, GuideItem, GuideList, ListKind, Role, Span};
pub use progress::{Done, done, on_roadmap, stage};

static PRODUCT: LazyLock<Guide> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the text is part of the program, and a test reads it")]
    read(include_str!("../../../assets/product_framework.toml")).expect("assets/product_framework.toml can be read")
});

static MARKETING: LazyLock<Guide> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the text is part of the program, and a test reads it")]
    read(include_str!("../../../assets/marketing_framework.toml")).expect("assets/marketing_framework.toml can be read")
});

/// Where everything stands: an item's key to its place in a guide.
static PLACES: LazyLock<BTreeMap<&'static str, Place>> = LazyLock::new(|| places().collect());

/// The product framework.
pub fn product() -> &'static Guide {
    &PRODUCT
}

/// The marketing framework.
pub fn marketing() -> &'static Guide {
    &MARKETING
}

/// Both, product first.
pub fn guides() -> [&'static Guide; 2] {
    [product(), marketing()]
}

/// The list with a key; keys are told apart over both frameworks.
pub fn list(key: &str) -> Option<&'static GuideList> {
    guides().into_iter().flat_map(|guide| &guide.lists).find(|list| list.key == key)
}

/// The item with a key, and where it stands.
pub fn place(key: &str) -> Option<Place> {
    PLACES.get(key).copied()
}

/// Keys of items near to what somebody wrote: those that contain it or end like it, at most five.
pub fn near(text: &str) -> Vec<&'static str> {
    const MOST: usize = 5;
    let wanted = text.trim().to_lowercase();
    let last = wanted.rsplit('.').next().unwrap_or("").to_owned();
    let is_near = |key: &&str| {
        !wanted.is_empty() && (key.contains(&wanted) || (last.len() > 2 && key.rsplit('.').next() == Some(&last)))
    };
    places().map(|(key, _)| key).filter(is_near).take(MOST).collect()
}

/// Every item of both frameworks with its place, in their order.
pub fn places() -> impl Iterator<Item = (&'static str, Place)> {
    guides().into_iter().flat_map(|guide| {
        guide.lists.iter().flat_map(move |list| {
            list.groups.iter().flat_map(move |group| {
                group.items.iter().map(move |item| (item.key.as_str(), Place { guide, list, group, item }))
            })
        })
    })
}

/// Stages of the content plan: groups of the list "content".
pub fn content_stages() -> impl Iterator<Item = &'static GuideGroup> {
    list("content").into_iter().flat_map(|list| &list.groups)
}

/// Channels of the content plan, each with its group (owned, earned, paid): items of the list "channels".
pub fn content_channels() -> impl Iterator<Item = (&'static GuideGroup, &'static GuideItem)> {
    list("channels")
        .into_iter()
        .flat_map(|list| &list.groups)
        .flat_map(|group| group.items.iter().map(move |item| (group, item)))
}

/// An item and what it stands in.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Its framework.
    pub guide: &'static Guide,
    /// Its list.
    pub list: &'static GuideList,
    /// Its group.
    pub group: &'static GuideGroup,
    /// Itself.
    pub item: &'static GuideItem,
}

/// Reads a framework's text and gives items their full keys.
fn read(text: &str) -> Result<Guide, toml::de::Error> {
    let mut guide = Guide::deserialize(toml::Deserializer::parse(text)?)?;
    for list in &mut guide.lists {
        for group in &mut list.groups {
            let start = if group.key.is_empty() { list.key.clone() } else { format!("{}.{}", list.key, group.key) };
            for item in &mut group.items {
                item.key = format!("{start}.{}", item.key);
            }
        }
    }
    Ok(guide)
}
