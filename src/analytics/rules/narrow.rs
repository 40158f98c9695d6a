//! Which orders and lines a condition counts.

use rayon::prelude::*;

use super::bits::Bits;
use super::book::Book;
use super::lines::Lines;
use crate::model::details::{Attributes, Touch, millionths};
use crate::model::rule::{About, FieldId, Narrow, Test};
use crate::model::{Currency, Dataset, Details};

/// Orders and products that a condition is narrowed to; `None` = all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mask {
    /// Orders by position. An order is in when one of its lines has a product of `products`, too.
    pub orders: Option<Bits>,
    /// Products by index.
    pub products: Option<Bits>,
}

/// What masks are made from.
pub struct Source<'a> {
    pub data: &'a Dataset,
    pub details: &'a Details,
    pub book: &'a Book,
    pub lines: &'a Lines,
    pub currency: Currency,
}

impl Source<'_> {
    /// The mask of what a condition is narrowed to.
    pub fn mask(&self, only: &[Narrow]) -> Mask {
        let mut mask = Mask::default();
        for narrow in only {
            let slot = match narrow.field.field().about {
                About::Order => &mut mask.orders,
                About::Line => &mut mask.products,
                _ => continue,
            };
            let found =
                if narrow.field.field().about == About::Order { self.orders(narrow) } else { self.products(narrow) };
            *slot = Some(match slot.take() {
                Some(before) => before.and(&found),
                None => found,
            });
        }
        if let Some(products) = &mask.products {
            let with = self.orders_with(products);
            mask.orders = Some(match mask.orders.take() {
                Some(orders) => orders.and(&with),
                None => with,
            });
        }
        mask
    }

    /// Orders that hold a line of one of these products.
    fn orders_with(&self, products: &Bits) -> Bits {
        let (starts, product) = (self.lines.starts(self.data), self.lines.product(self.data));
        Bits::of(self.data.orders.id.len(), |order| {
            let own = starts[order] as usize..starts[order + 1] as usize;
            product[own].iter().any(|&product| products.has(product as usize))
        })
    }

    fn orders(&self, Narrow { field, of, test }: &Narrow) -> Bits {
        let orders = &self.data.orders;
        let n = orders.id.len();
        match field {
            FieldId::Channel => by_text(&orders.channel, &answers(&self.data.labels, test)),
            FieldId::OrderCountry if self.details.order_country.is_empty() => Bits::none(n),
            FieldId::OrderCountry => by_text(&self.details.order_country, &answers(&self.data.labels, test)),
            FieldId::OnSale => Bits::of(n, |i| test.of_flag(orders.discount.get(i) > 0)),
            FieldId::OrderValue => {
                let bounds = test.bounds(field.scale(self.currency));
                Bits::of(n, |i| self.book.counted.has(i) && Test::within(bounds, self.book.value.get(i), 1))
            }
            FieldId::Code => self.codes(test),
            _ => self.attribute(n, &self.details.order_attributes, of.as_deref(), test),
        }
    }

    /// An order has several codes, or none: `is not` is true of orders without one of the words.
    fn codes(&self, test: &Test) -> Bits {
        let n = self.data.orders.id.len();
        let some = |test: &Test| {
            let right = answers(&self.data.labels, test);
            let used = self.details.codes.iter().filter(|(_, code)| right.get(*code as usize) == Some(&true));
            Bits::from_indices(n, used.map(|(order, _)| *order))
        };
        match test {
            Test::IsNot(words) => some(&Test::Is(words.clone())).others(),
            test => some(test),
        }
    }

    fn products(&self, Narrow { field, of, test }: &Narrow) -> Bits {
        let (names, texts) = (&self.details.products, self.details.texts.all());
        match field {
            FieldId::Category => by_text(&self.data.products.category, &answers(&self.data.labels, test)),
            FieldId::Product => by_text(&names.title, &answers(texts, test)),
            FieldId::Sku => by_text(&names.sku, &answers(texts, test)),
            FieldId::Brand => by_text(&names.brand, &answers(texts, test)),
            _ => self.attribute(self.data.products.id.len(), &self.details.product_attributes, of.as_deref(), test),
        }
    }

    fn attribute(&self, len: usize, attributes: &Attributes, of: Option<&str>, test: &Test) -> Bits {
        let right = loose_answers(self.details.texts.all(), test);
        let values = of.and_then(|name| attributes.get(name)).map_or(&[][..], Vec::as_slice);
        let right = values.iter().filter(|(_, text)| right.get(*text as usize).copied().flatten() == Some(true));
        Bits::from_indices(len, right.map(|(at, _)| *at))
    }

    /// Whether a touchpoint counts, as a function of it.
    pub fn touches<'a>(&'a self, only: &[Narrow]) -> impl Fn(&Touch) -> bool + 'a {
        let texts = self.details.texts.all();
        let wanted: Vec<_> = only.iter().map(|narrow| (narrow.field, answers(texts, &narrow.test))).collect();
        move |touch| {
            wanted.iter().all(|(field, right)| {
                let text = match field {
                    FieldId::TouchKind => touch.kind,
                    FieldId::TouchChannel => touch.channel,
                    _ => touch.campaign,
                };
                right.get(text as usize).copied().unwrap_or(false)
            })
        }
    }
}

/// Attributes are compared in millionths.
const MILLION: i64 = 1_000_000;

/// The answer for each text by its number. Number 0 is unknown, which is no match.
pub fn answers(texts: &[String], test: &Test) -> Vec<bool> {
    texts.par_iter().enumerate().map(|(number, text)| number > 0 && test.of_text(text)).collect()
}

/// The answer for each text, which may be asked for as a number; `None` = unknown, or no number where one is wanted.
pub fn loose_answers(texts: &[String], test: &Test) -> Vec<Option<bool>> {
    let answer = |text: &str| {
        if test.is_numeric() {
            millionths(text).map(|number| Test::within(test.bounds(MILLION), number, 1))
        } else {
            Some(test.of_text(text))
        }
    };
    texts.iter().enumerate().map(|(number, text)| if number > 0 { answer(text) } else { None }).collect()
}

fn by_text(texts: &[u32], right: &[bool]) -> Bits {
    Bits::of(texts.len(), |i| right.get(texts[i] as usize).copied().unwrap_or(false))
}
