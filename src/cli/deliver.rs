//! `lejek deliver`: delivers notifications without an interface (R4.10), once or for as long as it runs.

use super::outbox;
use super::session::Session;
use super::trouble::Trouble;
use super::{Call, Start};
use crate::domain::change::Origin;
use crate::domain::notification::ChannelKind;
use crate::workspace::lanes::Delivery;
use crate::workspace::window::Window;
use crate::workspace::{Delivered, Deliverer};
use clap::Args;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// How often it is looked whether to end.
const LOOK: Duration = Duration::from_millis(200);

#[derive(Debug, Args)]
pub struct Deliver {
    /// Goes on until it is ended; other lejek work on the folder meanwhile
    #[arg(long)]
    pub watch: bool,
}

impl Deliver {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        if self.watch { watch(call) } else { once(call) }
    }
}

fn once(call: &Call) -> Result<(), Trouble> {
    let session = Session::writing(call)?;
    session.fall_due(Origin::CommandLine)?;
    let mut came_to = Delivered::default();
    for (channel, ..) in ChannelKind::ROWS.iter().filter(|(channel, ..)| is_here(*channel)) {
        let round = Deliverer { workspace: &session, channel: *channel, goes_on: &|| true }.round()?;
        came_to.add(round);
    }
    let waiting = outbox::count(&session)?;
    let Delivered { delivered, failed, given_up, off } = came_to;
    session.out.answer(
        || json!({ "delivered": delivered, "failed": failed, "given_up": given_up, "off": off, "waiting": waiting }),
        || {
            let parts = [(failed, "to be tried again"), (given_up, "given up"), (off, "not wanted any more")];
            let rest = parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!(", {count} {what}"));
            let why = if failed + given_up > 0 { ". `lejek outbox` says why" } else { "" };
            format!("Delivered {delivered}{}{why}", rest.collect::<String>())
        },
    )
}

/// Desktops are only those that this process can show something on.
fn is_here(channel: ChannelKind) -> bool {
    let has_display = || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    channel != ChannelKind::Desktop || cfg!(target_os = "macos") || has_display()
}

fn watch(call: &Call) -> Result<(), Trouble> {
    let start = Start { folder: call.folder()?, email: call.email.clone(), color: call.color, is_kept: true };
    let nothing = || Trouble::not_found("There is no workspace to deliver from yet. Start `lejek`, or import a file");
    let window = Arc::new(start.known()?.ok_or_else(nothing)?);
    let ended = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        let failed = |error| Trouble::failed(format!("Signals can't be listened to: {error}"));
        signal_hook::flag::register(signal, Arc::clone(&ended)).map_err(failed)?;
    }
    let delivery = Delivery::start(&window, &Arc::new(AtomicUsize::new(0)));
    let ring = delivery.ringer();
    Window::follow(&window, Arc::new(move |notice| ring(&notice)));
    while !ended.load(Ordering::SeqCst) {
        std::thread::sleep(LOOK);
    }
    window.close();
    drop(delivery);
    Ok(())
}
