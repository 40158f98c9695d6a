//! Keeps people who were erased out of later imports.

use crate::model::record::{Admitted, CustomerKey, Record, TouchRecord};
use crate::workspace::erase::{BLANKED, Erased, Space};

const ORDER: &str = "the row names a person who was erased; the order counts without a customer";
const CART: &str = "the row names a person who was erased; the cart counts without a customer";
const DELETED: &str = "the order was deleted when its buyer was erased";
const CUSTOMER: &str = "the row is about a person who was erased";

/// Takes erased people out of a record of a source with this origin.
pub fn admit(erased: &Erased, origin: &str, record: &mut Record) -> Admitted {
    if erased.is_empty() {
        return Admitted::Whole;
    }
    match record {
        Record::Order(order) => {
            if erased.knows(Space::Order(origin), &order.key) {
                return Admitted::Nothing(DELETED);
            }
            if !erased.is_person(origin, &order.customer) {
                return Admitted::Whole;
            }
            order.customer = CustomerKey::default();
            order.customer_name = None;
            order.touch = None;
            order.attributes.clear();
            Admitted::Part(ORDER)
        }
        Record::Customer(customer) if erased.is_person(origin, &customer.key) => Admitted::Nothing(CUSTOMER),
        Record::Cart(cart) if erased.is_person(origin, &cart.customer) => {
            cart.customer = CustomerKey::default();
            Admitted::Part(CART)
        }
        Record::Touch(touch) if is_of_erased(erased, origin, touch) => Admitted::Nothing(CUSTOMER),
        Record::Event(event) if erased.is_person(origin, &event.customer) => Admitted::Nothing(CUSTOMER),
        Record::Rejected(row) => {
            if row.cells.iter().any(|cell| erased.knows(Space::Text, cell)) {
                (row.column, row.cells) = (None, Vec::new());
                (row.reason, row.repair) = (BLANKED.0.to_owned(), BLANKED.1.to_owned());
            }
            Admitted::Whole
        }
        _ => Admitted::Whole,
    }
}

/// Whether a touchpoint is of a person who was erased, by any of its names.
fn is_of_erased(erased: &Erased, origin: &str, touch: &TouchRecord) -> bool {
    let is_visitor = |visitor: &String| erased.knows(Space::Visitor, visitor);
    erased.is_person(origin, &touch.customer) || touch.visitor.as_ref().is_some_and(is_visitor)
}
