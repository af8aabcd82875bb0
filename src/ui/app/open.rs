//! From a place to the layer that shows it. A new place gets a row in [`layer_of`].

use crate::domain::id::Object;
use crate::domain::settings::Settings;
use crate::ui::acts::Acts;
use crate::ui::awaited::Awaited;
use crate::ui::bin::Bin;
use crate::ui::import::Import;
use crate::ui::kept::Kept;
use crate::ui::layer::{Among, Layer, Place};
use crate::ui::list::List;
use crate::ui::list::board::Board;
use crate::ui::notifications::Notifications;
use crate::ui::record::RecordPage;
use crate::ui::settings;
use crate::ui::today::Today;
use crate::ui::unassociated::Unassociated;

/// What one sees first: the list of last time.
pub fn landing(kept: &Kept, settings: &Settings) -> Object {
    kept.list.filter(|object| settings.object(*object).is_some()).unwrap_or(Object::CONTACT)
}

/// `among`: the list that a record was opened from.
pub fn layer_of(place: &Place, among: Option<Among>) -> Box<dyn Layer> {
    match place {
        Place::List(object) => Box::new(List::new(*object)),
        Place::Board(object) => Box::new(Board::new(*object)),
        Place::Settings => Box::new(settings::Settings::default()),
        Place::Record(id) => Box::new(RecordPage::new(*id, among)),
        Place::Today => Box::new(Today::default()),
        Place::Notifications => Box::new(Notifications::default()),
        Place::Import => Box::new(Import::default()),
        Place::Acts => Box::new(Acts::default()),
        Place::Bin => Box::new(Bin::default()),
        Place::Unassociated => Box::new(Unassociated::default()),
        Place::Awaited => Box::new(Awaited::default()),
    }
}
