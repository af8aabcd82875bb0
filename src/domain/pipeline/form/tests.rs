//! Pipelines as users want them: what becomes of them, and what is refused with which sentence.

use super::*;
use crate::domain::pipeline::defaults;
use rstest::rstest;

fn of(object: Object, change: impl FnOnce(&mut Pipelines)) -> Result<Vec<Pipeline>, String> {
    let mut asked = Pipelines::of(object, &defaults());
    change(&mut asked);
    asked.written(&defaults())
}

fn stage(name: &str, group: Group, probability: Option<u8>) -> StageForm {
    StageForm { id: None, name: name.into(), group, probability }
}

fn names(pipeline: &Pipeline) -> Vec<&str> {
    pipeline.stages.iter().map(|stage| stage.name.as_str()).collect()
}

#[test]
fn r2_2_what_stays_as_it_is_stays_as_it_is() {
    for object in [Object::LEAD, Object::DEAL, Object::TICKET] {
        let known: Vec<Pipeline> = defaults().into_iter().filter(|pipeline| pipeline.object == object).collect();
        assert_eq!(of(object, |_| {}), Ok(known));
    }
}

#[test]
fn r2_7_stages_stand_by_group_and_no_number_is_given_twice() {
    let added = of(Object::LEAD, |asked| {
        asked.forms[0].stages.push(stage("Nurturing", Group::InProgress, None));
        asked.forms[0].stages.remove(1);
    });
    let added = added.unwrap();
    assert_eq!(names(&added[0]), ["New", "Connected", "Nurturing", "Qualified", "Disqualified"]);
    assert_eq!(added[0].retired.iter().map(|stage| stage.name.as_str()).collect::<Vec<_>>(), ["Attempting"]);
    let new = added[0].stages[2].id;
    let mut without = Pipelines::of(Object::LEAD, &added);
    without.forms[0].stages.remove(2);
    let gone = without.written(&added).unwrap();
    let mut again = Pipelines::of(Object::LEAD, &gone);
    again.forms[0].stages.push(stage("Nurturing", Group::InProgress, None));
    let again = again.written(&gone).unwrap();
    assert_ne!(again[0].stages[2].id, new);
}

#[test]
fn r2_2_a_deleted_pipeline_is_kept_as_deleted() {
    let two = of(Object::LEAD, |asked| {
        let copy = asked.forms[0].stages.iter().map(|form| StageForm { id: None, ..form.clone() }).collect();
        asked.forms.insert(0, PipelineForm { id: None, name: "Partners".into(), stages: copy });
    });
    let two = two.unwrap();
    assert_eq!(two.iter().map(|p| (p.name.as_str(), p.place)).collect::<Vec<_>>(), [("Partners", 0), ("Leads", 1)]);
    let mut one = Pipelines::of(Object::LEAD, &two);
    one.forms.remove(1);
    let one = one.written(&two).unwrap();
    assert_eq!(
        one.iter().map(|p| (p.name.as_str(), p.deleted)).collect::<Vec<_>>(),
        [("Partners", false), ("Leads", true)]
    );
}

#[test]
fn a_stage_of_deals_is_as_likely_as_the_one_before_it() {
    let added = of(Object::DEAL, |asked| asked.forms[0].stages.insert(2, stage("Demo", Group::Open, None)));
    assert_eq!(added.unwrap()[0].stages[2].probability, Some(40));
}

#[rstest]
#[case::same_name(Object::LEAD, |asked: &mut Pipelines| asked.forms[0].stages.push(stage("NEW", Group::InProgress, None)), "two stages called")]
#[case::no_name(Object::LEAD, |asked: &mut Pipelines| asked.forms[0].stages[0].name = " ".into(), "A stage needs")]
#[case::empty_group(Object::LEAD, |asked: &mut Pipelines| drop(asked.forms[0].stages.remove(3)), "a stage that is qualified")]
#[case::no_stages(Object::TICKET, |asked: &mut Pipelines| asked.forms[0].stages.clear(), "a stage that is open")]
#[case::other_group(Object::LEAD, |asked: &mut Pipelines| asked.forms[0].stages.push(stage("Won", Group::Won, None)), "in_progress, qualified, disqualified")]
#[case::too_likely(Object::DEAL, |asked: &mut Pipelines| asked.forms[0].stages[0].probability = Some(140), "140 is no probability")]
#[case::likely_lead(Object::LEAD, |asked: &mut Pipelines| asked.forms[0].stages[0].probability = Some(40), "Only stages of deals")]
#[case::no_pipeline(Object::LEAD, |asked: &mut Pipelines| asked.forms.clear(), "One pipeline at least")]
#[case::twice(Object::LEAD, |asked: &mut Pipelines| { let form = asked.forms[0].clone(); asked.forms.push(PipelineForm { id: None, ..form }) }, "two pipelines called Leads")]
#[case::no_object(Object::CONTACT, |_: &mut Pipelines| {}, "Only leads, deals and tickets")]
fn r2_2_is_refused(#[case] object: Object, #[case] change: fn(&mut Pipelines), #[case] words: &str) {
    let sentence = of(object, change).unwrap_err();
    assert!(sentence.contains(words), "{sentence}");
}
