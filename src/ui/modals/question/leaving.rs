//! Who takes over what a user has who is to be active no more (R6.1).

use crate::domain::change::Change;
use crate::domain::user::leaving::{Heir, Leaves};
use crate::ui::layer::{Answer, Cx};
use crate::ui::modals::choose::{Choice, Choose};
use crate::ui::text::clean;

pub fn take_over(leaves: &Leaves, change: &Change, cx: &Cx) -> Option<Choose> {
    let Change::SetUser { user, .. } = change else { return None };
    let choice = |label: &str, aside: &str, heir| Choice {
        label: label.to_owned(),
        aside: aside.to_owned(),
        tint: None,
        answer: Answer::Perform(Box::new(Change::SetUser { user: user.clone(), heir })),
    };
    let others = cx.settings.users.iter().filter(|other| other.active && other.id != leaves.user);
    let mut choices: Vec<Choice> =
        others.map(|other| choice(&other.name, other.team.as_deref().unwrap_or(""), Heir::User(other.id))).collect();
    choices.push(choice("Nobody", "all of it stays theirs", Heir::Nobody));
    let title = format!("Who takes over from {}?", clean(&leaves.name));
    Some(Choose::new(title, leaves.counted(), choices, 0))
}
