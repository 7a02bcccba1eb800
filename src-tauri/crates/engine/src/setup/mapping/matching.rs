//! Proposing anew after every change. Both sides are kept as they were last read, so that what a person decides costs no
//! more than what hangs on it.

use domain::ids::UserId;
use domain::mapping::{Book, Clue, Decisions};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::{StoreError, Tx};

/// Both sides as they were last read, with the number of what was read. Cheap to clone; all clones are one.
#[derive(Clone, Default)]
pub(crate) struct Matching(Arc<Mutex<Kept>>);

type Kept = (Option<u64>, Book);

impl Matching {
    /// Lets go of both sides.
    pub(crate) fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = (None, Book::default());
    }

    /// Proposes accounts anew, for everybody whom no person has decided on, holds whose confirmed account seems to be
    /// somebody else's by now, and names in what the sources do not agree.
    /// To be called whenever users, team or decisions change: what is proposed always follows from these alone, and so
    /// stands again once a decision is taken back.
    pub(crate) fn propose(&self, tx: &Tx<'_>) -> Result<(), StoreError> {
        self.propose_with(tx, false)
    }

    /// Proposes anew after a change was taken back: what is confirmed again may be somebody else's by now.
    pub(crate) fn propose_after_undo(&self, tx: &Tx<'_>) -> Result<(), StoreError> {
        self.propose_with(tx, true)
    }

    /// Proposes anew where users or team changed since, as after a pull that broke off in between.
    pub(crate) fn catch_up(&self, tx: &Tx<'_>) -> Result<(), StoreError> {
        let is_due = !tx.team().is_empty()? && !is_judged(tx, tx.mapping().sources()?)?;
        if is_due { self.propose(tx) } else { Ok(()) }
    }

    /// Returns what speaks for accounts and against them, pair by pair; nothing where one is not known, or there is no
    /// account.
    pub(crate) fn clues(
        &self,
        tx: &Tx<'_>,
        pairs: &[(i64, Option<UserId>)],
    ) -> Result<Vec<Vec<Clue>>, StoreError> {
        let (kept, _) = self.read(tx)?;
        let clues = pairs
            .iter()
            .map(|(member, user)| user.map_or_else(Vec::new, |user| kept.1.clues(*member, user)));
        Ok(clues.collect())
    }

    /// Returns those of these members whose address is another account's than the one they are held to be.
    pub(crate) fn elsewhere(
        &self,
        tx: &Tx<'_>,
        held: &[(i64, UserId)],
    ) -> Result<Vec<i64>, StoreError> {
        let (kept, _) = self.read(tx)?;
        let elsewhere = held
            .iter()
            .filter(|(member, user)| kept.1.is_elsewhere(*member, *user));
        Ok(elsewhere.map(|it| it.0).collect())
    }

    /// Returns both sides as they are, with their number.
    fn read(&self, tx: &Tx<'_>) -> Result<(MutexGuard<'_, Kept>, u64), StoreError> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sources = tx.mapping().sources()?;
        if kept.0 != Some(sources) {
            let (members, accounts) = (tx.team().members()?, tx.users().accounts()?);
            *kept = (Some(sources), Book::of(members, accounts));
        }
        Ok((kept, sources))
    }

    fn propose_with(&self, tx: &Tx<'_>, restored: bool) -> Result<(), StoreError> {
        // Without a team there is nothing to compare, however many users there are; its proposals went with it.
        if tx.team().is_empty()? {
            self.forget();
            return Ok(());
        }
        let (mut kept, sources) = self.read(tx)?;
        let book = &mut kept.1;
        // What a person confirms now is what they see now, so that decisions alone make nobody a stranger.
        if restored || !is_judged(tx, sources)? {
            judge(tx, book)?;
            // At no time: nobody changed a setting by it, and the window says when somebody last did.
            tx.settings()
                .set(JUDGED, &sources.to_string(), Timestamp::UNIX_EPOCH)?;
        }
        let left_out = tx.team().left_out()?;
        tx.mapping().propose(&book.propose(Decisions {
            settled: &tx.mapping().settled()?,
            refused: &tx.mapping().refused()?,
            typed: &tx.mapping().typed()?,
            left_out: &left_out,
        }))?;
        let held: BTreeMap<i64, UserId> = tx.mapping().held()?.into_iter().collect();
        tx.mapping()
            .keep_differences(&book.differences(&held, &left_out.into_iter().collect()))
    }
}

/// Where the number of the sources is kept that decisions were last compared with. It is written with what came of it, so
/// that whatever breaks off in between is made good.
const JUDGED: &str = "judged_sources";

fn is_judged(tx: &Tx<'_>, sources: u64) -> Result<bool, StoreError> {
    let judged = tx.settings().find::<String>(JUDGED)?;
    Ok(judged.is_some_and(|it| it == sources.to_string()))
}

/// Compares what people typed and confirmed with both sides as they are.
fn judge(tx: &Tx<'_>, book: &mut Book) -> Result<(), StoreError> {
    for (member, account) in tx.mapping().typed_accounts()? {
        tx.mapping()
            .keep_clues(member, &book.clues(member, account))?;
    }
    let estranged = book.estranged(&tx.mapping().confirmed_because()?);
    tx.mapping().keep_estranged(&estranged)
}
