//! References: what a text names. An id, its unique ending, `contact:E-MAIL`, `company:DOMAIN`, `OBJECT:NAME`,
//! `user:E-MAIL`. To add a way to name something, add it to [`Workspace::find`].

use super::Workspace;
use crate::domain::activity::Activity;
use crate::domain::fold::fold;
use crate::domain::graph::{Graph, Key, Read, Unreadable};
use crate::domain::id::{ActivityId, Object, RecordId, Ref, UserId, short};
use crate::domain::merge::successor;
use crate::domain::object::ObjectSpec;
use crate::domain::record::Record;
use crate::domain::user::User;
use crate::domain::{email, web};
use crate::store::read::{sees, sees_activity};
use uuid::Uuid;

/// Digits that an ending has at least.
const ENDING_LEAST: usize = 8;
const DIGITS: usize = 32;
/// Candidates that an answer names.
const NAMED_AT_MOST: usize = 20;

/// What a reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    Record(RecordId),
    Activity(ActivityId),
    User(UserId),
}

/// Where to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// Everything but the bin.
    Standing,
    /// Nothing but the bin.
    Bin,
    /// What stands, else what is in the bin.
    All,
}

/// Why a reference names nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Unfound {
    Missing(String),
    Ambiguous { sentence: String, candidates: Vec<Candidate> },
    Unreadable(Unreadable),
}

/// One of several that a reference may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub id: Uuid,
    /// `contact`, `activity`, `user`.
    pub object: String,
    pub name: String,
}

impl From<Unreadable> for Unfound {
    fn from(unreadable: Unreadable) -> Self {
        Unfound::Unreadable(unreadable)
    }
}

impl From<Ref> for Named {
    fn from(what: Ref) -> Self {
        match what {
            Ref::Record(id) => Named::Record(id),
            Ref::Activity(id) => Named::Activity(id),
        }
    }
}

impl Named {
    pub fn uuid(self) -> Uuid {
        match self {
            Named::Record(id) => id.uuid,
            Named::Activity(id) => id.0,
            Named::User(id) => id.0,
        }
    }
}

impl Workspace {
    /// What `text` names for the acting user; what they may not view is not there (R6.4).
    pub fn find(&self, text: &str, among: Among) -> Result<Named, Unfound> {
        let text = text.trim();
        let settings = self.settings();
        if let Some((object, rest)) = text.split_once(':') {
            if fold(object) == "user" {
                return self.only(text, users_called(&settings.users, rest));
            }
            if let Some(spec) = settings.objects_ever().find(|spec| spec.is_called(object)) {
                let found = self.by_words(spec, rest.trim(), among)?;
                return self.only(text, found);
            }
        }
        match digits(text) {
            Some(digits) => self.by_digits(text, &digits, among),
            None => Err(Unfound::Missing(format!(
                "“{text}” names nothing. Write an id or its last 8 characters, contact:E-MAIL, company:DOMAIN or OBJECT:NAME"
            ))),
        }
    }

    /// An activity is viewed by its author and by whoever views one of its records.
    pub fn sees_activity(&self, activity: &Activity) -> Read<bool> {
        sees_activity(self.store().as_ref(), &self.viewer(), activity)
    }

    /// Name of a record that the acting user sees, in the bin or not.
    pub fn name_of(&self, id: RecordId) -> Read<Option<String>> {
        let record = wherever(self.store().as_ref(), id)?;
        Ok(record.filter(|record| sees(&self.viewer(), record)).map(|record| record.name()))
    }

    fn only(&self, text: &str, mut found: Vec<Named>) -> Result<Named, Unfound> {
        found.sort();
        found.dedup();
        match found.as_slice() {
            [] => Err(Unfound::Missing(format!("Nothing is called “{text}”"))),
            [one] => Ok(*one),
            several => {
                let candidates = several.iter().take(NAMED_AT_MOST).map(|one| self.candidate(*one));
                Err(Unfound::Ambiguous {
                    sentence: format!("“{text}” names {}. Write the id of the one that is meant", several.len()),
                    candidates: candidates.collect::<Read<_>>()?,
                })
            }
        }
    }

    fn by_digits(&self, text: &str, digits: &str, among: Among) -> Result<Named, Unfound> {
        let mut found = Vec::new();
        if digits.len() == DIGITS {
            let uuid = Uuid::try_parse(digits).unwrap_or_default();
            let objects = self.settings().objects_ever().map(|spec| spec.object).collect::<Vec<_>>();
            found.extend(objects.into_iter().map(|object| Named::Record(RecordId::new(object, uuid))));
            found.push(Named::Activity(ActivityId(uuid)));
        } else {
            found.extend(self.store().ending(digits)?.into_iter().map(Named::from));
        }
        let ends = |user: &&User| user.id.0.simple().to_string().ends_with(digits);
        let users = self.settings().users.iter().filter(ends).map(|user| Named::User(user.id)).collect::<Vec<_>>();
        let (mut standing, mut binned) = (Vec::new(), Vec::new());
        for one in found {
            match self.place(one)? {
                Some(Among::Bin) => binned.push(one),
                Some(_) => standing.push(one),
                None => {}
            }
        }
        standing.extend(users);
        match among {
            Among::Bin => self.only(text, binned),
            Among::All if standing.is_empty() => self.only(text, binned),
            Among::Standing if standing.is_empty() && !binned.is_empty() => {
                let short = short(binned[0].uuid());
                let gone = format!("What “{text}” names is in the bin. `lejek restore {short}` brings it back");
                Err(Unfound::Missing(self.merged(text, binned[0])?.unwrap_or(gone)))
            }
            Among::Standing if standing.is_empty() => {
                self.only(text, standing).or_else(|unfound| self.purged(text, digits, unfound))
            }
            _ => self.only(text, standing),
        }
    }

    /// Where a record that was merged went.
    fn merged(&self, text: &str, binned: Named) -> Read<Option<String>> {
        let Named::Record(id) = binned else { return Ok(None) };
        let record = self.store().binned(id)?.map(|binned| binned.record);
        match record.and_then(|record| record.merged_into()) {
            Some(into) => self.went_to(text, into),
            None => Ok(None),
        }
    }

    /// The same long after, when what was merged is not in the bin any more; by a whole id only.
    fn purged(&self, text: &str, digits: &str, unfound: Unfound) -> Result<Named, Unfound> {
        let uuid = Uuid::try_parse(digits).ok().filter(|_| digits.len() == DIGITS);
        let settings = self.settings();
        for (uuid, spec) in uuid.iter().flat_map(|uuid| settings.objects.iter().map(move |spec| (*uuid, spec))) {
            let id = RecordId::new(spec.object, uuid);
            if let Some(into) = successor(self.store().as_ref(), id)?
                && let Some(sentence) = self.went_to(text, into)?
            {
                return Err(Unfound::Missing(sentence));
            }
        }
        Err(unfound)
    }

    fn went_to(&self, text: &str, into: RecordId) -> Read<Option<String>> {
        let name = self.name_of(into)?;
        Ok(name.map(|name| format!("What “{text}” names was merged into {name} ({})", into.short())))
    }

    /// Whether it stands or is in the bin; `None`: it is not there, or not for this user.
    fn place(&self, what: Named) -> Read<Option<Among>> {
        let (store, viewer) = (self.store(), self.viewer());
        let shown = |record: &Record| sees(&viewer, record);
        Ok(match what {
            Named::Record(id) => match store.record(id)? {
                Some(record) => shown(&record).then_some(Among::Standing),
                None => store.binned(id)?.filter(|binned| shown(&binned.record)).map(|_| Among::Bin),
            },
            Named::Activity(id) => {
                let (standing, binned) = (store.activity(id)?, store.binned_activity(id)?);
                let place = if standing.is_some() { Among::Standing } else { Among::Bin };
                match standing.or(binned) {
                    Some(activity) => self.sees_activity(&activity)?.then_some(place),
                    None => None,
                }
            }
            Named::User(_) => Some(Among::Standing),
        })
    }

    fn by_words(&self, spec: &ObjectSpec, words: &str, among: Among) -> Read<Vec<Named>> {
        let mut found = Vec::new();
        if among != Among::Bin {
            found = self.standing(spec.object, words)?;
        }
        if found.is_empty() && among != Among::Standing {
            found = self.binned(spec.object, words)?;
        }
        Ok(found.into_iter().map(Named::Record).collect())
    }

    /// By address without reading the whole store; a name is looked for in all of it.
    fn standing(&self, object: Object, words: &str) -> Read<Vec<RecordId>> {
        let (store, viewer) = (self.store(), self.viewer());
        let key = address(object, words);
        let mut found = key.as_ref().map_or(Ok(Vec::new()), |key| store.find(key))?;
        // A name with an @ in it is an address.
        if found.is_empty() && !matches!(key, Some(Key::Email(_))) {
            found = store.named(object, words)?;
        }
        let mut seen = Vec::new();
        for id in found {
            if store.record(id)?.is_some_and(|record| sees(&viewer, &record)) {
                seen.push(id);
            }
        }
        Ok(seen)
    }

    fn binned(&self, object: Object, words: &str) -> Read<Vec<RecordId>> {
        let viewer = self.viewer();
        let country = self.settings().general.phone_country.clone();
        let (key, name) = (address(object, words), fold(words));
        let called = |record: &Record| {
            let has_key = key.as_ref().is_some_and(|key| Key::of(record, &country).contains(key));
            has_key || fold(&record.name()) == name
        };
        let bin = self.store().bin(Some(object))?.into_iter().map(|binned| binned.record);
        Ok(bin.filter(|record| sees(&viewer, record) && called(record)).map(|record| record.id).collect())
    }

    fn candidate(&self, one: Named) -> Read<Candidate> {
        let settings = self.settings();
        let (object, name) = match one {
            Named::Record(id) => {
                let object = settings.object_ever(id.object).map_or("record", |spec| spec.name.as_str());
                (object.to_owned(), self.name_of(id)?)
            }
            Named::Activity(id) => {
                let activity = match self.store().activity(id)? {
                    Some(activity) => Some(activity),
                    None => self.store().binned_activity(id)?,
                };
                ("activity".to_owned(), activity.map(|activity| title(&activity)))
            }
            Named::User(id) => ("user".to_owned(), settings.user(id).map(|user| user.name.clone())),
        };
        Ok(Candidate { id: one.uuid(), object, name: name.unwrap_or_default() })
    }
}

/// A record that stands or is in the bin.
pub(super) fn wherever(graph: &dyn Graph, id: RecordId) -> Read<Option<Record>> {
    Ok(match graph.record(id)? {
        Some(record) => Some(record),
        None => graph.binned(id)?.map(|binned| binned.record),
    })
}

/// What a person calls an activity: its type and subject.
pub fn title(activity: &Activity) -> String {
    let label = activity.kind.row().label;
    if activity.subject.is_empty() { label.to_owned() } else { format!("{label}: {}", activity.subject) }
}

/// The hexadecimal digits of an id or of the end of one, without its hyphens.
fn digits(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| *c != '-').collect::<String>().to_ascii_lowercase();
    let fits = (ENDING_LEAST..=DIGITS).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    fits.then_some(digits)
}

fn address(object: Object, words: &str) -> Option<Key> {
    match object {
        Object::CONTACT => email::parse(words).ok().map(|address| Key::email(&address)),
        Object::COMPANY => web::domain(words).ok().map(|domain| Key::domain(&domain)),
        _ => None,
    }
}

fn users_called(users: &[User], text: &str) -> Vec<Named> {
    let text = text.trim();
    let by_email = users.iter().filter(|user| user.email.eq_ignore_ascii_case(text));
    let found: Vec<Named> = by_email.map(|user| Named::User(user.id)).collect();
    if !found.is_empty() {
        return found;
    }
    users.iter().filter(|user| fold(&user.name) == fold(text)).map(|user| Named::User(user.id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("01a20137-01da-72cd-baec-233c63d7e952", Some("01a2013701da72cdbaec233c63d7e952"))]
    #[case("63D7E952", Some("63d7e952"))]
    #[case("baec-233c63d7e952", Some("baec233c63d7e952"))]
    #[case("3d7e952", None)]
    #[case("63d7e95g", None)]
    #[case("001a20137-01da-72cd-baec-233c63d7e952", None)]
    #[case("", None)]
    fn an_ending_has_eight_digits_or_more(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(digits(text).as_deref(), expected);
    }
}
