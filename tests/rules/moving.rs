//! Moving through stages (R2.8 to R2.13): qualified with a deal, disqualified for a reason, along the board.

use crate::pipelines::{change, id, stage};
use crate::world::{Kept, World, made, noon, refusal};
use chrono::TimeDelta;
use lejek::domain::association::Tying;
use lejek::domain::change::{Change, Done, Origin, Question, Refusal, Rule};
use lejek::domain::id::{Object, RecordId, Ref};
use lejek::domain::moving::place::{self, Place};
use lejek::domain::moving::{Given, Move};
use lejek::domain::object::is;
use lejek::domain::pipeline::Group;
use lejek::domain::property::Kind;
use lejek::domain::property::form::PropertyForm;
use lejek::domain::query::{Query, Sort};
use lejek::domain::user::{Permissions, Viewer};
use lejek::domain::value::Value;
use rstest::rstest;

fn settings(key: &str, value: &str) -> Change {
    Change::Settings { values: vec![(key.into(), value.into())] }
}

fn lead(world: &World, name: &str, of: &[RecordId]) -> RecordId {
    let values = world.values(Object::LEAD, &[("name", name)]);
    let associate = of.iter().map(|id| Tying::new(*id)).collect();
    made(&world.does(Change::Create { object: Object::LEAD, values, associate }))
}

/// A move as the command line asks for it: nobody is there to be asked.
fn to(world: &World, what: &[RecordId], stage: &str) -> Move {
    let stage = id(world, what[0].object, stage);
    Move { reason: Given::Skip, deal: Given::Skip, ..Move::to(what.to_vec(), stage) }
}

fn moves(asked: Move) -> Change {
    Change::Move(Box::new(asked))
}

fn reason(world: &World, label: &str) -> Given<lejek::domain::id::OptionId> {
    let value = world.values(Object::LEAD, &[("disqualification_reason", label)]).remove(0).1;
    Given::This(value.as_option().unwrap())
}

fn stage_of(world: &World, id: RecordId) -> String {
    world.text(id, "stage").unwrap()
}

fn effects(done: &Done) -> Vec<String> {
    done.effects.iter().map(|effect| format!("{} {}", effect.rule, effect.what)).collect()
}

#[track_caller]
fn says(refusal: &Refusal, rule: (u8, u8), words: &[&str]) {
    assert_eq!(refusal.rule_id(), Some(Rule(rule.0, rule.1)), "{refusal}");
    for word in words {
        assert!(refusal.to_string().contains(word), "`{word}` is not in: {refusal}");
    }
}

/// The deals that there are.
fn deals(world: &World) -> Vec<RecordId> {
    let mut deals = Vec::new();
    world.store.each(Object::DEAL, &mut |record| deals.push(record.id)).unwrap();
    deals
}

#[rstest]
fn r2_2_a_record_moves_in_its_own_pipeline(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    change(&world, Object::LEAD, |asked| {
        let mut copy = asked.forms[0].clone();
        (copy.id, copy.name) = (None, "Partners".into());
        copy.stages.iter_mut().for_each(|stage| stage.id = None);
        copy.stages.push(stage("Signed", Group::Qualified));
        asked.forms.push(copy);
    });
    let roof = world.create(Object::LEAD, &[("name", "Roof")]);
    says(&world.refuses(moves(to(&world, &[roof], "Signed"))), (2, 2), &["Partners", "Roof is in Leads", "together"]);
    says(&refusal(world.set(roof, "stage", "Signed")), (2, 2), &["Signed is a stage of the pipeline Partners"]);
    let ticket = world.create(Object::TICKET, &[("name", "Leak")]);
    let across = Move { what: vec![ticket], ..to(&world, &[roof], "Signed") };
    says(&world.refuses(moves(across)), (2, 2), &["for leads"]);
    let values = world.values(Object::LEAD, &[("pipeline", "Partners"), ("stage", "Signed")]);
    let values = values.into_iter().map(|(id, value)| (id, Some(value))).collect();
    world.does(Change::Set { record: roof, values });
    assert_eq!((world.text(roof, "pipeline").unwrap(), stage_of(&world, roof)), ("Partners".into(), "Signed".into()));
    assert_eq!(world.does(moves(to(&world, &[roof], "Signed"))).act.0, 0, "it is there already");
}

#[rstest]
fn r2_8_a_qualified_lead_gets_a_deal_in_the_same_act(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    world.does(settings("leads.require_deal", "true"));
    let (jan, ewa, acme) =
        (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Ewa")]), world.company("Acme"));
    world.tie(jan, acme);
    let roof = lead(&world, "Roof", &[jan, ewa]);
    world.set(roof, "owner", "maja@lejek.example").unwrap();
    let Refusal::Needs(Question::Deal(asked)) =
        world.refuses(moves(Move::to(vec![roof], id(&world, Object::LEAD, "Qualified"))))
    else {
        panic!("it should have been asked")
    };
    assert!(asked.required && asked.ties.iter().map(|(_, name)| name.as_str()).eq(["Jan", "Ewa", "Acme"]), "{asked:?}");
    assert_eq!(asked.values[0], (is::NAME, Value::text("Roof")));
    assert_eq!(
        (stage_of(&world, roof), deals(&world).len()),
        ("New".to_owned(), 0),
        "cancelled half way: nothing happened"
    );
    let amount = world.values(Object::DEAL, &[("amount", "1200 EUR")]).into_iter().map(|(id, value)| (id, Some(value)));
    let asked = Move { deal: Given::This(amount.collect()), ..to(&world, &[roof], "Qualified") };
    let done = world.does(moves(asked));
    let [deal] = deals(&world)[..] else { panic!("one deal") };
    let text = |name| world.text(deal, name).unwrap();
    assert_eq!(
        (text("name"), text("amount"), text("owner")),
        ("Roof".into(), "1200.00 EUR".into(), "maja@lejek.example".into())
    );
    assert_eq!((text("pipeline"), text("stage")), ("Sales".into(), "Appointment scheduled".into()));
    let mut ties = world.ties(deal);
    ties.sort();
    assert_eq!(ties, ["Acme *", "Ewa", "Jan", "Roof"], "R2.9");
    assert!(effects(&done).contains(&"R2.8 Created the deal Roof".to_owned()), "{:?}", effects(&done));
    assert_eq!(done.effects.iter().filter(|effect| effect.rule == Rule(2, 9)).count(), 4);
    world.undo(done.act).unwrap();
    assert_eq!((stage_of(&world, roof), deals(&world).len()), ("New".to_owned(), 0), "one undo");
    // A second qualified stage brings no second deal.
    world.redo(done.act).unwrap();
    change(&world, Object::LEAD, |asked| asked.forms[0].stages.push(stage("Handed over", Group::Qualified)));
    world.does(moves(to(&world, &[roof], "Handed over")));
    assert_eq!(deals(&world).len(), 1);
}

#[rstest]
fn r2_9_the_deal_is_tied_to_the_lead_its_contacts_and_its_company(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, ewa) = (world.contact(&[("first_name", "Jan")]), world.contact(&[("first_name", "Ewa")]));
    let acme = world.company("Acme");
    for (of, ties) in
        [(vec![jan, ewa, acme], vec!["Acme *", "Ewa", "Jan", "Roof"]), (vec![acme], vec!["Acme *", "Roof"])]
    {
        let roof = lead(&world, "Roof", &of);
        let before = deals(&world);
        let asked = Move { deal: Given::This(Vec::new()), ..to(&world, &[roof], "Qualified") };
        let done = world.does(moves(asked));
        let deal = deals(&world).into_iter().find(|deal| !before.contains(deal)).unwrap();
        let mut tied = world.ties(deal);
        tied.sort();
        assert_eq!(tied, ties);
        assert!(done.effects.iter().filter(|effect| effect.rule == Rule(2, 9)).count() == ties.len());
    }
}

#[rstest]
fn r2_8_a_required_property_that_stays_empty_is_named(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    world.does(settings("leads.require_deal", "true"));
    let form = PropertyForm { required: true, ..PropertyForm::new("budget", Kind::Money) };
    world.does(Change::AddProperty { object: Object::DEAL, form: Box::new(form) });
    let (roof, wall) =
        (world.create(Object::LEAD, &[("name", "Roof")]), world.create(Object::LEAD, &[("name", "Wall")]));
    let filled = Move { deal: Given::This(Vec::new()), ..to(&world, &[roof], "Qualified") };
    let refused = world.refuses(moves(filled.clone()));
    says(&refused, (2, 8), &["Budget needs a value", "--deal budget="]);
    says(&refusal(world.set(roof, "stage", "Qualified")), (2, 8), &["Budget needs a value"]);
    assert_eq!((stage_of(&world, roof), deals(&world).len()), ("New".to_owned(), 0));
    // Of several, those that lack it stay and are listed.
    let many = world.does(moves(Move { what: vec![roof, wall], ..filled }));
    assert_eq!((many.refs.len(), many.skipped.len()), (0, 2));
    assert!(many.skipped[0].contains("Roof") && many.skipped[0].contains("Budget"), "{:?}", many.skipped);
}

#[rstest]
fn r2_8_where_no_deal_is_required_it_is_offered_and_can_be_skipped(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let roof = world.create(Object::LEAD, &[("name", "Roof")]);
    let asks = world.refuses(moves(Move::to(vec![roof], id(&world, Object::LEAD, "Qualified"))));
    assert!(matches!(&asks, Refusal::Needs(Question::Deal(asked)) if !asked.required), "{asks}");
    world.does(moves(to(&world, &[roof], "Qualified")));
    assert_eq!((stage_of(&world, roof).as_str(), deals(&world).len()), ("Qualified", 0));
    // Who may make no deals can't ask for one.
    let sales = world.add_user("Sales", |user| {
        user.permissions.insert(Object::DEAL.0, Permissions { create: false, ..Permissions::ALL });
    });
    let wall = world.create(Object::LEAD, &[("name", "Wall")]);
    let asked = moves(Move { deal: Given::This(Vec::new()), ..to(&world, &[wall], "Qualified") });
    says(&refusal(world.acting_as(sales).perform(&asked, Origin::CommandLine)), (6, 2), &["create deals"]);
    world.does(settings("leads.require_deal", "true"));
    world.acting_as(sales).perform(&asked, Origin::CommandLine).unwrap();
    assert_eq!(deals(&world).len(), 1, "what a rule does in consequence is not checked");
}

#[rstest]
fn r2_10_a_lead_is_disqualified_for_a_reason(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    world.does(settings("leads.require_reason", "true"));
    let roof = world.create(Object::LEAD, &[("name", "Roof")]);
    let bare = to(&world, &[roof], "Disqualified");
    let refused = world.refuses(moves(bare.clone()));
    says(&refused, (2, 10), &["Roof needs a reason", "--reason", "No budget"]);
    says(&refusal(world.set(roof, "stage", "Disqualified")), (2, 10), &["--reason"]);
    assert_eq!(stage_of(&world, roof), "New");
    let with = Move { reason: reason(&world, "No budget"), note: Some(" Next year ".into()), ..bare };
    let done = world.does(moves(with.clone()));
    let text = |name| world.text(roof, name);
    assert_eq!(text("disqualification_reason").unwrap(), "No budget");
    assert_eq!(text("disqualification_note").unwrap(), "Next year");
    world.undo(done.act).unwrap();
    assert_eq!(
        (stage_of(&world, roof), text("disqualification_reason"), text("disqualification_note")),
        ("New".into(), None, None)
    );
    world.redo(done.act).unwrap();
    // A lead that comes back has no reason any more.
    let back = world.does(moves(to(&world, &[roof], "Connected")));
    assert_eq!((text("disqualification_reason"), text("disqualification_note")), (None, None));
    assert_eq!(back.effects.iter().filter(|effect| effect.rule == Rule(2, 10)).count(), 2, "{:?}", effects(&back));
    says(
        &world.refuses(moves(Move { reason: with.reason, ..to(&world, &[roof], "New") })),
        (2, 10),
        &["New is no such stage"],
    );
    world.does(Change::Set {
        record: roof,
        values: set(&world, &[("stage", "Disqualified"), ("disqualification_reason", "Wrong data")]),
    });
    assert_eq!(text("disqualification_reason").unwrap(), "Wrong data");
}

fn set(world: &World, written: &[(&str, &str)]) -> Vec<(lejek::domain::id::PropertyId, Option<Value>)> {
    world.values(Object::LEAD, written).into_iter().map(|(id, value)| (id, Some(value))).collect()
}

#[rstest]
fn r2_10_one_reason_serves_several_leads(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let leads: Vec<RecordId> = (0..450).map(|n| world.create(Object::LEAD, &[("name", &format!("L{n}"))])).collect();
    let stage = id(&world, Object::LEAD, "Disqualified");
    let Refusal::Needs(Question::Reason(asked)) = world.refuses(moves(Move::to(leads.clone(), stage))) else {
        panic!("it should have been asked")
    };
    assert_eq!((asked.count, asked.required, asked.name), (450, false, None));
    assert_eq!(stage_of(&world, leads[0]), "New", "nothing happened yet");
    let done = world.does(moves(Move { reason: reason(&world, "No response"), ..Move::to(leads.clone(), stage) }));
    assert_eq!(done.what, "Moved 450 records");
    for id in [leads[0], leads[449]] {
        assert_eq!(world.text(id, "disqualification_reason").unwrap(), "No response");
    }
    world.undo(done.act).unwrap();
    assert_eq!((stage_of(&world, leads[449]), world.text(leads[449], "disqualification_reason")), ("New".into(), None));
}

#[rstest]
fn r2_10_several_leads_are_qualified_without_a_form(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    world.does(settings("leads.require_deal", "true"));
    let leads: Vec<RecordId> = (0..3).map(|n| world.create(Object::LEAD, &[("name", &format!("L{n}"))])).collect();
    world.does(moves(Move::to(leads, id(&world, Object::LEAD, "Qualified"))));
    assert_eq!(deals(&world).len(), 3);
}

#[rstest]
fn r2_11_reasons_are_edited_and_a_deleted_one_stays_readable(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let roof = world.create(Object::LEAD, &[("name", "Roof")]);
    let old = reason(&world, "No budget");
    world.does(moves(Move { reason: old.clone(), ..to(&world, &[roof], "Disqualified") }));
    let done = world.does(settings("leads.reasons", "Wrong data; Too far away;Bad timing"));
    let shown = || world.store.settings().shown("leads.reasons").unwrap();
    assert_eq!(shown(), "Wrong data;Too far away;Bad timing");
    assert_eq!(world.text(roof, "disqualification_reason").unwrap(), "No budget");
    let wall = world.create(Object::LEAD, &[("name", "Wall")]);
    says(
        &world.refuses(moves(Move { reason: old.clone(), ..to(&world, &[wall], "Disqualified") })),
        (2, 11),
        &["Too far away"],
    );
    world.does(settings("leads.reasons", "no budget;Bad timing"));
    assert_eq!(reason(&world, "no budget"), old, "one that comes back is the same");
    assert!(world.perform(settings("leads.reasons", "A;a")).is_err());
    assert!(world.perform(settings("leads.reasons", " ; ")).is_err());
    world.undo(world.store.last_act()).unwrap();
    world.undo(done.act).unwrap();
    assert!(shown().starts_with("Bad timing;No budget"), "{}", shown());
}

/// The names of the leads of a stage, as they lie on the board.
fn column(world: &World, stage: &str) -> Vec<String> {
    let sort = vec![Sort { property: is::BOARD_PLACE, descending: false }];
    let query = Query { sort, ..Query::all(Object::LEAD, Viewer::EVERYTHING) };
    world.workspace.prepare(&query).unwrap();
    let page = world.store.page(&query, world.workspace.now(), 0, 100).unwrap();
    let own = page.rows.iter().filter(|row| stage_of(world, row.record.id) == stage);
    own.map(|row| row.record.name()).collect()
}

#[rstest]
fn r2_12_cards_lie_where_they_were_put(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let leads: Vec<RecordId> = ["A", "B", "C", "D"].map(|name| world.create(Object::LEAD, &[("name", name)])).to_vec();
    assert_eq!(column(&world, "New"), ["D", "C", "B", "A"], "the newest on top");
    let between = |what: usize, above: Option<usize>, below: Option<usize>| {
        let (above, below) = (above.map(|at| leads[at]), below.map(|at| leads[at]));
        let done =
            world.does(moves(Move { place: Place::Between { above, below }, ..to(&world, &[leads[what]], "New") }));
        let logged = world.store.logged(world.store.act(done.act).unwrap().unwrap().first).unwrap().unwrap();
        assert_eq!((done.refs, logged.ops.len()), (vec![Ref::Record(leads[what])], 1), "one record is written");
        done.act
    };
    between(0, Some(3), Some(2));
    assert_eq!(column(&world, "New"), ["D", "A", "C", "B"]);
    between(1, None, Some(3));
    between(3, Some(2), None);
    assert_eq!(column(&world, "New"), ["B", "A", "C", "D"]);
    // What comes to another column lies on top of it.
    world.clock.set(noon() + TimeDelta::minutes(1));
    let done = world.does(moves(to(&world, &[leads[0], leads[2]], "Connected")));
    world.clock.set(noon() + TimeDelta::minutes(2));
    world.does(moves(to(&world, &[leads[3]], "Connected")));
    assert_eq!(column(&world, "Connected"), ["D", "A", "C"]);
    world.undo(done.act).unwrap();
    assert_eq!(
        (column(&world, "New"), column(&world, "Connected")),
        (vec!["B".into(), "A".into(), "C".into()], vec!["D".to_owned()])
    );
    let key = |at: usize| place::key(&world.record(leads[at]).unwrap());
    assert!(key(1) < key(0) && key(0) < key(2));
}

#[rstest]
fn r2_12_who_may_not_edit_a_lead_may_not_move_it(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let roof = world.create(Object::LEAD, &[("name", "Roof")]);
    let other = world.add_user("Other", |user| {
        let own = Permissions { edit: lejek::domain::user::Reach::Own, ..Permissions::ALL };
        user.permissions.insert(Object::LEAD.0, own);
    });
    let asked = moves(to(&world, &[roof], "Connected"));
    says(&refusal(world.acting_as(other).perform(&asked, Origin::CommandLine)), (6, 2), &["edit leads of others"]);
}

#[rstest]
fn r2_13_a_lead_needs_a_contact_or_a_company(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let values = world.values(Object::LEAD, &[("name", "Roof")]);
    let create = |associate| Change::Create { object: Object::LEAD, values: values.clone(), associate };
    says(&world.refuses(create(Vec::new())), (2, 13), &["contact or a company"]);
    let deal = world.create(Object::DEAL, &[("name", "Roof")]);
    says(&world.refuses(create(vec![Tying::new(deal)])), (2, 13), &["contact or a company"]);
    let acme = world.company("Acme");
    world.does(create(vec![Tying::new(acme), Tying::new(deal)]));
}

/// For random steps: to some stage, with answers or without, to some place.
pub fn some_move(
    world: &World,
    what: RecordId,
    stage: usize,
    answers: bool,
    between: Option<(Option<RecordId>, Option<RecordId>)>,
) -> Option<Change> {
    let settings = world.store.settings();
    let stages = || settings.pipelines_of(what.object).flat_map(|pipeline| &pipeline.stages);
    let stage = stages().nth(stage % stages().count().max(1))?;
    let reason = settings.reasons()?.choices.first()?.id;
    let (is_lost, is_won) = (stage.group == Group::Disqualified, stage.group == Group::Qualified);
    Some(moves(Move {
        place: between.map_or(Place::Top, |(above, below)| Place::Between { above, below }),
        reason: if answers && is_lost { Given::This(reason) } else { Given::Skip },
        deal: if answers && is_won { Given::This(Vec::new()) } else { Given::Skip },
        ..Move::to(vec![what], stage.id)
    }))
}
