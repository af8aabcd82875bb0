//! Before a merge (R5.11): what it would do, and which records may be the same as another.

use super::{Failure, Workspace};
use crate::domain::answer::Row;
use crate::domain::change::{Change, Done, Op, Origin};
use crate::domain::email;
use crate::domain::fold::{fold, words};
use crate::domain::graph::{Key, Read};
use crate::domain::id::{ActNo, NoIds, Object, PropertyId, RecordId};
use crate::domain::merge::{Likeness, Lookalike, Preview};
use crate::domain::object::is;
use crate::domain::record::Record;
use crate::domain::search::Search;
use crate::rules;
use crate::store::read::sees;
use std::collections::{BTreeMap, HashMap};

/// Records that are looked at closely for each way in which they may be alike, and that are offered at most.
const LOOKED_AT: usize = 50;
const OFFERED: usize = 8;

impl Workspace {
    /// What a merge would do; nothing is written. Refused like the merge itself.
    pub fn preview_merge(
        &self,
        into: RecordId,
        from: RecordId,
        take: &[PropertyId],
    ) -> Result<(Preview, Done), Failure> {
        let change = Change::Merge { into, from, take: take.to_vec() };
        let plan = rules::plan(&change, self.store().as_ref(), self.asking(Origin::Interface), &mut NoIds)?;
        let store = self.store();
        let (Some(first), Some(second)) = (store.record(into)?, store.record(from)?) else {
            return Err(Failure::Failed("One of the records went meanwhile. Look again".to_owned()));
        };
        let mut moved: BTreeMap<Object, usize> = BTreeMap::new();
        let mut shared = 0;
        for (op, _) in &plan.ops {
            match op {
                Op::Link(tie) if store.link(into, tie.other(into))?.is_none() => {
                    *moved.entry(tie.other(into).object).or_default() += 1;
                }
                Op::Unlink(tie) if tie.other(from) != into && [tie.a, tie.b].contains(&from) => {
                    shared += usize::from(store.link(into, tie.other(from))?.is_some());
                }
                _ => {}
            }
        }
        let (activities, skipped) = (store.entries(from)?.len(), plan.skipped.clone());
        let preview =
            Preview { into: first, from: second, moved: moved.into_iter().collect(), shared, activities, skipped };
        Ok((preview, plan.done(ActNo::NONE)))
    }

    /// Records of the same object that may be the same person, company or thing, the likeliest first.
    pub fn lookalikes(&self, id: RecordId) -> Result<Vec<Lookalike>, Failure> {
        let Some(record) = self.store().record(id)?.filter(|record| sees(&self.viewer(), record)) else {
            return Ok(Vec::new());
        };
        let mut found: HashMap<RecordId, Lookalike> = HashMap::new();
        let mut add = |row: Row, why: Likeness| {
            if row.record.id != id {
                let known = found.entry(row.record.id).or_insert_with(|| Lookalike { row, why: Vec::new() });
                known.why.extend((!known.why.contains(&why)).then_some(why));
            }
        };
        for row in self.of_same_phone(&record)? {
            add(row, Likeness::Phone);
        }
        for row in self.named_alike(&record)? {
            if let Some(why) = likeness(&record, &row.record) {
                add(row, why);
            }
        }
        let mut all: Vec<Lookalike> = found.into_values().collect();
        for one in &mut all {
            one.why.sort();
        }
        all.sort_by(|a, b| (&a.why, a.row.record.id).cmp(&(&b.why, b.row.record.id)));
        all.truncate(OFFERED);
        Ok(all)
    }

    fn of_same_phone(&self, record: &Record) -> Read<Vec<Row>> {
        let country = self.settings().general.phone_country.clone();
        let mut rows = Vec::new();
        for key in Key::of(record, &country).iter().filter(|key| matches!(key, Key::Phone(_))) {
            for other in self.store().find(key)?.into_iter().filter(|other| other.object == record.id.object) {
                rows.extend(self.row_of(other)?);
            }
        }
        Ok(rows)
    }

    /// Of almost that name, and whatever begins like it or has its words.
    fn named_alike(&self, record: &Record) -> Read<Vec<Row>> {
        let (viewer, now) = (self.viewer(), self.now());
        let name = record.name();
        let search = |text: &str| Search { text: text.to_owned(), scope: Some(record.id.object), limit: LOOKED_AT };
        let mut texts = vec![name.clone()];
        let last = record.text(is::LAST_NAME);
        match (last, record.emails().next().and_then(email::domain_of)) {
            (Some(last), Some(domain)) => texts.push(format!("{last} {domain}")),
            _ => texts.extend(words(&name).into_iter().next()),
        }
        let mut rows = self.store().similar_all(&search(&name), &viewer, now)?;
        for text in texts.iter().filter(|text| !words(text).is_empty()) {
            rows.extend(self.store().search(&search(text), &[], &viewer, now)?.rows);
        }
        Ok(rows)
    }

    fn row_of(&self, id: RecordId) -> Read<Option<Row>> {
        let detail = self.store().detail(id, &self.viewer(), self.now(), 0)?;
        Ok(detail.map(|detail| detail.row))
    }
}

/// What two records found by name have in common; `None`: too little.
fn likeness(one: &Record, other: &Record) -> Option<Likeness> {
    let (name, theirs) = (fold(&one.name()), fold(&other.name()));
    if name == theirs {
        return Some(Likeness::Name);
    }
    let domains =
        |record: &Record| record.emails().filter_map(email::domain_of).map(str::to_lowercase).collect::<Vec<_>>();
    let same_domain = domains(one).iter().any(|domain| domains(other).contains(domain));
    let begins = |a: &str, b: &str| a.starts_with(b) && a[b.len()..].starts_with(' ');
    let initial = |text: &str| text.chars().next();
    let is_contact = one.id.object == Object::CONTACT;
    match is_contact {
        true if same_domain && initial(&name) == initial(&theirs) => Some(Likeness::AddressAndName),
        true => almost(&name, &theirs).then_some(Likeness::SimilarName),
        false => (begins(&name, &theirs) || begins(&theirs, &name) || almost(&name, &theirs))
            .then_some(Likeness::SimilarName),
    }
}

/// As many words, each the same or one letter away, and not all of them away.
fn almost(one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    one.len() == other.len()
        && one.len() > 1
        && one.iter().zip(&other).any(|(a, b)| a == b)
        && one.iter().zip(&other).all(|(a, b)| is_one_away(a, b))
}

/// Whether one letter was changed, left out or added, or two neighbours swapped, at most.
fn is_one_away(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    match (a, b) {
        ([] | [_], []) | ([], [_]) => true,
        ([first, second, a @ ..], [third, fourth, b @ ..]) if (first, second) == (fourth, third) && a == b => true,
        _ => (!a.is_empty() && !b.is_empty() && a[1..] == b[1..]) || a.get(1..) == Some(b) || b.get(1..) == Some(a),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("jan kowalski", "jan kowalsky", true)]
    #[case("jan kowalski", "jna kowalski", true)]
    #[case("jan kowalski", "jan kowalskii", true)]
    #[case("jan kowalski", "jan koalski", true)]
    #[case("jan kowalski", "jan nowak", false)]
    #[case("jan kowalski", "jan kowaslik", false)]
    #[case("jan nowak", "dan novak", false)]
    #[case("jan", "dan", false)]
    fn names_are_almost_the_same_by_one_letter_of_a_word(#[case] one: &str, #[case] other: &str, #[case] alike: bool) {
        assert_eq!((almost(one, other), almost(other, one)), (alike, alike));
    }
}
