//! States of the page that tells of a sale.

use super::*;
use cartwright::model::plan::{Amount, Benefit, Percent, Stacking, Tier, When};
use cartwright::model::{Currency, Day, SalePlan};
use cartwright::ops::plans::SavedPlan;

fn tier(name: &str, benefit: Benefit, from: Option<i64>, stacking: Stacking) -> Tier {
    let usd = |minor| Amount { minor, currency: Currency::USD };
    let when = When { from: from.map(usd), ..When::default() };
    Tier { name: name.into(), benefit, when, stacking, priority: 0, caps: Default::default() }
}

fn plan(name: &str, starts: &str, ends: &str) -> SalePlan {
    let percent = |percent| Benefit::PercentOff(Percent::whole(percent));
    SalePlan {
        version: Default::default(),
        name: name.into(),
        starts: starts.parse().expect("a moment"),
        ends: ends.parse().expect("a moment"),
        tiers: vec![
            tier("15% off", percent(15), Some(5_000), Stacking::BestOnly),
            tier("20% off", percent(20), Some(10_000), Stacking::BestOnly),
            tier("Free shipping", Benefit::FreeShipping, Some(7_500), Stacking::WithOthers),
        ],
        caps: Default::default(),
        excluded: Default::default(),
        early_access: None,
        featured: Vec::new(),
        code: None,
        assumptions: Default::default(),
    }
}

fn show(w: &mut Window, plan: SalePlan) {
    app(w).cx.write(
        "Saving",
        move |home, _| {
            let session = home.session()?;
            let known = session.saved_sales()?.iter().any(|sale| sale.plan.name == plan.name);
            if known { Ok(()) } else { session.save_sale(&SavedPlan { id: 0, plan }) }
        },
        |_, ()| {},
    );
    settle(w);
    page(w, "Sale results");
    settle(w);
}

fn choose(w: &mut Window, name: &str) {
    w.get(By::new().predicate(|node| node.label().is_some_and(|label| label.starts_with("Sale: ")))).click_accesskit();
    w.run_steps(3);
    if let Some(item) = w.query_all_by_label(name).last() {
        item.click_accesskit();
    }
    w.run_steps(3);
    settle(w);
}

pub fn sale_after(w: &mut Window, _: &Path) {
    show(w, plan("Summer sale", "2026-06-24T00:00:00", "2026-07-04T00:00:00"));
    choose(w, "Summer sale");
}

pub fn sale_before(w: &mut Window, _: &Path) {
    show(w, plan("Autumn 72 hours", "2026-10-23T10:00:00", "2026-10-26T10:00:00"));
    choose(w, "Autumn 72 hours");
}

pub fn sale_during(w: &mut Window, dir: &Path) {
    sale_after(w, dir);
    if let Some(shop) = &mut app(w).cx.shop {
        shop.wind_to(Day::parse("2026-06-27").expect("a day"));
    }
    settle(w);
}

pub fn sale_too_early(w: &mut Window, _: &Path) {
    show(w, plan("Opening sale", "2024-01-20T00:00:00", "2024-01-23T00:00:00"));
    choose(w, "Opening sale");
}

pub fn sale_none(w: &mut Window, dir: &Path) {
    import(w, &[orders_file(dir, 160)]);
    click(w, "Import");
    settle(w);
    page(w, "Sale results");
}
