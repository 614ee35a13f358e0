//! Who hears what a destination has to say while it works.

use std::fmt;
use std::sync::Arc;

/// Hears notices, each one line without its end; the default hears none.
#[derive(Clone, Default)]
pub struct Listener(Option<Arc<Hears>>);

type Hears = dyn Fn(&str) + Send + Sync;

impl Listener {
    /// One that gives each notice to `hears`, from whatever thread.
    pub fn new(hears: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(hears)))
    }

    /// Gives it a notice.
    pub fn tell(&self, notice: &str) {
        if let Some(hears) = &self.0 {
            hears(notice);
        }
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Listener(…)" } else { "Listener" })
    }
}
