//! Pages that fills name.

use cartwright::jobs::Progress;
use cartwright::ops::sample;
use cartwright::sample::Params;
use cartwright::ui::panels::PANELS;

#[test]
fn every_fill_names_a_page_that_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let params = Params { customers: 600, ..Params::default() };
    let path = folder.path().join("pages.cartwright");
    let mut session = sample::create_planned(&path, &params, &Progress::none()).unwrap();
    session.add_templates(&[]).unwrap();
    let fills = session.framework_fills(None, &Progress::none()).unwrap();
    for (key, found) in fills.iter().filter_map(|(key, fill)| Some((key, fill.as_ref().ok()?))) {
        assert!(PANELS.iter().any(|panel| panel.title == found.page), "{key}: {}", found.page);
    }
}
