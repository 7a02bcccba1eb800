//! The client of Harvest for the credential in use: made when it is first needed, kept until the credential changes.

use crate::Engine;
use crate::error::{Code, Error};
use domain::secret::Secret;
use greenhouse::harvest_v1::HarvestV1;
use greenhouse::{Address, Endpoints, Harvest, Patience};
use std::time::Duration;
use store::{Credential, Dialect};
use tokio::sync::Mutex;

/// The client kept for the credential in use.
#[derive(Default)]
pub(crate) struct Connection(Mutex<Option<Client>>);

/// A client of either Harvest.
#[derive(Clone)]
pub(crate) enum Client {
    V3(Harvest),
    V1(HarvestV1),
}

impl Engine {
    /// Returns the client of Harvest v3, with which everything but the first steps is done.
    ///
    /// # Errors
    /// `CredentialMissing`, `SecretGone`, `KeychainUnavailable`; `NotReady` with a key of the retired dialect.
    pub(crate) async fn harvest(&self) -> Result<Harvest, Error> {
        match self.client().await? {
            Client::V3(harvest) => Ok(harvest),
            Client::V1(_) => Err(Error::new(
                Code::NotReady,
                "This needs a Harvest v3 credential; Harvest v1 was switched off on 31 August 2026",
            )),
        }
    }

    /// Returns the client of whichever Harvest the credential in use opens.
    ///
    /// # Errors
    /// `CredentialMissing`, `SecretGone`, `KeychainUnavailable`.
    pub(crate) async fn client(&self) -> Result<Client, Error> {
        let mut kept = self.inner.connection.0.lock().await;
        if let Some(client) = &*kept {
            return Ok(client.clone());
        }
        let client = self.new_client(Patience::default()).await?;
        Ok(kept.insert(client).clone())
    }

    /// Returns a client of its own for a question that a person waits for: with new tokens, and soon out of patience,
    /// within the same budget.
    ///
    /// # Errors
    /// As [`Engine::client`].
    pub(crate) async fn brisk_client(&self) -> Result<Client, Error> {
        // Read anew on purpose: a secret that is gone is to be said.
        let (credential, secret) = self.credential_in_use().await?;
        match self.connected().await {
            Some(Client::V3(harvest)) => Ok(Client::V3(harvest.beside(brisk())?)),
            Some(Client::V1(_)) | None => Client::new(&credential, secret, brisk()),
        }
    }

    async fn new_client(&self, patience: Patience) -> Result<Client, Error> {
        let (credential, secret) = self.credential_in_use().await?;
        Client::new(&credential, secret, patience)
    }

    async fn credential_in_use(&self) -> Result<(Credential, Secret), Error> {
        let credential = self
            .db()
            .read(|reader| reader.credential().find())
            .await?
            .ok_or_else(|| Error::new(Code::CredentialMissing, ""))?;
        let secret = self.secret(&credential.vault_key).await?.ok_or_else(|| {
            Error::new(Code::SecretGone, format!("Kept in {}", credential.kept_in))
        })?;
        Ok((credential, secret))
    }

    /// Returns the client, where one was made already; asks neither the store nor the keychain.
    pub(crate) async fn connected(&self) -> Option<Client> {
        self.inner.connection.0.lock().await.clone()
    }

    /// Forgets the client, since the credential has changed.
    pub(crate) async fn disconnect(&self) {
        self.inner.connection.0.lock().await.take();
    }
}

impl Client {
    fn new(credential: &Credential, secret: Secret, patience: Patience) -> Result<Self, Error> {
        match credential.dialect {
            Dialect::V3 => {
                let auth = credential.auth_url.as_deref().unwrap_or_default();
                let endpoints = Endpoints::parse(&credential.harvest_url, auth)?;
                let id = credential.client_id.clone().unwrap_or_default();
                v3(endpoints, id, secret, patience).map(Self::V3)
            }
            Dialect::V1 => v1(&credential.harvest_url, secret, patience).map(Self::V1),
        }
    }
}

/// Returns the patience of a question that a person waits for: a hiccup is bridged, an outage is said soon.
pub(crate) fn brisk() -> Patience {
    Patience {
        connect: Duration::from_secs(5),
        stall: Duration::from_secs(15),
        whole: Duration::from_secs(30),
        tries: 3,
        longest_wait: Duration::from_secs(15),
        ..Patience::default()
    }
}

/// Returns a client of Harvest v3 for a credential that need not be kept yet.
pub(crate) fn v3(
    endpoints: Endpoints,
    client_id: String,
    client_secret: Secret,
    patience: Patience,
) -> Result<Harvest, Error> {
    let credential = greenhouse::Credential {
        client_id,
        client_secret,
    };
    Ok(Harvest::patient(endpoints, credential, patience)?)
}

/// Returns a client of Harvest v1 for a key that need not be kept yet.
pub(crate) fn v1(harvest_url: &str, key: Secret, patience: Patience) -> Result<HarvestV1, Error> {
    let address = Address::parse(harvest_url)?;
    Ok(HarvestV1::new(address, key, patience)?)
}
