//! `forecast demand` and `forecast prices`.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use super::as_json;
use crate::analytics::demand::{self, Demand, ProductDemand, said};
use crate::analytics::price_response::{self, PriceResponse, ProductResponse, said as prices_said};
use crate::cli::args::day;
use crate::cli::output;
use crate::cli::segments::too_little;
use crate::jobs::Progress;
use crate::model::{Day, Locale};
use crate::ops::Session;
use crate::workspace::Access;

#[derive(Args)]
pub struct DemandArgs {
    #[command(flatten)]
    shown: Shown,
    /// Days from an order to its delivery
    #[arg(long, default_value_t = 14, value_parser = clap::value_parser!(u32).range(0..=365))]
    lead_days: u32,
    /// Days between two looks at the stock
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=365))]
    review_days: u32,
    /// Chance with which stock is to last, 0.5 to 0.999
    #[arg(long, default_value_t = 0.95)]
    service: f64,
}

#[derive(Args)]
pub struct PricesArgs {
    #[command(flatten)]
    shown: Shown,
    /// Days that a stock should last; more is overstock
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    target_days: u32,
}

/// Which products are shown.
#[derive(Args)]
struct Shown {
    /// Workspace
    file: PathBuf,
    /// Only products whose name contains this
    #[arg(long)]
    product: Option<String>,
    /// At most so many
    #[arg(long, default_value_t = 30)]
    top: usize,
    /// All facts up to the end of this day; the last day with an order when left out
    #[arg(long, value_parser = day)]
    as_of: Option<Day>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Shown {
    /// Positions of those that are shown, each with its name.
    fn of(&self, session: &mut Session, products: &[u32]) -> Result<Vec<(usize, String)>> {
        let names = match self.product {
            Some(_) => session.product_names(products.iter().copied())?,
            None => session.product_names(products.iter().take(self.top).copied())?,
        };
        let part = self.product.as_deref().unwrap_or_default().to_lowercase();
        let named = names.into_iter().enumerate().filter(|(_, name)| name.to_lowercase().contains(&part));
        let shown: Vec<(usize, String)> = named.take(self.top).collect();
        if shown.is_empty() {
            bail!("no product whose name contains “{part}” was sold lately");
        }
        Ok(shown)
    }
}

pub fn demand(args: &DemandArgs) -> Result<()> {
    if !(0.5..=0.999).contains(&args.service) {
        bail!("a chance of {} cannot be planned for; --service takes 0.5 to 0.999", args.service);
    }
    let mut session = Session::open(&args.shown.file, Access::Read)?;
    let settings = demand::Settings { lead_days: args.lead_days, review_days: args.review_days, service: args.service };
    let progress = Progress::none();
    let _meter = output::Meter::start("Reading demand", &progress);
    let found = session.demand(&settings, args.shown.as_of, &progress)?.map_err(|missing| too_little(&missing))?;
    let products: Vec<u32> = found.products.iter().map(|product| product.product).collect();
    let shown = args.shown.of(&mut session, &products)?;
    if args.shown.json { output::json(&as_json::demand(&found, &shown)) } else { print_demand(&found, &shown) }
}

fn print_demand(found: &Demand, shown: &[(usize, String)]) -> Result<()> {
    output::line(format!(
        "Demand as of {}, delivery after {}, service {}",
        found.as_of.display(),
        said::days(f64::from(found.settings.lead_days)),
        output::percent(Some(found.settings.service))
    ))?;
    output::line(said::verdict(found))?;
    output::line(said::held_out(found))?;
    output::line("")?;
    let row = |(at, name): &(usize, String)| {
        let product: &ProductDemand = &found.products[*at];
        let (rate, until, rule) = match &product.expected {
            Ok(expected) => {
                let (low, high) = expected.within_95;
                let until = format!("{} ({}–{})", said::units(expected.units), said::units(low), said::units(high));
                (said::units(expected.per_week), until, expected.rule.name().to_owned())
            }
            Err(missing) => ("—".into(), "—".into(), said::missing(missing)),
        };
        vec![name.clone(), said::units(product.units), rate, until, rule, said::stock(product)]
    };
    let rows: Vec<_> = shown.iter().map(row).collect();
    let header = ["Product", "Units in 52 weeks", "A week", "Until the delivery after next look", "Rule", "Stock"];
    output::line(output::table(&header, &rows, &[0, 4, 5]))?;
    output::line("")?;
    found.notes.iter().try_for_each(output::line)
}

pub fn prices(args: &PricesArgs) -> Result<()> {
    let mut session = Session::open(&args.shown.file, Access::Read)?;
    let settings = price_response::Settings { target_days: args.target_days };
    let progress = Progress::none();
    let _meter = output::Meter::start("Comparing prices with demand", &progress);
    let found =
        session.price_response(&settings, args.shown.as_of, &progress)?.map_err(|missing| too_little(&missing))?;
    let products: Vec<u32> = found.products.iter().map(|product| product.product).collect();
    let shown = args.shown.of(&mut session, &products)?;
    if args.shown.json { output::json(&as_json::prices(&found, &shown)) } else { print_prices(&found, &shown) }
}

fn print_prices(found: &PriceResponse, shown: &[(usize, String)]) -> Result<()> {
    output::line(format!("Response to prices as of {}", found.as_of.display()))?;
    output::line(prices_said::verdict(found))?;
    output::line("")?;
    let money = |minor: f64| found.currency.display(minor.round() as i64);
    let row = |(at, name): &(usize, String)| {
        let product: &ProductResponse = &found.products[*at];
        vec![
            name.clone(),
            said::units(product.units),
            product
                .prices
                .map_or_else(|| "—".to_owned(), |prices| format!("{}–{}", money(prices.low), money(prices.high))),
            product.elasticity.map_or_else(|| "—".to_owned(), |told| prices_said::told(&told)),
            prices_said::product(product),
            product.hint.map_or_else(|| "—".to_owned(), |hint| prices_said::hint(&hint, found.currency)),
        ]
    };
    let rows: Vec<_> = shown.iter().map(row).collect();
    let header = ["Product", "Units", "Prices", "Elasticity", "What it says", "What stock suggests"];
    output::line(output::table(&header, &rows, &[0, 4, 5]))?;
    output::line(Locale::En.counted(found.products.len() as u64, "product", "products"))?;
    found.notes.iter().try_for_each(output::line)
}
