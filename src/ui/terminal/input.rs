//! The thread that reads keys, mouse and paste, and hands them on in one form.

use std::{
    io,
    sync::mpsc::Sender,
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
    time::Duration,
};

use crossterm::event::{self, Event, KeyEvent, MouseEvent, MouseEventKind};

use crate::keys::chord;

/// How long more sizes are waited for while a window is being dragged.
const RESIZE_PAUSE: Duration = Duration::from_millis(16);

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Pressed or repeating; in one form for all terminals.
    Key(KeyEvent),
    /// As it came: clean it before it is shown or kept.
    Paste(String),
    Mouse(MouseEvent),
    Resize {
        width: u16,
        height: u16,
    },
    /// The window gained the focus, or lost it.
    Focus(bool),
    /// The terminal can't be read any more.
    Gone,
}

/// How long is waited for the thread to leave the terminal alone.
const PAUSING: Duration = Duration::from_secs(1);

/// Starts the thread. It ends when the receiver is gone or the terminal is.
pub fn spawn_input<E: From<Input> + Send + 'static>(to: Sender<E>) -> io::Result<InputPause> {
    let pause = InputPause::default();
    let (gate, mut source) = (pause.clone(), Crossterm);
    let send = move |input: Input| to.send(input.into()).is_ok();
    thread::Builder::new().name("input".into()).spawn(move || pump(&mut source, &gate, send))?;
    Ok(pause)
}

/// Holds the thread back while another program reads the terminal.
#[derive(Debug, Clone, Default)]
pub struct InputPause(Arc<(Mutex<Paused>, Condvar)>);

#[derive(Debug, Default)]
struct Paused {
    wanted: bool,
    is_held: bool,
}

impl InputPause {
    /// Runs `act` while nothing is read here.
    pub fn during<T>(&self, act: impl FnOnce() -> T) -> T {
        self.hold();
        let done = act();
        self.set(false);
        done
    }

    /// From now on nothing is read here.
    pub fn hold(&self) {
        self.set(true);
        // The thread waits in a read, which a change of size ends.
        #[cfg(unix)]
        let _ = signal_hook::low_level::raise(signal_hook::consts::SIGWINCH);
        let (paused, told) = &*self.0;
        let waiting = paused.lock().unwrap_or_else(PoisonError::into_inner);
        drop(told.wait_timeout_while(waiting, PAUSING, |paused| !paused.is_held));
    }

    fn set(&self, wanted: bool) {
        let (paused, told) = &*self.0;
        paused.lock().unwrap_or_else(PoisonError::into_inner).wanted = wanted;
        told.notify_all();
    }

    /// Called by the thread before it reads on.
    fn pass(&self) {
        let (paused, told) = &*self.0;
        let mut held = paused.lock().unwrap_or_else(PoisonError::into_inner);
        while held.wanted {
            held.is_held = true;
            told.notify_all();
            held = told.wait(held).unwrap_or_else(PoisonError::into_inner);
        }
        held.is_held = false;
    }
}

trait Source {
    /// The next event; None when there was none in that time.
    fn next(&mut self, within: Option<Duration>) -> io::Result<Option<Event>>;
}

struct Crossterm;

impl Source for Crossterm {
    fn next(&mut self, within: Option<Duration>) -> io::Result<Option<Event>> {
        match within {
            Some(within) if !event::poll(within)? => Ok(None),
            _ => event::read().map(Some),
        }
    }
}

fn pump(source: &mut impl Source, gate: &InputPause, mut send: impl FnMut(Input) -> bool) {
    loop {
        gate.pass();
        let more = match source.next(None) {
            Ok(Some(Event::Resize(width, height))) => {
                let (last, after) = last_size(source, (width, height));
                let resized = Input::Resize { width: last.0, height: last.1 };
                send(resized) && after.and_then(input).is_none_or(&mut send)
            }
            Ok(event) => event.and_then(input).is_none_or(&mut send),
            Err(_) => {
                send(Input::Gone);
                false
            }
        };
        if !more {
            return;
        }
    }
}

/// The last of several sizes that follow each other closely, and what came after it.
fn last_size(source: &mut impl Source, mut size: (u16, u16)) -> ((u16, u16), Option<Event>) {
    loop {
        match source.next(Some(RESIZE_PAUSE)) {
            Ok(Some(Event::Resize(width, height))) => size = (width, height),
            Ok(other) => return (size, other),
            // The next read meets the same error.
            Err(_) => return (size, None),
        }
    }
}

fn input(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) => chord::normalise(key).map(Input::Key),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Mouse(mouse) if mouse.kind == MouseEventKind::Moved => None,
        Event::Mouse(mouse) => Some(Input::Mouse(mouse)),
        Event::Resize(width, height) => Some(Input::Resize { width, height }),
        Event::FocusGained => Some(Input::Focus(true)),
        Event::FocusLost => Some(Input::Focus(false)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use crossterm::event::{KeyCode, KeyEventKind, KeyModifiers};

    use super::*;

    /// None is a pause.
    struct Script(VecDeque<Option<Event>>);

    impl Source for Script {
        fn next(&mut self, within: Option<Duration>) -> io::Result<Option<Event>> {
            loop {
                match self.0.pop_front() {
                    Some(Some(event)) => return Ok(Some(event)),
                    Some(None) if within.is_none() => {}
                    Some(None) => return Ok(None),
                    None => return Err(io::ErrorKind::UnexpectedEof.into()),
                }
            }
        }
    }

    fn read(events: impl IntoIterator<Item = Option<Event>>) -> Vec<Input> {
        let mut sent = Vec::new();
        pump(&mut Script(events.into_iter().collect()), &InputPause::default(), |input| {
            sent.push(input);
            true
        });
        sent
    }

    fn key(c: char) -> KeyEvent {
        KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)
    }

    fn size(width: u16, height: u16) -> Input {
        Input::Resize { width, height }
    }

    #[test]
    fn of_many_sizes_only_the_last_is_told() {
        let sent = read([
            Some(Event::Resize(80, 24)),
            Some(Event::Resize(90, 30)),
            Some(Event::Resize(100, 36)),
            None,
            Some(Event::Resize(120, 36)),
            Some(Event::Key(key('j'))),
        ]);
        assert_eq!(sent, [size(100, 36), size(120, 36), Input::Key(key('j')), Input::Gone]);
    }

    #[test]
    fn releases_are_not_told() {
        let release = KeyEvent::new_with_kind(KeyCode::Char('j'), KeyModifiers::NONE, KeyEventKind::Release);
        let sent = read([Some(Event::Key(release)), Some(Event::FocusGained)]);
        assert_eq!(sent, [Input::Focus(true), Input::Gone]);
    }

    #[test]
    fn nothing_is_read_while_another_program_has_the_terminal() {
        let pause = InputPause::default();
        let gate = pause.clone();
        let (sender, sent) = std::sync::mpsc::channel();
        let thread = pause.during(|| {
            let thread = thread::spawn(move || {
                pump(&mut Script([Some(Event::Key(key('a')))].into()), &gate, |input| sender.send(input).is_ok());
            });
            let (paused, told) = &*pause.0;
            drop(told.wait_while(paused.lock().unwrap(), |paused| !paused.is_held).unwrap());
            assert!(sent.try_recv().is_err());
            thread
        });
        thread.join().unwrap();
        assert_eq!(sent.try_iter().collect::<Vec<_>>(), [Input::Key(key('a')), Input::Gone]);
    }

    #[test]
    fn it_ends_when_nobody_listens() {
        let mut script = Script([Some(Event::Key(key('a'))), Some(Event::Key(key('b')))].into());
        pump(&mut script, &InputPause::default(), |_| false);
        assert_eq!(script.0.len(), 1);
    }
}
