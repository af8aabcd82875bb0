//! `lejek check`: whether everything stored is whole and agrees.

use super::Call;
use super::session::Session;
use super::trouble::Trouble;
use clap::Args;
use serde_json::json;

#[derive(Debug, Args)]
pub struct Check {
    /// Also whether every row makes sense, and every association has its other end
    #[arg(long)]
    pub deep: bool,
}

impl Check {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let session = Session::reading(call)?;
        let checked = session.check(self.deep)?;
        if checked.flaws.is_empty() {
            let text = || format!("{} rows, all is well", checked.rows);
            return session.out.answer(|| json!({ "rows": checked.rows, "flaws": [] }), text);
        }
        let message = match checked.flaws.len() {
            1 => "One thing is wrong. `lejek restore-backup FILE` brings your newest backup back".to_owned(),
            many => format!("{many} things are wrong. `lejek restore-backup FILE` brings your newest backup back"),
        };
        Err(Trouble::failed(message).with("rows", checked.rows.into()).with("flaws", checked.flaws.into()))
    }
}
