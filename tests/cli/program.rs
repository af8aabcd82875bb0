//! The program, run as scripts run it: on a folder of its own, with a line of arguments, answering JSON.

use assert_cmd::Command;
use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A data folder and whoever acts in it.
pub struct Lejek {
    folder: TempDir,
    /// Where in it the workspace is.
    data: PathBuf,
    email: Option<String>,
}

/// What a call came to.
pub struct Run {
    pub line: String,
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Lejek {
    /// A folder in which there is no workspace yet.
    pub fn new() -> Lejek {
        Lejek::below("")
    }

    /// The same, so far below the folder for temporary files.
    pub fn below(path: &str) -> Lejek {
        let folder = tempfile::tempdir().unwrap();
        Lejek { data: folder.path().join(path).join("data"), folder, email: None }
    }

    /// A workspace of Ann, who is its Super Admin.
    pub fn of_ann() -> Lejek {
        let lejek = Lejek::new();
        lejek.run_as(Some("ann@firma.pl"), "settings general.currency EUR");
        lejek
    }

    pub fn data(&self) -> PathBuf {
        self.data.clone()
    }

    /// A file beside the workspace.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        std::fs::write(self.file(name), text).unwrap();
        self.file(name)
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.file(name)).unwrap()
    }

    /// From now on `email` acts.
    pub fn act_as(&mut self, email: &str) {
        self.email = Some(email.to_owned());
    }

    /// Runs a line of arguments; what stands in single quotes is one argument, `@name` a file beside the workspace.
    pub fn run(&self, line: &str) -> Run {
        self.run_as(self.email.as_deref(), line)
    }

    pub fn run_as(&self, email: Option<&str>, line: &str) -> Run {
        self.call(email, line, "")
    }

    /// With something on the standard input.
    pub fn run_with(&self, line: &str, input: &str) -> Run {
        self.call(self.email.as_deref(), line, input)
    }

    fn call(&self, email: Option<&str>, line: &str, input: &str) -> Run {
        let mut command = Command::cargo_bin("lejek").unwrap();
        command.env_clear().env("USER", "tester").env("HOME", self.folder.path()).env("LEJEK_DATA", self.data());
        command.current_dir(self.folder.path());
        command.args(email.into_iter().flat_map(|email| ["--as", email]));
        command.args(words(line).iter().map(|word| match word.strip_prefix('@') {
            Some(name) => self.file(name).display().to_string(),
            None => word.clone(),
        }));
        let output = command.write_stdin(input).output().unwrap();
        Run {
            line: line.to_owned(),
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The answer of a call that succeeds.
    pub fn ok(&self, line: &str) -> Json {
        self.run(&format!("--json {line}")).ok()
    }

    /// The error of a call that fails with `code`.
    pub fn fails(&self, code: i32, line: &str) -> Json {
        self.run(&format!("--json {line}")).fails(code)
    }

    /// The text of a call that succeeds.
    pub fn text(&self, line: &str) -> String {
        let run = self.run(line);
        assert_eq!(run.code, 0, "{}: {}", run.line, run.err);
        run.out
    }

    /// Creates something and answers its id.
    pub fn new_id(&self, line: &str) -> String {
        self.ok(&format!("new {line}"))["id"].as_str().unwrap().to_owned()
    }

    /// One property of a record.
    pub fn property(&self, of: &str, name: &str) -> Json {
        self.ok(&format!("show {of}"))["properties"][name].clone()
    }
}

impl Run {
    pub fn ok(self) -> Json {
        assert_eq!(self.code, 0, "{}: {}{}", self.line, self.out, self.err);
        self.json()
    }

    pub fn fails(self, code: i32) -> Json {
        assert_eq!(self.code, code, "{}: {}{}", self.line, self.out, self.err);
        let error = self.json()["error"].clone();
        let kinds: &[&str] = match code {
            1 => &["failed"],
            2 => &["usage"],
            3 => &["refused"],
            4 => &["not_found", "ambiguous"],
            _ => &["busy"],
        };
        assert!(kinds.contains(&error["kind"].as_str().unwrap()), "{}: {error}", self.line);
        assert!(!error["message"].as_str().unwrap().is_empty(), "{}", self.line);
        error
    }

    /// Stdout is one JSON value, and nothing else.
    pub fn json(&self) -> Json {
        assert_eq!(self.err, "", "{}", self.line);
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{}: {error}: {}", self.line, self.out))
    }
}

fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), None::<String>, false);
    for c in line.chars() {
        match c {
            '\'' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            ' ' if !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// The names in a list, in its order.
pub fn names(list: &Json) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

/// The permissions of a file.
#[cfg(unix)]
pub fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}
