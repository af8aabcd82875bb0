//! The labels of an association (R5.5), ticked in a short list. Whoever pushes it gets them as [`Answer::Labels`].

use super::ticks::{Tick, Ticks};
use crate::domain::id::{LabelId, Object};
use crate::ui::layer::{Answer, Cx};

/// Why there is nothing to choose for a record of `about` on the page of one of `of`.
pub fn unlabelled(of: Object, about: Object, cx: &Cx) -> Option<String> {
    let is_none = cx.settings.labels_for(of, about).is_empty();
    is_none.then(|| "no labels are defined for these, Settings > Objects > Associations defines them".to_owned())
}

/// What `name`, a record of `about`, is to one of `of`.
pub fn labels(name: &str, of: Object, about: Object, has: &[LabelId], cx: &Cx) -> Ticks {
    let all = cx.settings.labels_for(of, about);
    let tick = |(id, label): &(LabelId, &str)| {
        let other = cx.settings.label_name(id.other_way()).filter(|_| id.is_paired());
        let aside = other.map_or_else(String::new, |other| format!("{other} the other way"));
        Tick { label: (*label).to_owned(), aside, on: has.contains(id), group: "" }
    };
    let ticks = all.iter().map(tick).collect();
    let ids: Vec<LabelId> = all.iter().map(|(id, _)| *id).collect();
    let answer = move |ticked: &[usize]| Answer::Labels(ticked.iter().map(|at| ids[*at]).collect());
    Ticks::new(("Labels of ", name.to_owned()), "Save", ticks, Box::new(answer))
}
