//! The import as a layer: the keys of each step, what they do, and why some do nothing now.

use super::{CHECK, FOLDER, Import, LOOK, MAPPING, RUN, Step, UNDO};
use crate::domain::number::grouped;
use crate::keys::rows::{IMPORT_COLUMNS, IMPORT_FILE, IMPORT_RESULT, IMPORT_RUNNING, IMPORT_TRIED};
use crate::keys::{Command, Group, KeyMode, Keys, Row};
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect, Layer, Place, Slot};
use crate::ui::terminal::Input;
use crate::ui::widgets::Window;
use crate::workspace::request::Reply;
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;

impl Layer for Import {
    fn place(&self) -> Option<Place> {
        Some(Place::Import)
    }

    fn name(&self, _: &Cx) -> String {
        match self.step {
            Step::File => "the file to import",
            Step::Columns => "the columns",
            Step::Check => "the check",
            Step::Result => "the result",
        }
        .to_owned()
    }

    fn crumbs(&self, _: &Cx) -> Vec<String> {
        let name = self.file_name().filter(|_| self.step > Step::File);
        ["Import".to_owned()].into_iter().chain(name).collect()
    }

    fn keys(&self) -> &'static [Keys] {
        match self.step {
            _ if self.running().is_some() => IMPORT_RUNNING,
            Step::File => IMPORT_FILE,
            Step::Columns => IMPORT_COLUMNS,
            Step::Check => IMPORT_TRIED,
            Step::Result => IMPORT_RESULT,
        }
    }

    fn more_keys(&self, _: &Cx) -> Vec<Row> {
        if self.step != Step::Check || self.check.is_running {
            return Vec::new();
        }
        let label = match self.check.wanted() {
            0 => "import".to_owned(),
            1 => "import 1 row".to_owned(),
            rows => format!("import {} rows", grouped(rows)),
        };
        let row = Row {
            keys: "enter".into(),
            command: Command::StartImport,
            label: label.into(),
            group: Group::Act,
            hint: true,
        };
        vec![row]
    }

    fn mode(&self) -> KeyMode {
        if self.step == Step::File { KeyMode::Text } else { KeyMode::Normal }
    }

    fn shown(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.step == Step::File { self.path.ask_again(cx.here) } else { Vec::new() }
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        if let Input::Mouse(mouse) = input {
            match mouse.kind {
                MouseEventKind::ScrollDown => self.window().scroll(3),
                MouseEventKind::ScrollUp => self.window().scroll(-3),
                MouseEventKind::Down(MouseButton::Left) => return self.click((mouse.column, mouse.row), cx),
                _ => return None,
            }
            return Some(Vec::new());
        }
        if self.step != Step::File {
            return None;
        }
        let effects = self.path.input(input, cx.here)?;
        self.refusal = None;
        Some(effects)
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        use Command as C;
        let imported = self.result.imported.as_ref();
        let reason = match command {
            C::StartImport if self.check.failed.is_some() => "the file can't be imported so",
            C::StartImport if self.check.wanted() == 0 => "no row would make or change anything",
            C::LoadMapping if cx.settings.mappings.is_empty() => "no mapping is saved, M saves this one",
            C::ImportLeftOut if imported.is_none_or(|imported| imported.report.is_none()) => "no row was left out",
            C::UndoImport if imported.is_none_or(|imported| imported.act.is_none()) => "nothing was changed",
            C::NextStep | C::Open | C::LeaveOut if self.looking.is_some() && self.step == Step::Columns => {
                "the file is still being read"
            }
            _ => return None,
        };
        Some(reason.to_owned())
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        use Command as C;
        let times = count.unwrap_or(1) as isize;
        let window = self.window();
        match command {
            C::MoveDown => window.move_by(times),
            C::MoveUp => window.move_by(-times),
            C::HalfPageDown => window.half_page(times),
            C::HalfPageUp => window.half_page(-times),
            C::PageDown => window.page(times),
            C::PageUp => window.page(-times),
            C::First => window.go_to(count.map_or(0, |count| (count as usize).saturating_sub(1))),
            C::Last => window.go_to(count.map_or(usize::MAX, |count| (count as usize).saturating_sub(1))),
            C::CompletePath => return if self.path.complete() { self.path.ask(cx.here) } else { Vec::new() },
            C::Open => {
                return match self.step {
                    Step::File => self.open_path(cx),
                    Step::Columns => self.choose_meaning(),
                    Step::Check => Vec::new(),
                    Step::Result => vec![Effect::Go(self.list())],
                };
            }
            C::LeaveOut => return self.leave_out(),
            C::ChooseObject => return self.choose_object(cx),
            C::ChooseRows => return self.next_mode(),
            C::ToggleReplace => return self.toggle_replace(),
            C::LoadMapping => return self.choose_mapping(cx),
            C::SaveMapping => return self.save_mapping(),
            C::NextStep => return self.try_it(),
            C::PreviousStep => return self.back(cx),
            C::StartImport => return self.start(),
            C::ImportLeftOut => return self.import_left_out(),
            C::UndoImport => return self.undo(),
            C::AnotherFile => return self.start_over(cx),
            C::Escape => return self.escape(cx),
            _ => {}
        }
        Vec::new()
    }

    fn reply(&mut self, slot: Slot, reply: Reply, cx: &Cx) -> Vec<Effect> {
        match (slot, reply) {
            (FOLDER, Reply::Folder(folder)) => self.path.take(*folder),
            (LOOK, Reply::LookedAt(looked)) => return self.looked(looked),
            (CHECK, reply) => return self.tried(reply),
            (RUN, reply) => return self.imported(reply, cx),
            (UNDO, reply) => return self.undone(&reply),
            (MAPPING, reply) => return done::told(&reply),
            _ => {}
        }
        Vec::new()
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        match answer {
            Answer::Picked(at) => self.picked(at, cx),
            Answer::Dropped(at) => Import::drop_mapping(at, cx),
            _ => Vec::new(),
        }
    }

    fn spins(&self) -> bool {
        self.running().is_some()
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, area: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), area, cx);
    }
}

impl Import {
    /// The list of the step that is seen.
    fn window(&mut self) -> &mut Window {
        match self.step {
            Step::File => &mut self.path.window,
            Step::Columns => &mut self.columns,
            Step::Check | Step::Result => &mut self.outcome().window,
        }
    }

    /// A click puts the cursor on a row, a second one opens it.
    fn click(&mut self, at: (u16, u16), cx: &Cx) -> Option<Vec<Effect>> {
        let rows = if self.step < Step::Check { self.rows } else { self.outcome().rows };
        if !rows.contains(at.into()) {
            return None;
        }
        let clicked = self.window().at(usize::from(at.1 - rows.y))?;
        let was_there = self.window().cursor() == Some(clicked);
        self.window().go_to(clicked);
        let opens = was_there && self.step < Step::Check;
        Some(if opens { self.run(Command::Open, None, cx) } else { Vec::new() })
    }
}
