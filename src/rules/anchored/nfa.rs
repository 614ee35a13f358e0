//! Patterns as one nondeterministic automaton over characters (Thompson's construction).

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Literal, Look, Repetition};
use rustc_hash::FxHashMap;

use super::alphabet::{Alphabet, Symbol};
use super::{Direction, Unbuildable};

/// Most nodes of an automaton.
const MOST_NODES: usize = 1 << 21;

/// Of how many characters the beginnings of alternatives are shared, at most.
const SHARED: usize = 32;

/// Index of a node.
pub(super) type NodeId = u32;

/// What a node asks for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Node {
    /// One of the characters of a set, then on to `next`.
    Chars { set: u32, next: NodeId },
    /// Nothing: on to all of so many from the first one of [`Nfa::nexts`] on.
    Split { first: u32, count: u32 },
    /// That the text ends on the side where the search begins.
    Near(NodeId),
    /// That the text ends on the other side.
    Far(NodeId),
    /// Nothing: the pattern has matched.
    Match(u32),
}

/// Patterns as one automaton.
#[derive(Debug)]
pub(super) struct Nfa {
    pub(super) nodes: Vec<Node>,
    /// Where splits lead, one after the other.
    nexts: Vec<NodeId>,
    pub(super) start: NodeId,
    pub(super) alphabet: Alphabet,
    /// Bits of the sets that hold each symbol, so many words a symbol: a step asks many sets for one symbol.
    bits: Vec<u64>,
    words: usize,
}

impl Nfa {
    /// An automaton for patterns, read in a direction.
    ///
    /// # Errors
    /// The first pattern that asks for what cannot be told from its own characters, or makes the automaton too large.
    pub(super) fn new(patterns: &[Hir], direction: Direction) -> Result<Self, Unbuildable> {
        let mut builder = Builder::new(direction);
        let mut starts = Vec::with_capacity(patterns.len());
        for (index, pattern) in patterns.iter().enumerate() {
            let start = builder.whole(index as u32, pattern);
            starts.push(start.map_err(|message| Unbuildable { pattern: index, message })?);
        }
        let pattern = patterns.len().saturating_sub(1);
        let start = builder.split(&starts).map_err(|message| Unbuildable { pattern, message })?;
        let (alphabet, bits) = Alphabet::new(&builder.sets.classes, &builder.asked());
        let words = bits.len() / alphabet.len();
        Ok(Self { nodes: builder.nodes, nexts: builder.nexts, start, alphabet, bits, words })
    }

    /// The sets of characters that hold a symbol.
    #[inline]
    pub(super) fn sets_with(&self, symbol: Symbol) -> SetBits<'_> {
        SetBits(&self.bits[usize::from(symbol) * self.words..][..self.words])
    }

    /// Where a split leads.
    #[inline]
    pub(super) fn nexts(&self, first: u32, count: u32) -> &[NodeId] {
        &self.nexts[first as usize..][..count as usize]
    }
}

/// Sets of characters, one bit each.
#[derive(Debug, Clone, Copy)]
pub(super) struct SetBits<'n>(&'n [u64]);

impl SetBits<'_> {
    /// Whether a set is one of them.
    #[inline]
    pub(super) fn has(self, set: u32) -> bool {
        self.0[set as usize / 64] >> (set % 64) & 1 == 1
    }

    /// In how many words they stand.
    pub(super) fn words(self) -> usize {
        self.0.len()
    }

    /// Whether it has the same ones of `asked` as another.
    #[inline]
    pub(super) fn agrees(self, other: Self, asked: &[u64]) -> bool {
        asked.iter().enumerate().all(|(word, asked)| (self.0[word] ^ other.0[word]) & asked == 0)
    }
}

/// The sets of characters that patterns speak of.
#[derive(Debug, Default)]
struct Sets {
    classes: Vec<ClassUnicode>,
    /// The ranges of a class → its place.
    known: FxHashMap<Box<[(char, char)]>, u32>,
    /// Ranges that are looked up.
    asked: Vec<(char, char)>,
}

impl Sets {
    fn one(&mut self, c: char) -> u32 {
        self.set(&[ClassUnicodeRange::new(c, c)])
    }

    fn class(&mut self, class: &Class) -> u32 {
        match class {
            Class::Unicode(class) => self.set(class.ranges()),
            // Patterns match text, so that such a class holds nothing beyond ASCII.
            Class::Bytes(class) => {
                self.set(class.to_unicode_class().unwrap_or_else(ClassUnicode::empty).ranges())
            }
        }
    }

    fn set(&mut self, ranges: &[ClassUnicodeRange]) -> u32 {
        self.asked.clear();
        self.asked.extend(ranges.iter().map(|range| (range.start(), range.end())));
        if let Some(&known) = self.known.get(&*self.asked) {
            return known;
        }
        let set = self.classes.len() as u32;
        self.classes.push(ClassUnicode::new(ranges.iter().copied()));
        self.known.insert(self.asked.as_slice().into(), set);
        set
    }
}

/// The text of a literal, which patterns for text have.
fn text(literal: &Literal) -> &str {
    std::str::from_utf8(&literal.0).unwrap_or_default()
}

/// Builds nodes from the end of a pattern to its beginning, so that each knows the next.
struct Builder {
    nodes: Vec<Node>,
    nexts: Vec<NodeId>,
    /// Set and next node → the node: common ends of words are shared.
    known: FxHashMap<(u32, NodeId), NodeId>,
    sets: Sets,
    direction: Direction,
}

impl Builder {
    fn new(direction: Direction) -> Self {
        let (nodes, nexts, known, sets) = Default::default();
        Self { nodes, nexts, known, sets, direction }
    }

    /// How many nodes ask for each set of characters.
    fn asked(&self) -> Vec<u32> {
        let mut asked = vec![0; self.sets.classes.len()];
        for node in &self.nodes {
            if let Node::Chars { set, .. } = node {
                asked[*set as usize] += 1;
            }
        }
        asked
    }

    fn add(&mut self, node: Node) -> Result<NodeId, String> {
        if self.nodes.len() == MOST_NODES {
            return Err("the pattern is too large".to_owned());
        }
        self.nodes.push(node);
        Ok(self.nodes.len() as NodeId - 1)
    }

    fn split(&mut self, nexts: &[NodeId]) -> Result<NodeId, String> {
        let split = self.leading_to(nexts);
        self.add(split)
    }

    /// One node that leads to all of some. Of those that wait for the same characters it leads to one, for so many characters:
    /// a state waits for a beginning of words once, not for each word that begins so.
    fn any_of(&mut self, mut nexts: Vec<NodeId>, shared: usize) -> Result<NodeId, String> {
        let awaited = |nodes: &[Node], node: NodeId| match nodes[node as usize] {
            Node::Chars { set, next } if shared > 0 => Some((set, next)),
            _ => None,
        };
        nexts.sort_unstable_by_key(|&node| (awaited(&self.nodes, node), node));
        nexts.dedup();
        let mut distinct = Vec::with_capacity(nexts.len());
        let mut rest = nexts.as_slice();
        while let Some(&first) = rest.first() {
            let set = awaited(&self.nodes, first).map(|(set, _)| set);
            let alike =
                |&&node: &&NodeId| awaited(&self.nodes, node).is_some_and(|(own, _)| Some(own) == set);
            let (group, behind) = rest.split_at(rest.iter().take_while(alike).count().max(1));
            rest = behind;
            let node = match set {
                Some(set) if group.len() > 1 => {
                    let behind =
                        group.iter().filter_map(|&node| Some(awaited(&self.nodes, node)?.1)).collect();
                    let next = self.any_of(behind, shared - 1)?;
                    self.chars(set, next)?
                }
                _ => first,
            };
            distinct.push(node);
        }
        match distinct[..] {
            [only] => Ok(only),
            _ => self.split(&distinct),
        }
    }

    fn leading_to(&mut self, nexts: &[NodeId]) -> Node {
        let (first, count) = (self.nexts.len() as u32, nexts.len() as u32);
        self.nexts.extend_from_slice(nexts);
        Node::Split { first, count }
    }

    fn chars(&mut self, set: u32, next: NodeId) -> Result<NodeId, String> {
        if let Some(&known) = self.known.get(&(set, next)) {
            return Ok(known);
        }
        let node = self.add(Node::Chars { set, next })?;
        self.known.insert((set, next), node);
        Ok(node)
    }

    /// The first node of the pattern with an index.
    fn whole(&mut self, index: u32, pattern: &Hir) -> Result<NodeId, String> {
        let end = self.add(Node::Match(index))?;
        self.pattern(pattern, end)
    }

    /// The first node of a pattern behind which `next` comes.
    fn pattern(&mut self, pattern: &Hir, next: NodeId) -> Result<NodeId, String> {
        let forward = self.direction == Direction::Forward;
        match pattern.kind() {
            HirKind::Empty => Ok(next),
            HirKind::Literal(literal) if forward => self.literal(text(literal).chars().rev(), next),
            HirKind::Literal(literal) => self.literal(text(literal).chars(), next),
            HirKind::Class(class) => {
                let set = self.sets.class(class);
                self.chars(set, next)
            }
            HirKind::Look(Look::Start) => self.add(if forward { Node::Near(next) } else { Node::Far(next) }),
            HirKind::Look(Look::End) => self.add(if forward { Node::Far(next) } else { Node::Near(next) }),
            HirKind::Look(_) => {
                Err("of the places between characters, only `^` and `$` can be asked for".to_owned())
            }
            HirKind::Capture(group) => self.pattern(&group.sub, next),
            HirKind::Concat(parts) if forward => {
                parts.iter().rev().try_fold(next, |next, part| self.pattern(part, next))
            }
            HirKind::Concat(parts) => parts.iter().try_fold(next, |next, part| self.pattern(part, next)),
            HirKind::Alternation(parts) => {
                let starts = parts.iter().map(|part| self.pattern(part, next)).collect::<Result<_, _>>()?;
                self.any_of(starts, SHARED)
            }
            HirKind::Repetition(repetition) => self.repetition(repetition, next),
        }
    }

    fn literal(&mut self, chars: impl Iterator<Item = char>, next: NodeId) -> Result<NodeId, String> {
        let mut next = next;
        for c in chars {
            let set = self.sets.one(c);
            next = self.chars(set, next)?;
        }
        Ok(next)
    }

    /// Counted repetitions are written out.
    fn repetition(&mut self, repetition: &Repetition, next: NodeId) -> Result<NodeId, String> {
        let mut first = next;
        if let Some(max) = repetition.max {
            for _ in repetition.min..max {
                let once = self.pattern(&repetition.sub, first)?;
                first = self.split(&[once, next])?;
            }
        } else {
            first = self.split(&[])?;
            let once = self.pattern(&repetition.sub, first)?;
            self.nodes[first as usize] = self.leading_to(&[once, next]);
        }
        for _ in 0..repetition.min {
            first = self.pattern(&repetition.sub, first)?;
        }
        Ok(first)
    }
}
