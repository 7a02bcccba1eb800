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
use crate::view::{self, UsersView};
use store::{Absent, GhUser, ImportSlot, Tx, UsersDiff, UsersImport};

const TOPICS: &[Topic] = &[
    Topic::Overview,
    Topic::Users,
    Topic::Mapping,
    Topic::Review,
    Topic::Audit,
];

/// Users that were read, and what is noted of the reading.
struct Reading {
    users: Vec<GhUser>,
    import: view::UsersImport,
}

impl Engine {
    /// Reads a user export. It is never locked and never changed.
    ///
    /// # Errors
    /// Every code of a file: `FileUnreadable`, `FileWrongKind`, `FileProtected`, `FileTooLarge`, `FileEmpty`,
    /// `ColumnsUnrecognised`.
    pub async fn import_users(&self, path: &str) -> Result<UsersView, Error> {
        let reading = export::read(path, self.now()).await?;
        self.take_users(reading).await
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
        let now = self.now();
        let applied = self
            .db()
            .write(move |tx| {
                let Some(import) = tx.users().import(ImportSlot::Waiting)? else {
                    return Ok(false);
                };
                apply(tx, &import, now)?;
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
        let now = self.now();
        let payload = serde_json::to_value(&reading.import).map_err(|error| {
            Error::new(Code::Unexpected, "An import could not be noted").caused_by(error)
        })?;
        let import = UsersImport {
            at: reading.import.at,
            users: reading.import.total,
            looks_partial: reading.import.looks_partial,
            payload,
        };
        self.db()
            .write(move |tx| {
                let is_first = tx.users().import(ImportSlot::Applied)?.is_none();
                tx.users().stage(&reading.users, &import)?;
                // Nothing to look at is nothing to wait for.
                if is_first || is_same(&tx.users().diff(0)?) {
                    apply(tx, &import, now)?;
                }
                Ok(())
            })
            .await?;
        self.changed(TOPICS);
        self.users().await
    }
}

fn is_same(diff: &UsersDiff) -> bool {
    diff.added + diff.changed + diff.gone == 0
}

/// Makes the import that waits the one in use. People that a partial export lacks are kept.
fn apply(tx: &Tx<'_>, import: &UsersImport, now: jiff::Timestamp) -> Result<(), store::StoreError> {
    let absent = if import.looks_partial {
        Absent::Kept
    } else {
        Absent::Gone
    };
    tx.users().apply_staged(absent, now)?;
    super::mapping::propose(tx)?;
    let what = format!("Took in {} Greenhouse users", import.users);
    tx.audit().append(&by_person(now, what, "")).map(drop)
}
