//! What a sale offers: tiers with their conditions and limits, what is left out, what is featured.

use egui::{Align, Layout, Ui, vec2};

use super::{Editing, Facts, Side, form_card, halves, heading, remove};
use crate::model::SalePlan;
use crate::model::plan::{
    Amount, Benefit, BuyGet, Caps, EarlyAccess, Featured, Gift, MOST_TIERS, Percent, Stacking, Tier, When,
};
use crate::ui::draft::Draft;
use crate::ui::theme::{self, Icon, Type, icons};
use crate::ui::widgets::fields::typing::{Typing, plain};
use crate::ui::widgets::form::choice_dimmed;
use crate::ui::widgets::menu::{menu_item, menu_of};
use crate::ui::widgets::{Button, Field, check, remark, say, say_in};

/// What can be offered.
const BENEFITS: [(&str, Icon); 5] = [
    ("Percent off", icons::DISCOUNT),
    ("Amount off", icons::MONEY),
    ("Gift", icons::GIFT),
    ("Buy some, get some", icons::BUY_GET),
    ("Free shipping", icons::SHIPPING),
];

/// Draws the cards.
pub(super) fn show(ui: &mut Ui, editing: &mut Editing, facts: &Facts) {
    let Editing { draft: Draft { value: campaign, .. }, typing, .. } = editing;
    let audiences: Vec<_> = campaign.audiences.iter().map(|a| (a.name.clone(), a.who.rule().clone())).collect();
    let starts = campaign.starts;
    let Some(sale) = &mut campaign.sale else { return };
    form_card(ui, |ui| {
        heading(ui, "Tiers", "Of tiers that compete the best one counts, unless it says otherwise", |ui| {
            add_menu(ui, sale, facts);
        });
        typing.told(ui, "tiers");
        let last = sale.tiers.len().saturating_sub(1);
        let mut act = None;
        for (n, tier) in sale.tiers.iter_mut().enumerate() {
            ui.push_id(("tier", n), |ui| {
                crate::ui::widgets::hairline(ui);
                act = act.or(tier_row(ui, typing, facts, (n, last), tier).map(|act| (n, act)));
                if shows_conditions(ui, typing, n, tier) {
                    conditions(ui, typing, facts, n, tier, &audiences);
                }
            });
        }
        arrange(sale, typing, act);
    });
    halves(ui, |ui, side| match side {
        Side::Left => form_card(ui, |ui| limits(ui, sale, typing, facts)),
        Side::Right => {
            form_card(ui, |ui| featured(ui, sale, typing));
            form_card(ui, |ui| early(ui, sale, typing, &audiences, starts));
        }
    });
}

/// What becomes of a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Up,
    Down,
    Copy,
    Remove,
}

/// Does what was asked with a tier.
pub(super) fn arrange(sale: &mut SalePlan, typing: &mut Typing, act: Option<(usize, Act)>) {
    let Some((n, act)) = act else { return };
    typing.clear();
    match act {
        Act::Up if n > 0 => sale.tiers.swap(n, n - 1),
        Act::Down if n + 1 < sale.tiers.len() => sale.tiers.swap(n, n + 1),
        Act::Copy if sale.tiers.len() < MOST_TIERS => {
            let mut copy = sale.tiers[n].clone();
            copy.name = free_name(sale, &copy.name);
            sale.tiers.insert(n + 1, copy);
        }
        Act::Remove => drop(sale.tiers.remove(n)),
        _ => {}
    }
}

fn free_name(sale: &SalePlan, wanted: &str) -> String {
    let free = |name: &String| sale.tiers.iter().all(|tier| tier.name != *name);
    let names = (1..).map(|n| if n == 1 { wanted.to_owned() } else { format!("{wanted} {n}") });
    names.take(MOST_TIERS + 2).find(free).unwrap_or_default()
}

/// A menu of what can be offered.
pub(super) fn add_menu(ui: &mut Ui, sale: &mut SalePlan, facts: &Facts) {
    let room = sale.tiers.len() < MOST_TIERS;
    let add = ui.add(Button::plain("Add a tier").icon(icons::ADD).small().enabled(room));
    menu_of(&add, |ui| {
        for (n, (name, icon)) in BENEFITS.iter().enumerate() {
            if menu_item(ui, name, Some(*icon), None, false).clicked() {
                let amount = |whole: i64| Amount { minor: whole * facts.currency.scale(), currency: facts.currency };
                let benefit = match n {
                    0 => Benefit::PercentOff(Percent::whole(10)),
                    1 => Benefit::AmountOff(amount(10)),
                    2 => Benefit::Gift(Gift { name: "Gift".into(), cost: amount(2) }),
                    3 => Benefit::BuyGet(BuyGet { buy: 2, get: 1, percent: Percent::whole(100) }),
                    _ => Benefit::FreeShipping,
                };
                let stacking = if n == 4 || n == 2 { Stacking::WithOthers } else { Stacking::BestOnly };
                let when = When { from: (n != 3).then(|| amount(50)), ..When::default() };
                let name = free_name(sale, name);
                sale.tiers.push(Tier { name, benefit, when, stacking, priority: 0, caps: Caps::default() });
            }
        }
    });
}

/// What a tier gives and from which basket on, in one row.
pub(super) fn tier_row(
    ui: &mut Ui,
    typing: &mut Typing,
    facts: &Facts,
    (n, last): (usize, usize),
    tier: &mut Tier,
) -> Option<Act> {
    let t = theme::of(ui);
    let at = format!("tiers[{n}]");
    let mut act = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = t.space().x2;
        crate::ui::widgets::text::icon(ui, icon_of(&tier.benefit), t.icon().normal, t.accent.text);
        benefit(ui, typing, facts, &at, &mut tier.benefit);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            act = more(ui, (n, last), &tier.name);
            let field = Field::number("From a basket of", facts.currency.code(), 104.0).hint("any");
            let shown = tier.when.from.map_or_else(String::new, |from| plain(from, facts.currency));
            let read = |text: &str| crate::ui::widgets::fields::read::money(text, facts.currency);
            if let Some(minor) = typing.bare(ui, &format!("{at}.when.from"), field, shown, read) {
                tier.when.from = minor.map(|minor| Amount { minor, currency: facts.currency });
            }
            say_in(ui, Type::Body, t.text.subdued, "from");
        });
    });
    for field in ["name", "benefit", "benefit.cost", "when.from"] {
        typing.told(ui, &format!("{at}.{field}"));
    }
    act
}

fn icon_of(benefit: &Benefit) -> Icon {
    let n = match benefit {
        Benefit::PercentOff(_) => 0,
        Benefit::AmountOff(_) => 1,
        Benefit::Gift(_) => 2,
        Benefit::BuyGet(_) => 3,
        Benefit::FreeShipping => 4,
    };
    BENEFITS[n].1
}

fn benefit(ui: &mut Ui, typing: &mut Typing, facts: &Facts, at: &str, benefit: &mut Benefit) {
    let at = format!("{at}.benefit");
    let body = |ui: &mut Ui, words: &str| drop(say(ui, Type::Body, words));
    match benefit {
        Benefit::PercentOff(percent) => {
            typing.percent_bare(ui, &at, "Percent off", 68.0, percent);
            body(ui, "off");
        }
        Benefit::AmountOff(amount) => {
            amount_field(ui, typing, facts, (&at, "Amount off"), amount);
            body(ui, "off");
        }
        Benefit::Gift(gift) => {
            let read = |text: &str| Ok(text.to_owned());
            let field = Field::new("Name of the gift", 104.0);
            if let Some(new) = typing.bare(ui, &at, field, gift.name.clone(), read) {
                gift.name = new;
            }
            body(ui, "costs");
            amount_field(ui, typing, facts, (&format!("{at}.cost"), "Cost of the gift"), &mut gift.cost);
        }
        Benefit::BuyGet(offer) => {
            body(ui, "Buy");
            small(ui, typing, (&format!("{at}.buy"), "Buy"), &mut offer.buy);
            body(ui, "get");
            small(ui, typing, (&format!("{at}.get"), "Get"), &mut offer.get);
            body(ui, "at");
            typing.percent_bare(ui, &at, "Less by", 68.0, &mut offer.percent);
            body(ui, "off");
        }
        Benefit::FreeShipping => body(ui, "Free shipping"),
    }
}

fn small(ui: &mut Ui, typing: &mut Typing, (at, name): (&str, &str), value: &mut u32) {
    let read = |text: &str| text.trim().parse::<u32>().map_err(|_| "Type a whole number".to_owned());
    if let Some(new) = typing.bare(ui, at, Field::number(name, "", 40.0), value.to_string(), read) {
        *value = new;
    }
}

fn amount_field(ui: &mut Ui, typing: &mut Typing, facts: &Facts, (at, name): (&str, &str), amount: &mut Amount) {
    let read = |text: &str| {
        crate::ui::widgets::fields::read::money(text, facts.currency)?.ok_or_else(|| "Type an amount".to_owned())
    };
    let field = Field::number(name, facts.currency.code(), 92.0);
    if let Some(minor) = typing.bare(ui, at, field, plain(*amount, facts.currency), read) {
        *amount = Amount { minor, currency: facts.currency };
    }
}

fn more(ui: &mut Ui, (n, last): (usize, usize), name: &str) -> Option<Act> {
    let mut act = None;
    let button = crate::ui::widgets::icon_button(ui, icons::MORE, &format!("More of {name}"));
    menu_of(&button, |ui| {
        use crate::ui::widgets::menu::item;
        let entries = [
            ("Move up", icons::ARROW_UP, Act::Up, n > 0),
            ("Move down", icons::ARROW_DOWN, Act::Down, n < last),
            ("Duplicate", icons::COPY, Act::Copy, true),
            ("Remove", icons::DELETE, Act::Remove, true),
        ];
        for (words, icon, what, enabled) in entries {
            if item(ui, words, Some(icon), None, false, enabled).clicked() {
                act = Some(what);
            }
        }
    });
    act
}

/// A line that says what else holds for a tier, and opens the fields of it. What is wrong in them opens them, too.
fn shows_conditions(ui: &mut Ui, typing: &Typing, n: usize, tier: &Tier) -> bool {
    let id = ui.scope_id().with("conditions");
    let told = ["when.units", "when.products", "when.categories", "when.audience", "caps", "name"];
    let wrong =
        typing.problems.iter().any(|p| told.iter().any(|field| p.at.starts_with(&format!("tiers[{n}].{field}"))));
    let mut open = ui.data(|data| data.get_temp(id)).unwrap_or(false);
    ui.horizontal(|ui| {
        ui.add_space(theme::of(ui).icon().normal + theme::of(ui).space().x2);
        let words = if open { "Fewer conditions" } else { "Conditions and limits" };
        let icon = if open { icons::CHEVRON_DOWN } else { icons::CHEVRON_RIGHT };
        if ui.add(Button::plain(words).icon(icon).small().named(&format!("{words} of {}", tier.name))).clicked() {
            open = !open;
            ui.data_mut(|data| data.insert_temp(id, open));
        }
        if !open {
            remark(ui, in_short(tier));
        }
    });
    open || wrong
}

/// What else holds for a tier.
fn in_short(tier: &Tier) -> String {
    let mut words = vec![match tier.stacking {
        Stacking::BestOnly => "the best one counts".to_owned(),
        Stacking::WithOthers => "adds up with others".to_owned(),
        Stacking::Exclusive => "alone or not at all".to_owned(),
    }];
    let when = &tier.when;
    words.extend(when.units.map(|units| format!("from {units} units")));
    let named: Vec<&str> = when.products.iter().chain(&when.categories).map(String::as_str).collect();
    if !named.is_empty() {
        words.push(format!("only {}", named.join(", ")));
    }
    if when.audience.is_some() {
        words.push("for one audience".into());
    }
    words.extend(tier.caps.per_order.map(|cap| format!("at most {} per order", cap.display())));
    words.extend(tier.caps.budget.map(|cap| format!("at most {} in all", cap.display())));
    words.extend(tier.caps.units.map(|cap| format!("at most {cap} units")));
    crate::ui::widgets::text::capital(&words.join(", "))
}

/// For which baskets, for whom, and up to how much.
fn conditions(
    ui: &mut Ui,
    typing: &mut Typing,
    facts: &Facts,
    n: usize,
    tier: &mut Tier,
    audiences: &[(String, crate::model::Rule)],
) {
    let at = |field: &str| format!("tiers[{n}].{field}");
    let gap = ui.spacing().item_spacing.x;
    let width = ((ui.available_width() - 3.0 * gap) / 4.0).floor();
    ui.horizontal_top(|ui| {
        typing.line(ui, &at("name"), "Name", width, &mut tier.name);
        typing.count_or_none(ui, &at("when.units"), "From units", (width, "units"), &mut tier.when.units);
        typing.names(ui, &at("when.products"), "Only these SKUs", (width, "all products"), &mut tier.when.products);
        let categories = &mut tier.when.categories;
        typing.names(ui, &at("when.categories"), "Only these categories", (width, "all"), categories);
    });
    ui.horizontal_top(|ui| {
        labelled(ui, "For whom", |ui| {
            let shown = tier.when.audience.as_ref().map_or("Everybody", |rule| {
                audiences.iter().find(|(_, known)| known == rule).map_or("A rule of its own", |(name, _)| name)
            });
            let names = std::iter::once("Everybody".to_owned()).chain(audiences.iter().map(|(name, _)| name.clone()));
            let names: Vec<String> = names.collect();
            let size = vec2(width, theme::of(ui).row().field);
            if let Some(chosen) = choice_dimmed(ui, "For whom", size, shown, &names, tier.when.audience.is_none()) {
                tier.when.audience = chosen.checked_sub(1).map(|at| audiences[at].1.clone());
            }
            typing.told(ui, &at("when.audience"));
        });
        labelled(ui, "Together with others", |ui| {
            const ALL: [(Stacking, &str); 3] = [
                (Stacking::BestOnly, "Best one only"),
                (Stacking::WithOthers, "Adds up"),
                (Stacking::Exclusive, "Alone or not at all"),
            ];
            let names = ALL.map(|(_, name)| name.to_owned());
            let shown = ALL.iter().find(|(stacking, _)| *stacking == tier.stacking).map_or("", |(_, name)| name);
            let size = vec2(width, theme::of(ui).row().field);
            if let Some(chosen) = choice_dimmed(ui, "Together with others", size, shown, &names, false) {
                tier.stacking = ALL[chosen].0;
            }
        });
        let caps = &mut tier.caps;
        let currency = facts.currency;
        typing.amount_or_none(ui, &at("caps.per_order"), "At most per order", width, currency, &mut caps.per_order);
        typing.amount_or_none(ui, &at("caps.budget"), "At most in all", width, currency, &mut caps.budget);
    });
    ui.horizontal_top(|ui| {
        typing.count_or_none(ui, &at("caps.units"), "At most units", (width, "units"), &mut tier.caps.units);
        let read = |text: &str| text.trim().parse::<i32>().map_err(|_| "Type a whole number".to_owned());
        let field = Field::number("Priority", "", width);
        let at = at("priority");
        if let Some(new) = typing.field(ui, &at, field, "Priority, smaller first", tier.priority.to_string(), read) {
            tier.priority = new;
        }
    });
}

fn labelled(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme::of(ui).space().x1;
        say(ui, Type::Label, label);
        add(ui);
    });
}

fn limits(ui: &mut Ui, sale: &mut SalePlan, typing: &mut Typing, facts: &Facts) {
    heading(ui, "Limits, exclusions and assumptions", "", |_| {});
    let gap = ui.spacing().item_spacing.x;
    let half = ((ui.available_width() - gap) / 2.0).floor();
    let currency = facts.currency;
    ui.horizontal_top(|ui| {
        let caps = &mut sale.caps;
        typing.amount_or_none(
            ui,
            "caps.per_order",
            "All tiers, at most per order",
            half,
            currency,
            &mut caps.per_order,
        );
        typing.amount_or_none(ui, "caps.budget", "All tiers, at most in all", half, currency, &mut caps.budget);
    });
    ui.horizontal_top(|ui| {
        let out = &mut sale.excluded;
        typing.names(ui, "excluded.products", "SKUs left out", (half, "none"), &mut out.products);
        typing.names(ui, "excluded.categories", "Categories left out", (half, "none"), &mut out.categories);
    });
    check(ui, "Leave out lines that were marked down already", &mut sale.excluded.discounted_lines);
    assumptions(ui, sale, typing, facts);
    let field = Field::new("Code that buyers type", half).hint("applies by itself");
    let shown = sale.code.clone().unwrap_or_default();
    let read = |text: &str| Ok((!text.trim().is_empty()).then(|| text.trim().to_owned()));
    if let Some(code) = typing.field(ui, "code", field, "Code that buyers type", shown, read) {
        sale.code = code;
    }
}

/// What no data tell.
pub(super) fn assumptions(ui: &mut Ui, sale: &mut SalePlan, typing: &mut Typing, facts: &Facts) {
    let gap = ui.spacing().item_spacing.x;
    let half = ((ui.available_width() - gap) / 2.0).floor();
    let assumed = &mut sale.assumptions;
    ui.horizontal_top(|ui| {
        let hint = (half, "unit costs");
        typing.percent_or_none(ui, "assumptions.margin", "Gross margin", hint, &mut assumed.margin);
        let currency = facts.currency;
        let label = "Shipping per order";
        typing.amount_or_none(ui, "assumptions.shipping", label, half, currency, &mut assumed.shipping);
    });
    ui.horizontal_top(|ui| {
        typing.percent(ui, "assumptions.near", "Near a tier, misses up to", half, &mut assumed.near);
        typing.percent(ui, "assumptions.top_up", "Of near baskets top up", half, &mut assumed.top_up);
    });
}

fn featured(ui: &mut Ui, sale: &mut SalePlan, typing: &mut Typing) {
    let mut added = false;
    heading(ui, "Featured products", "Only so many units are in the sale, first come first served", |ui| {
        added = ui.add(Button::plain("Product").icon(icons::ADD).small().named("Add a featured product")).clicked();
    });
    let mut gone = None;
    for (n, one) in sale.featured.iter_mut().enumerate() {
        let at = format!("featured[{n}]");
        ui.push_id(("featured", n), |ui| {
            ui.horizontal(|ui| {
                let width = ui.available_width() - 120.0 - 40.0 - 2.0 * ui.spacing().item_spacing.x;
                let read = |text: &str| Ok(text.trim().to_owned());
                let field = Field::new("SKU of the product", width).hint("SKU");
                if let Some(new) = typing.bare(ui, &at, field, one.product.clone(), read) {
                    one.product = new;
                }
                let read = |text: &str| text.trim().parse::<u32>().map_err(|_| "Type a whole number".to_owned());
                let field = Field::number("Units in the sale", "units", 120.0);
                if let Some(new) = typing.bare(ui, &format!("{at}.units"), field, one.units.to_string(), read) {
                    one.units = new;
                }
                if remove(ui, &one.product) {
                    gone = Some(n);
                }
            });
            typing.told(ui, &at);
            typing.told(ui, &format!("{at}.units"));
        });
    }
    if let Some(n) = gone {
        sale.featured.remove(n);
        typing.clear();
    }
    if added {
        sale.featured.push(Featured { product: String::new(), units: 50 });
    }
    if sale.featured.is_empty() {
        remark(ui, "None: everything is in the sale as long as it lasts");
    }
}

fn early(
    ui: &mut Ui,
    sale: &mut SalePlan,
    typing: &mut Typing,
    audiences: &[(String, crate::model::Rule)],
    starts: chrono::NaiveDateTime,
) {
    heading(ui, "Early access", "Who may buy before the sale begins", |_| {});
    let names: Vec<String> =
        std::iter::once("Nobody".to_owned()).chain(audiences.iter().map(|(name, _)| name.clone())).collect();
    let shown = sale.early_access.as_ref().map_or("Nobody", |early| {
        audiences.iter().find(|(_, rule)| *rule == early.audience).map_or("A rule of its own", |(name, _)| name)
    });
    let size = vec2(220.0, theme::of(ui).row().field);
    if let Some(chosen) = choice_dimmed(ui, "Early access for", size, shown, &names, sale.early_access.is_none()) {
        sale.early_access = chosen.checked_sub(1).map(|at| EarlyAccess {
            audience: audiences[at].1.clone(),
            starts: starts.checked_sub_signed(chrono::TimeDelta::days(1)).unwrap_or(starts),
        });
    }
    typing.told(ui, "early_access.audience");
    if let Some(early) = &mut sale.early_access {
        let mut hours = u32::try_from((starts - early.starts).num_hours()).unwrap_or(0);
        typing.count(ui, "early_access.starts", "How much earlier", (120.0, "hours"), &mut hours);
        early.starts = starts.checked_sub_signed(chrono::TimeDelta::hours(i64::from(hours))).unwrap_or(starts);
    }
}
