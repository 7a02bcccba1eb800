//! Step 4: how Greenhouse's calls reach us, and whether the address that was given leads here.
//!
//! **Invariant:** a slot without a secret key accepts nothing, and a secret key leaves the vault only when it is asked
//! for by name.

pub(crate) mod address;
mod slot;

use crate::Engine;
use crate::audit;
use crate::error::{Code, Error, Problem};
use crate::event::Topic;
use crate::receive::Place;
use crate::view::WebhooksView;
use domain::setup::Delivery;
use jiff::Timestamp;
use store::DeliveryChoice;

/// Where the last trouble with the address is kept, in the engine's words.
const ADDRESS_PROBLEM: &str = "address_problem";

/// What changes with anything decided in this step.
const TOPICS: &[Topic] = &[
    Topic::Webhooks,
    Topic::Overview,
    Topic::Review,
    Topic::Home,
    Topic::Audit,
];

impl Engine {
    /// Returns how step 4 stands: the slots, the address, and what has arrived.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn webhooks(&self) -> Result<WebhooksView, Error> {
        let (choice, kept, slots) = self
            .db()
            .read(|reader| {
                Ok((
                    reader.setup().delivery()?,
                    reader.settings().find::<Problem>(ADDRESS_PROBLEM)?,
                    reader.webhooks().list()?,
                ))
            })
            .await?;
        let place = self.receiver().place();
        let (address_state, address_problem) = address::stands(choice.as_ref(), kept, &place);
        let last_delivery_at = slots.iter().filter_map(|it| it.last_delivery_at).max();
        let choices = slot::choices(&slots);
        let slots = slots
            .into_iter()
            .map(|it| slot::view(it, choice.as_ref()))
            .collect();
        let (delivery, address) = match choice {
            Some(choice) => (Some(choice.delivery), choice.address),
            None => (None, None),
        };
        Ok(WebhooksView {
            delivery,
            address,
            address_state,
            address_problem,
            listening_at: place.address().map(|at| format!("http://{at}")),
            slots,
            choices,
            last_delivery_at,
        })
    }

    /// Chooses how Greenhouse's calls reach us. `address` is the public https address that leads to this computer, or
    /// Headhuntr's own endpoint. The two webhooks of the guide are made along with the first such choice.
    ///
    /// # Errors
    /// `AddressNotAllowed` and `InputInvalid` for the address, `KeychainUnavailable` where secret keys cannot be kept.
    pub async fn choose_delivery(
        &self,
        delivery: Delivery,
        address: Option<&str>,
    ) -> Result<WebhooksView, Error> {
        let address = match delivery {
            Delivery::None => None,
            Delivery::OwnAddress => Some(address::own(address, self.options().loopback_webhooks)?),
            Delivery::Headhuntr => Some(address::headhuntrs(address)?),
        };
        if delivery != Delivery::None {
            self.make_guide_slots().await?;
        }
        let now = self.now();
        self.db()
            .write(move |tx| {
                let before = tx.setup().delivery()?;
                if before.is_some_and(|it| it.delivery == delivery && it.address == address) {
                    return Ok(());
                }
                let choice = DeliveryChoice {
                    delivery,
                    address,
                    proved_at: None,
                    failed_at: None,
                };
                tx.setup().set_delivery(&choice, now)?;
                tx.settings().remove(ADDRESS_PROBLEM)?;
                tx.audit()
                    .append(&audit::by_person(now, chosen(delivery), ""))?;
                Ok(())
            })
            .await?;
        self.changed(TOPICS);
        self.webhooks().await
    }

    /// Calls the chosen address with something only we know, and sees whether the call comes in here. That it does not
    /// is no error: the view says so, with the reason.
    ///
    /// # Errors
    /// `NotReady` where there is no address to prove.
    pub async fn prove_address(&self) -> Result<WebhooksView, Error> {
        let choice = self.db().read(|reader| reader.setup().delivery()).await?;
        let address = choice
            .filter(|it| it.delivery == Delivery::OwnAddress)
            .and_then(|it| it.address)
            .ok_or_else(|| Error::new(Code::NotReady, "There is no address of yours to prove"))?;
        let trouble = match self.receiver().place() {
            Place::At { .. } => address::call(self.receiver(), &address).await.err(),
            place @ (Place::Nowhere | Place::Refused { .. }) => {
                Some(address::not_listening(&place))
            }
        };
        let now = self.now();
        self.db()
            .write(move |tx| note_proof(tx, &address, trouble.as_ref(), now))
            .await?;
        self.changed(TOPICS);
        self.webhooks().await
    }
}

/// Keeps what was seen of an address, unless another one was chosen meanwhile.
fn note_proof(
    tx: &store::Tx<'_>,
    address: &str,
    trouble: Option<&Problem>,
    now: Timestamp,
) -> Result<(), store::StoreError> {
    let Some(mut choice) = tx.setup().delivery()? else {
        return Ok(());
    };
    if choice.address.as_deref() != Some(address) {
        return Ok(());
    }
    match trouble {
        None => {
            choice.proved_at = Some(now);
            choice.failed_at = None;
            tx.settings().remove(ADDRESS_PROBLEM)?;
        }
        Some(problem) => {
            choice.failed_at = Some(now);
            choice.proved_at = None;
            tx.settings().set(ADDRESS_PROBLEM, problem, now)?;
        }
    }
    tx.setup().set_delivery(&choice, now)
}

const fn chosen(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::OwnAddress => "Chose webhooks to this computer",
        Delivery::Headhuntr => "Chose webhooks to Headhuntr",
        Delivery::None => "Chose to go without webhooks",
    }
}
