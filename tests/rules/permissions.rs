//! Who may do what (R6).

use crate::world::{Kept, World, refusal};
use lejek::domain::change::{Change, Origin, Refusal, Rule};
use lejek::domain::graph::Key;
use lejek::domain::id::{Object, RecordId, Ref};
use lejek::domain::query::Query;
use lejek::domain::query::parse::filter as parse;
use lejek::domain::user::leaving::Heir;
use lejek::domain::user::{Permissions, Reach, Viewer};
use lejek::domain::value::Reading;
use lejek::workspace::Workspace;
use lejek::workspace::request::{Reply, Request};
use rstest::rstest;

fn perform(as_user: &Workspace, change: Change) -> Result<lejek::domain::change::Done, lejek::workspace::Failure> {
    as_user.perform(&change, Origin::CommandLine)
}

fn rename(world: &World, id: RecordId) -> Change {
    let (property, value) = world.values(id.object, &[("city", "Łódź")]).remove(0);
    Change::Set { record: id, values: vec![(property, Some(value))] }
}

#[rstest]
fn r6_1_permissions_reach_as_far_as_they_say(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let mate = world.add_user("Ola", |user| user.team = Some("North".into()));
    let unowned = world.contact(&[("first_name", "Nobody's")]);
    let of_mate = world.contact(&[("first_name", "Ola's"), ("owner", "ola@lejek.example")]);
    for (name, reach, may_mate, may_unowned) in [
        ("A", Reach::All, true, true),
        ("B", Reach::Team, true, false),
        ("C", Reach::Own, false, false),
        ("D", Reach::None, false, false),
    ] {
        let user = world.add_user(name, |user| {
            user.team = Some("North".into());
            user.permissions.insert(Object::CONTACT.0, Permissions { edit: reach, ..Permissions::ALL });
        });
        let acting = world.acting_as(user);
        let own = world.contact(&[("first_name", "Own"), ("owner", &format!("{}@lejek.example", name.to_lowercase()))]);
        let may = |id| perform(&acting, rename(&world, id)).is_ok();
        assert_eq!(may(of_mate), may_mate, "{name} on a team mate's");
        assert_eq!(may(unowned), may_unowned, "{name} on nobody's");
        assert_eq!(may(own), reach != Reach::None, "{name} on their own");
        world.set(of_mate, "city", "").unwrap();
        world.set(unowned, "city", "").unwrap();
    }
    assert_eq!(world.store.settings().user(mate).unwrap().name, "Ola");
}

#[rstest]
fn r6_2_a_refusal_names_who_can_help(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let user = world.add_user("Ola", |user| {
        user.permissions
            .insert(Object::CONTACT.0, Permissions { create: false, delete: Reach::Own, ..Permissions::ALL });
    });
    let acting = world.acting_as(user);
    let jan = world.contact(&[("first_name", "Jan")]);
    let values = world.values(Object::CONTACT, &[("first_name", "Eva")]);
    let create = Change::Create { object: Object::CONTACT, values, associate: Vec::new() };
    for change in [create, Change::Delete { what: vec![Ref::Record(jan)] }] {
        let refused = refusal(perform(&acting, change));
        assert_eq!(refused.rule_id(), Some(Rule(6, 2)));
        assert!(refused.to_string().contains("Maja Sikorska can change that"), "{refused}");
    }
    let settings =
        refusal(perform(&acting, Change::Settings { values: vec![("general.currency".into(), "PLN".into())] }));
    assert_eq!(settings.rule_id(), Some(Rule(6, 2)));
}

#[rstest]
fn r6_3_the_first_user_is_super_admin(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let settings = world.store.settings();
    let first = settings.users.first().unwrap();
    assert!(first.super_admin && first.active && first.email == "maja@lejek.example");
    let demoted = lejek::domain::user::User { super_admin: false, ..first.clone() };
    let refused = world.refuses(Change::SetUser { user: Box::new(demoted), heir: Heir::Ask });
    assert!(refused.to_string().contains("must stay Super Admin"));
}

#[rstest]
fn r6_4_what_one_may_not_view_is_absent(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let user = world.add_user("Ola", |user| {
        user.permissions.insert(Object::CONTACT.0, Permissions { view: Reach::Own, ..Permissions::ALL });
    });
    let hidden = world.contact(&[("first_name", "Hidden")]);
    let own = world.contact(&[("first_name", "Own"), ("owner", "ola@lejek.example")]);
    let acme = world.company("Acme");
    world.tie(hidden, acme);
    world.tie(own, acme);
    let acting = world.acting_as(user);
    let viewer = acting.viewer();
    world.store.prepare(Object::CONTACT, acting.now()).unwrap();
    let page = world.store.page(&Query::all(Object::CONTACT, viewer.clone()), acting.now(), 0, 10).unwrap();
    let names: Vec<String> = page.rows.iter().map(|row| row.record.name()).collect();
    assert_eq!((names.as_slice(), page.matching, page.of), (&["Own".to_owned()][..], 1, 1));
    assert!(world.store.detail(hidden, &viewer, acting.now(), 10).unwrap().is_none());
    let detail = world.store.detail(acme, &viewer, acting.now(), 10).unwrap().unwrap();
    let contacts = detail.sections.iter().find(|section| section.object == Object::CONTACT).unwrap();
    assert_eq!((contacts.ties.len(), contacts.unseen), (1, 1));
    // A change of what one can't see is refused as if it were not there.
    assert!(matches!(refusal(perform(&acting, rename(&world, hidden))), Refusal::Missing(_)));
}

#[rstest]
#[case("general.currency", "pln", "PLN")]
#[case("general.time_zone", "Europe/Warsaw", "Europe/Warsaw")]
#[case("general.first_weekday", "sunday", "Sun")]
#[case("general.phone_country", "de", "DE")]
#[case("general.account_type", "partner", "Partner")]
#[case("general.partner_account", "Nordhafen", "Nordhafen")]
fn r6_6_general_settings_are_kept(#[case] key: &str, #[case] said: &str, #[case] kept_as: &str) {
    for kept in [Kept::InMemory, Kept::OnDisk] {
        let world = World::new(kept);
        let done = world.does(Change::Settings { values: vec![(key.into(), said.into())] });
        assert_eq!(world.store.settings().shown(key).as_deref(), Some(kept_as));
        world.undo(done.act).unwrap();
        assert_ne!(world.store.settings().shown(key).as_deref(), Some(kept_as));
    }
}

#[rstest]
#[case("general.currency", "EURO")]
#[case("general.time_zone", "Mars/Olympus")]
#[case("general.first_weekday", "Someday")]
#[case("general.phone_country", "XX")]
#[case("general.account_type", "Gold")]
fn r6_6_a_setting_says_what_it_takes(#[case] key: &str, #[case] said: &str) {
    let world = World::new(Kept::InMemory);
    let refused = world.refuses(Change::Settings { values: vec![(key.into(), said.into())] });
    assert_eq!(refused.rule_id(), Some(Rule(6, 6)));
    assert!(refused.to_string().contains(said));
}

#[rstest]
fn r6_5_the_acting_user_is_the_author(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let user = world.add_user("Ola", |_| {});
    let acting = world.acting_as(user);
    let jan = world.contact(&[("first_name", "Jan")]);
    let done = perform(&acting, rename(&world, jan)).unwrap();
    let head = world.store.act(done.act).unwrap().unwrap();
    assert_eq!(head.act.by, lejek::domain::change::Author::User(user));
}

#[rstest]
fn r6_2_setting_back_needs_the_same_permission(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let user = world.add_user("Ola", |user| {
        user.permissions.insert(Object::CONTACT.0, Permissions { edit: Reach::Own, ..Permissions::ALL });
    });
    let acting = world.acting_as(user);
    let jan = world.contact(&[("first_name", "Jan")]);
    let done = world.set(jan, "city", "Łódź").unwrap();
    let refused = refusal(perform(&acting, Change::Undo { act: done.act }));
    assert_eq!(refused.rule_id(), Some(Rule(6, 2)));
    assert_eq!(world.text(jan, "city").as_deref(), Some("Łódź"));
}

#[rstest]
fn r6_4_the_name_of_a_company_is_not_told_either(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let user = world.add_user("Ola", |user| {
        user.permissions.insert(Object::COMPANY.0, Permissions { view: Reach::None, ..Permissions::ALL });
    });
    let acting = world.acting_as(user);
    let (jan, acme) = (world.contact(&[("first_name", "Jan")]), world.company("Acme"));
    world.tie(jan, acme);
    world.store.prepare(Object::CONTACT, acting.now()).unwrap();
    let query = Query::all(Object::CONTACT, acting.viewer());
    let page = world.store.page(&query, acting.now(), 0, 10).unwrap();
    assert_eq!(page.rows[0].derived.company, None);
    let detail = world.store.detail(jan, &acting.viewer(), acting.now(), 10).unwrap().unwrap();
    assert_eq!(detail.row.derived.company, None);
    let everything = Query::all(Object::CONTACT, world.workspace.viewer());
    let page = world.store.page(&everything, acting.now(), 0, 10).unwrap();
    assert_eq!(page.rows[0].derived.company.as_ref().map(|(_, name)| name.as_str()), Some("Acme"));
}

#[rstest]
fn r6_4_what_one_may_not_view_lets_no_record_pass_a_filter(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let maja = world.workspace.user();
    let adam = world.add_user("Adam", |user| {
        user.permissions.insert(Object::COMPANY.0, Permissions { view: Reach::Own, ..Permissions::ALL });
    });
    let acting = world.acting_as(adam);
    let (hidden, shown) = (
        world.create(Object::COMPANY, &[("name", "Hidden"), ("country", "Poland"), ("owner", "maja@lejek.example")]),
        world.create(Object::COMPANY, &[("name", "Shown"), ("country", "Poland"), ("owner", "adam@lejek.example")]),
    );
    let names = [("Jan", hidden), ("Eva", shown)];
    for (name, company) in names {
        let contact = world.contact(&[("first_name", name)]);
        world.tie(contact, company);
    }
    let found = |viewer: Viewer, filter: &str| {
        let settings = world.store.settings();
        let spec = settings.object(Object::CONTACT).unwrap();
        let cx = Reading { settings: &settings, now: world.workspace.now(), me: None };
        let filters = vec![parse(filter, spec, &cx).unwrap()];
        world.store.prepare(Object::CONTACT, world.workspace.now()).unwrap();
        world.store.prepare(Object::COMPANY, world.workspace.now()).unwrap();
        let query = Query { filters, ..Query::all(Object::CONTACT, viewer) };
        let page = world.store.page(&query, world.workspace.now(), 0, 10).unwrap();
        let mut names: Vec<String> = page.rows.iter().map(|row| row.record.name()).collect();
        names.sort();
        names.join(" ")
    };
    let everything = world.store.settings().viewer(maja);
    for filter in ["company.country is Poland", "company.name contains hi", "company is known"] {
        assert_eq!(
            found(everything.clone(), filter),
            if filter.ends_with(" hi") { "Jan" } else { "Eva Jan" },
            "{filter}"
        );
    }
    for filter in ["company.country is Poland", "company is known", "company is Shown"] {
        assert_eq!(found(acting.viewer(), filter), "Eva", "{filter}");
    }
    for filter in ["company.name is Hidden", "company is Hidden", "company contains hid"] {
        assert_eq!(found(acting.viewer(), filter), "", "{filter}");
    }
    // The hidden one changes hands.
    let owner = world.values(Object::COMPANY, &[("owner", "adam@lejek.example")]).remove(0);
    world.does(Change::Set { record: hidden, values: vec![(owner.0, Some(owner.1))] });
    assert_eq!(found(acting.viewer(), "company is Hidden"), "Jan");
    assert_eq!(found(acting.viewer(), "company.country is Poland"), "Eva Jan");
}

#[rstest]
fn r6_4_who_has_a_value_already_is_told_of_records_that_one_may_see(
    #[values(Kept::InMemory, Kept::OnDisk)] kept: Kept,
) {
    let world = World::new(kept);
    let jan = world.contact(&[("first_name", "Jan"), ("email", "jan@lejek.example"), ("phone", "+48 600 100 200")]);
    let keys = vec![Key::email("Jan@lejek.example"), Key::Phone("48600100200".into()), Key::email("no@one.example")];
    let holders = |acting: &Workspace| match acting.ask(&Request::Holders(keys.clone())) {
        Reply::Holders(holders) => holders,
        other => panic!("{other:?}"),
    };
    let one = (jan, "Jan".to_owned());
    let sees_all = world.add_user("Ola", |_| {});
    assert_eq!(holders(&world.acting_as(sees_all)), [one.clone(), one]);
    let sees_own = world.add_user("Ewa", |user| {
        user.permissions.insert(Object::CONTACT.0, Permissions { view: Reach::Own, ..Permissions::ALL });
    });
    assert_eq!(holders(&world.acting_as(sees_own)), []);
}

#[rstest]
fn r6_4_whose_an_address_is_stays_hidden(#[values(Kept::InMemory, Kept::OnDisk)] kept: Kept) {
    let world = World::new(kept);
    let user = world.add_user("Ola", |user| {
        user.permissions.insert(Object::CONTACT.0, Permissions { view: Reach::Own, ..Permissions::ALL });
    });
    let hidden = world.contact(&[("first_name", "Hidden"), ("email", "hidden@acme.example")]);
    let values = world.values(Object::CONTACT, &[("first_name", "Eva"), ("email", "hidden@acme.example")]);
    let create = Change::Create { object: Object::CONTACT, values, associate: Vec::new() };
    let refused = refusal(perform(&world.acting_as(user), create.clone())).to_string();
    assert_eq!(refused, "Something that you may not see has hidden@acme.example already");
    let refused = refusal(world.perform(create)).to_string();
    assert!(refused.starts_with("Hidden has") && refused.contains(&hidden.short()), "{refused}");
    world.does(Change::Delete { what: vec![Ref::Record(hidden)] });
    let refused = refusal(perform(&world.acting_as(user), rename(&world, hidden)));
    assert!(!refused.to_string().contains("Hidden"), "{refused}");
}
