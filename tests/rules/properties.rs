//! Properties that users make, the options of built-in ones, and the same on many records.

use crate::world::{Kept, World, refusal};
use lejek::domain::change::{Change, Done, Origin, Question, Refusal, Rule};
use lejek::domain::id::{ActNo, Object, OptionId, PropertyId, RecordId};
use lejek::domain::object::is;
use lejek::domain::property::form::{Held, Instead, OptionForm, PropertyForm};
use lejek::domain::property::{Kind, Property, Tint};
use lejek::domain::query::{Query, Sort};
use lejek::domain::user::{Permissions, Reach, Viewer};
use lejek::domain::value::Value;
use lejek::workspace::Failure;
use lejek::workspace::request::{Reply, Request};
use rstest::rstest;

fn options(labels: &[&str]) -> Vec<OptionForm> {
    let new = |label: &&str| OptionForm { id: None, label: (*label).to_owned(), tint: Tint::default() };
    labels.iter().map(new).collect()
}

fn add(world: &World, form: PropertyForm) -> Result<Done, Failure> {
    world.perform(Change::AddProperty { object: Object::CONTACT, form: Box::new(form) })
}

fn of_kind(world: &World, name: &str, kind: Kind) -> PropertyId {
    let labels: &[&str] = if kind.has_options() { &["S", "M", "L"] } else { &[] };
    add(world, PropertyForm { options: options(labels), ..PropertyForm::new(name, kind) }).unwrap();
    world.property(Object::CONTACT, name)
}

fn property(world: &World, object: Object, id: PropertyId) -> Property {
    world.store.settings().object(object).unwrap().property(id).unwrap().clone()
}

fn has(world: &World, name: &str) -> bool {
    world.store.settings().object(Object::CONTACT).unwrap().named(name).is_some()
}

/// Changes what the form of a property says.
fn set(
    world: &World,
    (object, id): (Object, PropertyId),
    instead: Instead,
    change: impl FnOnce(&mut PropertyForm),
) -> Result<Done, Failure> {
    let mut form = PropertyForm::from(&property(world, object, id));
    change(&mut form);
    world.perform(Change::SetProperty { object, id, form: Box::new(form), instead })
}

fn delete(world: &World, id: PropertyId, confirmed: bool) -> Result<Done, Failure> {
    world.perform(Change::DeleteProperty { object: Object::CONTACT, id, confirmed })
}

fn option(world: &World, id: PropertyId, label: &str) -> OptionId {
    property(world, Object::CONTACT, id).choices.iter().find(|choice| choice.label == label).unwrap().id
}

fn without(label: &'static str) -> impl FnOnce(&mut PropertyForm) {
    move |form| form.options.retain(|option| option.label != label)
}

#[rstest]
fn r6_2_only_who_may_edit_property_settings_changes_properties(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let size = of_kind(&world, "size", Kind::Text);
    let plain = world.acting_as(world.add_user("Ola", |_| {}));
    let trusted = world.acting_as(world.add_user("Ewa", |user| user.edit_property_settings = true));
    let form = Box::new(PropertyForm::new("shoe", Kind::Text));
    let other = Box::new(PropertyForm { label: "Other".into(), ..PropertyForm::new("size", Kind::Text) });
    let changes = [
        Change::AddProperty { object: Object::CONTACT, form },
        Change::SetProperty { object: Object::CONTACT, id: size, form: other, instead: Instead::Ask },
        Change::ReplaceOptions { id: size, records: Vec::new(), gone: Vec::new(), instead: None },
        Change::DeleteProperty { object: Object::CONTACT, id: size, confirmed: true },
    ];
    for change in &changes {
        let refused = refusal(plain.perform_long(change, Origin::CommandLine, &mut ()));
        assert_eq!(refused.rule_id(), Some(Rule(6, 2)));
        assert_eq!(refused.to_string(), "Needs Super Admin or Edit property settings. Maja Sikorska can change that.");
    }
    for change in &changes {
        trusted.perform_long(change, Origin::CommandLine, &mut ()).unwrap();
    }
    let act = world.store.last_act();
    refusal(plain.perform(&Change::Undo { act }, Origin::CommandLine));
    trusted.perform(&Change::Undo { act }, Origin::CommandLine).unwrap();
    assert!(has(&world, "size"));
}

#[rstest]
#[case("Size", "lower case")]
#[case("shoe size", "lower case")]
#[case("größe", "such as grosse")]
#[case("2nd", "lower case")]
#[case("", "such as shoe_size")]
#[case("id", "means something else")]
#[case("activity", "means something else")]
#[case("associated_deal_ids", "means something else")]
#[case("email", "already (E-mail)")]
fn a_name_that_cannot_be_is_refused(#[case] name: &str, #[case] why: &str) {
    let world = World::new(Kept::InMemory);
    let form = PropertyForm { label: "Fine".into(), ..PropertyForm::new(name, Kind::Text) };
    let refused = refusal(add(&world, form)).to_string();
    assert!(refused.contains(why), "{refused}");
}

#[rstest]
#[case(|form: &mut PropertyForm| form.label = " ".into(), "needs a letter")]
#[case(|form: &mut PropertyForm| form.label = "Si\u{7}ze".into(), "control characters")]
#[case(|form: &mut PropertyForm| form.label = "x".repeat(81), "takes 80 characters")]
#[case(|form: &mut PropertyForm| form.label = "e-MAIL".into(), "already (email)")]
#[case(|form: &mut PropertyForm| form.kind = Kind::Stage, "can't be a stage")]
#[case(|form: &mut PropertyForm| form.options.clear(), "needs an option")]
#[case(|form: &mut PropertyForm| form.options = options(&["S", "M", "s"]), "the option s twice")]
#[case(|form: &mut PropertyForm| form.options = options(&["S;M"]), "a ; in it")]
#[case(|form: &mut PropertyForm| form.kind = Kind::Number, "takes no options")]
#[case(|form: &mut PropertyForm| form.searched = true, "text only")]
fn a_form_that_cannot_be_is_refused(#[case] bend: fn(&mut PropertyForm), #[case] why: &str) {
    let world = World::new(Kept::InMemory);
    let mut form = PropertyForm { options: options(&["S", "M"]), ..PropertyForm::new("size", Kind::Option) };
    bend(&mut form);
    let refused = refusal(add(&world, form)).to_string();
    assert!(refused.contains(why), "{refused}");
}

#[rstest]
fn the_type_stays_but_for_text_that_becomes_long(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (size, note) = (of_kind(&world, "size", Kind::Number), of_kind(&world, "note", Kind::Text));
    for (id, kind) in [(size, Kind::Text), (note, Kind::Number)] {
        let refused = refusal(set(&world, (Object::CONTACT, id), Instead::Ask, |form| form.kind = kind));
        assert!(refused.to_string().contains("stays so"), "{refused}");
    }
    set(&world, (Object::CONTACT, note), Instead::Ask, |form| form.kind = Kind::LongText).unwrap();
    refusal(set(&world, (Object::CONTACT, note), Instead::Ask, |form| form.name = "other".into()));
}

#[rstest]
fn r7_1_a_deleted_property_is_nowhere_and_undo_brings_it_back_with_its_values(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let size = of_kind(&world, "size", Kind::Option);
    assert!(delete(&world, size, false).is_ok(), "nothing is asked while no record holds a value");
    let act = world.store.last_act();
    world.undo(act).unwrap();
    let jan = world.contact(&[("first_name", "Jan"), ("size", "M")]);
    let held = Held { object: Object::CONTACT, property: size, label: "Size".into(), options: Vec::new(), records: 1 };
    assert_eq!(refusal(delete(&world, size, false)), Refusal::Needs(Question::Held(held)));
    let act = delete(&world, size, true).unwrap().act;
    assert!(!has(&world, "size"));
    assert_eq!(world.store.settings().property_ever(Object::CONTACT, size).unwrap().label, "Size");
    let value = Some(Value::Option(OptionId(1)));
    let refused = refusal(world.perform(Change::Set { record: jan, values: vec![(size, value)] }));
    assert!(refused.to_string().contains("no such property"), "{refused}");
    // A change of something else leaves the hidden value where it is.
    world.set(jan, "city", "Łódź").unwrap();
    let undone = world.undo(act).unwrap().act;
    assert_eq!(world.text(jan, "size").as_deref(), Some("M"));
    world.redo(act).unwrap();
    assert!(!has(&world, "size"));
    assert_eq!(undone.0 + 1, world.store.last_act().0);
}

#[rstest]
fn r7_1_a_number_is_never_given_twice(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let first = of_kind(&world, "size", Kind::Option);
    let act = world.store.last_act();
    assert_eq!(first, Property::FIRST_CUSTOM);
    let jan = world.contact(&[("first_name", "Jan"), ("size", "M")]);
    world.undo(act).unwrap();
    assert!(!has(&world, "size"));
    let other = of_kind(&world, "size", Kind::Number);
    assert!(other > first);
    assert_eq!(world.text(jan, "size"), None);
    // The name is taken by now, and comes free again.
    let refused = refusal(world.redo(act)).to_string();
    assert!(refused.contains("size has the name"), "{refused}");
    delete(&world, other, true).unwrap();
    world.redo(act).unwrap();
    assert_eq!(world.text(jan, "size").as_deref(), Some("M"));
    assert!(of_kind(&world, "third", Kind::Text) > other);
}

#[rstest]
fn r2_12_options_are_added_renamed_reordered_and_coloured(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let lead = (Object::LEAD, is::LEAD_LABEL);
    set(&world, lead, Instead::Ask, |form| {
        form.options[0].label = "Boiling".into();
        form.options[0].tint = Tint::Red;
        form.options.swap(0, 2);
        form.options.extend(options(&["Hot"]));
    })
    .unwrap();
    let read = |world: &World| {
        let property = property(world, lead.0, lead.1);
        let told = |c: &lejek::domain::property::Choice| format!("{} {} {} {}", c.id.0, c.name, c.label, c.tint.name());
        property.choices.iter().map(told).collect::<Vec<_>>()
    };
    // The name of the renamed one stays, so the new one gets another.
    assert_eq!(read(&world), ["3 cold Cold grey", "2 warm Warm grey", "1 hot Boiling red", "4 hot_2 Hot grey"]);
    let barn = world.create(Object::LEAD, &[("name", "Barn"), ("lead_label", "Hot")]);
    assert_eq!(world.text(barn, "lead_label").as_deref(), Some("Hot"));
    assert_eq!(world.record(barn).unwrap().values.get(is::LEAD_LABEL), Some(&Value::Option(OptionId(4))));
    for (id, object) in [(is::LIFECYCLE_STAGE, Object::CONTACT), (is::CITY, Object::COMPANY)] {
        let refused = refusal(set(&world, (object, id), Instead::Ask, |form| form.options.extend(options(&["New"]))));
        assert!(refused.to_string().contains("built in"), "{refused}");
    }
    refusal(set(&world, lead, Instead::Ask, |form| form.label = "Heat".into()));
    // Undo takes the option back, but not its number, which the lead holds.
    let act = ActNo(world.store.last_act().0 - 2);
    world.undo(act).unwrap();
    assert_eq!(read(&world), ["1 hot Hot grey", "2 warm Warm grey", "3 cold Cold grey"]);
    assert_eq!(world.text(barn, "lead_label").as_deref(), Some("Hot"));
    set(&world, lead, Instead::Ask, |form| form.options.extend(options(&["Mild"]))).unwrap();
    assert_eq!(read(&world)[3], "5 mild Mild grey");
}

#[rstest]
fn r2_12_a_deleted_option_asks_what_takes_its_place(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (one, several) = (of_kind(&world, "size", Kind::Option), of_kind(&world, "sizes", Kind::Options));
    let jan = world.contact(&[("first_name", "Jan"), ("size", "M"), ("sizes", "S;M;L")]);
    set(&world, (Object::CONTACT, one), Instead::Ask, without("S")).unwrap();
    let refused = refusal(set(&world, (Object::CONTACT, one), Instead::Ask, without("M")));
    assert_eq!(refused.rule_id(), Some(Rule(2, 12)));
    assert!(refused.to_string().starts_with("1 record holds M as Size"), "{refused}");
    let m = Instead::Option(option(&world, one, "M"));
    refusal(set(&world, (Object::CONTACT, one), m, without("M")));
    let large = Instead::Option(option(&world, one, "L"));
    let act = set(&world, (Object::CONTACT, one), large, without("M")).unwrap().act;
    assert_eq!(world.text(jan, "size").as_deref(), Some("L"));
    let small = Instead::Option(option(&world, several, "S"));
    set(&world, (Object::CONTACT, several), small, without("M")).unwrap();
    assert_eq!(world.text(jan, "sizes").as_deref(), Some("S;L"));
    set(&world, (Object::CONTACT, several), Instead::Clear, without("L")).unwrap();
    assert_eq!(world.text(jan, "sizes").as_deref(), Some("S"));
    world.undo(act).unwrap();
    assert_eq!(world.text(jan, "size").as_deref(), Some("M"));
    set(&world, (Object::CONTACT, one), Instead::Ask, |form| form.required = true).unwrap();
    let refused = refusal(set(&world, (Object::CONTACT, one), Instead::Clear, without("M")));
    assert!(refused.to_string().contains("needs a value"), "{refused}");
}

#[rstest]
fn r2_11_a_deleted_reason_stays_readable(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let barn = world.create(Object::LEAD, &[("name", "Barn"), ("disqualification_reason", "No budget")]);
    let reason = (Object::LEAD, is::DISQUALIFICATION_REASON);
    set(&world, reason, Instead::Ask, without("No budget")).unwrap();
    assert_eq!(world.text(barn, "disqualification_reason").as_deref(), Some("No budget"));
    assert!(!property(&world, reason.0, reason.1).choices.iter().any(|choice| choice.label == "No budget"));
}

#[rstest]
fn r7_1_options_that_many_hold_are_replaced_in_one_act(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let size = of_kind(&world, "size", Kind::Option);
    let made: Vec<RecordId> =
        (0..450).map(|n| world.contact(&[("first_name", &format!("N{n}")), ("size", "M")])).collect();
    let before = world.store.last_act();
    let small = Instead::Option(option(&world, size, "S"));
    let act = set(&world, (Object::CONTACT, size), small, without("M")).unwrap().act;
    assert_eq!((act.0, world.store.last_act()), (before.0 + 1, act));
    assert!(made.iter().all(|id| world.text(*id, "size").as_deref() == Some("S")));
    world.undo(act).unwrap();
    assert!(made.iter().all(|id| world.text(*id, "size").as_deref() == Some("M")));
    assert_eq!(property(&world, Object::CONTACT, size).choices.len(), 3);
}

#[rstest]
fn what_becomes_required_is_asked_for_where_it_is_missing_from_now_on(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let old = world.contact(&[("first_name", "Jan")]);
    let form = PropertyForm { required: true, ..PropertyForm::new("size", Kind::Text) };
    add(&world, form).unwrap();
    world.set(old, "city", "Łódź").unwrap();
    let values = world.values(Object::CONTACT, &[("first_name", "Eva")]);
    let refused = world.refuses(Change::Create { object: Object::CONTACT, values, associate: Vec::new() });
    assert_eq!(refused.to_string(), "Size needs a value");
    world.set(old, "size", "M").unwrap();
    assert_eq!(refusal(world.set(old, "size", "")).to_string(), "Size needs a value");
}

fn found(world: &World, search: &str) -> usize {
    let query = Query { search: search.into(), ..Query::all(Object::CONTACT, Viewer::EVERYTHING) };
    world.store.page(&query, world.workspace.now(), 0, 10).unwrap().matching
}

#[rstest]
fn search_follows_what_is_searched(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    world.contact(&[("first_name", "Eva")]);
    world.store.prepare(Object::CONTACT, world.workspace.now()).unwrap();
    assert_eq!(found(&world, "eva"), 1);
    let shoe = of_kind(&world, "shoe", Kind::Text);
    let jan = world.contact(&[("first_name", "Jan"), ("shoe", "Łapeć")]);
    assert_eq!(found(&world, "lapec"), 0);
    let act = set(&world, (Object::CONTACT, shoe), Instead::Ask, |form| form.searched = true).unwrap().act;
    assert_eq!((found(&world, "lapec"), found(&world, "jan lap")), (1, 1));
    world.contact(&[("first_name", "Ola"), ("shoe", "łapeć")]);
    assert_eq!((found(&world, "lapec"), found(&world, "eva")), (2, 1));
    world.set(jan, "shoe", "but").unwrap();
    assert_eq!((found(&world, "lapec"), found(&world, "but")), (1, 1));
    world.undo(act).unwrap();
    assert_eq!(found(&world, "lapec"), 0);
    world.redo(act).unwrap();
    delete(&world, shoe, true).unwrap();
    assert_eq!((found(&world, "lapec"), found(&world, "ola")), (0, 1));
}

fn cities(world: &World, ids: &[RecordId]) -> Vec<Option<String>> {
    ids.iter().map(|id| world.text(*id, "city")).collect()
}

#[rstest]
fn r7_1_the_same_on_many_is_one_act_and_names_what_refuses(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let ola = world.add_user("Ola", |user| {
        user.permissions.insert(Object::CONTACT.0, Permissions { edit: Reach::Own, ..Permissions::ALL });
    });
    let contact = |n: usize| {
        let owner = if n % 100 == 7 { "maja@lejek.example" } else { "ola@lejek.example" };
        world.contact(&[("first_name", &format!("N{n}")), ("owner", owner), ("city", "Sopot")])
    };
    let what: Vec<RecordId> = (0..450).map(contact).collect();
    world.does(Change::Delete { what: vec![what[300].into()] });
    let values: Vec<_> = world.values(Object::CONTACT, &[("city", "Łódź")]);
    let values: Vec<_> = values.into_iter().map(|(id, value)| (id, Some(value))).collect();
    let change = Change::SetMany { what: what.clone(), values };
    let before = world.store.last_act();
    let done = world.acting_as(ola).perform_long(&change, Origin::Interface, &mut ()).unwrap();
    assert_eq!(done.act.0, before.0 + 1);
    assert_eq!(done.refs.len(), 444);
    let others = "Needs the permission to edit contacts of others. Maja Sikorska can change that.";
    assert_eq!(done.skipped.len(), 6);
    assert_eq!(done.skipped[0], format!("N7: {others}"));
    assert_eq!(done.skipped[3], "N300 is in the bin. Restore it first");
    let head = world.store.act(done.act).unwrap().unwrap();
    assert!(head.act.finished && head.last.0 - head.first.0 == 2, "{head:?}");
    world.does(Change::Restore { what: vec![what[300].into()], without: Vec::new() });
    let set = cities(&world, &what);
    assert_eq!(set.iter().filter(|city| city.as_deref() == Some("Łódź")).count(), 444);
    world.undo(done.act).unwrap();
    assert!(cities(&world, &what).iter().all(|city| city.as_deref() == Some("Sopot")));
}

#[rstest]
fn the_same_on_many_is_refused_whole_where_nobody_could_take_it(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let what = vec![world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Eva")])];
    for property in [is::CREATED_AT, is::AMOUNT] {
        world.refuses(Change::SetMany { what: what.clone(), values: vec![(property, None)] });
    }
    let size = of_kind(&world, "size", Kind::Number);
    let value = Value::Number(lejek::domain::value::Number(4.5));
    let done = world.does(Change::SetMany { what: what.clone(), values: vec![(size, Some(value))] });
    assert_eq!(done.what, "Changed Jan and 1 more");
    assert!(what.iter().all(|id| world.text(*id, "size").as_deref() == Some("4.5")));
}

#[rstest]
fn all_of_a_list_is_told_in_its_order(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let size = of_kind(&world, "size", Kind::Number);
    let made: Vec<RecordId> =
        (0..30).map(|n| world.contact(&[("first_name", "N"), ("size", &(n % 10).to_string())])).collect();
    world.contact(&[("first_name", "Other")]);
    let sort = vec![Sort { property: size, descending: true }];
    let query = Query { sort, search: "n".into(), ..Query::all(Object::CONTACT, Viewer::EVERYTHING) };
    let Reply::Ids(ids) = world.workspace.ask(&Request::Ids(query)) else { panic!("ids") };
    let ids = ids.ids();
    assert_eq!(ids.len(), 30);
    assert_eq!(&ids[..4], [made[29], made[19], made[9], made[28]]);
}
