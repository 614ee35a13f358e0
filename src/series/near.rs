//! Names that were perhaps meant.

use std::collections::BTreeSet;

use crate::text::without_marks;

/// How alike a name must be, of a thousand.
const ALIKE: usize = 400;

/// The names (each with further words for the same) that are most like `wanted`, the best first: at most `most`. Letter case
/// and Vietnamese marks do not matter.
pub fn names<'n>(
    wanted: &str,
    known: impl Iterator<Item = (&'n str, Vec<&'n str>)>,
    most: usize,
) -> Vec<&'n str> {
    let wanted = plain(wanted);
    let mut alike: BTreeSet<(std::cmp::Reverse<usize>, &str)> = BTreeSet::new();
    for (name, words) in known {
        let best = words.iter().chain([&name]).map(|word| likeness(&wanted, &plain(word))).max();
        if let Some(best) = best.filter(|best| *best >= ALIKE) {
            alike.insert((std::cmp::Reverse(best), name));
        }
    }
    alike.into_iter().take(most).map(|(_, name)| name).collect()
}

fn plain(text: &str) -> String {
    without_marks(text).replace(['.', '-', '_'], " ")
}

/// Of a thousand: the share of threes of letters that two texts have in common (Dice, 1945); more where one holds the other.
fn likeness(one: &str, two: &str) -> usize {
    let threes = |text: &str| {
        let letters: Vec<char> = format!(" {text} ").chars().collect();
        letters.windows(3).map(|three| three.iter().collect::<String>()).collect::<BTreeSet<_>>()
    };
    let (a, b) = (threes(one), threes(two));
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    let common = a.intersection(&b).count();
    let dice = 2_000 * common / (a.len() + b.len());
    let held = one.len() >= 4 && two.contains(one) || two.len() >= 4 && one.contains(two);
    if held { dice.max(500) + 400 * common / a.len().max(b.len()) } else { dice }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_parts_and_names_are_found() {
        let known = || {
            [
                ("egov.online-services.level4.share", vec!["Tỷ lệ dịch vụ công trực tuyến mức độ 4"]),
                ("egov.digital-economy.share", vec!["Tỷ trọng kinh tế số"]),
                ("health.deaths.count", vec!["Số ca tử vong"]),
            ]
            .into_iter()
        };
        assert_eq!(
            names("egov.online-service.level4.share", known(), 3)[0],
            "egov.online-services.level4.share"
        );
        assert_eq!(names("level4", known(), 3), ["egov.online-services.level4.share"]);
        assert_eq!(names("ty trong kinh te so", known(), 3), ["egov.digital-economy.share"]);
        assert!(names("nonsense", known(), 3).is_empty());
    }
}
