//! `lejek completions` and `lejek man`: made from the same rows as the parser and the help.

use super::Cli;
use super::trouble::Trouble;
use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use std::io::{self, Write};

#[derive(Debug, Args)]
pub struct Completions {
    /// The shell they are for
    pub shell: Shell,
}

impl Completions {
    pub fn run(self) -> Result<(), Trouble> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "lejek", &mut script);
        Ok(io::stdout().lock().write_all(&script)?)
    }
}

/// The page of the program, then one for each subcommand.
pub fn man() -> Result<(), Trouble> {
    let mut root = Cli::command();
    root.build();
    let mut pages = Vec::new();
    write_pages(root, &mut pages)?;
    Ok(io::stdout().lock().write_all(&pages)?)
}

fn write_pages(command: Command, into: &mut Vec<u8>) -> io::Result<()> {
    let below: Vec<Command> = command.get_subcommands().filter(|one| one.get_name() != "help").cloned().collect();
    Man::new(command).render(into)?;
    below.into_iter().try_for_each(|one| write_pages(one, into))
}
