//! Step 3 as it is shown: what is in use, what waits, and what that would change.

use crate::Engine;
use crate::error::{Code, Error};
use crate::view::{ImportDiff, UserChange, UserRow, UsersImport, UsersPage, UsersView};
use domain::ids::UserId;
use store::{GhUser, ImportSlot, ListedUser, Slice, UsersDiff};

/// Changes are shown one by one up to this many.
const SHOWN: u32 = 200;

impl Engine {
    /// Returns the users taken in, and what was noticed.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn users(&self) -> Result<UsersView, Error> {
        let (applied, waiting, diff, credential) = self
            .db()
            .read(|reader| {
                Ok((
                    reader.users().import(ImportSlot::Applied)?,
                    reader.users().import(ImportSlot::Waiting)?,
                    reader.users().diff(SHOWN)?,
                    reader.credential().find()?,
                ))
            })
            .await?;
        let secret_present = self.kept().secret_present;
        let can_read_live = credential.is_some_and(|it| {
            it.accepted && secret_present && it.granted.may_try("harvest:users:list")
        });
        Ok(UsersView {
            applied: applied.map(shown).transpose()?,
            diff: waiting.is_some().then(|| changes(&diff)),
            waiting: waiting.map(shown).transpose()?,
            can_read_live,
        })
    }

    /// Lists users by name, for looking and for picking.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn list_users(
        &self,
        search: &str,
        offset: u32,
        limit: u32,
    ) -> Result<UsersPage, Error> {
        let search = search.trim().to_owned();
        let slice = Slice { offset, limit };
        let page = self
            .db()
            .read(move |reader| reader.users().list(&search, slice))
            .await?;
        Ok(UsersPage {
            rows: page.rows.into_iter().map(row).collect(),
            total: page.total,
        })
    }
}

fn shown(import: store::UsersImport) -> Result<UsersImport, Error> {
    serde_json::from_value(import.payload).map_err(|error| {
        Error::new(
            Code::StoreDamaged,
            "What was noted of an import cannot be read",
        )
        .caused_by(error)
    })
}

fn row(listed: ListedUser) -> UserRow {
    UserRow {
        id: listed.user.id,
        name: listed.user.name,
        email: listed.user.email,
        deactivated: listed.user.deactivated,
        site_admin: listed.user.site_admin,
        is_mapped: listed.is_mapped,
    }
}

fn changes(diff: &UsersDiff) -> ImportDiff {
    ImportDiff {
        added: diff.added,
        changed: diff.changed,
        gone: diff.gone,
        mapped_gone: diff.mapped_gone,
        changes: diff.changes.iter().map(change).collect(),
    }
}

fn change(change: &store::UserChange) -> UserChange {
    let is_mapped = change.is_mapped;
    let shown = |kind: &str, user: &GhUser, what: String| UserChange {
        change: kind.to_owned(),
        user: user.id,
        name: user.name.clone(),
        what,
        is_mapped,
    };
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => shown("changed", after, difference(before, after)),
        (None, Some(after)) => shown("added", after, String::new()),
        (Some(before), None) => shown("gone", before, String::new()),
        (None, None) => UserChange {
            change: "gone".to_owned(),
            user: UserId(0),
            name: String::new(),
            what: String::new(),
            is_mapped,
        },
    }
}

/// Says what is different. What an import does not say has not changed.
fn difference(before: &GhUser, after: &GhUser) -> String {
    let mut said = Vec::new();
    if before.name != after.name {
        said.push(format!("Name: {} → {}", before.name, after.name));
    }
    if let Some(email) = after
        .email
        .as_ref()
        .filter(|it| Some(*it) != before.email.as_ref())
    {
        let was = before.email.as_deref().unwrap_or("none");
        said.push(format!("E-mail: {was} → {email}"));
    }
    match (before.deactivated, after.deactivated) {
        (false, true) => said.push("Deactivated".to_owned()),
        (true, false) => said.push("Active again".to_owned()),
        _ => {}
    }
    match (before.site_admin, after.site_admin) {
        (Some(false) | None, Some(true)) => said.push("Now a Site Admin".to_owned()),
        (Some(true), Some(false)) => said.push("No longer a Site Admin".to_owned()),
        _ => {}
    }
    said.join("; ")
}
