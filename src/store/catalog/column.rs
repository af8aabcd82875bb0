//! One property of all records of an object. A kind of property gets its cells in [`Column::blank`], and how they
//! are filled and read in [`Column::put`] and [`Column::value`].

use super::chunked::Chunked;
use super::texts::{Texts, write_keys};
use super::users::Users;
use crate::domain::id::{OptionId, PropertyId, UserId};
use crate::domain::moving::place;
use crate::domain::object::is;
use crate::domain::property::Kind;
use crate::domain::value::{Currency, Money, Number, Value};
use crate::store::codec::{RecordView, ValueView};
use chrono::{DateTime, NaiveDate, TimeDelta};
use uuid::Uuid;

/// An empty cell of [`Cells::Codes`].
pub const NO_CODE: u16 = u16::MAX;
/// An empty cell of [`Cells::Sizes`].
pub const NO_SIZE: i64 = i64::MIN;

#[derive(Clone)]
pub struct Column {
    pub property: PropertyId,
    pub kind: Kind,
    pub cells: Cells,
    /// False while a scan collects what the records hold; commits write to it all the same.
    pub built: bool,
}

#[derive(Clone)]
pub enum Cells {
    Texts(Texts),
    /// The number of an option, pipeline, stage or user; 1 for yes, 0 for no.
    Codes(Chunked<u16>),
    Lists(Chunked<Box<[u16]>>),
    /// Days, milliseconds or, of numbers, what [`in_order`] makes of them.
    Sizes(Chunked<i64>),
    /// Minor units and currency.
    Money(Chunked<i64>, Chunked<[u8; 3]>),
}

/// Buffers that are used again from record to record.
#[derive(Default)]
pub struct Scratch {
    pub name: String,
    pub text: String,
    keys: Vec<u8>,
}

/// A whole number that sorts as the number does.
pub fn in_order(number: f64) -> i64 {
    let bits = number.to_bits() as i64;
    bits ^ ((bits >> 63) as u64 >> 1) as i64
}

fn out_of_order(size: i64) -> f64 {
    f64::from_bits((size ^ ((size >> 63) as u64 >> 1) as i64) as u64)
}

impl Column {
    /// A column of `rows` empty cells.
    pub fn blank(property: PropertyId, kind: Kind, rows: usize) -> Column {
        let cells = match kind {
            Kind::Option | Kind::Stage | Kind::Pipeline | Kind::YesNo | Kind::User => {
                Cells::Codes(Chunked::filled(&NO_CODE, rows))
            }
            Kind::Options | Kind::Users => Cells::Lists(Chunked::filled(&Box::default(), rows)),
            Kind::Number | Kind::Date | Kind::DateTime => Cells::Sizes(Chunked::filled(&NO_SIZE, rows)),
            Kind::Money => Cells::Money(Chunked::filled(&NO_SIZE, rows), Chunked::filled(&[0; 3], rows)),
            Kind::Text
            | Kind::LongText
            | Kind::Email
            | Kind::Emails
            | Kind::Phone
            | Kind::Url
            | Kind::Domain
            | Kind::Domains
            | Kind::Texts => Cells::Texts(Texts::blank(rows)),
        };
        Column { property, kind, cells, built: true }
    }

    pub fn push_none(&mut self) {
        match &mut self.cells {
            Cells::Texts(texts) => texts.push_none(),
            Cells::Codes(codes) => codes.push(NO_CODE),
            Cells::Lists(lists) => lists.push(Box::default()),
            Cells::Sizes(sizes) => sizes.push(NO_SIZE),
            Cells::Money(minor, currency) => {
                minor.push(NO_SIZE);
                currency.push([0; 3]);
            }
        }
    }

    /// Writes what a record holds; answers whether it held something else before.
    pub fn put(&mut self, row: u32, uuid: Uuid, record: &RecordView, users: &Users, scratch: &mut Scratch) -> bool {
        match self.property {
            // From the timeline and from associations.
            is::LAST_ACTIVITY | is::NEXT_ACTIVITY | is::COMPANY => return false,
            is::CREATED_AT => return self.set_size(row, record.created_at()),
            is::STAGE_ENTERED if record.get(is::STAGE).is_some() && record.get(is::STAGE_ENTERED).is_none() => {
                return self.set_size(row, record.created_at());
            }
            is::BOARD_PLACE if record.get(is::STAGE).is_some() && record.get(is::BOARD_PLACE).is_none() => {
                return self.set_texts(row, Some([place::unmoved(uuid).as_str()]), &mut scratch.keys);
            }
            is::UPDATED_AT => return self.set_size(row, record.updated_at()),
            is::NAME => {
                scratch.name.clear();
                let named = write_name(record, &mut scratch.name);
                return self.set_texts(row, named.then_some([scratch.name.as_str()]), &mut scratch.keys);
            }
            _ => {}
        }
        let value = record.get(self.property);
        match (&mut self.cells, value) {
            (Cells::Texts(_), Some(ValueView::Text(text))) => {
                self.set_texts(row, Some([text.as_ref()]), &mut scratch.keys)
            }
            (Cells::Texts(_), Some(ValueView::Texts(texts))) => {
                self.set_texts(row, Some(texts.iter().map(AsRef::as_ref)), &mut scratch.keys)
            }
            (Cells::Texts(texts), _) => texts.set(row, None),
            (Cells::Codes(codes), value) => codes.set(row, value.and_then(|v| code(v, users)).unwrap_or(NO_CODE)),
            (Cells::Lists(lists), value) => lists.set(row, value.map(|v| list(v, users)).unwrap_or_default()),
            (Cells::Sizes(sizes), value) => sizes.set(row, value.and_then(size).unwrap_or(NO_SIZE)),
            (Cells::Money(minor, currency), Some(ValueView::Money(amount, code))) => {
                minor.set(row, *amount) | currency.set(row, *code)
            }
            (Cells::Money(minor, _), _) => minor.set(row, NO_SIZE),
        }
    }

    fn set_texts<'t>(
        &mut self,
        row: u32,
        texts: Option<impl IntoIterator<Item = &'t str>>,
        keys: &mut Vec<u8>,
    ) -> bool {
        let Cells::Texts(cells) = &mut self.cells else { return false };
        let Some(texts) = texts else { return cells.set(row, None) };
        keys.clear();
        write_keys(texts, keys);
        cells.set(row, Some(keys))
    }

    pub fn set_size(&mut self, row: u32, size: i64) -> bool {
        match &mut self.cells {
            Cells::Sizes(sizes) => sizes.set(row, size),
            _ => false,
        }
    }

    /// The number or time in a cell; of other kinds, nothing.
    pub fn size(&self, row: u32) -> Option<i64> {
        match &self.cells {
            Cells::Sizes(sizes) => Some(*sizes.get(row)).filter(|size| *size != NO_SIZE),
            _ => None,
        }
    }

    /// What a cell of [`Cells::Sizes`] or [`Cells::Money`] measures (`query::measure`).
    pub fn measure(kind: Kind, size: i64) -> f64 {
        if kind == Kind::Number { out_of_order(size) } else { size as f64 }
    }

    pub fn is_known(&self, row: u32) -> bool {
        match &self.cells {
            Cells::Texts(texts) => texts.is_known(row),
            Cells::Codes(codes) => *codes.get(row) != NO_CODE,
            Cells::Lists(lists) => !lists.get(row).is_empty(),
            Cells::Sizes(sizes) | Cells::Money(sizes, _) => *sizes.get(row) != NO_SIZE,
        }
    }

    pub fn value(&self, row: u32, users: &Users) -> Option<Value> {
        if !self.is_known(row) {
            return None;
        }
        Some(match &self.cells {
            Cells::Texts(texts) if self.kind.is_several() => {
                Value::Texts(texts.texts(row).map(str::to_owned).collect())
            }
            Cells::Texts(texts) => Value::text(texts.texts(row).next()?),
            Cells::Codes(codes) => match (self.kind, *codes.get(row)) {
                (Kind::YesNo, code) => Value::YesNo(code == 1),
                (Kind::User, code) => Value::User(users.id(code)?),
                (_, code) => Value::Option(OptionId(code)),
            },
            Cells::Lists(lists) if self.kind == Kind::Users => {
                Value::Users(lists.get(row).iter().filter_map(|code| users.id(*code)).collect())
            }
            Cells::Lists(lists) => Value::Options(lists.get(row).iter().map(|code| OptionId(*code)).collect()),
            Cells::Sizes(sizes) => match (self.kind, *sizes.get(row)) {
                (Kind::Number, size) => Value::Number(Number(out_of_order(size))),
                (Kind::Date, days) => Value::Date(NaiveDate::default().checked_add_signed(TimeDelta::days(days))?),
                (_, millis) => Value::Time(DateTime::from_timestamp_millis(millis)?),
            },
            Cells::Money(minor, currency) => {
                Value::Money(Money { minor: *minor.get(row), currency: Currency(*currency.get(row)) })
            }
        })
    }

    pub fn rows(&self) -> usize {
        match &self.cells {
            Cells::Texts(texts) => texts.len(),
            Cells::Codes(codes) => codes.len(),
            Cells::Lists(lists) => lists.len(),
            Cells::Sizes(sizes) | Cells::Money(sizes, _) => sizes.len(),
        }
    }

    /// Frees what growing reserved.
    pub fn shrink(&mut self) {
        if let Cells::Texts(texts) = &mut self.cells {
            texts.shrink();
        }
    }

    pub fn append(&mut self, other: &Column) {
        match (&mut self.cells, &other.cells) {
            (Cells::Texts(mine), Cells::Texts(theirs)) => mine.append(theirs),
            (Cells::Codes(mine), Cells::Codes(theirs)) => mine.append(theirs),
            (Cells::Lists(mine), Cells::Lists(theirs)) => mine.append(theirs),
            (Cells::Sizes(mine), Cells::Sizes(theirs)) => mine.append(theirs),
            (Cells::Money(mine, currency), Cells::Money(theirs, other)) => {
                mine.append(theirs);
                currency.append(other);
            }
            _ => debug_assert!(false, "columns of one property have one kind"),
        }
    }

    /// Takes over the cells that a scan of other rows filled.
    pub fn merge(&mut self, other: &Column) {
        match (&mut self.cells, &other.cells) {
            (Cells::Texts(mine), Cells::Texts(theirs)) => mine.merge(theirs),
            (Cells::Codes(mine), Cells::Codes(theirs)) => mine.merge(theirs, &NO_CODE),
            (Cells::Lists(mine), Cells::Lists(theirs)) => mine.merge(theirs, &Box::default()),
            (Cells::Sizes(mine), Cells::Sizes(theirs)) => mine.merge(theirs, &NO_SIZE),
            (Cells::Money(mine, currency), Cells::Money(theirs, other)) => {
                mine.merge(theirs, &NO_SIZE);
                currency.merge(other, &[0; 3]);
            }
            _ => debug_assert!(false, "columns of one property have one kind"),
        }
    }

    /// Takes over one cell as it is in `other`.
    pub fn copy(&mut self, row: u32, other: &Column) {
        match (&mut self.cells, &other.cells) {
            (Cells::Texts(mine), Cells::Texts(theirs)) => mine.set(row, theirs.get(row)),
            (Cells::Codes(mine), Cells::Codes(theirs)) => mine.set(row, *theirs.get(row)),
            (Cells::Lists(mine), Cells::Lists(theirs)) => mine.set(row, theirs.get(row).clone()),
            (Cells::Sizes(mine), Cells::Sizes(theirs)) => mine.set(row, *theirs.get(row)),
            (Cells::Money(mine, currency), Cells::Money(theirs, other)) => {
                mine.set(row, *theirs.get(row)) | currency.set(row, *other.get(row))
            }
            _ => false,
        };
    }
}

/// A record's name or, of a contact, its first and last name; answers whether it has one.
pub fn write_name(record: &RecordView, name: &mut String) -> bool {
    if let Some(text) = record.text(is::NAME) {
        name.push_str(text);
        return true;
    }
    let (first, last) = (record.text(is::FIRST_NAME), record.text(is::LAST_NAME));
    name.push_str(first.unwrap_or_default());
    if first.is_some() && last.is_some() {
        name.push(' ');
    }
    name.push_str(last.unwrap_or_default());
    first.is_some() || last.is_some()
}

fn code(value: &ValueView, users: &Users) -> Option<u16> {
    match value {
        ValueView::Option(id) => Some(*id),
        ValueView::YesNo(yes) => Some(u16::from(*yes)),
        ValueView::User(id) => Some(users.number(UserId(Uuid::from_bytes(*id)))),
        _ => None,
    }
}

fn list(value: &ValueView, users: &Users) -> Box<[u16]> {
    match value {
        ValueView::Options(ids) => ids.as_slice().into(),
        ValueView::Users(ids) => ids.iter().map(|id| users.number(UserId(Uuid::from_bytes(*id)))).collect(),
        _ => Box::default(),
    }
}

fn size(value: &ValueView) -> Option<i64> {
    match value {
        ValueView::Number(number) => Some(in_order(*number)),
        ValueView::Date(days) => Some(i64::from(*days)),
        ValueView::Time(millis) => Some(*millis),
        _ => None,
    }
}

/// The cell of a wanted value in a column of codes; `None` when no record can have it.
pub fn wanted_code(kind: Kind, value: &Value, users: &Users) -> Option<u16> {
    match (kind, value) {
        (Kind::YesNo, Value::YesNo(yes)) => Some(u16::from(*yes)),
        (Kind::User, Value::User(id)) => users.known(*id),
        (Kind::Option | Kind::Stage | Kind::Pipeline, Value::Option(id)) => Some(id.0),
        _ => None,
    }
    .filter(|code| *code != NO_CODE)
}
