//! Plans that cannot be meant, and plans that are saved.

use cartwright::jobs::Progress;
use cartwright::model::plan::{Benefit, Excluded, Featured, Gift, Known, Percent, Stacking};
use cartwright::model::{Currency, Day, Rule, SalePlan};
use cartwright::ops::plans::SavedPlan;

use super::{framework, plan, tier, usd};
use crate::rules::sample_shop;

/// Fields and words of what is wrong with a plan in a shop that has only product `P1` of category `Pots`.
fn problems(plan: &SalePlan) -> Vec<String> {
    let known = Known {
        currency: Currency::USD,
        span: Some((Day::parse("2025-01-01").unwrap(), Day::parse("2026-10-14").unwrap())),
        product: &|sku| (sku == "P1").then_some(Some(3)),
        category: &|name| name == "Pots",
    };
    plan.problems(&known)
        .into_iter()
        .map(|p| format!("{}{} {}", if p.stops { "" } else { "? " }, p.at, p.words))
        .collect()
}

fn only(plan: &SalePlan, wanted: &str) {
    let found = problems(plan);
    assert!(found.len() == 1 && found[0].starts_with(wanted), "{wanted}: {found:#?}");
}

#[test]
fn what_is_wrong_is_told_at_its_field() {
    let good = framework(Currency::USD);
    assert_eq!(problems(&good), [""; 0]);
    let with = |change: &dyn Fn(&mut SalePlan)| {
        let mut plan = good.clone();
        change(&mut plan);
        plan
    };
    only(&with(&|p| p.name.clear()), "name a plan needs a name");
    only(&with(&|p| p.ends = p.starts), "ends the sale ends (23 Oct 2026 10:00) before it begins");
    only(&with(&|p| p.tiers.clear()), "tiers the sale offers nothing yet");
    only(
        &with(&|p| p.tiers[1].when.from.as_mut().unwrap().currency = Currency::parse("EUR").unwrap()),
        "tiers[1].when.from 100.00 EUR is in EUR, the shop's currency is USD",
    );
    only(&with(&|p| p.tiers[0].benefit = Benefit::PercentOff(Percent(0))), "tiers[0].benefit 0% off is no offer");
    only(
        &with(&|p| p.tiers[1].benefit = p.tiers[0].benefit.clone()),
        "tiers[1].benefit “15% off from $100” gives no more than “15% off from $50”",
    );
    only(
        &with(&|p| p.tiers[1].when = p.tiers[0].when.clone()),
        "tiers[1].when.from “15% off from $50” and “20% off from $50” hold for the same",
    );
    only(&with(&|p| p.tiers[1].name = p.tiers[0].name.clone()), "tiers[1].name two tiers are called “15% off”");
    only(&with(&|p| p.tiers[0].when.products = vec!["P9".into()]), "tiers[0].when.products no product has the SKU P9");
    only(
        &with(&|p| p.excluded.categories = vec!["Cups".into()]),
        "excluded.categories no product is of the category “Cups”",
    );
    only(
        &with(&|p| p.featured = vec![Featured { product: "P1".into(), units: 9 }]),
        "? featured[0] 9 units of P1 are planned, 3 were in stock",
    );
    only(
        &with(&|p| {
            p.excluded = Excluded { products: vec!["P1".into()], ..Excluded::default() };
            p.featured = vec![Featured { product: "P1".into(), units: 1 }];
        }),
        "featured[0] P1 is featured and excluded",
    );
    only(&with(&|p| p.caps.budget = Some(usd(0))), "caps.budget 0.00 USD is too little");
    only(&with(&|p| p.code = Some("BIG SALE".into())), "code a code is one word");
    only(&with(&|p| p.assumptions.top_up = Percent::whole(120)), "assumptions.top_up 120% is more than all");
    only(
        &with(&|p| p.tiers[0].benefit = Benefit::AmountOff(usd(6_000))),
        "? tiers[0].when.from baskets worth less than $60 go for nothing",
    );
    only(
        &with(&|p| {
            (p.starts, p.ends) = ("2026-10-01T00:00:00".parse().unwrap(), "2026-10-03T00:00:00".parse().unwrap());
        }),
        "? starts the sale is older than the data, which reach to 14 Oct 2026",
    );
    let gift = Benefit::Gift(Gift { name: "Mug".into(), cost: usd(-1) });
    only(&plan(vec![tier("Mug", gift, None, Stacking::WithOthers)]), "tiers[0].benefit.cost -0.01 USD is too little");
}

#[test]
fn saved_sales_are_changed_copied_deleted_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    let sale = SavedPlan { id: 0, plan: SalePlan { name: "  Autumn sale ".into(), ..framework(Currency::USD) } };
    session.save_sale(&sale).unwrap();
    let mut saved = session.saved_sale("Autumn sale").unwrap();
    assert!(session.save_sale(&sale).unwrap_err().to_string().contains("already"));
    let copy = session.duplicate_campaign(saved.id).unwrap();
    assert_eq!(copy, "Autumn sale copy");
    saved.plan.tiers.pop();
    session.save_sale(&saved).unwrap();
    assert_eq!(session.saved_sale("Autumn sale").unwrap(), saved);
    session.undo().unwrap();
    assert_eq!(session.saved_sale("Autumn sale").unwrap().plan.tiers.len(), 3);
    session.remove_campaign(saved.id).unwrap();
    let names = |session: &cartwright::ops::Session| -> Vec<String> {
        session.saved_sales().unwrap().into_iter().map(|sale| sale.plan.name).collect()
    };
    assert_eq!(names(&session), ["Autumn sale copy"]);
    session.undo().unwrap();
    assert_eq!(names(&session), ["Autumn sale", "Autumn sale copy"]);
    assert!(session.saved_sale("Spring").unwrap_err().to_string().contains("saved are Autumn sale"));
}

#[test]
fn audiences_are_asked_as_of_the_day_before_and_empty_ones_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    let mut plan = framework(Currency::USD);
    plan.tiers[0].when.audience = Some(Rule::parse("orders >= 1").unwrap());
    plan.tiers[1].when.audience = Some(Rule::parse("orders >= 1000000").unwrap());
    plan.tiers[2].when.audience = Some(Rule::parse("in \"gone\"").unwrap());
    let prepared = session.prepare_sale(&plan, None, &Progress::none()).unwrap();
    let told: Vec<&str> = prepared.problems.iter().map(|problem| problem.at.as_str()).collect();
    assert_eq!(told, ["tiers[1].when.audience", "tiers[2].when.audience"]);
    assert!(prepared.check().unwrap_err().to_string().contains("nobody belonged to this audience"));
    plan.tiers.truncate(1);
    let (prepared, replay) = session.replay_sale(&plan, None, &Progress::none()).unwrap();
    assert_eq!(prepared.problems, []);
    assert!(replay.tiers[0].applied > 0 && replay.tiers[0].applied < replay.nobody.baskets);
    let chosen = (Day::parse("1999-01-01").unwrap(), Day::parse("1999-01-03").unwrap());
    let none = session.replay_sale(&plan, Some(chosen), &Progress::none()).err().unwrap().to_string();
    assert!(none.contains("there is no order from 1 Jan 1999 to 3 Jan 1999"), "{none}");
}
