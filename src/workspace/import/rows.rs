//! The cells of one row, read: values, addresses, ids, and who to tie to.

use super::Fault;
use super::columns::Columns;
use super::logged::{Logged, read_logged};
use crate::domain::email;
use crate::domain::graph::Key;
use crate::domain::id::{Object, PropertyId};
use crate::domain::object::is;
use crate::domain::property::Kind;
use crate::domain::record::Record;
use crate::domain::value::{Reading, Value, read, several};
use crate::exchange::Row;
use crate::exchange::headers::{By, Role};
use uuid::Uuid;

/// A row of a file as far as it can be read without looking at the store.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub number: u64,
    pub values: Vec<(PropertyId, Value)>,
    /// In the order of the columns.
    pub emails: Vec<String>,
    pub phones: Vec<String>,
    pub lejek_id: Option<Uuid>,
    /// As other programs write it.
    pub external_id: Option<String>,
    pub ties: Vec<Named>,
    /// The name in a column *Company*: tied only where there is no other company.
    pub company_name: Option<String>,
    /// What an activity's row says of it.
    pub logged: Option<Box<Logged>>,
    /// What was wrong without the row being refused for it.
    pub remarks: Vec<Fault>,
}

/// Somebody that a row is to be tied to, as the cell names them; somebody of `Object::ACTIVITY` is of any object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub object: Object,
    pub by: By,
    pub text: String,
    /// What the other is to the row's record (R5.5).
    pub label: Option<String>,
    pub primary: bool,
    pub column: String,
}

impl Named {
    /// A name may hold a semicolon: where nobody is called so, it parts several.
    pub fn parts(&self) -> Vec<Named> {
        let parts = several(&self.text).filter(|_| self.by == By::Name);
        parts.map(|text| Named { text: text.to_owned(), ..self.clone() }).collect()
    }
}

/// Reads a row; the fault refuses it.
pub(super) fn read_row(row: &Row, columns: &Columns, cx: &Reading) -> Result<Read, Fault> {
    let values = Vec::with_capacity(row.cells.len());
    let mut into = Read { number: row.number, values, ..Read::default() };
    for ((cell, role), name) in row.cells.iter().zip(&columns.roles).zip(&columns.names) {
        let cell = cell.trim();
        if let (Some(role), false) = (role, cell.is_empty()) {
            into.cell(cell, *role, name, columns, cx).map_err(|message| fault(row.number, Some(name), message))?;
        }
    }
    if columns.object() == Object::ACTIVITY {
        read_logged(&row.cells, columns, cx, &mut into)?;
    }
    into.remarks.extend(row.remarks.iter().map(|remark| fault(row.number, None, remark.clone())));
    into.place_phones(columns);
    Ok(into)
}

pub(super) fn fault(row: u64, column: Option<&String>, message: String) -> Fault {
    Fault { row, column: column.cloned(), message }
}

impl Read {
    fn cell(&mut self, cell: &str, role: Role, name: &String, columns: &Columns, cx: &Reading) -> Result<(), String> {
        match role {
            Role::Derived | Role::LeftOut | Role::Activity(_) => {}
            Role::Email => self.emails.extend(several(cell).map(email::parse).collect::<Result<Vec<_>, _>>()?),
            Role::Phone => self.phone(cell, columns, cx)?,
            Role::Property(id) => self.property(id, cell, name, columns, cx)?,
            Role::Id => match Uuid::try_parse(cell) {
                Ok(id) => self.lejek_id = Some(id),
                Err(_) => self.external_id = Some(format!("{}:{cell}", columns.source)),
            },
            Role::ForeignId => self.external_id = Some(format!("{}:{cell}", columns.source)),
            Role::CompanyName => {
                self.property(is::COMPANY_NAME, cell, name, columns, cx)?;
                self.company_name = Some(cell.to_owned());
            }
            Role::Tie(object, by) => {
                let parts: Vec<&str> = if by == By::Name { vec![cell] } else { several(cell).collect() };
                for (place, part) in parts.into_iter().enumerate() {
                    let labelled = part.split_once('=').filter(|_| matches!(by, By::Ids(_)));
                    let (text, label) = labelled.map_or((part, None), |(id, label)| (id.trim(), Some(label.trim())));
                    let (text, label) = (text.to_owned(), label.map(str::to_owned));
                    let primary = by == By::Ids(true) && place == 0;
                    self.ties.push(Named { object, by, text, label, primary, column: name.clone() });
                }
            }
        }
        Ok(())
    }

    fn property(
        &mut self,
        id: PropertyId,
        cell: &str,
        name: &String,
        columns: &Columns,
        cx: &Reading,
    ) -> Result<(), String> {
        let Some(property) = columns.property(id) else { return Ok(()) };
        match read(property, cell, cx) {
            Ok(value) => self.values.extend(value.map(|value| (id, value))),
            // An unknown user leaves the field empty, the row comes in (R5.11).
            Err(message) if matches!(property.kind, Kind::User | Kind::Users) => {
                self.remarks.push(fault(self.number, Some(name), message));
            }
            Err(message) => return Err(message),
        }
        Ok(())
    }

    fn phone(&mut self, cell: &str, columns: &Columns, cx: &Reading) -> Result<(), String> {
        let Some(property) = columns.property(is::PHONE) else { return Ok(()) };
        if let Some(Value::Text(phone)) = read(property, cell, cx)?
            && !self.phones.contains(&phone)
        {
            self.phones.push(phone);
        }
        Ok(())
    }

    /// The first number is the phone, the next one the mobile if that has no column of its own.
    fn place_phones(&mut self, columns: &Columns) {
        let mut phones = std::mem::take(&mut self.phones).into_iter();
        self.values.extend(phones.next().map(|phone| (is::PHONE, Value::Text(phone))));
        if self.values.iter().all(|(id, _)| *id != is::MOBILE) {
            self.values.extend(phones.next().map(|phone| (is::MOBILE, Value::Text(phone))));
        }
        let column = columns.column_of(is::PHONE);
        for left in phones {
            let message = format!("There is no place for a third number: {left} was left out");
            self.remarks.push(Fault { row: self.number, column: column.clone(), message });
        }
    }
}

impl Read {
    /// The addresses by which the row's record may be found.
    pub fn address_keys(&self, object: Object) -> Vec<Key> {
        match object {
            Object::CONTACT => {
                let further = self.text_list(is::EMAILS);
                self.emails.iter().chain(further).map(|email| Key::email(email)).collect()
            }
            Object::COMPANY => {
                let main = self.value(is::DOMAIN).and_then(Value::as_text).map(Key::domain);
                main.into_iter().chain(self.text_list(is::DOMAINS).iter().map(|domain| Key::domain(domain))).collect()
            }
            _ => Vec::new(),
        }
    }

    pub fn value(&self, id: PropertyId) -> Option<&Value> {
        self.values.iter().find(|(property, _)| *property == id).map(|(_, value)| value)
    }

    fn text_list(&self, id: PropertyId) -> &[String] {
        self.value(id).map(Value::as_texts).unwrap_or_default()
    }

    /// What the record of the row would be called.
    pub fn name(&self) -> String {
        let text = |id| self.value(id).and_then(Value::as_text).unwrap_or_default();
        match text(is::NAME) {
            "" => format!("{} {}", text(is::FIRST_NAME), text(is::LAST_NAME)).trim().to_owned(),
            name => name.to_owned(),
        }
    }

    /// The values for a record that is new, or that was found by its id.
    pub fn values_as_said(mut self) -> Vec<(PropertyId, Value)> {
        let mut emails = std::mem::take(&mut self.emails).into_iter();
        self.values.extend(emails.next().map(|main| (is::EMAIL, Value::Text(main))));
        let mut further: Vec<String> = self.text_list(is::EMAILS).to_vec();
        further.extend(emails);
        if !further.is_empty() {
            self.values.retain(|(id, _)| *id != is::EMAILS);
            self.values.push((is::EMAILS, Value::Texts(further)));
        }
        self.with_external(&[])
    }

    /// The values for a record that was found by an address: the addresses it lacks are added, its main one stays.
    pub fn values_added_to(mut self, record: &Record) -> Vec<(PropertyId, Value)> {
        let add = |have: Vec<String>, further: &[String], more: Vec<String>| {
            let mut all = further.to_vec();
            for one in more {
                if !have.iter().chain(&all).any(|known| known.eq_ignore_ascii_case(&one)) {
                    all.push(one);
                }
            }
            all
        };
        for (main, further) in [(is::EMAIL, is::EMAILS), (is::DOMAIN, is::DOMAINS)] {
            let mut more = if main == is::EMAIL { std::mem::take(&mut self.emails) } else { Vec::new() };
            more.extend(self.value(main).and_then(Value::as_text).map(str::to_owned));
            more.extend(self.text_list(further).iter().cloned());
            self.values.retain(|(id, _)| *id != main && *id != further);
            let kept = record.values.get(further).map(Value::as_texts).unwrap_or_default();
            let have: Vec<String> = record.text(main).map(str::to_owned).into_iter().collect();
            let all = add(have, kept, more);
            if all.len() > kept.len() {
                self.values.push((further, Value::Texts(all)));
            }
        }
        let known = record.external_ids().to_vec();
        self.with_external(&known)
    }

    /// Adds the other program's id to those that are known.
    pub fn with_external(mut self, known: &[String]) -> Vec<(PropertyId, Value)> {
        if let Some(external) = self.external_id.take()
            && !known.contains(&external)
        {
            let mut all = known.to_vec();
            all.extend(self.text_list(is::EXTERNAL_IDS).iter().filter(|id| !known.contains(id)).cloned());
            all.push(external);
            self.values.retain(|(id, _)| *id != is::EXTERNAL_IDS);
            self.values.push((is::EXTERNAL_IDS, Value::Texts(all)));
        }
        self.values
    }
}
