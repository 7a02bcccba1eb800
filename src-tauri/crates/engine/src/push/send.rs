//! One attempt at an intent: look, then send.

use super::Push;
use super::attempt::{End, Seen};
use super::body::{self, Studied};
use super::find::{is_alive, is_marked, seen_application, seen_candidate, standing};
use super::resume::{self, Unfit};
use crate::error::{Code, Error};
use domain::candidate::{Education, SourcedCandidate};
use domain::ids::{ActingUser, ApplicationId, CandidateId, SourceId};
use domain::plan::{Arm, Change, Effect};
use greenhouse::error::Error as Harvest;
use greenhouse::harvest::{Additions, CatalogueKey};
use greenhouse::wire::{Candidate, NewApplication};
use greenhouse::{Receipt, Record, WriteError};
use store::{Answer, Claim};

impl Push<'_> {
    /// Makes one attempt at a claimed intent, and puts down what came of it.
    pub(super) async fn attempt(&self, claim: Claim) -> Result<(), Error> {
        self.note(&claim, claim.intent.change.kind().name()).await?;
        let acting = claim.intent.acting;
        let end = match &claim.intent.change {
            Change::Person {
                candidate,
                arm,
                source,
            } => self.person(candidate, arm, *source, acting).await,
            other => match self.linked(&claim).await? {
                Some(candidate) => self.to_somebody(&claim, other, candidate).await?,
                None => End::Soon("It is not known yet who this is in Greenhouse"),
            },
        };
        self.put_down(claim, end).await
    }

    async fn to_somebody(
        &self,
        claim: &Claim,
        change: &Change,
        candidate: CandidateId,
    ) -> Result<End, Error> {
        let acting = claim.intent.acting;
        Ok(match change {
            Change::Application { arm, source } => {
                self.application(candidate, arm, *source, acting).await
            }
            Change::Tags { tags } => self.tags(candidate, tags, acting).await,
            Change::Resume { path, sha256 } => self.resume(claim, candidate, path, sha256).await?,
            Change::Note { body } => {
                let note = body::note(candidate, body, acting);
                let made = self.run.harvest.notes().create(acting, &note).await;
                ended(candidate, made.map(|it| of(it, |id| id.get())))
            }
            Change::Education { education } => self.education(candidate, education, acting).await,
            Change::Employment { employment } => match body::employment(candidate, employment) {
                Some(body) => {
                    let made = self.run.harvest.employments().create(acting, &body).await;
                    ended(candidate, made.map(|it| of(it, |id| id.get())))
                }
                None => End::Refused(
                    Code::InputInvalid,
                    "An employment without a start cannot be added in Greenhouse".to_owned(),
                ),
            },
            Change::Person { .. } => End::Soon("It is being planned anew"),
        })
    }

    async fn person(
        &self,
        who: &SourcedCandidate,
        arm: &Arm,
        source: Option<SourceId>,
        acting: ActingUser,
    ) -> End {
        // Whoever is there already is never made twice, whatever the mirror knows.
        let found = match self.with_email(who).await {
            Ok(found) => found,
            Err(error) => return End::of(error),
        };
        match self.is_there(who, arm, found).await {
            Ok(Some(end)) => return end,
            Ok(None) => {}
            Err(error) => return End::of(error),
        }
        let body = body::person(who, arm, source, acting);
        match self.run.harvest.candidates().create(acting, &body).await {
            Ok(made) => {
                let candidate = made.receipt.id;
                let application = match made.application {
                    Some(application) => Some(application),
                    // Some tenants answer with the bare person; what stands with them can be read.
                    None => self
                        .applications(candidate)
                        .await
                        .ok()
                        .and_then(|found| standing(&found, arm)),
                };
                let effect = Effect {
                    candidate: Some(candidate),
                    application,
                    made: None,
                    found: false,
                };
                End::Done(effect, answer(made.receipt.request_id), Vec::new())
            }
            Err(error) => error.into(),
        }
    }

    /// Returns what follows from who was found; nothing where nobody was.
    pub(super) async fn is_there(
        &self,
        who: &SourcedCandidate,
        arm: &Arm,
        mut found: Vec<Record<Candidate>>,
    ) -> Result<Option<End>, Harvest> {
        if found.len() > 1
            && let Some(ours) = found.iter().position(|it| is_marked(&it.value, who))
        {
            found = vec![found.swap_remove(ours)];
        }
        let person = match (found.len(), found.pop()) {
            (_, None) => return Ok(None),
            (1, Some(person)) => person,
            (_, Some(last)) => {
                found.push(last);
                let seen = found.into_iter().filter_map(seen_candidate).collect();
                return Ok(Some(End::PlanAnew(seen)));
            }
        };
        let applications = self.applications(person.value.id).await?;
        let effect = Effect {
            candidate: Some(person.value.id),
            application: standing(&applications, arm),
            made: None,
            found: !is_marked(&person.value, who),
        };
        let mut seen: Vec<Seen> = seen_candidate(person).into_iter().collect();
        seen.extend(applications.into_iter().filter_map(seen_application));
        Ok(Some(End::Done(effect, Answer::default(), seen)))
    }

    async fn application(
        &self,
        candidate: CandidateId,
        arm: &Arm,
        source: Option<SourceId>,
        acting: ActingUser,
    ) -> End {
        match self.applications(candidate).await {
            Ok(found) => {
                if let Some(application) = standing(&found, arm) {
                    let seen = found.into_iter().filter_map(seen_application).collect();
                    return found_to_be_there(candidate, Some(application), None, seen);
                }
            }
            Err(error) => return End::of(error),
        }
        let body = NewApplication {
            candidate_id: candidate,
            arm: body::application(arm, source, acting),
        };
        match self.run.harvest.applications().create(acting, &body).await {
            Ok(made) => {
                let effect = Effect {
                    candidate: Some(candidate),
                    application: Some(made.id),
                    made: None,
                    found: false,
                };
                End::Done(effect, answer(made.request_id), Vec::new())
            }
            Err(error) => error.into(),
        }
    }

    /// Adds tags to those that are there. Sending it again adds nothing, so it needs no looking up.
    pub(super) async fn tags(
        &self,
        candidate: CandidateId,
        tags: &[String],
        acting: ActingUser,
    ) -> End {
        let additions = Additions {
            tags: tags.to_vec(),
            ..Additions::default()
        };
        let candidates = self.run.harvest.candidates();
        match candidates.add(acting, candidate, &additions).await {
            Ok(Some(receipt)) => {
                let effect = Effect {
                    candidate: Some(candidate),
                    ..Effect::default()
                };
                End::Done(effect, answer(receipt.request_id), Vec::new())
            }
            Ok(None) => found_to_be_there(candidate, None, None, Vec::new()),
            Err(error) => error.into(),
        }
    }

    async fn resume(
        &self,
        claim: &Claim,
        candidate: CandidateId,
        path: &str,
        sha256: &str,
    ) -> Result<End, Error> {
        let Some(application) = self.application_for_files(claim, candidate).await? else {
            return Ok(End::Soon("The application it belongs to is not there yet"));
        };
        let application = match application {
            Ok(application) => application,
            Err(error) => return Ok(End::of(error)),
        };
        let (path, sha256) = (path.to_owned(), sha256.to_owned());
        let read =
            tokio::task::spawn_blocking(move || resume::read(&path, &sha256, application)).await;
        let upload = match read {
            Ok(Ok(upload)) => upload,
            Ok(Err(Unfit::Gone)) => {
                let detail = "The résumé is not where it was when it was taken in";
                return Ok(End::Refused(Code::FileUnreadable, detail.to_owned()));
            }
            Ok(Err(Unfit::Changed)) => {
                let detail = "The résumé is not the file it was when it was taken in; drop the people once more";
                return Ok(End::Refused(Code::FileUnreadable, detail.to_owned()));
            }
            Err(error) => {
                return Err(
                    Error::new(Code::Unexpected, "Reading a résumé broke off").caused_by(error)
                );
            }
        };
        let acting = claim.intent.acting;
        let attachments = self.run.harvest.attachments();
        let mut end = ended(
            candidate,
            attachments
                .create(acting, &upload)
                .await
                .map(|it| of(it, |id| id.get())),
        );
        if let End::Done(effect, ..) = &mut end {
            effect.application = Some(application);
        }
        Ok(end)
    }

    /// Returns the application files go to; nothing while there is none.
    pub(super) async fn application_for_files(
        &self,
        claim: &Claim,
        candidate: CandidateId,
    ) -> Result<Option<Result<ApplicationId, Harvest>>, Error> {
        if let Some(application) = self.linked_application(claim).await? {
            return Ok(Some(Ok(application)));
        }
        Ok(match self.applications(candidate).await {
            Ok(found) => {
                let alive = found.iter().rev().find(|it| is_alive(&it.value));
                alive.map(|it| Ok(it.value.id))
            }
            Err(error) => Some(Err(error)),
        })
    }

    async fn education(
        &self,
        candidate: CandidateId,
        education: &Education,
        acting: ActingUser,
    ) -> End {
        let studied = match self.studied(education).await {
            Ok(studied) => studied,
            Err(error) => return End::of(error),
        };
        let Some(body) = body::education(candidate, education, studied) else {
            let detail =
                "Greenhouse’s lists have neither this school nor this degree, and no date is known";
            return End::Refused(Code::InputInvalid, detail.to_owned());
        };
        let made = self.run.harvest.educations().create(acting, &body).await;
        ended(candidate, made.map(|it| of(it, |id| id.get())))
    }

    /// Looks up what Greenhouse's catalogue has of an education; all of it is optional.
    pub(super) async fn studied(&self, education: &Education) -> Result<Studied, Harvest> {
        if !self
            .run
            .granted
            .may_try("harvest:custom_field_options:list")
        {
            return Ok(Studied::default());
        }
        let catalogue = self.run.harvest.catalogue();
        let mut studied = Studied::default();
        let wanted = [
            (CatalogueKey::School, &education.school, &mut studied.school),
            (CatalogueKey::Degree, &education.degree, &mut studied.degree),
            (
                CatalogueKey::Discipline,
                &education.discipline,
                &mut studied.discipline,
            ),
        ];
        for (key, name, id) in wanted {
            let Some(name) = name else { continue };
            match catalogue.find(key, std::slice::from_ref(name)).await {
                Ok(found) => *id = found.into_values().next(),
                Err(error) if error.is_denied() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(studied)
    }

    /// Puts down what an attempt is about to ask, before it asks.
    pub(super) async fn note(&self, claim: &Claim, what: &str) -> Result<(), Error> {
        let (claim, what) = (claim.clone(), what.to_owned());
        self.run
            .engine
            .db()
            .write(move |tx| tx.outbox().note_request(&claim, &what))
            .await
    }
}

/// A receipt with a bare id, whatever it is of.
pub(super) fn of<Id>(receipt: Receipt<Id>, id: impl FnOnce(Id) -> i64) -> (i64, Option<String>) {
    (id(receipt.id), receipt.request_id)
}

fn ended(candidate: CandidateId, made: Result<(i64, Option<String>), WriteError>) -> End {
    match made {
        Ok((made, request_id)) => {
            let effect = Effect {
                candidate: Some(candidate),
                application: None,
                made: Some(made),
                found: false,
            };
            End::Done(effect, answer(request_id), Vec::new())
        }
        Err(error) => error.into(),
    }
}

pub(super) fn found_to_be_there(
    candidate: CandidateId,
    application: Option<ApplicationId>,
    made: Option<i64>,
    seen: Vec<Seen>,
) -> End {
    let effect = Effect {
        candidate: Some(candidate),
        application,
        made,
        found: true,
    };
    End::Done(effect, Answer::default(), seen)
}

fn answer(request_id: Option<String>) -> Answer {
    Answer {
        request_id,
        ..Answer::default()
    }
}
