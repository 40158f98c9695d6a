//! Files of Magento 2 / Adobe Commerce.

mod customers;
mod orders;
mod products;

pub(super) use customers::Customers;
pub(super) use orders::OrderGrid;
pub(super) use products::Products;

/// Where the keys of all these files are unique.
const ORIGIN: &str = "magento";
