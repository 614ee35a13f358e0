//! The characters of patterns, in groups: those that no pattern tells apart are one symbol of the automaton.

use std::ops::Range;

use regex_syntax::hir::ClassUnicode;
use rustc_hash::FxHashMap;

/// A group of characters.
pub(super) type Symbol = u16;

/// Ranges of characters that are looked up in a table, one behind the other: the letters and marks that news is written in.
const TABLED: [Range<u32>; 3] = [0..0x250, 0x1E00..0x1F00, 0x2000..0x2040];
/// How long the table is.
const PLACES: usize = {
    let [letters, more_letters, marks] = &TABLED;
    (letters.end - letters.start + more_letters.end - more_letters.start + marks.end - marks.start) as usize
};

/// The place of a character in the table.
#[inline]
const fn tabled(c: u32) -> Option<usize> {
    let (mut range, mut before) = (0, 0);
    while range < TABLED.len() {
        let Range { start, end } = &TABLED[range];
        if *start <= c && c < *end {
            return Some((before + c - *start) as usize);
        }
        before += *end - *start;
        range += 1;
    }
    None
}

/// Which symbol a character is.
#[derive(Debug)]
pub(super) struct Alphabet {
    /// Symbols of the characters of [`TABLED`].
    table: Box<[Symbol; PLACES]>,
    /// First characters of all ranges that share a symbol, ascending, and their symbols; the first is 0.
    ranges: Vec<(u32, Symbol)>,
    len: usize,
}

impl Alphabet {
    /// The coarsest alphabet of which all `classes` are unions, and symbol by symbol the classes that hold it: a bit each, in
    /// the same number of words for every symbol. The symbols of which the classes that hold them are `asked` most often come
    /// first: texts are of the same language, so what is looked up of a state mostly stands together.
    pub(super) fn new(classes: &[ClassUnicode], asked: &[u32]) -> (Self, Vec<u64>) {
        let mut starts = vec![0];
        for range in classes.iter().flat_map(ClassUnicode::iter) {
            starts.extend([u32::from(range.start()), u32::from(range.end()) + 1]);
        }
        starts.sort_unstable();
        starts.dedup();
        let words = classes.len() / 64 + 1;
        let members = memberships(classes, &starts, words);
        let mut symbols: FxHashMap<&[u64], Symbol> = FxHashMap::default();
        let mut bits = Vec::new();
        let mut ranges = Vec::with_capacity(starts.len());
        for (&start, classes) in starts.iter().zip(members.chunks_exact(words)) {
            let next = symbols.len() as Symbol;
            let symbol = *symbols.entry(classes).or_insert_with(|| {
                bits.extend_from_slice(classes);
                next
            });
            ranges.push((start, symbol));
        }
        let len = symbols.len();
        let bits = reorder(&bits, words, asked, &mut ranges);
        let mut alphabet = Self { table: Box::new([0; PLACES]), ranges, len };
        for (place, c) in TABLED.into_iter().flatten().enumerate() {
            alphabet.table[place] = alphabet.search(c);
        }
        (alphabet, bits)
    }

    /// How many symbols there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The symbol of a character.
    #[inline]
    pub(super) fn symbol(&self, c: char) -> Symbol {
        let c = u32::from(c);
        tabled(c).map_or_else(|| self.search(c), |place| self.table[place])
    }

    fn search(&self, c: u32) -> Symbol {
        let range = self.ranges.partition_point(|(start, _)| *start <= c);
        self.ranges[range - 1].1
    }
}

/// Numbers the symbols anew, those first of which the classes that hold them are asked most often; `bits` are their classes, in
/// so many `words` each.
fn reorder(bits: &[u64], words: usize, asked: &[u32], ranges: &mut [(u32, Symbol)]) -> Vec<u64> {
    let classes: Vec<&[u64]> = bits.chunks_exact(words).collect();
    let holds = |classes: &[u64], class: usize| classes[class / 64] >> (class % 64) & 1 == 1;
    let often = |classes: &[u64]| -> u32 {
        (0..asked.len()).filter(|&class| holds(classes, class)).map(|class| asked[class]).sum()
    };
    let mut order: Vec<(u32, usize)> =
        classes.iter().enumerate().map(|(symbol, classes)| (u32::MAX - often(classes), symbol)).collect();
    order.sort_unstable();
    let mut places = vec![0; order.len()];
    for (place, (_, symbol)) in order.iter().enumerate() {
        places[*symbol] = place as Symbol;
    }
    for (_, symbol) in ranges {
        *symbol = places[usize::from(*symbol)];
    }
    order.iter().flat_map(|(_, symbol)| classes[*symbol]).copied().collect()
}

/// For each range of characters that begins at one of `starts`: the classes that hold it, a bit each in so many words.
fn memberships(classes: &[ClassUnicode], starts: &[u32], words: usize) -> Vec<u64> {
    let mut members = vec![0; words * starts.len()];
    for (index, class) in classes.iter().enumerate() {
        for range in class.iter() {
            let first = starts.partition_point(|start| *start < u32::from(range.start()));
            let inside = members[first * words..].chunks_exact_mut(words).zip(&starts[first..]);
            inside
                .take_while(|(_, start)| **start <= u32::from(range.end()))
                .for_each(|(held, _)| held[index / 64] |= 1 << (index % 64));
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex_syntax::hir::ClassUnicodeRange;

    #[test]
    fn characters_that_no_class_tells_apart_are_one() {
        let class = |ranges: &[(char, char)]| {
            ClassUnicode::new(ranges.iter().map(|&(first, last)| ClassUnicodeRange::new(first, last)))
        };
        let classes = [class(&[('a', 'z'), ('à', 'ỹ')]), class(&[('e', 'e')])];
        let (alphabet, classes_of) = Alphabet::new(&classes, &[2, 3]);
        let symbols = ['a', 'f', 'ề', 'e', '!', '→', '中'].map(|c| alphabet.symbol(c));
        let [letter, other_letter, far_letter, e, mark, arrow, strange] = symbols;
        assert!(letter == other_letter && letter == far_letter);
        assert!(mark == strange && strange == arrow && mark != letter);
        assert_eq!([e, letter, mark], [0, 1, 2]);
        let classes_of = |symbol: Symbol| classes_of[usize::from(symbol)];
        assert_eq!([letter, e, mark].map(classes_of), [0b01, 0b11, 0]);
    }
}
