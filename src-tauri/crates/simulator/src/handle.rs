//! The handle of a running practice Greenhouse: where it is, what it did, and what to break.

use crate::{
    control,
    fault::NewFault,
    journal::{Change, Journal},
    listener::{Loopback, Spoiler},
    options::Options,
    quirks::Quirks,
    refusal::Refusal,
    samples::Samples,
    server::{Inner, answer},
    state::State,
    webhooks::{FormProblem, NewWebhook, Webhook, delivery::Courier},
    world::{Act, World, WorldExport},
};
use axum::Router;
use domain::ids::{ApplicationId, CandidateId, JobStageId, RejectionReasonId, UserId};
use greenhouse::wire::{Application, Candidate, NewCandidate, PatchCandidate};
use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::net::TcpListener;

/// How long connections that are still open get at the end.
const LAST_ANSWERS: Duration = Duration::from_millis(500);

/// A running practice Greenhouse. It ends when this is dropped.
pub struct Simulator {
    inner: Arc<Inner>,
    address: SocketAddr,
    samples: Option<Samples>,
}

/// Why the practice Greenhouse could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken, or this computer gives none.
    #[error("The practice Greenhouse gets no port on this computer")]
    Port(#[source] io::Error),
    /// Webhooks could not be sent.
    #[error("The practice Greenhouse cannot send webhooks")]
    Webhooks(#[source] reqwest::Error),
    /// The sample files could not be written.
    #[error("The sample files cannot be written")]
    Samples(#[source] io::Error),
}

impl Simulator {
    /// Starts a practice Greenhouse on loopback.
    ///
    /// # Errors
    ///
    /// Fails when there is no port, or the sample files cannot be written.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port));
        let listener = listener.await.map_err(StartError::Port)?;
        let address = listener.local_addr().map_err(StartError::Port)?;
        let courier = Courier::new().map_err(StartError::Webhooks)?;
        let samples_dir = options.samples.clone();
        let mut state = State::new(options);
        state.origin = format!("http://{address}");
        let samples = match samples_dir {
            Some(dir) => Some(Samples::write(&state.world, &dir).map_err(StartError::Samples)?),
            None => None,
        };
        let inner = Arc::new(Inner::new(state, courier));
        drop(tokio::spawn(serve(Loopback(listener), Arc::clone(&inner))));
        tracing::info!(%address, "The practice Greenhouse is open");
        Ok(Self {
            inner,
            address,
            samples,
        })
    }

    /// Ends it: connections in hand get a moment, deliveries on their way are given up.
    pub async fn stop(self) {
        self.inner.stop.cancel();
        self.inner.deliveries.close();
        self.inner.deliveries.wait().await;
    }

    /// Runs until somebody else calls for the end, or for ever.
    pub async fn stopped(&self) {
        self.inner.stop.cancelled().await;
    }
}

/// Where it is.
impl Simulator {
    /// Returns the base of Harvest v3, up to and including `/v3`.
    #[must_use]
    pub fn harvest_url(&self) -> String {
        format!("http://{}/v3", self.address)
    }

    /// Returns the base of the retired Harvest v1.
    #[must_use]
    pub fn harvest_v1_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// Returns the origin that answers `/token` and `/introspect`.
    #[must_use]
    pub fn auth_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the base of the control API.
    #[must_use]
    pub fn control_url(&self) -> String {
        format!("http://{}/practice", self.address)
    }

    /// Returns the client id of the one credential.
    #[must_use]
    pub fn client_id(&self) -> String {
        self.inner.lock().credential.client_id.clone()
    }

    /// Returns the client secret. It opens nothing but made-up people.
    #[must_use]
    pub fn client_secret(&self) -> String {
        self.inner.lock().credential.client_secret.clone()
    }

    /// Returns the key of the retired Harvest v1.
    #[must_use]
    pub fn api_key(&self) -> String {
        self.inner.lock().credential.api_key.clone()
    }

    /// Returns the user the credential itself acts as.
    #[must_use]
    pub fn own_user(&self) -> UserId {
        self.inner.lock().world.own_user
    }

    /// Returns the sample files, where [`Options::samples`] asked for them.
    #[must_use]
    pub fn samples(&self) -> Option<&Samples> {
        self.samples.as_ref()
    }

    /// Returns where the sample user export is, where there is one.
    #[must_use]
    pub fn export_path(&self) -> Option<PathBuf> {
        self.samples
            .as_ref()
            .map(|samples| samples.user_export.clone())
    }

    /// Writes sample files that fit the world as it is now.
    ///
    /// # Errors
    ///
    /// Fails when the folder cannot be written to.
    pub fn write_samples(&self, dir: &Path) -> io::Result<Samples> {
        Samples::write(&self.inner.lock().world, dir)
    }
}

/// What happened.
impl Simulator {
    /// Returns everything that happened so far.
    #[must_use]
    pub fn journal(&self) -> Journal {
        self.inner.lock().journal.clone()
    }

    /// Returns every record there is. Made for small worlds.
    #[must_use]
    pub fn world(&self) -> WorldExport {
        self.inner.lock().world.export()
    }

    /// Returns what was made since the start: the ground truth of what a test sent.
    #[must_use]
    pub fn created(&self) -> WorldExport {
        self.inner.lock().world.export_new()
    }

    /// Returns the webhooks as they are stored.
    #[must_use]
    pub fn webhooks(&self) -> Vec<Webhook> {
        self.inner.lock().webhooks.list().to_vec()
    }

    /// Waits until no delivery is on its way any more, tries again included.
    pub async fn deliveries_settled(&self) {
        while !self.inner.deliveries.is_empty() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
}

/// What to break.
impl Simulator {
    /// Adds a fault and returns its number.
    pub fn add_fault(&self, fault: NewFault) -> u64 {
        self.inner.lock().faults.add(fault)
    }

    /// Removes a fault; says whether it was there.
    pub fn remove_fault(&self, id: u64) -> bool {
        self.inner.lock().faults.remove(id)
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.inner.lock().faults.clear();
    }

    /// Drops every connection from now on, or no longer.
    pub fn set_offline(&self, offline: bool) {
        self.inner.lock().offline = offline;
    }

    /// Puts its clock forward, or back where negative.
    pub fn set_clock_skew(&self, seconds: i64) {
        self.inner.lock().clock.set_skew(seconds);
    }

    /// Changes how it behaves where documents are silent.
    pub fn change_quirks(&self, change: impl FnOnce(&mut Quirks)) {
        change(&mut self.inner.lock().options.quirks);
    }

    /// Ends every token at once.
    pub fn revoke_tokens(&self) {
        self.inner.lock().credential.forget_tokens();
    }

    /// Grants the credential a scope.
    pub fn grant_scope(&self, scope: &str) {
        let mut state = self.inner.lock();
        if state.credential.scopes.insert(scope.to_owned()) {
            state.tell(Change::ScopeGranted {
                scope: scope.to_owned(),
            });
        }
    }

    /// Takes a scope away, from live tokens as well.
    pub fn revoke_scope(&self, scope: &str) {
        let mut state = self.inner.lock();
        if state.credential.scopes.remove(scope) {
            state.tell(Change::ScopeRevoked {
                scope: scope.to_owned(),
            });
        }
    }

    /// Makes the world anew, without webhooks, faults and tokens. Addresses and credential stay.
    pub fn reset(&self) {
        self.inner.lock().reset();
    }
}

/// What a person does in Greenhouse's own screens. Webhooks tell of it.
impl Simulator {
    /// Fills in the form of a webhook. It is pinged at once, and stored disabled without a 200.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the form.
    pub async fn save_webhook(&self, form: NewWebhook) -> Result<Webhook, FormProblem> {
        let saved = self.inner.lock().webhooks.add(form)?;
        Ok(self.inner.ping(saved).await)
    }

    /// Saves a stored webhook anew, under its number. It is pinged at once, like a new one.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the form.
    pub async fn change_webhook(&self, id: u64, form: NewWebhook) -> Result<Webhook, FormProblem> {
        let saved = self.inner.lock().webhooks.replace(id, form)?;
        Ok(self.inner.ping(saved).await)
    }

    /// Adds a person by hand.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn add_candidate(&self, new: NewCandidate) -> Result<Candidate, Refusal> {
        self.act(None, |world, act| Ok(world.create_candidate(act, new)?.0))
    }

    /// Changes a person by hand.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn change_candidate(
        &self,
        id: CandidateId,
        patch: PatchCandidate,
    ) -> Result<Candidate, Refusal> {
        self.act(None, |world, act| world.patch_candidate(act, id, patch))
    }

    /// Moves an application to a stage, or to the next one.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn move_application(
        &self,
        id: ApplicationId,
        to: Option<JobStageId>,
    ) -> Result<Application, Refusal> {
        self.act(None, |world, act| {
            let to = match to {
                Some(to) => to,
                None => control::next_stage(world, id)?,
            };
            world.move_application(act, id, to, None)
        })
    }

    /// Hires.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn hire(&self, id: ApplicationId) -> Result<(), Refusal> {
        self.act(None, |world, act| world.hire_application(act, id))
    }

    /// Takes a hire back.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn unhire(&self, id: ApplicationId) -> Result<(), Refusal> {
        self.act(None, |world, act| world.unhire_application(act, id))
    }

    /// Rejects an application, for the first reason there is where none is given.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn reject(
        &self,
        id: ApplicationId,
        reason: Option<RejectionReasonId>,
    ) -> Result<(), Refusal> {
        self.act(None, |world, act| {
            let reason = reason.or_else(|| control::first_reason(world));
            world.reject_application(act, id, reason.ok_or(Refusal::NotFound)?)
        })
    }

    /// Takes a rejection back.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn unreject(&self, id: ApplicationId) -> Result<(), Refusal> {
        self.act(None, |world, act| world.unreject_application(act, id))
    }

    /// Makes two people one.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn merge(&self, survivor: CandidateId, loser: CandidateId) -> Result<(), Refusal> {
        self.act(None, |world, act| {
            world.merge_candidates(act, survivor, loser).map(drop)
        })
    }

    /// Deletes a person with everything of theirs.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn delete_candidate(&self, id: CandidateId) -> Result<(), Refusal> {
        self.act(None, |world, act| world.delete_candidate(act, id))
    }

    /// Deletes an application.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn delete_application(&self, id: ApplicationId) -> Result<(), Refusal> {
        self.act(None, |world, act| world.delete_application(act, id))
    }

    /// Wipes what a person could be recognised by.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn anonymize_candidate(&self, id: CandidateId) -> Result<(), Refusal> {
        self.act(None, |world, act| world.anonymize_candidate(act, id))
    }

    /// Deactivates a user.
    ///
    /// # Errors
    ///
    /// Refuses when there is no such user.
    pub fn deactivate_user(&self, id: UserId) -> Result<(), Refusal> {
        self.act(None, |world, act| {
            world.set_active(act, id, false).map(drop)
        })
    }

    /// Brings a user back.
    ///
    /// # Errors
    ///
    /// Refuses when there is no such user.
    pub fn activate_user(&self, id: UserId) -> Result<(), Refusal> {
        self.act(None, |world, act| world.set_active(act, id, true).map(drop))
    }

    /// Makes a user a Site Admin, or no longer one.
    ///
    /// # Errors
    ///
    /// Refuses when there is no such user.
    pub fn set_site_admin(&self, id: UserId, site_admin: bool) -> Result<(), Refusal> {
        self.act(None, |world, act| {
            world.set_site_admin(act, id, site_admin).map(drop)
        })
    }

    fn act<T>(
        &self,
        by: Option<UserId>,
        act: impl FnOnce(&mut World, Act) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        self.inner.with(|state| {
            let at = state.clock.now();
            act(&mut state.world, Act { at, by })
        })
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.inner.stop.cancel();
    }
}

async fn serve(listener: Loopback, inner: Arc<Inner>) {
    let stop = inner.stop.clone();
    let router = Router::new().fallback(answer).with_state(inner);
    let service = router.into_make_service_with_connect_info::<Spoiler>();
    let ended = stop.clone();
    let server = axum::serve(listener, service).with_graceful_shutdown(stop.cancelled_owned());
    let last_answers = async {
        ended.cancelled().await;
        tokio::time::sleep(LAST_ANSWERS).await;
    };
    tokio::select! {
        served = server => {
            if let Err(error) = served {
                tracing::error!(%error, "The practice Greenhouse closed by itself");
            }
        }
        () = last_answers => {}
    }
}
