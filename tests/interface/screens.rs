//! Pictures of screens. What they do is told in `journeys`, so here are few.

use crate::bulk::with_companies;
use crate::common::people;
use crate::common::pilot::{Pilot, dark, plain};
use crate::limits::labelled;
use crate::objects::{page, projects};
use crate::settings::sized;
use crate::staff::staffed;
use crate::{notifications, partners};
use lejek::domain::object::is;
use lejek::domain::value::Value;
use lejek::glyphs;
use lejek::theme::{Depth, Mode, Theme};
use lejek::ui::app::Appearance;
use lejek::workspace::Workspace;
use ratatui::style::Modifier;
use std::sync::Arc;
use std::time::Duration;

/// Holds a screen against its picture in `tests/pictures`.
#[track_caller]
pub fn assert_picture(name: &str, screen: impl AsRef<str>) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../pictures");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, screen.as_ref()));
}

fn contacts(width: u16, height: u16) -> Pilot {
    Pilot::start(&people::workspace(), width, height)
}

#[test]
fn the_list_in_three_widths() {
    assert_picture("list_80x24", contacts(80, 24).press("[ j j").screen());
    assert_picture("list_120x36", contacts(120, 36).press("[ 4 j").screen());
    // The preview beside it has pictures of its own.
    assert_picture("list_160x45", contacts(160, 45).press("z p").screen());
}

#[test]
fn lists_of_other_objects() {
    assert_picture("companies_120x36", contacts(120, 36).press("g o").screen());
    assert_picture("deals_120x36", contacts(120, 36).press("g d j").screen());
    assert_picture("leads_80x24", contacts(80, 24).press("g l").screen());
}

#[test]
fn searching() {
    let search = |width, height| contacts(width, height).press("/").type_in("kow").screen();
    assert_picture("search_80x24", search(80, 24));
    assert_picture("search_120x36", search(120, 36));
    assert_picture("search_kept_120x36", contacts(120, 36).press("[ / k o w enter").screen());
    assert_picture("search_kept_80x24", contacts(80, 24).press("[ / k o w enter").screen());
}

/// Two filters, one of them with an alternative, and two sort keys.
fn filtered(width: u16, height: u16) -> Pilot {
    let mut pilot = contacts(width, height);
    pilot.press("= ctrl-u").type_in("lifecycle_stage is any of Lead; Customer || owner is me");
    pilot.press("down").type_in("company.city is Gdynia").press("enter s l S n");
    pilot
}

#[test]
fn filters_and_views() {
    for (width, height) in [(80, 24), (120, 36)] {
        let picture = |name: &str, keys: &str, typed: &str| {
            let mut pilot = filtered(width, height);
            let screen = pilot.press(keys).type_in(typed).screen();
            assert_picture(&format!("{name}_{width}x{height}"), screen);
        };
        picture("chips", "F l", "");
        picture("filter_subject", "f", "comp");
        picture("filter_values", "F enter", "");
        picture("expressions", "= down down", "company.contry is Poland");
        picture("columns", "z c j g > >", "");
        picture("naming", "z S", "Leads near the sea");
    }
}

#[test]
fn what_one_is_told() {
    for (width, height) in [(80, 24), (120, 36), (160, 45)] {
        let picture = |name: &str, world: &Arc<Workspace>, keys: &str| {
            let mut pilot = Pilot::start(world, width, height);
            assert_picture(&format!("{name}_{width}x{height}"), pilot.go(keys).screen());
        };
        picture("told", &notifications::much_told(), "g n");
        picture("ways", &people::workspace(), "g s G enter j j");
        picture("registrations", &partners::co_selling(), "g s / 'partners: registrations' enter");
        picture("co_sold", &partners::co_selling(), "g s / 'partners: co-sold' enter");
        picture("awaited", &partners::many_waiting(), "ctrl-p 'events that wait' enter");
    }
}

#[test]
fn nothing_there() {
    assert_picture("empty_120x36", Pilot::start(&people::empty(), 120, 36).screen());
    assert_picture("nothing_found_80x24", contacts(80, 24).press("/").type_in("xyz").press("enter").screen());
    assert_picture("too_small_48x12", contacts(48, 12).screen());
}

#[test]
fn what_was_done() {
    let acts = |width, height, keys| {
        let mut pilot = contacts(width, height);
        pilot.press("j j x g d x g c 5 j x u g u").press(keys).wait(Duration::from_secs(5)).screen()
    };
    assert_picture("acts_120x36", acts(120, 36, "j j enter j"));
    assert_picture("acts_80x24", acts(80, 24, "j enter"));
}

#[test]
fn what_was_deleted() {
    let bin = |width, height| {
        let mut pilot = contacts(width, height);
        pilot.press("j j x x x g d x g x space").wait(Duration::from_secs(5)).screen()
    };
    assert_picture("bin_120x36", bin(120, 36));
    assert_picture("bin_80x24", bin(80, 24));
    assert_picture("bin_empty_80x24", contacts(80, 24).press("g x").screen());
}

#[test]
fn what_was_broken_off() {
    assert_picture("broken_off_120x36", crate::broken_off::started(&crate::broken_off::stopped()).screen());
}

#[test]
fn why_and_history() {
    assert_picture("why_120x36", contacts(120, 36).press("enter tab w").screen());
    assert_picture("why_80x24", contacts(80, 24).press("w").screen());
    let history = |width, height| {
        let workspace = people::workspace();
        let zofia = people::contact(&workspace, "Wierzbicka");
        for title in ["Head of Purchase", "Director"] {
            people::set(&workspace, zofia, is::JOB_TITLE, title);
        }
        Pilot::start(&workspace, width, height).press("W").screen()
    };
    assert_picture("history_120x36", history(120, 36));
    assert_picture("history_80x24", history(80, 24));
}

#[test]
fn what_floats() {
    assert_picture("palette_120x36", contacts(120, 36).press(":").type_in("so").screen());
    assert_picture("palette_80x24", contacts(80, 24).press(":").screen());
    assert_picture("help_120x36", contacts(120, 36).press("?").screen());
    assert_picture("help_80x24", contacts(80, 24).press("? ]").screen());
    assert_picture("which_key_120x36", contacts(120, 36).press("g").screen());
    assert_picture("sort_menu_80x24", contacts(80, 24).press("s").screen());
    assert_picture("toast_120x36", contacts(120, 36).press("n").screen());
}

#[test]
fn any_record_and_what_is_similar() {
    let viewed = |width, height| {
        let mut pilot = contacts(width, height);
        pilot.press("2 j enter esc g d enter g o 3 j enter esc ctrl-k");
        pilot
    };
    assert_picture("anywhere_viewed_120x36", viewed(120, 36).screen());
    assert_picture("anywhere_120x36", viewed(120, 36).type_in("ba").press("down").screen());
    assert_picture("anywhere_80x24", viewed(80, 24).type_in("kow").screen());
    assert_picture("anywhere_similar_120x36", contacts(120, 36).press("ctrl-k").type_in("baltik").screen());
    assert_picture("similar_120x36", contacts(120, 36).press("/").type_in("kowalska").screen());
    assert_picture("similar_80x24", contacts(80, 24).press("/").type_in("jan kowalksi").press("enter j").screen());
    let values = [(is::LAST_NAME, "Pym"), (is::EMAIL, "r.pym@example.com"), (is::WEBSITE, "pym.example/instruments")];
    let workspace = people::one(values.map(|(id, text)| (id, Value::text(text))).into());
    assert_picture("open_with_80x24", Pilot::start(&workspace, 80, 24).press("o").screen());
}

#[test]
fn settings_and_properties() {
    let at = |width, height, keys: &str| {
        let mut pilot = Pilot::start(&sized(), width, height);
        pilot.press("g s").press(keys);
        pilot.screen()
    };
    let drafted = "enter j enter N o r d enter j enter z l o enter";
    assert_picture("settings_120x36", at(120, 36, drafted));
    assert_picture("settings_80x24", at(80, 24, drafted));
    assert_picture("settings_choice_120x36", at(120, 36, "enter j j enter"));
    assert_picture("properties_120x36", at(120, 36, "j j enter"));
    assert_picture("properties_80x24", at(80, 24, "j j enter"));
    assert_picture("property_120x36", at(120, 36, "j j enter n S i z e tab tab"));
    assert_picture("property_80x24", at(80, 24, "j j enter e"));
    assert_picture("options_120x36", at(120, 36, "j j enter o j e"));
    assert_picture("held_120x36", at(120, 36, "j j enter o G x"));
    let objects = |width, height, keys: &str| {
        let mut pilot = page(&projects(), width, height);
        pilot.press(keys);
        pilot.screen()
    };
    assert_picture("objects_120x36", objects(120, 36, ""));
    assert_picture("objects_80x24", objects(80, 24, ""));
    assert_picture("object_120x36", objects(120, 36, "n B o a t tab"));
    assert_picture("unsaved_80x24", at(80, 24, "enter j enter N enter q"));
}

#[test]
fn settings_of_leads() {
    let at = |width, height, page: &str, keys: &str| {
        let mut pilot = Pilot::start(&people::workspace(), width, height);
        pilot.press("g s /").type_in(page).press("enter").press(keys);
        pilot.screen()
    };
    let setup = "space j j space enter j enter up up up enter";
    assert_picture("leads_setup_120x36", at(120, 36, "create lead based", setup));
    assert_picture("leads_setup_80x24", at(80, 24, "create lead based", setup));
    let pipeline = "j j j x n C a l l e d";
    assert_picture("leads_pipeline_120x36", at(120, 36, "leads: pipeline", pipeline));
    assert_picture("leads_pipeline_80x24", at(80, 24, "leads: pipeline", pipeline));
    assert_picture("leads_pipeline_160x45", at(160, 45, "leads: pipeline", pipeline));
    assert_picture("deals_pipeline_120x36", at(120, 36, "deals: pipeline", "j % ctrl-u 1 4 0 enter"));
    assert_picture("leads_preview_120x36", at(120, 36, "properties of a card", "x"));
    assert_picture("leads_form_120x36", at(120, 36, "create lead based", "g g j enter j j j space"));
}

#[test]
fn pairs_and_their_settings() {
    let pairs = |width, height, keys: &str| {
        let mut pilot = Pilot::start(&with_companies(), width, height);
        pilot.press("ctrl-p").type_in("associate by a rule").press("enter").press(keys);
        pilot.screen()
    };
    assert_picture("pairs_120x36", pairs(120, 36, "j j space"));
    assert_picture("pairs_80x24", pairs(80, 24, ""));
    let staff = |width, height, keys: &str| {
        let mut pilot = Pilot::start(&staffed(), width, height);
        pilot.press("g s G k enter").press(keys);
        pilot.screen()
    };
    assert_picture("people_120x36", staff(120, 36, ""));
    assert_picture("people_80x24", staff(80, 24, ""));
    assert_picture("user_120x36", staff(120, 36, "e tab tab tab tab tab tab tab tab right"));
    assert_picture("user_80x24", staff(80, 24, "e tab"));
    let associations = |width, height, keys: &str| {
        let mut pilot = Pilot::start(&labelled(), width, height);
        pilot.press("g s G k k k enter").press(keys);
        pilot.screen()
    };
    assert_picture("associations_120x36", associations(120, 36, "j j enter ctrl-u 3 enter"));
    assert_picture("associations_80x24", associations(80, 24, ""));
    assert_picture("label_120x36", associations(120, 36, "n B o s s tab"));
}

#[test]
fn before_sort_and_search_are_there() {
    assert_picture("coming_120x36", Pilot::asleep(&people::workspace(), 120, 36).screen());
    assert_picture("coming_80x24", Pilot::asleep(&people::workspace(), 80, 24).screen());
}

#[test]
fn in_ascii_without_colours() {
    let mut pilot = Pilot::with(&people::named(&["Nowak", "Kowalska", "Lis"]), plain(&glyphs::ASCII), 80, 24);
    pilot.press("j");
    assert_picture("ascii_80x24", pilot.screen());
    assert!(pilot.screen().is_ascii());
    pilot.press("?");
    assert!(pilot.screen().is_ascii(), "{}", pilot.screen());
}

#[test]
fn every_state_is_told_without_colours() {
    let mut pilot = Pilot::with(&people::workspace(), plain(&glyphs::UNICODE), 120, 36);
    pilot.press("j j");
    assert!(pilot.marked(Modifier::REVERSED).contains("JanKowalski"), "the cursor's row is reversed");
    assert!(pilot.style_of("佐伯").add_modifier.is_empty());
    assert!(pilot.style_of("All contacts").add_modifier.contains(Modifier::BOLD));
    assert!(pilot.style_of("My contacts").add_modifier.contains(Modifier::DIM));
    pilot.press("/").type_in("kow");
    assert!(pilot.marked(Modifier::UNDERLINED).contains("Kow"));
}

#[test]
fn the_tones_are_those_of_the_pictures() {
    for mode in [Mode::Dark, Mode::Light] {
        let theme = Theme::new(mode, Depth::TrueColour, None);
        let look = Appearance { theme: theme.clone(), ..dark() };
        let mut pilot = Pilot::with(&people::workspace(), look, 120, 36);
        pilot.press("j");
        let is = |text: &str, style: ratatui::style::Style| assert_eq!(pilot.style_of(text).fg, style.fg, "{text}");
        is("佐伯", theme.text);
        is("Baltic Freight", theme.text);
        is("saeki", theme.dim);
        is("━━━  Customer", theme.ok);
        is("━━╾  Opportunity", theme.accent);
        is("2 h ago", theme.text);
        is("Activity ↓", theme.title);
        is("E-mail", theme.dim);
        is("enter", theme.accent);
        assert_eq!(pilot.style_of("佐伯").bg, theme.sel.bg);
        assert!(pilot.style_of("佐伯").add_modifier.contains(Modifier::BOLD));
        assert_ne!(pilot.style_of("Zofia").bg, theme.sel.bg);
    }
}
