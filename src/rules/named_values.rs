//! Closed lists that rule files name.

/// Makes an enumeration of what rule files call by these names, with all `NAMES` in its order.
macro_rules! named_values {
    ($(#[$list:meta])* $visible:vis enum $type:ident {
        $($(#[$value:meta])* $variant:ident = $name:literal,)*
    }) => {
        $(#[$list])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
        $visible enum $type {
            $($(#[$value])* #[serde(rename = $name)] $variant,)*
        }

        impl $type {
            /// What rule files call its values, in their order.
            pub(crate) const NAMES: &'static [&'static str] = &[$($name,)*];
        }
    };
}
pub(crate) use named_values;
