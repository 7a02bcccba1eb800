//! Both sides compared, and what comes of it put down: intents into the outbox, troubles for a person to decide.
//!
//! Gathering and putting down is here; the comparison itself is `domain::reconcile`'s, and pure.

use crate::Engine;
use crate::error::{Code, Error};
use crate::event::Topic;
use crate::run::Changes;
use domain::access::Granted;
use domain::plan::{ChangeKind, Conflict, Plan};
use domain::reconcile::reconcile;
use std::collections::BTreeSet;
use store::{Reader, StoreError};

/// How often a plan is made anew because the mapping changed meanwhile.
const TRIES: u32 = 3;

/// Returns the plan for the workspace as it stands, without putting anything down.
pub(crate) fn plan(reader: &Reader) -> Result<Plan, StoreError> {
    let situations = reader.situations().gather()?;
    let granted = reader.credential().find()?.map(|it| it.granted);
    let granted = granted.unwrap_or(Granted::All {
        scopes: BTreeSet::new(),
    });
    Ok(reconcile(&situations, &granted))
}

/// Returns about how much a push from here on would send: what is in the outbox, and what a plan would add to it.
pub(crate) fn expected(reader: &Reader) -> Result<Changes, StoreError> {
    let mut kinds = reader.outbox().open_kinds()?;
    let situations = reader.situations().gather()?;
    let granted = reader.credential().find()?.map(|it| it.granted);
    if let Some(granted) = granted {
        let plan = reconcile(&situations, &granted);
        kinds.extend(plan.intents.iter().map(|it| it.change.kind()));
        if reader.runs().last_whole_pull()?.is_none() {
            // Jobs and pools are not known yet; whoever waits for them is sent once they are.
            let unknown = plan.troubles.iter().filter(|it| {
                matches!(
                    it.conflict,
                    Conflict::JobNotFound { .. } | Conflict::PoolNotFound { .. }
                )
            });
            let rows: BTreeSet<i64> = unknown.map(|it| it.candidate).collect();
            let waiting = situations.iter().filter(|it| rows.contains(&it.row));
            kinds.extend(waiting.flat_map(|it| it.candidate.changes()));
        }
    }
    Ok(weighed(&kinds))
}

/// Returns how many requests changes of these kinds take: what can be there already is looked for first.
pub(crate) fn weighed(kinds: &[ChangeKind]) -> Changes {
    let requests = |kind: &ChangeKind| match kind {
        ChangeKind::Person | ChangeKind::Application | ChangeKind::Details | ChangeKind::Tags => {
            2.0
        }
        ChangeKind::Resume | ChangeKind::Note | ChangeKind::Education | ChangeKind::Employment => {
            1.0
        }
    };
    Changes {
        count: u32::try_from(kinds.len()).unwrap_or(u32::MAX),
        requests: kinds.iter().map(requests).sum(),
    }
}

impl Engine {
    /// Returns whether Greenhouse was ever read whole. Before that there is nothing to compare with: no job, pool or
    /// source could be found, and nobody would be held to be there already.
    pub(crate) async fn knows_greenhouse(&self) -> Result<bool, Error> {
        self.db()
            .read(|reader| Ok(reader.runs().last_whole_pull()?.is_some()))
            .await
    }

    /// Compares both sides and puts down what comes of it; returns how many intents are new. Nothing is put into the
    /// outbox while pushing is not allowed.
    pub(crate) async fn reconcile(&self) -> Result<u32, Error> {
        let mut tries = 1;
        let put = loop {
            match self.reconciled().await {
                // Somebody changed the mapping while the plan was made: it is made once more.
                Err(error) if error.code == Code::MappingIncomplete && tries < TRIES => tries += 1,
                done => break done?,
            }
        };
        self.changed(&[Topic::People, Topic::Home]);
        Ok(put)
    }

    async fn reconciled(&self) -> Result<u32, Error> {
        let now = self.now();
        // What may not be sent any more goes first, so that the plan sees it as not wanted yet and says why.
        self.db()
            .write(move |tx| {
                tx.outbox().follow_clock_back(now)?;
                // What waits for what was cancelled goes with it, link by link.
                while tx.outbox().cancel_disallowed(now)? > 0 {}
                tx.links().join_kin(now)?;
                let Some(credential) = tx.credential().find()? else {
                    return Ok(());
                };
                let may = |kind: &ChangeKind| credential.granted.may_try(kind.scope());
                for kind in ChangeKind::ALL.into_iter().filter(|kind| !may(kind)) {
                    tx.outbox().cancel_kind(kind, now)?;
                }
                Ok(())
            })
            .await?;
        let plan = self.db().read(plan).await?;
        self.db()
            .write(move |tx| {
                tx.troubles().replace(&plan.troubles, now)?;
                if tx.setup().activated_at()?.is_none() {
                    return Ok(0);
                }
                tx.outbox().put(&plan.intents, now)
            })
            .await
    }
}
