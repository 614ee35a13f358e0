//! Figures that leave out when or of whom.
//!
//! A page may give the same figure as another without saying to which period or whom it belongs. Where it is stated with
//! at least three digits, and just one observation of the same kind, unit and status says the same within rounding, and
//! nothing that both state differs, it is cited there. It does not make the observation more certain.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Key;
use super::merge::Group;
use super::precision::Figure;
use crate::fact::Status;

/// Digits that a figure must state to be known again.
const DIGITS: i32 = 3;

/// What groups must have in common: the key without the entity, and the status.
type Common = (Key, Status);

/// Joins groups that leave something out to the one that they corroborate. Their order stays.
pub(super) fn join(groups: Vec<Group>) -> Vec<Group> {
    let index = Index::of(&groups);
    let targets: Vec<Option<usize>> = (0..groups.len()).map(|i| index.target(&groups, i)).collect();
    let mut slots: Vec<Option<Group>> = groups.into_iter().map(Some).collect();
    // The least specific first, so that what has joined one goes on with it.
    let mut order: Vec<usize> = (0..slots.len()).collect();
    order.sort_by_key(|&i| slots[i].as_ref().map(specific));
    for i in order {
        let Some(target) = targets[i] else { continue };
        let Some(mut group) = slots[i].take() else { continue };
        if let Some(target) = &mut slots[target] {
            group.points.iter_mut().for_each(|point| point.citation.by_figure = true);
            target.points.append(&mut group.points);
        }
    }
    slots.into_iter().flatten().collect()
}

/// How much a group states.
fn specific(group: &Group) -> usize {
    usize::from(group.period.is_some()) + usize::from(group.key.entity.is_some())
}

/// The groups in the order of their values, so that each is compared with its like only.
struct Index(BTreeMap<Common, Vec<(Decimal, usize)>>);

impl Index {
    fn of(groups: &[Group]) -> Self {
        let mut index: BTreeMap<Common, Vec<(Decimal, usize)>> = BTreeMap::new();
        for (i, group) in groups.iter().enumerate() {
            index.entry(common(group)).or_default().push((group.points[0].figure.value.abs(), i));
        }
        for list in index.values_mut() {
            list.sort_unstable();
        }
        Self(index)
    }

    /// The one group that says more and the same as group `i`.
    fn target(&self, groups: &[Group], i: usize) -> Option<usize> {
        let vague = &groups[i];
        let figure = &vague.points[0].figure;
        if specific(vague) == 2 || !is_telling(figure) {
            return None;
        }
        let list = self.0.get(&common(vague))?;
        // Three digits that agree differ by less than a hundredth.
        let room = figure.value.abs().checked_div(Decimal::ONE_HUNDRED)?;
        let (low, high) = (figure.value.abs() - room, figure.value.abs().checked_add(room)?);
        let from = list.partition_point(|(value, _)| *value < low);
        let near = list[from..].iter().take_while(|(value, _)| *value <= high);
        let mut fitting = near.map(|&(_, j)| j).filter(|&j| fits(vague, &groups[j]));
        let first = fitting.next();
        if fitting.next().is_some() { None } else { first }
    }
}

fn common(group: &Group) -> Common {
    (Key { entity: None, ..group.key.clone() }, group.status)
}

/// Whether `other` says more than `vague`, and the same in what both state.
fn fits(vague: &Group, other: &Group) -> bool {
    let same_period = vague.period.is_none() || vague.period == other.period;
    let same_entity = vague.key.entity.is_none() || vague.key.entity == other.key.entity;
    specific(other) > specific(vague)
        && same_period
        && same_entity
        && known_again(&vague.points[0].figure, &other.points[0].figure)
}

/// Whether two figures are the same though nothing says when or of whom: equal, or known again.
pub(super) fn same(one: &Figure, two: &Figure) -> bool {
    let equal = one.value == two.value && one.max == two.max && one.qualifier == two.qualifier;
    equal && one.of_as_many(two) || known_again(one, two)
}

fn known_again(one: &Figure, two: &Figure) -> bool {
    is_telling(one) && is_telling(two) && one.of_as_many(two) && one.rounds_like(two)
}

/// Whether a figure states so many digits that another of the same hardly speaks of something else.
pub(super) fn is_telling(figure: &Figure) -> bool {
    figure.digits() >= DIGITS
}
