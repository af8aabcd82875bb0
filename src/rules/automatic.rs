//! What follows by itself from what was granted, in this order. Each row sees what the rows before it did; an op that a
//! commit holds already is not added again, so they cannot loop. To add a rule, add a row.

use super::draft::Draft;
use super::{NoPlan, activity, association, auto_company, event, lifecycle, onward, ownership, record};
use crate::domain::change::{Op, Reason, Rule};

type Consequence = fn(&Op, &Draft) -> Result<Vec<(Op, Reason)>, NoPlan>;

pub(super) const RULES: &[(Rule, Consequence)] = &[
    (Rule(2, 2), record::first_stage),
    (Rule(5, 7), auto_company::by_domain),
    (Rule(5, 4), association::oldest_takes_over),
    (Rule(2, 4), lifecycle::lead_of_stage),
    (Rule(2, 6), lifecycle::stage_of_lead),
    (Rule(2, 18), lifecycle::flows),
    (Rule(1, 6), ownership::follows),
    (Rule(1, 10), activity::reach),
    (Rule(2, 16), onward::moves_on),
    (Rule(3, 19), activity::unpinned),
    (Rule(5, 9), activity::lonely_goes_along),
    (Rule(4, 1), event::joins),
];
