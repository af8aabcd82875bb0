//! `lejek property`: the properties of objects and their options. A field of a property is a row of [`FIELDS`].

use super::Call;
use super::answer;
use super::out::Table;
use super::session::{Session, parted, property};
use super::trouble::Trouble;
use crate::domain::change::Change;
use crate::domain::fold::fold;
use crate::domain::id::OptionId;
use crate::domain::object::ObjectSpec;
use crate::domain::property::form::{Instead, OptionForm, PropertyForm};
use crate::domain::property::{Kind, Property as Defined, Tint};
use crate::domain::value::several;
use clap::{Args, Subcommand};
use serde_json::{Value as Json, json};

#[derive(Debug, Subcommand)]
pub enum Property {
    /// Lists the properties of an object, or of all
    List {
        /// contact, company, deal, ticket, lead or an object of your own
        object: Option<String>,
    },
    /// Adds a property: type=…, and label, options, colors, required, searched
    Add {
        /// contact, company, deal, ticket, lead or an object of your own
        object: String,
        /// Its internal name: lower case, digits and _
        name: String,
        /// Such as type=option label=Size options=S;M;L colors=grey;blue;red required=true
        #[arg(value_name = "FIELD=VALUE", required = true)]
        values: Vec<String>,
    },
    /// Changes a property
    Set(Set),
    /// Deletes a property; undo brings it back with its values
    Delete {
        /// contact, company, deal, ticket, lead or an object of your own
        object: String,
        /// Its internal name
        name: String,
        /// Also when records hold values
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, Args)]
pub struct Set {
    /// contact, company, deal, ticket, lead or an object of your own
    object: String,
    /// Its internal name
    name: String,
    /// Such as label=Size options=S;M;L, the whole list: what is left out is deleted
    #[arg(value_name = "FIELD=VALUE")]
    values: Vec<String>,
    /// Gives an option another label
    #[arg(long, value_name = "OPTION=LABEL")]
    rename: Vec<String>,
    /// The option that takes the place of deleted ones where records hold them
    #[arg(long, value_name = "OPTION", conflicts_with = "clear")]
    move_to: Option<String>,
    /// Clears the values where records hold deleted options
    #[arg(long)]
    clear: bool,
}

/// A field of a property: its name in scripts, how it is written.
struct Field {
    name: &'static str,
    set: fn(&mut PropertyForm, &str) -> Result<(), String>,
}

const FIELDS: &[Field] = &[
    Field {
        name: "label",
        set: |form, text| {
            text.clone_into(&mut form.label);
            Ok(())
        },
    },
    Field { name: "type", set: |form, text| kind(text).map(|kind| form.kind = kind) },
    Field {
        name: "options",
        set: |form, text| {
            form.options = several(text).map(|label| option(form, label)).collect();
            Ok(())
        },
    },
    Field { name: "colors", set: colors },
    Field { name: "required", set: |form, text| yes_no(text).map(|yes| form.required = yes) },
    Field { name: "searched", set: |form, text| yes_no(text).map(|yes| form.searched = yes) },
];

fn kind(text: &str) -> Result<Kind, String> {
    let wanted = text.trim().to_lowercase();
    Kind::named(&wanted).filter(|kind| kind.can_be_custom()).ok_or_else(|| {
        let rows = Kind::ROWS.iter().filter(|(kind, ..)| kind.can_be_custom());
        format!("“{text}” is no type. There are: {}", rows.map(|row| row.1).collect::<Vec<_>>().join(", "))
    })
}

/// The option that is called so already, or a new one.
fn option(form: &PropertyForm, label: &str) -> OptionForm {
    let before = form.options.iter().find(|option| fold(&option.label) == fold(label));
    OptionForm {
        id: before.and_then(|option| option.id),
        label: label.to_owned(),
        tint: before.map(|option| option.tint).unwrap_or_default(),
    }
}

fn colors(form: &mut PropertyForm, text: &str) -> Result<(), String> {
    let names: Vec<&str> = several(text).collect();
    if names.len() > form.options.len() {
        return Err(format!("there are {} colours for {} options", names.len(), form.options.len()));
    }
    for (option, name) in form.options.iter_mut().zip(names) {
        option.tint = Tint::named(&name.to_lowercase()).ok_or_else(|| {
            let names: Vec<&str> = Tint::ROWS.iter().map(|row| row.1).collect();
            format!("“{name}” is no colour of options. There are: {}", names.join(", "))
        })?;
    }
    Ok(())
}

fn yes_no(text: &str) -> Result<bool, String> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" => Ok(true),
        "false" | "no" => Ok(false),
        _ => Err(format!("“{text}” is neither true nor false")),
    }
}

/// Fields in the order of [`FIELDS`]: colours come after the options that they colour.
fn write(form: &mut PropertyForm, pairs: &[String]) -> Result<(), Trouble> {
    let pairs = pairs.iter().map(|pair| parted(pair)).collect::<Result<Vec<_>, _>>()?;
    if let Some((name, _)) = pairs.iter().find(|(name, _)| !FIELDS.iter().any(|field| field.name == *name)) {
        let names: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
        return Err(Trouble::usage(format!("Properties have no “{name}”. There are: {}", names.join(", "))));
    }
    for field in FIELDS {
        for (name, text) in pairs.iter().filter(|(name, _)| *name == field.name) {
            (field.set)(form, text).map_err(|why| Trouble::refused(format!("{name}: {why}")))?;
        }
    }
    Ok(())
}

impl Property {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        match self {
            Property::List { object } => list(&Session::reading(call)?, object.as_deref()),
            Property::Add { object, name, values } => {
                let session = Session::writing(call)?;
                let spec = session.spec_to_shape(&object)?;
                if !values.iter().any(|pair| pair.starts_with("type=")) {
                    return Err(Trouble::usage("A property needs a type. Written so: type=text"));
                }
                let mut form = PropertyForm::new(&name, Kind::Text);
                write(&mut form, &values)?;
                let change = Change::AddProperty { object: spec.object, form: Box::new(form) };
                perform(&session, &change, &spec, &name)
            }
            Property::Set(set) => set.run(call),
            Property::Delete { object, name, yes } => {
                let session = Session::writing(call)?;
                let spec = session.spec_to_shape(&object)?;
                let id = property(&spec, &name)?.id;
                perform(&session, &Change::DeleteProperty { object: spec.object, id, confirmed: yes }, &spec, &name)
            }
        }
    }
}

impl Set {
    fn run(&self, call: &Call) -> Result<(), Trouble> {
        let session = Session::writing(call)?;
        let spec = session.spec_to_shape(&self.object)?;
        let before = property(&spec, &self.name)?;
        if self.values.is_empty() && self.rename.is_empty() {
            return Err(Trouble::usage("What to change? Written so: label=Size options=S;M;L"));
        }
        let mut form = PropertyForm::from(before);
        for pair in &self.rename {
            let (old, new) = parted(pair)?;
            let id = named(before, old)?;
            if let Some(option) = form.options.iter_mut().find(|option| option.id == Some(id)) {
                new.trim().clone_into(&mut option.label);
            }
        }
        write(&mut form, &self.values)?;
        let instead = match (&self.move_to, self.clear) {
            (Some(option), _) => Instead::Option(named(before, option)?),
            (None, true) => Instead::Clear,
            (None, false) => Instead::Ask,
        };
        let (object, id) = (spec.object, before.id);
        let change = Change::SetProperty { object, id, form: Box::new(form), instead };
        perform(&session, &change, &spec, &before.name)
    }
}

/// An option by label or internal name.
fn named(property: &Defined, text: &str) -> Result<OptionId, Trouble> {
    let text = text.trim();
    let found = property.choices.iter().find(|choice| fold(&choice.label) == fold(text));
    let found = found.or_else(|| property.choices.iter().find(|choice| choice.name == text));
    found.map(|choice| choice.id).ok_or_else(|| {
        let labels: Vec<&str> = property.choices.iter().map(|choice| choice.label.as_str()).collect();
        Trouble::refused(format!("{} has no option “{text}”. There are: {}", property.label, labels.join(", ")))
    })
}

/// Answers with the property's number, which it keeps for good.
fn perform(session: &Session, change: &Change, spec: &ObjectSpec, name: &str) -> Result<(), Trouble> {
    let done = session.perform_now(change)?;
    let now = session.store().settings();
    let defined = now.object(spec.object).and_then(|spec| spec.property_called(name));
    let id = defined.or_else(|| spec.property_called(name)).map(|property| property.id.0);
    answer::act(session, &done, &[("id", id.into(), String::new())])
}

fn list(session: &Session, object: Option<&str>) -> Result<(), Trouble> {
    let specs = match object {
        Some(name) => vec![session.spec(name)?],
        None => session.settings.objects.clone(),
    };
    let all = specs.iter().flat_map(|spec| spec.properties.iter().map(move |property| (spec, property)));
    let shown = all.filter(|(_, property)| !property.hidden);
    if session.out.json {
        return session.out.value(&shown.map(|(spec, property)| row(spec, property)).collect::<Json>());
    }
    let rows = shown.map(|(spec, property)| {
        let labels: Vec<&str> = property.choices.iter().map(|choice| choice.label.as_str()).collect();
        let marks =
            [(property.is_custom(), "custom"), (property.required, "required"), (property.derived, "worked out")];
        let marks: Vec<&str> = marks.iter().filter(|mark| mark.0).map(|mark| mark.1).collect();
        let cells = [&spec.name, &property.name, &property.label, property.kind.name()];
        let mut cells: Vec<String> = cells.iter().map(ToString::to_string).collect();
        cells.extend([marks.join(", "), labels.join("; ")]);
        cells
    });
    Table::print(&session.out, &["Object", "Name", "Label", "Type", "", "Options"], &rows.collect::<Vec<_>>())
}

fn row(spec: &ObjectSpec, property: &Defined) -> Json {
    json!({
        "object": spec.name,
        "id": property.id.0,
        "name": property.name,
        "label": property.label,
        "type": property.kind.name(),
        "options": property.choices.iter().map(|choice| choice.label.as_str()).collect::<Vec<_>>(),
        "colors": property.choices.iter().map(|choice| choice.tint.name()).collect::<Vec<_>>(),
        "required": property.required,
        "searched": property.searched,
        "derived": property.derived,
        "custom": property.is_custom(),
    })
}
