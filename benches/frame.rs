//! What a key press costs the thread that draws, and how long until its answer is on the screen: 120 by 36 cells over
//! 10,000 and 100,000 contacts, a million where `LEJEK_MILLION` is set. `cargo bench --bench frame`.

#[path = "common/filled.rs"]
mod filled;

use filled::{Done, filled, print_times, sizes};
use lejek::glyphs;
use lejek::keys::chord;
use lejek::theme::{Depth, Mode, Theme};
use lejek::ui::app::{App, Appearance, Event, Setup};
use lejek::ui::terminal::Input;
use lejek::workspace::Workspace;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const SIZE: (u16, u16) = (120, 36);
const TIMES: usize = 200;

fn main() -> Done {
    for size in sizes() {
        let (_folder, workspace, _) = filled(size)?;
        let start = Instant::now();
        let mut bench = Bench::start(&workspace)?;
        bench.press("g g")?;
        print_times(size, "start, sort and search ready", vec![start.elapsed()]);
        bench.measure(size, "j", "j", "k")?;
        bench.measure(size, "pagedown", "pagedown", "pageup")?;
        bench.measure(size, "G", "G", "g g")?;
        bench.search(size, "kowalski")?;
    }
    Ok(())
}

struct Bench {
    app: App,
    events: Receiver<Event>,
    terminal: Terminal<TestBackend>,
}

/// What one key press took.
struct Press {
    /// Handling it and drawing what is known then.
    frame: Duration,
    /// Until every answer was drawn as well.
    answered: Duration,
}

impl Bench {
    fn start(workspace: &Arc<Workspace>) -> Done<Bench> {
        let (sender, events) = channel();
        let look = Appearance { theme: Theme::new(Mode::Dark, Depth::TrueColour, None), glyphs: &glyphs::UNICODE };
        let app = App::new(workspace, Setup::of(look, SIZE), sender);
        let mut bench = Bench { app, events, terminal: Terminal::new(TestBackend::new(SIZE.0, SIZE.1))? };
        bench.settle()?;
        Ok(bench)
    }

    fn draw(&mut self) -> Done {
        self.terminal.draw(|frame| self.app.draw(frame))?;
        Ok(())
    }

    /// Handles answers until none is to come, and draws.
    fn settle(&mut self) -> Done {
        loop {
            // Answers are given before the lanes say that they are idle, so they are looked for after that.
            let is_idle = self.app.is_idle();
            let mut any = false;
            while let Ok(event) = self.events.try_recv() {
                any = true;
                self.app.handle(event, Instant::now());
            }
            if is_idle && !any {
                return self.draw();
            }
            std::thread::yield_now();
        }
    }

    /// Presses keys; the times are those of the last one.
    fn press(&mut self, keys: &str) -> Done<Press> {
        let mut press = Press { frame: Duration::ZERO, answered: Duration::ZERO };
        for chord in chord::parse(keys)?.concat() {
            let start = Instant::now();
            self.app.handle(Event::Input(Input::Key(chord.into())), start);
            self.draw()?;
            press.frame = start.elapsed();
            self.settle()?;
            press.answered = start.elapsed();
        }
        Ok(press)
    }

    /// Many presses of a key, and now and then the way back.
    fn measure(&mut self, size: usize, name: &str, key: &str, back: &str) -> Done {
        let mut presses = Vec::new();
        for time in 0..TIMES {
            presses.push(self.press(key)?);
            if time % 2 == 1 {
                self.press(back)?;
            }
        }
        self.press("g g")?;
        print_presses(size, name, &presses);
        Ok(())
    }

    /// Types a search letter by letter, again and again: the first time by itself, since the search is new then.
    fn search(&mut self, size: usize, text: &str) -> Done {
        for (time, name) in [(1, "for the first time"), (20, "again")] {
            let mut letters: Vec<Vec<Press>> = text.chars().map(|_| Vec::new()).collect();
            for _ in 0..time {
                self.press("/ ctrl-u")?;
                for (letter, presses) in text.chars().zip(&mut letters) {
                    presses.push(self.press(&letter.to_string())?);
                }
                self.press("ctrl-u esc")?;
            }
            for (end, presses) in letters.iter().enumerate().take(4) {
                print_presses(size, &format!("/{} {name}", &text[..=end]), presses);
            }
        }
        Ok(())
    }
}

fn print_presses(size: usize, name: &str, presses: &[Press]) {
    print_times(size, &format!("{name}: frame"), presses.iter().map(|press| press.frame).collect());
    print_times(size, &format!("{name}: answered"), presses.iter().map(|press| press.answered).collect());
}
