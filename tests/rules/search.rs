//! Search over all objects, on both stores: who stands first, what is absent, what is similar.

use crate::world::{Kept, World};
use lejek::domain::id::{Object, RecordId};
use lejek::domain::search::{Hits, Search};
use lejek::domain::user::{Permissions, Reach, Viewer};
use rstest::rstest;

fn prepared(kept: Kept) -> World {
    let world = World::new(kept);
    for (first, last) in [("Jan", "Kowalski"), ("Ewa", "Nowakowska"), ("Kow", "Lis"), ("Kow", ""), ("Anna", "Kovalska")]
    {
        let name = [("first_name", first), ("last_name", last)];
        world.contact(&name[..=usize::from(!last.is_empty())]);
    }
    world.company("Kowal & Syn");
    world.create(Object::TICKET, &[("name", "Depot of Kowalski")]);
    for spec in &world.store.settings().objects {
        world.store.prepare(spec.object, world.workspace.now()).unwrap();
    }
    world
}

fn find(world: &World, text: &str, scope: Option<Object>, lately: &[RecordId], viewer: &Viewer) -> Hits {
    let search = Search { text: text.to_owned(), scope, limit: 30 };
    world.store.search(&search, lately, viewer, world.workspace.now()).unwrap()
}

fn similar(world: &World, text: &str, scope: Option<Object>, viewer: &Viewer) -> Vec<String> {
    let search = Search { text: text.to_owned(), scope, limit: 30 };
    names(&world.store.similar_all(&search, viewer, world.workspace.now()).unwrap())
}

fn names(rows: &[lejek::domain::answer::Row]) -> Vec<String> {
    rows.iter().map(|row| row.record.name()).collect()
}

#[rstest]
fn the_name_decides_before_the_rest(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = prepared(kept);
    let hits = find(&world, "kow", None, &[], &Viewer::EVERYTHING);
    let wanted = ["Kow", "Kow Lis", "Kowal & Syn", "Jan Kowalski", "Depot of Kowalski", "Ewa Nowakowska"];
    assert_eq!(names(&hits.rows), wanted);
    assert!(hits.ready);
    let only = find(&world, "kow", Some(Object::TICKET), &[], &Viewer::EVERYTHING);
    assert_eq!(names(&only.rows), ["Depot of Kowalski"]);
}

#[rstest]
fn what_was_viewed_rises_and_stands_alone_without_a_word(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = prepared(kept);
    let all = find(&world, "kow", None, &[], &Viewer::EVERYTHING).rows;
    let id = |name: &str| all.iter().find(|row| row.record.name() == name).unwrap().record.id;
    let viewed = [id("Ewa Nowakowska"), id("Jan Kowalski")];
    let hits = find(&world, "kow", None, &viewed, &Viewer::EVERYTHING);
    let wanted = ["Kow", "Jan Kowalski", "Kow Lis", "Kowal & Syn", "Ewa Nowakowska", "Depot of Kowalski"];
    assert_eq!(names(&hits.rows), wanted);
    assert_eq!(names(&find(&world, " ", None, &viewed, &Viewer::EVERYTHING).rows), ["Ewa Nowakowska", "Jan Kowalski"]);
    assert!(find(&world, "", Some(Object::DEAL), &viewed, &Viewer::EVERYTHING).rows.is_empty());
}

#[rstest]
fn similar_ones_follow_what_is_found(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = prepared(kept);
    assert!(find(&world, "kowalska", None, &[], &Viewer::EVERYTHING).rows.is_empty());
    assert_eq!(
        similar(&world, "kowalska", None, &Viewer::EVERYTHING),
        ["Anna Kovalska", "Jan Kowalski", "Depot of Kowalski"]
    );
    assert!(similar(&world, "kow", None, &Viewer::EVERYTHING).is_empty(), "too short to be mistaken");
}

#[rstest]
fn r6_4_what_one_may_not_view_is_not_found(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = prepared(kept);
    let user = world.add_user("Ola", |user| {
        user.permissions.insert(Object::CONTACT.0, Permissions { view: Reach::Own, ..Permissions::ALL });
    });
    world.contact(&[("first_name", "Kowa"), ("owner", "ola@lejek.example")]);
    let viewer = world.acting_as(user).viewer();
    let everything = find(&world, "kow", Some(Object::CONTACT), &[], &Viewer::EVERYTHING).rows;
    let viewed: Vec<RecordId> = everything.iter().map(|row| row.record.id).collect();
    assert_eq!(names(&find(&world, "kow", Some(Object::CONTACT), &viewed, &viewer).rows), ["Kowa"]);
    assert_eq!(names(&find(&world, "", Some(Object::CONTACT), &viewed, &viewer).rows), ["Kowa"]);
    assert!(similar(&world, "kovalski", Some(Object::CONTACT), &viewer).is_empty());
}
