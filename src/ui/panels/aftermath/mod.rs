//! Sale results: what a saved sale is expected to bring, how it goes on, and what came of it.

mod after;
mod before;
mod course;
mod during;

use std::sync::Arc;

use egui::Ui;

use self::after::AfterTables;
use self::before::Prices;
use self::during::DuringTables;
use super::{Panel, PanelId, draw_empty, draw_slot, draw_waiting};
use crate::model::campaign::{Campaign, MetricKind, Target};
use crate::model::plan::Expected;
use crate::model::{Day, SalePlan};
use crate::ops::sale_results::{SaleResults, Stage};
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::shop::TableKey;
use crate::ui::slot::Slot;
use crate::ui::theme::{self, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::form::choice;
use crate::ui::widgets::{Button, page_header, scrolled, states};
use crate::workspace::plans::SavedCampaign;

/// The page and what it remembers.
pub struct AftermathPage {
    /// Row of the campaign that is looked at; the latest sale when it is gone.
    chosen: Option<i64>,
    found: Slot<(TableKey, SalePlan), Arc<SaleResults>>,
    prices: Prices,
    during: DuringTables,
    after: AfterTables,
}

impl Default for AftermathPage {
    fn default() -> Self {
        Self {
            chosen: None,
            found: Slot::new("Looking at the sale"),
            prices: Prices::default(),
            during: DuringTables::default(),
            after: AfterTables::default(),
        }
    }
}

/// A saved sale, as it was when it began.
#[derive(Clone)]
struct Sale {
    saved: SavedCampaign,
    plan: SalePlan,
    expected: Option<Expected>,
}

impl Panel for AftermathPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let (empty, sales) = (shop.is_empty(), sales(&shop.facts.campaigns));
        let at = sales.iter().position(|sale| Some(sale.saved.id) == self.chosen).or(sales.len().checked_sub(1));
        page_header(ui, "Sale results", &line(at.map(|at| &sales[at])), |ui| {
            if let Some(at) = at {
                let names: Vec<String> = sales.iter().map(|sale| sale.saved.campaign.name.clone()).collect();
                if let Some(other) = choice(ui, "Sale", 260.0, &names[at], &names) {
                    self.chosen = Some(sales[other].saved.id);
                }
            }
        });
        if empty {
            let words = "They hold a sale against what its days would have brought anyway";
            return draw_empty(ui, cx, icons::SALE_RESULTS, "No sale results yet", words);
        }
        if shop.data().is_none() {
            return draw_waiting(ui, cx);
        }
        let Some(sale) = at.map(|at| sales[at].clone()) else { return no_sale(cx, ui) };
        self.ask(cx, &sale);
        let about = ("Too little data for this sale", "A baseline takes the days before it, a result the days of it");
        let view = self.found.view();
        let target = target(cx, &sale.saved.campaign);
        let stop = draw_slot(ui, cx, view, about, |ui, cx, found| self.ready(cx, ui, found, target));
        if stop {
            self.found.stop();
        }
    }
}

/// Saved sales that are not put away, oldest first. A sale that has begun is read as it was planned then.
fn sales(campaigns: &[SavedCampaign]) -> Vec<Sale> {
    let kept = campaigns.iter().filter(|saved| !saved.campaign.archived);
    let begun = |saved: &SavedCampaign| match &saved.campaign.frozen {
        Some(frozen) => Some((frozen.plan.clone(), frozen.expected.clone())),
        None => Some((saved.campaign.sale_plan()?, None)),
    };
    kept.filter_map(|saved| {
        let (plan, expected) = begun(saved)?;
        Some(Sale { saved: saved.clone(), plan, expected })
    })
    .collect()
}

fn line(sale: Option<&Sale>) -> String {
    let Some(Sale { plan, .. }) = sale else { return "What a sale is expected to bring, and what came of it".into() };
    let moment =
        |at: chrono::NaiveDateTime| format!("{} {}", locale::date(Day::from_date(at.date())), at.format("%H:%M"));
    format!("{} – {}", moment(plan.starts), moment(plan.ends))
}

/// The revenue that the campaign is to reach, minor units of the shop's currency.
fn target(cx: &Cx, campaign: &Campaign) -> Option<i64> {
    let definitions = &cx.shop.as_ref()?.facts.definitions;
    let metric = campaign.metrics.iter().find(|metric| metric.kind == MetricKind::Revenue)?;
    match &metric.target {
        Target::Amount(amount) => definitions.convert(amount.minor, amount.currency),
        _ => None,
    }
}

fn no_sale(cx: &mut Cx, ui: &mut Ui) {
    let rect = ui.available_rect_before_wrap();
    let words = "A sale event among the campaigns is told of here: before it, while it runs, and afterwards";
    let button = Button::accent("Open the campaigns").icon(icons::ARROW_RIGHT);
    if card_at(ui, rect, 16.0, |ui| {
        states::empty(ui, icons::SALE_RESULTS, "No sale is planned yet", words, button).clicked()
    }) {
        cx.go(PanelId::Campaigns);
    }
}

impl AftermathPage {
    fn ask(&mut self, cx: &Cx, sale: &Sale) {
        let Some(shop) = &cx.shop else { return };
        let key = (shop.table_key(), sale.plan.clone());
        let (plan, expected) = (sale.plan.clone(), sale.expected.clone());
        let as_of = shop.as_of();
        self.found.ask(key, || {
            cx.from_session(move |home, progress| {
                Ok(home.session()?.sale_results(&plan, expected.as_ref(), Some(as_of), progress)?.map(Arc::new))
            })
        });
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Arc<SaleResults>, target: Option<i64>) {
        let t = theme::of(ui);
        scrolled(ui, t.space().x4, |ui| {
            ui.spacing_mut().item_spacing.y = t.space().x3;
            match &found.stage {
                Stage::Before(outlook) => self.prices.show(cx, ui, found, outlook, target),
                Stage::During(pacing) => self.during.show(cx, ui, found, pacing, target),
                Stage::After(found_after) => self.after.show(cx, ui, found, found_after),
            }
        });
    }
}
