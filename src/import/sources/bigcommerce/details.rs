//! Packed cells: `Product ID: 100, Product Qty: 1, … |Product ID: 101, …`. Values may contain commas, colons
//! and bars, and carry HTML entities, so a cell is cut at the keys that are known and nowhere else.

use std::borrow::Cow;

use crate::import::row::Cell;

/// Keys of one product, in any order.
pub(super) const PRODUCT_KEYS: &[&str] = &[
    "Product ID",
    "Product Index",
    "Product Qty",
    "Product SKU",
    "Product Name",
    "Product Weight",
    "Product Variation Details",
    "Product Unit Price",
    "Product Unit Cost",
    "Product Total Price",
    "Product Total Cost",
    "Product UPC",
    "Product Peachtree Account",
];

/// Keys of one coupon.
pub(super) const COUPON_KEYS: &[&str] =
    &["Coupon ID", "Coupon Code", "Coupon Value", "Coupon Discount", "Coupon Amount", "Coupon Name", "Coupon Type"];

/// A key with its value.
pub(super) type Entry<'a> = (&'static str, Cell<'a>);

/// The records of a packed cell. A record ends where the key that started it comes again.
pub(super) fn records<'a>(cell: Cell<'a>, keys: &'static [&'static str]) -> Vec<Vec<Entry<'a>>> {
    let entries = entries(cell, keys);
    let mut records: Vec<Vec<Entry>> = Vec::new();
    for entry in entries {
        match records.last_mut() {
            Some(record) if record[0].0 != entry.0 => record.push(entry),
            _ => records.push(vec![entry]),
        }
    }
    records
}

/// The value of a key in a record.
pub(super) fn value<'a>(record: &[Entry<'a>], key: &str) -> Option<Cell<'a>> {
    record.iter().find(|(k, cell)| *k == key && !cell.is_blank()).map(|(_, cell)| *cell)
}

/// All keys and values of a cell. A key counts at the start, after ", " and after "|" only.
fn entries<'a>(cell: Cell<'a>, keys: &'static [&'static str]) -> Vec<Entry<'a>> {
    let text = cell.text;
    let mut found: Vec<(usize, usize, &'static str)> = Vec::new();
    for key in keys {
        for (at, _) in text.match_indices(key) {
            let before = text[..at].trim_end();
            let starts = before.is_empty() || before.ends_with([',', '|']);
            if starts && text[at + key.len()..].starts_with(':') {
                found.push((at, at + key.len() + 1, key));
            }
        }
    }
    found.sort_unstable();
    let ends = found.iter().skip(1).map(|(at, ..)| *at).chain([text.len()]);
    let entry = |(&(_, from, key), end): (&(usize, usize, &'static str), usize)| {
        let value = text[from..end].trim_end();
        let value = value.strip_suffix([',', '|']).filter(|_| end < text.len()).unwrap_or(value);
        (key, cell.part(value))
    };
    found.iter().zip(ends).map(entry).collect()
}

/// A text with its HTML entities replaced.
pub(super) fn without_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.find(';').filter(|end| *end <= 8).and_then(|end| Some((entity(&rest[1..end])?, end)));
        let (c, length) = entity.map_or(('&', 1), |(c, end)| (c, end + 1));
        out.push(c);
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_may_hold_commas_colons_and_bars() {
        let text = "Product ID: 1, Product Qty: 2, Product Name: Cup, tall: blue | matt, Product Unit Price: 3.00, \
                    Product Total Price: 6.00|Product ID: 2, Product Name: Product Name: twice";
        let records = records(Cell::new("Product Details", text), PRODUCT_KEYS);
        assert_eq!(records.len(), 2);
        assert_eq!(value(&records[0], "Product Name").unwrap().text, "Cup, tall: blue | matt");
        assert_eq!(value(&records[0], "Product Total Price").unwrap().text, "6.00");
        assert_eq!(value(&records[1], "Product Name").unwrap().text, "Product Name: twice");
    }

    #[test]
    fn entities_become_characters_and_lone_ampersands_stay() {
        assert_eq!(
            without_entities("Potter&#039;s &amp; &quot;Co&quot; &x; A&B &#0; &"),
            "Potter's & \"Co\" &x; A&B &#0; &"
        );
        assert_eq!(without_entities("&#x41;&é;"), "A&é;");
    }
}
