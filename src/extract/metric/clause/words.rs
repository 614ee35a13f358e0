//! The word classes of `rules/metric-text.toml`, by which a clause is taken apart.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::extract::words::lexicon::Lexicon;
use crate::extract::words::token::{Vocabulary, WordId};
use crate::rules::{Loaded, RuleError, RuleSources, merge_named, named};

/// What a word or phrase does in a clause that states a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Class {
    /// Verb that joins a subject to its level (đạt, là, ở mức).
    Level,
    /// Verb of change (tăng, giảm).
    Change,
    /// Verb that states a part or an equivalent (chiếm, bằng, tương đương).
    Part,
    /// Verb of part that gives money (đóng góp).
    Give,
    /// Verb that introduces what there is (có, ghi nhận).
    Have,
    /// Verb of being there before a list of what there is (gồm).
    Include,
    /// Verb that takes a figure as its object (cấp, xây dựng).
    Do,
    /// Verb of doing that only says that things came (đón): what they are says more.
    Receive,
    /// Verb of doing that says how long something took (mất).
    Take,
    /// Counts how often something was done (lần).
    Times,
    /// Adverb or qualifier, never part of a metric's edge (đã, khoảng, tiếp tục).
    Adverb,
    /// Adverb of time or will before a verb (đã, sẽ, phải): what precedes it is who does it.
    Auxiliary,
    /// Adverb of doing that says that nothing was done (không, chưa thể).
    Negation,
    /// Adverb between what is counted and what it does (chưa, đều).
    Doing,
    /// Adverb that gives figures to earlier ones in turn (lần lượt).
    Respective,
    /// Adverb of degree: it begins a judgement, which names nothing (rất hấp dẫn).
    Degree,
    /// Begins a new clause (nhưng, trong khi, cho thấy).
    Break,
    /// Preposition that only says where, when or whose (tại, trong, của).
    Locator,
    /// Locator before an owner: what is said behind it is rather said of what is owned (của).
    Owner,
    /// Locator that names what a part is taken of (trong số).
    Among,
    /// Preposition or marker that ends a counted noun phrase (để, nhằm, so với).
    Stop,
    /// Stop before those for whom something was done (cho).
    Recipient,
    /// Like `Stop`, and what follows is never part of a metric (trước, khi, nhờ).
    After,
    /// Like `After`: it names a cause, which may be a clause of its own (do giá vốn tăng).
    Cause,
    /// Like `After`: a clause of its own begins behind it (khi, sau khi).
    When,
    /// `về`, behind a figure: what it is about.
    About,
    /// Breaker that says to what end: what takes a length of time stands behind it (để).
    Aim,
    /// Joins two of the same sort (và, hoặc).
    Conjunction,
    /// Determiner before a noun (các, những).
    Determiner,
    /// Noun that names a measure (tỷ lệ, doanh thu).
    Head,
    /// Measure whose noun phrase may hold a whole clause (tỷ lệ người dân có …).
    Ratio,
    /// Measure that says no more than that there is money (số tiền): the verb before it says more.
    Sum,
    /// Measure whose values are points (VN-Index, điểm chuẩn).
    Scored,
    /// Verb or verbal noun that names a measure itself (tiết kiệm, nhập siêu).
    Act,
    /// Act that recalls what was so many years before, which stands behind these years (kỷ niệm 50 năm thành lập).
    Recalled,
    /// Act that tells how far what follows is (cách Hà Nội 40 km).
    Apart,
    /// Measure word that says nothing when it stands alone (mức, con số, tỷ lệ).
    Filler,
    /// Pronoun-like subject (công ty, tỉnh này, chúng tôi).
    Pronoun,
    /// Pronoun that never begins a longer noun phrase (tôi, họ).
    Person,
    /// Person that points back to the noun before it (quận này).
    Demonstrative,
    /// Pronoun for somebody, unless more of a noun follows (anh, cô).
    Kin,
    /// Noun for a body that is counted for what it does (bộ, tỉnh, doanh nghiệp).
    Body,
    /// What a share is taken of (kế hoạch, dự toán, GDP).
    Base,
    /// Unit of measure that names no metric (bậc, lần, điểm).
    Unit,
    /// Unit that counts single things and names none (chiếc).
    Classifier,
    /// Unit for people and cases, which say little: what was done with them says more.
    Counter,
    /// Unit that says by itself what is measured (tuổi); only a measure right before it says more.
    Telling,
    /// Unit that names what is counted in it where nothing else does (điểm).
    Score,
    /// Unit of a length of time: only a measure or a few words right before it name what lasts so long.
    Duration,
    /// Noun for many together, whose members a bare unit counts (đàn trâu có 90 con).
    Collective,
    /// Behind a length of time it only says how that runs (3 năm liên tiếp).
    Lapse,
    /// Lapse that makes a length of time a prison term (3 năm tù).
    Prison,
    /// Small number in words, or another lapse: it begins a further noun phrase (hai, một).
    Numeral,
    /// Length, width, height as a word (dài, rộng, cao): a measure only where a physical quantity follows.
    Dimension,
    /// Dimension that says that somebody was sentenced to a prison term (tuyên phạt).
    Penal,
    /// List that ranks (bảng xếp hạng, danh sách).
    Ranking,
    /// Says that a place in a ranking follows (đứng thứ, hạng).
    Place,
    /// Relative pronoun between a measure and its clause (mà).
    Relative,
    /// Words that say nothing at the edge of a noun phrase without a measure (này, lúc, mới).
    Edge,
    /// Preposition that joins a measure of its own to a clause (với doanh thu …).
    With,
    /// Phrase that only looks like one of another class.
    Plain,
    /// Plain phrase for a verb that says nothing without what its preposition brings (có mặt trong …).
    Open,
    /// Plain phrase for a verb: behind a conjunction it begins what was done next (và gây thiệt hại).
    Next,
    /// Plain noun that nothing behind it belongs to, where its unit ends (tầng | bốc cháy).
    Whole,
    /// Passive or perfect marker that begins a modifier (được).
    Passive,
    /// Passive of harm (bị).
    Suffered,
}

impl Class {
    /// Its bit in a set of classes.
    #[inline]
    pub(crate) fn bit(self) -> u128 {
        1 << self as u32
    }

    /// Its bit and those of the wider classes that it belongs to.
    #[inline]
    pub(crate) fn bits(self) -> u128 {
        let wider = match self {
            Self::Negation => Self::Doing,
            Self::Auxiliary | Self::Degree | Self::Doing | Self::Respective => Self::Adverb,
            Self::Aim => Self::Break,
            Self::Cause | Self::When => Self::After,
            Self::Include => Self::Have,
            Self::Numeral | Self::Prison => Self::Lapse,
            Self::Demonstrative => Self::Person,
            Self::Kin | Self::Person => Self::Pronoun,
            Self::Among | Self::Owner => Self::Locator,
            Self::Apart | Self::Recalled => Self::Act,
            Self::Give => Self::Part,
            Self::Classifier | Self::Counter => Self::Unit,
            Self::Next | Self::Open | Self::Whole => Self::Plain,
            Self::Penal => Self::Dimension,
            Self::Receive | Self::Take => Self::Do,
            Self::Recipient => Self::Stop,
            Self::Scored | Self::Sum => Self::Head,
            Self::Suffered => Self::Passive,
            _ => return self.bit(),
        };
        self.bit() | wider.bits()
    }
}

/// Classes that end a name with its parts.
pub(crate) const NAME_ENDS: [Class; 8] = [
    Class::Locator,
    Class::Stop,
    Class::With,
    Class::Conjunction,
    Class::Break,
    Class::Level,
    Class::Have,
    Class::Relative,
];

/// One word list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordList {
    pub(crate) name: String,
    #[serde(rename = "why")]
    _why: String,
    pub(crate) class: Class,
    pub(crate) words: Vec<String>,
    #[serde(default, rename = "example")]
    pub(crate) examples: Vec<TextExample>,
}

/// A sentence with its figures marked, and the metric that each must get.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextExample {
    pub(crate) text: String,
    pub(crate) metrics: Vec<String>,
}

named!(WordList);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    list: Vec<WordList>,
    #[serde(default)]
    abbreviations: Vec<Abbreviations>,
    #[serde(default)]
    theme: Vec<crate::extract::metric::canonical::theme::ThemeRule>,
}

/// Abbreviations and what they stand for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Abbreviations {
    pub(crate) name: String,
    #[serde(rename = "why")]
    _why: String,
    pub(crate) long: BTreeMap<String, String>,
    #[serde(default, rename = "example")]
    pub(crate) examples: Vec<IdExample>,
}

/// A sentence with its figures marked, and the canonical metric that the first must get.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IdExample {
    pub(crate) text: String,
    pub(crate) id: String,
}

named!(Abbreviations);

/// `rules/metric-text.toml`, merged.
#[derive(Debug)]
pub(crate) struct TextRules {
    pub(crate) file: String,
    pub(crate) lists: Vec<WordList>,
    pub(crate) abbreviations: Vec<Abbreviations>,
    pub(crate) themes: Vec<crate::extract::metric::canonical::theme::ThemeRule>,
}

/// Reads the file and its replacements.
pub(crate) fn load(sources: &RuleSources) -> Result<TextRules, RuleError> {
    let files: Vec<Loaded<File>> = sources.parse("metric-text.toml")?;
    let file = files.first().map_or_else(|| "rules/metric-text.toml".to_owned(), |f| f.file.clone());
    let (mut lists, mut abbreviations, mut themes) = (Vec::new(), Vec::new(), Vec::new());
    for loaded in files {
        lists.extend(loaded.value.list);
        abbreviations.extend(loaded.value.abbreviations);
        themes.extend(loaded.value.theme);
    }
    Ok(TextRules {
        file,
        lists: merge_named(lists),
        abbreviations: merge_named(abbreviations),
        themes: merge_named(themes),
    })
}

/// The single words among the fillers and the measures over clauses.
pub(crate) fn single_words(lists: &[WordList], vocabulary: &mut Vocabulary) -> FxHashSet<WordId> {
    let wanted = lists.iter().filter(|l| matches!(l.class, Class::Filler | Class::Ratio));
    let words = wanted.flat_map(|l| &l.words).filter(|w| !w.contains(' '));
    words.map(|w| vocabulary.intern(w)).collect()
}

/// The lists as one lexicon; a phrase of a later list takes the place of the same phrase of an earlier one.
pub(crate) fn lexicon(lists: &[WordList], vocabulary: &mut Vocabulary) -> Lexicon<Class> {
    let mut lexicon = Lexicon::default();
    for list in lists {
        for word in &list.words {
            lexicon.insert(vocabulary, word, list.class);
        }
    }
    lexicon
}
