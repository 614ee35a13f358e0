//! Who may ask: only what knows the token, under this server's own name, and from its own page.
//!
//! - The token stands in the path of every address. It is no cookie, so no browser adds it to a request that another
//!   page makes, and no other server on this machine is sent it.
//! - `Host` must be this server's: a name that an attacker's DNS leads to 127.0.0.1 is refused.
//! - `Origin`, where a request has one, must be this server's; a request that writes must have one.
//! - `Sec-Fetch-Site` tells requests of other sites' pages; all are refused but the opening of the page itself, since a
//!   terminal in a browser is such a page.

use std::io;

use super::http::Request;
use crate::text::hexadecimal;

/// Bytes of the token: 192 bits, in hexadecimal.
const TOKEN: usize = 24;

/// Headers of every answer. The policy allows scripts, styles and requests of this server alone, and no markup that is
/// made from strings.
pub(super) const HEADERS: &[(&str, &str)] = &[
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         manifest-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Cache-Control", "no-store"),
];

/// Knows the token and the names of this server.
pub(super) struct Guard {
    token: String,
    hosts: [String; 2],
}

impl Guard {
    pub(super) fn new(port: u16) -> io::Result<Self> {
        let mut bytes = [0; TOKEN];
        getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
        let token = hexadecimal(&bytes);
        Ok(Self { token, hosts: ["127.0.0.1", "localhost"].map(|name| format!("{name}:{port}")) })
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/{}/", self.hosts[0], self.token)
    }

    /// What is asked for, below the token; otherwise the status to refuse with.
    pub(super) fn admit<'r>(&self, request: &'r Request) -> Result<&'r str, u16> {
        let forbidden = |()| 403_u16;
        let host = request.header("host").map_err(forbidden)?;
        if !host.is_some_and(|host| self.hosts.iter().any(|own| own == host)) {
            return Err(403);
        }
        let writes = match request.method.as_str() {
            "GET" | "HEAD" => false,
            "POST" => true,
            _ => return Err(405),
        };
        match request.header("origin").map_err(forbidden)? {
            Some(origin) if !self.is_own(origin) => return Err(403),
            None if writes => return Err(403),
            _ => {}
        }
        let path = request.target.strip_prefix('/').ok_or(403_u16)?;
        let (token, rest) = path.split_once('/').ok_or(403_u16)?;
        let site = request.header("sec-fetch-site").map_err(forbidden)?;
        let navigates = request.header("sec-fetch-mode").map_err(forbidden)? == Some("navigate");
        let opens = !writes && navigates && rest.is_empty();
        if !opens && site.is_some_and(|site| site != "same-origin" && site != "none") {
            return Err(403);
        }
        if same(token, &self.token) { Ok(rest) } else { Err(403) }
    }

    fn is_own(&self, origin: &str) -> bool {
        origin.strip_prefix("http://").is_some_and(|host| self.hosts.iter().any(|own| own == host))
    }
}

/// Compares in a time that does not tell where the two differ.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}
