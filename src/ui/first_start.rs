//! The first start in an empty folder: who works here, asked plainly, line by line, before there is any screen.

use crate::domain::email;
use crate::ui::text::clean;
use std::io::{self, BufRead, Write};

/// Asks for name and e-mail until both are right. The error `UnexpectedEof` when the input ends.
pub fn ask(input: &mut impl BufRead, output: &mut impl Write) -> io::Result<(String, String)> {
    writeln!(output, "Nothing is here yet. Two questions, then the interface opens.\n")?;
    let name = ask_one(input, output, "Your name", |text| {
        if text.is_empty() { Err("A name has one letter or more.".to_owned()) } else { Ok(text.to_owned()) }
    })?;
    let email = ask_one(input, output, "Your e-mail", email::parse)?;
    writeln!(output)?;
    Ok((name, email))
}

fn ask_one(
    input: &mut impl BufRead,
    output: &mut impl Write,
    question: &str,
    check: impl Fn(&str) -> Result<String, String>,
) -> io::Result<String> {
    loop {
        write!(output, "{question}: ")?;
        output.flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            writeln!(output)?;
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        match check(clean(&line).trim()) {
            Ok(answer) => return Ok(answer),
            Err(sentence) => writeln!(output, "{sentence}")?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(typed: &str) -> (io::Result<(String, String)>, String) {
        let mut output = Vec::new();
        let answer = ask(&mut typed.as_bytes(), &mut output);
        (answer, String::from_utf8(output).unwrap())
    }

    #[test]
    fn two_lines_are_enough() {
        let (answer, shown) = asked("Łucja Kowalska\nlucja@example.com\n");
        assert_eq!(answer.unwrap(), ("Łucja Kowalska".into(), "lucja@example.com".into()));
        assert!(shown.contains("Your name: ") && shown.contains("Your e-mail: "));
    }

    #[test]
    fn a_wrong_answer_is_asked_again() {
        let (answer, shown) = asked("  \nJan\njan@example.com\n");
        assert_eq!(answer.unwrap().0, "Jan");
        assert_eq!(shown.matches("Your name: ").count(), 2);
    }

    #[test]
    fn escape_sequences_do_not_become_a_name() {
        let (answer, _) = asked("J\x1b[31man\njan@example.com\n");
        assert_eq!(answer.unwrap().0, "J[31man");
    }

    #[test]
    fn the_end_of_the_input_ends_it() {
        let (answer, _) = asked("Jan\n");
        assert_eq!(answer.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }
}
