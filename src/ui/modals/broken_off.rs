//! Long acts that were broken off, offered at the start (R7.3): what each was, how far it came, and the ways on.

use crate::domain::change::{Act, ActHead, Change};
use crate::domain::id::ActNo;
use crate::keys::{Command, Keys, rows::BROKEN_OFF};
use crate::ui::layer::{Answer, Cx, Effect, Layer};
use crate::ui::record::said;
use crate::ui::text::{clean, wrap};
use crate::ui::widgets::{Corner, Hint, Modal, RowState, Window, draw_left, draw_right, paint_row, row};
use crate::workspace::resume::BrokenOff;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

const WIDTH: u16 = 76;
/// Acts that are seen at once.
const SEEN: usize = 8;

pub struct Leftovers {
    acts: Vec<BrokenOff>,
    window: Window,
}

impl Leftovers {
    pub fn new(acts: Vec<BrokenOff>) -> Leftovers {
        let window = Window::new(acts.len(), acts.len().min(SEEN));
        Leftovers { acts, window }
    }

    fn act(&self) -> Option<&BrokenOff> {
        self.acts.get(self.window.cursor()?)
    }

    fn choose(&self, change: impl FnOnce(ActNo) -> Change) -> Vec<Effect> {
        let change = self.act().map(|act| Box::new(change(act.head.act.no)));
        change.map(|change| Effect::Pop(Some(Answer::Perform(change)))).into_iter().collect()
    }
}

/// `12 400 of 60 000`, and of an import whose end nobody knows the first alone.
pub fn far(act: &BrokenOff) -> String {
    let done = said::count(act.head.act.done as usize);
    act.total.map_or_else(|| done.clone(), |total| format!("{done} of {}", said::count(total as usize)))
}

/// Whether what it is called says that already, as `Deleted 200 of 500 records` does.
pub fn says_how_far(head: &ActHead) -> bool {
    let Act { what, total, .. } = &head.act;
    what.contains(&format!(" of {total} record"))
}

/// Why it can't be continued.
pub fn not_continued(act: &BrokenOff) -> Option<String> {
    act.way_on.as_ref().err().map(|why| clean(why).into_owned())
}

fn paragraphs(act: &BrokenOff, cx: &Cx) -> Vec<String> {
    let head = &act.head.act;
    let (author, at) = (said::author(head.by, cx), said::moment(head.at, u16::MAX, cx));
    let began =
        format!("{author} began it on {at}, {}. Then the program ended, or was stopped.", said::origin(head.origin));
    let way_on = match not_continued(act) {
        None => "It can be continued where it stopped, or undone.".to_owned(),
        Some(why) if act.can_be_undone() => format!("{why}. It can be undone."),
        Some(why) => why,
    };
    let later = "The list of acts, g u, keeps it for later.".to_owned();
    vec![began, way_on, later]
}

impl Layer for Leftovers {
    fn name(&self, _: &Cx) -> String {
        "what was broken off".into()
    }

    fn keys(&self) -> &'static [Keys] {
        BROKEN_OFF
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        let act = self.act()?;
        match command {
            Command::Continue => not_continued(act),
            Command::UndoThis if !act.can_be_undone() => Some("what was erased can't be brought back".into()),
            Command::MoveDown | Command::MoveUp if self.acts.len() == 1 => Some("there is only this one".into()),
            _ => None,
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>, _: &Cx) -> Vec<Effect> {
        let times = count.unwrap_or(1) as isize;
        match command {
            Command::Continue => return self.choose(|act| Change::Resume { act }),
            Command::UndoThis => return self.choose(|act| Change::Undo { act }),
            Command::Escape => return vec![Effect::Pop(None)],
            Command::MoveDown => self.window.move_by(times),
            Command::MoveUp => self.window.move_by(-times),
            _ => {}
        }
        Vec::new()
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (buf, theme) = (frame.buffer_mut(), cx.look.theme);
        let inside = usize::from(WIDTH.min(screen.width).saturating_sub(6));
        let Some(act) = self.act() else { return };
        let lines: Vec<String> = paragraphs(act, cx).iter().flat_map(|text| wrap(text, inside)).collect();
        let [go_on, undo] = [Hint::new("c", "continue"), Hint::new("u", "undo it")];
        let hints: Vec<Hint> = [(act.way_on.is_ok(), go_on), (act.can_be_undone(), undo)]
            .into_iter()
            .filter_map(|(works, hint)| works.then_some(hint))
            .collect();
        let title = if self.acts.len() == 1 { "One act was broken off" } else { "These acts were broken off" };
        let several = format!("{} of them", self.acts.len());
        let modal = Modal {
            title: Line::styled(title, theme.title),
            escape: "later",
            size: (WIDTH, (self.window.height() + lines.len()) as u16 + 7),
            hints: &hints,
            right: (self.acts.len() > 1).then_some(Corner::Remark(&several)),
            ..Modal::default()
        };
        let body = modal.draw(buf, screen, cx.look);
        for (y, at) in (0..body.height).zip(self.window.visible()) {
            let line = row(body, y);
            let is_cursor = self.window.cursor() == Some(at);
            if is_cursor {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
            }
            let act = &self.acts[at];
            let how_far = if says_how_far(&act.head) { String::new() } else { far(act) };
            let taken = draw_right(buf, line, &Line::styled(how_far, theme.warn));
            let what = cx.look.fit(&act.head.act.what, line.width.saturating_sub(taken + 2)).into_owned();
            let what = clean(&what).into_owned();
            draw_left(buf, line, &Line::styled(what, if is_cursor { theme.title } else { theme.text }));
        }
        let below = self.window.height() as u16 + 1;
        for (y, line) in (below..body.height).zip(&lines) {
            draw_left(buf, row(body, y), &Line::styled(line.as_str(), theme.text));
        }
    }
}
