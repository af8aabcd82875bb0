//! Users and teams (R6.1): who is in which team, who takes over what somebody leaves behind.

use crate::world::{Kept, World};
use lejek::domain::activity::{ActivityKind, Details, LoggedFrom, Priority, TaskKind};
use lejek::domain::change::{Change, Question, Refusal, Rule};
use lejek::domain::id::{ActivityId, Object, RecordId, Ref, UserId};
use lejek::domain::logging::Logging;
use lejek::domain::user::leaving::Heir;
use lejek::domain::user::{Permissions, Reach, User};
use rstest::rstest;

fn user(world: &World, id: UserId) -> User {
    world.store.settings().user(id).unwrap().clone()
}

fn teams(world: &World) -> Vec<String> {
    world.store.settings().teams.iter().map(|team| team.name.clone()).collect()
}

fn leave(world: &World, id: UserId, heir: Heir) -> Change {
    Change::SetUser { user: Box::new(User { active: false, ..user(world, id) }), heir }
}

fn task(world: &World, on: RecordId, whose: UserId, done: bool) -> ActivityId {
    let details = Details::Task {
        task: TaskKind::ToDo,
        has_due: true,
        priority: Priority::None,
        done: done.then(|| world.workspace.now()),
        assignee: Some(whose),
        queue: String::new(),
    };
    let logging = Logging::new(ActivityKind::Task, on, LoggedFrom::CommandLine, details);
    match world.does(Change::log(logging)).refs.first() {
        Some(Ref::Activity(id)) => *id,
        other => panic!("{other:?}"),
    }
}

fn assignee(world: &World, id: ActivityId) -> Option<UserId> {
    match world.store.activity(id).unwrap().unwrap().details {
        Details::Task { assignee, .. } => assignee,
        other => panic!("{other:?}"),
    }
}

#[rstest]
fn r6_1_a_team_is_made_named_anew_and_deleted(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    world.does(Change::AddTeam { name: " North ".into() });
    world.does(Change::AddTeam { name: "East".into() });
    assert_eq!(teams(&world), ["East", "North"]);
    let ola = world.add_user("Ola", |user| user.team = Some("north".into()));
    assert_eq!(user(&world, ola).team.as_deref(), Some("North"), "by the team's own spelling");
    for (name, sentence) in [("NORTH", "already"), ("  ", "needs a name")] {
        let refused = world.refuses(Change::AddTeam { name: name.into() });
        assert_eq!(refused.rule_id(), Some(Rule(6, 1)));
        assert!(refused.to_string().contains(sentence), "{refused}");
    }
    let renamed = world.does(Change::RenameTeam { name: "north".into(), to: "Far north".into() });
    assert_eq!(
        (teams(&world), user(&world, ola).team.as_deref()),
        (vec!["East".into(), "Far north".into()], Some("Far north"))
    );
    world.undo(renamed.act).unwrap();
    assert_eq!(user(&world, ola).team.as_deref(), Some("North"));
    let deleted = world.does(Change::DeleteTeam { name: "North".into() });
    assert_eq!(deleted.what, "Deleted the team North. Ola is in no team now");
    assert_eq!((teams(&world), user(&world, ola).team), (vec!["East".to_owned()], None));
    world.undo(deleted.act).unwrap();
    assert_eq!((teams(&world).len(), user(&world, ola).team.as_deref()), (2, Some("North")));
    assert!(matches!(world.refuses(Change::DeleteTeam { name: "West".into() }), Refusal::Missing(_)));
}

#[rstest]
fn r6_1_a_team_that_is_not_there_is_made_with_its_user(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ola = world.add_user("Ola", |_| {});
    let user = User { team: Some("South".into()), ..user(&world, ola) };
    let done = world.does(Change::SetUser { user: Box::new(user), heir: Heir::Ask });
    assert_eq!(teams(&world), ["South"]);
    assert_eq!(done.effects.iter().map(|effect| effect.what.as_str()).collect::<Vec<_>>(), ["The team South is new"]);
}

#[rstest]
fn r6_1_the_reach_of_a_team_goes_with_the_team(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    world.add_user("Ola", |user| user.team = Some("North".into()));
    let ben = world.add_user("Ben", |user| {
        user.team = Some("North".into());
        user.permissions.insert(Object::CONTACT.0, Permissions { view: Reach::Team, ..Permissions::ALL });
    });
    let contact = world.contact(&[("first_name", "Ola's"), ("owner", "ola@lejek.example")]);
    let sees = || world.acting_as(ben).viewer().sees(Object::CONTACT, owner(&world, contact));
    assert!(sees());
    world.does(Change::DeleteTeam { name: "North".into() });
    assert!(!sees());
}

fn owner(world: &World, id: RecordId) -> Option<UserId> {
    let owner = world.property(id.object, "owner");
    world.record(id).unwrap().values.get(owner).and_then(lejek::domain::value::Value::as_user)
}

#[rstest]
fn r6_1_who_leaves_is_asked_about_and_what_is_open_goes_to_the_heir(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let (ola, ben) = (world.add_user("Ola", |_| {}), world.add_user("Ben", |_| {}));
    let hers = |first: &str| world.contact(&[("first_name", first), ("owner", "ola@lejek.example")]);
    let (one, two) = (hers("One"), hers("Two"));
    let deal =
        |stage: &str| world.create(Object::DEAL, &[("name", stage), ("owner", "ola@lejek.example"), ("stage", stage)]);
    let (open, won) = (deal("Contract sent"), deal("Closed won"));
    let (todo, done) = (task(&world, one, ola, false), task(&world, one, ola, true));

    let Refusal::Needs(Question::TakeOver(leaves)) = world.refuses(leave(&world, ola, Heir::Ask)) else {
        panic!("it asks");
    };
    assert_eq!(leaves.counted(), "2 contacts, 1 open deal and 1 open task");
    assert!(Refusal::Needs(Question::TakeOver(leaves)).to_string().contains("--take-over"));
    assert!(user(&world, ola).active);

    let left = world.does(leave(&world, ola, Heir::User(ben)));
    assert_eq!(left.what, "Deactivated Ola. Ben takes over 4 records and tasks");
    assert!(!user(&world, ola).active);
    for id in [one, two, open] {
        assert_eq!(owner(&world, id), Some(ben));
    }
    assert_eq!(owner(&world, won), Some(ola), "what is closed stays with who did it");
    assert_eq!((assignee(&world, todo), assignee(&world, done)), (Some(ben), Some(ola)));

    world.undo(left.act).unwrap();
    assert!(user(&world, ola).active);
    assert_eq!((owner(&world, one), assignee(&world, todo)), (Some(ola), Some(ola)));
}

#[rstest]
fn r6_1_nobody_takes_over_and_an_heir_must_be_active(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ola = world.add_user("Ola", |_| {});
    let gone = world.add_user("Gone", |user| user.active = false);
    let contact = world.contact(&[("first_name", "One"), ("owner", "ola@lejek.example")]);
    for heir in [ola, gone] {
        assert_eq!(world.refuses(leave(&world, ola, Heir::User(heir))).rule_id(), Some(Rule(6, 1)));
    }
    world.does(leave(&world, ola, Heir::Nobody));
    assert_eq!(owner(&world, contact), Some(ola));
    let later = world.does(leave(&world, ola, Heir::User(world.workspace.user())));
    assert_eq!(owner(&world, contact), Some(world.workspace.user()), "also later");
    assert_ne!(later.refs, []);
    let none = world.add_user("None", |_| {});
    assert_ne!(world.does(leave(&world, none, Heir::Ask)).act.0, 0, "who has nothing goes without a question");
}

#[rstest]
fn r6_1_many_records_are_taken_over_in_one_act(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (ola, ben) = (world.add_user("Ola", |_| {}), world.add_user("Ben", |_| {}));
    let ids: Vec<RecordId> =
        (0..450).map(|n| world.contact(&[("first_name", &format!("C{n}")), ("owner", "ola@lejek.example")])).collect();
    let done = world.does(leave(&world, ola, Heir::User(ben)));
    let head = world.store.act(done.act).unwrap().unwrap();
    assert!(head.act.finished && head.last.0 - head.first.0 >= 2, "{head:?}");
    assert!(ids.iter().all(|id| owner(&world, *id) == Some(ben)));
    world.undo(done.act).unwrap();
    assert!(ids.iter().all(|id| owner(&world, *id) == Some(ola)));
    assert!(user(&world, ola).active);
}

#[rstest]
fn r6_2_only_a_super_admin_changes_teams_and_users(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ola = world.add_user("Ola", |user| user.team = Some("North".into()));
    let acting = world.acting_as(ola);
    let changes = [
        Change::AddTeam { name: "East".into() },
        Change::RenameTeam { name: "North".into(), to: "East".into() },
        Change::DeleteTeam { name: "North".into() },
        leave(&world, world.workspace.user(), Heir::Ask),
        Change::HandOver { what: Vec::new(), from: world.workspace.user(), to: ola },
    ];
    for change in changes {
        let refused = crate::world::refusal(acting.perform(&change, lejek::domain::change::Origin::CommandLine));
        assert_eq!(refused.rule_id(), Some(Rule(6, 2)), "{change:?}");
        assert!(refused.to_string().contains("Super Admin"), "{refused}");
    }
}
