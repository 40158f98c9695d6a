//! The check of prior prices in sentences, for command line and window alike.

use super::{PriorPrices, Standing};
use crate::model::Locale;

/// How many discounts hold, in one sentence.
pub fn verdict(found: &PriorPrices) -> String {
    let of = |standing| found.count(standing) as u64;
    let count = |n| Locale::En.counted(n, "discount", "discounts");
    let (none, less, unknown) = (of(Standing::NotLower), of(Standing::LessThanAnnounced), of(Standing::NoEvidence));
    match found.rows.len() as u64 {
        0 => "No product is made cheaper by percent, so there is no prior price to check".into(),
        all if none + less > 0 => format!(
            "{} of {} are not below the lowest price paid before, {} below by less than announced; of {} there is no \
             evidence",
            Locale::En.count(none),
            count(all),
            Locale::En.count(less),
            Locale::En.count(unknown)
        ),
        all if unknown > 0 => format!(
            "{} are below the lowest price paid before by what is announced; of {} there is no evidence",
            count(all - unknown),
            Locale::En.count(unknown)
        ),
        all => format!("All {} are below the lowest price paid before by what is announced", count(all)),
    }
}

/// What counts, what is left out, and what this is not.
pub fn notes(found: &PriorPrices) -> Vec<String> {
    let (from, to) = found.days;
    let mut notes = vec![format!(
        "Prices paid per unit on order lines from {} to {}, after discounts on the line; discounts and codes on a whole \
         order are no price of a product",
        from.display(),
        to.display()
    )];
    if found.known_until < from {
        notes.push(format!("Orders are known up to {} only, before those days begin", found.known_until.display()));
    } else if found.known_until < to {
        let known = found.known_until.display();
        notes.push(format!("Orders are known up to {known} only: check again before the sale begins"));
    }
    if found.personal > 0 {
        let orders = Locale::En.counted(found.personal.into(), "order", "orders");
        notes.push(format!("{orders} with a code that only one customer ever used are left out as personal"));
    }
    if found.other_tiers > 0 {
        let tiers = Locale::En.counted(found.other_tiers as u64, "offer", "offers");
        notes.push(format!(
            "{tiers} (amounts, gifts, sets, shipping) are no reduced price of a product and are not checked"
        ));
    }
    notes.push("A product that was not sold in those days gives no evidence: its price may have been anything".into());
    notes.push("A list of what the orders show for Article 6a of Directive 98/6/EC, no legal advice".into());
    notes
}
