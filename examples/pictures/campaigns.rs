//! Pictures of planning.

use std::path::Path;

use cartwright::model::Campaign;
use cartwright::model::campaign::{Status, Template};
use cartwright::model::plan::{Amount, Percent};
use cartwright::model::{Currency, Day};
use cartwright::ui::panels::campaigns::open_new;

use super::*;

fn campaign(template: Template, name: &str, day: &str, owner: &str) -> Campaign {
    let starts = Day::parse(day).and_then(|day| day.date().and_hms_opt(10, 0, 0)).expect("a day");
    let mut campaign = Campaign::from_template(template, starts, Currency::USD);
    (campaign.name, campaign.owner) = (name.into(), owner.into());
    campaign
}

fn autumn() -> Campaign {
    let mut sale = campaign(Template::SaleEvent, "Autumn sale", "2026-10-23", "Marketing");
    sale.utm.page = "https://shop.example/autumn".into();
    sale.budget = Some(Amount { minor: 250_000, currency: Currency::USD });
    sale.phases[0].tasks[1].done = true;
    if let Some(plan) = &mut sale.sale {
        plan.assumptions.margin = Some(Percent::whole(42));
    }
    sale
}

fn add(w: &mut Window, campaign: Campaign) {
    open_new(&mut app(w).cx, campaign);
    settle(w);
    settle(w);
}

fn tab(w: &mut Window, step: &str) {
    w.get_by_role_and_label(egui::accesskit::Role::Tab, step).click();
    w.step();
    w.step();
}

pub fn sale(w: &mut Window, step: &str) {
    add(w, autumn());
    tab(w, step);
    settle(w);
    settle(w);
}

pub fn variants(w: &mut Window, _: &Path) {
    let mut other = autumn();
    other.name = "Autumn sale, no free shipping".into();
    if let Some(plan) = &mut other.sale {
        plan.tiers.truncate(2);
    }
    add(w, other);
    sale(w, "Replay");
    click(w, "Compare with other sales");
    click(w, "Autumn sale, no free shipping");
    w.key_press(Key::Escape);
    settle(w);
    settle(w);
}

pub fn wrong(w: &mut Window, _: &Path) {
    let mut sale = autumn();
    sale.ends = sale.starts;
    sale.name = "Half planned".into();
    if let Some(plan) = &mut sale.sale {
        plan.tiers[1].when.from = plan.tiers[0].when.from;
        plan.featured.push(cartwright::model::plan::Featured { product: "NO-SUCH-SKU".into(), units: 20 });
    }
    add(w, sale);
    tab(w, "Offers");
    settle(w);
}

pub fn campaigns_list(w: &mut Window, _: &Path) {
    let others = [
        (Template::Onboarding, "Welcome e-mails", "2026-09-01", Status::Running),
        (Template::WinBack, "At-risk win-back", "2026-10-19", Status::Planned),
        (Template::Newsletter, "Weekly newsletter", "2026-08-03", Status::Running),
        (Template::ProductLaunch, "Winter teas", "2026-11-09", Status::Draft),
        (Template::Ads, "Search and shopping", "2026-10-05", Status::Running),
    ];
    for (template, name, day, status) in others {
        let mut one = campaign(template, name, day, "Marketing");
        one.status = status;
        add(w, one);
    }
    add(w, autumn());
    app(w).cx.campaign = None;
    settle(w);
}
