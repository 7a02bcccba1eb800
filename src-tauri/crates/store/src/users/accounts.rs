//! Greenhouse's users as mapping sees them: with every address, and what the export said before Greenhouse was read.

use super::Users;
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
        let sql = "SELECT id, name, email, emails, deactivated, export_email, export_deactivated
                     FROM gh_user WHERE gone_at IS NULL ORDER BY id";
        let mut accounts = sql::list(self.conn, sql, [], account)?;
        for account in &mut accounts {
            for address in others.remove(&account.id).unwrap_or_default() {
                add(account, address);
            }
        }
        Ok(accounts)
    }

    /// Returns a user as mapping sees them; nothing where they are marked as gone.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn account(&self, id: UserId) -> Result<Option<Account>> {
        let sql = "SELECT id, name, email, emails, deactivated, export_email, export_deactivated
                     FROM gh_user WHERE gone_at IS NULL AND id = ?1";
        let Some(mut found) = sql::find(self.conn, sql, [id.get()], account)? else {
            return Ok(None);
        };
        let sql =
            "SELECT email, verified FROM gh_user_email WHERE gone_at IS NULL AND user_id = ?1";
        for address in sql::list(self.conn, sql, [id.get()], address)? {
            add(&mut found, address);
        }
        Ok(Some(found))
    }
}

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    let main: Option<String> = get(row, "email")?;
    let listed: Vec<String> = get(row, "emails")?;
    let exported: Option<bool> = get(row, "export_deactivated")?;
    let export_email: Option<String> = get(row, "export_email")?;
    let mut account = Account {
        id: get(row, "id")?,
        name: get(row, "name")?,
        addresses: Vec::with_capacity(listed.len() + 1),
        deactivated: get(row, "deactivated")?,
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
    Ok(account)
}

fn address(row: &Row<'_>) -> rusqlite::Result<Address> {
    let verified: Option<bool> = get(row, "verified")?;
    Ok(Address {
        email: get(row, "email")?,
        verified: verified.unwrap_or_default(),
    })
}

fn add(account: &mut Account, address: Address) {
    let folded = folded_email(&address.email);
    match account
        .addresses
        .iter_mut()
        .find(|it| folded_email(&it.email) == folded)
    {
        Some(known) => known.verified |= address.verified,
        None => account.addresses.push(address),
    }
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
