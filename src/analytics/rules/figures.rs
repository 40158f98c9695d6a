//! Scores and outcomes of models of one customer on the as-of day. A new one is a field and its line in
//! [`Figures::answer`]; the table that other engines are given follows [`FIGURE_FIELDS`].

use std::sync::OnceLock;

use rayon::prelude::*;

use super::bits::Truth;
use super::measure::{Column, UNKNOWN};
use super::sieve::Sieve;
use crate::analytics::clv;
use crate::analytics::rfm::{self, Group, Scores};
use crate::analytics::segments::{Segment, SegmentRules};
use crate::jobs::Progress;
use crate::model::rule::{Condition, FieldId};

/// Fields of this kind, in the order of the exported table.
pub const FIGURE_FIELDS: [FieldId; 7] = [
    FieldId::Segment,
    FieldId::RfmGroup,
    FieldId::RecencyScore,
    FieldId::FrequencyScore,
    FieldId::MoneyScore,
    FieldId::PAlive,
    FieldId::PredictedValue,
];

/// Figures of every customer by index.
pub struct Figures {
    segments: Vec<Option<Segment>>,
    /// Empty when too few bought.
    scores: Vec<Scores>,
    bins: u8,
    /// What the model of lifetime value foretells; empty when it does not fit.
    values: OnceLock<Vec<Option<(i64, i64)>>>,
}

/// The figure of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureOf {
    /// A name.
    Text(&'static str),
    /// A number in units of [`FieldId::scale`].
    Number(i64),
}

impl Figures {
    /// The figure of a customer; `None` when there is none.
    fn of(&self, field: FieldId, customer: usize) -> Option<FigureOf> {
        let scores = self.scores.get(customer).filter(|scores| scores.r > 0);
        Some(match field {
            FieldId::Segment => FigureOf::Text((*self.segments.get(customer)?)?.name()),
            FieldId::RfmGroup => FigureOf::Text(Group::of(*scores?, self.bins)?.name()),
            FieldId::RecencyScore => FigureOf::Number(scores?.r.into()),
            FieldId::FrequencyScore => FigureOf::Number(scores?.f.into()),
            FieldId::MoneyScore => FigureOf::Number(scores?.m.into()),
            FieldId::PAlive => FigureOf::Number((*self.values.get()?.get(customer)?)?.0),
            FieldId::PredictedValue => FigureOf::Number((*self.values.get()?.get(customer)?)?.1),
            _ => return None,
        })
    }

    /// Position of the figure among [`Self::names`].
    fn number(&self, field: FieldId, customer: usize) -> Option<usize> {
        match field {
            FieldId::Segment => Some(self.segments[customer]? as usize),
            _ => Some(Group::of(*self.scores.get(customer)?, self.bins)? as usize),
        }
    }

    /// Names that a field of texts can have.
    pub fn names(field: FieldId) -> Vec<&'static str> {
        match field {
            FieldId::Segment => Segment::ALL.map(Segment::name).to_vec(),
            FieldId::RfmGroup => Group::ALL.map(Group::name).to_vec(),
            _ => Vec::new(),
        }
    }
}

impl Sieve {
    /// A figure of a customer on the as-of day, computed for all when first asked for; `None` when there is none.
    pub fn figure(&self, field: FieldId, customer: usize) -> Option<FigureOf> {
        self.figures_for(field).of(field, customer)
    }

    /// Figures of which those of a field are computed.
    fn figures_for(&self, field: FieldId) -> &Figures {
        let figures = self.figures();
        if matches!(field, FieldId::PAlive | FieldId::PredictedValue) {
            figures.values.get_or_init(|| self.foretold());
        }
        figures
    }

    /// P(alive) in millionths and predicted value of every customer.
    fn foretold(&self) -> Vec<Option<(i64, i64)>> {
        let (data, definitions) = (&self.shop.data, &self.shop.definitions);
        let fitted = clv::per_customer(data, definitions, self.as_of, &clv::Settings::default(), &Progress::none());
        // Where the model does not fit, nobody can tell.
        let Ok(Ok(fitted)) = fitted else { return Vec::new() };
        let of = |value: &clv::CustomerValue| ((value.p_alive * 1e6).round() as i64, value.value);
        fitted.customers.iter().map(|value| value.as_ref().map(of)).collect()
    }

    fn figures(&self) -> &Figures {
        self.figures.get_or_init(|| {
            let shop = &self.shop;
            let rules = shop.segment_rules.unwrap_or_else(|| {
                SegmentRules::from_distribution(&shop.data, &shop.definitions, self.as_of, &self.facts).0
            });
            Figures {
                segments: self.facts.par_iter().map(|facts| rules.segment(facts, self.as_of)).collect(),
                scores: rfm::scores(&self.facts, self.as_of, &shop.scored).unwrap_or_default(),
                bins: shop.scored.bins,
                values: OnceLock::new(),
            }
        })
    }

    /// The truth of a condition about a figure.
    pub(super) fn of_figure(&self, condition: &Condition) -> Truth {
        let Condition { field, test, .. } = condition;
        let figures = self.figures_for(*field);
        let names = Figures::names(*field);
        if !names.is_empty() {
            // Few names and many customers: each name is asked once.
            let answers: Vec<bool> = names.iter().map(|name| test.of_text(name)).collect();
            return self.of_texts(test, |i| figures.number(*field, i).and_then(|number| answers.get(number).copied()));
        }
        let number = |i| match figures.of(*field, i) {
            Some(FigureOf::Number(number)) => number,
            _ => UNKNOWN,
        };
        let column: Vec<i64> = (0..self.facts.len()).into_par_iter().map(number).collect();
        self.compared(&Column::Whole(column.into()), *field, test)
    }
}
