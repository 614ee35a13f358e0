//! What the commands have in common: messages, statuses, options that name folders.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::{PAGE, said, solieu};

/// A folder with a page, an empty folder, and the facts of the page.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("page.txt"), PAGE).unwrap();
    fs::create_dir(dir.path().join("empty")).unwrap();
    let done = solieu(&["extract", "page.txt", "-q", "-o", "facts.jsonl"], dir.path());
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    dir
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_error_is_no_panic() {
    let dir = folder();
    for (args, status) in [
        ("stats nofile", 1),
        ("strip nofile", 1),
        ("dates nofile", 1),
        ("explain nofile", 1),
        ("rules check", 0),
        ("rules coverage nofile", 1),
        ("show nofile", 2),
        ("score nofile nofile", 2),
        ("report nofile", 2),
        ("review nofile --no-open", 2),
        ("verify nofile", 2),
        ("diff nofile nofile", 2),
        ("diff --pages nofile nofile", 2),
        ("series facts.jsonl --metric x.y", 2),
        ("metrics nofile", 2),
        ("export nofile --format annotation", 2),
        ("load nofile --to jsonl:out.jsonl", 2),
        ("extract nofile", 1),
        ("extract page.txt --seen nofolder/seen", 2),
    ] {
        let args: Vec<&str> = args.split(' ').collect();
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_solieu"));
        let done = command.args(&args).current_dir(dir.path()).stderr(full).output().unwrap();
        assert_eq!(done.status.code(), Some(status), "{args:?}");
    }
}

#[test]
fn a_note_is_no_problem_and_what_cannot_be_read_is_one() {
    let dir = folder();
    for command in ["extract", "stats", "strip", "dates", "explain", "rules coverage"] {
        let run = |path| {
            let args: Vec<&str> = command.split(' ').chain([path]).collect();
            solieu(&args, dir.path())
        };
        let (empty, missing) = (run("empty"), run("nofile"));
        assert_eq!(empty.status.code(), Some(0), "{command}: {}", said(&empty));
        assert!(said(&empty).contains("no pages in this folder"), "{command}");
        assert_eq!(missing.status.code(), Some(1), "{command}: {}", said(&missing));
    }
}

#[test]
fn a_comparison_that_could_not_be_made_is_no_agreement() {
    let dir = folder();
    fs::create_dir(dir.path().join("rules")).unwrap();
    fs::write(dir.path().join("rules/units.toml"), "").unwrap();
    for args in [
        "diff --rules rules nofile",
        "diff --rules rules empty",
        "diff --rules rules page.txt nofile",
        "diff --pages nofile1 nofile2",
        "diff --pages page.txt nofile",
        "diff --pages empty empty",
        "diff --pages --rules rules nofile",
    ] {
        let done = solieu(&args.split(' ').collect::<Vec<_>>(), dir.path());
        assert_eq!(done.status.code(), Some(2), "{args}: {}", said(&done));
    }
    for args in ["diff --rules rules page.txt", "diff --pages page.txt page.txt"] {
        let done = solieu(&args.split(' ').collect::<Vec<_>>(), dir.path());
        assert_eq!(done.status.code(), Some(0), "{args}: {}", said(&done));
    }
}

#[test]
fn rules_that_cannot_be_read_are_named() {
    let dir = folder();
    let write = |path: &str, text: &[u8]| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("rules/units.toml", b"");
    write("latin/units.toml", b"# \xE9\n");
    write("broken/page.toml", b"x = [\n");
    for (folder, message) in [
        ("page.txt", "page.txt: is a file; name the folder"),
        ("rules/units.toml", "units.toml: is a file; name the folder"),
        ("empty", "empty: there is no rule file (.toml)"),
        ("nofolder", "solieu: cannot read the rules: nofolder: "),
        ("latin", "units.toml: stream did not contain valid UTF-8"),
    ] {
        for command in ["rules check", "stats page.txt", "diff page.txt", "review facts.jsonl --no-open"] {
            let args: Vec<&str> = command.split(' ').chain(["--rules", folder]).collect();
            let done = solieu(&args, dir.path());
            assert_eq!(done.status.code(), Some(2), "{args:?}");
            assert!(said(&done).contains(message), "{args:?}: {}", said(&done));
            assert!(said(&done).matches("os error").count() < 2, "{args:?}: {}", said(&done));
        }
    }
    for command in
        ["rules check", "stats page.txt", "extract page.txt", "diff page.txt", "diff --pages page.txt"]
    {
        let args: Vec<&str> = command.split(' ').chain(["--rules", "broken"]).collect();
        let done = solieu(&args, dir.path());
        assert_eq!(done.status.code(), Some(2), "{args:?}");
        assert!(said(&done).contains("page.toml:1:6") && said(&done).contains(" | x = ["), "{}", said(&done));
    }
}

#[test]
fn pages_in_fields_of_any_name_are_read_again() {
    let dir = tempfile::tempdir().unwrap();
    let record = |text: &str| serde_json::json!({ "id": "a", "page_words": text }).to_string() + "\n";
    fs::write(dir.path().join("pages.jsonl"), record(&format!("{PAGE}\nBãi xe nằm ở phía sau chợ.\n")))
        .unwrap();
    fs::write(dir.path().join("later.jsonl"), record(&PAGE.replace("chợ có", "nay chợ có"))).unwrap();
    fs::create_dir(dir.path().join("rules")).unwrap();
    fs::write(dir.path().join("rules/units.toml"), "").unwrap();
    let run = |command: &str, with: bool| {
        let field = if with { "--text-field page_words" } else { "" };
        let command = format!("{command} {field}");
        let done = solieu(&command.split_whitespace().collect::<Vec<_>>(), dir.path());
        (done.status.code(), String::from_utf8(done.stdout).unwrap())
    };
    assert_eq!(run("extract pages.jsonl -q -o facts.jsonl", true).0, Some(0));
    for (command, shown) in [
        ("dates pages.jsonl --published 2020-06-01", "năm trước"),
        ("rules coverage pages.jsonl --limit 1", ""),
        ("export facts.jsonl --format annotation", "TextPositionSelector"),
        ("report facts.jsonl", "Bãi xe nằm"),
        ("diff --pages pages.jsonl pages.jsonl", ""),
        ("diff --rules rules pages.jsonl", ""),
        ("verify facts.jsonl", "2 intact"),
    ] {
        let (status, out) = run(command, true);
        assert_eq!(status, Some(0), "{command}: {out}");
        assert!(out.contains(shown), "{command}: {out}");
        if !shown.is_empty() {
            let without = run(command, false);
            assert!(without.0 != Some(0) || !without.1.contains(shown), "{command} does without");
        }
    }
    assert_eq!(run("diff --pages pages.jsonl later.jsonl", true).0, Some(1));
    assert_eq!(run("export facts.jsonl --format brat -o brat", true).0, Some(0));
    assert_eq!(run("export facts.jsonl --format brat -o brat2", false).0, Some(1));
}

#[test]
fn what_a_run_writes_below_its_input_is_no_page() {
    let dir = folder();
    fs::remove_file(dir.path().join("facts.jsonl")).unwrap();
    for _ in 0..2 {
        let args =
            ["extract", ".", "-o", "facts.jsonl", "--problems", "problems.txt", "--seen", "sub/seen.txt"];
        fs::create_dir_all(dir.path().join("sub")).unwrap();
        let done = solieu(&args, dir.path());
        assert_eq!(said(&done), "solieu: 2 facts from 1 page (116 bytes), 0 problems\n");
        fs::remove_file(dir.path().join("sub/seen.txt")).unwrap();
    }
    fs::remove_file(dir.path().join("facts.jsonl")).unwrap();
    fs::remove_file(dir.path().join("problems.txt")).unwrap();
    let to_both = ["extract", ".", "--to", "csv:facts.csv", "--to", "jsonl:more.jsonl", "-q"];
    let done = solieu(&to_both, dir.path());
    assert_eq!((done.status.code(), said(&done)), (Some(0), String::new()));
    assert_eq!(fs::read_to_string(dir.path().join("facts.csv")).unwrap().lines().count(), 3);
}

#[test]
fn a_file_of_contents_that_cannot_be_written_is_told_before_the_run() {
    let dir = folder();
    let done = solieu(&["extract", "page.txt", "-o", "out.jsonl", "--seen", "nofolder/seen"], dir.path());
    assert_eq!(done.status.code(), Some(2));
    assert!(said(&done).contains("--seen nofolder/seen"), "{}", said(&done));
    assert!(!dir.path().join("out.jsonl").exists());
}

#[test]
fn failures_are_json_where_messages_are() {
    let dir = folder();
    fs::create_dir(dir.path().join("broken")).unwrap();
    fs::write(dir.path().join("broken/page.toml"), "x = [\n").unwrap();
    fs::write(dir.path().join("decisions.jsonl"), "{}\n").unwrap();
    for args in [
        "--rules nofolder",
        "--rules broken",
        "--decisions decisions.jsonl",
        "-o nofolder/out",
        "--to csv:no/x",
    ] {
        let args: Vec<&str> =
            "extract page.txt --log-format json".split(' ').chain(args.split(' ')).collect();
        let done = solieu(&args, dir.path());
        assert_eq!(done.status.code(), Some(2), "{args:?}");
        for line in said(&done).lines() {
            assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{args:?}: {line}");
        }
    }
}

#[test]
fn standard_input_is_searched_by_the_name_of_a_metric_too() {
    let dir = folder();
    let facts = solieu(&["extract", concat!(env!("CARGO_MANIFEST_DIR"), "/seeds")], dir.path()).stdout;
    fs::write(dir.path().join("seeds.jsonl"), facts).unwrap();
    let counts = solieu(&["metrics", "seeds.jsonl", "--json"], dir.path()).stdout;
    let counts = String::from_utf8(counts).unwrap();
    let ids = counts.lines().filter_map(|line| {
        let count: serde_json::Value = serde_json::from_str(line).unwrap();
        count["metric"].as_str().map(ToOwned::to_owned)
    });
    let names = solieu::rules::Catalog::read(&solieu::rules::RuleSources::builtin()).unwrap();
    let mut compared = 0;
    for id in ids {
        let Some(entry) = names.metrics.iter().find(|entry| entry.id == id) else { continue };
        for metric in [&*entry.name_vi, &*entry.name_en, "nothing is called so"] {
            let of_file = solieu(&["series", "seeds.jsonl", "--metric", metric], dir.path());
            let piped = Command::new(env!("CARGO_BIN_EXE_solieu"))
                .args(["series", "-", "--metric", metric])
                .stdin(fs::File::open(dir.path().join("seeds.jsonl")).unwrap())
                .output()
                .unwrap();
            assert_eq!(piped.stdout, of_file.stdout, "{metric}");
            assert_eq!(piped.status, of_file.status, "{metric}");
            compared += usize::from(piped.status.success());
        }
        if compared > 3 {
            break;
        }
    }
    assert!(compared > 0);
}

#[test]
fn options_that_have_nothing_to_do_are_refused() {
    let dir = folder();
    for args in
        ["export facts.jsonl --format annotation -o out", "explain page.txt --unexplained --candidates"]
    {
        let done = solieu(&args.split(' ').collect::<Vec<_>>(), dir.path());
        assert_eq!((done.status.code(), done.stdout.len()), (Some(2), 0), "{args}");
    }
}

#[test]
fn a_place_that_cannot_be_written_or_read_is_said_with_one_status() {
    let dir = folder();
    for (args, message) in [
        ("extract page.txt -o no/out", "no/out: the folder no is not there"),
        ("load facts.jsonl --to csv:no/out", "no/out: the folder no is not there"),
        ("load facts.jsonl --to jsonl:empty", "empty: is a folder, a file is needed"),
        #[cfg(feature = "sqlite")]
        ("load facts.jsonl --to sqlite:no/out", "no/out: the folder no is not there"),
        #[cfg(feature = "sqlite")]
        ("load facts.jsonl --to sqlite:empty", "empty: is a folder, a file is needed"),
        #[cfg(feature = "sqlite")]
        ("load facts.jsonl --to sqlite:", "solieu: sqlite: names no file"),
        #[cfg(feature = "sqlite")]
        ("show sqlite:none.db", "none.db: there is no such file"),
        #[cfg(feature = "sqlite")]
        ("show sqlite:empty", "empty: is a folder, no database"),
        #[cfg(feature = "parquet")]
        ("load facts.jsonl --to parquet:page.txt", "page.txt: is a file, a folder is needed"),
        ("export facts.jsonl --format brat -o page.txt", "page.txt: is a file, a folder is needed"),
    ] {
        let done = solieu(&args.split(' ').collect::<Vec<_>>(), dir.path());
        assert_eq!(done.status.code(), Some(2), "{args}: {}", said(&done));
        assert!(said(&done).contains(message), "{args}: {}", said(&done));
    }
    assert!(!dir.path().join("none.db").exists());
}

#[test]
fn values_that_are_wrong_are_answered_with_what_to_write() {
    let dir = folder();
    for (args, status, message) in [
        ("extract page.txt --published-after 1/2/2020", 2, "write YYYY-MM-DD"),
        ("series facts.jsonl --metric x --from 2020", 2, "write YYYY-MM-DD"),
        ("dates page.txt --published x", 2, "write YYYY-MM-DD"),
        ("extract page.txt --sample x", 2, "from 0 to 1"),
        ("extract page.txt --sample 1.5", 2, "from 0 to 1"),
        ("extract page.txt --encoding foo", 2, "viscii"),
        ("show foo:bar", 2, "postgres://… and parquet:DIR"),
        ("verify facts.jsonl --archive nofolder", 2, "nofolder: the folder of the archive is not there"),
        (
            "export facts.jsonl --format annotation --archive nofolder",
            0,
            "nofolder: the folder of the archive is not there",
        ),
    ] {
        let done = solieu(&args.split(' ').collect::<Vec<_>>(), dir.path());
        assert_eq!(done.status.code(), Some(status), "{args}: {}", said(&done));
        assert!(said(&done).contains(message), "{args}: {}", said(&done));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_is_named() {
    let dir = folder();
    for args in [
        "extract page.txt",
        "strip page.txt",
        "stats page.txt",
        "metrics facts.jsonl",
        "schema",
        "rules list",
    ] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_solieu"));
        let done = command.args(args.split(' ')).current_dir(dir.path()).stdout(full).output().unwrap();
        assert!(said(&done).contains("standard output: "), "{args}: {}", said(&done));
        assert_eq!(done.status.code(), Some(3), "{args}");
    }
}

/// The help of a command.
fn help(args: &[&str]) -> String {
    let done = solieu(&[args, &["--help"]].concat(), Path::new("."));
    assert!(done.status.success(), "{args:?}: {}", said(&done));
    String::from_utf8(done.stdout).unwrap()
}

/// Names of commands below `args`, as its help lists them.
fn commands(args: &[&str]) -> Vec<String> {
    let help = help(args);
    let listed = help.split_once("Commands:\n").map_or("", |(_, rest)| rest);
    let names = listed.lines().take_while(|line| !line.is_empty());
    let names = names.filter_map(|line| line.strip_prefix("  ")?.split_once(' ')).map(|(name, _)| name);
    names.filter(|name| !name.is_empty() && *name != "help").map(ToOwned::to_owned).collect()
}

#[test]
fn the_examples_of_help_have_commands_and_options_that_exist() {
    let mut texts: Vec<String> = commands(&[]).iter().map(|command| help(&[command])).collect();
    texts.extend(commands(&["rules"]).iter().map(|command| help(&["rules", command])));
    let rules = solieu(&["rules", "list"], Path::new(".")).stdout;
    let rules = String::from_utf8(rules).unwrap();
    let metrics = solieu::rules::Catalog::read(&solieu::rules::RuleSources::builtin()).unwrap().metrics;
    let mut examples = 0;
    for text in &texts {
        assert!(text.contains("Exit status") || text.contains("Commands:"), "no exit status: {text}");
        let lines = text.lines().filter_map(|line| {
            let line = line.strip_prefix("Example: ").or_else(|| line.strip_prefix("  "))?;
            line.starts_with("solieu ").then_some(line)
        });
        for command in lines.flat_map(|line| line.split(" | ")) {
            examples += 1;
            let words: Vec<&str> = command.split("   ").next().unwrap().split_whitespace().skip(1).collect();
            let names = if words[0] == "rules" { &words[..2] } else { &words[..1] };
            let of_command = help(names);
            let of_command: Vec<&str> = of_command.split([' ', ',', '=', '[', '\n', ']']).collect();
            for word in words.iter().filter(|word| word.starts_with('-') && **word != "-") {
                assert!(of_command.contains(word), "{command}: {word}");
            }
            let value = |option: &str| Some(words[words.iter().position(|word| *word == option)? + 1]);
            if let Some(rule) = value("--rule") {
                assert!(rules.lines().any(|line| line.split('\t').nth(1) == Some(rule)), "{command}");
            }
            if let Some(metric) = value("--metric") {
                assert!(metrics.iter().any(|entry| entry.id == metric), "{command}");
            }
        }
    }
    assert!(examples > 25, "{examples}");
}

#[test]
fn a_rule_is_explained_by_what_it_was_asked() {
    let dir = folder();
    fs::create_dir(dir.path().join("own")).unwrap();
    let rule = r#"
        [[rule]]
        name = "few-crates"
        comment = "Crates, and parts of one"
        priority = 99
        max = 10
        next = " kiện"
        kind = "count"
        examples = [{ text = "Kho còn 5 kiện.", quote = "5" }]
    "#;
    fs::write(dir.path().join("own/units.toml"), rule).unwrap();
    // Its other numbers show that the page writes decimals with a point.
    let page = "Kho hàng\n\nTỷ lệ là 5.25%, trước đó 6.75% của 1,234,567.5 USD. Kho còn 1.230 kiện. Việc kéo dài 2 năm 2019.\n";
    fs::write(dir.path().join("points.txt"), page).unwrap();
    let why = |rule, number: &str| {
        let shown = solieu(&["explain", "points.txt", "--rules", "own", "--rule", rule], dir.path());
        let shown = String::from_utf8(shown.stdout).unwrap();
        let mut lines = shown.lines().skip_while(|line| !line.trim_start().starts_with(number));
        lines.nth(1).unwrap().trim().to_owned()
    };
    assert_eq!(why("few-crates", "1.230 "), "the rule holds and speaks");
    assert!(why("duration", "2 ").ends_with("runs into a date"));
    fs::write(dir.path().join("share.txt"), "Tỷ lệ hộ nghèo năm 2023 giảm 5 điểm phần trăm.\n").unwrap();
    let kind = solieu(&["explain", "share.txt"], dir.path());
    let kind = String::from_utf8(kind.stdout).unwrap();
    assert!(kind.contains(" percentage_point 5 "), "{kind}");
}
