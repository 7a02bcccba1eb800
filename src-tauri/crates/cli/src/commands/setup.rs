//! `headhuntr setup …`: the seven steps.

mod credential;

use super::mapping::{self, Wanted};
use super::webhooks;
use crate::args::{Credential, Setup, Team, Users};
use crate::exit::Status;
use crate::output::{Output, in_people, in_words};
use crate::secret;
use domain::setup::{Reason, StepState};
use engine::Engine;
use engine::error::Error;
use engine::view::{Overview, PermissionsView, ReviewView, UsersImport, UsersView};
use std::fmt::Write as _;

pub(super) async fn carry_out(
    engine: &Engine,
    step: &Setup,
    output: Output,
) -> Result<Status, Error> {
    match step {
        Setup::Status => overview(&engine.overview().await?, output),
        Setup::Permissions { confirm } => permissions(
            &if *confirm {
                engine.confirm_permissions(true, true).await?
            } else {
                engine.permissions().await?
            },
            output,
        ),
        Setup::Credential(given) => return submit(engine, given, output).await,
        Setup::Check { accept_limits } => {
            let mut view = engine.check_credential().await?;
            if *accept_limits {
                view = engine.accept_limits().await?;
            }
            return Ok(credential::told(&view, output));
        }
        Setup::Users(given) => return users(engine, given, output).await,
        Setup::Team(given) => return team(engine, given, output).await,
        Setup::Map(given) => return mapping::map(engine, given, output).await,
        Setup::Webhooks(given) => return webhooks::webhooks(engine, given, output).await,
        Setup::Privacy {
            private_candidates,
            confidential_jobs,
        } => return privacy(engine, *private_candidates, *confidential_jobs, output).await,
        Setup::Review => return review(engine, output).await,
    }
    Ok(Status::Done)
}

/// Says what is kept of what few may see, and changes what is named.
async fn privacy(
    engine: &Engine,
    private_candidates: Option<bool>,
    confidential_jobs: Option<bool>,
    output: Output,
) -> Result<Status, Error> {
    let mut view = engine.privacy().await?;
    if private_candidates.is_some() || confidential_jobs.is_some() {
        view = engine
            .choose_privacy(
                private_candidates.unwrap_or(view.private_candidates),
                confidential_jobs.unwrap_or(view.confidential_jobs),
            )
            .await?;
    }
    let word = |kept| if kept { "kept" } else { "not kept" };
    output.answer(&view, || {
        format!(
            "Private candidates: {}\nConfidential jobs:  {}",
            word(view.private_candidates),
            word(view.confidential_jobs)
        )
    });
    Ok(Status::Done)
}

async fn submit(engine: &Engine, given: &Credential, output: Output) -> Result<Status, Error> {
    let harvest = given.harvest_url.as_deref();
    let view = match &given.client_id {
        Some(id) => {
            let secret = secret::read("HEADHUNTR_CLIENT_SECRET", output)?;
            let auth = given.auth_url.as_deref();
            engine.submit_credential(id, secret, harvest, auth).await?
        }
        None => {
            let key = secret::read("HEADHUNTR_API_KEY", output)?;
            engine.submit_api_key(key, harvest).await?
        }
    };
    Ok(credential::told(&view, output))
}

pub(super) fn overview(view: &Overview, output: Output) {
    output.answer(view, || {
        let mut text = String::new();
        for step in &view.steps {
            let _ = writeln!(
                text,
                "{:<16} {:<12} {}",
                state(step.state),
                step.title,
                step.summary
            );
            for reason in &step.reasons {
                let _ = writeln!(text, "{:<16} {:<12} - {}", "", "", why(reason));
            }
        }
        text
    });
}

pub(super) const fn state(state: StepState) -> &'static str {
    match state {
        StepState::CannotStart => "cannot start",
        StepState::ToDo => "to do",
        StepState::InWork => "in work",
        StepState::Done => "done",
        StepState::NeedsAttention => "needs attention",
    }
}

/// Returns why a step is not simply done, with the command that changes it.
pub(super) fn why(reason: &Reason) -> String {
    match reason {
        Reason::After { step } => format!("{step:?} comes first"),
        Reason::PermissionsMissing { count } => format!(
            "missing: {}: tick in Greenhouse, or `setup check --accept-limits`",
            many(*count, "permission", "permissions")
        ),
        Reason::CorePermissionMissing => {
            "a permission without which nothing works is missing: see `setup check`".to_owned()
        }
        Reason::NotSiteAdmin => "the user behind the credential is no Site Admin".to_owned(),
        Reason::CredentialRejected => {
            "Greenhouse does not accept the credential: `setup credential`".to_owned()
        }
        Reason::SecretGone => "its secret is gone: `setup credential`".to_owned(),
        Reason::PermissionUnconfirmed => "one of the two is not confirmed".to_owned(),
        Reason::ExportPartial => "the export seems to lack people".to_owned(),
        Reason::WebhooksNotLive { live, wanted } => {
            format!("{live} of {wanted} have arrived: `receive` while Greenhouse pings")
        }
        Reason::AddressUnproved => "the address has not led here yet: `receive`".to_owned(),
        Reason::TeamUnknown => "nobody of the team is known: `setup team FILE`".to_owned(),
        Reason::Unmapped { count } => {
            format!(
                "{} without a confirmed account: `setup map`",
                many(*count, "person", "people")
            )
        }
        Reason::MappingBroken { count } => {
            format!(
                "not working: {}: `setup map`",
                many(*count, "account", "accounts")
            )
        }
        Reason::ChangedSinceReview => "something changed since: `setup review`".to_owned(),
        Reason::Deactivated => "it was switched off".to_owned(),
    }
}

fn many(count: u32, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

fn permissions(view: &PermissionsView, output: Output) {
    output.answer(view, || {
        let mut text = String::new();
        for item in &view.items {
            let tick = if item.confirmed { "x" } else { " " };
            let _ = writeln!(text, "[{tick}] {}\n    {}", item.label, item.reason);
        }
        let _ = writeln!(text, "In Greenhouse: {}", view.path.join(" > "));
        let _ = writeln!(text, "Granted by: {}", view.granted_by);
        if !view.message.is_empty() {
            let _ = writeln!(text, "\nThe message to send:\n\n{}", view.message);
        }
        text
    });
}

async fn team(engine: &Engine, given: &Team, output: Output) -> Result<Status, Error> {
    let view = match (&given.file, &given.remove) {
        (Some(file), _) => {
            let done = engine.import_team(file).await?;
            output.aside(&done.words.map_or_else(
                || "Nothing was changed: the team is as in the file already.".to_owned(),
                |words| format!("Done: {words}."),
            ));
            done.view
        }
        (None, email) => {
            let email = email.as_deref().unwrap_or_default();
            let member = engine.find_member(email).await?;
            let view = engine.remove_member(member).await?;
            output.aside(&format!("{} was removed from the team.", email.trim()));
            view
        }
    };
    mapping::show(engine, &view, Wanted::default(), output).await
}

async fn users(engine: &Engine, given: &Users, output: Output) -> Result<Status, Error> {
    let mut view = match &given.file {
        Some(path) => engine.import_users(path).await?,
        None => engine.read_users_live().await?,
    };
    let harm = view.diff.as_ref().map_or(0, |diff| diff.mapped_gone);
    if view.waiting.is_some() && (harm == 0 || given.apply) {
        let diff = view.diff.take();
        view = engine.apply_users().await?;
        view.diff = diff;
    }
    output.answer(&view, || users_in_words(&view, harm));
    Ok(if view.waiting.is_some() {
        Status::Person
    } else {
        Status::Done
    })
}

fn users_in_words(view: &UsersView, harm: u32) -> String {
    let mut text = String::new();
    if let Some(diff) = &view.diff {
        let _ = writeln!(
            text,
            "{} new, {} different, {} gone",
            diff.added, diff.changed, diff.gone
        );
        for it in &diff.changes {
            let _ = writeln!(
                text,
                "  {:<8} {}  {}  {}",
                it.change, it.user, it.name, it.what
            );
        }
    }
    if view.waiting.is_some() {
        let _ = writeln!(
            text,
            "Not applied: {harm} of those gone are people whom somebody is mapped to. Say --apply if that is meant."
        );
    }
    if let Some(import) = &view.waiting {
        let _ = writeln!(text, "In the file, which is not in use:");
        import_in_words(import, &mut text);
    } else if let Some(import) = &view.applied {
        import_in_words(import, &mut text);
    }
    text
}

fn import_in_words(import: &UsersImport, text: &mut String) {
    let admins = import
        .site_admins
        .map_or_else(String::new, |count| format!(", {count} Site Admins"));
    let _ = writeln!(
        text,
        "{} users: {} active, {} deactivated{admins}",
        import.total, import.active, import.deactivated
    );
    for problem in import.warnings.iter().chain(&import.problems) {
        let _ = writeln!(text, "{}", in_words(problem));
    }
    let named = u32::try_from(import.problems.len()).unwrap_or(u32::MAX);
    let more = import.problem_count.saturating_sub(named);
    if more > 0 {
        let _ = writeln!(text, "And {more} more rows.");
    }
}

/// Shows everything decided; having been shown, it is what `activate` allows, where nothing stands before it.
async fn review(engine: &Engine, output: Output) -> Result<Status, Error> {
    let mut view = engine.review().await?;
    if view.blockers.is_empty() && !view.approved {
        view = engine.approve_review(&view.fingerprint).await?;
    }
    output.answer(&view, || review_in_words(&view));
    Ok(if view.blockers.is_empty() {
        Status::Done
    } else {
        Status::Person
    })
}

fn review_in_words(view: &ReviewView) -> String {
    let mut text = String::new();
    for section in &view.sections {
        let _ = writeln!(text, "{}", section.title);
        for item in &section.items {
            let _ = writeln!(text, "  {}: {}", item.label, item.value);
        }
        if let Some(problem) = &section.problem {
            let _ = writeln!(text, "  {}", in_words(problem));
        }
    }
    let run = &view.first_run;
    let least = if run.at_least { "at least " } else { "about " };
    let _ = writeln!(
        text,
        "First run\n  {least}{} requests, {} s; {} to send",
        run.requests,
        run.seconds,
        in_people(run.people)
    );
    if run.people == 0 {
        let _ = writeln!(
            text,
            "People sourced in Headhuntr come in by `headhuntr candidates FILE`, by `--watch DIR`, or from a program \
             (`headhuntr receive --show-key`)."
        );
    }
    for reason in &view.blockers {
        let _ = writeln!(text, "Before activation: {}", why(reason));
    }
    if view.blockers.is_empty() && view.activated_at.is_none() {
        let _ = writeln!(text, "This is what `headhuntr activate` allows.");
    }
    text
}
