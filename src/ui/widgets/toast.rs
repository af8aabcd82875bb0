//! Short messages in the lower right corner: what was done, or what went wrong and the ways out.

use std::time::{Duration, Instant};

use ratatui::{buffer::Buffer, layout::Rect, style::Style, text::Line};

use super::{Hint, Look, MARGIN, clear, draw_left, footer::hint_line, row};
use crate::ui::text::{width, wrap};

const MOST: usize = 3;
const STAYS: Duration = Duration::from_secs(4);
/// Cells of text in a line.
const WIDEST: u16 = 65;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastKind {
    Ok,
    Info,
    /// Stays until it is dismissed.
    Error,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    pub kind: ToastKind,
    pub title: String,
    pub text: String,
    pub ways: Vec<Hint<'static>>,
}

impl Toast {
    pub fn ok(title: impl Into<String>) -> Self {
        Self::new(ToastKind::Ok, title)
    }

    pub fn info(title: impl Into<String>) -> Self {
        Self::new(ToastKind::Info, title)
    }

    pub fn error(title: impl Into<String>) -> Self {
        Self::new(ToastKind::Error, title)
    }

    fn new(kind: ToastKind, title: impl Into<String>) -> Self {
        Self { kind, title: title.into(), text: String::new(), ways: Vec::new() }
    }

    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    #[must_use]
    pub fn way(mut self, keys: &'static str, word: &'static str) -> Self {
        self.ways.push(Hint::new(keys, word));
        self
    }
}

/// Those on the screen, the newest last.
#[derive(Debug, Default)]
pub struct Toasts {
    shown: Vec<(Toast, Instant)>,
}

impl Toasts {
    /// Shows one more; of more than three the oldest goes, errors last.
    pub fn push(&mut self, toast: Toast, now: Instant) {
        self.shown.push((toast, now));
        if self.shown.len() > MOST {
            let oldest = self.shown[..MOST].iter().position(|(toast, _)| toast.kind != ToastKind::Error);
            self.shown.remove(oldest.unwrap_or(0));
        }
    }

    /// Takes away those that were long enough on the screen. True if any was.
    pub fn expire(&mut self, now: Instant) -> bool {
        let before = self.shown.len();
        self.shown.retain(|(toast, since)| toast.kind == ToastKind::Error || now.duration_since(*since) < STAYS);
        self.shown.len() < before
    }

    /// When `expire` has something to do next.
    pub fn next_expiry(&self) -> Option<Instant> {
        let passing = self.shown.iter().filter(|(toast, _)| toast.kind != ToastKind::Error);
        passing.map(|(_, since)| *since + STAYS).min()
    }

    /// Takes away the newest. True if there was one.
    pub fn dismiss(&mut self) -> bool {
        self.shown.pop().is_some()
    }

    pub fn newest(&self) -> Option<&Toast> {
        self.shown.last().map(|(toast, _)| toast)
    }

    /// Draws the stack above the footer, or below the page's head where it would hide `focus`, the cursor's row or input.
    pub fn draw(&self, buf: &mut Buffer, screen: Rect, focus: Option<Rect>, look: Look) {
        let room = screen.width.saturating_sub(2 * MARGIN + 7).min(WIDEST);
        let cards: Vec<Card> = self.shown.iter().map(|(toast, _)| Card::new(toast, room, look)).collect();
        let height = cards.iter().map(|card| card.height() + 1).sum::<u16>().saturating_sub(1);
        let width = cards.iter().map(|card| card.width).max().unwrap_or(0);
        let right = screen.right().saturating_sub(MARGIN);
        let whole = |y: u16| Rect { x: right.saturating_sub(width), y, width, height };
        let low = whole(screen.bottom().saturating_sub(3 + height).max(screen.y));
        let high = whole(screen.y + 4.min(screen.height));
        let hides = |place: Rect| focus.is_some_and(|focus| focus.intersects(place));
        let mut y = if hides(low) && !hides(high) { high.y } else { low.y };
        for card in cards {
            let area = Rect { x: right.saturating_sub(card.width), y, width: card.width, height: card.height() };
            card.draw(buf, area.intersection(screen), look);
            y += card.height() + 1;
        }
    }
}

/// One toast, wrapped.
struct Card<'a> {
    sign: &'a str,
    tone: Style,
    lines: Vec<Line<'a>>,
    width: u16,
}

impl<'a> Card<'a> {
    fn new(toast: &'a Toast, room: u16, look: Look<'a>) -> Self {
        let theme = look.theme;
        let (sign, tone, title) = match toast.kind {
            ToastKind::Ok => (look.glyphs.done, theme.ok, theme.text),
            ToastKind::Info => (look.glyphs.dot, theme.accent, theme.text),
            ToastKind::Error => (look.glyphs.error, theme.err, theme.title),
        };
        let wrapped = |text: &str, style: Style| {
            let lines = wrap(text, usize::from(room));
            lines.into_iter().map(move |line| Line::styled(line, style))
        };
        let mut lines: Vec<Line> = wrapped(&toast.title, title).chain(wrapped(&toast.text, theme.text)).collect();
        if !toast.ways.is_empty() {
            lines.push(hint_line(&toast.ways, room, look));
        }
        let width = lines.iter().map(Line::width).max().unwrap_or(0) as u16 + 7;
        Self { sign, tone, lines, width }
    }

    fn height(&self) -> u16 {
        self.lines.len() as u16 + 2
    }

    fn draw(&self, buf: &mut Buffer, area: Rect, look: Look) {
        clear(buf, area);
        buf.set_style(area, look.theme.page.patch(look.theme.raised));
        for y in 0..area.height {
            draw_left(buf, row(area, y), &Line::styled(look.glyphs.edge, self.tone));
        }
        let inset = |x: u16, y: u16| {
            let line = row(area, y);
            Rect { x: line.x + x.min(line.width), width: line.width.saturating_sub(x), ..line }
        };
        draw_left(buf, inset(2, 1), &Line::styled(self.sign, self.tone));
        for (y, line) in (1..).zip(&self.lines) {
            draw_left(buf, inset(2 + 1 + width(self.sign) as u16, y), line);
        }
    }
}
