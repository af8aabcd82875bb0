//! What was changed of where activities go and of their limits, until it is saved (R2.3).

use crate::domain::activity::{ActivityKind, LoggedFrom};
use crate::domain::id::Object;
use crate::domain::logging::{Aim, Row, Sort, Table};
use crate::domain::settings::{ACTIVITY_LIMITS, Activities, DEFAULT, NONE, Settings, TABLE};
use std::collections::BTreeMap;

/// What a row of the table is about: first logged on, type, source; `None` is any.
pub type About = (Object, Option<Sort>, Option<LoggedFrom>);

pub type Limited = (ActivityKind, Object);

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// Where those go; `None`: as from the start.
    rows: Vec<(About, Option<Vec<Aim>>)>,
    limits: BTreeMap<Limited, Option<usize>>,
}

pub fn about(row: &Row) -> About {
    (row.on, row.sort, row.from)
}

fn row_about((on, sort, from): About) -> Row {
    Row { on, sort, from, to: Vec::new() }
}

/// Where a row of a table sends, if it has that row.
pub fn aims(table: &Table, of: About) -> Option<&[Aim]> {
    table.rows.iter().find(|row| about(row) == of).map(|row| row.to.as_slice())
}

impl Draft {
    /// How it would be.
    pub fn over(&self, saved: &Activities) -> Activities {
        let mut all = saved.clone();
        for (of, to) in &self.rows {
            match to {
                Some(to) => all.table.put(Row { to: to.clone(), ..row_about(*of) }),
                None => all.table.reset(&row_about(*of)),
            }
        }
        for ((kind, object), most) in &self.limits {
            all.set_limit(*kind, *object, *most);
        }
        all
    }

    pub fn put(&mut self, of: About, to: Option<Vec<Aim>>) {
        self.rows.retain(|(own, _)| *own != of);
        self.rows.push((of, to));
    }

    pub fn limit(&mut self, of: Limited, most: Option<usize>) {
        self.limits.insert(of, most);
    }

    /// Every row as it was from the start.
    pub fn reset(&mut self, saved: &Activities) {
        let changed: Vec<About> = self.over(saved).table.changed().into_iter().map(about).collect();
        changed.into_iter().for_each(|of| self.put(of, None));
    }

    pub fn has_row(&self, of: About) -> bool {
        self.rows.iter().any(|(own, _)| *own == of)
    }

    pub fn has_limit(&self, of: Limited) -> bool {
        self.limits.contains_key(&of)
    }

    pub fn len(&self) -> usize {
        self.rows.len() + self.limits.len()
    }

    /// What is so already is no change.
    pub fn drop_saved(&mut self, saved: &Activities) {
        let reset = |of: About| {
            let mut table = saved.table.clone();
            table.reset(&row_about(of));
            aims(&table, of).map(<[Aim]>::to_vec)
        };
        self.rows.retain(|(of, to)| {
            let to = to.clone().or_else(|| reset(*of));
            to.as_deref() != aims(&saved.table, *of)
        });
        self.limits.retain(|(kind, object), most| saved.limit(*kind, *object) != *most);
    }

    /// Without what was sent and is saved by now.
    pub fn drop_sent(&mut self, sent: &Draft) {
        self.rows.retain(|row| !sent.rows.contains(row));
        self.limits.retain(|of, most| sent.limits.get(of) != Some(most));
    }

    /// The settings as scripts write them.
    pub fn written(&self, settings: &Settings) -> Vec<(String, String)> {
        let row = |(of, to): &(About, Option<Vec<Aim>>)| match to {
            Some(to) => settings.row_written(&Row { to: to.clone(), ..row_about(*of) }),
            None => settings.about_written(&row_about(*of)).map(|about| format!("{about}={DEFAULT}")),
        };
        let limit = |(of, most): (&Limited, &Option<usize>)| {
            let most = most.map_or_else(|| NONE.to_owned(), |most| most.to_string());
            Some(format!("{}>{}={most}", of.0.row().name, settings.object(of.1)?.name))
        };
        let rows: Vec<String> = self.rows.iter().filter_map(row).collect();
        let limits: Vec<String> = self.limits.iter().filter_map(limit).collect();
        let both = [(TABLE, rows), (ACTIVITY_LIMITS, limits)].into_iter().filter(|(_, lines)| !lines.is_empty());
        both.map(|(key, lines)| (key.to_owned(), lines.join(";"))).collect()
    }
}
