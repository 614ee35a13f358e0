//! The review page: a web server for one person on this machine.
//!
//! It listens on 127.0.0.1 only. Every address begins with a random token, so that no other program or page can guess
//! one, and what comes under another name or from another origin is refused ([`guard`]). The page loads nothing from
//! outside and runs no script but its own ([`assets`]).

mod assets;
mod guard;
mod http;
mod routes;
#[cfg(test)]
mod tests;

use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::collection::Collection;
use super::desk::Desk;
use super::page_view::PageReader;
use crate::page::PageRules;
use guard::Guard;

/// Connections at once; a browser opens some six.
const CONNECTIONS: usize = 64;
/// How long a connection may say nothing.
const IDLE: Duration = Duration::from_secs(60);

/// What is reviewed.
pub struct Review {
    /// The facts.
    pub facts: Collection,
    /// The decisions on them.
    pub desk: Desk,
    /// Reads the pages again.
    pub pages: PageReader,
    /// The rules that find the article of a page.
    pub rules: PageRules,
}

/// What all connections share.
struct Shared {
    facts: Collection,
    index: Vec<u8>,
    rules: PageRules,
    desk: Mutex<Desk>,
    pages: Mutex<PageReader>,
    guard: Guard,
}

impl Shared {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        // A panic in one request leaves the desk as it was before or after a decision.
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pages(&self) -> MutexGuard<'_, PageReader> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A server that has its port.
pub struct Server {
    listener: TcpListener,
    shared: Arc<Shared>,
}

impl Server {
    /// Takes `port` of 127.0.0.1; 0 takes any that is free.
    ///
    /// # Errors
    /// Where the port is taken, or the system gives no random numbers.
    pub fn bind(review: Review, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let guard = Guard::new(listener.local_addr()?.port())?;
        let shared = Shared {
            index: review.facts.index()?,
            facts: review.facts,
            rules: review.rules,
            desk: Mutex::new(review.desk),
            pages: Mutex::new(review.pages),
            guard,
        };
        Ok(Self { listener, shared: Arc::new(shared) })
    }

    /// The address of the page, with the token.
    pub fn url(&self) -> String {
        self.shared.guard.url()
    }

    /// Serves until the process ends.
    ///
    /// # Errors
    /// Where the system takes the port away.
    pub fn serve(&self) -> io::Result<()> {
        let open = Arc::new(AtomicUsize::new(0));
        loop {
            let stream = match self.listener.accept() {
                Ok((stream, _)) => stream,
                Err(error) if error.kind() == io::ErrorKind::InvalidInput => return Err(error),
                // One connection that failed before it began is no reason to stop.
                Err(_) => continue,
            };
            if open.fetch_add(1, Ordering::Relaxed) >= CONNECTIONS {
                open.fetch_sub(1, Ordering::Relaxed);
                continue;
            }
            let (shared, count) = (Arc::clone(&self.shared), Arc::clone(&open));
            let started = std::thread::Builder::new().spawn(move || {
                let _closed = Closed(count);
                // A connection that breaks off is nobody's fault.
                let _ = converse(&shared, stream);
            });
            if started.is_err() {
                open.fetch_sub(1, Ordering::Relaxed);
            }
        }
    }
}

/// Counts a connection out, however it ended.
struct Closed(Arc<AtomicUsize>);

impl Drop for Closed {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Answers one request after another.
fn converse(shared: &Shared, stream: TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(IDLE))?;
    stream.set_write_timeout(Some(IDLE))?;
    stream.set_nodelay(true)?;
    let mut connection = http::Connection::new(stream);
    loop {
        match connection.request()? {
            http::Incoming::Request(request) => {
                let response = routes::answer(shared, &request);
                connection.respond(&response, request.is_head)?;
                if !request.keep_alive {
                    return Ok(());
                }
            }
            http::Incoming::Malformed(status) => {
                return connection.respond(&http::Response::error(status), false);
            }
            http::Incoming::End => return Ok(()),
        }
    }
}
