//! What is typed: answers, comments, options. Each is a step of the history.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use clap::Args;
use serde_json::json;

use super::show;
use crate::cli::output;
use crate::framework::state::{read, written};
use crate::framework::template::options::{self, ILLUSTRATION};
use crate::framework::template::template;
use crate::ops::Session;
use crate::workspace::Access;

/// A longer answer is not repeated in full.
const LONGEST_SHOWN: usize = 80;

#[derive(Args)]
pub struct SetArgs {
    /// Workspace
    file: PathBuf,
    /// Placeholder of the field, such as VIP_AOV; AOV_IMPROVEMENT is the target of the header
    #[arg(required_unless_present = "from")]
    key: Option<String>,
    /// What to type, such as 118.40, 12%, 3.2:1; empty goes back to what data say
    #[arg(required_unless_present = "from", allow_hyphen_values = true)]
    value: Option<String>,
    /// Take over the answers of a file, as framework show --save writes it; empty ones are left alone
    #[arg(long = "file", id = "from", value_name = "PATH", conflicts_with_all = ["key", "value"])]
    from: Option<PathBuf>,
}

#[derive(Args)]
pub struct CommentArgs {
    /// Workspace
    file: PathBuf,
    /// Placeholder of the field
    key: String,
    /// The remark; empty takes it away
    #[arg(allow_hyphen_values = true)]
    text: String,
}

#[derive(Args)]
pub struct OptionsArgs {
    /// Workspace
    file: PathBuf,
    /// Choose, such as vertical=fashion; an empty choice takes it back
    #[arg(long, value_name = "OPTION=CHOICE")]
    set: Vec<String>,
    /// Begin with a preset: fashion, marketplace, d2c
    #[arg(long, conflicts_with = "set")]
    preset: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub fn set(args: &SetArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Write)?;
    if let Some(path) = &args.from {
        let taken = session.read_answers_file(path)?;
        return output::line(format!("{taken} answers of {} taken over", path.display()));
    }
    let (key, value) = (args.key.as_deref().unwrap_or_default(), args.value.as_deref().unwrap_or_default());
    session.set_field(key, value)?;
    let currency = session.definitions()?.currency;
    // As it is kept, not as it was typed: “3,2:1” is 3.2:1.
    let kept = template().field(key).and_then(|field| Some(written(field, &read(field, value, currency).ok()??)));
    let told = match kept {
        None => "is as data say again".to_owned(),
        Some(text) if text.chars().count() > LONGEST_SHOWN => {
            format!(
                "is “{}”, {} characters",
                show::cut(&text, LONGEST_SHOWN),
                output::count(text.chars().count() as u64)
            )
        }
        Some(text) => format!("is “{text}”"),
    };
    output::line(format!("{} {told}", key.trim().to_uppercase()))
}

pub fn comment(args: &CommentArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Write)?;
    session.comment_field(&args.key, &args.text)?;
    let told = if args.text.trim().is_empty() { "has no comment any more" } else { "has a comment" };
    output::line(format!("{} {told}", args.key.trim().to_uppercase()))
}

pub fn options(args: &OptionsArgs) -> Result<()> {
    let changes = args.preset.is_some() || !args.set.is_empty();
    let access = if changes { Access::Write } else { Access::Read };
    let mut session = Session::open(&args.file, access)?;
    if let Some(text) = &args.preset {
        let known = || options::presets().iter().map(|one| one.key.as_str()).collect::<Vec<_>>().join(", ");
        let preset =
            options::preset(text).ok_or_else(|| anyhow!("there is no preset “{text}”; there are {}", known()))?;
        session.take_preset(preset)?;
    }
    if !args.set.is_empty() {
        let mut shop = session.answers()?.options;
        for text in &args.set {
            let (key, choice) = text.split_once('=').context("write OPTION=CHOICE, such as vertical=fashion")?;
            options::choose(&mut shop, key, choice).map_err(|why| anyhow!(why))?;
        }
        session.set_options(&shop)?;
    }
    let shop = session.answers()?.options;
    if args.json {
        return output::json(&as_json(&shop));
    }
    for option in options::options() {
        let chosen = options::chosen(&shop, &option.key).and_then(|key| option.choice(key));
        output::line(format!(
            "{} ({}): {}",
            option.title,
            option.key,
            chosen.map_or("not chosen", |one| one.title.as_str())
        ))?;
        let known: Vec<String> = option.choices.iter().map(|one| format!("{} = {}", one.key, one.title)).collect();
        output::line(format!("  {}", known.join(", ")))?;
    }
    for preset in options::presets() {
        let mark = if shop.preset.as_deref() == Some(&preset.key) { ", chosen" } else { "" };
        output::line(format!("Preset {}{mark}: {}", preset.key, preset.about))?;
        output::line(format!("  {ILLUSTRATION}: {}", preset.results.join(", ")))?;
    }
    Ok(())
}

fn as_json(shop: &crate::model::strategy::Options) -> serde_json::Value {
    let option = |option: &options::ShopOption| {
        let choices: Vec<_> = option.choices.iter().map(|one| json!({ "key": one.key, "title": one.title })).collect();
        let chosen = options::chosen(shop, &option.key);
        json!({ "key": option.key, "title": option.title, "help": option.help, "chosen": chosen, "choices": choices })
    };
    let preset = |preset: &options::Preset| {
        json!({
            "key": preset.key,
            "title": preset.title,
            "about": preset.about,
            "options": preset.options,
            "facts": preset.facts,
            "answers": preset.answers,
            "results": preset.results,
            "what_results_are": ILLUSTRATION,
        })
    };
    json!({
        "options": options::options().iter().map(option).collect::<Vec<_>>(),
        "presets": options::presets().iter().map(preset).collect::<Vec<_>>(),
        "preset": shop.preset,
    })
}
