//! The slots: each webhook as Greenhouse's form wants it, with a secret key of its own.

use super::TOPICS;
use crate::Engine;
use crate::audit;
use crate::error::{Code, Error};
use crate::receive::slot_path;
use crate::view::{EventChoice, SecretView, SlotState, SlotView, WebhooksView};
use domain::secret::Secret;
use domain::setup::Delivery;
use greenhouse::webhook::EventKind;
use store::{DeliveryChoice, NewSlot, WebhookSlot};

/// What the published guide sets up (greenhouse.md, A6): its values are to be verified, so they are data.
const GUIDE: [EventKind; 2] = [EventKind::CandidateStageChange, EventKind::HireCandidate];

/// Whether the two of the guide were made once: who removes them does not get them back.
const GUIDE_MADE: &str = "guide_webhooks_made";

/// Events worth a click, each with what it is good for.
const RECOMMENDED: [(EventKind, &str); 5] = [
    (
        EventKind::RejectCandidate,
        "Headhuntr hears when somebody is turned down, and why.",
    ),
    (
        EventKind::UnhireCandidate,
        "Takes a hire back when it did not come about.",
    ),
    (
        EventKind::MergeCandidate,
        "Follows a person whose two profiles became one.",
    ),
    (
        EventKind::DeleteCandidate,
        "Forgets a person who was deleted in Greenhouse.",
    ),
    (
        EventKind::CandidateAnonymized,
        "Removes personal details here as well.",
    ),
];

impl Engine {
    /// Adds a slot for an event, by its action such as `reject_candidate`, with a new secret key.
    ///
    /// # Errors
    /// `InputInvalid` where there is no such event or it has a slot already, `KeychainUnavailable`.
    pub async fn add_webhook(&self, action: &str) -> Result<WebhooksView, Error> {
        let kind = known(action)?;
        let slots = self.db().read(|reader| reader.webhooks().list()).await?;
        if slots.iter().any(|it| it.action == kind.action()) {
            let detail = format!("There is a webhook for {} already", kind.label());
            return Err(Error::new(Code::InputInvalid, detail).at("action"));
        }
        let error_email = slots
            .into_iter()
            .map(|it| it.error_email)
            .find(|email| !email.is_empty())
            .unwrap_or_default();
        self.make_slot(&kind, error_email, false).await?;
        self.changed(TOPICS);
        self.webhooks().await
    }

    /// Changes a slot. One that waits for another event now is live only once its ping has come again.
    ///
    /// # Errors
    /// `InputInvalid` for a value, `NotFound` where there is no such slot.
    pub async fn save_webhook(
        &self,
        slot: i64,
        name: &str,
        action: &str,
        error_email: &str,
        disabled: bool,
    ) -> Result<WebhooksView, Error> {
        let kind = known(action)?;
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(Error::new(Code::InputInvalid, "The webhook needs a name").at("slot_name"));
        }
        let error_email = error_email.trim().to_owned();
        if !error_email.is_empty() && !looks_like_an_address(&error_email) {
            let detail = "This is not an e-mail address";
            return Err(Error::new(Code::InputInvalid, detail).at("slot_email"));
        }
        let now = self.now();
        self.db()
            .write(move |tx| {
                let mut row = tx.webhooks().load(slot)?;
                if row.action != kind.action() {
                    kind.action().clone_into(&mut row.action);
                    kind.label().clone_into(&mut row.event_label);
                    row.pinged_at = None;
                    row.problem = None;
                }
                row.name = name;
                row.error_email = error_email;
                row.disabled = disabled;
                tx.webhooks().save(&row)?;
                let entry = audit::by_person(now, "Changed a webhook", subject(slot));
                tx.audit().append(&entry).map(drop)
            })
            .await?;
        self.changed(TOPICS);
        self.webhooks().await
    }

    /// Removes a slot and its secret key. What Greenhouse goes on sending for it is refused.
    ///
    /// # Errors
    /// `NotFound` where there is no such slot, `KeychainUnavailable` where the key cannot be removed.
    pub async fn remove_webhook(&self, slot: i64) -> Result<WebhooksView, Error> {
        let row = self
            .db()
            .read(move |reader| reader.webhooks().load(slot))
            .await?;
        // The key goes first: should the app end here, the slot accepts nothing.
        self.remove_secret(&row.vault_key).await?;
        let now = self.now();
        self.db()
            .write(move |tx| {
                tx.webhooks().remove(slot)?;
                let entry = audit::by_person(now, "Removed a webhook", subject(slot));
                tx.audit().append(&entry).map(drop)
            })
            .await?;
        self.receiver().forget_secret(&row.vault_key);
        self.changed(TOPICS);
        self.webhooks().await
    }

    /// Replaces a slot's secret key by a new one. From now on the old one is refused.
    ///
    /// # Errors
    /// `NotFound` where there is no such slot, `KeychainUnavailable`.
    pub async fn renew_webhook_secret(&self, slot: i64) -> Result<WebhooksView, Error> {
        let row = self
            .db()
            .read(move |reader| reader.webhooks().load(slot))
            .await?;
        let secret = new_secret()?;
        let tail = secret.tail();
        self.put_secret(&row.vault_key, &secret).await?;
        self.receiver().forget_secret(&row.vault_key);
        let now = self.now();
        self.db()
            .write(move |tx| {
                let mut row = tx.webhooks().load(slot)?;
                row.secret_tail = tail;
                row.pinged_at = None;
                row.problem = None;
                tx.webhooks().save(&row)?;
                let entry = audit::by_person(now, "Renewed a webhook's secret key", subject(slot));
                tx.audit().append(&entry).map(drop)
            })
            .await?;
        self.changed(TOPICS);
        self.webhooks().await
    }

    /// Hands out a slot's secret key, to be copied into Greenhouse's form.
    ///
    /// # Errors
    /// `NotFound` where there is no such slot, `SecretGone`, `KeychainUnavailable`.
    pub async fn webhook_secret(&self, slot: i64) -> Result<SecretView, Error> {
        let row = self
            .db()
            .read(move |reader| reader.webhooks().load(slot))
            .await?;
        let secret = self.secret(&row.vault_key).await?.ok_or_else(|| {
            Error::new(Code::SecretGone, "Make a new secret key for this webhook")
        })?;
        Ok(SecretView {
            secret: secret.expose().to_owned(),
        })
    }

    /// Makes the two webhooks of the guide, once.
    pub(super) async fn make_guide_slots(&self) -> Result<(), Error> {
        let (made, slots) = self
            .db()
            .read(|reader| {
                let made: Option<bool> = reader.settings().find(GUIDE_MADE)?;
                Ok((made.unwrap_or_default(), reader.webhooks().list()?))
            })
            .await?;
        if made {
            return Ok(());
        }
        for kind in &GUIDE {
            if !slots.iter().any(|it| it.action == kind.action()) {
                self.make_slot(kind, String::new(), true).await?;
            }
        }
        let now = self.now();
        self.db()
            .write(move |tx| tx.settings().set(GUIDE_MADE, &true, now))
            .await
    }

    async fn make_slot(
        &self,
        kind: &EventKind,
        error_email: String,
        in_guide: bool,
    ) -> Result<(), Error> {
        let secret = new_secret()?;
        let new = NewSlot {
            name: usual_name(kind),
            action: kind.action().to_owned(),
            event_label: kind.label().to_owned(),
            error_email,
            in_guide,
            secret_tail: secret.tail(),
            vault_key: "webhook".to_owned(),
        };
        let now = self.now();
        let (slot, vault_key) = self
            .db()
            .write(move |tx| {
                let slot = tx.webhooks().add(&new)?;
                let mut row = tx.webhooks().load(slot)?;
                row.vault_key = format!("webhook-{slot}");
                tx.webhooks().save(&row)?;
                let entry = audit::by_person(now, "Added a webhook", subject(slot));
                tx.audit().append(&entry)?;
                Ok((slot, row.vault_key))
            })
            .await?;
        let kept = self.put_secret(&vault_key, &secret).await;
        if kept.is_err() {
            // A webhook whose key is nowhere could never be set up.
            self.db()
                .write(move |tx| tx.webhooks().remove(slot))
                .await?;
        }
        kept
    }
}

/// Returns a slot as it is shown.
pub(super) fn view(row: WebhookSlot, choice: Option<&DeliveryChoice>) -> SlotView {
    let problem = row.problem.map(crate::runs::problem);
    let refused = problem
        .as_ref()
        .is_some_and(|it| matches!(it.code, Code::SignatureMismatch | Code::SecretGone));
    let state = match row.pinged_at {
        _ if row.disabled => SlotState::Off,
        _ if refused => SlotState::Refused,
        Some(_) => SlotState::Live,
        None => SlotState::Waiting,
    };
    SlotView {
        endpoint_url: choice.and_then(|choice| endpoint(choice, row.id)),
        slot: row.id,
        name: row.name,
        event_label: row.event_label,
        action: row.action,
        secret_tail: row.secret_tail,
        error_email: row.error_email,
        disabled: row.disabled,
        in_guide: row.in_guide,
        state,
        pinged_at: row.pinged_at,
        last_delivery_at: row.last_delivery_at,
        problem,
    }
}

/// Returns the *Endpoint URL*: a place of the slot's own below our address, or Headhuntr's endpoint as it was given.
fn endpoint(choice: &DeliveryChoice, slot: i64) -> Option<String> {
    let address = choice.address.as_ref()?;
    match choice.delivery {
        Delivery::None => None,
        Delivery::Headhuntr => Some(address.clone()),
        Delivery::OwnAddress => Some(format!("{address}/{}", slot_path(slot))),
    }
}

/// Returns the events that have no slot yet, recommended ones first.
pub(super) fn choices(slots: &[WebhookSlot]) -> Vec<EventChoice> {
    let recommended = RECOMMENDED.iter().map(|(kind, reason)| (kind, *reason));
    let others = EventKind::ALL
        .iter()
        .filter(|kind| !RECOMMENDED.iter().any(|(it, _)| it == *kind))
        .map(|kind| (kind, reason(kind)));
    recommended
        .chain(others)
        .filter(|(kind, _)| **kind != EventKind::Ping)
        .filter(|(kind, _)| !slots.iter().any(|it| it.action == kind.action()))
        .map(|(kind, reason)| EventChoice {
            action: kind.action().to_owned(),
            label: kind.label().to_owned(),
            reason: reason.to_owned(),
            recommended: RECOMMENDED.iter().any(|(it, _)| it == kind),
        })
        .collect()
}

fn reason(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::CandidateStageChange => "Headhuntr hears when somebody moves on.",
        EventKind::HireCandidate => "Headhuntr hears when somebody is hired.",
        EventKind::UnrejectCandidate => "Takes a rejection back.",
        EventKind::NewCandidateApplication => "Hears of new applications at once.",
        EventKind::NewProspectApplication => "Hears of new prospects at once.",
        EventKind::ApplicationUpdated => "Hears of other changes to an application at once.",
        EventKind::UpdateCandidate => "Hears of changes to a person at once.",
        EventKind::DeleteApplication => "Forgets an application that was deleted in Greenhouse.",
        EventKind::RejectCandidate
        | EventKind::UnhireCandidate
        | EventKind::MergeCandidate
        | EventKind::DeleteCandidate
        | EventKind::CandidateAnonymized
        | EventKind::Ping
        | EventKind::Other(_) => "",
    }
}

fn usual_name(kind: &EventKind) -> String {
    let what = match kind {
        EventKind::CandidateStageChange => "stage change",
        EventKind::HireCandidate => "hired",
        EventKind::RejectCandidate => "rejected",
        EventKind::UnrejectCandidate => "unrejected",
        EventKind::UnhireCandidate => "unhired",
        EventKind::NewCandidateApplication => "new application",
        EventKind::NewProspectApplication => "new prospect",
        EventKind::ApplicationUpdated => "application updated",
        EventKind::UpdateCandidate => "updated",
        EventKind::MergeCandidate => "merged",
        EventKind::DeleteCandidate => "deleted",
        EventKind::DeleteApplication => "application deleted",
        EventKind::CandidateAnonymized => "anonymised",
        EventKind::Ping | EventKind::Other(_) => kind.action(),
    };
    format!("Headhuntr.io - {what}")
}

fn known(action: &str) -> Result<EventKind, Error> {
    EventKind::from_label(action)
        .filter(|kind| *kind != EventKind::Ping)
        .ok_or_else(|| {
            Error::new(Code::InputInvalid, "No event of this name is followed here").at("action")
        })
}

/// Returns 256 bits from the system's generator, in hex: no character a form could change.
fn new_secret() -> Result<Secret, Error> {
    crate::receive::random_hex().map(Secret::new)
}

fn looks_like_an_address(text: &str) -> bool {
    let mut parts = text.split('@');
    let (Some(name), Some(host), None) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let dotted = host.split_once('.');
    !name.is_empty()
        && dotted.is_some_and(|(a, b)| !a.is_empty() && !b.is_empty())
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

fn subject(slot: i64) -> String {
    format!("webhook:{slot}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choices_are_what_has_no_slot() {
        let all = choices(&[]);
        assert_eq!(
            all.len(),
            EventKind::ALL.len() - 1,
            "everything but the ping can be chosen"
        );
        assert!(
            all.iter().take(5).all(|it| it.recommended),
            "recommended ones come first: {all:?}"
        );
        for choice in &all {
            assert!(
                !choice.reason.is_empty(),
                "{} needs a reason",
                choice.action
            );
        }
    }

    #[test]
    fn secret_keys_are_new_each_time() {
        let (one, other) = (new_secret().unwrap(), new_secret().unwrap());
        assert_eq!(one.expose().len(), 64, "256 bits in hex");
        assert_ne!(
            one.expose(),
            other.expose(),
            "nobody can guess the next one"
        );
    }

    #[test]
    fn an_error_address_has_one_at_and_a_dot() {
        for (text, expected) in [
            ("ops@example.com", true),
            ("ops@example", false),
            ("@example.com", false),
            ("ops@example.com, two@example.com", false),
            ("ops example@example.com", false),
        ] {
            assert_eq!(looks_like_an_address(text), expected, "{text:?}");
        }
    }
}
