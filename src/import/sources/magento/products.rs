//! Products: catalog_product of System, Export, and the product lists of the sample data.

use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::Preview;
use crate::import::row::Row;
use crate::import::sources::Source;
use crate::import::sources::shape::{self, Shape};
use crate::model::record::ProductRecord;

const SHAPES: &[Shape] = &[
    Shape {
        all: &["sku", "attribute_set_code", "product_type"],
        none: &[],
        more: &["store_view_code", "categories", "name", "price", "qty", "url_key", "additional_attributes"],
    },
    // Product lists of the sample data.
    Shape {
        all: &["sku", "name", "price", "attribute_set"],
        none: &[],
        more: &["category", "qty", "description", "special_price"],
    },
];
/// Types of products that only combine others: they have no stock of their own.
const COMPOUND: [&str; 3] = ["configurable", "bundle", "grouped"];
const ROOT: &str = "Default Category";

pub struct Products;

impl Source for Products {
    fn name(&self) -> &'static str {
        "magento-products"
    }

    fn title(&self) -> &'static str {
        "Magento products"
    }

    fn origin(&self) -> &'static str {
        super::ORIGIN
    }

    fn table(&self) -> TableKind {
        TableKind::Products
    }

    fn matches(&self, preview: &Preview) -> f64 {
        shape::best_fit(SHAPES, preview)
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        shape::mapping(
            preview,
            TableKind::Products,
            Layout::Flat,
            &[
                (Field::Sku, &["sku"]),
                (Field::Title, &["name"]),
                (Field::Category, &["categories", "category"]),
                (Field::Brand, &["manufacturer", "brand"]),
                (Field::Price, &["price"]),
                (Field::Cost, &["cost"]),
                (Field::Stock, &["qty"]),
            ],
        )
    }

    fn skip(&self, row: &Row) -> Option<&'static str> {
        (!row.cell("store_view_code").is_blank()).then_some("texts of a store view for a product above")
    }

    fn finish_product(&self, row: &Row, cells: &CellReader, product: &mut ProductRecord) -> Result<(), CellError> {
        product.category = category(row.field(Field::Category).text);
        if product.brand.is_none() {
            product.brand = attribute(row.cell("additional_attributes").text, &["manufacturer", "brand"]);
        }
        if COMPOUND.contains(&row.cell("product_type").text) {
            product.stock = None;
        }
        // A special price with dates may be over; one without is what the product costs.
        let dates = ["special_price_from_date", "special_price_to_date"];
        let special = cells.money(row.cell("special_price"), shape::currency(row, cells)?)?;
        if let (Some(special), true) = (special, dates.iter().all(|name| row.cell(name).is_blank())) {
            product.price = Some(special);
        }
        Ok(())
    }
}

/// The deepest category below the root: "Default Category/Gear,Default Category/Gear/Bags" is "Gear > Bags".
/// The sample data writes the levels on lines of their own.
fn category(text: &str) -> Option<String> {
    if text.contains('\n') {
        return Some(text.lines().map(str::trim).take(2).collect::<Vec<_>>().join(" > "));
    }
    let paths = text.split(',').map(|path| path.trim().strip_prefix(ROOT).unwrap_or(path.trim()));
    let depth = |path: &str| path.matches('/').count();
    let below = paths.map(|path| path.trim_matches('/')).filter(|path| !path.is_empty());
    // Of equally deep ones the first, hence the comparison backwards.
    let path = below.rev().max_by_key(|path| depth(path))?;
    Some(path.split('/').map(str::trim).collect::<Vec<_>>().join(" > "))
}

/// A value of the list "size=XS,color=Black".
fn attribute(list: &str, names: &[&str]) -> Option<String> {
    let pairs = list.split(',').filter_map(|pair| pair.split_once('='));
    let mut values = pairs.filter(|(name, _)| names.contains(&name.trim())).map(|(_, value)| value.trim());
    values.find(|value| !value.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_category_is_left_out() {
        assert_eq!(
            category("Default Category/Gear,Default Category/Gear/Bags,Default Category/New/In"),
            Some("Gear > Bags".into())
        );
        assert_eq!(category("Gear\nBags\nCollections"), Some("Gear > Bags".into()));
        assert_eq!(category("Default Category"), None);
        assert_eq!(attribute("size=XS,manufacturer=Stitchers", &["manufacturer"]), Some("Stitchers".into()));
    }
}
