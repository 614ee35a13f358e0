//! How far an expression reaches from its place: what keeps it from a figure before or behind it.

use crate::extract::mention::Mention;
use crate::extract::time::TimeMention;
use crate::extract::time::clause;
use crate::extract::time::phrases::{begins_with_any, ends_with_any};
use crate::extract::time::schema::Role;
use crate::extract::time::statement::Shape;
use crate::extract::time::view::View;
use crate::fact::Status;

/// A year that dates a noun (`cuộc bầu cử năm 2016`) stands further than this behind a figure, in bytes.
const OF_A_NOUN: usize = 30;
/// A time in a later clause governs a figure before it only from this near, in bytes.
const REACH_BACK: usize = 160;
/// Most words between the level that a change began from and the one that it reached.
const RISING: usize = 3;

impl View<'_, '_> {
    /// Whether a bare year further off dates what it stands behind, not the figure.
    pub(super) fn of_a_noun(&self, index: usize, end: usize) -> bool {
        let time = &self.times[index];
        time.statement.shape == Shape::Year
            && time.role.is_none()
            && time.core == time.span.start
            && time.span.start > end + OF_A_NOUN
    }

    /// Whether an expression opens the sentence, set off by a comma: `Đầu tháng này, …`.
    pub(super) fn opens(&self, index: usize) -> bool {
        let span = &self.times[index].span;
        span.start == 0 && self.text[span.end..].starts_with(',')
    }

    /// `đạt 4 tỷ trong năm 2019 và vượt mức 3 tỷ vào năm 2015`: behind a joining word the next expression is the nearer.
    pub(super) fn joined_before(&self, before: usize, mention: &Mention<'_>, behind: usize) -> bool {
        let joined = self.joined(self.times[before].span.end, mention.phrase.start);
        let lead = self.times[before].lead;
        let own = !self.text[clause::start(self.text, lead)..lead].trim().is_empty();
        joined && own && self.follows(mention, behind, mention.quote.end)
    }

    /// `đến tháng 8 có 30 tỉnh và đến tháng 10 có …`: behind a joining word another time begins a statement of its own.
    pub(super) fn joined_behind(&self, before: &[usize], end: usize, behind: usize) -> bool {
        before.iter().any(|&i| !self.times[i].weak) && self.joined(end, self.times[behind].span.start)
    }

    /// Whether a word that joins two statements stands in `from..to`.
    pub(crate) fn joined(&self, from: usize, to: usize) -> bool {
        let cues = &self.rules.cues;
        let Some(between) = self.text.get(from..to) else { return false };
        let joins = |(at, word): (usize, &str)| {
            cues.govern.joiners.iter().any(|joiner| joiner == word)
                && !begins_with_any(&between[at..], &cues.govern.unjoined)
        };
        words(between).any(joins)
    }

    /// Whether an expression in another clause before the one of `now` is of other years than a page's own. One that
    /// opens the sentence dates all of it, unless figures of its own stand between.
    pub(super) fn long_before(&self, index: usize, now: usize) -> bool {
        let time = &self.times[index];
        let apart = time.span.end..self.times[now].span.start;
        if time.span.start == 0 && !self.mentions.iter().any(|m| apart.contains(&m.quote.start)) {
            return false;
        }
        let long =
            matches!(time.statement.shape, Shape::Year | Shape::Years | Shape::Decade | Shape::Century);
        (long || matches!(time.role, Some(Role::Since | Role::After)))
            && self.separated(apart.start, apart.end)
    }

    /// `từ 3 tỷ của tháng 10 lên 4 tỷ`: the expression belongs to the level before, not to the one reached.
    pub(super) fn taken(&self, index: usize, at: usize) -> bool {
        let time = &self.times[index].span;
        let owner =
            self.mentions.iter().any(|m| m.quote.end <= time.start && self.directly_behind(m) == Some(index));
        owner && self.reached(time.end, at)
    }

    /// A beginning (`từ tháng 5/2018`) in the middle of a clause does not reach over the end of that clause.
    pub(super) fn reaches_on(&self, index: usize, at: usize) -> bool {
        let time = &self.times[index];
        let before = self.text[..time.lead].trim_end();
        let clause = time.lead < time.span.start && self.text[time.span.end..].starts_with(',');
        let leads = clause
            || before.is_empty()
            || before.ends_with([',', ';', ':', '"', '('])
            || self.set_apart(time);
        !matches!(time.role, Some(Role::Since | Role::After))
            || time.until.is_some()
            || leads
            || !self.separated(time.span.end, at)
    }

    /// Whether an expression stands before a comma, behind words that open its clause
    /// (`…, đặc biệt từ tháng 9/2016, …`) or that tell what follows (`Ông cho biết từ năm 2016, …`).
    pub(super) fn set_apart(&self, time: &TimeMention) -> bool {
        let from = clause::start_or_quote(self.text, time.lead);
        let words = self.text[from..time.lead].trim();
        let cues = &self.rules.cues;
        let told = || {
            ends_with_any(words, &cues.govern.tellers)
                && !self.has_words(&cues.govern.passives, from, time.lead)
        };
        self.text[time.span.end..].starts_with(',')
            && (cues.govern.openers.iter().any(|o| o == words) || told())
    }

    /// An expression behind a figure in the same clause, before any other figure.
    pub(super) fn follows(&self, mention: &Mention<'_>, index: usize, end: usize) -> bool {
        let time = &self.times[index];
        let start = time.span.start;
        if matches!(time.role, Some(Role::By | Role::Before)) && mention.status == Status::Actual {
            return false;
        }
        let other = self.mentions.iter().any(|m| m.quote.start >= end && m.quote.start < start);
        let clear = end.max(mention.phrase.end.min(start));
        start >= end && !self.separated(clear, start) && !other && !time.weak && !self.turned(end, start)
    }

    /// `…, hoàn thành năm 2022; giai đoạn hai …`: behind the words of a clause that has no figures it is the time of what
    /// these tell, and ends with its part of the sentence.
    pub(super) fn ends_with_part(&self, index: usize, at: usize) -> bool {
        let time = &self.times[index];
        let Some(part) = self.text.get(time.span.end..at).and_then(|between| between.find(';')) else {
            return false;
        };
        let clause = clause::start(self.text, time.lead);
        let own = clause..time.span.end + part;
        clause > 0
            && !self.text[clause..time.lead].trim().is_empty()
            && !self.mentions.iter().any(|m| own.contains(&m.quote.start))
    }

    /// `đạt 5; 6 và 7 tỷ đồng trong quý I`: nothing but figures stands between the figure and the expression.
    pub(super) fn listed_before(&self, mention: &Mention<'_>, index: usize) -> bool {
        let time = &self.times[index];
        let mut at = mention.phrase.end;
        if time.weak || matches!(time.role, Some(Role::By | Role::Before)) && mention.status == Status::Actual
        {
            return false;
        }
        let gap = |from: usize, to: usize| {
            let between = self.text.get(from..to).unwrap_or("x");
            between
                .split([' ', ',', ';'])
                .all(|word| word.is_empty() || self.rules.cues.govern.joiners.iter().any(|j| j == word))
        };
        let mut others = 0;
        for other in self
            .mentions
            .iter()
            .filter(|m| m.phrase.start >= mention.phrase.end && m.phrase.end <= time.span.start)
        {
            if other.kind != mention.kind || !gap(at, other.phrase.start) {
                return false;
            }
            at = other.phrase.end;
            others += 1;
        }
        others > 0 && self.text.get(at..time.span.start).is_some_and(|gap| gap.trim().is_empty())
    }

    /// `tăng từ 4 lên 5 tỷ đồng`: the level that a change began from is of an earlier time. What comes from so many
    /// places, or lies between two bounds, is no change.
    pub(super) fn rises_from(&self, mention: &Mention<'_>) -> bool {
        let (at, govern) = (mention.quote.start, &self.rules.cues.govern);
        if !self.rises_behind(mention, mention.phrase.end) {
            return false;
        }
        let second = self.text[mention.phrase.end..].split_whitespace().nth(1);
        let bounds = second.is_some_and(|word| govern.bounds.iter().any(|bound| bound == word));
        let next = self.mentions.iter().find(|m| m.quote.start > mention.phrase.end);
        let alike = || {
            next.is_some_and(|next| {
                let between = self.text.get(mention.phrase.end..next.quote.start).unwrap_or_default();
                next.kind == mention.kind && between.split_whitespace().count() <= RISING
            })
        };
        self.has_words(&govern.changers, 0, at) || !bounds && alike()
    }

    /// Whether `từ` stands before a figure, and `lên` behind `end`: behind the figure, or the expression that follows it.
    fn rises_behind(&self, mention: &Mention<'_>, end: usize) -> bool {
        let govern = &self.rules.cues.govern;
        let next = self.text[end..].split_whitespace().next();
        next.is_some_and(|word| govern.rises.iter().any(|rise| rise == word))
            && ends_with_any(&self.text[..mention.quote.start], &govern.sources)
    }

    /// `tăng từ 4 tỷ năm 2019 lên 5 tỷ`: the expression is of the level that a change began from, and of no other.
    pub(super) fn began(&self, index: usize) -> bool {
        let time = &self.times[index].span;
        let before = self.mentions.iter().rfind(|m| m.quote.end <= time.start);
        before.is_some_and(|m| self.directly_behind(m) == Some(index) && self.rises_behind(m, time.end))
    }

    /// An expression in a later clause that states a period for the whole sentence.
    pub(super) fn reaches_back(&self, index: usize, end: usize) -> bool {
        let time = &self.times[index];
        let start = time.span.start;
        let ended = time.until.as_ref().is_some_and(|until| until.shape != Shape::Now);
        let whole = matches!(time.role, None | Some(Role::During)) || ended;
        let period = whole && time.statement.shape != Shape::Now;
        (period || self.closes(index))
            && start >= end
            && start - end < REACH_BACK
            && !self.text[end..start].contains(';')
            && !self.leads_to_figure(index)
            && !self.tells_event(end, index)
            && !self.turned(end, start)
            && !self.told_ahead(end, start)
    }

    /// `đạt 5 tỷ đồng, tính đến 2/11.`: a time at which all stands ends its part of the sentence, behind a mark of its
    /// own. A year may be an aim, and now may be told of anything, unless it was counted until then. So does one from which on
    /// something holds (`mức mới là 5 tỷ đồng, kể từ ngày 2/11`).
    pub(super) fn closes(&self, index: usize) -> bool {
        let time = &self.times[index];
        let (words, cues) = (&self.text[time.span.clone()], &self.rules.cues);
        let begins = |list: &[String]| list.iter().any(|word| words.starts_with(word.as_str()));
        let before = self.text[clause::start(self.text, time.span.start)..time.span.start].trim();
        let behind = self.text[time.span.end..].trim_start();
        let last = behind.starts_with(';') || !behind.contains(char::is_alphanumeric);
        let from = || cues.govern.applied.iter().any(|words| words == before);
        last && match (time.role, time.statement.shape) {
            (_, Shape::Mute) => false,
            (Some(Role::Since), _) => before.is_empty() && begins(&cues.govern.onward) || from(),
            (_, Shape::Now) | (Some(Role::AsOf), Shape::Year) => {
                before.is_empty() && begins(&cues.govern.accounts)
            }
            (Some(Role::AsOf), _) => before.is_empty(),
            _ => false,
        }
    }

    /// Whether an expression closes a part of the sentence, behind a figure that `before` stands in another part than.
    pub(super) fn closes_part(&self, index: usize, before: usize, at: usize) -> bool {
        let apart = self.text.get(self.times[before].span.end..at).is_some_and(|text| text.contains(';'));
        apart && self.closes(index)
    }

    /// Whether words in `from..to` turn to another statement (`35.000 đồng thì năm nay …`).
    pub(crate) fn turned(&self, from: usize, to: usize) -> bool {
        self.has_words(&self.rules.cues.govern.turns, from, to)
    }

    /// Whether words in `from..to` turn to what is to come (`đạt 45%, phấn đấu hoàn tất trong tháng 10`).
    pub(super) fn told_ahead(&self, from: usize, to: usize) -> bool {
        self.has_words(&self.rules.cues.resolve.future, from, to)
    }

    /// Whether words between byte `from` and an expression tell of an event whose time this is (có 40 chi nhánh, chi nhánh
    /// đầu tiên mở năm 1990). What begins on a day and ends on another lasts for all of the time (…, bắt đầu từ 2/5 đến 5/5).
    fn tells_event(&self, from: usize, index: usize) -> bool {
        let time = &self.times[index];
        let between = self.text.get(from..time.span.start).unwrap_or("").trim_end();
        self.rules.cues.govern.events.iter().any(|words| {
            let begins = time.until.is_some() && between.ends_with(words.as_str());
            between.matches(words.as_str()).count() > usize::from(begins)
        })
    }
}

/// The words of `text`, each with where it begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = 0;
    let pieces = text.split_inclusive(char::is_whitespace).map(move |piece| {
        end += piece.len();
        (end - piece.len(), piece.trim_end())
    });
    pieces.filter(|(_, word)| !word.is_empty())
}
