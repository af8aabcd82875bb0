//! **Settings > Objects > Associations**: for each pair of objects how many one may have (R5.3), a draft until it is saved
//! (R2.3), and what they are to each other (R5.5), each change of which is done at once.

mod draw;
mod label;

use super::general::Typing;
use super::lines::{Lines, Stop};
use super::{Page, lacking};
use crate::domain::change::Change;
use crate::domain::id::{LabelId, Object};
use crate::domain::label::Label;
use crate::domain::settings::{LIMITS, NONE, Settings, read_most};
use crate::domain::user::Right;
use crate::keys::rows::{SETTINGS_ASSOCIATIONS, SETTINGS_FIELD};
use crate::keys::{Command, KeyMode, Keys};
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect};
use crate::ui::terminal::Input;
use crate::ui::widgets::{Tab, TextField};
use crate::workspace::request::Reply;
use crossterm::event::MouseEvent;
use label::Labelling;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::BTreeMap;

const RIGHT: Right = Right::PropertySettings;

type Pair = (Object, Object);

/// A line of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Head(Pair),
    /// How many of the second one of the first may have.
    Limit(Pair),
    Label(Pair, LabelId),
    Gap,
}

impl Stop for Line {
    fn is_stop(self) -> bool {
        matches!(self, Line::Limit(_) | Line::Label(..))
    }
}

#[derive(Default)]
pub struct Associations {
    lines: Lines<Line>,
    /// Limits that were changed and wait to be saved.
    draft: BTreeMap<Pair, Option<usize>>,
    /// What of it is on its way.
    sent: Option<BTreeMap<Pair, Option<usize>>>,
    typing: Option<Typing>,
    drawn: Rect,
}

/// Every pair of objects once, the limits both ways, and its labels.
fn lines(settings: &Settings) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, one) in settings.objects.iter().enumerate() {
        for other in &settings.objects[at..] {
            let pair = (one.object, other.object);
            if pair == (Object::LEAD, Object::LEAD) {
                continue;
            }
            if !lines.is_empty() {
                lines.push(Line::Gap);
            }
            lines.extend([Line::Head(pair), Line::Limit(pair)]);
            if pair.0 != pair.1 {
                lines.push(Line::Limit((pair.1, pair.0)));
            }
            let is_of = |label: &&Label| !label.deleted && [pair, (pair.1, pair.0)].contains(&(label.from, label.to));
            lines.extend(settings.labels.iter().filter(is_of).map(|label| Line::Label(pair, label.id)));
        }
    }
    lines
}

/// What a row is found by from elsewhere.
fn place_of(line: Line) -> Option<String> {
    match line {
        Line::Limit((of, to)) => Some(format!("limit {} {}", of.0, to.0)),
        Line::Label(_, id) => Some(format!("label {}", id.0)),
        Line::Head(_) | Line::Gap => None,
    }
}

fn called(line: Line, cx: &Cx) -> Option<String> {
    let plural = |object: Object| cx.settings.object(object).map(|spec| spec.plural.as_str());
    match line {
        Line::Limit((of, to)) => Some(format!("Limit: {} of {}", plural(to)?, plural(of)?.to_lowercase())),
        Line::Label(_, id) => cx.settings.label(id).map(|label| format!("Label: {}", label.shown())),
        Line::Head(_) | Line::Gap => None,
    }
}

impl Associations {
    fn label<'c>(&self, cx: &'c Cx) -> Option<&'c Label> {
        match self.lines.line()? {
            Line::Label(_, id) => cx.settings.label(id),
            _ => None,
        }
    }

    fn saved(pair: Pair, cx: &Cx) -> Option<usize> {
        cx.settings.associations.limit(pair.0, pair.1)
    }

    fn limit(&self, pair: Pair, cx: &Cx) -> Option<usize> {
        self.draft.get(&pair).copied().unwrap_or_else(|| Self::saved(pair, cx))
    }

    fn edit(&mut self, cx: &Cx) -> Vec<Effect> {
        match self.lines.line() {
            Some(Line::Limit(pair)) => {
                let text = self.limit(pair, cx).map(|most| most.to_string()).unwrap_or_default();
                self.typing = Some(Typing::of(TextField::new(&text).limited(12)));
                Vec::new()
            }
            Some(Line::Label(..)) => {
                let form = self.label(cx).map(Labelling::of);
                form.map(|form| Effect::Push(Box::new(form))).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// What is typed goes into the draft. False: it is no limit, and the field says why.
    fn take_typed(&mut self, cx: &Cx) -> bool {
        let Some(Line::Limit(pair)) = self.lines.line() else { return true };
        let Some(typing) = &mut self.typing else { return true };
        match read_most(typing.field.text()) {
            Ok(most) => {
                self.typing = None;
                self.draft.insert(pair, most);
                self.drop_saved(cx);
                true
            }
            Err(sentence) => {
                typing.refusal = Some(sentence);
                false
            }
        }
    }

    /// What is so already is no change.
    fn drop_saved(&mut self, cx: &Cx) {
        self.draft.retain(|pair, most| Self::saved(*pair, cx) != *most);
    }

    fn save(&mut self, cx: &Cx) -> Vec<Effect> {
        if !self.take_typed(cx) || self.draft.is_empty() {
            return Vec::new();
        }
        let name = |object| cx.settings.object(object).map(|spec| spec.name.as_str()).unwrap_or_default();
        let one = |(pair, most): (&Pair, &Option<usize>)| {
            let most = most.map_or_else(|| NONE.to_owned(), |most| most.to_string());
            format!("{}>{}={most}", name(pair.0), name(pair.1))
        };
        let text = self.draft.iter().map(one).collect::<Vec<_>>().join(";");
        self.sent = Some(self.draft.clone());
        vec![Effect::Perform(0, Change::Settings { values: vec![(LIMITS.to_owned(), text)] })]
    }

    fn new_label(&self) -> Vec<Effect> {
        let Some(Line::Limit(pair) | Line::Label(pair, _)) = self.lines.line() else { return Vec::new() };
        vec![Effect::Push(Box::new(Labelling::new(pair)))]
    }

    fn delete(&self, cx: &Cx) -> Vec<Effect> {
        let delete = |label: &Label| Effect::Perform(0, Change::DeleteLabel { id: label.id });
        self.label(cx).map(delete).into_iter().collect()
    }

    /// A second click on a row edits it.
    fn mouse(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        let again = self.lines.mouse(mouse, self.drawn)?;
        Some(if again && self.reason(Command::Edit, cx).is_none() { self.edit(cx) } else { Vec::new() })
    }

    /// Why a command does nothing now.
    fn reason(&self, command: Command, cx: &Cx) -> Option<String> {
        use Command as C;
        let label = self.label(cx);
        match command {
            C::Edit | C::NewLabel | C::Delete if !RIGHT.is_held_by(cx.user) => lacking(RIGHT, cx),
            C::Edit | C::Delete if label.is_some_and(Label::is_built_in) => Some("this label is built in".into()),
            C::Delete if label.is_none() => Some("no label is here".into()),
            C::Save | C::Discard if self.unsaved() == 0 => Some("nothing was changed".into()),
            _ => None,
        }
    }
}

impl Page for Associations {
    fn tabs(&self, _: &Cx) -> (Vec<Tab<'static>>, usize) {
        (vec![Tab { changed: self.unsaved() > 0, ..Tab::new("Associations") }], 0)
    }

    fn keys(&self) -> &'static [Keys] {
        if self.typing.is_some() { SETTINGS_FIELD } else { SETTINGS_ASSOCIATIONS }
    }

    fn mode(&self) -> KeyMode {
        if self.typing.is_some() { KeyMode::Text } else { KeyMode::Normal }
    }

    fn rows(&self, cx: &Cx) -> Vec<(String, String)> {
        let all = lines(cx.settings).into_iter();
        all.filter_map(|line| Some((place_of(line)?, called(line, cx)?))).collect()
    }

    fn go_to_row(&mut self, name: &str, cx: &Cx) {
        self.renew(cx);
        self.lines.go_to(|line| place_of(line).as_deref() == Some(name));
    }

    fn renew(&mut self, cx: &Cx) {
        self.lines.put(lines(cx.settings));
        self.drop_saved(cx);
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match (input, &mut self.typing) {
            (input, Some(typing)) => typing.input(input).map(|()| Vec::new()),
            (Input::Mouse(mouse), None) => self.mouse(*mouse, cx),
            _ => None,
        }
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        self.reason(command, cx)
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Option<Vec<Effect>> {
        match command {
            Command::Edit => return Some(self.edit(cx)),
            Command::NewLabel => return Some(self.new_label()),
            Command::Delete => return Some(self.delete(cx)),
            Command::SaveField => _ = self.take_typed(cx),
            Command::Save => return Some(self.save(cx)),
            Command::Discard => {
                self.typing = None;
                self.draft.clear();
            }
            Command::Escape => return self.typing.take().map(|_| Vec::new()),
            movement => self.lines.run(movement, count),
        }
        Some(Vec::new())
    }

    fn reply(&mut self, reply: Reply, cx: &Cx) -> Vec<Effect> {
        if matches!(reply, Reply::Done(_))
            && let Some(sent) = self.sent.take()
        {
            self.draft.retain(|pair, most| sent.get(pair) != Some(most));
        }
        self.renew(cx);
        done::told(&reply)
    }

    /// The cursor goes to the label that was made.
    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        if let Answer::Chosen(name) = answer {
            self.renew(cx);
            let is_it = |line| matches!(line, Line::Label(_, id) if cx.settings.label_name(id) == Some(&name));
            self.lines.go_to(is_it);
        }
        Vec::new()
    }

    fn unsaved(&self) -> usize {
        let is_typed = self.typing.as_ref().is_some_and(|typing| typing.is_touched);
        let is_known = matches!(self.lines.line(), Some(Line::Limit(pair)) if self.draft.contains_key(&pair));
        self.draft.len() + usize::from(is_typed && !is_known)
    }

    fn draw(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        self.paint(buf, area, focused, cx)
    }
}
