//! Sources: where Greenhouse says people came from.

use super::{Mirror, ids_by_name, record};
use crate::sql::Result;
use domain::ids::SourceId;
use domain::mapping::folded_name;

record! {
    /// A source.
    Source in "gh_source", id SourceId,
    {
        /// Its name.
        name: String,
        /// The name of its kind.
        kind: Option<String>,
    }
    derived { name_folded: |row| folded_name(&row.name), }
    emptied "name = '', name_folded = ''"
}

impl Mirror<'_> {
    /// Returns the source that was asked for by its id or its name. Of several of one name, the oldest.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn source_called(&self, asked: &str) -> Result<Option<SourceId>> {
        if let Ok(id) = asked.parse::<SourceId>()
            && self.find::<Source>(id.get())?.is_some()
        {
            return Ok(Some(id));
        }
        Ok(ids_by_name(self.conn, "gh_source", asked)?
            .into_iter()
            .next())
    }
}
