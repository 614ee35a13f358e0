//! Paths as records and messages show them.

use std::path::Path;

/// A path as records and messages show it. An identifier hangs on it, so `./`, `//` and a `/` at the end, which name
/// nothing, are left out: `./a//b/` is `a/b`.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    // `//host` is the name of a machine on Windows.
    let root = if cfg!(windows) && text.starts_with("//") {
        "//"
    } else {
        &text[..usize::from(text.starts_with('/'))]
    };
    let parts = || text[root.len()..].split('/');
    if parts().all(is_name) {
        return text;
    }
    let plain = parts().filter(|part| is_name(part)).collect::<Vec<_>>().join("/");
    if plain.is_empty() && root.is_empty() { ".".to_owned() } else { format!("{root}{plain}") }
}

/// The beginning of paths as records show them: without `./` and `//`, which name nothing, but with the `/` at its end.
pub fn shown_prefix(prefix: &str) -> String {
    let mut plain = shown(Path::new(prefix));
    if plain == "." {
        plain.clear();
    } else if prefix.ends_with(['/', std::path::MAIN_SEPARATOR]) && !plain.ends_with('/') {
        plain.push('/');
    }
    plain
}

fn is_name(part: &str) -> bool {
    !matches!(part, "" | ".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_name_however_it_was_reached() {
        for (path, name) in [
            ("seeds/a.txt", "seeds/a.txt"),
            ("./seeds/a.txt", "seeds/a.txt"),
            ("seeds//x/./a.txt", "seeds/x/a.txt"),
            ("././seeds/", "seeds"),
            ("/data//seeds/./", "/data/seeds"),
            ("../seeds/.a", "../seeds/.a"),
            (".", "."),
            ("./", "."),
            ("/", "/"),
        ] {
            assert_eq!(shown(Path::new(path)), name, "{path}");
        }
        for (prefix, plain) in
            [("", ""), ("./", ""), ("/", "/"), ("./a//b", "a/b"), ("a//", "a/"), ("../a/", "../a/")]
        {
            assert_eq!(shown_prefix(prefix), plain, "{prefix}");
        }
    }
}
