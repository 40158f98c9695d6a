//! `roi`: scenarios of assumptions, and what calculators make of them.

mod as_json;
mod print;

use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use clap::Args;

use super::args::day;
use super::output;
use crate::analytics::roi::{
    CALCULATORS, Calculation, CalculatorId, DRAWS, Look, Moved, OutputId, Resolved, calculate, resolve,
};
use crate::jobs::Progress;
use crate::model::assumption::{Held, MOST_DRAWS};
use crate::model::{AssumptionId, Currency, Day, Definitions, Locale, Scenario, Scenarios};
use crate::ops::Session;
use crate::ops::roi::AdChannels;
use crate::workspace::Access;

#[derive(Args)]
pub struct RoiArgs {
    /// Workspace; none is needed for --example and --list
    #[arg(required_unless_present_any = ["example", "list"])]
    pub file: Option<PathBuf>,
    /// The framework's worked example
    #[arg(long, conflicts_with_all = ["scenario", "file"])]
    pub example: bool,
    /// List the calculators with what they ask for
    #[arg(long)]
    pub list: bool,
    /// Name of the scenario; the one in use when left out
    #[arg(long, value_name = "NAME")]
    pub scenario: Option<String>,
    /// Key of the calculator, see --list
    #[arg(long, value_name = "KEY", default_value = "marketing_roi", value_parser = calculator)]
    pub calculator: CalculatorId,
    /// Take another value, such as margin=20%, aov="75 USD", lifespan=18, aov=data or churn=none
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Give a typed value a range, such as lifespan=12..24
    #[arg(long, value_name = "KEY=LOW..HIGH")]
    pub range: Vec<String>,
    /// What each assumption does to an output over its range, such as roi
    #[arg(long, value_name = "OUTPUT", value_parser = an_output)]
    pub tornado: Option<OutputId>,
    /// The output over two assumptions, such as lifespan margin
    #[arg(long, num_args = 2, value_names = ["ROWS", "COLUMNS"], value_parser = assumption)]
    pub two_way: Option<Vec<AssumptionId>>,
    /// Where the output lies when every assumption is somewhere in its range
    #[arg(long)]
    pub monte_carlo: bool,
    /// Output of the table of two and of the draws; that of the tornado or the calculator's own when left out
    #[arg(long, value_name = "OUTPUT", value_parser = an_output, conflicts_with = "tornado")]
    pub output: Option<OutputId>,
    /// Number of draws
    #[arg(long, default_value_t = DRAWS, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_DRAWS)))]
    pub draws: u32,
    /// Seed of all chance
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Two scenarios side by side
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    pub compare: Option<Vec<String>>,
    /// Save the scenario under a name, as one step
    #[arg(long, value_name = "NAME", conflicts_with = "example")]
    pub save: Option<String>,
    /// Take the scenario for sale plans, targets and documents, as one step
    #[arg(long = "use", conflicts_with = "example")]
    pub used: bool,
    /// What moves by --set, or from the first scenario of --compare to the second
    #[arg(long, conflicts_with = "example")]
    pub effects: bool,
    /// What the shop's data say of every assumption
    #[arg(long, conflicts_with = "example")]
    pub taken: bool,
    /// What platforms report of each channel, with CTR, CPC, CPM, CVR, CPA, ROAS, profit and ROI
    #[arg(long, conflicts_with = "example")]
    pub channels: bool,
    /// The technology stack with its returns
    #[arg(long, conflicts_with = "example")]
    pub stack: bool,
    /// All facts up to the end of this day; the last day with an order when left out
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

fn calculator(text: &str) -> Result<CalculatorId, String> {
    let known = || CALCULATORS.iter().map(|one| one.key).collect::<Vec<_>>().join(", ");
    CalculatorId::parse(text).ok_or_else(|| format!("there is no calculator “{text}”; there are {}", known()))
}

fn an_output(text: &str) -> Result<OutputId, String> {
    OutputId::parse(text).ok_or_else(|| format!("no calculator tells “{text}”; `roi --list` names what they tell"))
}

fn assumption(text: &str) -> Result<AssumptionId, String> {
    AssumptionId::parse(text).ok_or_else(|| format!("there is no assumption “{text}”; `roi --list` names them"))
}

/// A calculator over several scenarios, and what moves from the first to the last.
struct Answer {
    as_of: Option<Day>,
    told: Vec<Calculation>,
    moved: Option<Vec<Moved>>,
    currency: Currency,
}

pub fn roi(args: &RoiArgs) -> Result<()> {
    if args.list {
        return if args.json { output::json(&as_json::list()) } else { print::list() };
    }
    let answer = match &args.file {
        None => of_example(args)?,
        Some(file) => {
            let access = if args.save.is_some() || args.used { Access::Write } else { Access::Read };
            let mut session = Session::open(file, access)?;
            let progress = Progress::none();
            let _meter = output::Meter::start("Reading what the shop’s data say", &progress);
            if let Some(done) = other_tables(args, &mut session, &progress)? {
                return Ok(done);
            }
            of_shop(args, &mut session, &progress)?
        }
    };
    if args.json { output::json(&as_json::answer(&answer)) } else { print::answer(&answer) }
}

/// What stands beside the calculators.
fn other_tables(args: &RoiArgs, session: &mut Session, progress: &Progress) -> Result<Option<()>> {
    if args.taken {
        let taken = session.taken(args.as_of, progress)?;
        return if args.json { output::json(&as_json::taken(&taken)) } else { print::taken(&taken) }.map(Some);
    }
    if args.stack {
        let stack = session.technology()?;
        return if args.json { output::json(&as_json::stack(&stack)) } else { print::stack(&stack) }.map(Some);
    }
    if args.channels {
        let scenarios = session.scenarios()?;
        let scenario = chosen(args, &scenarios, session.definitions()?.currency)?;
        let taken = session.taken(args.as_of, progress)?;
        let resolved = session.in_numbers(&scenario, &taken)?;
        let found: AdChannels = session.ad_channels(&resolved, args.as_of, progress)?;
        let currency = taken.currency;
        let done = if args.json {
            output::json(&as_json::channels(&found, currency))
        } else {
            print::channels(&found, currency)
        };
        return done.map(Some);
    }
    Ok(None)
}

fn of_example(args: &RoiArgs) -> Result<Answer> {
    let definitions = Definitions::default();
    let scenario = changed(args, Scenario::example(), definitions.currency)?;
    let resolved = resolve(&scenario, None, &definitions, &[]);
    let told = told(args, scenario, resolved)?;
    Ok(Answer { as_of: None, told: vec![told], moved: None, currency: definitions.currency })
}

fn of_shop(args: &RoiArgs, session: &mut Session, progress: &Progress) -> Result<Answer> {
    let (mut scenarios, currency) = (session.scenarios()?, session.definitions()?.currency);
    let named = |name: &str| scenarios.named(name).cloned().ok_or_else(|| nobody(&scenarios, name));
    let chosen = match &args.compare {
        Some(names) => names.iter().map(|name| named(name)).collect::<Result<Vec<_>>>()?,
        None => vec![chosen(args, &scenarios, currency)?],
    };
    let taken = session.taken(args.as_of, progress)?;
    let moved = if args.effects { Some(effects(args, session, &scenarios, &chosen, progress)?) } else { None };
    let mut all = Vec::new();
    for scenario in &chosen {
        all.push(told(args, scenario.clone(), session.in_numbers(scenario, &taken)?)?);
    }
    save(args, session, &mut scenarios, chosen.last())?;
    Ok(Answer { as_of: Some(taken.as_of), told: all, moved, currency })
}

fn effects(
    args: &RoiArgs,
    session: &mut Session,
    scenarios: &Scenarios,
    chosen: &[Scenario],
    progress: &Progress,
) -> Result<Vec<Moved>> {
    let Some(after) = chosen.last() else { return Ok(Vec::new()) };
    let before = match chosen {
        [first, _, ..] => Some(first),
        _ => args.scenario.as_deref().map_or_else(|| scenarios.in_use(), |name| scenarios.named(name)),
    };
    before.map_or_else(|| Ok(Vec::new()), |before| session.effects(before, after, args.as_of, progress))
}

fn save(args: &RoiArgs, session: &mut Session, scenarios: &mut Scenarios, scenario: Option<&Scenario>) -> Result<()> {
    let Some(mut scenario) = scenario.cloned().filter(|_| args.save.is_some() || args.used) else { return Ok(()) };
    let mut label = format!("Use scenario {}", scenario.name);
    if let Some(name) = &args.save {
        name.trim().clone_into(&mut scenario.name);
        label = format!("Save scenario {}", scenario.name);
        scenarios.put(scenario.clone());
    }
    if args.used {
        scenario.name.clone_into(&mut scenarios.used);
    }
    session.save_scenarios(&label, crate::ops::now(), scenarios)?;
    output::message(format!("saved: {}", scenario.name));
    Ok(())
}

fn nobody(scenarios: &Scenarios, name: &str) -> anyhow::Error {
    let known: Vec<&str> = scenarios.all.iter().map(|one| one.name.as_str()).collect();
    anyhow!("there is no scenario “{name}”; there are {}", known.join(", "))
}

/// The scenario that is asked for, with the changes of the command line.
fn chosen(args: &RoiArgs, scenarios: &Scenarios, currency: Currency) -> Result<Scenario> {
    let found = match &args.scenario {
        Some(name) => scenarios.named(name).ok_or_else(|| nobody(scenarios, name))?,
        None => scenarios.in_use().ok_or_else(|| nobody(scenarios, &scenarios.used))?,
    };
    changed(args, found.clone(), currency)
}

fn changed(args: &RoiArgs, mut scenario: Scenario, currency: Currency) -> Result<Scenario> {
    let split = |text: &str| -> Result<(AssumptionId, String)> {
        let Some((key, value)) = text.split_once('=') else {
            bail!("“{text}” is no change; write it like margin=20%")
        };
        Ok((assumption(key).map_err(|why| anyhow!(why))?, value.trim().to_owned()))
    };
    for text in &args.set {
        let (id, value) = split(text)?;
        match value.as_str() {
            "none" => scenario.values.remove(&id),
            "data" => scenario.values.insert(id, Held::FromData),
            value => {
                let value = id.get().read(value, currency).map_err(|why| anyhow!(why))?;
                scenario.values.insert(id, Held::typed(value))
            }
        };
    }
    for text in &args.range {
        let (id, range) = split(text)?;
        let range = id.get().read_range(&range, currency).map_err(|why| anyhow!(why))?;
        let Some(held) = scenario.values.get_mut(&id) else { bail!("{} has no value yet; --set it", id.get().key) };
        *held = held.with_range(range).map_err(|why| anyhow!("{}: {why}", id.get().key))?;
    }
    match scenario.problems().into_iter().find(|problem| problem.stops) {
        Some(problem) => bail!("{}: {}", problem.at, problem.words),
        None => Ok(scenario),
    }
}

fn told(args: &RoiArgs, scenario: Scenario, resolved: Resolved) -> Result<Calculation> {
    if let Some([one, other]) = args.two_way.as_deref()
        && one == other
    {
        bail!("--two-way takes two assumptions; “{}” is named twice", one.get().name);
    }
    let look = Look {
        calculator: args.calculator,
        output: args.tornado.or(args.output),
        tornado: args.tornado.is_some(),
        two_way: args.two_way.as_deref().and_then(|ids| Some((*ids.first()?, *ids.get(1)?))),
        draws: if args.monte_carlo { args.draws } else { 0 },
        seed: args.seed,
    };
    Ok(calculate(scenario, resolved, &look, Locale::En, &Progress::none())?)
}
