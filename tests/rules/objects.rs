//! Objects that users make: what they may be called, what their records can, and deleting one with all it holds.

use crate::bin::note;
use crate::world::{Kept, World, made, refusal};
use lejek::domain::change::{Change, Done, ImportRow, ImportTarget, Origin, Question, Refusal, Rule};
use lejek::domain::id::{Object, RecordId};
use lejek::domain::object::custom::{Holding, ObjectForm};
use lejek::domain::object::is;
use lejek::domain::property::Kind;
use lejek::domain::property::form::PropertyForm;
use lejek::domain::query::Query;
use lejek::domain::query::parse::filter;
use lejek::domain::search::Search;
use lejek::domain::user::{Permissions, Reach, Viewer};
use lejek::domain::value::Reading;
use lejek::workspace::{Failure, Watch};
use rstest::rstest;

const PROJECT: Object = Object::FIRST_CUSTOM;

fn add(world: &World, called: &str, plural: &str) -> Result<Done, Failure> {
    world.perform(Change::AddObject { form: Box::new(ObjectForm::new(called, plural)) })
}

/// Projects with a budget.
fn projects(kept: Kept) -> World {
    let world = World::new(kept);
    add(&world, "Project", "Projects").unwrap();
    let form = Box::new(PropertyForm::new("budget", Kind::Money));
    world.does(Change::AddProperty { object: PROJECT, form });
    world
}

fn delete(world: &World, confirmed: bool) -> Result<Done, Failure> {
    world.perform(Change::DeleteObject { object: PROJECT, confirmed })
}

fn is_there(world: &World) -> bool {
    world.store.settings().object(PROJECT).is_some()
}

fn page(world: &World, query: Query) -> Vec<RecordId> {
    world.workspace.prepare(&query).unwrap();
    let page = world.store.page(&query, world.workspace.now(), 0, 50).unwrap();
    page.rows.iter().map(|row| row.record.id).collect()
}

#[rstest]
fn r5_1_an_object_has_the_properties_of_all_objects_and_its_own(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = projects(kept);
    let settings = world.store.settings();
    let spec = settings.object_called("PROJECTS").unwrap();
    assert_eq!((spec.object, spec.name.as_str(), spec.singular.as_str()), (PROJECT, "project", "Project"));
    let names: Vec<&str> = spec.properties.iter().map(|property| property.name.as_str()).collect();
    let all = "name owner notes created_at updated_at last_activity next_activity external_ids budget";
    assert_eq!(names.join(" "), all);

    let refused = world.refuses(Change::Create { object: PROJECT, values: Vec::new(), associate: Vec::new() });
    assert!(matches!(refused, Refusal::Rule { field: Some(is::NAME), .. }), "a name is asked for: {refused}");
}

#[rstest]
fn r5_1_records_are_found_sorted_filtered_and_searched(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = projects(kept);
    let roof = world.create(PROJECT, &[("name", "Roof in Łódź"), ("budget", "1200 EUR")]);
    let barn = world.create(PROJECT, &[("name", "Barn"), ("budget", "300 EUR"), ("owner", "maja@lejek.example")]);
    note(&world, "called", &[roof]);
    let all = || Query::all(PROJECT, Viewer::EVERYTHING);
    let settings = world.store.settings();
    let spec = settings.object(PROJECT).unwrap();
    let cx = Reading { settings: &settings, now: world.workspace.now(), me: None };
    let by = |text: &str| page(&world, Query { filters: vec![filter(text, spec, &cx).unwrap()], ..all() });
    assert_eq!(by("budget > 1000"), [roof]);
    assert_eq!(by("owner is known"), [barn]);
    assert_eq!(by("activity none 30d"), [barn]);
    assert_eq!(page(&world, Query { search: "lodz".into(), ..all() }), [roof]);

    let acme = world.company("Acme");
    world.tie(roof, acme);
    world.tie(roof, barn);
    assert_eq!(world.ties(roof), ["Acme", "Barn"]);
    assert_eq!(by("company.name is Acme"), [roof]);
    assert_eq!(by("project.name is Barn"), [roof]);
    let companies = settings.object(Object::COMPANY).unwrap();
    let filters = vec![filter("project.budget > 1000", companies, &cx).unwrap()];
    assert_eq!(page(&world, Query { filters, ..Query::all(Object::COMPANY, Viewer::EVERYTHING) }), [acme]);

    let search = Search { text: "roof".into(), scope: None, limit: 5 };
    let hits = world.store.search(&search, &[], &Viewer::EVERYTHING, world.workspace.now()).unwrap();
    assert_eq!(hits.rows.iter().map(|row| row.record.id).collect::<Vec<_>>(), [roof]);
    world.does(Change::Delete { what: vec![barn.into()] });
    assert_eq!(page(&world, all()), [roof]);
    world.does(Change::Restore { what: vec![barn.into()], without: Vec::new() });
    assert_eq!(world.ties(roof), ["Acme", "Barn"]);
    world.does(Change::Erase { what: vec![barn.into()], confirmed: true });
    assert_eq!(world.store.check(true).unwrap().flaws, Vec::<String>::new());
}

#[rstest]
fn r5_1_a_new_name_shows_everywhere_and_the_internal_one_stays(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = projects(kept);
    let form = |name: &str, singular: &str, plural: &str| {
        let form = ObjectForm { name: name.into(), singular: singular.into(), plural: plural.into() };
        Change::SetObject { object: PROJECT, form: Box::new(form) }
    };
    let changed = world.does(form("project", "Site", "Sites"));
    assert_eq!(world.store.settings().object_called("sites").unwrap().name, "project");
    for (change, said) in [
        (form("site", "Site", "Sites"), "The internal name project stays for good: scripts rely on it"),
        (form("project", "Deal", "Sites"), "There are Deals already (deal)"),
        (form("project", "Site", ""), "A plural needs a letter at least"),
    ] {
        assert_eq!(world.refuses(change).to_string(), said);
    }
    assert_eq!(refusal(add(&world, "Site", "Places")).to_string(), "There are Sites already (project)");
    world.undo(changed.act).unwrap();
    assert_eq!(world.store.settings().object(PROJECT).unwrap().plural, "Projects");
    let contact = ObjectForm { singular: "Person".into(), ..ObjectForm::new("contact", "People") };
    let refused = world.refuses(Change::SetObject { object: Object::CONTACT, form: Box::new(contact) });
    assert_eq!(refused.to_string(), "Contacts are built in and stay as they are");
    let refused = world.refuses(Change::DeleteObject { object: Object::CONTACT, confirmed: true });
    assert_eq!(refused.to_string(), "Contacts are built in and stay as they are");
}

#[rstest]
fn r6_2_only_who_may_edit_property_settings_changes_objects(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = projects(kept);
    world.create(PROJECT, &[("name", "Roof")]);
    let plain = world.acting_as(world.add_user("Ola", |_| {}));
    let trusted = |name: &str, may: Permissions| {
        world.acting_as(world.add_user(name, |user| {
            user.edit_property_settings = true;
            user.permissions.insert(PROJECT.0, may);
        }))
    };
    let blind = trusted("Jan", Permissions { view: Reach::Own, ..Permissions::ALL });
    let trusted = trusted("Ewa", Permissions { delete: Reach::Own, ..Permissions::ALL });
    let site = || Box::new(ObjectForm { name: "project".into(), ..ObjectForm::new("Site", "Sites") });
    let drop = Change::DeleteObject { object: PROJECT, confirmed: true };
    let add = Change::AddObject { form: Box::new(ObjectForm::new("Boat", "Boats")) };
    for change in [&add, &Change::SetObject { object: PROJECT, form: site() }, &drop] {
        let refused = refusal(plain.perform_long(change, Origin::CommandLine, &mut ()));
        assert_eq!(refused.rule_id(), Some(Rule(6, 2)));
    }
    let act = trusted.perform_long(&add, Origin::CommandLine, &mut ()).unwrap().act;
    let undone = refusal(plain.perform_long(&Change::Undo { act }, Origin::CommandLine, &mut ()));
    assert_eq!(undone.rule_id(), Some(Rule(6, 2)), "neither does undoing it");
    let said = "Needs the permission to delete projects of others. Maja Sikorska can change that.";
    for by in [trusted, blind] {
        assert_eq!(refusal(by.perform_long(&drop, Origin::CommandLine, &mut ())).to_string(), said);
    }
}

#[rstest]
fn r6_1_permissions_of_an_object_hold_for_its_records(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = projects(kept);
    let roof = world.create(PROJECT, &[("name", "Roof")]);
    let may = Permissions { view: Reach::Own, create: false, ..Permissions::ALL };
    let ola = world.acting_as(world.add_user("Ola", |user| user.permissions = [(PROJECT.0, may)].into()));
    assert!(page(&world, Query::all(PROJECT, ola.viewer())).is_empty());
    let values = world.values(PROJECT, &[("name", "Own")]);
    let create = Change::Create { object: PROJECT, values, associate: Vec::new() };
    assert_eq!(refusal(ola.perform(&create, Origin::CommandLine)).rule_id(), Some(Rule(6, 2)));
    let change = Change::Delete { what: vec![roof.into()] };
    assert!(matches!(refusal(ola.perform(&change, Origin::CommandLine)), Refusal::Missing(_)));
}

#[rstest]
fn r5_1_deleting_an_object_asks_and_undo_brings_all_of_it_back(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = projects(kept);
    let roof = world.create(PROJECT, &[("name", "Roof"), ("budget", "1200 EUR")]);
    let barn = world.create(PROJECT, &[("name", "Barn")]);
    let acme = world.company("Acme");
    for (one, other) in [(roof, acme), (roof, barn)] {
        world.tie(one, other);
    }
    note(&world, "only here", &[roof]);
    let asked = refusal(delete(&world, false));
    let plural = "Projects".to_owned();
    let holding = Holding { object: PROJECT, plural, records: 2, properties: 1, associations: 2 };
    assert_eq!(asked, Refusal::Needs(Question::DeleteObject(holding)));
    let said = "Projects hold 2 records, 1 property and 2 associations. The records go to the bin. --yes deletes all of it, \
                and undo brings it back";
    assert_eq!(asked.to_string(), said);

    let deleted = delete(&world, true).unwrap();
    assert_eq!((deleted.what.as_str(), deleted.refs.len()), ("Deleted the object Projects", 2));
    assert!(!is_there(&world) && world.record(roof).is_none() && world.ties(acme).is_empty());
    let restored = world.refuses(Change::Restore { what: vec![roof.into()], without: Vec::new() });
    let said = "The object Projects was deleted. Undo that act, and its records come back with it";
    assert_eq!(restored.to_string(), said);
    assert_eq!(refusal(delete(&world, true)).to_string(), "There is no such object");

    world.undo(deleted.act).unwrap();
    assert!(is_there(&world));
    assert_eq!(
        (world.ties(roof), world.text(roof, "budget")),
        (vec!["Acme".into(), "Barn".into()], Some("1200.00 EUR".into()))
    );
    assert_eq!(world.store.entries(roof).unwrap().len(), 1);
    world.redo(deleted.act).unwrap();
    assert!(!is_there(&world) && world.record(barn).is_none());
    assert_eq!(world.store.check(true).unwrap().flaws, Vec::<String>::new());
}

#[rstest]
fn r7_1_numbers_are_never_given_again_and_names_may_be(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let first = add(&world, "Project", "Projects").unwrap();
    let deleted = delete(&world, false).unwrap();
    add(&world, "Project", "Projects").unwrap();
    let second = world.store.settings().object_called("project").unwrap().object;
    assert_eq!(second, Object(PROJECT.0 + 1));
    let refused = refusal(world.undo(deleted.act)).to_string();
    assert!(refused.contains("There are Projects already (project)"), "{refused}");

    let roof = world.create(second, &[("name", "Roof")]);
    let added = world.store.last_act();
    let undone = refusal(world.undo(lejek::domain::id::ActNo(added.0 - 1))).to_string();
    assert!(undone.contains("Projects hold 1 records by now") && undone.contains(&format!("act {added}")), "{undone}");
    world.does(Change::Delete { what: vec![roof.into()] });
    let binned = world.store.last_act();
    world.undo(lejek::domain::id::ActNo(added.0 - 1)).unwrap();
    assert!(world.store.settings().objects.iter().all(|spec| !spec.is_custom()));
    let refused = refusal(world.undo(binned)).to_string();
    assert!(refused.contains("Roof belongs to an object that was deleted"), "{refused}");
    assert!(refusal(world.undo(first.act)).to_string().contains("was changed since"));
    add(&world, "Boat", "Boats").unwrap();
    assert_eq!(world.store.settings().object_called("boat").unwrap().object, Object(PROJECT.0 + 2));
}

/// Stops an act after so many batches.
struct StopsAfter(u64);

impl Watch for StopsAfter {
    fn progress(&mut self, _: u64, _: u64) {
        self.0 = self.0.saturating_sub(1);
    }

    fn is_cancelled(&self) -> bool {
        self.0 == 0
    }
}

fn many(world: &World, count: usize) -> Vec<RecordId> {
    let id = || world.workspace.with_ids(|ids| ids.record(PROJECT));
    let row = |n: usize| ImportRow {
        number: n as u64 + 1,
        target: ImportTarget::Create(id()),
        values: world.values(PROJECT, &[("name", &format!("N{n}"))]),
        associate: Vec::new(),
    };
    let rows: Vec<ImportRow> = (0..count).map(row).collect();
    let ids = rows.iter().map(|row| match row.target {
        ImportTarget::Create(id) | ImportTarget::Update(id) => id,
    });
    let ids = ids.collect();
    world.does(Change::Import { rows, replace: false });
    ids
}

#[rstest]
fn r7_3_many_records_go_in_one_act_that_can_be_continued(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = projects(kept);
    let ids = many(&world, 2_100);
    // A tie of two that go in different batches.
    world.tie(ids[0], ids[2_000]);
    let change = Change::DeleteObject { object: PROJECT, confirmed: true };
    let begun = world.workspace.perform_long(&change, Origin::CommandLine, &mut StopsAfter(2)).unwrap();
    assert!(is_there(&world) && world.record(ids[399]).is_none() && world.record(ids[400]).is_some());
    world.does(Change::Resume { act: begun.act });
    assert!(!is_there(&world) && ids.iter().all(|id| world.record(*id).is_none()));
    let head = world.store.act(begun.act).unwrap().unwrap();
    assert_eq!(
        (head.act.finished, head.act.done, head.act.what.as_str()),
        (true, 2_100, "Deleted the object Projects")
    );

    world.undo(begun.act).unwrap();
    assert!(is_there(&world) && world.ties(ids[0]) == ["N2000"]);
    assert!(ids.iter().all(|id| world.record(*id).is_some()));
    world.redo(begun.act).unwrap();
    assert!(!is_there(&world) && world.store.bin(Some(PROJECT)).unwrap().len() == 2_100);
    assert_eq!(world.store.check(true).unwrap().flaws, Vec::<String>::new());
}

#[rstest]
fn r5_9_what_a_deleted_object_left_in_the_bin_can_be_erased(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = projects(kept);
    let values = world.values(PROJECT, &[("name", "Roof")]);
    let roof = made(&world.does(Change::Create { object: PROJECT, values, associate: Vec::new() }));
    let deleted = delete(&world, true).unwrap();
    world.does(Change::Erase { what: vec![roof.into()], confirmed: true });
    assert!(world.store.bin(None).unwrap().is_empty());
    assert_eq!(refusal(world.undo(deleted.act)).to_string(), "What was erased can't be brought back");
}
