//! From keys to commands: the shell's own are done here, all others go to the top layer. A new command of the shell is
//! a row in [`App::own`].

use super::act::SHELL;
use super::bindings::Prefixed;
use super::{App, Order, TWICE};
use crate::domain::change::Change;
use crate::domain::id::Object;
use crate::keys::remap::Ways;
use crate::keys::rows::{EVERYWHERE, GLOBAL, Own, PAGES, object_rows};
use crate::keys::{Command, KeyMode, Keys, Match, Row, rows_of};
use crate::ui::layer::{Layer, Place};
use crate::ui::modals::anywhere::Anywhere;
use crate::ui::modals::form::Form;
use crate::ui::modals::help::Help;
use crate::ui::modals::palette::Palette;
use crate::ui::settings::pages::spots;
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{Toast, is_too_small};
use crossterm::event::{KeyCode, KeyEvent};
use std::sync::atomic::Ordering;

/// Tables of rows, and those rows with what is made of them while running.
type Part = (&'static [Keys], Vec<Row>);

/// Where a command goes.
fn place_of(command: Command) -> Option<Place> {
    Some(match command {
        Command::GoContacts => Place::List(Object::CONTACT),
        Command::GoCompanies => Place::List(Object::COMPANY),
        Command::GoDeals => Place::List(Object::DEAL),
        Command::GoTickets => Place::List(Object::TICKET),
        Command::GoBoard => Place::Board(Object::LEAD),
        Command::GoDealBoard => Place::Board(Object::DEAL),
        Command::GoTicketBoard => Place::Board(Object::TICKET),
        Command::GoLeads => Place::List(Object::LEAD),
        Command::GoObject(object) => Place::List(Object(object)),
        Command::GoToday => Place::Today,
        Command::GoNotifications => Place::Notifications,
        Command::GoSettings => Place::Settings,
        Command::GoActs => Place::Acts,
        Command::GoBin => Place::Bin,
        Command::GoUnassociated => Place::Unassociated,
        Command::GoAwaited => Place::Awaited,
        Command::GoImport => Place::Import,
        _ => return None,
    })
}

/// What a command creates.
fn made_by(command: Command) -> Option<Object> {
    Some(match command {
        Command::NewContact => Object::CONTACT,
        Command::NewCompany => Object::COMPANY,
        Command::NewDeal => Object::DEAL,
        Command::NewTicket => Object::TICKET,
        Command::NewLead => Object::LEAD,
        Command::NewOf(object) => Object(object),
        _ => return None,
    })
}

impl App {
    pub(super) fn press(&mut self, key: KeyEvent) {
        let mode = self.stack.top().layer.mode();
        let is_blind = is_too_small(self.scene.screen);
        if mode == KeyMode::Text && self.pending.is_empty() && !is_blind && self.typed(key) {
            return;
        }
        if key.code == KeyCode::Esc && !self.pending.is_empty() {
            self.pending.clear();
            self.prefixed = None;
            return;
        }
        self.refresh_bindings();
        // Where nothing can be seen only the ways out work.
        let mode = if is_blind { KeyMode::Normal } else { mode };
        let found = self.bindings.keymap.press(&mut self.pending, key, mode);
        let (prefixed, found) = match found {
            Match::Prefix(next) => (Some(Prefixed::new(&self.pending, &next, &self.scene.held.config.remap)), None),
            Match::Command { command, count } => (None, Some((command, count))),
            Match::Count(_) | Match::None => (None, None),
        };
        self.prefixed = prefixed;
        if let Some((command, count)) = found
            && (!is_blind || matches!(command, Command::Close | Command::Interrupt))
        {
            self.command(command, count);
        }
    }

    /// Whether a text field took the key.
    fn typed(&mut self, key: KeyEvent) -> bool {
        let mut taken = false;
        self.with_top(|layer, cx| {
            let effects = layer.input(&Input::Key(key), cx);
            taken = effects.is_some();
            effects.unwrap_or_default()
        });
        taken
    }

    pub(super) fn refresh_bindings(&mut self) {
        let plain = self.plain_rows();
        let rows = self.moved(&plain);
        let mode = self.stack.top().layer.mode();
        let remap = &self.scene.held.config.remap;
        if self.bindings.refresh(rows, mode, remap) {
            let plain: Vec<Row> = plain.into_iter().flat_map(|(_, rows)| rows).collect();
            let rows = self.bindings.keymap.rows();
            self.scene.ways = if remap.is_empty() { Ways::default() } else { Ways::between(&plain, rows) };
        }
    }

    /// Whether a text field has the focus.
    pub fn types(&self) -> bool {
        self.stack.top().layer.mode() == KeyMode::Text
    }

    /// The rows in force.
    pub fn rows(&self) -> Vec<Row> {
        self.moved(&self.plain_rows())
    }

    fn moved(&self, plain: &[Part]) -> Vec<Row> {
        let mode = self.stack.top().layer.mode();
        plain.iter().flat_map(|part| self.moved_part(part.clone(), mode)).collect()
    }

    /// A part of the rows with the keys that the user moved.
    fn moved_part(&self, (tables, mut rows): Part, mode: KeyMode) -> Vec<Row> {
        self.scene.held.config.remap.apply(tables, mode, &mut rows);
        rows
    }

    /// By default, each part with its tables: the keys of a page do nothing under a modal.
    fn plain_rows(&self) -> Vec<Part> {
        let mut parts = vec![self.plain_rows_of(self.stack.top().layer.as_ref())];
        if !self.stack.has_modal() {
            parts.push(self.plain_rows_of_pages());
        }
        parts.push((EVERYWHERE, rows_of(&[GLOBAL]).collect()));
        parts
    }

    fn plain_rows_of_pages(&self) -> Part {
        (EVERYWHERE, rows_of(PAGES).chain(self.rows_of_objects()).collect())
    }

    /// To the lists and forms of objects that users made.
    fn rows_of_objects(&self) -> Vec<Row> {
        let settings = &self.scene.settings;
        let mut own: Vec<_> = settings.objects_ever().filter(|spec| spec.is_custom()).collect();
        own.sort_by_key(|spec| spec.object);
        let named: Vec<_> = own.iter().map(|spec| (spec.object, clean(&spec.singular), clean(&spec.plural))).collect();
        object_rows(named.iter().map(|(object, one, many)| {
            let is_deleted = settings.object(*object).is_none();
            Own { number: object.0, one, many, is_deleted }
        }))
    }

    fn plain_rows_of(&self, layer: &dyn Layer) -> Part {
        let mut rows = layer.more_keys(&self.scene.cx());
        rows.extend(rows_of(layer.keys()));
        (layer.keys(), rows)
    }

    /// Why a command can't be done now.
    pub(super) fn blocked(&self, layer: &dyn Layer, command: Command) -> Option<String> {
        let cx = self.scene.cx();
        let here = self.stack.page().layer.place();
        match command {
            Command::Back if !self.stack.can_go_back() => Some("nothing was open before this".into()),
            Command::Forward if !self.stack.can_go_forward() => Some("nothing was left by going back".into()),
            command if made_by(command).is_some_and(|object| !self.may_create(object)) => {
                Some("your permissions don't let you create these".into())
            }
            Command::GoTold => self.untold(),
            Command::Suspend if !cfg!(unix) => Some("only Unix systems can do that".into()),
            _ => match place_of(command) {
                Some(place) if here == Some(place.clone()) => Some("it is open already".into()),
                Some(_) => None,
                None => layer.blocked(command, &cx),
            },
        }
    }

    fn may_create(&self, object: Object) -> bool {
        let user = &self.scene.user;
        user.super_admin || user.permissions.get(&object.0).is_none_or(|may| may.create)
    }

    pub(super) fn say_blocked(&mut self, command: Command, reason: &str) {
        self.toast(Toast::info(command.title()).text(sentence(reason)));
    }

    pub(super) fn command(&mut self, command: Command, count: Option<u32>) {
        if let Some(reason) = self.blocked(self.stack.top().layer.as_ref(), command) {
            return self.say_blocked(command, &reason);
        }
        if let Some(place) = place_of(command) {
            return self.go(&place);
        }
        if command == Command::Escape && self.dismiss_error() {
            return;
        }
        if let Some(object) = made_by(command) {
            return self.open_form(object);
        }
        if !self.own(command) {
            self.with_top(|layer, cx| layer.run(command, count, cx));
        }
    }

    /// What is the shell's affair. False: it is the layer's.
    fn own(&mut self, command: Command) -> bool {
        match command {
            Command::Palette => self.open_palette(),
            Command::Anywhere => self.open_anywhere(),
            Command::Help => self.open_help(),
            Command::ToggleMouse => self.orders.push(Order::ToggleMouse),
            Command::ReloadConfig => self.reload_config(true),
            Command::Suspend => self.orders.push(Order::Suspend),
            Command::Interrupt => self.interrupt(),
            Command::Close => self.close(),
            Command::Undo => self.perform(SHELL, 0, Change::UndoLast),
            Command::Redo => self.perform(SHELL, 0, Change::RedoLast),
            Command::GoTold => self.go_to_told(),
            Command::Back => self.back(),
            Command::Forward => self.forward(),
            _ => return false,
        }
        true
    }

    /// Stops what runs or closes what floats; pressed twice it quits.
    fn interrupt(&mut self) {
        let again = self.interrupted.is_some_and(|before| self.at.duration_since(before) < TWICE);
        if again {
            self.exit = Some(0);
            return;
        }
        self.interrupted = Some(self.at);
        let stopped = self.running.len();
        for running in &self.running {
            running.cancelled.store(true, Ordering::Relaxed);
        }
        if stopped == 0 && self.stack.has_modal() {
            self.close();
        }
        let title = if stopped > 0 { "Stopped after the batch that is being written" } else { "Nothing is running" };
        self.toast(Toast::info(title).way("ctrl-c", "again quits"));
    }

    /// A form for a new record, which belongs to the record whose page is open.
    fn open_form(&mut self, object: Object) {
        let page = self.stack.page().layer.as_ref();
        let cx = self.scene.cx();
        let with = match page.place() {
            Some(Place::Record(id)) if id.object != object => page.crumbs(&cx).pop().map(|name| (id, name)),
            _ => None,
        };
        let form = Form::new(object, with, &cx);
        self.push(Box::new(form));
    }

    fn open_palette(&mut self) {
        self.stack.close_modals();
        let page = self.stack.page().layer.as_ref();
        let everywhere = rows_of(EVERYWHERE).chain(self.rows_of_objects()).collect();
        let parts = [self.plain_rows_of(page), (EVERYWHERE, everywhere)];
        let rows = parts.into_iter().flat_map(|part| self.moved_part(part, page.mode()));
        let palette = Palette::new(rows.map(|row| {
            let reason = self.blocked(page, row.command);
            (row, reason)
        }));
        let palette = palette.with_settings(spots(&self.scene.cx()));
        self.push(Box::new(palette));
    }

    fn open_anywhere(&mut self) {
        self.stack.close_modals();
        self.push(Box::new(Anywhere::new()));
    }

    /// The keys of what is on top; of the help itself those of what it lies on.
    fn open_help(&mut self) {
        let layer = self.stack.top().layer.as_ref();
        let name = layer.name(&self.scene.cx());
        let mut parts = self.plain_rows().into_iter().map(|part| self.moved_part(part, layer.mode()));
        let mut rows = parts.next().unwrap_or_default();
        let everywhere: Vec<Row> = parts.flatten().collect();
        rows.retain(|row| row.command != Command::Escape);
        let reasons = |row: Row| {
            let reason = self.blocked(layer, row.command);
            (row, reason)
        };
        let own = rows.into_iter().map(reasons).collect();
        let help = Help::new(name, own, everywhere.into_iter().map(reasons).collect());
        self.push(Box::new(help));
    }
}

/// `nothing is searched` as a sentence.
fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(['.']).collect()
}
