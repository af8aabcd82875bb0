//! The tabs of a list: its views, each as it is saved and as it was changed here.

use crate::domain::view::{BuiltIn, View, ViewId};
use crate::ui::kept::KeptList;

/// The view that is open at first, by its place among the built-in ones.
const ALL: usize = 1;

/// One tab.
#[derive(Debug, Clone)]
pub struct Tab {
    pub saved: View,
    /// With the changes made here.
    pub now: View,
    /// Records that it takes in as it is saved, once they are counted.
    pub count: Option<usize>,
}

impl Tab {
    fn new(view: View) -> Tab {
        Tab { now: view.clone(), saved: view, count: None }
    }

    fn built_in(&self) -> Option<&'static BuiltIn> {
        self.saved.id.built_in()
    }

    pub fn is_changed(&self) -> bool {
        self.now != self.saved
    }

    /// Whether its tab says how many records it takes in.
    pub fn is_counted(&self) -> bool {
        self.built_in().map_or(!self.saved.viewed, |row| row.counted)
    }

    /// What it is called in a narrow window.
    pub fn short(&self) -> &str {
        self.built_in().map_or(&self.saved.name, |row| row.short)
    }

    fn drop_changes(&mut self) {
        self.now = self.saved.clone();
    }

    /// Takes the view as it is saved now; changes made here stay.
    fn take_in(&mut self, saved: View) {
        let was_changed = self.is_changed();
        self.saved = saved;
        if was_changed {
            self.change_as(&self.now.clone());
        } else {
            self.drop_changes();
        }
    }

    /// Takes what was changed; whose it is and what it is called stays.
    fn change_as(&mut self, changed: &View) {
        let View { id, object, name, owner, everyone, .. } = self.saved.clone();
        self.now = View { id, object, name, owner, everyone, ..changed.clone() };
    }
}

#[derive(Debug, Clone, Default)]
pub struct Views {
    tabs: Vec<Tab>,
    open: usize,
}

impl Views {
    pub fn new(views: Vec<View>) -> Views {
        let tabs: Vec<Tab> = views.into_iter().map(Tab::new).collect();
        Views { open: ALL.min(tabs.len().saturating_sub(1)), tabs }
    }

    pub fn tabs(&self) -> &[Tab] {
        &self.tabs
    }

    pub fn tabs_mut(&mut self) -> &mut [Tab] {
        &mut self.tabs
    }

    /// The place of the open one.
    pub fn place(&self) -> usize {
        self.open
    }

    pub fn open(&self) -> Option<&Tab> {
        self.tabs.get(self.open)
    }

    pub fn open_mut(&mut self) -> Option<&mut Tab> {
        self.tabs.get_mut(self.open)
    }

    /// The tab of everything, whose count every page tells.
    pub fn all_mut(&mut self) -> Option<&mut Tab> {
        self.tabs.get_mut(ALL)
    }

    /// Opens another one. What is searched goes along, unless that one has a search of its own.
    pub fn select(&mut self, place: usize) {
        let place = place.min(self.tabs.len().saturating_sub(1));
        let searched = self.open_mut().filter(|tab| tab.now.search != tab.saved.search).map(|tab| {
            let search = tab.saved.search.clone();
            std::mem::replace(&mut tab.now.search, search)
        });
        self.open = place;
        if let (Some(search), Some(tab)) = (searched, self.open_mut())
            && tab.saved.search.is_empty()
        {
            tab.now.search = search;
        }
    }

    pub fn drop_changes(&mut self) {
        if let Some(tab) = self.open_mut() {
            tab.drop_changes();
        }
    }

    /// Takes the views as they are saved now. True if the open one asks something else than before.
    pub fn take_in(&mut self, views: Vec<View>) -> bool {
        let before = self.open().map(|tab| tab.now.clone());
        let mut old = std::mem::take(&mut self.tabs);
        for view in views {
            let known = old.iter().position(|tab| tab.saved.id == view.id).map(|at| old.swap_remove(at));
            self.tabs.push(match known {
                Some(mut tab) => {
                    tab.take_in(view);
                    tab
                }
                None => Tab::new(view),
            });
        }
        let is_there = self.tabs.iter().position(|tab| Some(tab.saved.id) == before.as_ref().map(|view| view.id));
        self.open = is_there.unwrap_or(self.open.saturating_sub(1)).min(self.tabs.len().saturating_sub(1));
        self.open().map(|tab| &tab.now) != before.as_ref()
    }

    /// The place of the view of this name.
    pub fn called(&self, name: &str) -> Option<usize> {
        self.tabs.iter().position(|tab| tab.saved.is_called(name))
    }

    /// As it was left.
    pub fn restore(&mut self, kept: &KeptList) {
        for changed in &kept.changed {
            if let Some(tab) = self.tabs.iter_mut().find(|tab| tab.saved.id == changed.id) {
                tab.change_as(changed);
            }
        }
        let is_open = |tab: &Tab| Some(tab.saved.id) == kept.view;
        self.open = self.tabs.iter().position(is_open).unwrap_or(self.open);
    }

    /// What [`Views::restore`] takes: the open one, and all that were changed.
    pub fn left(&self) -> (Option<ViewId>, Vec<View>) {
        let changed = self.tabs.iter().filter(|tab| tab.is_changed()).map(|tab| tab.now.clone());
        (self.open().map(|tab| tab.saved.id), changed.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{Object, UserId};
    use crate::domain::settings::Settings;
    use crate::domain::view::built_in;
    use std::collections::BTreeMap;
    use uuid::Uuid;

    fn own(number: u128, name: &str) -> View {
        let view = View::new(ViewId(Uuid::from_u128(number << 64)), Object::CONTACT, Some(UserId(Uuid::nil())));
        View { name: name.into(), ..view }
    }

    fn views(own: &[View]) -> Vec<View> {
        let settings = Settings::from_rows(BTreeMap::new());
        let mut views = built_in(settings.object(Object::CONTACT).unwrap());
        views.extend_from_slice(own);
        views
    }

    fn search(views: &mut Views, text: &str) {
        views.open_mut().unwrap().now.search = text.into();
    }

    #[test]
    fn a_search_goes_along_to_the_next_tab() {
        let mut views = Views::new(views(&[View { search: "own".into(), ..own(1, "Hot") }]));
        search(&mut views, "nowak");
        views.select(0);
        assert_eq!(views.open().unwrap().now.search, "nowak");
        assert!(!views.tabs()[1].is_changed(), "where it came from it is not any more");
        views.select(4);
        assert_eq!(views.open().unwrap().now.search, "own");
        views.select(0);
        assert_eq!(views.open().unwrap().now.search, "", "what is saved stays where it is");
    }

    #[test]
    fn what_others_save_leaves_the_changes_made_here() {
        let mut tabs = Views::new(views(&[own(1, "Hot"), own(2, "Cold")]));
        tabs.select(5);
        search(&mut tabs, "lis");
        assert!(!tabs.take_in(views(&[own(3, "New"), View { search: "x".into(), ..own(1, "Hot") }, own(2, "Cold")])));
        assert_eq!(tabs.place(), 6);
        assert_eq!(tabs.open().unwrap().now.search, "lis");
        assert_eq!(tabs.tabs()[5].now.search, "x");
        assert!(tabs.take_in(views(&[own(2, "Cool")])), "its name is another one");
        assert_eq!(tabs.open().unwrap().now.name, "Cool");
        assert!(tabs.take_in(views(&[])), "it was deleted");
        assert_eq!(tabs.place(), 3);
    }

    #[test]
    fn it_is_left_and_comes_back() {
        let mut tabs = Views::new(views(&[own(1, "Hot")]));
        tabs.select(4);
        tabs.open_mut().unwrap().now.filters.push("owner is me".into());
        let (view, changed) = tabs.left();
        let kept = KeptList { view, changed, ..KeptList::default() };
        let mut again = Views::new(views(&[own(1, "Hotter")]));
        again.restore(&kept);
        let open = again.open().unwrap();
        assert_eq!((open.now.name.as_str(), open.now.filters.len(), open.is_changed()), ("Hotter", 1, true));
        let mut gone = Views::new(views(&[]));
        gone.restore(&kept);
        assert_eq!(gone.place(), ALL);
    }
}
