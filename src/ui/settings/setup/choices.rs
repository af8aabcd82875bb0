//! What the settings of leads can be set to, and how their values read.

use super::{Setup, What};
use crate::domain::id::{Object, OptionId};
use crate::domain::lifecycle::is_in_order;
use crate::domain::object::is;
use crate::domain::pipeline::Group;
use crate::domain::property::Choice as Stage;
use crate::domain::settings::{
    CREATE_ON_LIFECYCLE, LIFECYCLE_ON_ASSOCIATE, OFF, STAGE_AUTOMATION, automations as read_automations,
    automations_written,
};
use crate::ui::layer::{Answer, Cx, Effect};
use crate::ui::modals::choose::{Choice, Choose};
use crate::ui::modals::ticks::{Tick, Ticks};

fn lifecycle<'c>(cx: &'c Cx) -> &'c [Stage] {
    let property = cx.settings.object(Object::CONTACT).and_then(|spec| spec.property(is::LIFECYCLE_STAGE));
    property.map(|property| property.choices.as_slice()).unwrap_or_default()
}

/// The parts of a setting that holds several, none where it is off.
pub fn parts(text: &str) -> Vec<&str> {
    let parts = text.split(';').map(str::trim);
    parts.filter(|part| !part.is_empty() && *part != OFF).collect()
}

/// Where leads of a pipeline may move on to: two stages in progress, both after the first one.
pub fn automations(pipeline: OptionId, cx: &Cx) -> Vec<(String, String)> {
    let stages = cx.settings.pipeline(pipeline).map(|pipeline| pipeline.stages.as_slice()).unwrap_or_default();
    let open: Vec<&str> =
        stages.iter().filter(|stage| stage.group == Group::InProgress).map(|stage| stage.name.as_str()).collect();
    let mut pairs = Vec::new();
    for (at, first) in open.iter().enumerate().skip(1) {
        pairs.extend(open[at + 1..].iter().map(|second| ((*first).to_owned(), (*second).to_owned())));
    }
    pairs
}

/// What the setting of automation says of one pipeline: both stages.
pub fn automation_of(text: &str, pipeline: &str) -> Option<(String, String)> {
    let all = read_automations(text).unwrap_or_default();
    all.into_iter().find_map(|[of, first, second]| (of == pipeline).then_some((first, second)))
}

/// The setting with another word on one pipeline.
fn with_automation(text: &str, pipeline: &str, stages: Option<(&str, &str)>) -> String {
    let mut all = read_automations(text).unwrap_or_default();
    all.retain(|[of, ..]| of != pipeline);
    all.extend(stages.map(|(first, second)| [pipeline, first, second].map(str::to_owned)));
    automations_written(&all)
}

impl Setup {
    /// Asks what the setting under the cursor is to be.
    pub(super) fn choose(&self, cx: &Cx) -> Vec<Effect> {
        let layer = match self.what() {
            Some(What::Setting(spec)) if spec.key == CREATE_ON_LIFECYCLE => Effect::Push(Box::new(self.stages(cx))),
            Some(What::Setting(spec)) if spec.key == LIFECYCLE_ON_ASSOCIATE => Effect::Push(Box::new(self.stage(cx))),
            Some(What::Automation(_, pipeline)) => Effect::Push(Box::new(self.automation(pipeline, cx))),
            _ => return Vec::new(),
        };
        vec![layer]
    }

    fn stages(&self, cx: &Cx) -> Ticks {
        let value = self.draft.value(CREATE_ON_LIFECYCLE, cx);
        let on = parts(&value);
        let labels: Vec<String> = lifecycle(cx).iter().map(|stage| stage.label.clone()).collect();
        let tick = |label: &String| Tick {
            label: label.clone(),
            aside: String::new(),
            on: on.contains(&label.as_str()),
            group: "",
        };
        let ticks = labels.iter().map(tick).collect();
        let answer = move |ticked: &[usize]| {
            let chosen: Vec<&str> = ticked.iter().filter_map(|at| labels.get(*at)).map(String::as_str).collect();
            Answer::Chosen(if chosen.is_empty() { OFF.to_owned() } else { chosen.join(";") })
        };
        Ticks::new(("Choose lifecycle stages", String::new()), "Choose", ticks, Box::new(answer))
    }

    fn stage(&self, cx: &Cx) -> Choose {
        let value = self.draft.value(LIFECYCLE_ON_ASSOCIATE, cx);
        let stages: Vec<&Stage> = lifecycle(cx).iter().filter(|stage| is_in_order(stage.id)).collect();
        let at = stages.iter().position(|stage| stage.label == value).unwrap_or(stages.len());
        let choice = |stage: &&Stage| Choice::named(&stage.label, &stage.label, "");
        let mut choices: Vec<Choice> = stages.iter().map(choice).collect();
        choices.push(Choice::named(OFF, "Off", "it stays as it is"));
        Choose::new("Set lifecycle stage to", "When a lead is associated with a contact or company.", choices, at)
    }

    fn automation(&self, pipeline: OptionId, cx: &Cx) -> Choose {
        let value = self.draft.value(STAGE_AUTOMATION, cx);
        let name = cx.settings.pipeline(pipeline).map(|pipeline| pipeline.name.clone()).unwrap_or_default();
        let pairs = automations(pipeline, cx);
        let now = automation_of(&value, &name);
        let is_now = |pair: &(String, String)| now.as_ref() == Some(pair);
        let at = pairs.iter().position(is_now).unwrap_or(pairs.len());
        let choice = |(first, second): &(String, String)| {
            let text = with_automation(&value, &name, Some((first, second)));
            Choice::named(&text, &format!("{first}, then {second}"), "")
        };
        let mut choices: Vec<Choice> = pairs.iter().map(choice).collect();
        choices.push(Choice::named(&with_automation(&value, &name, None), "Off", "leads are moved by hand"));
        let detail =
            "Where the first outreach moves a lead, and where a reply, a connected call or a held meeting does.";
        Choose::new(format!("Stage automation of {name}"), detail, choices, at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r2_16_each_pipeline_has_its_own_two_stages() {
        let one = with_automation("off", "Leads", Some(("Attempting", "Connected")));
        assert_eq!(one, "Leads=Attempting>Connected");
        let two = with_automation(&one, "Partners", Some(("Called", "Met")));
        let pair = |first: &str, second: &str| Some((first.to_owned(), second.to_owned()));
        assert_eq!(automation_of(&two, "Leads"), pair("Attempting", "Connected"));
        assert_eq!(automation_of(&two, "Partners"), pair("Called", "Met"));
        assert_eq!(with_automation(&two, "Leads", None), "Partners=Called>Met");
        assert_eq!(with_automation(&one, "Leads", None), "off");
    }
}
