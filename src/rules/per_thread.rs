//! What each thread keeps for itself.

use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};

use regex_automata::util::pool::{Pool, PoolGuard};

type Make<T> = Box<dyn Fn() -> T + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// What each thread keeps for itself between searches.
pub(crate) struct PerThread<T>(Pool<T, Make<T>>);

/// What this thread keeps.
pub(crate) type Own<'p, T> = PoolGuard<'p, T, Make<T>>;

impl<T> PerThread<T> {
    /// Will `make` it for every thread that asks.
    pub(crate) fn new(make: impl Fn() -> T + Send + Sync + UnwindSafe + RefUnwindSafe + 'static) -> Self {
        Self(Pool::new(Box::new(make)))
    }
}

impl<T: Send> PerThread<T> {
    /// That of this thread.
    pub(crate) fn get(&self) -> Own<'_, T> {
        self.0.get()
    }
}

impl<T> fmt::Debug for PerThread<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PerThread").finish_non_exhaustive()
    }
}
