//! All keys, from the rows that are in force: of the pane, everywhere, in text fields, of the mouse.

mod columns;

use crate::keys::{Command, Keys, Row, lines, rows::HELP};
use crate::ui::layer::{Cx, Effect, Layer};
use crate::ui::terminal::Input;
use crate::ui::widgets::{Corner, EDITING_KEYS, Hint, Modal, Tab, TabBar, row};
use columns::{Grid, Piece, by_group, draw_piece, in_columns, plain, written};
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line as Text, Span};

const SIZE: (u16, u16) = (99, 33);
/// What border, title, tabs and keys take of the box.
const AROUND: (u16, u16) = (6, 9);

const TABS: [&str; 4] = ["This pane", "Everywhere", "In text fields", "Mouse"];

const MOUSE: &[(&str, &str)] = &[
    ("click", "select a row, a tab, a column to sort by"),
    ("second click", "open the row"),
    ("wheel", "scroll what is under the pointer"),
    ("F12", "mouse off: the terminal selects text again"),
];

/// Rows with the reason why they do nothing now.
type Rows = Vec<(Row, Option<String>)>;

pub struct Help {
    /// Of what: `the contact list`.
    name: String,
    own: Rows,
    everywhere: Rows,
    tab: usize,
    /// Rows that are scrolled out above.
    from: usize,
    /// Rows of the open tab, and how many are seen, when it was drawn last.
    drawn: (usize, usize),
    area: Rect,
}

impl Help {
    pub fn new(name: String, mut own: Rows, everywhere: Rows) -> Help {
        fold_sorting(&mut own);
        Help { name, own, everywhere, tab: 0, from: 0, drawn: (0, 0), area: Rect::ZERO }
    }

    fn select(&mut self, tab: usize) {
        self.tab = tab.min(TABS.len() - 1);
        self.from = 0;
    }

    fn scroll(&mut self, rows: isize) {
        let furthest = self.drawn.0.saturating_sub(self.drawn.1);
        self.from = self.from.saturating_add_signed(rows).min(furthest);
    }

    fn blocks(&self, grid: &Grid) -> Vec<Vec<Piece>> {
        let room = usize::from(grid.pitch.saturating_sub(grid.words + 1));
        match self.tab {
            0 => by_group(&self.own, room),
            1 => by_group(&self.everywhere, room),
            2 => vec![plain("While you type", EDITING_KEYS)],
            _ => vec![plain("Mouse", MOUSE)],
        }
    }

    /// Keys and words of the open tab.
    fn rows(&self) -> Vec<(String, String)> {
        let of = |rows: &Rows| {
            let rows: Vec<Row> = rows.iter().map(|(row, _)| row.clone()).collect();
            lines(&rows).iter().map(written).collect()
        };
        let owned = |rows: &[(&str, &str)]| rows.iter().map(|(keys, word)| ((*keys).into(), (*word).into())).collect();
        match self.tab {
            0 => of(&self.own),
            1 => of(&self.everywhere),
            2 => owned(EDITING_KEYS),
            _ => owned(MOUSE),
        }
    }
}

/// One row stands for the columns of each sort menu, which name themselves after the first key.
fn fold_sorting(rows: &mut Rows) {
    for (is_then, label) in [(false, "sort by…"), (true, "then sort by…")] {
        let is_column = |command| match command {
            Command::SortBy(_) => !is_then,
            Command::ThenSortBy(_) => is_then,
            _ => false,
        };
        let of_menu = |row: &Row| is_column(row.command) && row.keys.contains(' ');
        if let Some((row, _)) = rows.iter_mut().find(|(row, _)| of_menu(row)) {
            row.keys = row.keys.rsplit_once(' ').map(|(prefix, _)| prefix.to_owned()).unwrap_or_default().into();
            row.label = label.into();
        }
        rows.retain(|(row, _)| !of_menu(row));
    }
}

fn tab_bar<'a>(tabs: &'a [Tab<'a>], active: usize, width: u16) -> TabBar<'a> {
    TabBar { tabs, active, focused: true, gap: if width < 60 { 2 } else { 3 }, signs: true, right: Text::default() }
}

impl Layer for Help {
    fn name(&self, _: &Cx) -> String {
        "the help".into()
    }

    fn keys(&self) -> &'static [Keys] {
        HELP
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        let Input::Mouse(mouse) = input else { return None };
        match mouse.kind {
            MouseEventKind::ScrollDown => self.scroll(3),
            MouseEventKind::ScrollUp => self.scroll(-3),
            MouseEventKind::Down(MouseButton::Left) => {
                let tabs = TABS.map(Tab::new);
                let bar = tab_bar(&tabs, self.tab, self.area.width);
                if let Some(tab) = bar.at(self.area, (mouse.column, mouse.row)) {
                    self.select(tab);
                }
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        use Command as C;
        let moves = [C::MoveDown, C::MoveUp, C::HalfPageDown, C::HalfPageUp, C::PageDown, C::PageUp, C::First, C::Last];
        match command {
            C::Help => Some("this is the help".into()),
            command if moves.contains(&command) && self.drawn.0 <= self.drawn.1 => Some("all keys are seen".into()),
            C::SelectTab(number) if usize::from(number) > TABS.len() => Some("there is no such tab".into()),
            _ => None,
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>, _: &Cx) -> Vec<Effect> {
        let times = count.unwrap_or(1) as isize;
        let page = self.drawn.1.max(2) as isize;
        match command {
            Command::MoveDown => self.scroll(times),
            Command::MoveUp => self.scroll(-times),
            Command::HalfPageDown => self.scroll(times * page / 2),
            Command::HalfPageUp => self.scroll(-times * page / 2),
            Command::PageDown => self.scroll(times * (page - 1)),
            Command::PageUp => self.scroll(-times * (page - 1)),
            Command::First => self.from = 0,
            Command::Last => self.scroll(isize::MAX / 2),
            Command::NextTab => self.select((self.tab + 1) % TABS.len()),
            Command::PreviousTab => self.select((self.tab + TABS.len() - 1) % TABS.len()),
            Command::SelectTab(number) => self.select(usize::from(number).saturating_sub(1)),
            Command::Escape => return vec![Effect::Pop(None)],
            _ => {}
        }
        Vec::new()
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (buf, look) = (frame.buffer_mut(), cx.look);
        let title =
            [Span::styled("Keys", look.theme.title), Span::styled(format!(" of {}", self.name), look.theme.dim)];
        let hints = [Hint::new("[ ]", "tabs"), Hint::new("j k", "scroll")];
        let mut modal = Modal {
            title: Text::from_iter(title),
            escape: "close",
            size: SIZE,
            hints: &hints,
            right: Some(Corner::Remark("a number before a key repeats it")),
            ..Modal::default()
        };
        let place = modal.place(screen);
        let grid = Grid::of(&self.rows(), place.width.saturating_sub(AROUND.0));
        let filled = in_columns(&self.blocks(&grid), grid.columns);
        let seen = usize::from(place.height.saturating_sub(AROUND.1));
        self.drawn = (filled.iter().map(Vec::len).max().unwrap_or(0), seen);
        self.scroll(0);
        if self.drawn.0 <= seen {
            modal.hints = &hints[..1];
        }
        self.area = modal.draw(buf, screen, look);
        tab_bar(&TABS.map(Tab::new), self.tab, self.area.width).draw(buf, self.area, look);
        let area = self.area;
        let body = Rect { y: area.y + 3.min(area.height), height: area.height.saturating_sub(3), ..area };
        for (x, column) in (body.x..).step_by(usize::from(grid.pitch)).zip(&filled) {
            for (y, piece) in (0..body.height).zip(column.iter().skip(self.from)) {
                let cell = Rect { x, width: grid.pitch.saturating_sub(1), ..row(body, y) };
                draw_piece(buf, cell.intersection(body), piece, grid.words, look);
            }
        }
    }
}
