//! The users as Greenhouse itself lists them, with their other addresses where those may be read.

use super::Reading;
use crate::Engine;
use crate::connection::Client;
use crate::error::{Code, Error, Problem};
use crate::view::{UsersImport, UsersSource};
use crate::words;
use domain::ids::UserId;
use greenhouse::{Filter, Misread, wire};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::time::Instant;
use store::GhUser;
use store::mirror::UserEmail;

const USERS: &str = "harvest:users:list";
const EMAILS: &str = "harvest:user_emails:list";

pub(super) async fn read(engine: &Engine) -> Result<(Reading, Vec<UserEmail>), Error> {
    let credential = engine
        .db()
        .read(|reader| reader.credential().find())
        .await?
        .ok_or_else(|| Error::new(Code::CredentialMissing, ""))?;
    if !credential.granted.may_try(USERS) {
        let detail = "Users › List users. The Excel export works without it";
        return Err(Error::new(Code::ScopeMissing, detail));
    }
    let started = Instant::now();
    let (users, emails) = match engine.client().await? {
        Client::V3(harvest) => {
            let (users, misread) = harvest.users().list(&Filter::all()).whole().await?;
            let users = users
                .into_iter()
                .map(|record| gh_user(record.value, record.raw.get().to_owned()));
            let users = Listed::of(users, &misread);
            let emails = if credential.granted.may_try(EMAILS) {
                emails(&harvest).await
            } else {
                Vec::new()
            };
            (users, emails)
        }
        Client::V1(harvest) => {
            let users = harvest.users().await?.into_iter().map(wire::User::from);
            let users = users.map(|user| {
                let raw = serde_json::to_string(&user).unwrap_or_default();
                gh_user(user, raw)
            });
            (Listed::of(users, &[]), Vec::new())
        }
    };
    let took_ms = u32::try_from(started.elapsed().as_millis()).unwrap_or(u32::MAX);
    if users.by_id.is_empty() {
        return Err(Error::saying(
            Code::GreenhouseTrouble,
            words::setup::nobody_listed(),
        ));
    }
    let (users, problems) = users.parts();
    let import = noted(&users, problems, engine.now(), took_ms);
    Ok((Reading { users, import }, emails))
}

/// Greenhouse's list of users, each once, and what of it is no user.
struct Listed {
    by_id: BTreeMap<UserId, GhUser>,
    unusable: Vec<String>,
}

impl Listed {
    /// A user who changes while the list is read may stand on two pages of it: the later record counts.
    fn of(users: impl Iterator<Item = GhUser>, misread: &[Misread]) -> Self {
        let named =
            |id: Option<i64>| id.map_or_else(|| "one without an id".into(), |it| it.to_string());
        let mut unusable: Vec<String> = misread.iter().map(|it| named(it.id)).collect();
        let mut by_id: BTreeMap<UserId, GhUser> = BTreeMap::new();
        for user in users {
            if user.id.get() <= 0 {
                unusable.push(user.id.to_string());
                continue;
            }
            match by_id.entry(user.id) {
                Entry::Vacant(place) => {
                    place.insert(user);
                }
                Entry::Occupied(mut known) if user.updated_at > known.get().updated_at => {
                    known.insert(user);
                }
                Entry::Occupied(_) => {}
            }
        }
        Self { by_id, unusable }
    }

    fn parts(self) -> (Vec<GhUser>, Vec<Problem>) {
        let problems = (!self.unusable.is_empty())
            .then(|| Error::saying(Code::RowsInvalid, words::setup::unusable(&self.unusable)));
        let problems = problems.iter().map(Error::problem).collect();
        (self.by_id.into_values().collect(), problems)
    }
}

/// Reads the other addresses of users. They only help matching, so that they cannot be read stops nothing.
async fn emails(harvest: &greenhouse::Harvest) -> Vec<UserEmail> {
    let records = match harvest.users().emails(&Filter::all()).all().await {
        Ok(records) => records,
        Err(error) => {
            tracing::debug!(%error, "Other addresses of users were left out");
            return Vec::new();
        }
    };
    records
        .into_iter()
        .filter_map(|record| {
            let it = record.value;
            Some(UserEmail {
                id: it.id,
                created_at: it.created_at,
                updated_at: it.updated_at,
                user_id: it.user_id?,
                email: it.email?,
                verified: it.verified,
                raw: record.raw.get().to_owned(),
            })
        })
        .collect()
}

fn noted(
    users: &[GhUser],
    problems: Vec<Problem>,
    at: jiff::Timestamp,
    took_ms: u32,
) -> UsersImport {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let deactivated = users.iter().filter(|user| user.deactivated).count();
    let admins = users.iter().filter(|user| user.site_admin == Some(true));
    UsersImport {
        source: UsersSource::Live,
        file: String::new(),
        at,
        total: number(users.len()),
        active: number(users.len() - deactivated),
        deactivated: number(deactivated),
        site_admins: Some(number(admins.count())),
        columns: Vec::new(),
        problem_count: number(problems.len()),
        problems,
        warnings: Vec::new(),
        looks_partial: false,
        took_ms,
    }
}

/// Returns a user of Greenhouse's list as the store keeps them.
pub(crate) fn gh_user(user: wire::User, raw: String) -> GhUser {
    let first_name = user.first_name.unwrap_or_default();
    let last_name = user.last_name.unwrap_or_default();
    let name = user
        .name
        .filter(|name| !name.trim().is_empty())
        .unwrap_or_else(|| format!("{first_name} {last_name}").trim().to_owned());
    GhUser {
        id: user.id,
        name,
        first_name,
        last_name,
        email: user.primary_email,
        emails: user.emails,
        deactivated: user.deactivated.unwrap_or_default(),
        is_state_unclear: false,
        site_admin: user.site_admin,
        source: store::UsersSource::Live,
        updated_at: user.updated_at,
        raw,
    }
}
