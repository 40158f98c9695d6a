//! `movement`: who was in which group on one date and on another, and since when.

use anyhow::{Result, anyhow};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use serde_json::json;

use super::args::{AnalysisArgs, day};
use super::output::{self, count};
use super::segments::too_little;
use crate::analytics::movement::Groups;
use crate::jobs::Progress;
use crate::model::Day;
use crate::ops::Session;
use crate::workspace::Access;

#[derive(Args)]
pub struct MovementArgs {
    #[command(flatten)]
    pub analysis: AnalysisArgs,
    /// The earlier date; a year before the later one when left out
    #[arg(long, value_parser = day)]
    pub from: Option<Day>,
    /// What is compared
    #[arg(long, value_parser = groups(), default_value = "segments")]
    pub groups: Groups,
    /// Most customers to list in JSON
    #[arg(long, default_value_t = 10_000)]
    pub limit: usize,
}

fn groups() -> impl TypedValueParser<Value = Groups> {
    PossibleValuesParser::new(Groups::ALL.map(|groups| PossibleValue::new(groups.key())))
        .map(|key| Groups::ALL.into_iter().find(|groups| groups.key() == key).unwrap_or_default())
}

pub fn movement(args: &MovementArgs) -> Result<()> {
    let mut session = Session::open(&args.analysis.file, Access::Read)?;
    let found = session.movement(args.groups, args.from, args.analysis.as_of, &Progress::none())?;
    let found = found.map_err(|missing| too_little(&missing))?;
    if found.days.0 >= found.days.1 {
        return Err(anyhow!("the first date must lie before the second; choose an earlier --from"));
    }
    let names = found.groups.names();
    let (up, down) = found.up_and_down();
    if args.analysis.json {
        let mut moves = found.moves.clone();
        moves.sort_by_key(|one| (std::cmp::Reverse(one.since), one.customer));
        let total = moves.len();
        moves.truncate(args.limit);
        let data = session.dataset(&Progress::none())?;
        let ids: Vec<u32> = moves.iter().map(|one| data.customers.id[one.customer as usize]).collect();
        let listed = session.customers(&ids)?;
        let moves = moves.iter().zip(&listed).map(|(one, who)| {
            json!({
                "customer_id": who.shop_id,
                "email": who.email,
                "before": names[usize::from(one.before)],
                "after": names[usize::from(one.after)],
                "since": one.since,
            })
        });
        return output::json(&json!({
            "from": found.days.0,
            "to": found.days.1,
            "groups": names,
            "counts": found.counts,
            "up": up,
            "down": down,
            "stayed": found.stayed(),
            "moved": total,
            "moves": moves.collect::<Vec<_>>(),
        }));
    }
    output::line(format!(
        "From {} to {}: {} went up, {} went down, {} stayed",
        found.days.0.display(),
        found.days.1.display(),
        count(up),
        count(down),
        count(found.stayed())
    ))?;
    let header: Vec<&str> = std::iter::once("From / to").chain(names.iter().copied()).collect();
    let row = |(name, counts): (&&str, &Vec<u64>)| {
        std::iter::once((*name).to_owned()).chain(counts.iter().map(|n| count(*n))).collect::<Vec<_>>()
    };
    output::line(output::table(&header, &names.iter().zip(&found.counts).map(row).collect::<Vec<_>>(), &[0]))
}
