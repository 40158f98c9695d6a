//! `journey`: the matrix filled from data, the funnel, stages of life, channels and contents.

mod as_json;
mod print;
mod typed;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use serde_json::json;

use super::args::{AnalysisArgs, day};
use super::output;
use crate::analytics::journey::By;
use crate::jobs::Progress;
use crate::model::{Day, Segment};
use crate::ops::Session;
use crate::ops::document;
use crate::ops::journey::{Filters, JourneyData, WITHIN_DAYS, journey_document, save_workbook};
use crate::workspace::Access;

#[derive(Args)]
pub struct JourneyArgs {
    #[command(flatten)]
    pub analysis: AnalysisArgs,
    /// First day that counts; 12 months before the last when left out
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub from: Option<Day>,
    /// Last day that counts; the as-of day when left out
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub to: Option<Day>,
    /// Days within which something follows
    #[arg(long, default_value_t = WITHIN_DAYS, value_parser = clap::value_parser!(u32).range(1..=730))]
    pub within: u32,
    /// Only customers of a segment: vip, regular, occasional, new, browsers
    #[arg(long, value_parser = segment())]
    pub segment: Option<Segment>,
    /// Only touches on a device, such as mobile
    #[arg(long)]
    pub device: Option<String>,
    /// Show the funnel instead of the matrix
    #[arg(long)]
    pub funnel: bool,
    /// What people of the funnel are told apart by
    #[arg(long, value_parser = by(), default_value = "all")]
    pub by: By,
    /// Show instead how many people were in which stage of life at the end of a day
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub stages_on: Option<Day>,
    /// Show the omnichannel table instead
    #[arg(long)]
    pub omnichannel: bool,
    /// Show the dynamic content matrix instead
    #[arg(long)]
    pub content: bool,
    /// Change a field, such as checkout.tactic="Guest first", purchase.needs=…, omnichannel.app.usage=20% or
    /// content.homepage.level=segment; an empty value empties it
    #[arg(long, value_name = "CELL.FIELD=VALUE")]
    pub set: Vec<String>,
    /// Add a touchpoint of your own to a stage
    #[arg(long, value_name = "STAGE:NAME")]
    pub add: Vec<String>,
    /// Remove a touchpoint of your own; one of the framework is hidden, and comes back with CELL.shown=yes
    #[arg(long, value_name = "CELL")]
    pub remove: Vec<String>,
    /// Save all tables as a workbook (.xlsx) or as a document (.md, .html)
    #[arg(long, value_name = "PATH")]
    pub export: Option<PathBuf>,
}

fn by() -> impl TypedValueParser<Value = By> {
    PossibleValuesParser::new(By::ALL.map(|by| PossibleValue::new(by.key())))
        .map(|key| By::ALL.into_iter().find(|by| by.key() == key).unwrap_or_default())
}

fn segment() -> impl TypedValueParser<Value = Segment> {
    PossibleValuesParser::new(Segment::ALL.map(|segment| PossibleValue::new(segment.key())))
        .map(|key| Segment::ALL.into_iter().find(|segment| segment.key() == key).unwrap_or(Segment::Vip))
}

pub fn journey(args: &JourneyArgs) -> Result<()> {
    let analysis = &args.analysis;
    if !(args.set.is_empty() && args.add.is_empty() && args.remove.is_empty()) {
        return typed::change(args);
    }
    let mut session = Session::open(&analysis.file, Access::Read)?;
    let progress = Progress::none();
    let data = read(&mut session, args, &progress)?;
    let filters = Filters { segment: args.segment, device: args.device.as_ref().map(|device| device.to_lowercase()) };
    if let Some(path) = &args.export {
        return export(&session, &data, args, &filters, path);
    }
    let currency = data.definitions().currency;
    if let Some(day) = args.stages_on {
        let lives = data.lives(day);
        return if analysis.json { output::json(&json!(as_json::lives(&lives))) } else { print::lives(&lives) };
    }
    if args.omnichannel {
        let table = data.omnichannel(args.within, &progress)?;
        return if analysis.json { output::json(&as_json::omnichannel(&table)) } else { print::omnichannel(&table) };
    }
    if args.content {
        let rows = data.content();
        return if analysis.json { output::json(&as_json::content(&rows)) } else { print::content(&rows) };
    }
    let journey = data.journey(args.within, &filters, &progress)?;
    let against = data.against(&journey, args.within);
    if args.funnel {
        let funnel = data.funnel(args.by, args.within, &filters, &progress)?;
        let web = data.web[0].as_ref();
        return if analysis.json {
            output::json(&as_json::funnel(&funnel, web, &against))
        } else {
            print::funnel(&funnel, web, &against)
        };
    }
    if analysis.json {
        output::json(&as_json::journey(data.matrix(), &journey, &against))
    } else {
        print::journey(data.matrix(), &journey, currency)
    }
}

fn read(session: &mut Session, args: &JourneyArgs, progress: &Progress) -> Result<JourneyData> {
    let whole = |session: &mut Session, period| session.journey_data(args.analysis.as_of, period, progress);
    if args.from.is_none() && args.to.is_none() {
        return whole(session, None);
    }
    let data = session.dataset(progress)?;
    let last = args.to.or(args.analysis.as_of).or(data.span.map(|(_, last)| last)).unwrap_or(Day(0));
    let first = args.from.unwrap_or(Day(last.0.saturating_sub(364)));
    if first > last {
        bail!("the first day ({first}) is after the last ({last}); exchange them");
    }
    whole(session, Some((first, last)))
}

fn export(session: &Session, data: &JourneyData, args: &JourneyArgs, filters: &Filters, path: &Path) -> Result<()> {
    let tables = data.tables(args.by, filters, &Progress::none())?;
    let extension = path.extension().map_or_else(String::new, |extension| extension.to_string_lossy().to_lowercase());
    if extension == "xlsx" {
        let written = save_workbook(&tables, path)?;
        return output::line(format!("{} written: {} sheets", path.display(), written.sheets));
    }
    let format = document::format(&extension)?;
    document::save(&journey_document(&session.shop()?, &tables), format, path)?;
    output::line(format!("{} written", path.display()))
}
