//! Step 7: pushing is allowed from one commit on, after everything was checked once more; or not at all.

use crate::Engine;
use crate::audit::by_person;
use crate::call::RunKind;
use crate::error::{Code, Error, Problem, Words};
use crate::event::Topic;
use crate::view::Overview;
use crate::words;
use domain::setup::{Facts, blockers, unfinished};
use store::Dialect;

const TOPICS: &[Topic] = &[
    Topic::Overview,
    Topic::Review,
    Topic::Home,
    Topic::People,
    Topic::Runs,
    Topic::Audit,
];

impl Engine {
    /// Allows pushing. The credential and every confirmed account are proved with Greenhouse first; where anything
    /// is not as it was approved, nothing is changed.
    ///
    /// # Errors
    /// `NotReady` where the review is not approved; what is the matter with the credential; `MappingIncomplete`
    /// where an account stopped working; `Offline` and the like where Greenhouse cannot be asked.
    pub async fn activate(&self) -> Result<Overview, Error> {
        let facts = self.facts().await?;
        let is_approved = facts.review.reviewed.as_ref() == Some(&facts.review.current);
        if facts.activated_at.is_some() && is_approved {
            return self.overview().await;
        }
        // What was only observed is looked at anew below: a person may have mended it since.
        let reviewed = facts.review.reviewed.clone();
        let Some(approved) = reviewed.filter(|it| *it == facts.review.current) else {
            return Err(self.not_reviewed(&facts).await?);
        };
        self.prove_everything().await?;
        let now = self.now();
        let secret_present = self.kept().secret_present;
        let activated = self
            .db()
            .write(move |tx| {
                // Once more inside the transaction: a person may have changed something while Greenhouse was asked.
                let facts = tx.setup().facts(secret_present)?;
                if facts.review.current != approved || !blockers(&facts).is_empty() {
                    return Ok(false);
                }
                tx.setup().activate(now)?;
                tx.audit()
                    .append(&by_person(now, "Allowed pushing", "activation"))?;
                Ok(true)
            })
            .await?;
        if !activated {
            let detail =
                "Something changed while Greenhouse was asked. Look at the review once more";
            return Err(Error::new(Code::NotReady, detail));
        }
        self.changed(TOPICS);
        self.begin_first_run().await;
        self.overview().await
    }

    /// Says which steps come before, or that the review does.
    async fn not_reviewed(&self, facts: &Facts) -> Result<Error, Error> {
        let unfinished = unfinished(facts);
        if unfinished.is_empty() {
            return Ok(Error::saying(Code::NotReady, words::setup::not_reviewed()));
        }
        let steps = self.overview().await?.steps.into_iter();
        let open = steps.filter(|it| unfinished.contains(&it.step));
        let open: Vec<String> = open.map(|it| it.title).collect();
        let detail = format!("Not done yet: {}", open.join(", "));
        Ok(Error::new(Code::NotReady, detail))
    }

    /// Forbids pushing, and stops what runs. What was read and decided stays.
    ///
    /// # Errors
    /// As every write of the store.
    pub async fn deactivate(&self) -> Result<Overview, Error> {
        let now = self.now();
        // Forbidden first: from this commit on nothing more is taken up; of the run in hand only a request that was sent
        // already still counts.
        self.db()
            .write(move |tx| {
                if tx.setup().activated_at()?.is_none() {
                    return Ok(());
                }
                tx.setup().deactivate(now)?;
                tx.audit()
                    .append(&by_person(now, "Forbade pushing", "activation"))
                    .map(drop)
            })
            .await?;
        if let Err(error) = self.cancel_run().await {
            tracing::debug!(%error, "There was no run to stop");
        }
        self.set_next_run_at(None);
        self.changed(TOPICS);
        self.overview().await
    }

    /// Asks Greenhouse about the credential and about everybody on whose behalf something may be sent.
    async fn prove_everything(&self) -> Result<(), Error> {
        self.recheck().await?;
        let (credential, features) = self
            .db()
            .read(|reader| Ok((reader.credential().find()?, reader.setup().features()?)))
            .await?;
        let credential = credential.ok_or_else(|| Error::new(Code::CredentialMissing, ""))?;
        if credential.dialect == Dialect::V1 {
            return Err(Error::saying(
                Code::CredentialMalformed,
                Words {
                    title: "An old API key cannot sync".to_owned(),
                    why: "It tells who your users are, and nothing is read or sent with it."
                        .to_owned(),
                    now: "Create a Harvest V3 credential in Greenhouse and hand it over."
                        .to_owned(),
                },
            ));
        }
        if let Some(problem) = self.kept().problem {
            return Err(stopped_by(&problem));
        }
        if let Some(problem) = super::credential::trouble(&credential, &self.kept()) {
            return Err(stopped_by(&problem));
        }
        if super::credential::lacks_core(&credential, &features) {
            let detail = "A permission without which nothing works was taken away";
            return Err(Error::new(Code::ScopeMissing, detail));
        }
        let proofs = self.prove_all().await?;
        if let Some(problem) = proofs.unproved {
            return Err(stopped_by(&problem));
        }
        match proofs.newly_broken {
            0 => Ok(()),
            1 => Err(Error::new(
                Code::MappingIncomplete,
                "The account of 1 person stopped working since it was confirmed",
            )),
            broken => Err(Error::new(
                Code::MappingIncomplete,
                format!(
                    "The accounts of {broken} people stopped working since they were confirmed"
                ),
            )),
        }
    }

    /// Starts the first run where runs are started by themselves; a script starts its own.
    async fn begin_first_run(&self) {
        if !self.options().scheduled {
            return;
        }
        if let Err(error) = self.start_run(RunKind::Sync, false).await {
            tracing::warn!(%error, "The first run did not start; the clock will start it");
        }
    }
}

fn stopped_by(problem: &Problem) -> Error {
    Error::new(problem.code, problem.detail.clone())
}
