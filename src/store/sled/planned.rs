//! Tasks and meetings in the order of time, for agendas: rows of their own, written with each activity.

use super::blocks::Span;
use super::{SledStore, damaged, keys};
use crate::domain::agenda::{Planned, Stand};
use crate::domain::graph::{Read, Unreadable};
use crate::domain::id::UserId;
use crate::store::codec;
use std::mem::discriminant;
use std::ops::ControlFlow;

impl SledStore {
    pub(super) fn planned(
        &self,
        whose: Option<UserId>,
        from: Stand,
        see: &mut dyn FnMut(Planned) -> ControlFlow<()>,
    ) -> Read<()> {
        let span = Span::prefix(&keys::planned_of(whose)).starting_at(keys::planned_from(whose, from));
        let mut broken = None;
        let scanned = self.blocks.scan_blocks(span, |key, value| match decoded(key, value) {
            Ok(planned) if discriminant(&planned.stand) != discriminant(&from) => ControlFlow::Break(()),
            Ok(planned) => see(planned),
            Err(what) => {
                broken = Some(what);
                ControlFlow::Break(())
            }
        });
        scanned.map_err(Unreadable::from)?;
        broken.map_or(Ok(()), Err)
    }
}

fn decoded(key: &[u8], value: &[u8]) -> Read<Planned> {
    let (whose, stand, id) = keys::planned_parts(key).ok_or_else(|| damaged("a key of an agenda"))?;
    let view = codec::decode_planned(value).map_err(damaged)?;
    Ok(Planned { id, whose, stand, kind: view.kind, queue: view.queue.into_owned() })
}
