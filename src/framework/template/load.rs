//! Reading `assets/template.toml`: tables of columns and rows become fields.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{FormField, FormGroup, FormSection, Template};
use crate::model::strategy::FieldKind;

/// The form of the file that this program reads.
const VERSION: u32 = 1;
/// Numbers beyond this are slips.
const LARGEST: f64 = 1e12;

#[derive(Deserialize)]
struct Versioned {
    version: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "version")]
    _version: u32,
    section: Vec<Section>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    key: String,
    number: u32,
    title: String,
    #[serde(default)]
    name: String,
    intro: String,
    #[serde(default)]
    column: Vec<Field>,
    #[serde(default)]
    row: Vec<Row>,
    #[serde(default)]
    group: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    key: String,
    title: String,
    field: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    key: String,
    prefix: String,
    title: String,
    #[serde(default)]
    example: BTreeMap<String, String>,
    #[serde(default)]
    help: BTreeMap<String, String>,
    #[serde(default)]
    kind: BTreeMap<String, FieldKind>,
}

/// A field, or a column of which every row has one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Field {
    key: String,
    label: String,
    #[serde(default = "text")]
    kind: FieldKind,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    help: String,
    #[serde(default)]
    example: String,
    #[serde(default)]
    choices: Vec<String>,
    #[serde(default)]
    from: String,
    #[serde(default)]
    home: String,
    #[serde(default)]
    placeholder: String,
    #[serde(default)]
    least: Option<f64>,
    #[serde(default)]
    most: Option<f64>,
    #[serde(default)]
    whole: bool,
}

fn text() -> FieldKind {
    FieldKind::Text
}

/// Reads a template.
///
/// # Errors
/// A sentence: the file is of a newer program, or where and why it is no template.
pub fn read(text: &str) -> Result<Template, String> {
    let not_whole = |why: toml::de::Error| format!("the template is not whole: {why}");
    let Versioned { version } = toml::from_str(text).map_err(not_whole)?;
    if version > VERSION {
        return Err(format!(
            "the template has form {version}, this program reads form {VERSION}; nothing was changed, open it with a \
             newer Cartwright"
        ));
    }
    let file: File = toml::from_str(text).map_err(not_whole)?;
    let template = Template { sections: file.section.into_iter().map(section).collect() };
    let mut keys: Vec<&str> = template.all().map(|field| field.key.as_str()).collect();
    keys.sort_unstable();
    match keys.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(format!("the template is not whole: {} stands there twice", pair[0])),
        None => Ok(template),
    }
}

fn section(section: Section) -> FormSection {
    let Section { key, number, title, name, intro, column, row, group } = section;
    let name = if name.is_empty() { title.clone() } else { name };
    let is_table = !column.is_empty();
    let mut groups: Vec<FormGroup> = row.iter().map(|row| of_row(row, &column)).collect();
    groups.extend(group.into_iter().map(|group| FormGroup {
        key: group.key,
        title: group.title,
        fields: group.field.into_iter().map(field).collect(),
    }));
    FormSection { key, number, title, name, intro, groups, is_table }
}

fn of_row(row: &Row, columns: &[Field]) -> FormGroup {
    let put = |text: &str| text.replace("{title}", &row.title).replace("{row}", &row.key);
    let one = |column: &Field| {
        let of =
            |own: &BTreeMap<String, String>, usual: &str| own.get(&column.key).cloned().unwrap_or_else(|| put(usual));
        field(Field {
            key: format!("{}_{}", row.prefix, column.key),
            label: column.label.clone(),
            kind: row.kind.get(&column.key).copied().unwrap_or(column.kind),
            unit: column.unit.clone(),
            help: of(&row.help, &column.help),
            example: of(&row.example, &column.example),
            choices: column.choices.clone(),
            from: put(&column.from),
            home: put(&column.home),
            placeholder: String::new(),
            least: column.least,
            most: column.most,
            whole: column.whole,
        })
    };
    FormGroup { key: row.key.clone(), title: row.title.clone(), fields: columns.iter().map(one).collect() }
}

fn field(of: Field) -> FormField {
    // Percentages are written in percent and kept as parts of 1.
    let (scale, usual) = match of.kind {
        FieldKind::Percent => (100.0, 100.0),
        _ => (1.0, LARGEST),
    };
    let placeholder = if of.placeholder.is_empty() { of.key.clone() } else { of.placeholder };
    let kept = || "Only you can say it; the page Journey keeps it".to_owned();
    FormField {
        key: of.key,
        label: of.label,
        kind: of.kind,
        unit: of.unit,
        help: of.help,
        example: of.example,
        choices: of.choices,
        from: if of.from.is_empty() { kept() } else { of.from },
        home: of.home,
        placeholder,
        least: of.least.unwrap_or(0.0) / scale,
        most: of.most.unwrap_or(usual) / scale,
        whole: of.whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_and_broken_templates_are_refused_in_a_sentence() {
        let why = read("version = 2\nlayout = \"tree\"").unwrap_err();
        assert!(why.contains("form 2") && why.contains("newer Cartwright"), "{why}");
        assert!(read("no toml").unwrap_err().contains("not whole"));
        let twice = r#"
            version = 1
            [[section]]
            key = "a"
            number = 1
            title = "A"
            intro = "A"
            group = [{ key = "g", title = "G", field = [{ key = "X", label = "X" }, { key = "X", label = "X" }] }]
        "#;
        assert!(read(twice).unwrap_err().contains("X stands there twice"));
    }
}
