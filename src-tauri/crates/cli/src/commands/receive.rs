//! `headhuntr receive`: webhooks in the foreground, until somebody asks for the end.

use super::Call;
use crate::args::Receive;
use crate::exit::Status;
use crate::host::asked_to_end;
use crate::output::Output;
use domain::setup::Delivery;
use engine::Engine;
use engine::error::{Code, Error};
use engine::event::{Event, Topic};
use engine::view::{AddressState, HandoverView, WebhooksView};
use serde_json::json;
use std::net::SocketAddr;

pub(super) async fn receive(
    call: Call<'_>,
    Receive {
        listen, show_key, ..
    }: &Receive,
) -> Result<Status, Error> {
    let Call {
        engine,
        mut told,
        output,
    } = call;
    let mut ending = std::pin::pin!(asked_to_end());
    let view = engine.webhooks().await?;
    let at = listening(&view, listen)?;
    let handover = if *show_key {
        Some(engine.handover().await?)
    } else {
        None
    };
    let first = json!({ "listening_at": at, "handover": handover });
    output.answer(&first, || opening(&at, handover.as_ref()));
    prove(engine, &view, output).await?;
    let mut heard = view
        .last_delivery_at
        .map_or_else(String::new, |at| at.to_string());
    loop {
        tokio::select! {
            () = &mut ending => return Ok(Status::Done),
            Some(event) = told.recv() => {
                if output.json {
                    output.event(&event);
                } else {
                    say(engine, &event, &mut heard, output).await?;
                }
            }
        }
    }
}

/// Returns where it is listened. What leads here leads to the place that was asked for, so another one will not do.
fn listening(view: &WebhooksView, wanted: &SocketAddr) -> Result<String, Error> {
    let at = view.listening_at.clone();
    at.filter(|at| wanted.port() == 0 || *at == format!("http://{wanted}"))
        .ok_or_else(|| {
            let detail = format!(
                "{wanted} is taken by another program. End that one, or choose another place with --listen"
            );
            Error::new(Code::InputInvalid, detail)
        })
}

fn opening(at: &str, handover: Option<&HandoverView>) -> String {
    let key = handover.map_or_else(String::new, |it| {
        format!("\nThe key for programs on this computer: {}", it.key)
    });
    format!("Listening at {at}. Ctrl-C ends it.{key}")
}

/// Calls our own address once, where it is not known to lead here.
async fn prove(engine: &Engine, view: &WebhooksView, output: Output) -> Result<(), Error> {
    let own = view.delivery == Some(Delivery::OwnAddress);
    if !own || view.address_state == AddressState::Proved {
        return Ok(());
    }
    let view = engine.prove_address().await?;
    let address = view.address.unwrap_or_default();
    output.aside(&match view.address_problem {
        Some(problem) => crate::output::in_words(&problem),
        None => format!("{address} leads here."),
    });
    Ok(())
}

/// Says in words what came in, and how runs ended.
async fn say(
    engine: &Engine,
    event: &Event,
    heard: &mut String,
    output: Output,
) -> Result<(), Error> {
    match event {
        Event::Changed { topics } if topics.contains(&Topic::Webhooks) => {
            let home = engine.home().await?;
            let at = home
                .last_webhook_at
                .map_or_else(String::new, |at| at.to_string());
            if at != *heard {
                let what = home.last_webhook.unwrap_or_default();
                output.text(&format!("{at}  {what}"));
                *heard = at;
            }
        }
        Event::Progress { run } if run.outcome.is_some() => {
            output.text(&format!("{}  {}", run.started_at, run.doing));
        }
        Event::Changed { .. } | Event::Progress { .. } => {}
    }
    Ok(())
}
