//! The Headhuntr team: from a file, pasted, typed, or ticked in Greenhouse's list.

use super::refused::nobody_at;
use super::{IMPORT_PROBLEMS, Matching, TAKEN_IN, TOPICS, give, people};
use crate::Engine;
use crate::audit::by_person;
use crate::error::{Code, Error, Problem};
use crate::setup::files::{on_file, row_problem};
use crate::view::{DecidedMapping, MappingView};
use crate::words;
use domain::ids::UserId;
use intake::team::{TeamList, read_team};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use store::{MappingState, NewMember, StoreError, Taken, Tx};

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
                let taken = take_in(tx, &matching, &joining, IfConfirmed::Kept, now)?;
                if let Some(mut problems) = problems {
                    let kept = taken.kept.iter();
                    problems.extend(
                        kept.map(|it| words::mapping::stays(&it.name, it.account, it.other)),
                    );
                    problems.extend(twice(tx, &joining)?);
                    tx.settings().set(IMPORT_PROBLEMS, &problems, now)?;
                }
                let what = people(joining.len(), "handed over for the team");
                tx.audit().append(&by_person(now, what, ""))?;
                matching.propose(tx)?;
                Ok::<_, StoreError>(taken.words)
            })
            .await?;
        self.changed(TOPICS);
        let view = self.mapping().await?;
        Ok(DecidedMapping { view, words })
    }
}

/// What becomes of an account that somebody is confirmed to be, where another one is handed over.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum IfConfirmed {
    /// It stays: a list replaces nothing that a person confirmed.
    Kept,
    /// It is replaced, and has to be confirmed again: a person sees what they paste.
    Replaced,
}

/// What came of taking people in.
pub(super) struct TakenIn {
    /// What was changed, in words; nothing where nothing was.
    pub(super) words: Option<String>,
    /// Who stays the account they are confirmed to be.
    pub(super) kept: Vec<Kept>,
}

/// Somebody who stays the account they are confirmed to be, though another one was handed over.
pub(super) struct Kept {
    /// Who.
    name: String,
    /// The account they are confirmed to be.
    account: UserId,
    /// The one handed over.
    other: UserId,
}

/// Takes people into the team, with their accounts where they are handed over. What changes nothing is nothing to take
/// back.
pub(super) fn take_in(
    tx: &Tx<'_>,
    matching: &Matching,
    joining: &[Joining],
    if_confirmed: IfConfirmed,
    now: Timestamp,
) -> Result<TakenIn, StoreError> {
    let mut known = BTreeSet::new();
    for one in joining {
        known.extend(tx.team().find_by_email(&one.member.email)?.map(|it| it.id));
    }
    let before = tx.mapping().last_change()?;
    let touched: Vec<i64> = known.iter().copied().collect();
    tx.mapping().remember("", &touched, now)?;
    let (mut added, mut changed, mut accounts) = (Vec::new(), BTreeSet::new(), Vec::new());
    for one in joining {
        let taken = tx.team().put(&one.member)?;
        match taken {
            Taken::Added(id) => added.push(id),
            Taken::Changed(id) => drop(changed.insert(id)),
            Taken::Unchanged(_) => {}
        }
        accounts.extend(one.user.map(|user| (taken.id(), user)));
    }
    // Only once all are in: whose an account is hangs on everybody.
    let mut kept = Vec::new();
    let set = to_be_set(tx, &accounts, if_confirmed, &mut kept)?;
    give(tx, matching, &set, now)?;
    changed.extend(set.iter().map(|it| it.0).filter(|it| known.contains(it)));
    if added.is_empty() && changed.is_empty() {
        tx.mapping().forget_changes_after(before)?;
        return Ok(TakenIn { words: None, kept });
    }
    let words = format!(
        "{} ({} new, {} changed)",
        people(joining.len(), TAKEN_IN),
        added.len(),
        changed.len()
    );
    tx.mapping().remember_added(&words, &added)?;
    let words = Some(words);
    Ok(TakenIn { words, kept })
}

/// Returns the accounts to be set, and notes who keeps theirs. The same account again changes nothing: it may be confirmed and
/// proved already.
fn to_be_set(
    tx: &Tx<'_>,
    accounts: &[(i64, UserId)],
    if_confirmed: IfConfirmed,
    kept: &mut Vec<Kept>,
) -> Result<Vec<(i64, Option<UserId>)>, StoreError> {
    let mut set = Vec::new();
    for (member, user) in accounts {
        let before = tx.mapping().find(*member)?;
        match before.filter(|it| it.estranged.is_none()) {
            Some(it) if it.user == *user => {}
            Some(it)
                if it.state == MappingState::Confirmed && if_confirmed == IfConfirmed::Kept =>
            {
                let whose = tx.team().load(*member)?;
                kept.push(Kept {
                    name: format!("{} ({})", whose.name, whose.email),
                    account: it.user,
                    other: *user,
                });
            }
            _ => set.push((*member, Some(*user))),
        }
    }
    Ok(set)
}

/// Returns who of these people is in the team under another address as well, by the id that Headhuntr gives them.
fn twice(tx: &Tx<'_>, joining: &[Joining]) -> Result<Vec<Problem>, StoreError> {
    let ids = joining
        .iter()
        .filter_map(|it| it.member.headhuntr_id.as_deref());
    let ids: BTreeSet<&str> = ids.collect();
    let mut by_id: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for it in tx.team().list()? {
        if let Some(id) = it.headhuntr_id.filter(|id| ids.contains(id.as_str())) {
            by_id.entry(id).or_default().push(it.email);
        }
    }
    let twice = by_id.iter().filter(|(_, emails)| emails.len() > 1);
    Ok(twice
        .map(|(id, emails)| words::mapping::twice(id, emails))
        .collect())
}
