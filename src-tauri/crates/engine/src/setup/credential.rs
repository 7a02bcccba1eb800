//! Step 2: the credential. The secret goes to the vault before the row is written, and the one before is removed
//! only afterwards: whatever breaks off, there is a row whose secret is there.

mod ask;
mod judge;
mod paste;
mod show;

use ask::Asked;
pub(crate) use judge::{lacks_core, lacks_something, trouble};

use crate::Engine;
use crate::audit::by_person;
use crate::connection::{Client, brisk, v1, v3};
use crate::error::{Code, Error};
use crate::event::Topic;
use crate::setup::files::on_file;
use crate::vault::{FileVault, Vault as _};
use crate::view::CredentialView;
use crate::words;
use domain::access::{Feature, Granted, Standing, check};
use domain::secret::Secret;
use greenhouse::Endpoints;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use store::{Credential, Dialect, NewEntry};

const TOPICS: &[Topic] = &[
    Topic::Overview,
    Topic::Credential,
    Topic::Users,
    Topic::Review,
    Topic::Home,
    Topic::Audit,
];

/// A credential that was handed over, cleaned and checked for its form.
struct Candidate {
    dialect: Dialect,
    client_id: Option<String>,
    secret: Secret,
    harvest_url: String,
    auth_url: Option<String>,
    client: Client,
}

impl Engine {
    /// Returns what Greenhouse said of the credential when it was last asked.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn credential(&self) -> Result<CredentialView, Error> {
        // A keychain that did not answer may have been unlocked since: a person looks at this page to see.
        if self.kept().problem.is_some() {
            self.look_for_secret().await;
        }
        self.credential_view().await
    }

    /// Checks a Harvest v3 credential with Greenhouse, and keeps it if it is accepted. What was kept before stays
    /// as it is until then.
    ///
    /// # Errors
    /// `KeychainUnavailable`, `CredentialMalformed`, `AddressNotAllowed`, `CredentialRejected`, `Offline`,
    /// `RateLimited`, `GreenhouseTrouble`.
    pub async fn submit_credential(
        &self,
        client_id: &str,
        client_secret: Secret,
        harvest_url: Option<&str>,
        auth_url: Option<&str>,
    ) -> Result<CredentialView, Error> {
        let client_id = paste::client_id(client_id)?;
        let secret = paste::client_secret(&client_secret, &client_id)?;
        let usual = self.options().endpoints.as_ref();
        let harvest_url = harvest_url
            .or(usual.map(|it| it.harvest_url.as_str()))
            .unwrap_or(greenhouse::endpoints::HARVEST)
            .trim()
            .to_owned();
        let auth_url = auth_url
            .or(usual.map(|it| it.auth_url.as_str()))
            .unwrap_or(greenhouse::endpoints::AUTH)
            .trim()
            .to_owned();
        let endpoints = Endpoints {
            harvest: greenhouse::Address::parse(&harvest_url)
                .map_err(|error| Error::from(error).at("harvest_url"))?,
            auth: greenhouse::Address::parse(&auth_url)
                .map_err(|error| Error::from(error).at("auth_url"))?,
        };
        let client = v3(endpoints, client_id.clone(), secret.clone(), brisk())?;
        self.submit(Candidate {
            dialect: Dialect::V3,
            client_id: Some(client_id),
            secret,
            harvest_url,
            auth_url: Some(auth_url),
            client: Client::V3(client),
        })
        .await
    }

    /// Checks a key of the retired Harvest v1, and keeps it if it is accepted.
    ///
    /// # Errors
    /// As [`Engine::submit_credential`].
    pub async fn submit_api_key(
        &self,
        api_key: Secret,
        harvest_url: Option<&str>,
    ) -> Result<CredentialView, Error> {
        let secret = paste::api_key(&api_key)?;
        let harvest_url = match (harvest_url, &self.options().endpoints) {
            (Some(given), _) => given.trim().to_owned(),
            (None, Some(usual)) => paste::v1_beside(&usual.harvest_url),
            (None, None) => greenhouse::endpoints::HARVEST_V1.to_owned(),
        };
        let client =
            v1(&harvest_url, secret.clone(), brisk()).map_err(|error| error.at("harvest_url"))?;
        self.submit(Candidate {
            dialect: Dialect::V1,
            client_id: None,
            secret,
            harvest_url,
            auth_url: None,
            client: Client::V1(client),
        })
        .await
    }

    /// Asks Greenhouse again what the credential may do, with a new token: a permission ticked since may need one.
    ///
    /// That Greenhouse no longer accepts it is an answer, to be seen in the view.
    ///
    /// # Errors
    /// `CredentialMissing`, `Offline`, `RateLimited`, `GreenhouseTrouble`: nothing is changed then.
    pub async fn check_credential(&self) -> Result<CredentialView, Error> {
        self.recheck().await?;
        self.credential_view().await
    }

    /// Asks Greenhouse again, and keeps what it says.
    pub(crate) async fn recheck(&self) -> Result<(), Error> {
        self.disconnect().await;
        self.look_for_secret().await;
        let credential = self
            .db()
            .read(|reader| reader.credential().find())
            .await?
            .ok_or_else(|| Error::new(Code::CredentialMissing, ""))?;
        let asked = match self.brisk_client().await {
            Ok(client) => ask::ask(&client).await,
            Err(error) if matches!(error.code, Code::SecretGone | Code::KeychainUnavailable) => {
                self.changed(TOPICS);
                return Ok(());
            }
            Err(error) => Err(error),
        };
        let asked = match asked {
            Ok(asked) => {
                let same = self.same_organisation(Some(&credential), &asked).await;
                same.map(|()| asked)
            }
            error => error,
        };
        let (now, before) = (self.now(), credential.clone());
        let after = match asked {
            Ok(asked) => asked.told(credential, now),
            Err(error) if is_rejection(&error) => Credential {
                accepted: false,
                checked_at: now,
                problem: serde_json::to_value(error.problem()).ok(),
                ..credential
            },
            Err(error) => return Err(error),
        };
        self.db()
            .write(move |tx| {
                let features = tx.setup().features()?;
                let limits_accepted = still_accepted(&before, &after.granted, &features);
                tx.credential().put(&Credential {
                    limits_accepted,
                    ..after
                })
            })
            .await?;
        self.changed(TOPICS);
        Ok(())
    }

    /// Goes on without the permissions that are missing.
    ///
    /// # Errors
    /// `CredentialMissing`; `ScopeMissing` where nothing works without one of them.
    pub async fn accept_limits(&self) -> Result<CredentialView, Error> {
        let facts = self.facts().await?;
        match facts.credential {
            None => return Err(Error::new(Code::CredentialMissing, "")),
            Some(fact) if fact.core_missing > 0 => {
                let detail =
                    "Without candidates, applications and jobs nothing can be read or sent";
                return Err(Error::new(Code::ScopeMissing, detail));
            }
            Some(_) => {}
        }
        let now = self.now();
        self.db()
            .write(move |tx| {
                let Some(credential) = tx.credential().find()? else {
                    return Ok(());
                };
                if credential.limits_accepted {
                    return Ok(());
                }
                tx.credential().put(&Credential {
                    limits_accepted: true,
                    ..credential
                })?;
                let what = "Went on without the missing permissions";
                tx.audit()
                    .append(&by_person(now, what, "credential"))
                    .map(drop)
            })
            .await?;
        self.changed(TOPICS);
        self.credential_view().await
    }

    /// Opens an encrypted file for secrets, or makes one; secrets are kept there from then on.
    ///
    /// # Errors
    /// `VaultLocked` where the passphrase is another, `KeychainUnavailable` where the file is no vault or cannot be used.
    pub async fn open_vault(
        &self,
        path: &str,
        passphrase: Secret,
    ) -> Result<CredentialView, Error> {
        if path.trim().is_empty() {
            return Err(Error::new(Code::InputInvalid, "Say where the file shall be").at("path"));
        }
        if passphrase.is_empty() {
            return Err(Error::new(Code::InputInvalid, "Type the passphrase").at("passphrase"));
        }
        let path = PathBuf::from(path.trim());
        let vault = on_file(move || {
            let vault = FileVault::open(&path, &passphrase)?;
            vault.probe().map(|()| vault)
        })
        .await?
        .map_err(|error| {
            let error = Error::from(error);
            let field = match error.code {
                Code::VaultLocked => "passphrase",
                _ => "path",
            };
            error.at(field)
        })?;
        self.use_vault(Arc::new(vault));
        self.disconnect().await;
        self.look_for_secret().await;
        self.changed(TOPICS);
        self.credential_view().await
    }

    async fn submit(&self, new: Candidate) -> Result<CredentialView, Error> {
        // Before Greenhouse is asked: an accepted credential with nowhere to keep it helps nobody.
        self.with_vault(|vault| vault.probe()).await?;
        let field = match new.dialect {
            Dialect::V3 => "client_secret",
            Dialect::V1 => "api_key",
        };
        let asked = match ask::ask(&new.client).await {
            Ok(asked) => asked,
            Err(error) => {
                let error = paste::explained(error, new.dialect, &new.secret);
                self.note_not_taken(&error).await?;
                return Err(match error.code {
                    Code::CredentialRejected => error.at(field),
                    Code::CredentialMalformed if error.field.is_none() => error.at(field),
                    _ => error,
                });
            }
        };
        self.keep(new, asked).await?;
        self.credential_view().await
    }

    /// Refuses another organisation's credential where something is kept that would be wrong there: ids, who is who, who
    /// was sent.
    async fn same_organisation(
        &self,
        before: Option<&Credential>,
        asked: &Asked,
    ) -> Result<(), Error> {
        let Some(before) = before.filter(|before| is_other_organisation(before, asked)) else {
            return Ok(());
        };
        let is_bound = self
            .db()
            .read(|reader| {
                Ok(reader.runs().last_whole_pull()?.is_some()
                    || !reader.mapping().settled()?.is_empty())
            })
            .await?;
        if !is_bound {
            return Ok(());
        }
        let (was, now) = (&before.organisation, &asked.organisation);
        let words = words::setup::other_organisation(was.as_deref(), now.as_deref());
        Err(Error::saying(Code::OtherOrganisation, words))
    }

    /// Puts on record that a credential was tried and not taken: whoever tries many leaves a trace.
    async fn note_not_taken(&self, error: &Error) -> Result<(), Error> {
        let entry = NewEntry {
            result: error.code.title().to_owned(),
            ..by_person(self.now(), "Tried a credential", "credential")
        };
        self.db()
            .write(move |tx| tx.audit().append(&entry).map(drop))
            .await?;
        self.changed(&[Topic::Audit]);
        Ok(())
    }

    async fn keep(&self, new: Candidate, asked: Asked) -> Result<(), Error> {
        let now = self.now();
        let before = self.db().read(|reader| reader.credential().find()).await?;
        if let Err(error) = self.same_organisation(before.as_ref(), &asked).await {
            self.note_not_taken(&error).await?;
            return Err(error);
        }
        let vault_key = free_key(now, before.as_ref());
        self.put_secret(&vault_key, &new.secret).await?;
        let row = asked.told(
            new.row(before.as_ref(), &vault_key, self.vault().place(), now),
            now,
        );
        let written = self
            .db()
            .write(move |tx| {
                let features = tx.setup().features()?;
                let limits_accepted = before
                    .as_ref()
                    .is_some_and(|before| still_accepted(before, &row.granted, &features));
                tx.credential().put(&Credential {
                    limits_accepted,
                    ..row
                })?;
                let what = match &before {
                    Some(_) => "Replaced the credential",
                    None => "Handed over a credential",
                };
                tx.audit().append(&by_person(now, what, "credential"))?;
                Ok(before)
            })
            .await;
        let before = match written {
            Ok(before) => before,
            Err(error) => {
                self.remove_secret(&vault_key).await.ok();
                return Err(error);
            }
        };
        self.disconnect().await;
        if let Some(before) = before {
            // It opens nothing of ours any more; where it cannot be removed, nothing depends on it.
            if let Err(error) = self.remove_secret(&before.vault_key).await {
                tracing::warn!(%error, "The secret before could not be removed");
            }
        }
        self.look_for_secret().await;
        self.changed(TOPICS);
        Ok(())
    }
}

impl Candidate {
    fn row(
        &self,
        before: Option<&Credential>,
        vault_key: &str,
        kept_in: String,
        now: Timestamp,
    ) -> Credential {
        let same = before.filter(|it| it.dialect == self.dialect && it.client_id == self.client_id);
        Credential {
            dialect: self.dialect,
            client_id: self.client_id.clone(),
            harvest_url: self.harvest_url.clone(),
            auth_url: self.auth_url.clone(),
            organisation: None,
            organisation_id: None,
            acting_user: None,
            acting_name: None,
            site_admin: None,
            secret_tail: self.secret.tail(),
            vault_key: vault_key.to_owned(),
            kept_in,
            accepted_at: same.map_or(now, |it| it.accepted_at),
            checked_at: now,
            accepted: true,
            problem: None,
            granted: Granted::All {
                scopes: BTreeSet::new(),
            },
            counts: serde_json::Value::Null,
            limits_accepted: false,
        }
    }
}

/// Whether Greenhouse names another organisation than before, by its id, or by its name where it tells no id.
fn is_other_organisation(before: &Credential, asked: &Asked) -> bool {
    let differ = |was: &Option<String>, now: &Option<String>| {
        was.as_ref().zip(now.as_ref()).map(|(was, now)| was != now)
    };
    differ(&before.organisation_id, &asked.organisation_id)
        .or_else(|| differ(&before.organisation, &asked.organisation))
        .unwrap_or_default()
}

/// Returns a name in the vault that the secret before does not have.
fn free_key(now: Timestamp, before: Option<&Credential>) -> String {
    let name = format!("credential-{}", now.as_millisecond());
    match before {
        Some(before) if before.vault_key == name => format!("{name}-next"),
        _ => name,
    }
}

/// Whether a person's choice to go on without still holds: nothing is missing that was not missing then.
fn still_accepted(before: &Credential, granted: &Granted, features: &BTreeSet<Feature>) -> bool {
    let missing = |granted: &Granted| -> BTreeSet<String> {
        check(granted, features)
            .into_iter()
            .filter(|line| line.standing == Standing::Missing)
            .map(|line| line.scope)
            .collect()
    };
    before.limits_accepted && missing(granted).is_subset(&missing(&before.granted))
}

/// Whether Greenhouse said no to the credential itself, so that a person has to do something.
fn is_rejection(error: &Error) -> bool {
    matches!(
        error.code,
        Code::CredentialRejected | Code::CredentialMalformed | Code::OtherOrganisation
    )
}
