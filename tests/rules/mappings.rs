//! Mappings of imports: who may save them, and that they come and go as acts.

use crate::world::{Kept, World, refusal};
use lejek::domain::change::{Change, Done, Origin};
use lejek::domain::id::Object;
use lejek::domain::mapping::{Mapping, NAME_MOST};
use lejek::domain::user::Permissions;
use lejek::workspace::{Failure, Workspace};
use rstest::rstest;

fn mapping(name: &str, object: Object) -> Mapping {
    Mapping { name: name.to_owned(), object, pairs: vec![("Mail".to_owned(), "email".to_owned())] }
}

fn save(by: &Workspace, mapping: &Mapping) -> Result<Done, Failure> {
    by.perform(&Change::SaveMapping { mapping: Box::new(mapping.clone()) }, Origin::CommandLine)
}

fn delete(by: &Workspace, name: &str) -> Result<Done, Failure> {
    by.perform(&Change::DeleteMapping { name: name.to_owned() }, Origin::CommandLine)
}

#[rstest]
fn a_mapping_is_kept_by_its_name_whatever_the_case(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let by = &world.workspace;
    save(by, &mapping("  Shop\n", Object::CONTACT)).unwrap();
    let other = Mapping { pairs: Vec::new(), ..mapping("SHOP", Object::COMPANY) };
    assert_eq!(save(by, &other).unwrap().what, "Changed the mapping SHOP");
    assert_eq!(by.settings().mappings, [other]);
    world.undo(world.store.last_act()).unwrap();
    assert_eq!(by.settings().mapping("shop"), Some(&mapping("Shop", Object::CONTACT)));
    delete(by, "sHop").unwrap();
    assert!(by.settings().mappings.is_empty());
    assert!(refusal(delete(by, "Shop")).to_string().contains("no mapping"));
}

#[test]
fn a_mapping_needs_a_name_of_some_length() {
    let world = World::new(Kept::InMemory);
    refusal(save(&world.workspace, &mapping(" \t", Object::CONTACT)));
    refusal(save(&world.workspace, &mapping(&"x".repeat(NAME_MOST + 1), Object::CONTACT)));
    save(&world.workspace, &mapping(&"x".repeat(NAME_MOST), Object::CONTACT)).unwrap();
}

#[test]
fn r6_2_whoever_may_not_import_saves_deletes_and_brings_back_no_mapping() {
    let world = World::new(Kept::InMemory);
    let shop = mapping("Shop", Object::CONTACT);
    let saved = save(&world.workspace, &shop).unwrap();
    let ewa = world.add_user("Ewa", |user| {
        user.permissions.insert(Object::CONTACT.0, Permissions { import: false, ..Permissions::ALL });
    });
    let limited = world.acting_as(ewa);
    refusal(save(&limited, &shop));
    refusal(save(&limited, &mapping("Shop", Object::COMPANY)));
    refusal(delete(&limited, "Shop"));
    limited.perform(&Change::Undo { act: saved.act }, Origin::CommandLine).unwrap_err();
    save(&limited, &mapping("Firms", Object::COMPANY)).unwrap();
    delete(&limited, "firms").unwrap();
    assert_eq!(world.workspace.settings().mappings, [shop]);
}
