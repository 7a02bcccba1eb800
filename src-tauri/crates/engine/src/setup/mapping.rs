//! Step 5: who of the team is who in Greenhouse. Proposed with a reason, confirmed by a person, proved with
//! Greenhouse; never guessed.

mod export;
mod matching;
mod paste;
mod prove;
mod refused;
mod show;
mod team;
mod together;

pub(crate) use matching::Matching;

use crate::Engine;
use crate::audit::by_person;
use crate::error::{Code, Error};
use crate::event::Topic;
use crate::view::MappingView;
use domain::ids::UserId;
use domain::mapping::Clue;
use jiff::Timestamp;
use std::collections::BTreeSet;
use store::{MappingState, NewEntry, Sharing, StoreError, Tx};

const TOPICS: &[Topic] = &[
    Topic::Overview,
    Topic::Mapping,
    Topic::Users,
    Topic::Review,
    Topic::People,
    Topic::Audit,
];

/// Where what was noticed in the last import of the team is kept.
const IMPORT_PROBLEMS: &str = "team_import_problems";

/// What is said of people who came in with a list or by hand.
const TAKEN_IN: &str = "taken in";

impl Engine {
    /// Sets (or clears) a person's ATS id by hand. It has to be confirmed.
    ///
    /// # Errors
    /// `NotFound` where there is nobody of that id.
    pub async fn set_mapping(
        &self,
        member: i64,
        user: Option<UserId>,
    ) -> Result<MappingView, Error> {
        if user.is_some_and(|user| user.get() <= 0) {
            let detail = "An ATS id is a whole number above zero";
            return Err(Error::new(Code::InputInvalid, detail).at("user"));
        }
        let (now, matching) = (self.now(), self.matching());
        self.db()
            .write(move |tx| {
                set_all(tx, &matching, &[(member, user)], now)?;
                matching.propose(tx)
            })
            .await?;
        self.changed(TOPICS);
        self.mapping().await
    }

    /// Confirms people, and proves each with Greenhouse. Empty means all whose proposal is certain.
    ///
    /// That Greenhouse refuses somebody, or cannot be asked now, is to be seen in their row and is no error.
    ///
    /// # Errors
    /// `NotFound` where nothing is proposed for one of them, `MappingTwice` where somebody else is confirmed to be the
    /// same account, `ActingUserDeactivated` where an account can no longer log in: then nobody is confirmed.
    pub async fn confirm_mapping(&self, members: &[i64]) -> Result<MappingView, Error> {
        self.confirm(members.to_vec(), Sharing::Refused).await
    }

    /// Confirms somebody whose account somebody else of the team has as well: a choice made on purpose.
    ///
    /// # Errors
    /// `NotFound` where nothing is proposed for them, `ActingUserDeactivated` where their account can no longer log in.
    pub async fn confirm_shared(&self, member: i64) -> Result<MappingView, Error> {
        self.confirm(vec![member], Sharing::Meant).await
    }

    async fn confirm(&self, asked: Vec<i64>, sharing: Sharing) -> Result<MappingView, Error> {
        let (now, matching) = (self.now(), self.matching());
        let confirmed = self
            .db()
            .write(move |tx| {
                let members = if asked.is_empty() {
                    tx.mapping().certain()?
                } else {
                    asked
                };
                confirm(tx, &matching, &members, sharing, now)?;
                if !members.is_empty() {
                    matching.propose(tx)?;
                }
                Ok(members)
            })
            .await;
        let confirmed = match confirmed {
            Ok(confirmed) => confirmed,
            Err(error) => return Err(self.naming_whom(error).await),
        };
        self.changed(TOPICS);
        self.prove_soon(confirmed).await;
        self.mapping().await
    }

    /// Compares what people decided with users and team, where these changed since.
    pub(crate) async fn compare_who_is_who(&self) -> Result<(), Error> {
        let matching = self.matching();
        self.db().write(move |tx| matching.catch_up(tx)).await
    }

    /// Leaves people out on purpose, or takes them back in.
    ///
    /// # Errors
    /// `NotFound` where there is nobody of one of the ids: then nobody is left out.
    pub async fn leave_out(&self, members: &[i64], leave_out: bool) -> Result<MappingView, Error> {
        let members = members.to_vec();
        if members.is_empty() {
            return self.mapping().await;
        }
        let (now, matching) = (self.now(), self.matching());
        self.db()
            .write(move |tx| {
                self::leave_out(tx, &members, leave_out, now)?;
                matching.propose(tx)
            })
            .await?;
        self.changed(TOPICS);
        self.mapping().await
    }

    /// Forgets what a person decided about these members, or about everybody where none is named: what is proposed stands
    /// again. It can be taken back.
    ///
    /// # Errors
    /// As every write of the store.
    pub async fn reset_mapping(&self, members: &[i64]) -> Result<MappingView, Error> {
        let asked = members.to_vec();
        let (now, matching) = (self.now(), self.matching());
        self.db()
            .write(move |tx| {
                let members = if asked.is_empty() {
                    tx.mapping().decided()?
                } else {
                    asked
                };
                if members.is_empty() {
                    return Ok(());
                }
                let words = people(members.len(), "begun anew");
                tx.mapping().remember(&words, &members, now)?;
                for member in &members {
                    let before = held_by(tx, *member)?;
                    tx.mapping().forget_decisions(*member)?;
                    let what = match before {
                        Some(user) => format!("Forgot what was decided about ATS id {user}"),
                        None => "Forgot what was decided about a mapping".to_owned(),
                    };
                    tx.audit()
                        .append(&by_person(now, what, format!("member:{member}")))?;
                }
                matching.propose(tx)
            })
            .await?;
        self.changed(TOPICS);
        self.mapping().await
    }

    /// Takes the last change of the mapping back; none is no error.
    ///
    /// # Errors
    /// As every write of the store.
    pub async fn undo_mapping(&self) -> Result<MappingView, Error> {
        let (now, matching) = (self.now(), self.matching());
        self.db()
            .write(move |tx| {
                if let Some(words) = tx.mapping().undo()? {
                    if words.contains(TAKEN_IN) {
                        // What was noticed in the list is of no use without it.
                        tx.settings().remove(IMPORT_PROBLEMS)?;
                    }
                    tx.audit()
                        .append(&by_person(now, "Took a change of the mapping back", ""))?;
                    matching.propose_after_undo(tx)?;
                }
                Ok(())
            })
            .await?;
        self.changed(TOPICS);
        self.mapping().await
    }
}

fn set_all(
    tx: &Tx<'_>,
    matching: &Matching,
    set: &[(i64, Option<UserId>)],
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut changed = Vec::with_capacity(set.len());
    for (member, user) in set {
        if !is_set_already(tx, *member, *user)? {
            changed.push((*member, *user));
        }
    }
    let set = changed;
    if set.is_empty() {
        return Ok(());
    }
    let members: Vec<i64> = set.iter().map(|it| it.0).collect();
    let done = if set.iter().all(|it| it.1.is_none()) {
        "left without an ATS id"
    } else {
        "given another ATS id"
    };
    let words = people(set.len(), done);
    tx.mapping().remember(&words, &members, now)?;
    give(tx, matching, &set, now)
}

/// Sets or clears ATS ids, with what speaks for them and against them.
fn give(
    tx: &Tx<'_>,
    matching: &Matching,
    set: &[(i64, Option<UserId>)],
    now: Timestamp,
) -> Result<(), StoreError> {
    let clues = matching.clues(tx, set)?;
    for ((member, user), clues) in set.iter().zip(&clues) {
        give_one(tx, *member, *user, clues, now)?;
    }
    Ok(())
}

/// Sets or clears one ATS id, and writes into the audit log what it was and is.
fn give_one(
    tx: &Tx<'_>,
    member: i64,
    user: Option<UserId>,
    clues: &[Clue],
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.team().load(member)?;
    let before = held_by(tx, member)?.filter(|before| Some(*before) != user);
    tx.mapping().set_by_hand(member, user, clues)?;
    let what = match (user, before) {
        (Some(_), None) => "Set an ATS id by hand".to_owned(),
        (Some(_), Some(before)) => format!("Set an ATS id by hand, in place of {before}"),
        (None, None) => "Cleared an ATS id".to_owned(),
        (None, Some(before)) => format!("Cleared ATS id {before}"),
    };
    let entry = NewEntry {
        acting: user,
        ..by_person(now, what, format!("member:{member}"))
    };
    tx.audit().append(&entry).map(drop)
}

/// Returns the account somebody is held to be.
fn held_by(tx: &Tx<'_>, member: i64) -> Result<Option<UserId>, StoreError> {
    Ok(tx.mapping().find(member)?.map(|it| it.user))
}

/// Whether somebody is confirmed to be an account, without anything against it: typing it once more decides nothing.
fn is_set_already(tx: &Tx<'_>, member: i64, user: Option<UserId>) -> Result<bool, StoreError> {
    let found = tx.mapping().find(member)?;
    Ok(found.is_some_and(|it| {
        it.state == MappingState::Confirmed && it.estranged.is_none() && Some(it.user) == user
    }))
}

/// Confirms these members; returns those who were not before.
fn confirm(
    tx: &Tx<'_>,
    matching: &Matching,
    members: &[i64],
    sharing: Sharing,
    now: Timestamp,
) -> Result<Vec<i64>, StoreError> {
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let confirmed: BTreeSet<i64> = tx.mapping().settled()?.into_iter().map(|it| it.0).collect();
    let news = members.iter().filter(|it| !confirmed.contains(it));
    let news: Vec<i64> = news.copied().collect();
    if news.is_empty() {
        return Ok(news);
    }
    tx.mapping()
        .remember(&people(news.len(), "confirmed"), &news, now)?;
    note_addresses_elsewhere(tx, matching, &news)?;
    for member in &news {
        let user = tx.mapping().confirm(*member, sharing, now)?;
        let entry = by_person(now, "Confirmed a mapping", format!("member:{member}"));
        tx.audit().append(&NewEntry {
            acting: Some(user),
            ..entry
        })?;
    }
    Ok(news)
}

/// Keeps of whom it was known that their address is another account's: whoever is confirmed all the same is not held for
/// it later.
fn note_addresses_elsewhere(
    tx: &Tx<'_>,
    matching: &Matching,
    members: &[i64],
) -> Result<(), StoreError> {
    let mut held = Vec::with_capacity(members.len());
    for member in members {
        held.extend(held_by(tx, *member)?.map(|user| (*member, user)));
    }
    for member in matching.elsewhere(tx, &held)? {
        let Some(mut found) = tx.mapping().find(member)? else {
            continue;
        };
        if !found.clues.contains(&Clue::AddressElsewhere) {
            found.clues.push(Clue::AddressElsewhere);
            tx.mapping().keep_clues(member, &found.clues)?;
        }
    }
    Ok(())
}

fn leave_out(
    tx: &Tx<'_>,
    members: &[i64],
    leave_out: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    let out: BTreeSet<i64> = tx.team().left_out()?.into_iter().collect();
    let changed = members.iter().filter(|it| out.contains(it) != leave_out);
    let members: Vec<i64> = changed.copied().collect();
    if members.is_empty() {
        return Ok(());
    }
    let (done, what) = if leave_out {
        ("left out", "Left somebody of the team out")
    } else {
        ("taken back in", "Took somebody of the team back in")
    };
    tx.mapping()
        .remember(&people(members.len(), done), &members, now)?;
    for member in &members {
        tx.team().set_left_out(*member, leave_out)?;
        tx.audit()
            .append(&by_person(now, what, format!("member:{member}")))?;
    }
    Ok(())
}

/// Returns “1 person left out”, “3 people left out”.
fn people(count: usize, done: &str) -> String {
    match count {
        1 => format!("1 person {done}"),
        _ => format!("{count} people {done}"),
    }
}
