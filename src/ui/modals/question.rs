//! What an act must know before it is done (R5.9 and others): the dialog of each [`Question`]. To add one, add its row
//! in [`dialog`], or in [`layer`] if it is answered otherwise than by yes or no.

mod leaving;
mod moving;

use super::choose::{Choice, Choose};
use crate::domain::association::Full;
use crate::domain::change::{Change, Question, counted_names, losing};
use crate::domain::number::grouped;
use crate::domain::property::form::{Held, Instead};
use crate::keys::{Command, KeyMode, Keys, rows::DIALOG};
use crate::ui::layer::{Answer, Cx, Effect, Layer};
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{Confirm, Edit, TextField};
use ratatui::Frame;
use ratatui::layout::Rect;

/// More than this is not confirmed by one key.
const MANY: usize = 100;
/// Of those at a limit, so many are named.
const NAMED: usize = 3;
/// What is typed then.
const WORD: &str = "erase";

/// One question, as it is asked.
struct Dialog {
    question: String,
    detail: String,
    /// What `y` does.
    act: String,
    /// The same change with the answer.
    agreed: Change,
    /// What must be typed instead of `y`.
    word: Option<&'static str>,
}

/// The dialog of a question about `change`; none where the change has no answer to it.
fn dialog(question: &Question, change: &Change) -> Option<Dialog> {
    match (question, change) {
        (Question::Erase { what, names, activities }, Change::Erase { what: all, .. }) => Some(Dialog {
            question: format!("Erase {} for good?", clean(&counted_names(names))),
            detail: match activities {
                0 => "Nothing of it can be brought back. Older backups still hold it.".to_owned(),
                1 => "It and one activity can't be brought back. Older backups still hold them.".to_owned(),
                n => format!("It and {n} activities can't be brought back. Older backups still hold them."),
            },
            act: if what.len() == 1 { "erase it".to_owned() } else { format!("erase {}", what.len()) },
            agreed: Change::Erase { what: all.clone(), confirmed: true },
            word: (what.len() > MANY).then_some(WORD),
        }),
        (Question::RestoreWithout { property, value, taken_by, .. }, Change::Restore { what, without }) => {
            let without = without.iter().copied().chain([*property]).collect();
            Some(Dialog {
                question: "Restore without it?".to_owned(),
                detail: format!("{} has {} by now, and it can belong to one only.", clean(taken_by), clean(value)),
                act: "restore without it".to_owned(),
                agreed: Change::Restore { what: what.clone(), without },
                word: None,
            })
        }
        (Question::LeadsGo { names, count }, Change::Delete { .. } | Change::Associate { .. }) => Some(agreed(
            change,
            if *count == 1 { "Let the lead go too?" } else { "Let the leads go too?" },
            format!("{}. Undo brings all of it back.", clean(&losing(names, *count))),
            "put all of it into the bin",
        )),
        (Question::Unassociated { name, .. }, Change::Amend { .. }) => Some(agreed(
            change,
            "Take it off its last record?",
            format!("{} then stands under Unassociated activities. Undo brings it back.", clean(name)),
            "take it off",
        )),
        (Question::Replace(full), Change::Associate { .. } | Change::Create { .. }) => Some(replace(full, change)),
        (Question::Held(held), Change::DeleteProperty { object, id, .. }) => Some(Dialog {
            question: format!("Delete {}?", clean(&held.label)),
            detail: format!(
                "{} a value of it, which will not be seen any more. Undo brings all of it back.",
                holding(held)
            ),
            act: "delete it".to_owned(),
            agreed: Change::DeleteProperty { object: *object, id: *id, confirmed: true },
            word: None,
        }),
        (Question::DeleteObject(holding), Change::DeleteObject { object, .. }) => Some(Dialog {
            question: format!("Delete {}?", clean(&holding.plural)),
            detail: match holding.records {
                0 => format!("{} will not be seen any more. Undo brings all of it back.", holding.counted()),
                _ => format!("{}: the records go to the bin. Undo brings all of it back.", holding.counted()),
            },
            act: "delete it".to_owned(),
            agreed: Change::DeleteObject { object: *object, confirmed: true },
            word: None,
        }),
        _ => None,
    }
}

/// A yes to the change as it is.
fn agreed(change: &Change, question: &str, detail: String, act: &str) -> Dialog {
    Dialog {
        question: question.to_owned(),
        detail,
        act: act.to_owned(),
        agreed: Change::Agreed(Box::new(change.clone())),
        word: None,
    }
}

/// Who has as many as they may, what would give way, and what would come.
fn replace(full: &[Full], change: &Change) -> Dialog {
    let way = |full: &Full| format!("{}. {} takes the place of {}.", full.sentence(), full.comes, full.goes_name);
    let mut detail: Vec<String> = full.iter().take(NAMED).map(way).collect();
    if full.len() > NAMED {
        detail.push(format!("And {} more.", full.len() - NAMED));
    }
    let (question, act) = match full {
        [one] => (format!("Replace {}?", clean(&one.goes_name)), "replace it".to_owned()),
        all => (format!("Replace {} associations?", all.len()), format!("replace all {}", all.len())),
    };
    Dialog { question, detail: clean(&detail.join(" ")).into_owned(), act, agreed: change.replacing(), word: None }
}

/// `12 records hold`.
fn holding(held: &Held) -> String {
    match held.records {
        1 => "1 record holds".to_owned(),
        records => format!("{} records hold", grouped(records as u64)),
    }
}

/// What takes the place of options that records hold, one of those that stay, or nothing.
fn instead(held: &Held, change: &Change, cx: &Cx) -> Option<Choose> {
    let Change::SetProperty { object, id, form, .. } = change else { return None };
    let property = cx.settings.object(*object)?.property(*id)?;
    let answer = |instead| {
        let form = form.clone();
        Answer::Perform(Box::new(Change::SetProperty { object: *object, id: *id, form, instead }))
    };
    let known = form.options.iter().filter_map(|option| Some((option.id?, option)));
    let mut choices: Vec<Choice> = known
        .map(|(id, option)| Choice {
            label: option.label.clone(),
            aside: String::new(),
            tint: Some(option.tint),
            answer: answer(Instead::Option(id)),
        })
        .collect();
    if !property.required {
        let aside = "the values are cleared".to_owned();
        choices.push(Choice { label: "No option".to_owned(), aside, tint: None, answer: answer(Instead::Clear) });
    }
    let title = format!("{} {}", holding(held), held.options.join(", "));
    Some(Choose::new(title, "What takes its place? Undo brings it back.", choices, 0))
}

/// The layer that asks a question about `change`; none where the change has no answer to it.
pub fn layer(question: &Question, change: &Change, cx: &Cx) -> Option<Box<dyn Layer>> {
    match question {
        Question::Held(held) if !held.options.is_empty() => Some(Box::new(instead(held, change, cx)?)),
        Question::Reason(disqualifying) => Some(Box::new(moving::reason(disqualifying, change, cx)?)),
        Question::Deal(qualifying) => Some(Box::new(moving::deal(qualifying, change)?)),
        Question::ExistingLeads { count } => Some(Box::new(moving::existing_leads(*count, change)?)),
        Question::StageHolds(holds) => Some(Box::new(moving::stage(holds, change)?)),
        Question::TakeOver(leaves) => Some(Box::new(leaving::take_over(leaves, change, cx)?)),
        question => Some(Box::new(Asked::new(question, change)?)),
    }
}

/// A question that waits for its answer.
pub struct Asked {
    dialog: Dialog,
    typed: TextField,
    cursor: Option<Rect>,
}

impl Asked {
    pub fn new(question: &Question, change: &Change) -> Option<Asked> {
        dialog(question, change).map(|dialog| Asked { dialog, typed: TextField::default().limited(20), cursor: None })
    }

    fn agree(&self) -> Vec<Effect> {
        vec![Effect::Pop(Some(Answer::Perform(Box::new(self.dialog.agreed.clone()))))]
    }
}

impl Layer for Asked {
    fn name(&self, _: &Cx) -> String {
        "the question".into()
    }

    fn keys(&self) -> &'static [Keys] {
        &[DIALOG]
    }

    fn mode(&self) -> KeyMode {
        if self.dialog.word.is_some() { KeyMode::Text } else { KeyMode::Normal }
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        let word = self.dialog.word?;
        match input {
            Input::Key(key) => match self.typed.key(*key)? {
                Edit::Changed if self.typed.text().eq_ignore_ascii_case(word) => Some(self.agree()),
                _ => Some(Vec::new()),
            },
            _ => None,
        }
    }

    fn run(&mut self, command: Command, _: Option<u32>, _: &Cx) -> Vec<Effect> {
        match command {
            Command::Agree => self.agree(),
            Command::Keep | Command::Escape => vec![Effect::Pop(None)],
            _ => Vec::new(),
        }
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let Dialog { question, detail, act, word, .. } = &self.dialog;
        let word = word.map(|word| (word, &self.typed));
        let confirm = Confirm { question, detail, act, word };
        self.cursor = confirm.draw(frame.buffer_mut(), screen, cx.look);
    }
}
