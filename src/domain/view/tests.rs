//! What views ask, and what they say when they can't.

use super::*;
use crate::domain::id::PropertyId;
use crate::domain::query::{Check, Path};
use chrono::{DateTime, TimeZone, Utc};
use std::collections::BTreeMap;

const ANN: UserId = UserId(Uuid::from_u128(7));

fn settings() -> Settings {
    Settings::from_rows(BTreeMap::new())
}

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 19, 12, 0, 0).unwrap()
}

fn cx(settings: &Settings) -> Reading<'_> {
    Reading { settings, now: noon(), me: Some(ANN) }
}

fn mine() -> View {
    View { name: "Hot".into(), ..View::new(ViewId(Uuid::from_u128(1 << 80)), Object::CONTACT, Some(ANN)) }
}

fn asked(view: &View) -> Result<Query, String> {
    view.query(&cx(&settings()), Viewer::EVERYTHING, &[])
}

#[test]
fn every_list_has_the_four_built_in_views() {
    let settings = settings();
    for spec in &settings.objects {
        let views = built_in(spec);
        let names: Vec<&str> = views.iter().map(|view| view.name.as_str()).collect();
        let plural = spec.plural.to_lowercase();
        assert_eq!(names, [&format!("My {plural}"), &format!("All {plural}"), "Recently created", "Recently viewed"]);
        for (view, row) in views.iter().zip(BUILT_IN) {
            assert_eq!(view.id.built_in().map(|found| found.name), Some(row.name));
            assert!(view.query(&cx(&settings), Viewer::EVERYTHING, &[]).is_ok());
            assert_eq!(view.check(&cx(&settings)), Ok(()));
        }
    }
    assert!(mine().id.built_in().is_none());
}

#[test]
fn recently_viewed_is_what_was_looked_at_latest_first() {
    let id = |object, n| RecordId::new(object, Uuid::from_u128(n));
    let viewed = [id(Object::CONTACT, 3), id(Object::DEAL, 9), id(Object::CONTACT, 1)];
    let settings = settings();
    let view = built_in(settings.object(Object::CONTACT).unwrap()).remove(3);
    let query = view.query(&cx(&settings), Viewer::EVERYTHING, &viewed).unwrap();
    assert_eq!(query.within, Some(vec![viewed[0], viewed[2]]));
    assert!(query.sort.is_empty());
}

#[test]
fn a_view_asks_what_it_says() {
    let sort = Sort { property: is::CREATED_AT, descending: true };
    let view = View {
        filters: vec!["owner is me".into(), "city is Łódź || activity none 30d".into()],
        search: "jan".into(),
        sort: vec![sort],
        ..mine()
    };
    let query = asked(&view).unwrap();
    assert_eq!((query.filters.len(), query.filters[1].any.len()), (2, 2));
    assert_eq!(query.filters[0].any[0].check, Check::OneOf(vec![crate::domain::value::Value::User(ANN)]));
    assert_eq!(query.filters[1].any[1].of, Path::Activity);
    assert_eq!((query.search.as_str(), query.sort, query.within), ("jan", vec![sort], None));
}

#[test]
fn groups_stand_together() {
    let by = |property, descending| Sort { property, descending };
    let view = View { grouped: Some(is::CITY), sort: vec![by(is::NAME, false)], ..mine() };
    assert_eq!(asked(&view).unwrap().sort, [by(is::CITY, false), by(is::NAME, false)]);
    let view = View { sort: vec![by(is::NAME, false), by(is::CITY, true)], ..view };
    assert_eq!(asked(&view).unwrap().sort, [by(is::CITY, true), by(is::NAME, false)]);
}

#[test]
fn a_view_of_what_was_deleted_says_so() {
    let gone = PropertyId(4_000);
    let sort = Sort { property: gone, descending: false };
    for view in [
        View { filters: vec!["shoe_size is 42".into()], ..mine() },
        View { sort: vec![sort], ..mine() },
        View { grouped: Some(gone), ..mine() },
        View { object: Object(4_000), ..mine() },
    ] {
        let sentence = asked(&view).unwrap_err();
        assert!(sentence.contains("The view “Hot” can't be asked any more"), "{sentence}");
        assert!(view.check(&cx(&settings())).is_err(), "it is not kept like that");
    }
}

#[test]
fn columns_of_deleted_properties_are_left_out() {
    let settings = settings();
    let spec = settings.object(Object::CONTACT).unwrap();
    let column = |property, width| ViewColumn { property, width };
    let ids = |view: &View| view.shown(spec).iter().map(|(p, width)| (p.id, *width)).collect::<Vec<_>>();
    let view = View { columns: vec![column(is::CITY, Some(20)), column(PropertyId(4_000), None)], ..mine() };
    assert_eq!(ids(&view), [(is::CITY, Some(20))]);
    let of_object: Vec<_> = spec.columns.iter().map(|id| (*id, None)).collect();
    assert_eq!(ids(&mine()), of_object);
    assert_eq!(ids(&View { columns: vec![column(PropertyId(4_000), None)], ..mine() }), of_object);
}

#[test]
fn what_is_kept_comes_back_and_what_is_new_later_has_its_default() {
    let view = View { filters: vec!["city is Łódź".into()], grouped: Some(is::CITY), ..mine() };
    let json = serde_json::to_string(&view).unwrap();
    let settings = Settings::from_rows(BTreeMap::from([(view_key(view.id), json)]));
    assert_eq!(settings.views, std::slice::from_ref(&view));
    let short = format!(r#"{{"id":"{}","object":1,"name":"Hot","owner":"{}"}}"#, view.id.0, ANN.0);
    let settings = Settings::from_rows(BTreeMap::from([(view_key(view.id), short)]));
    assert_eq!(settings.views, [mine()]);
}

#[test]
fn a_view_is_written_as_a_call_of_the_command_line() {
    let settings = settings();
    let spec = settings.object(Object::CONTACT).unwrap();
    let sort = |property, descending| Sort { property, descending };
    let view = View {
        filters: vec!["owner is me".into(), "name contains O'Hara".into()],
        search: "nowak".into(),
        sort: vec![sort(is::LAST_ACTIVITY, true), sort(is::NAME, false)],
        columns: vec![
            ViewColumn { property: is::NAME, width: Some(20) },
            ViewColumn { property: is::EMAIL, width: None },
        ],
        grouped: Some(is::OWNER),
        ..mine()
    };
    assert_eq!(
        view.command(spec),
        "lejek list contact --filter 'owner is me' --filter 'name contains O'\\''Hara' --search nowak \
         --sort=owner --sort=-last_activity --sort=name --columns name,email"
    );
    let viewed = built_in(spec).remove(3);
    assert_eq!(viewed.command(spec), "lejek list contact --view 'Recently viewed'");
}
