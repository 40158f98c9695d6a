//! The matrix with what its rows are called and who stands behind them.

use std::sync::Arc;

use crate::analytics::cohorts::Cohorts;
use crate::analytics::rules::{Bits, Picked};
use crate::model::MetricId;
use crate::model::figure::{Figure, Filter, Scope, Value};
use crate::ui::cx::{Cx, counted};
use crate::ui::widgets::figure::Tip;

/// A matrix with the names of its rows.
pub struct Named {
    /// The matrix.
    pub found: Arc<Cohorts>,
    /// Names of its rows.
    pub names: Vec<String>,
    /// Customers of its rows, then of all together.
    pub sets: Vec<Arc<Picked>>,
}

impl Named {
    /// Puts them together.
    pub fn of(found: Arc<Cohorts>, names: Vec<String>, members: Vec<Bits>) -> Self {
        let all = members.iter().cloned().reduce(|all, set| all.or(&set));
        let picked = |(name, set): (&String, Bits)| Arc::new(Picked::new(name.clone(), set));
        let mut sets: Vec<Arc<Picked>> = names.iter().zip(members).map(picked).collect();
        sets.extend(all.map(|all| Arc::new(Picked::new("All buyers".into(), all))));
        Self { found, names, sets }
    }

    /// The hover of the number of customers of a row.
    pub fn tip(&self, cx: &Cx, row: usize) -> Option<Tip> {
        let set = self.sets.get(row)?;
        let definitions = &cx.shop.as_ref()?.facts.definitions;
        let customers = set.members.count();
        let (as_of, filter) = (self.found.as_of, Filter::Picked(set.key));
        let scope = Scope { as_of, period: None, filter, definitions: self.found.definitions };
        let figure = Figure { metric: MetricId::Customers, scope, value: Some(Value::Count(customers)) };
        Some(Tip::of(&figure, definitions, counted(customers, "customer", "customers")).named(&set.name))
    }
}
