//! Applications: one candidate on one job, or one prospect with or without a job.

use super::{Harvest, Receipt, receipt::Target};
use crate::{
    error::{Error, WriteError},
    filter::Filter,
    page::Record,
    pages::Pages,
    wire::{Application, ConvertToCandidate, NewApplication, PatchApplication},
};
use domain::ids::{ActingUser, ApplicationId, CandidateId};

/// The applications of an organisation.
#[derive(Debug, Clone, Copy)]
pub struct Applications<'a>(pub(super) &'a Harvest);

impl Applications<'_> {
    /// Lists applications.
    #[must_use]
    pub fn list(&self, filter: &Filter) -> Pages<Application> {
        self.0.list(filter)
    }

    /// Finds an application by id.
    ///
    /// # Errors
    /// What remains after a read was repeated with patience.
    pub async fn find(&self, id: ApplicationId) -> Result<Option<Record<Application>>, Error> {
        let found = self
            .list(&Filter::all().ids([id.get()]))
            .all_understood()
            .await?;
        Ok(found.into_iter().find(|record| record.value.id == id))
    }

    /// Finds the applications of one candidate.
    ///
    /// # Errors
    /// What remains after a read was repeated with patience.
    pub async fn of_candidate(&self, id: CandidateId) -> Result<Vec<Record<Application>>, Error> {
        self.list(&Filter::all().candidates([id]))
            .all_understood()
            .await
    }

    /// Makes an application for a person who exists.
    ///
    /// # Errors
    /// Says whether it was refused, not sent, or may have happened.
    pub async fn create(
        &self,
        acting: ActingUser,
        application: &NewApplication,
    ) -> Result<Receipt<ApplicationId>, WriteError> {
        let target = Target {
            operation: "Create application",
            path: "applications",
            member: "application",
        };
        let (receipt, _) = self.0.post(acting, target, application).await?;
        Ok(receipt.map(ApplicationId))
    }

    /// Changes an application.
    ///
    /// # Errors
    /// As [`Applications::create`].
    pub async fn update(
        &self,
        acting: ActingUser,
        id: ApplicationId,
        change: &PatchApplication,
    ) -> Result<Receipt<ApplicationId>, WriteError> {
        let (operation, path) = (
            format!("Update application {id}"),
            format!("applications/{id}"),
        );
        let target = Target {
            operation: &operation,
            path: &path,
            member: "application",
        };
        Ok(self
            .0
            .patch(acting, target, id.get(), change)
            .await?
            .map(ApplicationId))
    }

    /// Turns a prospect's application into a candidate's. The receipt names the *new* application;
    /// the prospect's own becomes `converted`.
    ///
    /// # Errors
    /// As [`Applications::create`].
    pub async fn convert_to_candidate(
        &self,
        acting: ActingUser,
        id: ApplicationId,
        to: &ConvertToCandidate,
    ) -> Result<Receipt<ApplicationId>, WriteError> {
        let operation = format!("Convert application {id}");
        let path = format!("applications/{id}/convert_to_candidate");
        let target = Target {
            operation: &operation,
            path: &path,
            member: "application",
        };
        let (receipt, _) = self.0.post(acting, target, to).await?;
        Ok(receipt.map(ApplicationId))
    }
}
