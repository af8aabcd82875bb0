//! The README's table of keys is the one that the program works by.

use lejek::keys::{markdown, rows::SETS};
use std::path::Path;

const BEGIN: &str = "<!-- keys -->";
const END: &str = "<!-- /keys -->";

#[test]
fn the_readme_shows_the_keys_that_work() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(path).expect("a README");
    let (_, rest) = readme.split_once(BEGIN).expect("the mark before the table");
    let (table, _) = rest.split_once(END).expect("the mark behind the table");
    let wanted = markdown(SETS);
    assert!(
        table.trim() == wanted.trim(),
        "the table of keys is another one by now. Put this between {BEGIN} and {END}:\n\n{wanted}"
    );
}
