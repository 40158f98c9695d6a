//! Files of BigCommerce.

mod customers;
mod details;
mod orders;

pub(super) use customers::Customers;
pub(super) use orders::Orders;

/// Where the keys of all these files are unique.
const ORIGIN: &str = "bigcommerce";

/// The id of a guest.
const GUEST: &str = "0";
