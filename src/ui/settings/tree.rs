//! The tree of the settings and the tabs behind its entries: going from page to page, and finding one by words.

use super::pages::{Spot, spots};
use super::{Pane, Settings};
use crate::keys::Command;
use crate::ui::layer::{Cx, Effect};
use crate::ui::modals::choose::{Choice, Choose};
use crate::ui::widgets::Window;

impl Settings {
    /// All settings, to choose one of.
    pub(super) fn search(&mut self, cx: &Cx) -> Vec<Effect> {
        self.searched = spots(cx);
        let choice = |(at, spot): (usize, &Spot)| {
            let of = spot.row.as_ref().map(|_| spot.entry.title.clone()).unwrap_or_default();
            Choice::placed(at, &spot.label, of)
        };
        let choices = self.searched.iter().enumerate().map(choice).collect();
        vec![Effect::Push(Box::new(Choose::new("All settings", "Every page and what stands on it.", choices, 0)))]
    }

    /// Opens a page with the cursor on a row of it.
    pub(super) fn jump(&mut self, spot: &Spot, cx: &Cx) {
        let Some(place) = self.entries.iter().position(|entry| *entry == spot.entry) else { return };
        self.tree.go_to(place);
        self.turn_to(spot.tab, cx);
        self.focus = if spot.row.is_some() || spot.tab > 0 { Pane::Page } else { Pane::Tree };
        if let Some(row) = &spot.row {
            self.with_page(|page| page.go_to_row(row, cx));
        }
    }

    /// Opens a tab of the entry under the cursor of the tree.
    pub(super) fn turn_to(&mut self, tab: usize, cx: &Cx) {
        let Some(entry) = self.entry().cloned() else { return };
        self.tabs.retain(|(of, _)| *of != entry);
        self.tabs.push((entry, tab));
        self.follow(cx);
    }

    /// Opens the tab after the open one, or the one before, round and round.
    pub(super) fn step_tab(&mut self, by: isize, cx: &Cx) {
        let shown = self.shown_tabs();
        let at = shown.iter().position(|tab| *tab == self.tab()).unwrap_or(0);
        let to = (at as isize + by).rem_euclid(shown.len().max(1) as isize);
        if let Some(tab) = shown.get(to as usize) {
            self.turn_to(*tab, cx);
        }
    }

    /// Places of the tabs in sight, among those of the entry.
    pub(super) fn shown_tabs(&self) -> Vec<usize> {
        let Some(entry) = self.entry() else { return Vec::new() };
        let waits = |tab: usize| self.place_of(entry, tab).is_some_and(|at| self.opened[at].page.unsaved() > 0);
        let is_shown = |tab: &usize| !entry.tabs()[*tab].is_inner || *tab == self.tab() || waits(*tab);
        (0..entry.tabs().len()).filter(is_shown).collect()
    }

    /// Back to the first tab from one that was opened from there. False: it stands by itself.
    pub(super) fn leave_tab(&mut self, cx: &Cx) -> bool {
        let is_inner = self.entry().and_then(|entry| entry.tabs().get(self.tab())).is_some_and(|tab| tab.is_inner);
        if is_inner {
            self.turn_to(0, cx);
        }
        is_inner
    }

    /// The tab that the page wants opened, if it wants one.
    pub(super) fn turned(&mut self, cx: &Cx) -> Option<Vec<Effect>> {
        let title = self.page()?.turns_to()?;
        let tab = self.entry()?.tabs().iter().position(|tab| tab.title == title)?;
        self.turn_to(tab, cx);
        Some(self.ask(cx))
    }

    pub(super) fn move_to(&mut self, act: impl FnOnce(&mut Window), cx: &Cx) {
        act(&mut self.tree);
        self.follow(cx);
    }

    pub(super) fn run_tree(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        let times = count.unwrap_or(1) as isize;
        let line = count.map(|count| (count as usize).saturating_sub(1));
        match command {
            Command::MoveDown => self.move_to(|tree| tree.move_by(times), cx),
            Command::MoveUp => self.move_to(|tree| tree.move_by(-times), cx),
            Command::HalfPageDown => self.move_to(|tree| tree.half_page(times), cx),
            Command::HalfPageUp => self.move_to(|tree| tree.half_page(-times), cx),
            Command::PageDown => self.move_to(|tree| tree.page(times), cx),
            Command::PageUp => self.move_to(|tree| tree.page(-times), cx),
            Command::First => self.move_to(|tree| tree.go_to(line.unwrap_or(0)), cx),
            Command::Last => self.move_to(|tree| tree.go_to(line.unwrap_or(usize::MAX)), cx),
            Command::Open => self.focus = Pane::Page,
            Command::Escape => return vec![Effect::Back],
            _ => {}
        }
        Vec::new()
    }
}
