//! The order of lifecycle stages (R2.17): where something automatic may move a record to. Their names are a table in
//! `object/properties.rs`.

use super::id::OptionId;
use super::object::is::LIFECYCLE_STAGES;

pub const OPPORTUNITY: OptionId = OptionId(5);
pub const CUSTOMER: OptionId = OptionId(6);
/// The last one of the order; what comes after it stands outside.
const EVANGELIST: OptionId = OptionId(7);

/// Whether something automatic may move records to or from the stage.
pub fn is_in_order(stage: OptionId) -> bool {
    stage <= EVANGELIST
}

/// Whether something automatic may move a record on from its stage, or from none, to another; `back`: to an earlier one
/// too.
pub fn may_move(from: Option<OptionId>, to: OptionId, back: bool) -> bool {
    let is_forwards = |from: OptionId| is_in_order(from) && from != to && (back || from < to);
    is_in_order(to) && from.is_none_or(is_forwards)
}

pub fn label(stage: OptionId) -> &'static str {
    LIFECYCLE_STAGES.get(usize::from(stage.0).wrapping_sub(1)).copied().unwrap_or("another one")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn called(name: &str) -> Option<OptionId> {
        (1..=8).map(OptionId).find(|stage| label(*stage) == name)
    }

    #[rstest]
    #[case("", "Lead", true, true)]
    #[case("Subscriber", "Lead", true, true)]
    #[case("Lead", "Lead", false, false)]
    #[case("Customer", "Opportunity", false, true)]
    #[case("Customer", "Evangelist", true, true)]
    #[case("Other", "Customer", false, false)]
    #[case("Customer", "Other", false, false)]
    #[case("", "Other", false, false)]
    fn r2_17_other_stands_outside_the_order(
        #[case] from: &str,
        #[case] to: &str,
        #[case] forwards: bool,
        #[case] back: bool,
    ) {
        let (from, to) = (called(from), called(to).unwrap());
        assert_eq!((may_move(from, to, false), may_move(from, to, true)), (forwards, back));
    }

    #[test]
    fn r2_17_what_deals_set_is_called_so() {
        assert_eq!((label(OPPORTUNITY), label(CUSTOMER), label(EVANGELIST)), ("Opportunity", "Customer", "Evangelist"));
    }
}
