//! A PostgreSQL server in a temporary folder. Not every test uses all of it.
#![allow(dead_code, clippy::unwrap_used, reason = "a test may end in a panic")]

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::common::skip;

/// A server of our own, which ends with the test.
pub(crate) struct Server {
    pub(crate) dir: tempfile::TempDir,
    programs: PathBuf,
    pub(crate) port: u16,
}

impl Server {
    pub(crate) fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            skip("PostgreSQL is not installed (Debian: apt-get install postgresql)");
            return None;
        };
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Self { dir: folder(), programs, port };
        server.run("initdb", &["-A", "trust", "-U", "solieu", "-E", "UTF8", "--locale=C", "-D"]);
        server.up();
        Some(server)
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let mut command = as_server(&self.programs.join(program));
        command.args(arguments).arg(self.dir.path().join("data")).current_dir("/").stdout(Stdio::null());
        assert!(command.status().unwrap().success(), "{command:?}");
    }

    pub(crate) fn up(&self) {
        let options = format!("-o-p {} -k '' -h 127.0.0.1 -F", self.port);
        let log = format!("-l{}", self.dir.path().join("log").display());
        self.run("pg_ctl", &["start", "-w", &options, &log, "-D"]);
    }

    /// Kills the server.
    pub(crate) fn down(&self) {
        self.run("pg_ctl", &["stop", "-m", "immediate", "-w", "-D"]);
    }

    /// From now on none of its files may grow above so many bytes.
    pub(crate) fn limit_files(&self, bytes: u64) {
        let pid = std::fs::read_to_string(self.dir.path().join("data/postmaster.pid")).unwrap();
        let limit = format!("--fsize={bytes}:{}", 1u64 << 40);
        let mut command = as_server(Path::new("prlimit"));
        command.args(["--pid", pid.lines().next().unwrap(), &limit]);
        assert!(command.status().unwrap().success(), "{command:?}");
    }

    /// Asks the role for its password from now on.
    pub(crate) fn demand_password(&self, role: &str) {
        self.allow(&format!("host all {role} 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n"));
    }

    /// Lets in only who comes by TLS.
    pub(crate) fn allow_only_tls(&self) {
        self.allow("hostssl all all 127.0.0.1/32 trust\n");
    }

    fn allow(&self, rules: &str) {
        std::fs::write(self.dir.path().join("data/pg_hba.conf"), rules).unwrap();
        self.run("pg_ctl", &["reload", "-D"]);
        // A reload takes a moment.
        std::thread::sleep(std::time::Duration::from_millis(300));
    }

    /// Starts again with TLS and gives the file of the certificate.
    pub(crate) fn certify(&self) -> Option<PathBuf> {
        // A certificate of a server, not of an authority.
        let constraint = ["-addext", "basicConstraints=critical,CA:FALSE"];
        self.certify_with(
            &[&["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"], &constraint[..]]
                .concat(),
        )
    }

    /// The same with a certificate of which `about` says more.
    pub(crate) fn certify_with(&self, about: &[&str]) -> Option<PathBuf> {
        let data = self.dir.path().join("data");
        let (key, certificate) = (data.join("server.key"), data.join("server.crt"));
        let mut command = as_server(Path::new("openssl"));
        command.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]);
        command.args(["-days", "2"]).args(about).arg("-keyout").arg(&key).arg("-out").arg(&certificate);
        if !command.stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
            return None;
        }
        let mut settings =
            std::fs::OpenOptions::new().append(true).open(data.join("postgresql.conf")).unwrap();
        std::io::Write::write_all(&mut settings, b"ssl = on\n").unwrap();
        self.down();
        self.up();
        Some(certificate)
    }

    pub(crate) fn url(&self) -> String {
        format!("postgres://solieu@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.down();
    }
}

/// A command of the server, which refuses to run as root: as the user `postgres` then.
fn as_server(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--clear-groups", "--"]).arg(program);
    command
}

/// A folder that belongs to that user, where it can reach it.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    if !is_root() {
        return dir;
    }
    let own = |dir: tempfile::TempDir| {
        let done = Command::new("chown").arg("postgres").arg(dir.path()).status().unwrap();
        assert!(done.success());
        dir
    };
    let dir = own(dir);
    let reached = as_server(Path::new("test")).arg("-w").arg(dir.path()).status().unwrap();
    if reached.success() { dir } else { own(tempfile::tempdir_in("/tmp").unwrap()) }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<PathBuf> = versions.flatten().map(|entry| entry.path().join("bin")).collect();
    found.sort();
    found.into_iter().rev().find(|bin| bin.join("initdb").is_file())
}
