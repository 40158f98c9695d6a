//! Pieces of content with the day on which each is to be there.

use super::calendar::{Planned, Wish};
use super::rounds::Span;
use crate::model::Day;
use crate::model::campaign::{Media, Stage};

/// A piece of content of a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Number of the campaign.
    pub campaign: i64,
    /// Its name.
    pub of: String,
    /// Position in the campaign.
    pub at: usize,
    /// What it is.
    pub name: String,
    /// Where in the journey it helps.
    pub stage: Stage,
    /// Where it is seen.
    pub media: Media,
    /// When it is to be there.
    pub day: Day,
    /// Whether it is there.
    pub done: bool,
}

/// What campaigns that are wanted show and tell in a span, by day. Content comes once, also where tasks come again.
pub fn pieces(campaigns: &[Planned<'_>], wish: &Wish, span: Span) -> Vec<Piece> {
    let wanted = campaigns.iter().filter(|planned| wish.takes(planned.campaign));
    let of = |planned: &Planned<'_>| {
        let (id, days) = (planned.id, planned.campaign.days());
        let piece = |(at, content): (usize, &crate::model::campaign::Content)| Piece {
            campaign: id,
            of: planned.campaign.name.clone(),
            at,
            name: content.name.clone(),
            stage: content.stage,
            media: content.media,
            day: content.due.day(days),
            done: content.done,
        };
        planned.campaign.content.iter().enumerate().map(piece).collect::<Vec<_>>()
    };
    let mut found: Vec<Piece> = wanted.flat_map(of).filter(|p| (span.0..=span.1).contains(&p.day)).collect();
    found.sort_by(|a, b| (a.day, &a.of, a.at).cmp(&(b.day, &b.of, b.at)));
    found
}
