//! The task that a line is, or that follows: when it is due, its title, `!high` and `#queue`.

use super::dates::Lead;
use super::{Kind, Reader, ToDo, What, words};
use crate::domain::logging::line::Then;
use crate::domain::when::Moment;
use std::ops::Range;

/// Characters of a queue's name.
const QUEUE_MOST: usize = 200;

impl Reader<'_> {
    /// A date with a colon: when a task is due, when something was, or what follows.
    pub(super) fn follows(&mut self) -> bool {
        let (due, count, span) = match self.leads_on() {
            Some(Lead::Due { due, count, span }) => (due, count, span),
            Some(Lead::Wrong { error, count, span }) => {
                self.error(span.clone(), error.to_string());
                self.at += count;
                self.free.push(&self.text[span.clone()]);
                self.part(span, What::Text);
                return true;
            }
            None => return false,
        };
        let is_bare = self.free.is_empty() && self.quoted.is_empty();
        self.at += count;
        if self.line.kind == Kind::Task && is_bare && self.line.at.is_none() {
            self.line.at = Some(due);
            self.part(span, What::Due);
        } else if !self.is_past(due) {
            self.then(due, span);
        } else if is_bare && self.line.at.is_none() {
            self.line.at = Some(due);
            self.part(span, What::When);
        } else {
            let text = &self.text[span.clone()];
            let sentence =
                format!("“{}” is past, so it stays text: what follows lies ahead", text.trim_end_matches(':'));
            self.hint(span.clone(), sentence);
            self.free.push(text);
            self.part(span, What::Text);
        }
        true
    }

    fn is_past(&self, due: Moment) -> bool {
        if due.has_time { due.at < self.clock.now } else { self.clock.day_of(due.at) < self.clock.today() }
    }

    /// All that is left is the title of the task, and its marks.
    fn then(&mut self, due: Moment, span: Range<usize>) {
        self.part(span.clone(), What::Then);
        let own = std::mem::take(&mut self.line.todo);
        let mut titles = Vec::new();
        while self.at < self.pieces.len() {
            if self.mark() {
                continue;
            }
            let begin = self.pieces[self.at].span.start;
            let mut end = begin;
            while self.at < self.pieces.len() && !self.is_mark() {
                end = self.pieces[self.at].span.end;
                self.at += 1;
            }
            titles.push(self.text[begin..end].trim_matches('"'));
            self.part(begin..end, What::Title);
        }
        let title = titles.join(" ");
        let mut todo = std::mem::replace(&mut self.line.todo, own);
        todo.task = words::find(words::TASKS, title.split(' ').next().unwrap_or_default()).unwrap_or(todo.task);
        if title.is_empty() {
            self.error(span, "The task that follows needs a title behind the colon");
        }
        self.line.then = Some(Then { due, title, todo });
    }

    /// Whether `!high` or `#queue` of a task stands here.
    pub(super) fn is_mark(&self) -> bool {
        let is_todo = self.line.kind == Kind::Task || self.line.parts.iter().any(|part| part.what == What::Then);
        let Some(span) = self.words(1).filter(|_| is_todo) else { return false };
        let word = &self.text[span];
        let is_priority = word.strip_prefix('!').is_some_and(|word| words::find(words::PRIORITIES, word).is_some());
        is_priority || queue(word).is_some()
    }

    /// Takes one of them.
    pub(super) fn mark(&mut self) -> bool {
        let Some(span) = self.words(1).filter(|_| self.is_mark()) else { return false };
        let word = &self.text[span.clone()];
        let todo: &mut ToDo = &mut self.line.todo;
        let what = if let Some(name) = queue(word) {
            name.clone_into(&mut todo.queue);
            What::Queue
        } else {
            todo.priority = words::find(words::PRIORITIES, &word[1..]).unwrap_or(todo.priority);
            What::Priority
        };
        self.at += 1;
        self.part(span, what);
        true
    }
}

/// `#offers`; a number behind it is no queue.
fn queue(word: &str) -> Option<&str> {
    let name = word.strip_prefix('#')?;
    (name.starts_with(char::is_alphabetic) && name.chars().count() <= QUEUE_MOST).then_some(name)
}
