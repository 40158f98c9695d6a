//! What was typed into the framework's form. One record of the workspace.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::FieldValue;
use crate::model::plan::Version;

/// All typed answers of a shop.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// The form in files.
    #[serde(default)]
    pub version: Version,
    /// By the field's key. A field of which nothing was typed has no entry.
    #[serde(default)]
    pub fields: BTreeMap<String, Answer>,
    /// The shop's kind, by which defaults and guidance change.
    #[serde(default)]
    pub options: Options,
}

/// What was typed into one field.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The value; `None` = only a comment. It stands above what data say, and survives a refill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<FieldValue>,
    /// A remark for whoever works on the document; printed only when it is asked for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
}

/// The five customization options, each by its key in the template; `None` = not chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Pure e-commerce, omnichannel retail, marketplace, subscription, B2B.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub business_model: Option<String>,
    /// Basic, intermediate, advanced, AI-driven, predictive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maturity: Option<String>,
    /// Fashion, electronics, home, beauty, grocery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vertical: Option<String>,
    /// Mass market, premium, niche, B2B, mixed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_base: Option<String>,
    /// In-house, best-of-breed, platform, hybrid, headless.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub technology: Option<String>,
    /// The preset the form began with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<String>,
}
