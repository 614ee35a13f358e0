//! What `schema/tables.sql` says of each table and column, for people: in `docs/tables.md`, and in PostgreSQL itself.

#[cfg(test)]
mod tests;

/// A table.
pub(super) struct Described<'s> {
    pub(super) name: &'s str,
    pub(super) about: String,
    pub(super) columns: Vec<Entry<'s>>,
}

/// One of its columns.
pub(super) struct Entry<'s> {
    pub(super) name: &'s str,
    /// Its type and constraints, as they are written.
    pub(super) definition: String,
    pub(super) about: String,
}

/// The tables of the text, in its order. What is for one database only is left out.
pub(super) fn tables(text: &str) -> Vec<Described<'_>> {
    let mut tables: Vec<Described<'_>> = Vec::new();
    let mut about = String::new();
    for line in text.lines() {
        if let Some(words) = line.trim_start().strip_prefix("-- ") {
            about.push_str(if about.is_empty() { "" } else { " " });
            about.push_str(words);
        } else if let Some(name) = line.strip_prefix("CREATE TABLE ") {
            let name = name.trim_end_matches(" (");
            tables.push(Described { name, about: std::mem::take(&mut about), columns: Vec::new() });
        } else if let (Some(definition), Some(table)) = (line.strip_prefix("    "), tables.last_mut()) {
            table.take(definition, std::mem::take(&mut about));
        } else {
            about.clear();
        }
    }
    tables
}

impl<'s> Described<'s> {
    /// Takes a line of a column's definition, without its indent.
    fn take(&mut self, line: &'s str, about: String) {
        match (line.split_once(' '), self.columns.last_mut()) {
            (Some((name, definition)), _) if name.starts_with(|c: char| c.is_ascii_lowercase()) => {
                let definition = definition.trim().to_owned();
                self.columns.push(Entry { name, definition, about });
            }
            // A list of words that goes on.
            (_, Some(last)) if line.starts_with(' ') => last.definition.extend([" ", line.trim()]),
            // A constraint of the table.
            _ => {}
        }
    }
}

/// The statements that describe the tables in PostgreSQL.
#[cfg_attr(not(feature = "postgres"), allow(dead_code))]
pub(super) fn comments(text: &str) -> String {
    let mut sql = String::new();
    let mut add = |what: String, about: &str| {
        sql.extend(["COMMENT ON ", &what, " IS '", &about.replace('\'', "''"), "';\n"]);
    };
    for table in tables(text) {
        add(format!("TABLE {}", table.name), &table.about);
        for column in &table.columns {
            add(format!("COLUMN {}.{}", table.name, column.name), &column.about);
        }
    }
    sql
}
