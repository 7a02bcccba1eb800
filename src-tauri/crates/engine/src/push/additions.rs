//! What is added to somebody who is in Greenhouse: details, tags, a résumé, a note, educations and employments.

use super::NOT_LISTED;
use super::Push;
use super::attempt::End;
use super::body;
use super::details;
use super::evidence::{self, is_same_education, is_same_employment};
use super::find::seen_candidate;
use super::resume::{self, Unfit};
use super::send::{answer, found_to_be_there, made, of, stopped};
use crate::error::{Code, Error};
use domain::candidate::{Details, Education, Employment};
use domain::ids::CandidateId;
use domain::plan::Effect;
use greenhouse::error::Error as Harvest;
use greenhouse::harvest::Additions;
use greenhouse::wire::{Candidate, NewEducation, NewEmployment, PatchCandidate};
use greenhouse::{Filter, Record};
use jiff::SignedDuration;
use store::{Claim, LinkedHow};

/// An addition to somebody.
#[derive(Clone, Copy)]
pub(super) struct To<'a> {
    pub(super) claim: &'a Claim,
    pub(super) candidate: CandidateId,
}

impl Push<'_> {
    /// Brings their details up to date. Sending it again changes nothing, so it needs no looking up.
    pub(super) async fn details(&self, to: To<'_>, now: &Details) -> Result<End, Error> {
        let person = to.claim.intent.candidate;
        let db = self.run.engine.db();
        let sent = db
            .read(move |reader| reader.people().sent_details(person))
            .await?;
        let record = match self.read_person(to).await? {
            Ok(record) => record,
            Err(end) => return Ok(end),
        };
        let sent = sent.map(|it| it.details);
        let update = details::update(sent.as_ref(), now, &record.value);
        let mut end = self.patch(to, record, update.change).await?;
        if let End::Done(effect, ..) = &mut end {
            effect.kept = update.kept;
        }
        Ok(end)
    }

    /// Adds tags to those that are there. Sending it again adds nothing, so it needs no looking up.
    pub(super) async fn tags(&self, to: To<'_>, tags: &[String]) -> Result<End, Error> {
        let additions = Additions {
            tags: tags.to_vec(),
            ..Additions::default()
        };
        let record = match self.read_person(to).await? {
            Ok(record) => record,
            Err(end) => return Ok(end),
        };
        let change = additions.to(&record.value);
        self.patch(to, record, change).await
    }

    async fn patch(
        &self,
        to: To<'_>,
        record: Record<Candidate>,
        change: Option<PatchCandidate>,
    ) -> Result<End, Error> {
        let seen = || seen_candidate(record.clone()).into_iter().collect();
        let Some(change) = change else {
            return Ok(found_to_be_there(to.candidate, None, None, seen()));
        };
        let (acting, candidates) = (to.claim.intent.acting, self.run.harvest.candidates());
        let write = candidates.update(acting, to.candidate, &change);
        Ok(match self.write_out(to.claim, write).await? {
            Ok(receipt) => {
                let effect = Effect {
                    candidate: Some(to.candidate),
                    ..Effect::default()
                };
                End::Done(effect, answer(receipt.request_id), Vec::new())
            }
            Err(end) => end,
        })
    }

    /// Reads somebody as they stand now. Whom we made a moment ago may not be in the lists yet.
    async fn read_person(&self, to: To<'_>) -> Result<Result<Record<Candidate>, End>, Error> {
        let candidates = self.run.harvest.candidates();
        let found = self.run.unless_stopped(candidates.find(to.candidate)).await;
        Ok(match found {
            Ok(Ok(Some(record))) => Ok(record),
            Ok(Ok(None)) => {
                let detail = "They are no longer in Greenhouse, or were merged into somebody else";
                Err(End::Refused(Code::NotFound, detail.to_owned()))
            }
            Ok(Err(error)) => Err(End::of(error)),
            Err(_) => Err(stopped()),
        })
    }

    /// Whether somebody or their application was made so lately that Greenhouse may not show them yet.
    pub(super) async fn is_fresh(&self, claim: &Claim) -> Result<bool, Error> {
        let person = claim.intent.candidate;
        let db = self.run.engine.db();
        let (link, last) = db
            .read(move |reader| {
                let last = reader.links().applications(person)?.pop();
                Ok((reader.links().find(person)?, last))
            })
            .await?;
        let lag = SignedDuration::try_from(self.run.engine.options().read_lag).unwrap_or_default();
        let now = self.run.engine.now();
        let known = link.map(|it| it.linked_at);
        let made = known.max(last.map(|it| it.linked_at));
        Ok(made.is_some_and(|at| now.duration_since(at) <= lag))
    }

    pub(super) async fn resume(&self, to: To<'_>, path: &str, sha256: &str) -> Result<End, Error> {
        let Some(application) = self.application_for_files(to.claim, to.candidate).await? else {
            return Ok(End::Soon("The application it belongs to is not there yet"));
        };
        let application = match application {
            Ok(application) => application,
            Err(error) => return Ok(End::of(error)),
        };
        let (path, sha256, key) = (
            path.to_owned(),
            sha256.to_owned(),
            to.claim.intent.key.clone(),
        );
        let read =
            tokio::task::spawn_blocking(move || resume::read(&path, &sha256, application, &key));
        let upload = match read.await {
            Ok(Ok(upload)) => upload,
            Ok(Err(unfit)) => {
                return Ok(End::Refused(
                    Code::FileUnreadable,
                    unfit_words(unfit).to_owned(),
                ));
            }
            Err(error) => {
                return Err(
                    Error::new(Code::Unexpected, "Reading a résumé broke off").caused_by(error)
                );
            }
        };
        let (acting, attachments) = (to.claim.intent.acting, self.run.harvest.attachments());
        let write = attachments.create(acting, &upload);
        let mut end = match self.write_out(to.claim, write).await? {
            Ok(receipt) => made(to.candidate, of(receipt, |id| id.get())),
            Err(end) => end,
        };
        if let End::Done(effect, ..) = &mut end {
            effect.application = Some(application);
        }
        Ok(end)
    }

    pub(super) async fn note(&self, to: To<'_>, body: &str) -> Result<End, Error> {
        let Claim { intent, .. } = to.claim;
        let text = evidence::note_text(body, &intent.key);
        let note = body::note(to.candidate, text, intent.acting);
        let notes = self.run.harvest.notes();
        let write = notes.create(intent.acting, &note);
        Ok(match self.write_out(to.claim, write).await? {
            Ok(receipt) => made(to.candidate, of(receipt, |id| id.get())),
            Err(end) => end,
        })
    }

    pub(super) async fn education(&self, to: To<'_>, education: &Education) -> Result<End, Error> {
        let studied = match self.studied(education).await {
            Ok(studied) => studied,
            Err(error) => return Ok(End::of(error)),
        };
        // Greenhouse takes names from its lists alone: sent without them, they would be lost and nobody would know.
        if let Some(lacking) = Self::unlisted(education, studied)
            && !self.goes_on_in_spite(to.claim, NOT_LISTED).await?
        {
            let detail = format!("Not in Greenhouse’s lists: {lacking}");
            return Ok(End::Refused(Code::NotListed, detail));
        }
        let Some(new) = body::education(to.candidate, education, studied) else {
            // A person said to go on without what the lists lack, and that is all there was.
            return Ok(found_to_be_there(to.candidate, None, None, Vec::new()));
        };
        if self.was_there_before_us(to.claim).await? && self.may("candidate_educations") {
            match self.find_education(&new).await {
                Ok(Some(id)) => {
                    return Ok(found_to_be_there(to.candidate, None, Some(id), Vec::new()));
                }
                Ok(None) => {}
                Err(error) => return Ok(End::of(error)),
            }
        }
        let (acting, educations) = (to.claim.intent.acting, self.run.harvest.educations());
        Ok(
            match self
                .write_out(to.claim, educations.create(acting, &new))
                .await?
            {
                Ok(receipt) => made(to.candidate, of(receipt, |id| id.get())),
                Err(end) => end,
            },
        )
    }

    pub(super) async fn employment(
        &self,
        to: To<'_>,
        employment: &Employment,
    ) -> Result<End, Error> {
        let Some(new) = body::employment(to.candidate, employment) else {
            let detail = "An employment without a start cannot be added in Greenhouse";
            return Ok(End::Refused(Code::InputInvalid, detail.to_owned()));
        };
        if self.was_there_before_us(to.claim).await? && self.may("candidate_employments") {
            match self.find_employment(&new).await {
                Ok(Some(id)) => {
                    return Ok(found_to_be_there(to.candidate, None, Some(id), Vec::new()));
                }
                Ok(None) => {}
                Err(error) => return Ok(End::of(error)),
            }
        }
        let (acting, employments) = (to.claim.intent.acting, self.run.harvest.employments());
        Ok(
            match self
                .write_out(to.claim, employments.create(acting, &new))
                .await?
            {
                Ok(receipt) => made(to.candidate, of(receipt, |id| id.get())),
                Err(end) => end,
            },
        )
    }

    /// Returns the id of an education that is there already.
    pub(super) async fn find_education(&self, new: &NewEducation) -> Result<Option<i64>, Harvest> {
        let theirs = Filter::all().candidates([new.candidate_id]);
        let there = self
            .run
            .harvest
            .educations()
            .list(&theirs)
            .all_understood()
            .await?;
        let found = there
            .into_iter()
            .find(|it| is_same_education(&it.value, new));
        Ok(found.map(|it| it.value.id.get()))
    }

    /// Returns the id of an employment that is there already.
    pub(super) async fn find_employment(
        &self,
        new: &NewEmployment,
    ) -> Result<Option<i64>, Harvest> {
        let theirs = Filter::all().candidates([new.candidate_id]);
        let there = self
            .run
            .harvest
            .employments()
            .list(&theirs)
            .all_understood()
            .await?;
        let found = there
            .into_iter()
            .find(|it| is_same_employment(&it.value, new));
        Ok(found.map(|it| it.value.id.get()))
    }

    /// Whether somebody was in Greenhouse before we sent them, so that a recruiter may have put the same there.
    async fn was_there_before_us(&self, claim: &Claim) -> Result<bool, Error> {
        let person = claim.intent.candidate;
        let db = self.run.engine.db();
        let link = db.read(move |reader| reader.links().find(person)).await?;
        Ok(link.is_none_or(|link| link.how != LinkedHow::Created))
    }

    /// Whether a list may be read.
    pub(super) fn may(&self, list: &str) -> bool {
        self.run.granted.may_try(&format!("harvest:{list}:list"))
    }
}

const fn unfit_words(unfit: Unfit) -> &'static str {
    match unfit {
        Unfit::Gone => "The résumé is not where it was when it was taken in",
        Unfit::Changed => {
            "The résumé is not the file it was when it was taken in; hand the person over again"
        }
    }
}
