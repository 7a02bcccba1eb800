//! The real app in a real window: every test on a desktop of its own, with a practice Greenhouse in the test itself.

mod app;
mod audit;
mod desktop;
mod files;
mod hand;
mod keyboard;
mod page;
mod pages;
mod place;
mod pointer;
mod resume;
mod setup;
mod vault;
mod wizard;
