//! What an observation is dated to, and how statistics name it.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

/// First and last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Period {
    /// Last day: what observations are ordered by.
    pub end: Date,
    /// First day; absent where it has no stated beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
}

/// How often values of such a period come, in the codes of the SDMX code list `CL_FREQ`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frequency {
    Annual,
    HalfYearly,
    Quarterly,
    Monthly,
    Daily,
    Other,
}

impl Frequency {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Annual => "A",
            Self::HalfYearly => "S",
            Self::Quarterly => "Q",
            Self::Monthly => "M",
            Self::Daily => "D",
            Self::Other => "_O",
        }
    }
}

impl Period {
    pub(super) fn frequency(self) -> Frequency {
        let Some(start) = self.start else { return Frequency::Daily };
        if start == self.end {
            return Frequency::Daily;
        }
        match self.whole_months() {
            Some(1) => Frequency::Monthly,
            Some(3) if start.month() % 3 == 1 => Frequency::Quarterly,
            Some(6) if start.month() % 6 == 1 => Frequency::HalfYearly,
            Some(12) if start.month() == 1 => Frequency::Annual,
            _ => Frequency::Other,
        }
    }

    /// The number of whole calendar months that the period is.
    fn whole_months(self) -> Option<i32> {
        let start = self.start?;
        let whole = start.day() == 1 && self.end == self.end.last_of_month() && start <= self.end;
        let months =
            i32::from(self.end.year() - start.year()) * 12 + i32::from(self.end.month() - start.month()) + 1;
        whole.then_some(months)
    }

    /// The name in the time format of SDMX 3.0: `2020`, `2020-S1`, `2020-Q3`, `2020-06`, `2020-06-18`, or a range as
    /// first day and length, `2020-01-01/P9M`.
    pub fn name(self) -> String {
        let (end, month) = (self.end, self.end.month());
        match self.frequency() {
            Frequency::Annual => format!("{:04}", end.year()),
            Frequency::HalfYearly => format!("{:04}-S{}", end.year(), month / 6),
            Frequency::Quarterly => format!("{:04}-Q{}", end.year(), month / 3),
            Frequency::Monthly => format!("{:04}-{month:02}", end.year()),
            Frequency::Daily => end.to_string(),
            Frequency::Other => self.range(),
        }
    }

    /// Names how long it is, so that periods of one length have one name: `A`, `Q`, `P9M`.
    pub(super) fn length(self) -> String {
        match self.frequency() {
            Frequency::Other => self.range().split('/').next_back().unwrap_or_default().to_owned(),
            frequency => frequency.code().to_owned(),
        }
    }

    /// For reading: as [`Self::name`], but a range as its first and last day.
    pub(super) fn words(self) -> String {
        match (self.frequency(), self.start) {
            (Frequency::Other, Some(start)) => format!("{start} – {}", self.end),
            _ => self.name(),
        }
    }

    fn range(self) -> String {
        let start = self.start.unwrap_or(self.end);
        match self.whole_months() {
            Some(months) if months % 12 == 0 => format!("{start}/P{}Y", months / 12),
            Some(months) => format!("{start}/P{months}M"),
            None => {
                let days = self.end.checked_add(1.day()).ok().and_then(|next| start.until(next).ok());
                format!("{start}/P{}D", days.map_or(0, |span| span.get_days()))
            }
        }
    }
}
