//! What triggers ask for beyond orders: carts and looks at products by the moment, and what products cost and had in
//! stock when. Read on first use, beside the [`super::Dataset`] of the same revision, whose positions it uses.
//!
//! Moments are seconds of the shop's clock: a day has 86,400 of them from one midnight to the next, whatever the clocks
//! do in spring and autumn.

/// A cart that was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CartSeen {
    /// Customer index.
    pub customer: u32,
    /// When it was last touched.
    pub at: i64,
    /// Its products: where they begin in [`Signals::cart_products`].
    pub first: u32,
    /// How many.
    pub count: u32,
}

/// A look at a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct View {
    /// Customer index.
    pub customer: u32,
    /// When.
    pub at: i64,
    /// Product index; 0 = not known.
    pub product: u32,
}

/// What a product cost and had in stock at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observed {
    /// Product index.
    pub product: u32,
    /// When.
    pub at: i64,
    /// Price, minor units.
    pub price: Option<i64>,
    /// Units in stock.
    pub stock: Option<i64>,
}

/// Everything triggers ask for beyond orders.
#[derive(Debug, Clone, Default)]
pub struct Signals {
    /// Carts, sorted by customer and moment.
    pub carts: Vec<CartSeen>,
    /// Products in carts, by index.
    pub cart_products: Vec<u32>,
    /// Looks at products, sorted.
    pub views: Vec<View>,
    /// What products cost and had in stock, sorted by product and moment.
    pub observed: Vec<Observed>,
    /// Messages that files tell of per head: customer and moment, sorted.
    pub contacts: Vec<(u32, i64)>,
    /// Messages of campaigns of which files tell only how many there were, not to whom.
    pub nameless: u64,
    /// Positions of the orders with a discount code, sorted.
    pub coded: Vec<u32>,
    /// Revision of the workspace this was read at.
    pub revision: u64,
}
