//! (ui)
/// placeholder until the window lands
pub fn open_window(_file: Option<std::path::PathBuf>) -> anyhow::Result<()> {
    anyhow::bail!("no window yet")
}
