//! The open view as something that is kept: saved, renamed, deleted, chosen columns for, told as a call.

use super::{List, VIEW};
use crate::domain::change::Change;
use crate::domain::user::User;
use crate::domain::view::{View, ViewId};
use crate::keys::Command;
use crate::ui::kept::KeptList;
use crate::ui::layer::{Answer, Cx, Effect};
use crate::ui::modals::columns::ColumnsBox;
use crate::ui::modals::expressions::Expressions;
use crate::ui::modals::naming::{Naming, Purpose};

impl List {
    pub(super) fn run_on_view(&mut self, command: Command, cx: &Cx) -> Vec<Effect> {
        let Some(tab) = self.views.open() else { return Vec::new() };
        let push = |purpose, view: View| vec![Effect::Push(Box::new(Naming::new(purpose, view)))];
        let anew = || View { id: ViewId::NEW, owner: Some(cx.user.id), everyone: false, ..tab.now.clone() };
        match command {
            Command::Columns => {
                let view = tab.now.clone();
                vec![Effect::Push(Box::new(ColumnsBox::new(view, cx)))]
            }
            Command::SaveView if tab.saved.may_be_changed_by(cx.user) => {
                vec![Effect::Perform(VIEW, Change::SaveView { view: Box::new(tab.now.clone()) })]
            }
            Command::SaveView | Command::SaveViewAs => push(Purpose::SaveAs, anew()),
            Command::RenameView => push(Purpose::Rename, tab.saved.clone()),
            Command::DeleteView => vec![Effect::Perform(VIEW, Change::DeleteView { id: tab.saved.id })],
            Command::DropChanges => {
                self.views.drop_changes();
                self.open_view(cx)
            }
            Command::ShowExpression => {
                let call = self.spec(cx).map(|spec| tab.now.command(spec)).unwrap_or_default();
                vec![Effect::Push(Box::new(Expressions::told(&tab.now.name, call)))]
            }
            _ => Vec::new(),
        }
    }

    /// Why a command does nothing to the open view.
    pub(super) fn view_obstacle(&self, command: Command, cx: &Cx) -> Option<String> {
        let tab = self.views.open()?;
        match command {
            Command::SaveView | Command::DropChanges if !tab.is_changed() => Some("nothing was changed".into()),
            Command::RenameView | Command::DeleteView => whose(&tab.saved, cx.user, cx),
            Command::ReverseSort if tab.now.sort.is_empty() => Some("it is not sorted, s sorts it".into()),
            _ => None,
        }
    }

    /// What a modal over the list chose.
    pub(super) fn take_answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        match answer {
            Answer::Filters(filters) => self.take_filters(filters, cx),
            Answer::View(view) => {
                let Some(tab) = self.views.open_mut() else { return Vec::new() };
                tab.now = *view;
                self.ask_again(cx)
            }
            Answer::Saved(name) => {
                // The changes went into the new view.
                self.views.drop_changes();
                self.wanted = Some(name);
                // What changed may have been told before this.
                self.take_views(cx)
            }
            _ => Vec::new(),
        }
    }

    /// Views may have been saved or deleted, here or elsewhere, and what they name may be gone.
    pub(super) fn take_views(&mut self, cx: &Cx) -> Vec<Effect> {
        let mut is_other = self.views.take_in(cx.settings.views_of(self.object, cx.user.id));
        let wanted = self.wanted.as_ref().and_then(|name| self.views.called(name));
        if let Some(place) = wanted {
            self.wanted = None;
            self.views.select(place);
            is_other = true;
        }
        if is_other { self.open_view(cx) } else { self.ask_again(cx) }
    }

    /// Remembers how the list stands, if that differs from what is remembered.
    pub(super) fn keep(&self, cx: &Cx) -> Option<Effect> {
        // Before the first rows have come, what is remembered is better.
        let record = if self.is_read() { self.row_id().filter(|_| self.moved) } else { self.restored };
        let (view, changed) = self.views.left();
        let known = cx.kept.lists.get(&self.object.0);
        let shown = self.behind.as_ref().map(|behind| behind.pipeline);
        let pipeline = shown.or_else(|| known.and_then(|known| known.pipeline));
        let (object, list) = (self.object, KeptList { view, changed, record: record.or(self.restored), pipeline });
        let is_known = cx.kept.list == Some(object) && known == Some(&list);
        let keep = Effect::Keep(Box::new(move |kept| {
            kept.list = Some(object);
            kept.lists.insert(object.0, list);
        }));
        (!is_known).then_some(keep)
    }
}

/// Why somebody may not change a view.
fn whose(view: &View, user: &User, cx: &Cx) -> Option<String> {
    if view.id.built_in().is_some() {
        return Some("it comes with lejek, z S saves one of your own".into());
    }
    let owner = view.owner.and_then(|id| cx.settings.user(id)).map_or("somebody else", |owner| owner.name.as_str());
    (!view.may_be_changed_by(user)).then(|| format!("it belongs to {owner}, z S saves one of your own"))
}
