//! Saved views: whose they are, what they must be, and that they ask what they say.

use crate::world::{Kept, World, refusal};
use lejek::domain::change::{Change, Done, Origin, Refusal, Rule};
use lejek::domain::id::{Object, PropertyId, UserId};
use lejek::domain::object::is;
use lejek::domain::query::{Query, Sort};
use lejek::domain::user::Viewer;
use lejek::domain::value::Reading;
use lejek::domain::view::{View, ViewColumn, ViewId, built_in};
use lejek::workspace::{Failure, Workspace};
use rstest::rstest;

fn view(by: &Workspace, name: &str) -> View {
    let id = by.with_ids(|ids| ViewId(ids.next()));
    View { name: name.to_owned(), ..View::new(id, Object::CONTACT, Some(by.user())) }
}

fn save(by: &Workspace, view: &View) -> Result<Done, Failure> {
    by.perform(&Change::SaveView { view: Box::new(view.clone()) }, Origin::CommandLine)
}

fn delete(by: &Workspace, view: &View) -> Result<Done, Failure> {
    by.perform(&Change::DeleteView { id: view.id }, Origin::CommandLine)
}

fn undo(by: &Workspace, done: &Done) -> Result<Done, Failure> {
    by.perform(&Change::Undo { act: done.act }, Origin::CommandLine)
}

fn names(world: &World, user: UserId) -> Vec<String> {
    let views = world.store.settings().views_of(Object::CONTACT, user);
    views.into_iter().skip(4).map(|view| view.name).collect()
}

fn found(world: &World, query: &Query) -> Vec<String> {
    world.store.prepare(query.object, world.workspace.now()).unwrap();
    let page = world.store.page(query, world.workspace.now(), 0, 50).unwrap();
    assert_eq!(page.matching, page.rows.len());
    page.rows.iter().map(|row| row.record.name()).collect()
}

#[rstest]
fn a_view_is_saved_changed_and_deleted_each_as_one_undo(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let maja = &world.workspace;
    let hot =
        View {
            filters: vec![" city is Łódź ".into(), String::new()], search: " jan\n".into(), ..view(maja, " Hot ")
        };
    save(maja, &hot).unwrap();
    let kept_as = world.store.settings().view(hot.id).cloned().unwrap();
    assert_eq!((kept_as.name.as_str(), kept_as.search.as_str()), ("Hot", "jan"));
    assert_eq!(kept_as.filters, ["city is Łódź"]);
    let changed = save(maja, &View { name: "Warm".into(), ..kept_as.clone() }).unwrap();
    assert_eq!(changed.what, "Changed the view Warm");
    assert_eq!(names(&world, maja.user()), ["Warm"]);
    undo(maja, &changed).unwrap();
    assert_eq!(names(&world, maja.user()), ["Hot"]);
    let deleted = delete(maja, &hot).unwrap();
    assert_eq!(names(&world, maja.user()), [""; 0]);
    undo(maja, &deleted).unwrap();
    assert_eq!(world.store.settings().view(hot.id), Some(&kept_as));
}

#[rstest]
fn r6_2_a_private_view_is_its_owners_alone(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ola = world.acting_as(world.add_user("Ola", |_| {}));
    let admin = &world.workspace;
    let hers = view(&ola, "Hers");
    let saved = save(&ola, &hers).unwrap();
    assert_eq!(names(&world, admin.user()), [""; 0]);
    // Not even a Super Admin: for them it is not there.
    let taken = View { owner: Some(admin.user()), ..hers.clone() };
    for outcome in [save(admin, &taken), delete(admin, &hers), undo(admin, &saved)] {
        assert!(matches!(refusal(outcome), Refusal::Missing(_)));
    }
    // The same name does not disturb what others can't see.
    save(admin, &view(admin, "Hers")).unwrap();
    // Whoever saves a new one owns it.
    let given = View { owner: Some(admin.user()), ..view(&ola, "Given") };
    save(&ola, &given).unwrap();
    assert_eq!(world.store.settings().view(given.id).unwrap().owner, Some(ola.user()));
    undo(&ola, &saved).unwrap();
}

#[rstest]
fn r6_2_a_view_for_everyone_is_changed_by_its_owner_or_a_super_admin(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let (ola, jan) = (world.acting_as(world.add_user("Ola", |_| {})), world.acting_as(world.add_user("Jan", |_| {})));
    let shared = View { everyone: true, ..view(&ola, "Shared") };
    save(&ola, &shared).unwrap();
    assert_eq!(names(&world, jan.user()), ["Shared"]);
    let renamed = View { name: "Renamed".into(), ..shared.clone() };
    for outcome in [save(&jan, &renamed), delete(&jan, &shared)] {
        let refused = refusal(outcome);
        assert_eq!(refused.rule_id(), Some(Rule(6, 2)));
        assert!(refused.to_string().contains("belongs to Ola"), "{refused}");
        assert!(refused.to_string().contains("Maja Sikorska can change that"), "{refused}");
    }
    let by_admin = save(&world.workspace, &renamed).unwrap();
    assert_eq!(world.store.settings().view(shared.id).unwrap().owner, Some(ola.user()), "it stays hers");
    assert_eq!(refusal(undo(&jan, &by_admin)).rule_id(), Some(Rule(6, 2)));
    undo(&ola, &by_admin).unwrap();
    assert_eq!(names(&world, jan.user()), ["Shared"]);
}

#[rstest]
fn names_are_unique_among_what_one_sees(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let maja = &world.workspace;
    let first = view(maja, "Łódź");
    let saved = save(maja, &first).unwrap();
    for name in ["lodz", "My contacts", "recently viewed"] {
        let refused = refusal(save(maja, &view(maja, name)));
        assert!(refused.to_string().contains("There is a view"), "{refused}");
    }
    // Another object has names of its own.
    save(maja, &View { object: Object::DEAL, ..view(maja, "Łódź") }).unwrap();
    // What comes back must find its name free.
    let deleted = delete(maja, &first).unwrap();
    save(maja, &view(maja, "Lodz")).unwrap();
    assert!(refusal(undo(maja, &deleted)).to_string().contains("There is a view “Lodz” already"));
    assert!(undo(maja, &saved).is_err(), "it is not there any more");
}

#[test]
fn what_a_view_names_must_be_there() {
    let world = World::new(Kept::InMemory);
    let maja = &world.workspace;
    let plain = view(maja, "Plain");
    let by = |property| Sort { property, descending: false };
    let shows = |property| ViewColumn { property, width: None };
    let gone = PropertyId(4_000);
    for (wrong, sentence) in [
        (View { name: "  ".into(), ..plain.clone() }, "needs a name"),
        (View { name: "x".repeat(81), ..plain.clone() }, "needs a name"),
        (View { filters: vec!["shoe_size is 42".into()], ..plain.clone() }, "no property “shoe_size”"),
        (View { filters: vec!["lifecycle_stage is Nonsense".into()], ..plain.clone() }, "is no lifecycle stage"),
        (View { filters: vec!["city is a".into(); 31], ..plain.clone() }, "up to 30 filters"),
        (View { sort: vec![by(gone)], ..plain.clone() }, "is sorted by a property that contacts don't have"),
        (View { sort: vec![by(is::CITY), by(is::NAME), by(is::CITY)], ..plain.clone() }, "is sorted by City twice"),
        (View { columns: vec![shows(gone)], ..plain.clone() }, "shows a property that contacts don't have"),
        (View { columns: vec![shows(is::CITY), shows(is::CITY)], ..plain.clone() }, "shows City twice"),
        (View { grouped: Some(is::AMOUNT), ..plain.clone() }, "is grouped by a property that contacts don't have"),
        (View { object: Object(4_000), ..plain.clone() }, "This object is not there"),
    ] {
        let refused = refusal(save(maja, &wrong));
        assert!(refused.to_string().contains(sentence), "{refused}");
    }
    let settings = world.store.settings();
    let mine = built_in(settings.object(Object::CONTACT).unwrap()).remove(0);
    for outcome in [save(maja, &mine), delete(maja, &mine)] {
        assert!(refusal(outcome).to_string().contains("comes with lejek"));
    }
    assert_eq!(names(&world, maja.user()), [""; 0]);
    let missing = refusal(delete(maja, &plain));
    assert!(matches!(missing, Refusal::Missing(_)));
}

/// Contacts of three cities, one of them with a deal, two of Maja.
fn people(world: &World) -> Vec<lejek::domain::id::RecordId> {
    let written = |name, city, owner| [("first_name", name), ("city", city), ("owner", owner)];
    let maja = "maja@lejek.example";
    let ids = [
        world.contact(&written("Ada", "Łódź", maja)),
        world.contact(&written("Bo", "Gdynia", maja)),
        world.contact(&written("Cy", "Łódź", maja)[..2]),
        world.contact(&written("Di", "Zgierz", maja)[..2]),
    ];
    world.tie(ids[3], world.create(Object::DEAL, &[("name", "Big")]));
    ids.to_vec()
}

#[rstest]
#[case(&["owner is me"], &["Ada", "Bo"])]
#[case(&["city is Łódź", "owner is unknown"], &["Cy"])]
#[case(&["city ends with ia || city starts with zg"], &["Bo", "Di"])]
#[case(&["city is none of Łódź;Gdynia"], &["Di"])]
#[case(&["deal is known"], &["Di"])]
#[case(&["deal is unknown", "city is Gdynia"], &["Bo"])]
#[case(&["deal.name contains big"], &["Di"])]
#[case(&["created_at within last 2d", "city does not contain d"], &["Di"])]
#[case(&["activity none 30d", "city is Zgierz"], &["Di"])]
#[case(&["activity within 30d"], &["Ada"])]
fn both_stores_ask_what_the_view_says(#[case] filters: &[&str], #[case] expected: &[&str]) {
    for kept in [Kept::InMemory, Kept::OnDisk] {
        let world = World::new(kept);
        let ids = people(&world);
        crate::bin::note(&world, "n", &ids[..1]);
        world.store.prepare(Object::DEAL, world.workspace.now()).unwrap();
        let filters: Vec<String> = filters.iter().map(|text| (*text).to_owned()).collect();
        let sort = vec![Sort { property: is::NAME, descending: false }];
        let view = View { filters, sort, ..view(&world.workspace, "Asked") };
        save(&world.workspace, &view).unwrap();
        let settings = world.store.settings();
        let cx = Reading { settings: &settings, now: world.workspace.now(), me: Some(world.workspace.user()) };
        let query = settings.view(view.id).unwrap().query(&cx, Viewer::EVERYTHING, &[]).unwrap();
        assert_eq!(found(&world, &query), expected, "{kept:?}");
    }
}

#[rstest]
fn grouped_rows_stand_together_and_viewed_ones_as_they_were_looked_at(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let ids = people(&world);
    let settings = world.store.settings();
    let cx = Reading { settings: &settings, now: world.workspace.now(), me: Some(world.workspace.user()) };
    let by_name = Sort { property: is::NAME, descending: true };
    let grouped = View { grouped: Some(is::CITY), sort: vec![by_name], ..view(&world.workspace, "By city") };
    let query = grouped.query(&cx, Viewer::EVERYTHING, &[]).unwrap();
    assert_eq!(found(&world, &query), ["Bo", "Cy", "Ada", "Di"]);
    let viewed = View { viewed: true, ..view(&world.workspace, "Viewed") };
    let seen = [ids[2], ids[0], ids[3], ids[2]];
    let query = viewed.query(&cx, Viewer::EVERYTHING, &seen).unwrap();
    assert_eq!(found(&world, &query), ["Cy", "Ada", "Di"]);
    let viewed = View { filters: vec!["city is Łódź".into()], sort: vec![by_name], ..viewed };
    let query = viewed.query(&cx, Viewer::EVERYTHING, &seen).unwrap();
    assert_eq!(found(&world, &query), ["Cy", "Ada"]);
    world.does(Change::Delete { what: vec![ids[2].into()] });
    assert_eq!(found(&world, &query), ["Ada"], "what is in the bin is not listed");
}
