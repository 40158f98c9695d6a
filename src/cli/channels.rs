//! `channels`: what files call channels, what they are called, and merging them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::json;

use super::output::{self, count};
use crate::ops::Session;
use crate::workspace::Access;

#[derive(Args)]
pub struct ChannelsArgs {
    /// Workspace file
    pub file: PathBuf,
    /// Give a channel a name, as in "fb ads=Paid social"; may be given several times
    #[arg(long, value_name = "CHANNEL=NAME", value_parser = pair)]
    pub merge: Vec<(String, String)>,
    /// Leave a merged channel to itself again; may be given several times
    #[arg(long, value_name = "CHANNEL")]
    pub split: Vec<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (raw, name) = text.split_once('=').ok_or("write it as CHANNEL=NAME")?;
    Ok((raw.trim().to_owned(), name.trim().to_owned()))
}

pub fn channels(args: &ChannelsArgs) -> Result<()> {
    let merged = args.merge.iter().map(|(raw, name)| (raw.clone(), Some(name.clone())));
    let changes: BTreeMap<_, _> = merged.chain(args.split.iter().map(|raw| (raw.clone(), None))).collect();
    let mut session = Session::open(&args.file, if changes.is_empty() { Access::Read } else { Access::Write })?;
    if !changes.is_empty() {
        session.merge_channels(&changes)?;
    }
    let channels = session.channels()?;
    if args.json {
        return output::json(&json!({ "channels": channels, "merged": session.merged_channels()? }));
    }
    if channels.is_empty() {
        return output::line("No file has told of a channel yet; import touchpoints, ad spend or visits");
    }
    let rows: Vec<_> = channels
        .iter()
        .map(|channel| {
            vec![
                channel.raw.clone(),
                channel.name.clone(),
                channel.by.words().to_owned(),
                count(channel.touches),
                count(channel.spend_rows),
                count(channel.visits),
                count(channel.orders),
            ]
        })
        .collect();
    let header = ["In files", "Name", "By", "Touchpoints", "Rows of spend", "Visits", "Orders"];
    output::line(output::table(&header, &rows, &[0, 1, 2]))
}
