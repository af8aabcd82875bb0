//! A view as the call of the command line that gives the same list.

use super::{View, ViewColumn};
use crate::domain::object::ObjectSpec;
use crate::domain::query::Sort;

impl View {
    /// `lejek list contact --filter 'owner is me' --sort=-last_activity`. What was deleted is left out.
    pub fn command(&self, spec: &ObjectSpec) -> String {
        let mut call = format!("lejek list {}", spec.name);
        let mut say = |option: &str, value: &str| {
            call.push_str(option);
            call.push_str(&shell_quoted(value));
        };
        if self.viewed {
            say(" --view ", "Recently viewed");
        }
        for filter in &self.filters {
            say(" --filter ", filter);
        }
        if !self.search.is_empty() {
            say(" --search ", &self.search);
        }
        for sort in self.order(spec).unwrap_or_else(|_| self.sort.clone()) {
            if let Some(written) = written(sort, spec) {
                say(" --sort=", &written);
            }
        }
        if !self.columns.is_empty() {
            let name = |column: &ViewColumn| spec.property(column.property).map(|property| property.name.as_str());
            let names: Vec<&str> = self.columns.iter().filter_map(name).collect();
            say(" --columns ", &names.join(","));
        }
        call
    }
}

/// `-amount`.
fn written(sort: Sort, spec: &ObjectSpec) -> Option<String> {
    let name = &spec.property(sort.property)?.name;
    Some(if sort.descending { format!("-{name}") } else { name.clone() })
}

/// As one word of a shell.
fn shell_quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ',' | '.' | '@' | ':');
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
