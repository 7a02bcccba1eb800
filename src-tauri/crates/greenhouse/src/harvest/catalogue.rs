//! Schools, degrees and disciplines: options of custom fields in v3, to be named by id.

use super::Harvest;
use crate::{error::Error, filter::Filter, pages::Pages, wire::CustomFieldOption};
use domain::ids::CustomFieldOptionId;
use std::collections::BTreeMap;

/// The catalogue of schools, degrees and disciplines.
#[derive(Debug, Clone, Copy)]
pub struct Catalogue<'a>(pub(super) &'a Harvest);

/// A part of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CatalogueKey {
    /// Schools.
    School,
    /// Degrees.
    Degree,
    /// Disciplines.
    Discipline,
}

impl CatalogueKey {
    /// Returns the key of the custom field, as Harvest spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::School => "school_name",
            Self::Degree => "degree",
            Self::Discipline => "discipline",
        }
    }
}

impl Catalogue<'_> {
    /// Lists a part of the catalogue.
    #[must_use]
    pub fn list(&self, key: CatalogueKey) -> Pages<CustomFieldOption> {
        self.0.list(&Filter::all().custom_field_key(key.name()))
    }

    /// Finds the ids of some names, whatever their case; names that the catalogue lacks are left out.
    /// There is no filter by name, so the list is read until all are found: keep what it returns.
    ///
    /// # Errors
    /// What remains after a read was repeated with patience.
    pub async fn find(
        &self,
        key: CatalogueKey,
        names: &[String],
    ) -> Result<BTreeMap<String, CustomFieldOptionId>, Error> {
        let mut wanted: BTreeMap<String, &String> =
            names.iter().map(|name| (folded(name), name)).collect();
        wanted.remove("");
        let mut found = BTreeMap::new();
        let mut pages = self.list(key);
        while !wanted.is_empty() {
            let Some(page) = pages.next().await? else {
                break;
            };
            for option in page
                .into_values()
                .into_iter()
                .filter(|option| option.active != Some(false))
            {
                let name = option.name.as_deref().map(folded).unwrap_or_default();
                if let Some(name) = wanted.remove(&name) {
                    found.insert(name.clone(), option.id);
                }
            }
        }
        Ok(found)
    }
}

fn folded(name: &str) -> String {
    name.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}
