//! Which tasks are gone through: whose, of which type, of which queue. It is remembered from one start to the next.

use super::Today;
use crate::domain::agenda::{PlannedKind, Queue, Whose};
use crate::ui::layer::{Cx, Effect};
use crate::ui::modals::choose::{Choice, Choose};

const ALL: &str = "all types";

/// One thing that the queue can be narrowed or widened by: its label, what it is a matter of, the queue with it.
fn choices(queue: &Queue, names: &[String]) -> Vec<(String, &'static str, Queue)> {
    let whose = Whose::ROWS
        .iter()
        .map(|(whose, label)| ((*label).to_owned(), "whose", Queue { whose: *whose, ..queue.clone() }));
    let kinds = PlannedKind::ROWS.iter().map(|(kind, label)| (Some(*kind), *label));
    let kinds = [(None, ALL)].into_iter().chain(kinds);
    let kinds = kinds.map(|(kind, label)| (label.to_owned(), "type", Queue { kind, ..queue.clone() }));
    let of_name = names.iter().map(|name| (name.clone(), "queue", Queue { name: Some(name.clone()), ..queue.clone() }));
    let any = ("any queue".to_owned(), "queue", Queue { name: None, ..queue.clone() });
    let any = Some(any).filter(|_| !names.is_empty() || queue.name.is_some());
    whose.chain(kinds).chain(any).chain(of_name).collect()
}

/// `mine, all types`.
pub(super) fn label(queue: &Queue) -> String {
    let kind = queue.kind.map_or(ALL, PlannedKind::label);
    let name = queue.name.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
    format!("{}, {kind}{name}", queue.whose.label())
}

impl Today {
    fn queue_names(&self) -> &[String] {
        self.told.as_ref().map_or(&[], |told| &told.queues)
    }

    pub(super) fn queues(&self) -> Choose {
        let choice = |(label, of, with): (String, &str, Queue)| {
            let aside = if with == self.queue { format!("{of}, as it is") } else { of.to_owned() };
            // It is plain data, which can always be written.
            let name = serde_json::to_string(&with).unwrap_or_default();
            Choice::named(&name, &label, &aside)
        };
        let choices = choices(&self.queue, self.queue_names()).into_iter().map(choice).collect();
        Choose::new("Go through", label(&self.queue), choices, 0)
    }

    pub(super) fn choose_queue(&mut self, chosen: &str, cx: &Cx) -> Vec<Effect> {
        let Ok(queue) = serde_json::from_str::<Queue>(chosen) else { return Vec::new() };
        self.marks.clear();
        self.queue = queue.clone();
        let mut effects = vec![Effect::Keep(Box::new(move |kept| kept.queue = queue))];
        effects.extend(self.ask_from_top(cx));
        effects
    }
}
