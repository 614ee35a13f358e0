//! States of the deterministic automaton, built as texts lead to them, and kept.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::alphabet::Symbol;
use super::nfa::{Nfa, Node, NodeId};
use crate::rules::id_table::IdTable;

/// A state; [`StateId::MATCHES`] is set where patterns match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StateId(u32);

impl StateId {
    const MATCHES: u32 = 1 << 31;
    /// The state from which nothing can match any more; its number is the first above 0.
    pub(crate) const DEAD: Self = Self(1);

    /// Whether patterns match here.
    #[inline]
    pub(crate) fn is_match(self) -> bool {
        self.0 & Self::MATCHES != 0
    }

    #[inline]
    fn index(self) -> usize {
        (self.0 & !Self::MATCHES) as usize
    }

    /// Of the step that a symbol makes from here.
    #[inline]
    fn key(self, symbol: Symbol) -> u64 {
        (self.index() as u64) << 16 | u64::from(symbol)
    }
}

/// What stands for the end of the text, behind all symbols.
const END: Symbol = Symbol::MAX;

/// Which nodes a state is, and which patterns match there: where both end in their lists.
#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    nodes: usize,
    patterns: usize,
}

/// What one thread has learned of an automaton.
#[derive(Debug)]
pub(crate) struct Cache {
    /// State and symbol → state.
    steps: IdTable<(u64, u32)>,
    /// Of state after state: the nodes that wait for a character or the end of the text, ascending.
    nodes: Vec<NodeId>,
    /// Of state after state: the patterns that match, ascending.
    patterns: Vec<u32>,
    ends: Vec<Ends>,
    /// Hash of nodes and patterns → state. States of one hash stand at the hashes behind it.
    known: FxHashMap<u64, StateId>,
    capacity: usize,
    set: NodeSet,
}

/// The nodes of a state that is being built.
#[derive(Debug)]
struct NodeSet {
    /// Node → the last round in which it was met.
    met: Vec<u32>,
    round: u32,
    stack: Vec<NodeId>,
    nodes: Vec<NodeId>,
    patterns: Vec<u32>,
}

impl Cache {
    /// An empty one, which is emptied again where it has grown beyond so many bytes.
    pub(super) fn new(nfa: &Nfa, capacity: usize) -> Self {
        let set = NodeSet {
            met: vec![0; nfa.nodes.len()],
            round: 0,
            stack: Vec::new(),
            nodes: Vec::new(),
            patterns: Vec::new(),
        };
        let mut cache = Self {
            steps: IdTable::default(),
            nodes: Vec::new(),
            patterns: Vec::new(),
            ends: Vec::new(),
            known: FxHashMap::default(),
            capacity,
            set,
        };
        cache.clear();
        cache
    }

    fn clear(&mut self) {
        self.steps = IdTable::default();
        self.nodes.clear();
        self.patterns.clear();
        self.known.clear();
        // Behind nothing comes the dead state.
        self.ends.clear();
        self.ends.resize(2, Ends::default());
    }

    /// Forgets all states if they take too much memory. To be called between searches.
    pub(super) fn make_room(&mut self) {
        let states = self.ends.len() * (size_of::<Ends>() + 2 * size_of::<(u64, StateId)>());
        let lists = (self.nodes.len() + self.patterns.len()) * size_of::<u32>();
        if self.steps.bytes() + states + lists > self.capacity {
            self.clear();
        }
    }

    /// The first state, at the end of the text (`near`) or within.
    #[inline]
    pub(super) fn start(&mut self, nfa: &Nfa, near: bool) -> StateId {
        let key = 1 + u64::from(near);
        match self.steps.get(key) {
            0 => {
                self.set.begin();
                let pass = |node: &Node| match node {
                    Node::Near(next) if near => Some(*next),
                    _ => None,
                };
                self.set.add(nfa, nfa.start, pass);
                self.keep(key)
            }
            known => StateId(known),
        }
    }

    /// The state behind a character.
    #[inline]
    pub(super) fn step(&mut self, nfa: &Nfa, state: StateId, symbol: Symbol) -> StateId {
        let key = state.key(symbol);
        match self.steps.get(key) {
            0 => self.learn_step(nfa, state, symbol, key),
            known => StateId(known),
        }
    }

    #[cold]
    fn learn_step(&mut self, nfa: &Nfa, state: StateId, symbol: Symbol, key: u64) -> StateId {
        self.set.begin();
        for &node in &self.nodes[self.ends[state.index() - 1].nodes..self.ends[state.index()].nodes] {
            match &nfa.nodes[node as usize] {
                Node::Chars { set, next } if nfa.holds(*set, symbol) => self.set.add(nfa, *next, |_| None),
                _ => {}
            }
        }
        self.keep(key)
    }

    /// The state where the text ends.
    pub(super) fn end(&mut self, nfa: &Nfa, state: StateId) -> StateId {
        let key = state.key(END);
        match self.steps.get(key) {
            0 => self.learn_end(nfa, state, key),
            known => StateId(known),
        }
    }

    #[cold]
    fn learn_end(&mut self, nfa: &Nfa, state: StateId, key: u64) -> StateId {
        let pass = |node: &Node| match node {
            Node::Far(next) => Some(*next),
            _ => None,
        };
        self.set.begin();
        for &node in &self.nodes[self.ends[state.index() - 1].nodes..self.ends[state.index()].nodes] {
            if let Some(next) = pass(&nfa.nodes[node as usize]) {
                self.set.add(nfa, next, pass);
            }
        }
        self.keep(key)
    }

    /// The patterns that match at a state, ascending.
    #[inline]
    pub(super) fn patterns(&self, state: StateId) -> &[u32] {
        &self.patterns[self.ends[state.index() - 1].patterns..self.ends[state.index()].patterns]
    }

    /// Keeps the state that was built, under `key`.
    fn keep(&mut self, key: u64) -> StateId {
        self.set.sort();
        let state = self.find_or_add();
        self.steps.insert(key, state.0);
        state
    }

    fn find_or_add(&mut self) -> StateId {
        let (nodes, patterns) = (&self.set.nodes, &self.set.patterns);
        if nodes.is_empty() && patterns.is_empty() {
            return StateId::DEAD;
        }
        let mut hash = self.set.hash();
        while let Some(&known) = self.known.get(&hash) {
            let own = &self.nodes[self.ends[known.index() - 1].nodes..self.ends[known.index()].nodes];
            if own == nodes && self.patterns(known) == patterns {
                return known;
            }
            hash = hash.wrapping_add(1);
        }
        let mark = if patterns.is_empty() { 0 } else { StateId::MATCHES };
        let state = StateId(self.ends.len() as u32 | mark);
        self.nodes.extend_from_slice(nodes);
        self.patterns.extend_from_slice(patterns);
        self.ends.push(Ends { nodes: self.nodes.len(), patterns: self.patterns.len() });
        self.known.insert(hash, state);
        state
    }
}

impl NodeSet {
    fn begin(&mut self) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.met.fill(0);
            self.round = 1;
        }
        self.nodes.clear();
        self.patterns.clear();
    }

    /// Adds a node with all that it leads to without a character; `pass` says where a place leads to that is asked for.
    fn add(&mut self, nfa: &Nfa, node: NodeId, pass: impl Fn(&Node) -> Option<NodeId>) {
        self.stack.push(node);
        while let Some(id) = self.stack.pop() {
            if std::mem::replace(&mut self.met[id as usize], self.round) == self.round {
                continue;
            }
            match &nfa.nodes[id as usize] {
                Node::Chars { .. } => self.nodes.push(id),
                Node::Split(nexts) => self.stack.extend_from_slice(nexts),
                Node::Match(pattern) => self.patterns.push(*pattern),
                place => match pass(place) {
                    Some(next) => self.stack.push(next),
                    None if matches!(place, Node::Far(_)) => self.nodes.push(id),
                    None => {}
                },
            }
        }
    }

    fn sort(&mut self) {
        self.nodes.sort_unstable();
        self.patterns.sort_unstable();
    }

    fn hash(&self) -> u64 {
        let mut hasher = FxHasher::default();
        self.nodes.iter().chain(&self.patterns).for_each(|&number| hasher.write_u32(number));
        hasher.finish()
    }
}
