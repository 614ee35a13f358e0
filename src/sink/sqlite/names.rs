//! What the rules know of metrics and entities.

use jiff::civil::Date;
use rusqlite::{Transaction, params};

use crate::rules::Catalog;

const METRIC: &str = "INSERT INTO metrics (id, field, name_vi, name_en, kinds, unit) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
    ON CONFLICT (id) DO UPDATE SET field = ?2, name_vi = ?3, name_en = ?4, kinds = ?5, unit = ?6 \
    WHERE (field, name_vi, name_en, kinds, unit) IS NOT (?2, ?3, ?4, ?5, ?6)";
const ENTITY: &str = "INSERT INTO entities (id, kind, name, iso, since, until, successor) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
    ON CONFLICT (id) DO UPDATE SET kind = ?2, name = ?3, iso = ?4, since = ?5, until = ?6, successor = ?7 \
    WHERE (kind, name, iso, since, until, successor) IS NOT (?2, ?3, ?4, ?5, ?6, ?7)";

/// Puts the names in, or brings them up to date.
pub(super) fn write(work: &Transaction<'_>, catalog: &Catalog) -> rusqlite::Result<()> {
    let mut insert = work.prepare_cached(METRIC)?;
    for m in &catalog.metrics {
        insert.execute(params![m.id, m.field(), m.name_vi, m.name_en, m.kinds, m.unit])?;
    }
    let mut insert = work.prepare_cached(ENTITY)?;
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    for e in &catalog.entities {
        insert.execute(params![e.id, e.kind, e.name, e.iso(), day(e.since), day(e.until), e.successor])?;
    }
    Ok(())
}
