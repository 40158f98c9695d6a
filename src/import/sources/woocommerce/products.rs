//! Products, Export: one row per product or variation, from WooCommerce itself.

use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::Preview;
use crate::import::row::Row;
use crate::import::sources::shape::{self, Shape};
use crate::import::sources::{Family, Source};
use crate::model::record::ProductRecord;

const SHAPE: Shape = Shape {
    all: &["Type", "SKU", "Name", "Regular price"],
    none: &[],
    more: &["ID", "Published", "Categories", "In stock?", "Sale price", "Parent", "Tax status"],
};

pub struct Products;

impl Source for Products {
    fn name(&self) -> &'static str {
        "woocommerce-products"
    }

    fn title(&self) -> &'static str {
        "WooCommerce products"
    }

    fn origin(&self) -> &'static str {
        super::ORIGIN
    }

    fn table(&self) -> TableKind {
        TableKind::Products
    }

    fn matches(&self, preview: &Preview) -> f64 {
        SHAPE.fits(preview)
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        shape::mapping(
            preview,
            TableKind::Products,
            Layout::Flat,
            &[
                (Field::Sku, &["SKU"]),
                (Field::Title, &["Name"]),
                (Field::Category, &["Categories"]),
                (Field::Brand, &["Brands", "Brand"]),
                (Field::Tags, &["Tags"]),
                (Field::Price, &["Regular price"]),
                (Field::Cost, &["Cost of goods", "Meta: _wc_cog_cost"]),
                (Field::Stock, &["Stock"]),
            ],
        )
    }

    /// Variations name their parent by SKU or, where it has none, as "id:741".
    fn family(&self, row: &Row) -> Family {
        if is_type(row, "variation") {
            return Family::Member(row.cell("Parent").text.to_owned());
        }
        if !is_type(row, "variable") {
            return Family::Alone;
        }
        let (id, sku) = (row.cell("ID").text, row.cell("SKU").text);
        let keys = [(id, format!("id:{id}")), (sku, sku.to_owned())];
        Family::Head(keys.into_iter().filter(|(text, _)| !text.is_empty()).map(|(_, key)| key).collect())
    }

    fn skip(&self, row: &Row) -> Option<&'static str> {
        is_type(row, "grouped").then_some("a group of products, which stand on rows of their own")
    }

    fn finish_product(&self, row: &Row, cells: &CellReader, product: &mut ProductRecord) -> Result<(), CellError> {
        product.category = product.category.as_deref().and_then(first_of_list);
        // A sale price with dates may be over; one without is what the product costs.
        let dated = ["Date sale price starts", "Date sale price ends"].iter().any(|name| !row.cell(name).is_blank());
        let currency = shape::currency(row, cells)?;
        if let (Some(sale), false) = (cells.money(row.cell("Sale price"), currency)?, dated) {
            product.price = Some(sale);
        }
        Ok(())
    }
}

/// Whether the list in the Type column ("simple, downloadable, virtual") holds a word.
fn is_type(row: &Row, word: &str) -> bool {
    row.cell("Type").text.split(',').any(|part| part.trim().eq_ignore_ascii_case(word))
}

/// The first item of a list whose commas within items are written `\,`.
fn first_of_list(text: &str) -> Option<String> {
    let mut item = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            ',' => break,
            '\\' => item.extend(chars.next()),
            c => item.push(c),
        }
    }
    let item = item.trim();
    (!item.is_empty()).then(|| item.to_owned())
}
