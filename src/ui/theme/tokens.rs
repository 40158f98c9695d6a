//! The token file as typed values: every colour and size of the interface, for both themes.

use std::sync::LazyLock;

use egui::{Color32, CornerRadius, FontFamily, FontId, Shadow, Stroke};
use serde::{Deserialize, Deserializer};

/// One theme: its colours and the sizes that both themes share.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Whether this is the dark one.
    pub dark: bool,
    palette: Palette,
    shared: Shared,
}

impl std::ops::Deref for Theme {
    type Target = Palette;

    fn deref(&self) -> &Palette {
        &self.palette
    }
}

/// The colours of a theme.
#[derive(Debug, Clone, Deserialize)]
pub struct Palette {
    /// Fills.
    pub surface: Surface,
    /// Edges.
    pub border: Border,
    /// Text colours.
    pub text: Text,
    /// The one colour for what can be done or is chosen.
    pub accent: Accent,
    good: Semantic,
    warning: Semantic,
    bad: Semantic,
    info: Semantic,
    /// Keyboard focus.
    pub focus: Focus,
    /// Data colours.
    pub chart: Chart,
    /// How much is known of something.
    pub evidence: Evidence,
    shadow: ShadowTokens,
}

macro_rules! colours {
    ($($(#[$doc:meta])* $name:ident { $($field:ident)* })*) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Deserialize)]
        #[allow(missing_docs, reason = "the token file says what each colour is for")]
        pub struct $name { $(#[serde(deserialize_with = "colour")] pub $field: Color32,)* })*
    };
}

colours! {
    /// Fills, from the window to what floats above it.
    Surface { page panel raised overlay field hover selected scrim }
    /// Edges.
    Border { subtle normal control }
    /// Text colours.
    Text { strong normal subdued disabled on_heat_dark on_heat_light }
    /// The accent in its states.
    Accent { base hover pressed on text tint }
    /// A meaning: mark (icons, bars), text, and tint behind it.
    Semantic { mark text tint }
    /// Keyboard focus.
    Focus { ring gap }
    /// How much is known of something: marks and the tints behind them.
    Evidence { measured partly none measured_tint partly_tint none_tint }
}

/// Data colours.
#[derive(Debug, Clone, Deserialize)]
pub struct Chart {
    /// Categories in order.
    #[serde(deserialize_with = "colour_list")]
    pub series: Vec<Color32>,
    /// Eighth and later, "other".
    #[serde(deserialize_with = "colour")]
    pub other: Color32,
    /// Opacity of a band in a series colour.
    pub band_alpha: f32,
    /// Opacity of a flow from one group to another, in the colour of the first.
    pub flow_alpha: f32,
    /// Bars beside a printed value.
    #[serde(deserialize_with = "colour")]
    pub bar_rest: Color32,
    /// Steps of a scale from little to much.
    #[serde(deserialize_with = "colour_list")]
    pub seq: Vec<Color32>,
    /// Steps of a scale from below to above a target or zero.
    #[serde(deserialize_with = "colour_list")]
    pub div: Vec<Color32>,
    /// Grid lines.
    #[serde(deserialize_with = "colour")]
    pub grid: Color32,
    /// Axes and the dots under figures.
    #[serde(deserialize_with = "colour")]
    pub axis: Color32,
}

#[derive(Debug, Clone, Deserialize)]
struct ShadowTokens {
    #[serde(deserialize_with = "colour")]
    color: Color32,
    overlay: ShadowShape,
}

#[derive(Debug, Clone, Deserialize)]
struct ShadowShape {
    offset: [i8; 2],
    blur: u8,
    spread: u8,
}

macro_rules! sizes {
    ($($(#[$doc:meta])* $name:ident { $($field:ident)* })*) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Deserialize)]
        #[allow(missing_docs, reason = "the token file says what each size is for")]
        pub struct $name { $(pub $field: f32,)* })*
    };
}

sizes! {
    /// Distances on the 4-point grid.
    Space { x1 x2 x3 x4 x5 x6 x8 }
    /// Corner radii.
    Radius { small medium large }
    /// Heights of rows and controls.
    Row { dense normal header nav field button button_small palette }
    /// The window's parts.
    Shell { top_bar nav_width nav_collapsed time_rail page_header page_header_gap page_padding gutter drawer drawer_min modal modal_wide palette tooltip scroll_bar }
    /// Icon sizes.
    IconSize { small normal large hero }
    /// Line widths.
    StrokeSize { hairline series focus focus_gap }
    /// Milliseconds of movement.
    Motion { hover_ms }
}

#[derive(Debug, Clone, Deserialize)]
struct Shared {
    space: Space,
    radius: Radius,
    row: Row,
    shell: Shell,
    #[serde(rename = "type")]
    types: Types,
    icon: IconSize,
    stroke: StrokeSize,
    motion: Motion,
}

#[derive(Debug, Clone, Deserialize)]
struct Types {
    caption: TypeToken,
    body: TypeToken,
    body_label: TypeToken,
    emphasis: TypeToken,
    section: TypeToken,
    title: TypeToken,
    kpi: TypeToken,
}

#[derive(Debug, Clone, Deserialize)]
struct TypeToken {
    size: f32,
    line: f32,
    weight: u16,
    text: String,
}

/// A place in the type scale: size, weight, line height and usual colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// 11, captions and headers of tables.
    Caption,
    /// 13, running text and cells.
    Body,
    /// 13 medium, names and labels.
    Label,
    /// 15, titles of cards.
    Emphasis,
    /// 18, sections.
    Section,
    /// 24, titles of pages.
    Title,
    /// 30, a page's single result.
    Kpi,
}

/// A meaning that colours a chip, an icon or a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Done, fine.
    Good,
    /// Weigh it.
    Warning,
    /// Wrong.
    Bad,
    /// Worth knowing.
    Info,
}

impl Theme {
    /// Colours of a meaning.
    pub fn tone(&self, tone: Tone) -> &Semantic {
        match tone {
            Tone::Good => &self.palette.good,
            Tone::Warning => &self.palette.warning,
            Tone::Bad => &self.palette.bad,
            Tone::Info => &self.palette.info,
        }
    }

    /// Colour of the `i`-th category.
    pub fn series(&self, i: usize) -> Color32 {
        self.chart.series.get(i).copied().unwrap_or(self.chart.other)
    }

    /// Fill and ink of a heat cell whose value lies at `share` (0–1) of the scale.
    pub fn heat(&self, share: f64) -> (Color32, Color32) {
        self.heat_of(&self.palette.chart.seq, share)
    }

    /// Fill and ink of a heat cell around a target or zero, which lies at 0.5.
    pub fn heat_around(&self, share: f64) -> (Color32, Color32) {
        self.heat_of(&self.palette.chart.div, share)
    }

    fn heat_of(&self, steps: &[Color32], share: f64) -> (Color32, Color32) {
        let last = steps.len().saturating_sub(1);
        let step = (share.clamp(0.0, 1.0) * last as f64).round() as usize;
        let fill = steps.get(step).copied().unwrap_or(self.surface.panel);
        (fill, self.ink_on(fill))
    }

    /// The ink that reads better on a data colour.
    pub fn ink_on(&self, fill: Color32) -> Color32 {
        let inks = [self.text.on_heat_dark, self.text.on_heat_light];
        inks[usize::from(contrast(inks[1], fill) > contrast(inks[0], fill))]
    }

    /// Distances.
    pub fn space(&self) -> &Space {
        &self.shared.space
    }

    /// Corner radii, in points.
    pub fn radius(&self) -> &Radius {
        &self.shared.radius
    }

    /// Heights of rows and controls.
    pub fn row(&self) -> &Row {
        &self.shared.row
    }

    /// The window's parts.
    pub fn shell(&self) -> &Shell {
        &self.shared.shell
    }

    /// Icon sizes.
    pub fn icon(&self) -> &IconSize {
        &self.shared.icon
    }

    /// Line widths.
    pub fn stroke(&self) -> &StrokeSize {
        &self.shared.stroke
    }

    /// Movement.
    pub fn motion(&self) -> &Motion {
        &self.shared.motion
    }

    /// A hairline in a colour.
    pub fn hairline(&self, colour: Color32) -> Stroke {
        Stroke::new(self.shared.stroke.hairline, colour)
    }

    /// The shadow of what floats.
    pub fn overlay_shadow(&self) -> Shadow {
        let shape = &self.shadow.overlay;
        Shadow { offset: shape.offset, blur: shape.blur, spread: shape.spread, color: self.shadow.color }
    }

    fn token(&self, role: Type) -> &TypeToken {
        let types = &self.shared.types;
        match role {
            Type::Caption => &types.caption,
            Type::Body => &types.body,
            Type::Label => &types.body_label,
            Type::Emphasis => &types.emphasis,
            Type::Section => &types.section,
            Type::Title => &types.title,
            Type::Kpi => &types.kpi,
        }
    }

    /// The font of a place in the type scale.
    pub fn font(&self, role: Type) -> FontId {
        let token = self.token(role);
        FontId::new(token.size, super::fonts::family(token.weight))
    }

    /// The font of a place in the type scale, made semi-bold.
    pub fn strong_font(&self, role: Type) -> FontId {
        FontId::new(self.token(role).size, super::fonts::family(600))
    }

    /// The line height of a place in the type scale.
    pub fn line(&self, role: Type) -> f32 {
        self.token(role).line
    }

    /// The usual colour of a place in the type scale.
    pub fn ink(&self, role: Type) -> Color32 {
        match self.token(role).text.as_str() {
            "subdued" => self.text.subdued,
            "strong" => self.text.strong,
            _ => self.text.normal,
        }
    }

    /// The icon font at a size.
    pub fn icon_font(&self, size: f32, family: FontFamily) -> FontId {
        FontId::new(size, family)
    }
}

/// Draws a picture as it is.
pub const UNTINTED: Color32 = Color32::WHITE;

/// A colour that a user chose for a document, red, green and blue: the only one that is no token.
pub fn chosen([red, green, blue]: [u8; 3]) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

/// Contrast of two colours after WCAG: 1 (equal) to 21.
pub fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: Color32) -> f64 {
    let [r, g, b, _] = colour.to_array().map(|byte| {
        let value = f64::from(byte) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Points as a corner radius.
pub fn corner(points: f32) -> CornerRadius {
    CornerRadius::from(points)
}

/// Both themes, light first.
pub static THEMES: LazyLock<[Theme; 2]> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct File {
        light: Palette,
        dark: Palette,
        #[serde(flatten)]
        shared: Shared,
    }
    #[allow(clippy::expect_used, reason = "the file is part of the program and a test reads it")]
    let file: File = toml::from_str(TOKEN_FILE).expect("the token file is part of the program");
    [
        Theme { dark: false, palette: file.light, shared: file.shared.clone() },
        Theme { dark: true, palette: file.dark, shared: file.shared },
    ]
});

/// The token file as text.
pub const TOKEN_FILE: &str = include_str!("../../../assets/theme/tokens.toml");

fn parse_colour(text: &str) -> Option<Color32> {
    Color32::from_hex(text).ok()
}

fn colour<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Color32, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_colour(&text).ok_or_else(|| serde::de::Error::custom(format!("{text} is not a colour")))
}

fn colour_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Color32>, D::Error> {
    Vec::<String>::deserialize(deserializer)?
        .iter()
        .map(|text| parse_colour(text).ok_or_else(|| serde::de::Error::custom(format!("{text} is not a colour"))))
        .collect()
}
