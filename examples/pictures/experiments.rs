//! Pictures of experiments.

use std::path::Path;

use cartwright::model::experiment::Experiment;
use cartwright::ui::panels::experiments::{attach, open_new};

use super::*;

/// Opens a step of an experiment of the sample shop.
fn open(w: &mut Window, name: &str, step: &str) {
    page(w, "Experiments");
    settle(w);
    let cx = &mut app(w).cx;
    let found = cx.shop.as_ref().and_then(|shop| {
        let all = &shop.facts.experiments;
        all.iter().find(|saved| saved.experiment.name == name).map(|saved| saved.id)
    });
    cx.experiment = found;
    w.step();
    w.get_by_role_and_label(egui::accesskit::Role::Tab, step).click();
    settle(w);
    settle(w);
}

pub fn experiment(w: &mut Window, step: &str) {
    open(w, "Free-shipping bar on product pages", step);
}

pub fn bayesian(w: &mut Window, _: &Path) {
    experiment(w, "Result");
    click(w, "Bayesian");
    settle(w);
}

/// A file of customers with what they did, opened in an experiment that nobody planned.
pub fn file(w: &mut Window, folder: &Path, columns: &str, rows: &[&str]) {
    let path = folder.join("mail-test.csv");
    let text = std::iter::once(columns).chain(rows.iter().copied()).collect::<Vec<_>>().join("\n");
    std::fs::write(&path, text).expect("a file");
    page(w, "Experiments");
    open_new(&mut app(w).cx, Experiment::new("Mail test"));
    settle(w);
    settle(w);
    let id = app(w).cx.experiment.expect("an open experiment");
    attach(&mut app(w).cx, id, path);
    settle(w);
    settle(w);
}
