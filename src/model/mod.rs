//! Plain data that every other module speaks. Knows nothing of files, SQL or windows.

pub mod campaign;
pub mod currency;
pub mod dataset;
pub mod definitions;
pub mod details;
pub mod experiment;
pub mod figure;
pub mod holdout;
pub mod locale;
pub mod plan;
pub mod record;
pub mod results;
pub mod rule;
pub mod segment;
pub mod sequence;
pub mod signals;
pub mod time;
pub mod touch;
pub mod traffic;

pub use campaign::Campaign;
pub use currency::Currency;
pub use dataset::Dataset;
pub use definitions::Definitions;
pub use details::Details;
pub use experiment::Experiment;
pub use figure::{Figure, Filter, MetricId, Scope, TooLittle};
pub use locale::Locale;
pub use plan::SalePlan;
pub use rule::Rule;
pub use segment::Segment;
pub use sequence::Sequence;
pub use signals::Signals;
pub use time::{Day, Zone};
pub use touch::Touches;
pub use traffic::Traffic;
