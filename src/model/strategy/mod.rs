//! What a consultant writes into the strategy framework, and what is kept of it: typed answers, issues that were handed
//! over, and the plans of the product and the marketing framework. What the framework asks is in [`crate::framework`].

mod answers;
mod fields;
mod issue;
mod plan;
mod value;

pub use answers::{Answer, Answers, Options};
pub use fields::{CASE_FIELDS, CONTENT_FIELDS, ITEM_FIELDS, SOURCE_FIELDS, set_cost};
pub use issue::{Issue, Issued, Issues};
pub use plan::{Case, ContentItem, ExternalSource, Item, ItemStatus, StrategyPlan};
pub use value::{FieldKind, FieldValue};
