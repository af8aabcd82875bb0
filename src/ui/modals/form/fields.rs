//! Which properties a form asks for, in which order. To ask for another one at once, add it to its object's row in
//! [`FIRST`]; all others wait below *more fields*.

use crate::domain::id::{Object, PropertyId};
use crate::domain::object::{ObjectSpec, is};
use crate::domain::property::{Kind, Property};
use crate::domain::value::Value;
use crate::ui::edit::{FieldEditor, Of, obstacle};
use crate::ui::layer::Cx;

const FIRST: &[(Object, &[PropertyId])] = &[
    (
        Object::CONTACT,
        &[
            is::FIRST_NAME,
            is::LAST_NAME,
            is::EMAIL,
            is::PHONE,
            is::JOB_TITLE,
            is::COMPANY_NAME,
            is::LIFECYCLE_STAGE,
            is::OWNER,
        ],
    ),
    (
        Object::COMPANY,
        &[is::NAME, is::DOMAIN, is::PHONE, is::INDUSTRY, is::CITY, is::COUNTRY, is::LIFECYCLE_STAGE, is::OWNER],
    ),
    (Object::DEAL, &[is::NAME, is::PIPELINE, is::STAGE, is::AMOUNT, is::CLOSE_DATE, is::DEAL_TYPE, is::OWNER]),
    (Object::TICKET, &[is::NAME, is::PIPELINE, is::STAGE, is::PRIORITY, is::CATEGORY, is::OWNER, is::DESCRIPTION]),
];

/// A field of a form.
pub struct Field {
    pub editor: FieldEditor,
    /// Records that have its value already.
    pub holder: Option<(crate::domain::id::RecordId, String)>,
}

/// What is asked for at once, and whether it is required whatever the property says (R2.14).
fn first(object: Object, cx: &Cx) -> Vec<(PropertyId, bool)> {
    if object == Object::LEAD {
        return cx.settings.leads.form.iter().map(|field| (field.property, field.required)).collect();
    }
    let first = FIRST.iter().find(|(of, _)| *of == object).map_or(&[][..], |(_, first)| first);
    first.iter().map(|id| (*id, false)).collect()
}

/// All fields of an object, and how many of them are asked for at once. A lead is called as what it is about, `with`,
/// until it gets another name.
pub fn fields(spec: &ObjectSpec, with: Option<&str>, cx: &Cx) -> (Vec<Field>, usize) {
    let asked = first(spec.object, cx);
    let first: Vec<PropertyId> = asked.iter().map(|(id, _)| *id).collect();
    // One pipeline is no choice.
    let is_choice = |p: &&Property| p.id != is::PIPELINE || cx.settings.pipelines_of(spec.object).count() > 1;
    // A full name is asked for in its two parts.
    let can = |p: &&Property| !p.hidden && !p.derived && obstacle(spec.object, p).is_none() && is_choice(p);
    let mut chosen: Vec<&Property> = first.iter().filter_map(|id| spec.property(*id)).filter(can).collect();
    // Of an object of a user, what they made is what they want to say.
    let of_user = |p: &Property| first.is_empty() && (p.required || p.is_custom() || p.id == is::OWNER);
    let named = |p: &&Property| first.contains(&p.id) || of_user(p);
    if first.is_empty() {
        chosen.extend(spec.properties.iter().filter(can).filter(named));
        chosen.sort_by_key(|property| property.id == is::OWNER);
    }
    let at_once = chosen.len();
    chosen.extend(spec.properties.iter().filter(can).filter(|p| !named(p)));
    let pipeline = cx.settings.pipelines_of(spec.object).next();
    let of = Of { object: spec.object, pipeline: pipeline.map(|pipeline| pipeline.id) };
    let editor = |property: &Property| {
        let preset = match property.kind {
            Kind::Pipeline => pipeline.map(|pipeline| Value::Option(pipeline.id)),
            Kind::Stage => pipeline.and_then(|p| p.stages.first()).map(|stage| Value::Option(stage.id)),
            _ if property.id == is::NAME && spec.object == Object::LEAD => with.map(Value::text),
            _ => None,
        };
        let required = property.required || asked.contains(&(property.id, true));
        let property = Property { required, ..property.clone() };
        Field { editor: FieldEditor::new(&property, preset.as_ref(), of, cx), holder: None }
    };
    (chosen.into_iter().map(editor).collect(), at_once)
}

/// The stages of another pipeline: the one of the same name, or else the first.
pub fn stage_of(property: &Property, object: Object, pipeline: &Value, was: &str, cx: &Cx) -> FieldEditor {
    let id = pipeline.as_option();
    let stages = id.and_then(|id| cx.settings.pipeline(id)).map_or(&[][..], |pipeline| &pipeline.stages);
    let stage = stages.iter().find(|stage| stage.name == was).or(stages.first());
    let value = stage.map(|stage| Value::Option(stage.id));
    FieldEditor::new(property, value.as_ref(), Of { object, pipeline: id }, cx)
}
