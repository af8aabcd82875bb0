//! The filters of the open view: the focus on their chips, and what keys do to them.

use super::List;
use super::chips::chip;
use crate::domain::id::Object;
use crate::domain::query::parse::phrases;
use crate::domain::query::phrase::written;
use crate::keys::Command;
use crate::ui::layer::{Cx, Effect};
use crate::ui::modals::expressions::Expressions;
use crate::ui::modals::filter::{FilterBox, Target};
use crate::ui::widgets::Chip;

/// Cells that a search takes in a chip at most.
const WORD: u16 = 30;

impl List {
    pub(super) fn filters(&self) -> &[String] {
        self.view().map_or(&[], |view| &view.filters)
    }

    /// One for each filter, and one for what is searched, which is the last.
    pub(super) fn chips(&self, cx: &Cx) -> Vec<Chip<'static>> {
        let Some(spec) = self.spec(cx) else { return Vec::new() };
        let filters = self.filters().iter().map(|text| chip(text, spec, cx));
        let word = cx.look.fit(self.search.text().trim(), WORD).into_owned();
        let search = (!word.is_empty()).then(|| Chip::new("Search", word).removable());
        filters.chain(search).collect()
    }

    /// Every part of every chip, in their order.
    fn spots(&self, cx: &Cx) -> Vec<(usize, usize)> {
        let chips = self.chips(cx);
        chips.iter().enumerate().flat_map(|(at, chip)| (0..chip.any.len()).map(move |part| (at, part))).collect()
    }

    /// The chip with the focus, if it is still there, and its part.
    pub(super) fn focused_chip(&self, cx: &Cx) -> Option<(usize, usize)> {
        let spots = self.spots(cx);
        let wanted = self.chip?;
        spots.iter().copied().find(|spot| *spot >= wanted).or(spots.last().copied())
    }

    pub(super) fn focus_chips(&mut self, cx: &Cx) -> Vec<Effect> {
        self.chip = self.spots(cx).first().copied();
        Vec::new()
    }

    fn step(&mut self, by: isize, cx: &Cx) {
        let spots = self.spots(cx);
        let at = self.focused_chip(cx).and_then(|spot| spots.iter().position(|other| *other == spot)).unwrap_or(0);
        let to = at.saturating_add_signed(by).min(spots.len().saturating_sub(1));
        self.chip = spots.get(to).copied();
    }

    /// Commands of the table of filters, while the focus is there.
    pub(super) fn run_on_chip(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        let times = count.unwrap_or(1) as isize;
        match command {
            Command::NextFilter => self.step(times, cx),
            Command::PreviousFilter => self.step(-times, cx),
            Command::EditFilter => return self.edit_chip(cx),
            Command::RemoveFilter => return self.remove_chip(cx),
            Command::OrFilter => return self.or_chip(cx),
            Command::AddFilter => return self.add_filter(cx),
            Command::EditFilters => return self.edit_expressions(cx),
            Command::Escape => self.chip = None,
            _ => {}
        }
        Vec::new()
    }

    fn box_for(&self, target: Target, cx: &Cx) -> Vec<Effect> {
        let filters = self.filters().to_vec();
        FilterBox::new(self.object, filters, target, cx)
            .map(|filter| Effect::Push(Box::new(filter)))
            .into_iter()
            .collect()
    }

    pub(super) fn add_filter(&self, cx: &Cx) -> Vec<Effect> {
        self.box_for(Target::New, cx)
    }

    pub(super) fn edit_expressions(&self, cx: &Cx) -> Vec<Effect> {
        let name = self.view().map(|view| view.name.clone()).unwrap_or_default();
        let call = self.view().zip(self.spec(cx)).map(|(view, spec)| view.command(spec)).unwrap_or_default();
        vec![Effect::Push(Box::new(Expressions::new(self.object, &name, self.filters(), call)))]
    }

    fn edit_chip(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some((at, part)) = self.focused_chip(cx) else { return Vec::new() };
        if at >= self.filters().len() {
            self.chip = None;
            return self.run_search(cx);
        }
        let effects = self.box_for(Target::Part(at, part), cx);
        // What can't be read as a filter any more is still a text.
        if effects.is_empty() { self.edit_expressions(cx) } else { effects }
    }

    fn or_chip(&self, cx: &Cx) -> Vec<Effect> {
        let at = self.focused_chip(cx).map(|(at, _)| at).filter(|at| *at < self.filters().len());
        at.map_or_else(Vec::new, |at| self.box_for(Target::Or(at), cx))
    }

    fn remove_chip(&mut self, cx: &Cx) -> Vec<Effect> {
        match self.focused_chip(cx) {
            Some((at, part)) => self.remove(at, Some(part), cx),
            None => Vec::new(),
        }
    }

    /// Takes a filter away, or one of its alternatives.
    pub(super) fn remove(&mut self, at: usize, part: Option<usize>, cx: &Cx) -> Vec<Effect> {
        if at >= self.filters().len() {
            let effects = self.set_search("", cx);
            self.chip = self.chip.and(self.focused_chip(cx));
            return effects;
        }
        let mut filters = self.filters().to_vec();
        let rest = part.and_then(|part| without(&filters[at], part, self.object, cx));
        match rest {
            Some(rest) => filters[at] = rest,
            None => _ = filters.remove(at),
        }
        self.take_filters(filters, cx)
    }

    pub(super) fn take_filters(&mut self, filters: Vec<String>, cx: &Cx) -> Vec<Effect> {
        if let Some(tab) = self.views.open_mut() {
            tab.now.filters = filters;
        }
        self.chip = self.chip.and(self.focused_chip(cx));
        self.ask_from_top(cx)
    }

    /// Why a command on the chips does nothing now.
    pub(super) fn chip_obstacle(&self, command: Command, cx: &Cx) -> Option<String> {
        let spots = self.spots(cx);
        let at = self.focused_chip(cx);
        match command {
            Command::FocusFilters if spots.is_empty() => Some("there are no filters, f adds one".into()),
            Command::PreviousFilter if at == spots.first().copied() => Some("this is the first one".into()),
            Command::NextFilter if at == spots.last().copied() => Some("this is the last one".into()),
            Command::OrFilter if at.is_some_and(|(chip, _)| chip >= self.filters().len()) => {
                Some("a search has no alternatives".into())
            }
            _ => None,
        }
    }
}

/// An expression without one of its alternatives; `None`: nothing is left of it.
fn without(text: &str, part: usize, object: Object, cx: &Cx) -> Option<String> {
    let spec = cx.settings.object(object)?;
    let mut any = phrases(text, spec, cx.settings).ok()?;
    if part < any.len() {
        any.remove(part);
    }
    let rest = written(&any, spec, cx.settings)?;
    (!any.is_empty()).then_some(rest)
}
