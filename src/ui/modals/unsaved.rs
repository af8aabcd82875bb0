//! Changes that are not saved, when one leaves them: save, discard, or stay.

use crate::keys::{Command, Keys, rows::LEAVING};
use crate::ui::layer::{Answer, Cx, Effect, Layer, Unsaved};
use crate::ui::widgets::{Corner, Hint, Modal, draw_left, row};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

const SIZE: (u16, u16) = (62, 7);

pub struct AskUnsaved {
    /// `2 unsaved changes on General`.
    what: String,
}

impl AskUnsaved {
    pub fn new(what: String) -> AskUnsaved {
        AskUnsaved { what }
    }
}

impl Layer for AskUnsaved {
    fn name(&self, _: &Cx) -> String {
        "the question".into()
    }

    fn keys(&self) -> &'static [Keys] {
        &[LEAVING]
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn run(&mut self, command: Command, _: Option<u32>, _: &Cx) -> Vec<Effect> {
        let answer = match command {
            Command::Save => Some(Answer::Unsaved(Unsaved::Save)),
            Command::Discard => Some(Answer::Unsaved(Unsaved::Discard)),
            Command::Keep | Command::Escape => None,
            _ => return Vec::new(),
        };
        vec![Effect::Pop(answer)]
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let modal = Modal {
            title: Line::styled(self.what.as_str(), cx.look.theme.title),
            escape: "stay",
            size: SIZE,
            hints: &[Hint::new("s", "save and leave"), Hint::new("d", "discard and leave")],
            right: Some(Corner::Button("Stay", "enter")),
            ..Modal::default()
        };
        let buf = frame.buffer_mut();
        let body = modal.draw(buf, screen, cx.look);
        draw_left(buf, row(body, 0), &Line::styled("Save before you leave?", cx.look.theme.text));
    }
}
