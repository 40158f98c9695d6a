//! Factors of revenue, and what each of them made of a change.

use serde::Serialize;

/// Something that revenue is a product of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// Customers who ordered, of a group.
    Customers,
    /// Customers whose first order is in the period.
    NewCustomers,
    /// Customers who had ordered before the period.
    ReturningCustomers,
    /// Orders that no customer is known of.
    NamelessOrders,
    /// Days of the period that there are.
    Days,
    /// Orders on such a day.
    OrdersPerDay,
    /// Orders per customer who ordered.
    OrdersPerCustomer,
    /// Revenue before refunds per order.
    OrderValue,
    /// Units per order.
    UnitsPerOrder,
    /// Units of all products together.
    Volume,
    /// Share of a product in the units.
    Mix,
    /// Price of a unit before discounts.
    ListPrice,
    /// What was taken off that price.
    Discounts,
    /// What is between the price of the goods after discounts and revenue: tax, shipping, fees.
    Charges,
    /// Refunds and returns.
    Refunds,
    /// What cannot be told apart.
    Untold,
}

impl Factor {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 16] = [
        Self::NewCustomers,
        Self::ReturningCustomers,
        Self::Customers,
        Self::NamelessOrders,
        Self::Days,
        Self::OrdersPerDay,
        Self::OrdersPerCustomer,
        Self::OrderValue,
        Self::UnitsPerOrder,
        Self::Volume,
        Self::Mix,
        Self::ListPrice,
        Self::Discounts,
        Self::Charges,
        Self::Untold,
        Self::Refunds,
    ];

    /// Its name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Customers => "Customers",
            Self::NewCustomers => "New customers",
            Self::ReturningCustomers => "Returning customers",
            Self::NamelessOrders => "Orders without a customer",
            Self::Days => "Days",
            Self::OrdersPerDay => "Orders per day",
            Self::OrdersPerCustomer => "Orders per customer",
            Self::OrderValue => "Order value",
            Self::UnitsPerOrder => "Units per order",
            Self::Volume => "Volume",
            Self::Mix => "Mix",
            Self::ListPrice => "Price per unit",
            Self::Discounts => "Discounts",
            Self::Charges => "Tax, shipping and fees",
            Self::Refunds => "Refunds",
            Self::Untold => "Cannot tell apart",
        }
    }

    /// What it is, in words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Customers => "More or fewer customers who ordered, at the same orders per customer and order value",
            Self::NewCustomers => "More or fewer customers whose first order is in the period",
            Self::ReturningCustomers => "More or fewer customers who had ordered before the period",
            Self::NamelessOrders => "More or fewer orders that no customer is known of",
            Self::Days => "More or fewer such days in the period",
            Self::OrdersPerDay => "More or fewer orders on such a day",
            Self::OrdersPerCustomer => "More or fewer orders of each customer who ordered",
            Self::OrderValue => "Higher or lower revenue of an order before refunds",
            Self::UnitsPerOrder => "More or fewer units in an order",
            Self::Volume => "More or fewer units of everything together, each at its share",
            Self::Mix => "A larger or smaller share of the units, also of what is new or gone",
            Self::ListPrice => "A higher or lower price per unit before discounts; of several products also what sold",
            Self::Discounts => "A smaller or larger part of that price taken off",
            Self::Charges => "What is between the price of the goods after discounts and revenue: tax, shipping, fees",
            Self::Refunds => "Fewer or more refunds and returns",
            Self::Untold => "Lines do not tell units and prices of enough orders",
        }
    }
}

/// What one factor made of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Which factor.
    pub factor: Factor,
    /// What it made of the change, minor units of the shop's currency; negative = less revenue.
    pub amount: i64,
    /// What the amount is made of, where that can be told; sums to the amount.
    pub of: Vec<Part>,
}

impl Part {
    /// A part that is not taken apart.
    pub(super) fn plain(factor: Factor, amount: i64) -> Self {
        Self { factor, amount, of: Vec::new() }
    }
}

/// Adds parts to others, factor by factor, and keeps them in the order of [`Factor::ALL`].
pub(super) fn add(sum: &mut Vec<Part>, parts: &[Part]) {
    for part in parts {
        match sum.iter_mut().find(|known| known.factor == part.factor) {
            // A part that one side does not take apart stays joined beside those that are.
            Some(known) => {
                if known.of.is_empty() != part.of.is_empty() {
                    let (amount, of) =
                        if known.of.is_empty() { (known.amount, &mut known.of) } else { (part.amount, &mut known.of) };
                    if amount != 0 {
                        add(of, &[Part::plain(Factor::Untold, amount)]);
                    }
                }
                known.amount += part.amount;
                add(&mut known.of, &part.of);
            }
            None => sum.push(part.clone()),
        }
    }
    let place = |part: &Part| Factor::ALL.iter().position(|factor| *factor == part.factor);
    sum.sort_by_key(place);
}
