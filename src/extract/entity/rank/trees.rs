//! Trees of questions about a candidate: what one ends in is added to the sum of its weights.
//!
//! Weights know of one attribute, or of a few together. Where it takes more to tell (a province behind the value in a
//! clause of its own, on a page about a person), trees do, each a correction of all before it ([`super::boost`]).

use toml::{Spanned, Value};

use super::attribute::{Attribute, Attributes};
use super::weights::Mistake;
use super::words::Words;

/// A question about one attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) attribute: Attribute,
    pub(super) value: u8,
    /// Whether lower values hold as well.
    pub(super) at_most: bool,
}

/// A tree in the making.
#[derive(Debug, Clone)]
pub(super) enum Tree {
    Leaf(i32),
    Split(Question, Box<Tree>, Box<Tree>),
}

/// How many leaves a tree has at most: one bit each.
pub(super) const LEAVES: usize = u16::BITS as usize;

/// How many trees are walked at once.
const BLOCK: usize = 32;

/// How many trees there are at most: their sum stays far from overflow.
const MOST: usize = 10_000;

/// Compiled trees, walked without a branch: for each value of an attribute, a row with the leaves of every tree that can be
/// reached where a candidate has it. What is left of all rows is one leaf a tree (Lucchese et al., *A fast algorithm to
/// rank documents with additive ensembles of regression trees*, 2015).
#[derive(Debug, Clone, Default)]
pub(super) struct Trees {
    all: Vec<Tree>,
    /// How many blocks of trees there are.
    blocks: usize,
    /// Attributes that are asked about, each with its first row.
    asked: Vec<(u8, usize)>,
    /// Row by row, block by block, a tree each.
    reachable: Vec<[u16; BLOCK]>,
    /// By tree, [`LEAVES`] each.
    leaves: Vec<i32>,
}

impl Question {
    pub(super) fn holds(self, attributes: &Attributes) -> bool {
        self.holds_for(attributes.at(self.attribute as u8) as u8)
    }

    /// Whether it holds where the attribute has that value.
    fn holds_for(self, value: u8) -> bool {
        value == self.value || self.at_most && value < self.value
    }

    /// Reads `attribute=value` or `attribute<=value`.
    fn read(text: &str, words: &Words) -> Result<Self, String> {
        let bound = text.split_once("<=");
        let pair = bound.or_else(|| text.split_once('='));
        let (name, value) = pair.ok_or_else(|| format!("{text:?} is no question"))?;
        let at_most = bound.is_some();
        let (name, value) = (name.trim(), value.trim());
        let attribute = Attribute::ALL.iter().find(|a| a.name() == name).copied();
        let attribute = attribute.ok_or_else(|| format!("{name:?} is no attribute of candidates"))?;
        if at_most && attribute.is_word() {
            return Err(format!("{name:?} has words, which have no order"));
        }
        let place = words.value(attribute, value);
        let value = place.ok_or_else(|| format!("{name:?} has no value {value:?}"))? as u8;
        Ok(Self { attribute, value, at_most })
    }

    /// As rule files have it.
    fn to_text(self, words: &Words) -> String {
        let sign = if self.at_most { "<=" } else { "=" };
        format!("{}{sign}{}", self.attribute.name(), words.name(self.attribute, usize::from(self.value)))
    }
}

impl Trees {
    /// Compiles the trees of a rule file.
    ///
    /// # Errors
    /// The first question that cannot be asked, tree that is too large, or weight that is greater than `greatest`, and
    /// the place of its tree.
    pub(super) fn compile(values: &[Spanned<Value>], words: &Words, greatest: u32) -> Result<Self, Mistake> {
        if let Some(one_more) = values.get(MOST) {
            return Err((one_more.span(), format!("there are at most {MOST} trees")));
        }
        let tree = |value: &Spanned<Value>| {
            Tree::read(value.get_ref(), words, greatest).map_err(|message| (value.span(), message))
        };
        Ok(Self::of(values.iter().map(tree).collect::<Result<_, _>>()?, words))
    }

    /// These trees, and others behind them, as far as there is room.
    pub(super) fn with(&self, others: Vec<Tree>, words: &Words) -> Self {
        Self::of(self.all.iter().cloned().chain(others).take(MOST).collect(), words)
    }

    /// Compiles trees of at most [`LEAVES`] leaves.
    fn of(trees: Vec<Tree>, words: &Words) -> Self {
        let blocks = trees.len().div_ceil(BLOCK);
        let leaves = vec![0; blocks * BLOCK * LEAVES];
        let mut compiled = Self { all: trees, blocks, leaves, ..Self::default() };
        let mut rows = 0;
        for attribute in Attribute::ALL {
            if compiled.all.iter().any(|tree| tree.asks(*attribute)) {
                compiled.asked.push((*attribute as u8, rows * blocks));
                rows += words.count(*attribute);
            }
        }
        compiled.reachable = vec![[u16::MAX; BLOCK]; rows * blocks];
        for index in 0..compiled.all.len() {
            let tree = compiled.all[index].clone();
            compiled.put(index, &tree, 0, words);
        }
        compiled
    }

    /// Enters the leaves of a part of tree `index`, the first of which is `first`; says how many they are.
    fn put(&mut self, index: usize, tree: &Tree, first: usize, words: &Words) -> usize {
        match tree {
            Tree::Leaf(weight) => {
                self.leaves[index * LEAVES + first] = *weight;
                1
            }
            Tree::Split(question, yes, no) => {
                let behind_yes = self.put(index, yes, first, words);
                let behind_no = self.put(index, no, first + behind_yes, words);
                let (yes, no) = (bits(first, behind_yes), bits(first + behind_yes, behind_no));
                self.part(index, *question, words.count(question.attribute), (yes, no));
                behind_yes + behind_no
            }
        }
    }

    /// Has a question of tree `index`, about an attribute of so many values, lead to the leaves `yes` or `no`.
    fn part(&mut self, index: usize, question: Question, values: usize, (yes, no): (u16, u16)) {
        let first = self.asked.iter().find(|(attribute, _)| *attribute == question.attribute as u8);
        let first = first.map_or(0, |(_, first)| *first);
        for value in 0..values {
            let lost = if question.holds_for(value as u8) { no } else { yes };
            self.reachable[first + value * self.blocks + index / BLOCK][index % BLOCK] &= !lost;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// What all trees add for a candidate.
    pub(super) fn score(&self, attributes: &Attributes) -> i32 {
        let mut sum = 0;
        for (block, leaves) in self.leaves.chunks_exact(BLOCK * LEAVES).enumerate() {
            let mut left = [u16::MAX; BLOCK];
            for &(attribute, first) in &self.asked {
                let row = &self.reachable[first + attributes.at(attribute) * self.blocks + block];
                for (left, row) in left.iter_mut().zip(row) {
                    *left &= row;
                }
            }
            for (tree, left) in left.iter().enumerate() {
                sum += leaves[tree * LEAVES + left.trailing_zeros() as usize % LEAVES];
            }
        }
        sum
    }

    /// The trees as lines of a rule file.
    pub(super) fn to_lines(&self, words: &Words) -> impl Iterator<Item = String> {
        self.all.iter().map(|tree| tree.to_text(words))
    }
}

/// So many bits from bit `first` on.
fn bits(first: usize, count: usize) -> u16 {
    (((1_u32 << count) - 1) << first) as u16
}

impl Tree {
    /// Reads a weight, or a list of a question, a tree for where it holds, and one for where not.
    fn read(value: &Value, words: &Words, greatest: u32) -> Result<Self, String> {
        let tree = Self::part(value, words, greatest)?;
        if tree.leaves() > LEAVES {
            return Err(format!("a tree has at most {LEAVES} leaves"));
        }
        Ok(tree)
    }

    fn part(value: &Value, words: &Words, greatest: u32) -> Result<Self, String> {
        if let Value::Integer(weight) = value {
            let weight = i32::try_from(*weight).ok().filter(|weight| weight.unsigned_abs() <= greatest);
            return weight
                .map(Self::Leaf)
                .ok_or_else(|| format!("weights go from -{greatest} to {greatest}"));
        }
        let parts = value.as_array().map_or(&[][..], Vec::as_slice);
        let [Value::String(question), yes, no] = parts else {
            return Err("a tree is a weight, or [question, tree, tree]".to_owned());
        };
        Ok(Self::Split(
            Question::read(question, words)?,
            Box::new(Self::part(yes, words, greatest)?),
            Box::new(Self::part(no, words, greatest)?),
        ))
    }

    fn leaves(&self) -> usize {
        match self {
            Self::Leaf(_) => 1,
            Self::Split(_, yes, no) => yes.leaves() + no.leaves(),
        }
    }

    fn asks(&self, attribute: Attribute) -> bool {
        match self {
            Self::Leaf(_) => false,
            Self::Split(question, yes, no) => {
                question.attribute == attribute || yes.asks(attribute) || no.asks(attribute)
            }
        }
    }

    /// As rule files have it.
    fn to_text(&self, words: &Words) -> String {
        match self {
            Self::Leaf(weight) => weight.to_string(),
            Self::Split(question, yes, no) => {
                let question = Value::String(question.to_text(words));
                format!("[{question}, {}, {}]", yes.to_text(words), no.to_text(words))
            }
        }
    }

    /// What it ends in for a candidate.
    pub(super) fn score(&self, attributes: &Attributes) -> i32 {
        match self {
            Self::Leaf(weight) => *weight,
            Self::Split(question, yes, no) => {
                if question.holds(attributes) {
                    yes.score(attributes)
                } else {
                    no.score(attributes)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compiled(text: &str) -> Result<Trees, Mistake> {
        #[derive(serde::Deserialize)]
        struct File {
            trees: Vec<Spanned<Value>>,
        }
        let file: File = toml::from_str(text).unwrap_or_else(|e| panic!("{e}"));
        Trees::compile(&file.trees, &Words::default(), 1000)
    }

    #[test]
    fn trees_ask_and_add_up() {
        let text = "trees = [[\"role=owner\", [\"clause<=1\", 30, 7], -4], 100]";
        let trees = compiled(text).unwrap_or_else(|(_, e)| panic!("{e}"));
        let mut attributes = Attributes::NONE;
        assert_eq!(trees.score(&attributes), 96);
        attributes.set(Attribute::Role, 2);
        assert_eq!(trees.score(&attributes), 130);
        attributes.set(Attribute::Clause, 3);
        assert_eq!(trees.score(&attributes), 107);
        assert_eq!(trees.all.iter().map(|tree| tree.score(&attributes)).sum::<i32>(), 107);
        assert_eq!(
            format!("trees = [{}]", trees.to_lines(&Words::default()).collect::<Vec<_>>().join(", ")),
            text
        );
    }

    #[test]
    fn questions_that_cannot_be_asked_are_told() {
        for (question, told) in [("colour=red", "colour"), ("role=red", "red"), ("role", "no question")] {
            let text = format!("trees = [[\"{question}\", 1, 2]]");
            let (span, message) = compiled(&text).err().unwrap_or_else(|| panic!("{question}"));
            assert!(message.contains(told) && text[span].starts_with('['), "{message}");
        }
        for broken in ["1001", "99999999999", "1.5", "[]", "[\"role=owner\", 1]", "\"role=owner\""] {
            let text = format!("trees = [1, {broken}]");
            assert_eq!(compiled(&text).map_err(|(span, _)| &text[span]).err(), Some(broken));
        }
        let deep = (0..16).fold("1".to_owned(), |tree, _| format!("[\"role=owner\", 1, {tree}]"));
        assert!(compiled(&format!("trees = [{deep}]")).is_err());
    }
}
