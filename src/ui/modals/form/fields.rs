//! Which properties a form asks for at once, as the settings say it (R2.14); all others wait below *more fields*.

use crate::domain::id::Object;
use crate::domain::object::{ObjectSpec, is};
use crate::domain::property::{Kind, Property};
use crate::domain::value::Value;
use crate::ui::edit::{FieldEditor, Of, obstacle};
use crate::ui::layer::Cx;

/// A field of a form.
pub struct Field {
    pub editor: FieldEditor,
    /// Records that have its value already.
    pub holder: Option<(crate::domain::id::RecordId, String)>,
}

/// All fields of an object, and how many of them are asked for at once. A lead is called as what it is about, `with`,
/// until it gets another name.
pub fn fields(spec: &ObjectSpec, with: Option<&str>, cx: &Cx) -> (Vec<Field>, usize) {
    let asked = cx.settings.form(spec.object);
    // One pipeline is no choice.
    let is_choice = |p: &&Property| p.id != is::PIPELINE || cx.settings.pipelines_of(spec.object).count() > 1;
    // A full name is asked for in its two parts.
    let can = |p: &&Property| !p.hidden && !p.derived && obstacle(spec.object, p).is_none() && is_choice(p);
    let is_asked = |p: &&Property| asked.iter().any(|field| field.property == p.id);
    let mut chosen: Vec<&Property> =
        asked.iter().filter_map(|field| spec.property(field.property)).filter(can).collect();
    let at_once = chosen.len();
    chosen.extend(spec.properties.iter().filter(can).filter(|p| !is_asked(p)));
    let pipeline = cx.settings.pipelines_of(spec.object).next();
    let of = Of { object: spec.object, pipeline: pipeline.map(|pipeline| pipeline.id) };
    let editor = |property: &Property| {
        let preset = match property.kind {
            Kind::Pipeline => pipeline.map(|pipeline| Value::Option(pipeline.id)),
            Kind::Stage => pipeline.and_then(|p| p.stages.first()).map(|stage| Value::Option(stage.id)),
            _ if property.id == is::NAME && spec.object == Object::LEAD => with.map(Value::text),
            _ => None,
        };
        let required = property.required || asked.iter().any(|field| field.property == property.id && field.required);
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
