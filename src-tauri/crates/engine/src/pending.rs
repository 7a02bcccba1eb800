//! Methods declared and not written yet. Each moves to its room when it is written; this file then goes away.
#![allow(
    missing_docs,
    clippy::unused_async,
    clippy::missing_errors_doc,
    unused_variables
)]

use crate::Engine;
use crate::call::{MappingFilter, RunKind};
use crate::error::{Code, Error};
use crate::view::*;
use domain::ids::UserId;
use domain::secret::Secret;
use domain::setup::Step;

fn pending<T>() -> Result<T, Error> {
    Err(Error::new(Code::NotReady, "Not written yet"))
}

impl Engine {
    pub async fn overview(&self) -> Result<Overview, Error> {
        pending()
    }
    pub async fn visit(&self, step: Step) -> Result<Overview, Error> {
        pending()
    }
    pub async fn recognise_file(&self, path: &str) -> Result<FileVerdict, Error> {
        pending()
    }
    pub async fn permissions(&self) -> Result<PermissionsView, Error> {
        pending()
    }
    pub async fn confirm_permissions(
        &self,
        api_credentials: bool,
        webhooks: bool,
    ) -> Result<PermissionsView, Error> {
        pending()
    }
    pub async fn credential(&self) -> Result<CredentialView, Error> {
        pending()
    }
    pub async fn submit_credential(
        &self,
        client_id: &str,
        client_secret: Secret,
        harvest_url: Option<&str>,
        auth_url: Option<&str>,
    ) -> Result<CredentialView, Error> {
        pending()
    }
    pub async fn submit_api_key(
        &self,
        api_key: Secret,
        harvest_url: Option<&str>,
    ) -> Result<CredentialView, Error> {
        pending()
    }
    pub async fn check_credential(&self) -> Result<CredentialView, Error> {
        pending()
    }
    pub async fn accept_limits(&self) -> Result<CredentialView, Error> {
        pending()
    }
    pub async fn open_vault(
        &self,
        path: &str,
        passphrase: Secret,
    ) -> Result<CredentialView, Error> {
        pending()
    }
    pub async fn users(&self) -> Result<UsersView, Error> {
        pending()
    }
    pub async fn import_users(&self, path: &str) -> Result<UsersView, Error> {
        pending()
    }
    pub async fn read_users_live(&self) -> Result<UsersView, Error> {
        pending()
    }
    pub async fn apply_users(&self) -> Result<UsersView, Error> {
        pending()
    }
    pub async fn discard_users(&self) -> Result<UsersView, Error> {
        pending()
    }
    pub async fn list_users(
        &self,
        search: &str,
        offset: u32,
        limit: u32,
    ) -> Result<UsersPage, Error> {
        pending()
    }
    pub async fn mapping(&self) -> Result<MappingView, Error> {
        pending()
    }
    pub async fn list_mapping(
        &self,
        search: &str,
        filter: MappingFilter,
        offset: u32,
        limit: u32,
    ) -> Result<MappingPage, Error> {
        pending()
    }
    pub async fn import_team(&self, path: &str) -> Result<MappingView, Error> {
        pending()
    }
    pub async fn paste_team(&self, text: &str) -> Result<MappingView, Error> {
        pending()
    }
    pub async fn add_member(&self, name: &str, email: &str) -> Result<MappingView, Error> {
        pending()
    }
    pub async fn add_members_from_users(&self, users: &[UserId]) -> Result<MappingView, Error> {
        pending()
    }
    pub async fn remove_member(&self, member: i64) -> Result<MappingView, Error> {
        pending()
    }
    pub async fn set_mapping(
        &self,
        member: i64,
        user: Option<UserId>,
    ) -> Result<MappingView, Error> {
        pending()
    }
    pub async fn confirm_mapping(&self, members: &[i64]) -> Result<MappingView, Error> {
        pending()
    }
    pub async fn leave_out(&self, members: &[i64], leave_out: bool) -> Result<MappingView, Error> {
        pending()
    }
    pub async fn undo_mapping(&self) -> Result<MappingView, Error> {
        pending()
    }
    pub async fn review(&self) -> Result<ReviewView, Error> {
        pending()
    }
    pub async fn approve_review(&self, fingerprint: &str) -> Result<ReviewView, Error> {
        pending()
    }
    pub async fn activate(&self) -> Result<Overview, Error> {
        pending()
    }
    pub async fn deactivate(&self) -> Result<Overview, Error> {
        pending()
    }
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
    pub async fn wipe(&self) -> Result<Overview, Error> {
        pending()
    }
}
