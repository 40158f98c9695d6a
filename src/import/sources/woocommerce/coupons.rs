//! Coupons as the WebToffee coupon plugin exports them: one row per code.

use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::Preview;
use crate::import::row::{Row, fold};
use crate::import::sources::Source;
use crate::import::sources::shape::{self, Shape};
use crate::model::record::DiscountRecord;

const SHAPE: Shape = Shape {
    all: &["post_title", "discount_type", "coupon_amount"],
    none: &[],
    more: &["post_status", "usage_limit", "expiry_date", "date_expires", "usage_count", "free_shipping"],
};

pub struct Coupons;

impl Source for Coupons {
    fn name(&self) -> &'static str {
        "woocommerce-coupons"
    }

    fn title(&self) -> &'static str {
        "WooCommerce coupons"
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
                (Field::Code, &["post_title"]),
                (Field::DiscountKind, &["discount_type"]),
                (Field::DiscountValue, &["coupon_amount"]),
                (Field::StartsAt, &["post_date"]),
                (Field::EndsAt, &["date_expires", "expiry_date"]),
                (Field::UsedCount, &["usage_count"]),
                (Field::DiscountStatus, &["post_status"]),
            ],
        )
    }

    fn finish_discount(&self, row: &Row, cells: &CellReader, discount: &mut DiscountRecord) -> Result<(), CellError> {
        let kind = fold(row.field(Field::DiscountKind).text);
        let free_shipping = cells.flag(row.cell("free_shipping"))?.unwrap_or(false);
        if kind.contains("percent") {
            discount.kind = "percent".into();
            discount.value = shape::percent(row.field(Field::DiscountValue), cells)?;
        } else if kind.starts_with("fixed") {
            discount.kind = "amount".into();
            discount.value = discount.value.map(i64::abs);
        }
        if free_shipping && discount.value.unwrap_or(0) == 0 {
            (discount.kind, discount.value) = ("shipping".into(), None);
        }
        Ok(())
    }
}
