//! A list of v1, page by page: the address of the next page is followed as it is, on our own origin only.

use super::{HarvestV1, OldRow, record};
use crate::{
    error::{Error, Stage},
    filter::{DateFilter, PER_PAGE},
    page::{Cursor, Page, Record},
    request::Call,
};
use std::marker::PhantomData;
use url::Url;

/// A list of v1 being read. Nothing is asked before the first [`OldPages::next`].
#[derive(Debug)]
pub struct OldPages<T> {
    harvest: HarvestV1,
    operation: String,
    at: Option<Url>,
    row: PhantomData<fn() -> T>,
}

impl<T: OldRow> OldPages<T> {
    pub(super) fn new(harvest: &HarvestV1, conditions: &[(&str, &str)]) -> Self {
        let per_page = PER_PAGE.to_string();
        // Without the last page's number Harvest need not count.
        let paging = [("per_page", per_page.as_str()), ("skip_count", "true")];
        let query: Vec<_> = paging
            .into_iter()
            .chain(conditions.iter().copied())
            .collect();
        Self {
            harvest: harvest.clone(),
            operation: format!("List {}", T::PATH.replace('_', " ")),
            at: Some(harvest.address(T::PATH, &query)),
            row: PhantomData,
        }
    }

    /// Goes on where a former reading of the same list stopped.
    #[must_use]
    pub fn resume(mut self, cursor: &Cursor) -> Self {
        let token = cursor.token.as_deref().unwrap_or_default();
        self.at = self.harvest.0.base.url().join(token).ok();
        self
    }

    /// Reads the next page; `None` when there are no more. After an error the same page is asked for again.
    ///
    /// # Errors
    /// What remains after a read was repeated with patience.
    pub async fn next(&mut self) -> Result<Option<Page<T>>, Error> {
        let Some(here) = self.at.clone() else {
            return Ok(None);
        };
        let line = &self.harvest.0;
        let sheet = line
            .read(&Call::read(&self.operation, here.clone()), |answer| {
                record::sheet::<T>(answer, &self.operation)
            })
            .await?;
        let next = match &sheet.next {
            Some(address) => Some(self.following(&here, address)?),
            None => None,
        };
        self.at.clone_from(&next);
        Ok(Some(Page {
            records: sheet.records,
            misread: sheet.misread,
            next: next.map(|url| Cursor {
                query: 0,
                token: Some(relative(&url)),
                dates: DateFilter::NotAsked,
            }),
            dates: DateFilter::NotAsked,
            server_time: sheet.server_time,
        }))
    }

    /// Reads the list to its end. For short lists: all of it is in memory at once.
    ///
    /// # Errors
    /// As [`OldPages::next`].
    pub async fn all(mut self) -> Result<Vec<Record<T>>, Error> {
        let mut records = Vec::new();
        while let Some(page) = self.next().await? {
            records.extend(page.records);
        }
        Ok(records)
    }

    fn following(&self, here: &Url, address: &str) -> Result<Url, Error> {
        let operation = self.operation.clone();
        let next = here.join(address).ok().filter(|next| next != here);
        let Some(next) = next else {
            return Err(Error::Garbled {
                operation,
                stage: Stage::Harvest,
                what: "the next page is no other page",
                status: 200,
                request_id: None,
            });
        };
        if self.harvest.0.base.is_same_origin(&next) {
            Ok(next)
        } else {
            Err(Error::ForeignAddress { operation })
        }
    }
}

/// Returns an address without its origin, so that what is kept of it leads nowhere else.
fn relative(url: &Url) -> String {
    let query = url.query().map(|query| format!("?{query}"));
    format!("{}{}", url.path(), query.unwrap_or_default())
}
