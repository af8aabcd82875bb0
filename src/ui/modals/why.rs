//! Why something is as it is (R7.4), in sentences: what was done, by whom, when, from where, by which act and rule.

use super::history::{as_words, label_of, written};
use crate::domain::answer::HistoryWhat;
use crate::domain::change::Reason;
use crate::keys::{Command, Keys, rows::REASON};
use crate::ui::layer::{Cx, Effect, Layer, Slot};
use crate::ui::matter::Matter;
use crate::ui::record::said;
use crate::ui::text::{clean, wrap};
use crate::ui::widgets::{Hint, Modal, draw_left, row};
use crate::workspace::request::{Reply, Request};
use crate::workspace::why::{About, Told};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 76;

pub struct Why {
    matter: Matter,
    answer: Answer,
}

enum Answer {
    Awaited,
    /// There is no such value or association, and there never was.
    None,
    Told(Box<Told>),
}

impl Why {
    /// Asks; about nothing there is nothing to say.
    pub fn about(matter: Option<Matter>) -> Vec<Effect> {
        let push = |matter| Effect::Push(Box::new(Why { matter, answer: Answer::Awaited }));
        matter.map(push).into_iter().collect()
    }

    fn told(&self) -> Option<&Told> {
        match &self.answer {
            Answer::Told(told) => Some(told),
            Answer::Awaited | Answer::None => None,
        }
    }

    fn paragraphs(&self, cx: &Cx) -> Vec<String> {
        match &self.answer {
            Answer::Awaited => vec![cx.look.glyphs.skeleton.to_owned()],
            Answer::None => vec![match self.matter.about {
                About::Value(_) => "It is empty and was never set.".to_owned(),
                _ => "Nothing is known of it.".to_owned(),
            }],
            Answer::Told(told) => paragraphs(&self.matter, told, cx),
        }
    }
}

/// The value as it is; who did what when; the rule; the act.
fn paragraphs(matter: &Matter, told: &Told, cx: &Cx) -> Vec<String> {
    let entry = &told.entry;
    let value = matter.value.as_ref().map(|value| format!("It is {}.", clean(value)));
    let author = said::author(entry.by, cx);
    let (at, from) = (said::moment(entry.at, u16::MAX, cx), said::origin(entry.origin));
    let done = format!("{} by {author} on {at}, {from}.", verb(matter, told, cx));
    let worked_out = told.from.as_ref().map(|from| format!("It is worked out from {}.", clean(from)));
    let rule = match &entry.why {
        Reason::Asked => None,
        Reason::Rule(rule, sentence) => Some(format!("Rule {rule} did it: {}.", clean(sentence).trim_end_matches('.'))),
    };
    let act = format!("Act {}: {}.", entry.act, clean(&told.act));
    [value, worked_out, Some(done), rule, Some(act)].into_iter().flatten().collect()
}

/// `Changed from Lead to Customer`.
fn verb(matter: &Matter, told: &Told, cx: &Cx) -> String {
    let other =
        || told.other.as_deref().map_or_else(|| "what is erased since".to_owned(), |name| clean(name).into_owned());
    match &told.entry.what {
        HistoryWhat::Created if matches!(matter.about, About::Value(_)) => "Given when it was made".to_owned(),
        HistoryWhat::Created => "Made".to_owned(),
        HistoryWhat::Changed { property, old, new } => {
            let text = |value| written(matter.of, *property, value, cx);
            let what = match (old, new) {
                (None, Some(new)) => format!("set to {}", text(new)),
                (Some(old), None) => format!("cleared, it was {}", text(old)),
                (Some(old), Some(new)) => format!("changed from {} to {}", text(old), text(new)),
                (None, None) => "set".to_owned(),
            };
            if matter.about == About::Value(*property) {
                let mut letters = what.chars();
                return letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
            }
            format!("{} {what}", label_of(matter.of, *property, cx))
        }
        HistoryWhat::Associated { seen, .. } => match as_words(seen, cx) {
            words if words.is_empty() => format!("Associated with {}", other()),
            words => format!("Associated with {} ({words})", other()),
        },
        HistoryWhat::Dissociated { .. } => format!("Taken off {}", other()),
        HistoryWhat::Relabelled { .. } => format!("Labelled anew with {}", other()),
        HistoryWhat::Deleted => "Deleted".to_owned(),
        HistoryWhat::Restored => "Restored".to_owned(),
        HistoryWhat::Edited { field, .. } => format!("Changed its {}", field.replace('_', " ")),
        HistoryWhat::Pinned(Some(_)) => "Pinned an activity".to_owned(),
        HistoryWhat::Pinned(None) => "Unpinned an activity".to_owned(),
        HistoryWhat::Registered { .. } => "Changed its registrations".to_owned(),
        HistoryWhat::Followed(true) => "Followed".to_owned(),
        HistoryWhat::Followed(false) => "Followed no more".to_owned(),
    }
}

impl Layer for Why {
    fn name(&self, _: &Cx) -> String {
        "the reason".into()
    }

    fn keys(&self) -> &'static [Keys] {
        REASON
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn shown(&mut self, _: &Cx) -> Vec<Effect> {
        vec![Effect::Ask(0, Request::Why { of: self.matter.of, about: self.matter.about })]
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        (command == Command::Open && self.told().is_none()).then(|| "there is no act to go to".to_owned())
    }

    fn run(&mut self, command: Command, _: Option<u32>, _: &Cx) -> Vec<Effect> {
        match (command, self.told()) {
            (Command::Open, Some(told)) => vec![Effect::GoToAct(told.entry.act)],
            (Command::Escape, _) => vec![Effect::Pop(None)],
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, _: Slot, reply: Reply, _: &Cx) -> Vec<Effect> {
        match reply {
            Reply::Why(told) => {
                self.answer = told.map_or(Answer::None, Answer::Told);
                Vec::new()
            }
            Reply::Failed(_) => vec![Effect::Pop(None)],
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (buf, theme) = (frame.buffer_mut(), cx.look.theme);
        let inside = usize::from(WIDTH.min(screen.width).saturating_sub(6));
        let mut lines = Vec::new();
        for (at, paragraph) in self.paragraphs(cx).iter().enumerate() {
            let tone = if at == 0 && self.matter.value.is_some() { theme.title } else { theme.text };
            lines.extend((at > 0).then(Line::default));
            lines.extend(wrap(paragraph, inside).into_iter().map(|line| Line::styled(line, tone)));
        }
        let subject = format!(" {}", clean(&self.matter.subject));
        let subject = cx.look.fit(&subject, inside.saturating_sub(16) as u16);
        let title = [Span::styled("Why", theme.title), Span::styled(subject, theme.dim)];
        let hints = [Hint::new("enter", "to the act")];
        let modal = Modal {
            title: Line::from_iter(title),
            escape: "close",
            size: (WIDTH, lines.len() as u16 + 6),
            hints: if self.told().is_some() { &hints } else { &[] },
            ..Modal::default()
        };
        let body = modal.draw(buf, screen, cx.look);
        for (y, line) in (0..body.height).zip(&lines) {
            draw_left(buf, row(body, y), line);
        }
    }
}
