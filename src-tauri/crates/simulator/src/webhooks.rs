//! The practice stand-in for Greenhouse's form *Configure > Dev Center > Web Hooks*, and what is
//! behind it: a ping on every save, signed deliveries, tries again.

pub(crate) mod delivery;
pub(crate) mod payload;

use domain::secret::Secret;
use greenhouse::webhook::EventKind;
use serde::{Deserialize, Serialize, Serializer};
use url::{Host, Url};

/// The form, filled in.
#[derive(Debug, Clone, Deserialize)]
pub struct NewWebhook {
    /// *Name this webhook*.
    pub name: String,
    /// *When*: one event, by the form's label or by its action.
    pub event: String,
    /// *Endpoint URL*: https, or http on this computer.
    pub endpoint_url: String,
    /// *Secret key*.
    pub secret: Secret,
    /// *Error recipient email*.
    #[serde(default)]
    pub error_email: Option<String>,
    /// *Disabled?*
    #[serde(default)]
    pub disabled: bool,
}

/// A webhook as it is stored. Its secret key is never shown again.
#[derive(Debug, Clone, Serialize)]
pub struct Webhook {
    /// Its number.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// Its event, with the form's label.
    #[serde(serialize_with = "label")]
    pub event: EventKind,
    /// Where it calls.
    pub endpoint_url: Url,
    /// Who is told of failures.
    pub error_email: Option<String>,
    /// Whether it is switched off, by a person or by a ping that failed.
    pub disabled: bool,
    /// What the last ping or delivery met, where it was not a 200.
    pub problem: Option<String>,
    /// How many failures the error recipient was told of. There is no other notice.
    pub error_mails: u32,
    #[serde(skip)]
    pub(crate) secret: Secret,
}

/// Why the form was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormProblem {
    /// The name is missing.
    #[error("A webhook needs a name")]
    NoName,
    /// The event is not in the list.
    #[error("There is no such event; use a label of the form, such as “Candidate has been hired”")]
    UnknownEvent,
    /// The address is not one that can be called.
    #[error("The endpoint has to be an https address, or http on this computer")]
    BadAddress,
    /// The secret key is missing.
    #[error("A webhook needs a secret key")]
    NoSecret,
    /// There is no webhook of this number.
    #[error("There is no such webhook")]
    NotFound,
}

/// All webhooks.
#[derive(Default)]
pub(crate) struct Webhooks {
    saved: Vec<Webhook>,
    last_id: u64,
}

impl Webhooks {
    /// Saves a new webhook. It counts as disabled until its ping was answered.
    pub(crate) fn add(&mut self, form: NewWebhook) -> Result<Webhook, FormProblem> {
        let webhook = read(self.last_id + 1, form)?;
        self.last_id += 1;
        self.saved.push(webhook.clone());
        Ok(webhook)
    }

    /// Saves a webhook anew, under its number.
    pub(crate) fn replace(&mut self, id: u64, form: NewWebhook) -> Result<Webhook, FormProblem> {
        let webhook = read(id, form)?;
        let place = self
            .saved
            .iter_mut()
            .find(|it| it.id == id)
            .ok_or(FormProblem::NotFound)?;
        *place = webhook.clone();
        Ok(webhook)
    }

    pub(crate) fn remove(&mut self, id: u64) -> Result<(), FormProblem> {
        let before = self.saved.len();
        self.saved.retain(|it| it.id != id);
        if self.saved.len() < before {
            Ok(())
        } else {
            Err(FormProblem::NotFound)
        }
    }

    pub(crate) fn list(&self) -> &[Webhook] {
        &self.saved
    }

    /// Returns those that call for an event.
    pub(crate) fn listening(&self, kind: &EventKind) -> impl Iterator<Item = &Webhook> {
        self.saved
            .iter()
            .filter(move |it| !it.disabled && it.event == *kind)
    }

    pub(crate) fn is_awaited(&self, kind: &EventKind) -> bool {
        self.listening(kind).next().is_some()
    }

    /// Notes how a ping went: without a 200 the webhook is disabled.
    pub(crate) fn pinged(&mut self, id: u64, status: Option<u16>) -> Option<Webhook> {
        let webhook = self.saved.iter_mut().find(|it| it.id == id)?;
        webhook.problem = problem(status);
        webhook.disabled = webhook.disabled || webhook.problem.is_some();
        Some(webhook.clone())
    }

    /// Notes that a delivery was given up or went well.
    pub(crate) fn delivered(&mut self, id: u64, status: Option<u16>) {
        if let Some(webhook) = self.saved.iter_mut().find(|it| it.id == id) {
            webhook.problem = problem(status);
            webhook.error_mails += u32::from(webhook.problem.is_some());
        }
    }

    pub(crate) fn clear(&mut self) {
        self.saved.clear();
    }
}

fn problem(status: Option<u16>) -> Option<String> {
    match status {
        Some(200) => None,
        Some(other) => Some(format!("The endpoint answered {other} instead of 200")),
        None => Some("The endpoint did not answer".to_owned()),
    }
}

fn read(id: u64, form: NewWebhook) -> Result<Webhook, FormProblem> {
    let name = form.name.trim().to_owned();
    if name.is_empty() {
        return Err(FormProblem::NoName);
    }
    if form.secret.is_empty() {
        return Err(FormProblem::NoSecret);
    }
    let event = EventKind::from_label(&form.event).filter(|kind| *kind != EventKind::Ping);
    Ok(Webhook {
        id,
        name,
        event: event.ok_or(FormProblem::UnknownEvent)?,
        endpoint_url: endpoint(&form.endpoint_url)?,
        error_email: form.error_email,
        disabled: form.disabled,
        problem: None,
        error_mails: 0,
        secret: form.secret,
    })
}

fn endpoint(text: &str) -> Result<Url, FormProblem> {
    let url = Url::parse(text.trim()).map_err(|_| FormProblem::BadAddress)?;
    let here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let callable = url.scheme() == "https" || (url.scheme() == "http" && here);
    if callable {
        Ok(url)
    } else {
        Err(FormProblem::BadAddress)
    }
}

fn label<S: Serializer>(kind: &EventKind, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(kind.label())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(event: &str, endpoint_url: &str) -> NewWebhook {
        NewWebhook {
            name: "Headhuntr.io - hired".into(),
            event: event.into(),
            endpoint_url: endpoint_url.into(),
            secret: Secret::new("not-a-real-secret"),
            error_email: None,
            disabled: false,
        }
    }

    #[test]
    fn the_form_takes_what_greenhouse_takes() {
        let here = "http://127.0.0.1:8080/hook";
        let saved = Webhooks::default()
            .add(form("Candidate has been hired", here))
            .unwrap();
        assert_eq!(
            saved.event,
            EventKind::HireCandidate,
            "the label says which event"
        );
        let cases = [
            (form("Offer made", here), FormProblem::UnknownEvent),
            (form("Ping", here), FormProblem::UnknownEvent),
            (
                form("hire_candidate", "http://example.com/hook"),
                FormProblem::BadAddress,
            ),
            (form("hire_candidate", "hook"), FormProblem::BadAddress),
        ];
        for (form, problem) in cases {
            let asked = format!("{form:?}");
            let refused = Webhooks::default().add(form).map(|it| it.id);
            assert_eq!(refused, Err(problem), "{asked}");
            assert!(
                !asked.contains("not-a-real"),
                "the secret must not print: {asked}"
            );
        }
    }

    #[test]
    fn a_webhook_without_an_answer_is_off() {
        let mut webhooks = Webhooks::default();
        let id = webhooks
            .add(form("hire_candidate", "https://example.com"))
            .unwrap()
            .id;
        assert!(
            !webhooks.pinged(id, Some(200)).unwrap().disabled,
            "200 keeps it on"
        );
        for status in [None, Some(201), Some(204), Some(302), Some(500)] {
            let id = webhooks
                .add(form("hire_candidate", "https://example.com"))
                .unwrap()
                .id;
            let saved = webhooks.pinged(id, status).unwrap();
            assert!(saved.disabled, "{status:?} is not 200");
        }
    }
}
