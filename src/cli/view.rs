//! `lejek view`: questions to a list that are kept under a name. What a view is told is a field of [`Told`].

use super::Call;
use super::answer;
use super::listing::sort;
use super::out::Table;
use super::session::{Session, property};
use super::trouble::{Kind, Trouble};
use crate::domain::change::Change;
use crate::domain::id::short;
use crate::domain::object::ObjectSpec;
use crate::domain::view::{View as Kept, ViewColumn, ViewId};
use clap::{Args, Subcommand};
use serde_json::{Value as Json, json};

#[derive(Debug, Subcommand)]
pub enum View {
    /// Lists the views that you see
    List {
        /// Of this object only
        object: Option<String>,
    },
    /// Keeps a question under a name
    Add {
        /// contact, company, deal, ticket, lead or an object of your own
        object: String,
        name: String,
        #[command(flatten)]
        told: Told,
    },
    /// Changes what is told; the rest stays
    Set {
        /// Its name, its id or the last 8 characters of that
        #[arg(value_name = "VIEW")]
        view: String,
        /// The object, where several have a view of that name
        #[arg(long, value_name = "OBJECT")]
        object: Option<String>,
        /// Another name
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        #[command(flatten)]
        told: Told,
    },
    /// Deletes a view; the records stay
    Delete {
        /// Its name, its id or the last 8 characters of that
        #[arg(value_name = "VIEW")]
        view: String,
        /// The object, where several have a view of that name
        #[arg(long, value_name = "OBJECT")]
        object: Option<String>,
    },
}

/// What a view asks and shows. An empty text takes away what was there.
#[derive(Debug, Args)]
pub struct Told {
    /// An expression as `list` takes it; several are AND
    #[arg(long, value_name = "EXPR", allow_hyphen_values = true)]
    filter: Vec<String>,
    /// Records whose text holds every word
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    search: Option<String>,
    /// The property to sort by, `-` before it for descending; several decide one after the other
    #[arg(long, value_name = "[-]PROPERTY", allow_hyphen_values = true)]
    sort: Vec<String>,
    /// What to show, parted by commas, each with `:WIDTH` in cells where it matters
    #[arg(long, value_name = "PROPERTY[:WIDTH],…", value_delimiter = ',')]
    columns: Vec<String>,
    /// Rows of one value of this property stand together
    #[arg(long, value_name = "PROPERTY")]
    group: Option<String>,
    /// Everybody sees it
    #[arg(long)]
    everyone: bool,
    /// Only you see it, as at first
    #[arg(long, conflicts_with = "everyone")]
    private: bool,
}

impl Told {
    fn take_in(&self, view: &mut Kept, spec: &ObjectSpec) -> Result<(), Trouble> {
        let said = |texts: &[String]| texts.iter().filter(|text| !text.trim().is_empty()).cloned().collect::<Vec<_>>();
        if !self.filter.is_empty() {
            view.filters = said(&self.filter);
        }
        if let Some(search) = &self.search {
            view.search.clone_from(search);
        }
        if !self.sort.is_empty() {
            view.sort = said(&self.sort).iter().map(|text| sort(spec, text)).collect::<Result<_, _>>()?;
        }
        if !self.columns.is_empty() {
            view.columns = said(&self.columns).iter().map(|text| column(spec, text)).collect::<Result<_, _>>()?;
        }
        match self.group.as_deref().map(str::trim) {
            Some("") => view.grouped = None,
            Some(name) => view.grouped = Some(property(spec, name)?.id),
            None => {}
        }
        view.everyone = (view.everyone || self.everyone) && !self.private;
        Ok(())
    }
}

/// `name:24`.
fn column(spec: &ObjectSpec, text: &str) -> Result<ViewColumn, Trouble> {
    let (name, width) = text.split_once(':').map_or((text, None), |(name, width)| (name, Some(width)));
    let cells = |width: &str| {
        let cells = width.trim().parse::<u16>().ok().filter(|cells| (1..=200).contains(cells));
        cells.ok_or_else(|| Trouble::usage(format!("“{width}” is no width. Written so: {}:24", name.trim())))
    };
    Ok(ViewColumn { property: property(spec, name.trim())?.id, width: width.map(cells).transpose()? })
}

impl View {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        match self {
            View::List { object } => list(&Session::reading(call)?, object.as_deref()),
            View::Add { object, name, told } => {
                let session = Session::writing(call)?;
                let spec = session.spec(&object)?;
                let id = ViewId(session.with_ids(|ids| ids.next()));
                let mut view = Kept { name, ..Kept::new(id, spec.object, Some(session.user())) };
                told.take_in(&mut view, &spec)?;
                save(&session, view)
            }
            View::Set { view, object, name, told } => {
                let session = Session::reading(call)?;
                let mut view = of_object(&session, object.as_deref(), &view)?;
                if let Some(spec) = session.settings.object(view.object) {
                    told.take_in(&mut view, spec)?;
                }
                view.name = name.unwrap_or(view.name);
                save(&session, view)
            }
            View::Delete { view, object } => {
                let session = Session::reading(call)?;
                let id = of_object(&session, object.as_deref(), &view)?.id;
                let done = session.perform_now(&Change::DeleteView { id })?;
                answer::act(&session, &done, &[("id", id.0.to_string().into(), String::new())])
            }
        }
    }
}

fn save(session: &Session, view: Kept) -> Result<(), Trouble> {
    let id = view.id;
    let done = session.perform_now(&Change::SaveView { view: Box::new(view) })?;
    answer::act(session, &done, &[("id", id.0.to_string().into(), String::new())])
}

fn of_object(session: &Session, object: Option<&str>, name: &str) -> Result<Kept, Trouble> {
    let spec = object.map(|object| session.spec(object)).transpose()?;
    named(session, spec.as_ref(), name)
}

/// The view of that name, of one object or of any. Of two of a name one's own is meant.
pub fn named(session: &Session, spec: Option<&ObjectSpec>, name: &str) -> Result<Kept, Trouble> {
    let specs = session.settings.objects.iter().filter(|other| spec.is_none_or(|spec| spec.object == other.object));
    let is_it = |view: &Kept| {
        let has_id = view.id.built_in().is_none() && (view.id.0.to_string() == name || short(view.id.0) == name);
        has_id || view.is_called(name)
    };
    let of = |spec: &ObjectSpec| session.settings.views_of(spec.object, session.user()).into_iter().find(&is_it);
    let mut found: Vec<Kept> = specs.filter_map(of).collect();
    match (found.pop(), found.is_empty()) {
        (Some(view), true) => Ok(view),
        (Some(last), false) => {
            found.push(last);
            let object = |view: &Kept| session.settings.object(view.object).map(|spec| spec.name.clone());
            let one = |view: &Kept| json!({ "id": view.id.0.to_string(), "object": object(view), "name": view.name });
            let candidates = found.iter().map(one).collect();
            let message = format!("Several objects have a view “{name}”. Name one with --object");
            Err(Trouble::new(Kind::Ambiguous, message).with("candidates", candidates))
        }
        (None, _) => {
            let of = spec.map_or_else(String::new, |spec| format!(" of {}", spec.plural.to_lowercase()));
            Err(Trouble::not_found(format!("There is no view “{name}”{of}. `lejek view list` names them")))
        }
    }
}

fn list(session: &Session, object: Option<&str>) -> Result<(), Trouble> {
    let only = object.map(|object| session.spec(object)).transpose()?;
    let mut views: Vec<(&ObjectSpec, Kept)> = Vec::new();
    for spec in
        session.settings.objects.iter().filter(|spec| only.as_ref().is_none_or(|only| only.object == spec.object))
    {
        let of_spec = session.settings.views_of(spec.object, session.user());
        views.extend(of_spec.into_iter().map(|view| (spec, view)));
    }
    if session.out.json {
        return session.out.value(&views.iter().map(|(spec, view)| shape(session, spec, view)).collect::<Json>());
    }
    let rows = views.iter().map(|(spec, view)| {
        let id = if view.id.built_in().is_some() { String::new() } else { short(view.id.0) };
        let whose = if view.everyone { "everyone" } else { "only you" };
        vec![id, spec.name.clone(), view.name.clone(), whose.to_owned(), view.filters.join(" · ")]
    });
    Table::print(&session.out, &["Id", "Object", "Name", "For", "Filters"], &rows.collect::<Vec<_>>())
}

/// A view under the options by which it is changed; what was deleted is left out, and `trouble` says so.
fn shape(session: &Session, spec: &ObjectSpec, view: &Kept) -> Json {
    let named = |id| spec.property(id).map(|property| property.name.clone());
    let sorted = view
        .sort
        .iter()
        .filter_map(|sort| named(sort.property).map(|name| if sort.descending { format!("-{name}") } else { name }));
    let columns = view.shown(spec).into_iter().map(|(property, width)| match width {
        Some(width) => format!("{}:{width}", property.name),
        None => property.name.clone(),
    });
    let owner = view.owner.and_then(|id| session.settings.user(id)).map(|user| user.email.clone());
    json!({
        "id": view.id.0.to_string(),
        "object": spec.name,
        "name": view.name,
        "owner": owner,
        "everyone": view.everyone,
        "built_in": view.id.built_in().is_some(),
        "filters": view.filters,
        "search": view.search,
        "sort": sorted.collect::<Vec<_>>(),
        "columns": columns.collect::<Vec<_>>(),
        "group": view.grouped.and_then(named),
        "trouble": view.query(&session.cx(), session.viewer(), &[]).err(),
    })
}
