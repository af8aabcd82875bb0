//! What somebody sees of what is there (R6.4): records, activities, and how acts about others call themselves.

use super::activity::Activity;
use super::change::{ActHead, Author, subjects};
use super::graph::{Graph, LoggedOp, Read};
use super::id::{RecordId, Ref, Seq};
use super::object::is;
use super::record::Record;
use super::user::Viewer;
use super::value::Value;

/// What stands in the place of the name of a record or activity.
pub const UNSEEN: &str = "one that you may not see";

/// A name where a sentence begins with it.
pub fn first_in_sentence(name: String) -> String {
    if name == UNSEEN { "Something that you may not see".to_owned() } else { name }
}

/// Commits of a long act that are looked through.
const COMMITS_AT_MOST: u64 = 50;

pub fn sees(viewer: &Viewer, record: &Record) -> bool {
    viewer.sees(record.id.object, record.values.get(is::OWNER).and_then(Value::as_user))
}

/// Its author does, and whoever sees one of its records. One without records is seen by whoever sees the record that it
/// was logged on.
pub fn sees_activity(graph: &dyn Graph, viewer: &Viewer, activity: &Activity) -> Read<bool> {
    if viewer.user.is_none_or(|user| activity.stamp.by == Author::User(user)) {
        return Ok(true);
    }
    for id in records_of(activity) {
        if sees_id(graph, viewer, id)? == Some(true) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn records_of(activity: &Activity) -> impl Iterator<Item = RecordId> {
    let home = Some(activity.logged_on).filter(|_| activity.targets.is_empty());
    activity.targets.iter().map(|target| target.record).chain(home)
}

/// Standing or in the bin; `None`: it is neither.
fn sees_id(graph: &dyn Graph, viewer: &Viewer, id: RecordId) -> Read<Option<bool>> {
    if id.uuid.is_nil() {
        // An event that awaits its record is seen like a record that nobody owns.
        return Ok(Some(viewer.sees(id.object, None)));
    }
    let binned = || graph.binned(id).map(|found| found.map(|binned| binned.record));
    let record = graph.record(id)?.map_or_else(binned, |record| Ok(Some(record)))?;
    Ok(record.map(|record| sees(viewer, &record)))
}

/// What an act calls itself, for somebody: without names where it is about something that they may not see.
pub fn what_of(graph: &dyn Graph, viewer: &Viewer, head: &ActHead) -> Read<String> {
    if viewer.sees_all() || !hides(graph, viewer, head)? {
        return Ok(head.act.what.clone());
    }
    let verb = |text: &str| text.split([' ', ':']).next().unwrap_or_default().to_owned();
    Ok(format!("{} something that you may not see", verb(&head.act.what)))
}

/// Whether an act is about something that is hidden.
fn hides(graph: &dyn Graph, viewer: &Viewer, head: &ActHead) -> Read<bool> {
    for seq in (head.first.0..=head.last.0).take(COMMITS_AT_MOST as usize) {
        let Some(logged) = graph.logged(Seq(seq))?.filter(|logged| logged.act == head.act.no) else { continue };
        for of in logged.ops.iter().flat_map(|(op, _)| about(op)) {
            if hides_one(graph, viewer, of)? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// An act about an activity names the records that it is on as well.
fn hides_one(graph: &dyn Graph, viewer: &Viewer, of: Ref) -> Read<bool> {
    let id = match of {
        Ref::Record(id) => return Ok(sees_id(graph, viewer, id)? == Some(false)),
        Ref::Activity(id) => id,
    };
    let binned = || graph.binned_activity(id);
    let Some(activity) = graph.activity(id)?.map_or_else(binned, |found| Ok(Some(found)))? else { return Ok(false) };
    for id in records_of(&activity).chain([activity.home()]) {
        if sees_id(graph, viewer, id)? == Some(false) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What an op of the log is about.
pub fn about(op: &LoggedOp) -> Vec<Ref> {
    match op {
        LoggedOp::Created(id) => vec![Ref::Record(*id)],
        LoggedOp::Linked(a, b) => vec![Ref::Record(*a), Ref::Record(*b)],
        LoggedOp::Logged(id) => vec![Ref::Activity(*id)],
        LoggedOp::Notified(_) | LoggedOp::Withdrawn(_) | LoggedOp::Erased => Vec::new(),
        LoggedOp::Whole(op) => subjects(op),
    }
}
