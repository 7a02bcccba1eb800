//! A list, page by page: the queries of its filter, the form of its window, the cursor on its own.

mod span;

use crate::{
    error::{Error, Stage},
    filter::{DateField, DateFilter, Filter, Query},
    harvest::Harvest,
    page::{Cursor, Misread, Page, Record, Row, Sheet, sheet},
    request::Call,
};
use domain::watermark::Window;
use futures_util::stream::{self, Stream};
use span::Span;
use std::collections::HashSet;
use std::marker::PhantomData;

/// The most rows of a list that is read as a whole; no organisation has as many users.
const MOST_ROWS: usize = 250_000;
/// The most pages of one, of whatever size.
const MOST_PAGES: usize = 10_000;

/// What is wrong with a list whose pages go on and on.
const ENDLESS: &str = "the list does not end";

/// A list being read. Nothing is asked before the first [`Pages::next`].
#[derive(Debug)]
pub struct Pages<T> {
    harvest: Harvest,
    operation: String,
    queries: Vec<Query>,
    window: Option<(DateField, Window)>,
    at: Option<Cursor>,
    span: Span,
    row: PhantomData<fn() -> T>,
}

impl<T: Row> Pages<T> {
    pub(crate) fn new(harvest: Harvest, filter: &Filter) -> Self {
        let queries = filter.queries();
        Self {
            harvest,
            operation: format!("List {}", T::NAME.replace('_', " ")),
            at: (!queries.is_empty()).then(Cursor::default),
            queries,
            window: filter.window().copied(),
            span: Span::default(),
            row: PhantomData,
        }
    }

    /// Goes on where a former reading of the same filter stopped.
    #[must_use]
    pub fn resume(mut self, cursor: Cursor) -> Self {
        self.at = (cursor.query < self.queries.len()).then_some(cursor);
        self
    }

    /// Reads the next page; `None` when there are no more. After an error the same page is asked for
    /// again.
    ///
    /// # Errors
    /// What remains after a read was repeated with patience. A cursor that Harvest does not honour
    /// (any more) is refused with 400, 404 or 422: the list has to begin anew. A list whose pages show nothing new
    /// any more, and never end, is refused as well.
    pub async fn next(&mut self) -> Result<Option<Page<T>>, Error> {
        let Some(at) = self.at.clone() else {
            return Ok(None);
        };
        let (sheet, dates) = match &at.token {
            Some(token) => {
                let alone = vec![("cursor".to_owned(), token.clone())];
                (self.ask(&alone).await?, at.dates)
            }
            None => {
                self.span = Span::default();
                self.first(at.query).await?
            }
        };
        if at.token.is_some() && sheet.next == at.token {
            return Err(self.garbled("the next page is this page"));
        }
        if !self.span.goes_on(sheet.ids()) && sheet.next.is_some() {
            return Err(self.garbled(ENDLESS));
        }
        let next = match sheet.next {
            Some(token) => Some(Cursor {
                query: at.query,
                token: Some(token),
                dates,
            }),
            None => Some(at.query + 1)
                .filter(|query| *query < self.queries.len())
                .map(|query| Cursor {
                    query,
                    token: None,
                    dates,
                }),
        };
        self.at.clone_from(&next);
        let Sheet {
            mut records,
            misread,
            server_time,
            ..
        } = sheet;
        if let Some((field, window)) = &self.window
            && dates.lets_others_in()
        {
            records.retain(|record| !field.excludes(window, &record.value));
        }
        Ok(Some(Page {
            records,
            misread,
            next,
            dates,
            server_time,
        }))
    }

    /// Returns the pages as a stream. It ends after an error.
    pub fn stream(self) -> impl Stream<Item = Result<Page<T>, Error>> {
        stream::try_unfold(self, |mut pages| async move {
            Ok(pages.next().await?.map(|page| (page, pages)))
        })
    }

    /// Reads the list to its end. For short lists: all of it is in memory at once.
    ///
    /// # Errors
    /// As [`Pages::whole`].
    pub async fn all(self) -> Result<Vec<Record<T>>, Error> {
        Ok(self.whole().await?.0)
    }

    /// Reads the list to its end, for whoever looks something up in it. For short lists: all of it is in memory at once.
    ///
    /// # Errors
    /// As [`Pages::whole`] and [`Pages::understood`].
    pub async fn all_understood(self) -> Result<Vec<Record<T>>, Error> {
        let operation = self.operation.clone();
        let (records, misread) = self.whole().await?;
        understood(&operation, &misread)?;
        Ok(records)
    }

    /// Tells whether a page answers whoever looks something up: what is looked for may be the row that was not understood.
    ///
    /// # Errors
    /// [`Error::Garbled`] where a row was not understood.
    pub fn understood(&self, page: &Page<T>) -> Result<(), Error> {
        understood(&self.operation, &page.misread)
    }

    /// Reads the list to its end, with what was not understood of it. For short lists: all of it is in memory at once.
    ///
    /// # Errors
    /// As [`Pages::next`]; a list that goes round in a circle, or has no end, is refused as well.
    pub async fn whole(mut self) -> Result<(Vec<Record<T>>, Vec<Misread>), Error> {
        let (mut records, mut misread, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
        while let Some(page) = self.next().await? {
            records.extend(page.records);
            misread.extend(page.misread);
            let goes_round = page
                .next
                .is_some_and(|next| !seen.insert((next.query, next.token)));
            let is_endless = seen.len() > MOST_PAGES || records.len() + misread.len() > MOST_ROWS;
            if goes_round || is_endless {
                return Err(self.garbled(ENDLESS));
            }
        }
        Ok((records, misread))
    }

    fn garbled(&self, what: &'static str) -> Error {
        garbled(&self.operation, what)
    }

    /// Reads the first page of a query, in the most telling form of the window that the list takes.
    async fn first(&self, query: usize) -> Result<(Sheet<T>, DateFilter), Error> {
        let query = self.queries.get(query).cloned().unwrap_or_default();
        let Some((field, window)) = &self.window else {
            return Ok((self.ask(&query).await?, DateFilter::NotAsked));
        };
        let list = (T::NAME, *field, window.from.is_some());
        let mut form = self.harvest.date_form(list);
        loop {
            let mut spelt = query.clone();
            spelt.extend(form.spell(*field, window));
            match (self.ask(&spelt).await, form.after(window)) {
                (Ok(sheet), _) => {
                    self.harvest.learn_date_form(list, form);
                    return Ok((sheet, form.told()));
                }
                // It may be the window that is refused; what else it may be, the last form will tell.
                (Err(error), Some(next)) if error.is_invalid() => {
                    tracing::debug!(?form, ?next, "{}: the window was refused", self.operation);
                    form = next;
                }
                (Err(error), _) => return Err(error),
            }
        }
    }

    async fn ask(&self, query: &Query) -> Result<Sheet<T>, Error> {
        let line = self.harvest.line();
        let mut url = line.base.join(T::NAME);
        url.query_pairs_mut().extend_pairs(query);
        let call = Call::read(&self.operation, url);
        line.read(&call, |answer| sheet(answer, &self.operation, &line.base))
            .await
    }
}

fn understood(operation: &str, misread: &[Misread]) -> Result<(), Error> {
    match misread {
        [] => Ok(()),
        _ => Err(garbled(operation, "a row of it is no record")),
    }
}

fn garbled(operation: &str, what: &'static str) -> Error {
    Error::Garbled {
        operation: operation.to_owned(),
        stage: Stage::Harvest,
        what,
        status: 200,
        request_id: None,
    }
}
