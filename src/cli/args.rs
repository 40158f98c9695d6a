//! Commands and their options.

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use super::actions::ActionsArgs;
use super::attribution::AttributionArgs;
use super::calendar::CalendarArgs;
use super::campaign::CampaignCommand;
use super::channels::ChannelsArgs;
use super::claims::ClaimsArgs;
use super::clv::ClvArgs;
use super::cohorts::CohortsArgs;
use super::customer::CustomerArgs;
use super::discounts::DiscountsArgs;
use super::experiment::ExperimentCommand;
use super::explain::ExplainCommand;
use super::forecast::ForecastArgs;
use super::framework::FrameworkCommand;
use super::history::HistoryArgs;
use super::holdout::HoldoutCommand;
use super::journey::JourneyArgs;
use super::kpi::KpiArgs;
use super::media::MediaArgs;
use super::movement::MovementArgs;
use super::paths::PathsArgs;
use super::reading::Reading;
use super::rfm::RfmArgs;
use super::roi::RoiArgs;
use super::sale::SaleCommand;
use super::segment::{ExportTablesArgs, SegmentCommand};
use super::setup::{CopyArgs, ExportSetupArgs, ImportSetupArgs};
use super::triggers::TriggersCommand;
use crate::import::field::Field;
use crate::model::definitions::Part;
use crate::model::{Currency, Day, Zone};

/// What the program was started for.
pub enum Launch {
    /// The window, with a workspace to open.
    Window(Option<PathBuf>),
    /// A command.
    Run(Command),
}

/// Offline workbench for e-commerce marketing: without a command it opens the window
#[derive(Parser)]
#[command(name = "cartwright", version, args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
struct Cli {
    /// Workspace to open in the window
    file: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What the command line can do.
#[derive(Subcommand)]
pub enum Command {
    /// Open the sample shop; without a display, print its segments and write its document
    Demo(DemoArgs),
    /// Make an empty workspace
    New(NewArgs),
    /// Make a workspace with a sample shop
    Sample(SampleArgs),
    /// Write the files that a platform would export of the sample shop
    ExportSample(ExportSampleArgs),
    /// Say what a file is and how it would be read
    Preview(PreviewArgs),
    /// Import exports of a shop into a workspace (made when it does not exist)
    Import(ImportArgs),
    /// Import the files of all past imports again
    Refresh(RefreshArgs),
    /// List rejected rows of an import, or save them for mending
    Rejected(RejectedArgs),
    /// The five segments of the framework
    Segments(SegmentsArgs),
    /// Export the members of a segment as CSV or XLSX
    Members(MembersArgs),
    /// One customer: figures, what is foretold, and everything that happened
    Customer(CustomerArgs),
    /// Saved segments: list, add, count, members, export, sql, remove, overlap, suggest, fields
    #[command(subcommand)]
    Segment(SegmentCommand),
    /// Write the shop as tables for another engine, with the SQL of saved segments
    ExportTables(ExportTablesArgs),
    /// What can be done for each segment, for whom, and what it has to bring to pay
    Actions(ActionsArgs),
    /// Recency, frequency and monetary scores
    Rfm(RfmArgs),
    /// Lifetime value and churn: models of buying and spend, checked on the shop's own past
    Clv(ClvArgs),
    /// What customers did in the periods after their first order: retention, revenue, margin
    Cohorts(CohortsArgs),
    /// Who went from which segment or RFM group to which between two dates, and since when
    Movement(MovementArgs),
    /// What buyers bought first, second, third, and which first product brings them back
    Paths(PathsArgs),
    /// What platforms claim to have sold against the orders that there are, and which can claim which
    Claims(ClaimsArgs),
    /// What files call channels, what they are called, and merging them
    Channels(ChannelsArgs),
    /// The journey matrix and what the data say about each touchpoint; funnel, stages of life, channels, contents
    Journey(JourneyArgs),
    /// Which channels have a part in orders, by every model; of a workspace or a table of paths
    Attribution(Box<AttributionArgs>),
    /// What weekly spend adds to sales, channel by channel, and how a budget is best split
    Media(MediaArgs),
    /// KPIs against last period, last year, target and benchmark; list, framework, target, set, benchmarks
    Kpi(Box<KpiArgs>),
    /// What marketing brings for what it costs: calculators over scenarios, with sensitivity and draws
    Roi(Box<RoiArgs>),
    /// Why revenue moved between two periods, and why a platform tells another figure
    #[command(subcommand)]
    Explain(ExplainCommand),
    /// Orders, revenue or order value ahead; demand per product with stock; how demand answers to prices
    Forecast(ForecastArgs),
    /// Who depends on discounts, what that costs, and the smallest discount that sufficed
    Discounts(DiscountsArgs),
    /// Planned sales: replay, forecast, pacing, post-mortem, list, show, save
    #[command(subcommand)]
    Sale(SaleCommand),
    /// Campaigns: list, show, new, save, brief and codes of planned ones, results of imported ones
    #[command(subcommand)]
    Campaign(CampaignCommand),
    /// Lifecycle sequences: replay all of them together on history, list, templates, save
    #[command(subcommand)]
    Triggers(TriggersCommand),
    /// Hold-outs: draw a control group, list, read what it shows
    #[command(subcommand)]
    Holdout(HoldoutCommand),
    /// Experiments: plan, seal, analyse typed totals, files or the shop's own orders, decide, remember
    #[command(subcommand)]
    Experiment(ExperimentCommand),
    /// What is planned, the days that stand out, and how often customers are written to; as .ics for other programs
    Calendar(CalendarArgs),
    /// The strategy framework’s form and plans: show, set, fill, progress, files, issue, compare, plan and more
    #[command(subcommand)]
    Framework(FrameworkCommand),
    /// Write the document
    Report(super::report::ReportArgs),
    /// Make a client pack: a copy without names, or tables without people, and the documents
    Pack(super::pack::PackArgs),
    /// Show or change what the shop's words mean: currency, time zone, rates, revenue
    Definitions(DefinitionsArgs),
    /// Undo the newest import or change
    Undo(FileArgs),
    /// Redo what was undone last
    Redo(FileArgs),
    /// List the steps that can be undone and redone
    History(HistoryArgs),
    /// Write definitions, cut-offs, texts and mappings to a file for another workspace
    ExportSetup(ExportSetupArgs),
    /// Take over what another workspace exported, as one step that can be undone
    ImportSetup(ImportSetupArgs),
    /// Copy a workspace
    Copy(CopyArgs),
    /// Check that a workspace is whole
    Check(CheckArgs),
    /// Print the logical content in a fixed order, for comparison
    Dump(FileArgs),
}

#[derive(Args)]
pub struct FileArgs {
    /// Workspace
    pub file: PathBuf,
}

#[derive(Args)]
pub struct DemoArgs {
    /// Customers of the sample shop, 100 to 1,000,000
    #[arg(long, value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    pub customers: Option<u32>,
    /// Folder for the sample shop and its document
    #[arg(long)]
    pub dir: Option<PathBuf>,
    /// Do not open a window even where there is a display
    #[arg(long)]
    pub no_window: bool,
}

#[derive(Args)]
pub struct NewArgs {
    /// Workspace to make
    pub file: PathBuf,
    /// Name of the shop
    #[arg(long)]
    pub name: Option<String>,
    /// Currency of the shop, such as EUR
    #[arg(long, value_parser = currency)]
    pub currency: Option<Currency>,
    /// Time zone of the shop, such as Europe/Berlin
    #[arg(long, value_parser = zone)]
    pub time_zone: Option<Zone>,
}

#[derive(Args)]
pub struct SampleArgs {
    /// Workspace to make
    pub file: PathBuf,
    #[command(flatten)]
    pub sample: SampleSize,
}

/// Size and seed of a sample shop.
#[derive(Args, Clone, Copy)]
pub struct SampleSize {
    /// Customers, 100 to 1,000,000
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    pub customers: u32,
    /// Seed of all chance
    #[arg(long, default_value_t = 42)]
    pub seed: u64,
}

#[derive(Args)]
pub struct ExportSampleArgs {
    /// Folder to write to
    pub dir: PathBuf,
    /// Platform whose files are written
    #[arg(long, value_parser = platform())]
    pub platform: String,
    #[command(flatten)]
    pub sample: SampleSize,
}

fn platform() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(crate::sample::export::PLATFORMS.iter().map(|p| p.name))
}

#[derive(Args)]
pub struct PreviewArgs {
    /// File to look at
    pub path: PathBuf,
    /// Print the preview as JSON
    #[arg(long)]
    pub json: bool,
    /// Print the table as it was read, as plain CSV
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    #[command(flatten)]
    pub reading: Reading,
}

#[derive(Args)]
pub struct ImportArgs {
    /// Workspace; made when it does not exist
    pub file: PathBuf,
    /// Files to import, one after the other
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
    /// Look and plan, write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Print the outcome as JSON (an array when there are several files)
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct RefreshArgs {
    /// Workspace
    pub file: PathBuf,
    /// Print the outcomes as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct RejectedArgs {
    /// Workspace
    pub file: PathBuf,
    /// File whose import is meant; the newest import with rejected rows when left out
    #[arg(long)]
    pub of: Option<String>,
    /// Save the rows as a file that imports again once mended
    #[arg(long)]
    pub out: Option<PathBuf>,
}

#[derive(Args)]
pub struct AnalysisArgs {
    /// Workspace
    pub file: PathBuf,
    /// All facts up to the end of this day; the last day with an order when left out
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct SegmentsArgs {
    #[command(flatten)]
    pub analysis: AnalysisArgs,
    /// Show beside it the same on another day, by the same cut-offs, and what changed between the two
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub compare: Option<Day>,
}

#[derive(Args)]
pub struct DefinitionsArgs {
    /// Workspace
    pub file: PathBuf,
    /// Currency of the shop: all figures are in it
    #[arg(long, value_parser = currency)]
    pub currency: Option<Currency>,
    /// Time zone in which the shop's days begin
    #[arg(long, value_parser = zone)]
    pub time_zone: Option<Zone>,
    /// What one unit of a foreign currency is worth in the shop's, such as EUR=1.08; `EUR=` takes the rate away
    #[arg(long, value_name = "CURRENCY=RATE", value_parser = rate)]
    pub rate: Vec<(Currency, Option<i64>)>,
    /// Tax in revenue
    #[arg(long, value_enum)]
    pub tax: Option<InRevenue>,
    /// Shipping in revenue
    #[arg(long, value_enum)]
    pub shipping: Option<InRevenue>,
    /// Refunds and returns: subtracted (included) or ignored (excluded)
    #[arg(long, value_enum)]
    pub refunds: Option<InRevenue>,
    /// Show which headline figures would move, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Whether something belongs to revenue.
#[derive(Clone, Copy, ValueEnum)]
pub enum InRevenue {
    Included,
    Excluded,
}

impl From<InRevenue> for Part {
    fn from(part: InRevenue) -> Self {
        match part {
            InRevenue::Included => Self::Included,
            InRevenue::Excluded => Self::Excluded,
        }
    }
}

/// A rate in millionths.
fn rate(text: &str) -> Result<(Currency, Option<i64>), String> {
    let (code, rate) = text.split_once('=').ok_or("write CURRENCY=RATE, such as EUR=1.08")?;
    let currency = currency(code.trim())?;
    if rate.trim().is_empty() {
        return Ok((currency, None));
    }
    let value: f64 = rate.trim().replace(',', ".").parse().map_err(|_| "the rate is no number".to_owned())?;
    let millionths = (value * 1e6).round();
    if (1.0..1e15).contains(&millionths) {
        Ok((currency, Some(millionths as i64)))
    } else {
        Err("the rate is out of range".into())
    }
}

#[derive(Args)]
pub struct MembersArgs {
    /// Workspace
    pub file: PathBuf,
    /// Segment: vip, regular, occasional, new, browsers; all customers when left out
    #[arg(long)]
    pub segment: Option<String>,
    /// File to write: .csv or .xlsx
    #[arg(long)]
    pub out: PathBuf,
    /// All facts up to the end of this day
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
}

#[derive(Args)]
pub struct CheckArgs {
    /// Workspace
    pub file: PathBuf,
    /// Also load the dataset and print what it takes in memory
    #[arg(long)]
    pub memory: bool,
}

/// Reads the command line; prints help and ends the program where that was asked for.
pub fn parse() -> Launch {
    let cli = Cli::parse();
    match cli.command {
        Some(command) => Launch::Run(command),
        None => {
            if let Some(file) = cli.file.as_ref().filter(|file| !file.exists()) {
                refuse(file);
            }
            Launch::Window(cli.file)
        }
    }
}

/// Ends the program for a file that is not there, which may be a command that was mistyped.
fn refuse(file: &std::path::Path) -> ! {
    let shown = file.display();
    let plain_word = file.extension().is_none() && file.components().count() == 1;
    let sentence = if plain_word {
        format!("there is no command “{shown}”, and no file of that name")
    } else {
        format!("{shown} was not found; check the path, or make a workspace with `cartwright new`")
    };
    Cli::command().error(clap::error::ErrorKind::InvalidValue, sentence).exit()
}

pub(super) fn currency(text: &str) -> Result<Currency, String> {
    Currency::parse(text).ok_or_else(|| "not an ISO 4217 currency code such as EUR".into())
}

pub(super) fn zone(text: &str) -> Result<Zone, String> {
    Zone::parse(text).ok_or_else(|| "not an IANA time zone such as Europe/Berlin".into())
}

pub(super) fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "not a date in the form YYYY-MM-DD".into())
}

pub(super) fn delimiter(text: &str) -> Result<char, String> {
    let mut chars = text.chars();
    match (text, chars.next(), chars.next()) {
        ("tab" | "\\t", _, _) => Ok('\t'),
        (_, Some(c), None) if c.is_ascii() => Ok(c),
        _ => Err("one character, or `tab`".into()),
    }
}

pub(super) fn field_and_column(text: &str) -> Result<(Field, String), String> {
    let (field, column) = text.split_once('=').ok_or("write FIELD=COLUMN, such as order_id=InvoiceNo")?;
    let known = || Field::ALL.iter().map(|f| f.name()).collect::<Vec<_>>().join(" ");
    let field = Field::parse(field).ok_or_else(|| format!("there is no field {field}; fields are {}", known()))?;
    Ok((field, column.to_owned()))
}

pub(super) fn kept_column(text: &str) -> Result<(String, String), String> {
    let (column, name) = text.split_once('=').unwrap_or((text, text));
    if column.is_empty() || name.is_empty() {
        return Err("write COLUMN or COLUMN=NAME".into());
    }
    Ok((column.to_owned(), name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_of_the_command_line_holds_together() {
        <Cli as clap::CommandFactory>::command().debug_assert();
    }
}
