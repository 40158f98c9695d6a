//! Past baskets as a sale sees them: goods at the price before any discount, in the shop's currency.

use super::share::proportion;
use crate::analytics::rules::{Bits, in_shop_currency};
use crate::model::dataset::Dataset;
use crate::model::{Definitions, SalePlan};

/// Thousandths of a unit.
pub const UNIT: i64 = 1_000;
const MILLION: i64 = 1_000_000;

/// A line of a basket, or what of it is in the sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Product index; 0 = not known.
    pub product: u32,
    /// Thousandths of a unit; 0 = not known.
    pub milli: i64,
    /// Price before discounts, minor units.
    pub amount: i64,
}

/// A basket.
#[derive(Debug, Clone, Default)]
pub struct Basket {
    /// Position of its order.
    pub order: u32,
    /// What is in the sale.
    pub items: Vec<Item>,
    /// Price of everything, before discounts.
    pub goods: i64,
    /// Price of what is in the sale.
    pub open: i64,
    /// Thousandths of a unit of what is in the sale.
    pub milli: i64,
    /// What its shipping costs: as paid, or as assumed.
    pub shipping: i64,
    /// The discount it really had.
    pub had: i64,
    /// What its goods cost; `None` where nobody knows.
    pub cost: Option<i64>,
    /// Of its goods, what is costed by the products' own unit costs.
    pub costed: i64,
    /// Whether its order tells no lines: it counts as one line of no product.
    pub lineless: bool,
}

impl Basket {
    /// The basket with more goods of the kind of one of its items, which cost what its goods cost on average.
    pub fn topped_up(&self, item: usize, missing: i64, into: &mut Self) {
        into.items.clone_from(&self.items);
        into.items[item].amount += missing;
        into.goods = self.goods + missing;
        into.open = self.open + missing;
        (into.order, into.milli, into.shipping, into.had) = (self.order, self.milli, self.shipping, self.had);
        let added = |cost: i64| {
            if self.goods > 0 { proportion(missing, cost, self.goods) } else { 0 }
        };
        into.cost = self.cost.map(|cost| cost + added(cost));
        (into.costed, into.lineless) = (self.costed, self.lineless);
    }
}

/// Reads baskets.
pub struct Reader<'a> {
    data: &'a Dataset,
    definitions: &'a Definitions,
    foreign: Vec<bool>,
    /// Products that take part; `None` = all.
    open: Option<Bits>,
    /// Whether lines that were marked down take no part.
    skip_discounted: bool,
    /// What an order's shipping costs, where it is assumed.
    shipping: Option<i64>,
    /// Millionths of the price that goods cost where no unit cost is known.
    cost_part: Option<i64>,
    /// Whether anybody asks for products: not read otherwise, since lines lie far from each other.
    products: bool,
    /// Whether the unit cost of any product is known.
    costs: bool,
}

impl<'a> Reader<'a> {
    /// A reader for a plan; `open` are the products that take part, `None` = all.
    pub fn new(data: &'a Dataset, definitions: &'a Definitions, plan: &SalePlan, open: Option<Bits>) -> Self {
        let costs = data.products.cost.iter().any(Option::is_some);
        let covers = plan.tiers.iter().any(|tier| !tier.when.products.is_empty() || !tier.when.categories.is_empty());
        let products = costs || covers || open.is_some() || !plan.featured.is_empty();
        let margin = plan.assumptions.margin.map(|margin| margin.share()).or(definitions.default_margin);
        Self {
            data,
            definitions,
            foreign: data.currencies.iter().map(|currency| *currency != definitions.currency).collect(),
            open,
            skip_discounted: plan.excluded.discounted_lines,
            shipping: plan.assumptions.shipping.map(|shipping| shipping.minor),
            products,
            costs,
            cost_part: margin.map(|margin| ((1.0 - margin) * MILLION as f64).round() as i64),
        }
    }

    /// Looks at the first lines of some orders, all at once. Orders stand by customer and lines as they were imported:
    /// waiting for the memory of one order after the other would take most of the time of a replay.
    pub fn touch(&self, orders: &[u32]) {
        let (starts, lines) = (&self.data.orders.line_start, &self.data.lines);
        let mut sum = 0_i64;
        for line in
            orders.iter().map(|&order| starts[order as usize] as usize).filter(|line| *line < lines.amount.len())
        {
            sum = sum.wrapping_add(lines.amount.get(line)).wrapping_add(lines.quantity_milli.get(line));
            if self.products {
                sum = sum.wrapping_add(lines.product[line].into());
            }
        }
        std::hint::black_box(sum);
    }

    /// Reads the basket of an order. `stock` holds what is left of featured products, thousandths by product.
    pub fn read(&self, order: usize, stock: &mut Stock, basket: &mut Basket) {
        let (orders, lines) = (&self.data.orders, &self.data.lines);
        let foreign = self.foreign.get(usize::from(orders.currency[order])).copied().unwrap_or(false);
        let ours = |minor: i64| {
            if foreign { in_shop_currency(self.data, self.definitions, order, minor) } else { minor }
        };
        basket.items.clear();
        (basket.goods, basket.open, basket.milli, basket.costed) = (0, 0, 0, 0);
        basket.order = order as u32;
        basket.cost = Some(0);
        basket.had = ours(orders.discount.get(order));
        let paid = ours(orders.shipping.get(order));
        basket.shipping = self.shipping.unwrap_or(paid).max(0);
        let from = orders.line_start[order] as usize;
        let to = from + orders.line_count[order] as usize;
        basket.lineless = from == to;
        if basket.lineless {
            let goods = ours(orders.total.get(order)) - paid - ours(orders.tax.get(order)) + basket.had;
            self.add(Item { product: 0, milli: 0, amount: goods }, false, stock, basket);
        }
        for line in from..to {
            let item = Item {
                product: if self.products { lines.product[line] } else { 0 },
                milli: lines.quantity_milli.get(line),
                amount: ours(lines.amount.get(line)),
            };
            let marked_down = self.skip_discounted && lines.discount.get(line) > 0;
            self.add(item, marked_down, stock, basket);
        }
    }

    /// Adds a line. What was sent back within the order, and what costs nothing, is no goods.
    #[inline]
    fn add(&self, mut item: Item, marked_down: bool, stock: &mut Stock, basket: &mut Basket) {
        if item.amount <= 0 {
            return;
        }
        item.milli = item.milli.max(0);
        basket.goods += item.amount;
        self.add_cost(item, basket);
        let in_sale = self.open.as_ref().is_none_or(|open| open.has(item.product as usize));
        if !in_sale || marked_down {
            return;
        }
        if !stock.is_empty() {
            item = stock.take(item);
        }
        if item.amount > 0 {
            basket.open += item.amount;
            basket.milli += item.milli;
            basket.items.push(item);
        }
    }

    #[inline]
    fn add_cost(&self, item: Item, basket: &mut Basket) {
        let unit =
            if self.costs { self.data.products.cost.get(item.product as usize).copied().flatten() } else { None };
        let cost = match (unit.filter(|_| item.milli > 0), self.cost_part) {
            (Some(unit), _) => {
                basket.costed += item.amount;
                Some(proportion(unit.max(0), item.milli, UNIT))
            }
            (None, Some(part)) => Some(proportion(item.amount, part, MILLION)),
            (None, None) => None,
        };
        basket.cost = basket.cost.zip(cost).map(|(all, one)| all + one);
    }
}

/// What is left of featured products, in the order of the plan.
#[derive(Debug, Clone, Default)]
pub struct Stock {
    /// Which slot counts for a product.
    slots: rustc_hash::FxHashMap<u32, usize>,
    /// Thousandths of a unit left in each slot.
    left: Vec<i64>,
    /// Thousandths of a unit asked for.
    asked: Vec<i64>,
}

impl Stock {
    /// Slots with the product indices that draw on them and their units.
    pub fn new(slots: impl IntoIterator<Item = (Vec<u32>, u32)>) -> Self {
        let mut stock = Self::default();
        for (slot, (products, units)) in slots.into_iter().enumerate() {
            stock.left.push(i64::from(units) * UNIT);
            stock.asked.push(0);
            products.into_iter().for_each(|product| {
                stock.slots.insert(product, slot);
            });
        }
        stock
    }

    /// Whether no product is featured.
    pub fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    /// Thousandths of a unit asked for and left, by slot.
    pub fn state(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        self.asked.iter().copied().zip(self.left.iter().copied())
    }

    /// The part of a line that is still to be had.
    fn take(&mut self, item: Item) -> Item {
        let Some(&slot) = self.slots.get(&item.product) else { return item };
        self.asked[slot] += item.milli;
        let milli = item.milli.min(self.left[slot]);
        self.left[slot] -= milli;
        // Of a line that does not tell its units nobody knows what is left.
        let amount = if milli == 0 { 0 } else { super::share::portion(item.amount, milli, item.milli) };
        Item { milli, amount, ..item }
    }
}
