//! The interface: what is drawn and what is typed. Every screen and modal is a [`Layer`] on one stack.

pub mod acts;
pub mod app;
mod awaited;
pub mod bin;
mod cache;
pub mod cell;
mod column;
mod copy;
mod done;
pub mod edit;
pub mod first_start;
pub mod import;
pub mod kept;
pub mod layer;
pub mod list;
pub mod marks;
mod matter;
mod mention;
pub mod modals;
mod notifications;
mod page;
mod pane;
pub mod preview;
pub mod record;
pub mod settings;
pub mod terminal;
pub mod text;
pub mod today;
mod unassociated;
pub mod widgets;

pub use app::{Left, Opening, Stage, UiError, UiOptions, run};
pub use layer::{Among, Answer, Cx, Effect, Layer, Place, Slot, Unsaved, page_area};
