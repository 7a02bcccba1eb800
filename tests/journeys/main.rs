//! Journeys: the whole engine against the practice Greenhouse, one file per subject.

mod activation;
mod begin;
mod credential;
mod deliveries;
mod desk;
mod handover;
mod home;
mod mapping;
mod people;
mod relay;
mod shelf;
mod sync;
mod tunnel;
mod users;
mod webhooks;
