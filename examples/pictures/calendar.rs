//! States of the pages about what is planned.

use super::*;

/// The calendar after a click on what is labelled so, or begins so.
pub fn calendar(w: &mut Window, label: &'static str) {
    page(w, "Calendar");
    let found = By::new().predicate(move |node| {
        let label_of = node.label().unwrap_or_default();
        label_of == label || label.len() > 12 && label_of.ends_with(label)
    });
    w.get_all(found).next().expect("what is to be clicked").click();
    w.run_steps(3);
    settle(w);
}
