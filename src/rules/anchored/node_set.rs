//! The nodes of a nondeterministic automaton that are one state of the deterministic one.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use super::nfa::{Nfa, Node, NodeId};

/// The nodes of a state that is being built.
#[derive(Debug)]
pub(super) struct NodeSet {
    /// Node → the last round in which it was met.
    met: Vec<u32>,
    round: u32,
    stack: Vec<NodeId>,
    /// Those that wait for a character or the end of the text.
    pub(super) nodes: Vec<NodeId>,
    /// Patterns that match.
    pub(super) patterns: Vec<u32>,
}

impl NodeSet {
    /// One of an automaton with so many nodes.
    pub(super) fn new(nodes: usize) -> Self {
        Self { met: vec![0; nodes], round: 0, stack: Vec::new(), nodes: Vec::new(), patterns: Vec::new() }
    }

    /// Begins another state.
    pub(super) fn begin(&mut self) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.met.fill(0);
            self.round = 1;
        }
        self.nodes.clear();
        self.patterns.clear();
    }

    /// Adds a node with all that it leads to without a character; `pass` says where a place leads to that is asked for.
    pub(super) fn add(&mut self, nfa: &Nfa, node: NodeId, pass: impl Fn(&Node) -> Option<NodeId>) {
        self.stack.push(node);
        while let Some(id) = self.stack.pop() {
            if std::mem::replace(&mut self.met[id as usize], self.round) == self.round {
                continue;
            }
            match &nfa.nodes[id as usize] {
                Node::Chars { .. } => self.nodes.push(id),
                &Node::Split { first, count } => self.stack.extend_from_slice(nfa.nexts(first, count)),
                Node::Match(pattern) => self.patterns.push(*pattern),
                place => match pass(place) {
                    Some(next) => self.stack.push(next),
                    None if matches!(place, Node::Far(_)) => self.nodes.push(id),
                    None => {}
                },
            }
        }
    }

    pub(super) fn sort(&mut self) {
        self.nodes.sort_unstable();
        self.patterns.sort_unstable();
    }

    pub(super) fn hash(&self) -> u32 {
        let mut hasher = FxHasher::default();
        self.nodes.iter().chain(&self.patterns).for_each(|&number| hasher.write_u32(number));
        let hash = hasher.finish();
        (hash ^ hash >> 32) as u32
    }
}
