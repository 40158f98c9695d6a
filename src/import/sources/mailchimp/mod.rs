//! Files of Mailchimp.

mod audience;
mod campaigns;
mod report;

pub(super) use audience::{AUDIENCE, CLEANED, SUBSCRIBED, UNSUBSCRIBED};
pub(super) use campaigns::Campaigns;
pub(super) use report::Report;

/// Where the keys of all these files are unique.
const ORIGIN: &str = "mailchimp";
