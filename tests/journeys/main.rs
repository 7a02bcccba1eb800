//! Journeys: the whole engine against the practice Greenhouse, one file per subject.

#[allow(dead_code)] // Until the journeys that sit at it are written.
mod desk;
mod home;
mod people;
mod relay;
mod shelf;
mod webhooks;
