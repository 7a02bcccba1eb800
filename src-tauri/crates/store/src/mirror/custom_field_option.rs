//! Options of custom fields: schools, degrees and disciplines are such options in v3.

use super::{Mirror, record};
use crate::column::{Bind, nth};
use crate::sql::{self, Result};
use domain::ids::{CustomFieldId, CustomFieldOptionId};
use domain::mapping::folded_name;

record! {
    /// An option of a custom field.
    CustomFieldOption in "gh_custom_field_option", id CustomFieldOptionId,
    {
        /// The field.
        custom_field_id: Option<CustomFieldId>,
        /// Its name.
        name: String,
        /// Whether it can be chosen.
        active: bool,
    }
    derived { name_folded: |row| folded_name(&row.name), }
    emptied "name = '', name_folded = ''"
}

impl Mirror<'_> {
    /// Returns the options of that name that can be chosen, of one field or of any, oldest first.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn options_called(
        &self,
        name: &str,
        field: Option<CustomFieldId>,
    ) -> Result<Vec<CustomFieldOptionId>> {
        let sql = "SELECT id FROM gh_custom_field_option
                    WHERE name_folded = ?1 AND (?2 IS NULL OR custom_field_id = ?2)
                      AND active = 1 AND gone_at IS NULL ORDER BY id";
        let params = rusqlite::params![folded_name(name), Bind(&field)];
        sql::list(self.conn, sql, params, |row| nth(row, 0))
    }
}
