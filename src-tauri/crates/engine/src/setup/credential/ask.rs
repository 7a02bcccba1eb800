//! What Greenhouse is asked about a credential: what it may do, who it is, and first real numbers.

use crate::connection::Client;
use crate::error::{Code, Error};
use crate::view::Count;
use crate::words;
use domain::access::{Granted, PERMISSIONS};
use domain::ids::UserId;
use greenhouse::error::{Error as HarvestError, Stage};
use greenhouse::filter::PER_PAGE;
use greenhouse::harvest_v1::HarvestV1;
use greenhouse::page::Row;
use greenhouse::{Filter, Harvest, wire};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use store::Credential;

/// What Greenhouse said.
pub(crate) struct Asked {
    granted: Granted,
    pub(super) organisation: Option<String>,
    pub(super) organisation_id: Option<String>,
    acting_user: Option<UserId>,
    acting_name: Option<String>,
    site_admin: Option<bool>,
    counts: BTreeMap<&'static str, Count>,
}

impl Asked {
    /// Returns what is known when nothing but the permissions is.
    const fn granted(granted: Granted) -> Self {
        Self {
            granted,
            organisation: None,
            organisation_id: None,
            acting_user: None,
            acting_name: None,
            site_admin: None,
            counts: BTreeMap::new(),
        }
    }

    /// Returns the credential with what was said of it.
    pub(super) fn told(self, credential: Credential, now: Timestamp) -> Credential {
        Credential {
            organisation: self.organisation.or(credential.organisation),
            organisation_id: self.organisation_id.or(credential.organisation_id),
            acting_user: self.acting_user,
            acting_name: self.acting_name,
            site_admin: self.site_admin,
            checked_at: now,
            accepted: true,
            problem: None,
            granted: self.granted,
            counts: serde_json::to_value(self.counts).unwrap_or_default(),
            ..credential
        }
    }
}

/// Asks Greenhouse about a credential.
///
/// # Errors
/// `CredentialRejected` or `CredentialMalformed` where it is not accepted; `Offline`, `RateLimited`,
/// `GreenhouseTrouble`.
pub(super) async fn ask(client: &Client) -> Result<Asked, Error> {
    match client {
        Client::V3(harvest) => ask_v3(harvest).await,
        Client::V1(harvest) => ask_v1(harvest).await,
    }
}

async fn ask_v3(harvest: &Harvest) -> Result<Asked, Error> {
    let mut asked = match harvest.introspect().await {
        Ok(told) if told.is_active => {
            let site_admin = told.is_site_admin();
            // Whoever is silent about scopes says who the credential is all the same.
            let asked = match told.scopes {
                Some(scopes) => Asked::granted(Granted::All { scopes }),
                None => probe_v3(harvest).await?,
            };
            Asked {
                organisation: told.organisation,
                organisation_id: told.organisation_id,
                acting_user: told.acting.map(|acting| acting.0),
                site_admin: site_admin.or(asked.site_admin),
                ..asked
            }
        }
        Ok(_) => {
            let detail = "Greenhouse calls the token it has just given us inactive";
            return Err(Error::new(Code::CredentialRejected, detail));
        }
        Err(error) if is_about_introspection(&error) => probe_v3(harvest).await?,
        Err(error) => return Err(rejected(error)),
    };
    let (jobs, users, candidates, applications) = tokio::join!(
        count::<wire::Job>(harvest, &asked.granted, "harvest:jobs:list"),
        count::<wire::User>(harvest, &asked.granted, "harvest:users:list"),
        count::<wire::Candidate>(harvest, &asked.granted, "harvest:candidates:list"),
        count::<wire::Application>(harvest, &asked.granted, "harvest:applications:list"),
    );
    let counted = [
        ("jobs", jobs),
        ("users", users),
        ("candidates", candidates),
        ("applications", applications),
    ];
    let mut tried: Vec<Counted> = Vec::new();
    for (name, counted) in counted {
        match counted {
            Counted::Seen(count) => drop(asked.counts.insert(name, count)),
            Counted::NotTried => continue,
            Counted::Denied | Counted::Missing | Counted::Failed => {}
        }
        tried.push(counted);
    }
    // The token was minted elsewhere: what it is for is not at this address.
    if !tried.is_empty() && tried.iter().all(|it| matches!(it, Counted::Missing)) {
        return Err(Error::saying(
            Code::GreenhouseTrouble,
            words::setup::no_harvest(),
        ));
    }
    let denied = tried.iter().any(|it| matches!(it, Counted::Denied));
    // The scopes are there and every list is refused all the same: it is the user (`greenhouse.md`, C4).
    if asked.site_admin.is_none() && denied && asked.counts.is_empty() {
        asked.site_admin = Some(false);
    }
    name_acting(harvest, &mut asked).await;
    Ok(asked)
}

/// Whether introspection alone is refused: the token was minted, so the credential works.
fn is_about_introspection(error: &HarvestError) -> bool {
    error.stage() == Some(Stage::Introspection) && !error.is_rate_limited()
}

async fn probe_v3(harvest: &Harvest) -> Result<Asked, Error> {
    let lists: Vec<&str> = PERMISSIONS
        .iter()
        .filter_map(|permission| list_of(permission.scope))
        .collect();
    let probe = harvest.probe(&lists).await.map_err(rejected)?;
    // A credential that nothing was learnt of must not pass for one that may do nothing.
    if probe.is_unknown_throughout() {
        let detail =
            "What answers at this address is not Harvest, or it is unwell: no list could be read";
        return Err(Error::new(Code::GreenhouseTrouble, detail));
    }
    let scopes = probe.scopes().collect();
    Ok(Asked {
        site_admin: probe.is_denied_throughout().then_some(false),
        ..Asked::granted(Granted::ReadsOnly { scopes })
    })
}

/// `harvest:candidates:list` is the list `candidates`.
fn list_of(scope: &str) -> Option<&str> {
    scope.strip_prefix("harvest:")?.strip_suffix(":list")
}

#[derive(Clone, Copy)]
enum Counted {
    Seen(Count),
    Denied,
    /// Nothing of that name is there.
    Missing,
    /// It could not be read now.
    Failed,
    NotTried,
}

/// Counts a list as far as its first page goes.
async fn count<T: Row>(harvest: &Harvest, granted: &Granted, scope: &str) -> Counted {
    if !granted.may_try(scope) {
        return Counted::NotTried;
    }
    let page = harvest
        .list::<T>(&Filter::all().per_page(PER_PAGE))
        .next()
        .await;
    match page {
        Ok(Some(page)) => {
            let seen = page.records.len() + page.misread.len();
            Counted::Seen(Count {
                value: u32::try_from(seen).unwrap_or(u32::MAX),
                or_more: page.next.is_some(),
            })
        }
        Ok(None) => Counted::NotTried,
        Err(error) if error.is_denied() => Counted::Denied,
        Err(error) if error.is_missing() => Counted::Missing,
        Err(error) => {
            tracing::debug!(%error, "A first count was left out");
            Counted::Failed
        }
    }
}

/// Looks up who the credential acts as. Not knowing is no failure.
async fn name_acting(harvest: &Harvest, asked: &mut Asked) {
    let Some(user) = asked.acting_user else {
        return;
    };
    if !asked.granted.may_try("harvest:users:list") {
        return;
    }
    match harvest.users().find(user).await {
        Ok(Some(record)) => {
            asked.acting_name = record.value.name.filter(|name| !name.trim().is_empty());
            asked.site_admin = asked.site_admin.or(record.value.site_admin);
        }
        Ok(None) => {}
        Err(error) => tracing::debug!(%error, "The acting user's name was left out"),
    }
}

/// What a v1 key opens, list by list, with the scopes of v3 that stand for it.
const V1_LISTS: &[(&str, &[&str])] = &[
    ("candidates", &["harvest:candidates:list"]),
    ("applications", &["harvest:applications:list"]),
    ("jobs", &["harvest:jobs:list"]),
    // v1 prints all addresses of a user in the same record.
    ("users", &["harvest:users:list", "harvest:user_emails:list"]),
    ("departments", &["harvest:departments:list"]),
    ("job_posts", &["harvest:job_posts:list"]),
    ("job_stages", &["harvest:job_interview_stages:list"]),
    ("sources", &["harvest:sources:list"]),
    // v1 prints the stages of a pool in the same record.
    (
        "prospect_pools",
        &[
            "harvest:prospect_pools:list",
            "harvest:prospect_pool_stages:list",
        ],
    ),
];

async fn ask_v1(harvest: &HarvestV1) -> Result<Asked, Error> {
    let lists: Vec<&str> = V1_LISTS.iter().map(|(list, _)| *list).collect();
    let probe = harvest.probe(&lists).await.map_err(rejected)?;
    if probe
        .0
        .values()
        .all(|access| *access == greenhouse::probe::Access::Unknown)
    {
        let detail = "Greenhouse no longer answers Harvest v1, which it switched off on 31 August 2026. Create a \
                      credential of the type Harvest V3 (OAuth) instead";
        return Err(Error::new(Code::CredentialRejected, detail));
    }
    let scopes: BTreeSet<String> = V1_LISTS
        .iter()
        .filter(|(list, _)| probe.0.get(*list) == Some(&greenhouse::probe::Access::Granted))
        .flat_map(|(_, scopes)| scopes.iter().map(|scope| (*scope).to_owned()))
        .collect();
    let mut counts = BTreeMap::new();
    if scopes.contains("harvest:users:list") {
        let users = harvest.users().await?;
        let value = u32::try_from(users.len()).unwrap_or(u32::MAX);
        counts.insert(
            "users",
            Count {
                value,
                or_more: false,
            },
        );
    }
    Ok(Asked {
        counts,
        ..Asked::granted(Granted::ReadsOnly { scopes })
    })
}

/// Returns what to do about a refusal: the token endpoint answers 400 to what cannot be a client id at all
/// (`greenhouse.md`, C2).
fn rejected(error: HarvestError) -> Error {
    let malformed = error.refusal().is_some_and(|refusal| {
        refusal.stage == Stage::Token && refusal.status == 400 && refusal.explanation.code.is_none()
    });
    let error = Error::from(error);
    if malformed && error.code == Code::CredentialRejected {
        return Error {
            code: Code::CredentialMalformed,
            ..error
        }
        .at("client_id");
    }
    error
}
