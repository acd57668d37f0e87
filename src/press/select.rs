//! Which of the articles go into an issue, and in which order.
//!
//! In: what a survey found, and the publisher's [`Selection`]. Out: the survey with fewer
//! articles, its sections in the order asked for, and a word about what was left out.

use crate::import::{Source, Survey, Warning};
use std::collections::BTreeMap;
use varaq_bundle::Day;

/// What a publisher chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// First day of an article.
    pub since: Option<Day>,
    /// Last day of an article.
    pub until: Option<Day>,
    /// Only these sections, whatever their case; empty: all.
    pub sections: Vec<String>,
    /// Sections in their order; those not named follow as they come.
    pub order: Vec<String>,
    /// The article that leads: its file, its title or its id in 16 hex digits.
    pub lead: Option<String>,
    /// Most bytes of the file; what comes last in the order is left out first.
    pub max_bytes: Option<u64>,
}

/// An article was named that is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no article is named {found}")]
pub struct NoLead {
    /// The name.
    pub found: String,
}

impl Selection {
    /// Takes away what was not chosen, and puts the lead first.
    pub(crate) fn apply(&self, survey: &mut Survey) -> Result<(), NoLead> {
        self.days(survey);
        self.only(survey);
        if let Some(lead) = &self.lead {
            lead_with(survey, lead)?;
        }
        self.arrange(survey);
        Ok(())
    }

    fn days(&self, survey: &mut Survey) {
        if let Some(since) = self.since {
            leave_out(survey, &format!("before {since}"), |one, _| {
                one.day() < since
            });
        }
        if let Some(until) = self.until {
            leave_out(survey, &format!("after {until}"), |one, _| {
                one.day() > until
            });
        }
    }

    fn only(&self, survey: &mut Survey) {
        if self.sections.is_empty() {
            return;
        }
        for name in &self.sections {
            if !survey.sections.iter().any(|one| same(one, name)) {
                let what = format!("no article is in section {name}");
                survey.warnings.push(of_issue(what, false));
            }
        }
        let chosen = |name: &str| self.sections.iter().any(|one| same(one, name));
        leave_out(survey, "of other sections", |_, section| !chosen(section));
    }

    /// Sections that still have articles, in their order.
    fn arrange(&self, survey: &mut Survey) {
        let old = std::mem::take(&mut survey.sections);
        let place = |name: &str| self.order.iter().position(|one| same(one, name));
        // In the order of their first articles, but those that were named before others.
        let mut used: Vec<u32> = Vec::new();
        for source in &survey.sources {
            if !used.contains(&source.section) {
                used.push(source.section);
            }
        }
        if !self.order.is_empty() {
            used.sort_by_key(|&at| place(name_of(&old, at)).unwrap_or(usize::MAX));
        }
        let new: BTreeMap<u32, u32> = used.iter().copied().zip(0..).collect();
        survey.sections = used
            .iter()
            .map(|&at| name_of(&old, at).to_owned())
            .collect();
        for source in &mut survey.sources {
            source.section = new.get(&source.section).copied().unwrap_or(0);
        }
    }
}

fn name_of(sections: &[String], at: u32) -> &str {
    let at = usize::try_from(at).unwrap_or(usize::MAX);
    sections.get(at).map_or("", String::as_str)
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// What was chosen away is counted, not named: it may be years of articles.
fn leave_out(survey: &mut Survey, why: &str, unwanted: impl Fn(&Source, &str) -> bool) {
    let before = survey.sources.len();
    let sections = &survey.sections;
    survey
        .sources
        .retain(|one| !unwanted(one, name_of(sections, one.section)));
    let count = before - survey.sources.len();
    if count > 0 {
        let articles = if count == 1 { "article" } else { "articles" };
        let what = format!("{count} {articles} {why} left out");
        survey.warnings.push(of_issue(what, false));
    }
}

fn of_issue(what: String, skipped: bool) -> Warning {
    let (file, line) = ("selection".to_owned(), None);
    Warning {
        file,
        line,
        what,
        skipped,
    }
}

fn lead_with(survey: &mut Survey, name: &str) -> Result<(), NoLead> {
    let at = survey.sources.iter().position(|one| one.is_named(name));
    let Some(at) = at else {
        return Err(NoLead {
            found: name.to_owned(),
        });
    };
    survey.sources.iter_mut().for_each(|one| one.lead = false);
    let mut lead = survey.sources.remove(at);
    lead.lead = true;
    survey.sources.insert(0, lead);
    Ok(())
}
