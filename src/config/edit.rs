//! Writing into the file what was set in the program: only the lines that it is about change, comments and order stay.

use super::{KEYS, line_of};
use crate::keys::Command;
use toml_edit::{Array, DocumentMut, Item, Table, Value};

/// What is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    Text(&'static str, String),
    Switch(&'static str, bool),
    /// Keys as rows write them; none: those from the start.
    Keys {
        command: Command,
        context: Option<&'static str>,
        keys: Option<String>,
    },
    /// All keys as they were from the start.
    ResetKeys,
    Several(Vec<Edit>),
}

/// The text with the edit made. Fails where the text is no TOML, with the sentence.
pub fn edited(text: &str, edit: &Edit) -> Result<String, String> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        format!(
            "Line {} of the file is not TOML, so nothing was written. Correct it first.",
            line_of(text, error.span())
        )
    })?;
    make(document.as_table_mut(), edit)?;
    Ok(document.to_string())
}

fn make(table: &mut Table, edit: &Edit) -> Result<(), String> {
    match edit {
        Edit::Text(name, value) => put(table, name, value.as_str().into()),
        Edit::Switch(name, on) => put(table, name, (*on).into()),
        Edit::Keys { command, context, keys } => {
            let path = [KEYS].into_iter().chain(*context);
            put_keys(table, &path.collect::<Vec<_>>(), &command.name(), keys.as_deref())?;
        }
        Edit::ResetKeys => reset(table),
        Edit::Several(edits) => edits.iter().try_for_each(|edit| make(table, edit))?,
    }
    Ok(())
}

/// A value in the place of the one before, with the comment that stands behind it.
fn put(table: &mut Table, name: &str, mut value: Value) {
    match table.get_mut(name) {
        Some(Item::Value(before)) => {
            *value.decor_mut() = before.decor().clone();
            *before = value;
        }
        Some(other) => *other = Item::Value(value),
        None => _ = table.insert(name, Item::Value(value)),
    }
}

fn value_of(keys: &str) -> Value {
    match keys.split(" | ").collect::<Vec<_>>().as_slice() {
        [one] => (*one).into(),
        several => Value::Array(several.iter().copied().collect::<Array>()),
    }
}

/// Puts keys under their id in the table of that path, or takes the id out.
fn put_keys(root: &mut Table, path: &[&str], id: &str, keys: Option<&str>) -> Result<(), String> {
    let Some(keys) = keys else {
        take_out(root, path, id);
        return Ok(());
    };
    let mut table = root;
    for name in path {
        let fresh = || {
            let mut table = Table::new();
            // Its head is written as soon as something stands in it.
            table.set_implicit(true);
            Item::Table(table)
        };
        let item = table.entry(name).or_insert_with(fresh);
        table = item.as_table_mut().ok_or_else(|| format!("`{name}` is no table of its own. Write [{name}]"))?;
    }
    // An id may be written as one path or in tables of its groups.
    let mut steps: Vec<&str> = id.split('.').collect();
    let last = steps.pop().unwrap_or(id);
    for step in steps {
        let fresh = || {
            let mut group = Table::new();
            group.set_dotted(true);
            Item::Table(group)
        };
        let item = table.entry(step).or_insert_with(fresh);
        table = item.as_table_mut().ok_or_else(|| format!("`{step}` is no table of keys. Take that line out"))?;
    }
    put(table, last, value_of(keys));
    Ok(())
}

fn take_out(root: &mut Table, path: &[&str], id: &str) {
    let mut table = Some(root);
    let mut steps: Vec<&str> = path.iter().copied().chain(id.split('.')).collect();
    let last = steps.pop().unwrap_or(id);
    for step in steps {
        table = table.and_then(|table| table.get_mut(step)).and_then(Item::as_table_mut);
    }
    if let Some(table) = table {
        table.remove(last);
    }
}

/// Takes all ids out; the table stays with what stands above it, and prefixes go too.
fn reset(root: &mut Table) {
    if let Some(keys) = root.get_mut(KEYS).and_then(Item::as_table_mut) {
        let names: Vec<String> = keys.iter().map(|(name, _)| name.to_owned()).collect();
        for name in names {
            keys.remove(&name);
        }
    } else {
        root.remove(KEYS);
    }
}
