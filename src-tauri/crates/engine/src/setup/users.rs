//! Step 3: Greenhouse's users, from the Excel export or from Greenhouse itself. The first import applies at once;
//! a later one waits with what it would change until a person says so.

mod export;
mod live;
mod show;

pub(crate) use live::gh_user;

use crate::Engine;
use crate::audit::by_person;
use crate::error::{Code, Error};
use crate::event::Topic;
use crate::setup::mapping::Matching;
use crate::view::{self, UsersView};
use export::Part;
use jiff::Timestamp;
use store::{Absent, GhUser, ImportSlot, StoreError, Tx, UserBatch, UsersDiff, UsersImport};
use tokio::sync::mpsc::Receiver;

const TOPICS: &[Topic] = &[
    Topic::Overview,
    Topic::Users,
    Topic::Mapping,
    Topic::Review,
    Topic::Audit,
];

/// Users that were read live, and what is noted of the reading.
struct Reading {
    users: Vec<GhUser>,
    import: view::UsersImport,
}

impl Engine {
    /// Reads a user export. It is never locked and never changed.
    ///
    /// # Errors
    /// Every code of a file: `FileUnreadable`, `FileWrongKind`, `FileProtected`, `FileTooLarge`, `FileEmpty`,
    /// `ColumnsUnrecognised`, `NothingTaken` where no row has a valid id. What was taken in before is then still in use.
    pub async fn import_users(&self, path: &str) -> Result<UsersView, Error> {
        let now = self.now();
        let (mut parts, reading) = export::begin(path, now);
        // Until somebody is found, what was there before is not touched.
        let first = parts.recv().await;
        let written = match first {
            Some(first) => {
                let matching = self.matching();
                let staged = move |tx: &Tx<'_>| stage_parts(tx, first, &mut parts, now, &matching);
                self.db().write(staged).await
            }
            None => Ok(()),
        };
        // Why reading broke off says more than that writing then had to.
        reading.await.map_err(|error| {
            Error::new(Code::Unexpected, "Reading the file broke off").caused_by(error)
        })??;
        written?;
        self.changed(TOPICS);
        self.users().await
    }

    /// Reads the users from Greenhouse itself.
    ///
    /// # Errors
    /// `CredentialMissing`, `ScopeMissing`, and whatever a read ends with.
    pub async fn read_users_live(&self) -> Result<UsersView, Error> {
        let (reading, emails) = live::read(self).await?;
        if !emails.is_empty() {
            self.db()
                .write(move |tx| tx.mirror().put(&emails).map(drop))
                .await?;
        }
        self.take_users(reading).await
    }

    /// Applies the import that waits.
    ///
    /// # Errors
    /// `NotFound` where none waits.
    pub async fn apply_users(&self) -> Result<UsersView, Error> {
        let (now, matching) = (self.now(), self.matching());
        let applied = self
            .db()
            .write(move |tx| {
                let Some(import) = tx.users().import(ImportSlot::Waiting)? else {
                    return Ok(false);
                };
                apply(tx, &import, now, &matching)?;
                Ok(true)
            })
            .await?;
        if !applied {
            return Err(Error::new(Code::NotFound, "No import waits to be applied"));
        }
        self.changed(TOPICS);
        self.users().await
    }

    /// Drops the import that waits; none is no error.
    ///
    /// # Errors
    /// As every write of the store.
    pub async fn discard_users(&self) -> Result<UsersView, Error> {
        self.db().write(|tx| tx.users().discard_staged()).await?;
        self.changed(&[Topic::Users]);
        self.users().await
    }

    async fn take_users(&self, reading: Reading) -> Result<UsersView, Error> {
        let (now, matching) = (self.now(), self.matching());
        self.db()
            .write(move |tx| {
                tx.users().discard_staged()?;
                tx.users().stage_users(&UserBatch::of(&reading.users))?;
                staged(tx, &reading.import, now, &matching)
            })
            .await?;
        self.changed(TOPICS);
        self.users().await
    }
}

/// Puts down what the reader hands over while it reads on. Where it breaks off before the end, all is undone.
fn stage_parts(
    tx: &Tx<'_>,
    first: Part,
    parts: &mut Receiver<Part>,
    now: Timestamp,
    matching: &Matching,
) -> Result<(), StoreError> {
    tx.users().discard_staged()?;
    let is_first = tx.users().is_untouched()?;
    let mut part = Some(first);
    loop {
        match part {
            Some(Part::Users(users)) if is_first => tx.users().put_first(&users)?,
            Some(Part::Users(users)) => tx.users().stage_users(&users)?,
            Some(Part::End {
                import,
                contradicted,
            }) if is_first => {
                tx.users().take_back_first(&contradicted)?;
                let import = noted(&import);
                tx.users().note_first(&import)?;
                return in_use(tx, &import, now, matching);
            }
            Some(Part::End {
                import,
                contradicted,
            }) => {
                tx.users().take_back_staged(&contradicted)?;
                return staged(tx, &import, now, matching);
            }
            None => return Err(StoreError::GivenUp),
        }
        part = parts.blocking_recv();
    }
}

/// Says what waits. The first import applies at once, and so does one that changes nothing.
fn staged(
    tx: &Tx<'_>,
    import: &view::UsersImport,
    now: Timestamp,
    matching: &Matching,
) -> Result<(), StoreError> {
    let import = noted(import);
    let is_first = tx.users().import(ImportSlot::Applied)?.is_none();
    tx.users().stage_import(&import)?;
    // Nothing to look at is nothing to wait for.
    if is_first || is_same(&tx.users().diff(0)?) {
        apply(tx, &import, now, matching)?;
    }
    Ok(())
}

fn noted(import: &view::UsersImport) -> UsersImport {
    UsersImport {
        at: import.at,
        users: import.total,
        looks_partial: import.looks_partial,
        payload: serde_json::to_value(import).unwrap_or_default(),
    }
}

fn is_same(diff: &UsersDiff) -> bool {
    diff.added + diff.changed + diff.gone == 0
}

/// Makes the import that waits the one in use. People that a partial export lacks are kept.
fn apply(
    tx: &Tx<'_>,
    import: &UsersImport,
    now: Timestamp,
    matching: &Matching,
) -> Result<(), StoreError> {
    tx.users().apply_staged(Absent::of(import), now)?;
    in_use(tx, import, now, matching)
}

/// Proposes among the users who are in use now, and puts on record that they are.
fn in_use(
    tx: &Tx<'_>,
    import: &UsersImport,
    now: Timestamp,
    matching: &Matching,
) -> Result<(), StoreError> {
    matching.propose(tx)?;
    let what = format!("Took in {} Greenhouse users", import.users);
    tx.audit().append(&by_person(now, what, "")).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::{Store, UsersSource};
    use tokio::sync::mpsc::channel;

    fn user(id: i64) -> GhUser {
        GhUser {
            id: domain::ids::UserId(id),
            name: "Ana Vega".into(),
            first_name: String::new(),
            last_name: String::new(),
            email: None,
            emails: Vec::new(),
            deactivated: false,
            is_state_unclear: false,
            site_admin: None,
            source: UsersSource::Export,
            updated_at: None,
            raw: "{}".into(),
        }
    }

    #[test]
    fn an_export_that_breaks_off_changes_nothing() {
        let mut store = Store::open_in_memory().unwrap();
        let import = UsersImport {
            at: Timestamp::UNIX_EPOCH,
            users: 1,
            looks_partial: false,
            payload: serde_json::json!({}),
        };
        store
            .transaction(|tx| tx.users().stage(&[user(7)], &import))
            .unwrap();
        let (to, mut parts) = channel(4);
        assert!(
            to.try_send(Part::Users(UserBatch::of(&[user(8)]))).is_ok(),
            "there is room"
        );
        // The reader found what it cannot read, and is gone without an end.
        drop(to);
        let first = Part::Users(UserBatch::of(&[user(9)]));
        let written = store.transaction(|tx| {
            stage_parts(
                tx,
                first,
                &mut parts,
                Timestamp::UNIX_EPOCH,
                &Matching::default(),
            )
        });
        assert!(matches!(written, Err(StoreError::GivenUp)), "{written:?}");
        let waiting = store.users().diff(10).unwrap();
        assert_eq!(
            (waiting.added, waiting.changes.len()),
            (1, 1),
            "what waited still waits"
        );
    }

    #[test]
    fn the_first_export_is_in_use_whole_or_not_at_all() {
        let mut store = Store::open_in_memory().unwrap();
        let mut take = |end: Option<Part>| {
            let (to, mut parts) = channel(4);
            if let Some(end) = end {
                assert!(to.try_send(end).is_ok(), "there is room");
            }
            drop(to);
            let (first, now) = (
                Part::Users(UserBatch::of(&[user(9)])),
                Timestamp::UNIX_EPOCH,
            );
            let matching = Matching::default();
            let taken = store.transaction(|tx| stage_parts(tx, first, &mut parts, now, &matching));
            let everybody = store.users().counts().unwrap();
            let noted = store.users().import(ImportSlot::Applied).unwrap();
            (taken.is_ok(), everybody.0, noted.is_some())
        };
        assert_eq!(take(None), (false, 0, false), "broken off");
        let import = Box::new(view::UsersImport {
            source: view::UsersSource::Export,
            file: "users.xlsx".into(),
            at: Timestamp::UNIX_EPOCH,
            total: 1,
            active: 1,
            deactivated: 0,
            site_admins: None,
            columns: Vec::new(),
            problems: Vec::new(),
            problem_count: 0,
            warnings: Vec::new(),
            looks_partial: false,
            took_ms: 0,
        });
        let end = Part::End {
            import,
            contradicted: Vec::new(),
        };
        assert_eq!(take(Some(end)), (true, 1, true), "whole");
    }
}
