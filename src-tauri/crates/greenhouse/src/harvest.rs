//! The client of Harvest v3: lists as pages, writes on behalf of a user, all within one budget.

mod applications;
mod attachments;
mod candidates;
mod catalogue;
mod educations;
mod employments;
mod merge;
mod notes;
pub(crate) mod receipt;
mod tags;
mod users;

pub use applications::Applications;
pub use attachments::{Attachments, FileProblem, MOST_BYTES, Upload};
pub use candidates::{Candidates, CreatedPerson};
pub use catalogue::{Catalogue, CatalogueKey};
pub use educations::Educations;
pub use employments::Employments;
pub use merge::Additions;
pub use notes::Notes;
pub use receipt::Receipt;
pub use tags::Tags;
pub use users::Users;

use crate::{
    auth::{self, Credential, Introspection, Tokens},
    endpoints::{Address, Endpoints},
    error::Error,
    filter::{DateField, DateForm, Filter},
    http::{self, Patience},
    page::Row,
    pages::Pages,
    rate_limit::Budget,
    request::{Authority, Exchange, Line},
};
use domain::ids::ActingUser;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// Greenhouse's window: 30 seconds, fixed.
const WINDOW: Duration = Duration::from_secs(30);

/// A list, the time a window is about, and whether the window has a beginning.
type DatedList = (&'static str, DateField, bool);

/// A client of one credential. Cheap to clone; all clones share tokens, connections and budget.
#[derive(Debug, Clone)]
pub struct Harvest(Arc<Client>);

#[derive(Debug)]
struct Client {
    line: Line,
    /// The form of a window that each list was seen to take.
    date_forms: Mutex<BTreeMap<DatedList, DateForm>>,
}

impl Harvest {
    /// Returns a client for a credential. Nothing is sent yet.
    ///
    /// # Errors
    /// Where no HTTP client can be made on this computer.
    pub fn new(endpoints: Endpoints, credential: Credential) -> Result<Self, Error> {
        Self::patient(endpoints, credential, Patience::default())
    }

    /// Returns a client with a patience of its own.
    ///
    /// # Errors
    /// As [`Harvest::new`].
    pub fn patient(
        endpoints: Endpoints,
        credential: Credential,
        patience: Patience,
    ) -> Result<Self, Error> {
        let Endpoints { harvest, auth } = endpoints;
        let exchange = exchange(&[&harvest, &auth], patience, Budget::new(WINDOW))?;
        let tokens = Tokens::new(exchange.clone(), auth, credential);
        let authority = Authority::Tokens(Box::new(tokens));
        Ok(Self::over(Line {
            exchange,
            base: harvest,
            authority,
        }))
    }

    fn over(line: Line) -> Self {
        Self(Arc::new(Client {
            line,
            date_forms: Mutex::default(),
        }))
    }

    /// Returns another client of the same credential, with tokens of its own yet to be minted and a patience of its
    /// own. The budget is the same one, and where tokens end one another, the clients know of each other's.
    ///
    /// # Errors
    /// As [`Harvest::new`].
    pub fn beside(&self, patience: Patience) -> Result<Self, Error> {
        let line = self.line();
        let budget = self.budget().clone();
        let (exchange, authority) = match &line.authority {
            Authority::Tokens(tokens) => {
                let exchange = exchange(&[&line.base, tokens.address()], patience, budget)?;
                let tokens = tokens.beside(exchange.clone());
                (exchange, Authority::Tokens(Box::new(tokens)))
            }
            Authority::Key(key) => (
                exchange(&[&line.base], patience, budget)?,
                Authority::Key(key.clone()),
            ),
        };
        Ok(Self::over(Line {
            exchange,
            base: line.base.clone(),
            authority,
        }))
    }

    /// Returns the budget of requests, to be shown.
    #[must_use]
    pub fn budget(&self) -> &Budget {
        &self.0.line.exchange.budget
    }

    /// Asks what the credential may do, and who it is.
    ///
    /// # Errors
    /// A refused credential; a tenant that answers no introspection (see [`Harvest::probe`]).
    pub async fn introspect(&self) -> Result<Introspection, Error> {
        self.introspect_as(None).await
    }

    /// Proves that writes can be made on behalf of a user: a token is minted for them, and where
    /// introspection answers, it calls the token active.
    ///
    /// Returns what introspection said, where it answered.
    ///
    /// # Errors
    /// [`Error::ActingUserRejected`] where Greenhouse does not accept them.
    pub async fn prove(&self, acting: ActingUser) -> Result<Option<Introspection>, Error> {
        if let Authority::Tokens(tokens) = &self.0.line.authority {
            tokens.grant(Some(acting)).await?;
        }
        match self.introspect_as(Some(acting)).await {
            Ok(introspection) if !introspection.is_active => Err(auth::inactive(acting)),
            Ok(introspection) => Ok(Some(introspection)),
            Err(error) if error.is_acting_user_rejected() => Err(error),
            Err(_) => Ok(None),
        }
    }

    /// Lists any resource: `harvest.list::<wire::Job>(&Filter::all())`.
    #[must_use]
    pub fn list<T: Row>(&self, filter: &Filter) -> Pages<T> {
        Pages::new(self.clone(), filter)
    }

    /// Candidates: people, whether candidates or prospects.
    #[must_use]
    pub const fn candidates(&self) -> Candidates<'_> {
        Candidates(self)
    }

    /// Applications: one candidate on one job, or one prospect.
    #[must_use]
    pub const fn applications(&self) -> Applications<'_> {
        Applications(self)
    }

    /// Files on applications.
    #[must_use]
    pub const fn attachments(&self) -> Attachments<'_> {
        Attachments(self)
    }

    /// Notes on candidates.
    #[must_use]
    pub const fn notes(&self) -> Notes<'_> {
        Notes(self)
    }

    /// Educations of candidates.
    #[must_use]
    pub const fn educations(&self) -> Educations<'_> {
        Educations(self)
    }

    /// Employments of candidates.
    #[must_use]
    pub const fn employments(&self) -> Employments<'_> {
        Employments(self)
    }

    /// Tags, and who wears which.
    #[must_use]
    pub const fn tags(&self) -> Tags<'_> {
        Tags(self)
    }

    /// Schools, degrees and disciplines.
    #[must_use]
    pub const fn catalogue(&self) -> Catalogue<'_> {
        Catalogue(self)
    }

    /// Users.
    #[must_use]
    pub const fn users(&self) -> Users<'_> {
        Users(self)
    }

    async fn introspect_as(&self, acting: Option<ActingUser>) -> Result<Introspection, Error> {
        match &self.0.line.authority {
            Authority::Tokens(tokens) => tokens.introspect(acting).await,
            Authority::Key(_) => Err(Error::Invalid {
                operation: "Introspect the token".to_owned(),
                why: "A key has no token".to_owned(),
            }),
        }
    }

    pub(crate) fn line(&self) -> &Line {
        &self.0.line
    }

    pub(crate) fn date_form(&self, list: DatedList) -> DateForm {
        let forms = self
            .0
            .date_forms
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        forms.get(&list).copied().unwrap_or(DateForm::Pipe)
    }

    pub(crate) fn learn_date_form(&self, list: DatedList, form: DateForm) {
        let mut forms = self
            .0
            .date_forms
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        forms.insert(list, form);
    }
}

fn exchange(addresses: &[&Address], patience: Patience, budget: Budget) -> Result<Exchange, Error> {
    let http = http::client(addresses, &patience).map_err(|source| Error::Unreachable {
        operation: "Prepare the HTTP client".to_owned(),
        source,
    })?;
    Ok(Exchange {
        http,
        patience,
        budget,
    })
}
