//! The word classes of `rules/metric-text/`, by which a clause is taken apart.

use serde::Deserialize;

/// What a word or phrase does in a clause that states a figure. A word of a narrower class is one of the wider class as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Class {
    /// Verb that joins a subject to its level (đạt, là, ở mức).
    Level,
    /// Verb of change (tăng, giảm).
    Change,
    /// Verb that states a part or an equivalent (chiếm, bằng, tương đương).
    Part,
    /// Narrower than [`Self::Part`]: gives money (đóng góp).
    Give,
    /// Verb that introduces what there is (có, ghi nhận).
    Have,
    /// Narrower than [`Self::Have`]: stands before a list of what there is (gồm).
    Include,
    /// Verb that takes a figure as its object (cấp, xây dựng).
    Do,
    /// Narrower than [`Self::Do`]: only says that things came (đón); what they are says more.
    Receive,
    /// Narrower than [`Self::Do`]: says how long something took (mất).
    Take,
    /// Counts how often something was done (lần).
    Times,
    /// Adverb or qualifier, never part of a metric's edge (đã, khoảng, tiếp tục).
    Adverb,
    /// Narrower than [`Self::Adverb`]: of time or will before a verb (đã, sẽ, phải); what precedes it is who does it.
    Auxiliary,
    /// Narrower than [`Self::Doing`]: says that nothing was done (không, chưa thể).
    Negation,
    /// Narrower than [`Self::Adverb`]: between what is counted and what it does (chưa, đều).
    Doing,
    /// Narrower than [`Self::Adverb`]: gives figures to earlier ones in turn (lần lượt).
    Respective,
    /// Narrower than [`Self::Adverb`]: begins a judgement, which names nothing (rất hấp dẫn).
    Degree,
    /// Begins a new clause (nhưng, trong khi, cho thấy).
    Break,
    /// Preposition that only says where, when or whose (tại, trong, của).
    Locator,
    /// Narrower than [`Self::Locator`]: before an owner (của); what is said behind it is rather said of what is owned.
    Owner,
    /// Narrower than [`Self::Locator`]: names what a part is taken of (trong số).
    Among,
    /// Preposition or marker that ends a counted noun phrase (để, nhằm, so với).
    Stop,
    /// Narrower than [`Self::Stop`]: before those for whom something was done (cho).
    Recipient,
    /// Like `Stop`, and what follows is never part of a metric (trước, khi, nhờ).
    After,
    /// Narrower than [`Self::After`]: names a cause, which may be a clause of its own (do giá vốn tăng).
    Cause,
    /// Narrower than [`Self::After`]: a clause of its own begins behind it (khi, sau khi).
    When,
    /// `về`, behind a figure: what it is about.
    About,
    /// Narrower than [`Self::Break`]: says to what end; what takes a length of time stands behind it (để).
    Aim,
    /// Joins two of the same sort (và, hoặc).
    Conjunction,
    /// Determiner before a noun (các, những).
    Determiner,
    /// Noun that names a measure (tỷ lệ, doanh thu).
    Head,
    /// Measure whose noun phrase may hold a whole clause (tỷ lệ người dân có …).
    Ratio,
    /// Narrower than [`Self::Head`]: says no more than that there is money (số tiền); the verb before it says more.
    Sum,
    /// Narrower than [`Self::Head`]: its values are points (VN-Index, điểm chuẩn).
    Scored,
    /// Verb or verbal noun that names a measure itself (tiết kiệm, nhập siêu).
    Act,
    /// Narrower than [`Self::Act`]: recalls what was so many years before, which stands behind these years (kỷ niệm 50 năm
    /// thành lập).
    Recalled,
    /// Narrower than [`Self::Act`]: tells how far what follows is (cách Hà Nội 40 km).
    Apart,
    /// Measure word that says nothing when it stands alone (mức, con số, tỷ lệ).
    Filler,
    /// Pronoun-like subject (công ty, tỉnh này, chúng tôi).
    Pronoun,
    /// Narrower than [`Self::Pronoun`]: never begins a longer noun phrase (tôi, họ).
    Person,
    /// Narrower than [`Self::Person`]: points back to the noun before it (quận này).
    Demonstrative,
    /// Narrower than [`Self::Pronoun`]: for somebody, unless more of a noun follows (anh, cô).
    Kin,
    /// Noun for a body that is counted for what it does (bộ, tỉnh, doanh nghiệp).
    Body,
    /// What a share is taken of (kế hoạch, dự toán, GDP).
    Base,
    /// Unit of measure that names no metric (bậc, lần, điểm).
    Unit,
    /// Narrower than [`Self::Unit`]: counts single things and names none (chiếc).
    Classifier,
    /// Narrower than [`Self::Unit`]: for people and cases, which say little; what was done with them says more.
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
    /// Narrower than [`Self::Lapse`]: makes a length of time a prison term (3 năm tù).
    Prison,
    /// Narrower than [`Self::Lapse`]: a small number in words, or another lapse, begins a further noun phrase (hai, một).
    Numeral,
    /// Length, width, height as a word (dài, rộng, cao): a measure only where a physical quantity follows.
    Dimension,
    /// Narrower than [`Self::Dimension`]: says that somebody was sentenced to a prison term (tuyên phạt).
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
    /// Narrower than [`Self::Plain`]: a verb that says nothing without what its preposition brings (có mặt trong …).
    Open,
    /// Narrower than [`Self::Plain`]: a verb that begins, behind a conjunction, what was done next (và gây thiệt hại).
    Next,
    /// Narrower than [`Self::Plain`]: a noun that nothing behind it belongs to, where its unit ends (tầng | bốc cháy).
    Whole,
    /// Passive or perfect marker that begins a modifier (được).
    Passive,
    /// Narrower than [`Self::Passive`]: of harm (bị).
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

/// Words between a noun phrase and its figure.
pub(super) const LINKS: [Class; 11] = [
    Class::Do,
    Class::Level,
    Class::Change,
    Class::Part,
    Class::Have,
    Class::Adverb,
    Class::Locator,
    Class::Passive,
    Class::Stop,
    Class::After,
    Class::With,
];
/// Verbs that govern a figure.
pub(crate) const VERBS: [Class; 4] = [Class::Level, Class::Change, Class::Part, Class::Have];
/// Words that begin a measure.
pub(crate) const MEASURES: [Class; 2] = [Class::Head, Class::Ratio];
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
