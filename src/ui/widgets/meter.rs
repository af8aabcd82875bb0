//! How far a record has come, as three cells.

use ratatui::text::Span;

use super::Look;
use crate::glyphs::Tone;

/// Stage `position` of `stages`, counted from 1.
pub fn meter_spans(position: usize, stages: usize, look: Look) -> [Span<'static>; 2] {
    let meter = look.glyphs.meter(position, stages);
    let filled = match meter.tone {
        Tone::Underway => look.theme.dim,
        Tone::Close => look.theme.accent,
        Tone::Last => look.theme.ok,
    };
    [Span::styled(meter.filled, filled), Span::styled(meter.rest, look.theme.line)]
}
