//! Partners (R4.2 to R4.6, R4.13): who claimed whom, with whom deals are shared, and who is told of what leads do.

use crate::events::{acme, check, event, event_at, jan, row, taken};
use crate::world::{Kept, World, made};
use chrono::TimeDelta;
use lejek::domain::association::Tying;
use lejek::domain::change::{Change, Done};
use lejek::domain::event::EventRow;
use lejek::domain::id::{Object, RecordId, UserId};
use lejek::domain::notification::{ChannelKind, InboxAsk, InboxFilter, Notification, Topic};
use lejek::domain::registration::Registration;
use rstest::rstest;

fn setting(world: &World, key: &str, value: &str) {
    world.does(Change::Settings { values: vec![(key.into(), value.into())] });
}

/// A partner's workspace: leads are told to whoever this is.
fn partners(world: &World) -> UserId {
    let recipient = world.add_user("Rita", |_| ());
    setting(world, "general.account_type", "Partner");
    setting(world, "general.partner_account", "Lejek Łódź");
    setting(world, "partner.recipient", "rita@lejek.example");
    setting(world, "partner.lead_notifications", "true");
    recipient
}

fn register(world: &World, record: RecordId) -> Done {
    world.does(Change::Register { record, partner: "lejek lodz".into(), from: None, until: None })
}

/// What a user was told, the last one first.
fn told(world: &World, to: UserId) -> Vec<Notification> {
    let ask = InboxAsk { filter: InboxFilter::default(), from: 0, limit: 50 };
    let items = world.store.inbox(to, &ask).unwrap().items;
    items.into_iter().filter(|one| matches!(one.topic, Topic::PartnerLead | Topic::PartnerCoSelling)).collect()
}

fn count(world: &World, to: UserId) -> usize {
    told(world, to).len()
}

fn registrations(world: &World, text: &str) -> Vec<(String, String)> {
    let found = world.workspace.registrations(text, 0, 50).unwrap();
    assert_eq!(found.rows.len(), found.matching);
    found.rows.into_iter().map(|one| (one.name, one.registration.partner)).collect()
}

#[rstest]
fn r4_2_the_account_type_partner_turns_the_area_on(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (rita, jan) = (partners(&world), jan(&world));
    register(&world, jan);
    setting(&world, "general.account_type", "Standard");
    event(&world, "pricing_page_viewed", "jan@acme.pl");
    assert_eq!(count(&world, rita), 0);
    setting(&world, "general.account_type", "Partner");
    event(&world, "pricing_page_viewed", "jan@acme.pl");
    assert_eq!(count(&world, rita), 1);
}

#[rstest]
fn r4_3_an_event_of_a_registered_contact_goes_to_the_recipient_by_e_mail(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let (rita, jan) = (partners(&world), jan(&world));
    event(&world, "pricing_page_viewed", "jan@acme.pl");
    assert_eq!(count(&world, rita), 0, "nobody registered it");
    register(&world, jan);
    let id = taken(&event(&world, "pricing_page_viewed", "jan@acme.pl"));
    let one = told(&world, rita).remove(0);
    assert_eq!(
        (one.topic, one.about, one.title.as_str()),
        (Topic::PartnerLead, Some(jan.into()), "Jan Kowalski: Pricing page viewed")
    );
    assert_eq!(one.ways.iter().map(|way| way.channel).collect::<Vec<_>>(), [ChannelKind::Email], "whatever she ticked");
    assert_eq!(one.why, "Jan Kowalski is registered for lejek lodz, and you receive lead activity notifications.");
    assert!(one.body.contains("jan@acme.pl") && one.also.contains(&id.into()) && !one.todo.is_empty());
    event(&world, "page_viewed", "jan@acme.pl");
    assert_eq!(count(&world, rita), 1, "what is of no high value is told nobody");
    // Undoing what brought it takes it back.
    let done = event(&world, "demo_requested", "jan@acme.pl");
    assert_eq!((count(&world, rita), done.effects[0].rule.to_string()), (2, "R4.3".to_owned()));
    world.undo(done.act).unwrap();
    assert_eq!(count(&world, rita), 1);
    check(&world);
}

#[rstest]
fn r4_3_by_its_primary_company_or_as_a_customer_too(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (rita, jan, acme) = (partners(&world), jan(&world), acme(&world));
    register(&world, acme);
    event(&world, "sign_up", "jan@acme.pl");
    assert_eq!(count(&world, rita), 0, "it is not its company yet");
    world.tie(jan, acme);
    event(&world, "sign_up", "jan@acme.pl");
    assert_eq!(
        told(&world, rita)[0].why.split(", and").next().unwrap(),
        "Acme, the company of Jan Kowalski, is registered for lejek lodz"
    );
    event(&world, "sign_up", "acme.pl");
    assert_eq!(count(&world, rita), 1, "an event of a company is of no contact");
    world.contact(&[("first_name", "Ewa"), ("email", "ewa@x.pl"), ("lifecycle_stage", "Customer")]);
    event(&world, "sign_up", "ewa@x.pl");
    assert_eq!(told(&world, rita)[0].why.split(", and").next().unwrap(), "Ewa is a customer");
}

#[rstest]
fn r4_3_what_counts_is_the_registration_at_the_events_time(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (rita, jan) = (partners(&world), jan(&world));
    let now = world.workspace.now();
    let day = TimeDelta::days(1);
    let claim = |from, until| Change::Register { record: jan, partner: "Lejek Łódź".into(), from, until };
    world.does(claim(Some(now - day * 10), Some(now - day * 5)));
    let at = |days: i32| {
        event_at(&world, "sign_up", "jan@acme.pl", now - day * days);
        count(&world, rita)
    };
    assert_eq!([at(11), at(10), at(6), at(5), at(0)], [0, 1, 2, 2, 2], "late ones by when they were");
    world.does(claim(Some(now + TimeDelta::hours(12)), None));
    assert_eq!(at(0), 2);
    event_at(&world, "sign_up", "jan@acme.pl", now + TimeDelta::hours(13));
    assert_eq!(count(&world, rita), 3, "one from the future too");
    // What was ended held until then.
    world.clock.set(now + day);
    world.does(Change::Deregister { record: jan, partner: None });
    event_at(&world, "sign_up", "jan@acme.pl", now + TimeDelta::hours(20));
    assert_eq!(count(&world, rita), 4);
    event(&world, "sign_up", "jan@acme.pl");
    assert_eq!(count(&world, rita), 4);
    // The claim of another partner is none of ours.
    world.does(Change::Register { record: jan, partner: "Beta".into(), from: None, until: None });
    event(&world, "sign_up", "jan@acme.pl");
    assert_eq!(count(&world, rita), 4);
}

#[rstest]
fn r4_3_nobody_is_told_twice_late_or_while_it_is_off(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let rita = partners(&world);
    // One that was awaited tells nobody when it finds its contact.
    event(&world, "sign_up", "jan@acme.pl");
    let jan = jan(&world);
    register(&world, jan);
    assert_eq!(count(&world, rita), 0, "R4.1");
    let same = || world.does(Change::Events { rows: vec![row(&world, "sign_up", "jan@acme.pl", Some("e-1"))] });
    same();
    same();
    assert_eq!(count(&world, rita), 1, "the same event twice is once");
    setting(&world, "partner.lead_notifications", "false");
    event(&world, "sign_up", "jan@acme.pl");
    setting(&world, "partner.lead_notifications", "true");
    setting(&world, "partner.recipient", "none");
    event(&world, "sign_up", "jan@acme.pl");
    assert_eq!(count(&world, rita), 1, "R4.11");
    // Whoever brings the event in may be who is told of it: it is not their act.
    setting(&world, "partner.recipient", "maja@lejek.example");
    event(&world, "sign_up", "jan@acme.pl");
    assert_eq!(count(&world, world.workspace.user()), 1);
}

#[rstest]
fn r4_3_the_recipient_is_somebody_active_and_only_a_super_admin_says_who(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    world.add_user("Ola", |user| user.active = false);
    let ewa = world.add_user("Ewa", |_| ());
    let set = |value: &str| Change::Settings { values: vec![("partner.recipient".into(), value.into())] };
    assert!(world.refuses(set("ola@lejek.example")).to_string().contains("not active"));
    assert!(world.refuses(set("nobody@lejek.example")).to_string().contains("no user's e-mail"));
    world.does(set("EWA@lejek.example"));
    assert_eq!(world.store.settings().partners.recipient, Some(ewa));
    assert_eq!(world.store.settings().shown("partner.recipient").as_deref(), Some("ewa@lejek.example"));
    let by_ewa = |key: &str, value: &str| {
        let change = Change::Settings { values: vec![(key.into(), value.into())] };
        world.acting_as(ewa).perform(&change, lejek::domain::change::Origin::CommandLine).is_err()
    };
    assert!(by_ewa("partner.recipient", "none") && by_ewa("partner.lead_notifications", "true"));
    assert!(by_ewa("events.kinds", "webinar"));
}

#[rstest]
fn r4_4_registering_deregistering_and_a_list_to_search(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (jan, acme) = (jan(&world), acme(&world));
    let claim = |record, partner: &str| Change::Register { record, partner: partner.into(), from: None, until: None };
    world.does(claim(jan, "Lejek Łódź"));
    let second = world.does(claim(jan, "Beta"));
    world.does(claim(acme, "Beta"));
    let names =
        |text: &str| registrations(&world, text).into_iter().map(|(name, p)| format!("{name}/{p}")).collect::<Vec<_>>();
    assert_eq!(names(""), ["Acme/Beta", "Jan Kowalski/Lejek Łódź", "Jan Kowalski/Beta"]);
    assert_eq!(names("lodz kow"), ["Jan Kowalski/Lejek Łódź"]);
    assert_eq!(world.does(claim(jan, "BETA")).act.0, world.store.last_act().0, "its words may change");
    world.undo(world.store.last_act()).unwrap();
    world.clock.set(world.workspace.now() + TimeDelta::hours(1));
    world.does(Change::Deregister { record: jan, partner: Some("lejek lodz".into()) });
    assert_eq!(names("jan"), ["Jan Kowalski/Beta"]);
    assert!(world.undo(second.act).is_err(), "another value came since");
    world.does(Change::Delete { what: vec![acme.into()] });
    assert_eq!(names(""), ["Jan Kowalski/Beta"]);
    world.does(Change::Restore { what: vec![acme.into()], without: Vec::new() });
    let other = world.contact(&[("first_name", "Jan"), ("email", "j@b.pl")]);
    world.does(Change::Merge { into: other, from: jan, take: Vec::new() });
    assert_eq!(names(""), ["Acme/Beta", "Jan Kowalski/Beta"], "a claim goes along");
    let ended = world.record(other).unwrap().registrations();
    assert_eq!(ended.iter().filter(|one| one.until.is_some()).count(), 1, "{ended:?}");
    let again = Change::Deregister { record: acme, partner: Some("Nobody".into()) };
    assert!(world.refuses(again).to_string().contains("is not registered for Nobody"));
    assert!(world.refuses(claim(acme, " ")).to_string().contains("general.partner_account"));
    let deal = world.create(Object::DEAL, &[("name", "Roof")]);
    assert!(world.refuses(claim(deal, "Beta")).to_string().contains("neither a contact nor a company"));
    let now = world.workspace.now();
    let backwards = Change::Register { record: acme, partner: "X".into(), from: Some(now), until: Some(now) };
    assert!(world.refuses(backwards).to_string().contains("ends after it begins"));
    let history = lejek::store::history::history(world.store.as_ref(), acme.into()).unwrap();
    let new: Vec<Registration> = world.record(acme).unwrap().registrations();
    let registered = lejek::domain::answer::HistoryWhat::Registered { old: Vec::new(), new };
    assert!(history.iter().any(|entry| entry.what == registered), "{history:?}");
    check(&world);
}

/// A co-sold deal of Acme, whose owner is a growth specialist: the deal's owner, one of its team, the deal.
fn co_sold(world: &World) -> (UserId, UserId, RecordId) {
    let owner = world.add_user("Olek", |_| ());
    let team = world.add_user("Tola", |_| ());
    world.add_user("Grzesiek", |user| user.growth_specialist = true);
    let (jan, acme) = (jan(world), acme(world));
    world.tie(jan, acme);
    world.set(acme, "owner", "grzesiek@lejek.example").unwrap();
    let values = [
        ("name", "Roof"),
        ("co_sold", "yes"),
        ("owner", "olek@lejek.example"),
        ("deal_team", "tola@lejek.example;olek@lejek.example"),
        ("partners", "Lejek Łódź;Beta"),
    ];
    let values = world.values(Object::DEAL, &values);
    let deal = world.does(Change::Create { object: Object::DEAL, values, associate: vec![Tying::new(acme)] });
    (owner, team, made(&deal))
}

fn both(world: &World, (owner, team): (UserId, UserId)) -> (usize, usize) {
    event(world, "sign_up", "jan@acme.pl");
    (count(world, owner), count(world, team))
}

#[rstest]
fn r4_5_a_sign_up_goes_to_the_deals_owner_and_its_team_once_to_each(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    partners(&world);
    let (owner, team, deal) = co_sold(&world);
    assert_eq!(both(&world, (owner, team)), (1, 1));
    let one = told(&world, owner).remove(0);
    assert_eq!((one.topic, one.ways.len(), one.count), (Topic::PartnerCoSelling, 0, 1), "R4.7: nothing is ticked");
    assert_eq!(one.why, "You own Roof, a deal with Acme that is co-sold with your partner.");
    assert!(told(&world, team)[0].why.starts_with("You are in the team of Roof"));
    // A second deal of the same people tells them no second time.
    let acme = world.store.links(deal, Some(Object::COMPANY)).unwrap()[0].other;
    let values = [("name", "Wall"), ("co_sold", "yes"), ("owner", "olek@lejek.example"), ("partners", "Lejek Łódź")];
    let values = world.values(Object::DEAL, &values);
    world.does(Change::Create { object: Object::DEAL, values, associate: vec![Tying::new(acme)] });
    assert_eq!(both(&world, (owner, team)), (2, 2));
    event(&world, "demo_requested", "jan@acme.pl");
    event(&world, "sign_up", "acme.pl");
    assert_eq!((count(&world, owner), count(&world, team)), (2, 2), "only sign-ups of contacts");
    check(&world);
}

#[rstest]
fn r4_5_all_of_it_must_hold(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    partners(&world);
    let (owner, team, deal) = co_sold(&world);
    let acme = world.store.links(deal, Some(Object::COMPANY)).unwrap()[0].other;
    let mut told = 0;
    let mut holds = |change: &dyn Fn(), expected: bool| {
        change();
        let (of_owner, of_team) = both(&world, (owner, team));
        told += usize::from(expected);
        assert_eq!((of_owner, of_team), (told, told));
    };
    let set = |record, name: &'static str, text: &'static str| {
        move |world: &World| drop(world.set(record, name, text).unwrap())
    };
    let steps: [(RecordId, &'static str, &'static str, bool); 8] = [
        (deal, "co_sold", "no", false),
        (deal, "co_sold", "yes", true),
        (deal, "partners", "Beta;Lejek Łódź", false),
        (deal, "partners", "", false),
        (deal, "partners", "lejek lodz", true),
        (acme, "owner", "maja@lejek.example", false),
        (acme, "owner", "", false),
        (acme, "owner", "grzesiek@lejek.example", true),
    ];
    for (record, name, text, expected) in steps {
        holds(&|| set(record, name, text)(&world), expected);
    }
    // Whoever owns the company is a growth specialist no more.
    let settings = world.store.settings();
    let specialist = settings.user_by_email("grzesiek@lejek.example").unwrap().clone();
    let user = Box::new(lejek::domain::user::User { growth_specialist: false, ..specialist });
    let heir = lejek::domain::user::leaving::Heir::Ask;
    holds(&|| drop(world.does(Change::SetUser { user: user.clone(), heir })), false);
}

#[rstest]
fn r4_6_only_the_first_of_the_partners_that_are_left_counts(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    partners(&world);
    let (owner, team, deal) = co_sold(&world);
    let share = |partner: &str, share| world.does(Change::Share { deal, partner: partner.into(), share });
    let order = || world.text(deal, "partners").unwrap_or_default();
    assert_eq!(order(), "Lejek Łódź;Beta");
    share("lejek łódź", false);
    assert_eq!((order(), both(&world, (owner, team))), ("Beta".to_owned(), (0, 0)));
    share("Lejek Łódź", true);
    assert_eq!((order(), both(&world, (owner, team))), ("Beta;Lejek Łódź".to_owned(), (0, 0)), "the last one now");
    assert_eq!(share("BETA", true).act.0, 0, "it is shared with it already");
    share("beta", false);
    assert_eq!((order(), both(&world, (owner, team))), ("Lejek Łódź".to_owned(), (1, 1)));
    let no = Change::Share { deal, partner: "Beta".into(), share: false };
    assert!(world.refuses(no).to_string().contains("is not shared with Beta"));
    let acme = world.store.links(deal, Some(Object::COMPANY)).unwrap()[0].other;
    let no = Change::Share { deal: acme, partner: "Beta".into(), share: true };
    assert!(world.refuses(no).to_string().contains("only deals are shared"));
}

#[rstest]
fn r4_13_a_deal_is_co_sold_has_a_team_and_partners_in_order(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let (_, _, deal) = co_sold(&world);
    let said = ["co_sold", "deal_team", "partners"].map(|name| world.text(deal, name).unwrap());
    assert_eq!(said, ["yes", "tola@lejek.example;olek@lejek.example", "Lejek Łódź;Beta"]);
}

#[rstest]
fn r4_3_r4_5_a_registered_lead_on_a_co_sold_deal_tells_each_of_their_own(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let rita = partners(&world);
    let (owner, team, deal) = co_sold(&world);
    let acme = world.store.links(deal, Some(Object::COMPANY)).unwrap()[0].other;
    register(&world, acme);
    setting(&world, "partner.recipient", "olek@lejek.example");
    let rows: Vec<EventRow> = vec![row(&world, "sign_up", "jan@acme.pl", Some("s-1"))];
    world.does(Change::Events { rows: rows.clone() });
    world.does(Change::Events { rows });
    let topics: Vec<Topic> = told(&world, owner).into_iter().map(|one| one.topic).collect();
    assert_eq!(topics.len(), 2, "{topics:?}");
    assert!(topics.contains(&Topic::PartnerLead) && topics.contains(&Topic::PartnerCoSelling));
    assert_eq!((count(&world, team), count(&world, rita)), (1, 0));
}
