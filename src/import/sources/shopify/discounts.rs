//! Discounts, Export: codes and automatic discounts. Values are written with a minus sign.

use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::Preview;
use crate::import::row::{Row, fold};
use crate::import::sources::Source;
use crate::import::sources::shape::{self, Shape};
use crate::model::record::DiscountRecord;

const SHAPE: Shape = Shape {
    all: &["Name", "Value", "Value Type", "Times Used In Total"],
    none: &[],
    more: &["Usage Limit Per Code", "Status", "Start", "End"],
};

pub struct Discounts;

impl Source for Discounts {
    fn name(&self) -> &'static str {
        "shopify-discounts"
    }

    fn title(&self) -> &'static str {
        "Shopify discounts"
    }

    fn origin(&self) -> &'static str {
        super::ORIGIN
    }

    fn table(&self) -> TableKind {
        TableKind::Discounts
    }

    fn matches(&self, preview: &Preview) -> f64 {
        SHAPE.fits(preview)
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        shape::mapping(
            preview,
            TableKind::Discounts,
            Layout::Flat,
            &[
                (Field::Code, &["Name"]),
                (Field::DiscountKind, &["Value Type"]),
                (Field::DiscountValue, &["Value"]),
                (Field::StartsAt, &["Start"]),
                (Field::EndsAt, &["End"]),
                (Field::UsedCount, &["Times Used In Total"]),
                (Field::DiscountStatus, &["Status"]),
            ],
        )
    }

    fn finish_discount(&self, row: &Row, cells: &CellReader, discount: &mut DiscountRecord) -> Result<(), CellError> {
        let free_shipping =
            fold(row.cell("Type").text) == "free shipping" || fold(row.cell("Discount Class").text) == "shipping";
        match fold(row.field(Field::DiscountKind).text).as_str() {
            _ if free_shipping => (discount.kind, discount.value) = ("shipping".into(), None),
            "percentage" => {
                discount.kind = "percent".into();
                discount.value = shape::percent(row.field(Field::DiscountValue), cells)?;
            }
            "fixed_amount" => {
                discount.kind = "amount".into();
                discount.value = discount.value.map(i64::abs);
            }
            _ => discount.value = discount.value.map(i64::abs),
        }
        Ok(())
    }
}
