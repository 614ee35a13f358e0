//! Where a name behind a head noun ends.

use super::{Finder, Found, LONGEST};
use crate::extract::entity::EntityKind;
use crate::extract::entity::rules::capitals::is_upper;
use crate::extract::entity::rules::classes::class;
use crate::extract::entity::rules::file::Run;
use crate::extract::entity::rules::tables::Head;
use crate::extract::words::lexicon::Hit;
use crate::extract::words::token::{Token, TokenKind};

/// How many words in small letters a name may end in.
const REST: usize = 4;

/// How many words a name may have.
fn limit(run: Run) -> usize {
    match run {
        Run::Place => 4,
        Run::Person => 5,
        Run::Org => LONGEST,
        Run::Country | Run::Quoted => 0,
    }
}

/// A name that is read word by word.
struct Name {
    from: usize,
    /// Where it ends as far as it is read.
    end: usize,
    /// The next token to look at.
    at: usize,
    /// Words in small letters since the last one with a capital.
    small: usize,
    /// Tokens of initials and their dots, which are no words of the name that count.
    initials: usize,
}

impl Name {
    /// What stands before token `end` belongs to it.
    fn take(&mut self, end: usize) {
        (self.end, self.at) = (end, end);
    }
}

/// What a token does to a name.
enum Step {
    /// The name may go on behind it.
    On,
    /// The name ends, here or before.
    Ends,
    /// What was read is no name.
    NoName,
}

impl Step {
    fn on_if(on: bool) -> Self {
        if on { Self::On } else { Self::Ends }
    }
}

impl Finder<'_, '_, '_> {
    /// Where the name that begins at token `from` behind a head noun ends; none where it is no name.
    pub(super) fn name_end(&self, from: usize, head: &Head) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        if head.numbers && tokens.get(from).is_some_and(|t| t.kind == TokenKind::Number) && self.numeral(from)
        {
            return Some(from + 1);
        }
        let mut name = Name { from, end: from, at: from, small: 0, initials: 0 };
        while name.at < tokens.len() && name.at < from + limit(head.run) + name.initials {
            match self.go_on(&mut name, head) {
                Step::On => {}
                Step::Ends => break,
                Step::NoName => return None,
            }
        }
        let Name { end, .. } = name;
        (end > from).then(|| if head.run == Run::Org { self.completed(end) } else { end })
    }

    /// Looks at the next token of a name.
    fn go_on(&self, name: &mut Name, head: &Head) -> Step {
        let tokens = &self.sentence.tokens;
        let token = &tokens[name.at];
        let Name { from, end, at, .. } = *name;
        if token.kind == TokenKind::Word && token.capital {
            if self.other_begins(from, end, at, head) {
                return Step::Ends;
            }
            name.take(self.part_end(at));
            name.small = 0;
            return Step::On;
        }
        if at == end && at > from && (self.hyphenated(from, at) || self.numbered_name(at)) {
            // People are of a team with such a name, and have none (players of the U-20).
            if head.run == Run::Person && self.numbered_name(at) {
                return Step::NoName;
            }
            name.take(at + 2);
            return Step::On;
        }
        name.initials += 2 * usize::from(at == end && self.initial_before(at));
        // Behind what is no field it may be the verb (hãng A sản xuất Thép).
        let joined = || tokens[end..at].iter().all(|token| self.tables.is_and(token.word));
        let capital = |field: usize| tokens.get(field).is_some_and(|t| t.capital);
        let more = |&field: &usize| end == from || joined() && capital(field) && self.behind_field(end);
        if let Some(field) = self.field_at(at).filter(|field| head.run == Run::Org && more(field)) {
            name.at = field;
            return Step::On;
        }
        name.small += usize::from(token.kind == TokenKind::Word);
        name.at += 1;
        match token.kind {
            TokenKind::Mark => Step::on_if(end > from && self.joins_name(at, head)),
            TokenKind::Word => Step::on_if(name.small <= head.bridge && self.bridges(at)),
            TokenKind::Number => {
                if token.capital && at == end || head.numbers && at > end && self.numbered(at) {
                    name.end = at + 1;
                }
                Step::Ends
            }
        }
    }

    /// Whether the mark at `at` joins parts of the name; behind a hyphen between spaces stands a person's office.
    fn joins_name(&self, at: usize, head: &Head) -> bool {
        let tokens = &self.sentence.tokens;
        let tight = head.run != Run::Person || tokens[at - 1].end == tokens[at].start;
        tight && self.joins(at)
    }

    /// Whether the word in small letters at `at` may stand between parts of a name.
    fn bridges(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        self.tables.classes.of(tokens[at].word) & class::STOP == 0
            && self.tables.predicates.longest(tokens, at).is_none()
    }

    /// Whether the number at `at` is the name of the unit before it (UBND quận 5).
    fn numbered(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let unit = |i: usize| self.tables.head_words.longest(tokens, i).is_some_and(|hit| hit.last == at);
        (at.saturating_sub(REST)..at).any(unit) && self.numeral(at)
    }

    /// Whether the number at `at` is short enough for a name, and none of what is counted (tòa nhà 7 tầng).
    fn numeral(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let counted = |token: &Token| self.tables.is_counted(token.word);
        tokens[at].end - tokens[at].start <= 2 && !tokens.get(at + 1).is_some_and(counted)
    }

    /// A name that breaks off after one syllable of a word (Cục Nghệ, thuật biểu diễn) goes on to where a stop word,
    /// a cue or a mark ends it.
    fn completed(&self, end: usize) -> usize {
        let tokens = &self.sentence.tokens;
        let last = &tokens[end - 1];
        let whole = last.kind != TokenKind::Word
            || self.tables.foreign_word(last.text(self.sentence.text))
            || (end > 1 && tokens[end - 2].kind == TokenKind::Word && tokens[end - 2].capital)
            || self.within_field(end) && !self.within_open_field(end);
        let goes_on = |t: &Token| {
            t.kind == TokenKind::Word
                && !t.capital
                && self.tables.classes.of(t.word) & (class::STOP | class::CUE) == 0
        };
        // The first word completes the one with a capital; behind it a verb may begin what the body does.
        let verb = |at: usize| {
            at > end
                && (self.tables.classes.of(tokens[at].word) & class::VERB != 0
                    || self.tables.predicates.longest(tokens, at).is_some())
        };
        let limit = tokens.len().min(end + REST + 1);
        let more = (end..limit).take_while(|&at| goes_on(&tokens[at]) && !verb(at)).count();
        if whole || more == 0 || more > REST { end } else { end + more }
    }

    /// Whether the capitalized word at `at` belongs to no name that began at `from` and reached to `end`.
    fn other_begins(&self, from: usize, end: usize, at: usize, head: &Head) -> bool {
        let part = self.completes_person(from, at) || self.ordinal(at);
        if at > from && (part || self.opener(at)) {
            return !part;
        }
        let tokens = &self.sentence.tokens;
        let behind_hyphen = at > end && tokens[at - 1].end == tokens[at].start;
        !behind_hyphen
            && match head.run {
                Run::Person if at == from => {
                    self.no_person(at) && !self.addressed(at) || self.begins_body(at)
                }
                Run::Person => self.no_person(at),
                Run::Org | Run::Place | Run::Country | Run::Quoted => {
                    // Right behind a capital it may be a part of the name (Vụ Ngân hàng).
                    at > end && self.begins_business(at)
                        || self.person_behind_unit(at, head)
                        || self.officer_at(from, at, head)
                }
            }
    }

    /// Where the words for a field of work end that begin at `at` (Tập đoàn | vàng bạc đá quý | Doji).
    pub(super) fn field_at(&self, at: usize) -> Option<usize> {
        self.tables.fields.longest(&self.sentence.tokens, at).map(|hit| hit.last)
    }

    /// Whether words for a field of work with a capital end at `end`.
    fn behind_field(&self, end: usize) -> bool {
        let field = |i: usize| self.sentence.tokens[i].capital && self.field_at(i) == Some(end);
        (end.saturating_sub(self.tables.fields.most_words())..end).any(field)
    }

    /// Where the part of a name that begins with the capitalized word at `at` ends.
    fn part_end(&self, at: usize) -> usize {
        let field = self.field_at(at).unwrap_or(at + 1);
        self.listed_at(at).map_or(field, |f| f.last.max(field))
    }

    /// Whether a part of a name known from the rules ends at `end`.
    pub(super) fn within_field(&self, end: usize) -> bool {
        (end.saturating_sub(self.tables.fields.most_words())..end)
            .any(|at| self.sentence.tokens[at].capital && self.part_end(at) == end && end > at + 1)
    }

    /// Whether such a part ends at `end` that says of what behind it.
    fn within_open_field(&self, end: usize) -> bool {
        let open = |at: usize| self.tables.open_fields.longest(&self.sentence.tokens, at);
        (end.saturating_sub(self.tables.fields.most_words())..end)
            .any(|at| open(at).is_some_and(|hit| hit.last == end))
    }

    /// Whether a word that ends a person's name begins at `at`: an abbreviation of an office, or another name.
    fn no_person(&self, at: usize) -> bool {
        let class = self.tables.classes.of(self.sentence.tokens[at].word);
        let token = &self.sentence.tokens[at];
        (class & class::NOT_NAME != 0 && is_upper(token.text(self.sentence.text)))
            || (class & class::NAME != 0 && self.listed_at(at).is_some())
    }

    /// Whether the head noun of a body or place stands at `at`, as behind an office (Chủ tịch Hội đồng).
    fn begins_body(&self, at: usize) -> bool {
        let class = self.tables.classes.of(self.sentence.tokens[at].word);
        let body = |hit: &Hit<u32>| {
            let capitals = &self.tables.head_capitals[hit.value as usize];
            self.tables.heads[capitals.value as usize].kind != EntityKind::Person
                && !self.only_initial(hit.last)
                && capitals.fits(self.sentence.text, &self.sentence.tokens[hit.first..hit.last])
        };
        class & class::HEAD != 0
            && class & class::SURNAME == 0
            && self.tables.head_words.longest_where(&self.sentence.tokens, at, body).is_some()
    }

    /// Whether a name of one syllable stands behind a word of address, which is never followed by a country.
    fn addressed(&self, at: usize) -> bool {
        let class = |i: usize| self.tables.classes.of(self.sentence.tokens[i].word);
        let one = |f: &Found| f.last == at + 1 && f.kind == EntityKind::Country;
        at > 0 && class(at - 1) & class::ADDRESS != 0 && self.listed_at(at).as_ref().is_some_and(one)
    }

    /// Whether the mark at `at` joins two parts of a name: a hyphen or `&`, or a dot without spaces around it.
    pub(crate) fn joins(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let (Some(previous), mark, Some(next)) =
            (tokens.get(at.wrapping_sub(1)), &tokens[at], tokens.get(at + 1))
        else {
            return false;
        };
        let tight = previous.end == mark.start && mark.end == next.start && next.kind == TokenKind::Word;
        let capital = next.kind == TokenKind::Word && next.capital;
        match mark.text(self.sentence.text) {
            "-" | "&" => capital,
            // A foreign name goes on behind an initial (John W. Henry).
            "." if self.initial_before(at) && capital => {
                tight || self.tables.foreign_word(next.text(self.sentence.text))
            }
            "." | "'" | "’" => tight,
            _ => false,
        }
    }
}
