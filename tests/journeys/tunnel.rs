//! A desk with a tunnel to it, and an admin who types a slot's values into Greenhouse's form.

use crate::desk::Desk;
use crate::relay::{Caught, Relay};
use crate::shelf::look;
use domain::ids::ApplicationId;
use domain::setup::Delivery;
use engine::view::{SlotView, WebhooksView};
use simulator::{NewWebhook, Webhook};
use std::net::SocketAddr;
use std::time::Duration;
use store::mirror::Application;
use store::{InboxState, Reader};

/// A desk with a tunnel to it.
pub struct Place {
    pub desk: Desk,
    pub relay: Relay,
}

impl Place {
    pub async fn open() -> Self {
        Self::with(simulator::Options::default()).await
    }

    /// Opens a place at a practice Greenhouse with options of its own.
    pub async fn with(options: simulator::Options) -> Self {
        let place = Self {
            desk: Desk::with(options).await,
            relay: Relay::open().await,
        };
        place.lead().await;
        place
    }

    /// Leads the tunnel to where the app listens now.
    pub async fn lead(&self) {
        let view = self.view().await;
        self.relay.lead_to(&view.listening_at.unwrap());
    }

    pub async fn view(&self) -> WebhooksView {
        self.desk.engine.webhooks().await.unwrap()
    }

    pub async fn choose(&self) -> WebhooksView {
        let url = self.relay.url();
        let engine = &self.desk.engine;
        engine
            .choose_delivery(Delivery::OwnAddress, Some(&url))
            .await
            .unwrap()
    }

    /// Types a slot's values into Greenhouse's form, as an admin would.
    pub async fn save(&self, slot: &SlotView) -> Webhook {
        let secret = self.desk.engine.webhook_secret(slot.slot).await.unwrap();
        self.save_with(slot, &secret.secret).await
    }

    pub async fn save_with(&self, slot: &SlotView, secret: &str) -> Webhook {
        let form = NewWebhook {
            name: slot.name.clone(),
            event: slot.event_label.clone(),
            endpoint_url: slot.endpoint_url.clone().unwrap(),
            secret: secret.to_owned().into(),
            error_email: None,
            disabled: slot.disabled,
        };
        self.desk.greenhouse.save_webhook(form).await.unwrap()
    }

    /// Has both webhooks of the guide live; returns the slots.
    pub async fn live(&self) -> Vec<SlotView> {
        let slots = self.choose().await.slots;
        for slot in &slots {
            self.save(slot).await;
        }
        self.relay.take();
        slots
    }

    pub async fn add(&self, action: &str) -> SlotView {
        let view = self.desk.engine.add_webhook(action).await.unwrap();
        let slot = view.slots.into_iter().find(|it| it.action == action);
        let slot = slot.unwrap();
        self.save(&slot).await;
        self.relay.take();
        slot
    }

    pub async fn slot(&self, slot: i64) -> SlotView {
        let view = self.view().await;
        view.slots.into_iter().find(|it| it.slot == slot).unwrap()
    }

    pub fn door(&self, view: &WebhooksView) -> SocketAddr {
        let at = view.listening_at.as_deref().unwrap();
        at.strip_prefix("http://").unwrap().parse().unwrap()
    }

    /// An application in a stage, with a next one.
    pub fn application(&self) -> ApplicationId {
        let world = self.desk.greenhouse.world();
        let active = world.applications.iter().find(|it| {
            it.prospect != Some(true)
                && it.rejected_at.is_none()
                && it.stage_id.is_some()
                && it
                    .status
                    .as_ref()
                    .is_some_and(|it| it.query_word() == "active")
        });
        active.unwrap().id
    }

    pub fn reader(&self) -> Reader {
        look(&self.desk)
    }

    pub fn mirrored(&self, id: ApplicationId) -> Option<Application> {
        self.reader().mirror().find(id.get()).unwrap()
    }

    /// Waits until all deliveries were sent and nothing waits in the inbox.
    pub async fn settle(&self) {
        self.desk.greenhouse.deliveries_settled().await;
        for _ in 0..500 {
            if self.reader().inbox().count_in(InboxState::New).unwrap() == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the inbox is never applied");
    }

    pub fn caught(&self, words: &str) -> Caught {
        let caught = self.relay.take();
        let found = caught.into_iter().find(|it| it.says(words));
        found.unwrap_or_else(|| panic!("nothing passed that says {words}"))
    }
}
