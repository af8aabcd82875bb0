//! What is said after an act: in one toast, with what rules did besides (R7.5), what was left out and the key that
//! undoes it.

use super::layer::Effect;
use super::modals::left_out::LeftOut;
use super::text::clean;
use super::widgets::Toast;
use crate::domain::change::{Done, Verb};
use crate::domain::id::ActNo;
use crate::domain::number::grouped;
use crate::workspace::Failure;
use crate::workspace::request::Reply;

/// Of what was left out, so many are named.
const NAMED: usize = 2;

/// `Deleted Jan Kowalski · 2 effects`.
pub fn toast(done: &Done) -> Toast {
    let effects = match done.effects.len() {
        0 => String::new(),
        1 => " · 1 effect".to_owned(),
        several => format!(" · {several} effects"),
    };
    if done.act == ActNo::NONE && !done.skipped.is_empty() {
        return Toast::info(clean(&done.what)).text(left_out(&done.skipped));
    }
    let said = Toast::ok(format!("{}{effects}", clean(&done.what)));
    let said = said.text(besides(done));
    match done.verb {
        _ if done.act == ActNo::NONE => said,
        Verb::Undid(_) => said.way("ctrl-r", "redoes"),
        Verb::Did | Verb::Redid(_) => said.way("u", "undoes"),
    }
}

/// What was left out, and where else something erased still stands.
fn besides(done: &Done) -> String {
    let left_out = (!done.skipped.is_empty()).then(|| left_out(&done.skipped));
    let remains = done.remains.as_ref().map(|remains| clean(&remains.to_string()).into_owned());
    left_out.into_iter().chain(remains).collect::<Vec<_>>().join(". ")
}

fn left_out(skipped: &[String]) -> String {
    let named: Vec<_> = skipped.iter().take(NAMED).map(|sentence| clean(sentence)).collect();
    let rest = skipped.len() - named.len();
    let more = if rest > 0 { format!(". And {rest} more") } else { String::new() };
    format!("Left out: {}{more}", named.join(". "))
}

/// What was done without a way back.
pub fn for_good(done: &Done) -> Toast {
    Toast::ok(clean(&done.what).into_owned()).text(besides(done))
}

/// What a layer says of its own change; where more was left out than a toast can name, a list of it.
pub fn told(reply: &Reply) -> Vec<Effect> {
    match reply {
        Reply::Done(done) => {
            let unnamed = (done.skipped.len() > NAMED).then(|| Effect::Push(Box::new(LeftOut::new(&done.skipped))));
            [Effect::Toast(toast(done))].into_iter().chain(unnamed).collect()
        }
        Reply::Failed(failure) => vec![Effect::Toast(refused(failure))],
        _ => Vec::new(),
    }
}

/// What became of an export.
pub fn exported(reply: &Reply) -> Vec<Effect> {
    let toast = match reply {
        Reply::Exported { rows, file } => {
            let rows = if *rows == 1 { "1 row".to_owned() } else { format!("{} rows", grouped(*rows)) };
            Toast::ok(format!("Exported {rows}")).text(clean(&file.display().to_string()))
        }
        Reply::Withdrawn => Toast::info("The export was stopped").text("No file was written."),
        Reply::Failed(failure) => refused(failure),
        _ => return Vec::new(),
    };
    vec![Effect::Toast(toast)]
}

/// Why something was not done; stays until it is dismissed.
pub fn refused(failure: &Failure) -> Toast {
    let title = match failure {
        Failure::Refused(_) | Failure::Usage(_) => "That was not done",
        Failure::Failed(_) => "That could not be saved",
    };
    Toast::error(title).text(clean(&failure.to_string()).into_owned()).way("esc", "dismiss")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{EffectLine, Rule};
    use crate::ui::widgets::Hint;

    fn done(effects: usize, skipped: &[&str]) -> Done {
        let effect = EffectLine { rule: Rule(5, 4), record: None, what: "the first one is primary".to_owned() };
        Done {
            act: ActNo(7),
            verb: Verb::Did,
            what: "Deleted 3 records".to_owned(),
            refs: Vec::new(),
            effects: vec![effect; effects],
            skipped: skipped.iter().map(|&sentence| sentence.to_owned()).collect(),
            remains: None,
        }
    }

    #[test]
    fn r7_5_a_toast_names_what_else_happened() {
        assert_eq!(toast(&done(0, &[])).title, "Deleted 3 records");
        assert_eq!(toast(&done(1, &[])).title, "Deleted 3 records · 1 effect");
        assert_eq!(toast(&done(2, &[])).title, "Deleted 3 records · 2 effects");
        assert_eq!(toast(&done(2, &[])).ways[0].keys, "u");
    }

    #[test]
    fn r7_2_a_toast_names_the_key_that_takes_it_back() {
        let after = |verb| toast(&Done { verb, ..done(0, &[]) }).ways[0].clone();
        assert_eq!(after(Verb::Did), Hint::new("u", "undoes"));
        assert_eq!(after(Verb::Undid(ActNo(6))), Hint::new("ctrl-r", "redoes"));
        assert_eq!(after(Verb::Redid(ActNo(6))), Hint::new("u", "undoes"));
    }

    #[test]
    fn what_was_left_out_is_named() {
        let said = toast(&done(0, &["A is in the bin", "B is in the bin", "C is in the bin"]));
        assert_eq!(said.text, "Left out: A is in the bin. B is in the bin. And 1 more");
    }
}
