//! What the data of a workspace say about items of the frameworks. The questions are [`QUESTIONS`], one list; the answers
//! are put together by `Session::strategy_evidence`, which takes every figure from the analysis that computes it.

use std::collections::BTreeMap;

use super::GuideItem;
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

/// Every question beside those about metrics: its key, and what is asked.
pub const QUESTIONS: &[(&str, &str)] = &[
    ("orders", "Orders are on file"),
    ("purchases", "It is known who bought what"),
    ("identified", "Orders are of known customers"),
    ("products", "Products have category and price"),
    ("stock", "Stock is known"),
    ("costs", "Unit costs are known"),
    ("discounts", "Discounts are known"),
    ("countries", "It is known where customers are"),
    ("age_gender", "Age or gender is known"),
    ("income", "Income is known"),
    ("life_stage", "The stage of life is known"),
    ("time_of_day", "The time of orders is known"),
    ("seasons", "Orders reach over several seasons"),
    ("sources", "It is known where buyers came from"),
    ("payments", "Ways of payment are known"),
    ("email_consents", "Consent to e-mail is known"),
    ("sms_consents", "Consent to SMS is known"),
    ("looks", "It is known who looked at what"),
    ("searches", "It is known who searched"),
    ("carts", "Left carts are known"),
    ("touches", "Touchpoints are known"),
    ("devices", "Devices are known"),
    ("social", "Contacts through social networks are known"),
    ("web", "Visits are known from web analytics"),
    ("sends", "Sent messages are known"),
    ("spend", "Spend on advertising is known"),
    ("cac_by_channel", "What a conversion costs in each channel"),
    ("mobile_gap", "Conversion on phones against computers"),
    ("stock_outs", "Products that are out of stock"),
    ("demand", "Demand can be foretold"),
    ("price_response", "The response to prices can be told"),
    ("lifetime", "A model of lifetime value can be fitted"),
    ("experiments", "Experiments have data"),
    ("platform", "Files of the shop’s platform are imported"),
    ("import.shopify", "Files of Shopify are imported"),
    ("import.woocommerce", "Files of WooCommerce are imported"),
    ("import.bigcommerce", "Files of BigCommerce are imported"),
];

/// Key of the question what a metric is.
pub fn of_metric(metric: MetricId) -> String {
    format!("kpi.{}", metric.metric().key)
}

/// Keys of everything that data can be asked about an item: its metrics, then its own questions.
pub fn questions_of(item: &GuideItem) -> Vec<String> {
    item.kpis.iter().map(|metric| of_metric(*metric)).chain(item.evidence.iter().cloned()).collect()
}

/// The answer to a question as it stands beside a title: a figure says the name of its metric, unless the title does.
/// `None` = nobody asked.
pub fn answer(evidence: &Evidence, question: &str, title: &str) -> Option<String> {
    let answer = evidence.get(question)?;
    let metric = question.strip_prefix("kpi.").and_then(MetricId::parse).filter(|_| answer.is_ok());
    let name = metric.map(|metric| metric.metric().name);
    let name = name.filter(|name| !title.to_lowercase().contains(&name.to_lowercase()));
    Some(name.map_or_else(|| told(answer), |name| format!("{name}: {}", told(answer))))
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

/// Whether the level that an item aims at is reached by its first metric; `None` where it aims at none, or nobody can
/// tell.
pub fn reached(evidence: &Evidence, item: &GuideItem) -> Option<bool> {
    let (level, metric) = item.level.zip(item.kpis.first())?;
    let value = evidence.get(&of_metric(*metric))?.as_ref().ok()?.value?;
    Some(if metric.metric().better.is_rise_good() == Some(false) { value <= level } else { value >= level })
}

/// An answer for people: what data say, else what is missing, as a sentence without a full stop.
pub fn told(answer: &Result<Finding, String>) -> String {
    match answer {
        Ok(found) => found.text.clone(),
        Err(why) => {
            let mut chars = why.chars();
            chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
        }
    }
}
