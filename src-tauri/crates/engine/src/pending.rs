//! Methods declared and not written yet. Each moves to its room when it is written; this file then goes away.
#![allow(
    missing_docs,
    clippy::unused_async,
    clippy::missing_errors_doc,
    unused_variables
)]

use crate::Engine;
use crate::call::RunKind;
use crate::error::{Code, Error};
use crate::view::*;

fn pending<T>() -> Result<T, Error> {
    Err(Error::new(Code::NotReady, "Not written yet"))
}

impl Engine {
    pub async fn import_candidates(&self, paths: &[String]) -> Result<CandidatesImport, Error> {
        pending()
    }
    pub async fn start_run(&self, kind: RunKind, full: bool) -> Result<HomeView, Error> {
        pending()
    }
    pub async fn cancel_run(&self) -> Result<HomeView, Error> {
        pending()
    }
    pub async fn pause(&self) -> Result<HomeView, Error> {
        pending()
    }
    pub async fn resume(&self) -> Result<HomeView, Error> {
        pending()
    }
}
