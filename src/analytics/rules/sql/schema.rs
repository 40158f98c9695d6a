//! The tables that `export-tables` writes and the SQL of rules reads: one list, from which the files, the scripts of
//! every engine and their description are made.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// A whole number; amounts are minor units of the shop's currency.
    Whole,
    /// A text.
    Text,
    /// A day.
    Day,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Type,
    /// Whether it can be empty: nothing is known.
    pub empty: bool,
    /// What it means.
    pub meaning: &'static str,
}

/// A table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name, and that of its file.
    pub name: &'static str,
    /// What a row is.
    pub row: &'static str,
    /// Columns that name a row.
    pub key: &'static [&'static str],
    /// Its columns, in the order of the file.
    pub columns: &'static [Column],
}

const fn col(name: &'static str, kind: Type, meaning: &'static str) -> Column {
    Column { name, kind, empty: false, meaning }
}

const fn opt(name: &'static str, kind: Type, meaning: &'static str) -> Column {
    Column { name, kind, empty: true, meaning }
}

use Type::{Day, Text, Whole};

/// Every table, in the order they are loaded.
pub const TABLES: &[Table] = &[
    Table {
        name: "customers",
        row: "A customer; merged accounts are one",
        key: &["customer_id"],
        columns: &[
            col("customer_id", Whole, "Number of the customer in these tables"),
            opt("shop_id", Text, "The shop's own id"),
            opt("email", Text, "E-mail address: personal data"),
            opt("seen_on", Day, "First day with an account or an order; empty = known ever since"),
            opt("created_on", Day, "Day the account was made"),
            opt("birth_date", Day, "Birth date"),
            opt("country", Text, "Country"),
            col("has_email", Whole, "1 = an e-mail address is known"),
            col("has_phone", Whole, "1 = a phone number is known"),
        ],
    },
    Table {
        name: "products",
        row: "A product variant",
        key: &["product_id"],
        columns: &[
            col("product_id", Whole, "Number of the product in these tables"),
            opt("sku", Text, "Stock keeping unit"),
            opt("title", Text, "Title with the variant"),
            opt("category", Text, "Category"),
            opt("brand", Text, "Brand or vendor"),
        ],
    },
    Table {
        name: "orders",
        row: "An order of an identified customer that counts by the shop's definitions, or would if its currency had a rate",
        key: &["order_id"],
        columns: &[
            col("order_id", Whole, "Number of the order in these tables"),
            col("customer_id", Whole, "Who bought"),
            col("ordered_on", Day, "Day in the shop's time zone"),
            col("is_purchase", Whole, "1 = a purchase; 0 = a return booked as an order, or without a rate"),
            col("is_unrated", Whole, "1 = its currency has no rate, so that nobody can tell what it is worth"),
            col("revenue", Whole, "Revenue by the shop's definitions before refunds"),
            col("discount", Whole, "Discounts taken off, lines and order together"),
            col("on_sale", Whole, "1 = it has a discount"),
            opt("discount_rate", Whole, "What was taken off the price of the goods, in millionths of it"),
            opt("channel", Text, "Sales channel"),
            opt("country", Text, "Country of the order"),
        ],
    },
    Table {
        name: "refunds",
        row: "A refund of an order",
        key: &[],
        columns: &[
            col("order_id", Whole, "The order"),
            col("refunded_on", Day, "Day of the refund; without one as the shop's definitions say"),
            col("revenue", Whole, "What it takes from the revenue of its order"),
        ],
    },
    Table {
        name: "order_lines",
        row: "A line of an order",
        key: &["order_id", "line"],
        columns: &[
            col("order_id", Whole, "The order"),
            col("line", Whole, "Position in the order, from 1"),
            opt("product_id", Whole, "The product"),
            col("quantity_milli", Whole, "Thousandths of a unit; negative = returned"),
            col("spend", Whole, "Price of the line less its own discount"),
        ],
    },
    Table {
        name: "order_codes",
        row: "A discount code used on an order",
        key: &["order_id", "code"],
        columns: &[col("order_id", Whole, "The order"), col("code", Text, "The code")],
    },
    Table {
        name: "order_attributes",
        row: "A further column of an order that was kept",
        key: &["order_id", "name"],
        columns: &[
            col("order_id", Whole, "The order"),
            col("name", Text, "Name of the column"),
            col("value", Text, "Its value"),
            opt("millionths", Whole, "The value in millionths, where it is a number"),
        ],
    },
    Table {
        name: "product_attributes",
        row: "A further column of a product that was kept",
        key: &["product_id", "name"],
        columns: &[
            col("product_id", Whole, "The product"),
            col("name", Text, "Name of the column"),
            col("value", Text, "Its value"),
            opt("millionths", Whole, "The value in millionths, where it is a number"),
        ],
    },
    Table {
        name: "customer_attributes",
        row: "A further column of a customer that was kept",
        key: &["customer_id", "name"],
        columns: &[
            col("customer_id", Whole, "The customer"),
            col("name", Text, "Name of the column"),
            col("value", Text, "Its value"),
            opt("millionths", Whole, "The value in millionths, where it is a number"),
        ],
    },
    Table {
        name: "customer_tags",
        row: "A label that the shop gave a customer",
        key: &["customer_id", "tag"],
        columns: &[col("customer_id", Whole, "The customer"), col("tag", Text, "The label")],
    },
    Table {
        name: "consents",
        row: "What a customer answered when asked for consent, the newest answer of a channel",
        key: &["customer_id", "channel"],
        columns: &[
            col("customer_id", Whole, "The customer"),
            col("channel", Text, "email, sms, whatsapp"),
            col("granted", Whole, "1 = agreed, 0 = declined"),
            opt("answered_on", Day, "Day of the answer; empty = ever since"),
        ],
    },
    Table {
        name: "carts",
        row: "A cart or checkout that was left",
        key: &[],
        columns: &[col("customer_id", Whole, "The customer"), col("left_on", Day, "Day it was last touched")],
    },
    Table {
        name: "touchpoints",
        row: "A contact of a customer with the shop",
        key: &[],
        columns: &[
            col("customer_id", Whole, "The customer"),
            col("touched_on", Day, "Day of the contact"),
            opt("kind", Text, "What happened"),
            opt("channel", Text, "Through what"),
            opt("campaign", Text, "Campaign it belongs to"),
        ],
    },
    Table {
        name: "customer_figures",
        row: "Scores and outcomes of models of a customer on a day, as Cartwright computed them",
        key: &["customer_id", "as_of"],
        columns: &[
            col("customer_id", Whole, "The customer"),
            col("as_of", Day, "The day they are of"),
            opt("segment", Text, "Segment of the framework"),
            opt("rfm_group", Text, "RFM group"),
            opt("r_score", Whole, "Recency score, from 1 up"),
            opt("f_score", Whole, "Frequency score, from 1 up"),
            opt("m_score", Whole, "Monetary score, from 1 up"),
            opt("p_alive", Whole, "Probability to be a customer still, in millionths"),
            opt("predicted_value", Whole, "Expected discounted revenue of the next 12 months"),
        ],
    },
];
