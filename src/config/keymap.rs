//! The table `[keys]`: ids of actions with their keys, those of a context in a table with its title, prefixes in
//! `[keys.prefixes]`.

use super::near::nearest;
use super::{Reader, kind_of, line_of, span_of};
use crate::keys::remap::{self, Clash, Move, Remap};
use crate::keys::rows::PREFIXES;
use crate::keys::{Command, chord};
use std::ops::Range;
use toml_edit::{Item, TableLike, Value};

pub const PREFIX_TABLE: &str = "prefixes";

/// The ways out, which keep a key.
const KEPT: &[Command] = &[Command::Escape, Command::Interrupt];

/// A move and where it is written.
type Written = (Move, Option<Range<usize>>);

pub fn read(item: &Item, remap: &mut Remap, reader: &mut Reader) {
    let Some(table) = item.as_table_like() else {
        let sentence = format!("`keys` is {} here. Write a table, `[keys]`", kind_of(item));
        return reader.fault(item.span(), sentence);
    };
    let mut moves: Vec<Written> = Vec::new();
    for (name, item) in table.iter() {
        let inner = item.as_table_like();
        match inner {
            Some(prefixes) if name == PREFIX_TABLE => read_prefixes(prefixes, remap, reader),
            Some(inner) if remap::context_named(name).is_some() => {
                read_ids(inner, "", remap::context_named(name), &mut moves, reader);
            }
            Some(_) if name.contains(' ') => {
                let sentence = format!("there is no context `{name}`. {}", nearest(name, remap::contexts()));
                reader.fault(span_of(table, name), format!("{} Settings > Keys names them all", sentence.trim_end()));
            }
            _ => read_id(table, name, "", None, &mut moves, reader),
        }
    }
    let is_whole = reader.faults.is_empty();
    for (moved, _) in &moves {
        remap.put(moved.clone());
    }
    // Where something could not be read, what clashes may be what was to be moved away.
    if is_whole {
        for clash in remap.clashes() {
            tell(&clash, &moves, reader);
        }
    }
}

fn tell(clash: &Clash, moves: &[Written], reader: &mut Reader) {
    let line_of_move = |command: Command| {
        let of = |context: Option<&str>| {
            moves.iter().find(|(moved, _)| moved.command == command && moved.context == context)
        };
        of(Some(clash.context)).or_else(|| of(None)).map(|(_, at)| at.clone())
    };
    let at = line_of_move(clash.moved).or_else(|| line_of_move(clash.other)).flatten();
    let line = line_of(reader.text, at.clone());
    let sentence = said(clash);
    // One line about several contexts is one mistake.
    if reader.faults.iter().all(|fault| fault.line != line) {
        reader.fault(at, sentence);
    }
}

/// What a clash is, and what to do.
fn said(Clash { context, moved, keys, other, other_keys }: &Clash) -> String {
    let (moved, other, there) = (moved.name(), other.name(), decapitalised(context));
    let clash = if keys == other_keys {
        format!("`{keys}` of {moved} is {other} too, {there}")
    } else {
        format!("`{keys}` of {moved} and `{other_keys}` of {other} begin alike, {there}")
    };
    format!("{clash}. Give one of them another key, or none (\"\"); [keys.\"{context}\"] is about that place only")
}

/// A title within a sentence.
pub fn decapitalised(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

fn read_prefixes(table: &dyn TableLike, remap: &mut Remap, reader: &mut Reader) {
    for (name, item) in table.iter() {
        let Some(prefix) = PREFIXES.iter().find(|prefix| prefix.keys == name) else {
            let known = PREFIXES.iter().map(|prefix| prefix.keys);
            let sentence = format!("no keys begin with `{name}`. {}", nearest(name, known));
            reader.fault(span_of(table, name), sentence);
            continue;
        };
        match item.as_str().map(sequence) {
            Some(Ok(keys)) if !keys.is_empty() => remap.put_prefix(prefix.keys, keys),
            Some(Err(sentence)) => reader.fault(item.span(), sentence),
            _ => reader.fault(item.span(), format!("a prefix is a key: `{name} = \"ctrl-g\"`")),
        }
    }
}

fn read_ids(
    table: &dyn TableLike,
    group: &str,
    context: Option<&'static str>,
    moves: &mut Vec<Written>,
    reader: &mut Reader,
) {
    for (name, _) in table.iter() {
        read_id(table, name, group, context, moves, reader);
    }
}

/// One id, or a group of those that begin so.
fn read_id(
    table: &dyn TableLike,
    name: &str,
    group: &str,
    context: Option<&'static str>,
    moves: &mut Vec<Written>,
    reader: &mut Reader,
) {
    let Some(item) = table.get(name) else { return };
    let id = if group.is_empty() { name.to_owned() } else { format!("{group}.{name}") };
    if let Some(inner) = item.as_table_like() {
        return read_ids(inner, &id, context, moves, reader);
    }
    let at = span_of(table, name);
    let command = match command(&id, context) {
        Ok(command) => command,
        Err(sentence) => return reader.fault(at, sentence),
    };
    match keys(item) {
        Ok(keys) if keys.is_empty() && KEPT.contains(&command) => {
            reader.fault(item.span(), format!("`{id}` is a way out and needs a key. Give it another one"));
        }
        Ok(keys) => moves.push((Move { context, command, keys }, at)),
        Err(sentence) => reader.fault(item.span(), sentence),
    }
}

fn command(id: &str, context: Option<&'static str>) -> Result<Command, String> {
    let Some(command) = remap::command_named(id) else {
        let known = Command::ALL.iter().find(|command| command.id() == id);
        let numbered = format!("{id}.1");
        return Err(match known {
            Some(_) if remap::command_named(&numbered).is_some() => {
                format!("`{id}` is several, each with a number: `{numbered}`")
            }
            Some(_) => format!("`{id}` gets its letters from names. Its prefix can be moved in [keys.{PREFIX_TABLE}]"),
            None => format!("there is no action `{id}`. {}", nearest(id, remap::names())).trim_end().to_owned(),
        });
    };
    match context.filter(|context| remap::default_keys(command, Some(context)).is_none()) {
        Some(context) => Err(format!("`{id}` does nothing {}. Take the line out", decapitalised(context))),
        None => Ok(command),
    }
}

/// As rows write them; empty: none.
fn keys(item: &Item) -> Result<String, String> {
    let one = |value: &Value| match value {
        Value::String(text) => sequence(text.value()),
        _ => Err("a key is text, such as \"ctrl-x\" or \"g c\"".to_owned()),
    };
    match item {
        Item::Value(Value::Array(all)) => Ok(all.iter().map(one).collect::<Result<Vec<_>, _>>()?.join(" | ")),
        Item::Value(value) => one(value),
        _ => Err(format!("keys are text or a list of texts, not {}", kind_of(item))),
    }
}

/// One sequence of keys, in the spelling of rows.
pub fn sequence(text: &str) -> Result<String, String> {
    let text = text.trim();
    let parsed = if text == "|" { Ok(Vec::new()) } else { chord::parse(text) };
    match parsed.map_err(|error| error.to_string().trim_end_matches('.').to_owned())?.as_slice() {
        [] if text.is_empty() => Ok(String::new()),
        [keys] => Ok(keys.iter().map(|chord| chord::show(*chord)).collect::<Vec<_>>().join(" ")),
        _ => Err("several keys are a list: [\"j\", \"down\"]".to_owned()),
    }
}
