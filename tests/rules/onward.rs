//! Leads that move on by what happens with them (R2.16).

use crate::lead_sync::{call, effects, lead, logged, settings};
use crate::world::{Kept, World};
use chrono::TimeDelta;
use lejek::domain::activity::{
    ActivityEdit, ActivityKind, CallOutcome, Details, Direction, LoggedFrom, MeetingOutcome,
};
use lejek::domain::agenda::Tending;
use lejek::domain::change::{Change, Origin};
use lejek::domain::id::{Object, RecordId};
use lejek::domain::logging::Logging;
use rstest::rstest;

const MAJA: &str = "maja@lejek.example";

struct Sale {
    world: World,
    jan: RecordId,
    roof: RecordId,
}

fn sale(kept: Kept) -> Sale {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan")]);
    let roof = lead(&world, "Roof", &[jan]);
    world.set(roof, "owner", MAJA).unwrap();
    world.does(settings("leads.stage_automation", "Leads=Attempting>Connected"));
    Sale { world, jan, roof }
}

impl Sale {
    fn stage(&self) -> String {
        self.world.text(self.roof, "stage").unwrap()
    }

    fn put(&self, stage: &str) {
        self.world.set(self.roof, "stage", stage).unwrap();
    }
}

fn of(kind: ActivityKind, on: RecordId, direction: Direction) -> Logging {
    Logging::new(kind, on, LoggedFrom::RecordPage, Details::empty(kind, direction, None))
}

fn connected(on: RecordId) -> Logging {
    let details = Details::Call { direction: Direction::In, outcome: Some(CallOutcome::Connected), duration: None };
    Logging { details, ..call(on) }
}

#[rstest]
#[case(ActivityKind::Call)]
#[case(ActivityKind::Email)]
#[case(ActivityKind::LinkedIn)]
#[case(ActivityKind::Sms)]
fn r2_16_the_owners_first_outreach_moves_the_lead(
    #[case] kind: ActivityKind,
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
    #[values(true, false)] on_lead: bool,
) {
    let sale = sale(kept);
    let done = sale.world.does(Change::log(of(kind, if on_lead { sale.roof } else { sale.jan }, Direction::Out)));
    assert_eq!(sale.stage(), "Attempting");
    assert!(effects(&done).contains(&"R2.16 the lead's owner reached out to it".to_owned()), "{:?}", effects(&done));
    assert_eq!(done.effects.iter().filter(|effect| effect.rule.to_string() == "R2.16").count(), 1);
    sale.world.does(Change::log(of(kind, sale.jan, Direction::Out)));
    assert_eq!(sale.stage(), "Attempting", "the first one only");
    assert_ne!(sale.world.text(sale.roof, "stage_entered"), None);
}

#[rstest]
fn r2_16_what_is_no_outreach_of_the_owner_moves_nothing(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let Sale { world, jan, roof } = sale(kept);
    let ola = world.acting_as(world.add_user("Ola", |_| {}));
    ola.perform(&Change::log(of(ActivityKind::Email, jan, Direction::Out)), Origin::CommandLine).unwrap();
    let ewa = world.contact(&[("first_name", "Ewa")]);
    world.tie(roof, ewa);
    world.does(Change::log(call(ewa)));
    world.does(Change::log(of(ActivityKind::Note, jan, Direction::Out)));
    world.does(Change::log(of(ActivityKind::Task, jan, Direction::Out)));
    world.does(Change::log(of(ActivityKind::Meeting, roof, Direction::Out)));
    assert_eq!(world.text(roof, "stage").unwrap(), "New", "not the owner's, not the primary contact, no outreach");
    world.set(roof, "stage", "Disqualified").unwrap();
    world.does(Change::log(connected(jan)));
    assert_eq!(world.text(roof, "stage").unwrap(), "Disqualified", "a closed lead stays closed");
}

#[rstest]
fn r2_16_an_answer_moves_the_lead_to_the_second_stage(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let sale = sale(kept);
    sale.world.does(Change::log(of(ActivityKind::Email, sale.jan, Direction::In)));
    assert_eq!(sale.stage(), "New", "a mail to which nobody wrote before is no reply");
    sale.world.clock.set(sale.world.workspace.now() + TimeDelta::minutes(1));
    sale.world.does(Change::log(of(ActivityKind::Email, sale.jan, Direction::Out)));
    let replied = sale.world.does(Change::log(of(ActivityKind::Email, sale.jan, Direction::In)));
    assert_eq!((sale.stage().as_str(), effects(&replied)), ("Connected", vec!["R2.16 the lead replied".to_owned()]));
    sale.world.undo(replied.act).unwrap();
    assert_eq!(sale.stage(), "Attempting");
    sale.world.does(Change::log(connected(sale.roof)));
    assert_eq!(sale.stage(), "Connected");
    sale.put("New");
    sale.world.does(Change::log(connected(sale.jan)));
    assert_eq!(sale.stage(), "Connected", "from wherever before it");
}

#[rstest]
fn r2_16_it_never_moves_back(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let sale = sale(kept);
    sale.put("Connected");
    sale.world.does(Change::log(call(sale.jan)));
    sale.world.does(Change::log(connected(sale.jan)));
    assert_eq!(sale.stage(), "Connected");
    sale.world.does(settings("leads.stage_automation", "off"));
    sale.put("New");
    sale.world.does(Change::log(call(sale.jan)));
    assert_eq!(sale.stage(), "New", "off");
}

#[rstest]
fn r2_16_what_turns_out_later_counts(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let sale = sale(kept);
    let meeting = logged(&sale.world.does(Change::log(of(ActivityKind::Meeting, sale.jan, Direction::Out))));
    assert_eq!(sale.stage(), "New");
    sale.world.does(Change::Tend { what: vec![meeting], how: Tending::Outcome(MeetingOutcome::NoShow) });
    assert_eq!(sale.stage(), "New");
    sale.world.does(Change::Tend { what: vec![meeting], how: Tending::Outcome(MeetingOutcome::Completed) });
    assert_eq!(sale.stage(), "Connected", "a held meeting");
    sale.put("New");
    let edit = ActivityEdit { subject: Some("About the roof".into()), ..ActivityEdit::default() };
    let amend = |edit: ActivityEdit, attach| {
        sale.world.does(Change::Amend { activity: meeting, edit: Box::new(edit), attach, detach: Vec::new() })
    };
    amend(edit, Vec::new());
    assert_eq!(sale.stage(), "New", "its subject says nothing new");
    amend(ActivityEdit::default(), vec![sale.roof]);
    assert_eq!(sale.stage(), "Connected", "the lead's own by hand");
}

/// An activity that comes to a lead by R1.10 moves it once, by the lead or by its contact.
#[rstest]
fn r2_16_goes_with_activities_that_come_along(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let sale = sale(kept);
    sale.world.does(settings("leads.sync_activities", "true"));
    let done = sale.world.does(Change::log(call(sale.jan)));
    let rules: Vec<String> = done.effects.iter().map(|effect| effect.rule.to_string()).collect();
    assert_eq!(rules, ["R1.10", "R2.16"]);
    sale.world.undo(done.act).unwrap();
    assert_eq!((sale.stage().as_str(), sale.world.store.entries(sale.roof).unwrap().len()), ("New", 0));
}

#[rstest]
fn r2_14_what_the_form_insists_on_is_needed_by_all_ways(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let Sale { world, jan, .. } = sale(kept);
    world.does(settings("leads.create_form", "name;lead_label*;stage*;owner"));
    let create = |written: &[(&str, &str)]| Change::Create {
        object: Object::LEAD,
        values: world.values(Object::LEAD, written),
        associate: vec![lejek::domain::association::Tying::new(jan)],
    };
    let no = world.refuses(create(&[("name", "Wall")]));
    assert_eq!(no.to_string(), "Label is needed: the form of new leads asks for it");
    world.does(create(&[("name", "Wall"), ("lead_label", "Hot")]));
}
