//! The word classes of `rules/metric-text/`, by which a clause is taken apart.

use crate::rules::named_values;

named_values! {
    /// What a word or phrase does in a clause that states a figure. Words of some
    /// classes count as words of another one, too.
    pub(crate) enum Class {
        /// Verb that joins a subject to its level (đạt, là, ở mức).
        Level = "level",
        /// Verb of change (tăng, giảm).
        Change = "change",
        /// Verb that states a part or an equivalent (chiếm, bằng, tương đương).
        Part = "part",
        /// Also one of [`Self::Part`]: gives money (đóng góp).
        Give = "give",
        /// Verb that introduces what there is (có, ghi nhận).
        Have = "have",
        /// Also one of [`Self::Have`]: stands before a list of what there is (gồm).
        Include = "include",
        /// Verb that takes a figure as its object (cấp, xây dựng).
        Do = "do",
        /// Also one of [`Self::Do`]: only says that things came (đón); what they are says more.
        Receive = "receive",
        /// Also one of [`Self::Do`]: says how long something took (mất).
        Take = "take",
        /// Counts how often something was done (lần).
        Times = "times",
        /// Adverb or qualifier, never part of a metric's edge (đã, khoảng, tiếp tục).
        Adverb = "adverb",
        /// Also one of [`Self::Adverb`]: of time or will before a verb (đã, sẽ, phải); what precedes it is who does it.
        Auxiliary = "auxiliary",
        /// Also one of [`Self::Doing`]: says that nothing was done (không, chưa thể).
        Negation = "negation",
        /// Also one of [`Self::Adverb`]: between what is counted and what it does (chưa, đều).
        Doing = "doing",
        /// Also one of [`Self::Adverb`]: gives figures to earlier ones in turn (lần lượt).
        Respective = "respective",
        /// Also one of [`Self::Adverb`]: begins a judgement, which names nothing (rất hấp dẫn).
        Degree = "degree",
        /// Also one of [`Self::Adverb`]: right behind a measure it says which of its values is meant (nhiệt độ cao nhất).
        Statistic = "statistic",
        /// Begins a new clause (nhưng, trong khi, cho thấy).
        Break = "break",
        /// Preposition that only says where, when or whose (tại, trong, của).
        Locator = "locator",
        /// Also one of [`Self::Locator`]: before an owner (của); what is said behind it is rather said of what is owned.
        Owner = "owner",
        /// Also one of [`Self::Locator`]: names what a part is taken of (trong số).
        Among = "among",
        /// Preposition or marker that ends a counted noun phrase (để, nhằm, so với).
        Stop = "stop",
        /// Also one of [`Self::Stop`]: before those for whom something was done (cho).
        Recipient = "recipient",
        /// Like `Stop`, and what follows is never part of a metric (trước, khi, nhờ).
        After = "after",
        /// Also one of [`Self::After`]: names a cause, which may be a clause of its own (do giá vốn tăng).
        Cause = "cause",
        /// Also one of [`Self::After`]: a clause of its own begins behind it (khi, sau khi).
        When = "when",
        /// `về`, behind a figure: what it is about.
        About = "about",
        /// Also one of [`Self::Break`]: says to what end; what takes a length of time stands behind it (để).
        Aim = "aim",
        /// Joins two of the same sort (và, hoặc).
        Conjunction = "conjunction",
        /// Determiner before a noun (các, những).
        Determiner = "determiner",
        /// Noun that names a measure (tỷ lệ, doanh thu).
        Head = "head",
        /// Measure whose noun phrase may hold a whole clause (tỷ lệ người dân có …).
        Ratio = "ratio",
        /// Also one of [`Self::Head`]: says no more than that there is money (số tiền); the verb before it says more.
        Sum = "sum",
        /// Also one of [`Self::Head`]: its values are points (VN-Index, điểm chuẩn).
        Scored = "scored",
        /// Verb or verbal noun that names a measure itself (tiết kiệm, nhập siêu).
        Act = "act",
        /// Also one of [`Self::Act`]: recalls what was so many years before, which stands behind these years (kỷ niệm 50 năm
        /// thành lập).
        Recalled = "recalled",
        /// Also one of [`Self::Act`]: tells how far what follows is (cách Hà Nội 40 km).
        Apart = "apart",
        /// Measure word that says nothing when it stands alone (mức, con số, tỷ lệ).
        Filler = "filler",
        /// Pronoun-like subject (công ty, tỉnh này, chúng tôi).
        Pronoun = "pronoun",
        /// Also one of [`Self::Pronoun`]: never begins a longer noun phrase (tôi, họ).
        Person = "person",
        /// Also one of [`Self::Person`]: points back to the noun before it (quận này).
        Demonstrative = "demonstrative",
        /// Also one of [`Self::Pronoun`]: for somebody, unless more of a noun follows (anh, cô).
        Kin = "kin",
        /// Noun for a body that is counted for what it does (bộ, tỉnh, doanh nghiệp).
        Body = "body",
        /// What a share is taken of (kế hoạch, dự toán, GDP).
        Base = "base",
        /// Unit of measure that names no metric (bậc, lần, điểm).
        Unit = "unit",
        /// Also one of [`Self::Unit`]: counts single things and names none (chiếc).
        Classifier = "classifier",
        /// Also one of [`Self::Unit`]: for people and cases, which say little; what was done with them says more.
        Counter = "counter",
        /// Unit that says by itself what is measured (tuổi); only a measure right before it says more.
        Telling = "telling",
        /// Unit that names what is counted in it where nothing else does (điểm).
        Score = "score",
        /// Unit of a length of time: only a measure or a few words right before it name what lasts so long.
        Duration = "duration",
        /// Noun for many together, whose members a bare unit counts (đàn trâu có 90 con).
        Collective = "collective",
        /// Behind a length of time it only says how that runs (3 năm liên tiếp).
        Lapse = "lapse",
        /// Also one of [`Self::Lapse`]: makes a length of time a prison term (3 năm tù).
        Prison = "prison",
        /// Also one of [`Self::Lapse`]: a small number in words, or another lapse, begins a further noun phrase (hai, một).
        Numeral = "numeral",
        /// Length, width, height as a word (dài, rộng, cao): a measure only where a physical quantity follows.
        Dimension = "dimension",
        /// Also one of [`Self::Dimension`]: says that somebody was sentenced to a prison term (tuyên phạt).
        Penal = "penal",
        /// List that ranks (bảng xếp hạng, danh sách).
        Ranking = "ranking",
        /// Says that a place in a ranking follows (đứng thứ, hạng).
        Place = "place",
        /// Relative pronoun between a measure and its clause (mà).
        Relative = "relative",
        /// Words that say nothing at the edge of a noun phrase without a measure (này, lúc, mới).
        Edge = "edge",
        /// Preposition that joins a measure of its own to a clause (với doanh thu …).
        With = "with",
        /// Phrase that only looks like one of another class.
        Plain = "plain",
        /// Also one of [`Self::Plain`]: a verb that says nothing without what its preposition brings (có mặt trong …).
        Open = "open",
        /// Also one of [`Self::Plain`]: a verb that begins, behind a conjunction, what was done next (và gây thiệt hại).
        Next = "next",
        /// Also one of [`Self::Plain`]: a noun that nothing behind it belongs to, where its unit ends (tầng | bốc cháy).
        Whole = "whole",
        /// Passive or perfect marker that begins a modifier (được).
        Passive = "passive",
        /// Also one of [`Self::Passive`]: of harm (bị).
        Suffered = "suffered",
    }
}

impl Class {
    /// Its bit in a set of classes.
    #[inline]
    pub(crate) fn bit(self) -> u128 {
        1 << self as u32
    }

    /// Its bit and those of the classes that its words count as, too.
    #[inline]
    pub(crate) fn bits(self) -> u128 {
        let other = match self {
            Self::Negation => Self::Doing,
            Self::Auxiliary | Self::Degree | Self::Doing | Self::Respective | Self::Statistic => Self::Adverb,
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
        self.bit() | other.bits()
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
