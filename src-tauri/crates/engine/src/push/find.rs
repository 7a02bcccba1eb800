//! Looking in Greenhouse for what may be there already.

use super::Push;
use super::attempt::Seen;
use super::evidence::{Likeness, is_marked, likeness};
use crate::error::Error;
use crate::pull::Mirrored as _;
use domain::candidate::SourcedCandidate;
use domain::ids::{ApplicationId, CandidateId};
use domain::mapping::folded_email;
use domain::plan::Arm;
use domain::reconcile::KnownApplication;
use domain::watermark::{OVERLAP, Window};
use greenhouse::error::Error as Harvest;
use greenhouse::wire::words::ApplicationStatus;
use greenhouse::wire::{Application, Candidate};
use greenhouse::{Filter, Record};
use jiff::Timestamp;
use store::Claim;

/// Pages read at most in the search for somebody we may have made; a page holds 500 people.
const MOST_PAGES: u32 = 20;

/// What came of the search for somebody we may have made.
pub(super) enum Search {
    Found(Box<Record<Candidate>>),
    /// Somebody of the name was made at the time, and nothing tells who they are.
    Perhaps(CandidateId),
    /// Everybody was looked at.
    Nobody,
    /// There were more than are read: who was not seen may be there all the same.
    Unfinished,
}

/// Whom Greenhouse has by a person's addresses.
pub(super) enum ByEmail {
    /// Everybody with one of them; empty for nobody.
    These(Vec<Record<Candidate>>),
    /// Somebody it found by one of them, without saying which they have: nothing tells that it is another person.
    Unsaid(CandidateId),
}

impl Push<'_> {
    /// Finds everybody with one of a person's addresses.
    pub(super) async fn with_email(&self, who: &SourcedCandidate) -> Result<ByEmail, Harvest> {
        let found = self
            .run
            .harvest
            .candidates()
            .find_by_email(&who.emails)
            .await?;
        Ok(by_email(who, found))
    }

    /// Finds the person we made since `since` by our clock: by our address among their websites, or else by name and
    /// profile or phone.
    pub(super) async fn made_since(
        &self,
        who: &SourcedCandidate,
        since: Timestamp,
    ) -> Result<Search, Harvest> {
        let filter = Filter::all().created(self.window_since(since).await?);
        let mut pages = self.run.harvest.candidates().list(&filter);
        let mut alike: Vec<(Likeness, Record<Candidate>)> = Vec::new();
        for _ in 0..MOST_PAGES {
            let Some(mut page) = pages.next().await? else {
                return Ok(likest(alike));
            };
            for person in std::mem::take(&mut page.records) {
                if is_marked(&person.value, who) {
                    return Ok(Search::Found(Box::new(person)));
                }
                let likeness = likeness(&person.value, who);
                if likeness > Likeness::None {
                    alike.push((likeness, person));
                }
            }
            pages.understood(&page)?;
        }
        Ok(Search::Unfinished)
    }

    /// Records carry Greenhouse's times, and the clock of a customer's computer may be far from them.
    async fn window_since(&self, since: Timestamp) -> Result<Window, Harvest> {
        let theirs = self.run.their_time().await?;
        let ahead = theirs.duration_since(self.run.engine.now());
        let since = since.saturating_add(ahead).unwrap_or(since);
        Ok(Window {
            from: since.checked_sub(OVERLAP).ok(),
            to: theirs.saturating_add(OVERLAP).unwrap_or(Timestamp::MAX),
        })
    }

    /// Finds somebody's applications.
    pub(super) async fn applications(
        &self,
        candidate: CandidateId,
    ) -> Result<Vec<Record<Application>>, Harvest> {
        let found = self
            .run
            .harvest
            .applications()
            .of_candidate(candidate)
            .await?;
        let theirs = |it: &Record<Application>| it.value.candidate_id == Some(candidate);
        Ok(found.into_iter().filter(theirs).collect())
    }

    /// Returns who the claim's person is in Greenhouse, as far as the store knows.
    pub(super) async fn linked(&self, claim: &Claim) -> Result<Option<CandidateId>, Error> {
        let person = claim.intent.candidate;
        self.run
            .engine
            .db()
            .read(move |reader| {
                let link = reader.links().find(person)?;
                // Whoever was merged lives on as somebody else.
                link.map(|link| reader.mirror().survivor(link.candidate))
                    .transpose()
            })
            .await
    }

    /// Returns the application that files go to: the latest we made or found, as far as the store knows.
    pub(super) async fn linked_application(
        &self,
        claim: &Claim,
    ) -> Result<Option<ApplicationId>, Error> {
        let person = claim.intent.candidate;
        self.run
            .engine
            .db()
            .read(move |reader| {
                let made = reader.links().applications(person)?;
                Ok(made.last().map(|it| it.application))
            })
            .await
    }
}

/// Tells who of those Greenhouse answered with has one of a person's addresses, or is ours by our mark.
fn by_email(who: &SourcedCandidate, found: Vec<Record<Candidate>>) -> ByEmail {
    let ours: Vec<String> = who.emails.iter().map(|email| folded_email(email)).collect();
    let is_theirs = |record: &Record<Candidate>| {
        let mut addresses = record.value.email_addresses.iter();
        addresses.any(|contact| ours.contains(&folded_email(&contact.value)))
            || is_marked(&record.value, who)
    };
    let (theirs, others): (Vec<_>, Vec<_>) = found.into_iter().partition(is_theirs);
    // A server that does not know the filter answers with everybody, and so with other addresses.
    let is_filtered = others.iter().all(|it| it.value.email_addresses.is_empty());
    match others.first() {
        Some(somebody) if theirs.is_empty() && is_filtered => ByEmail::Unsaid(somebody.value.id),
        _ => ByEmail::These(theirs),
    }
}

/// Somebody who is certainly meant, if there is just one; a name alone tells nobody.
fn likest(mut alike: Vec<(Likeness, Record<Candidate>)>) -> Search {
    alike.sort_by_key(|(likeness, _)| *likeness);
    let certain = alike
        .iter()
        .filter(|(it, _)| *it == Likeness::Certain)
        .count();
    match alike.pop() {
        None => Search::Nobody,
        Some((_, person)) if certain == 1 => Search::Found(Box::new(person)),
        Some((_, person)) => Search::Perhaps(person.value.id),
    }
}

/// Returns an address without what does not change where it leads.
pub(super) fn bare(address: &str) -> String {
    let address = address.trim().to_lowercase();
    let bare = address
        .split_once("://")
        .map_or(&*address, |(_, rest)| rest);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    bare.trim_end_matches('/').to_owned()
}

/// Returns somebody's applications as planning sees them.
pub(super) fn known(applications: &[Record<Application>]) -> Vec<KnownApplication> {
    applications.iter().map(|it| one_known(&it.value)).collect()
}

fn one_known(application: &Application) -> KnownApplication {
    let mut jobs = application.prospective_job_ids.clone();
    jobs.extend(application.job_id.filter(|job| !jobs.contains(job)));
    KnownApplication {
        id: application.id,
        jobs,
        prospect: application.prospect.unwrap_or_default(),
        rejected: !is_alive(application),
        ours: false,
    }
}

/// Returns the application that stands as the arm wants, or further.
pub(super) fn standing(applications: &[Record<Application>], arm: &Arm) -> Option<ApplicationId> {
    domain::reconcile::standing(&known(applications), arm).map(|it| it.id)
}

pub(super) fn is_alive(application: &Application) -> bool {
    application.rejected_at.is_none() && application.status != Some(ApplicationStatus::Rejected)
}

/// Keeps what was read on the way, for the mirror.
pub(super) fn seen_candidate(record: Record<Candidate>) -> Option<Seen> {
    let raw = String::from(Box::<str>::from(record.raw));
    let kept = record.value.kept(raw)?;
    Some(Seen::Candidate(Box::new(kept)))
}

/// Keeps what was read on the way, for the mirror.
pub(super) fn seen_application(record: Record<Application>) -> Option<Seen> {
    let raw = String::from(Box::<str>::from(record.raw));
    let kept = record.value.kept(raw)?;
    Some(Seen::Application(Box::new(kept)))
}
