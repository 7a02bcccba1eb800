//! `headhuntr setup …`: the seven steps.

use crate::args::Setup;
use crate::output::{Output, in_words};
use domain::ids::UserId;
use domain::secret::Secret;
use domain::setup::{Delivery, StepState};
use engine::Engine;
use engine::call::MappingFilter;
use engine::error::{Code, Error};
use engine::view::{CredentialView, MappingView, Overview, ReviewView, UsersView, WebhooksView};
use std::fmt::Write as _;
use std::io::Read as _;

pub(super) async fn carry_out(engine: &Engine, step: &Setup, output: Output) -> Result<(), Error> {
    match step {
        Setup::Status => overview(&engine.overview().await?, output),
        Setup::Permissions => {
            engine.confirm_permissions(true, true).await?;
            overview(&engine.overview().await?, output)
        }
        Setup::Credential {
            client_id,
            harvest_url,
            auth_url,
            ..
        } => {
            let secret = secret_from_stdin()?;
            let view = match client_id {
                Some(id) => {
                    engine
                        .submit_credential(id, secret, harvest_url.as_deref(), auth_url.as_deref())
                        .await?
                }
                None => {
                    engine
                        .submit_api_key(secret, harvest_url.as_deref())
                        .await?
                }
            };
            credential(&view, output)
        }
        Setup::Check { accept_limits } => {
            let view = engine.check_credential().await?;
            credential(
                &if *accept_limits {
                    engine.accept_limits().await?
                } else {
                    view
                },
                output,
            )
        }
        Setup::Users { file, .. } => {
            let view = match file {
                Some(path) => engine.import_users(path).await?,
                None => engine.read_users_live().await?,
            };
            let waits = view.waiting.is_some();
            users(
                &if waits {
                    engine.apply_users().await?
                } else {
                    view
                },
                output,
            )
        }
        Setup::Team { file } => mapping(&engine.import_team(file).await?, output),
        Setup::Map { auto, set, confirm } => map(engine, *auto, set, *confirm, output).await,
        Setup::Webhooks { public_url, none } => {
            webhooks(engine, public_url.as_deref(), *none, output).await
        }
        Setup::Review { approve } => {
            let view = engine.review().await?;
            review(
                &if *approve {
                    engine.approve_review(&view.fingerprint).await?
                } else {
                    view
                },
                output,
            )
        }
    }
}

fn secret_from_stdin() -> Result<Secret, Error> {
    let mut text = String::new();
    std::io::stdin()
        .take(64 * 1024)
        .read_to_string(&mut text)
        .map_err(|e| {
            Error::new(
                Code::InputInvalid,
                "The secret could not be read from standard input",
            )
            .caused_by(e)
        })?;
    let secret = Secret::pasted(&text);
    if secret.is_empty() {
        return Err(Error::new(
            Code::InputInvalid,
            "The secret is read from standard input, and nothing came",
        ));
    }
    Ok(secret)
}

pub(super) fn overview(view: &Overview, output: Output) -> Result<(), Error> {
    output.answer(view, || {
        view.steps.iter().fold(String::new(), |mut text, step| {
            let _ = writeln!(
                text,
                "{:<16} {:<12} {}",
                state(step.state),
                step.title,
                step.summary
            );
            text
        })
    });
    Ok(())
}

const fn state(state: StepState) -> &'static str {
    match state {
        StepState::CannotStart => "cannot start",
        StepState::ToDo => "to do",
        StepState::InWork => "in work",
        StepState::Done => "done",
        StepState::NeedsAttention => "needs attention",
    }
}

fn credential(view: &CredentialView, output: Output) -> Result<(), Error> {
    output.answer(view, || {
        let mut text = String::new();
        if let Some(accepted) = &view.accepted {
            let organisation = accepted.organisation.as_deref().unwrap_or("Greenhouse");
            let _ = writeln!(
                text,
                "{organisation}: accepted; the secret is kept in {}",
                accepted.kept_in
            );
        }
        let _ = writeln!(
            text,
            "{} of {} permissions granted",
            view.granted, view.required
        );
        for row in &view.permissions {
            let _ = writeln!(
                text,
                "  {:<14} {}  {}",
                format!("{:?}", row.standing).to_lowercase(),
                row.label,
                row.reason
            );
        }
        if let Some(problem) = &view.problem {
            text.push_str(&in_words(problem));
        }
        text
    });
    Ok(())
}

fn users(view: &UsersView, output: Output) -> Result<(), Error> {
    output.answer(view, || {
        view.applied.as_ref().map_or_else(String::new, |import| {
            let mut text = format!(
                "{} users: {} active, {} deactivated\n",
                import.total, import.active, import.deactivated
            );
            for problem in import.warnings.iter().chain(&import.problems) {
                let _ = writeln!(text, "{}", in_words(problem));
            }
            text
        })
    });
    Ok(())
}

fn mapping(view: &MappingView, output: Output) -> Result<(), Error> {
    output.answer(view, || {
        format!(
            "{} people: {} confirmed, {} certain, {} likely, {} without an account, {} left out",
            view.team, view.confirmed, view.certain, view.likely, view.unmatched, view.left_out
        )
    });
    Ok(())
}

async fn map(
    engine: &Engine,
    auto: bool,
    set: &[String],
    confirm: bool,
    output: Output,
) -> Result<(), Error> {
    let mut view = engine.mapping().await?;
    let mut touched = Vec::new();
    for pair in set {
        let (email, user) = pair
            .split_once('=')
            .and_then(|(email, id)| Some((email.trim(), id.parse::<UserId>().ok()?)))
            .ok_or_else(|| Error::new(Code::InputInvalid, "--set wants EMAIL=ATS_ID"))?;
        let page = engine
            .list_mapping(email, MappingFilter::All, 0, 50)
            .await?;
        let row = page
            .rows
            .iter()
            .find(|r| r.email.eq_ignore_ascii_case(email));
        let member = row
            .ok_or_else(|| Error::new(Code::NotFound, "Nobody of the team has that address"))?
            .member;
        view = engine.set_mapping(member, Some(user)).await?;
        touched.push(member);
    }
    if confirm && !touched.is_empty() {
        view = engine.confirm_mapping(&touched).await?;
    }
    if auto {
        view = engine.confirm_mapping(&[]).await?;
    }
    mapping(&view, output)
}

async fn webhooks(
    engine: &Engine,
    address: Option<&str>,
    none: bool,
    output: Output,
) -> Result<(), Error> {
    let view: WebhooksView = match (address, none) {
        (Some(address), _) => {
            engine
                .choose_delivery(Delivery::OwnAddress, Some(address))
                .await?
        }
        (None, true) => engine.choose_delivery(Delivery::None, None).await?,
        (None, false) => engine.webhooks().await?,
    };
    output.answer(&view, || {
        view.slots.iter().fold(String::new(), |mut text, slot| {
            let url = slot
                .endpoint_url
                .as_deref()
                .unwrap_or("(choose an address first)");
            let _ = writeln!(
                text,
                "Name this webhook:     {}\nWhen:                  {}",
                slot.name, slot.event_label
            );
            let _ = writeln!(
                text,
                "Endpoint URL:          {url}\nSecret key:            …{}",
                slot.secret_tail
            );
            let _ = writeln!(
                text,
                "Error recipient email: {}\nDisabled:              No\n",
                slot.error_email
            );
            text
        })
    });
    Ok(())
}

fn review(view: &ReviewView, output: Output) -> Result<(), Error> {
    output.answer(view, || {
        let mut text = String::new();
        for section in &view.sections {
            let _ = writeln!(text, "{}", section.title);
            for item in &section.items {
                let _ = writeln!(text, "  {}: {}", item.label, item.value);
            }
        }
        let run = &view.first_run;
        let _ = writeln!(
            text,
            "First run: about {} requests, {} s, {} people to send",
            run.requests, run.seconds, run.people
        );
        text
    });
    Ok(())
}
