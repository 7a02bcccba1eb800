//! Answers a [`Call`] as the window sends it, by the engine's methods. No logic of its own.

use crate::Engine;
use crate::call::Call;
use crate::error::{Code, Error, Problem};
use serde_json::Value;

/// Answers one request in JSON with the answer in JSON.
///
/// # Errors
/// Whatever the call ends with, in words for a person.
pub async fn dispatch(engine: &Engine, request: Value) -> Result<Value, Problem> {
    let call: Call = serde_json::from_value(request).map_err(|error| {
        Error::new(Code::Unexpected, "A request was not understood")
            .caused_by(error)
            .problem()
    })?;
    answer(engine, call).await.map_err(|error| error.problem())
}

fn json(view: impl serde::Serialize) -> Result<Value, Error> {
    serde_json::to_value(view).map_err(|error| {
        Error::new(Code::Unexpected, "An answer could not be written").caused_by(error)
    })
}

#[allow(clippy::too_many_lines)] // One line per call: a table.
async fn answer(engine: &Engine, call: Call) -> Result<Value, Error> {
    match call {
        Call::Overview {} => json(engine.overview().await?),
        Call::Visit { step } => json(engine.visit(step).await?),
        Call::RecogniseFile { path } => json(engine.recognise_file(&path).await?),
        Call::Permissions {} => json(engine.permissions().await?),
        Call::ConfirmPermissions {
            api_credentials,
            webhooks,
        } => json(
            engine
                .confirm_permissions(api_credentials, webhooks)
                .await?,
        ),
        Call::Credential {} => json(engine.credential().await?),
        Call::SubmitCredential {
            client_id,
            client_secret,
            harvest_url,
            auth_url,
        } => json(
            engine
                .submit_credential(
                    &client_id,
                    client_secret,
                    harvest_url.as_deref(),
                    auth_url.as_deref(),
                )
                .await?,
        ),
        Call::SubmitApiKey {
            api_key,
            harvest_url,
        } => json(
            engine
                .submit_api_key(api_key, harvest_url.as_deref())
                .await?,
        ),
        Call::CheckCredential {} => json(engine.check_credential().await?),
        Call::AcceptLimits {} => json(engine.accept_limits().await?),
        Call::OpenVault { path, passphrase } => json(engine.open_vault(&path, passphrase).await?),
        Call::Users {} => json(engine.users().await?),
        Call::ImportUsers { path } => json(engine.import_users(&path).await?),
        Call::ReadUsersLive {} => json(engine.read_users_live().await?),
        Call::ApplyUsers {} => json(engine.apply_users().await?),
        Call::DiscardUsers {} => json(engine.discard_users().await?),
        Call::ListUsers {
            search,
            offset,
            limit,
        } => json(engine.list_users(&search, offset, limit).await?),
        Call::Webhooks {} => json(engine.webhooks().await?),
        Call::ChooseDelivery { delivery, address } => {
            json(engine.choose_delivery(delivery, address.as_deref()).await?)
        }
        Call::ProveAddress {} => json(engine.prove_address().await?),
        Call::AddWebhook { action } => json(engine.add_webhook(&action).await?),
        Call::SaveWebhook {
            slot,
            name,
            action,
            error_email,
            disabled,
        } => json(
            engine
                .save_webhook(slot, &name, &action, &error_email, disabled)
                .await?,
        ),
        Call::RemoveWebhook { slot } => json(engine.remove_webhook(slot).await?),
        Call::RenewWebhookSecret { slot } => json(engine.renew_webhook_secret(slot).await?),
        Call::WebhookSecret { slot } => json(engine.webhook_secret(slot).await?),
        Call::Mapping {} => json(engine.mapping().await?),
        Call::ListMapping {
            search,
            filter,
            offset,
            limit,
        } => json(engine.list_mapping(&search, filter, offset, limit).await?),
        Call::ImportTeam { path } => json(engine.import_team(&path).await?),
        Call::AddMember { name, email } => json(engine.add_member(&name, &email).await?),
        Call::AddMembersFromUsers { users } => json(engine.add_members_from_users(&users).await?),
        Call::RemoveMember { member } => json(engine.remove_member(member).await?),
        Call::SetMapping { member, user } => json(engine.set_mapping(member, user).await?),
        Call::ConfirmMapping { members } => json(engine.confirm_mapping(&members).await?),
        Call::LeaveOut { members, leave_out } => json(engine.leave_out(&members, leave_out).await?),
        Call::ConfirmShared { member } => json(engine.confirm_shared(member).await?),
        Call::ListProposals { member } => json(engine.list_proposals(member).await?),
        Call::PreviewPaste {
            text,
            search,
            filter,
            from,
        } => json(engine.preview_paste(&text, &search, filter, from).await?),
        Call::ApplyPaste { rows } => json(engine.apply_paste(&rows).await?),
        Call::ExportMapping { path } => json(engine.export_mapping(&path).await?),
        Call::ResetMapping { members } => json(engine.reset_mapping(&members).await?),
        Call::UndoMapping {} => json(engine.undo_mapping().await?),
        Call::Review {} => json(engine.review().await?),
        Call::ApproveReview { fingerprint } => json(engine.approve_review(&fingerprint).await?),
        Call::Activate {} => json(engine.activate().await?),
        Call::Deactivate {} => json(engine.deactivate().await?),
        Call::Home {} => json(engine.home().await?),
        Call::ImportCandidates { paths } => json(engine.import_candidates(&paths).await?),
        Call::StartRun { kind, full } => json(engine.start_run(kind, full).await?),
        Call::CancelRun {} => json(engine.cancel_run().await?),
        Call::Pause {} => json(engine.pause().await?),
        Call::Resume {} => json(engine.resume().await?),
        Call::ListPeople {
            search,
            filter,
            offset,
            limit,
        } => json(engine.list_people(&search, filter, offset, limit).await?),
        Call::DecidePerson { person, decision } => {
            json(engine.decide_person(person, decision).await?)
        }
        Call::PersonHistory { person } => json(engine.person_history(person).await?),
        Call::ListMade { offset, limit } => json(engine.list_made(offset, limit).await?),
        Call::ConfirmSending {} => json(engine.confirm_sending().await?),
        Call::SetCap { people_per_hour } => json(engine.set_cap(people_per_hour).await?),
        Call::Outcomes { offset, limit } => json(engine.outcomes(offset, limit).await?),
        Call::Handover {} => json(engine.handover().await?),
        Call::ListRuns { offset, limit } => json(engine.list_runs(offset, limit).await?),
        Call::Completeness {} => json(engine.completeness().await?),
        Call::Privacy {} => json(engine.privacy().await?),
        Call::ChoosePrivacy {
            private_candidates,
            confidential_jobs,
        } => json(
            engine
                .choose_privacy(private_candidates, confidential_jobs)
                .await?,
        ),
        Call::Watch {} => json(engine.watch().await?),
        Call::WatchFolder { folder } => json(engine.watch_folder(folder.as_deref()).await?),
        Call::ListAudit { offset, limit } => json(engine.list_audit(offset, limit).await?),
        Call::SupportFile {} => json(engine.support_file().await?),
        Call::Wipe {} => json(engine.wipe().await?),
    }
}
