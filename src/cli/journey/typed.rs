//! Changes of what is typed: each a step of the history.

use anyhow::{Context, Result, anyhow, bail};

use super::JourneyArgs;
use crate::cli::output;
use crate::model::journey::{self, Matrix, Stage};
use crate::model::sheet::Field;
use crate::model::{content, omnichannel};
use crate::ops::Session;
use crate::workspace::Access;

pub fn change(args: &JourneyArgs) -> Result<()> {
    let mut session = Session::open(&args.analysis.file, Access::Write)?;
    for text in &args.add {
        let (stage, name) = text.split_once(':').context("write STAGE:NAME, such as purchase:Gift wrapping")?;
        let stage = Stage::parse(stage).ok_or_else(|| no_stage(stage))?;
        let mut matrix = session.journey_matrix()?;
        let id = matrix.add(stage, name);
        session.save_journey_matrix(&format!("Add touchpoint {}", name.trim()), crate::ops::now(), &matrix)?;
        output::line(format!("{} added to {} as {id}", name.trim(), stage.name()))?;
    }
    for text in &args.set {
        let (place, value) = text.split_once('=').context("write CELL.FIELD=VALUE, such as checkout.status=live")?;
        set(&mut session, place.trim(), value)?;
        output::line(format!("{} is now “{}”", place.trim(), value.trim()))?;
    }
    for id in &args.remove {
        let mut matrix = session.journey_matrix()?;
        let name = matrix.cell(id).map(|(_, cell)| cell.name.clone()).ok_or_else(|| no_cell(&matrix, id))?;
        matrix.remove(id);
        session.save_journey_matrix(&format!("Remove touchpoint {name}"), crate::ops::now(), &matrix)?;
        output::line(format!("{name} removed"))?;
    }
    Ok(())
}

fn set(session: &mut Session, place: &str, value: &str) -> Result<()> {
    let at = crate::ops::now();
    match place.split('.').collect::<Vec<_>>().as_slice() {
        ["omnichannel", id, field] => {
            let mut table = session.omnichannel_table()?;
            let known = table.channels.iter().map(|row| row.id.clone()).collect::<Vec<_>>().join(", ");
            let row = table.channel_mut(id).ok_or_else(|| anyhow!("there is no channel “{id}”; there are {known}"))?;
            put(omnichannel::FIELDS, &[], row, field, value)?;
            let label = format!("Change {}", row.name);
            session.save_omnichannel_table(&label, at, &table)
        }
        ["content", id, field] => {
            let mut contents = session.content_matrix()?;
            let known = contents.contents.iter().map(|row| row.id.clone()).collect::<Vec<_>>().join(", ");
            let row =
                contents.content_mut(id).ok_or_else(|| anyhow!("there is no content “{id}”; there are {known}"))?;
            put(content::FIELDS, &[], row, field, value)?;
            let label = format!("Change {}", row.name);
            session.save_content_matrix(&label, at, &contents)
        }
        [id, field] => {
            let mut matrix = session.journey_matrix()?;
            let label = of_matrix(&mut matrix, id, field, value)?;
            session.save_journey_matrix(&label, at, &matrix)
        }
        _ => bail!("“{place}” is none of CELL.FIELD, STAGE.needs, omnichannel.CHANNEL.FIELD and content.CONTENT.FIELD"),
    }
}

fn of_matrix(matrix: &mut Matrix, id: &str, field: &str, value: &str) -> Result<String> {
    if let Some(stage) = Stage::parse(id) {
        let text = Some(value.trim().to_owned()).filter(|text| !text.is_empty());
        match field {
            "needs" => matrix.set_needs(stage, text),
            "pains" => matrix.set_pains(stage, text),
            _ => bail!("a stage has needs and pains, not “{field}”"),
        }
        return Ok(format!("Change {field} of {}", stage.name()));
    }
    let Some(cell) = matrix.cell_mut(id) else { return Err(no_cell(matrix, id)) };
    match field {
        "shown" => cell.hidden = matches!(value.trim(), "no" | "false" | "0"),
        _ => put(journey::FIELDS, journey::LINKS, cell, field, value)?,
    }
    Ok(format!("Change {}", cell.name))
}

fn put<T>(fields: &'static [Field<T>], more: &'static [Field<T>], of: &mut T, key: &str, value: &str) -> Result<()> {
    let found = Field::named(fields, key).or_else(|| Field::named(more, key));
    let known = || fields.iter().chain(more).map(|field| field.key).collect::<Vec<_>>().join(", ");
    let field = found.ok_or_else(|| anyhow!("there is no field “{key}”; fields are {}", known()))?;
    field.set(of, value).map_err(|why| anyhow!("{key} was not changed: {why}"))
}

fn no_stage(text: &str) -> anyhow::Error {
    let known = journey::STAGES.map(Stage::key).join(", ");
    anyhow!("there is no stage “{text}”; stages are {known}")
}

fn no_cell(matrix: &Matrix, id: &str) -> anyhow::Error {
    let known = matrix.cells().map(|(_, cell)| cell.id.as_str()).collect::<Vec<_>>().join(", ");
    anyhow!("there is no touchpoint “{id}”; there are {known}")
}
