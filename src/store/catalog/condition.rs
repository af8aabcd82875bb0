//! Conditions on records, each answered as a set of rows that is kept and mended as records change. To make a kind of
//! test quick, add an arm to [`of_column`]; what has none is read as a value and asked `Check::holds`.

use super::arena::{FIELD, Words};
use super::bits::{Bits, pick};
use super::cache::Held;
use super::column::{Cells, Column, wanted_code};
use super::needs::World;
use super::table::Table;
use super::texts::text_of;
use super::users::Users;
use super::{Catalog, Slot, locked};
use crate::domain::fold::{fold, fold_into};
use crate::domain::id::{Object, UserId};
use crate::domain::object::is;
use crate::domain::query::{Check, Path, Range};
use crate::domain::user::{Sight, Viewer};
use crate::domain::value::Value;
use chrono::DateTime;
use memchr::memmem::Finder;
use std::sync::Arc;

/// What can be asked of the rows of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// The owner is one of these.
    OwnedBy(Vec<UserId>),
    /// Each folded word is in the searched text.
    Words(Vec<String>),
    /// A test of a filter, without its negation. What the viewer may not see lets no row pass (R6.4).
    Test(Path, Check, Viewer),
    /// The primary company is one that the viewer sees, and is called so.
    AtCompany(Option<Check>, Viewer),
    /// What the record is called by others.
    Title(Check),
}

impl Condition {
    /// Where no other record decides, all viewers share what was found.
    pub fn test(of: Path, check: Check, viewer: &Viewer) -> Condition {
        let looks_further = matches!(of, Path::Associated(..) | Path::Own(is::COMPANY));
        Condition::Test(of, check, if looks_further { viewer.clone() } else { Viewer::EVERYTHING })
    }
}

type Holds<'a> = Box<dyn Fn(u32, &mut String) -> bool + Sync + 'a>;

fn never<'a>() -> Holds<'a> {
    Box::new(|_, _| false)
}

/// Changed rows above which a set is made anew.
const MENDED: usize = 1 << 13;

impl Catalog {
    /// The rows of `object` for which `condition` holds. Rows that aren't alive may be among them.
    pub(super) fn rows(&self, world: &World, object: Object, condition: &Condition) -> Arc<Bits> {
        let Some((slot, table)) = world.of(object) else { return Arc::default() };
        if let Condition::Test(Path::Own(is::COMPANY), check, viewer) = condition
            && *viewer.sight(Object::COMPANY) != Sight::All
        {
            return Arc::new(self.at_seen_company(world, object, check, viewer));
        }
        let inner = self.inner(world, table, condition);
        let held = locked(&slot.cache).held(condition, inner.as_deref());
        if let Some(held) = &held
            && held.version == table.version
        {
            return Arc::clone(&held.rows);
        }
        let changed = held.and_then(|held| Some((held.rows, table.changed_since(held.version)?)));
        let rows = Arc::new({
            let holds = self.holds(world, table, condition, inner.as_deref());
            match changed.filter(|(_, changed)| changed.len() < MENDED) {
                Some((rows, changed)) => mended(&rows, &changed, &holds),
                None => picked(slot, table, condition, &holds),
            }
        });
        let held = Held { condition: condition.clone(), inner, version: table.version, rows: Arc::clone(&rows) };
        locked(&slot.cache).hold(held);
        rows
    }

    /// Who may not see all companies: the name of one that is seen, else what the record says of its company itself.
    fn at_seen_company(&self, world: &World, object: Object, check: &Check, viewer: &Viewer) -> Bits {
        let own = Condition::test(Path::Own(is::COMPANY_NAME), check.clone(), viewer);
        let mut rows = Bits::clone(&self.rows(world, object, &own));
        rows.keep(&self.rows(world, object, &Condition::AtCompany(None, viewer.clone())), true);
        rows.add(&self.rows(world, object, &Condition::AtCompany(Some(check.clone()), viewer.clone())), false);
        rows
    }

    /// Rows of another table that decide over those of this one.
    fn inner(&self, world: &World, table: &Table, condition: &Condition) -> Option<Arc<Bits>> {
        match condition {
            Condition::Test(Path::Associated(other, property), check, viewer) => {
                let test = Condition::test(Path::Own(*property), check.clone(), viewer);
                let mut rows = Bits::clone(&self.rows(world, *other, &test));
                rows.keep(&self.seen_in(world, world.table(*other)?, viewer).rows, false);
                Some(Arc::new(rows))
            }
            Condition::AtCompany(check, viewer) => {
                let seen = self.seen_in(world, world.table(Object::COMPANY)?, viewer).rows;
                let Some(check) = check else { return Some(seen) };
                let mut rows = Bits::clone(&self.rows(world, Object::COMPANY, &Condition::Title(check.clone())));
                rows.keep(&seen, false);
                Some(Arc::new(rows))
            }
            Condition::Test(Path::Own(is::COMPANY), check, _) if table.primary(Object::COMPANY).is_some() => {
                Some(self.rows(world, Object::COMPANY, &Condition::Title(check.clone())))
            }
            _ => None,
        }
    }

    fn holds<'a>(
        &'a self,
        world: &'a World,
        table: &'a Table,
        condition: &'a Condition,
        inner: Option<&'a Bits>,
    ) -> Holds<'a> {
        match condition {
            Condition::OwnedBy(users) => {
                let owners = Check::OneOf(users.iter().map(|id| Value::User(*id)).collect());
                table.column(is::OWNER).map_or_else(never, |column| of_codes(column, &owners, &self.users))
            }
            Condition::Words(words) => {
                let words = Words::new(words);
                Box::new(move |row, _| table.arena.holds(row, &words))
            }
            Condition::Title(check) => {
                let check = TextCheck::of(check);
                Box::new(move |row, scratch| table.title(row).is_some_and(|key| check.holds(text_of(key), scratch)))
            }
            Condition::AtCompany(..) => match (table.primary(Object::COMPANY), inner) {
                (Some(primaries), Some(inner)) => Box::new(|row, _| inner.get(*primaries.get(row))),
                _ => never(),
            },
            Condition::Test(Path::Own(is::COMPANY), check, _) => self.of_company(world, table, check, inner),
            Condition::Test(Path::Own(property), check, _) => {
                table.column(*property).map_or_else(never, |column| of_column(column, check, &self.users))
            }
            Condition::Test(Path::Associated(other, _), ..) => match (table.ties(*other), inner) {
                (Some(ties), Some(inner)) => Box::new(|row, _| ties.get(row).iter().any(|other| inner.get(*other))),
                _ => never(),
            },
            Condition::Test(Path::Activity, Check::ActiveSince(since), _) => {
                let whole = since.timestamp_millis();
                let from = whole + i64::from(DateTime::from_timestamp_millis(whole).is_some_and(|at| at < *since));
                Box::new(move |row, _| table.size(is::LAST_ACTIVITY, row).is_some_and(|last| last >= from))
            }
            Condition::Test(Path::Activity, ..) => never(),
        }
    }

    /// The primary company's name where there is one, else what the record says of its company itself.
    fn of_company<'a>(
        &'a self,
        world: &'a World,
        table: &'a Table,
        check: &'a Check,
        inner: Option<&'a Bits>,
    ) -> Holds<'a> {
        let own = table.column(is::COMPANY_NAME).map_or_else(never, |column| of_column(column, check, &self.users));
        let (Some(primaries), Some(companies), Some(inner)) =
            (table.primary(Object::COMPANY), world.table(Object::COMPANY), inner)
        else {
            return own;
        };
        Box::new(move |row, scratch| {
            let company = *primaries.get(row);
            if companies.alive.get(company) { inner.get(company) } else { own(row, scratch) }
        })
    }
}

fn picked(slot: &Slot, table: &Table, condition: &Condition, holds: &Holds) -> Bits {
    if let Condition::Words(words) = condition {
        let wider = locked(&slot.cache).wider(words, table.version, table.rows() / 8);
        return match wider {
            Some(wider) => pick(table.rows(), Some(&wider), holds),
            None => table.arena.search(&Words::new(words)),
        };
    }
    let among = candidates(table, condition).map(|texts| {
        let mut among = Bits::none(table.rows());
        for text in texts {
            among.add(&table.arena.search(&Words::new(&[text])), false);
        }
        among
    });
    pick(table.rows(), among.as_ref(), holds)
}

fn mended(rows: &Bits, changed: &[u32], holds: &Holds) -> Bits {
    let (mut rows, mut scratch) = (rows.clone(), String::new());
    for row in changed {
        rows.set(*row, holds(*row, &mut scratch));
    }
    rows
}

/// Folded texts of which the searched text of every row that passes holds one; `None` when that can't be told.
fn candidates(table: &Table, condition: &Condition) -> Option<Vec<String>> {
    let Condition::Test(Path::Own(property), check, _) = condition else { return None };
    if !table.is_searched(*property) {
        return None;
    }
    let texts = match check {
        Check::Contains(part) | Check::StartsWith(part) | Check::EndsWith(part) => vec![part.clone()],
        Check::OneOf(wanted) if wanted.len() <= 3 => {
            wanted.iter().map(|value| value.as_text().map(fold)).collect::<Option<_>>()?
        }
        _ => return None,
    };
    let told = texts.iter().all(|text| !text.is_empty() && !text.contains([FIELD, '\n']));
    told.then_some(texts)
}

fn of_column<'a>(column: &'a Column, check: &'a Check, users: &'a Users) -> Holds<'a> {
    match (&column.cells, check) {
        (_, Check::Known) => Box::new(|row, _| column.is_known(row)),
        (Cells::Codes(_), Check::OneOf(_)) => of_codes(column, check, users),
        (Cells::Texts(texts), _) => {
            let check = TextCheck::of(check);
            Box::new(move |row, scratch| texts.texts(row).any(|text| check.holds(text, scratch)))
        }
        (Cells::Sizes(_), Check::Within(range)) => {
            let within = |size| takes_in(range, Column::measure(column.kind, size));
            Box::new(move |row, _| column.size(row).is_some_and(within))
        }
        _ => Box::new(|row, _| check.holds(column.value(row, users).as_ref())),
    }
}

fn of_codes<'a>(column: &'a Column, check: &Check, users: &Users) -> Holds<'a> {
    let (Cells::Codes(codes), Check::OneOf(wanted)) = (&column.cells, check) else { return never() };
    let wanted: Vec<u16> = wanted.iter().filter_map(|value| wanted_code(column.kind, value, users)).collect();
    Box::new(move |row, _| wanted.contains(codes.get(row)))
}

fn takes_in(range: &Range, size: f64) -> bool {
    range.from.is_none_or(|from| size >= from) && range.to.is_none_or(|to| size <= to)
}

/// A check of texts, made ready for many.
enum TextCheck<'a> {
    Known,
    Contains(Box<Finder<'a>>),
    Starts(&'a str),
    Ends(&'a str),
    /// Folded.
    OneOf(Vec<String>),
    Never,
}

impl<'a> TextCheck<'a> {
    fn of(check: &'a Check) -> TextCheck<'a> {
        match check {
            Check::Known => TextCheck::Known,
            Check::Contains(part) => TextCheck::Contains(Box::new(Finder::new(part.as_bytes()))),
            Check::StartsWith(part) => TextCheck::Starts(part),
            Check::EndsWith(part) => TextCheck::Ends(part),
            Check::OneOf(wanted) => {
                TextCheck::OneOf(wanted.iter().filter_map(|value| value.as_text().map(fold)).collect())
            }
            Check::Within(_) | Check::ActiveSince(_) => TextCheck::Never,
        }
    }

    fn holds(&self, text: &str, scratch: &mut String) -> bool {
        let mut folded = || {
            scratch.clear();
            fold_into(text, scratch);
        };
        match self {
            TextCheck::Known => true,
            TextCheck::Never => false,
            TextCheck::Contains(part) => {
                folded();
                part.find(scratch.as_bytes()).is_some()
            }
            TextCheck::Starts(start) => {
                folded();
                scratch.starts_with(start)
            }
            TextCheck::Ends(end) => {
                folded();
                scratch.ends_with(end)
            }
            TextCheck::OneOf(wanted) => {
                folded();
                wanted.iter().any(|wanted| wanted == scratch)
            }
        }
    }
}
