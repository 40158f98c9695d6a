//! The goods of a shop for home and kitchen ware.

use super::dice::{Dice, Dicebox, Purpose, running_totals};
use super::truth::Pair;
use super::wares::{CATEGORIES, Category, SERIES};

/// A product variant: what has a SKU, a price and a stock.
#[derive(Debug, Clone, PartialEq)]
pub struct Product {
    /// Stock keeping unit.
    pub sku: String,
    /// Title of the product, the same for all its variants.
    pub title: String,
    /// What sets this variant apart, such as `Large`; products without variants have none.
    pub variant: Option<&'static str>,
    /// Position in [`CATEGORIES`].
    pub category: usize,
    /// Brand.
    pub series: &'static str,
    /// Price, minor units.
    pub price: i64,
    /// Unit cost, minor units; a few are not known.
    pub cost: Option<i64>,
    /// Units in stock.
    pub stock: i64,
    /// Number of the product among products (not variants).
    pub parent: usize,
    /// Position of the variant within its product, from 0.
    pub place: usize,
}

impl Product {
    /// Title with the variant: `Alder Skillet - Large`.
    pub fn full_title(&self) -> String {
        match self.variant {
            Some(variant) => format!("{} - {variant}", self.title),
            None => self.title.clone(),
        }
    }

    /// Its category.
    pub fn category(&self) -> &'static Category {
        &CATEGORIES[self.category]
    }

    /// SKU that platforms give the product as a whole, apart from its variants.
    pub fn parent_sku(&self) -> &str {
        let without_place = self.sku.trim_end_matches(|c: char| c.is_ascii_digit());
        match without_place.strip_suffix('-') {
            Some(parent) => parent,
            // All digits: the last one is the place.
            None => &self.sku[..self.sku.len() - 1],
        }
    }

    /// Title in the form web addresses use: `alder-skillet`.
    pub fn handle(&self) -> String {
        let mut handle = String::with_capacity(self.title.len());
        for c in self.title.chars() {
            if c.is_ascii_alphanumeric() {
                handle.push(c.to_ascii_lowercase());
            } else if !handle.is_empty() && !handle.ends_with('-') {
                handle.push('-');
            }
        }
        handle.truncate(handle.trim_end_matches('-').len());
        handle
    }
}

/// All goods, and how likely each is to be bought.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// Variants, by category, then product.
    pub products: Vec<Product>,
    /// Where each category starts in `products`; one more entry than categories.
    starts: Vec<usize>,
    /// Running totals of popularity within each category.
    popularity: Vec<Vec<f64>>,
    /// Running totals of the categories' weights.
    categories: Vec<f64>,
    /// The planted pairs as positions in `products`.
    pub pairs: Vec<[usize; 2]>,
}

/// Product variants of a shop with so many customers.
fn variants_for(customers: u32) -> usize {
    (120 + customers as usize / 160).min(5_000)
}

impl Catalogue {
    /// The catalogue of a shop, and the pairs planted in it.
    pub fn new(customers: u32, box_: &Dicebox) -> (Self, Vec<Pair>) {
        let per_category = variants_for(customers).div_ceil(CATEGORIES.len());
        let (mut products, mut starts) = (Vec::new(), vec![0]);
        for (index, category) in CATEGORIES.iter().enumerate() {
            let mut dice = box_.dice(Purpose::Catalogue, index as u32);
            add_category(&mut products, index, category, per_category, &mut dice);
            starts.push(products.len());
        }
        let (pairs, planted) = plant_pairs(&products, &starts);
        let mut dice = box_.dice(Purpose::Catalogue, CATEGORIES.len() as u32);
        let popularity =
            (0..CATEGORIES.len()).map(|c| popularity(starts[c]..starts[c + 1], &pairs, &mut dice)).collect();
        let categories = running_totals(CATEGORIES.iter().map(|c| c.weight));
        (Self { products, starts, popularity, categories, pairs }, planted)
    }

    /// A category, by the taste of the crowd.
    pub fn any_category(&self, dice: &mut Dice) -> usize {
        dice.pick(&self.categories)
    }

    /// A product of a category, by popularity; never one of a planted pair.
    pub fn any_product(&self, category: usize, dice: &mut Dice) -> usize {
        self.starts[category] + dice.pick(&self.popularity[category])
    }
}

/// Adds products to a category until it has so many variants.
fn add_category(products: &mut Vec<Product>, index: usize, category: &Category, variants: usize, dice: &mut Dice) {
    let start = products.len();
    let offset = dice.below(SERIES.len());
    for number in 0.. {
        if products.len() - start >= variants || number >= category.nouns.len() * SERIES.len() {
            return;
        }
        let noun = category.nouns[number % category.nouns.len()];
        let series = SERIES[(offset + number * 7) % SERIES.len()];
        let parent = products.last().map_or(0, |p| p.parent + 1);
        let spread = category.spread * dice.normal();
        let margin = (category.margin + 0.06 * dice.normal()).clamp(0.1, 0.85);
        let choices = if dice.chance(category.variety) { category.variants } else { &[] };
        for place in 0..choices.len().max(1) {
            let price = tidy_price(category.price * spread.exp() * category.step.powi(place as i32));
            let cost = (price as f64 * (1.0 - margin)).round() as i64;
            products.push(Product {
                sku: sku(category, number, place),
                title: format!("{series} {noun}"),
                variant: choices.get(place).copied(),
                category: index,
                series,
                price,
                cost: (!dice.chance(0.03)).then_some(cost),
                stock: if dice.chance(0.05) { 0 } else { (60.0 * dice.exponential()) as i64 + 1 },
                parent,
                place,
            });
        }
    }
}

/// Prices end in .95 and cost at least 3.95.
fn tidy_price(dollars: f64) -> i64 {
    (dollars.round() as i64).max(4) * 100 - 5
}

/// Most SKUs are letters and numbers; one category's are digits with leading zeros, which must stay text.
fn sku(category: &Category, number: usize, place: usize) -> String {
    if category.digits {
        format!("00{:04}{place}", number + 1)
    } else {
        format!("{}-{:04}-{place}", category.code, number + 1)
    }
}

/// Running totals of popularity: a few favourites, a long tail; products of planted pairs weigh nothing.
fn popularity(products: std::ops::Range<usize>, pairs: &[[usize; 2]], dice: &mut Dice) -> Vec<f64> {
    let mut ranks: Vec<usize> = (0..products.len()).collect();
    for i in (1..ranks.len()).rev() {
        ranks.swap(i, dice.below(i + 1));
    }
    let planted = |product: usize| pairs.iter().any(|pair| pair.contains(&product));
    running_totals(products.zip(ranks).map(
        |(product, rank)| {
            if planted(product) { 0.0 } else { (rank as f64 + 3.0).powf(-0.8) }
        },
    ))
}

/// Two categories, the share of orders with a product of each, and the lift of having both.
const PAIRS: &[([&str; 2], [f64; 2], f64)] = &[
    (["Coffee & Tea", "Glassware & Mugs"], [0.030, 0.024], 8.0),
    (["Bakeware", "Kitchen Tools"], [0.026, 0.028], 6.0),
    (["Cookware", "Kitchen Textiles"], [0.020, 0.020], 12.0),
    (["Knives & Boards", "Kitchen Tools"], [0.030, 0.016], 5.0),
    (["Tableware", "Table Linen"], [0.020, 0.018], 10.0),
    (["Lighting & Candles", "Home Decor"], [0.024, 0.022], 4.0),
    (["Bed & Bath", "Lighting & Candles"], [0.026, 0.024], 2.5),
    (["Storage & Pantry", "Bakeware"], [0.022, 0.026], 3.0),
];

/// Picks the products of the planted pairs: those whose price is nearest to a middling one.
fn plant_pairs(products: &[Product], starts: &[usize]) -> (Vec<[usize; 2]>, Vec<Pair>) {
    let mut taken: Vec<usize> = Vec::new();
    let mut middling = |name: &str| {
        let category = CATEGORIES.iter().position(|c| c.name == name)?;
        let free = (starts[category]..starts[category + 1]).filter(|i| !taken.contains(i));
        let chosen = free.min_by_key(|&i| (products[i].price - 2_495).abs())?;
        taken.push(chosen);
        Some(chosen)
    };
    let chosen = PAIRS.iter().filter_map(|(names, shares, lift)| {
        let pair = [middling(names[0])?, middling(names[1])?];
        let [left, right] = pair.map(|i| products[i].sku.clone());
        Some((pair, Pair { left, right, left_share: shares[0], right_share: shares[1], lift: *lift }))
    });
    chosen.unzip()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skus_and_titles_are_unique_at_every_size() {
        for customers in [100, 20_000, 1_000_000] {
            let (catalogue, pairs) = Catalogue::new(customers, &Dicebox::new(1));
            let products = &catalogue.products;
            assert!(products.len() >= variants_for(customers), "{customers}: {}", products.len());
            for text in [|p: &Product| p.sku.clone(), |p: &Product| p.full_title()] {
                let mut all: Vec<_> = products.iter().map(text).collect();
                all.sort();
                all.dedup();
                assert_eq!(all.len(), products.len());
            }
            assert_eq!(pairs.len(), PAIRS.len());
            assert!(pairs.iter().all(|p| p.both() < p.left_share.min(p.right_share)));
        }
    }
}
