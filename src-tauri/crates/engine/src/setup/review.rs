//! Step 6: everything decided on one page, what the first run will do, and what would be pushed.

mod decided;
mod estimate;
mod rehearse;

use crate::Engine;
use crate::audit::by_person;
use crate::error::{Code, Error};
use crate::event::Topic;
use crate::view::ReviewView;
use domain::mapping::Evidence;
use domain::setup::{Facts, Reason, blockers};
use store::{
    Credential, DeliveryChoice, ImportSlot, MappingFilter, MappingRow, Reader, Slice, StoreError,
    UsersImport, WebhookSlot,
};

/// What is read for one review, in one go.
struct Seen {
    facts: Facts,
    credential: Option<Credential>,
    import: Option<UsersImport>,
    delivery: Option<DeliveryChoice>,
    slots: Vec<WebhookSlot>,
    /// Whose confirmed account is not simply the one with their address.
    chosen: Vec<MappingRow>,
}

/// Returns whoever was confirmed to be another account than the one with their address.
fn chosen(reader: &Reader) -> Result<Vec<MappingRow>, StoreError> {
    let everybody = Slice {
        offset: 0,
        limit: u32::MAX,
    };
    let confirmed = reader
        .mapping()
        .list("", MappingFilter::Confirmed, everybody)?;
    let rows = confirmed.rows.into_iter();
    Ok(rows
        .filter(|it| it.evidence != Some(Evidence::SameEmail) || it.is_broken())
        .collect())
}

impl Engine {
    /// Returns everything decided, and what would be done.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn review(&self) -> Result<ReviewView, Error> {
        let secret_present = self.kept().secret_present;
        let seen = self
            .db()
            .read(move |reader| {
                Ok(Seen {
                    facts: reader.setup().facts(secret_present)?,
                    credential: reader.credential().find()?,
                    import: reader.users().import(ImportSlot::Applied)?,
                    delivery: reader.setup().delivery()?,
                    slots: reader.webhooks().list()?,
                    chosen: chosen(reader)?,
                })
            })
            .await?;
        let dry_run = self.dry_run().await?;
        let limit = self.requests_allowed().await;
        let first_run = estimate::first_run(&seen, &dry_run, limit);
        let trouble = seen
            .credential
            .as_ref()
            .and_then(|it| super::credential::trouble(it, &self.kept()));
        Ok(ReviewView {
            sections: decided::sections(&seen, trouble),
            first_run,
            dry_run,
            approved: seen.facts.review.reviewed.as_ref() == Some(&seen.facts.review.current),
            blockers: blockers_before(&seen.facts),
            activated_at: seen.facts.activated_at,
            fingerprint: seen.facts.review.current,
        })
    }

    /// Approves what was shown.
    ///
    /// # Errors
    /// `NotReady` where something changed since it was shown, or a step before is not done.
    pub async fn approve_review(&self, fingerprint: &str) -> Result<ReviewView, Error> {
        let facts = self.facts().await?;
        if !blockers_before(&facts).is_empty() {
            let detail = "Finish the steps before, then review";
            return Err(Error::new(Code::NotReady, detail));
        }
        let shown = fingerprint.to_owned();
        let now = self.now();
        let approved = self
            .db()
            .write(move |tx| {
                // Compared inside the transaction, so that what is approved is what there is.
                if tx.setup().fingerprint()? != shown {
                    return Ok(false);
                }
                tx.setup().approve(&shown, now)?;
                let subject = format!("review:{}", shown.get(..12).unwrap_or(&shown));
                tx.audit()
                    .append(&by_person(now, "Approved the review", subject))?;
                Ok(true)
            })
            .await?;
        if !approved {
            let detail = "Something changed since this was shown. Look at the review once more";
            return Err(Error::new(Code::NotReady, detail));
        }
        self.changed(&[Topic::Overview, Topic::Review, Topic::Audit]);
        self.review().await
    }
}

/// Returns what stands between here and activation, apart from the approval.
fn blockers_before(facts: &Facts) -> Vec<Reason> {
    let mut approved = facts.clone();
    approved.review.reviewed = Some(approved.review.current.clone());
    let mut reasons = blockers(&approved);
    // The review itself only repeats which steps come before it.
    reasons.dedup();
    reasons
}
