//! The form: ten sections and the company's profile, every field with its kind, unit, help and example.
//! The words are in `assets/template.toml`.

use crate::model::strategy::FieldKind;

/// The whole form.
#[derive(Debug, Clone)]
pub struct Template {
    /// The profile (number 0) and the ten sections, in order.
    pub sections: Vec<FormSection>,
}

/// A section of the form.
#[derive(Debug, Clone)]
pub struct FormSection {
    /// Stable name: "profile", "segments", "touchpoints", "recommendations", "content", "triggers", "omnichannel",
    /// "privacy", "testing", "technology", "kpis".
    pub key: String,
    /// 0 is the profile.
    pub number: u32,
    /// Its name.
    pub title: String,
    /// What it is for, in a sentence or two.
    pub intro: String,
    /// Rows of the section's table, or its stages.
    pub groups: Vec<FormGroup>,
}

/// Fields that stand together: a row of a table, a stage of the journey.
#[derive(Debug, Clone)]
pub struct FormGroup {
    /// Stable name within the section: "vip".
    pub key: String,
    /// Its name: "VIP/Loyal".
    pub title: String,
    /// Its fields, in the template's order; of a table the columns.
    pub fields: Vec<FormField>,
}

/// One field.
#[derive(Debug, Clone)]
pub struct FormField {
    /// Stable name, which is the placeholder of the template: "VIP_AOV". The header's AOV target, an improvement, is
    /// "AOV_IMPROVEMENT"; "AOV_TARGET" is the amount of section 10.
    pub key: String,
    /// Its name in the form: "AOV".
    pub label: String,
    /// What may be written.
    pub kind: FieldKind,
    /// What stands behind the number: "x/yr", "/10"; empty for most.
    pub unit: String,
    /// What it means, in a sentence.
    pub help: String,
    /// An answer as it might look.
    pub example: String,
    /// What may be chosen; empty unless it is a choice.
    pub choices: Vec<String>,
    /// Where data for it come from, in words, or why only a person can say it.
    pub from: String,
    /// Page whose record keeps it, and which cell: "content.homepage.level". Typing writes there; empty = the form's own.
    pub home: String,
}
