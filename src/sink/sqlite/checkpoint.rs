//! The write-ahead log into the database while more is written to it: what waits for the disk there need not wait in a
//! commit.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use rusqlite::{Connection, OpenFlags};

/// A thread that copies the log into the database. Where it cannot, a commit that finds the log long does, and whoever
/// is the last to close the database.
pub(super) struct Checkpointer {
    wake: Option<SyncSender<()>>,
    /// Whether the log was long when it was last copied.
    long: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpointer {
    /// Of the database at `path`, where a log of so many pages is long.
    pub(super) fn start(path: &str, pages: i64) -> Self {
        // A thread that is at work is not woken again.
        let (wake, woken) = sync_channel(0);
        let long = Arc::new(AtomicBool::new(false));
        let (path, found_long) = (path.to_owned(), Arc::clone(&long));
        let work = move || copy_when_woken(&path, pages, &found_long, &woken).unwrap_or_default();
        let thread = std::thread::Builder::new().name("checkpoint".to_owned()).spawn(work).ok();
        Self { wake: Some(wake), long, thread }
    }

    /// Says that there is more in the log. It begins anew only after a moment in which all of it is copied, and such a
    /// moment is none while others write. So a long one is once left alone: the next commit copies the rest.
    pub(super) fn wake(&self) {
        if !self.long.swap(false, Ordering::Relaxed) {
            self.wake.as_ref().map(|wake| wake.try_send(()));
        }
    }
}

/// The connection of the thread is closed when this ends: the last one to be closed removes the log.
impl Drop for Checkpointer {
    fn drop(&mut self) {
        self.wake = None;
        self.thread.take().map(JoinHandle::join);
    }
}

fn copy_when_woken(path: &str, pages: i64, long: &AtomicBool, woken: &Receiver<()>) -> rusqlite::Result<()> {
    let flags = OpenFlags::default().difference(OpenFlags::SQLITE_OPEN_CREATE);
    let connection = Connection::open_with_flags(path, flags)?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    // Only a connection that has read something knows of the log.
    connection.pragma_query_value(None, "user_version", |_| Ok(()))?;
    while woken.recv().is_ok() {
        let found: i64 = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get(1))?;
        long.store(found >= pages, Ordering::Relaxed);
    }
    Ok(())
}
