//! The proof of a mapping: a token minted for the account (v3), or the account being known and active (v1).

use super::TOPICS;
use crate::Engine;
use crate::connection::Client;
use crate::error::{Code, Error, Problem};
use crate::event::Topic;
use domain::ids::{ActingUser, UserId};
use futures_util::StreamExt as _;
use futures_util::stream;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::time::Duration;
use store::{Proof, Slice};

/// Accounts proved at the same time.
const AT_ONCE: usize = 4;
/// A proof as old as this is good enough to send on.
const LATELY: SignedDuration = SignedDuration::from_hours(1);
/// How long a person waits for proofs; those that take longer go on by themselves.
const WAIT: Duration = Duration::from_secs(8);

/// What came of trying one account.
struct Tried {
    members: Vec<i64>,
    proof: Proof,
    problem: Option<Problem>,
}

impl Engine {
    /// Proves confirmed people, and waits a while for it. The rest goes on by itself.
    pub(super) async fn prove_soon(&self, members: Vec<i64>) {
        let (done, waited) = tokio::sync::oneshot::channel();
        let engine = self.clone();
        self.spawn(async move {
            let closing = engine.closing();
            tokio::select! {
                proved = engine.prove(&members) => {
                    if let Err(error) = proved {
                        tracing::debug!(%error, "People could not be proved now");
                    }
                }
                () = closing.cancelled() => {}
            }
            // Nobody waits any more where it took too long.
            done.send(()).ok();
        });
        tokio::time::timeout(WAIT, waited).await.ok();
    }

    /// Proves these people with Greenhouse, each account once, and keeps what came of it.
    ///
    /// # Errors
    /// Where there is no client, or the store cannot be written. What Greenhouse answers is kept, not returned.
    pub(crate) async fn prove(&self, members: &[i64]) -> Result<(), Error> {
        let wanted = members.to_vec();
        let accounts = self
            .db()
            .read(move |reader| {
                let mut accounts: BTreeMap<UserId, Vec<i64>> = BTreeMap::new();
                for member in wanted {
                    if let Some(mapping) = reader.mapping().find(member)? {
                        accounts.entry(mapping.user).or_default().push(member);
                    }
                }
                Ok(accounts)
            })
            .await?;
        if accounts.is_empty() {
            return Ok(());
        }
        let client = self.brisk_client().await?;
        // v1 has no tokens: whoever is in its list and active may be acted for.
        let old_users = match &client {
            Client::V1(harvest) => Some(harvest.users().await?),
            Client::V3(_) => None,
        };
        let mut tried = stream::iter(accounts)
            .map(|(user, members)| {
                let (client, old_users) = (&client, old_users.as_deref());
                async move {
                    let result = match client {
                        Client::V3(harvest) => harvest
                            .prove(ActingUser(user))
                            .await
                            .map(drop)
                            .map_err(Error::from),
                        Client::V1(_) => known_to_v1(user, old_users.unwrap_or_default()),
                    };
                    self.judged(user, members, result).await
                }
            })
            .buffer_unordered(AT_ONCE);
        while let Some(tried) = tried.next().await {
            self.note(tried?).await?;
        }
        self.changed(TOPICS);
        Ok(())
    }

    async fn judged(
        &self,
        user: UserId,
        members: Vec<i64>,
        result: Result<(), Error>,
    ) -> Result<Tried, Error> {
        let (proof, problem) = match result {
            Ok(()) => (Proof::Works, None),
            Err(error) if error.code == Code::ActingUserUnknown => {
                let known = self
                    .db()
                    .read(move |reader| reader.users().find(user))
                    .await?;
                let code = match known {
                    Some(user) if user.deactivated => Code::ActingUserDeactivated,
                    _ => Code::ActingUserUnknown,
                };
                (Proof::Refused, Some(Problem::of(code, &error.detail)))
            }
            Err(error) => (Proof::Untried, Some(error.problem())),
        };
        Ok(Tried {
            members,
            proof,
            problem,
        })
    }

    async fn note(&self, tried: Tried) -> Result<(), Error> {
        let now = self.now();
        let problem = tried.problem.and_then(|it| serde_json::to_value(it).ok());
        self.db()
            .write(move |tx| {
                for member in tried.members {
                    // Whoever was removed meanwhile needs no proof.
                    match tx
                        .mapping()
                        .prove(member, tried.proof, problem.as_ref(), now)
                    {
                        Err(error) if !error.is_not_found() => return Err(error),
                        _ => {}
                    }
                }
                Ok(())
            })
            .await?;
        self.changed(&[Topic::Mapping]);
        Ok(())
    }

    /// Proves everybody who is confirmed; returns how many of them work no longer that worked before.
    pub(crate) async fn prove_all(&self) -> Result<Proofs, Error> {
        let before = self.broken().await?;
        let confirmed = self
            .db()
            .read(|reader| reader.mapping().confirmed())
            .await?;
        let members: Vec<i64> = confirmed.iter().map(|it| it.member).collect();
        self.prove(&members).await?;
        let after = self.broken().await?;
        let unproved = self
            .db()
            .read(|reader| reader.mapping().confirmed())
            .await?;
        let unproved = unproved.into_iter().find(|it| it.proof == Proof::Untried);
        Ok(Proofs {
            newly_broken: after.iter().filter(|it| !before.contains(it)).count(),
            unproved: unproved.and_then(|it| serde_json::from_value(it.problem?).ok()),
        })
    }

    /// Proves those on whose behalf something waits to be sent, unless they were proved lately, and whoever was refused:
    /// what was the matter may be mended by now. Returns whether anybody was looked at.
    ///
    /// # Errors
    /// Where there is no client, or the store cannot be written.
    pub(crate) async fn prove_who_acts(&self) -> Result<bool, Error> {
        let lately = self.now().saturating_sub(LATELY).unwrap_or(Timestamp::MIN);
        let due = self
            .db()
            .read(move |reader| {
                let mut due = reader.mapping().acting_unproved_since(lately)?;
                due.extend(reader.mapping().refused_accounts()?);
                Ok(due)
            })
            .await?;
        self.prove(&due).await?;
        Ok(!due.is_empty())
    }

    async fn broken(&self) -> Result<Vec<i64>, Error> {
        let everybody = Slice {
            offset: 0,
            limit: u32::MAX,
        };
        let page = self
            .db()
            .read(move |reader| {
                reader
                    .mapping()
                    .list("", store::MappingFilter::Confirmed, everybody)
            })
            .await?;
        let broken = page.rows.into_iter().filter(store::MappingRow::is_broken);
        Ok(broken.map(|row| row.member.id).collect())
    }
}

/// What proving everybody showed.
pub(crate) struct Proofs {
    /// People who worked before and do not now.
    pub(crate) newly_broken: usize,
    /// Why somebody could not be proved at all, where one could not.
    pub(crate) unproved: Option<Problem>,
}

fn known_to_v1(user: UserId, users: &[greenhouse::harvest_v1::User]) -> Result<(), Error> {
    match users.iter().find(|it| it.id == user) {
        Some(it) if it.disabled != Some(true) => Ok(()),
        _ => Err(Error::new(Code::ActingUserUnknown, "")),
    }
}
