//! What an import has come to, and how it ends.

use super::Imported;
use super::run::{Import, file_name};
use crate::domain::change::{Change, Done};
use crate::rules::Plan;
use crate::workspace::{Failure, Watch};
use std::path::PathBuf;

impl Import<'_> {
    pub(super) fn count(&mut self, plan: &Plan, besides: u64) {
        self.imported.created += plan.created.saturating_sub(besides);
        self.imported.updated += plan.updated;
        self.imported.unchanged += plan.unchanged;
        self.imported.associated += plan.tied;
        self.imported.leads += plan.leads;
    }

    /// Tells whoever imports that it has come to its end.
    fn last_change(&self) -> Change {
        let names: Vec<String> = self.ask.files.iter().map(|path| file_name(path)).collect();
        let Imported { created, updated, unchanged, skipped, .. } = self.imported;
        let counts = [(created, "created"), (updated, "updated"), (unchanged, "unchanged"), (skipped, "left out")];
        let sums = counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
        Change::EndImport { files: names.join(", "), sums: sums.collect::<Vec<_>>().join(", ") }
    }

    /// Ties what named somebody who came later in the files, and closes the act.
    pub(super) fn end(mut self, watch: &mut dyn Watch) -> Result<(Imported, Done), Failure> {
        self.say_newcomers();
        let rows = self.late()?;
        if !self.ask.dry_run {
            self.tie_late(&rows)?;
            self.act.close_with(&self.last_change(), watch.is_cancelled())?;
        }
        self.imported.report = self.left_out.finish(&mut self.imported.errors)?.map(PathBuf::into_os_string);
        let mut imported = self.imported;
        imported.errors.sort_by_key(|fault| fault.row);
        if self.act.has_begun() {
            imported.act = Some(self.act.number());
        }
        Ok((imported, self.act.finish()))
    }
}
