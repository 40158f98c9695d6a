//! Cells that hold words: flags, status, currency codes, lists.

use super::{CellError, is_null};
use crate::import::row::{Cell, fold};
use crate::model::Currency;
use crate::model::record::OrderStatus;

const YES: &[&str] = &[
    "yes",
    "y",
    "true",
    "t",
    "1",
    "on",
    "ja",
    "j",
    "oui",
    "si",
    "sí",
    "sim",
    "да",
    "x",
    "✓",
    "subscribed",
    "opted in",
    "opted_in",
    "opt-in",
    "optin",
    "accepted",
    "granted",
    "agreed",
    "active",
    "enabled",
    "1.0",
];
const NO: &[&str] = &[
    "no",
    "n",
    "false",
    "f",
    "0",
    "off",
    "nein",
    "non",
    "não",
    "nao",
    "нет",
    "unsubscribed",
    "never_subscribed",
    "never subscribed",
    "not_subscribed",
    "not subscribed",
    "opted out",
    "opted_out",
    "opt-out",
    "optout",
    "pending",
    "cleaned",
    "declined",
    "denied",
    "redacted",
    "invalid",
    "inactive",
    "disabled",
    "0.0",
];

pub(super) fn flag(cell: Cell) -> Result<Option<bool>, CellError> {
    match cell.text {
        "" => return Ok(None),
        "yes" | "true" | "1" => return Ok(Some(true)),
        "no" | "false" | "0" => return Ok(Some(false)),
        _ => {}
    }
    let word = fold(cell.text);
    if YES.contains(&word.as_str()) {
        Ok(Some(true))
    } else if NO.contains(&word.as_str()) {
        Ok(Some(false))
    } else if is_null(cell.text) {
        Ok(None)
    } else {
        Err(CellError::new(cell, "is neither yes nor no", "Write yes or no"))
    }
}

/// Words for a status, as exports spell them after folding and with `_` and `-` as spaces.
const STATUS_WORDS: &[(OrderStatus, &[&str])] = &[
    (
        OrderStatus::Paid,
        &[
            "paid",
            "complete",
            "completed",
            "processing",
            "processed",
            "shipped",
            "partially shipped",
            "fulfilled",
            "delivered",
            "closed",
            "captured",
            "settled",
            "succeeded",
            "success",
            "successful",
            "awaiting fulfillment",
            "awaiting shipment",
            "awaiting pickup",
            "ready to ship",
            "invoiced",
            "done",
            "disputed",
            "confirmed",
            "bezahlt",
            "abgeschlossen",
            "versendet",
            "in bearbeitung",
            "payé",
            "terminée",
            "expédiée",
            "pagado",
            "completado",
            "pagato",
            "completato",
            "partially fulfilled",
            "shipping",
            "ok",
            "approved",
        ],
    ),
    (
        OrderStatus::Pending,
        &[
            "pending",
            "on hold",
            "holded",
            "authorized",
            "authorised",
            "awaiting payment",
            "pending payment",
            "payment review",
            "manual verification required",
            "partially paid",
            "new",
            "open",
            "unpaid",
            "draft",
            "ausstehend",
            "offen",
            "wartend",
            "in wartestellung",
            "en attente",
            "pendiente",
            "in attesa",
            "checkout draft",
            "processing payment",
            "received",
        ],
    ),
    (
        OrderStatus::Cancelled,
        &[
            "cancelled",
            "canceled",
            "voided",
            "void",
            "expired",
            "incomplete",
            "abandoned",
            "storniert",
            "abgebrochen",
            "annulée",
            "annulé",
            "cancelado",
            "annullato",
            "deleted",
            "trash",
        ],
    ),
    (
        OrderStatus::Refunded,
        &["refunded", "returned", "erstattet", "remboursée", "remboursé", "reembolsado", "rimborsato"],
    ),
    (
        OrderStatus::PartiallyRefunded,
        &["partially refunded", "partial refund", "partly refunded", "partially returned", "teilweise erstattet"],
    ),
    (
        OrderStatus::Failed,
        &["failed", "declined", "rejected", "error", "fraud", "suspected fraud", "fehlgeschlagen", "échouée"],
    ),
];

pub(super) fn status(cell: Cell) -> Result<Option<OrderStatus>, CellError> {
    if cell.is_blank() || is_null(cell.text) {
        return Ok(None);
    }
    let word = fold(cell.text).replace(['_', '-'], " ");
    let word = word.strip_prefix("wc ").unwrap_or(&word);
    match STATUS_WORDS.iter().find(|(_, words)| words.contains(&word)) {
        Some((status, _)) => Ok(Some(*status)),
        None => Err(CellError::new(
            cell,
            "is no order status that is known",
            "Write paid, pending, cancelled, refunded, partially refunded or failed, or leave the column out (--map status=)",
        )),
    }
}

pub(super) fn currency(cell: Cell) -> Result<Option<Currency>, CellError> {
    if cell.is_blank() || is_null(cell.text) {
        return Ok(None);
    }
    let code = match cell.text {
        "€" => "EUR",
        "£" => "GBP",
        "₹" => "INR",
        "US$" => "USD",
        code => code,
    };
    Currency::parse(code).map(Some).ok_or_else(|| {
        CellError::new(cell, "is no currency code", "Write the three letters of ISO 4217, such as USD or EUR")
    })
}

/// Items separated by `|`, else `;`, else `,`; quotes keep an item whole, `\,` is a comma, brackets around
/// the list (JSON) are left out.
pub(super) fn list(text: &str) -> Vec<String> {
    if text.is_empty() || is_null(text) {
        return Vec::new();
    }
    let text = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
    let separator = ['|', ';'].into_iter().find(|s| text.contains(*s)).unwrap_or(',');
    let mut items = vec![String::new()];
    let (mut quoted, mut chars) = (false, text.chars());
    while let Some(c) = chars.next() {
        match (c, items.last_mut()) {
            ('"', _) => quoted = !quoted,
            ('\\', Some(item)) => item.extend(chars.next()),
            (c, _) if c == separator && !quoted => items.push(String::new()),
            (c, Some(item)) => item.push(c),
            (_, None) => {}
        }
    }
    items.iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
}
