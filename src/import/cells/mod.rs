//! Typed readings of single cells, in every spelling that shop exports are known to use.

mod moment;
mod number;
mod words;

use std::cell::Cell as Memory;

use super::plan::{DateOrder, DecimalMark};
use super::row::{Cell, trim};
use crate::model::record::OrderStatus;
use crate::model::{Currency, Day, Zone};

pub use moment::DateShape;
pub use number::Marks;

/// Why a cell cannot be read as what its column should hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellError {
    /// Name of the column.
    pub column: String,
    /// What the cell says (shortened when long).
    pub found: String,
    /// What is wrong with it: "is no amount".
    pub reason: String,
    /// What to do about it.
    pub repair: String,
}

/// Longest cell text that an error repeats.
const SHOWN_CHARS: usize = 80;

impl CellError {
    /// An error about a cell.
    pub fn new(cell: Cell, reason: impl Into<String>, repair: impl Into<String>) -> Self {
        Self { column: cell.column.to_owned(), found: shorten(cell.text), reason: reason.into(), repair: repair.into() }
    }

    /// The error of a cell that must not be blank.
    pub fn blank(column: &str, repair: impl Into<String>) -> Self {
        Self { column: column.to_owned(), found: String::new(), reason: "is blank".into(), repair: repair.into() }
    }
}

impl std::fmt::Display for CellError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.found.is_empty() {
            write!(f, "{} {}", self.column, self.reason)
        } else {
            write!(f, "{} “{}” {}", self.column, self.found, self.reason)
        }
    }
}

/// A text of at most [`SHOWN_CHARS`] characters.
pub(crate) fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

/// How the cells of one file are spelled, as the plan settled it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conventions {
    /// Decimal mark; `None` refuses amounts that could be read both ways.
    pub decimal: Option<DecimalMark>,
    /// Order of day and month; `None` refuses dates that could be read both ways.
    pub date_order: Option<DateOrder>,
    /// Zone of times that name none.
    pub zone: Zone,
    /// Currency of amounts whose row names none.
    pub currency: Currency,
    /// Whether plain numbers in date columns are Excel day numbers (workbooks only).
    pub serials: bool,
}

/// Reads cells. Blank cells, and the words tools write for "nothing" (`--`, `NULL`, `n/a`), give `None`.
pub struct CellReader {
    conventions: Conventions,
    /// The stretch of local seconds `[0]..[1]` in which the zone is `[2]` seconds east of UTC.
    stretch: Memory<[i64; 3]>,
    /// The currency code read last: most files hold one.
    last_currency: Memory<Option<([u8; 3], Currency)>>,
    bad_emails: Memory<u64>,
}

impl CellReader {
    /// A reader for the cells of one file.
    pub fn new(conventions: Conventions) -> Self {
        Self { conventions, stretch: Memory::new([0; 3]), last_currency: Memory::new(None), bad_emails: Memory::new(0) }
    }

    /// What was left out, and in how many cells.
    pub fn left_out(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let emails = self.bad_emails.get();
        (emails > 0).then_some(("what stands for an e-mail address is none, and is left out", emails)).into_iter()
    }

    /// The conventions it reads by.
    pub fn conventions(&self) -> &Conventions {
        &self.conventions
    }

    /// Text, trimmed and without the apostrophe that guards against formulas.
    pub fn text<'a>(&self, cell: Cell<'a>) -> Result<Option<&'a str>, CellError> {
        let text = unguard(cell.text);
        Ok((!text.is_empty() && !is_null(text)).then_some(text))
    }

    /// An id: text without a leading apostrophe and without the `.0` that spreadsheets append to numbers.
    pub fn id<'a>(&self, cell: Cell<'a>) -> Result<Option<&'a str>, CellError> {
        let text = without_float_tail(unguard_id(cell.text));
        Ok((!text.is_empty() && !is_null(text)).then_some(text))
    }

    /// A lower-case e-mail address; `None` when the cell holds none (`n/a`).
    pub fn email(&self, cell: Cell) -> Result<Option<String>, CellError> {
        let text = unguard(cell.text);
        let email = super::identity::email(text);
        if email.is_none() && !text.is_empty() && !is_null(text) {
            self.bad_emails.set(self.bad_emails.get() + 1);
        }
        Ok(email)
    }

    /// An amount in minor units of `currency`, digits beyond its exponent rounded half away from zero.
    pub fn money(&self, cell: Cell, currency: Currency) -> Result<Option<i64>, CellError> {
        number::scaled(cell, self.conventions.decimal, currency.exponent(), "an amount of money")
    }

    /// A quantity in thousandths, further digits rounded half away from zero.
    pub fn quantity_milli(&self, cell: Cell) -> Result<Option<i64>, CellError> {
        number::scaled(cell, self.conventions.decimal, 3, "a number")
    }

    /// A number in units of 10^-`decimals`, further digits rounded half away from zero.
    pub fn scaled(&self, cell: Cell, decimals: u32) -> Result<Option<i64>, CellError> {
        number::scaled(cell, self.conventions.decimal, decimals, "a number")
    }

    /// A moment in UTC seconds. A date alone is its midnight in the file's zone.
    pub fn moment(&self, cell: Cell) -> Result<Option<i64>, CellError> {
        match moment::read(cell, &self.conventions)? {
            None => Ok(None),
            Some(moment::Stamp { local, offset: Some(offset) }) => Ok(Some(local - i64::from(offset))),
            Some(moment::Stamp { local, offset: None }) => Ok(Some(self.to_utc(local))),
        }
    }

    /// A calendar date; a time of day, when written, is left out.
    pub fn date(&self, cell: Cell) -> Result<Option<Day>, CellError> {
        let stamp = moment::read(cell, &self.conventions)?;
        Ok(stamp.map(|s| Day(i32::try_from(s.local.div_euclid(86_400)).unwrap_or(i32::MAX))))
    }

    /// Yes or no in the words of shop and mail tools.
    pub fn flag(&self, cell: Cell) -> Result<Option<bool>, CellError> {
        words::flag(cell.part(unguard(cell.text)))
    }

    /// An ISO 4217 currency code.
    pub fn currency(&self, cell: Cell) -> Result<Option<Currency>, CellError> {
        let text = cell.text;
        if let (Some((code, currency)), Ok(found)) = (self.last_currency.get(), <[u8; 3]>::try_from(text.as_bytes()))
            && code == found
        {
            return Ok(Some(currency));
        }
        let read = words::currency(cell)?;
        if let (Some(currency), Ok(code)) = (read, <[u8; 3]>::try_from(text.as_bytes())) {
            self.last_currency.set(Some((code, currency)));
        }
        Ok(read)
    }

    /// An order status in the words of shop systems.
    pub fn status(&self, cell: Cell) -> Result<Option<OrderStatus>, CellError> {
        words::status(cell)
    }

    /// The items of a list in one cell.
    pub fn list(&self, cell: Cell) -> Result<Vec<String>, CellError> {
        Ok(words::list(unguard(cell.text)))
    }

    /// Local seconds (as if UTC) to UTC. Remembers the stretch of days without a clock change.
    fn to_utc(&self, local: i64) -> i64 {
        let zone = self.conventions.zone;
        if zone == Zone::UTC {
            return local;
        }
        let [from, until, offset] = self.stretch.get();
        if (from..until).contains(&local) {
            return local - offset;
        }
        // The offset is one and the same from two days before to two days after: no clock change is near.
        const DAY: i64 = 86_400;
        let start = local.div_euclid(DAY) * DAY;
        let offsets = [-1, 0, 1, 2].map(|d| zone.offset_at(start + d * DAY));
        if offsets.iter().all(|o| *o == offsets[0]) {
            self.stretch.set([start, start + DAY, i64::from(offsets[0])]);
            return local - i64::from(offsets[0]);
        }
        let wall = chrono::DateTime::from_timestamp(local, 0).unwrap_or_default().naive_utc();
        zone.to_utc(wall)
    }
}

/// Whether a text is a known order status.
pub(super) fn is_status(text: &str) -> bool {
    matches!(words::status(Cell::new("", text)), Ok(Some(_)))
}

/// Whether a text means yes or no.
pub(super) fn is_flag(text: &str) -> bool {
    matches!(words::flag(Cell::new("", text)), Ok(Some(_)))
}

/// The words tools write where they have nothing to say.
pub(super) fn is_null(text: &str) -> bool {
    match text.as_bytes() {
        [b'-'] | [b'-', b'-'] | [b'\\', b'N'] => true,
        b"NULL" | b"null" | b"N/A" | b"n/a" | b"#N/A" | b"NaN" | b"nan" | b"<NA>" => true,
        _ => text == "—" || text == "–",
    }
}

/// Whether a spreadsheet would take a cell of this text for a formula, blanks before it left out.
fn is_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r']) || text.trim_start().starts_with(['=', '+', '-', '@'])
}

/// The text without the apostrophe that guards it from being a formula. See [`super::rejects`].
fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => trim(rest),
        _ => text,
    }
}

/// In ids, phone numbers and post codes the apostrophe also keeps digits from becoming a number.
fn unguard_id(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => trim(rest),
        _ => unguard(text),
    }
}

/// `17850.0` as `17850`; anything but digits before the tail stays.
fn without_float_tail(id: &str) -> &str {
    if !id.ends_with('0') {
        return id;
    }
    match id.split_once('.') {
        Some((whole, tail))
            if !whole.is_empty()
                && !tail.is_empty()
                && tail.bytes().all(|b| b == b'0')
                && whole.bytes().all(|b| b.is_ascii_digit()) =>
        {
            whole
        }
        _ => id,
    }
}

#[cfg(test)]
mod tests;
