//! Notices: toasts that leave after six seconds, and the list that keeps them.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::text::LayoutJob;
use egui::{Align, Area, Context, Frame, Galley, Id, Layout, Margin, Order, Rect, Ui, UiBuilder, pos2, vec2};

use super::theme::{self, Icon, Theme, Tone, Type, corner, icons};
use super::widgets::{Button, icon_button, link, paint, say};
use crate::workspace::undo::Step;

const LIFE: f64 = 6.0;
const WIDTH: f32 = 380.0;
/// Lines of detail that a toast shows before it is asked for all.
const LINES: usize = 4;
const KEPT: usize = 50;

/// What a notice offers to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Undo the steps that the notice tells of.
    Undo(Made),
    /// Show the imports.
    ShowImports,
}

/// Steps that were made together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The last of them.
    pub newest: Step,
    /// How many.
    pub steps: usize,
}

impl Act {
    fn label(&self) -> &'static str {
        match self {
            Self::Undo(_) => "Undo",
            Self::ShowImports => "Show imports",
        }
    }
}

/// Something worth telling.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Its meaning.
    pub tone: Tone,
    /// What happened.
    pub title: String,
    /// A line of detail; may be empty.
    pub line: String,
    /// What it offers to do.
    pub act: Option<Act>,
    born: Option<f64>,
    /// Shown in as many lines as it takes.
    whole: bool,
}

/// All notices, newest last.
#[derive(Debug, Default)]
pub struct Notices {
    list: Vec<Notice>,
    toasts: Vec<usize>,
    /// Whether something came that the list was not opened for.
    pub unread: bool,
}

impl Notices {
    /// Tells something.
    pub fn tell(&mut self, tone: Tone, title: impl Into<String>, line: impl Into<String>, act: Option<Act>) {
        if self.list.len() >= KEPT {
            self.list.remove(0);
            self.toasts = self.toasts.iter().filter_map(|i| i.checked_sub(1)).collect();
        }
        self.toasts.push(self.list.len());
        self.list.push(Notice { tone, title: title.into(), line: line.into(), act, born: None, whole: false });
        self.unread = true;
    }

    /// Tells that something went wrong.
    pub fn failed(&mut self, title: &str, error: &anyhow::Error) {
        self.tell(Tone::Bad, title, super::worker::sentence(error), None);
    }

    /// What was told no longer offers to undo: the newest step is another one now.
    pub fn no_longer_undo(&mut self) {
        for notice in self.list.iter_mut().filter(|notice| matches!(notice.act, Some(Act::Undo(_)))) {
            notice.act = None;
        }
    }

    /// Newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Notice> {
        self.list.iter().rev()
    }

    /// Draws the toasts above the time rail. Returns what was chosen in one.
    pub fn toasts(&mut self, ctx: &Context, bottom: f32) -> Option<Act> {
        let now = ctx.input(|i| i.time);
        for &i in &self.toasts {
            self.list[i].born.get_or_insert(now);
        }
        let list = &self.list;
        self.toasts.retain(|&i| list[i].tone == Tone::Bad || list[i].born.is_none_or(|born| now - born < LIFE));
        let t = theme::get(ctx.global_style().visuals.dark_mode);
        let screen = ctx.content_rect();
        let mut y = bottom - t.space().x5;
        let (mut chosen, mut closed, mut whole) = (None, None, None);
        for (nth, &i) in self.toasts.iter().enumerate().rev().take(3) {
            let corner = pos2(screen.right() - t.space().x4 - WIDTH, y);
            let area = Area::new(Id::unique(("toast", i))).order(Order::Foreground).pivot(egui::Align2::LEFT_BOTTOM);
            let shown = area
                .role(Role::Alert)
                .accessible_name(&list[i].title)
                .fixed_pos(corner)
                .show(ctx, |ui| toast(ui, &list[i]));
            match shown.inner {
                Answer::Act(act) => (chosen, closed) = (Some(act), Some(nth)),
                Answer::Close => closed = Some(nth),
                Answer::Whole => whole = Some(i),
                Answer::None => {}
            }
            y -= shown.response.rect.height() + t.space().x2;
            ctx.request_repaint_after(std::time::Duration::from_millis(500));
        }
        if let Some(notice) = whole.and_then(|i| self.list.get_mut(i)) {
            notice.whole = true;
        }
        if let Some(nth) = closed {
            self.toasts.remove(nth);
        }
        chosen
    }
}

enum Answer {
    None,
    Close,
    /// Show all of its words.
    Whole,
    Act(Act),
}

fn toast(ui: &mut Ui, notice: &Notice) -> Answer {
    let t = theme::of(ui);
    let frame = Frame::new()
        .fill(t.surface.overlay)
        .stroke(t.hairline(t.border.normal))
        .corner_radius(corner(t.radius().large))
        .shadow(t.overlay_shadow())
        .inner_margin(Margin::same(t.space().x3 as i8));
    frame.show(ui, |ui| toast_content(ui, notice)).inner
}

fn toast_content(ui: &mut Ui, notice: &Notice) -> Answer {
    let t = theme::of(ui);
    let left = t.icon().large + t.space().x3;
    let button = notice.act.as_ref().map(|act| Button::plain(act.label()));
    let tools = t.row().button + if button.is_some() { 2.0 * t.space().x8 } else { 0.0 };
    let width = WIDTH - 2.0 * t.space().x3;
    let words = detail(ui, t, notice, width - left - tools);
    let title = t.line(Type::Body);
    let height = if notice.line.is_empty() { t.row().button } else { title + words.size().y };
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover());
    let first = Rect::from_min_size(rect.min, vec2(width, if notice.line.is_empty() { height } else { title }));
    let centre = pos2(rect.left() + t.icon().large / 2.0, rect.top() + height.min(2.0 * title) / 2.0);
    paint::icon(ui.painter(), centre, tone_icon(notice.tone), t.icon().large, t.tone(notice.tone).mark);
    let place = first.with_min_x(rect.left() + left).with_max_x(rect.right() - tools);
    let anchor = egui::Align2::LEFT_CENTER;
    paint::text_in(ui.painter(), place, anchor, &notice.title, t.font(Type::Label), t.text.strong);
    let cut = words.elided;
    ui.painter().galley(pos2(place.left(), first.bottom()), words, t.text.subdued);
    let response = ui.interact(place.with_max_y(rect.bottom()), ui.scope_id().with("words"), egui::Sense::hover());
    let said = format!("{}. {}", notice.title, notice.line);
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Label, true, &said));
    let corner = Rect::from_min_size(rect.min, vec2(width, height.min(2.0 * title)));
    let layout = Layout::right_to_left(Align::Center);
    let mut buttons = ui.new_child(UiBuilder::new().max_rect(corner).layout(layout));
    buttons.spacing_mut().item_spacing.x = 0.0;
    let mut answer = Answer::None;
    if icon_button(&mut buttons, icons::CLOSE, "Close notice").clicked() {
        answer = Answer::Close;
    }
    if let (Some(button), Some(act)) = (button, &notice.act)
        && buttons.add(button).clicked()
    {
        answer = Answer::Act(act.clone());
    }
    if cut {
        ui.horizontal(|ui| {
            ui.add_space(left);
            if link(ui, "Show all of it").clicked() {
                answer = Answer::Whole;
            }
        });
    }
    answer
}

/// The line of detail, wrapped; cut after some lines until all of it is asked for.
fn detail(ui: &Ui, t: &Theme, notice: &Notice, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple(notice.line.clone(), t.font(Type::Caption), t.text.subdued, width);
    if !notice.whole {
        job.wrap.max_rows = LINES;
    }
    ui.painter().layout_job(job)
}

/// The icon of a meaning.
pub fn tone_icon(tone: Tone) -> Icon {
    match tone {
        Tone::Good => icons::ANSWERED,
        Tone::Warning => icons::WARNING,
        Tone::Bad => icons::ERROR,
        Tone::Info => icons::INFO,
    }
}

/// The list of notices, in a menu.
pub fn list(ui: &mut Ui, notices: &Notices) {
    let t = theme::of(ui);
    ui.set_width(WIDTH);
    Frame::new().inner_margin(Margin::same(t.space().x3 as i8)).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(t.space().x2, t.space().x2);
        say(ui, Type::Emphasis, "Notices");
        if notices.list.is_empty() {
            super::widgets::remark(ui, "Nothing to tell yet");
        }
        egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for notice in notices.newest_first() {
                ui.horizontal_top(|ui| {
                    super::widgets::text::icon(ui, tone_icon(notice.tone), t.icon().normal, t.tone(notice.tone).mark);
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.y = 0.0;
                        say(ui, Type::Label, &notice.title);
                        if !notice.line.is_empty() {
                            say(ui, Type::Caption, &notice.line);
                        }
                    });
                });
            }
        });
    });
}
