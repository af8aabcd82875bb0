//! Records of all objects by words: the question, its answer, and how a found record reads. Shared by what looks for
//! records.

use crate::domain::answer::Row;
use crate::domain::id::{Object, RecordId};
use crate::domain::object::is;
use crate::domain::search::{FEW, Hits, Search, Sought};
use crate::ui::cell::{self, glyph_of};
use crate::ui::layer::{Cx, Effect, Place, Slot};
use crate::ui::record::facts::{Fact, beneath, figure, joined};
use crate::workspace::request::{Reply, Request};
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const FOUND: Slot = 0;
const SIMILAR: Slot = 1;

/// What was found for the words that were asked last.
#[derive(Default)]
pub struct Finding {
    hits: Hits,
    /// Asked for when few were found; those of the words before stay till then.
    similar: Vec<Row>,
    asked: Option<Search>,
    awaits_hits: bool,
    awaits_similar: bool,
    /// Enter was pressed before the answer: it means the first record that comes.
    owes: bool,
}

/// What follows from an answer.
#[derive(Default)]
pub struct Taken {
    pub effects: Vec<Effect>,
    /// Enter was pressed before: it means the first record now.
    pub pays: bool,
}

impl Finding {
    pub fn ask(&mut self, text: &str, scope: Option<Object>, limit: usize) -> Vec<Effect> {
        let search = Search { text: text.to_owned(), scope, limit };
        (self.awaits_hits, self.awaits_similar, self.owes) = (true, false, false);
        self.asked = Some(search.clone());
        vec![Effect::Ask(FOUND, Request::Find(search))]
    }

    /// Nothing is looked for.
    pub fn forget(&mut self) {
        *self = Finding::default();
    }

    pub fn owe(&mut self) {
        self.owes = true;
    }

    pub fn take(&mut self, slot: Slot, reply: Reply) -> Taken {
        let effects = match slot {
            FOUND if self.awaits_hits => self.take_hits(reply),
            SIMILAR if self.awaits_similar => {
                self.awaits_similar = false;
                self.similar = if let Reply::Similar(rows) = reply { rows } else { Vec::new() };
                Vec::new()
            }
            _ => return Taken::default(),
        };
        let pays = !self.is_awaited() && std::mem::take(&mut self.owes);
        Taken { effects, pays }
    }

    fn take_hits(&mut self, reply: Reply) -> Vec<Effect> {
        self.awaits_hits = false;
        self.hits = if let Reply::Found(hits) = reply { hits } else { Hits { ready: true, ..Hits::default() } };
        let few = self.asked.clone().filter(|search| self.hits.rows.len() < FEW.min(search.limit));
        let Some(search) = few.filter(|search| Sought::of(&search.text).is_some()) else {
            self.similar.clear();
            return Vec::new();
        };
        let found = &self.hits.rows;
        self.similar.retain(|row| found.iter().all(|other| other.record.id != row.record.id));
        self.awaits_similar = true;
        let limit = FEW.min(search.limit);
        vec![Effect::Ask(SIMILAR, Request::SimilarAll(Search { limit, ..search }))]
    }

    /// The first record may still change.
    pub fn is_awaited(&self) -> bool {
        self.awaits_hits || (self.awaits_similar && self.hits.rows.is_empty())
    }

    /// Some object can't be searched yet.
    pub fn is_coming(&self) -> bool {
        !self.awaits_hits && self.asked.is_some() && !self.hits.ready
    }

    pub fn rows(&self) -> &[Row] {
        &self.hits.rows
    }

    pub fn similar(&self) -> &[Row] {
        &self.similar
    }

    /// How many records there are to choose from.
    pub fn len(&self) -> usize {
        self.rows().len() + self.similar.len()
    }

    pub fn get(&self, at: usize) -> Option<&Row> {
        self.rows().get(at).or_else(|| self.similar.get(at.checked_sub(self.rows().len())?))
    }
}

/// Closes what looks for records and opens one.
pub fn go(id: RecordId) -> Vec<Effect> {
    vec![Effect::Pop(None), Effect::Go(Place::Record(id))]
}

/// A found record in one line: glyph, name, and what one tells it from its namesakes by.
pub fn line(row: &Row, words: &[String], area: Rect, cx: &Cx) -> Line<'static> {
    let theme = cx.look.theme;
    let glyph = glyph_of(row.record.id.object, cx.look.glyphs);
    let mut shown = Line::styled(format!("{glyph} "), theme.dim);
    shown.extend(cell::text(&row.record.name(), words, area.width.saturating_sub(2), theme.text, cx));
    let room = area.width.saturating_sub(shown.width() as u16 + 2);
    if room > 0 {
        shown.push_span(Span::raw("  "));
        shown.extend(joined(known_by(row, words, room, cx), room, cx));
    }
    shown
}

fn known_by(row: &Row, words: &[String], room: u16, cx: &Cx) -> Vec<Fact> {
    let dim = cx.look.theme.dim;
    let told = |property| {
        let value = row.get(property)?;
        value.as_text().map(|text| cell::text(text, words, room, dim, cx))
    };
    let company = row.derived.company.as_ref().map(|(_, name)| name.as_str());
    match row.record.id.object {
        Object::CONTACT => [is::COMPANY, is::EMAIL].into_iter().filter_map(told).collect(),
        Object::COMPANY => [is::DOMAIN, is::CITY, is::COUNTRY].into_iter().filter_map(told).collect(),
        _ => {
            let own = || row.record.text(is::COMPANY_NAME);
            let amount = figure(&row.record, cx).map(|fact| fact.patch_style(dim));
            let facts = beneath(&row.record, company.or_else(own), None, cx);
            amount.into_iter().chain(facts).collect()
        }
    }
}
