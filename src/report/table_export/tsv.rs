//! Tab-separated text for the clipboard: spreadsheets paste it as cells, with raw values.

use ::csv::{Terminator, WriterBuilder};
use anyhow::Result;

use super::csv::write_row;
use super::{Rows, csv, guard};

/// Rows as text, with a line of headers when there are any. Cells with a tab, a quote or a line break are quoted, and
/// text is made harmless as in a CSV file. The last line has no end, so that a single cell pastes as its value.
///
/// # Errors
/// When a row cannot be read.
pub fn tsv(headers: &[String], rows: Rows<'_>) -> Result<String> {
    let mut writer = WriterBuilder::new().delimiter(b'\t').terminator(Terminator::Any(b'\n')).from_writer(Vec::new());
    if !headers.is_empty() {
        write_row(&mut writer, headers.iter().map(|header| guard::neutral(header)))?;
    }
    for row in rows {
        write_row(&mut writer, row?.iter().map(csv::cell))?;
    }
    let mut text = String::from_utf8(writer.into_inner().map_err(|error| error.into_error())?)?;
    text.pop();
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Currency;
    use crate::report::table_export::Value;

    #[test]
    fn cells_come_apart_again_and_formulas_stay_text() {
        let rows = vec![
            vec![Value::Text("a\tb \"c\"\nd".into()), Value::Money(-1_250, Currency::USD)],
            vec![Value::Text("=1+1".into()), Value::Empty],
        ];
        let text = tsv(&["Name".into(), "Sum, $".into()], &mut rows.into_iter().map(Ok)).unwrap();
        assert_eq!(text, "Name\tSum, $\n\"a\tb \"\"c\"\"\nd\"\t-12.50\n'=1+1\t");
        assert_eq!(tsv(&[], &mut std::iter::once(Ok(vec![Value::Count(3)]))).unwrap(), "3");
    }
}
