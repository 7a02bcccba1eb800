//! `headhuntr setup webhooks`: the slots as Greenhouse's form wants them.

use crate::args::Webhooks;
use crate::exit::Status;
use crate::output::{Output, in_words};
use domain::setup::Delivery;
use engine::Engine;
use engine::error::Error;
use engine::view::{SecretView, SlotView, WebhooksView};
use serde::Serialize;
use std::fmt::Write as _;

/// Step 4, and the secrets where they were asked for.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    view: &'a WebhooksView,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    secrets: Vec<Handed>,
}

/// The secret of one slot.
#[derive(Serialize)]
struct Handed {
    slot: i64,
    #[serde(flatten)]
    secret: SecretView,
}

pub(super) async fn webhooks(
    engine: &Engine,
    given: &Webhooks,
    output: Output,
) -> Result<Status, Error> {
    if let Some(delivery) = chosen(given) {
        let address = given.public_url.as_ref().or(given.headhuntr_url.as_ref());
        engine
            .choose_delivery(delivery, address.map(String::as_str))
            .await?;
    }
    for action in &given.add {
        engine.add_webhook(action).await?;
    }
    let view = engine.webhooks().await?;
    let mut secrets = Vec::new();
    if given.show_secrets {
        for slot in view.slots.iter().map(|it| it.slot) {
            let secret = engine.webhook_secret(slot).await?;
            secrets.push(Handed { slot, secret });
        }
    }
    let answer = Answer {
        view: &view,
        secrets,
    };
    output.answer(&answer, || in_lines(&answer));
    Ok(Status::Done)
}

const fn chosen(given: &Webhooks) -> Option<Delivery> {
    match (&given.public_url, &given.headhuntr_url, given.none) {
        (Some(_), _, _) => Some(Delivery::OwnAddress),
        (_, Some(_), _) => Some(Delivery::Headhuntr),
        (_, _, true) => Some(Delivery::None),
        (None, None, false) => None,
    }
}

fn in_lines(answer: &Answer<'_>) -> String {
    let view = answer.view;
    let mut text = String::new();
    match view.delivery {
        None => text
            .push_str("Nothing is chosen yet: --public-url URL, --headhuntr-url URL or --none.\n"),
        Some(Delivery::None) => {
            text.push_str("No webhooks: Greenhouse is asked every few minutes instead.\n");
        }
        Some(Delivery::OwnAddress | Delivery::Headhuntr) => {
            for slot in &view.slots {
                let handed = answer.secrets.iter().find(|it| it.slot == slot.slot);
                form(slot, handed, &mut text);
            }
            if answer.secrets.is_empty() && !view.slots.is_empty() {
                text.push_str("With --show-secrets, the secret keys are printed whole.\n");
            }
        }
    }
    if view.delivery == Some(Delivery::OwnAddress) {
        text.push_str("Then run `headhuntr receive` and save each webhook in Greenhouse, which pings at once.\n");
    }
    text
}

/// Writes a slot in the order of Greenhouse's form.
fn form(slot: &SlotView, handed: Option<&Handed>, text: &mut String) {
    let secret = handed.map_or_else(
        || format!("…{}", slot.secret_tail),
        |it| it.secret.secret.clone(),
    );
    let _ = writeln!(text, "Name this webhook      {}", slot.name);
    let _ = writeln!(text, "When                   {}", slot.event_label);
    let url = slot.endpoint_url.as_deref().unwrap_or("");
    let _ = writeln!(text, "Endpoint URL           {url}");
    let _ = writeln!(text, "Secret key             {secret}");
    let _ = writeln!(text, "Error recipient email  {}", slot.error_email);
    let disabled = if slot.disabled { "Yes" } else { "No" };
    let _ = writeln!(text, "Disabled?              {disabled}");
    if let Some(problem) = &slot.problem {
        let _ = writeln!(text, "{}", in_words(problem));
    }
    text.push('\n');
}
