//! What an interface starts with, and what layers may look at, as the shell keeps it.

use crate::config::Held;
use crate::domain::id::Object;
use crate::domain::settings::Settings;
use crate::domain::user::User;
use crate::glyphs::Glyphs;
use crate::keys::remap::Ways;
use crate::theme::{Ground, Theme};
use crate::ui::kept::Keeper;
use crate::ui::layer::Cx;
use crate::ui::widgets::Look;
use crate::workspace::window::Window;
use chrono::{DateTime, Utc};
use ratatui::layout::Rect;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// How it looks.
#[derive(Debug, Clone)]
pub struct Appearance {
    pub theme: Theme,
    pub glyphs: &'static Glyphs,
}

/// What an interface starts with.
pub struct Setup {
    pub look: Appearance,
    pub size: (u16, u16),
    /// The file of what is remembered; none: nothing is.
    pub kept: Option<PathBuf>,
    /// What paths are relative to.
    pub here: PathBuf,
    /// The workspace was just made: ask what to begin with.
    pub is_new: bool,
    pub config: Held,
    /// What is known of the terminal.
    pub ground: Ground,
}

impl Setup {
    /// In a workspace that was there before, with nothing remembered and nothing set.
    pub fn of(look: Appearance, size: (u16, u16)) -> Setup {
        let (config, ground) = (Held::default(), Ground::default());
        Setup { look, size, kept: None, here: PathBuf::new(), is_new: false, config, ground }
    }
}

/// What layers may look at, as the shell keeps it.
pub struct Scene {
    pub settings: Arc<Settings>,
    pub user: User,
    pub now: DateTime<Utc>,
    pub look: Appearance,
    pub screen: Rect,
    pub sorted: BTreeSet<Object>,
    pub keeper: Keeper,
    pub here: PathBuf,
    pub held: Held,
    pub ground: Ground,
    /// The theme that is looked at before it is chosen.
    pub preview: Option<String>,
    pub ways: Ways,
}

impl Scene {
    pub fn of(setup: Setup, window: &Window) -> Scene {
        let Setup { look, size, kept, here, config, ground, .. } = setup;
        let settings = window.settings();
        let user = settings.user(window.user()).cloned();
        Scene {
            user: user.unwrap_or_else(|| User::new(window.user(), "", "")),
            settings,
            now: window.now(),
            look,
            screen: Rect::new(0, 0, size.0, size.1),
            sorted: BTreeSet::new(),
            keeper: Keeper::open(kept),
            here,
            held: config,
            ground,
            preview: None,
            ways: Ways::default(),
        }
    }

    pub fn cx(&self) -> Cx<'_> {
        Cx {
            settings: &self.settings,
            user: &self.user,
            now: self.now,
            look: self.look(),
            screen: self.screen,
            sorted: &self.sorted,
            kept: self.keeper.kept(),
            here: &self.here,
            config: &self.held.config,
            file: self.held.file.as_deref(),
            faults: &self.held.faults,
        }
    }

    pub fn look(&self) -> Look<'_> {
        let Appearance { theme, glyphs } = &self.look;
        Look { theme, glyphs, ways: &self.ways, is_still: self.held.config.reduced_motion }
    }

    /// Settings change with records, and cost nothing to take again.
    pub fn refresh(&mut self, window: &Window) {
        self.settings = window.settings();
        if let Some(user) = self.settings.user(window.user()) {
            self.user.clone_from(user);
        }
    }
}
