//! What one recognises a record by, object by object, as short facts in a line. To show another fact of an object, add
//! it to its arm.

use super::said;
use crate::domain::id::{Object, PropertyId};
use crate::domain::object::{ObjectSpec, is};
use crate::domain::property::{Kind, Property};
use crate::domain::record::Record;
use crate::domain::value::Value;
use crate::ui::Cx;
use crate::ui::cell;
use crate::ui::text::width;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Cells that one fact takes at most; a line cuts the last one that it has room for.
const WIDEST: u16 = 60;

pub type Fact = Line<'static>;

/// Facts with dots between them, in at most `room` cells.
pub fn joined(facts: impl IntoIterator<Item = Fact>, room: u16, cx: &Cx) -> Fact {
    let dot = format!(" {} ", cx.look.glyphs.dot);
    let mut line = Fact::default();
    for fact in facts {
        let gap = if line.spans.is_empty() { 0 } else { 3 };
        let left = room.saturating_sub(line.width() as u16 + gap);
        // What would lose more than a third says little; the first one always says something.
        if left == 0 || gap > 0 && usize::from(left) * 3 < fact.width() * 2 {
            break;
        }
        if gap > 0 {
            line.push_span(Span::styled(dot.clone(), cx.look.theme.dim));
        }
        line.extend(fitted(fact, left, cx));
    }
    line
}

/// A line in at most `room` cells, with `…` where it is cut.
pub fn fitted(line: Fact, room: u16, cx: &Cx) -> Fact {
    let line = flat(line);
    if line.width() <= usize::from(room) {
        return line;
    }
    let mut left = usize::from(room);
    let mut kept = Fact::default();
    for span in line.spans {
        let wide = width(&span.content);
        // What follows needs a cell for its mark.
        if wide < left {
            left -= wide;
            kept.push_span(span);
            continue;
        }
        let cut = format!("{}{}", span.content, cx.look.glyphs.ellipsis.repeat(left));
        let cut = cx.look.fit(&cut, left as u16).into_owned();
        kept.push_span(Span::styled(cut, span.style));
        break;
    }
    kept
}

/// With the style of the whole line in each of its pieces, so that they can stand in another.
fn flat(line: Fact) -> Fact {
    let style = line.style;
    let piece = |span: Span<'static>| Span::styled(span.content, style.patch(span.style));
    line.spans.into_iter().map(piece).collect()
}

/// A value in running text: a sign stands one blank before its word, where columns leave more.
pub fn running(property: &Property, value: Option<&Value>, room: u16, tone: Style, cx: &Cx) -> Fact {
    let has_sign = property.kind == Kind::Stage || property.id == is::LIFECYCLE_STAGE;
    if !has_sign || value.is_none() {
        return cell::detail(property, value, room, tone, cx);
    }
    let tries = (0..=5).rev().map(|more| closer(cell::detail(property, value, room + more, tone, cx)));
    let mut last = Fact::default();
    for line in tries {
        let fits = line.width() <= usize::from(room);
        last = line;
        if fits {
            break;
        }
    }
    last
}

fn closer(line: Fact) -> Fact {
    let mut closer = Fact::default();
    let mut parted = false;
    for span in line.spans {
        if span.content.trim().is_empty() {
            parted = !closer.spans.is_empty();
            continue;
        }
        if std::mem::take(&mut parted) {
            closer.push_span(Span::raw(" "));
        }
        closer.push_span(span);
    }
    closer
}

/// A property of a record as a fact, if it has a value.
pub fn fact(record: &Record, id: PropertyId, tone: Style, cx: &Cx) -> Option<Fact> {
    let property = cx.settings.object(record.id.object)?.property(id)?;
    let value = record.get(id)?;
    Some(running(property, Some(&value), WIDEST, tone, cx))
}

pub fn words(text: &str, tone: Style, cx: &Cx) -> Fact {
    cell::text(text, &[], WIDEST, tone, cx)
}

/// `Gdańsk, Poland`.
pub fn town(record: &Record, tone: Style, cx: &Cx) -> Option<Fact> {
    let parts: Vec<&str> = [is::CITY, is::COUNTRY].into_iter().filter_map(|id| record.text(id)).collect();
    (!parts.is_empty()).then(|| words(&parts.join(", "), tone, cx))
}

fn city(record: &Record, cx: &Cx) -> Option<Fact> {
    let place = record.text(is::CITY).or_else(|| record.text(is::COUNTRY))?;
    Some(words(place, cx.look.theme.dim, cx))
}

fn people(record: &Record, cx: &Cx) -> Option<Fact> {
    let mut line = fact(record, is::EMPLOYEES, cx.look.theme.dim, cx)?;
    line.push_span(Span::styled(" people", cx.look.theme.dim));
    Some(line)
}

/// `12 Dec`.
fn close_date(record: &Record, cx: &Cx) -> Option<Fact> {
    let Some(Value::Date(day)) = record.values.get(is::CLOSE_DATE) else { return None };
    Some(Line::styled(said::day(*day, cx), cx.look.theme.dim))
}

/// `closes 12 Dec`.
fn closes(record: &Record, cx: &Cx) -> Option<Fact> {
    let word = if is_open(record, cx) { "closes " } else { "closed " };
    let mut line = Line::from(Span::styled(word, cx.look.theme.dim));
    line.extend(fitted(close_date(record, cx)?, WIDEST, cx));
    Some(line)
}

/// The line below the breadcrumb: what a record is, without its name. `company` is that of its surroundings.
pub fn head(record: &Record, company: Option<&str>, cx: &Cx) -> Vec<Fact> {
    let (dim, text) = (cx.look.theme.dim, cx.look.theme.text);
    let own = |id, tone| fact(record, id, tone, cx);
    let company = company.map(|name| words(name, text, cx));
    let facts = match record.id.object {
        Object::CONTACT => vec![position(own(is::JOB_TITLE, dim), company, cx), town(record, dim, cx)],
        Object::COMPANY => {
            vec![own(is::INDUSTRY, dim), town(record, dim, cx), people(record, cx), own(is::DOMAIN, dim)]
        }
        Object::DEAL => vec![company, own(is::AMOUNT, text), own(is::STAGE, dim), closes(record, cx)],
        Object::TICKET => vec![company, own(is::PRIORITY, dim), own(is::STAGE, dim), own(is::CATEGORY, dim)],
        Object::LEAD => vec![company, own(is::LEAD_LABEL, dim), own(is::STAGE, dim), own(is::LEAD_TYPE, dim)],
        _ => telling(record, dim, cx).chain([own(is::OWNER, dim)]).collect(),
    };
    let facts: Vec<Fact> = facts.into_iter().flatten().collect();
    if facts.is_empty() { vec![only_kind(record, cx)] } else { facts }
}

/// What the object of a user says of its record.
fn telling<'a>(record: &'a Record, tone: Style, cx: &'a Cx) -> impl Iterator<Item = Option<Fact>> {
    let own = cx.settings.object(record.id.object).into_iter().flat_map(ObjectSpec::telling);
    own.map(move |property| fact(record, property.id, tone, cx))
}

/// `Head of Purchase at Nordhafen Energie GmbH`.
fn position(job: Option<Fact>, company: Option<Fact>, cx: &Cx) -> Option<Fact> {
    match (job, company) {
        (Some(mut job), Some(company)) => {
            job.push_span(Span::styled(" at ", cx.look.theme.dim));
            job.extend(company);
            Some(job)
        }
        (job, company) => job.or(company),
    }
}

/// Nothing is known of it but what it is.
fn only_kind(record: &Record, cx: &Cx) -> Fact {
    let kind = cx.settings.object(record.id.object).map_or("Record", |spec| spec.singular.as_str());
    let created = said::moment(record.created.at, 0, cx);
    Line::styled(format!("{kind}, created {created}"), cx.look.theme.dim)
}

/// The second line of an associated record. `besides` is the company that the page says already.
pub fn beneath(record: &Record, company: Option<&str>, besides: Option<&str>, cx: &Cx) -> Vec<Fact> {
    let dim = cx.look.theme.dim;
    let own = |id| fact(record, id, dim, cx);
    let company = company.filter(|name| besides != Some(*name)).map(|name| words(name, dim, cx));
    let facts = match record.id.object {
        Object::CONTACT => {
            let (job, place) = (own(is::JOB_TITLE), company.or_else(|| city(record, cx)));
            let address = if job.is_none() && place.is_none() { own(is::EMAIL) } else { None };
            vec![job, place, address]
        }
        Object::COMPANY => vec![city(record, cx), people(record, cx).or_else(|| own(is::INDUSTRY))],
        Object::DEAL => vec![own(is::STAGE), close_date(record, cx), company],
        Object::TICKET => {
            let urgency = own(is::PRIORITY).filter(|_| is_open(record, cx));
            vec![own(is::STAGE), urgency, company]
        }
        Object::LEAD => vec![own(is::LEAD_LABEL), own(is::STAGE), company],
        _ => telling(record, dim, cx).chain([own(is::OWNER)]).collect(),
    };
    facts.into_iter().flatten().collect()
}

/// The figure at the right end of an associated record's first line.
pub fn figure(record: &Record, cx: &Cx) -> Option<Fact> {
    fact(record, is::AMOUNT, cx.look.theme.text, cx)
}

/// Whether the record stands in an open stage; of objects without stages, never.
pub fn is_open(record: &Record, cx: &Cx) -> bool {
    let stage = record.values.get(is::STAGE).and_then(Value::as_option);
    stage.and_then(|id| cx.settings.stage(id)).is_some_and(|(_, stage)| stage.group.is_open())
}
