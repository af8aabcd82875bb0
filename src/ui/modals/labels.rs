//! The labels of an association (R5.5), ticked in a short list. Whoever pushes it gets them as [`Answer::Labels`].

use crate::domain::id::{LabelId, Object};
use crate::keys::{Command, Keys, rows::LABELLING};
use crate::ui::layer::{Answer, Cx, Effect, Layer};
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{
    Corner, Hint, Modal, RowState, Window, draw_left, draw_right, draw_scrollbar, paint_row, row,
};
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 62;
const SEEN: u16 = 12;

pub struct LabelBox {
    title: String,
    /// Number, name, whether it is ticked.
    labels: Vec<(LabelId, String, bool)>,
    window: Window,
    drawn: Rect,
    cursor: Option<Rect>,
}

/// Why there is nothing to choose for a record of `about` on the page of one of `of`.
pub fn unlabelled(of: Object, about: Object, cx: &Cx) -> Option<String> {
    let is_none = cx.settings.labels_for(of, about).is_empty();
    is_none.then(|| "no labels are defined for these, Settings > Objects > Associations defines them".to_owned())
}

impl LabelBox {
    /// What `name`, a record of `about`, is to one of `of`.
    pub fn new(name: &str, of: Object, about: Object, has: &[LabelId], cx: &Cx) -> LabelBox {
        let all = cx.settings.labels_for(of, about);
        let labels: Vec<_> = all.into_iter().map(|(id, label)| (id, label.to_owned(), has.contains(&id))).collect();
        let window = Window::new(labels.len(), usize::from(SEEN));
        LabelBox { title: clean(name).into_owned(), labels, window, drawn: Rect::ZERO, cursor: None }
    }

    fn tick(&mut self) -> Vec<Effect> {
        if let Some((_, _, on)) = self.window.cursor().and_then(|at| self.labels.get_mut(at)) {
            *on = !*on;
        }
        Vec::new()
    }

    fn save(&self) -> Vec<Effect> {
        let ticked = self.labels.iter().filter(|(_, _, on)| *on).map(|(id, _, _)| *id).collect();
        vec![Effect::Pop(Some(Answer::Labels(ticked)))]
    }
}

impl Layer for LabelBox {
    fn name(&self, _: &Cx) -> String {
        "the labels".into()
    }

    fn keys(&self) -> &'static [Keys] {
        LABELLING
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        let Input::Mouse(mouse) = input else { return None };
        match mouse.kind {
            MouseEventKind::ScrollDown => self.window.move_by(1),
            MouseEventKind::ScrollUp => self.window.move_by(-1),
            MouseEventKind::Down(MouseButton::Left) if self.drawn.contains((mouse.column, mouse.row).into()) => {
                self.window.go_to(self.window.at(usize::from(mouse.row - self.drawn.y))?);
                return Some(self.tick());
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn run(&mut self, command: Command, count: Option<u32>, _: &Cx) -> Vec<Effect> {
        let times = count.unwrap_or(1) as isize;
        match command {
            Command::MoveDown => self.window.move_by(times),
            Command::MoveUp => self.window.move_by(-times),
            Command::Tick => return self.tick(),
            Command::SaveTies => return self.save(),
            Command::Escape => return vec![Effect::Pop(None)],
            _ => {}
        }
        Vec::new()
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (theme, glyphs, buf) = (cx.look.theme, cx.look.glyphs, frame.buffer_mut());
        let title = [Span::styled("Labels of ", theme.dim), Span::styled(self.title.as_str(), theme.title)];
        let modal = Modal {
            title: Line::from_iter(title),
            escape: "cancel",
            size: (WIDTH, (self.labels.len() as u16).clamp(1, SEEN) + 6),
            hints: &[Hint::new("space", "tick"), Hint::new("j k", "next, previous")],
            right: Some(Corner::Button("Save", "enter")),
            ..Modal::default()
        };
        let body = modal.draw(buf, screen, cx.look);
        self.drawn = Rect { x: body.x + 1, width: body.width.saturating_sub(2), ..body };
        self.window.resize(usize::from(self.drawn.height));
        self.cursor = None;
        for (y, at) in (0..self.drawn.height).zip(self.window.visible()) {
            let line = row(self.drawn, y);
            let (id, name, on) = &self.labels[at];
            if self.window.cursor() == Some(at) {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
                self.cursor = Some(line);
            }
            let (sign, tone) = if *on { (glyphs.box_on, theme.accent) } else { (glyphs.box_off, theme.dim) };
            let other = cx.settings.label_name(id.other_way()).filter(|_| id.is_paired());
            let aside = other.map_or_else(String::new, |other| format!("{} the other way", clean(other)));
            let inner = Rect { width: line.width.saturating_sub(1), ..line };
            draw_right(buf, inner, &Line::styled(aside, theme.dim));
            let shown = [Span::styled(format!("{sign} "), tone), Span::styled(clean(name), theme.text)];
            draw_left(buf, inner, &Line::from_iter(shown));
        }
        draw_scrollbar(buf, self.drawn, &self.window, cx.look);
    }
}
