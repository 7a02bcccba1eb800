//! After a lost answer: looking whether a write took effect. Only what was surely absent is sent again.

use super::Push;
use super::attempt::{End, Seen};
use super::find::{Search, is_marked, seen_application, seen_candidate, standing};
use super::resume::file_name;
use super::send::{There, found_to_be_there, there};
use crate::error::{Code, Error};
use domain::candidate::SourcedCandidate;
use domain::ids::CandidateId;
use domain::plan::{Arm, Change, Effect};
use greenhouse::Filter;
use greenhouse::error::Error as Harvest;
use greenhouse::wire::words::AttachmentType;
use jiff::{SignedDuration, Timestamp};
use store::{Answer, AttemptOutcome, Claim};

/// How long a write may still be taking effect after its answer was lost. Looked for earlier and absent, it is looked
/// for once more.
const SETTLED_AFTER: SignedDuration = SignedDuration::from_secs(4);

/// When a write was under way whose answer was lost.
struct Lost {
    /// It was not sent before.
    sent_after: Timestamp,
    /// Until then its answer was waited for: a slow server may be at it still.
    given_up_at: Timestamp,
}

impl Push<'_> {
    /// Looks whether an intent of unknown outcome took effect, and puts down what was found.
    pub(super) async fn look(&self, claim: Claim) -> Result<(), Error> {
        let kind = claim.intent.change.kind().name();
        self.note(&claim, &format!("look for {kind}")).await?;
        let lost = self.lost(&claim).await?;
        let end = match &claim.intent.change {
            Change::Person { candidate, arm, .. } => {
                self.look_for_person(candidate, arm, lost.sent_after).await
            }
            other => match self.linked(&claim).await? {
                Some(candidate) => self.look_with(&claim, other, candidate).await?,
                None => Ok(End::Absent),
            },
        };
        let end = match end {
            Ok(End::Absent) if !self.is_settled(&lost) => {
                End::Soon("It may still be taking effect")
            }
            Ok(end) => end,
            Err(error) if error.is_denied() => by_hand(),
            Err(error) => End::of(error),
        };
        self.put_down(claim, end).await
    }

    fn is_settled(&self, lost: &Lost) -> bool {
        self.run.engine.now().duration_since(lost.given_up_at) >= SETTLED_AFTER
    }

    /// Returns when the write whose answer was lost was sent, as far as it is known.
    async fn lost(&self, claim: &Claim) -> Result<Lost, Error> {
        let outbox = claim.outbox;
        let attempts = self
            .run
            .engine
            .db()
            .read(move |reader| reader.outbox().attempts(outbox))
            .await?;
        let mut lost = attempts
            .iter()
            .filter(|it| it.outcome == AttemptOutcome::Unknown && it.id != claim.attempt);
        let now = self.run.engine.now();
        let lost = lost.next_back();
        let sent_after = lost.map_or(now, |it| it.started_at);
        Ok(Lost {
            sent_after,
            given_up_at: lost.and_then(|it| it.ended_at).unwrap_or(sent_after),
        })
    }

    async fn look_for_person(
        &self,
        who: &SourcedCandidate,
        arm: &Arm,
        since: Timestamp,
    ) -> Result<End, Harvest> {
        let mut found = self.with_email(who).await?;
        if found.is_empty() {
            match self.marked(who, since).await? {
                Search::Found(person) => found.push(*person),
                Search::Nobody => {}
                Search::Unfinished => return Ok(too_many()),
            }
        }
        let person = match there(who, found) {
            There::Nobody => return Ok(End::Absent),
            There::Several(seen) => return Ok(End::PlanAnew(seen)),
            There::One(person) => *person,
        };
        let is_ours = is_marked(&person.value, who);
        let candidate = person.value.id;
        let found = self.applications(candidate).await?;
        // A person without the application is not what was asked for: sending finds them and adds it.
        let Some(application) = standing(&found, arm) else {
            return Ok(End::Absent);
        };
        let mut seen: Vec<Seen> = found.into_iter().filter_map(seen_application).collect();
        seen.extend(seen_candidate(person));
        let effect = Effect {
            candidate: Some(candidate),
            application: Some(application),
            found: !is_ours,
            ..Effect::default()
        };
        Ok(End::Done(effect, Answer::default(), seen))
    }

    async fn look_with(
        &self,
        claim: &Claim,
        change: &Change,
        candidate: CandidateId,
    ) -> Result<Result<End, Harvest>, Error> {
        Ok(match change {
            Change::Application { arm, .. } => self.look_for_application(candidate, arm).await,
            // Adding them again adds nothing, so they are sent as anything is: where that is still allowed.
            Change::Tags { .. } => Ok(End::Absent),
            Change::Resume { path, .. } => {
                let application = self.application_for_files(claim, candidate).await?;
                match application {
                    Some(Ok(application)) => {
                        let files = Filter::all().applications([application]);
                        self.look_for_file(candidate, files, path).await
                    }
                    Some(Err(error)) => Err(error),
                    None => Ok(End::Absent),
                }
            }
            Change::Note { body } => self.look_for_note(candidate, body).await,
            Change::Education { education } => self.look_for_education(candidate, education).await,
            Change::Employment { employment } => {
                self.look_for_employment(candidate, employment).await
            }
            Change::Person { .. } => Ok(End::Absent),
        })
    }

    async fn look_for_application(
        &self,
        candidate: CandidateId,
        arm: &Arm,
    ) -> Result<End, Harvest> {
        let found = self.applications(candidate).await?;
        Ok(standing(&found, arm).map_or(End::Absent, |application| {
            found_to_be_there(candidate, Some(application), None, Vec::new())
        }))
    }

    async fn look_for_file(
        &self,
        candidate: CandidateId,
        filter: Filter,
        path: &str,
    ) -> Result<End, Harvest> {
        if !self.may("attachments") {
            return Ok(by_hand());
        }
        let name = file_name(path);
        let found = self
            .run
            .harvest
            .attachments()
            .list(&filter)
            .all()
            .await?
            .into_iter()
            .find(|it| {
                it.value.filename.as_deref() == Some(name.as_str())
                    && it
                        .value
                        .kind
                        .as_ref()
                        .is_none_or(|kind| *kind == AttachmentType::Resume)
            });
        Ok(found.map_or(End::Absent, |it| made(candidate, it.value.id.get())))
    }

    async fn look_for_note(&self, candidate: CandidateId, body: &str) -> Result<End, Harvest> {
        if !self.may("notes") {
            return Ok(by_hand());
        }
        let theirs = Filter::all().candidates([candidate]);
        let notes = self.run.harvest.notes().list(&theirs).all().await?;
        let found = notes.into_iter().find(|it| {
            it.value.candidate_id == Some(candidate)
                && it
                    .value
                    .body
                    .as_deref()
                    .is_some_and(|text| text.trim() == body.trim())
        });
        Ok(found.map_or(End::Absent, |it| made(candidate, it.value.id.get())))
    }

    async fn look_for_education(
        &self,
        candidate: CandidateId,
        education: &domain::candidate::Education,
    ) -> Result<End, Harvest> {
        if !self.may("candidate_educations") {
            return Ok(by_hand());
        }
        let studied = self.studied(education).await?;
        let theirs = Filter::all().candidates([candidate]);
        let educations = self.run.harvest.educations().list(&theirs).all().await?;
        let found = educations.into_iter().find(|it| {
            let it = &it.value;
            it.candidate_id == Some(candidate)
                && it.school_name_custom_field_option_id == studied.school
                && it.degree_custom_field_option_id == studied.degree
                && it.discipline_custom_field_option_id == studied.discipline
        });
        Ok(found.map_or(End::Absent, |it| made(candidate, it.value.id.get())))
    }

    async fn look_for_employment(
        &self,
        candidate: CandidateId,
        employment: &domain::candidate::Employment,
    ) -> Result<End, Harvest> {
        if !self.may("candidate_employments") {
            return Ok(by_hand());
        }
        let theirs = Filter::all().candidates([candidate]);
        let employments = self.run.harvest.employments().list(&theirs).all().await?;
        let found = employments.into_iter().find(|it| {
            let it = &it.value;
            it.candidate_id == Some(candidate)
                && it.company_name.as_deref() == Some(employment.company.as_str())
                && it.title.as_deref() == Some(employment.title.as_str())
        });
        Ok(found.map_or(End::Absent, |it| made(candidate, it.value.id.get())))
    }

    fn may(&self, list: &str) -> bool {
        self.run.granted.may_try(&format!("harvest:{list}:list"))
    }
}

/// It is there, and by our doing.
fn made(candidate: CandidateId, id: i64) -> End {
    found_to_be_there(candidate, None, Some(id), Vec::new())
}

fn by_hand() -> End {
    End::Refused(
        Code::OutcomeUnknown,
        "The answer was lost, and the permission to look whether it arrived is missing".to_owned(),
    )
}

fn too_many() -> End {
    End::Refused(
        Code::OutcomeUnknown,
        "The answer was lost, and too many people were added since to look through them".to_owned(),
    )
}
