//! Decoded text to normalized text: replacements, then normalization form C, only where needed.
//!
//! The text is searched for *suspects* ([`super::probe`]); what lies between them is copied wholesale. Around a suspect
//! the characters are gathered into *clusters* (a stable character and all that joins it), each of which is normalized
//! and mapped as one unit. Line breaks: `\r\n` becomes `\n`, a lone `\r` a space, so the lines are those of a reader
//! that splits at `\n`.

use unicode_normalization::{UnicodeNormalization, char::compose};

use super::chars::{Class, classify};
use super::marks::tones_last;
use super::offset_builder::OffsetMapBuilder;
use super::offset_map::OffsetMap;
use super::probe::next_suspect;

/// The normalized form of `text` and the map back to it, or `None` if `text` is normal as it is.
pub(super) fn normalize(text: &str) -> Option<(String, OffsetMap)> {
    let mut suspect = next_suspect(text.as_bytes(), 0)?;
    let mut writer = Writer::new(text);
    loop {
        let end = Region::new(&mut writer).run(region_start(text, suspect));
        match next_suspect(text.as_bytes(), end) {
            Some(next) => suspect = next,
            None => return writer.finish(),
        }
    }
}

/// The start of the character before `suspect`, which a mark may join.
fn region_start(text: &str, suspect: usize) -> usize {
    text[..suspect].char_indices().next_back().map_or(0, |(at, _)| at)
}

/// Gathers the output; copies lazily, so that nothing is allocated until something differs.
struct Writer<'a> {
    source: &'a str,
    out: String,
    map: OffsetMapBuilder,
    /// Source up to here is in `out` or was dropped; what follows is to be copied unless changed.
    done: usize,
    /// Buffers that are used again for each cluster.
    marks: Vec<char>,
    composed: String,
}

impl<'a> Writer<'a> {
    fn new(source: &'a str) -> Self {
        let (out, map) = (String::new(), OffsetMapBuilder::new());
        Self { source, out, map, done: 0, marks: Vec::new(), composed: String::new() }
    }

    /// Replaces `source[start..end]`, copying all that stands before it.
    fn change(&mut self, start: usize, end: usize, with: &str) {
        if self.out.capacity() == 0 {
            self.out.reserve(self.source.len());
        }
        self.out.push_str(&self.source[self.done..start]);
        self.map.push_copied(start - self.done);
        self.out.push_str(with);
        self.map.push_replaced(with.len(), end - start);
        self.done = end;
    }

    fn finish(mut self) -> Option<(String, OffsetMap)> {
        if self.done == 0 {
            return None;
        }
        self.out.push_str(&self.source[self.done..]);
        self.map.push_copied(self.source.len() - self.done);
        Some((self.out, self.map.finish()))
    }
}

/// One stretch of suspects, and the cluster that is being gathered in it.
struct Region<'w, 'a> {
    writer: &'w mut Writer<'a>,
    /// Source range of the cluster, and of what was removed after it.
    start: usize,
    end: usize,
    removed_end: usize,
    /// The stable character that the cluster begins with, as replaced; none before the first cluster.
    base: Option<char>,
}

impl<'w, 'a> Region<'w, 'a> {
    fn new(writer: &'w mut Writer<'a>) -> Self {
        Self { writer, start: 0, end: 0, removed_end: 0, base: None }
    }

    /// Works from `start` on until a character that the probe would pass; returns its offset.
    fn run(mut self, start: usize) -> usize {
        let source = self.writer.source;
        (self.start, self.end, self.removed_end) = (start, start, start);
        let mut at = start;
        while let Some(c) = source[at..].chars().next() {
            let next = at + c.len_utf8();
            if at > start && next_suspect(&source.as_bytes()[at..next], 0).is_none() {
                break;
            }
            at = self.take(c, at, next);
        }
        self.flush();
        at
    }

    /// Adds the character `c` at `at..next`; returns where to go on.
    fn take(&mut self, c: char, at: usize, next: usize) -> usize {
        let source = self.writer.source;
        let class = match c {
            '\r' if source[next..].starts_with('\n') => Class::Removed,
            '\r' => Class::Stable(' '),
            _ => classify(c),
        };
        match class {
            Class::Removed => self.removed_end = next,
            Class::Joining(c) | Class::Decomposing(c) => {
                let starts = matches!(class, Class::Decomposing(_));
                if starts || (self.base.is_none() && self.writer.marks.is_empty()) {
                    self.begin(at);
                }
                self.writer.marks.push(c);
                (self.end, self.removed_end) = (next, next);
            }
            Class::Stable(c) => {
                let entity = if c == '&' { entity_end(source, next) } else { None };
                return match entity {
                    Some(end) => self.stable(' ', at, end),
                    None => self.stable(c, at, next),
                };
            }
        }
        next
    }

    fn stable(&mut self, c: char, at: usize, next: usize) -> usize {
        self.begin(at);
        self.base = Some(c);
        (self.end, self.removed_end) = (next, next);
        next
    }

    /// Writes the cluster so far and begins one at `at`.
    fn begin(&mut self, at: usize) {
        self.flush();
        (self.start, self.end, self.removed_end) = (at, at, at);
    }

    /// Writes the cluster, if it differs from its source, and drops what was removed after it.
    fn flush(&mut self) {
        let writer = &mut *self.writer;
        let source = &writer.source[self.start..self.end];
        writer.composed.clear();
        let whole = self.base.and_then(|base| writer.marks.iter().copied().try_fold(base, compose));
        if let Some(c) = whole {
            // Marks that compose one by one are in order, as every decomposition is.
            writer.composed.push(c);
            writer.marks.clear();
        } else {
            let mut chars: Vec<char> = self.base.iter().chain(&writer.marks).copied().nfd().collect();
            tones_last(&mut chars);
            writer.composed.extend(chars.into_iter().nfc());
            writer.marks.clear();
        }
        if writer.composed != source {
            let composed = std::mem::take(&mut writer.composed);
            writer.change(self.start, self.end, &composed);
            writer.composed = composed;
        }
        if self.removed_end > self.end {
            writer.change(self.end, self.removed_end, "");
        }
        self.base = None;
    }
}

/// Where an entity for a no-break space ends, given where the text after its `&` starts. Some pages have it without
/// its semicolon, in the middle of words. Judged on replaced characters, so that normalizing twice changes nothing.
fn entity_end(source: &str, start: usize) -> Option<usize> {
    let mut wanted = "nbsp".chars();
    let mut expected = wanted.next();
    for (at, c) in source[start..].char_indices() {
        match (expected, classify(c)) {
            (None, class) => return Some(start + at + usize::from(class == Class::Stable(';') && c == ';')),
            (Some(_), Class::Removed) => {}
            (Some(want), Class::Stable(c)) if want == c => expected = wanted.next(),
            _ => return None,
        }
    }
    expected.is_none().then_some(source.len())
}
