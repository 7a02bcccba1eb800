//! After a lost answer: looking whether a write took effect. Only what was surely absent is sent again.

use super::Push;
use super::attempt::{End, Seen};
use super::body;
use super::evidence::{is_marked, is_our_file, is_our_note};
use super::find::{ByEmail, Search, seen_application, seen_candidate, standing};
use super::person::{There, there};
use crate::error::{Code, Error};
use domain::candidate::{Education, Employment, SourcedCandidate};
use domain::ids::CandidateId;
use domain::plan::{Arm, Change, Effect};
use greenhouse::Filter;
use greenhouse::error::Error as Harvest;
use jiff::{SignedDuration, Timestamp};
use store::{Answer, AttemptOutcome, Claim};

/// The first wait between two looks; each is as long as it has been since the answer was lost.
const FIRST_WAIT: SignedDuration = SignedDuration::from_millis(500);

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
        let noted = claim.clone();
        let db = self.run.engine.db();
        db.write(move |tx| tx.outbox().note_look(&noted, &format!("look for {kind}")))
            .await?;
        let lost = self.lost(&claim).await?;
        let looked = self
            .run
            .unless_stopped(self.look_for(&claim, lost.sent_after))
            .await;
        let end = match looked {
            Ok(Ok(Ok(End::Absent))) => self.absent(&lost),
            // One of them may be ours, and its mark not to be seen yet.
            Ok(Ok(Ok(End::PlanAnew(seen)))) => {
                let wait = self.wait_for_lists(&lost);
                wait.map_or(End::PlanAnew(seen), End::LookAgain)
            }
            Ok(Ok(Ok(end))) => end,
            Ok(Ok(Err(error))) if error.is_denied() => by_hand(),
            Ok(Ok(Err(error))) => End::of(error),
            Ok(Err(error)) => return Err(error),
            Err(_) => End::LookAgain(SignedDuration::ZERO),
        };
        self.put_down(claim, end).await
    }

    async fn look_for(
        &self,
        claim: &Claim,
        since: Timestamp,
    ) -> Result<Result<End, Harvest>, Error> {
        Ok(match &claim.intent.change {
            Change::Person { candidate, arm, .. } => {
                self.look_for_person(candidate, arm, since).await
            }
            other => match self.linked(claim).await? {
                Some(candidate) => return self.look_with(claim, other, candidate).await,
                None => Ok(End::Absent),
            },
        })
    }

    /// It was not found. Lists may be behind, so it counts as absent only after they have had time to catch up.
    fn absent(&self, lost: &Lost) -> End {
        self.wait_for_lists(lost)
            .map_or(End::Absent, End::LookAgain)
    }

    /// Returns when to look again while lists may still be behind; nothing once they have caught up.
    fn wait_for_lists(&self, lost: &Lost) -> Option<SignedDuration> {
        let since = self.run.engine.now().duration_since(lost.given_up_at);
        let lag = self.run.engine.options().read_lag;
        let left = SignedDuration::try_from(lag).unwrap_or_default() - since;
        (left > SignedDuration::ZERO).then(|| since.max(FIRST_WAIT).min(left))
    }

    /// Returns when the write whose answer was lost was sent at the earliest, and given up at the latest.
    async fn lost(&self, claim: &Claim) -> Result<Lost, Error> {
        let outbox = claim.outbox;
        let db = self.run.engine.db();
        let attempts = db
            .read(move |reader| reader.outbox().attempts(outbox))
            .await?;
        let mut lost = attempts
            .iter()
            .filter(|it| it.outcome == AttemptOutcome::Unknown && it.id != claim.attempt);
        let now = self.run.engine.now();
        let first = lost.clone().next();
        let last = lost.next_back().and_then(|it| it.ended_at);
        let sent_after = first.map_or(now, |it| it.started_at);
        Ok(Lost {
            sent_after,
            given_up_at: last.unwrap_or(sent_after),
        })
    }

    async fn look_for_person(
        &self,
        who: &SourcedCandidate,
        arm: &Arm,
        since: Timestamp,
    ) -> Result<End, Harvest> {
        let mut found = match self.with_email(who).await? {
            ByEmail::These(found) => found,
            ByEmail::Unsaid(candidate) => return Ok(unsaid(candidate)),
        };
        if found.is_empty() {
            match self.made_since(who, since).await? {
                Search::Found(person) => found.push(*person),
                Search::Perhaps(candidate) => return Ok(perhaps(candidate)),
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
            // Sending them again changes nothing, so they are sent as anything is: where that is still allowed.
            Change::Details { .. } | Change::Tags { .. } => Ok(End::Again),
            Change::Resume { .. } => match self.application_for_files(claim, candidate).await? {
                Some(Ok(application)) => {
                    let files = Filter::all().applications([application]);
                    self.look_for_file(claim, candidate, files).await
                }
                Some(Err(error)) => Err(error),
                None => Ok(End::Absent),
            },
            Change::Note { .. } => self.look_for_note(claim, candidate).await,
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
            let effect = Effect {
                candidate: Some(candidate),
                application: Some(application),
                ..Effect::default()
            };
            End::Done(effect, Answer::default(), Vec::new())
        }))
    }

    async fn look_for_file(
        &self,
        claim: &Claim,
        candidate: CandidateId,
        filter: Filter,
    ) -> Result<End, Harvest> {
        if !self.may("attachments") {
            return Ok(by_hand());
        }
        let files = self
            .run
            .harvest
            .attachments()
            .list(&filter)
            .all_understood()
            .await?;
        let key = &claim.intent.key;
        let found = files.into_iter().find(|it| is_our_file(&it.value, key));
        Ok(found.map_or(End::Absent, |it| made(candidate, it.value.id.get())))
    }

    async fn look_for_note(&self, claim: &Claim, candidate: CandidateId) -> Result<End, Harvest> {
        if !self.may("notes") {
            return Ok(by_hand());
        }
        let theirs = Filter::all().candidates([candidate]);
        let notes = self
            .run
            .harvest
            .notes()
            .list(&theirs)
            .all_understood()
            .await?;
        let key = &claim.intent.key;
        let found = notes.into_iter().find(|it| is_our_note(&it.value, key));
        Ok(found.map_or(End::Absent, |it| made(candidate, it.value.id.get())))
    }

    async fn look_for_education(
        &self,
        candidate: CandidateId,
        education: &Education,
    ) -> Result<End, Harvest> {
        if !self.may("candidate_educations") {
            return Ok(by_hand());
        }
        let studied = self.studied(education).await?;
        let Some(new) = body::education(candidate, education, studied) else {
            return Ok(End::Absent);
        };
        let found = self.find_education(&new).await?;
        Ok(found.map_or(End::Absent, |id| made(candidate, id)))
    }

    async fn look_for_employment(
        &self,
        candidate: CandidateId,
        employment: &Employment,
    ) -> Result<End, Harvest> {
        if !self.may("candidate_employments") {
            return Ok(by_hand());
        }
        let Some(new) = body::employment(candidate, employment) else {
            return Ok(End::Absent);
        };
        let found = self.find_employment(&new).await?;
        Ok(found.map_or(End::Absent, |id| made(candidate, id)))
    }
}

/// It is there, and by our doing.
fn made(candidate: CandidateId, id: i64) -> End {
    let effect = Effect {
        candidate: Some(candidate),
        made: Some(id),
        ..Effect::default()
    };
    End::Done(effect, Answer::default(), Vec::new())
}

fn by_hand() -> End {
    End::Refused(
        Code::OutcomeUnknown,
        "The answer was lost, and the permission to look whether it arrived is missing".to_owned(),
    )
}

fn perhaps(candidate: CandidateId) -> End {
    let detail = format!(
        "The answer was lost, and somebody of this name was added at that moment: candidate {candidate}. Say whether it is them, or try again to add another"
    );
    End::Refused(Code::OutcomeUnknown, detail)
}

fn unsaid(candidate: CandidateId) -> End {
    let detail = format!(
        "The answer was lost, and Greenhouse finds candidate {candidate} by their address without saying which addresses that one has. Say whether it is them, or try again"
    );
    End::Refused(Code::OutcomeUnknown, detail)
}

fn too_many() -> End {
    End::Refused(
        Code::OutcomeUnknown,
        "The answer was lost, and too many people were added since to look through them".to_owned(),
    )
}
