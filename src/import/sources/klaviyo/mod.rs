//! Files of Klaviyo. Their revenue is in the currency of the account, which they do not name, and their times are those
//! of the account, without an offset.

mod campaigns;
mod flows;
mod profiles;

pub(super) use campaigns::Campaigns;
pub(super) use flows::Flows;
pub(super) use profiles::Profiles;

use crate::import::preview::Doubt;
use crate::import::sources::shape;

/// Where the keys of all these files are unique.
const ORIGIN: &str = "klaviyo";

/// What all reports leave unsaid.
fn unsaid() -> Vec<Doubt> {
    shape::note(
        "The file names no currency and no time zone: revenue is taken for the shop’s currency, times for its zone",
        "Where the account differs, say so with --currency and --time-zone",
    )
}
