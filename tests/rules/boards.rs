//! The columns of a board, the same from both stores: order, pieces, counts and sums.

use crate::pipelines::id;
use crate::world::{Kept, World};
use lejek::domain::board::{Column, ORDER, Piece, Sum};
use lejek::domain::change::Change;
use lejek::domain::id::{Object, RecordId};
use lejek::domain::moving::place::Place;
use lejek::domain::moving::{Given, Move};
use lejek::domain::query::Query;
use lejek::domain::query::parse::filter;
use lejek::domain::user::{Permissions, Reach, Viewer};
use lejek::domain::value::{Currency, Reading};
use rstest::rstest;

fn deal(world: &World, name: &str, stage: &str, amount: &str) -> RecordId {
    world.create(Object::DEAL, &[("name", name), ("stage", stage), ("amount", amount)])
}

fn ask(world: &World, query: &Query, stage: &str, from: usize, limit: usize, around: Option<RecordId>) -> Column {
    let now = world.workspace.now();
    world.store.prepare(query.object, now).unwrap();
    let piece = Piece { stage: id(world, query.object, stage), from, limit, around };
    let columns = world.store.columns(query, &[piece], now).unwrap();
    assert!(columns.sorted);
    columns.columns.into_iter().next().unwrap()
}

fn board(object: Object) -> Query {
    Query { sort: ORDER.to_vec(), ..Query::all(object, Viewer::EVERYTHING) }
}

fn names(column: &Column) -> Vec<String> {
    column.rows.iter().map(|row| row.record.name()).collect()
}

fn lay(world: &World, what: RecordId, stage: &str, place: Place) {
    let stage = id(world, what.object, stage);
    let moved = Move { place, reason: Given::Skip, deal: Given::Skip, ..Move::to(vec![what], stage) };
    world.does(Change::Move(Box::new(moved)));
}

#[rstest]
fn r2_12_cards_lie_as_they_were_put_and_the_newest_on_top(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let query = board(Object::DEAL);
    let [one, two, three] = ["One", "Two", "Three"].map(|name| deal(&world, name, "Contract sent", "10 EUR"));
    let all = || names(&ask(&world, &query, "Contract sent", 0, 10, None));
    assert_eq!(all(), ["Three", "Two", "One"]);
    lay(&world, one, "Contract sent", Place::Between { above: Some(three), below: Some(two) });
    assert_eq!(all(), ["Three", "One", "Two"]);
    lay(&world, three, "Closed lost", Place::Top);
    assert_eq!(all(), ["One", "Two"]);
    deal(&world, "Four", "Contract sent", "1 EUR");
    assert_eq!(all(), ["Four", "One", "Two"], "what is new comes on top");
    assert_eq!(names(&ask(&world, &query, "Closed lost", 0, 10, None)), ["Three"]);
}

#[rstest]
fn a_column_is_read_in_pieces_and_around_a_card(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let query = board(Object::TICKET);
    let made: Vec<RecordId> = (0..9)
        .map(|number| world.create(Object::TICKET, &[("name", &format!("T{number}")), ("stage", "New")]))
        .collect();
    let piece = ask(&world, &query, "New", 2, 3, None);
    assert_eq!((piece.from, piece.count, names(&piece)), (2, 9, vec!["T6".into(), "T5".into(), "T4".into()]));
    let around = ask(&world, &query, "New", 0, 4, Some(made[2]));
    assert_eq!((around.from, names(&around)), (4, vec!["T4".into(), "T3".into(), "T2".into(), "T1".into()]));
    let elsewhere = ask(&world, &query, "Closed", 0, 4, Some(made[2]));
    assert_eq!((elsewhere.from, elsewhere.count, elsewhere.rows.len()), (0, 0, 0));
    assert!(ask(&world, &query, "New", 0, 0, None).rows.is_empty(), "only the count was wanted");
}

#[rstest]
fn sums_are_by_currency_and_weighted_by_the_stage(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (eur, pln) = (Currency::EUR, Currency(*b"PLN"));
    let a = deal(&world, "A", "Qualified to buy", "100 EUR");
    for (name, amount) in [("B", "50 EUR"), ("C", "1000 PLN")] {
        deal(&world, name, "Qualified to buy", amount);
    }
    world.create(Object::DEAL, &[("name", "D"), ("stage", "Qualified to buy")]);
    let query = board(Object::DEAL);
    let column = ask(&world, &query, "Qualified to buy", 0, 0, None);
    let sum = |currency, minor, weighted| Sum { currency, minor, weighted };
    assert_eq!((column.count, column.sums), (4, vec![sum(pln, 100_000, 40_000), sum(eur, 15_000, 6_000)]));
    assert!(ask(&world, &query, "Contract sent", 0, 0, None).sums.is_empty());
    world.set(a, "amount", "").unwrap();
    assert_eq!(ask(&world, &query, "Qualified to buy", 0, 0, None).sums[1], sum(eur, 5_000, 2_000));
}

#[rstest]
fn r6_4_a_board_shows_what_a_list_does(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    deal(&world, "Mine", "Contract sent", "10 EUR");
    deal(&world, "Other", "Contract sent", "30 EUR");
    let settings = world.store.settings();
    let spec = settings.object(Object::DEAL).unwrap();
    let cx = Reading { settings: &settings, now: world.workspace.now(), me: None };
    let above = filter("amount is at least 20 EUR", spec, &cx).unwrap();
    let filtered = Query { filters: vec![above], ..board(Object::DEAL) };
    assert_eq!(names(&ask(&world, &filtered, "Contract sent", 0, 10, None)), ["Other"]);
    let searched = Query { search: "min".into(), ..board(Object::DEAL) };
    let column = ask(&world, &searched, "Contract sent", 0, 10, None);
    assert_eq!((names(&column), column.sums[0].minor), (vec!["Mine".to_owned()], 1_000));
    let nobody = world.add_user("Nobody", |user| {
        let own = Permissions { view: Reach::Own, ..Permissions::ALL };
        user.permissions.insert(Object::DEAL.0, own);
    });
    let viewer = world.store.settings().viewer(nobody);
    let column = ask(&world, &Query { viewer, ..board(Object::DEAL) }, "Contract sent", 0, 10, None);
    assert_eq!((column.count, column.sums.len()), (0, 0));
}
