//! What the rules know of metrics and entities.

use postgres::{Error, Transaction};

use crate::rules::Catalog;

const METRICS: &str = "INSERT INTO metrics AS m (id, field, name_vi, name_en, kinds, unit) \
    SELECT * FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::TEXT[], $5::TEXT[], $6::TEXT[]) \
    ON CONFLICT (id) DO UPDATE SET field = excluded.field, name_vi = excluded.name_vi, \
    name_en = excluded.name_en, kinds = excluded.kinds, unit = excluded.unit \
    WHERE (m.field, m.name_vi, m.name_en, m.kinds, m.unit) IS DISTINCT FROM \
    (excluded.field, excluded.name_vi, excluded.name_en, excluded.kinds, excluded.unit)";
const ENTITIES: &str = "INSERT INTO entities AS e (id, kind, name, iso, since, until, successor) \
    SELECT a, b, c, d, e::DATE, f::DATE, g FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::TEXT[], $5::TEXT[], \
    $6::TEXT[], $7::TEXT[]) AS rows (a, b, c, d, e, f, g) \
    ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, iso = excluded.iso, \
    since = excluded.since, until = excluded.until, successor = excluded.successor \
    WHERE (e.kind, e.name, e.iso, e.since, e.until, e.successor) IS DISTINCT FROM \
    (excluded.kind, excluded.name, excluded.iso, excluded.since, excluded.until, excluded.successor)";

/// Puts the names in, or brings them up to date.
pub(super) fn write(work: &mut Transaction<'_>, catalog: &Catalog) -> Result<(), Error> {
    let m = &catalog.metrics;
    let units: Vec<Option<&str>> = m.iter().map(|m| m.unit.as_deref()).collect();
    let column = |of: fn(&crate::rules::MetricEntry) -> &str| m.iter().map(of).collect::<Vec<_>>();
    let (ids, fields) = (column(|m| &m.id), column(|m| m.field()));
    let (vietnamese, english, kinds) = (column(|m| &m.name_vi), column(|m| &m.name_en), column(|m| &m.kinds));
    work.execute(METRICS, &[&ids, &fields, &vietnamese, &english, &kinds, &units])?;
    let e = &catalog.entities;
    let column = |of: fn(&crate::rules::EntityEntry) -> Option<&str>| e.iter().map(of).collect::<Vec<_>>();
    let days = |of: fn(&crate::rules::EntityEntry) -> Option<jiff::civil::Date>| {
        e.iter().map(|entry| of(entry).map(|day| day.to_string())).collect::<Vec<_>>()
    };
    let (ids, kinds) = (column(|e| Some(&e.id)), column(|e| e.kind.as_deref()));
    let (names, isos) = (column(|e| Some(&e.name)), column(crate::rules::EntityEntry::iso));
    let (since, until) = (days(|e| e.since), days(|e| e.until));
    let successors = column(|e| e.successor.as_deref());
    work.execute(ENTITIES, &[&ids, &kinds, &names, &isos, &since, &until, &successors])?;
    Ok(())
}
