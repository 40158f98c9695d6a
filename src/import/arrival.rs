//! How somebody came to the shop: UTM fields, landing page and referrer of a row, as a touchpoint.
//!
//! Of addresses only host and path are kept. What their query says of source, medium and campaign is read before.

use super::cells::{CellError, CellReader};
use super::field::Field;
use super::row::Row;
use crate::model::record::{OrderRecord, TouchRecord};

/// The kind of a touchpoint that is an order's own.
const ORDER: &str = "order";

/// Source and medium of those who typed the address.
const DIRECT: (&str, &str) = ("(direct)", "(none)");

/// Query parameters that advertising platforms add to links: whose they are, and whether only ads have them.
const CLICK_IDS: &[(&str, &str, &str)] = &[
    ("gclid", "google", "cpc"),
    ("gbraid", "google", "cpc"),
    ("wbraid", "google", "cpc"),
    ("msclkid", "bing", "cpc"),
    ("ttclid", "tiktok", "cpc"),
    ("fbclid", "facebook", "social"),
];

/// What a row says of where somebody came from; `None` = nothing.
pub fn of_row(row: &Row, cells: &CellReader) -> Result<Option<TouchRecord>, CellError> {
    let text = |field| cells.text(row.field(field)).map(|text| text.filter(|text| !is_nothing(text)));
    let mut touch = TouchRecord {
        source: text(Field::UtmSource)?.map(str::to_owned),
        medium: text(Field::UtmMedium)?.map(str::to_owned),
        campaign: text(Field::Campaign)?.map(str::to_owned),
        device: text(Field::Device)?.map(str::to_lowercase),
        ..TouchRecord::default()
    };
    split_source(&mut touch);
    let (landing, referrer) = (text(Field::Landing)?, text(Field::Referrer)?);
    if let Some(landing) = landing {
        read_query(landing, &mut touch);
    }
    touch.landing = landing.and_then(page);
    touch.referrer = referrer.and_then(page);
    let says = touch.source.is_some() || touch.medium.is_some() || touch.campaign.is_some();
    if !says && !came_from_a_site(&mut touch) && touch.landing.is_none() {
        return Ok(touch.device.is_some().then_some(touch));
    }
    Ok(Some(touch))
}

/// The touchpoint that a row of an order is, where it says how the buyer came.
pub fn of_order(row: &Row, cells: &CellReader) -> Result<Option<TouchRecord>, CellError> {
    let Some(mut touch) = of_row(row, cells)? else { return Ok(None) };
    if touch.source.is_none() && touch.medium.is_none() && touch.campaign.is_none() {
        if touch.landing.is_none() {
            return Ok(None);
        }
        (touch.source, touch.medium) = (Some(DIRECT.0.to_owned()), Some(DIRECT.1.to_owned()));
    }
    touch.kind = ORDER.to_owned();
    Ok(Some(touch))
}

/// A touchpoint with a source and medium that a source of files reads elsewhere; what a row said before holds.
pub fn came_by(order: &mut OrderRecord, source: Option<&str>, medium: Option<&str>) {
    if source.is_none() && medium.is_none() {
        return;
    }
    let touch = order.touch.get_or_insert_default();
    if touch.source.is_none() || touch.source.as_deref() == Some(DIRECT.0) {
        touch.source = source.map(str::to_owned);
        touch.medium = medium.map(str::to_owned);
    }
    touch.kind = ORDER.to_owned();
}

/// Reads `utm_source: shop` or `utm_source=shop`, one to a line, as carts hand attributes over to orders.
pub fn read_notes(notes: &str, order: &mut OrderRecord) {
    let mut touch = TouchRecord::default();
    for line in notes.lines() {
        if let Some((name, value)) = line.split_once([':', '=']) {
            take(&mut touch, name.trim(), value.trim());
        }
    }
    came_by(order, touch.source.as_deref(), touch.medium.as_deref());
    if let (Some(own), Some(campaign)) = (&mut order.touch, touch.campaign) {
        own.campaign.get_or_insert(campaign);
    }
}

/// Gives the touchpoint of an order the order's moment and names; without a moment there is none.
pub fn settle(order: &mut OrderRecord) {
    let Some(mut touch) = order.touch.take() else { return };
    let Some(at) = order.placed_at else { return };
    touch.line = order.line;
    touch.at = at;
    touch.order = Some(order.key.clone());
    order.touch = Some(touch);
}

/// What exports write where there is nothing.
fn is_nothing(text: &str) -> bool {
    ["(not set)", "not set", "null", "n/a", "undefined", "(not provided)"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// `google / cpc` in one column.
fn split_source(touch: &mut TouchRecord) {
    let Some(source) = touch.source.as_ref().filter(|_| touch.medium.is_none()) else { return };
    if let Some((source, medium)) = source.split_once(" / ") {
        (touch.source, touch.medium) = (Some(source.trim().to_owned()), Some(medium.trim().to_owned()));
    }
}

/// Reads source, medium and campaign of an address where no column gives them.
fn read_query(address: &str, touch: &mut TouchRecord) {
    let Some((_, query)) = address.split_once('?') else { return };
    let query = query.split('#').next().unwrap_or_default();
    let pairs = || query.split('&').filter_map(|pair| pair.split_once('='));
    for (name, value) in pairs() {
        take(touch, name, &decoded(value));
    }
    let click = || pairs().find_map(|(name, _)| CLICK_IDS.iter().find(|(id, _, _)| *id == name));
    if touch.source.is_none()
        && touch.medium.is_none()
        && let Some((_, source, medium)) = click()
    {
        (touch.source, touch.medium) = (Some((*source).to_owned()), Some((*medium).to_owned()));
    }
}

fn take(touch: &mut TouchRecord, name: &str, value: &str) {
    let slot = match name.to_ascii_lowercase().as_str() {
        "utm_source" => &mut touch.source,
        "utm_medium" => &mut touch.medium,
        "utm_campaign" => &mut touch.campaign,
        _ => return,
    };
    if slot.is_none() && !value.is_empty() && !is_nothing(value) {
        *slot = Some(value.to_owned());
    }
}

/// Takes the site somebody came from as the source; a page of the shop's own is none.
fn came_from_a_site(touch: &mut TouchRecord) -> bool {
    let Some(host) = touch.referrer.as_deref().map(host) else { return false };
    if host.is_empty() || touch.landing.as_deref().is_some_and(|landing| self::host(landing) == host) {
        return false;
    }
    (touch.source, touch.medium) = (Some(host.to_owned()), Some("referral".to_owned()));
    true
}

/// The host of a page as [`page`] keeps it; empty for a path alone.
fn host(page: &str) -> &str {
    page.split('/').next().unwrap_or_default()
}

/// Host and path of an address: no scheme, no `www.`, no query; `None` when nothing is left.
fn page(address: &str) -> Option<String> {
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let address = address.split(['?', '#']).next().unwrap_or_default().trim();
    // Names and passwords may stand before a host.
    let (host, path) = address.find('/').map_or((address, ""), |at| address.split_at(at));
    let host = host.rsplit('@').next().unwrap_or_default().to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let page = format!("{host}{}", path.trim_end_matches('/'));
    let page: String = page.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    if page.is_empty() && path.starts_with('/') { Some("/".to_owned()) } else { (!page.is_empty()).then_some(page) }
}

/// Letters of a page that are kept.
const LONGEST: usize = 300;

/// A value of a query: `+` is a blank, `%20` a byte.
fn decoded(value: &str) -> String {
    let bytes = value.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = value.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (byte, code) {
            (b'%', Some(code)) => {
                out.push(code);
                at += 3;
                continue;
            }
            (b'+', _) => out.push(b' '),
            _ => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_addresses_host_and_path_are_kept() {
        let pages = [
            ("https://www.Shop.test/products/x/?utm_source=a&email=b@c.test#top", Some("shop.test/products/x")),
            ("/collections/all?x=1", Some("/collections/all")),
            ("/", Some("/")),
            ("http://anna:secret@shop.test/", Some("shop.test")),
            ("android-app://com.google.android.gm/", Some("com.google.android.gm")),
            ("?x=1", None),
            ("", None),
        ];
        for (address, kept) in pages {
            assert_eq!(page(address).as_deref(), kept, "{address}");
        }
    }

    #[test]
    fn queries_give_what_columns_do_not() {
        let read = |address: &str| {
            let mut touch = TouchRecord::default();
            read_query(address, &mut touch);
            (touch.source.unwrap_or_default(), touch.medium.unwrap_or_default(), touch.campaign.unwrap_or_default())
        };
        let all = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(
            read("/a?utm_source=News%20letter&utm_medium=email&utm_campaign=Spring+sale"),
            all("News letter", "email", "Spring sale")
        );
        assert_eq!(read("https://shop.test/?gclid=1"), all("google", "cpc", ""));
        assert_eq!(read("/?utm_source=&utm_medium=%"), all("", "%", ""));
        assert_eq!(read("/?utm_campaign=%F0%9F%8E&fbclid=%zz"), all("facebook", "social", "\u{fffd}"));
    }

    #[test]
    fn notes_of_a_cart_tell_where_its_buyer_came_from() {
        let mut order = OrderRecord::default();
        read_notes("gift: yes\nutm_source: Facebook\nutm_medium=paid\nutm_campaign: spring", &mut order);
        let touch = order.touch.unwrap();
        assert_eq!((touch.source.as_deref(), touch.medium.as_deref()), (Some("Facebook"), Some("paid")));
        assert_eq!((touch.campaign.as_deref(), touch.kind.as_str()), (Some("spring"), ORDER));
    }
}
