//! What proposals are made of, as one number: it changes when the team or Greenhouse's users do.

use super::Mappings;
use crate::sql::{self, Result};
use rusqlite::types::ValueRef;
use std::hash::{DefaultHasher, Hasher as _};

/// Everything that mapping reads of either side.
const READ: [&str; 3] = [
    "SELECT id, name, email, headhuntr_id FROM hh_user ORDER BY id",
    "SELECT id, name, email, emails, deactivated, state_unclear, export_email, export_deactivated
       FROM gh_user WHERE gone_at IS NULL ORDER BY id",
    "SELECT user_id, email, verified FROM gh_user_email WHERE gone_at IS NULL ORDER BY id",
];

impl Mappings<'_> {
    /// Returns a number for both sides as they are. Where it is the same again, so are they.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn sources(&self) -> Result<u64> {
        let mut hasher = DefaultHasher::new();
        for sql in READ {
            sql::each(self.conn, sql, [], |row| {
                let mut column = 0;
                while let Ok(value) = row.get_ref(column) {
                    take(value, &mut hasher);
                    column += 1;
                }
                Ok(())
            })?;
            // One list does not run on into the next.
            hasher.write_u8(u8::MAX);
        }
        Ok(hasher.finish())
    }
}

fn take(value: ValueRef<'_>, hasher: &mut DefaultHasher) {
    match value {
        ValueRef::Null => hasher.write_u8(0),
        ValueRef::Integer(number) => {
            hasher.write_u8(1);
            hasher.write_i64(number);
        }
        ValueRef::Real(number) => {
            hasher.write_u8(2);
            hasher.write_u64(number.to_bits());
        }
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            hasher.write_u8(3);
            hasher.write_usize(bytes.len());
            hasher.write(bytes);
        }
    }
}
