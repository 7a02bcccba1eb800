//! One attempt at an intent: look, then send.

use super::Push;
use super::attempt::{End, Seen};
use super::body::{self, Studied};
use super::find::{is_alive, is_marked, known, seen_application, seen_candidate, standing};
use super::resume::{self, Unfit};
use crate::error::{Code, Error};
use domain::candidate::{Education, SourcedCandidate};
use domain::ids::{
    ActingUser, ApplicationId, CandidateId, CustomFieldId, CustomFieldOptionId, SourceId,
};
use domain::plan::{Arm, Change, Effect};
use domain::reconcile::rejected_on;
use greenhouse::error::Error as Harvest;
use greenhouse::harvest::{Additions, CatalogueKey};
use greenhouse::wire::{Candidate, CustomFieldOption, NewApplication};
use greenhouse::{Filter, Receipt, Record, WriteError};
use std::collections::BTreeMap;
use store::{Answer, Claim};

impl Push<'_> {
    /// Makes one attempt at a claimed intent, and puts down what came of it.
    pub(super) async fn attempt(&self, claim: Claim) -> Result<(), Error> {
        self.note(&claim, claim.intent.change.kind().name()).await?;
        let end = match &claim.intent.change {
            Change::Person {
                candidate,
                arm,
                source,
            } => self.person(&claim, candidate, arm, *source).await?,
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
                self.application(claim, candidate, arm, *source).await?
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
        claim: &Claim,
        who: &SourcedCandidate,
        arm: &Arm,
        source: Option<SourceId>,
    ) -> Result<End, Error> {
        // Whoever is there already is never made twice, whatever the mirror knows.
        let found = match self.run.unless_stopped(self.with_email(who)).await {
            Ok(Ok(found)) => found,
            Ok(Err(error)) => return Ok(End::of(error)),
            Err(_) => return Ok(stopped()),
        };
        match there(who, found) {
            There::Nobody => {}
            There::Several(seen) => return Ok(End::PlanAnew(seen)),
            There::One(person) => return self.join(claim, who, *person, arm, source).await,
        }
        let acting = claim.intent.acting;
        let body = body::person(who, arm, source, acting);
        Ok(
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
                        ..Effect::default()
                    };
                    End::Done(effect, answer(made.receipt.request_id), Vec::new())
                }
                Err(error) => error.into(),
            },
        )
    }

    /// Gives somebody who is there the application they lack, in the same attempt: what follows it (a résumé above
    /// all) must not land on an older one.
    async fn join(
        &self,
        claim: &Claim,
        who: &SourcedCandidate,
        person: Record<Candidate>,
        arm: &Arm,
        source: Option<SourceId>,
    ) -> Result<End, Error> {
        let (candidate, is_ours) = (person.value.id, is_marked(&person.value, who));
        let mut end = self.application(claim, candidate, arm, source).await?;
        match &mut end {
            End::Done(effect, _, seen) => {
                seen.extend(seen_candidate(person));
                effect.joined = !effect.found && !is_ours;
                effect.found &= !is_ours;
            }
            End::PlanAnew(seen) => seen.extend(seen_candidate(person)),
            End::Unknown(_)
            | End::Later(_)
            | End::Soon(_)
            | End::Refused(..)
            | End::Denied(_)
            | End::Absent => {}
        }
        Ok(end)
    }

    async fn application(
        &self,
        claim: &Claim,
        candidate: CandidateId,
        arm: &Arm,
        source: Option<SourceId>,
    ) -> Result<End, Error> {
        let found = match self.run.unless_stopped(self.applications(candidate)).await {
            Ok(Ok(found)) => found,
            Ok(Err(error)) => return Ok(End::of(error)),
            Err(_) => return Ok(stopped()),
        };
        if let Some(application) = standing(&found, arm) {
            let seen = found.into_iter().filter_map(seen_application).collect();
            let application = Some(application);
            return Ok(found_to_be_there(candidate, application, None, seen));
        }
        // The mirror may not have heard of a rejection yet.
        if rejected_on(&known(&found), arm).is_some() && !self.goes_on_in_spite(claim).await? {
            let seen = found.into_iter().filter_map(seen_application).collect();
            return Ok(End::PlanAnew(seen));
        }
        let acting = claim.intent.acting;
        let body = NewApplication {
            candidate_id: candidate,
            arm: body::application(arm, source, acting),
        };
        Ok(
            match self.run.harvest.applications().create(acting, &body).await {
                Ok(made) => {
                    let effect = Effect {
                        candidate: Some(candidate),
                        application: Some(made.id),
                        ..Effect::default()
                    };
                    End::Done(effect, answer(made.request_id), Vec::new())
                }
                Err(error) => error.into(),
            },
        )
    }

    /// Whether a person decided to go on though somebody was rejected on the job already.
    async fn goes_on_in_spite(&self, claim: &Claim) -> Result<bool, Error> {
        let person = claim.intent.candidate;
        let db = self.run.engine.db();
        let person = db.read(move |reader| reader.people().load(person)).await?;
        Ok(person.overridden.contains("rejected_on_job"))
    }

    /// Adds tags to those that are there. Sending it again adds nothing, so it needs no looking up.
    async fn tags(&self, candidate: CandidateId, tags: &[String], acting: ActingUser) -> End {
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

    /// Looks up in the mirror what Greenhouse's lists have of an education; all of it is optional.
    pub(super) async fn studied(&self, education: &Education) -> Result<Studied, Harvest> {
        Ok(Studied {
            school: self
                .option(CatalogueKey::School, education.school.as_deref())
                .await?,
            degree: self
                .option(CatalogueKey::Degree, education.degree.as_deref())
                .await?,
            discipline: self
                .option(CatalogueKey::Discipline, education.discipline.as_deref())
                .await?,
        })
    }

    async fn option(
        &self,
        key: CatalogueKey,
        name: Option<&str>,
    ) -> Result<Option<CustomFieldOptionId>, Harvest> {
        let Some(name) = name.filter(|name| !name.trim().is_empty()) else {
            return Ok(None);
        };
        let fields = self.fields.get_or_try_init(|| self.ask_fields()).await?;
        let Some(field) = fields.get(&key).copied() else {
            return Ok(None);
        };
        let name = name.to_owned();
        let db = self.run.engine.db();
        let found = db.read(move |reader| reader.mirror().options_called(&name, Some(field)));
        // Without it the education is sent as far as it is known.
        Ok(found.await.unwrap_or_default().first().copied())
    }

    /// Asks which custom fields hold schools, degrees and disciplines: one option of each says so.
    async fn ask_fields(&self) -> Result<BTreeMap<CatalogueKey, CustomFieldId>, Harvest> {
        let mut fields = BTreeMap::new();
        let granted = &self.run.granted;
        if !granted.may_try("harvest:custom_field_options:list") {
            return Ok(fields);
        }
        for key in [
            CatalogueKey::School,
            CatalogueKey::Degree,
            CatalogueKey::Discipline,
        ] {
            let one = Filter::all().custom_field_key(key.name()).per_page(1);
            let mut options = self.run.harvest.list::<CustomFieldOption>(&one);
            let page = match options.next().await {
                Ok(page) => page,
                Err(error) if error.is_denied() => return Ok(fields),
                Err(error) => return Err(error),
            };
            let first = page.and_then(|page| page.into_values().into_iter().next());
            if let Some(field) = first.and_then(|option| option.custom_field_id) {
                fields.insert(key, field);
            }
        }
        Ok(fields)
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

/// Who is there of those who may be somebody.
pub(super) enum There {
    Nobody,
    One(Box<Record<Candidate>>),
    /// Several, none of whom we made: for a person to decide.
    Several(Vec<Seen>),
}

/// Tells who somebody is among those with one of their addresses. Whom we made is theirs, whoever else there is.
pub(super) fn there(who: &SourcedCandidate, mut found: Vec<Record<Candidate>>) -> There {
    if found.len() > 1
        && let Some(ours) = found.iter().position(|it| is_marked(&it.value, who))
    {
        found = vec![found.swap_remove(ours)];
    }
    match (found.len(), found.pop()) {
        (_, None) => There::Nobody,
        (1, Some(person)) => There::One(Box::new(person)),
        (_, Some(last)) => {
            found.push(last);
            There::Several(found.into_iter().filter_map(seen_candidate).collect())
        }
    }
}

/// The run was stopped while Greenhouse was looked through: what was not sent by then is not sent.
const fn stopped() -> End {
    End::Soon("The run was stopped before this was sent")
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
                made: Some(made),
                ..Effect::default()
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
        joined: false,
    };
    End::Done(effect, Answer::default(), seen)
}

fn answer(request_id: Option<String>) -> Answer {
    Answer {
        request_id,
        ..Answer::default()
    }
}
