//! Changing settings (R6.6).

use super::permission::check_right;
use super::{Draft, Granted, Planned, association, ownership, property};
use crate::domain::change::{Author, Op, Refusal, Rule};
use crate::domain::graph::Graph;
use crate::domain::settings::{SYNC_OWNER, SettingKind, Spec, other_sources, own_key};
use serde::Serialize;

pub(super) fn set(draft: &mut Draft, values: &[(String, String)]) -> Planned<Granted> {
    let mut labels = Vec::with_capacity(values.len());
    for (key, value) in values {
        let spec = Spec::of(key).ok_or_else(|| Refusal::Missing(format!("There is no setting {key}")))?;
        if !spec.is_own() {
            check_right(draft, spec.right())?;
        }
        let settings = draft.settings();
        let refused = |rule| move |sentence| Refusal::Rule { rule: Some(rule), sentence, field: None };
        match spec.kind {
            SettingKind::Toggle if spec.key == SYNC_OWNER && spec.check(value).as_deref() == Ok("true") => {
                ownership::ask(draft)?;
            }
            SettingKind::Limits => association::set_limits(draft, value)?,
            SettingKind::Reasons => property::set_reasons(draft, value)?,
            SettingKind::LifecycleStage
            | SettingKind::LifecycleStages
            | SettingKind::StageAutomation
            | SettingKind::LeadForm
            | SettingKind::LeadProperties => {
                let row = settings.read_of_leads(key, value).map_err(|(rule, sentence)| refused(rule)(sentence))?;
                put(draft, key, row)?;
            }
            SettingKind::ActivityTable => {
                let activities = settings.read_table(value).map_err(refused(Rule(3, 13)))?;
                put(draft, key, activities.table_row())?;
            }
            SettingKind::ActivityLimits => {
                let activities = settings.read_activity_limits(value).map_err(refused(Rule(3, 20)))?;
                put(draft, key, activities.limits_row())?;
            }
            SettingKind::EventKinds => {
                let row = settings.read_event_kinds(value).map_err(refused(Rule(4, 1)))?;
                put(draft, key, Some(row))?;
            }
            SettingKind::User => {
                let row = settings.read_recipient(value).map_err(refused(Rule(4, 3)))?;
                put(draft, key, row)?;
            }
            SettingKind::Tick(..) | SettingKind::Own => set_own(draft, spec, value)?,
            _ => {
                let text = spec.check(value).map_err(refused(Rule(6, 6)))?;
                put(draft, key, Some(serde_json::Value::String(text).to_string()))?;
                for other in other_sources(key).into_iter().filter(|_| !value.trim().is_empty()) {
                    put(draft, &other, None)?;
                }
            }
        }
        labels.push(spec.label);
    }
    let what = match labels.as_slice() {
        [one] => format!("Changed the setting {one}"),
        several => format!("Changed {} settings", several.len()),
    };
    Ok(Granted::new(what, Vec::new()))
}

/// Sets what each user has for themselves (R4.7).
fn set_own(draft: &mut Draft, spec: &Spec, value: &str) -> Planned {
    let Author::User(user) = draft.asking.by else {
        return Err(Refusal::Missing("The program has no settings of its own".to_owned()).into());
    };
    let text = spec.check(value).map_err(|sentence| Refusal::rule(4, 7, sentence))?;
    let settings = draft.settings();
    let row = match spec.kind {
        SettingKind::Tick(topic, channel) => settings.with_tick(user, topic, channel, text == "true"),
        _ => settings.with_source(user, spec.key, &text),
    };
    put(draft, &own_key(user), row)
}

/// Writes a row, or takes it away.
pub(super) fn put(draft: &mut Draft, key: &str, row: Option<String>) -> Planned {
    let from = draft.settings().row(key).map(str::to_owned);
    if from != row {
        draft.grant(Op::Setting { key: key.to_owned(), from, to: row })?;
    }
    Ok(())
}

pub(super) fn row(of: &impl Serialize) -> String {
    serde_json::to_string(of).unwrap_or_default()
}
