//! Files of the Shopify admin.

mod checkouts;
mod customers;
mod discounts;
mod orders;
mod products;

pub(super) use checkouts::Checkouts;
pub(super) use customers::Customers;
pub(super) use discounts::Discounts;
pub(super) use orders::Orders;
pub(super) use products::Products;

/// Where the keys of all these files are unique.
const ORIGIN: &str = "shopify";
