//! The nouns of the program: pure types, no disk, no clock, no screen. Nothing here imports anything else of ours.

pub mod activity;
pub mod answer;
pub mod association;
pub mod change;
pub mod email;
pub mod fold;
pub mod graph;
pub mod id;
pub mod intent;
pub mod link;
pub mod mapping;
pub mod number;
pub mod object;
pub mod phone;
pub mod pipeline;
pub mod property;
pub mod query;
pub mod record;
pub mod search;
pub mod selection;
pub mod settings;
pub mod user;
pub mod value;
pub mod view;
pub mod web;
pub mod when;
