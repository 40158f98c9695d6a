//! Pictures, each with its numbers in words: for screen readers, grey prints and narrow parts.

use std::fmt::Write;

use super::super::document::{Bars, Chart, Table};
use super::super::{bars, charts, palette};
use super::page::{Page, text_of};

/// Bars of shares with the key to their parts below.
pub fn bars(page: &mut Page<'_>, chart: &Bars) {
    let accent = page.document.look.accent;
    let colours = palette::parts(accent);
    page.out.push_str("<figure>\n");
    page.element("figcaption", &chart.caption);
    let picture = bars::svg(chart, accent);
    let _ = writeln!(page.out, "{picture}\n<table class=\"key\">\n<thead>\n<tr>\n<th scope=\"col\">Part</th>");
    for (name, _) in &chart.bars {
        page.element(r#"th scope="col" class="n""#, name);
    }
    page.out.push_str("</tr>\n</thead>\n<tbody>\n");
    for (part, name) in chart.parts.iter().enumerate() {
        let colour = colours.get(part).or(colours.last()).map_or("", String::as_str);
        let _ = writeln!(
            page.out,
            "<tr>\n<th scope=\"row\"><span class=\"swatch\" style=\"background:{colour}\"></span>{}</th>",
            text_of(name)
        );
        for (_, shares) in &chart.bars {
            let share = shares.get(part).copied().unwrap_or(f64::NAN);
            page.element(r#"td class="n""#, &bars::percent(share));
        }
        page.out.push_str("</tr>\n");
    }
    page.out.push_str("</tbody>\n</table>\n</figure>\n");
}

/// A chart with its numbers folded away below.
pub fn chart(page: &mut Page<'_>, chart: &Chart) {
    page.out.push_str("<figure>\n");
    page.marked("figcaption", &chart.caption, chart.reference);
    let picture = charts::svg(chart, page.document.look.accent);
    let _ = writeln!(page.out, "{}\n<details>\n<summary>Numbers</summary>", charts::inline(&picture));
    // The caption above says what they are and rest on.
    let plain = Chart { reference: None, ..chart.clone() };
    page.table(&Table { caption: String::new(), ..plain.table() });
    page.out.push_str("</details>\n</figure>\n");
}
