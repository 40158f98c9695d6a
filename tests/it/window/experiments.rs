//! Experiments in the window: planned, filled and read as a newcomer would, every change kept at once.

use cartwright::model::experiment::{Choice, Data, Experiment};
use cartwright::ui::panels::experiments::attach;

use super::*;

fn open_experiment(w: &mut Window) -> Experiment {
    let cx = &app(w).cx;
    let id = cx.experiment.unwrap();
    let all = &cx.shop.as_ref().unwrap().facts.experiments;
    all.iter().find(|saved| saved.id == id).unwrap().experiment.clone()
}

fn typed(w: &mut Window, label: &str, text: &str, nth: usize) {
    let field = w.get_all_by_role_and_label(Role::TextInput, label).nth(nth).unwrap();
    field.focus();
    w.run_steps(2);
    w.get_all_by_role_and_label(Role::TextInput, label).nth(nth).unwrap().set_text_value_accesskit(text);
    w.run_steps(2);
    w.key_press(egui::Key::Tab);
    w.run_steps(3);
    settle(w);
}

fn new_experiment(w: &mut Window) {
    app(w).cx.go(PanelId::Experiments);
    settle(w);
    press(w, "Plan an experiment");
    wait_to_see(w, "All experiments");
    settle(w);
}

fn step(w: &mut Window, name: &str) {
    w.get_by_role_and_label(Role::Tab, name).click();
    w.run_steps(3);
    settle(w);
}

#[test]
fn typed_totals_are_read_and_decided() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    new_experiment(&mut w);
    typed(&mut w, "Name", "Shipping bar", 0);
    typed(&mut w, "Hypothesis: what you believe, and why", "A bar helps", 0);
    assert_eq!(open_experiment(&mut w).name, "Shipping bar");
    step(&mut w, "Data");
    press(&mut w, "Type totals");
    settle(&mut w);
    for (nth, (visitors, buyers)) in [("10000", "1000"), ("10000", "1200")].into_iter().enumerate() {
        typed(&mut w, "Visitors", visitors, nth);
        typed(&mut w, "Conversions", buyers, nth);
    }
    let Some(Data::Totals(totals)) = open_experiment(&mut w).data else { panic!("no totals") };
    assert_eq!(totals.variants.iter().map(|one| one.visitors).collect::<Vec<_>>(), [10_000, 10_000]);
    step(&mut w, "Result");
    wait_to_see(&mut w, "Checks before the verdict");
    assert!(sees(&w, "Better"), "200 more of 10,000 are beyond chance");
    step(&mut w, "Decision");
    w.get_by_role_and_label(Role::ComboBox, "Decision: Open").click();
    w.run_steps(3);
    click(&mut w, "Adopt Variant");
    settle(&mut w);
    let decision = open_experiment(&mut w).decision.unwrap();
    assert_eq!(decision.choice, Choice::Adopt("Variant".into()));
    assert!((decision.found[0].lift - 0.2).abs() < 1e-9, "{:?}", decision.found);
    app(&mut w).cx.undo();
    settle(&mut w);
    assert_eq!(open_experiment(&mut w).decision, None);
}

/// More conversions than visitors are told at the field, and nothing is lost.
#[test]
fn what_cannot_be_is_told_at_its_field() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    new_experiment(&mut w);
    step(&mut w, "Data");
    press(&mut w, "Type totals");
    settle(&mut w);
    typed(&mut w, "Visitors", "10", 0);
    typed(&mut w, "Conversions", "12", 0);
    let Some(Data::Totals(totals)) = open_experiment(&mut w).data else { panic!("no totals") };
    assert_eq!(totals.variants[0].visitors, 10, "it is kept as it was typed");
    wait_to_see(&mut w, "12 of 10 visitors is more than all of them (Conversion)");
}

/// A file with a row for each customer, as a mail tool would give it: variants, outcomes and segments come from it.
#[test]
fn a_file_of_customers_is_read_without_a_plan() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    new_experiment(&mut w);
    let path = folder.path().join("test.csv");
    let mut text = "customer,segment,visit,conversion,spend\n".to_owned();
    for n in 0..2_000 {
        let (group, bought) = if n % 2 == 0 { ("No E-Mail", n % 40 == 0) } else { ("Mens E-Mail", n % 10 == 1) };
        text += &format!("c{n},{group},1,{},{}\n", u8::from(bought), if bought { "20.50" } else { "0" });
    }
    std::fs::write(&path, text).unwrap();
    let id = app(&mut w).cx.experiment.unwrap();
    attach(&mut app(&mut w).cx, id, path);
    settle(&mut w);
    let experiment = open_experiment(&mut w);
    let names: Vec<&str> = experiment.plan.variants.iter().map(|variant| variant.name.as_str()).collect();
    assert_eq!(names, ["No E-Mail", "Mens E-Mail"]);
    step(&mut w, "Result");
    wait_to_see(&mut w, "Checks before the verdict");
    assert!(sees(&w, "Better"));
}
