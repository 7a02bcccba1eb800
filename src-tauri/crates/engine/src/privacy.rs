//! What few may see in Greenhouse: private candidates and confidential jobs, which are not kept unless somebody wants them.

use crate::Engine;
use crate::audit;
use crate::error::Error;
use crate::event::Topic;
use crate::view::PrivacyView;
use store::mirror::Wanted;

impl Engine {
    /// Returns what is kept of what few may see.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn privacy(&self) -> Result<PrivacyView, Error> {
        let wanted = self.db().read(|reader| reader.mirror().wanted()).await?;
        Ok(PrivacyView {
            private_candidates: wanted.private_candidates,
            confidential_jobs: wanted.confidential_jobs,
        })
    }

    /// Says what is to be kept of it. What no longer is goes at once, from the journal as well; what is from now on comes
    /// with the next run.
    ///
    /// # Errors
    /// As every write of the store.
    pub async fn choose_privacy(
        &self,
        private_candidates: bool,
        confidential_jobs: bool,
    ) -> Result<PrivacyView, Error> {
        let wanted = Wanted {
            private_candidates,
            confidential_jobs,
        };
        let now = self.now();
        let kept = |it| if it { "kept" } else { "not kept" };
        let what = format!(
            "Chose what is kept: private candidates {}, confidential jobs {}",
            kept(private_candidates),
            kept(confidential_jobs)
        );
        let entry = audit::by_person(now, what, "");
        let changed = self
            .db()
            .write(move |tx| {
                if tx.mirror().wanted()? == wanted {
                    return Ok(false);
                }
                tx.mirror().set_wanted(wanted, now)?;
                tx.audit().append(&entry)?;
                Ok(true)
            })
            .await?;
        if changed {
            self.db().settle().await?;
            self.changed(&[Topic::Overview, Topic::Home, Topic::Review, Topic::Audit]);
        }
        self.privacy().await
    }
}
