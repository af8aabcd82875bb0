//! The first row of a page: where one is, and at the right what waits.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
};

use std::borrow::Cow;

use super::{Look, NARROW, blanks, draw_left, draw_right, width_of};

/// A count with its sign, as `□ 4 due`.
#[derive(Debug, Clone)]
pub struct Status<'a> {
    pub sign: Span<'a>,
    pub count: String,
    /// Dropped when it is narrow.
    pub word: &'a str,
}

#[derive(Debug)]
pub struct Breadcrumb<'a> {
    pub parents: &'a [&'a str],
    pub last: &'a str,
    pub status: &'a [Status<'a>],
    /// Who works here; cut short where it is narrow, and never dropped (R6.5).
    pub user: &'a str,
}

/// `Maja S.`
fn shortened(user: &str) -> String {
    let mut names = user.split_whitespace();
    let first = names.next().unwrap_or_default();
    names.next_back().and_then(|last| last.chars().next()).map_or_else(|| first.to_owned(), |l| format!("{first} {l}."))
}

impl Breadcrumb<'_> {
    pub fn draw(&self, buf: &mut Buffer, area: Rect, look: Look) {
        let theme = look.theme;
        let mut crumbs = vec![Span::styled(look.glyphs.lejek, theme.accent), blanks(2)];
        for parent in self.parents {
            crumbs.push(Span::styled(*parent, theme.dim));
            crumbs.push(Span::styled(format!(" {} ", look.glyphs.crumb), theme.faint));
        }
        let before = width_of(&crumbs);
        crumbs.push(Span::styled(self.last, theme.title));
        let wanted = width_of(&crumbs);
        let forms = [(true, true), (true, false), (false, false)];
        let status = forms
            .into_iter()
            .skip(if area.width < NARROW { 2 } else { 0 })
            .map(|(whole, words)| self.status(whole, words, area.width, look))
            .find(|line| wanted + line.width() as u16 + 3 <= area.width)
            .unwrap_or_else(|| self.status(false, false, area.width, look));
        let taken = draw_right(buf, area, &status);
        let room = area.width.saturating_sub(before + taken + if taken > 0 { 3 } else { 0 });
        crumbs.pop();
        let last = look.fit(self.last, room);
        crumbs.push(Span::styled(last, theme.title));
        draw_left(buf, area, &Line::from(crumbs));
    }

    fn status(&self, whole: bool, words: bool, width: u16, look: Look) -> Line<'_> {
        let theme = look.theme;
        let gap = if width < NARROW { 2 } else { 3 };
        let mut spans = Vec::new();
        for part in self.status {
            if !spans.is_empty() {
                spans.push(blanks(gap));
            }
            spans.push(part.sign.clone());
            spans.push(Span::styled(format!(" {}", part.count), theme.text));
            if words && !part.word.is_empty() {
                spans.push(Span::styled(format!(" {}", part.word), theme.text));
            }
        }
        if !self.user.is_empty() {
            spans.push(blanks(if spans.is_empty() { 0 } else { gap }));
            let user = if whole { self.user.into() } else { shortened(self.user).into() };
            spans.push(Span::styled::<Cow<str>, _>(user, theme.dim));
        }
        Line::from(spans)
    }
}
