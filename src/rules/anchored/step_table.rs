//! Which state follows another behind a character, as far as it was learned: the first steps of a state beside it, of one with
//! more of them in a row of their own.

use super::alphabet::Symbol;
use super::state_id::StateId;

/// What stands for the end of the text among symbols.
pub(super) const END: Symbol = Symbol::MAX;
/// What stands for a state whose steps have a row of their own.
const ROW: Symbol = Symbol::MAX - 1;
/// What stands for no step.
const NONE: Symbol = Symbol::MAX - 2;

/// Most steps of a state without a row.
const FEW: usize = 4;

/// Which part of the rows is put by for more of them.
const SPARE: usize = 8;

/// The first steps that were learned of a state, or in `states[0]` the number of the row that holds all.
#[derive(Debug, Clone, Copy)]
struct Steps {
    symbols: [Symbol; FEW],
    states: [u16; FEW],
}

/// The steps of all states.
#[derive(Debug)]
pub(super) struct StepTable {
    steps: Vec<Steps>,
    /// Symbol → state, of one state after the other that has many steps; 0 where not known. The last is [`END`].
    rows: Vec<u16>,
    width: usize,
}

impl StepTable {
    /// Bytes that every state takes.
    pub(super) const STATE: usize = size_of::<Steps>();

    /// One without states, for so many symbols.
    pub(super) fn new(symbols: usize) -> Self {
        Self { steps: Vec::new(), rows: Vec::new(), width: symbols + 1 }
    }

    pub(super) fn clear(&mut self) {
        self.steps.clear();
        self.rows.clear();
    }

    /// Adds a state of which no step is known.
    pub(super) fn push(&mut self) {
        self.steps.push(Steps { symbols: [NONE; FEW], states: [0; FEW] });
    }

    /// Bytes that the rows take.
    pub(super) fn row_bytes(&self) -> usize {
        self.rows.len() * size_of::<u16>()
    }

    /// The step from a state, if it is known.
    #[inline]
    pub(super) fn get(&self, state: StateId, symbol: Symbol) -> Option<StateId> {
        let steps = &self.steps[state.index()];
        if steps.symbols[0] == ROW {
            return StateId::known(self.rows[self.place(steps, symbol)]);
        }
        let found = steps.symbols.iter().position(|&known| known == symbol);
        found.and_then(|i| StateId::known(steps.states[i]))
    }

    /// The place of a step in the row of a state that has one.
    #[inline]
    fn place(&self, steps: &Steps, symbol: Symbol) -> usize {
        usize::from(steps.states[0]) * self.width + usize::from(symbol).min(self.width - 1)
    }

    /// Keeps a step.
    pub(super) fn keep(&mut self, state: StateId, symbol: Symbol, next: StateId) {
        let mut steps = self.steps[state.index()];
        if let Some(free) = steps.symbols.iter().position(|&known| known == NONE) {
            (steps.symbols[free], steps.states[free]) = (symbol, next.number());
        } else {
            if steps.symbols[0] != ROW {
                steps = self.with_row(steps);
            }
            let place = self.place(&steps, symbol);
            self.rows[place] = next.number();
        }
        self.steps[state.index()] = steps;
    }

    /// The steps of a state that has a row, symbol by symbol but for [`END`]; 0 where not known.
    pub(super) fn row_mut(&mut self, state: StateId) -> Option<&mut [u16]> {
        let steps = self.steps[state.index()];
        let row = usize::from(steps.states[0]) * self.width;
        (steps.symbols[0] == ROW).then(|| &mut self.rows[row..row + self.width - 1])
    }

    /// Moves the steps of a state into a row.
    fn with_row(&mut self, few: Steps) -> Steps {
        let mut steps = Steps { symbols: [ROW; FEW], states: [0; FEW] };
        steps.states[0] = (self.rows.len() / self.width) as u16;
        if self.rows.capacity() < self.rows.len() + self.width {
            // Rows are most of what is kept, so they do not double.
            self.rows.reserve_exact(self.width + self.rows.len() / SPARE);
        }
        self.rows.resize(self.rows.len() + self.width, 0);
        for (symbol, next) in few.symbols.into_iter().zip(few.states) {
            let place = self.place(&steps, symbol);
            self.rows[place] = next;
        }
        steps
    }
}
