//! As much of HTTP/1.1 (RFC 9112) as one browser on the same machine needs: requests with a length, read whole, under
//! strict limits. `httparse` reads the heads.

use std::borrow::Cow;
use std::io::{self, Read, Write};
use std::net::TcpStream;

/// Bytes of a request's head, at most.
const HEAD: usize = 16 << 10;
/// Bytes of a request's body, at most.
const BODY: usize = 256 << 10;
const HEADERS: usize = 64;

/// A connection with what was read ahead.
pub(super) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What came in.
pub(super) enum Incoming {
    Request(Request),
    /// Something that is no request; the status says why.
    Malformed(u16),
    End,
}

/// A request, read whole.
#[derive(Debug, Default)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) keep_alive: bool,
    pub(super) is_head: bool,
}

impl Request {
    /// The value of a header that may stand there once; `Err` where it stands there more often.
    pub(super) fn header(&self, name: &str) -> Result<Option<&str>, ()> {
        let mut values = self.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
        let first = values.next().map(|(_, value)| value.as_str());
        if values.next().is_some() { Err(()) } else { Ok(first) }
    }

    /// The length of the body; `Err` with a status where it cannot be known beforehand or is too long.
    fn length(&self) -> Result<usize, u16> {
        if self.header("transfer-encoding") != Ok(None) {
            return Err(411);
        }
        match self.header("content-length") {
            Ok(None) => Ok(0),
            Ok(Some(digits)) if digits.bytes().all(|digit| digit.is_ascii_digit()) => {
                digits.parse().ok().filter(|&length| length <= BODY).ok_or(413)
            }
            _ => Err(400),
        }
    }
}

/// An answer.
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    pub(super) body: Cow<'static, [u8]>,
}

impl Response {
    pub(super) fn json(body: Vec<u8>) -> Self {
        Self { status: 200, content_type: "application/json", body: body.into() }
    }

    /// A status with its name as text.
    pub(super) fn error(status: u16) -> Self {
        let body = Cow::Borrowed(reason(status).as_bytes());
        Self { status, content_type: "text/plain; charset=utf-8", body }
    }
}

impl Connection {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self { stream, buffer: Vec::new() }
    }

    /// The next request.
    pub(super) fn request(&mut self) -> io::Result<Incoming> {
        let mut request = loop {
            match parse_head(&self.buffer) {
                Ok(Some((request, length))) => {
                    self.buffer.drain(..length);
                    break request;
                }
                Ok(None) if self.buffer.len() >= HEAD => return Ok(Incoming::Malformed(431)),
                Ok(None) => {}
                Err(status) => return Ok(Incoming::Malformed(status)),
            }
            if !self.more()? {
                return Ok(Incoming::End);
            }
        };
        let length = match request.length() {
            Ok(length) => length,
            Err(status) => return Ok(Incoming::Malformed(status)),
        };
        while self.buffer.len() < length {
            if !self.more()? {
                return Ok(Incoming::End);
            }
        }
        request.body = self.buffer.drain(..length).collect();
        Ok(Incoming::Request(request))
    }

    /// Reads some more; false at the end.
    fn more(&mut self) -> io::Result<bool> {
        let mut piece = [0; 8 << 10];
        let read = self.stream.read(&mut piece)?;
        self.buffer.extend_from_slice(&piece[..read]);
        Ok(read > 0)
    }

    pub(super) fn respond(&mut self, response: &Response, head_only: bool) -> io::Result<()> {
        let Response { status, content_type, body } = response;
        let mut head = format!(
            "HTTP/1.1 {status} {}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n",
            reason(*status),
            body.len()
        );
        for (name, value) in super::guard::HEADERS {
            head.extend([name, ": ", value, "\r\n"]);
        }
        head.push_str("\r\n");
        self.stream.write_all(head.as_bytes())?;
        if !head_only {
            self.stream.write_all(body)?;
        }
        self.stream.flush()
    }
}

/// The head of a request and its length; `None` where it is not whole yet.
fn parse_head(bytes: &[u8]) -> Result<Option<(Request, usize)>, u16> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let length = match parsed.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(431),
        Err(_) => return Err(400),
    };
    let (method, target) = (parsed.method.unwrap_or_default(), parsed.path.unwrap_or_default());
    let mut request = Request {
        method: method.to_owned(),
        target: target.to_owned(),
        is_head: method == "HEAD",
        ..Request::default()
    };
    for header in parsed.headers.iter() {
        let value = std::str::from_utf8(header.value).map_err(|_| 400_u16)?;
        request.headers.push((header.name.to_owned(), value.to_owned()));
    }
    let close = |value: &str| value.to_ascii_lowercase().contains("close");
    request.keep_alive =
        parsed.version == Some(1) && !request.header("connection").ok().flatten().is_some_and(close);
    Ok(Some((request, length)))
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        411 => "Length Required",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        431 => "Request Header Fields Too Large",
        _ => "Internal Server Error",
    }
}
