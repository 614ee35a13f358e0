//! CSV after RFC 4180: one row a fact, all columns of the record, with a heading.

mod read;

use std::io::Write as _;

pub(super) use read::{begins, facts};

use super::column::{COLUMNS, Cell};
use super::output::Output;
use super::prepare;
use super::{Checkpoint, Earlier, Left, Resumable, Sink, SinkError, Summary};
use crate::fact::Fact;

/// Writes facts as CSV in UTF-8 with lines that end in CR LF. An absent value is an empty field, an empty text is `""`.
pub(super) struct Csv {
    place: String,
    to: Output,
    facts: u64,
    /// Whether the heading is written. It waits, as without a page nothing is written.
    headed: bool,
}

impl Csv {
    /// As [`super::JsonLines::open`].
    pub(super) fn open(path: &str, run: Option<&Resumable>) -> Result<(Option<Self>, Earlier), SinkError> {
        let (to, earlier) = Output::open(path.as_ref(), run)?;
        let headed = earlier != Earlier::Nothing;
        let csv = to.map(|to| Self { place: path.to_owned(), to, facts: 0, headed });
        Ok((csv, earlier))
    }

    fn head(&mut self) -> Result<(), SinkError> {
        if std::mem::replace(&mut self.headed, true) {
            return Ok(());
        }
        let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
        self.to.write(format!("{}\r\n", names.join(",")).as_bytes())
    }
}

impl Sink for Csv {
    fn write(&mut self, lines: &[u8]) -> Result<(), SinkError> {
        let mut rows = Vec::with_capacity(lines.len());
        for fact in prepare::all(lines, &self.place)? {
            row(&fact, &mut rows);
            self.facts += 1;
        }
        self.head()?;
        self.to.write(&rows)
    }

    fn checkpoint(&mut self, checkpoint: &Checkpoint<'_>) -> Result<(), SinkError> {
        if checkpoint.tally.met_a_page() {
            self.head()?;
        }
        self.to.checkpoint(checkpoint)
    }

    fn finish(mut self: Box<Self>) -> Result<Summary, SinkError> {
        self.head()?;
        self.to.finish()?;
        Ok(Summary { added: self.facts, ..Summary::default() })
    }

    fn abandon(self: Box<Self>) -> Left {
        self.to.abandon(self.facts)
    }
}

fn row(fact: &Fact<'_>, to: &mut Vec<u8>) {
    for (i, column) in COLUMNS.iter().enumerate() {
        if i > 0 {
            to.push(b',');
        }
        match (column.get)(fact) {
            Cell::Text(text) => field(text, to),
            // Writing to a Vec does not fail.
            Cell::Decimal(value) => write!(to, "{value}").unwrap_or_default(),
            other => to.extend_from_slice(other.to_text().unwrap_or_default().as_bytes()),
        }
    }
    to.extend_from_slice(b"\r\n");
}

fn field(text: &str, to: &mut Vec<u8>) {
    if !text.is_empty() && !text.contains(['"', ',', '\r', '\n', '\0']) {
        return to.extend_from_slice(text.as_bytes());
    }
    to.push(b'"');
    for (i, part) in text.split('"').enumerate() {
        if i > 0 {
            to.extend_from_slice(b"\"\"");
        }
        to.extend_from_slice(part.as_bytes());
    }
    to.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::samples::{hostile, lines, plain};

    #[test]
    fn facts_come_back_as_they_went_in() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["facts.csv", "facts.csv.zst"] {
            let path = dir.path().join(name);
            let wanted = hostile();
            let mut sink = Box::new(Csv::open(path.to_str().unwrap(), None).unwrap().0.unwrap());
            sink.write(&lines(&wanted)).unwrap();
            assert_eq!(sink.finish().unwrap().added, 28);
            let mut back = Vec::new();
            // By its beginning, and by its name.
            for place in [path.display().to_string(), format!("csv:{}", path.display())] {
                back.clear();
                crate::sink::facts(&place, &mut |fact| back.push(fact)).unwrap();
                assert_eq!(back, wanted, "{place}");
            }
        }
    }

    #[test]
    fn columns_may_stand_in_any_order_and_lines_may_end_in_a_line_feed() {
        let text = "\u{FEFF}note,status,is_change,value,kind,id,path,sha256,byte_start,byte_end,line,col,quote,sentence,rule\n\
                    \"a\n\"\"b\"\"\",actual,false,7,count,00000000000000000000000000000007,a.txt,00,1,2,1,1,7,Có 7.,count";
        let mut back = Vec::new();
        let mut keep = |fact| {
            back.push(fact);
            Ok(())
        };
        facts("a.csv", text.as_bytes(), &mut keep).unwrap();
        assert_eq!((back.len(), &back[0].id), (1, &plain(7).id));
    }

    #[test]
    fn what_is_no_fact_is_told_with_its_row() {
        let said = |text: &str| facts("a.csv", text.as_bytes(), &mut |_| Ok(())).unwrap_err().to_string();
        assert!(said("one,two\n").contains("first line"));
        assert!(
            said("id,kind,value\nx,count,seven\n")
                .contains("row 2 is no fact: column `value` has \"seven\": ")
        );
        assert!(said("id,kind,value\nx,count,7\n").contains("row 2 is no fact: column `is_change` is empty"));
        assert!(said("id,kind,value\n\"x,count,7\n").contains("quote"));
    }
}
