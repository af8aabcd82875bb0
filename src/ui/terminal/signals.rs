//! Signals that ask the program to end, handed to the loop so that it can leave in good order.

use std::{io, sync::mpsc::Sender};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// From outside: within the interface ctrl-c is a key.
    Interrupt,
    Terminate,
    /// The terminal is gone.
    HangUp,
}

impl Signal {
    /// What a shell expects of a program that a signal ended.
    pub fn exit_code(self) -> i32 {
        128 + match self {
            Self::HangUp => 1,
            Self::Interrupt => 2,
            Self::Terminate => 15,
        }
    }
}

/// The thread that waits for signals.
#[derive(Debug)]
pub struct SignalWatch(#[cfg(unix)] signal_hook::iterator::Handle);

impl SignalWatch {
    /// Ends the thread: another one will wait.
    pub fn end(&self) {
        #[cfg(unix)]
        self.0.close();
    }
}

/// Starts the thread. The first signal is sent to the loop; a second one, when the loop did not heed the first, gives
/// the terminal back and ends the program.
#[cfg(unix)]
pub fn spawn_signals<E: From<Signal> + Send + 'static>(to: Sender<E>) -> io::Result<SignalWatch> {
    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGTERM},
        iterator::Signals,
    };

    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    let handle = signals.handle();
    let watch = move || {
        let mut asked = false;
        for number in signals.forever() {
            let signal = match number {
                SIGHUP => Signal::HangUp,
                SIGINT => Signal::Interrupt,
                _ => Signal::Terminate,
            };
            if asked || to.send(signal.into()).is_err() {
                super::restore();
                std::process::exit(signal.exit_code());
            }
            asked = true;
        }
    };
    std::thread::Builder::new().name("signals".into()).spawn(watch)?;
    Ok(SignalWatch(handle))
}

/// Other systems end the program by themselves.
#[cfg(not(unix))]
pub fn spawn_signals<E: From<Signal> + Send + 'static>(_: Sender<E>) -> io::Result<SignalWatch> {
    Ok(SignalWatch())
}
