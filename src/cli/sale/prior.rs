//! `sale prior-prices`: planned discounts against the lowest prices in the 30 days before.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::json;

use super::sound_plan_of;
use crate::analytics::prior_price::{Row, Standing, said};
use crate::cli::args::day;
use crate::cli::output::{self, count, percent};
use crate::jobs::Progress;
use crate::model::Day;
use crate::ops::Session;
use crate::workspace::Access;

#[derive(Args)]
pub struct PriorArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of a saved sale, or a file with its JSON
    #[arg(long)]
    pub plan: String,
    /// Last day that is known; the last one with an order when left out
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
    /// Most products to print, the doubtful ones first; JSON has all
    #[arg(long, default_value_t = 50)]
    pub limit: usize,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

pub fn prior_prices(args: &PriorArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Read)?;
    let plan = sound_plan_of(&mut session, &args.plan)?;
    let found = session.prior_prices(&plan, args.as_of, &Progress::none())?;
    let currency = session.definitions()?.currency;
    let shown = if args.json { found.rows.len() } else { args.limit };
    let names = session.product_names(found.rows.iter().take(shown).map(|row| row.product))?;
    if args.json {
        let row = |(row, name): (&Row, &String)| {
            let major = |minor: Option<i64>| minor.map(|minor| currency.major(minor));
            json!({
                "product": name,
                "tier": plan.tiers[row.tier].name,
                "announced": row.announced,
                "price": major(row.price),
                "planned_price": major(row.planned),
                "lowest_before": row.lowest.map(|lowest| currency.major(lowest.price)),
                "lowest_on": row.lowest.map(|lowest| lowest.day),
                "orders_before": row.lowest.map_or(0, |lowest| lowest.orders),
                "reduction": row.reduction(),
                "standing": row.standing(),
            })
        };
        return output::json(&json!({
            "plan": plan.name,
            "currency": currency,
            "first_day": found.days.0,
            "last_day": found.days.1,
            "known_until": found.known_until,
            "personal_orders_left_out": found.personal,
            "rows": found.rows.iter().zip(&names).map(row).collect::<Vec<_>>(),
            "words": said::verdict(&found),
            "notes": said::notes(&found),
        }));
    }
    output::line(format!("{}: {}", plan.name, said::verdict(&found)))?;
    let money = |minor: Option<i64>| minor.map_or_else(|| "—".to_owned(), |minor| currency.display(minor));
    let row = |(row, name): (&Row, &String)| {
        vec![
            name.clone(),
            plan.tiers[row.tier].name.clone(),
            money(row.price),
            money(row.planned),
            money(row.lowest.map(|lowest| lowest.price)),
            row.lowest.map_or_else(|| "—".into(), |lowest| lowest.day.display()),
            count(row.lowest.map_or(0, |lowest| lowest.orders).into()),
            percent(row.reduction()),
            row.standing().words().to_owned(),
        ]
    };
    let rows: Vec<_> = found.rows.iter().zip(&names).map(row).collect();
    let header = ["Product", "Tier", "Price", "Planned", "Lowest before", "On", "Orders", "Below it by", "Discount"];
    output::line(output::table(&header, &rows, &[1, 8]))?;
    if rows.len() < found.rows.len() {
        let doubtful = found.count(Standing::NotLower) + found.count(Standing::LessThanAnnounced);
        output::line(format!(
            "{} more, {doubtful} doubtful in all; --limit prints more",
            found.rows.len() - rows.len()
        ))?;
    }
    said::notes(&found).iter().try_for_each(|line| output::line(format!("* {line}")))
}
