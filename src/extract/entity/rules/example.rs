//! Examples of rules about entities.

use serde::Deserialize;

use crate::fact::Kind;

/// A text, and the entity it must give.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Example {
    pub(crate) text: String,
    pub(crate) entity: String,
    pub(crate) id: Option<String>,
    /// What kind its values are of; counts where it does not say.
    pub(crate) kind: Option<Kind>,
    /// The value that is asked for; the last one where it does not say.
    pub(crate) number: Option<String>,
}
