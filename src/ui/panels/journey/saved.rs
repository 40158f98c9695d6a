//! The three records of the page as they are edited, and their saving.

use egui::Ui;

use crate::jobs::Progress;
use crate::model::content::Contents;
use crate::model::journey::Matrix;
use crate::model::omnichannel::Omnichannel;
use crate::ops::now;
use crate::ui::cx::Cx;
use crate::ui::draft::{Draft, Followed};
use crate::ui::shop::{Home, Snapshot};
use crate::ui::widgets::fields::typing::Typing;

/// The matrix that is being edited, and what is being typed.
pub struct Editing {
    /// The record.
    pub draft: Draft<Matrix>,
    /// Texts that are no values yet.
    pub typing: Typing,
}

/// The three records.
pub struct Saved {
    /// The matrix.
    pub matrix: Editing,
    /// Where customers meet the shop.
    pub channels: Draft<Omnichannel>,
    /// What contents follow the person.
    pub contents: Draft<Contents>,
}

impl Default for Saved {
    fn default() -> Self {
        Self {
            matrix: Editing { draft: Draft::of(0, &Matrix::default()), typing: Typing::default() },
            channels: Draft::of(0, &Omnichannel::default()),
            contents: Draft::of(0, &Contents::default()),
        }
    }
}

impl Saved {
    /// Takes in what was saved: what was sent from here changes nothing, what somebody else changed or undid does.
    pub fn follow(&mut self, facts: &Snapshot) {
        if self.matrix.draft.follow(&facts.journey, |_, _| {}) == Followed::Replaced {
            self.matrix.typing.clear();
        }
        self.channels.follow(&facts.omnichannel, |_, _| {});
        self.contents.follow(&facts.contents, |_, _| {});
        self.matrix.typing.problems = self.matrix.draft.value.problems();
    }

    /// Saves what was changed, once nobody is typing; what is wrong waits until it is mended.
    pub fn keep(&mut self, cx: &mut Cx, ui: &Ui) {
        if self.matrix.draft.value.problems().is_empty()
            && let Some(matrix) = self.matrix.draft.due(ui, Matrix::settled)
        {
            let work = move |home: &mut Home, _: &Progress| {
                home.session()?.save_journey_matrix("Changed the journey", now(), &matrix)
            };
            cx.write("Saving the journey", work, |_, ()| {});
        }
        if self.channels.value.problems().is_empty()
            && let Some(channels) = self.channels.due(ui, Clone::clone)
        {
            let work = move |home: &mut Home, _: &Progress| {
                home.session()?.save_omnichannel_table("Changed the channels", now(), &channels)
            };
            cx.write("Saving the channels", work, |_, ()| {});
        }
        if self.contents.value.problems().is_empty()
            && let Some(contents) = self.contents.due(ui, Clone::clone)
        {
            let work = move |home: &mut Home, _: &Progress| {
                home.session()?.save_content_matrix("Changed the contents", now(), &contents)
            };
            cx.write("Saving the contents", work, |_, ()| {});
        }
    }
}
