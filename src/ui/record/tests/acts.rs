//! What keys and mouse do on a record page, read off the screen.

use super::*;

#[test]
fn the_page_follows_breakpoints() {
    let panes = |size| {
        let stage = Stage::new(zofia(), size);
        let top = stage.page.places.panes[0].title.y;
        let line = stage.lines()[usize::from(top)].clone();
        (stage.page.places.panes.len(), line.split_whitespace().next().unwrap().to_owned())
    };
    assert_eq!(panes((116, 36)), (3, "About".to_owned()));
    assert_eq!(panes((115, 36)), (2, "Timeline".to_owned()));
    assert_eq!(panes((100, 36)), (2, "Timeline".to_owned()));
    assert_eq!(panes((99, 36)), (1, "About".to_owned()), "the panes are tabs");
}

#[test]
fn tab_turns_to_every_pane_and_back() {
    for size in [(80, 24), (110, 30), (120, 36)] {
        let mut stage = Stage::new(zofia(), size);
        let mut seen = Vec::new();
        for _ in 0..3 {
            seen.push(stage.page.focus);
            assert!(stage.page.places.panes.iter().any(|pane| pane.part == stage.page.focus), "{size:?}");
            stage.press("tab");
        }
        assert_eq!(stage.page.focus, seen[0]);
        assert!(Part::ALL.iter().all(|part| seen.contains(part)), "{size:?}");
        stage.press("shift-tab");
        assert_eq!(stage.page.focus, seen[2]);
    }
}

#[test]
fn months_fold_and_say_how_many_there_are() {
    let mut stage = Stage::new(zofia(), (120, 36));
    assert!(stage.shows("▾ November 2026"));
    stage.press("j j j h");
    assert!(stage.cursor().starts_with("▸ November 2026") && stage.cursor().ends_with('2'));
    assert!(!stage.shows("Frame agreement"));
    stage.press("l");
    assert!(stage.shows("Frame agreement"));
    stage.press("z M");
    assert!(stage.shows("▸ August 2026") && !stage.shows("▾ September"));
    stage.press("z R G");
    assert!(stage.cursor().contains("Met at the fair."));
}

#[test]
fn old_months_are_folded_at_first() {
    let stage = Stage::crowded(100, (120, 60));
    assert!(stage.shows("▾ November 2026"));
    let mut stage = Stage::crowded(1_000, (120, 60));
    stage.press("z M");
    assert!(stage.shows("▸ October 2026") && stage.shows("▸ July 2026"));
}

#[test]
fn an_entry_unfolds_to_its_text_and_where_it_went_and_why() {
    let mut stage = Stage::new(zofia(), (120, 36));
    stage.press("j j j enter");
    for text in ["Asked for a quote on 40 panels", "record page", "primary company", "open deal 2 of 2", "logged here"]
    {
        assert!(stage.shows(text), "{text}");
    }
    stage.press("j j j enter");
    assert_eq!(stage.gone, [Place::Record(named("deal"))], "a record under an entry opens");
    stage.press("h");
    assert!(stage.cursor().contains("Connected call") && !stage.shows("Asked for a quote"));
}

#[test]
fn the_record_itself_under_an_entry_does_not_open_again() {
    let mut stage = Stage::new(zofia(), (120, 36));
    stage.press("j j j enter j");
    assert!(stage.cursor().contains("Zofia Wierzbicka"));
    assert_eq!(stage.page.obstacle(Command::Open), Some("this is the record that is shown"));
}

#[test]
fn types_narrow_the_timeline() {
    let mut stage = Stage::new(zofia(), (120, 36));
    stage.press("] ]");
    assert!(stage.shows("Frame agreement") && !stage.shows("Site walk"));
    stage.press("alt-4");
    assert!(stage.shows("Site walk") && !stage.shows("Frame agreement"));
    stage.press("alt-6");
    assert!(stage.shows("Send the revised offer"));
    stage.press("]");
    assert!(stage.shows("Can we move it to Friday?"));
    stage.press("]");
    assert!(stage.shows("Site walk") && stage.shows("Frame agreement"), "from the last tab to the first");
    let mut stage = Stage::new(named("deal"), (120, 36));
    stage.press("alt-4");
    assert!(stage.shows("There are no meetings yet."));
}

#[test]
fn where_the_types_are_no_tabs_a_chip_names_the_open_one() {
    let mut stage = Stage::new(zofia(), (80, 24));
    stage.press("]");
    assert!(stage.shows(" Type Calls"));
}

#[test]
fn associations_jump_and_come_back_as_they_were() {
    let mut stage = Stage::new(zofia(), (120, 36));
    stage.press("tab j j enter");
    assert_eq!(stage.gone, [Place::Record(named("deal"))]);
    stage.show();
    assert!(stage.cursor().contains("Retrofit Gdańsk"), "coming back, the cursor is where it was");
}

#[test]
fn associations_show_sums_marks_and_what_is_not_seen() {
    let stage = Stage::new(zofia(), (120, 36));
    for text in ["Deals 3", "92 400 €", "2 more you may not see", "Nordhafen Energie GmbH   ★", "240 people"] {
        assert!(stage.shows(text), "{text}");
    }
    assert!(stage.shows("Associations 9"), "what is not seen is not counted");
}

#[test]
fn sections_fold() {
    let mut stage = Stage::new(zofia(), (120, 45));
    stage.press("tab j j h");
    assert!(stage.cursor().starts_with("▸ Deals 3"));
    assert!(!stage.shows("Service 2027"));
    stage.press("enter");
    assert!(stage.shows("Service 2027"));
    stage.press("z M");
    assert!(stage.shows("▸ Tickets 2") && stage.shows("1 open"));
}

#[test]
fn a_value_that_is_cut_unfolds() {
    let mut stage = Stage::new(named("long"), (120, 36));
    stage.press("shift-tab");
    assert!(!stage.shows("ends.example"));
    stage.press("enter");
    assert!(stage.shows("ends.example"));
    stage.press("h");
    assert!(!stage.shows("ends.example"));
    stage.press("j");
    assert_eq!(stage.page.obstacle(Command::Unfold), Some("there is no more of it to see"));
    assert_eq!(stage.page.obstacle(Command::Open), None, "it is edited");
}

#[test]
fn next_and_previous_walk_through_the_list() {
    let mut stage = Stage::in_a_list(zofia(), 0, (120, 36));
    assert!(stage.shows("1 of 7"));
    assert_eq!(stage.page.obstacle(Command::PreviousRecord), Some("this is the first record of the list"));
    stage.press("J");
    assert_eq!(stage.page.place(), Some(Place::Record(named("empty"))));
    assert!(stage.shows("2 of 7") && stage.shows("Nothing has happened yet."));
    stage.press("3 J");
    assert!(stage.shows("5 of 7"));
    stage.press("9 J");
    assert!(stage.shows("7 of 7"), "not past the last one");
    assert_eq!(stage.page.obstacle(Command::NextRecord), Some("this is the last record of the list"));
    stage.press("6 K");
    assert!(stage.shows("1 of 7") && stage.shows("Connected call"));
    let alone = Stage::new(zofia(), (120, 36));
    assert!(alone.page.obstacle(Command::NextRecord).unwrap().contains("not opened from a list"));
}

#[test]
fn the_next_record_shows_the_same_type() {
    let mut stage = Stage::in_a_list(named("deal"), 0, (120, 36));
    stage.press("alt-5 J K");
    assert!(stage.shows("Budget approved") && !stage.shows("Connected call"));
}

#[test]
fn until_the_answer_comes_the_old_one_stays() {
    let mut stage = Stage::in_a_list(zofia(), 0, (120, 36));
    let shown = stage.lines();
    stage.answers = Box::new(|_| Reply::Sorted(crate::domain::id::Object::CONTACT));
    stage.press("J");
    assert_eq!(stage.lines(), shown);
}

#[test]
fn a_change_of_what_is_shown_is_asked_for_again() {
    use crate::domain::id::Object;
    let mut stage = Stage::new(zofia(), (120, 36));
    stage.press("j j j enter");
    let shown = stage.lines();
    let before = stage.asked.len();
    stage.act(|page, cx| page.notice(&Reply::Changed(vec![Ref::Record(id(Object::COMPANY, MINATO))]), cx));
    assert_eq!(stage.asked.len(), before, "not of this page");
    for what in [zofia(), named("deal")] {
        let before = stage.asked.len();
        stage.act(|page, cx| page.notice(&Reply::Changed(vec![Ref::Record(what)]), cx));
        assert!(stage.asked.len() > before);
        assert_eq!(stage.lines(), shown, "cursor and folds stay");
    }
}

#[test]
fn density_follows_the_height_until_it_is_chosen() {
    let mut stage = Stage::new(zofia(), (120, 36));
    let rows_between = |stage: &Stage| stage.find("Site walk").1 - stage.find("Send the revised").1;
    assert_eq!(rows_between(&stage), 3);
    stage.press("z d");
    assert_eq!(rows_between(&stage), 2);
    let low = Stage::new(zofia(), (120, 29));
    assert_eq!(rows_between(&low), 2);
}

#[test]
fn a_timeline_is_read_in_pieces_where_one_looks() {
    let mut stage = Stage::crowded(100_000, (120, 36));
    assert!(stage.shows("Timeline 100 000"));
    stage.asked.clear();
    stage.press("z R G");
    assert!(stage.cursor().contains("Note 99999"));
    assert!(stage.shows("Note 99995"));
    let asked: usize = stage
        .asked
        .iter()
        .map(|(_, request)| match request {
            Request::Timeline(ask) => ask.limit,
            other => panic!("{other:?}"),
        })
        .sum();
    assert!(asked <= 400, "{asked} read to see nine");
    stage.press("g g 5 j");
    assert!(stage.cursor().contains("Note 4"));
    for _ in 0..60 {
        stage.press("pagedown");
        assert!(!stage.shows("▒"), "what is asked for is there before it is seen");
    }
}

#[test]
fn the_same_piece_is_asked_for_once() {
    let mut stage = Stage::crowded(100_000, (120, 36));
    stage.answers = Box::new(|_| Reply::Sorted(crate::domain::id::Object::CONTACT));
    stage.press("z R G");
    let asked = stage.asked.len();
    stage.press("k k k");
    assert_eq!(stage.asked.len(), asked);
    assert!(stage.shows("▒▒▒"), "what is not there yet is a shade");
}

#[test]
fn an_answer_that_says_too_little_is_not_asked_for_in_circles() {
    let mut stage = Stage::crowded(1_000, (120, 36));
    let whole = std::mem::replace(&mut stage.answers, Box::new(|_| unreachable!()));
    stage.answers = Box::new(move |request| match whole(request) {
        Reply::Timeline(mut page) => {
            page.items.truncate(3);
            Reply::Timeline(page)
        }
        other => other,
    });
    stage.press("z R G");
    assert!(stage.shows("▒▒▒"));
    assert!(stage.asked.len() < 20);
}

#[test]
fn the_wheel_scrolls_the_pane_below_it() {
    let mut stage = Stage::new(zofia(), (120, 36));
    let before = stage.find("Upcoming");
    stage.mouse(MouseEventKind::ScrollDown, (100, 20));
    assert_eq!(stage.find("Upcoming"), before, "the timeline stands still");
    assert!(!stage.shows("Companies 1"));
    stage.mouse(MouseEventKind::ScrollUp, (100, 20));
    assert!(stage.shows("Companies 1"));
}

#[test]
fn a_click_selects_and_a_second_one_opens() {
    let mut stage = Stage::new(zofia(), (120, 36));
    let deal = stage.find("Service 2027");
    stage.click(deal);
    assert!(stage.cursor().contains("Service 2027") && stage.gone.is_empty());
    stage.click(deal);
    assert_eq!(stage.gone, [Place::Record(id(crate::domain::id::Object::DEAL, 21))]);
    let tab = stage.find("E-mails");
    stage.click(tab);
    assert!(!stage.shows("Site walk"));
    let call = stage.find("Frame agreement");
    stage.click(call);
    assert!(stage.shows("See attached."), "the cursor was on it already");
}

#[test]
fn a_click_on_the_arrows_walks_through_the_list() {
    let mut stage = Stage::in_a_list(zofia(), 0, (120, 36));
    let (x, y) = stage.find("‹ K  J ›");
    stage.click((x, y));
    assert!(stage.shows("1 of 7"));
    stage.click((x + 5, y));
    assert!(stage.shows("2 of 7"));
    stage.click((x + 1, y));
    assert!(stage.shows("1 of 7"));
}

#[test]
fn x_deletes_the_record() {
    let mut stage = Stage::new(zofia(), (120, 36));
    let id = stage.page.id;
    stage.press("shift-tab x");
    assert_eq!(stage.performed, [Change::Delete { what: vec![id.into()] }]);
}

#[test]
fn r7_4_why_and_history_are_asked_of_what_is_under_the_cursor() {
    let mut stage = Stage::new(zofia(), (120, 36));
    stage.press("w");
    stage.press("W");
    assert_eq!(stage.pushed, ["the reason", "the history"]);
}

#[test]
fn every_key_does_something_or_says_why_not() {
    for name in ["contact", "empty"] {
        for size in [(80, 24), (120, 36)] {
            for row in rows_of(rows::RECORD) {
                let mut stage = Stage::new(named(name), size);
                stage.run(row.command, None);
                stage.press("tab");
                stage.run(row.command, Some(3));
            }
        }
    }
    let keys = |stage: &Stage| rows_of(stage.page.keys()).next().unwrap().label.into_owned();
    let mut stage = Stage::new(zofia(), (120, 36));
    assert_eq!(keys(&stage), "unfold");
    stage.press("enter");
    assert_eq!(keys(&stage), "fold");
    stage.press("j");
    assert_eq!(keys(&stage), "open");
}
