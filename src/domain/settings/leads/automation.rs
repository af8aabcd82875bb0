//! Where leads move on by themselves (R2.16) as scripts and pages write it: `Leads=Attempting>Connected`, `;` between
//! pipelines, and names in quotes that hold one of these signs.

use super::OFF;
use crate::domain::query::quote::{quoted, split, unquoted};

/// A pipeline, and its stages that leads come to with the owner's first outreach and with an answer.
pub type Names = [String; 3];

/// What is written, pipeline by pipeline; the part that says no pipeline and two stages, where one does not.
pub fn automations(text: &str) -> Result<Vec<Names>, String> {
    let parts = split(text, ";").into_iter().map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| names(part).ok_or_else(|| part.to_owned())).collect()
}

fn names(part: &str) -> Option<Names> {
    let [pipeline, stages] = split(part, "=")[..] else { return None };
    let [outreach, answer] = split(stages, ">")[..] else { return None };
    Some([pipeline, outreach, answer].map(unquoted))
}

pub fn automations_written(all: &[Names]) -> String {
    let one = |[pipeline, outreach, answer]: &Names| {
        let [pipeline, outreach, answer] = [pipeline, outreach, answer].map(|name| named(name));
        format!("{pipeline}={outreach}>{answer}")
    };
    if all.is_empty() { OFF.to_owned() } else { all.iter().map(one).collect::<Vec<_>>().join(";") }
}

fn named(name: &str) -> String {
    let is_plain = !name.is_empty() && name.trim() == name && !name.contains(['"', ';', '=', '>']);
    if is_plain { name.to_owned() } else { quoted(name) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn r2_16_names_that_hold_signs_stand_in_quotes() {
        let all = [["A;B".into(), "x=y".into(), "5\" pipe".into()], ["Leads", "New", "Old"].map(str::to_owned)];
        let written = automations_written(&all);
        assert_eq!(written, r#""A;B"="x=y">"5"" pipe";Leads=New>Old"#);
        assert_eq!(automations(&written).unwrap(), all);
        assert_eq!(automations("Leads=New").unwrap_err(), "Leads=New");
    }

    proptest! {
        #[test]
        fn r2_16_whatever_stages_are_called_is_read_as_it_is_written(
            all in prop::collection::vec(prop::array::uniform3("[a-zł;=>\"|<']{1,6}( [a-z;=>\"]{1,4})?"), 0..4)
        ) {
            let written = automations_written(&all);
            prop_assert_eq!(if all.is_empty() { Vec::new() } else { automations(&written).unwrap() }, all);
        }
    }
}
