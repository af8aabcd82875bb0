//! One user as a form: who they are, what they may. Saving is one act; nothing is changed before.

mod draw;
mod fields;

use crate::domain::change::Change;
use crate::domain::id::UserId;
use crate::domain::user::leaving::Heir;
use crate::domain::user::permit::PERMITS;
use crate::domain::user::{Permissions, Seat, User};
use crate::domain::{email, fold};
use crate::keys::{Command, KeyMode, Keys, rows::USER_FORM};
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect, Layer, Slot, Unsaved};
use crate::ui::modals::button_at;
use crate::ui::modals::choose::{Choice, Choose};
use crate::ui::modals::unsaved::AskUnsaved;
use crate::ui::terminal::Input;
use crate::ui::widgets::{Edit, TextField};
use crate::workspace::request::Reply;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use fields::Field;
use ratatui::Frame;
use ratatui::layout::Rect;

pub struct UserForm {
    /// None: a new one.
    before: Option<User>,
    /// As the form says, but for what is typed.
    user: User,
    name: TextField,
    email: TextField,
    at: Field,
    /// The permission under the cursor, in a row of them.
    column: usize,
    /// Why it is not saved, and what is to be mended; no field: all of it.
    refusal: Option<(Option<Field>, String)>,
    saving: bool,
    cursor: Option<Rect>,
    drawn: Vec<(Field, Rect)>,
    /// Where its buttons and hints were drawn, each with its key.
    buttons: Vec<(Rect, String)>,
}

impl UserForm {
    pub fn new() -> UserForm {
        UserForm::with(None, User::new(UserId::NEW, "", ""))
    }

    pub fn of(user: &User) -> UserForm {
        UserForm::with(Some(user.clone()), user.clone())
    }

    fn with(before: Option<User>, user: User) -> UserForm {
        let field = |text: &str| TextField::default().limited(80).with(text);
        UserForm {
            before,
            name: field(&user.name),
            email: field(&user.email),
            user,
            at: Field::Name,
            column: 0,
            refusal: None,
            saving: false,
            cursor: None,
            drawn: Vec::new(),
            buttons: Vec::new(),
        }
    }

    fn text_field(&mut self) -> Option<&mut TextField> {
        match self.at {
            Field::Name => Some(&mut self.name),
            Field::Email => Some(&mut self.email),
            _ => None,
        }
    }

    /// The user as the form says.
    fn said(&self) -> User {
        let text = |field: &TextField| field.text().trim().to_owned();
        User { name: text(&self.name), email: text(&self.email), ..self.user.clone() }
    }

    fn is_touched(&self) -> bool {
        match &self.before {
            Some(before) => self.said() != *before,
            None => !self.name.is_empty() || !self.email.is_empty(),
        }
    }

    /// What is wrong without asking anybody.
    fn mistake(&self) -> Option<(Option<Field>, String)> {
        if self.name.text().trim().is_empty() {
            return Some((Some(Field::Name), "A user needs a name".to_owned()));
        }
        email::parse(self.email.text()).err().map(|sentence| (Some(Field::Email), sentence))
    }

    fn save(&mut self) -> Vec<Effect> {
        self.refusal = self.mistake();
        if let Some((field, _)) = &self.refusal {
            self.at = field.unwrap_or(self.at);
            return Vec::new();
        }
        if self.saving {
            return Vec::new();
        }
        let user = Box::new(self.said());
        let change = match &self.before {
            Some(before) if *before == *user => return vec![Effect::Pop(None)],
            Some(_) => Change::SetUser { user, heir: Heir::Ask },
            None => Change::AddUser { user },
        };
        self.saving = true;
        vec![Effect::Perform(0, change)]
    }

    /// What `enter` does with the field under the cursor.
    fn turn(&mut self, cx: &Cx) -> Vec<Effect> {
        let user = &mut self.user;
        match self.at {
            Field::Name | Field::Email => self.step(1, cx),
            Field::Team => return self.choose_team(cx),
            Field::Seat => user.seat = if user.seat == Seat::Sales { Seat::None } else { Seat::Sales },
            Field::Active => user.active = !user.active,
            Field::Specialist => user.growth_specialist = !user.growth_specialist,
            Field::SuperAdmin => user.super_admin = !user.super_admin,
            Field::PropertySettings => user.edit_property_settings = !user.edit_property_settings,
            Field::Rights(at) => {
                if let (Some(spec), false) = (cx.settings.objects.get(at), user.super_admin) {
                    let may = user.permissions.entry(spec.object.0).or_insert(Permissions::ALL);
                    PERMITS[self.column].turn(may);
                    if *may == Permissions::ALL {
                        user.permissions.remove(&spec.object.0);
                    }
                }
            }
        }
        self.refusal = None;
        Vec::new()
    }

    fn choose_team(&self, cx: &Cx) -> Vec<Effect> {
        let teams = &cx.settings.teams;
        let own = self.user.team.as_deref().map(fold::fold);
        let at = teams.iter().position(|team| Some(fold::fold(&team.name)) == own);
        let mut choices: Vec<Choice> = teams.iter().map(|team| Choice::named(&team.name, &team.name, "")).collect();
        choices.push(Choice::named("", "No team", ""));
        let at = at.unwrap_or(teams.len());
        vec![Effect::Push(Box::new(Choose::new("Team", "The tab Teams adds others.", choices, at)))]
    }

    fn along(&mut self, by: isize) {
        if matches!(self.at, Field::Rights(_)) {
            self.column = (self.column as isize + by).clamp(0, PERMITS.len() as isize - 1) as usize;
        }
    }

    fn unsaved_text(&self) -> String {
        match &self.before {
            Some(before) => format!("Unsaved changes of {}", before.name),
            None => "The new user is not saved".to_owned(),
        }
    }

    /// A click goes to a field, or turns the one with the focus.
    fn mouse(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        if mouse.kind != MouseEventKind::Down(MouseButton::Left) {
            return None;
        }
        let at = (mouse.column, mouse.row);
        let (field, place) = *self.drawn.iter().find(|(_, area)| area.contains(at.into()))?;
        let column = (0..PERMITS.len()).find(|column| super::rights::cell_at(place, *column).contains(at.into()));
        let is_again = self.at == field && (!matches!(field, Field::Rights(_)) || column == Some(self.column));
        self.at = field;
        self.column = column.filter(|_| matches!(field, Field::Rights(_))).unwrap_or(self.column);
        let turns = is_again && !matches!(field, Field::Name | Field::Email);
        Some(if turns { self.turn(cx) } else { Vec::new() })
    }
}

impl Layer for UserForm {
    fn name(&self, _: &Cx) -> String {
        "the user".into()
    }

    fn keys(&self) -> &'static [Keys] {
        USER_FORM
    }

    fn mode(&self) -> KeyMode {
        if matches!(self.at, Field::Name | Field::Email) { KeyMode::Text } else { KeyMode::Normal }
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        match command {
            Command::Open if matches!(self.at, Field::Rights(_)) && self.user.super_admin => {
                Some("a Super Admin may do everything".into())
            }
            Command::CellLeft | Command::CellRight if !matches!(self.at, Field::Rights(_)) => {
                Some("there is one field in this row".into())
            }
            _ => None,
        }
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Key(key) => {
                if self.text_field()?.key(*key)? == Edit::Changed {
                    self.refusal = None;
                }
                Some(Vec::new())
            }
            Input::Paste(text) => {
                self.text_field()?.paste(text);
                self.refusal = None;
                Some(Vec::new())
            }
            Input::Mouse(mouse) => match button_at(&self.buttons, USER_FORM, *mouse) {
                Some(command) => Some(self.run(command, None, cx)),
                None => self.mouse(*mouse, cx),
            },
            _ => None,
        }
    }

    fn run(&mut self, command: Command, _: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::NextField => self.step(1, cx),
            Command::PreviousField => self.step(-1, cx),
            Command::CellLeft => self.along(-1),
            Command::CellRight => self.along(1),
            Command::Open => return self.turn(cx),
            Command::Save => return self.save(),
            Command::Escape if self.is_touched() => {
                return vec![Effect::Push(Box::new(AskUnsaved::new(self.unsaved_text())))];
            }
            Command::Escape => return vec![Effect::Pop(None)],
            _ => {}
        }
        Vec::new()
    }

    fn reply(&mut self, _: Slot, reply: Reply, _: &Cx) -> Vec<Effect> {
        self.saving = false;
        match reply {
            Reply::Done(done) => {
                let answer = Answer::Chosen(self.email.text().trim().to_owned());
                vec![Effect::Toast(done::toast(&done)), Effect::Pop(Some(answer))]
            }
            Reply::Failed(failure) => {
                self.refusal = Some((None, failure.to_string()));
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn answer(&mut self, answer: Answer, _: &Cx) -> Vec<Effect> {
        match answer {
            Answer::Chosen(team) => {
                self.user.team = (!team.is_empty()).then_some(team);
                Vec::new()
            }
            Answer::Unsaved(Unsaved::Save) => self.save(),
            Answer::Unsaved(Unsaved::Discard) => vec![Effect::Pop(None)],
            _ => Vec::new(),
        }
    }

    fn unsaved(&self) -> Option<String> {
        self.is_touched().then(|| self.unsaved_text())
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), screen, cx);
    }
}
