use super::*;

fn named(run: &str) -> RunName {
    RunName::new(&[("options", run.len() as u128)], crate::source::Census::default())
}

/// Writes `units` units of 1 MiB and dies, or finishes.
fn run(path: &Path, resume: bool, until: u64) -> Earlier {
    let (file, earlier) = Journaled::open(path, &named("r"), resume).unwrap();
    let Some(mut file) = file else { return earlier };
    let first = if let Earlier::Units(units, _) = &earlier { *units } else { 0 };
    for unit in first..until.min(20) {
        file.write(format!("{unit}\n").repeat(1 << 18).as_bytes()).unwrap();
        file.checkpoint(&Checkpoint { units: unit + 1, tally: &Tally::default() }).unwrap();
    }
    if until >= 20 {
        file.finish().unwrap();
    }
    earlier
}

#[test]
fn a_resumed_file_has_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["a.jsonl", "a.jsonl.zst", "a.jsonl.gz"] {
        let (whole, resumed) =
            (dir.path().join(name), dir.path().join("r").with_file_name(format!("r{name}")));
        run(&whole, false, 20);
        run(&resumed, false, 1);
        for until in [7, 13, 14] {
            run(&resumed, true, until);
        }
        let part = with_ending(&resumed, ".part");
        File::options().append(true).open(&part).unwrap().write_all(b"torn").unwrap();
        assert!(matches!(run(&resumed, true, 20), Earlier::Units(8.., _)));
        assert_eq!(fs::read(&whole).unwrap(), fs::read(&resumed).unwrap());
        assert!(matches!(run(&resumed, true, 20), Earlier::Complete(_)));
        // Killed before the file took its place.
        fs::rename(&resumed, &part).unwrap();
        assert!(matches!(run(&resumed, true, 20), Earlier::Complete(_)));
        assert_eq!(fs::read(&whole).unwrap(), fs::read(&resumed).unwrap());
    }
}

#[test]
fn another_run_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.jsonl");
    for until in [9, 20] {
        run(&path, false, until);
        assert!(Journaled::open(&path, &named("other"), true).is_err());
    }
    assert!(matches!(run(&path, true, 20), Earlier::Complete(_)));
}

#[test]
fn a_file_of_which_nothing_tells_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.jsonl");
    let opened = |resume| Journaled::open(&path, &named("r"), resume);
    fs::write(&path, "hello\n").unwrap();
    assert!(opened(true).is_err());
    run(&path, false, 20);
    fs::write(&path, "hello\n").unwrap();
    assert!(opened(true).is_err());
    fs::remove_file(&path).unwrap();
    assert_eq!(opened(true).unwrap().1, Earlier::Nothing);
}
