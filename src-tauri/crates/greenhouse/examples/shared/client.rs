//! The frame of the examples: a client from what the environment says.
//!
//! `GREENHOUSE_CLIENT_ID` and `GREENHOUSE_CLIENT_SECRET` are the credential; `GREENHOUSE_HARVEST_URL` and
//! `GREENHOUSE_AUTH_URL` name another address than Greenhouse's, such as a practice server's.

use domain::secret::Secret;
use greenhouse::{
    Credential, Endpoints, Harvest,
    endpoints::{AUTH, HARVEST},
};
use std::{env, error::Error};

pub fn from_environment() -> Result<Harvest, Box<dyn Error>> {
    let address = |name: &str, usual: &str| env::var(name).unwrap_or_else(|_| usual.to_owned());
    let endpoints = Endpoints::parse(
        &address("GREENHOUSE_HARVEST_URL", HARVEST),
        &address("GREENHOUSE_AUTH_URL", AUTH),
    )?;
    let credential = Credential {
        client_id: env::var("GREENHOUSE_CLIENT_ID")?,
        client_secret: Secret::new(env::var("GREENHOUSE_CLIENT_SECRET")?),
    };
    Ok(Harvest::new(endpoints, credential)?)
}
