// The fields of a record that say something.

/** In groups, in the order of the record. */
export const GROUPS = {
  group_value: ["kind", "value", "value_max", "denominator", "unit", "per", "qualifier", "direction", "is_change", "status"],
  group_when: ["time.start", "time.end", "time.role", "time.text", "time.source", "base.text", "base.start", "base.end"],
  group_what: ["metric.text", "metric.id", "entity.text", "entity.id", "theme"],
};

export const FIELDS = Object.values(GROUPS).flat();

/** Fields whose values are decimals. */
export const DECIMALS = ["value", "value_max", "denominator"];

/** The value at a path such as `time.start`. */
export const at = (record, path) => path.split(".").reduce((value, key) => value?.[key], record);
