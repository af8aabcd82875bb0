//! The form of the deal that comes with a qualified lead (R2.8): filled in, one enter accepts it. It moves the lead with
//! what was changed of the deal, and whoever asked for the move takes its own back.

use super::with::With;
use super::{CREATE, Form};
use crate::domain::change::Change;
use crate::domain::id::{Object, PropertyId, RecordId};
use crate::domain::logging::past::Timeframe;
use crate::domain::moving::{Given, Move, Qualifying as Asked};
use crate::domain::object::is;
use crate::domain::sight::UNSEEN;
use crate::domain::value::Value;
use crate::ui::edit::{FieldEditor, Of};
use crate::ui::layer::{Answer, Cx, Effect};
use crate::ui::text::clean;
use crate::ui::widgets::Hint;
use ratatui::text::{Line, Span};

/// The move that waits for a deal.
pub struct Qualifying {
    asked: Asked,
    moving: Move,
}

impl Qualifying {
    pub fn key_of_draft(&self) -> String {
        format!("qualify {}", self.asked.lead)
    }

    pub fn is_required(&self) -> bool {
        self.asked.required
    }

    pub fn title(&self, cx: &Cx) -> Vec<Span<'static>> {
        let theme = cx.look.theme;
        let name = clean(&self.asked.name).into_owned();
        vec![
            Span::styled("Create deal", theme.title),
            Span::styled(format!(" of {} ", cx.look.glyphs.lead), theme.dim),
            Span::styled(name, theme.text),
        ]
    }

    /// Whom the deal is associated with.
    pub fn subtitle(&self, cx: &Cx) -> Option<Line<'static>> {
        let names: Vec<&str> = self.asked.ties.iter().map(|(_, name)| name.as_str()).collect();
        let text = format!("With {}", names.join(", "));
        (!names.is_empty()).then(|| Line::styled(clean(&text).into_owned(), cx.look.theme.dim))
    }

    pub fn hints(&self, of_tie: &[Hint<'static>]) -> Vec<Hint<'static>> {
        let mut hints = vec![Hint::new("tab", "next")];
        hints.extend_from_slice(of_tie);
        hints.extend((!self.asked.required).then(|| Hint::new("ctrl-r", "without a deal")));
        hints
    }

    fn with(&self, deal: Given<Vec<(PropertyId, Option<Value>)>>, past: Vec<(RecordId, Timeframe)>) -> Change {
        let moving = Box::new(Move { deal, ..self.moving.clone() });
        if past.is_empty() { Change::Move(moving) } else { Change::Qualify { moving, past } }
    }
}

impl Form {
    /// The form of the deal that `moving` needs.
    pub fn qualifying(asked: &Asked, moving: &Move, cx: &Cx) -> Form {
        let mut form = Form { stays: true, ..Form::blank(Object::DEAL, None, cx) };
        let pipeline = asked.values.iter().find(|(id, _)| *id == is::PIPELINE).and_then(|(_, value)| value.as_option());
        let of = Of { object: Object::DEAL, pipeline };
        for (id, value) in &asked.values {
            if let Some(field) = form.fields.iter_mut().find(|field| field.editor.property.id == *id) {
                let property = field.editor.property.clone();
                field.editor = FieldEditor::new(&property, Some(value), of, cx);
            }
        }
        let seen = asked.ties.iter().filter(|(_, name)| name != UNSEEN);
        form.with = seen.map(|(id, name)| With::new(*id, name.clone(), Object::DEAL)).collect();
        form.qualifying = Some(Box::new(Qualifying { asked: asked.clone(), moving: moving.clone() }));
        form.take_draft(cx);
        form
    }

    /// The move with the deal as it is here, once all of it can be read.
    pub(super) fn accept(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.field().is_some_and(|field| field.editor.is_dropped() && field.editor.enter()) {
            return vec![self.keep(cx)];
        }
        self.leave(cx);
        let (Some(values), Some(ties)) = (self.values(cx), self.ties(cx)) else { return Vec::new() };
        let Some(qualifying) = &self.qualifying else { return Vec::new() };
        let past = ties.into_iter().filter_map(|tying| Some((tying.other, tying.past?))).collect();
        let cleared = qualifying.asked.values.iter().filter(|(id, _)| {
            let is_asked = self.fields.iter().any(|field| field.editor.property.id == *id);
            is_asked && values.iter().all(|(known, _)| known != id)
        });
        let cleared: Vec<_> = cleared.map(|(id, _)| (*id, None)).collect();
        let is_other = |(id, value): &(PropertyId, Value)| !qualifying.asked.values.contains(&(*id, value.clone()));
        let changed = values.into_iter().filter(is_other).map(|(id, value)| (id, Some(value)));
        let deal = Given::This(changed.chain(cleared).collect());
        let change = qualifying.with(deal, past);
        self.creating = Some(false);
        self.refusal = None;
        // It stays till the rules have granted it: what is typed is not lost by a refusal.
        vec![Effect::Perform(CREATE, change)]
    }

    /// The move without a deal.
    pub(super) fn without_deal(&self, cx: &Cx) -> Vec<Effect> {
        let without = |qualifying: &Qualifying| Answer::Perform(Box::new(qualifying.with(Given::Skip, Vec::new())));
        let skipped = self.qualifying.as_ref().map(|qualifying| Effect::Pop(Some(without(qualifying))));
        std::iter::once(self.discard(cx)).chain(skipped).collect()
    }
}
