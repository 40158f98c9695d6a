//! The foot of an import: what would become of the rows, and the button.

use egui::{Align, Align2, Color32, Layout, Rect, Ui, UiBuilder, pos2, vec2};

use crate::ui::cx::{Cx, counted};
use crate::ui::importing::{Flow, Stage};
use crate::ui::locale::count;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::states;
use crate::ui::widgets::{Button, paint};

/// Draws the foot.
pub fn show(cx: &mut Cx, ui: &mut Ui, flow: &mut Flow) {
    let t = theme::of(ui);
    let area = ui.max_rect().shrink2(vec2(t.space().x4, 0.0));
    if let Some(step) = cx.working() {
        let place = Rect::from_center_size(area.center(), vec2(area.width(), 48.0));
        let mut ui = ui.new_child(UiBuilder::new().max_rect(place));
        if states::working(&mut ui, &step, "Nothing is kept if you cancel") {
            cx.cancel_work();
        }
        return;
    }
    counts(ui, area, flow);
    let layout = Layout::right_to_left(Align::Center);
    let mut right = ui.new_child(UiBuilder::new().max_rect(area).layout(layout));
    let waits = flow.waits_for();
    let wanted = flow.wanted().count() as u64;
    let label =
        if flow.files.len() > 1 { format!("Import {}", counted(wanted, "file", "files")) } else { "Import".into() };
    let button = Button::accent(&label).icon(icons::DROP).enabled(waits.is_none());
    if right.add(button).clicked() {
        cx.import = Some(std::mem::replace(flow, Flow::new(&[])));
        cx.run_import();
        if let Some(kept) = cx.import.take() {
            *flow = kept;
        }
    }
    if flow.stage == Stage::Columns && flow.files.len() > 1 && right.add(Button::new("All files")).clicked() {
        flow.stage = Stage::Files;
    }
    if let Some(words) = waits {
        let at = pos2(right.cursor().right() - t.space().x2, area.center().y);
        paint::label(&right, at, Align2::RIGHT_CENTER, &words, t.font(Type::Body), t.text.subdued);
    }
}

/// The word for many things, or for one.
fn plural(n: u64, many: &str) -> String {
    if n == 1 { many.trim_end_matches('s').to_owned() } else { many.to_owned() }
}

fn counts(ui: &Ui, area: Rect, flow: &Flow) {
    let t = theme::of(ui);
    let file = flow.files.get(flow.current).filter(|_| flow.stage == Stage::Columns);
    let checked = file.filter(|f| f.ready().is_some()).and_then(|f| Some(f.checked.latest()?.1.clone()));
    let Some(checked) = checked else {
        let failed = file.is_some_and(|file| file.looked.failure().is_some());
        let words = match flow.stage {
            Stage::Files => {
                let ready = flow.wanted().filter(|file| file.ready().is_some()).count() as u64;
                format!("{ready} of {} ready", counted(flow.files.len() as u64, "file is", "files are"))
            }
            _ if failed => String::new(),
            _ => "Rows are counted once every question is answered".into(),
        };
        paint::label(ui, area.left_center(), Align2::LEFT_CENTER, &words, t.font(Type::Body), t.text.subdued);
        return;
    };
    let summary = &checked.summary;
    let mut x = area.left();
    let mut figure = |value: u64, what: &str, ink: Color32| {
        let number = count(value);
        let at = pos2(x, area.center().y - 11.0);
        let word = paint::text(ui.painter(), at, Align2::LEFT_CENTER, number, t.font(Type::Section), ink);
        let at = pos2(x, area.center().y + 11.0);
        let label = paint::text(ui.painter(), at, Align2::LEFT_CENTER, what, t.font(Type::Caption), t.text.subdued);
        x += (word.width().max(label.width()) + t.space().x6).max(92.0);
    };
    for (kind, n) in &checked.records {
        figure(*n, &plural(*n, kind), t.text.strong);
    }
    let bad = if summary.rejected > 0 { t.tone(Tone::Bad).text } else { t.text.strong };
    figure(summary.rejected, &format!("{} rejected", plural(summary.rejected, "lines")), bad);
    figure(summary.skipped, &format!("{} skipped", plural(summary.skipped, "lines")), t.text.strong);
    ui.painter().vline(x, area.center().y - 20.0..=area.center().y + 20.0, t.hairline(t.border.normal));
    x += t.space().x4;
    let n = count;
    let first =
        format!("{} in + {} rejected + {} skipped", n(summary.accepted), n(summary.rejected), n(summary.skipped));
    let second = format!("= {} in the file", counted(summary.rows, "line", "lines"));
    let font = t.font(Type::Body);
    let at = |dy: f32| pos2(x, area.center().y + dy);
    paint::label(ui, at(-10.0), Align2::LEFT_CENTER, &first, font.clone(), t.text.strong);
    paint::label(ui, at(10.0), Align2::LEFT_CENTER, &second, font, t.text.subdued);
}
