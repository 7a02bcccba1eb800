//! Step 5: who of the team is who in Greenhouse. Proposed with a reason, confirmed by a person, proved with
//! Greenhouse; never guessed.

mod prove;
mod show;
mod team;

use crate::Engine;
use crate::audit::by_person;
use crate::error::{Code, Error};
use crate::event::Topic;
use crate::view::MappingView;
use domain::ids::UserId;
use std::collections::BTreeSet;
use store::{MappingState, NewEntry, StoreError, Tx};

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

/// Proposes accounts anew, for everybody whom no person has decided on. To be called whenever users or team change.
pub(crate) fn propose(tx: &Tx<'_>) -> Result<(), StoreError> {
    let confirmed = tx.mapping().confirmed()?;
    let decided: BTreeSet<i64> = confirmed.iter().map(|it| it.member).collect();
    let taken: BTreeSet<UserId> = confirmed.iter().map(|it| it.user).collect();
    let mut members = tx.team().members()?;
    members.retain(|member| !decided.contains(&member.id));
    let mut accounts = tx.users().accounts()?;
    accounts.retain(|account| !taken.contains(&account.id));
    tx.mapping()
        .propose(&domain::mapping::propose(&members, &accounts))
}

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
        let now = self.now();
        self.db()
            .write(move |tx| {
                tx.team().load(member)?;
                tx.mapping().remember("An ATS id was set", &[member], now)?;
                tx.mapping().set_by_hand(member, user)?;
                let what = match user {
                    Some(_) => "Set an ATS id by hand",
                    None => "Cleared an ATS id",
                };
                let entry = by_person(now, what, format!("member:{member}"));
                tx.audit()
                    .append(&NewEntry {
                        acting: user,
                        ..entry
                    })
                    .map(drop)
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
    /// `NotFound` where nothing is proposed for one of them: then nobody is confirmed.
    pub async fn confirm_mapping(&self, members: &[i64]) -> Result<MappingView, Error> {
        let asked = members.to_vec();
        let now = self.now();
        let confirmed = self
            .db()
            .write(move |tx| {
                let members = if asked.is_empty() {
                    tx.mapping().certain()?
                } else {
                    asked
                };
                if members.is_empty() {
                    return Ok(members);
                }
                let words = people(members.len(), "confirmed");
                tx.mapping().remember(&words, &members, now)?;
                for member in &members {
                    let was = tx.mapping().find(*member)?;
                    let user = tx.mapping().confirm(*member, now)?;
                    if was.is_some_and(|it| it.state == MappingState::Confirmed) {
                        continue;
                    }
                    let entry = by_person(now, "Confirmed a mapping", format!("member:{member}"));
                    tx.audit().append(&NewEntry {
                        acting: Some(user),
                        ..entry
                    })?;
                }
                Ok(members)
            })
            .await?;
        self.changed(TOPICS);
        self.prove_soon(confirmed).await;
        self.mapping().await
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
        let now = self.now();
        self.db()
            .write(move |tx| {
                let done = if leave_out {
                    "left out"
                } else {
                    "taken back in"
                };
                let words = people(members.len(), done);
                tx.mapping().remember(&words, &members, now)?;
                for member in &members {
                    tx.team().set_left_out(*member, leave_out)?;
                    let what = if leave_out {
                        "Left somebody of the team out"
                    } else {
                        "Took somebody of the team back in"
                    };
                    tx.audit()
                        .append(&by_person(now, what, format!("member:{member}")))?;
                }
                propose(tx)
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
        let now = self.now();
        self.db()
            .write(move |tx| {
                if tx.mapping().undo()?.is_some() {
                    tx.audit()
                        .append(&by_person(now, "Took a change of the mapping back", ""))?;
                }
                Ok(())
            })
            .await?;
        self.changed(TOPICS);
        self.mapping().await
    }
}

/// Returns “1 person left out”, “3 people left out”.
fn people(count: usize, done: &str) -> String {
    match count {
        1 => format!("1 person {done}"),
        _ => format!("{count} people {done}"),
    }
}
