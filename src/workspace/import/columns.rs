//! The columns of one file: what each means, which are left out.

use super::{Fault, ImportAsk};
use crate::domain::activity::ActivityKind;
use crate::domain::change::Refusal;
use crate::domain::id::{Object, PropertyId};
use crate::domain::mapping::LEFT_OUT;
use crate::domain::object::ObjectSpec;
use crate::domain::property::Property;
use crate::domain::settings::Settings;
use crate::exchange::headers::{self, MAIL, Role};
use crate::workspace::Failure;

/// A file's columns with their roles; a column without one is left out.
#[derive(Clone)]
pub(super) struct Columns {
    pub spec: ObjectSpec,
    /// All objects, for columns that tie.
    objects: Vec<ObjectSpec>,
    /// Whose ids they are.
    pub source: &'static str,
    /// Of activities: their type, where a row says none.
    pub kind: Option<ActivityKind>,
    /// Of activities: the rows only say which of them belong to which records.
    pub is_ties: bool,
    pub names: Vec<String>,
    pub roles: Vec<Option<Role>>,
}

impl Columns {
    /// What the columns mean, or why the file can't be imported.
    pub fn of(file: &str, names: &[String], ask: &ImportAsk, settings: &Settings) -> Result<Columns, Failure> {
        let is_mail = headers::source(names) == MAIL;
        let object = if is_mail { Some(Object::ACTIVITY) } else { ask.object };
        let given = object.and_then(|object| settings.importable_as(object));
        let spec = given.or_else(|| headers::likely_object(file, names, settings)).ok_or_else(|| {
            Failure::Refused(Refusal::Missing(format!(
                "No column of {file} is known. --object says what the rows are, --map COLUMN=PROPERTY what a column is",
            )))
        })?;
        let mut columns = Columns {
            spec: spec.clone(),
            objects: settings.objects.clone(),
            source: headers::source(names),
            kind: headers::kind_of(file, names),
            is_ties: false,
            names: Vec::new(),
            roles: Vec::new(),
        };
        columns.grow(names, ask)?;
        Ok(columns)
    }

    /// Takes in columns that came with later rows, as JSON lines may bring.
    pub fn grow(&mut self, names: &[String], ask: &ImportAsk) -> Result<(), Failure> {
        for name in names.iter().skip(self.names.len()) {
            let role = match ask.map.iter().find(|(column, _)| column == name) {
                Some((_, property)) => Some(self.mapped(name, property)?),
                None => headers::role(name, &self.spec, &self.objects),
            };
            self.names.push(name.clone());
            self.roles.push(role);
        }
        self.is_ties = self.object() == Object::ACTIVITY && headers::is_ties(&self.names, &self.roles);
        Ok(())
    }

    fn mapped(&self, column: &str, property: &str) -> Result<Role, Failure> {
        if property == LEFT_OUT {
            return Ok(Role::LeftOut);
        }
        headers::role(property, &self.spec, &self.objects).ok_or_else(|| {
            Failure::Usage(format!("{column}: {} have no {} “{property}”", self.spec.plural, self.noun()))
        })
    }

    /// What a file says that nobody understands, said once.
    pub fn left_out(&self, from: usize) -> impl Iterator<Item = Fault> {
        let pairs = self.names.iter().zip(&self.roles).skip(from);
        pairs.filter(|(_, role)| role.is_none()).map(|(name, _)| Fault {
            row: 0,
            column: Some(name.clone()),
            message: "No property has that name: the column was left out. --map COLUMN=PROPERTY takes it in".to_owned(),
        })
    }

    fn noun(&self) -> &'static str {
        if self.object() == Object::ACTIVITY { "field" } else { "property" }
    }

    pub fn object(&self) -> Object {
        self.spec.object
    }

    pub fn property(&self, id: PropertyId) -> Option<&Property> {
        self.spec.property(id)
    }

    /// Whose keys the rows look for.
    pub fn looked_for(&self) -> Vec<Object> {
        if self.object() != Object::ACTIVITY {
            return vec![self.object(), Object::COMPANY];
        }
        let tied = self.roles.iter().flatten().filter_map(|role| match role {
            Role::Tie(object, _) => Some(*object),
            _ => None,
        });
        tied.chain([Object::CONTACT]).collect()
    }

    /// The column that a refusal about a property is about.
    pub fn column_of(&self, id: PropertyId) -> Option<String> {
        use crate::domain::object::is;
        let fits = |role: &Option<Role>| match role {
            Some(Role::Property(property)) => *property == id,
            Some(Role::Email) => id == is::EMAIL || id == is::EMAILS,
            Some(Role::Phone) => id == is::PHONE,
            Some(Role::Id | Role::ForeignId) => id == is::EXTERNAL_IDS,
            _ => false,
        };
        self.roles.iter().position(fits).map(|at| self.names[at].clone())
    }
}
