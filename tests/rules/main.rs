//! The rules of the product, each test named after its rule, each through both stores.

#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, clippy::format_push_string)]

mod activities;
mod agenda;
mod amending;
mod associations;
mod bin;
mod boards;
mod bulk;
mod cards;
mod companies;
mod events;
mod import;
mod import_activities;
mod import_ties;
mod lead_sync;
mod leads;
mod lifecycle;
mod mails;
mod mappings;
mod merging;
mod moving;
mod notifications;
mod objects;
mod onward;
mod pairs;
mod parting;
mod partners;
mod past;
mod people;
mod permissions;
mod pipelines;
mod properties;
mod records;
mod resume;
mod review;
mod search;
mod stores_agree;
mod ties_hold;
mod undo;
mod unseen;
mod upkeep;
mod views;
mod world;
