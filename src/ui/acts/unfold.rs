//! What an act unfolds to: when and how it was done, whether it can be undone and what stands in the way, what rules did
//! besides, which records it touched. To show more of an act, add its lines in [`Unfolded::of`].

use crate::domain::change::{EffectLine, Verb};
use crate::domain::id::{ActNo, RecordId, Ref};
use crate::ui::Cx;
use crate::ui::cell::{self, glyph_of};
use crate::ui::modals::broken_off::{far, not_continued};
use crate::ui::record::facts::Fact;
use crate::ui::record::{entry, said};
use crate::ui::text::{clean, pad, wrap};
use crate::workspace::resume::BrokenOff;
use crate::workspace::review::{Closely, Touched, WayBack};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Cells of the labels.
const LABEL: usize = 12;

/// Where a line leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jump {
    Record(RecordId),
    Act(ActNo),
}

/// A line that the cursor can stand on.
pub struct Leaf {
    pub line: Fact,
    pub jump: Option<Jump>,
}

pub struct Unfolded {
    /// Below the first row of the act.
    pub lines: Vec<Fact>,
    pub leaves: Vec<Leaf>,
}

impl Unfolded {
    /// Until it is known: what an act of thousands did takes a while to look up.
    pub fn awaited(cx: &Cx) -> Unfolded {
        let text = format!("looking at what it did{}", cx.look.glyphs.ellipsis);
        Unfolded { lines: vec![Line::from(Span::styled(text, cx.look.theme.dim))], leaves: Vec::new() }
    }

    pub fn of(closely: &Closely, width: u16, cx: &Cx) -> Unfolded {
        let room = width.saturating_sub(crate::ui::page::INDENT + LABEL as u16);
        let mut lines = labelled("When", &when(closely, cx), cx.look.theme.text, room, cx);
        let (sentence, tone) = way_back(closely, cx);
        lines.extend(labelled("Undo", &sentence, tone, room, cx));
        if let Some(broken_off) = &closely.reviewed.broken_off {
            let (sentence, tone) = way_on(broken_off, cx);
            lines.extend(labelled("Continue", &sentence, tone, room, cx));
        }
        let mut leaves = Vec::new();
        for (at, obstacle) in closely.in_the_way.iter().enumerate() {
            let what = format!("act {}  {}", obstacle.act, clean(&obstacle.what));
            let line = cell::text(&what, &[], room, cx.look.theme.text, cx);
            leaves.push(leaf(at, "In the way", line, Some(Jump::Act(obstacle.act)), cx));
        }
        let effects = &closely.reviewed.effects;
        for (at, (effect, of)) in effects.iter().zip(&closely.concerned).enumerate() {
            let jump = of.as_ref().and_then(|of| of.page).map(Jump::Record);
            leaves.push(leaf(at, "Effects", effect_line(effect, of.as_ref(), room, cx), jump, cx));
        }
        let more = (closely.reviewed.head.effects as usize).saturating_sub(effects.len());
        leaves.extend((more > 0).then(|| leaf(1, "", and_more(more, cx), None, cx)));
        for (at, touched) in closely.touched.iter().enumerate() {
            leaves.push(leaf(at, "Touched", touched_line(touched, room, cx), touched.page.map(Jump::Record), cx));
        }
        leaves.extend((closely.more > 0).then(|| leaf(1, "", and_more(closely.more, cx), None, cx)));
        Unfolded { lines, leaves }
    }
}

fn and_more(more: usize, cx: &Cx) -> Fact {
    Line::from(Span::styled(format!("and {} more", said::count(more)), cx.look.theme.dim))
}

/// The label stands before the first line of its kind only.
fn leaf(at: usize, label: &str, line: Fact, jump: Option<Jump>, cx: &Cx) -> Leaf {
    let label = pad(if at == 0 { label } else { "" }, LABEL);
    let mut labelled = Line::from(Span::styled(label, cx.look.theme.dim));
    labelled.extend(line);
    Leaf { line: labelled, jump }
}

fn labelled(label: &str, text: &str, tone: Style, room: u16, cx: &Cx) -> Vec<Fact> {
    let lines = wrap(text, usize::from(room.max(1)));
    let line = |(at, line): (usize, String)| {
        let label = Span::styled(pad(if at == 0 { label } else { "" }, LABEL), cx.look.theme.dim);
        Line::from(vec![label, Span::styled(line, tone)])
    };
    lines.into_iter().enumerate().map(line).collect()
}

/// `Thu 19 Nov, 14:20, in the interface; 400 of 1 000 records`.
fn when(closely: &Closely, cx: &Cx) -> String {
    let act = &closely.reviewed.head.act;
    let how = match act.verb {
        Verb::Did => String::new(),
        Verb::Undid(no) => format!(", undoes act {no}"),
        Verb::Redid(no) => format!(", redoes act {no}"),
    };
    let far = match act.done {
        0 | 1 => String::new(),
        done => format!("; {} records", said::count(done as usize)),
    };
    format!("{}, {}{how}{far}", said::moment(act.at, u16::MAX, cx), said::origin(act.origin))
}

fn way_on(broken_off: &BrokenOff, cx: &Cx) -> (String, Style) {
    let far = far(broken_off);
    match not_continued(broken_off) {
        None => (format!("It was broken off after {far}; c continues it"), cx.look.theme.text),
        Some(why) => (format!("{} It was broken off after {far}. {why}", cx.look.glyphs.warning), cx.look.theme.warn),
    }
}

fn way_back(closely: &Closely, cx: &Cx) -> (String, Style) {
    let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
    match &closely.reviewed.way_back {
        WayBack::Open => ("u undoes it".to_owned(), theme.text),
        WayBack::Closed(_) if closely.reviewed.head.undone_by.is_some() => {
            let by = closely.reviewed.head.undone_by.map_or(0, |by| by.0);
            (format!("It was undone by act {by}; ctrl-r redoes it"), theme.text)
        }
        WayBack::Closed(why) => (format!("{} {}", glyphs.warning, clean(why)), theme.warn),
        WayBack::Long => ("It is long: whether it can be undone is found out when you undo it".to_owned(), theme.dim),
    }
}

fn effect_line(effect: &EffectLine, of: Option<&Touched>, room: u16, cx: &Cx) -> Fact {
    let theme = cx.look.theme;
    let rule = format!("  {}", effect.rule);
    let left = room.saturating_sub(rule.len() as u16);
    let mut line = of.map_or_else(Line::default, |of| named(of, left / 2, cx));
    let dot = if of.is_some() { format!(" {} ", cx.look.glyphs.dot) } else { String::new() };
    line.push_span(Span::styled(dot, theme.dim));
    let rest = left.saturating_sub(line.width() as u16);
    line.extend(cell::text(&effect.what, &[], rest, theme.dim, cx));
    line.push_span(Span::styled(rule, theme.dim));
    line
}

fn touched_line(touched: &Touched, room: u16, cx: &Cx) -> Fact {
    let mut line = named(touched, room.saturating_sub(12), cx);
    if touched.page.is_none() {
        line.push_span(Span::styled("  in the bin", cx.look.theme.dim));
    }
    line
}

fn named(of: &Touched, room: u16, cx: &Cx) -> Fact {
    let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
    let sign = match (of.what, of.kind) {
        (Ref::Record(id), _) => glyph_of(id.object, glyphs),
        (_, kind) => kind.map_or(glyphs.nothing, |kind| entry::sign(kind, cx)),
    };
    let mut line = Line::from(vec![Span::styled(format!("{sign} "), theme.dim)]);
    line.extend(cell::text(&of.name, &[], room.saturating_sub(2), theme.text, cx));
    line
}
