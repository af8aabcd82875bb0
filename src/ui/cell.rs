//! One value as a few cells of a screen: what lists, previews and pages show of a property. A property that looks
//! special gets a row in [`Form::of`].

use super::layer::Cx;
use super::text::{clean, hit_spans, width};
use super::widgets::{Align, meter_spans};
use crate::domain::fold::all_hits;
use crate::domain::id::{Object, OptionId, PropertyId};
use crate::domain::number;
use crate::domain::object::is;
use crate::domain::pipeline::Group;
use crate::domain::property::{Choice, Kind, Property, Tint};
use crate::domain::value::{Value, shown};
use crate::domain::when;
use crate::glyphs::Glyphs;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::borrow::Cow;

/// Cells of the meter and the blank ones after it, where a stage's word begins.
const METER: u16 = 3;
const WORD_AT: u16 = 5;
/// Between several options, and the least of one that is worth showing.
const OPTION_GAP: u16 = 2;
const OPTION_LEAST: u16 = 6;

/// Whether dates are ages, as in lists, or dates, as in detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dates {
    Ages,
    Whole,
}

/// How a property shows its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Email,
    Lifecycle,
    Stage,
    Label,
    Priority,
    User,
    Money,
    Options,
}

impl Form {
    fn of(property: &Property) -> Form {
        match (property.id, property.kind) {
            (is::LIFECYCLE_STAGE, _) => Form::Lifecycle,
            (is::LEAD_LABEL, _) => Form::Label,
            (is::PRIORITY, _) => Form::Priority,
            (_, Kind::Stage) => Form::Stage,
            (_, Kind::Email) => Form::Email,
            (_, Kind::User) => Form::User,
            (_, Kind::Money) => Form::Money,
            _ if property.is_coloured() => Form::Options,
            _ => Form::Text,
        }
    }
}

/// Numbers, money, dates and ages end at the right edge of their column.
pub fn align(property: &Property) -> Align {
    if property.kind.is_measured() { Align::Right } else { Align::Left }
}

/// A value in at most `room` cells of a list: dates are ages.
pub fn cell(property: &Property, value: Option<&Value>, room: u16, tone: Style, cx: &Cx) -> Line<'static> {
    draw(property, value, &[], Dates::Ages, room, tone, cx)
}

/// The same, with what the folded `words` of a search found marked.
pub fn cell_with_hits(
    property: &Property,
    value: Option<&Value>,
    words: &[String],
    room: u16,
    tone: Style,
    cx: &Cx,
) -> Line<'static> {
    draw(property, value, words, Dates::Ages, room, tone, cx)
}

/// A value in at most `room` cells of a page or preview: dates are whole.
pub fn detail(property: &Property, value: Option<&Value>, room: u16, tone: Style, cx: &Cx) -> Line<'static> {
    draw(property, value, &[], Dates::Whole, room, tone, cx)
}

/// Text of others in at most `room` cells, with what the folded `words` of a search found marked.
pub fn text(text: &str, words: &[String], room: u16, tone: Style, cx: &Cx) -> Line<'static> {
    let text = clean(beginning(text, room));
    let hits = if words.is_empty() { Vec::new() } else { all_hits(&text, words) };
    let styles = [tone, tone.patch(cx.look.theme.hit)];
    let spans = hit_spans(&text, &hits, usize::from(room), cx.look.glyphs.ellipsis, styles);
    spans.into_iter().map(|span| Span::styled(span.content.into_owned(), span.style)).collect()
}

fn draw(
    property: &Property,
    value: Option<&Value>,
    words: &[String],
    dates: Dates,
    room: u16,
    tone: Style,
    cx: &Cx,
) -> Line<'static> {
    let Some(value) = value else {
        return Line::styled(cx.look.glyphs.nothing, cx.look.theme.dim);
    };
    match (Form::of(property), value.as_option()) {
        (Form::Lifecycle, Some(id)) => lifecycle(property, id, room, tone, cx),
        (Form::Stage, Some(id)) => stage(id, room, tone, cx),
        (Form::Label, Some(id)) => label(property, id, room, tone, cx),
        (Form::Priority, Some(id)) => priority(property, id, room, tone, cx),
        (Form::Email, _) => {
            let address = clean(value.as_text().unwrap_or_default());
            text(&cx.look.fit_email(&address, room), words, room, tone, cx)
        }
        (Form::Money, _) => text(&amount(written(property, value, dates, cx), value, room), words, room, tone, cx),
        (Form::User, _) => text(&person(&written(property, value, dates, cx), room), words, room, tone, cx),
        (Form::Options, _) => options(property, value, words, room, tone, cx),
        _ => text(&written(property, value, dates, cx), words, room, tone, cx),
    }
}

/// An amount is never cut, which would make it another one: it is told in thousands or millions where it has no room.
fn amount<'v>(whole: Cow<'v, str>, value: &Value, room: u16) -> Cow<'v, str> {
    let Value::Money(money) = value else { return whole };
    if width(&whole) <= usize::from(room) {
        return whole;
    }
    let sign = whole.rsplit([' ', '\u{a0}', '\u{202f}']).next().unwrap_or_default();
    let decimals = number::currency(money.currency.code()).map_or(2, |currency| currency.decimals);
    let units = money.minor as f64 / 10f64.powi(i32::from(decimals));
    let (size, letter) = if units.abs() < 1e6 { (units / 1e3, "k") } else { (units / 1e6, "M") };
    let decimals = usize::from(size.abs() < 100.0);
    format!("{size:.decimals$}{letter} {sign}").into()
}

/// A colleague's name is known well enough for `Maja S.` where there is little room.
fn person(name: &str, room: u16) -> Cow<'_, str> {
    let initial = name.rsplit_once(' ').and_then(|(first, last)| Some((first, last.chars().next()?)));
    match initial {
        Some((first, initial)) if width(name) > usize::from(room) => format!("{first} {initial}.").into(),
        _ => name.into(),
    }
}

fn written<'v>(property: &Property, value: &'v Value, dates: Dates, cx: &Cx) -> Cow<'v, str> {
    let clock = || when::Clock::new(cx.now, cx.settings.general.time_zone, cx.settings.general.first_weekday);
    match (value, dates) {
        (Value::Text(text), _) => Cow::Borrowed(text),
        (Value::Time(at), Dates::Ages) => when::ago(*at, &clock()).into(),
        (Value::Date(day), Dates::Ages) => when::ago_day(*day, &clock()).into(),
        _ => shown(property, value, cx.settings, cx.now).into(),
    }
}

/// As much of a long text as `room` cells could need, so that a novel in a name costs no frame.
fn beginning(text: &str, room: u16) -> &str {
    let most = usize::from(room) * 4 + 64;
    if text.len() <= most { text } else { &text[..text.floor_char_boundary(most)] }
}

/// The stages up to customer are the way; an evangelist has gone all of it, `Other` stands outside.
fn lifecycle(property: &Property, id: OptionId, room: u16, tone: Style, cx: &Cx) -> Line<'static> {
    let place = property.choices.iter().position(|choice| choice.id == id);
    let Some((place, choice)) = place.map(|place| (place, &property.choices[place])) else {
        return gone(room, cx);
    };
    let customer = property.choices.iter().position(|choice| choice.name == "customer");
    let stages = customer.map_or(property.choices.len(), |at| at + 1);
    let meter = match choice.name.as_str() {
        "other" => vec![Span::raw(" ".repeat(usize::from(METER)))],
        _ => meter_spans((place + 1).min(stages), stages, cx.look).to_vec(),
    };
    with_word(meter, &choice.label, room, tone, cx)
}

/// An open stage by how far it is, a closed one by how it ended.
fn stage(id: OptionId, room: u16, tone: Style, cx: &Cx) -> Line<'static> {
    let Some((pipeline, stage)) = cx.settings.stage(id) else { return gone(room, cx) };
    let sign = match (pipeline.progress(id), stage.group) {
        (Some((place, of)), _) => meter_spans(place, of, cx.look).to_vec(),
        (None, group) => {
            let (sign, style) = closed(group, cx);
            vec![Span::styled(sign, style), Span::raw(" ".repeat(usize::from(METER) - 1))]
        }
    };
    with_word(sign, &stage.name, room, tone, cx)
}

fn closed(group: Group, cx: &Cx) -> (&'static str, Style) {
    let (glyphs, theme) = (cx.look.glyphs, cx.look.theme);
    if group.is_lost() { (glyphs.closed_badly, theme.err) } else { (glyphs.closed_well, theme.ok) }
}

fn with_word(sign: Vec<Span<'static>>, word: &str, room: u16, tone: Style, cx: &Cx) -> Line<'static> {
    let mut line = Line::from(sign);
    if room > WORD_AT {
        line.push_span(Span::raw(" ".repeat(usize::from(WORD_AT - METER))));
        line.extend(text(&shorter(word, usize::from(room - WORD_AT)), &[], room - WORD_AT, tone, cx));
    }
    line
}

/// The long names of the lifecycle by what tells them apart, before anything is cut.
fn shorter(word: &str, room: usize) -> Cow<'_, str> {
    if width(word) <= room {
        return Cow::Borrowed(word);
    }
    let Some(short) = word.strip_suffix(" qualified lead") else { return Cow::Borrowed(word) };
    let forms = [format!("{short} qualified"), format!("{short} qual.")];
    let [_, shortest] = &forms;
    let fitting = forms.iter().find(|form| width(form) <= room);
    Cow::Owned(fitting.unwrap_or(shortest).clone())
}

fn label(property: &Property, id: OptionId, room: u16, tone: Style, cx: &Cx) -> Line<'static> {
    let Some(choice) = property.choice(id) else { return gone(room, cx) };
    let unlabelled = || Span::styled(cx.look.glyphs.unlabelled, tint(choice.tint, cx));
    let mut line = Line::from(vec![own_sign(property.id, choice, cx).unwrap_or_else(unlabelled), Span::raw(" ")]);
    line.extend(text(&choice.label, &[], room.saturating_sub(2), tone, cx));
    line
}

/// Of the labels that leads have from the start: a shape and a colour that they keep.
pub fn own_sign(property: PropertyId, choice: &Choice, cx: &Cx) -> Option<Span<'static>> {
    let (glyphs, theme) = (cx.look.glyphs, cx.look.theme);
    let (sign, style) = match (property, choice.name.as_str()) {
        (is::LEAD_LABEL, "hot") => (glyphs.hot, theme.err),
        (is::LEAD_LABEL, "warm") => (glyphs.warm, theme.warn),
        (is::LEAD_LABEL, "cold") => (glyphs.cold, theme.cold),
        _ => return None,
    };
    Some(Span::styled(sign, style))
}

/// How the sign of an option is coloured.
pub fn tint(tint: Tint, cx: &Cx) -> Style {
    cx.look.theme.tints[tint as usize]
}

/// An option: its sign in its colour, its word in `tone`.
pub fn option(choice: &Choice, words: &[String], room: u16, tone: Style, cx: &Cx) -> Line<'static> {
    let mut line = Line::from(vec![Span::styled(cx.look.glyphs.option, tint(choice.tint, cx)), Span::raw(" ")]);
    line.extend(text(&choice.label, words, room.saturating_sub(2), tone, cx));
    line
}

/// One option, or as many of several as there is room for.
fn options(property: &Property, value: &Value, words: &[String], room: u16, tone: Style, cx: &Cx) -> Line<'static> {
    let ids = match value {
        Value::Option(id) => std::slice::from_ref(id),
        Value::Options(ids) => ids.as_slice(),
        _ => &[],
    };
    let mut line = Line::default();
    for (place, id) in ids.iter().enumerate() {
        let used = line.width() as u16 + if place == 0 { 0 } else { OPTION_GAP };
        if place > 0 && used + OPTION_LEAST > room {
            line.push_span(Span::styled(format!(" {}", cx.look.glyphs.ellipsis), cx.look.theme.dim));
            break;
        }
        if place > 0 {
            line.push_span(Span::raw(" ".repeat(usize::from(OPTION_GAP))));
        }
        // What follows must be able to say that there is more.
        let room = (room - used.min(room)).saturating_sub(if place + 1 < ids.len() { 2 } else { 0 });
        line.extend(match property.choice(*id) {
            Some(choice) => option(choice, words, room, tone, cx),
            None => gone(room, cx),
        });
    }
    line
}

fn priority(property: &Property, id: OptionId, room: u16, tone: Style, cx: &Cx) -> Line<'static> {
    let Some(choice) = property.choice(id) else { return gone(room, cx) };
    let tone = match choice.name.as_str() {
        "high" => tone.patch(cx.look.theme.warn),
        "urgent" => tone.patch(cx.look.theme.err),
        _ => tone,
    };
    text(&choice.label, &[], room, tone, cx)
}

/// An option, pipeline or stage that was deleted.
fn gone(room: u16, cx: &Cx) -> Line<'static> {
    text("(deleted)", &[], room, cx.look.theme.dim, cx)
}

/// The sign of an object.
pub fn glyph_of(object: Object, glyphs: &Glyphs) -> &'static str {
    match object {
        Object::CONTACT => glyphs.contact,
        Object::COMPANY => glyphs.company,
        Object::DEAL => glyphs.deal,
        Object::TICKET => glyphs.ticket,
        Object::LEAD => glyphs.lead,
        _ => glyphs.custom,
    }
}

#[cfg(test)]
mod tests;
