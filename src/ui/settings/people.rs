//! **Settings > People** (R6.1): the users, what the one under the cursor may do, and the teams that they are in. A user
//! is changed in a form, a draft until it is saved; all else is done at once.

mod draw;
mod form;
mod rights;
mod team;

use super::{Page, lacking};
use crate::domain::change::Change;
use crate::domain::settings::Settings;
use crate::domain::user::leaving::Heir;
use crate::domain::user::team::Team;
use crate::domain::user::{Right, User};
use crate::keys::{Command, Keys, rows::SETTINGS_PEOPLE};
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect};
use crate::ui::terminal::Input;
use crate::ui::widgets::{Tab, Window};
use crate::workspace::request::Reply;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use form::UserForm;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use team::TeamName;

const RIGHT: Right = Right::SuperAdmin;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Shown {
    #[default]
    Users,
    Teams,
}

#[derive(Default)]
pub struct People {
    shown: Shown,
    users: Window,
    teams: Window,
    /// Where the rows were drawn.
    drawn: Rect,
}

/// What a row is found by from elsewhere.
fn place_of(user: &User) -> String {
    format!("user {}", user.id.0)
}

impl People {
    fn window(&mut self) -> &mut Window {
        match self.shown {
            Shown::Users => &mut self.users,
            Shown::Teams => &mut self.teams,
        }
    }

    fn user<'c>(&self, cx: &'c Cx) -> Option<&'c User> {
        cx.settings.users.get(self.users.cursor()?)
    }

    fn team<'c>(&self, cx: &'c Cx) -> Option<&'c Team> {
        cx.settings.teams.get(self.teams.cursor()?)
    }

    fn edit(&self, cx: &Cx) -> Vec<Effect> {
        let user = || self.user(cx).map(|user| Effect::Push(Box::new(UserForm::of(user))));
        let team = || self.team(cx).map(|team| Effect::Push(Box::new(TeamName::of(&team.name))));
        let form = if self.shown == Shown::Users { user() } else { team() };
        form.into_iter().collect()
    }

    fn new_one(&self) -> Vec<Effect> {
        vec![match self.shown {
            Shown::Users => Effect::Push(Box::new(UserForm::new())),
            Shown::Teams => Effect::Push(Box::new(TeamName::new())),
        }]
    }

    /// A user who is not active any more; a team that is none any more.
    fn delete(&self, cx: &Cx) -> Vec<Effect> {
        let leave = |user: &User| {
            let user = Box::new(User { active: false, ..user.clone() });
            Change::SetUser { user, heir: Heir::Ask }
        };
        let change = match self.shown {
            Shown::Users => self.user(cx).map(leave),
            Shown::Teams => self.team(cx).map(|team| Change::DeleteTeam { name: team.name.clone() }),
        };
        change.map(|change| Effect::Perform(0, change)).into_iter().collect()
    }

    fn turn(&mut self) {
        self.shown = if self.shown == Shown::Users { Shown::Teams } else { Shown::Users };
    }

    fn mouse(&mut self, mouse: MouseEvent) -> Option<Vec<Effect>> {
        match mouse.kind {
            MouseEventKind::ScrollDown => self.window().scroll(3),
            MouseEventKind::ScrollUp => self.window().scroll(-3),
            MouseEventKind::Down(MouseButton::Left) if self.drawn.contains((mouse.column, mouse.row).into()) => {
                let line = usize::from(mouse.row - self.drawn.y);
                let at = self.window().at(line)?;
                self.window().go_to(at);
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn called(settings: &Settings, name: &str) -> (Option<usize>, Option<usize>) {
        let user = settings.users.iter().position(|user| place_of(user) == name || user.email == name);
        (user, settings.teams.iter().position(|team| team.name == name))
    }
}

impl Page for People {
    fn tabs(&self, cx: &Cx) -> (Vec<Tab<'static>>, usize) {
        let tab = |title, count: usize| Tab::new(title).count(count.to_string());
        let tabs = vec![tab("Users", cx.settings.users.len()), tab("Teams", cx.settings.teams.len())];
        (tabs, usize::from(self.shown == Shown::Teams))
    }

    fn keys(&self) -> &'static [Keys] {
        SETTINGS_PEOPLE
    }

    fn renew(&mut self, cx: &Cx) {
        self.users.set_len(cx.settings.users.len());
        self.teams.set_len(cx.settings.teams.len());
    }

    fn rows(&self, cx: &Cx) -> Vec<(String, String)> {
        cx.settings.users.iter().map(|user| (place_of(user), format!("User: {}", user.name))).collect()
    }

    fn go_to_row(&mut self, name: &str, cx: &Cx) {
        self.renew(cx);
        match People::called(cx.settings, name) {
            (Some(at), _) => {
                self.shown = Shown::Users;
                self.users.go_to(at);
            }
            (None, Some(at)) => self.teams.go_to(at),
            (None, None) => {}
        }
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Mouse(mouse) => self.mouse(*mouse),
            _ => None,
        }
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        use Command as C;
        if !matches!(command, C::Edit | C::NewPerson | C::Delete) {
            return None;
        }
        let missing = match self.shown {
            Shown::Teams if command != C::NewPerson && self.team(cx).is_none() => Some("there is no team yet"),
            Shown::Users if command == C::Delete && self.user(cx).is_some_and(|user| !user.active) => {
                Some("they are not active")
            }
            _ => None,
        };
        lacking(RIGHT, cx).or_else(|| missing.map(str::to_owned))
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Option<Vec<Effect>> {
        let times = count.unwrap_or(1) as isize;
        let line = count.map(|count| (count as usize).saturating_sub(1));
        match command {
            Command::MoveDown => self.window().move_by(times),
            Command::MoveUp => self.window().move_by(-times),
            Command::HalfPageDown => self.window().half_page(times),
            Command::HalfPageUp => self.window().half_page(-times),
            Command::PageDown => self.window().page(times),
            Command::PageUp => self.window().page(-times),
            Command::First => self.window().go_to(line.unwrap_or(0)),
            Command::Last => self.window().go_to(line.unwrap_or(usize::MAX)),
            Command::NextTab | Command::PreviousTab => self.turn(),
            Command::Edit => return Some(self.edit(cx)),
            Command::NewPerson => return Some(self.new_one()),
            Command::Delete => return Some(self.delete(cx)),
            Command::Escape => return None,
            _ => {}
        }
        Some(Vec::new())
    }

    fn reply(&mut self, reply: Reply, cx: &Cx) -> Vec<Effect> {
        self.renew(cx);
        done::told(&reply)
    }

    /// The cursor goes to whom or what was made or renamed.
    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        if let Answer::Chosen(name) = answer {
            self.go_to_row(&name, cx);
        }
        Vec::new()
    }

    fn draw(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        self.paint(buf, area, focused, cx)
    }
}
