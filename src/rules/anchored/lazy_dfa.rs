//! States of the deterministic automaton, built as texts lead to them, and kept.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::alphabet::Symbol;
use super::nfa::{Nfa, Node, NodeId};
use super::node_set::NodeSet;
use super::packed::{pack, unpack};
use super::state_id::StateId;
use super::step_table::{END, StepTable};

/// Which nodes a state is, and which patterns match there: where both end in their lists.
#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    nodes: u32,
    patterns: u32,
}

/// What one thread has learned of an automaton.
#[derive(Debug)]
pub(crate) struct Cache {
    /// The states before any character, within a text and at its end; 0 where not known.
    starts: [u16; 2],
    steps: StepTable,
    /// Of state after state: the nodes that wait for a character or the end of the text, packed.
    nodes: Vec<u8>,
    /// Of state after state: the patterns that match, ascending.
    patterns: Vec<u32>,
    ends: Vec<Ends>,
    /// Hash of nodes and patterns → state. States of one hash stand at the hashes behind it.
    known: FxHashMap<u32, StateId>,
    capacity: usize,
    set: NodeSet,
    /// Its nodes, packed.
    packed: Vec<u8>,
    /// Sets of characters, a bit each: scratch space of [`Self::keep_alike`].
    awaited: Vec<u64>,
}

/// What a cache must know of its automaton.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CacheSize {
    /// How many symbols it tells apart, and how many nodes it has.
    pub(super) symbols: usize,
    pub(super) nodes: usize,
    /// Bytes beyond which it is emptied again.
    pub(super) capacity: usize,
}

impl CacheSize {
    /// An empty cache.
    pub(crate) fn cache(self) -> Cache {
        let mut cache = Cache {
            starts: [0; 2],
            steps: StepTable::new(self.symbols),
            nodes: Vec::new(),
            patterns: Vec::new(),
            ends: Vec::new(),
            known: FxHashMap::default(),
            capacity: self.capacity,
            set: NodeSet::new(self.nodes),
            packed: Vec::new(),
            awaited: Vec::new(),
        };
        cache.clear();
        cache
    }
}

impl Cache {
    fn clear(&mut self) {
        self.starts = [0; 2];
        self.steps.clear();
        self.nodes.clear();
        self.patterns.clear();
        self.known.clear();
        self.ends.clear();
        // Behind nothing comes the dead state.
        self.push_state();
        self.push_state();
    }

    fn push_state(&mut self) {
        self.ends.push(Ends { nodes: self.nodes.len() as u32, patterns: self.patterns.len() as u32 });
        self.steps.push();
    }

    /// Forgets all states if they take too much memory. To be called between searches.
    pub(super) fn make_room(&mut self) {
        let state = size_of::<Ends>() + StepTable::STATE + 2 * size_of::<(u32, StateId)>();
        let lists = self.nodes.len() + self.patterns.len() * size_of::<u32>();
        if self.ends.len() * state + lists + self.steps.row_bytes() > self.capacity {
            self.clear();
        }
    }

    /// The first state, at the end of the text (`near`) or within.
    #[inline]
    pub(super) fn start(&mut self, nfa: &Nfa, near: bool) -> StateId {
        StateId::known(self.starts[usize::from(near)]).unwrap_or_else(|| {
            self.set.begin();
            self.set.add(nfa, nfa.start, |node| match node {
                Node::Near(next) if near => Some(*next),
                _ => None,
            });
            let state = self.find_or_add();
            self.starts[usize::from(near)] = state.number();
            state
        })
    }

    /// The state behind a character.
    #[inline]
    pub(super) fn step(&mut self, nfa: &Nfa, state: StateId, symbol: Symbol) -> StateId {
        self.steps.get(state, symbol).unwrap_or_else(|| self.learn_step(nfa, state, symbol))
    }

    /// The nodes of a state, ascending.
    fn waiting(&self, state: StateId) -> impl Iterator<Item = NodeId> {
        unpack(&self.nodes[range(&self.ends, state, |ends| ends.nodes)])
    }

    /// The sets of characters that patterns wait for.
    pub(super) fn awaited(&self, nfa: &Nfa, state: StateId) -> Vec<u32> {
        let set = |node: NodeId| match nfa.nodes[node as usize] {
            Node::Chars { set, .. } => Some(set),
            _ => None,
        };
        let mut sets: Vec<u32> = self.waiting(state).filter_map(set).collect();
        sets.sort_unstable();
        sets.dedup();
        sets
    }

    #[cold]
    fn learn_step(&mut self, nfa: &Nfa, state: StateId, symbol: Symbol) -> StateId {
        self.set.begin();
        let held = nfa.sets_with(symbol);
        for node in unpack(&self.nodes[range(&self.ends, state, |ends| ends.nodes)]) {
            match nfa.nodes[node as usize] {
                Node::Chars { set, next } if held.has(set) => self.set.add(nfa, next, |_| None),
                _ => {}
            }
        }
        let known = self.ends.len();
        let next = self.find_or_add();
        if self.ends.len() >= known {
            self.steps.keep(state, symbol, next);
            self.keep_alike(nfa, state, symbol, next);
        }
        next
    }

    /// Keeps the same step for all characters that nothing which waits at a state with a row tells from `symbol`: those are
    /// most letters of a gap, each of which would be learned for itself.
    fn keep_alike(&mut self, nfa: &Nfa, state: StateId, symbol: Symbol, next: StateId) {
        let Some(row) = self.steps.row_mut(state) else { return };
        let held = nfa.sets_with(symbol);
        self.awaited.clear();
        self.awaited.resize(held.words(), 0);
        for node in unpack(&self.nodes[range(&self.ends, state, |ends| ends.nodes)]) {
            if let Node::Chars { set, .. } = nfa.nodes[node as usize] {
                self.awaited[set as usize / 64] |= 1 << (set % 64);
            }
        }
        for (other, step) in row.iter_mut().enumerate() {
            if *step == 0 && nfa.sets_with(other as Symbol).agrees(held, &self.awaited) {
                *step = next.number();
            }
        }
    }

    /// The state where the text ends.
    pub(super) fn end(&mut self, nfa: &Nfa, state: StateId) -> StateId {
        self.steps.get(state, END).unwrap_or_else(|| self.learn_end(nfa, state))
    }

    #[cold]
    fn learn_end(&mut self, nfa: &Nfa, state: StateId) -> StateId {
        let pass = |node: &Node| match node {
            Node::Far(next) => Some(*next),
            _ => None,
        };
        self.set.begin();
        for node in unpack(&self.nodes[range(&self.ends, state, |ends| ends.nodes)]) {
            if let Some(next) = pass(&nfa.nodes[node as usize]) {
                self.set.add(nfa, next, pass);
            }
        }
        let known = self.ends.len();
        let last = self.find_or_add();
        if self.ends.len() >= known {
            self.steps.keep(state, END, last);
        }
        last
    }

    /// The patterns that match at a state, ascending.
    #[inline]
    pub(super) fn patterns(&self, state: StateId) -> &[u32] {
        &self.patterns[range(&self.ends, state, |ends| ends.patterns)]
    }

    /// The state of the nodes that were gathered. Where there is no number left for it, all others are forgotten first.
    fn find_or_add(&mut self) -> StateId {
        self.set.sort();
        if self.set.nodes.is_empty() && self.set.patterns.is_empty() {
            return StateId::DEAD;
        }
        self.packed.clear();
        pack(&self.set.nodes, &mut self.packed);
        let mut hash = self.set.hash();
        while let Some(&known) = self.known.get(&hash) {
            let own = &self.nodes[range(&self.ends, known, |ends| ends.nodes)];
            if own == self.packed && self.patterns(known) == self.set.patterns {
                return known;
            }
            hash = hash.wrapping_add(1);
        }
        if self.ends.len() == StateId::COUNT {
            self.clear();
            hash = self.set.hash();
        }
        let patterns = &self.set.patterns;
        let state = StateId::new(self.ends.len(), !patterns.is_empty());
        self.nodes.extend_from_slice(&self.packed);
        self.patterns.extend_from_slice(patterns);
        self.push_state();
        self.known.insert(hash, state);
        state
    }
}

/// What belongs to a state in a list of which `of` tells where its part ends.
#[inline]
fn range(ends: &[Ends], state: StateId, of: impl Fn(&Ends) -> u32) -> Range<usize> {
    of(&ends[state.index() - 1]) as usize..of(&ends[state.index()]) as usize
}
