//! Finding the entities of a sentence: by gazetteer, by head noun, by anaphor, and as bare names.

use super::compile::{Head, Spelling, Tables, class, is_upper};
use super::file::Run;
use super::memory::{EntityMemory, Known};
use super::{EntityKind, EntityMention, Origin};
use crate::extract::lexicon::Hit;
use crate::extract::sentence::Sentence;
use crate::extract::token::{Token, TokenKind};

/// Words that a name may have at most.
const LONGEST: usize = 16;

/// A name found, before the memory knows of it.
struct Found {
    /// Where the name itself begins, behind its head noun.
    name: usize,
    last: usize,
    kind: EntityKind,
    entry: Option<u32>,
    origin: Origin,
}

/// How many words in small letters a name may end in.
const REST: usize = 4;

/// One pass over a sentence.
pub(super) struct Finder<'r, 's, 't> {
    pub(super) tables: &'r Tables,
    pub(super) sentence: &'s Sentence<'t>,
}

impl Finder<'_, '_, '_> {
    /// Finds all entities of the sentence, in order.
    pub(super) fn run(&self, memory: &mut EntityMemory, into: &mut Vec<EntityMention>) {
        let tokens = &self.sentence.tokens;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let class = self.tables.classes.of(token.word);
            if token.kind != TokenKind::Word || (class == 0 && !token.capital) {
                at += 1;
                continue;
            }
            let blocked = self.blocked(at, class);
            if let Some(found) = self.name_at(at, class, memory).filter(|f| f.last >= blocked) {
                let last = found.last;
                self.push(at, &found, memory, into);
                at = last;
            } else if let Some(last) = self.anaphor_at(at, class, memory, into) {
                at = last.max(blocked);
            } else if blocked > at {
                at = blocked;
            } else {
                at = self.bare_name(at, class, memory, into);
            }
        }
    }

    /// Where the phrase that is no name and begins at `at` ends, or `at`.
    fn blocked(&self, at: usize, class: u8) -> usize {
        let phrase =
            (class & class::NOT_NAME != 0).then(|| self.tables.not_names.longest(&self.sentence.tokens, at));
        phrase.flatten().map_or(at, |hit| hit.last)
    }

    fn text(&self, first: usize, last: usize) -> &str {
        self.sentence.words(first, last)
    }

    fn push(&self, first: usize, found: &Found, memory: &mut EntityMemory, into: &mut Vec<EntityMention>) {
        let text = self.text(first, found.last);
        if self.defines(first, found, memory, into) {
            return;
        }
        let text = if found.entry.is_some() { self.text(found.name, found.last) } else { text };
        let known = memory.note(text, found.entry, found.kind);
        into.push(self.mention(first, found.last, found.kind, found.entry, known, found.origin));
    }

    fn mention(
        &self,
        first: usize,
        last: usize,
        kind: EntityKind,
        entry: Option<u32>,
        known: usize,
        origin: Origin,
    ) -> EntityMention {
        let tokens = &self.sentence.tokens;
        let span = tokens[first].start..tokens[last - 1].end;
        EntityMention { span, first, last, kind, entry, known, origin }
    }

    /// A short name in brackets right behind a name is a definition, not another entity.
    fn defines(
        &self,
        first: usize,
        found: &Found,
        memory: &mut EntityMemory,
        into: &mut [EntityMention],
    ) -> bool {
        let opens = first > 0 && self.text(first - 1, first) == "(";
        let Some(owner) = into.last_mut().filter(|owner| opens && owner.last + 1 == first) else {
            return false;
        };
        let closes = |i: usize| {
            self.sentence
                .tokens
                .get(i)
                .is_some_and(|t| matches!(t.text(self.sentence.text), ")" | "-" | ":" | ","))
        };
        if !closes(found.last) || owner.kind.is_place() != found.kind.is_place() {
            return false;
        }
        if let (None, Some(entry)) = (owner.entry, found.entry) {
            owner.entry = found.entry;
            owner.known = memory.note(self.text(owner.first, owner.last), Some(entry), owner.kind);
        }
        let same = owner.entry.is_none() || found.entry.is_none() || owner.entry == found.entry;
        if same {
            memory.define(self.text(first, found.last), owner.known);
        }
        same
    }

    /// The longer of a gazetteer name and a head noun with its name.
    fn name_at(&self, at: usize, class: u8, memory: &EntityMemory) -> Option<Found> {
        let listed = if class & class::NAME != 0 { self.listed_at(at) } else { None };
        let blocked = self.blocked(at, class) > at + 1;
        let headed = if class & class::HEAD != 0 && !blocked { self.headed_at(at, memory) } else { None };
        match (listed, headed) {
            (Some(a), Some(b)) => Some(if b.last > a.last { b } else { a }),
            (a, b) => a.or(b),
        }
    }

    fn listed_at(&self, at: usize) -> Option<Found> {
        let tokens = &self.sentence.tokens;
        let fits = |hit: &Hit<u32>| self.listed_fits(hit);
        let hit = self.tables.names.longest_where(tokens, at, fits)?;
        let entry = self.tables.name_spellings[hit.value as usize].value;
        let of = &self.tables.entries[entry as usize];
        let origin = of.rule.map_or(Origin::Listed, Origin::Group);
        Some(Found { name: at, last: hit.last, kind: of.kind, entry: Some(entry), origin })
    }

    fn listed_fits(&self, hit: &Hit<u32>) -> bool {
        let tokens = &self.sentence.tokens[hit.first..hit.last];
        let spelling: &Spelling = &self.tables.name_spellings[hit.value as usize];
        let kind = self.tables.entries[spelling.value as usize].kind;
        if !spelling.fits(self.sentence.text, tokens) {
            return false;
        }
        let short = spelling.words == 1 && !is_upper(tokens[0].text(self.sentence.text));
        !((kind.is_place() || short) && kind != EntityKind::Group && self.within_longer(hit.first, hit.last))
    }

    /// Whether a capitalized word right before or behind makes `first..last` a part of a longer name.
    fn within_longer(&self, first: usize, last: usize) -> bool {
        let (text, tokens) = (self.sentence.text, &self.sentence.tokens);
        let shouting = is_upper(tokens[first].text(text));
        let part =
            |t: &Token| t.kind == TokenKind::Word && t.capital && (!shouting || !is_upper(t.text(text)));
        let next = tokens
            .get(last)
            .is_some_and(|t| part(t) && self.tables.classes.of(t.word) & (class::NAME | class::HEAD) == 0);
        let opener = |i: usize| {
            i == 0 || self.tables.classes.of(tokens[i].word) & (class::CUE | class::HEAD | class::STOP) != 0
        };
        let previous = first > 0 && part(&tokens[first - 1]) && !opener(first - 1);
        next || previous
    }

    fn headed_at(&self, at: usize, memory: &EntityMemory) -> Option<Found> {
        let tokens = &self.sentence.tokens;
        let spelled = |hit: &Hit<u32>| {
            self.tables.head_spellings[hit.value as usize]
                .fits(self.sentence.text, &tokens[hit.first..hit.last])
        };
        let hit = self.tables.head_words.longest_where(tokens, at, spelled)?;
        let rule = self.tables.head_spellings[hit.value as usize].value;
        let head = &self.tables.heads[rule as usize];
        let next = tokens.get(hit.last).is_some_and(|t| t.kind == TokenKind::Number || t.capital);
        if !next && !tokens[at].capital && head.kind != EntityKind::Project {
            return None;
        }
        let last = self.run_end(hit.last, head)?;
        let (entry, kind) = self.named_by(hit.last, last, head, memory);
        Some(Found { name: hit.last, last, kind, entry, origin: Origin::Head(rule) })
    }

    /// What the words behind a head noun stand for where the head adds nothing.
    fn named_by(
        &self,
        first: usize,
        last: usize,
        head: &Head,
        memory: &EntityMemory,
    ) -> (Option<u32>, EntityKind) {
        if !head.same {
            return (None, head.kind);
        }
        let listed = self.listed_at(first).filter(|f| f.last == last).and_then(|f| f.entry);
        let known = || memory.by_name(self.text(first, last)).and_then(|i| memory.known[i].entry);
        match listed.or_else(known) {
            Some(entry) => (Some(entry), self.tables.entries[entry as usize].kind),
            None => (None, head.kind),
        }
    }

    /// Where the name that begins at token `from` ends.
    fn run_end(&self, from: usize, head: &Head) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        if head.numbers
            && tokens.get(from).is_some_and(|t| t.kind == TokenKind::Number && t.end - t.start <= 2)
        {
            return Some(from + 1);
        }
        let limit = match head.run {
            Run::Place => 4,
            Run::Person => 5,
            Run::Org => LONGEST,
        };
        let mut end = from;
        let mut at = from;
        let mut small = 0;
        while let Some(token) = tokens.get(at).filter(|_| at < from + limit) {
            if token.kind == TokenKind::Word && token.capital {
                if head.run == Run::Person && self.no_person(at) {
                    break;
                }
                (end, small) = (self.part_end(at), 0);
                at = end;
                continue;
            }
            let goes_on = match token.kind {
                TokenKind::Mark => end > from && self.joins(at),
                TokenKind::Word => {
                    small += 1;
                    small <= head.bridge && self.tables.classes.of(token.word) & class::STOP == 0
                }
                TokenKind::Number => {
                    let numbered = head.numbers
                        && at > from
                        && self.tables.classes.of(tokens[at - 1].word) & class::HEAD != 0;
                    if numbered && at > end && token.end - token.start <= 2 {
                        end = at + 1;
                    }
                    false
                }
            };
            if !goes_on {
                break;
            }
            at += 1;
        }
        (end > from).then(|| if head.run == Run::Org { self.completed(end) } else { end })
    }

    /// A name that breaks off after one syllable of a word (Cục Nghệ, thuật biểu diễn) goes on to where a stop word,
    /// a cue or a mark ends it.
    fn completed(&self, end: usize) -> usize {
        let tokens = &self.sentence.tokens;
        let last = &tokens[end - 1];
        let whole = last.kind != TokenKind::Word
            || self.foreign(last.text(self.sentence.text))
            || (end > 1 && tokens[end - 2].kind == TokenKind::Word && tokens[end - 2].capital)
            || self.within_field(end);
        let goes_on = |t: &Token| {
            t.kind == TokenKind::Word
                && !t.capital
                && self.tables.classes.of(t.word) & (class::STOP | class::CUE) == 0
        };
        let more = tokens[end..].iter().take_while(|t| goes_on(t)).count();
        if whole || more == 0 || more > REST { end } else { end + more }
    }

    /// Where the part of a name that begins with the capitalized word at `at` ends.
    fn part_end(&self, at: usize) -> usize {
        let field = self.tables.fields.longest(&self.sentence.tokens, at).map_or(at + 1, |hit| hit.last);
        self.listed_at(at).map_or(field, |f| f.last.max(field))
    }

    /// Whether a part of a name known from the rules ends at `end`.
    fn within_field(&self, end: usize) -> bool {
        (end.saturating_sub(REST)..end)
            .any(|at| self.sentence.tokens[at].capital && self.part_end(at) == end && end > at + 1)
    }

    /// Whether a word that ends a person's name begins at `at`: an abbreviation of an office, or another name.
    fn no_person(&self, at: usize) -> bool {
        let class = self.tables.classes.of(self.sentence.tokens[at].word);
        let token = &self.sentence.tokens[at];
        (class & class::NOT_NAME != 0 && is_upper(token.text(self.sentence.text)))
            || (class & class::NAME != 0 && self.listed_at(at).is_some())
    }

    /// Whether the mark at `at` joins two parts of a name: a hyphen or `&`, or a dot without spaces around it.
    fn joins(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let (Some(previous), mark, Some(next)) =
            (tokens.get(at.wrapping_sub(1)), &tokens[at], tokens.get(at + 1))
        else {
            return false;
        };
        let tight = previous.end == mark.start && mark.end == next.start && next.kind == TokenKind::Word;
        let capital = next.kind == TokenKind::Word && next.capital;
        match mark.text(self.sentence.text) {
            "-" | "–" | "&" => capital,
            "." | "'" | "’" => tight,
            _ => false,
        }
    }

    fn anaphor_at(
        &self,
        at: usize,
        class: u8,
        memory: &mut EntityMemory,
        into: &mut Vec<EntityMention>,
    ) -> Option<usize> {
        if class & class::ANAPHOR == 0 {
            return None;
        }
        let tokens = &self.sentence.tokens;
        let allowed = |hit: &Hit<u32>| self.tables.anaphors[hit.value as usize].allowed(tokens, hit);
        let hit = self.tables.anaphor_words.longest_where(tokens, at, allowed)?;
        let rule = &self.tables.anaphors[hit.value as usize];
        let known = if rule.bare { memory.subject_of(&rule.to) } else { memory.last_of(&rule.to) }?;
        memory.touch(known);
        let Known { kind, entry, .. } = memory.known[known].clone();
        into.push(self.mention(at, hit.last, kind, entry, known, Origin::Anaphor(hit.value)));
        Some(hit.last)
    }

    /// A capitalized run that no list knows; says where to go on.
    fn bare_name(
        &self,
        at: usize,
        class: u8,
        memory: &mut EntityMemory,
        into: &mut Vec<EntityMention>,
    ) -> usize {
        let tokens = &self.sentence.tokens;
        if !tokens[at].capital {
            return at + 1;
        }
        if let Some(known) = self.glued(at, memory) {
            memory.touch(known);
            let Known { kind, entry, .. } = memory.known[known];
            into.push(self.mention(at, at + 1, kind, entry, known, Origin::Glued));
            return at + 1;
        }
        let opens = self.opens(at);
        if opens && class & (class::CUE | class::STOP) != 0 {
            return at + 1;
        }
        let last = self.bare_end(at);
        let text = self.text(at, last);
        let single = last == at + 1;
        if let Some(entry) = self.ticker(text) {
            let kind = self.tables.entries[entry as usize].kind;
            let known = memory.known_entry(entry).unwrap_or_else(|| memory.note(text, Some(entry), kind));
            into.push(self.mention(at, last, kind, Some(entry), known, Origin::Bare));
            return last;
        }
        let known = memory.by_name(text);
        if single && !self.foreign(text) {
            return last;
        }
        let (kind, entry) =
            known.map_or((EntityKind::Name, None), |i| (memory.known[i].kind, memory.known[i].entry));
        if let Some(known) = known {
            memory.touch(known);
            into.push(self.mention(at, last, kind, entry, known, Origin::Bare));
        } else {
            self.push(at, &Found { name: at, last, kind, entry, origin: Origin::Bare }, memory, into);
        }
        last
    }

    /// The company whose stock code `word` is, in a sentence about shares.
    fn ticker(&self, word: &str) -> Option<u32> {
        let entry = *self.tables.tickers.get(word)?;
        let shares = |t: &Token| self.tables.classes.of(t.word) & class::SHARES != 0;
        self.sentence.tokens.iter().any(shares).then_some(entry)
    }

    /// The known entity whose abbreviation the word at `at` begins with, the space behind it lost.
    fn glued(&self, at: usize, memory: &EntityMemory) -> Option<usize> {
        let word = self.text(at, at + 1);
        let small = word.find(char::is_lowercase).filter(|&n| n > 2)?;
        memory.by_name(&word[..small])
    }

    /// Whether every word at `at` would have a capital.
    fn opens(&self, at: usize) -> bool {
        at == 0
            || self.sentence.tokens[at - 1].kind == TokenKind::Mark
                && !matches!(self.text(at - 1, at), "," | ";" | "(" | "/" | "&")
    }

    fn bare_end(&self, at: usize) -> usize {
        let tokens = &self.sentence.tokens;
        let mut end = at + 1;
        while let Some(token) = tokens.get(end).filter(|_| end < at + LONGEST) {
            let class = self.tables.classes.of(token.word);
            if token.kind == TokenKind::Word && token.capital && class & class::NOT_NAME == 0 {
                end += 1;
            } else if token.kind == TokenKind::Mark && self.joins(end) && tokens[end - 1].end == token.start {
                end += 2;
            } else {
                break;
            }
        }
        end.min(tokens.len())
    }

    fn foreign(&self, word: &str) -> bool {
        word.len() > 1 && (is_upper(word) || self.tables.foreign.is(word))
    }
}
