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

/// Experiments of the sample shop.
pub const BAR: &str = "Free-shipping bar in the basket";
pub const MAIL: &str = "Win-back mail: gift or discount";
pub const CHECKOUT: &str = "One-page checkout";

pub fn experiment(w: &mut Window, name: &str, step: &str) {
    open(w, name, step);
}

pub fn bayesian(w: &mut Window, _: &Path) {
    experiment(w, BAR, "Result");
    click(w, "Bayesian");
    settle(w);
}

/// A file of customers with what they did, opened in an experiment that nobody planned.
pub fn file(w: &mut Window, folder: &Path) {
    let path = folder.join("mail-test.csv");
    let mut text = "customer,segment,channel,conversion,spend,history\n".to_owned();
    for n in 0..6_000 {
        let group = ["No mail", "Gift", "Discount"][n % 3];
        let bought = (n * 7919) % 1_000 < [20, 45, 38][n % 3];
        let spend = if bought { format!("{}.90", 20 + n % 60) } else { "0".to_owned() };
        let channel = ["Web", "Phone", "Multichannel"][n % 7 % 3];
        text += &format!("c{n},{group},{channel},{},{spend},{}\n", u8::from(bought), n * 31 % 400);
    }
    std::fs::write(&path, text).expect("a file");
    page(w, "Experiments");
    open_new(&mut app(w).cx, Experiment::new("Mail test"));
    settle(w);
    settle(w);
    let id = app(w).cx.experiment.expect("an open experiment");
    attach(&mut app(w).cx, id, path);
    settle(w);
    settle(w);
    w.get_by_role_and_label(egui::accesskit::Role::Tab, "Result").click();
    settle(w);
    settle(w);
}
