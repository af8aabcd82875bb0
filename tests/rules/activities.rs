//! Where activities go when they are logged (R3.1 to R3.11, R3.14), through both stores.

use crate::world::{Kept, World, made};
use lejek::domain::activity::{Activity, ActivityKind, Details, Direction, LoggedFrom};
use lejek::domain::association::{Labelling, Tying};
use lejek::domain::change::{Change, Done};
use lejek::domain::id::{ActivityId, Object, RecordId, Ref};
use lejek::domain::logging::Logging;
use lejek::domain::object::custom::ObjectForm;
use rstest::rstest;

/// A contact with a company and deals, a second contact, a ticket, a lead, all tied to each other as in a real sale.
struct Sale {
    world: World,
    jan: RecordId,
    ewa: RecordId,
    acme: RecordId,
    deal: RecordId,
    ticket: RecordId,
    lead: RecordId,
}

fn sale(kept: Kept) -> Sale {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan"), ("email", "jan@acme.example"), ("phone", "+48 600 100 200")]);
    let ewa = world.contact(&[("first_name", "Ewa"), ("email", "ewa@acme.example")]);
    let acme = world.company("Acme");
    let deal = world.create(Object::DEAL, &[("name", "Deal")]);
    let ticket = world.create(Object::TICKET, &[("name", "Ticket")]);
    for other in [jan, ewa, deal, ticket] {
        world.tie(other, acme);
    }
    world.tie(jan, deal);
    let values = world.values(Object::LEAD, &[("name", "Lead")]);
    let associate = vec![Tying::new(jan)];
    let lead = made(&world.does(Change::Create { object: Object::LEAD, values, associate }));
    Sale { world, jan, ewa, acme, deal, ticket, lead }
}

fn logging(kind: ActivityKind, on: RecordId, from: LoggedFrom) -> Logging {
    let mut details = Details::empty(kind, Direction::Out, None);
    if let Details::Email { to, .. } | Details::Message { to, .. } = &mut details {
        to.push("ewa@acme.example".to_owned());
    }
    Logging {
        kind,
        on,
        from,
        at: None,
        subject: "Hello".to_owned(),
        text: String::new(),
        details,
        with: Vec::new(),
        conversation: Vec::new(),
        also: Vec::new(),
        except: Vec::new(),
    }
}

fn reply(mut mail: Logging, id: &str) -> Logging {
    if let Details::Email { thread, .. } = &mut mail.details {
        *thread = Some(id.to_owned());
    }
    mail
}

impl Sale {
    fn later(&self, minutes: i64) {
        self.world.clock.set(self.world.workspace.now() + chrono::Duration::minutes(minutes));
    }

    fn log(&self, asked: Logging) -> Activity {
        let done = self.done(asked);
        self.logged(&done)
    }

    fn done(&self, asked: Logging) -> Done {
        self.world.does(Change::log(asked))
    }

    fn logged(&self, done: &Done) -> Activity {
        let [Ref::Activity(id)] = done.refs.as_slice() else { panic!("{done:?}") };
        self.activity(*id).unwrap()
    }

    fn activity(&self, id: ActivityId) -> Option<Activity> {
        self.world.store.activity(id).unwrap()
    }

    /// `Jan: logged here, Acme: primary company`.
    fn goes_to(&self, activity: &Activity) -> String {
        let name = |id: RecordId| self.world.record(id).unwrap().name();
        let mut said: Vec<String> =
            activity.targets.iter().map(|t| format!("{}: {}", name(t.record), t.why.sentence())).collect();
        said.sort();
        said.join(", ")
    }
}

/// First logged on, type, source: goes to besides. A star is every type, or every source, that no later row names.
/// `R` is the contacts e-mailed or called, here Ewa; `C` the primary company, `D` the open deals, `P` the primary
/// contact, `T` the records of the thread's first e-mail, `V` those of the conversation.
const MATRIX: &[(&str, &str, &str, &str)] = &[
    ("company", "*", "*", "D"),
    ("company", "email", "*", "D R"),
    ("contact", "*", "*", "C D"),
    ("contact", "email", "*", "C D R"),
    ("deal", "*", "*", "C D"),
    ("deal", "email", "*", "C D R"),
    ("ticket", "*", "*", "C"),
    ("ticket", "email", "*", "C R"),
    ("lead", "*", "*", "P C D"),
    ("lead", "email", "*", "P C D R"),
    ("project", "*", "*", ""),
    ("project", "email", "*", "R"),
    ("contact", "email", "mobile", "R"),
    ("contact", "email", "conversations_inbox", "R V"),
    ("contact", "whatsapp", "conversations_inbox", "R V"),
    ("contact", "task", "mail_extension", ""),
    ("contact", "task", "sequence", ""),
];

fn wanted(on: &str, kind: &str, from: &str) -> &'static str {
    let fits = |said: &str, is: &str| said == "*" || said == is;
    let mut rows = MATRIX.iter().filter(|(o, k, f, _)| fits(o, on) && fits(k, kind) && fits(f, from));
    rows.next_back().unwrap().3
}

#[rstest]
fn r3_4_to_r3_11_the_whole_matrix(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let sale = sale(kept);
    // A further deal ties the deal itself to one, and a conversation has a record that nothing else leads to.
    let second = sale.world.create(Object::DEAL, &[("name", "Second")]);
    let talk = sale.world.create(Object::TICKET, &[("name", "Talk")]);
    sale.world.tie(sale.deal, second);
    sale.world.tie(sale.acme, second);
    sale.world.tie(sale.jan, second);
    sale.world.does(Change::AddObject { form: Box::new(ObjectForm::new("Project", "Projects")) });
    let project = sale.world.create(Object::FIRST_CUSTOM, &[("name", "House")]);
    for other in [sale.jan, sale.acme, sale.deal, second] {
        sale.world.tie(project, other);
    }
    let (mut cases, mut wrong) = (0, Vec::new());
    let objects = [
        ("company", sale.acme, "Deal Second"),
        ("contact", sale.jan, "Deal Second"),
        ("deal", sale.deal, "Second"),
        ("ticket", sale.ticket, ""),
        ("lead", sale.lead, "Deal Second"),
        ("project", project, ""),
    ];
    for (object, on, deals) in objects {
        for kind in ActivityKind::rows() {
            for (from, source, _) in LoggedFrom::ROWS {
                let mut asked = logging(kind.kind, on, *from);
                asked.conversation.push(talk);
                if kind.name == "whatsapp" {
                    asked.with.push("ewa@acme.example".to_owned());
                }
                let aims = sale.world.workspace.aims(&asked).unwrap();
                let mut names: Vec<String> =
                    aims.records.iter().map(|a| sale.world.record(a.record).unwrap().name()).collect();
                names.sort();
                let mut expected: Vec<&str> = Vec::new();
                for letter in wanted(object, kind.name, source).split_whitespace() {
                    expected.extend(match letter {
                        "C" => vec!["Acme"],
                        "D" => deals.split_whitespace().collect(),
                        "P" => vec!["Jan"],
                        "R" => vec!["Ewa"],
                        "V" => vec!["Talk"],
                        _ => unreachable!(),
                    });
                }
                expected.sort_unstable();
                if names != expected {
                    wrong.push(format!("{} on a {object} from {source}: {names:?}, not {expected:?}", kind.name));
                }
                cases += 1;
            }
        }
    }
    assert_eq!(cases, 6 * 9 * 8);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[rstest]
fn r3_4_every_target_says_why_and_r3_14_some_are_taken_off(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let sale = sale(kept);
    let call = sale.log(logging(ActivityKind::Call, sale.jan, LoggedFrom::RecordPage));
    assert_eq!(sale.goes_to(&call), "Acme: primary company, Deal: open deal 1 of 1, Jan: logged here");
    let asked = Logging {
        also: vec![sale.ticket, sale.acme],
        except: vec![sale.deal],
        ..logging(ActivityKind::Call, sale.jan, LoggedFrom::RecordPage)
    };
    let done = sale.done(asked);
    let call = sale.logged(&done);
    assert_eq!(sale.goes_to(&call), "Acme: primary company, Jan: logged here, Ticket: asked for");
    assert_eq!(done.effects.len(), 1, "only what a rule did: {:?}", done.effects);
    sale.world.undo(done.act).unwrap();
    assert_eq!(sale.activity(call.id), None, "one undo takes the whole back");
    assert!(sale.world.store.entries(sale.acme).unwrap().iter().all(|entry| entry.id != call.id));
}

#[rstest]
fn r3_4_five_open_deals_the_ones_associated_last(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let sale = sale(kept);
    let deals: Vec<RecordId> = (0..8).map(|n| sale.world.create(Object::DEAL, &[("name", &format!("D{n}"))])).collect();
    // Not in the order in which they were made (R3.5).
    for place in [3, 0, 7, 1, 6, 2, 5, 4] {
        sale.later(1);
        sale.world.tie(sale.jan, deals[place]);
    }
    sale.world.set(deals[6], "stage", "Closed won").unwrap();
    sale.world.set(deals[5], "stage", "Closed lost").unwrap();
    let note = sale.log(logging(ActivityKind::Note, sale.jan, LoggedFrom::RecordPage));
    let said = sale.goes_to(&note);
    assert_eq!(
        said,
        "Acme: primary company, D0: open deal 5 of 5, D1: open deal 3 of 5, D2: open deal 2 of 5, \
         D4: open deal 1 of 5, D7: open deal 4 of 5, Jan: logged here"
    );
    // One closes in between: the sixth moves up.
    sale.world.set(deals[4], "stage", "Closed won").unwrap();
    let note = sale.log(logging(ActivityKind::Note, sale.jan, LoggedFrom::RecordPage));
    assert!(sale.goes_to(&note).contains("D3: open deal 5 of 5"));
}

#[rstest]
fn r3_5_undo_and_a_label_keep_the_time_of_an_association(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let sale = sale(kept);
    let late = sale.world.create(Object::DEAL, &[("name", "Late")]);
    sale.later(5);
    sale.world.tie(sale.jan, late);
    let gone = sale.world.does(Change::dissociate(sale.jan, sale.deal));
    sale.later(5);
    sale.world.undo(gone.act).unwrap();
    let note = sale.log(logging(ActivityKind::Note, sale.jan, LoggedFrom::RecordPage));
    let said = sale.goes_to(&note);
    assert!(said.contains("Late: open deal 1 of 2") && said.contains("Deal: open deal 2 of 2"), "{said}");
}

#[rstest]
fn r3_5_restore_and_a_label_keep_the_time_of_an_association(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let sale = sale(kept);
    let late = sale.world.create(Object::DEAL, &[("name", "Late")]);
    sale.later(5);
    sale.world.tie(sale.jan, late);
    sale.world.does(Change::Delete { what: vec![sale.deal.into()] });
    sale.later(5);
    sale.world.does(Change::Restore { what: vec![sale.deal.into()], without: Vec::new() });
    let first = || {
        let note = sale.log(logging(ActivityKind::Note, sale.jan, LoggedFrom::RecordPage));
        sale.goes_to(&note)
    };
    assert!(first().contains("Late: open deal 1 of 2"), "{}", first());
    let (from, to, inverse) = (Object::CONTACT, Object::DEAL, None);
    sale.world.does(Change::AddLabel { from, to, name: "Decides".to_owned(), inverse });
    let label = sale.world.store.settings().label_called(from, to, "Decides").unwrap();
    sale.later(5);
    let tying = Tying { labels: Labelling::Add(vec![label]), ..Tying::new(sale.deal) };
    sale.world.does(Change::Associate { one: sale.jan, ties: vec![tying], off: Vec::new() });
    assert!(first().contains("Late: open deal 1 of 2"), "{}", first());
}

#[rstest]
fn r3_5_of_ties_of_one_commit_the_later_one_is_the_latest(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let sale = sale(kept);
    sale.later(5);
    let deals = ["A", "B"].map(|name| sale.world.create(Object::DEAL, &[("name", name)]));
    let ties = vec![Tying::new(deals[1]), Tying::new(deals[0])];
    sale.world.does(Change::Associate { one: sale.jan, ties, off: Vec::new() });
    let note = sale.log(logging(ActivityKind::Note, sale.jan, LoggedFrom::RecordPage));
    let said = sale.goes_to(&note);
    assert!(said.contains("A: open deal 1 of 3, ") && said.contains("B: open deal 2 of 3"), "{said}");
}

#[rstest]
fn r3_4_without_a_primary_company_there_is_none_to_go_to(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let sale = sale(kept);
    let lone = sale.world.contact(&[("first_name", "Ola")]);
    let call = sale.log(logging(ActivityKind::Call, lone, LoggedFrom::RecordPage));
    assert_eq!(sale.goes_to(&call), "Ola: logged here");
    let values = sale.world.values(Object::LEAD, &[("name", "Firm")]);
    let firm = Change::Create { object: Object::LEAD, values, associate: vec![Tying::new(sale.acme)] };
    let firm = made(&sale.world.does(firm));
    // A lead without a contact has the deals of its company.
    let call = sale.log(logging(ActivityKind::Call, firm, LoggedFrom::RecordPage));
    assert_eq!(sale.goes_to(&call), "Acme: primary company, Deal: open deal 1 of 1, Firm: logged here");
}

#[rstest]
fn r3_6_who_was_e_mailed_or_called_gets_it_too(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let sale = sale(kept);
    let mut call = logging(ActivityKind::Call, sale.ticket, LoggedFrom::RecordPage);
    call.with = vec!["600 100 200".to_owned(), "+48 999 999 999".to_owned()];
    let done = sale.done(call);
    assert_eq!(sale.goes_to(&sale.logged(&done)), "Acme: primary company, Jan: called, Ticket: logged here");
    assert_eq!(done.skipped.len(), 1, "{:?}", done.skipped);
    assert!(done.skipped[0].contains("+48 999 999 999") && done.skipped[0].contains("lejek new contact"));
    let mut mail = logging(ActivityKind::Email, sale.ticket, LoggedFrom::RecordPage);
    mail.with = vec!["EWA@acme.example".to_owned(), "maja@lejek.example".to_owned()];
    let mail = sale.done(mail);
    assert_eq!(sale.goes_to(&sale.logged(&mail)), "Acme: primary company, Ewa: e-mailed, Ticket: logged here");
    assert!(mail.skipped.is_empty(), "a user's own address is nobody to be made: {:?}", mail.skipped);
}

#[rstest]
fn r3_7_a_reply_goes_where_the_threads_first_e_mail_is_now(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let sale = sale(kept);
    let first = sale.log(reply(logging(ActivityKind::Email, sale.jan, LoggedFrom::RecordPage), "t1"));
    assert_eq!(sale.goes_to(&first), "Acme: primary company, Deal: open deal 1 of 1, Ewa: e-mailed, Jan: logged here");
    let second = sale.world.create(Object::DEAL, &[("name", "Second")]);
    sale.world.tie(sale.ewa, second);
    let again = sale.log(reply(logging(ActivityKind::Email, sale.ewa, LoggedFrom::RecordPage), "t1"));
    let same = "same as the thread's first e-mail";
    assert_eq!(sale.goes_to(&again), format!("Acme: {same}, Deal: {same}, Ewa: logged here, Jan: {same}"));
    // On other objects R3.4 holds (Scope).
    let on_ticket = sale.log(reply(logging(ActivityKind::Email, sale.ticket, LoggedFrom::RecordPage), "t1"));
    assert_eq!(sale.goes_to(&on_ticket), "Acme: primary company, Ewa: e-mailed, Ticket: logged here");
    // An earlier e-mail that is logged later is the first by its time.
    let mut earlier = reply(logging(ActivityKind::Email, sale.ticket, LoggedFrom::RecordPage), "t1");
    earlier.at = Some(crate::world::noon() - chrono::Duration::days(3));
    sale.log(earlier);
    let third = sale.log(reply(logging(ActivityKind::Email, sale.ewa, LoggedFrom::RecordPage), "t1"));
    assert_eq!(sale.goes_to(&third), format!("Acme: {same}, Ewa: logged here, Ticket: {same}"));
    // What is in the bin is no part of its thread.
    let other = sale.log(reply(logging(ActivityKind::Email, sale.jan, LoggedFrom::RecordPage), "t2"));
    sale.world.does(Change::Delete { what: vec![other.id.into()] });
    let alone = sale.log(reply(logging(ActivityKind::Email, sale.ewa, LoggedFrom::RecordPage), "t2"));
    assert!(sale.goes_to(&alone).contains("Second: open deal 1 of 1"), "{}", sale.goes_to(&alone));
}

#[rstest]
fn r3_8_from_mobile_a_reply_goes_to_whom_it_was_sent_only(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let sale = sale(kept);
    sale.log(reply(logging(ActivityKind::Email, sale.jan, LoggedFrom::RecordPage), "t1"));
    let mobile = sale.log(reply(logging(ActivityKind::Email, sale.jan, LoggedFrom::Mobile), "t1"));
    assert_eq!(sale.goes_to(&mobile), "Ewa: written to, Jan: logged here".replace("written to", "e-mailed"));
}

#[rstest]
fn r3_3_command_line_import_and_integration_associate_like_a_record_page(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let sale = sale(kept);
    let aims = |from| sale.world.workspace.aims(&logging(ActivityKind::Email, sale.jan, from)).unwrap();
    for from in [LoggedFrom::CommandLine, LoggedFrom::Import, LoggedFrom::Integration] {
        assert_eq!(aims(from), aims(LoggedFrom::RecordPage), "{from:?}");
    }
    let call = sale.log(logging(ActivityKind::Call, sale.jan, LoggedFrom::Integration));
    assert_eq!(call.logged_from, LoggedFrom::Integration);
}

#[rstest]
fn r3_9_from_the_inbox_it_goes_to_whom_it_was_sent_and_the_conversation(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let sale = sale(kept);
    for kind in [ActivityKind::Email, ActivityKind::WhatsApp] {
        let mut asked = logging(kind, sale.jan, LoggedFrom::ConversationsInbox);
        asked.conversation.push(sale.ticket);
        let said = sale.goes_to(&sale.log(asked));
        let sent = if kind == ActivityKind::Email { "e-mailed" } else { "written to" };
        assert_eq!(said, format!("Ewa: {sent}, Jan: logged here, Ticket: of the conversation"));
    }
}

#[rstest]
fn r3_10_a_task_of_the_mail_extension_stays_with_the_contact(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    only_tasks_stay(kept, LoggedFrom::MailExtension);
}

#[rstest]
fn r3_11_a_task_of_a_sequence_stays_with_the_contact(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    only_tasks_stay(kept, LoggedFrom::Sequence);
}

fn only_tasks_stay(kept: Kept, from: LoggedFrom) {
    let sale = sale(kept);
    assert_eq!(sale.goes_to(&sale.log(logging(ActivityKind::Task, sale.jan, from))), "Jan: logged here");
    let call = sale.log(logging(ActivityKind::Call, sale.jan, from));
    assert_eq!(sale.goes_to(&call), "Acme: primary company, Deal: open deal 1 of 1, Jan: logged here");
}

#[rstest]
fn r3_12_past_activities_stay_with_the_former_company(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let sale = sale(kept);
    let before = sale.log(logging(ActivityKind::Note, sale.jan, LoggedFrom::RecordPage));
    let new = sale.world.company("New");
    let tying = lejek::domain::association::Tying { replace: true, ..lejek::domain::association::Tying::new(new) };
    sale.world.does(Change::Associate { one: sale.jan, ties: vec![tying], off: Vec::new() });
    assert!(sale.goes_to(&sale.activity(before.id).unwrap()).contains("Acme: primary company"));
    let after = sale.log(logging(ActivityKind::Note, sale.jan, LoggedFrom::RecordPage));
    assert!(sale.goes_to(&after).contains("New: primary company") && !sale.goes_to(&after).contains("Acme"));
}

#[rstest]
fn r3_1_what_cannot_be_is_refused_and_nothing_is_logged(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let sale = sale(kept);
    let mut meeting = logging(ActivityKind::Meeting, sale.jan, LoggedFrom::RecordPage);
    if let Details::Meeting { end, .. } = &mut meeting.details {
        *end = Some(crate::world::noon() - chrono::Duration::hours(1));
    }
    let mut wrong = logging(ActivityKind::Call, sale.jan, LoggedFrom::RecordPage);
    wrong.details = Details::Note;
    let mut crowd = logging(ActivityKind::Email, sale.jan, LoggedFrom::RecordPage);
    crowd.with = (0..10_000).map(|n| format!("p{n}@acme.example")).collect();
    let own = Logging { except: vec![sale.jan], ..logging(ActivityKind::Call, sale.jan, LoggedFrom::RecordPage) };
    for (asked, sentence) in [(meeting, "ends before"), (wrong, "fields"), (crowd, "at most"), (own, "stays there")] {
        let refused = sale.world.refuses(Change::log(asked));
        assert!(refused.to_string().contains(sentence), "{refused}");
    }
    assert!(sale.world.store.entries(sale.jan).unwrap().is_empty());
}
