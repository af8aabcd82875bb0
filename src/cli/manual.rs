//! `lejek completions` and `lejek man`: made from the same rows as the parser and the help.

use super::trouble::Trouble;
use super::{Call, Cli};
use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use std::io;

#[derive(Debug, Args)]
pub struct Completions {
    /// The shell they are for
    pub shell: Shell,
}

impl Completions {
    pub fn run(self, call: &Call) -> Result<(), Trouble> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "lejek", &mut script);
        Ok(call.out.bytes(&script)?)
    }
}

/// The page of the program, then one for each subcommand.
pub fn man(call: &Call) -> Result<(), Trouble> {
    let mut root = Cli::command();
    root.build();
    let mut pages = Vec::new();
    write_pages(root, &mut pages)?;
    Ok(call.out.bytes(&pages)?)
}

fn write_pages(command: Command, into: &mut Vec<u8>) -> io::Result<()> {
    let below: Vec<Command> = command.get_subcommands().filter(|one| one.get_name() != "help").cloned().collect();
    Man::new(command).render(into)?;
    below.into_iter().try_for_each(|one| write_pages(one, into))
}
