//! The words of the record for its closed lists.

use std::str::FromStr;

use super::{Direction, Kind, Qualifier, Status, TimeRole, TimeSource};

macro_rules! names {
    ($type:ident: $($variant:ident = $name:literal),+) => {
        impl $type {
            #[cfg(test)]
            const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word that stands in the record.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl FromStr for $type {
            type Err = String;

            fn from_str(word: &str) -> Result<Self, String> {
                match word {
                    $($name => Ok(Self::$variant),)+
                    _ => Err(format!(concat!(stringify!($type), " {:?} is not known"), word)),
                }
            }
        }
    };
}

names!(Kind: Percentage = "percentage", PercentagePoint = "percentage_point", Count = "count", Money = "money",
    Rank = "rank", Share = "share", Rate = "rate", Multiple = "multiple", Index = "index", Quantity = "quantity");
names!(Qualifier: About = "about", Nearly = "nearly", Over = "over", Under = "under", AtLeast = "at_least",
    AtMost = "at_most");
names!(Direction: Increase = "increase", Decrease = "decrease");
names!(Status: Actual = "actual", Target = "target", Estimate = "estimate");
names!(TimeRole: During = "during", AsOf = "as_of", By = "by", Since = "since");
names!(TimeSource: Sentence = "sentence", Context = "context", Document = "document");

#[cfg(test)]
mod tests {
    use super::*;

    /// serde derives the words of the record by itself.
    #[test]
    fn words_are_those_of_the_record() {
        macro_rules! same {
            ($($type:ident),+) => {
                $(for name in $type::ALL {
                    assert_eq!(serde_json::to_value(name).unwrap(), name.as_str());
                    assert_eq!(name.as_str().parse(), Ok(*name));
                })+
            };
        }
        same!(Kind, Qualifier, Direction, Status, TimeRole, TimeSource);
    }
}
