//! What the data of a workspace say about items of the frameworks. The questions are [`QUESTIONS`], one list; the answers
//! are put together by `Session::strategy_evidence`, which takes every figure from the analysis that computes it.

use std::collections::BTreeMap;

use super::{GuideGroup, GuideItem};
use crate::model::MetricId;

/// What data say to one question.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The answer in few words, figure first: "68.4% of carts are not ordered".
    pub text: String,
    /// The figure in the unit of its metric (shares 0–1, money in minor units), where there is one.
    pub value: Option<f64>,
    /// Whether data can serve what was asked for; `None` where the question is only after a figure.
    pub serves: Option<bool>,
    /// What it is and how it was found, in a sentence, with period.
    pub how: String,
    /// Page that shows it, by the title of its panel.
    pub page: &'static str,
}

/// Answers by the question's key: what data say, or in a sentence what is missing and which file tells it. Questions
/// about metrics have keys of their own, see [`of_metric`].
pub type Evidence = BTreeMap<String, Result<Finding, String>>;

/// Key of the question what a metric is.
pub fn of_metric(metric: MetricId) -> String {
    format!("kpi.{}", metric.metric().key)
}

/// Keys of everything that data can be asked about an item: its metrics, then its own questions.
pub fn questions_of(item: &GuideItem) -> Vec<String> {
    item.kpis.iter().map(|metric| of_metric(*metric)).chain(item.evidence.iter().cloned()).collect()
}

/// The answers about an item, in the order of its questions.
pub fn about<'a>(evidence: &'a Evidence, item: &GuideItem) -> Vec<&'a Result<Finding, String>> {
    questions_of(item).iter().filter_map(|key| evidence.get(key)).collect()
}

/// The answers about a group as a whole.
pub fn about_group<'a>(evidence: &'a Evidence, group: &GuideGroup) -> Vec<&'a Result<Finding, String>> {
    group.evidence.iter().filter_map(|key| evidence.get(key)).collect()
}

/// Whether the data of the workspace make a feature possible already: every question of it is answered with yes.
/// `None` = the feature asks nothing of data.
pub fn possible(evidence: &Evidence, item: &GuideItem) -> Option<bool> {
    if item.evidence.is_empty() {
        return None;
    }
    let yes = |key: &String| matches!(evidence.get(key), Some(Ok(found)) if found.serves != Some(false));
    Some(item.evidence.iter().all(yes))
}
