//! Every folder of `fixtures/rule-errors/` holds rules with one mistake: `rules check` must say what is wrong, where and,
//! if it can, what to do, word for word as in `message.txt`. With `BLESS=1`, that file is written instead of compared.

#![allow(clippy::unwrap_used, reason = "a test reports what is broken by failing")]

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn every_mistake_is_shown_where_it_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rule-errors");
    let mut cases: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    for case in cases {
        let checked = Command::new(env!("CARGO_BIN_EXE_solieu"))
            .args(["rules", "check", "--rules", "."])
            .current_dir(&case)
            .output()
            .unwrap();
        let said = String::from_utf8(checked.stderr).unwrap();
        let expected = case.join("message.txt");
        if std::env::var_os("BLESS").is_some() {
            fs::write(expected, said).unwrap();
        } else {
            assert_eq!(
                said,
                fs::read_to_string(expected).unwrap(),
                "{} (BLESS=1 accepts it)",
                case.display()
            );
        }
        assert_eq!(checked.status.code(), Some(2), "{}", case.display());
        assert!(checked.stdout.is_empty());
    }
}
