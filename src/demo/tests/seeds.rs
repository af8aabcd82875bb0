//! The seed files: enough words, none twice where it matters, braces that are known, no address that could be real.

use super::super::phrases::{DISQUALIFIED, Language, PARTNERS, Phrases, SOURCES, Topic};
use super::super::sales::reasons;
use super::super::words::{CAST, LANDS, slug};
use std::collections::HashSet;

const FILES: &[&str] = &[
    include_str!("../../../assets/demo/pl.txt"),
    include_str!("../../../assets/demo/de.txt"),
    include_str!("../../../assets/demo/en.txt"),
    include_str!("../../../assets/demo/gb.txt"),
    include_str!("../../../assets/demo/us.txt"),
    include_str!("../../../assets/demo/jp.txt"),
    include_str!("../../../assets/demo/cast.txt"),
    include_str!("../../../assets/demo/talk-en.txt"),
    include_str!("../../../assets/demo/talk-pl.txt"),
    include_str!("../../../assets/demo/talk-de.txt"),
    include_str!("../../../assets/demo/talk-jp.txt"),
];

const LANGUAGES: &[Language] = &[Language::English, Language::Polish, Language::German, Language::Japanese];

#[test]
fn every_land_has_words_enough() {
    assert_eq!(LANDS.iter().map(|land| land.share).sum::<usize>(), 100);
    for land in LANDS.iter() {
        assert!(land.women.len() + land.men.len() >= 120, "{}", land.name);
        assert!(land.surnames.len() >= 150, "{}", land.name);
        assert!(land.company_names() > 5_000 && land.titles.len() >= 10 && land.cities.len() >= 12);
        assert!(!land.streets.is_empty() && !land.mobiles.is_empty());
        for word in land.women.iter().chain(&land.men).chain(&land.surnames) {
            assert!(
                !word.slug.is_empty() && word.slug.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'),
                "{word:?}"
            );
        }
        for city in &land.cities {
            assert!(city.phone.contains("###") || city.phone.contains("##"), "{city:?}");
            assert!(!city.region.is_empty() && !city.postal_code.is_empty(), "{city:?}");
        }
    }
}

#[test]
fn no_two_companies_get_the_same_domain() {
    let mut seen: HashSet<String> = CAST.iter().map(|star| star.domain.to_owned()).collect();
    assert_eq!(seen.len(), CAST.len());
    for land in LANDS.iter().filter(|land| land.code != "us") {
        for place in 0..land.company_names() {
            let (stem, trade) = land.company_name(place);
            let domain = match land.language {
                Language::Polish => format!("{}-{}", trade.name.slug, stem.slug),
                _ => format!("{}-{}", stem.slug, trade.name.slug),
            };
            assert!(seen.insert(domain.clone()), "{domain} is there twice");
        }
    }
}

#[test]
fn the_cast_is_read_whole() {
    let written = include_str!("../../../assets/demo/cast.txt").lines().filter(|line| !line.starts_with('#')).count();
    assert_eq!(CAST.len(), written);
    assert!(CAST.is_sorted_by(|one, other| one.company < other.company));
}

#[test]
fn every_language_has_phrases_for_everything() {
    for language in LANGUAGES {
        let phrases: &Phrases = language.phrases();
        let lists = [
            &phrases.hello_out,
            &phrases.hello_in,
            &phrases.bye_out,
            &phrases.bye_in,
            &phrases.calls,
            &phrases.missed,
            &phrases.notes,
            &phrases.remarks,
            &phrases.tasks,
            &phrases.deals,
            &phrases.leads,
            &phrases.tickets,
        ];
        assert!(lists.iter().all(|list| !list.is_empty()), "{language:?}");
        assert_eq!(phrases.days.len(), 5);
        assert!([&phrases.texts, &phrases.linkedin, &phrases.post].iter().all(|list| !list.is_empty()));
        let said = |topics: &[Topic], least: usize| !topics.is_empty() && topics.iter().all(|t| t.said.len() >= least);
        assert!(said(&phrases.threads, 2) && said(&phrases.singles, 1) && said(&phrases.meetings, 1), "{language:?}");
        assert!(phrases.threads.iter().all(|topic| topic.said[0].ours != topic.said[1].ours), "{language:?}");
        assert!(
            phrases.tasks.iter().all(|task| ["call ", "email ", "todo "].iter().any(|kind| task.starts_with(kind)))
        );
        assert!(phrases.meetings.iter().all(|topic| topic.subject.contains('|')));
        for outcome in ["busy ", "unanswered ", "voicemail ", "message ", "wrong "] {
            assert!(phrases.missed.iter().any(|line| line.starts_with(outcome)), "{language:?} {outcome}");
        }
        for ticket in &phrases.tickets {
            let known = ["product ", "billing ", "feature ", "inquiry "].iter().any(|kind| ticket.starts_with(kind));
            assert!(known && ticket.contains('|'), "{ticket}");
        }
    }
    assert!(SOURCES.len() > 5 && PARTNERS.len() > 2);
    for reason in reasons() {
        assert!(DISQUALIFIED.iter().any(|(about, _)| about == reason), "no note about {reason}");
    }
}

#[test]
fn braces_are_known() {
    const KNOWN: &[&str] =
        &["first", "last", "mr", "company", "city", "me", "user", "year", "current", "n", "day", "money"];
    for line in FILES.iter().flat_map(|file| file.lines()) {
        for part in line.split('{').skip(1) {
            let name = part.split_once('}').map(|(name, _)| name);
            assert!(name.is_some_and(|name| KNOWN.contains(&name)), "{line}");
        }
    }
}

#[test]
fn nothing_names_a_real_domain() {
    for word in FILES.iter().flat_map(|file| file.split(|c: char| c.is_whitespace() || c == '|' || c == ',')) {
        let word = word.trim_end_matches(['.', '?', ')']);
        assert!(!word.contains('@') || word.chars().all(|c| "#@0ABCDEFGHJKLMNSUXYT".contains(c)), "{word}");
        let Some((host, ending)) = word.rsplit_once('.') else { continue };
        let looks_real = host.chars().last().is_some_and(char::is_alphanumeric)
            && ending.len() > 1
            && ending.bytes().all(|byte| byte.is_ascii_lowercase());
        assert!(!looks_real || ["rs", "txt"].contains(&ending), "{word}");
    }
}

#[test]
fn slugs_are_plain() {
    assert_eq!(slug("Kessler & Söhne"), "kessler-soehne");
    assert_eq!(slug("Małgorzata"), "malgorzata");
    assert_eq!(slug("O'Brien"), "obrien");
    assert_eq!(slug("Siân"), "sian");
}
