//! The way back within a text field, so that undo of the workbench begins where the field's own ends.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Context, Id, Response};

/// What the field with the focus could do when it was last drawn.
#[derive(Debug, Clone, Copy)]
struct Way {
    frame: u64,
    undo: bool,
    redo: bool,
}

fn place() -> Id {
    Id::unique("the way back in a text field")
}

/// Notes whether a text field that has the focus can undo and redo by itself. Called by the field after it was drawn.
pub fn note(response: &Response, text: &str) {
    if !response.has_focus() {
        return;
    }
    let ctx = &response.ctx;
    let Some(state) = TextEditState::load(ctx, response.id) else { return };
    let now = (state.cursor.char_range().unwrap_or_default(), text.to_owned());
    // A cursor that only moved is no way back.
    let undo = state.undoer().undo(&now).is_some_and(|before| before.1 != text);
    let redo = state.undoer().redo(&now).is_some();
    let way = Way { frame: ctx.cumulative_frame_nr(), undo, redo };
    ctx.data_mut(|data| data.insert_temp(place(), way));
}

/// Gives a field the focus with all of its text chosen, so that typing replaces it.
pub fn focus_whole(response: &Response, text: &str) {
    response.request_focus();
    let mut state = TextEditState::load(&response.ctx, response.id).unwrap_or_default();
    let whole = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(whole));
    state.store(&response.ctx, response.id);
}

/// The way back in the field that had the focus a frame ago.
fn way(ctx: &Context) -> Option<Way> {
    let way: Way = ctx.data(|data| data.get_temp(place()))?;
    (way.frame + 1 >= ctx.cumulative_frame_nr()).then_some(way)
}

/// Whether the focus is in a text field; on a button it is not.
fn is_typing(ctx: &Context) -> bool {
    ctx.memory(|memory| memory.focused()).is_some_and(|id| TextEditState::load(ctx, id).is_some())
}

/// Whether Ctrl Z belongs to the field being typed into.
pub fn can_undo(ctx: &Context) -> bool {
    is_typing(ctx) && way(ctx).is_none_or(|way| way.undo)
}

/// Whether Ctrl Y belongs to the field being typed into.
pub fn can_redo(ctx: &Context) -> bool {
    is_typing(ctx) && way(ctx).is_none_or(|way| way.redo)
}
