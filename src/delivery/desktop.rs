//! Desktop notifications. While the interface runs, the terminal shows them: [`notice`] gives the bytes that whoever
//! draws on it writes. Otherwise the system's own service does, by its program.

mod terminal;

use super::deadline::Deadline;
use super::process::{self, Heard, ProcessError};
use super::{Message, Stop};

pub use terminal::{Terminal, notice};

/// The program that shows a notification, and its arguments for an id, a title and a text.
struct Service {
    program: &'static str,
    arguments: fn(id: &str, title: &str, text: &str) -> Vec<String>,
}

const SERVICE: Service = if cfg!(target_os = "macos") {
    Service { program: "osascript", arguments: for_osascript }
} else {
    Service { program: "notify-send", arguments: for_notify_send }
};

pub(super) fn send(message: &Message, deadline: Deadline) -> Result<(), Stop> {
    show(SERVICE.program, SERVICE.arguments, message, deadline)
}

fn show(
    program: &str,
    arguments: fn(&str, &str, &str) -> Vec<String>,
    message: &Message,
    deadline: Deadline,
) -> Result<(), Stop> {
    let arguments = arguments(&message.id.to_string(), &message.title(), &message.body());
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match process::run(program, &arguments, Heard::Complaints, deadline) {
        Ok(_) => Ok(()),
        Err(why @ ProcessError::Missing) => Err(Stop::lasting(format!(
            "`{program}` {why}, which shows notifications here. While the interface is open, the terminal shows them."
        ))),
        Err(why) => Err(Stop::passing(format!("`{program}`, which shows notifications, {why}."))),
    }
}

/// The body is markup to most services.
fn for_notify_send(id: &str, title: &str, text: &str) -> Vec<String> {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let hint = format!("--hint=string:x-lejek-id:{id}");
    ["--app-name=lejek", &hint, "--", title, &text].map(str::to_owned).to_vec()
}

/// The words are arguments of the script, never a part of it.
fn for_osascript(_: &str, title: &str, text: &str) -> Vec<String> {
    const SCRIPT: &str = "on run words\ndisplay notification (item 2 of words) with title (item 1 of words)\nend run";
    ["-e", SCRIPT, "--", title, text].map(str::to_owned).to_vec()
}

#[cfg(test)]
mod tests;
