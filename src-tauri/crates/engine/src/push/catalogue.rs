//! What Greenhouse's lists have of an education: schools, degrees and disciplines are options of custom fields.

use super::Push;
use super::body::Studied;
use domain::candidate::Education;
use domain::ids::{CustomFieldId, CustomFieldOptionId};
use greenhouse::Filter;
use greenhouse::error::Error as Harvest;
use greenhouse::harvest::CatalogueKey;
use greenhouse::wire::CustomFieldOption;
use std::collections::BTreeMap;

impl Push<'_> {
    /// Looks up in the mirror what Greenhouse's lists have of an education; all of it is optional.
    pub(super) async fn studied(&self, education: &Education) -> Result<Studied, Harvest> {
        Ok(Studied {
            school: self
                .option(CatalogueKey::School, education.school.as_deref())
                .await?,
            degree: self
                .option(CatalogueKey::Degree, education.degree.as_deref())
                .await?,
            discipline: self
                .option(CatalogueKey::Discipline, education.discipline.as_deref())
                .await?,
        })
    }

    /// Returns what of an education Greenhouse's lists do not have, in words; nothing where they have all of it.
    pub(super) fn unlisted(education: &Education, studied: Studied) -> Option<String> {
        let named = |name: &Option<String>| {
            let name = name.as_deref().unwrap_or_default().trim();
            (!name.is_empty()).then(|| name.to_owned())
        };
        let parts = [
            ("school", named(&education.school), studied.school),
            ("degree", named(&education.degree), studied.degree),
            (
                "discipline",
                named(&education.discipline),
                studied.discipline,
            ),
        ];
        let lacking: Vec<String> = parts
            .into_iter()
            .filter(|(.., option)| option.is_none())
            .filter_map(|(what, name, _)| name.map(|name| format!("{what} “{name}”")))
            .collect();
        (!lacking.is_empty()).then(|| lacking.join(", "))
    }

    async fn option(
        &self,
        key: CatalogueKey,
        name: Option<&str>,
    ) -> Result<Option<CustomFieldOptionId>, Harvest> {
        let Some(name) = name.filter(|name| !name.trim().is_empty()) else {
            return Ok(None);
        };
        let fields = self.fields.get_or_try_init(|| self.ask_fields()).await?;
        let Some(field) = fields.get(&key).copied() else {
            return Ok(None);
        };
        let name = name.to_owned();
        let db = self.run.engine.db();
        let found = db.read(move |reader| reader.mirror().options_called(&name, Some(field)));
        // Without it the education is sent as far as it is known.
        Ok(found.await.unwrap_or_default().first().copied())
    }

    /// Asks which custom fields hold schools, degrees and disciplines: one option of each says so.
    async fn ask_fields(&self) -> Result<BTreeMap<CatalogueKey, CustomFieldId>, Harvest> {
        let mut fields = BTreeMap::new();
        let granted = &self.run.granted;
        if !granted.may_try("harvest:custom_field_options:list") {
            return Ok(fields);
        }
        for key in [
            CatalogueKey::School,
            CatalogueKey::Degree,
            CatalogueKey::Discipline,
        ] {
            let one = Filter::all().custom_field_key(key.name()).per_page(1);
            let mut options = self.run.harvest.list::<CustomFieldOption>(&one);
            let page = match options.next().await {
                Ok(page) => page,
                Err(error) if error.is_denied() => return Ok(fields),
                Err(error) => return Err(error),
            };
            let first = page.and_then(|page| page.into_values().into_iter().next());
            if let Some(field) = first.and_then(|option| option.custom_field_id) {
                fields.insert(key, field);
            }
        }
        Ok(fields)
    }
}
