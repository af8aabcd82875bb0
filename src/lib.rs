//! lejek: a CRM that lives in the terminal. This page is the map of the crate.
//!
//! The domain knows, the rules decide, the store keeps, the workspace acts, the interface asks.
//!
//! # One key press, from the terminal to the disk and back
//! A key reaches the top [`ui::Layer`]: its text field takes it, or its rows of [`keys`] turn it into a
//! [`keys::Command`]. The layer answers with effects. A question ([`workspace::request::Request`]) goes to a reading
//! lane, a [`domain::change::Change`] to the writing one. There [`rules::plan`] reads through
//! [`domain::graph::Graph`] and grants a [`domain::change::Commit`] — ops, each with its reason — or a
//! [`domain::change::Refusal`]. The [`store`] writes the commit, syncs it to the disk, tells its catalog, and the
//! answer comes back to the layer. The thread that draws touches neither disk nor network.
//!
//! # Two windows
//! One process holds a folder, by a lock that ends with it, and serves [`workspace::socket`] in it. A subcommand that
//! finds the folder held sends its line of arguments; the holder runs the same [`cli`] code on its open store, as the
//! user who is named, with the streams of whoever asked. A second interface works on a [`workspace::window::Window`]
//! that asks and performs over the socket and hears what changes; when the holder is gone it opens the folder itself.
//! Here and there everybody hears of every commit through [`workspace::feed`].
//!
//! # Who may import whom
//! `domain` imports nothing of ours; `rules`, `store`, `exchange`, `delivery`, `demo` import `domain`; `workspace` imports
//! those; `config` imports [`keys`], [`theme`], [`glyphs`]; `ui` imports those, `config`, the requests of `workspace`,
//! `domain`; `cli` imports `workspace`, `domain` and `ui`. `domain` and `rules` know no clock, disk or screen.
//! `tests/architecture.rs` holds this.
//!
//! # Where to add
//! | what | where |
//! |---|---|
//! | a property | a row in [`domain::object::properties`] |
//! | what an object of a user has from the start | [`domain::object::properties::CUSTOM_ROWS`]; a built-in object is a row of [`domain::object::BUILT_IN`] |
//! | a type of property | [`domain::property::Kind`] and its row there; reading and writing in [`domain::value`] |
//! | a column of a list | `columns` of the object's row in [`domain::object::BUILT_IN`]; how it looks in [`ui::cell`] |
//! | an operator of filters | a row of [`domain::query::operators::OPERATORS`] |
//! | where activities go by default | a row of `domain/logging/table.rs` |
//! | a field of an activity | a row of [`domain::logging::fields::FIELDS`] |
//! | a setting | a row of [`domain::settings::SETTINGS`] and the field that it fills |
//! | a key of the config file | a row of [`config::options::OPTIONS`] and the field that it fills |
//! | a theme | a file in `assets/themes`, its row in `config/themes.rs` |
//! | what a card of the board shows | its object's row in `ui/list/board/card.rs` |
//! | a page of the settings | a row of `ui::settings::pages` and an impl of [`ui::settings::Page`] |
//! | what somebody is told | a row of [`domain::notification::Topic`] and of its section in `rules/notification.rs` |
//! | a way to be told | a variant of [`domain::notification::ChannelKind`], its settings in `domain/settings/notifications.rs`, its line in `workspace/notifications/channel.rs` |
//! | a setting of leads on its page | a row of `SECTIONS` in `ui/settings/setup.rs` |
//! | a tab behind an entry of the settings | a row of `ui::settings::pages` that `tabs_of` names |
//! | a part of the agenda | a variant of [`domain::agenda::Part`] and its row |
//! | something to do with tasks | a variant of [`domain::agenda::Tending`], its line in `rules/activity/tend.rs` |
//! | a rule that follows by itself | a row of [`rules::automatic`] |
//! | a pipeline that every workspace has, a group of stages | a row in [`domain::pipeline`] |
//! | a label of associations that every workspace has | a row in [`domain::label`] |
//! | a kind of change | a variant of [`domain::change::Change`] and its line in [`rules::plan`] |
//! | a question to the workspace | [`workspace::request::Request`], its reply, its line in `Workspace::ask` |
//! | a key | a row in [`keys::rows`] or in the screen's own table |
//! | something to copy or open | an arm of `ui/copy`, its command and its row in [`keys::rows`] |
//! | a screen or modal | an impl of [`ui::Layer`]; a screen gets a [`ui::Place`]; a station in `tests/interface/every_key.rs` |
//! | a field of another kind | `Shape::of` in [`ui::edit`] |
//! | a field that a form asks for at once | `FIRST` in `domain/settings/forms.rs` |
//! | a door of the first start | a row in [`ui::modals::doors`] |
//! | a reason to suggest a record to be associated | a variant of [`domain::candidate::Near`], a step in `workspace/candidates/near.rs` |
//! | what tells namesakes apart | a fact of its object in `ui/modals/picker/telling.rs` |
//! | a kind of event | a row of [`domain::event::BUILT_IN`] |
//! | a subcommand | a file in `cli/` and its row in the table of [`cli`]; a line for it in `tests/cli/held.rs` |
//! | a word between two processes | [`workspace::socket`], and its protocol's number |
//! | a name that other programs give a column | a row in [`exchange::headers`], of activities in `exchange/headers/activity.rs` |
//! | a way to deliver notifications | a variant of [`delivery::Channel`] and a file in `delivery/` |
//! | a tab of the notification centre | a row of `TABS` in `ui/notifications.rs` |
//! | a setting of a way on its page | its key in `keys_of` of `ui/settings/channels.rs` |
//! | a row of the store | a kind in `store/sled/keys.rs`, its bytes in [`store::codec`] |

pub mod cli;
pub mod config;
pub mod delivery;
pub mod demo;
pub mod domain;
pub mod exchange;
pub mod glyphs;
pub mod keys;
pub mod rules;
pub mod store;
pub mod theme;
pub mod ui;
pub mod workspace;
