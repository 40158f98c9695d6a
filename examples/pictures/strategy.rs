//! States of the plans of both frameworks.

use cartwright::framework::guide;
use cartwright::model::strategy::{Case, ContentItem, Item, ItemStatus, StrategyPlan};
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::*;

/// Plans that have been worked on for two months.
fn worked_on(start: cartwright::model::Day) -> StrategyPlan {
    let mut plan = StrategyPlan { product_start: Some(start), marketing_start: Some(start), ..StrategyPlan::default() };
    let owners = ["Product team", "CRM team", "Shop team"];
    let to_do = |role| !matches!(role, guide::Role::Indicator | guide::Role::Need);
    for (n, (key, place)) in guide::places().filter(|(_, place)| to_do(place.item.role)).enumerate() {
        let status = match (place.list.kind, n % 5) {
            (guide::ListKind::Rated, _) => {
                plan.items.insert(key.into(), Item { rating: Some((n % 5) as u8 + 1), ..Item::default() });
                continue;
            }
            (guide::ListKind::Plan | guide::ListKind::Strategies | guide::ListKind::Lifecycle, 0 | 1) => {
                ItemStatus::Done
            }
            (guide::ListKind::Plan, 2) => ItemStatus::Doing,
            _ => continue,
        };
        let evidence = if status == ItemStatus::Done { "Notes of the review" } else { "" }.to_owned();
        let owner = owners[n % owners.len()].to_owned();
        plan.items.insert(key.into(), Item { status, owner, evidence, ..Item::default() });
    }
    let channels: Vec<&guide::GuideItem> = guide::content_channels().map(|(_, channel)| channel).collect();
    for (n, stage) in guide::content_stages().enumerate() {
        for (m, kind) in stage.items.iter().enumerate() {
            let Some(channel) = channels.get((3 * m + 2 * n) % channels.len().max(1)) else { continue };
            plan.add_content(ContentItem {
                title: kind.title.clone(),
                stage: stage.key.clone(),
                channel: channel.key.clone(),
                status: ItemStatus::ALL[(n + m) % 3],
                ..ContentItem::default()
            });
        }
    }
    let categories = guide::places().filter(|(_, place)| place.list.kind == guide::ListKind::Cases);
    for (n, (key, _)) in categories.enumerate().take(2) {
        plan.add_case(Case {
            title: ["A free-shipping bar that pays", "Checkout without an account"][n].into(),
            category: key.into(),
            situation: "Baskets stopped just below the threshold for free shipping".into(),
            action: "A bar in the basket says how much is missing".into(),
            result: "Fewer baskets end just below the threshold".into(),
            evidence: vec!["Free-shipping bar in the basket".into()],
            status: ItemStatus::Doing,
            ..Case::default()
        });
    }
    plan
}

/// A page with plans that were worked on, on one of its parts.
pub fn part(w: &mut Window, title: &str, name: &str) {
    page(w, title);
    settle(w);
    let as_of = app(w).cx.shop.as_ref().expect("the sample shop").as_of();
    let plan = worked_on(cartwright::model::Day(as_of.0 - 60));
    let cx = &mut app(w).cx;
    cx.write("Saving the plan", move |home, _| home.session()?.save_strategy("Begin the plans", 0, &plan), |_, ()| {});
    settle(w);
    w.get_by_role_and_label(Role::RadioButton, name).click();
    w.run_steps(4);
    settle(w);
}

/// The first item of a part, in the drawer.
pub fn item(w: &mut Window, _: &Path) {
    part(w, "Product plan", "Phases");
    let list = guide::list("phases").expect("the phases");
    w.get_by_role_and_label(Role::Cell, &list.groups[0].items[0].title).click();
    w.run_steps(4);
    settle(w);
}

/// A card of the roadmap, in the drawer.
pub fn card(w: &mut Window, _: &Path) {
    part(w, "Marketing plan", "Roadmap");
    w.get_by_label_contains("Roadmap, arrow keys choose a card").focus();
    w.run_steps(2);
    w.key_press(Key::ArrowRight);
    w.run_steps(2);
    w.key_press(Key::Enter);
    w.run_steps(4);
    settle(w);
}

/// A case study, in the drawer.
pub fn case(w: &mut Window, _: &Path) {
    part(w, "Product plan", "Cases");
    w.get_by_role_and_label(Role::Cell, "A free-shipping bar that pays").click();
    w.run_steps(4);
    settle(w);
}
