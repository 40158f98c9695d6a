//! `framework plan`: the items of the product and the marketing framework with what the shop says about them and what its
//! data say.

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::{Value, json};

use crate::cli::args::AnalysisArgs;
use crate::cli::output;
use crate::framework::guide::evidence::{Evidence, answer, possible, questions_of, reached};
use crate::framework::guide::{self, GuideGroup, GuideItem, GuideList, dates, done, overdue};
use crate::jobs::Progress;
use crate::model::strategy::StrategyPlan;
use crate::model::{Day, Locale};
use crate::ops::Session;
use crate::ops::strategy::ADDED;
use crate::workspace::Access;

#[derive(Args)]
pub struct PlanArgs {
    #[command(flatten)]
    pub analysis: AnalysisArgs,
    /// Only a list, such as phases, strategies, challenges, checklist, dimensions, roadmap
    #[arg(long, value_name = "KEY")]
    pub list: Option<String>,
    /// Set a place: product.start=2026-01-05, phases.discovery.research.owner=Ada, roadmap.growth.sequences.stage=mvp,
    /// content.ID.due=2026-03-01; an empty value empties it
    #[arg(long, value_name = "PLACE=VALUE")]
    pub set: Vec<String>,
    /// Add a piece of content, a case study, a reference customer or an external source: content:Spring guide
    #[arg(long, value_name = "KIND:NAME")]
    pub add: Vec<String>,
    /// Remove what was added: content.spring_guide
    #[arg(long, value_name = "KIND.ID")]
    pub remove: Vec<String>,
}

/// Shows or changes the plans.
pub fn plan(args: &PlanArgs) -> Result<()> {
    if !(args.set.is_empty() && args.add.is_empty() && args.remove.is_empty()) {
        return change(args);
    }
    let lists: Vec<&GuideList> = match &args.list {
        Some(key) => vec![guide::list(key).with_context(|| {
            let known = guide::guides().into_iter().flat_map(|guide| &guide.lists).map(|list| list.key.as_str());
            format!("there is no list “{key}”; there are {}", known.collect::<Vec<_>>().join(", "))
        })?],
        None => guide::guides().into_iter().flat_map(|guide| &guide.lists).collect(),
    };
    let mut session = Session::open(&args.analysis.file, Access::Read)?;
    let progress = Progress::none();
    let data = session.dataset(&progress)?;
    let as_of = args.analysis.as_of.or(data.span.map(|(_, last)| last)).unwrap_or(Day(0));
    let evidence = session.strategy_evidence(args.analysis.as_of, &progress)?;
    let plan = session.strategy_plan()?;
    let shown = Shown { plan: &plan, evidence: &evidence, as_of };
    if args.analysis.json {
        let lists: Vec<Value> = lists.into_iter().map(|list| shown.list_json(list)).collect();
        return output::json(&json!({
            "as_of": as_of,
            "product_start": plan.product_start,
            "marketing_start": plan.marketing_start,
            "lists": lists,
            "content": plan.content,
            "cases": plan.cases,
            "references": plan.references,
            "external": plan.external,
        }));
    }
    for (n, list) in lists.into_iter().enumerate() {
        if n > 0 {
            output::line("")?;
        }
        shown.print(list)?;
    }
    Ok(())
}

fn change(args: &PlanArgs) -> Result<()> {
    let mut session = Session::open(&args.analysis.file, Access::Write)?;
    for text in &args.add {
        let Some((kind, name)) = text.split_once(':') else {
            bail!("write KIND:NAME, such as content:Spring guide; kinds are {}", ADDED.join(", "))
        };
        let id = session.add_to_plan(crate::ops::now(), kind.trim(), name)?;
        output::line(format!("{} added as {}.{id}", name.trim(), kind.trim()))?;
    }
    for text in &args.set {
        let (place, value) =
            text.split_once('=').context("write PLACE=VALUE, such as phases.discovery.research.status=done")?;
        session.set_plan(crate::ops::now(), place, value)?;
        output::line(format!("{} is now “{}”", place.trim(), value.trim()))?;
    }
    for place in &args.remove {
        session.remove_from_plan(crate::ops::now(), place.trim())?;
        output::line(format!("{} removed", place.trim()))?;
    }
    Ok(())
}

struct Shown<'a> {
    plan: &'a StrategyPlan,
    evidence: &'a Evidence,
    as_of: Day,
}

impl Shown<'_> {
    fn print(&self, list: &GuideList) -> Result<()> {
        output::line(format!("{} ({})", list.title, list.key))?;
        for group in &list.groups {
            if !group.title.is_empty() {
                output::line(self.heading(group))?;
            }
            let rows: Vec<Vec<String>> = group.items.iter().map(|item| self.row(item)).collect();
            output::line(output::table(
                &["Item", "Name", "Status", "Days", "What the data say"],
                &rows,
                &[0, 1, 2, 3, 4],
            ))?;
        }
        Ok(())
    }

    fn heading(&self, group: &GuideGroup) -> String {
        let found = done(self.plan, &group.items, self.as_of);
        let share = found.share().map_or_else(String::new, |share| format!(" ({})", Locale::En.percent(share, 0)));
        let data: Vec<String> =
            group.evidence.iter().filter_map(|key| answer(self.evidence, key, &group.title)).collect();
        let data = if data.is_empty() { String::new() } else { format!("; {}", data.join("; ")) };
        format!("\n{}: {} of {} done{share}{data}", group.title, found.done, found.wanted())
    }

    fn row(&self, item: &GuideItem) -> Vec<String> {
        let status = self.plan.items.get(&item.key).map(|said| said.status).unwrap_or_default().name();
        let late = if overdue(self.plan, &item.key, self.as_of) { ", overdue" } else { "" };
        let days = match dates(self.plan, &item.key) {
            None => String::new(),
            Some((from, None)) => format!("from {from}"),
            Some((from, Some(due))) => format!("{from} – {due}"),
        };
        let target = if item.target.is_empty() { String::new() } else { format!(" ({})", item.target) };
        let data: Vec<String> =
            questions_of(item).iter().filter_map(|key| answer(self.evidence, key, &item.title)).collect();
        vec![item.key.clone(), format!("{}{target}", item.title), format!("{status}{late}"), days, data.join("; ")]
    }

    fn list_json(&self, list: &GuideList) -> Value {
        let item = |item: &GuideItem| {
            let (from, due) = dates(self.plan, &item.key).map_or((None, None), |(from, due)| (Some(from), due));
            let data = questions_of(item).into_iter().filter_map(|key| {
                let answer = self.evidence.get(&key)?;
                Some(match answer {
                    Ok(found) => json!({
                        "question": key, "text": found.text, "value": found.value, "serves": found.serves,
                        "how": found.how, "page": found.page,
                    }),
                    Err(why) => json!({ "question": key, "missing": why }),
                })
            });
            json!({
                "key": item.key,
                "title": item.title,
                "words": item.words,
                "target": item.target,
                "level": item.level,
                "reached": reached(self.evidence, item),
                "possible": possible(self.evidence, item),
                "said": self.plan.items.get(&item.key),
                "from": from,
                "due": due,
                "overdue": overdue(self.plan, &item.key, self.as_of),
                "data": data.collect::<Vec<_>>(),
            })
        };
        let group = |group: &GuideGroup| {
            let found = done(self.plan, &group.items, self.as_of);
            json!({
                "key": group.key, "title": group.title, "words": group.words,
                "done": found.done, "wanted": found.wanted(), "overdue": found.overdue,
                "items": group.items.iter().map(item).collect::<Vec<_>>(),
            })
        };
        json!({ "key": list.key, "title": list.title, "groups": list.groups.iter().map(group).collect::<Vec<_>>() })
    }
}
