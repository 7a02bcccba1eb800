//! Harvest v3: lists as whole pages, writes on behalf of a user.

use crate::auth::{Credential, Introspection, Token, Tokens};
use crate::endpoints::Endpoints;
use crate::error::{Error, Stage, WriteError};
use crate::http::{self, Patience};
use crate::page::{self, Cursor, Page};
use crate::rate_limit::Budget;
use crate::request::{Answer, Sender};
use crate::wire::{IntrospectionAnswer, Resource};
use domain::ids::ActingUser;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Greenhouse's window: 30 seconds, fixed.
const WINDOW: Duration = Duration::from_secs(30);
/// The most records of one page.
const PER_PAGE: u32 = 500;
/// The most values of an `ids` or parent filter.
pub const MOST_IDS: usize = 50;

/// A client of one credential. Cheap to clone; all clones share tokens and budget.
#[derive(Debug, Clone)]
pub struct Harvest(Arc<Client>);

#[derive(Debug)]
struct Client {
    sender: Sender,
    credential: Credential,
    tokens: Tokens,
}

/// What a list is narrowed to: names and values as Harvest spells them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter(Vec<(&'static str, String)>);

impl Filter {
    /// Returns a filter that lets everything through.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// Returns the filter with one more condition.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.0.push((name, value.into()));
        self
    }

    /// Returns the filter narrowed to ids, at most [`MOST_IDS`] of them: the rest is cut off.
    #[must_use]
    pub fn ids(self, name: &'static str, ids: impl IntoIterator<Item = i64>) -> Self {
        let ids: Vec<String> = ids
            .into_iter()
            .take(MOST_IDS)
            .map(|id| id.to_string())
            .collect();
        self.with(name, ids.join(","))
    }
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
    /// See [`Self::new`].
    pub fn patient(
        endpoints: Endpoints,
        credential: Credential,
        patience: Patience,
    ) -> Result<Self, Error> {
        let http =
            http::client(&[&endpoints.harvest, &endpoints.auth], &patience).map_err(|source| {
                Error::Unreachable {
                    operation: "Prepare the HTTP client".to_owned(),
                    source,
                }
            })?;
        let sender = Sender {
            http,
            endpoints,
            budget: Budget::new(WINDOW),
            patience,
        };
        Ok(Self(Arc::new(Client {
            sender,
            credential,
            tokens: Tokens::default(),
        })))
    }

    /// Returns the budget of requests, to be shown.
    #[must_use]
    pub fn budget(&self) -> &Budget {
        &self.0.sender.budget
    }

    /// Asks what the credential may do and who it is.
    ///
    /// # Errors
    /// A refused credential; a tenant that answers no introspection.
    pub async fn introspect(&self) -> Result<Introspection, Error> {
        let operation = "Introspect the token";
        let token = self.token(None, None).await?;
        let form = [
            ("token", token.bearer.expose()),
            ("token_type_hint", "access_token"),
        ];
        let sender = &self.0.sender;
        let answer = sender
            .token(
                operation,
                "introspect",
                &self.0.credential,
                &form,
                Stage::Introspection,
            )
            .await?;
        Ok(answer.json::<IntrospectionAnswer>(operation)?.into())
    }

    /// Proves that writes can be made on behalf of a user, by minting a token for them.
    ///
    /// # Errors
    /// [`Error::ActingUserRejected`] where Greenhouse does not accept them.
    pub async fn prove(&self, acting: ActingUser) -> Result<(), Error> {
        self.token(Some(acting), None).await.map(|_| ())
    }

    /// Reads the first page of a list.
    ///
    /// # Errors
    /// Whatever remains after a read was repeated with patience.
    pub async fn first<T: Resource + for<'de> Deserialize<'de>>(
        &self,
        filter: &Filter,
    ) -> Result<Page<T>, Error> {
        let mut url = self.0.sender.endpoints.harvest.join(T::NAME);
        url.query_pairs_mut()
            .append_pair("per_page", &PER_PAGE.to_string())
            .extend_pairs(&filter.0);
        self.page(&url).await
    }

    /// Reads the page a cursor points to. The cursor travels alone, as Harvest wants it.
    ///
    /// # Errors
    /// See [`Self::first`].
    pub async fn next<T: Resource + for<'de> Deserialize<'de>>(
        &self,
        cursor: &Cursor,
    ) -> Result<Page<T>, Error> {
        let mut url = self.0.sender.endpoints.harvest.join(T::NAME);
        url.query_pairs_mut().append_pair("cursor", &cursor.0);
        self.page(&url).await
    }

    /// Makes something on behalf of a user. Sent once; an outcome that is not known is not repeated here.
    ///
    /// # Errors
    /// Says whether it was refused, not sent, or may have happened.
    pub async fn create<A: for<'de> Deserialize<'de>>(
        &self,
        acting: ActingUser,
        resource: &str,
        body: &(impl Serialize + Sync),
    ) -> Result<A, WriteError> {
        let operation = format!("Create in {resource}");
        let answer = self
            .write(&operation, Method::POST, resource, acting, body)
            .await?;
        // The effect is there; only what it is called is not known.
        answer.json(&operation).map_err(WriteError::Unknown)
    }

    /// Changes something on behalf of a user. Arrays are replaced whole by Greenhouse.
    ///
    /// # Errors
    /// See [`Self::create`].
    pub async fn update(
        &self,
        acting: ActingUser,
        resource: &str,
        id: i64,
        body: &(impl Serialize + Sync),
    ) -> Result<(), WriteError> {
        let path = format!("{resource}/{id}");
        self.write(
            &format!("Update in {resource}"),
            Method::PATCH,
            &path,
            acting,
            body,
        )
        .await
        .map(|_| ())
    }

    async fn page<T: Resource + for<'de> Deserialize<'de>>(
        &self,
        url: &Url,
    ) -> Result<Page<T>, Error> {
        let operation = format!("List {}", T::NAME);
        let sender = &self.0.sender;
        sender
            .repeated(|| async {
                let token = self.token(None, None).await?;
                let answer = match sender.read(&operation, url, &token.bearer).await {
                    Err(error) if error.status() == Some(401) => {
                        let fresh = self.token(None, Some(&token)).await?;
                        sender.read(&operation, url, &fresh.bearer).await?
                    }
                    done => done?,
                };
                page::read(&answer, &operation, |next| {
                    sender.endpoints.harvest.is_same_origin(next)
                })
            })
            .await
    }

    async fn write(
        &self,
        operation: &str,
        method: Method,
        path: &str,
        acting: ActingUser,
        body: &(impl Serialize + Sync),
    ) -> Result<Answer, WriteError> {
        let body = serde_json::to_vec(body).map_err(|_| {
            let why = "the body cannot be written as JSON".to_owned();
            WriteError::NotSent(Error::Invalid {
                operation: operation.to_owned(),
                why,
            })
        })?;
        let url = self.0.sender.endpoints.harvest.join(path);
        let mut token = self
            .token(Some(acting), None)
            .await
            .map_err(WriteError::of)?;
        let mut minted_again = false;
        loop {
            let sent = self
                .0
                .sender
                .write(operation, method.clone(), &url, body.clone(), &token.bearer)
                .await;
            match sent {
                Err(error) if error.status() == Some(401) && !minted_again => {
                    minted_again = true;
                    token = self
                        .token(Some(acting), Some(&token))
                        .await
                        .map_err(WriteError::of)?;
                }
                done => return done.map_err(WriteError::of),
            }
        }
    }

    async fn token(&self, acting: Option<ActingUser>, not: Option<&Token>) -> Result<Token, Error> {
        self.0
            .tokens
            .obtain(&self.0.sender, &self.0.credential, acting, not)
            .await
    }
}
