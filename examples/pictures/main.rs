//! Renders every page and state of the window, light and dark, as pictures of 1440 × 900.
//!
//! `cargo run --release --example pictures -- FOLDER [1280x720] [2x] [NAME…]` renders those whose name contains one of
//! the words, in that size. With `2x` two pixels make a point, and the pictures stay 1440 × 900 pixels: 720 × 450 points.
#![allow(clippy::expect_used, reason = "a tool for developers may stop at the first surprise")]

mod calendar;
mod campaign_sequences;
mod campaigns;
mod customers;
mod experiments;
mod explained;
mod framework;
#[path = "../../tests/it/window/headless.rs"]
mod headless;
mod journeys;
mod money;
mod sales;
mod shell;
mod steps;
mod strategy;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use calendar::*;
use campaign_sequences::*;
use campaigns::*;
use cartwright::ui::commands::COMMANDS;
use cartwright::ui::panels::{PANELS, PanelId};
use customers::*;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, Queryable as _};
use experiments as ex;
use headless::{Window, app, settle, wait, window};
use sales::*;
use shell::*;
use steps::*;

/// A picture: its name, and what brings the window there. The sample shop is open at the start when `shop`.
struct Picture {
    name: &'static str,
    shop: Start,
    prepare: fn(&mut Window, &Path),
}

#[derive(Clone, Copy, PartialEq)]
enum Start {
    Welcome,
    Blank,
    Sample,
}

const PICTURES: &[Picture] = &[
    Picture { name: "welcome", shop: Start::Welcome, prepare: |_, _| {} },
    Picture { name: "welcome-recent", shop: Start::Sample, prepare: recent },
    Picture { name: "welcome-path", shop: Start::Welcome, prepare: |w, _| click(w, "Type a path…") },
    Picture { name: "kpis", shop: Start::Sample, prepare: |w, _| page(w, "KPIs") },
    Picture { name: "roi and value", shop: Start::Sample, prepare: |w, _| page(w, "ROI and value") },
    Picture { name: "kpis-catalogue", shop: Start::Sample, prepare: money::catalogue },
    Picture { name: "kpis-metric", shop: Start::Sample, prepare: money::metric },
    Picture { name: "kpis-arrange", shop: Start::Sample, prepare: money::arrange },
    Picture { name: "kpis-empty", shop: Start::Blank, prepare: |w, _| page(w, "KPIs") },
    Picture { name: "roi-below", shop: Start::Sample, prepare: money::roi_below },
    Picture { name: "roi-compare", shop: Start::Sample, prepare: money::compare },
    Picture { name: "roi-own", shop: Start::Sample, prepare: money::own },
    Picture { name: "roi-ads", shop: Start::Sample, prepare: |w, _| money::calculator(w, "ROAS and MER") },
    Picture { name: "roi-technology", shop: Start::Sample, prepare: money::technology },
    Picture { name: "roi-empty", shop: Start::Blank, prepare: |w, _| page(w, "ROI and value") },
    Picture { name: "forecast", shop: Start::Sample, prepare: |w, _| page(w, "Forecast") },
    Picture { name: "forecast-below", shop: Start::Sample, prepare: money::forecast_below },
    Picture { name: "forecast-demand", shop: Start::Sample, prepare: |w, _| money::tab(w, "Demand and stock") },
    Picture { name: "forecast-prices", shop: Start::Sample, prepare: |w, _| money::tab(w, "Prices") },
    Picture { name: "forecast-empty", shop: Start::Blank, prepare: |w, _| page(w, "Forecast") },
    Picture { name: "segments", shop: Start::Sample, prepare: |w, _| page(w, "Segments") },
    Picture { name: "segments-figure", shop: Start::Sample, prepare: figure },
    Picture { name: "segments-rows", shop: Start::Sample, prepare: rows },
    Picture { name: "segments-customers", shop: Start::Sample, prepare: customer_rows },
    Picture { name: "segments-cutoffs", shop: Start::Sample, prepare: cutoffs },
    Picture { name: "segments-wound-back", shop: Start::Sample, prepare: wound_back },
    Picture { name: "segments-compared", shop: Start::Sample, prepare: compared },
    Picture { name: "customers-compared", shop: Start::Sample, prepare: customers_compared },
    Picture {
        name: "segment builder",
        shop: Start::Sample,
        prepare: |w, _| builder(w, "Lapsed tea and coffee buyers"),
    },
    Picture { name: "builder-nested", shop: Start::Sample, prepare: |w, _| builder(w, "Win back") },
    Picture { name: "builder-members", shop: Start::Sample, prepare: builder_members },
    Picture { name: "builder-new", shop: Start::Sample, prepare: builder_new },
    Picture { name: "builder-fields", shop: Start::Sample, prepare: builder_fields },
    Picture { name: "builder-overlap", shop: Start::Sample, prepare: builder_overlap },
    Picture { name: "builder-suggestions", shop: Start::Sample, prepare: builder_suggestions },
    Picture { name: "builder-export", shop: Start::Sample, prepare: builder_export },
    Picture { name: "builder-customers", shop: Start::Sample, prepare: builder_customers },
    Picture { name: "builder-empty", shop: Start::Blank, prepare: |w, _| page(w, "Segment builder") },
    Picture { name: "next best action", shop: Start::Sample, prepare: |w, _| page(w, "Next best action") },
    Picture { name: "next-best-action-empty", shop: Start::Blank, prepare: |w, _| page(w, "Next best action") },
    Picture { name: "rfm", shop: Start::Sample, prepare: |w, _| page(w, "RFM") },
    Picture { name: "rfm-cell", shop: Start::Sample, prepare: rfm_cell },
    Picture { name: "rfm-cutoffs", shop: Start::Sample, prepare: rfm_cutoffs },
    Picture { name: "rfm-empty", shop: Start::Blank, prepare: |w, _| page(w, "RFM") },
    Picture { name: "movement", shop: Start::Sample, prepare: |w, _| page(w, "Movement") },
    Picture { name: "cohorts", shop: Start::Sample, prepare: |w, _| page(w, "Cohorts") },
    Picture { name: "cohorts-product", shop: Start::Sample, prepare: cohorts_by_product },
    Picture { name: "cohorts-spend", shop: Start::Sample, prepare: cohorts_by_spend },
    Picture { name: "cohorts-code", shop: Start::Sample, prepare: cohorts_by_code },
    Picture { name: "product paths", shop: Start::Sample, prepare: |w, _| page(w, "Product paths") },
    Picture { name: "paths-returning", shop: Start::Sample, prepare: paths_returning },
    Picture { name: "paths-chosen", shop: Start::Sample, prepare: paths_chosen },
    Picture { name: "paths-empty", shop: Start::Blank, prepare: |w, _| page(w, "Product paths") },
    Picture { name: "discounts", shop: Start::Sample, prepare: |w, _| page(w, "Discounts") },
    Picture { name: "discounts-chosen", shop: Start::Sample, prepare: discounts_chosen },
    Picture { name: "customers", shop: Start::Sample, prepare: |w, _| page(w, "Customers") },
    Picture { name: "customers-search", shop: Start::Sample, prepare: search },
    Picture { name: "customers-range", shop: Start::Sample, prepare: range },
    Picture { name: "customers-columns", shop: Start::Sample, prepare: columns },
    Picture { name: "customers-cell-menu", shop: Start::Sample, prepare: cell_menu },
    Picture { name: "customer-often", shop: Start::Sample, prepare: |w, _| customer(w, true) },
    Picture { name: "customer-lines", shop: Start::Sample, prepare: customer_lines },
    Picture { name: "customer-never-bought", shop: Start::Sample, prepare: |w, _| customer(w, false) },
    Picture { name: "customer-erase", shop: Start::Sample, prepare: customer_erase },
    Picture { name: "customer-export", shop: Start::Sample, prepare: customer_export },
    Picture { name: "customer-merged", shop: Start::Blank, prepare: customer_merged },
    Picture { name: "lifetime value", shop: Start::Sample, prepare: |w, _| page(w, "Lifetime value") },
    Picture { name: "lifetime-value-pareto", shop: Start::Sample, prepare: lifetime_pareto },
    Picture { name: "lifetime-value-figure", shop: Start::Sample, prepare: lifetime_figure },
    Picture { name: "lifetime-value-few", shop: Start::Blank, prepare: lifetime_few },
    Picture { name: "lifetime-value-empty", shop: Start::Blank, prepare: |w, _| page(w, "Lifetime value") },
    Picture { name: "lifetime-value-too-little", shop: Start::Blank, prepare: lifetime_too_little },
    Picture { name: "campaigns", shop: Start::Sample, prepare: campaigns_list },
    Picture { name: "campaigns-empty", shop: Start::Blank, prepare: |w, _| page(w, "Campaigns") },
    Picture { name: "campaign-plan", shop: Start::Sample, prepare: |w, _| sale(w, "Plan") },
    Picture { name: "campaign-offers", shop: Start::Sample, prepare: |w, _| sale(w, "Offers") },
    Picture { name: "campaign-audience", shop: Start::Sample, prepare: |w, _| sale(w, "Audience") },
    Picture { name: "campaign-tasks", shop: Start::Sample, prepare: |w, _| sale(w, "Tasks") },
    Picture { name: "campaign-replay", shop: Start::Sample, prepare: |w, _| sale(w, "Replay") },
    Picture { name: "campaign-variants", shop: Start::Sample, prepare: variants },
    Picture { name: "campaign-wrong", shop: Start::Sample, prepare: wrong },
    Picture { name: "campaign-review", shop: Start::Sample, prepare: |w, _| sale(w, "Review") },
    Picture { name: "attribution", shop: Start::Sample, prepare: |w, _| page(w, "Attribution") },
    Picture { name: "attribution-channel", shop: Start::Sample, prepare: journeys::channel },
    Picture { name: "attribution-transitions", shop: Start::Sample, prepare: journeys::transitions },
    Picture { name: "attribution-names", shop: Start::Sample, prepare: journeys::names },
    Picture { name: "attribution-empty", shop: Start::Blank, prepare: |w, _| page(w, "Attribution") },
    Picture { name: "claims", shop: Start::Sample, prepare: |w, _| page(w, "Claims") },
    Picture { name: "explain a change", shop: Start::Sample, prepare: |w, _| page(w, "Explain a change") },
    Picture { name: "explain-channel", shop: Start::Sample, prepare: explained::by_channel },
    Picture { name: "explain-product", shop: Start::Sample, prepare: explained::by_product },
    Picture { name: "explain-own", shop: Start::Sample, prepare: explained::own_periods },
    Picture { name: "explain-empty", shop: Start::Blank, prepare: |w, _| page(w, "Explain a change") },
    Picture { name: "explain-difference", shop: Start::Sample, prepare: explained::difference },
    Picture { name: "explain-says", shop: Start::Sample, prepare: explained::says },
    Picture { name: "media response", shop: Start::Sample, prepare: |w, _| page(w, "Media response") },
    Picture { name: "journey", shop: Start::Sample, prepare: journeys::matrix },
    Picture { name: "journey-cell", shop: Start::Sample, prepare: journeys::cell },
    Picture { name: "journey-lanes", shop: Start::Sample, prepare: journeys::lanes },
    Picture { name: "journey-table", shop: Start::Sample, prepare: journeys::table },
    Picture { name: "journey-revenue", shop: Start::Sample, prepare: journeys::revenue },
    Picture { name: "journey-funnel", shop: Start::Sample, prepare: journeys::funnel },
    Picture { name: "journey-omnichannel", shop: Start::Sample, prepare: |w, _| journeys::tab(w, "Omnichannel") },
    Picture { name: "journey-content", shop: Start::Sample, prepare: |w, _| journeys::tab(w, "Dynamic content") },
    Picture { name: "journey-empty", shop: Start::Blank, prepare: |w, _| page(w, "Journey") },
    Picture { name: "campaign results", shop: Start::Sample, prepare: |w, _| page(w, "Campaign results") },
    Picture { name: "campaign-results-weekday", shop: Start::Sample, prepare: results_by_weekday },
    Picture { name: "campaign-results-empty", shop: Start::Blank, prepare: |w, _| page(w, "Campaign results") },
    Picture { name: "sequences-none", shop: Start::Sample, prepare: |w, _| page(w, "Sequences") },
    Picture { name: "sequences", shop: Start::Sample, prepare: |w, _| sequences(w) },
    Picture { name: "sequences-end", shop: Start::Sample, prepare: sequences_end },
    Picture { name: "sequences-editor", shop: Start::Sample, prepare: sequences_editor },
    Picture { name: "sequences-limits", shop: Start::Sample, prepare: sequences_limits },
    Picture { name: "sequences-empty", shop: Start::Blank, prepare: |w, _| page(w, "Sequences") },
    Picture { name: "sale results", shop: Start::Sample, prepare: sale_after },
    Picture { name: "experiments", shop: Start::Sample, prepare: |w, _| page(w, "Experiments") },
    Picture { name: "experiments-empty", shop: Start::Blank, prepare: |w, _| page(w, "Experiments") },
    Picture { name: "experiment-plan", shop: Start::Sample, prepare: |w, _| ex::experiment(w, ex::BAR, "Plan") },
    Picture { name: "experiment-data", shop: Start::Sample, prepare: |w, _| ex::experiment(w, ex::CHECKOUT, "Data") },
    Picture { name: "experiment-result", shop: Start::Sample, prepare: |w, _| ex::experiment(w, ex::BAR, "Result") },
    Picture { name: "experiment-bayesian", shop: Start::Sample, prepare: ex::bayesian },
    Picture { name: "experiment-several", shop: Start::Sample, prepare: |w, _| ex::experiment(w, ex::MAIL, "Result") },
    Picture {
        name: "experiment-totals",
        shop: Start::Sample,
        prepare: |w, _| ex::experiment(w, ex::CHECKOUT, "Result"),
    },
    Picture {
        name: "experiment-decision",
        shop: Start::Sample,
        prepare: |w, _| ex::experiment(w, ex::CHECKOUT, "Decision"),
    },
    Picture { name: "experiment-file", shop: Start::Sample, prepare: ex::file },
    Picture { name: "sale-results-before", shop: Start::Sample, prepare: sale_before },
    Picture { name: "sale-results-during", shop: Start::Sample, prepare: sale_during },
    Picture { name: "sale-results-too-early", shop: Start::Sample, prepare: sale_too_early },
    Picture { name: "sale-results-none", shop: Start::Blank, prepare: sale_none },
    Picture { name: "sale-results-empty", shop: Start::Blank, prepare: |w, _| page(w, "Sale results") },
    Picture { name: "calendar", shop: Start::Sample, prepare: |w, _| page(w, "Calendar") },
    Picture { name: "calendar-red-week", shop: Start::Sample, prepare: |w, _| calendar(w, "above the contact limit") },
    Picture { name: "calendar-chosen", shop: Start::Sample, prepare: |w, _| calendar(w, "At-risk win-back") },
    Picture { name: "calendar-week", shop: Start::Sample, prepare: |w, _| calendar(w, "Week") },
    Picture { name: "calendar-month", shop: Start::Sample, prepare: |w, _| calendar(w, "Month") },
    Picture { name: "calendar-year", shop: Start::Sample, prepare: |w, _| calendar(w, "Year") },
    Picture { name: "calendar-filter", shop: Start::Sample, prepare: |w, _| calendar(w, "Filter") },
    Picture { name: "calendar-content", shop: Start::Sample, prepare: |w, _| calendar(w, "Content") },
    Picture { name: "calendar-empty", shop: Start::Blank, prepare: |w, _| page(w, "Calendar") },
    Picture { name: "framework", shop: Start::Sample, prepare: framework::filled },
    Picture { name: "framework-find", shop: Start::Sample, prepare: framework::find },
    Picture { name: "framework-options", shop: Start::Sample, prepare: framework::options },
    Picture { name: "framework-export", shop: Start::Sample, prepare: framework::export },
    Picture { name: "framework-kpis", shop: Start::Sample, prepare: |w, _| framework::section(w, "10 ") },
    Picture { name: "framework-empty", shop: Start::Blank, prepare: |w, _| framework::section(w, "Company") },
    Picture { name: "product plan", shop: Start::Sample, prepare: |w, _| strategy::part(w, "Product plan", "Phases") },
    Picture { name: "product-plan-item", shop: Start::Sample, prepare: strategy::item },
    Picture {
        name: "product-plan-focus",
        shop: Start::Sample,
        prepare: |w, _| strategy::part(w, "Product plan", "Focus"),
    },
    Picture {
        name: "product-plan-strategies",
        shop: Start::Sample,
        prepare: |w, _| strategy::part(w, "Product plan", "Strategies"),
    },
    Picture {
        name: "product-plan-metrics",
        shop: Start::Sample,
        prepare: |w, _| strategy::part(w, "Product plan", "Metrics and data"),
    },
    Picture {
        name: "product-plan-cases",
        shop: Start::Sample,
        prepare: |w, _| strategy::part(w, "Product plan", "Cases"),
    },
    Picture { name: "product-plan-case", shop: Start::Sample, prepare: strategy::case },
    Picture { name: "product-plan-empty", shop: Start::Blank, prepare: |w, _| page(w, "Product plan") },
    Picture {
        name: "marketing plan",
        shop: Start::Sample,
        prepare: |w, _| strategy::part(w, "Marketing plan", "Checklist"),
    },
    Picture {
        name: "marketing-plan-lifecycle",
        shop: Start::Sample,
        prepare: |w, _| strategy::part(w, "Marketing plan", "Lifecycle"),
    },
    Picture {
        name: "marketing-plan-content",
        shop: Start::Sample,
        prepare: |w, _| strategy::part(w, "Marketing plan", "Content"),
    },
    Picture {
        name: "marketing-plan-market",
        shop: Start::Sample,
        prepare: |w, _| strategy::part(w, "Marketing plan", "Market"),
    },
    Picture {
        name: "marketing-plan-metrics",
        shop: Start::Sample,
        prepare: |w, _| strategy::part(w, "Marketing plan", "Metrics and stack"),
    },
    Picture {
        name: "marketing-plan-roadmap",
        shop: Start::Sample,
        prepare: |w, _| strategy::part(w, "Marketing plan", "Roadmap"),
    },
    Picture { name: "marketing-plan-card", shop: Start::Sample, prepare: strategy::card },
    Picture { name: "marketing-plan-empty", shop: Start::Blank, prepare: |w, _| page(w, "Marketing plan") },
    Picture { name: "document", shop: Start::Sample, prepare: |w, _| page(w, "Document") },
    Picture { name: "document-end", shop: Start::Sample, prepare: document_end },
    Picture { name: "imports", shop: Start::Sample, prepare: |w, _| page(w, "Imports") },
    Picture { name: "definitions", shop: Start::Sample, prepare: |w, _| page(w, "Definitions") },
    Picture { name: "definitions-moves", shop: Start::Sample, prepare: moves },
    Picture { name: "import-columns", shop: Start::Blank, prepare: |w, dir| import(w, &[question_file(dir)]) },
    Picture { name: "import-spend", shop: Start::Blank, prepare: |w, dir| import(w, &[spend_file(dir)]) },
    Picture { name: "import-settled", shop: Start::Blank, prepare: settled },
    Picture { name: "import-files", shop: Start::Blank, prepare: several },
    Picture { name: "import-working", shop: Start::Blank, prepare: working },
    Picture { name: "import-result", shop: Start::Blank, prepare: result },
    Picture { name: "import-failed", shop: Start::Blank, prepare: |w, dir| import(w, &[no_table(dir)]) },
    Picture { name: "import-first", shop: Start::Welcome, prepare: settled },
    Picture { name: "import-from-sample", shop: Start::Sample, prepare: |w, dir| import(w, &[question_file(dir)]) },
    Picture { name: "new-shop", shop: Start::Welcome, prepare: |w, _| app(w).cx.ask_new_shop() },
    Picture { name: "notice", shop: Start::Welcome, prepare: notice },
    Picture { name: "import-becomes", shop: Start::Blank, prepare: becomes },
    Picture { name: "import-zone", shop: Start::Blank, prepare: zone },
    Picture { name: "segments-empty", shop: Start::Blank, prepare: |w, _| page(w, "Segments") },
    Picture { name: "segments-too-little", shop: Start::Blank, prepare: too_little },
    Picture { name: "customers-empty", shop: Start::Blank, prepare: |w, _| page(w, "Customers") },
    Picture { name: "document-empty", shop: Start::Blank, prepare: |w, _| page(w, "Document") },
    Picture { name: "imports-empty", shop: Start::Blank, prepare: |w, _| page(w, "Imports") },
    Picture { name: "menu", shop: Start::Sample, prepare: |w, _| click(w, "File") },
    Picture { name: "palette", shop: Start::Sample, prepare: |w, _| palette(w, "") },
    Picture { name: "palette-typed", shop: Start::Sample, prepare: |w, _| palette(w, "seg") },
    Picture { name: "palette-customer", shop: Start::Sample, prepare: |w, _| palette(w, "al") },
    Picture { name: "palette-off", shop: Start::Welcome, prepare: |w, _| palette(w, "un") },
    Picture { name: "gallery-cards", shop: Start::Blank, prepare: |w, _| gallery(w, "Cards") },
    Picture { name: "gallery-charts", shop: Start::Blank, prepare: gallery_charts },
    Picture { name: "gallery-flows", shop: Start::Blank, prepare: |w, _| gallery(w, "Flows") },
    Picture { name: "gallery-table", shop: Start::Blank, prepare: gallery_table },
    Picture { name: "gallery-sheets", shop: Start::Blank, prepare: |w, _| gallery(w, "Sheets") },
    Picture { name: "gallery-controls", shop: Start::Blank, prepare: gallery_controls },
    Picture { name: "gallery-drawer", shop: Start::Blank, prepare: gallery_drawer },
    Picture { name: "setup", shop: Start::Sample, prepare: setup },
    Picture { name: "reading-copy", shop: Start::Blank, prepare: reading_copy },
    Picture { name: "settings", shop: Start::Sample, prepare: settings },
    Picture { name: "as-of-date", shop: Start::Sample, prepare: |w, _| click(w, "Choose the as-of date") },
    Picture { name: "german", shop: Start::Sample, prepare: german },
    Picture { name: "zoom-200", shop: Start::Sample, prepare: |w, _| zoom(w, 200) },
    Picture { name: "zoom-75", shop: Start::Sample, prepare: |w, _| zoom(w, 75) },
    Picture { name: "history", shop: Start::Blank, prepare: history },
    Picture { name: "shortcuts", shop: Start::Sample, prepare: |w, _| w.key_press(Key::F1) },
    Picture { name: "framework-typed", shop: Start::Sample, prepare: framework::typed },
    Picture { name: "framework-both", shop: Start::Sample, prepare: framework::both },
    Picture { name: "framework-versions", shop: Start::Sample, prepare: framework::versions },
    Picture { name: "framework-compare", shop: Start::Sample, prepare: framework::compare },
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let out = PathBuf::from(args.next().unwrap_or_else(|| "pictures".into()));
    let (sizes, rest): (Vec<String>, Vec<String>) = args.partition(|arg| size(arg).is_some());
    let (scales, wanted): (Vec<String>, Vec<String>) = rest.into_iter().partition(|arg| scale(arg).is_some());
    std::fs::create_dir_all(&out)?;
    assert!(PANELS.iter().all(|p| PICTURES.iter().any(|pic| pic.name == p.title.to_lowercase())));
    assert!(!COMMANDS.is_empty());
    for look in [egui::Theme::Light, egui::Theme::Dark] {
        let side = if look == egui::Theme::Dark { "dark" } else { "light" };
        let folder = tempfile::tempdir()?;
        for (n, picture) in PICTURES.iter().enumerate() {
            if !wanted.is_empty() && !wanted.iter().any(|word| picture.name.contains(word.as_str())) {
                continue;
            }
            // What an earlier picture left open or chose is not to be seen in this one.
            let _ = std::fs::remove_file(folder.path().join("settings.json"));
            let mut w = window(folder.path(), look);
            if let Some(size) = sizes.first().and_then(|arg| size(arg)) {
                w.set_size(size);
            }
            if let Some(scale) = scales.first().and_then(|arg| scale(arg)) {
                w.set_pixels_per_point(scale);
            }
            settle(&mut w);
            match picture.shop {
                Start::Welcome => {}
                Start::Blank => app(&mut w).cx.new_shop("My shop"),
                Start::Sample => app(&mut w).cx.open_sample(),
            }
            settle(&mut w);
            (picture.prepare)(&mut w, folder.path());
            if picture.name != "import-working" {
                settle(&mut w);
            }
            let path = out.join(format!("{:02}-{}-{side}.png", n + 1, picture.name));
            w.render()?.save(&path)?;
            println!("{}", path.display());
        }
    }
    Ok(())
}

/// `1280x720`
fn size(arg: &str) -> Option<egui::Vec2> {
    let (width, height) = arg.split_once('x')?;
    Some(egui::vec2(width.parse().ok()?, height.parse().ok()?))
}

/// `2x`
fn scale(arg: &str) -> Option<f32> {
    arg.strip_suffix('x')?.parse().ok()
}
