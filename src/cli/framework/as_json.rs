//! The form as JSON: money in major units beside its currency, shares as parts of 1.

use serde_json::{Value, json};

use super::issues::texts;
use super::show::{kind_name, state_name};
use crate::framework::state::{Change, FieldState, FromData, Progress, Source, State, figure};
use crate::framework::template::{FormField, Place, options, template};
use crate::model::strategy::{FieldValue, Issue, Options};

fn raw(value: &FieldValue) -> Value {
    match value {
        FieldValue::Text(text) | FieldValue::Choice(text) => text.as_str().into(),
        FieldValue::Number(number) | FieldValue::Percent(number) | FieldValue::Ratio(number) => (*number).into(),
        FieldValue::Money(minor, currency) => currency.major(*minor).into(),
        FieldValue::Date(day) => day.to_string().into(),
    }
}

fn currency(value: &FieldValue) -> Option<&str> {
    match value {
        FieldValue::Money(_, currency) => Some(currency.code()),
        _ => None,
    }
}

fn data(field: &FormField, found: &FromData) -> Value {
    json!({
        "value": raw(&found.value),
        "text": figure(field, &found.value),
        "how": found.how,
        "as_of": found.as_of,
        "scope": found.scope,
        "page": found.page,
        "metric": found.figure.map(|figure| figure.metric.metric().key),
    })
}

fn field(place: &Place<'_>, found: &FieldState, shop: &Options) -> Value {
    let field = place.field;
    let value = found.value();
    let missing = match &found.source {
        Source::Open(missing) => missing.as_deref(),
        _ => None,
    };
    json!({
        "placeholder": field.placeholder,
        "key": field.key,
        "section": place.section.number,
        "group": place.group.title,
        "label": field.label,
        "kind": kind_name(field.kind),
        "unit": field.unit,
        "choices": field.choices,
        "value": value.map(raw),
        "currency": value.and_then(currency),
        "text": found.text(field),
        "source": state_name(&found.source),
        "data": found.data().map(|found| data(field, found)),
        "missing": missing,
        "comment": found.comment,
        "kept_by": field.home,
        "kept_on_page": field.page(),
        "help": field.help,
        "example": field.example,
        "from": field.from,
        "suggestion": value.is_none().then(|| options::suggestion(shop, &field.key)),
    })
}

/// The form, section by section.
pub fn form(places: &[Place<'static>], state: &State, shop: &Options) -> Value {
    let sections = template().sections.iter().zip(&state.progress).filter_map(|(section, progress)| {
        let of: Vec<Value> = places
            .iter()
            .filter(|place| place.section.key == section.key)
            .filter_map(|place| Some(field(place, state.field(&place.field.key)?, shop)))
            .collect();
        let guidance = options::guidance(shop, &section.key);
        let guidance: Vec<Value> = guidance
            .iter()
            .map(|one| json!({ "option": one.option, "choice": one.choice, "text": one.text }))
            .collect();
        (!of.is_empty()).then(|| {
            json!({
                "key": section.key,
                "number": section.number,
                "title": section.title,
                "progress": counts(*progress),
                "guidance": guidance,
                "fields": of,
            })
        })
    });
    json!({
        "sections": sections.collect::<Vec<_>>(),
        "options": shop,
        "progress": counts(state.progress_in_all()),
        "contradictions": contradictions(state),
    })
}

fn contradictions(state: &State) -> Vec<Value> {
    state.contradictions.iter().map(|one| json!({ "sentence": one.sentence, "fields": one.fields })).collect()
}

fn counts(of: Progress) -> Value {
    json!({ "data": of.data, "typed": of.typed, "open": of.open })
}

/// How much of each section is filled.
pub fn progress(state: &State) -> Value {
    let sections = template().sections.iter().zip(&state.progress);
    let sections = sections.map(|(section, of)| {
        json!({ "key": section.key, "number": section.number, "title": section.title, "progress": counts(*of) })
    });
    json!({
        "sections": sections.collect::<Vec<_>>(),
        "progress": counts(state.progress_in_all()),
        "contradictions": contradictions(state),
    })
}

/// The table of placeholders.
pub fn placeholders(places: &[Place<'static>], state: Option<&State>) -> Value {
    let one = |place: &Place<'static>| {
        let found = state.and_then(|state| state.field(&place.field.key));
        json!({
            "placeholder": place.field.placeholder,
            "key": place.field.key,
            "section": place.section.number,
            "group": place.group.title,
            "label": place.field.label,
            "kind": kind_name(place.field.kind),
            "unit": place.field.unit,
            "today": found.map(|found| state_name(&found.source)),
            "how_it_is_filled": place.field.from,
            "kept_by": place.field.home,
        })
    };
    json!({ "placeholders": places.iter().map(one).collect::<Vec<_>>() })
}

/// An issue without its fields.
pub fn issue(of: &Issue) -> Value {
    let typed = of.fields.values().filter(|field| field.typed).count();
    json!({ "name": of.name, "as_of": of.as_of, "kept_at": of.at, "fields": of.fields.len(), "typed": typed })
}

/// What became different.
pub fn changes(found: &[Change]) -> Value {
    let one = |change: &Change| {
        let (before, after) = match template().field(&change.key) {
            Some(field) => {
                let (before, after) = texts(field, change);
                (before.map(Value::from), after.map(Value::from))
            }
            None => (change.before.as_ref().map(raw), change.after.as_ref().map(raw)),
        };
        json!({
            "key": change.key,
            "field": template().place(&change.key).map(|place| place.name()),
            "before": before,
            "after": after,
        })
    };
    json!({ "changes": found.iter().map(one).collect::<Vec<_>>() })
}
