//! A sequence in the editor. A choice is kept at once, a text when its field is left: each is one step of the history.

use crate::analytics::segments::Segment;
use crate::jobs::Progress;
use crate::model::rule::{FieldId, Test};
use crate::model::{Rule, Sequence};
use crate::ops::segments::SavedSegment;
use crate::ops::sequences::SavedSequence;
use crate::ui::cx::Cx;
use crate::ui::shop::Home;

/// A sequence that is being edited.
pub struct Draft {
    /// Its row.
    pub id: i64,
    /// As it is saved, or about to be.
    kept: Sequence,
    /// As it stands in the fields.
    pub sequence: Sequence,
}

impl Draft {
    /// A saved sequence.
    pub fn of(saved: &SavedSequence) -> Self {
        Self { id: saved.id, kept: saved.sequence.clone(), sequence: saved.sequence.clone() }
    }

    /// Takes in what was undone, redone or changed elsewhere.
    pub fn follow(&mut self, saved: &SavedSequence) {
        if saved.sequence != self.kept {
            *self = Self::of(saved);
        }
    }

    /// Saves what stands in the fields, if it is anything new.
    pub fn keep(&mut self, cx: &mut Cx) {
        if self.sequence == self.kept {
            return;
        }
        let saved = SavedSequence { id: self.id, sequence: self.sequence.clone() };
        self.kept = self.sequence.clone();
        if let Some(shop) = &mut cx.shop
            && let Some(known) = shop.facts.sequences.iter_mut().find(|known| known.id == self.id)
        {
            *known = saved.clone();
        }
        save(cx, saved);
    }
}

/// Saves a sequence.
pub fn save(cx: &mut Cx, saved: SavedSequence) {
    cx.write("Saving", move |home: &mut Home, _: &Progress| home.session()?.save_sequence(&saved), |_, ()| {});
}

/// Audiences that can be chosen, with their rules: saved segments, the framework's.
pub fn audiences(saved: &[SavedSegment]) -> Vec<(String, Rule)> {
    let saved = saved.iter().map(|segment| (segment.name.clone(), Rule::InSegment(segment.name.clone())));
    let framework = Segment::ALL.iter().map(|segment| {
        let rule = Rule::is(FieldId::Segment, Test::Is(vec![segment.name().to_owned()]));
        (segment.name().to_owned(), rule)
    });
    saved.chain(framework).collect()
}

/// What a rule is called among the audiences.
pub fn called(rule: &Rule, audiences: &[(String, Rule)]) -> String {
    let known = audiences.iter().find(|(_, known)| known == rule);
    known.map_or_else(|| "a rule of its own".to_owned(), |(name, _)| name.clone())
}
