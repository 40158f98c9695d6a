//! The pages. Navigation, keys, menus, pictures and tests loop over [`PANELS`].

pub mod actions;
pub mod aftermath;
pub mod attribution;
pub mod builder;
pub mod calendar;
pub mod campaigns;
pub mod claims;
pub mod cohorts;
pub mod customer;
pub mod customers;
pub mod definitions;
pub mod discounts;
pub mod document;
pub mod experiments;
pub mod explain;
pub mod forecast;
pub mod framework;
pub mod gallery;
pub mod imports;
pub mod journey;
pub mod kpis;
pub mod lifetime_value;
pub mod media;
pub mod movement;
pub mod paths;
pub mod results;
pub mod rfm;
pub mod roi;
pub mod segments;
pub mod sequences;
pub mod strategy;
pub mod welcome;

use egui::Ui;

use super::cx::Cx;
use super::slot::View;
use super::theme::{Icon, icons};
use super::widgets::card::card_at;
use super::widgets::states::{self, Failure};
use super::widgets::{Button, card};
use crate::model::TooLittle;

/// Names a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PanelId {
    /// The shop's metrics against target and benchmark.
    Kpis,
    /// The framework's five segments.
    Segments,
    /// Saved segments and their rules.
    Builder,
    /// What can be done for each segment.
    Actions,
    /// Recency, frequency, monetary value.
    Rfm,
    /// What customers did after their first order.
    Cohorts,
    /// Who went from which group to which.
    Movement,
    /// What buyers bought first, second, third.
    Paths,
    /// Who depends on discounts.
    Discounts,
    /// What imported campaigns brought.
    Results,
    /// The list of customers.
    Customers,
    /// What customers are worth, and who stays.
    LifetimeValue,
    /// What is planned.
    Campaigns,
    /// Lifecycle sequences and their replay.
    Sequences,
    /// What sales are expected to bring, and what came of them.
    SaleResults,
    /// Tests of what works, from plan to decision.
    Experiments,
    /// Which channels have a part in orders.
    Attribution,
    /// What platforms say they sold.
    Claims,
    /// What spend on advertising adds to sales.
    Media,
    /// What is done at each touchpoint.
    Journey,
    /// What marketing brings, over one set of assumptions.
    Roi,
    /// What is likely to come.
    Forecast,
    /// What is planned when.
    Calendar,
    /// The product framework’s phases, strategies, metrics and cases.
    ProductPlan,
    /// The marketing framework’s checklist, contents and roadmap.
    MarketingPlan,
    /// Why revenue moved, and why a platform tells another figure.
    Explain,
    /// The strategy framework as a form.
    Framework,
    /// The document to hand over.
    Document,
    /// What was imported, and importing.
    Imports,
    /// What the shop means by its words.
    Definitions,
    /// One customer, whoever is open; in no list.
    Customer,
    /// Every widget, for developers; in no list.
    Gallery,
}

/// A page: it builds its data, then draws it.
pub trait Panel {
    /// Draws the page into the space that is left.
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui);

    /// Another page takes its place, or the window closes: what was typed and not yet saved is saved.
    fn leave(&mut self, _: &mut Cx) {}
}

/// A page in the list.
pub struct PanelInfo {
    /// Its name in code.
    pub id: PanelId,
    /// Caption of its group.
    pub group: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// Its icon, outlined.
    pub icon: Icon,
    /// Makes it.
    pub make: fn() -> Box<dyn Panel>,
}

/// Every page, in the order of the navigation.
pub const PANELS: &[PanelInfo] = &[
    PanelInfo {
        id: PanelId::Kpis,
        group: "Overview",
        title: "KPIs",
        icon: icons::KPIS,
        make: || Box::new(kpis::KpisPage::default()),
    },
    PanelInfo {
        id: PanelId::Segments,
        group: "Customers",
        title: "Segments",
        icon: icons::SEGMENTS,
        make: || Box::new(segments::Segments::default()),
    },
    PanelInfo {
        id: PanelId::Rfm,
        group: "Customers",
        title: "RFM",
        icon: icons::RFM,
        make: || Box::new(rfm::RfmPage::default()),
    },
    PanelInfo {
        id: PanelId::Builder,
        group: "Customers",
        title: "Segment builder",
        icon: icons::BUILDER,
        make: || Box::new(builder::Builder::default()),
    },
    PanelInfo {
        id: PanelId::Customers,
        group: "Customers",
        title: "Customers",
        icon: icons::MEMBERS,
        make: || Box::new(customers::Customers::default()),
    },
    PanelInfo {
        id: PanelId::Movement,
        group: "Customers",
        title: "Movement",
        icon: icons::MOVEMENT,
        make: || Box::new(movement::MovementPage::default()),
    },
    PanelInfo {
        id: PanelId::Cohorts,
        group: "Customers",
        title: "Cohorts",
        icon: icons::COHORTS,
        make: || Box::new(cohorts::CohortsPage::default()),
    },
    PanelInfo {
        id: PanelId::Paths,
        group: "Customers",
        title: "Product paths",
        icon: icons::PATHS,
        make: || Box::new(paths::PathsPage::default()),
    },
    PanelInfo {
        id: PanelId::Discounts,
        group: "Customers",
        title: "Discounts",
        icon: icons::DISCOUNT,
        make: || Box::new(discounts::DiscountsPage::default()),
    },
    PanelInfo {
        id: PanelId::LifetimeValue,
        group: "Customers",
        title: "Lifetime value",
        icon: icons::LIFETIME,
        make: || Box::new(lifetime_value::LifetimePage::default()),
    },
    PanelInfo {
        id: PanelId::Actions,
        group: "Customers",
        title: "Next best action",
        icon: icons::ACTIONS,
        make: || Box::new(actions::ActionsPage::default()),
    },
    PanelInfo {
        id: PanelId::Campaigns,
        group: "Plan",
        title: "Campaigns",
        icon: icons::CAMPAIGNS,
        make: || Box::new(campaigns::CampaignsPage::default()),
    },
    PanelInfo {
        id: PanelId::Calendar,
        group: "Plan",
        title: "Calendar",
        icon: icons::PLANNER,
        make: || Box::new(calendar::CalendarPage::default()),
    },
    PanelInfo {
        id: PanelId::Sequences,
        group: "Plan",
        title: "Sequences",
        icon: icons::SEQUENCES,
        make: || Box::new(sequences::SequencesPage::default()),
    },
    PanelInfo {
        id: PanelId::ProductPlan,
        group: "Plan",
        title: "Product plan",
        icon: icons::PRODUCT_PLAN,
        make: || Box::new(strategy::PlanPage::product()),
    },
    PanelInfo {
        id: PanelId::MarketingPlan,
        group: "Plan",
        title: "Marketing plan",
        icon: icons::MARKETING_PLAN,
        make: || Box::new(strategy::PlanPage::marketing()),
    },
    PanelInfo {
        id: PanelId::Results,
        group: "Learn",
        title: "Campaign results",
        icon: icons::RESULTS,
        make: || Box::new(results::ResultsPage::default()),
    },
    PanelInfo {
        id: PanelId::Experiments,
        group: "Learn",
        title: "Experiments",
        icon: icons::EXPERIMENTS,
        make: || Box::new(experiments::ExperimentsPage::default()),
    },
    PanelInfo {
        id: PanelId::SaleResults,
        group: "Learn",
        title: "Sale results",
        icon: icons::SALE_RESULTS,
        make: || Box::new(aftermath::AftermathPage::default()),
    },
    PanelInfo {
        id: PanelId::Journey,
        group: "Learn",
        title: "Journey",
        icon: icons::JOURNEY,
        make: || Box::new(journey::JourneyPage::default()),
    },
    PanelInfo {
        id: PanelId::Attribution,
        group: "Learn",
        title: "Attribution",
        icon: icons::ATTRIBUTION,
        make: || Box::new(attribution::AttributionPage::default()),
    },
    PanelInfo {
        id: PanelId::Claims,
        group: "Learn",
        title: "Claims",
        icon: icons::CLAIMS,
        make: || Box::new(claims::ClaimsPage::default()),
    },
    PanelInfo {
        id: PanelId::Media,
        group: "Learn",
        title: "Media response",
        icon: icons::MEDIA,
        make: || Box::new(media::MediaPage::default()),
    },
    PanelInfo {
        id: PanelId::Roi,
        group: "Money",
        title: "ROI and value",
        icon: icons::ROI,
        make: || Box::new(roi::RoiPage::default()),
    },
    PanelInfo {
        id: PanelId::Forecast,
        group: "Money",
        title: "Forecast",
        icon: icons::FORECAST,
        make: || Box::new(forecast::ForecastPage::default()),
    },
    PanelInfo {
        id: PanelId::Explain,
        group: "Money",
        title: "Explain a change",
        icon: icons::EXPLAIN,
        make: || Box::new(explain::ExplainPage::default()),
    },
    PanelInfo {
        id: PanelId::Framework,
        group: "Hand over",
        title: "Framework",
        icon: icons::FRAMEWORK,
        make: || Box::new(framework::FrameworkPage::default()),
    },
    PanelInfo {
        id: PanelId::Document,
        group: "Hand over",
        title: "Document",
        icon: icons::DOCUMENT,
        make: || Box::new(document::DocumentPage::default()),
    },
    PanelInfo {
        id: PanelId::Imports,
        group: "Data",
        title: "Imports",
        icon: icons::IMPORTS,
        make: || Box::new(imports::Imports::default()),
    },
    PanelInfo {
        id: PanelId::Definitions,
        group: "Data",
        title: "Definitions",
        icon: icons::DEFINITIONS,
        make: || Box::new(definitions::DefinitionsPage::default()),
    },
];

/// Draws every state of a slot but the ready one; with an old value, that one dimmed under the progress.
/// Returns whether the user wants the work stopped.
pub fn draw_slot<T>(
    ui: &mut Ui,
    cx: &mut Cx,
    view: View<T>,
    too_little: (&str, &str),
    mut ready: impl FnMut(&mut Ui, &mut Cx, &T),
) -> bool {
    /// Shorter work than this is not announced: a flash would disturb more than it tells.
    const ANNOUNCE: f32 = 0.2;
    match view {
        View::Ready(value) => ready(ui, cx, &value),
        View::Working(step, Some(old)) if step.seconds < ANNOUNCE => {
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(50));
            ready(ui, cx, &old);
        }
        View::Working(step, Some(old)) => {
            let stop =
                card(ui, |ui| states::working(ui, &step, "The old picture stays until the new one is ready")).inner;
            ui.add_space(ui.spacing().item_spacing.y);
            states::dimmed(ui, true, |ui| ready(ui, cx, &old));
            return stop;
        }
        View::Working(step, None) => return card(ui, |ui| states::working(ui, &step, "")).inner,
        View::TooLittle(missing) => nobody(ui, cx, too_little, &missing),
        View::Failed(why) => {
            let failure = Failure {
                title: "This could not be computed".into(),
                about: too_little.0.to_owned(),
                happened: why,
                safe: "Nothing was changed; your data is as it was".into(),
                to_do: "Try again; if it happens again, copy the details".into(),
            };
            let mut again = false;
            card(ui, |ui| {
                states::failed(ui, &failure, |ui| {
                    again = ui.add(Button::accent("Try again").icon(icons::REFRESH)).clicked()
                });
            });
            if again && let Some(shop) = &mut cx.shop {
                shop.dataset.clear();
                shop.table.clear();
                shop.details.clear();
                shop.lifetime.slot.clear();
            }
        }
    }
    false
}

/// A page before the first import: what belongs there, and the way to it.
pub fn draw_empty(ui: &mut Ui, cx: &mut Cx, icon: Icon, sentence: &str, words: &str) {
    let button = Button::accent("Import files…").icon(icons::DROP).key_of("Import files…");
    let rect = ui.available_rect_before_wrap();
    if card_at(ui, rect, 16.0, |ui| states::empty(ui, icon, sentence, words, button).clicked()) {
        cx.ask_import();
    }
}

/// Nobody to speak of: because the day lies before the first customer, because no file brought any, or else.
fn nobody(ui: &mut Ui, cx: &mut Cx, too_little: (&str, &str), missing: &TooLittle) {
    let Some(shop) = &cx.shop else { return };
    let import = Button::accent("Import files…").icon(icons::DROP).key("Ctrl I");
    let rect = ui.available_rect_before_wrap();
    if shop.wound_to.is_some() {
        let sentence = format!("Nobody was a customer on {}", shop.as_of().display());
        let words = "The as-of date lies before the shop’s first customer";
        let button = Button::accent("Back to the latest day").icon(icons::LATEST);
        if card_at(ui, rect, 16.0, |ui| states::empty(ui, icons::HOURGLASS, &sentence, words, button).clicked()) {
            cx.unwind();
        }
    } else if shop.data().is_some_and(|data| data.customers.id.is_empty()) {
        let (sentence, words) = ("No customers yet", "They come with the orders and customers you import");
        if card_at(ui, rect, 16.0, |ui| states::empty(ui, icons::MEMBERS, sentence, words, import).clicked()) {
            cx.ask_import();
        }
    } else if card(ui, |ui| states::too_little(ui, too_little.0, too_little.1, missing, import)).inner.clicked() {
        cx.ask_import();
    }
}

/// While not even an old value is there.
pub fn draw_waiting(ui: &mut Ui, cx: &mut Cx) {
    let Some(shop) = &cx.shop else { return };
    if let View::Working(step, _) = shop.dataset.view()
        && card(ui, |ui| states::working(ui, &step, "")).inner
        && let Some(shop) = &mut cx.shop
    {
        shop.stop();
    }
}
