//! Conditions about a customer as such.

use super::bits::{Bits, Truth};
use super::measure::{Column, UNKNOWN};
use super::narrow::loose_answers;
use super::sieve::Sieve;
use crate::model::dataset::NO_DAY;
use crate::model::details::Cart;
use crate::model::rule::{Condition, FieldId, Test};
use crate::model::{Day, Details};

impl Sieve {
    /// The truth of a condition about a customer as such.
    pub(super) fn of_customer(&self, condition: &Condition) -> Truth {
        let Condition { field, of, test, .. } = condition;
        let (data, details) = (&self.shop.data, &self.shop.details);
        let n = data.customers.id.len();
        let of = of.as_deref().unwrap_or_default();
        match field {
            FieldId::Country => {
                let texts = loose_answers(&data.labels, test);
                self.of_texts(test, |i| texts.get(data.customers.country[i] as usize).copied().flatten())
            }
            FieldId::Created => self.of_days(test, |i| data.customers.created[i]),
            FieldId::BirthDate => self.of_days(test, |i| details.birth_date.get(i).copied().unwrap_or(NO_DAY)),
            FieldId::HasEmail => Truth::known(flags(n, &details.has_email, test)),
            FieldId::HasPhone => Truth::known(flags(n, &details.has_phone, test)),
            FieldId::Tag => Truth::known(tagged(details, n, test)),
            FieldId::Consent => {
                let answers = details.consents.get(of).map_or(&[][..], Vec::as_slice);
                // An answer given later is none yet.
                let heard = || answers.iter().filter(|answer| answer.day <= self.as_of);
                let right = heard().filter(|answer| test.of_flag(answer.granted)).map(|answer| answer.customer);
                let known = Bits::from_indices(n, heard().map(|answer| answer.customer));
                Truth { yes: Bits::from_indices(n, right), unknown: known.others() }
            }
            _ => {
                let values = details.customer_attributes.get(of).map_or(&[][..], Vec::as_slice);
                let texts = loose_answers(details.texts.all(), test);
                let answer = |text: &u32| texts.get(*text as usize).copied().flatten();
                let yes = values.iter().filter(|(_, text)| answer(text) == Some(true)).map(|(at, _)| *at);
                let known = values.iter().filter(|(_, text)| answer(text).is_some()).map(|(at, _)| *at);
                let unknown = if *test == Test::Known { Bits::none(n) } else { Bits::from_indices(n, known).others() };
                Truth { yes: Bits::from_indices(n, yes), unknown }
            }
        }
    }

    /// The truth of texts, of which `None` is unknown.
    pub(super) fn of_texts(&self, test: &Test, answer: impl Fn(usize) -> Option<bool> + Sync) -> Truth {
        let n = self.shop.data.customers.id.len();
        let yes = Bits::of(n, |i| answer(i) == Some(true));
        let unknown = if *test == Test::Known { Bits::none(n) } else { Bits::of(n, |i| answer(i).is_none()) };
        Truth { yes, unknown }
    }

    fn of_days(&self, test: &Test, day: impl Fn(usize) -> Day + Sync) -> Truth {
        let answer = |day: Day| (day != NO_DAY).then(|| test.of_day(day, self.as_of));
        self.of_texts(test, |i| answer(day(i)))
    }

    /// The column of a field about carts or touchpoints.
    pub(super) fn of_contacts(&self, condition: &Condition, days: (Day, Day)) -> Column {
        let Condition { field, only, .. } = condition;
        let (data, details) = (&self.shop.data, &self.shop.details);
        let n = data.customers.id.len();
        let counts = matches!(field, FieldId::Carts | FieldId::Touches);
        let mut column = vec![if counts { 0 } else { UNKNOWN }; n];
        let mut add = |customer: u32, day: Day| {
            let slot = &mut column[customer as usize];
            *slot = if counts { *slot + 1 } else { (*slot).max(i64::from(day.0)) };
        };
        let in_days = |day: Day| day != NO_DAY && day >= days.0 && day <= days.1;
        if matches!(field, FieldId::Carts | FieldId::LastCart) {
            let found = details.carts.iter().filter(|Cart { day, .. }| in_days(*day));
            found.for_each(|cart| add(cart.customer, cart.day));
        } else {
            let source = self.source();
            let right = source.touches(only);
            let found = details.touches.iter().filter(|touch| in_days(touch.day) && right(touch));
            found.for_each(|touch| add(touch.customer, touch.day));
        }
        Column::Whole(column.into())
    }
}

fn flags(n: usize, flags: &[bool], test: &Test) -> Bits {
    Bits::of(n, |i| test.of_flag(flags.get(i).copied().unwrap_or(false)))
}

/// A customer has several tags, or none: `is not` is true of those without one of the words.
fn tagged(details: &Details, n: usize, test: &Test) -> Bits {
    let some = |test: &Test| {
        let right = details.tags.iter().filter(|(tag, _)| test.of_text(tag));
        Bits::from_indices(n, right.flat_map(|(_, customers)| customers.iter().copied()))
    };
    match test {
        Test::IsNot(words) => some(&Test::Is(words.clone())).others(),
        test => some(test),
    }
}
