//! From a place to the layer that shows it. A new place gets a row in [`layer_of`].

use crate::domain::id::Object;
use crate::ui::acts::Acts;
use crate::ui::bin::Bin;
use crate::ui::layer::{Among, Layer, Place};
use crate::ui::list::List;
use crate::ui::record::RecordPage;
use crate::ui::settings::Settings;

/// What one sees first.
pub const FIRST: Object = Object::CONTACT;

pub fn first() -> Box<dyn Layer> {
    Box::new(List::new(FIRST))
}

/// `among`: the list that a record was opened from.
pub fn layer_of(place: &Place, among: Option<Among>) -> Box<dyn Layer> {
    match place {
        Place::List(object) => Box::new(List::new(*object)),
        Place::Settings => Box::new(Settings::default()),
        Place::Record(id) => Box::new(RecordPage::new(*id, among)),
        Place::Acts => Box::new(Acts::default()),
        Place::Bin => Box::new(Bin::default()),
    }
}
