//! Journeys: the whole engine against the practice Greenhouse, one file per subject.

mod activation;
mod begin;
mod credential;
mod deliveries;
mod desk;
mod handing;
mod handover;
mod home;
mod interruption;
mod mapping;
mod pairs;
mod people;
mod pull;
mod relay;
mod shelf;
mod switches;
mod sync;
mod sync_again;
mod sync_offline;
mod sync_refused;
mod sync_unknown;
mod tunnel;
mod users;
mod webhooks;
