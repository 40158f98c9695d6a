//! Values that fields have in a shop: what there is to pick from when a rule is written.

use std::collections::{BTreeMap, BTreeSet};

use super::figures::Figures;
use super::sieve::Sieve;
use crate::model::rule::{About, FIELDS, FieldId, Kind};

impl Sieve {
    /// Values of every field of texts, in alphabetical order, at most so many of each.
    pub fn values(&self, most: usize) -> BTreeMap<FieldId, Vec<String>> {
        let fields = FIELDS.iter().filter(|field| field.kind == Kind::Text);
        let values = fields.map(|field| (field.id, self.values_of(field.id)));
        let taken = values.map(|(id, values)| (id, values.into_iter().take(most).map(str::to_owned).collect()));
        taken.collect()
    }

    fn values_of(&self, field: FieldId) -> BTreeSet<&str> {
        let (data, details) = (&*self.shop.data, &*self.shop.details);
        let labels = |numbers: &mut dyn Iterator<Item = u32>| distinct(&data.labels, numbers);
        let texts = |numbers: &mut dyn Iterator<Item = u32>| distinct(details.texts.all(), numbers);
        match field {
            FieldId::Country => labels(&mut data.customers.country.iter().copied()),
            FieldId::Channel => labels(&mut data.orders.channel.iter().copied()),
            FieldId::OrderCountry => labels(&mut details.order_country.iter().copied()),
            FieldId::Category => labels(&mut data.products.category.iter().copied()),
            FieldId::Code => labels(&mut details.codes.iter().map(|(_, code)| *code)),
            FieldId::Product => texts(&mut details.products.title.iter().copied()),
            FieldId::Sku => texts(&mut details.products.sku.iter().copied()),
            FieldId::Brand => texts(&mut details.products.brand.iter().copied()),
            FieldId::TouchKind => texts(&mut details.touches.iter().map(|touch| touch.kind)),
            FieldId::TouchChannel => texts(&mut details.touches.iter().map(|touch| touch.channel)),
            FieldId::Campaign => texts(&mut details.touches.iter().map(|touch| touch.campaign)),
            FieldId::Tag => details.tags.keys().map(String::as_str).collect(),
            field => Figures::names(field).into_iter().collect(),
        }
    }

    /// Names of what there are several of: channels of consent, attributes.
    pub fn names(&self) -> BTreeMap<FieldId, Vec<String>> {
        let details = &self.shop.details;
        let own = |names: &mut dyn Iterator<Item = &String>| names.cloned().collect();
        BTreeMap::from([
            (FieldId::Consent, own(&mut details.consents.keys())),
            (FieldId::Attribute, own(&mut details.customer_attributes.keys())),
            (FieldId::OrderAttribute, own(&mut details.order_attributes.keys())),
            (FieldId::ProductAttribute, own(&mut details.product_attributes.keys())),
        ])
    }

    /// Whether the shop holds anything that the fields about something could look at.
    pub fn has(&self, about: About) -> bool {
        let details = &self.shop.details;
        match about {
            About::Carts => !details.carts.is_empty(),
            About::Touches | About::Touch => !details.touches.is_empty(),
            _ => true,
        }
    }
}

/// The texts that are used; number 0 is none.
fn distinct<'a>(texts: &'a [String], numbers: &mut dyn Iterator<Item = u32>) -> BTreeSet<&'a str> {
    let mut used = vec![false; texts.len()];
    for number in numbers {
        if let Some(used) = used.get_mut(number as usize) {
            *used = true;
        }
    }
    (1..texts.len()).filter(|&number| used[number]).map(|number| texts[number].as_str()).collect()
}
