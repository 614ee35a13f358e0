//! A password that the URL leaves out, so that it stands in no list of processes: where `psql` looks for it
//! (<https://www.postgresql.org/docs/current/libpq-pgpass.html>).

use std::path::PathBuf;

use postgres::Config;
use postgres::config::Host;

/// Completes what the URL says by `PGPASSWORD`, else by the file `PGPASSFILE` or `~/.pgpass`.
pub(super) fn complete(config: &mut Config) {
    if config.get_password().is_some() {
        return;
    }
    let given = std::env::var("PGPASSWORD").ok().filter(|password| !password.is_empty());
    if let Some(password) = given.or_else(|| from_file(config)) {
        config.password(password);
    }
}

fn from_file(config: &Config) -> Option<String> {
    let named = std::env::var_os("PGPASSFILE").map(PathBuf::from);
    let file = named.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".pgpass")))?;
    if readable_by_others(&file) {
        return None;
    }
    find(&std::fs::read_to_string(file).ok()?, &Wanted::of(config)?)
}

/// Such a file keeps no secret, and `psql` passes over it, too.
fn readable_by_others(file: &std::path::Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::metadata(file).is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        false
    }
}

/// Whose password is looked for.
struct Wanted {
    host: String,
    port: String,
    database: String,
    user: String,
}

impl Wanted {
    fn of(config: &Config) -> Option<Self> {
        let user = config.get_user()?.to_owned();
        let host = match config.get_hosts().first() {
            Some(Host::Tcp(name)) => name.clone(),
            _ => "localhost".to_owned(),
        };
        Some(Self {
            host,
            port: config.get_ports().first().copied().unwrap_or(5432).to_string(),
            database: config.get_dbname().unwrap_or(&user).to_owned(),
            user,
        })
    }
}

/// The password of the first line that fits: `host:port:database:user:password`, where `*` fits all.
fn find(text: &str, wanted: &Wanted) -> Option<String> {
    text.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let parts = split(line);
        let [host, port, database, user, password] = &*parts else { return None };
        let fits = |given: &str, wanted: &str| given == "*" || given == wanted;
        let all = fits(host, &wanted.host)
            && fits(port, &wanted.port)
            && fits(database, &wanted.database)
            && fits(user, &wanted.user);
        all.then(|| password.clone())
    })
}

/// The parts between colons; a backslash takes the next character as it is.
fn split(line: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        let literal = match c {
            ':' if parts.len() < 5 => {
                parts.push(String::new());
                continue;
            }
            '\\' => characters.next(),
            _ => Some(c),
        };
        if let Some(last) = parts.last_mut() {
            last.extend(literal);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_fits_gives_the_password() {
        let file =
            "# db:5432:news:me:old\ndb:5433:news:me:other\ndb:*:n\\:ews:me:s3:c\\\\ret\n*:*:*:you:last\n";
        let of = |url: &str| find(file, &Wanted::of(&url.parse().unwrap()).unwrap());
        assert_eq!(of("postgres://me@db/n%3Aews").as_deref(), Some("s3:c\\ret"));
        assert_eq!(of("postgres://me@db:5433/news").as_deref(), Some("other"));
        assert_eq!(of("postgres://you@elsewhere/x").as_deref(), Some("last"));
        assert_eq!(of("postgres://me@db/news"), None);
    }
}
