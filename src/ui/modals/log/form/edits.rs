//! An activity that is edited in the form of its type: what of it is written otherwise than it was, and the records that
//! it is on.

use super::fields::{Field, fill, written};
use crate::domain::activity::{Activity, ActivityEdit, Details};
use crate::domain::answer::Item;
use crate::domain::logging::Logging;
use crate::ui::cell::{self, glyph_of};
use crate::ui::layer::Cx;
use crate::ui::record::entry;
use crate::ui::text::clean;
use crate::ui::widgets::{RowState, draw_left, draw_right, paint_row, row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub struct Edits {
    pub item: Item,
    /// What stood in each field.
    was: Vec<String>,
}

/// An activity as a form says it.
fn said(activity: &Activity) -> Logging {
    let logging = Logging::of(activity);
    let has_no_date = matches!(activity.details, Details::Task { has_due: false, .. });
    Logging { at: logging.at.filter(|_| !has_no_date), ..logging }
}

impl Edits {
    /// Fills the fields with what it says.
    pub fn of(item: &Item, fields: &mut [Field], cx: &Cx) -> Edits {
        let logging = said(&item.activity);
        for field in &mut *fields {
            field.editor.set_text(&written(field.name, &logging, None, cx).unwrap_or_default());
        }
        Edits { item: item.clone(), was: fields.iter().map(|field| field.editor.text()).collect() }
    }

    /// Those that are written otherwise.
    pub fn changed<'f>(&self, fields: &'f [Field]) -> impl Iterator<Item = &'f Field> {
        let was = self.was.clone();
        fields.iter().zip(was).filter(|(field, was)| field.editor.text() != *was).map(|(field, _)| field)
    }

    /// Back to what they said.
    pub fn take_back(&self, fields: &mut [Field]) {
        for (field, was) in fields.iter_mut().zip(&self.was) {
            field.editor.set_text(was);
        }
    }

    /// What becomes of the activity; what nobody touched stays as it is, down to the second. The error is of a field.
    pub fn edit(&self, fields: &[Field], cx: &Cx) -> Result<ActivityEdit, (&'static str, String)> {
        let mut logging = Logging::of(&self.item.activity);
        for field in self.changed(fields) {
            fill(&mut logging, field, cx).map_err(|sentence| (field.name, sentence))?;
        }
        match super::fields::missing(&logging) {
            Some((name, sentence)) => Err((name, sentence.to_owned())),
            None => Ok(logging.edit_of(&self.item.activity)),
        }
    }

    pub fn height(&self) -> u16 {
        self.item.names.len().max(1) as u16
    }

    pub fn head(&self, cx: &Cx) -> Line<'static> {
        let theme = cx.look.theme;
        let count = Span::styled(format!(" {}", self.item.names.len()), theme.dim);
        Line::from_iter([Span::styled("Where it is", theme.title), count])
    }

    /// Each record with its reason; what does not fit is counted.
    pub fn paint(&self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        let (theme, activity) = (cx.look.theme, &self.item.activity);
        if focused {
            paint_row(buf, row(area, 0), RowState::Cursor { focused }, cx.look);
        }
        if activity.targets.is_empty() {
            draw_left(buf, row(area, 0), &Line::styled("on no record, enter puts it on one", theme.dim));
        }
        let all = activity.targets.len();
        let room = usize::from(area.height);
        let shown = if all > room { room.saturating_sub(1) } else { all };
        for (y, (target, name)) in (0..area.height).zip(activity.targets.iter().zip(&self.item.names).take(shown)) {
            let line = row(area, y);
            let why = Line::styled(clean(entry::reason(activity, target)).into_owned(), theme.dim);
            let taken = draw_right(buf, line, &why);
            draw_left(buf, line, &Line::styled(glyph_of(target.record.object, cx.look.glyphs), theme.dim));
            let place = Rect { x: line.x + 2.min(line.width), width: line.width.saturating_sub(taken + 4), ..line };
            let line = match name {
                Some(name) => cell::text(name, &[], place.width, theme.text, cx),
                None => Line::styled("a record that you may not see", theme.dim),
            };
            draw_left(buf, place, &line);
        }
        if shown < all {
            draw_left(buf, row(area, area.height - 1), &Line::styled(format!("and {} more", all - shown), theme.dim));
        }
        focused.then(|| row(area, 0))
    }
}
