//! `definitions`: shows them, changes them, or shows what a change would move.

use anyhow::{Result, anyhow};
use serde_json::json;

use super::args::DefinitionsArgs;
use super::output;
use super::segments::{moves_as_json, print_moves, too_little};
use crate::analytics::compare::headline;
use crate::jobs::Progress;
use crate::model::Definitions;
use crate::model::definitions::Part;
use crate::ops::Session;
use crate::workspace::Access;

pub fn definitions(args: &DefinitionsArgs) -> Result<()> {
    let changes = args.currency.is_some()
        || args.time_zone.is_some()
        || !args.rate.is_empty()
        || [args.tax, args.shipping, args.refunds].iter().any(Option::is_some);
    let write = changes && !args.dry_run;
    let mut session = Session::open(&args.file, if write { Access::Write } else { Access::Read })?;
    let wanted = changed(session.definitions()?, args);
    if args.dry_run {
        return dry_run(&mut session, wanted, args.json);
    }
    if write {
        session.set_definitions(wanted)?;
    }
    let d = session.definitions()?;
    if args.json {
        return output::json(&serde_json::to_value(&d)?);
    }
    output::line(format!("Definitions, version {}", d.version))?;
    output::line(format!("  currency {}, time zone {}", d.currency, d.zone.name()))?;
    output::line(format!("  revenue: {}", d.revenue_in_words()))?;
    for (currency, rate) in &d.rates {
        output::line(format!("  1 {currency} = {} {}", *rate as f64 / 1e6, d.currency))?;
    }
    Ok(())
}

fn changed(mut d: Definitions, args: &DefinitionsArgs) -> Definitions {
    d.currency = args.currency.unwrap_or(d.currency);
    d.zone = args.time_zone.unwrap_or(d.zone);
    d.tax = args.tax.map_or(d.tax, Part::from);
    d.shipping = args.shipping.map_or(d.shipping, Part::from);
    d.refunds = args.refunds.map_or(d.refunds, Part::from);
    for (currency, rate) in &args.rate {
        match rate {
            Some(rate) => d.rates.insert(*currency, *rate),
            None => d.rates.remove(currency),
        };
    }
    d
}

fn dry_run(session: &mut Session, wanted: Definitions, as_json: bool) -> Result<()> {
    let progress = Progress::none();
    let now = session.segments(None, &progress)?.map_err(|missing| too_little(&missing))?;
    let then = session.segments_under(&wanted, Some(now.as_of), &progress)?;
    let then = then.map_err(|_| anyhow!("nobody would be a customer under these definitions; nothing was changed"))?;
    let moved = headline(&now, &then);
    if as_json {
        return output::json(&json!({ "as_of": now.as_of, "changed": false, "moves": moves_as_json(&moved) }));
    }
    output::line(format!("As of {}, figures of the last 12 months; nothing was changed", now.as_of.display()))?;
    print_moves(&moved, ["Now", "If kept"])
}
