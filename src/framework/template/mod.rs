//! The form: ten sections and the company's profile, every field with its kind, unit, help and example.
//! The words are in `assets/template.toml`; what the shop's kind changes is in [`options`].

mod load;
pub mod options;

use std::sync::LazyLock;

use crate::model::strategy::FieldKind;

pub use load::read;

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
    /// Its name in the form and in documents: "Segments and personas".
    pub title: String,
    /// What the template calls it: "Customer Segmentation & Personas".
    pub name: String,
    /// What it is for, in a sentence or two.
    pub intro: String,
    /// Rows of the section's table, or its stages.
    pub groups: Vec<FormGroup>,
    /// Whether every group has the same fields, so that it is a table.
    pub is_table: bool,
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
    /// The placeholder of the template that it stands for; the key but for "AOV_IMPROVEMENT".
    pub placeholder: String,
    /// The least that it can be: shares as parts of 1, money in major units.
    pub least: f64,
    /// The most that it can be, in the same units.
    pub most: f64,
    /// Whether only whole numbers make sense.
    pub whole: bool,
}

impl FormField {
    /// Title of the page whose record keeps it; `None` = the form's own.
    pub fn page(&self) -> Option<&'static str> {
        match self.home.split('.').next()? {
            "shop" => Some("Definitions"),
            "segments" => Some("Segments"),
            "journey" | "content" | "omnichannel" => Some("Journey"),
            "technology" => Some("ROI and value"),
            "kpis" => Some("KPIs"),
            _ => None,
        }
    }
}

/// Where a field stands.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Its section.
    pub section: &'a FormSection,
    /// Its group.
    pub group: &'a FormGroup,
    /// The field.
    pub field: &'a FormField,
}

impl Place<'_> {
    /// Its name where sections stand beside each other: "VIP/Loyal AOV (section 1)".
    pub fn name(&self) -> String {
        match self.section.number {
            0 => format!("{} (profile)", self.field.label),
            number => format!("{} (section {number})", self.short()),
        }
    }

    /// Its name within its section: "VIP/Loyal AOV".
    pub fn short(&self) -> String {
        if self.section.is_table {
            format!("{} {}", self.group.title, self.field.label)
        } else {
            self.field.label.clone()
        }
    }
}

static TEMPLATE: LazyLock<Template> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the text is part of the program, and a test reads it")]
    read(include_str!("../../../assets/template.toml")).expect("assets/template.toml is whole")
});

/// The form that comes with the program.
pub fn template() -> &'static Template {
    &TEMPLATE
}

impl Template {
    /// The field with a key, in any letter case.
    pub fn field(&self, key: &str) -> Option<&FormField> {
        self.all().find(|field| field.key.eq_ignore_ascii_case(key.trim()))
    }

    /// Every field, in order.
    pub fn all(&self) -> impl Iterator<Item = &FormField> {
        self.sections.iter().flat_map(|section| &section.groups).flat_map(|group| &group.fields)
    }

    /// Every field with where it stands, in order.
    pub fn places(&self) -> impl Iterator<Item = Place<'_>> {
        self.sections.iter().flat_map(|section| {
            let groups = section.groups.iter();
            groups.flat_map(move |group| group.fields.iter().map(move |field| Place { section, group, field }))
        })
    }

    /// Where the field with a key stands.
    pub fn place(&self, key: &str) -> Option<Place<'_>> {
        self.places().find(|place| place.field.key.eq_ignore_ascii_case(key.trim()))
    }

    /// The section with a key or number.
    pub fn section(&self, text: &str) -> Option<&FormSection> {
        let (text, number) = (text.trim(), text.trim().parse::<u32>().ok());
        let is = |section: &&FormSection| section.key.eq_ignore_ascii_case(text) || number == Some(section.number);
        self.sections.iter().find(is)
    }

    /// Fields in whose placeholder, name, group, section or help every word of a text stands, best ones first; none for
    /// an empty text.
    pub fn find(&self, text: &str) -> Vec<Place<'_>> {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(usize, Place<'_>)> =
            self.places().filter_map(|place| Some((missed(&place, &words)?, place))).collect();
        found.sort_by_key(|(missed, _)| *missed);
        found.into_iter().map(|(_, place)| place).collect()
    }
}

/// How far off the words lie from the field itself, summed over them; `None` where one is nowhere.
fn missed(place: &Place<'_>, words: &[String]) -> Option<usize> {
    let Place { section, group, field } = place;
    let texts = [&field.key, &field.label, &group.title, &section.title, &section.name, &field.help]
        .map(|text| text.to_lowercase());
    let off = |word: &String| match texts[0] == *word {
        true => Some(0),
        false => texts.iter().position(|text| text.contains(word.as_str())).map(|at| at + 1),
    };
    words.iter().map(off).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::journey::Level;

    #[test]
    fn fields_have_keys_of_their_own_and_texts() {
        let template = template();
        assert_eq!(template.all().count(), 260);
        assert_eq!(template.sections.iter().map(|one| one.number).collect::<Vec<_>>(), (0..=10).collect::<Vec<_>>());
        for field in template.all() {
            assert_eq!(template.all().filter(|other| other.key == field.key).count(), 1, "{}", field.key);
            for text in [&field.label, &field.help, &field.example, &field.from] {
                assert!(!text.is_empty() && !text.contains('{') && !text.ends_with('.'), "{}: {text}", field.key);
            }
            assert_eq!(field.kind == FieldKind::Choice, !field.choices.is_empty(), "{}", field.key);
        }
        assert_eq!(template.field("HOME_LEVEL").unwrap().choices, Level::ALL.map(Level::name));
    }

    #[test]
    fn fields_are_found_by_placeholder_name_group_and_section() {
        let keys = |text: &str| template().find(text).iter().map(|place| place.field.key.clone()).collect::<Vec<_>>();
        assert_eq!(keys("vip_aov")[0], "VIP_AOV");
        assert_eq!(keys("loyal aov"), ["VIP_AOV"]);
        assert!(keys("consent").contains(&"CONSENT_RATE".to_owned()));
        assert_eq!(keys("integration stack roi").len(), 6, "the section’s names count, too");
        assert!(keys("").is_empty() && keys("zzzz").is_empty());
    }
}
