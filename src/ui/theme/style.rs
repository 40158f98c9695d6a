//! Tokens applied to egui's own style, so that its fields, menus and scroll bars look like ours.

use std::collections::BTreeMap;

use egui::style::{ScrollAnimation, ScrollFadeStyle, ScrollStyle, WidgetVisuals, Widgets};
use egui::{Color32, Context, Margin, Stroke, Style, TextStyle, Visuals, vec2};

use super::tokens::{Theme, Type, corner};

/// Applies both themes to egui.
pub fn install(ctx: &Context) {
    for theme in super::THEMES.iter() {
        let side = if theme.dark { egui::Theme::Dark } else { egui::Theme::Light };
        ctx.set_style_of(side, style(theme));
    }
}

/// Lets things move, or stand at once where they will be.
pub fn reduce_motion(ctx: &Context, reduce: bool) {
    for theme in super::THEMES.iter() {
        let side = if theme.dark { egui::Theme::Dark } else { egui::Theme::Light };
        let seconds = if reduce { 0.0 } else { theme.motion().hover_ms / 1000.0 };
        ctx.style_mut_of(side, |style| {
            style.animation_time = seconds;
            style.scroll_animation = if reduce { ScrollAnimation::none() } else { Style::default().scroll_animation };
        });
    }
}

fn style(t: &Theme) -> Style {
    let mut style = Style { visuals: visuals(t), text_styles: text_styles(t), ..Style::default() };
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(t.space().x2, t.space().x2);
    spacing.button_padding = vec2(t.space().x3, (t.space().x3) / 2.0);
    spacing.interact_size = vec2(t.row().button, t.row().button);
    spacing.icon_width = t.icon().small;
    spacing.icon_spacing = t.space().x2;
    spacing.tooltip_width = t.shell().tooltip;
    spacing.menu_margin = Margin::same(t.space().x1 as i8);
    spacing.window_margin = Margin::same(t.space().x6 as i8);
    spacing.scroll = ScrollStyle {
        bar_width: t.shell().scroll_bar,
        floating: true,
        foreground_color: false,
        fade: ScrollFadeStyle { strength: 0.0, size: 0.0 },
        ..ScrollStyle::floating()
    };
    style.interaction.tooltip_delay = 0.25;
    style.interaction.selectable_labels = false;
    style.animation_time = t.motion().hover_ms / 1000.0;
    style
}

fn text_styles(t: &Theme) -> BTreeMap<TextStyle, egui::FontId> {
    [
        (TextStyle::Small, t.font(Type::Caption)),
        (TextStyle::Body, t.font(Type::Body)),
        (TextStyle::Button, t.font(Type::Label)),
        (TextStyle::Heading, t.font(Type::Section)),
        (TextStyle::Monospace, t.font(Type::Body)),
    ]
    .into()
}

fn visuals(t: &Theme) -> Visuals {
    let mut visuals = if t.dark { Visuals::dark() } else { Visuals::light() };
    visuals.widgets = widgets(t);
    visuals.selection.bg_fill = t.surface.selected;
    visuals.selection.stroke = Stroke::new(t.stroke().hairline, t.focus.ring);
    visuals.hyperlink_color = t.accent.text;
    visuals.weak_text_color = Some(t.text.subdued);
    visuals.panel_fill = t.surface.page;
    visuals.window_fill = t.surface.overlay;
    visuals.window_stroke = t.hairline(t.border.normal);
    visuals.window_corner_radius = corner(t.radius().large);
    visuals.menu_corner_radius = corner(t.radius().medium);
    visuals.window_shadow = t.overlay_shadow();
    visuals.popup_shadow = t.overlay_shadow();
    visuals.extreme_bg_color = t.surface.field;
    visuals.text_edit_bg_color = Some(t.surface.field);
    visuals.faint_bg_color = t.surface.hover;
    visuals.code_bg_color = t.surface.raised;
    visuals.warn_fg_color = t.tone(super::Tone::Warning).text;
    visuals.error_fg_color = t.tone(super::Tone::Bad).text;
    visuals.text_cursor.stroke = Stroke::new(t.stroke().series, t.accent.base);
    visuals.striped = false;
    visuals.button_frame = true;
    visuals
}

/// Fields keep an edge; nothing else has one.
fn widgets(t: &Theme) -> Widgets {
    let state = |fill: Color32, text: Color32, edge: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: t.hairline(edge),
        corner_radius: corner(t.radius().medium),
        fg_stroke: Stroke::new(t.stroke().hairline, text),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: WidgetVisuals {
            bg_stroke: t.hairline(t.border.subtle),
            ..state(t.surface.panel, t.text.normal, t.border.subtle)
        },
        inactive: state(t.surface.field, t.text.normal, t.border.control),
        hovered: state(t.surface.hover, t.text.strong, t.border.control),
        active: state(t.surface.selected, t.text.strong, t.border.control),
        open: state(t.surface.hover, t.text.strong, t.border.control),
    }
}
