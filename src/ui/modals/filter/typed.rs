//! A value that is typed: as its property is edited elsewhere, where one value is asked for; as plain text where it is
//! several, two, or a length of time.

use super::{FilterBox, Step};
use crate::domain::property::Kind;
use crate::domain::query::operators::Takes;
use crate::domain::query::phrase::Subject;
use crate::ui::edit::{FieldEditor, Of};
use crate::ui::layer::Cx;
use crate::ui::terminal::Input;
use crate::ui::widgets::Edit;

impl FilterBox {
    /// Whether the values are to be typed, not chosen.
    pub(super) fn is_typed(&self) -> bool {
        self.step == Step::Value && self.offers.is_empty()
    }

    /// Long text is compared by a line of it.
    pub(super) fn editor_of_value(&self, cx: &Cx) -> Option<FieldEditor> {
        let one = self.is_typed() && self.operator?.takes == Takes::Value;
        let property = self.property(cx).filter(|property| one && property.kind != Kind::LongText)?;
        let object = match self.subject? {
            Subject::Associated(object, _) => object,
            _ => self.object,
        };
        Some(FieldEditor::new(property, None, Of { object, pipeline: None }, cx))
    }

    pub(super) fn text(&self) -> String {
        self.editor.as_ref().map_or_else(|| self.field.text().to_owned(), FieldEditor::text)
    }

    pub(super) fn set_text(&mut self, text: &str) {
        match &mut self.editor {
            Some(editor) => editor.set_text(text),
            None => self.field.set(text),
        }
    }

    /// A key that types, or a paste.
    pub(super) fn type_in(&mut self, input: &Input) -> Option<Edit> {
        match (&mut self.editor, input) {
            (Some(editor), input) => editor.input(input),
            (None, Input::Key(key)) => self.field.key(*key),
            (None, Input::Paste(text)) => {
                self.field.paste(text);
                Some(Edit::Changed)
            }
            _ => None,
        }
    }

    /// What is typed, as the operator takes it.
    pub(super) fn typed(&self) -> Vec<String> {
        let text = self.text();
        let text = text.trim();
        let parts: Vec<&str> = match self.operator.map(|operator| operator.takes) {
            Some(Takes::Two) => text.splitn(2, " and ").collect(),
            Some(Takes::Values) => text.split(';').collect(),
            _ => vec![text],
        };
        parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
    }
}
