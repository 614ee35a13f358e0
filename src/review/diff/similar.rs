//! Pairs the facts of a page whose sentence was edited, so that their ids differ, by how similar they are.
//!
//! The similarity of two facts, in thousandths, is made up of: their sentences without the numbers (half), the words
//! next to the numbers, the numbers themselves, and what is measured. Sentences and surroundings are compared by
//! Dice's coefficient of their syllables. The most similar facts are paired first.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::fact::Fact;

/// Below that, two facts are different facts.
const LEAST: u32 = 600;
/// How many syllables on each side of a number are its surroundings.
const NEAR: usize = 3;
/// Up to so many comparisons a page, all facts are compared with all …
const ALL: usize = 250_000;
/// … above that, each with so many that stand at about the same place, so that time stays linear.
const WINDOW: usize = 64;

/// Pairs of indices with their similarity in thousandths. Both lists are in the order of the text.
pub(super) fn pair(old: &[&Fact<'_>], new: &[&Fact<'_>]) -> Vec<(usize, usize, u16)> {
    let old_prints: Vec<Fingerprint> = old.iter().map(|fact| Fingerprint::of(fact)).collect();
    let new_prints: Vec<Fingerprint> = new.iter().map(|fact| Fingerprint::of(fact)).collect();
    let mut sentences = FxHashMap::default();
    let mut candidates = Vec::new();
    for (i, a) in old_prints.iter().enumerate() {
        for j in window(i, old.len(), new.len()) {
            let b = &new_prints[j];
            let sentence =
                *sentences.entry((a.name, b.name)).or_insert_with(|| dice(&a.sentence, &b.sentence));
            let similarity = similarity(a, b, sentence, old[i], new[j]);
            if similarity >= LEAST {
                candidates.push((similarity, i, j));
            }
        }
    }
    candidates
        .sort_unstable_by_key(|&(similarity, i, j)| (std::cmp::Reverse(similarity), i.abs_diff(j), i, j));
    let (mut old_free, mut new_free) = (vec![true; old.len()], vec![true; new.len()]);
    let mut pairs = Vec::new();
    for (similarity, i, j) in candidates {
        if old_free[i] && new_free[j] {
            (old_free[i], new_free[j]) = (false, false);
            pairs.push((i, j, similarity as u16));
        }
    }
    pairs
}

/// The facts of the new side that the `i`-th of the old one is compared with.
fn window(i: usize, old: usize, new: usize) -> std::ops::Range<usize> {
    if old * new <= ALL {
        return 0..new;
    }
    let middle = i * new / old;
    middle.saturating_sub(WINDOW / 2)..(middle + WINDOW / 2).min(new)
}

/// What is compared of a fact.
struct Fingerprint {
    /// Names the sentence without its number.
    name: u64,
    /// Hashes of its syllables, sorted.
    sentence: Vec<u64>,
    /// The same of the syllables next to the number.
    near: Vec<u64>,
}

impl Fingerprint {
    fn of(fact: &Fact<'_>) -> Self {
        let [before, _, after] = fact.source.parts();
        let (before, after) = (syllables(before), syllables(after));
        let name = before.iter().chain([&0]).chain(&after).flat_map(|hash| hash.to_le_bytes());
        let name = xxh3_64(&name.collect::<Vec<u8>>());
        let near = before.iter().rev().take(NEAR).chain(after.iter().take(NEAR)).copied().collect();
        let sentence = before.into_iter().chain(after).collect();
        Self { name, sentence: sorted(sentence), near: sorted(near) }
    }
}

fn sorted(mut hashes: Vec<u64>) -> Vec<u64> {
    hashes.sort_unstable();
    hashes
}

/// Hashes of the syllables and numbers.
fn syllables(text: &str) -> Vec<u64> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| xxh3_64(word.to_lowercase().as_bytes())).collect()
}

/// In thousandths.
fn similarity(a: &Fingerprint, b: &Fingerprint, sentence: u32, old: &Fact<'_>, new: &Fact<'_>) -> u32 {
    let near = dice(&a.near, &b.near);
    let number = if old.source.quote == new.source.quote {
        1000
    } else if old.value == new.value && old.kind == new.kind {
        800
    } else if overlap(old, new) {
        600
    } else {
        0
    };
    let text = |fact: &Fact<'_>| fact.metric.as_ref().map(|metric| metric.text.to_lowercase());
    let measured = u32::from(old.kind == new.kind) * 500 + u32::from(text(old) == text(new)) * 500;
    (sentence * 5 + near * 2 + number * 2 + measured) / 10
}

/// Whether both read part of the same number of the same page.
fn overlap(old: &Fact<'_>, new: &Fact<'_>) -> bool {
    let (a, b) = (&old.source, &new.source);
    a.sha256 == b.sha256 && a.bytes.start < b.bytes.end && b.bytes.start < a.bytes.end
}

/// Dice's coefficient of two sorted multisets, in thousandths; that of two empty ones is 1000.
fn dice(a: &[u64], b: &[u64]) -> u32 {
    if a.is_empty() && b.is_empty() {
        return 1000;
    }
    let (mut i, mut j, mut common) = (0, 0, 0usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        common += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    (2000 * common / (a.len() + b.len())) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sink::samples;

    fn fact(sentence: &str, quote: &str) -> Fact<'static> {
        let mut fact = samples::plain(1);
        fact.value = quote.parse().unwrap();
        (fact.source.sentence, fact.source.quote) = (sentence.to_owned().into(), quote.to_owned().into());
        fact
    }

    fn pairs(old: &[Fact<'_>], new: &[Fact<'_>]) -> Vec<(usize, usize)> {
        let (old, new): (Vec<_>, Vec<_>) = (old.iter().collect(), new.iter().collect());
        let mut found: Vec<_> = pair(&old, &new).into_iter().map(|(i, j, _)| (i, j)).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn an_edited_sentence_keeps_its_facts() {
        let old = "Cả huyện trồng 40 vườn xoài và 25 vườn cam trong vụ này";
        let new = "Vụ này cả huyện đã trồng 40 vườn xoài và 25 vườn cam";
        assert_eq!(
            pairs(&[fact(old, "40"), fact(old, "25")], &[fact(new, "40"), fact(new, "25")]),
            [(0, 0), (1, 1)]
        );
    }

    #[test]
    fn a_corrected_number_is_the_same_fact_and_another_statement_is_not() {
        let old = fact("Chợ đêm mở thêm 12 gian hàng", "12");
        assert_eq!(
            pairs(std::slice::from_ref(&old), &[fact("Chợ đêm mở thêm 13 gian hàng", "13")]),
            [(0, 0)]
        );
        assert_eq!(pairs(&[old], &[fact("Đội tàu cá ra khơi với 12 thuyền viên", "12")]), []);
    }

    proptest! {
        #[test]
        fn each_fact_is_paired_once(old in prop::collection::vec("[ab ]{0,6} 1 [ab ]{0,6}", 0..8),
                                    new in prop::collection::vec("[ab ]{0,6} 1 [ab ]{0,6}", 0..8)) {
            let facts = |side: &[String]| side.iter().map(|s| fact(s, "1")).collect::<Vec<_>>();
            let mut found = pairs(&facts(&old), &facts(&new));
            let all = found.len();
            found.dedup_by_key(|pair| pair.0);
            prop_assert_eq!(found.len(), all);
            found.sort_unstable_by_key(|pair| pair.1);
            found.dedup_by_key(|pair| pair.1);
            prop_assert_eq!(found.len(), all);
        }
    }
}
