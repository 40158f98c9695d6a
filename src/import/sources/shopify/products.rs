//! Products, Export: a row per variant, then rows with further pictures. What is said of the whole product
//! stands on its first row.

use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::Preview;
use crate::import::row::Row;
use crate::import::sources::shape::{self, Shape};
use crate::import::sources::{Family, Source};
use crate::model::record::ProductRecord;

const SHAPES: &[Shape] = &[
    Shape {
        all: &["Handle", "Title", "Variant Price"],
        none: &[],
        more: &["Body (HTML)", "Vendor", "Tags", "Published", "Option1 Name", "Option1 Value", "Variant SKU"],
    },
    // The template of 2024.
    Shape {
        all: &["URL handle", "Title", "Price"],
        none: &[],
        more: &["Description", "Vendor", "Tags", "Status", "Option1 name", "Option1 value", "SKU"],
    },
];
const OPTIONS: [&str; 3] = ["Option1 Value", "Option2 Value", "Option3 Value"];
/// The option of a product without variants.
const NO_VARIANTS: &str = "Default Title";

pub struct Products;

impl Source for Products {
    fn name(&self) -> &'static str {
        "shopify-products"
    }

    fn title(&self) -> &'static str {
        "Shopify products"
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
                (Field::Sku, &["Variant SKU", "SKU"]),
                (Field::Title, &["Title"]),
                (Field::Category, &["Type", "Product Category"]),
                (Field::Brand, &["Vendor"]),
                (Field::Tags, &["Tags"]),
                (Field::Price, &["Variant Price", "Price"]),
                (Field::Cost, &["Cost per item"]),
                (Field::Stock, &["Variant Inventory Qty", "Inventory quantity"]),
            ],
        )
    }

    fn family(&self, row: &Row) -> Family {
        let handle = [row.cell("Handle"), row.cell("URL handle")].iter().map(|c| c.text).collect::<String>();
        match (handle.is_empty(), row.field(Field::Title).is_blank()) {
            (true, _) => Family::Alone,
            (false, false) => Family::Head(vec![handle]),
            (false, true) => Family::Member(handle),
        }
    }

    fn skip(&self, row: &Row) -> Option<&'static str> {
        let of_variant = [row.field(Field::Sku), row.field(Field::Price)];
        let is_variant = of_variant.iter().any(|c| !c.is_blank()) || options(row).next().is_some();
        (!is_variant).then_some("a picture or note of a product, not a variant")
    }

    /// Names a variant as order lines do: "Mug - Blue / Large".
    fn finish_product(&self, row: &Row, _cells: &CellReader, product: &mut ProductRecord) -> Result<(), CellError> {
        let options: Vec<&str> = options(row).filter(|option| *option != NO_VARIANTS).collect();
        if let (Some(title), false) = (&mut product.title, options.is_empty()) {
            title.push_str(" - ");
            title.push_str(&options.join(" / "));
        }
        Ok(())
    }
}

/// The options of a variant that are written.
fn options<'a>(row: &'a Row) -> impl Iterator<Item = &'a str> {
    OPTIONS.iter().map(|name| row.cell(name).text).filter(|text| !text.is_empty())
}
