//! The README's table of keys.

use std::fmt::Write;

use super::{Keys, Line, Row, lines, lines::spell};

/// One table for each titled set of rows.
pub fn markdown(sets: &[(&str, &[Keys])]) -> String {
    let mut text = String::new();
    for (title, tables) in sets {
        let _ = writeln!(text, "**{title}**\n\n| keys | what they do |\n|---|---|");
        for table in *tables {
            let rows: Vec<Row> = table.iter().filter(|row| !row.keys.is_empty()).map(Row::from).collect();
            write_rows(&mut text, &rows);
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn write_rows(text: &mut String, rows: &[Row]) {
    let mut from = 0;
    for Line { keys, label, commands, .. } in lines(rows) {
        let together = &rows[from..from + commands.len()];
        from += commands.len();
        let keys = if commands.len() > 2 { code(&keys) } else { alternatives(together) };
        let mut letters = label.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        let label: String = first.chain(letters).collect();
        let _ = writeln!(text, "| {keys} | {label} |");
    }
}

fn alternatives(rows: &[Row]) -> String {
    let all = rows.iter().flat_map(|row| row.keys.split(" | "));
    all.map(|keys| code(&spell(keys))).collect::<Vec<_>>().join(" ")
}

fn code(keys: &str) -> String {
    format!("`{keys}`")
}
