//! Invariants of finding and assigning, on any text.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::{EntityKind, EntityMemory, EntityRules};
use crate::extract::entity::rules::files::EntityFiles;
use crate::extract::mention::{Mention, Scene};
use crate::extract::sentence::Sentence;
use crate::extract::weigh::WordClasses;
use crate::extract::words::token::TokenKind;
use crate::extract::words::vocabulary::Vocabulary;
use crate::fact::Kind;
use crate::rules::RuleSources;

static RULES: LazyLock<(EntityRules, Vocabulary)> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::default();
    let rules = EntityRules::compile(
        &RuleSources::builtin(),
        &WordClasses::compile(&RuleSources::builtin()).unwrap(),
        &mut vocabulary,
    )
    .unwrap_or_else(|e| panic!("{e}"));
    (rules, vocabulary)
});

#[test]
fn sixty_three_units_became_thirty_four() {
    let files =
        EntityFiles::load(&RuleSources::builtin(), &WordClasses::default()).unwrap_or_else(|e| panic!("{e}"));
    let provinces = || files.entries.iter().filter(|(_, (kind, _))| *kind == EntityKind::Province);
    // Hà Tây went into Hà Nội long before the merger.
    assert_eq!(provinces().count() - 1, 63);
    assert_eq!(provinces().filter(|(_, (_, rule))| rule.successor.is_none()).count(), 34);
    for (id, (_, rule)) in provinces() {
        for absorbed in &rule.absorbed {
            assert_eq!(files.entries[absorbed].1.successor.as_deref(), Some(id.as_str()), "{absorbed}");
        }
    }
}

#[test]
fn names_go_on_over_joints_and_end_before_openers() {
    let (rules, vocabulary) = &*RULES;
    let cases = [
        ("Sau đó Elizabeth II đã trị vì 70 năm.", "Elizabeth II"),
        ("Theo báo cáo, A-rập Xê-út bán 7 triệu thùng.", "A-rập Xê-út"),
        ("Khi ấy U.17 Malaysia đã có 3 điểm.", "U.17 Malaysia"),
        ("Ngoài ra, Đỗ Văn Quý (30 tuổi) cũng bị bắt.", "Đỗ Văn Quý"),
        ("Việc Teslaka mua 3 công ty là bất ngờ.", "Teslaka"),
        ("Ảnh của Marjorie Fenwick Đứng thứ 2 là người khác.", "Marjorie Fenwick"),
    ];
    for (text, name) in cases {
        let (mut memory, mut found) = (EntityMemory::default(), Vec::new());
        rules.find(&Sentence::new(text, vocabulary), &mut memory, &mut found);
        assert!(found.iter().any(|e| text.get(e.span.clone()) == Some(name)), "{text}: {found:?}");
    }
}

/// Every number of a sentence as a value.
fn values<'t>(sentence: &Sentence<'t>) -> Vec<Mention<'t>> {
    let numbers = sentence.tokens.iter().filter(|t| t.kind == TokenKind::Number);
    numbers.map(|t| Mention::bare(t.start..t.end, Kind::Percentage)).collect()
}

proptest! {
    #[test]
    fn names_are_in_order_and_every_value_gets_an_answer(
        texts in proptest::collection::vec(
            "([A-ZĐa-zà-ỹ]{1,6}|Hà Nội|TP[.]HCM|tỉnh|Công ty|này|của|theo|[0-9]{1,3}|[,;()&. -]){0,30}", 1..4
        )
    ) {
        let (rules, vocabulary) = &*RULES;
        let (mut memory, mut found) = (EntityMemory::default(), Vec::new());
        for text in &texts {
            let sentence = Sentence::new(text, vocabulary);
            rules.find(&sentence, &mut memory, &mut found);
            prop_assert!(found.windows(2).all(|w| w[0].last <= w[1].first && w[0].span.end <= w[1].span.start));
            prop_assert!(found.iter().all(|e| text.get(e.span.clone()).is_some_and(|words| !words.is_empty())));
            let mentions = values(&sentence);
            let scene = Scene { sentence: &sentence, mentions: &mentions, times: &[], entities: &found };
            prop_assert_eq!(rules.assign(&scene, &mut memory, None).len(), mentions.len());
        }
    }
}
