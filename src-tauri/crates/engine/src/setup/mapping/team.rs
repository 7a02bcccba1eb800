//! The Headhuntr team: from a file, pasted, typed, or ticked in Greenhouse's list.

use super::refused::nobody_at;
use super::{IMPORT_PROBLEMS, TAKEN_IN, TOPICS, people, set_one};
use crate::Engine;
use crate::audit::by_person;
use crate::error::{Code, Error, Problem};
use crate::setup::files::{on_file, row_problem};
use crate::view::{DecidedMapping, MappingView};
use domain::ids::UserId;
use intake::team::{TeamList, read_team};
use jiff::Timestamp;
use std::path::PathBuf;
use store::{NewMember, StoreError, Taken, Tx};

/// Rows that were not understood are named up to this many.
const NAMED: usize = 100;

/// Somebody to be taken into the team, with their account where it is handed over.
pub(super) struct Joining {
    pub(super) member: NewMember,
    pub(super) user: Option<UserId>,
}

impl Engine {
    /// Takes in the team from a file, and says what that changed.
    ///
    /// # Errors
    /// Every code of a file.
    pub async fn import_team(&self, path: &str) -> Result<DecidedMapping, Error> {
        let path = PathBuf::from(path);
        let list = on_file(move || read_team(&path)).await??;
        self.take_list(list).await
    }

    /// Adds one person.
    ///
    /// # Errors
    /// `InputInvalid` where the address cannot be one.
    pub async fn add_member(&self, name: &str, email: &str) -> Result<MappingView, Error> {
        let email = intake::value::email(email).ok_or_else(|| {
            Error::new(Code::InputInvalid, "This cannot be an e-mail address").at("email")
        })?;
        let name = match name.trim() {
            "" => email.clone(),
            name => name.to_owned(),
        };
        let member = NewMember {
            name,
            email,
            headhuntr_id: None,
        };
        let done = self
            .join(vec![Joining { member, user: None }], None)
            .await?;
        Ok(done.view)
    }

    /// Adds people by ticking their Greenhouse accounts. Their mapping is by hand, and still to be confirmed.
    ///
    /// # Errors
    /// `NotFound` where a user is not in the list; `InputInvalid` where one has no address: then nobody is added.
    pub async fn add_members_from_users(&self, users: &[UserId]) -> Result<MappingView, Error> {
        let users = users.to_vec();
        let found = self
            .db()
            .read(move |reader| {
                let found = users.into_iter().map(|id| reader.users().find(id));
                found.collect::<Result<Vec<_>, _>>()
            })
            .await?;
        let mut joining = Vec::with_capacity(found.len());
        for user in found {
            let user = user
                .ok_or_else(|| Error::new(Code::NotFound, "A user is not in the list any more"))?;
            let email = user.email.ok_or_else(|| {
                let detail = "A user has no e-mail address, and people of the team are known by it";
                Error::new(Code::InputInvalid, detail)
            })?;
            joining.push(Joining {
                member: NewMember {
                    name: user.name,
                    email,
                    headhuntr_id: None,
                },
                user: Some(user.id),
            });
        }
        Ok(self.join(joining, None).await?.view)
    }

    /// Returns our row of the member of the team who has an address.
    ///
    /// # Errors
    /// `NotFound` where nobody has it.
    pub async fn find_member(&self, email: &str) -> Result<i64, Error> {
        let wanted = email.to_owned();
        let found = self
            .db()
            .read(move |reader| reader.team().find_by_email(&wanted))
            .await?;
        found.map(|it| it.id).ok_or_else(|| nobody_at(email.trim()))
    }

    /// Removes somebody from the team. It can be taken back.
    ///
    /// # Errors
    /// `NotFound` where there is nobody of that id.
    pub async fn remove_member(&self, member: i64) -> Result<MappingView, Error> {
        let (now, matching) = (self.now(), self.matching());
        self.db()
            .write(move |tx| {
                tx.mapping().remember("1 person removed", &[member], now)?;
                tx.team().remove(member)?;
                let what = "Removed somebody from the team";
                tx.audit()
                    .append(&by_person(now, what, format!("member:{member}")))?;
                matching.propose(tx)
            })
            .await?;
        self.changed(TOPICS);
        self.mapping().await
    }

    async fn take_list(&self, list: TeamList) -> Result<DecidedMapping, Error> {
        let mut problems: Vec<Problem> =
            list.problems.iter().take(NAMED).map(row_problem).collect();
        let more = list.problems.len().saturating_sub(NAMED);
        if more > 0 {
            problems.push(Problem::of(
                Code::RowsInvalid,
                &format!("And {more} more rows"),
            ));
        }
        let joining = list.members.into_iter().map(|it| Joining {
            user: it.ats_id,
            member: NewMember {
                name: it.name,
                email: it.email,
                headhuntr_id: it.headhuntr_id,
            },
        });
        self.join(joining.collect(), Some(problems)).await
    }

    async fn join(
        &self,
        joining: Vec<Joining>,
        problems: Option<Vec<Problem>>,
    ) -> Result<DecidedMapping, Error> {
        let (now, matching) = (self.now(), self.matching());
        let words = self
            .db()
            .write(move |tx| {
                let words = take_in(tx, &joining, now)?;
                if let Some(problems) = problems {
                    tx.settings().set(IMPORT_PROBLEMS, &problems, now)?;
                }
                let what = people(joining.len(), "handed over for the team");
                tx.audit().append(&by_person(now, what, ""))?;
                matching.propose(tx)?;
                Ok::<_, StoreError>(words)
            })
            .await?;
        self.changed(TOPICS);
        let view = self.mapping().await?;
        Ok(DecidedMapping { view, words })
    }
}

/// Takes people into the team, with their accounts where they are handed over; returns what that changed, in words. What
/// changes nothing is nothing to take back.
pub(super) fn take_in(
    tx: &Tx<'_>,
    joining: &[Joining],
    now: Timestamp,
) -> Result<Option<String>, StoreError> {
    let mut known = Vec::new();
    for one in joining {
        known.extend(tx.team().find_by_email(&one.member.email)?.map(|it| it.id));
    }
    let before = tx.mapping().last_change()?;
    tx.mapping().remember("", &known, now)?;
    let (mut added, mut changed) = (Vec::new(), 0_usize);
    for one in joining {
        let taken = tx.team().put(&one.member)?;
        let is_set = match one.user {
            Some(user) => give(tx, taken.id(), user, now)?,
            None => false,
        };
        match taken {
            Taken::Added(id) => added.push(id),
            Taken::Changed(_) => changed += 1,
            Taken::Unchanged(_) => changed += usize::from(is_set),
        }
    }
    if added.is_empty() && changed == 0 {
        tx.mapping().forget_changes_after(before)?;
        return Ok(None);
    }
    let words = format!(
        "{} ({} new, {changed} changed)",
        people(joining.len(), TAKEN_IN),
        added.len()
    );
    tx.mapping().remember_added(&words, &added)?;
    Ok(Some(words))
}

/// Gives somebody an account, unless it is theirs already, and perhaps confirmed and proved.
fn give(tx: &Tx<'_>, member: i64, user: UserId, now: Timestamp) -> Result<bool, StoreError> {
    let before = tx.mapping().find(member)?;
    let is_known = before.is_some_and(|it| it.user == user && !it.is_estranged);
    if !is_known {
        set_one(tx, member, Some(user), now)?;
    }
    Ok(!is_known)
}
