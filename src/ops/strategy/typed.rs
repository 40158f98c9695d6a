//! Changes of the plans that are typed as texts, each a step of the history: fields of items, of pieces of content, case
//! studies, reference customers and sources.

use anyhow::{Result, anyhow, bail};

use crate::framework::guide;
use crate::model::Day;
use crate::model::sheet::Field;
use crate::model::strategy::{
    CASE_FIELDS, CONTENT_FIELDS, Case, ContentItem, ExternalSource, ITEM_FIELDS, SOURCE_FIELDS, StrategyPlan, set_cost,
};
use crate::ops::Session;

/// What can be added to the plans, by its name in places: `content.ID.FIELD`.
pub const ADDED: [&str; 4] = ["content", "case", "reference", "source"];

impl Session {
    /// Sets a field of an item of the frameworks from a text, as one step; an empty text empties it.
    ///
    /// # Errors
    /// A sentence when there is no such item or field, or the text cannot stand in it.
    pub fn set_item(&mut self, at: i64, key: &str, field: &str, text: &str) -> Result<()> {
        let place = guide::place(key).ok_or_else(|| no_item(key))?;
        let mut plan = self.strategy_plan()?;
        put(ITEM_FIELDS, plan.item_mut(key), field, text)?;
        self.save_strategy(&format!("Change {}", place.item.title), at, &plan)
    }

    /// Sets a place of the plans from a text, as one step: `product.start`, `marketing.start`, an item's field such as
    /// `phases.discovery.research.owner`, or one of what was added, such as `content.spring_guide.due`.
    ///
    /// # Errors
    /// A sentence when there is no such place, or the text cannot stand in it.
    pub fn set_plan(&mut self, at: i64, place: &str, text: &str) -> Result<()> {
        let (of, field) = place.trim().rsplit_once('.').ok_or_else(|| no_item(place))?;
        let mut plan = self.strategy_plan()?;
        if let ("product" | "marketing", "start") = (of, field) {
            let day = match text.trim() {
                "" => None,
                text => Some(Day::parse(text).ok_or_else(|| anyhow!("“{text}” is not a date (YYYY-MM-DD)"))?),
            };
            let start = if of == "product" { &mut plan.product_start } else { &mut plan.marketing_start };
            *start = day;
            return self.save_strategy(&format!("Date the {of} plan"), at, &plan);
        }
        if guide::place(of).is_some() {
            return self.set_item(at, of, field, text);
        }
        let currency = self.definitions()?.currency;
        let StrategyPlan { content, cases, references, external, .. } = &mut plan;
        let name = match of.split_once('.') {
            Some(("content", id)) => {
                let one = found(content, |one| &one.id, id)?;
                put(CONTENT_FIELDS, one, field, text)?;
                one.title.clone()
            }
            Some((kind @ ("case" | "reference"), id)) => {
                let one = found(if kind == "case" { cases } else { references }, |one| &one.id, id)?;
                put(CASE_FIELDS, one, field, text)?;
                one.title.clone()
            }
            Some(("source", id)) => {
                let one = found(external, |one| &one.id, id)?;
                match field {
                    "cost" => set_cost(one, text, currency).map_err(|why| anyhow!("cost was not changed: {why}"))?,
                    _ => put(SOURCE_FIELDS, one, field, text)?,
                }
                one.name.clone()
            }
            _ => return Err(no_item(of)),
        };
        self.save_strategy(&format!("Change {name}"), at, &plan)
    }

    /// Adds a piece of content, a case study, a reference customer or a source under a name, as one step; gives its id.
    ///
    /// # Errors
    /// A sentence when the kind is none of [`ADDED`], or the name cannot be one.
    pub fn add_to_plan(&mut self, at: i64, kind: &str, name: &str) -> Result<String> {
        let mut plan = self.strategy_plan()?;
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let id = match kind {
            "content" => plan.add_content(ContentItem { title: name.clone(), ..ContentItem::default() }),
            "case" => plan.add_case(Case { title: name.clone(), ..Case::default() }),
            "reference" => plan.add_reference(Case { title: name.clone(), ..Case::default() }),
            "source" => plan.add_source(ExternalSource { name: name.clone(), ..ExternalSource::default() }),
            _ => bail!("“{kind}” cannot be added; there are {}", ADDED.join(", ")),
        };
        self.save_strategy(&format!("Add {name}"), at, &plan)?;
        Ok(id)
    }

    /// Removes what was added, as one step: `content.spring_guide`.
    ///
    /// # Errors
    /// A sentence when there is no such thing.
    pub fn remove_from_plan(&mut self, at: i64, place: &str) -> Result<()> {
        let (kind, id) = place.split_once('.').unwrap_or((place, ""));
        let mut plan = self.strategy_plan()?;
        let before = plan.clone();
        match kind {
            "content" => plan.content.retain(|one| one.id != id),
            "case" => plan.cases.retain(|one| one.id != id),
            "reference" => plan.references.retain(|one| one.id != id),
            "source" => plan.external.retain(|one| one.id != id),
            _ => bail!(
                "“{place}” cannot be removed; what was added is named {}",
                ADDED.map(|k| format!("{k}.ID")).join(", ")
            ),
        }
        if plan == before {
            bail!("there is no {kind} “{id}”; nothing was removed");
        }
        self.save_strategy(&format!("Remove {id}"), at, &plan)
    }
}

fn put<T>(fields: &'static [Field<T>], of: &mut T, key: &str, text: &str) -> Result<()> {
    let known = || fields.iter().map(|field| field.key).collect::<Vec<_>>().join(", ");
    let field =
        Field::named(fields, key).ok_or_else(|| anyhow!("there is no field “{key}”; fields are {}", known()))?;
    field.set(of, text).map_err(|why| anyhow!("{key} was not changed: {why}"))
}

fn found<'a, T>(all: &'a mut [T], id_of: fn(&T) -> &str, id: &str) -> Result<&'a mut T> {
    let known = all.iter().map(id_of).collect::<Vec<_>>().join(", ");
    let none = if known.is_empty() { "nothing was added yet".to_owned() } else { format!("there are {known}") };
    all.iter_mut().find(|one| id_of(one) == id).ok_or_else(|| anyhow!("there is no “{id}”; {none}"))
}

fn no_item(key: &str) -> anyhow::Error {
    let near = guide::near(key).join(", ");
    match near.is_empty() {
        true => anyhow!("there is no item “{key}”; `framework plan` lists them all"),
        false => anyhow!("there is no item “{key}”; near to it are {near}"),
    }
}
