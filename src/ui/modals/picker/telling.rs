//! What one recognises a candidate by, and which of it tells namesakes apart: that is text, what they have in common is
//! dim. To show another fact of an object, add it to its arm of [`facts`].

use crate::domain::answer::Row;
use crate::domain::candidate::Near;
use crate::domain::fold::fold;
use crate::domain::id::{Object, PropertyId};
use crate::domain::object::is;
use crate::ui::cell;
use crate::ui::layer::Cx;
use crate::ui::record::facts::{Fact, fact};
use crate::ui::record::said;
use ratatui::text::Span;

/// A fact, in which line it stands, and how it reads.
#[derive(Debug, Clone)]
pub struct Told {
    pub line: u8,
    pub shown: Fact,
    plain: String,
}

/// Cells that one fact takes at most.
const WIDEST: u16 = 60;

/// In the order in which they tell one from another.
pub fn facts(row: &Row, near: Option<&Near>, words: &[String], cx: &Cx) -> Vec<Told> {
    let own = |line, id| property(row, line, id, words, cx);
    let reason = || near.map(|near| told(0, reason_of(near, cx)));
    let facts = match row.record.id.object {
        Object::CONTACT => vec![
            Some(company(row, "no company yet", 0, words, cx)),
            reason()
                .or_else(|| own(0, is::JOB_TITLE))
                .or_else(|| row.get(is::COMPANY).is_none().then(|| made(row, cx))),
            own(1, is::EMAIL),
            own(1, is::CITY),
            own(1, is::JOB_TITLE).filter(|_| near.is_some()),
            own(1, is::OWNER),
        ],
        Object::COMPANY => vec![
            own(0, is::DOMAIN),
            reason().or_else(|| own(0, is::INDUSTRY)),
            own(1, is::CITY),
            own(1, is::EMPLOYEES),
            own(1, is::OWNER),
        ],
        Object::DEAL => vec![
            own(0, is::AMOUNT),
            own(0, is::STAGE),
            reason(),
            Some(company(row, "no company", 1, words, cx)),
            own(1, is::CLOSE_DATE),
            own(1, is::OWNER),
        ],
        Object::TICKET | Object::LEAD => vec![
            own(0, is::STAGE),
            own(0, is::PRIORITY).or_else(|| own(0, is::LEAD_LABEL)),
            reason(),
            Some(company(row, "no company", 1, words, cx)),
            own(1, is::OWNER),
        ],
        _ => vec![reason(), Some(made(row, cx)), own(1, is::OWNER)],
    };
    facts.into_iter().flatten().collect()
}

fn told(line: u8, fact: Fact) -> Told {
    // With the style of the whole line in each of its pieces, so that a piece can get another one.
    let style = fact.style;
    let shown: Fact = fact.spans.into_iter().map(|span| Span::styled(span.content, style.patch(span.style))).collect();
    let plain = shown.spans.iter().map(|span| span.content.as_ref()).collect();
    Told { line, shown, plain }
}

fn property(row: &Row, line: u8, id: PropertyId, words: &[String], cx: &Cx) -> Option<Told> {
    let dim = cx.look.theme.dim;
    let found = [is::EMAIL, is::DOMAIN, is::PHONE].contains(&id);
    let text = row.record.text(id).filter(|_| found);
    let shown = text.map(|text| cell::text(text, words, WIDEST, dim, cx));
    shown.or_else(|| fact(&row.record, id, dim, cx)).map(|shown| told(line, shown))
}

fn company(row: &Row, none: &str, line: u8, words: &[String], cx: &Cx) -> Told {
    let own = || row.record.text(is::COMPANY_NAME);
    let name = row.derived.company.as_ref().map(|(_, name)| name.as_str()).or_else(own);
    let none = if row.derived.unseen_company { "a company you may not see" } else { none };
    told(
        line,
        cell::text(name.unwrap_or(none), if name.is_some() { words } else { &[] }, WIDEST, cx.look.theme.dim, cx),
    )
}

/// `imported 26 d ago`.
fn made(row: &Row, cx: &Cx) -> Told {
    use crate::domain::change::Origin;
    let stamp = &row.record.created;
    let word = if stamp.origin == Origin::Import { "imported" } else { "created" };
    told(0, Fact::styled(format!("{word} {}", said::lately(stamp.at, cx)), cx.look.theme.dim))
}

/// Why somebody is suggested, in a few words.
pub fn reason_of(near: &Near, cx: &Cx) -> Fact {
    let text = match near {
        Near::Named => "named in the record".to_owned(),
        Near::SameDomain => "same e-mail domain".to_owned(),
        Near::SameCompany => "same company".to_owned(),
        Near::With(name) => format!("with {name}"),
        Near::Viewed => "viewed lately".to_owned(),
        Near::Associated => "associated lately".to_owned(),
    };
    cell::text(&text, &[], WIDEST, cx.look.theme.accent, cx)
}

/// What tells a record from its namesakes, as short as can be: the domain of its e-mail, its company.
pub fn short(row: &Row, cx: &Cx) -> String {
    let record = &row.record;
    let domain = record.text(is::EMAIL).and_then(|email| email.rsplit_once('@')).map(|(_, domain)| domain.to_owned());
    let company = || row.derived.company.as_ref().map(|(_, name)| name.clone());
    let figure = || fact(record, is::AMOUNT, cx.look.theme.dim, cx).map(|fact| fact.to_string());
    domain.or_else(|| record.text(is::DOMAIN).map(str::to_owned)).or_else(figure).or_else(company).unwrap_or_default()
}

/// Which facts of each row are to be text: of a row without namesakes the first one, of namesakes those that it takes to
/// tell it from all of them.
pub fn telling(names: &[String], facts: &[Vec<Told>]) -> Vec<Vec<bool>> {
    let plain = |row: &[Told]| row.iter().map(|told| fold(&told.plain)).collect::<Vec<_>>();
    let plain: Vec<Vec<String>> = facts.iter().map(|row| plain(row)).collect();
    let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
    (0..names.len()).map(|at| telling_of(at, &folded, &plain)).collect()
}

/// The facts of one line, what tells it from namesakes as text.
pub fn toned(facts: &[Told], bright: &[bool], line: u8, cx: &Cx) -> Vec<Fact> {
    let theme = cx.look.theme;
    let tone = |told: &Told, bright: bool| -> Fact {
        let style = |span: &Span<'static>| if bright && span.style == theme.dim { theme.text } else { span.style };
        let spans = told.shown.spans.iter().map(|span| Span::styled(span.content.clone(), style(span)));
        spans.collect()
    };
    let facts = facts.iter().zip(bright).filter(|(told, _)| told.line == line);
    facts.map(|(told, bright)| tone(told, *bright)).collect()
}

fn telling_of(at: usize, names: &[String], facts: &[Vec<String>]) -> Vec<bool> {
    let mut rivals: Vec<usize> = (0..names.len()).filter(|other| *other != at && names[*other] == names[at]).collect();
    if rivals.is_empty() {
        return (0..facts[at].len()).map(|place| place == 0).collect();
    }
    let tells = |(place, fact): (usize, &String)| {
        let before = rivals.len();
        rivals.retain(|other| facts[*other].get(place) == Some(fact));
        rivals.len() < before
    };
    facts[at].iter().enumerate().map(tells).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bright(rows: &[(&str, &[&str])]) -> Vec<Vec<bool>> {
        let names: Vec<String> = rows.iter().map(|(name, _)| (*name).to_owned()).collect();
        let of = |facts: &[&str]| facts.iter().map(|fact| told(0, Fact::raw((*fact).to_owned()))).collect();
        telling(&names, &rows.iter().map(|(_, facts)| of(facts)).collect::<Vec<Vec<Told>>>())
    }

    #[test]
    fn namesakes_are_told_apart_by_as_little_as_it_takes() {
        let rows: &[(&str, &[&str])] = &[
            ("Jan Kowalski", &["Baltic", "Driver", "j@baltic"]),
            ("Jan Kowalski", &["Hanse", "Driver", "j@hanse"]),
            ("JAN KOWALSKI", &["Baltic", "Clerk", "jan@baltic"]),
            ("Ewa Nowak", &["Baltic", "Driver", "e@baltic"]),
        ];
        let wanted = [[true, true, false], [true, false, false], [true, true, false], [true, false, false]];
        assert_eq!(bright(rows), wanted);
    }

    #[test]
    fn what_namesakes_have_in_common_is_dim() {
        let rows: &[(&str, &[&str])] = &[("A", &["none", "1"]), ("A", &["none", "2"]), ("A", &["none", "2"])];
        assert_eq!(bright(rows), [[false, true], [false, true], [false, true]]);
    }
}
