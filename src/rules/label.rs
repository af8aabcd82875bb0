//! Labels of associations that users define (R5.5). A label is a row of the settings; deleting one hides it and leaves
//! its number on the associations, so that undo only has to show it again.

use super::association::check_objects;
use super::permission::check_property_settings;
use super::settings::{put, row};
use super::{Draft, Granted, Planned};
use crate::domain::change::{Refusal, Rule};
use crate::domain::fold::fold;
use crate::domain::graph::Graph;
use crate::domain::id::{LabelId, Object};
use crate::domain::label::{Label, NAME_MOST, label_key, label_of_key};
use crate::domain::number::grouped;
use crate::domain::settings::Settings;

pub(super) fn add(draft: &mut Draft, from: Object, to: Object, name: &str, inverse: Option<&str>) -> Planned<Granted> {
    check_property_settings(draft)?;
    check_objects(from, to)?;
    let settings = draft.settings();
    for object in [from, to] {
        settings.object(object).ok_or_else(|| Refusal::Missing("There is no such object".to_owned()))?;
    }
    let (name, inverse) = written(name, inverse);
    let full = || no("Every number of a label was used. No more can be made");
    let id = settings.free_label_id(inverse.is_some()).ok_or_else(full)?;
    let label = Label { id, from, to, name, inverse, deleted: false };
    check(&settings, &label)?;
    put(draft, &label_key(id), Some(row(&label)))?;
    Ok(Granted::new(format!("Added the label {}", label.shown()), Vec::new()))
}

pub(super) fn set(draft: &mut Draft, id: LabelId, name: &str, inverse: Option<&str>) -> Planned<Granted> {
    check_property_settings(draft)?;
    let settings = draft.settings();
    let before = own(&settings, id)?;
    let (name, inverse) = written(name, inverse);
    if inverse.is_some() != before.inverse.is_some() {
        let sentence = match before.inverse {
            Some(_) => format!("{} is paired and stays so. Give both names, which must differ", before.shown()),
            None => format!("{} reads the same both ways and stays so. Add another label", before.shown()),
        };
        return Err(no(sentence).into());
    }
    let label = Label { name, inverse, ..before.clone() };
    check(&settings, &label)?;
    if label != *before {
        put(draft, &label_key(label.id), Some(row(&label)))?;
    }
    Ok(Granted::new(format!("Renamed the label {} to {}", before.shown(), label.shown()), Vec::new()))
}

pub(super) fn delete(draft: &mut Draft, id: LabelId) -> Planned<Granted> {
    check_property_settings(draft)?;
    let settings = draft.settings();
    let label = own(&settings, id)?;
    let mut carry = 0u64;
    draft.each_tie(label.from, label.to, &mut |end, link| {
        let counts = link.labels.contains(&label.id) || link.labels.contains(&label.id.other_way());
        // Within one object each association is seen twice.
        carry += u64::from(counts && (label.from != label.to || end < link.other));
    })?;
    put(draft, &label_key(label.id), Some(row(&Label { deleted: true, ..label.clone() })))?;
    let carried = match carry {
        0 => "which no association carried".to_owned(),
        1 => "which 1 association carried".to_owned(),
        many => format!("which {} associations carried", grouped(many)),
    };
    Ok(Granted::new(format!("Deleted the label {}, {carried}", label.shown()), Vec::new()))
}

/// The row that undo puts in the place of `to`: the one before; a label that was not there yet is hidden, so that its
/// number is never given twice.
pub(super) fn row_before(
    settings: &Settings,
    key: &str,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<String, String> {
    let read = |row: Option<&str>| row.and_then(|row| serde_json::from_str::<Label>(row).ok());
    let known = label_of_key(key).and(read(to)).filter(|_| settings.row(key) == to);
    let Some(now) = known else {
        return Err(match read(to) {
            Some(label) => format!("The label {} was changed since", label.shown()),
            None => format!("The setting {key} was changed since"),
        });
    };
    let before = read(from).unwrap_or(Label { deleted: true, ..now });
    match before.deleted {
        true => Ok(row(&before)),
        false => check(settings, &before).map(|()| row(&before)).map_err(|refusal| refusal.to_string()),
    }
}

/// A label that users made and that is not deleted.
fn own(settings: &Settings, id: LabelId) -> Planned<&Label> {
    let label = settings.label(id).filter(|label| !label.deleted);
    let label =
        label.ok_or_else(|| Refusal::Missing("There is no such label. `lejek label list` names them".to_owned()))?;
    if label.is_built_in() {
        return Err(no(format!("{} is built in and stays as it is", label.shown())).into());
    }
    Ok(label)
}

/// What is kept of names: no blanks around. An inverse that says the same is none.
fn written(name: &str, inverse: Option<&str>) -> (String, Option<String>) {
    let clean = |text: &str| {
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let name = clean(name);
    let inverse = inverse.map(clean).filter(|inverse| !inverse.is_empty() && fold(inverse) != fold(&name));
    (name, inverse)
}

/// Names are names, and nothing else reads so on the same page.
fn check(settings: &Settings, label: &Label) -> Result<(), Refusal> {
    for name in std::iter::once(&label.name).chain(&label.inverse) {
        if name.is_empty() {
            return Err(no("A label needs a name"));
        }
        if name.chars().count() > NAME_MOST {
            return Err(no(format!("A label has {NAME_MOST} letters at most")));
        }
        if let Some(sign) = name.chars().find(|c| matches!(c, ';' | '=')) {
            return Err(no(format!("A label can't have a {sign} in it")));
        }
    }
    for (of, about) in [(label.from, label.to), (label.to, label.from)] {
        for (_, name) in label.readings(of, about) {
            let taken = settings.labels_for(of, about).into_iter();
            let mut taken = taken.filter(|(id, _)| !label.is(*id)).map(|(_, other)| other);
            if let Some(other) = taken.find(|other| fold(other) == fold(name)) {
                return Err(no(format!("There is a label {other} for these already. Give this one another name")));
            }
        }
    }
    Ok(())
}

fn no(sentence: impl Into<String>) -> Refusal {
    Refusal::Rule { rule: Some(Rule(5, 5)), sentence: sentence.into(), field: None }
}
