//! Cells of the WebToffee plugins: `key:value|key:value`, several records separated by `;`.

use crate::import::row::Cell;

/// The records of a cell. Each starts with the key `first`, so that a `;` within a value does not split.
pub(super) fn records<'a>(cell: Cell<'a>, first: &str) -> Vec<Cell<'a>> {
    let start = format!(";{first}:");
    let mut starts: Vec<usize> = cell.text.match_indices(&start).map(|(at, _)| at).collect();
    starts.push(cell.text.len());
    let mut from = 0;
    let mut out = Vec::new();
    for at in starts {
        let record = cell.part(&cell.text[from..at]);
        if !record.is_blank() {
            out.push(record);
        }
        from = at + 1;
    }
    out
}

/// The value of a key in a record, up to the next `|`.
pub(super) fn value<'a>(record: Cell<'a>, key: &str) -> Option<Cell<'a>> {
    let from = start_of(record.text, key)?;
    let rest = &record.text[from..];
    Some(record.part(rest.split('|').next().unwrap_or(rest)))
}

/// The value of a key whose text may contain `|` or `:`: it ends before the first of the keys that follow it.
pub(super) fn text<'a>(record: Cell<'a>, key: &str, next: &[&str]) -> Option<Cell<'a>> {
    let from = start_of(record.text, key)?;
    let rest = &record.text[from..];
    let end = next.iter().filter_map(|key| rest.find(&format!("|{key}:"))).min().unwrap_or(rest.len());
    Some(record.part(&rest[..end]))
}

/// Where the value of a key starts.
fn start_of(text: &str, key: &str) -> Option<usize> {
    let named = format!("{key}:");
    if text.starts_with(&named) {
        return Some(named.len());
    }
    text.find(&format!("|{named}")).map(|at| at + 1 + named.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_key_even_where_texts_contain_the_separators() {
        let line = Cell::new("line_item_1", "name:Shoe: red | blue|product_id:7|sku:A|quantity:2|total:8.00|tax:1.44");
        let name = text(line, "name", &["product_id", "sku"]).unwrap();
        assert_eq!(name.text, "Shoe: red | blue");
        assert_eq!(value(line, "total").unwrap().text, "8.00");
        assert_eq!(value(line, "tax").unwrap().text, "1.44");
        assert!(value(line, "sub_total").is_none());
        let refunds = Cell::new("refund_items", "amount:4|reason:late; broken|date:x;amount:5|reason:|date:y");
        let amounts: Vec<_> = records(refunds, "amount").iter().map(|r| value(*r, "amount").unwrap().text).collect();
        assert_eq!(amounts, ["4", "5"]);
    }
}
