//! Who stands behind a cell: the customers of a cohort, and those of them who ordered at an age.

use super::group::{self, NOBODY};
use super::{Calendar, Grouping, Settings};
use crate::analytics::revenue::Revenue;
use crate::analytics::rules::Bits;
use crate::jobs::{Cancelled, Progress};
use crate::model::{Dataset, Day, Definitions};

/// Customers of each cohort, in the order of the rows that [`super::cohorts_with`] gives for the same input.
///
/// # Errors
/// When the work was cancelled.
pub fn members(
    (data, codes): (&Dataset, &[(u32, u32)]),
    definitions: &Definitions,
    as_of: Day,
    settings: Settings,
    progress: &Progress,
) -> Result<Vec<Bits>, Cancelled> {
    let calendar = Calendar::new(data, as_of, settings.step);
    let groups = group::groups(data, definitions, as_of, &calendar, (settings.by, codes), progress)?;
    let mut sets = vec![Bits::none(groups.first.len()); groups.names.len()];
    for (customer, (&first, &group)) in groups.first.iter().zip(&groups.of).enumerate() {
        if let Some(set) = sets.get_mut(group as usize).filter(|_| first != NOBODY) {
            set.insert(customer);
        }
    }
    Ok(sets)
}

/// Those of some customers who ordered at an age: in the period that lies so many periods after that of their first
/// order. As in the matrix, a period that is not over counts only for cohorts of a period.
pub fn active(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    settings: Settings,
    (of, age): (&Bits, usize),
) -> Bits {
    let calendar = Calendar::new(data, as_of, settings.step);
    let revenue = Revenue::new(data, definitions, as_of);
    let open = (settings.by != Grouping::FirstOrder && !calendar.is_over).then(|| calendar.last());
    let ordered = |customer: &u32| {
        let own = data.orders.of_customer(*customer as usize);
        let mut periods = own.filter(|&i| revenue.is_purchase(i)).map(|i| calendar.period(data.orders.day[i]));
        let Some(first) = periods.next() else { return false };
        let wanted = u32::try_from(age).ok().and_then(|age| first.checked_add(age));
        wanted.is_some_and(|wanted| Some(wanted) != open && (wanted == first || periods.any(|period| period == wanted)))
    };
    Bits::from_indices(data.customers.id.len(), of.iter().filter(ordered))
}
