//! Several decisions about the mapping as one change: all of them hold, or none does, and they are taken back as one.

use super::refused::nobody_at;
use super::{Matching, TOPICS, confirm, leave_out, paste, set_all};
use crate::Engine;
use crate::call::MappingDecisions;
use crate::error::{Code, Error};
use crate::view::DecidedMapping;
use domain::ids::UserId;
use domain::mapping::{folded_email, is_contradicted};
use jiff::Timestamp;
use std::collections::BTreeSet;
use store::{Sharing, StoreError, Tx};

impl Engine {
    /// Carries out what is decided. Where one part of it cannot be, nothing has changed.
    ///
    /// # Errors
    /// `InputInvalid` where an id cannot be one, or one person is to have two, or to be left out as well; `NotFound`
    /// where nobody of the team, nor of the rows that are pasted, has an address; `MappingDoubtful` where everything
    /// speaks against an account that is confirmed with it and nobody said that it is meant; as [`Engine::confirm_mapping`].
    pub async fn decide_mapping(&self, decided: MappingDecisions) -> Result<DecidedMapping, Error> {
        if decided.is_nothing() {
            let view = self.mapping().await?;
            return Ok(DecidedMapping { view, words: None });
        }
        let ids = decided.set.iter().map(|(_, user)| Some(*user));
        paste::are_ids(ids.chain(decided.pasted.iter().map(|it| it.user)))?;
        says_one_thing_of_each(&decided)?;
        self.are_known(&decided).await?;
        let (now, matching) = (self.now(), self.matching());
        let done = self
            .db()
            .write(move |tx| {
                let before = tx.mapping().last_change()?;
                let touched = carry_out(tx, &matching, &decided, now)?;
                let confirmed = confirm_those(tx, &decided, touched, now, &matching)?;
                let words = tx.mapping().join_changes_after(before)?;
                Ok::<_, StoreError>((confirmed, words))
            })
            .await;
        let (confirmed, words) = match done {
            Ok(done) => done,
            Err(error) => return Err(self.naming_whom(error).await),
        };
        if words.is_some() {
            self.changed(TOPICS);
        }
        self.prove_soon(confirmed).await;
        let view = self.mapping().await?;
        Ok(DecidedMapping { view, words })
    }

    /// Refuses an address that nobody has.
    async fn are_known(&self, decided: &MappingDecisions) -> Result<(), Error> {
        let pasted = decided.pasted.iter().map(|it| folded_email(&it.email));
        let pasted: BTreeSet<String> = pasted.collect();
        let asked = decided.set.iter().map(|it| &it.0).chain(&decided.left_out);
        let asked = asked.filter(|email| !pasted.contains(&folded_email(email)));
        let asked: Vec<String> = asked.cloned().collect();
        let unknown = self
            .db()
            .read(move |reader| {
                for email in asked {
                    if reader.team().find_by_email(&email)?.is_none() {
                        return Ok(Some(email));
                    }
                }
                Ok(None)
            })
            .await?;
        unknown.map_or(Ok(()), |email| Err(nobody_at(email.trim())))
    }
}

/// Refuses two decisions about one person, of which only one could hold.
fn says_one_thing_of_each(decided: &MappingDecisions) -> Result<(), Error> {
    let asked = decided.set.iter().map(|it| &it.0).chain(&decided.left_out);
    let mut seen = BTreeSet::new();
    for email in asked {
        if !seen.insert(folded_email(email)) {
            let detail = format!("Two things are decided about {}", email.trim());
            return Err(Error::new(Code::InputInvalid, detail));
        }
    }
    Ok(())
}

/// Takes pasted rows in, sets ids and leaves people out; returns those whose id was set, and who are not left out.
fn carry_out(
    tx: &Tx<'_>,
    matching: &Matching,
    decided: &MappingDecisions,
    now: Timestamp,
) -> Result<Vec<i64>, StoreError> {
    let mut touched = paste::apply(tx, matching, decided.pasted.clone(), now)?;
    let set = decided.set.iter();
    let set: Vec<(i64, Option<UserId>)> = set
        .map(|(email, user)| Ok((member(tx, email)?, Some(*user))))
        .collect::<Result<_, StoreError>>()?;
    let back = out_of(tx, set.iter().map(|it| it.0))?;
    leave_out(tx, &back, false, now)?;
    set_all(tx, matching, &set, now)?;
    touched.extend(set.into_iter().map(|it| it.0));
    let left_out = decided.left_out.iter().map(|email| member(tx, email));
    let left_out: Vec<i64> = left_out.collect::<Result<_, StoreError>>()?;
    leave_out(tx, &left_out, true, now)?;
    // A row of somebody left out may be pasted: that takes nobody back in.
    let still_out = out_of(tx, touched.iter().copied())?;
    touched.retain(|it| !still_out.contains(it));
    touched.sort_unstable();
    touched.dedup();
    Ok(touched)
}

/// Confirms what is to be confirmed, and proposes to the others what is left; returns whom.
fn confirm_those(
    tx: &Tx<'_>,
    decided: &MappingDecisions,
    touched: Vec<i64>,
    now: Timestamp,
    matching: &Matching,
) -> Result<Vec<i64>, StoreError> {
    matching.propose(tx)?;
    let sharing = if decided.shared {
        Sharing::Meant
    } else {
        Sharing::Refused
    };
    let mut members = Vec::new();
    if decided.confirm {
        let news = confirm(tx, matching, &touched, sharing, now)?;
        if !decided.doubtful {
            nothing_is_wrong(tx, &news)?;
        }
        members.extend(touched);
    }
    if decided.confirm_certain {
        let certain = tx.mapping().certain()?;
        confirm(tx, matching, &certain, sharing, now)?;
        members.extend(certain);
    }
    // Whom somebody is confirmed to be is proposed to nobody else.
    if !members.is_empty() {
        matching.propose(tx)?;
    }
    Ok(members)
}

/// Refuses accounts that everything speaks against: what is set and confirmed in one go was seen by nobody.
fn nothing_is_wrong(tx: &Tx<'_>, members: &[i64]) -> Result<(), StoreError> {
    for member in members {
        let Some(mapping) = tx.mapping().find(*member)? else {
            continue;
        };
        // That the address is another account's stands last, and says most.
        let last = mapping.clues.last();
        if let Some(clue) = last.filter(|_| is_contradicted(&mapping.clues)) {
            return Err(StoreError::AccountDoubtful {
                account: mapping.user,
                member: *member,
                clue: *clue,
            });
        }
    }
    Ok(())
}

/// Returns the member of an address that was looked up before.
fn member(tx: &Tx<'_>, email: &str) -> Result<i64, StoreError> {
    let found = tx.team().find_by_email(email)?;
    found.map(|it| it.id).ok_or(StoreError::NotFound {
        what: "team member",
        id: 0,
    })
}

/// Returns those of these members who are left out.
fn out_of(tx: &Tx<'_>, members: impl Iterator<Item = i64>) -> Result<Vec<i64>, StoreError> {
    let out: BTreeSet<i64> = tx.team().left_out()?.into_iter().collect();
    Ok(members.filter(|it| out.contains(it)).collect())
}
