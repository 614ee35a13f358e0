use super::*;
use crate::Extractor;
use crate::rules::RuleSources;
use crate::source::{Feed, Input};

const LINES: &str = "{\"text\":\"Xã trồng thêm 120 ha rừng trong năm 2021.\"}\n\
    {\"text\":\"Chợ huyện có 45 gian hàng, tăng 5% so với năm trước.\"}\n";

/// The collection of all facts of a file.
fn facts(file: &std::path::Path) -> Collection {
    let extractor = Extractor::new(&RuleSources::builtin()).unwrap();
    let mut lines = Vec::new();
    for item in Feed::new(vec![Input::Path(file.to_owned())]) {
        for page in item.pages(&mut Vec::new()) {
            extractor.extract(&page, &mut |fact| {
                serde_json::to_writer(&mut lines, &fact).unwrap();
                lines.push(b'\n');
            });
        }
    }
    let facts = file.with_extension("facts");
    std::fs::write(&facts, lines).unwrap();
    Collection::read(facts.to_str().unwrap(), None).unwrap()
}

#[test]
fn pages_of_a_container_are_found_in_any_order() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("news.jsonl");
    std::fs::write(&file, LINES).unwrap();
    let facts = facts(&file);
    let mut reader = PageReader::new(None);
    assert_eq!(facts.pages().len(), 2);
    for number in [0, 1, 0, 1, 1] {
        let entry = &facts.pages()[number];
        let page = reader.page(&entry.path, entry.record.as_deref()).unwrap();
        let wanted = ["rừng", "Chợ"][number];
        assert!(String::from_utf8_lossy(&page.bytes).contains(wanted));
    }
    assert!(reader.page(&facts.pages()[0].path, Some("99")).is_none());
}

#[test]
fn nothing_outside_of_the_archive_is_read() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("archive")).unwrap();
    let outside = dir.path().join("secret.txt");
    std::fs::write(&outside, "Có 5 người.").unwrap();
    let mut reader = PageReader::new(Some(dir.path().join("archive")));
    for path in [outside.to_str().unwrap(), "../secret.txt", "a/../../secret.txt"] {
        assert!(reader.page(path, None).is_none(), "{path}");
    }
}

#[test]
fn every_fact_has_its_place() {
    let seeds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let rules = PageRules::compile(&RuleSources::builtin()).unwrap();
    let dir = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(seeds).unwrap() {
        let seed = entry.unwrap().path();
        if seed.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let copy = dir.path().join(seed.file_name().unwrap());
        std::fs::copy(&seed, &copy).unwrap();
        let facts = facts(&copy);
        let entry = &facts.pages()[0];
        let raw = PageReader::new(None).page(&entry.path, None).unwrap();
        let view = PageView::new(&facts, entry, Some(&raw), &rules);
        assert_eq!(view.unplaced, [0; 0], "{}", seed.display());
        let marked: std::collections::BTreeSet<u32> =
            view.blocks.iter().flat_map(|b| &b.pieces).flat_map(|p| p.rows.clone()).collect();
        assert_eq!(marked.len(), facts.rows().len());
    }
}
