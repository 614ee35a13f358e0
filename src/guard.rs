//! Work of libraries that may panic on files that are made to do harm.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// What `work` gives, or nothing where it panics. Nobody is told of that panic but the caller, who knows which file it was:
/// from the first call on, the process's hook for panics passes over those that are caught here, and only those.
pub(crate) fn quietly<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                before(panic);
            }
        }));
    });
    let outer = QUIET.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    QUIET.set(outer);
    done
}

#[cfg(test)]
mod tests {
    use super::quietly;

    #[test]
    fn a_panic_is_nothing_and_the_next_works() {
        assert_eq!(quietly(|| -> i32 { panic!("broken") }), None);
        assert_eq!(quietly(|| quietly(|| -> i32 { panic!("broken") }).unwrap_or(3)), Some(3));
    }
}
