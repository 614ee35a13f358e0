//! The lists of cue words in `rules/time/`.

use super::schema::TimeFile;
use crate::rules::{Loaded, RuleError, merge_named};

macro_rules! cue_lists {
    ($(
        $(#[doc = $of:literal])* $stage:ident: $Stage:ident { $($(#[doc = $doc:literal])* $name:ident,)* }
    )*) => {
        /// Words that decide about times, by the stage that asks for them; each list has the name of that in the rule file.
        #[derive(Debug)]
        pub(super) struct CueLists {
            $($(#[doc = $of])* pub(super) $stage: $Stage,)*
        }

        $(
            $(#[doc = $of])*
            #[derive(Debug)]
            pub(super) struct $Stage {
                $($(#[doc = $doc])* pub(super) $name: Vec<String>,)*
            }
        )*

        impl CueLists {
            const NAMES: &'static [&'static str] = &[$($(stringify!($name),)*)*];

            fn load(words: impl Fn(&str) -> Vec<String>) -> Self {
                Self { $($stage: $Stage { $($name: words(stringify!($name)),)* },)* }
            }
        }
    };
}

cue_lists! {
    /// What the words of its clause make of an expression.
    settle: SettleCues {
        /// Words by which a time comes back every year.
        recurring,
        /// Words right before what comes back every year.
        each,
        /// Words of a clause, right before the time that comes back every year.
        yearly,
        /// Words behind a time of any year.
        usual,
        /// Words before the time at which something came to be.
        origins,
        /// Words for making it, behind whom it was made by.
        makers,
        /// Words before whoever made it.
        agents,
        /// Words before the time at which something was done.
        completions,
        /// Words for what is counted by when it was done.
        measures,
        /// Words of a clause that says since when.
        beginnings,
    }
    /// Where from the day of writing a time lies.
    resolve: ResolveCues {
        /// Words that let a month without a year lie ahead.
        future,
        /// Words right before a time that lies ahead.
        ahead,
        /// Words of `ahead` that tell of what has come.
        entered,
        /// Words behind a time of the near future.
        soon,
        /// Words behind a time that is not over.
        coming,
        /// Words before a time of the recent past.
        lately,
        /// Words behind a time of the recent past or the near future.
        just,
        /// Words of what is recalled.
        recalls,
    }
    /// What a figure is compared with.
    base: BaseCues {
        /// Words before a percentage that is a share of another period.
        equals,
        /// Words that compare a change with the same period.
        beside,
        /// Words before what is a part of another period's.
        ratios,
        /// Words between a multiple or a part and the period that it is of.
        of,
        /// Words that make a multiple one of another period.
        times,
        /// Words that lead from the base of a comparison to the level that was reached.
        reached,
        /// Words for what is planned for the time of the figure itself.
        plans,
    }
    /// Which figures an expression reaches.
    govern: GovernCues {
        /// Words that join two statements of one clause.
        joiners,
        /// Words that begin like one of these and join nothing.
        unjoined,
        /// Words that turn from one statement to another.
        turns,
        /// Words that may open a clause before a time which leads it.
        openers,
        /// Words that tell what follows.
        tellers,
        /// Words before these that say that something was told of.
        passives,
        /// Words with which parentheses begin that say what figures were taken from.
        attributed,
        /// Words for what is at some time, which a day in parentheses behind them tells.
        heads,
        /// Words for what is only remembered, or was laid down.
        remembered,
        /// Words for what was done with a report.
        issued,
        /// Words behind a level that a change began from.
        rises,
        /// Words before a level that a change began from.
        sources,
        /// Words behind a word of `rises` that lead to an upper bound.
        bounds,
        /// Words for a change from one level to another.
        changers,
        /// Words before such a beginning.
        applied,
        /// Words with which a beginning opens that dates a figure before it.
        onward,
        /// Words that begin a time up to which was counted.
        accounts,
        /// Words that tell of an event, whose time is not that of the figures before.
        events,
        /// Words that lead from an event to what it came to.
        results,
        /// Units of how old somebody is.
        ages,
        /// Words before an age that somebody once had.
        once,
    }
    /// What goes on with the time of an earlier sentence.
    carry: CarryCues {
        /// Words that open a sentence which goes on about the figures of the one before.
        continues,
        /// Words by which a sentence tells on about the event of the one before.
        narrates,
        /// Words that open a sentence which tells what came next.
        later,
        /// Words right before a level that a report states.
        levels,
        /// Units of time that rates are given in.
        periods,
        /// Units of what a person or thing is like.
        timeless,
        /// Words for what is counted without regard to time.
        notions,
        /// Words for some other time.
        elsewhen,
        /// Words for a time that is told nowhere.
        untold,
        /// Words at either end of a line that opens a list.
        lists,
        /// Words that begin a phrase before the subject.
        settings,
        /// Words for what figures are taken from.
        surveys,
        /// Words that titles of reports of every day begin with.
        bulletins,
    }
}

impl CueLists {
    /// The lists of all files, a later one in the place of an earlier one of the same name.
    ///
    /// # Errors
    ///
    /// A list that nothing asks for.
    pub(super) fn new(files: &[Loaded<TimeFile>]) -> Result<Self, RuleError> {
        for file in files {
            let unknown = |name: &str| !Self::NAMES.contains(&name);
            if let Some(list) = file.value.cues.iter().find(|list| unknown(list.name.get_ref())) {
                let message = format!("no list of cues is called `{}`", list.name.get_ref());
                let help = Some(format!("the lists are {}", Self::NAMES.join(", ")));
                return Err(RuleError { help, ..file.error(list.name.span(), message) });
            }
        }
        let lists = merge_named(files.iter().flat_map(|file| file.value.cues.iter().cloned()));
        let words = |name: &str| lists.iter().find(|list| list.name.get_ref() == name);
        Ok(Self::load(|name| words(name).map(|list| list.words.clone()).unwrap_or_default()))
    }
}
