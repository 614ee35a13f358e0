//! Which server a URL names, and whether it is to be reached by TLS.
//!
//! `sslmode=require` (and `verify-ca`, `verify-full`, which mean the same here) asks for TLS. The server's certificate
//! must then be signed for its name by an authority that the system trusts, or by one in the PEM file `sslrootcert`, or
//! stand in that file itself: encryption to one knows not whom protects nobody. A password that the URL does not give is
//! looked for where `psql` does ([`super::password`]).

use std::path::Path;
use std::sync::Arc;

use postgres::{Client, Config, Error, NoTls};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::password;
use crate::sink::{Failure, SinkError};

/// A server that can be connected to again and again.
#[derive(Clone)]
pub(super) struct Server {
    /// As the user gave it.
    url: String,
    /// Without what the client does not know.
    plain: String,
    tls: Option<MakeRustlsConnect>,
}

impl Server {
    /// The server of a URL.
    ///
    /// # Errors
    /// Where no certificates can be read to trust in.
    pub(super) fn of(url: &str) -> Result<Self, SinkError> {
        let Asked { plain, tls, root } = asked(url);
        let failed = |message: String| SinkError::new(Failure::Connection, url, message);
        let tls = if tls { Some(connector(root.as_deref()).map_err(failed)?) } else { None };
        Ok(Self { url: url.to_owned(), plain, tls })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) fn connect(&self) -> Result<Client, Error> {
        let mut config: Config = self.plain.parse()?;
        password::complete(&mut config);
        match &self.tls {
            Some(tls) => config.connect(tls.clone()),
            None => config.connect(NoTls),
        }
    }
}

/// What a URL asks for.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    plain: String,
    tls: bool,
    root: Option<String>,
}

fn asked(url: &str) -> Asked {
    let Some((head, query)) = url.split_once('?') else {
        return Asked { plain: url.to_owned(), tls: false, root: None };
    };
    let (mut tls, mut root, mut rest) = (false, None, Vec::new());
    for part in query.split('&') {
        match part.split_once('=') {
            Some(("sslmode", "require" | "verify-ca" | "verify-full")) => {
                tls = true;
                rest.push("sslmode=require");
            }
            Some(("sslrootcert", file)) => root = Some(decoded(file)),
            _ => rest.push(part),
        }
    }
    let mark = if rest.is_empty() { "" } else { "?" };
    Asked { plain: format!("{head}{mark}{}", rest.join("&")), tls, root }
}

/// Percent-encoding undone (RFC 3986, section 2.1).
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, more @ ..] = rest {
        let code = more.get(..2).and_then(|hex| str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &more[2..];
            }
            _ => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn connector(root: Option<&str>) -> Result<MakeRustlsConnect, String> {
    let (mut roots, mut own) = (RootCertStore::empty(), Vec::new());
    match root {
        Some(file) => {
            let shown =
                |error: rustls::pki_types::pem::Error| format!("cannot read certificates of {file}: {error}");
            for certificate in CertificateDer::pem_file_iter(Path::new(file)).map_err(shown)? {
                let certificate = certificate.map_err(shown)?;
                roots.add(certificate.clone()).map_err(|error| format!("{file}: {error}"))?;
                own.push(certificate);
            }
        }
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    if roots.is_empty() {
        return Err("no certificates to trust in: name a file of them with sslrootcert=FILE".to_owned());
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    let chains = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build();
    let trust = Arc::new(Trust { chains: chains.map_err(|error| error.to_string())?, own });
    let config = config.dangerous().with_custom_certificate_verifier(trust);
    Ok(MakeRustlsConnect::new(config.with_no_client_auth()))
}

/// Trusts a server whose certificate stands in the file itself, whatever name and uses it states: who runs a server with a
/// certificate of their own making gives just that. All others must be signed for their name.
#[derive(Debug)]
struct Trust {
    chains: Arc<WebPkiServerVerifier>,
    own: Vec<CertificateDer<'static>>,
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if self.own.iter().any(|own| own == end_entity) {
            return Ok(ServerCertVerified::assertion());
        }
        self.chains.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.chains.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.chains.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.chains.supported_verify_schemes()
    }
}

/// What to do about a certificate that is not trusted; nothing where that is not what failed.
pub(super) fn advice(error: &Error) -> &'static str {
    let tls = std::error::Error::source(error).and_then(|cause| cause.downcast_ref::<std::io::Error>());
    let tls = tls.and_then(std::io::Error::get_ref).and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match tls {
        Some(rustls::Error::InvalidCertificate(_)) => {
            "; name a file with this certificate, or with that of the authority that signed it for this server's name, \
             as sslrootcert=FILE"
        }
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_says_whether_tls_is_asked_for() {
        let all = |url| {
            let Asked { plain, tls, root } = asked(url);
            (plain, tls, root)
        };
        let plain = "postgres://me@db/x";
        assert_eq!(all(plain), (plain.to_owned(), false, None));
        assert_eq!(
            all("postgres://db/x?sslmode=disable"),
            ("postgres://db/x?sslmode=disable".to_owned(), false, None)
        );
        let (url, tls, root) = all("postgres://db/x?sslmode=verify-full&a=b&sslrootcert=%2Fetc/c%C3%A1.pem");
        assert_eq!((&*url, tls), ("postgres://db/x?sslmode=require&a=b", true));
        assert_eq!(root.as_deref(), Some("/etc/cá.pem"));
        assert_eq!(decoded("100%"), "100%");
    }
}
