//! Pipelines and stages that users change (R2.1, R2.2, R2.7).

use crate::world::{Kept, World, noon, refusal};
use chrono::TimeDelta;
use lejek::domain::change::{Author, Change, Done, Question, Refusal, Rule};
use lejek::domain::id::{Object, OptionId, RecordId};
use lejek::domain::pipeline::Group;
use lejek::domain::pipeline::form::{PipelineForm, Pipelines, StageForm};
use lejek::domain::user::Seat;
use lejek::rules::obstacles_holding;
use lejek::workspace::Failure;
use rstest::rstest;

/// The pipelines of an object, changed.
pub fn asked(world: &World, object: Object, change: impl FnOnce(&mut Pipelines)) -> Change {
    let mut asked = Pipelines::of(object, &world.store.settings().pipelines);
    change(&mut asked);
    Change::SetPipelines(Box::new(asked))
}

pub fn change(world: &World, object: Object, change: impl FnOnce(&mut Pipelines)) -> Done {
    world.does(asked(world, object, change))
}

pub fn stage(name: &str, group: Group) -> StageForm {
    StageForm { id: None, name: name.into(), group, probability: None }
}

/// The number of a stage by name.
pub fn id(world: &World, object: Object, name: &str) -> OptionId {
    let settings = world.store.settings();
    let mut stages = settings.pipelines_of(object).flat_map(|pipeline| &pipeline.stages);
    stages.find(|stage| stage.name == name).unwrap().id
}

fn names(world: &World, object: Object) -> Vec<String> {
    let settings = world.store.settings();
    let stages = settings.pipelines_of(object).flat_map(|pipeline| &pipeline.stages);
    stages.map(|stage| stage.name.clone()).collect()
}

fn without(name: &str, moves: Vec<(OptionId, OptionId)>) -> impl FnOnce(&mut Pipelines) {
    move |asked| {
        asked.forms.iter_mut().for_each(|form| form.stages.retain(|stage| stage.name != name));
        asked.moves = moves;
    }
}

fn says(refusal: &Refusal, rule: (u8, u8), words: &str) {
    assert_eq!(refusal.rule_id(), Some(Rule(rule.0, rule.1)), "{refusal}");
    assert!(refusal.to_string().contains(words), "{refusal}");
}

#[rstest]
fn r2_7_a_new_name_shows_everywhere(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let roof = world.create(Object::LEAD, &[("name", "Roof"), ("stage", "Attempting")]);
    let done = change(&world, Object::LEAD, |asked| asked.forms[0].stages[1].name = "In touch".into());
    assert_eq!(done.what, "Renamed the stage Attempting of Leads to In touch");
    assert_eq!(world.text(roof, "stage").unwrap(), "In touch");
    world.undo(done.act).unwrap();
    assert_eq!(world.text(roof, "stage").unwrap(), "Attempting");
    world.redo(done.act).unwrap();
    assert_eq!(world.text(roof, "stage").unwrap(), "In touch");
}

#[rstest]
fn r2_7_deleting_a_stage_asks_which_one_takes_its_records(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let lead = |name| world.create(Object::LEAD, &[("name", name), ("stage", "Attempting")]);
    let (roof, wall) = (lead("Roof"), lead("Wall"));
    let (gone, to) = (id(&world, Object::LEAD, "Attempting"), id(&world, Object::LEAD, "New"));
    let Refusal::Needs(Question::StageHolds(holds)) =
        world.refuses(asked(&world, Object::LEAD, without("Attempting", Vec::new())))
    else {
        panic!("it should have been asked")
    };
    assert_eq!(holds.stages, [(gone, "Attempting".to_owned(), 2)]);
    assert!(holds.to_string().contains("--move-to"), "{holds}");
    let refused = world.refuses(asked(&world, Object::LEAD, without("Attempting", vec![(gone, gone)])));
    says(&refused, (2, 7), "a stage of theirs that stays");
    let done = change(&world, Object::LEAD, without("Attempting", vec![(gone, to)]));
    assert_eq!(names(&world, Object::LEAD), ["New", "Connected", "Qualified", "Disqualified"]);
    assert_eq!((world.text(roof, "stage").unwrap(), world.text(wall, "stage").unwrap()), ("New".into(), "New".into()));
    // What history says of it stays readable.
    assert_eq!(world.store.settings().stage(gone).unwrap().1.name, "Attempting");
    world.undo(done.act).unwrap();
    assert_eq!(world.text(roof, "stage").unwrap(), "Attempting");
    assert_eq!(names(&world, Object::LEAD)[1], "Attempting");
}

#[rstest]
fn r2_7_a_stage_of_many_records_goes_in_one_act(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let tickets: Vec<RecordId> =
        (0..450).map(|n| world.create(Object::TICKET, &[("name", &format!("T{n}"))])).collect();
    let (gone, to) = (id(&world, Object::TICKET, "New"), id(&world, Object::TICKET, "Closed"));
    let done = change(&world, Object::TICKET, without("New", vec![(gone, to)]));
    assert!(tickets.iter().all(|id| world.text(*id, "stage").unwrap() == "Closed"));
    let head = world.store.act(done.act).unwrap().unwrap();
    assert!(head.act.finished && head.last > head.first, "one act of several commits");
    world.undo(done.act).unwrap();
    assert!(tickets.iter().all(|id| world.text(*id, "stage").unwrap() == "New"));
    assert_eq!(names(&world, Object::TICKET)[0], "New");

    // Also where it is looked at commit by commit, it can be done again.
    let undo = world.store.act(done.act).unwrap().unwrap().undone_by.unwrap();
    let head = world.store.act(undo).unwrap().unwrap();
    let by = Author::User(world.workspace.user());
    let (in_the_way, why) = obstacles_holding(0, world.store.as_ref(), &head, by).unwrap();
    assert!(in_the_way.is_empty() && why.is_empty(), "{why:?}");
    world.redo(done.act).unwrap();
    assert!(tickets.iter().all(|id| world.text(*id, "stage").unwrap() == "Closed"));
    assert!(!names(&world, Object::TICKET).contains(&"New".to_owned()));
}

#[rstest]
fn r2_7_a_stage_of_many_records_does_not_go_again_with_another_record_in_it(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    for n in 0..201 {
        world.create(Object::TICKET, &[("name", &format!("T{n}"))]);
    }
    let (gone, to) = (id(&world, Object::TICKET, "New"), id(&world, Object::TICKET, "Closed"));
    let done = change(&world, Object::TICKET, without("New", vec![(gone, to)]));
    let undo = world.undo(done.act).unwrap().act;
    world.create(Object::TICKET, &[("name", "Came later")]);
    let head = world.store.act(undo).unwrap().unwrap();
    let by = Author::User(world.workspace.user());
    let (_, why) = obstacles_holding(0, world.store.as_ref(), &head, by).unwrap();
    assert_eq!(why, ["There are records in the stage New by now"]);
}

#[rstest]
fn r2_7_a_deleted_pipeline_gives_its_records_to_another(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let stages = ["Asked", "Bought", "Left"].into_iter().zip(Group::of(Object::DEAL));
    let stages = stages.map(|(name, group)| stage(name, *group)).collect();
    change(&world, Object::DEAL, |asked| asked.forms.push(PipelineForm { id: None, name: "Shop".into(), stages }));
    let deal = world.create(Object::DEAL, &[("name", "Shoes"), ("pipeline", "Shop"), ("stage", "Bought")]);
    let (gone, to) = (id(&world, Object::DEAL, "Bought"), id(&world, Object::DEAL, "Closed won"));
    let asks = world.refuses(asked(&world, Object::DEAL, |asked| drop(asked.forms.pop())));
    assert!(matches!(asks, Refusal::Needs(Question::StageHolds(_))), "{asks}");
    let done = change(&world, Object::DEAL, |asked| {
        asked.forms.pop();
        asked.moves = vec![(gone, to)];
    });
    assert_eq!(done.what, "Deleted the pipeline Shop");
    assert_eq!(
        (world.text(deal, "pipeline").unwrap(), world.text(deal, "stage").unwrap()),
        ("Sales".into(), "Closed won".into())
    );
    world.undo(done.act).unwrap();
    assert_eq!(
        (world.text(deal, "pipeline").unwrap(), world.text(deal, "stage").unwrap()),
        ("Shop".into(), "Bought".into())
    );
    world.redo(done.act).unwrap();
    assert_eq!(world.text(deal, "pipeline").unwrap(), "Sales");
}

#[rstest]
fn r2_7_undo_takes_no_stage_away_that_somebody_is_in(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let added = change(&world, Object::LEAD, |asked| asked.forms[0].stages.push(stage("Nurturing", Group::InProgress)));
    let roof = world.create(Object::LEAD, &[("name", "Roof"), ("stage", "Nurturing")]);
    says(&refusal(world.undo(added.act)), (7, 1), "records in the stage Nurturing");
    world.set(roof, "stage", "New").unwrap();
    world.undo(added.act).unwrap();
    assert!(!names(&world, Object::LEAD).contains(&"Nurturing".to_owned()));
    // Its number stays taken.
    let old = added.act;
    change(&world, Object::LEAD, |asked| asked.forms[0].stages.push(stage("Waiting", Group::InProgress)));
    assert_ne!(id(&world, Object::LEAD, "Waiting"), OptionId(100), "{old:?}");
}

#[rstest]
fn r2_7_what_comes_out_of_the_bin_is_in_a_stage_that_is_there(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let roof = world.create(Object::LEAD, &[("name", "Roof"), ("stage", "Connected")]);
    let deleted = world.does(Change::Delete { what: vec![roof.into()] });
    change(&world, Object::LEAD, without("Connected", Vec::new()));
    says(&refusal(world.undo(deleted.act)), (7, 1), "stage");
    let done = world.does(Change::Restore { what: vec![roof.into()], without: Vec::new() });
    assert_eq!(world.text(roof, "stage").unwrap(), "New");
    assert!(done.skipped.iter().any(|line| line.contains("Connected")), "{:?}", done.skipped);
    world.undo(done.act).unwrap();
    assert!(world.record(roof).is_none());
}

#[rstest]
fn r2_2_bad_pipelines_are_refused_with_a_sentence(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let before = world.store.last_act();
    let refused = |object, change: fn(&mut Pipelines)| world.refuses(asked(&world, object, change));
    let twice: fn(&mut Pipelines) = |asked| asked.forms[0].stages.push(stage("new", Group::InProgress));
    says(&refused(Object::LEAD, twice), (2, 2), "two stages called new");
    says(&refused(Object::LEAD, |asked| drop(asked.forms[0].stages.pop())), (2, 2), "each group has one at least");
    says(
        &refused(Object::DEAL, |asked| asked.forms[0].stages[1].probability = Some(140)),
        (2, 2),
        "140 is no probability",
    );
    says(&refused(Object::TICKET, |asked| asked.forms[0].stages.clear()), (2, 2), "needs a stage that is open");
    assert_eq!(world.store.last_act(), before, "nothing changed");
}

#[rstest]
fn r2_1_who_may_change_stages(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let sales = world.add_user("Sales", |user| user.seat = Seat::Sales);
    let editor = world.add_user("Editor", |user| user.edit_property_settings = true);
    let other = world.add_user("Other", |_| {});
    for (object, may) in [(Object::LEAD, [true, true, false]), (Object::DEAL, [false, true, false])] {
        for (user, may) in [sales, editor, other].into_iter().zip(may) {
            let change = asked(&world, object, |asked| asked.forms[0].stages[0].name += "!");
            let outcome =
                world.acting_as(user).perform_long(&change, lejek::domain::change::Origin::CommandLine, &mut ());
            match outcome {
                Ok(_) => assert!(may, "{user:?} {object:?}"),
                Err(Failure::Refused(refusal)) => {
                    assert!(!may, "{refusal}");
                    says(&refusal, (6, 2), "Maja Sikorska can change that");
                }
                Err(failure) => panic!("{failure:?}"),
            }
        }
    }
}

#[rstest]
fn r2_12_when_a_record_came_to_its_stage_is_known(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let roof = world.create(Object::LEAD, &[("name", "Roof")]);
    let entered = |record| world.text(record, "stage_entered").unwrap();
    assert!(entered(roof).starts_with("2026-11-19"), "it never moved: {}", entered(roof));
    world.clock.set(noon() + TimeDelta::days(3));
    let moved = world.set(roof, "stage", "Connected").unwrap();
    assert!(entered(roof).starts_with("2026-11-22"), "{}", entered(roof));
    world.clock.set(noon() + TimeDelta::days(5));
    let record = world.record(roof).unwrap();
    let visits = lejek::domain::pipeline::visits::visits(&record, world.workspace.now());
    let told: Vec<_> = visits.iter().map(|visit| (visit.stage.0, visit.spent.num_days())).collect();
    assert_eq!(told, [(1, 3), (3, 2)]);
    world.undo(moved.act).unwrap();
    assert!(entered(roof).starts_with("2026-11-19"), "{}", entered(roof));
}

/// For random steps: a stage more, a stage less whose records go elsewhere, other names, another order.
pub fn some_change(world: &World, object: u8, at: usize, how: u8) -> Change {
    let object = [Object::LEAD, Object::DEAL, Object::TICKET][usize::from(object)];
    asked(world, object, |asked| {
        let stages = &mut asked.forms[0].stages;
        let at = at % stages.len();
        match how % 4 {
            0 => {
                let groups = Group::of(object);
                stages.push(stage(&format!("S{}", how / 4), groups[usize::from(how / 4) % groups.len()]));
            }
            1 => {
                let gone = stages.remove(at);
                let to = stages.iter().find_map(|stage| stage.id);
                asked.moves.extend(gone.id.zip(to));
            }
            2 => stages[at].name = format!("R{how}"),
            _ => stages.swap(0, at),
        }
    })
}
