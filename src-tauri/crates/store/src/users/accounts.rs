//! Greenhouse's users as mapping sees them: with every address, and what the export said before Greenhouse was read.

use super::{Users, UsersSource};
use crate::column::get;
use crate::sql::{self, Result};
use domain::ids::UserId;
use domain::mapping::{Account, Address, Exported, folded_email};
use rusqlite::{Connection, Row};
use std::collections::BTreeMap;

impl Users<'_> {
    /// Returns every user as mapping sees them, with every address known of each.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn accounts(&self) -> Result<Vec<Account>> {
        let mut others = addresses(self.conn)?;
        let sql =
            "SELECT id, name, email, emails, source, deactivated, state_unclear, export_email, export_deactivated
                     FROM gh_user WHERE gone_at IS NULL ORDER BY id";
        let accounts = sql::list(self.conn, sql, [], account)?;
        let whole = accounts.into_iter().map(|it| {
            let others = others.remove(&it.account.id).unwrap_or_default();
            it.with(others)
        });
        Ok(whole.collect())
    }

    /// Returns a user as mapping sees them; nothing where they are marked as gone.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn account(&self, id: UserId) -> Result<Option<Account>> {
        let sql =
            "SELECT id, name, email, emails, source, deactivated, state_unclear, export_email, export_deactivated
                     FROM gh_user WHERE gone_at IS NULL AND id = ?1";
        let Some(found) = sql::find(self.conn, sql, [id.get()], account)? else {
            return Ok(None);
        };
        let sql =
            "SELECT email, verified FROM gh_user_email WHERE gone_at IS NULL AND user_id = ?1";
        let others = sql::list(self.conn, sql, [id.get()], address)?;
        Ok(Some(found.with(others)))
    }
}

/// An account with the addresses that its own record tells.
struct Found {
    account: Account,
    /// Whether these are all of them: a record of an address that is not among them is of one that was taken away, which
    /// no list of changes tells (`greenhouse.md`, C6).
    is_whole: bool,
}

impl Found {
    /// Returns the account with what the records of addresses say.
    fn with(mut self, others: Vec<Address>) -> Account {
        for address in others {
            if !self.is_whole || known(&mut self.account, &address).is_some() {
                add(&mut self.account, address);
            }
        }
        self.account
    }
}

fn account(row: &Row<'_>) -> rusqlite::Result<Found> {
    let main: Option<String> = get(row, "email")?;
    let listed: Vec<String> = get(row, "emails")?;
    let exported: Option<bool> = get(row, "export_deactivated")?;
    let export_email: Option<String> = get(row, "export_email")?;
    let source: UsersSource = get(row, "source")?;
    let is_whole = source == UsersSource::Live && !listed.is_empty();
    let mut account = Account {
        id: get(row, "id")?,
        name: get(row, "name")?,
        addresses: Vec::with_capacity(listed.len() + 1),
        deactivated: get(row, "deactivated")?,
        is_state_unclear: get(row, "state_unclear")?,
        exported: exported.map(|deactivated| Exported {
            email: export_email,
            deactivated,
        }),
    };
    // The main address is the one they log in with. Whether another one is theirs, only its own record tells.
    let main = main.map(|email| Address {
        email,
        verified: true,
    });
    let listed = listed.into_iter().map(|email| Address {
        email,
        verified: false,
    });
    for address in main.into_iter().chain(listed) {
        add(&mut account, address);
    }
    Ok(Found { account, is_whole })
}

fn address(row: &Row<'_>) -> rusqlite::Result<Address> {
    let verified: Option<bool> = get(row, "verified")?;
    Ok(Address {
        email: get(row, "email")?,
        verified: verified.unwrap_or_default(),
    })
}

fn add(account: &mut Account, address: Address) {
    match known(account, &address) {
        Some(known) => known.verified |= address.verified,
        None => account.addresses.push(address),
    }
}

fn known<'a>(account: &'a mut Account, address: &Address) -> Option<&'a mut Address> {
    let folded = folded_email(&address.email);
    let mut addresses = account.addresses.iter_mut();
    addresses.find(|it| folded_email(&it.email) == folded)
}

fn addresses(conn: &Connection) -> Result<BTreeMap<UserId, Vec<Address>>> {
    let mut found: BTreeMap<UserId, Vec<Address>> = BTreeMap::new();
    let sql =
        "SELECT user_id, email, verified FROM gh_user_email WHERE gone_at IS NULL ORDER BY id";
    sql::each(conn, sql, [], |row| {
        found
            .entry(get(row, "user_id")?)
            .or_default()
            .push(address(row)?);
        Ok(())
    })?;
    Ok(found)
}
