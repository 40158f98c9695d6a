//! Pictures need a graphics driver (a software one will do); without one they skip by saying so.

use super::*;

#[test]
fn both_themes_draw_the_first_page_and_the_segments() {
    for look in [egui::Theme::Light, egui::Theme::Dark] {
        let folder = tempfile::tempdir().unwrap();
        let mut w = window(folder.path(), look);
        settle(&mut w);
        let Some(first) = picture(&mut w) else { return };
        assert!(first.len() > 40, "more than a few colours: {}", first.len());
        app(&mut w).cx.open_sample();
        wait_to_see(&mut w, "Cut-offs in words");
        settle(&mut w);
        let page = cartwright::ui::theme::get(look == egui::Theme::Dark);
        let colours = picture(&mut w).expect("there was a driver a moment ago");
        for part in 0..4 {
            let [r, g, b, _] = page.series(part).to_array();
            assert!(colours.contains(&[r, g, b]), "series {part} is not in the picture");
        }
    }
}

/// The colours of a picture; `None` where there is no driver.
fn picture(w: &mut Window) -> Option<std::collections::BTreeSet<[u8; 3]>> {
    let drawn = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| w.render()));
    match drawn {
        Ok(Ok(image)) => Some(image.pixels().map(|p| [p[0], p[1], p[2]]).collect()),
        Ok(Err(why)) => skip(&why),
        Err(_) => skip("no graphics adapter"),
    }
}

fn skip<T>(why: &str) -> Option<T> {
    println!("skipped: pictures cannot be drawn here ({why})");
    None
}
