//! The kind of shop: five options whose choices change guidance and suggested texts, and presets that choose all five.
//! A suggestion is offered and never counted as an answer; what presets are said to have reached is an illustration,
//! never a forecast. The words are in `assets/presets.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::strategy::Options;

/// One of the five options.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShopOption {
    /// Stable name: "business_model", "maturity", "vertical", "customer_base", "technology".
    pub key: String,
    /// Its name.
    pub title: String,
    /// What it decides, in a sentence.
    pub help: String,
    /// What may be chosen.
    #[serde(rename = "choice")]
    pub choices: Vec<Choice>,
}

/// A choice of an option.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable name.
    pub key: String,
    /// Its name.
    pub title: String,
    /// What to mind, by key of the section.
    pub guidance: BTreeMap<String, String>,
    /// Texts to offer, by key of the field.
    pub suggest: BTreeMap<String, String>,
}

/// A kind of shop as the framework tells of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// Stable name: "fashion", "marketplace", "d2c".
    pub key: String,
    /// Its name.
    pub title: String,
    /// What it is, in a sentence.
    pub about: String,
    /// What it chooses of each option.
    pub options: BTreeMap<String, String>,
    /// What the framework says of it: label and text.
    pub facts: Vec<(String, String)>,
    /// Answers of the profile; typed only where a shop has no data.
    pub answers: BTreeMap<String, String>,
    /// Amounts to offer, in major units of the shop's currency.
    #[serde(default)]
    pub amounts: BTreeMap<String, i64>,
    /// Texts to offer, by key of the field.
    pub suggest: BTreeMap<String, String>,
    /// What it is said to have reached: an illustration, never a forecast.
    pub results: Vec<String>,
}

/// What to mind in a section because of the kind of shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guidance {
    /// Name of the option: "Industry Vertical".
    pub option: &'static str,
    /// Name of the choice: "Fashion/Apparel".
    pub choice: &'static str,
    /// What to mind, in a sentence or two.
    pub text: &'static str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    option: Vec<ShopOption>,
    preset: Vec<Preset>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the text is part of the program, and a test reads it")]
    toml::from_str(include_str!("../../../assets/presets.toml")).expect("assets/presets.toml is whole")
});

/// What is printed beside the results of a preset.
pub const ILLUSTRATION: &str = "Results that the framework tells of such a shop: an illustration, not a forecast";

/// The five options, in the order in which their suggestions count.
pub fn options() -> &'static [ShopOption] {
    &FILE.option
}

/// The presets.
pub fn presets() -> &'static [Preset] {
    &FILE.preset
}

/// The preset with a key or name, in any letter case.
pub fn preset(text: &str) -> Option<&'static Preset> {
    let text = text.trim();
    FILE.preset.iter().find(|one| one.key.eq_ignore_ascii_case(text) || one.title.eq_ignore_ascii_case(text))
}

impl ShopOption {
    /// The choice with a key or name, in any letter case.
    pub fn choice(&self, text: &str) -> Option<&Choice> {
        let text = text.trim();
        self.choices.iter().find(|one| one.key.eq_ignore_ascii_case(text) || one.title.eq_ignore_ascii_case(text))
    }
}

/// The key of what is chosen of an option.
pub fn chosen<'a>(options: &'a Options, key: &str) -> Option<&'a str> {
    match key {
        "business_model" => &options.business_model,
        "maturity" => &options.maturity,
        "vertical" => &options.vertical,
        "customer_base" => &options.customer_base,
        "technology" => &options.technology,
        _ => return None,
    }
    .as_deref()
}

/// Chooses of an option, by key or name; an empty text chooses nothing.
///
/// # Errors
/// A sentence that lists what there is.
pub fn choose(options: &mut Options, key: &str, text: &str) -> Result<(), String> {
    let known = || FILE.option.iter().map(|option| option.key.as_str()).collect::<Vec<_>>().join(", ");
    let Some(option) = FILE.option.iter().find(|option| option.key == key.trim()) else {
        return Err(format!("there is no option “{}”; options are {}, and preset", key.trim(), known()));
    };
    let wanted = match text.trim() {
        "" => None,
        text => Some(option.choice(text).map(|choice| choice.key.clone()).ok_or_else(|| {
            let known = option.choices.iter().map(|one| one.key.as_str()).collect::<Vec<_>>().join(", ");
            format!("“{text}” is no choice of {}; choices are {known}", option.title)
        })?),
    };
    match option.key.as_str() {
        "business_model" => options.business_model = wanted,
        "maturity" => options.maturity = wanted,
        "vertical" => options.vertical = wanted,
        "customer_base" => options.customer_base = wanted,
        _ => options.technology = wanted,
    }
    Ok(())
}

/// The options as a preset chooses them.
pub fn of_preset(preset: &Preset) -> Options {
    let mut options = Options { preset: Some(preset.key.clone()), ..Options::default() };
    for (key, choice) in &preset.options {
        // A test holds that presets choose what there is.
        let _ = choose(&mut options, key, choice);
    }
    options
}

/// What is wrong with options, in a sentence: a choice that there is not.
pub fn problem(options: &Options) -> Option<String> {
    let wrong = |option: &ShopOption| {
        let key = chosen(options, &option.key)?;
        option.choice(key).is_none().then(|| format!("“{key}” is no choice of {}", option.title))
    };
    let unknown = options.preset.as_deref().filter(|key| preset(key).is_none());
    let no_preset = unknown.map(|key| format!("there is no preset “{key}”"));
    FILE.option.iter().find_map(wrong).or(no_preset)
}

fn choices(options: &Options) -> impl Iterator<Item = (&'static ShopOption, &'static Choice)> {
    FILE.option.iter().filter_map(move |option| Some((option, option.choice(chosen(options, &option.key)?)?)))
}

/// What to mind in a section with this kind of shop.
pub fn guidance(options: &Options, section_key: &str) -> Vec<Guidance> {
    let one = |(option, choice): (&'static ShopOption, &'static Choice)| {
        let text = choice.guidance.get(section_key)?;
        Some(Guidance { option: &option.title, choice: &choice.title, text })
    };
    choices(options).filter_map(one).collect()
}

/// The text to offer for a field with this kind of shop; without one, for the focus of a segment, the framework's own.
pub fn suggestion(options: &Options, field_key: &str) -> Option<&'static str> {
    let of_preset = options.preset.as_deref().and_then(preset).and_then(|preset| preset.suggest.get(field_key));
    let chosen = || choices(options).find_map(|(_, choice)| choice.suggest.get(field_key));
    of_preset.or_else(chosen).map(String::as_str).or_else(|| usual(field_key))
}

/// The framework's own text for the focus of a segment.
fn usual(field_key: &str) -> Option<&'static str> {
    let row = match field_key.strip_suffix("_PERSONAL")? {
        "VIP" => "vip",
        "REG" => "regular",
        "OCC" => "occasional",
        "NEW" => "new",
        "BROWSE" => "browsers",
        _ => return None,
    };
    Some(crate::framework::default_text(crate::framework::SEGMENTS, row)).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::state::read;
    use crate::framework::template::template;
    use crate::model::Currency;

    #[test]
    fn five_options_of_five_choices_change_guidance_and_suggestions_of_fields_there_are() {
        assert_eq!(options().iter().map(|option| option.choices.len()).collect::<Vec<_>>(), [5; 5]);
        let fits = |key: &String, text: &String| {
            let field = template().field(key).unwrap_or_else(|| panic!("there is no field {key}"));
            assert!(read(field, text, Currency::USD).unwrap().is_some(), "{key}: {text}");
        };
        for (option, choice) in options().iter().flat_map(|option| option.choices.iter().map(move |one| (option, one)))
        {
            let mut shop = Options::default();
            choose(&mut shop, &option.key, &choice.title.to_uppercase()).unwrap();
            assert_eq!(chosen(&shop, &option.key), Some(choice.key.as_str()));
            assert!(!choice.guidance.is_empty() && choice.suggest.len() >= 2, "{}", choice.key);
            for (section, text) in &choice.guidance {
                assert!(template().section(section).is_some() && text.ends_with('.'), "{section}: {text}");
                assert_eq!(guidance(&shop, section)[0].text, text);
            }
            for (key, text) in &choice.suggest {
                fits(key, text);
                assert_eq!(suggestion(&shop, key), Some(text.as_str()));
            }
        }
        for preset in presets() {
            let shop = of_preset(preset);
            assert!(problem(&shop).is_none() && options().iter().all(|option| chosen(&shop, &option.key).is_some()));
            preset.suggest.iter().chain(&preset.answers).for_each(|(key, text)| fits(key, text));
            assert!(preset.amounts.keys().all(|key| template().field(key).is_some()));
            assert!(!preset.results.is_empty() && preset.facts.len() == 5);
        }
    }

    #[test]
    fn without_a_choice_only_the_focus_of_segments_is_suggested() {
        let none = Options::default();
        assert!(guidance(&none, "content").is_empty() && suggestion(&none, "HOME_VAR").is_none());
        assert!(suggestion(&none, "VIP_PERSONAL").is_some());
        let wrong = choose(&mut Options::default(), "vertical", "dragons").unwrap_err();
        assert!(wrong.contains("fashion, electronics"), "{wrong}");
    }
}
