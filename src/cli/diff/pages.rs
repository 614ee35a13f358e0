//! `solieu diff --pages`: what changed in the articles that are found.

use std::io::Write as _;
use std::path::PathBuf;

use solieu::page::PageRules;
use solieu::review::diff::render::Style;
use solieu::review::pages::{self, PageChange, Side, render};
use solieu::rules::RuleSources;
use solieu::sink::SinkError;
use solieu::source::Problem;

use super::reading::Reading;
use super::sides::{Named, Sides};
use super::{DiffArgs, Form, cannot_write};

/// Whether anything differs.
pub(super) fn run(args: &DiffArgs, named: &Named, reading: &Reading) -> anyhow::Result<bool> {
    let (rules, inputs, roots) = match &named.sides {
        Sides::Places([old, new]) => {
            let builtin = RuleSources::builtin();
            let rules = [PageRules::compile(&builtin)?, PageRules::compile(&builtin)?];
            let roots = [Some(PathBuf::from(old)), Some(PathBuf::from(new))];
            (rules, [vec![old.clone()], vec![new.clone()]], roots)
        }
        Sides::Rules(sources, paths) => {
            let rules = [PageRules::compile(&sources[0])?, PageRules::compile(&sources[1])?];
            (rules, [paths.clone(), paths.clone()], [None, None])
        }
    };
    let [old_rules, new_rules] = &rules;
    let ([old_inputs, new_inputs], [old_root, new_root]) = (inputs, roots);
    let old = Side { inputs: old_inputs, rules: old_rules, root: old_root, fields: args.fields.fields() };
    let new = Side { inputs: new_inputs, rules: new_rules, root: new_root, fields: args.fields.fields() };
    Ok(print(args, named, &old, &new, reading)?)
}

fn print(
    args: &DiffArgs,
    named: &Named,
    old: &Side<'_>,
    new: &Side<'_>,
    reading: &Reading,
) -> Result<bool, SinkError> {
    let mut changes: Vec<PageChange> = Vec::new();
    let problem = |problem: &Problem| reading.problem(problem);
    let totals = pages::compare(old, new, &problem, &mut |page| -> Result<(), SinkError> {
        changes.push(page);
        Ok(())
    })?;
    reading.pages(totals.old + totals.new);
    changes.truncate(args.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX)));
    let hidden = totals.pages - changes.len() as u64;
    if !args.quiet {
        let style = Style { look: args.terminal.look(), context: args.unified, names: named.names.clone() };
        let mut out = args.terminal.open();
        let shown = render(&changes, hidden, &totals, &style, form(args));
        out.write_all(shown.as_bytes()).and_then(|()| out.finish()).map_err(|error| cannot_write(&error))?;
    }
    Ok(totals.pages > 0)
}

fn form(args: &DiffArgs) -> pages::Form {
    match args.format {
        _ if args.stat => pages::Form::Stat,
        _ if args.name_only => pages::Form::Names,
        Form::Text => pages::Form::Text,
        Form::Json => pages::Form::Json,
        Form::Markdown => pages::Form::Markdown,
        Form::Html => pages::Form::Html,
    }
}
