//! The form within a picker: it creates a record that is associated at once; and the form of a contact who was reached.

use super::Form;
use crate::domain::id::{LabelId, Object, PropertyId, RecordId};
use crate::domain::object::is;
use crate::domain::record::split_name;
use crate::ui::layer::Cx;

impl Form {
    /// A form whose record will be associated with `one`.
    pub(in crate::ui::modals) fn in_picker(object: Object, one: RecordId, name: &str, cx: &Cx) -> Form {
        Form { in_picker: true, ..Form::new(object, Some((one, name.to_owned())), cx) }
    }

    /// A form of a contact with this e-mail or phone, whose maker stays where they are.
    pub(in crate::ui::modals) fn staying(address: &str, cx: &Cx) -> Form {
        let mut form = Form { stays: true, ..Form::new(Object::CONTACT, None, cx) };
        let property = if address.contains('@') { is::EMAIL } else { is::PHONE };
        if let Some(field) = form.fields.iter_mut().find(|field| field.editor.property.id == property) {
            field.editor.set_text(address);
        }
        form
    }

    pub(in crate::ui::modals) fn labels(&self) -> &[LabelId] {
        &self.labels
    }

    pub(in crate::ui::modals) fn set_labels(&mut self, labels: Vec<LabelId>) {
        self.labels = labels;
    }

    pub(in crate::ui::modals) fn is_replacing(&self) -> bool {
        self.replaces
    }

    pub(in crate::ui::modals) fn replace(&mut self) {
        self.replaces = true;
    }

    pub(in crate::ui::modals) fn is_creating(&self) -> bool {
        self.creating.is_some()
    }

    /// Takes what was searched for as what the new one is called, unless something is typed already.
    pub(in crate::ui::modals) fn call_it(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() || self.is_touched() {
            return;
        }
        for (id, value) in meant(self.object, text) {
            if let Some(field) = self.fields.iter_mut().find(|field| field.editor.property.id == id) {
                field.editor.set_text(value);
            }
        }
        self.at = 0;
    }
}

/// What a text that names nobody is likely to be of a new record.
fn meant(object: Object, text: &str) -> Vec<(PropertyId, &str)> {
    let is_one_word = !text.contains(char::is_whitespace);
    match object {
        Object::CONTACT if is_one_word && text.contains('@') => vec![(is::EMAIL, text)],
        Object::CONTACT => match split_name(text) {
            (first, "") => vec![(is::FIRST_NAME, first)],
            (first, last) => vec![(is::FIRST_NAME, first), (is::LAST_NAME, last)],
        },
        Object::COMPANY if is_one_word && text.contains('.') => vec![(is::DOMAIN, text)],
        _ => vec![(is::NAME, text)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_searched_goes_where_it_belongs() {
        assert_eq!(meant(Object::CONTACT, "Ewa Nowak"), [(is::FIRST_NAME, "Ewa"), (is::LAST_NAME, "Nowak")]);
        assert_eq!(meant(Object::CONTACT, "Ewa"), [(is::FIRST_NAME, "Ewa")]);
        assert_eq!(meant(Object::CONTACT, "ewa@nowak.example"), [(is::EMAIL, "ewa@nowak.example")]);
        assert_eq!(meant(Object::COMPANY, "nowak.example"), [(is::DOMAIN, "nowak.example")]);
        assert_eq!(meant(Object::COMPANY, "Nowak Sp. z o.o."), [(is::NAME, "Nowak Sp. z o.o.")]);
        assert_eq!(meant(Object::DEAL, "Retrofit"), [(is::NAME, "Retrofit")]);
    }
}
