//! One person's part of a plan: they themselves, an application, and what is added to their profile.

use super::same::Leads;
use super::{Situation, digest, standing};
use crate::access::Granted;
use crate::candidate::{Details, Education, Employment};
use crate::ids::ActingUser;
use crate::plan::{Arm, Change, Intent, IntentKey};
use std::collections::BTreeSet;

/// What one person's plan has so far.
pub(super) struct Draft<'a> {
    s: &'a Situation,
    acting: ActingUser,
    granted: &'a Granted,
    pub(super) intents: Vec<Intent>,
    /// Scopes that are missing for it.
    pub(super) refused: BTreeSet<String>,
}

/// By what somebody gets into Greenhouse.
struct Entry {
    /// What later changes have to wait for.
    after: Option<IntentKey>,
    /// Whether we make them, so that their details are sent along.
    made: bool,
}

impl<'a> Draft<'a> {
    pub(super) const fn of(s: &'a Situation, acting: ActingUser, granted: &'a Granted) -> Self {
        Self {
            s,
            acting,
            granted,
            intents: Vec::new(),
            refused: BTreeSet::new(),
        }
    }

    /// Plans everything of the person.
    pub(super) fn plan(&mut self, arm: Arm, leads: &mut Leads) {
        let entry = match (self.s.linked, leads.of(self.s)) {
            (Some(_), _) => self.one_more_application(arm, None),
            (None, Some(lead)) => {
                leads.follow(self.s, &lead);
                let theirs = lead.application();
                if standing(theirs.as_slice(), &arm).is_some() {
                    Entry {
                        after: Some(lead.key),
                        made: false,
                    }
                } else {
                    self.one_more_application(arm, Some(lead.key))
                }
            }
            (None, None) => self.person(arm, leads),
        };
        self.details(&entry);
        self.additions(entry.after.as_ref());
    }

    fn person(&mut self, arm: Arm, leads: &mut Leads) -> Entry {
        let key = self.s.person_key();
        let there = match self.s.same_email.len() {
            1 => self.s.same_email.first().copied(),
            _ => None,
        };
        let is_made =
            self.s.known.contains(&key) || self.granted.may_try("harvest:candidates:create");
        if is_made && !self.s.stuck {
            leads.put(self.s, Some(&arm));
        }
        let change = Change::Person {
            candidate: Box::new(self.s.candidate.clone()),
            arm,
            source: self.s.source.found(),
            there,
        };
        self.add(key.clone(), change, None);
        Entry {
            after: Some(key),
            made: there.is_none(),
        }
    }

    /// Plans an application for somebody who is in Greenhouse, or will be after `after`, unless they stand there so.
    fn one_more_application(&mut self, arm: Arm, after: Option<IntentKey>) -> Entry {
        let person = self.s.person_key();
        let before = after.or_else(|| self.s.known.contains(&person).then_some(person));
        if standing(&self.s.applications, &arm).is_some() {
            return Entry {
                after: before,
                made: false,
            };
        }
        let what = match &arm {
            Arm::Candidate { job } => format!("candidate:{job}"),
            Arm::Prospect { job: Some(job), .. } => format!("prospect:{job}"),
            Arm::Prospect { job: None, .. } => "prospect".to_owned(),
        };
        let key = IntentKey(format!("{}/application/{what}", self.s.row));
        let source = self.s.source.found();
        self.add(key.clone(), Change::Application { arm, source }, before);
        Entry {
            after: Some(key),
            made: false,
        }
    }

    /// Plans what is new in their details. Whom we make gets them when they are made.
    fn details(&mut self, entry: &Entry) {
        let details = self.s.candidate.details();
        let version = match &self.s.sent {
            Some(sent) if sent.details == details => return,
            Some(sent) => sent.version,
            None if entry.made => return,
            None => 0,
        };
        let digest = digest(&[&serde_json::to_string(&details).unwrap_or_default()]);
        let key = IntentKey(format!("{}/details/{version}/{digest}", self.s.row));
        if version > 0 || says_something(&details) {
            let details = Box::new(details);
            self.add(key, Change::Details { details }, entry.after.clone());
        }
    }

    fn additions(&mut self, after: Option<&IntentKey>) {
        let candidate = &self.s.candidate;
        if !candidate.tags.is_empty() {
            let parts: Vec<&str> = candidate.tags.iter().map(String::as_str).collect();
            let tags = candidate.tags.clone();
            self.addition("tags", &parts, Change::Tags { tags }, after);
        }
        if let (Some(path), Some(sha256)) = (&candidate.resume, &self.s.resume_sha256) {
            let change = Change::Resume {
                path: path.clone(),
                sha256: sha256.clone(),
            };
            self.addition("resume", &[sha256], change, after);
        }
        if let Some(body) = &candidate.note {
            let change = Change::Note { body: body.clone() };
            self.addition("note", &[body], change, after);
        }
        for education in &candidate.educations {
            let change = Change::Education {
                education: education.clone(),
            };
            self.addition("education", &parts_of_education(education), change, after);
        }
        for employment in &candidate.employments {
            let change = Change::Employment {
                employment: employment.clone(),
            };
            self.addition(
                "employment",
                &parts_of_employment(employment),
                change,
                after,
            );
        }
    }

    fn addition(&mut self, kind: &str, parts: &[&str], change: Change, after: Option<&IntentKey>) {
        let key = IntentKey(format!("{}/{kind}/{}", self.s.row, digest(parts)));
        self.add(key, change, after.cloned());
    }

    fn add(&mut self, key: IntentKey, change: Change, after: Option<IntentKey>) {
        if self.s.known.contains(&key) || self.intents.iter().any(|there| there.key == key) {
            return;
        }
        if !self.granted.may_try(change.scope()) {
            self.refused.insert(change.scope().to_owned());
            return;
        }
        if after.as_ref().is_some_and(|key| self.never_comes(key)) {
            return;
        }
        self.intents.push(Intent {
            key,
            candidate: self.s.row,
            acting: self.acting,
            change,
            after,
        });
    }

    /// Whether what has to come first is neither under way nor planned. Another person's was planned before this one.
    fn never_comes(&self, after: &IntentKey) -> bool {
        let ours = after.0.starts_with(&format!("{}/", self.s.row));
        ours && !self.s.known.contains(after) && !self.intents.iter().any(|it| it.key == *after)
    }
}

/// Whether there is anything beside a name.
fn says_something(details: &Details) -> bool {
    let names_alone = Details {
        first_name: details.first_name.clone(),
        last_name: details.last_name.clone(),
        ..Details::default()
    };
    *details != names_alone
}

fn parts_of_education(e: &Education) -> [&str; 5] {
    [&e.school, &e.degree, &e.discipline, &e.start, &e.end].map(|it| it.as_deref().unwrap_or(""))
}

fn parts_of_employment(e: &Employment) -> [&str; 4] {
    [
        &e.company,
        &e.title,
        e.start.as_deref().unwrap_or(""),
        e.end.as_deref().unwrap_or(""),
    ]
}
