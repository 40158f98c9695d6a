//! The brief of a campaign: everything that those who work on it need to know, on a page to print.

use std::path::Path;

use anyhow::{Result, bail};

use super::Session;
use crate::analytics::sale::{judge, said};
use crate::jobs::Progress;
use crate::model::campaign::{Campaign, Status, metric, template};
use crate::model::plan::{Stacking, Tier};
use crate::model::rule::Words;
use crate::model::{Currency, Day, Locale, SalePlan};
use crate::report::document::{Block, Cell, Column, Document, Table};
use crate::report::table_export::{self, List, TableFormat, Value, Written};

impl Session {
    /// The brief of a campaign, with the sizes of its audiences and, of a sale, what its replay says.
    ///
    /// # Errors
    /// When the shop cannot be read, or the work was cancelled.
    pub fn campaign_brief(&mut self, campaign: &Campaign, progress: &Progress) -> Result<Document> {
        let definitions = self.definitions()?;
        let currency = definitions.currency;
        let mut blocks = vec![Block::Facts(facts(campaign, currency))];
        let audiences = self.audiences_of(campaign, progress)?;
        if !audiences.is_empty() {
            blocks.push(Block::Table(Table {
                caption: "For whom, the most important first".into(),
                columns: columns(&[("Audience", false), ("Who they are", false), ("Customers", true)]),
                rows: audiences.into_iter().map(|row| row.map(Cell::text).to_vec()).collect(),
                total: None,
            }));
        }
        if campaign.sale.is_some() {
            self.sale_part(campaign, &mut blocks, progress)?;
        }
        if !campaign.metrics.is_empty() {
            let row = |one: &crate::model::campaign::Metric| {
                let info = metric(one.kind);
                [info.name.to_owned(), one.target.display(), info.source.name().to_owned()].map(Cell::text).to_vec()
            };
            blocks.push(Block::Table(Table {
                caption: "What it is measured by".into(),
                columns: columns(&[("Measure", false), ("Target", true), ("Where it comes from", false)]),
                rows: campaign.metrics.iter().map(row).collect(),
                total: None,
            }));
        }
        blocks.extend(tasks(campaign));
        blocks.extend(contents(campaign));
        blocks.extend(links(campaign));
        if !campaign.checklist.is_empty() {
            blocks.push(Block::Heading(2, "Before it starts".into()));
            let mark = |done: bool| if done { "☑" } else { "☐" };
            let checks = campaign.checklist.iter().map(|check| format!("{} {}", mark(check.done), check.name));
            blocks.push(Block::List(checks.collect()));
        }
        if !campaign.notes.trim().is_empty() {
            blocks.push(Block::Note(campaign.notes.trim().to_owned()));
        }
        let shop = self.shop()?;
        let kind = template(campaign.template).name;
        Ok(Document {
            title: campaign.name.clone(),
            subtitle: format!("{kind}, {shop}"),
            blocks,
            ..Document::default()
        })
    }

    /// The audiences of a campaign: what they are called, who they are, and how many customers that is.
    ///
    /// # Errors
    /// When the shop cannot be read, or the work was cancelled.
    pub fn audiences_of(&mut self, campaign: &Campaign, progress: &Progress) -> Result<Vec<[String; 3]>> {
        let currency = self.definitions()?.currency;
        let words = Words { locale: Locale::En, currency };
        let mut rows = Vec::new();
        if campaign.audiences.is_empty() || self.dataset(progress)?.customers.id.is_empty() {
            return Ok(rows);
        }
        let sieve = self.sieve(None, progress)?;
        for audience in &campaign.audiences {
            let rule = audience.who.rule();
            let size = match self.resolved(rule) {
                Ok(rule) => sieve.count(&sieve.members(&rule, progress)?).customers.to_string(),
                Err(_) => "—".into(),
            };
            let likes = if audience.who.is_reached() { "" } else { "People like these: " };
            rows.push([audience.name.clone(), format!("{likes}{}", rule.sentence(words)), size]);
        }
        Ok(rows)
    }

    fn sale_part(&mut self, campaign: &Campaign, blocks: &mut Vec<Block>, progress: &Progress) -> Result<()> {
        let Some(plan) = campaign.sale_plan() else { return Ok(()) };
        blocks.push(Block::Heading(2, "The offer".into()));
        blocks.push(Block::List(plan.tiers.iter().map(offer).collect()));
        let mut facts = self.terms(&plan)?;
        if let Some(code) = &plan.code {
            facts.push(("Code".to_owned(), code.clone()));
        }
        for featured in &plan.featured {
            facts.push((format!("Featured {}", featured.product), format!("{} units", featured.units)));
        }
        if !facts.is_empty() {
            blocks.push(Block::Facts(facts));
        }
        let replayed = self.replay_sale(&plan, None, progress);
        match replayed {
            Ok((_, replay)) => {
                let lift = self.sale_lift(progress)?;
                let judged = judge(&replay, plan.assumptions.top_up, &lift);
                blocks.push(Block::Note(said::verdict(&judged, &replay)));
                let mut lines = vec![said::headline(&replay)];
                lines.extend(said::reasons(&judged, &replay, &lift));
                blocks.push(Block::List(lines));
            }
            Err(error) if error.downcast_ref::<crate::jobs::Cancelled>().is_some() => return Err(error),
            Err(error) => blocks.push(Block::Note(format!("It was not replayed: {error:#}"))),
        }
        Ok(())
    }

    /// What holds for all offers of a sale.
    fn terms(&self, plan: &SalePlan) -> Result<Vec<(String, String)>> {
        let mut terms = Vec::new();
        if plan.tiers.len() > 1 {
            let alone = plan.tiers.iter().filter(|tier| tier.stacking == Stacking::BestOnly).count();
            if alone > 1 {
                terms.push(("Together".to_owned(), format!("of {alone} offers {}", Stacking::BestOnly.in_words())));
            }
        }
        let mut left_out = [&plan.excluded.products[..], &plan.excluded.categories[..]].concat();
        if plan.excluded.discounted_lines {
            left_out.push("what is marked down already".into());
        }
        let caps = plan.caps.in_words();
        if !caps.is_empty() {
            terms.push(("All offers together".to_owned(), caps));
        }
        if !left_out.is_empty() {
            terms.push(("Left out".to_owned(), left_out.join(", ")));
        }
        if let Some(early) = &plan.early_access {
            let who = early.audience.sentence(self.words()?);
            terms.push(("Early access".to_owned(), format!("from {}: {who}", moment(early.starts))));
        }
        Ok(terms)
    }

    /// Writes the codes of a campaign as a list for the shop. None of them was used on an order before.
    ///
    /// # Errors
    /// A sentence when it has none, or they cannot be made; no file is left then.
    pub fn export_codes(
        &mut self,
        campaign: &Campaign,
        path: &Path,
        format: &dyn TableFormat,
        progress: &Progress,
    ) -> Result<Written> {
        let Some(codes) = &campaign.codes else { bail!("{} has no codes; ask for some first", campaign.name) };
        if let Some((_, words)) = codes.problems().first() {
            bail!("the codes cannot be made: {words}");
        }
        let data = self.dataset(progress)?;
        let known: std::collections::BTreeSet<&str> = data.labels.iter().map(String::as_str).collect();
        let list = codes.list(&|code| known.contains(code));
        let head = List { title: "Codes".into(), columns: vec!["Code".into()] };
        let mut rows = list.into_iter().map(|code| Ok(vec![Value::Text(code)]));
        table_export::save(path, format, &head, &mut rows)
    }
}

/// An offer with its caps, and how it goes with others.
fn offer(tier: &Tier) -> String {
    let alone = tier.stacking != Stacking::BestOnly;
    let parts =
        [tier.in_words(), tier.caps.in_words(), if alone { tier.stacking.in_words().into() } else { String::new() }];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

fn moment(at: chrono::NaiveDateTime) -> String {
    at.format("%a %-d %b %Y %H:%M").to_string()
}

fn facts(campaign: &Campaign, currency: Currency) -> Vec<(String, String)> {
    let mut facts = vec![
        ("When".to_owned(), format!("{} – {}", moment(campaign.starts), moment(campaign.ends))),
        ("Status".to_owned(), campaign.status.name().to_owned()),
    ];
    let mut add = |name: &str, text: String| {
        if !text.trim().is_empty() {
            facts.push((name.to_owned(), text));
        }
    };
    add("Objective", campaign.objective.clone());
    add("Owner", campaign.owner.clone());
    add("Channels", campaign.channels.iter().map(|channel| channel.name()).collect::<Vec<_>>().join(", "));
    add("Budget", campaign.budget.map_or_else(String::new, |budget| budget.display()));
    if !campaign.spend.is_empty() {
        let items = campaign.spend.iter().map(|item| format!("{} {}", item.name, item.amount.display()));
        let sum = currency.display(campaign.planned_spend(currency));
        add("Planned spend", format!("{sum}: {}", items.collect::<Vec<_>>().join(", ")));
    }
    if campaign.status == Status::Cancelled {
        add("Note", "This campaign was cancelled".into());
    }
    facts
}

fn columns(of: &[(&str, bool)]) -> Vec<Column> {
    of.iter().map(|(header, numeric)| Column::new((*header).to_owned(), *numeric)).collect()
}

fn tasks(campaign: &Campaign) -> Option<Block> {
    let days = campaign.days();
    let mut rows: Vec<(Day, Vec<Cell>)> = Vec::new();
    for phase in &campaign.phases {
        for task in &phase.tasks {
            let day = task.due.day(days);
            let time = task.time.map_or_else(String::new, |time| time.format(" %H:%M").to_string());
            let owner = if task.owner.is_empty() { &campaign.owner } else { &task.owner };
            let cells = [
                format!("{}{time}", day.date().format("%a %-d %b")),
                phase.name.clone(),
                task.name.clone(),
                task.channel.map_or_else(String::new, |channel| channel.name().to_owned()),
                owner.clone(),
            ];
            rows.push((day, cells.map(Cell::text).to_vec()));
        }
    }
    rows.sort_by_key(|(day, _)| *day);
    (!rows.is_empty()).then(|| {
        Block::Table(Table {
            caption: "What is done when".into(),
            columns: columns(&[("Day", false), ("Phase", false), ("Task", false), ("Channel", false), ("Who", false)]),
            rows: rows.into_iter().map(|(_, cells)| cells).collect(),
            total: None,
        })
    })
}

fn contents(campaign: &Campaign) -> Option<Block> {
    let days = campaign.days();
    let mut all: Vec<_> = campaign.content.iter().map(|content| (content.due.day(days), content)).collect();
    all.sort_by_key(|(day, _)| *day);
    let row = |(day, content): (Day, &crate::model::campaign::Content)| {
        let day = day.date().format("%a %-d %b").to_string();
        [day, content.name.clone(), content.stage.name().into(), content.media.name().into()].map(Cell::text).to_vec()
    };
    (!all.is_empty()).then(|| {
        Block::Table(Table {
            caption: "What it shows and tells".into(),
            columns: columns(&[("Day", false), ("Content", false), ("Stage", false), ("Media", false)]),
            rows: all.into_iter().map(row).collect(),
            total: None,
        })
    })
}

fn links(campaign: &Campaign) -> Option<Block> {
    let links = campaign.links();
    let row = |link: &crate::model::campaign::Link| {
        [link.channel.name().to_owned(), link.address.clone()].map(Cell::text).to_vec()
    };
    (!links.is_empty()).then(|| {
        Block::Table(Table {
            caption: "Links".into(),
            columns: columns(&[("Channel", false), ("Link", false)]),
            rows: links.iter().map(row).collect(),
            total: None,
        })
    })
}
