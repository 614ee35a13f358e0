//! Names of the metrics and entities that the rules know, for the tables of a database.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::{Loaded, RuleError, RuleSources};
use crate::fact::Kind;

/// A canonical metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricEntry {
    /// Dotted slug, field first.
    pub id: String,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// Kinds of value that state its level, with commas between them.
    pub kinds: String,
    /// The first of its units, where it has any.
    pub unit: Option<String>,
}

/// A canonical place or organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityEntry {
    /// ISO 3166 code, or a sort and a slug.
    pub id: String,
    /// province, country, agency …
    pub kind: Option<String>,
    /// Name in Vietnamese.
    pub name: String,
    /// First day on which the name stood for the present unit.
    pub since: Option<Date>,
    /// Last day of the unit.
    pub until: Option<Date>,
    /// The unit that it went into.
    pub successor: Option<String>,
}

/// All of them, each by identifier.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalog {
    /// Metrics.
    pub metrics: Vec<MetricEntry>,
    /// Entities.
    pub entities: Vec<EntityEntry>,
}

impl MetricEntry {
    /// The field: the first part of the identifier.
    pub fn field(&self) -> &str {
        self.id.split('.').next().unwrap_or_default()
    }
}

impl EntityEntry {
    /// The ISO 3166 code, where the identifier is one.
    pub fn iso(&self) -> Option<&str> {
        matches!(self.kind.as_deref(), Some("country" | "province")).then_some(&*self.id)
    }
}

// What of the rule files stands in the tables; each stage checks its own files fully.

#[derive(Deserialize)]
struct Metrics {
    #[serde(default)]
    metric: Vec<Metric>,
}

#[derive(Deserialize)]
struct Metric {
    id: String,
    name_vi: String,
    name_en: String,
    kinds: Vec<Kind>,
    #[serde(default)]
    units: Vec<String>,
}

#[derive(Deserialize)]
struct Entities {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    entity: BTreeMap<String, Entity>,
}

#[derive(Deserialize)]
struct Entity {
    name: String,
    #[serde(rename = "type")]
    kind: Option<String>,
    since: Option<Date>,
    until: Option<Date>,
    successor: Option<String>,
}

impl Catalog {
    /// Reads the rule files; later files replace what earlier ones say of an identifier.
    ///
    /// # Errors
    /// The first file that is not of the form of rule files.
    pub fn read(sources: &RuleSources) -> Result<Self, RuleError> {
        let metrics: Vec<Loaded<Metrics>> = sources.parse("metrics")?;
        let metrics = metrics.into_iter().flat_map(|file| file.value.metric).map(entry);
        let entities: Vec<Loaded<Entities>> = sources.parse("entities")?;
        let entities = entities.into_iter().flat_map(|file| {
            let Entities { kind, entity } = file.value;
            entity.into_iter().map(move |(id, entity)| named(id, entity, kind.as_ref()))
        });
        let metrics: BTreeMap<_, _> = metrics.map(|metric| (metric.id.clone(), metric)).collect();
        let entities: BTreeMap<_, _> = entities.map(|entity| (entity.id.clone(), entity)).collect();
        Ok(Self { metrics: metrics.into_values().collect(), entities: entities.into_values().collect() })
    }
}

fn entry(metric: Metric) -> MetricEntry {
    let kinds: Vec<&str> = metric.kinds.iter().map(|kind| kind.as_str()).collect();
    MetricEntry {
        kinds: kinds.join(","),
        unit: metric.units.into_iter().next(),
        id: metric.id,
        name_vi: metric.name_vi,
        name_en: metric.name_en,
    }
}

fn named(id: String, entity: Entity, kind: Option<&String>) -> EntityEntry {
    let Entity { name, kind: own, since, until, successor } = entity;
    EntityEntry { id, kind: own.or_else(|| kind.cloned()), name, since, until, successor }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_rules_have_names() {
        let catalog = Catalog::read(&RuleSources::builtin()).unwrap();
        let share = "egov.online-services.level4.share";
        let metric = catalog.metrics.iter().find(|metric| metric.id == share).unwrap();
        assert_eq!((metric.field(), &*metric.kinds), ("egov", "percentage"));
        let entity = |id| catalog.entities.iter().find(|entity| entity.id == id).unwrap();
        assert_eq!(entity("VN-DN").iso(), Some("VN-DN"));
        assert_eq!(entity("org:bo-y-te").iso(), None);
        assert_eq!(entity("VN-06").successor.as_deref(), Some("VN-02"));
    }
}
