//! The list of acts, the bin and the history, as each user may see them (R6.4, R7.2, R3.18).

use crate::bin::note;
use crate::world::{Kept, World};
use lejek::domain::change::Change;
use lejek::domain::id::{ActNo, Object, Ref};
use lejek::domain::user::{Permissions, Reach};
use lejek::workspace::bin::{BinAsk, BinnedKind};
use lejek::workspace::review::{ActsAsk, ActsPage, Anchor, WayBack};
use rstest::rstest;

fn ask(world: &World, anchor: Anchor, limit: usize, search: &str) -> ActsPage {
    world.workspace.acts(&ActsAsk { anchor, limit, search: search.to_owned() }).unwrap()
}

fn numbers(page: &ActsPage) -> Vec<u64> {
    page.heads.iter().map(|head| head.act.no.0).collect()
}

#[rstest]
fn r7_2_acts_come_in_pieces_from_anywhere(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    for number in 0..250 {
        world.set(jan, "city", &format!("Town {number}")).unwrap();
    }
    let last = world.store.last_act().0;
    let newest = ask(&world, Anchor::Newest, 3, "");
    assert_eq!((numbers(&newest), newest.looked), (vec![last, last - 1, last - 2], last - 2..=last));
    assert_eq!(numbers(&ask(&world, Anchor::Before(ActNo(5)), 10, "")), [4, 3, 2, 1]);
    assert_eq!(numbers(&ask(&world, Anchor::After(ActNo(last - 2)), 10, "")), [last, last - 1]);
    assert_eq!(numbers(&ask(&world, Anchor::After(ActNo(7)), 2, "")), [9, 8]);
    let oldest = ask(&world, Anchor::Oldest, 2, "");
    assert_eq!((numbers(&oldest), oldest.looked), (vec![2, 1], 1..=2));
    assert_eq!(numbers(&ask(&world, Anchor::Around(ActNo(100)), 4, "")), [102, 101, 100, 99]);
    assert_eq!(numbers(&ask(&world, Anchor::Around(ActNo(last)), 2, "")), [last]);
    // All of them, piece by piece, each once.
    let (mut all, mut anchor) = (Vec::new(), Anchor::Newest);
    loop {
        let page = ask(&world, anchor, 60, "");
        all.extend(numbers(&page));
        if *page.looked.start() == 1 {
            break;
        }
        anchor = Anchor::Before(ActNo(*page.looked.start()));
    }
    assert_eq!(all, (1..=last).rev().collect::<Vec<_>>());
}

#[rstest]
fn r7_2_search_goes_by_what_and_by_whom(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Łucja")]);
    world.contact(&[("first_name", "Eva")]);
    for number in 0..150 {
        world.contact(&[("first_name", &format!("Nr {number}"))]);
    }
    world.set(jan, "city", "Łódź").unwrap();
    assert_eq!(ask(&world, Anchor::Newest, 50, "lucja maja").heads.len(), 2);
    assert_eq!(ask(&world, Anchor::Oldest, 1, "lucja").heads.len(), 1);
    let none = ask(&world, Anchor::Newest, 50, "nobody");
    assert_eq!((none.heads.len(), *none.looked.start()), (0, 1), "it was looked through to the end");
}

#[rstest]
fn r6_4_acts_about_what_is_hidden_are_absent(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let hidden = world.contact(&[("first_name", "Jan")]);
    let set = world.set(hidden, "city", "Łódź").unwrap();
    let eva = world.add_user("Eva", |user| {
        user.permissions.insert(Object::CONTACT.0, Permissions { view: Reach::Own, ..Permissions::ALL });
    });
    let hers = world.acting_as(eva);
    let page = hers.acts(&ActsAsk { anchor: Anchor::Newest, limit: 50, search: String::new() }).unwrap();
    assert!(page.heads.iter().all(|head| head.act.no != set.act), "{page:?}");
    assert_eq!(hers.closely(set.act).unwrap(), None);
    assert!(world.workspace.closely(set.act).unwrap().is_some());
}

#[rstest]
fn r7_1_an_act_looked_at_closely_names_whom_it_touched_and_what_is_in_its_way(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    let tied = world.tie(jan, acme);
    let first = world.set(jan, "city", "Łódź").unwrap();
    let second = world.set(jan, "city", "Gdańsk").unwrap();
    let closely = world.workspace.closely(first.act).unwrap().unwrap();
    assert!(matches!(closely.reviewed.way_back, WayBack::Closed(_)));
    assert_eq!(closely.in_the_way.iter().map(|one| one.act).collect::<Vec<_>>(), [second.act]);
    let names = |act| {
        let closely = world.workspace.closely(act).unwrap().unwrap();
        closely.touched.into_iter().map(|one| one.name).collect::<Vec<_>>()
    };
    let mut both = names(tied.act);
    both.sort();
    assert_eq!(both, ["Acme", "Jan"]);
    world.does(Change::Delete { what: vec![jan.into()] });
    let gone = world.workspace.closely(first.act).unwrap().unwrap();
    assert_eq!((gone.touched[0].name.as_str(), gone.touched[0].page), ("Jan", None), "it is in the bin");
}

#[rstest]
fn r5_9_the_bin_comes_in_pieces_by_object(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let mut all: Vec<Ref> = Vec::new();
    for number in 0..30 {
        all.push(world.contact(&[("first_name", &format!("Nr {number}"))]).into());
    }
    let jan = world.contact(&[("first_name", "Jan"), ("email", "jan@firma.example")]);
    let acme = world.company("Acme");
    let alone = note(&world, "only his", &[acme]);
    world.does(Change::Delete { what: all });
    world.does(Change::Delete { what: vec![jan.into(), Ref::Activity(alone)] });
    let piece = |kind, search: &str, from, limit| {
        let ask = BinAsk { kind, search: search.to_owned(), from, limit };
        world.workspace.bin_piece(&ask).unwrap()
    };
    let contacts = BinnedKind::Records(Object::CONTACT);
    let page = piece(contacts, "", 10, 5);
    assert_eq!((page.from, page.rows.len(), page.matching), (10, 5, 31));
    assert_eq!(page.counts, [(contacts, 31), (BinnedKind::Activities, 1)]);
    let found = piece(contacts, "firma", 0, 5);
    assert_eq!((found.matching, found.rows[0].name()), (1, "Jan".to_owned()));
    assert_eq!(found.rows[0].days_left(world.workspace.now()), 90);
    assert_eq!(piece(BinnedKind::Activities, "", 0, 5).rows[0].of(), Ref::Activity(alone));
}

#[rstest]
fn r3_18_the_history_of_an_activity_names_its_associations(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, eva) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Eva")]));
    let call = note(&world, "he called", &[jan, eva]);
    let told = world.workspace.history(Ref::Activity(call)).unwrap();
    let mut others: Vec<_> = told.iter().filter_map(|told| told.other.clone()).collect();
    others.sort();
    assert_eq!(others, ["Eva", "Jan"]);
    assert_eq!(told[0].entry.why.sentence(), "logged here");
    let ola = world.contact(&[("first_name", "Ola")]);
    let told = world.workspace.history(ola.into()).unwrap();
    assert_eq!(told.iter().map(|told| told.act.as_str()).collect::<Vec<_>>(), ["Created Ola"]);
}
