//! Section 3: kinds of recommendations. How one chooses and where it stands only a person can say; what it brings is told
//! by messages, touchpoints or experiments that name the kind.

use super::Ground;
use super::entry::{EN, Entries, Fill, Page, days, list};
use super::messages::Reported;
use crate::analytics::journey::{Evidence, Journey};
use crate::analytics::results::RateKind;
use crate::model::journey::{Cell, Matrix, mentions};
use crate::model::strategy::FieldValue;
use crate::ops::experiments::SavedExperiment;

/// A kind of recommendations: what its fields begin with, what it is called in a sentence, words that name it.
struct Kind(&'static str, &'static str, &'static [&'static str]);

const KINDS: [Kind; 5] = [
    Kind(
        "COLLAB",
        "collaborative filtering",
        &["collaborative", "bought together", "also bought", "also viewed", "customers who bought"],
    ),
    Kind("CONTENT", "content-based", &["content based", "similar products", "similar items", "more like this"]),
    Kind("HYBRID", "hybrid", &["hybrid", "ai recommend", "ml recommend", "machine learning"]),
    Kind("TREND", "trending", &["trending", "popular", "bestseller", "best seller", "top seller"]),
    Kind("BUNDLE", "bundle", &["bundle"]),
];

/// What is looked at for all kinds.
struct Look<'a> {
    ground: &'a Ground,
    matrix: &'a Matrix,
    journey: &'a Journey,
    reported: &'a Reported,
    experiments: &'a [SavedExperiment],
}

pub fn fills(
    ground: &Ground,
    matrix: &Matrix,
    journey: &Journey,
    reported: &Reported,
    experiments: &[SavedExperiment],
) -> Entries {
    let look = Look { ground, matrix, journey, reported, experiments };
    let of = |kind: &Kind| {
        let key = |ending: &str| format!("{}_{ending}", kind.0);
        [(key("CTR"), look.clicked(kind)), (key("CONV"), look.bought(kind)), (key("REV"), look.revenue(kind))]
    };
    KINDS.iter().flat_map(of).collect()
}

impl Look<'_> {
    fn clicked(&self, kind: &Kind) -> Fill {
        match self.reported.of(kind.2) {
            Some(messages) => messages.rate(RateKind::Click),
            None => Err(self.missing(kind, "clicks")),
        }
    }

    fn bought(&self, kind: &Kind) -> Fill {
        if let Some(messages) = self.reported.of(kind.2) {
            return messages.rate(RateKind::Conversion);
        }
        let told = self.own(kind).into_iter().find_map(|(cell, evidence)| {
            let found = evidence.conversion.as_ref()?;
            let how = format!(
                "People of the touchpoint “{}” who {} within {} days: {} of {}",
                cell.name,
                found.to,
                found.within_days,
                EN.count(found.moved),
                EN.count(found.people)
            );
            Some(self.page().told(FieldValue::Percent(found.rate?), how))
        });
        told.unwrap_or_else(|| Err(self.missing(kind, "purchases")))
    }

    fn revenue(&self, kind: &Kind) -> Fill {
        if let Some(messages) = self.reported.of(kind.2) {
            return messages.revenue();
        }
        let followed = self.own(kind).into_iter().find_map(|(cell, evidence)| {
            let found = evidence.followed?;
            let how = format!(
                "Revenue of {} of the touchpoint “{}” ({}); no measured lift",
                EN.counted(found.orders, "order", "orders"),
                cell.name,
                found.rule
            );
            Some(self.page().told(FieldValue::Money(found.revenue, self.journey.currency), how))
        });
        followed.or_else(|| self.worth(kind)).unwrap_or_else(|| Err(self.missing(kind, "revenue")))
    }

    /// What adopted variants that name the kind are worth in a year, as their decisions keep it.
    fn worth(&self, kind: &Kind) -> Option<Fill> {
        let currency = self.ground.definitions.currency;
        let speaks = |saved: &&SavedExperiment| {
            let (name, plan) = (&saved.experiment.name, &saved.experiment.plan);
            let mut texts = [name, &plan.changes].into_iter().chain(&plan.tags);
            texts.any(|text| kind.2.iter().any(|word| mentions(text, word)))
        };
        let worth = |saved: &SavedExperiment| {
            let impact = saved.experiment.impact.as_ref().filter(|_| saved.experiment.implemented)?;
            (impact.amount.currency == currency).then(|| (saved.experiment.name.clone(), impact.amount.minor))
        };
        let found: Vec<(String, i64)> = self.experiments.iter().filter(speaks).filter_map(worth).collect();
        let names: Vec<String> = found.iter().map(|(name, _)| format!("“{name}”")).collect();
        let sum = found.iter().fold(0_i64, |sum, (_, minor)| sum.saturating_add(*minor));
        let page = Page::new("Experiments", self.ground.as_of, "Experiments that name this kind and are in use");
        let how =
            format!("What the adopted variants are worth in a year, as kept with the decisions of {}", list(&names));
        (!found.is_empty()).then(|| page.told(FieldValue::Money(sum, currency), how))
    }

    /// Touchpoints of the shop's own that name the kind, with what the data say of them.
    fn own(&self, kind: &Kind) -> Vec<(&Cell, &Evidence)> {
        let names = |cell: &Cell| {
            let links = cell.links();
            let mut texts = links.words.iter().chain(&links.kinds).chain([&cell.name]);
            texts.any(|text| kind.2.iter().any(|word| mentions(text, word)))
        };
        let own = self.matrix.cells().map(|(_, cell)| cell).filter(|cell| cell.of_framework().is_none() && names(cell));
        own.filter_map(|cell| Some((cell, self.journey.cell(&cell.id)?))).collect()
    }

    fn page(&self) -> Page {
        let scope = format!("Last 12 months, {}", days(self.journey.period));
        Page::new("Journey", self.journey.as_of, scope)
    }

    fn missing(&self, kind: &Kind, what: &str) -> String {
        let names = kind.2.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ");
        let begin = if self.reported.has_messages() {
            format!("No imported message names {} recommendations ({names})", kind.1)
        } else {
            format!("No file tells {what} of {} recommendations", kind.1)
        };
        format!(
            "{begin}; import reports of messages whose names or tags say so, add a touchpoint of that name on the page \
             Journey, or type what the recommendation tool reports"
        )
    }
}
