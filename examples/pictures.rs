//! Renders every page and state of the window, light and dark, as pictures.
//!
//! `cargo run --release --example pictures -- FOLDER [NAME…]`

#[path = "../tests/it/headless.rs"]
mod headless;

use std::path::Path;

use cartwright::import::plan::Choices;
use cartwright::import::preview::preview;
use cartwright::jobs::Progress;
use cartwright::ops::Session;
use headless::{app, settle, window};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let out = args.next().unwrap_or_else(|| "pictures".into());
    std::fs::create_dir_all(&out)?;
    let shop = std::env::temp_dir().join("cartwright-look.cartwright");
    if !shop.exists() {
        let mut session = Session::create(&shop, "Online Retail")?;
        let choices = Choices { currency: cartwright::model::Currency::parse("GBP"), ..Choices::default() };
        let preview = preview(Path::new("/work/shared/data/online_retail/online_retail.csv"), &choices)?;
        session.start_with(std::slice::from_ref(&preview), &choices)?;
        let plan = session.plan(&preview, &choices)?;
        session.import(&plan, &choices, &Progress::none())?;
    }
    for look in [egui::Theme::Light, egui::Theme::Dark] {
        let side = if look == egui::Theme::Dark { "dark" } else { "light" };
        let folder = tempfile::tempdir()?;
        let mut w = window(folder.path(), look);
        settle(&mut w);
        w.render()?.save(format!("{out}/01-welcome-{side}.png"))?;
        app(&mut w).cx.open(shop.clone());
        settle(&mut w);
        settle(&mut w);
        w.render()?.save(format!("{out}/03-segments-{side}.png"))?;
        app(&mut w).cx.go(cartwright::ui::panels::PanelId::Customers);
        settle(&mut w);
        w.render()?.save(format!("{out}/04-customers-{side}.png"))?;
    }
    Ok(())
}
