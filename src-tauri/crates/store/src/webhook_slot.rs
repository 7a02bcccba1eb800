//! Webhook slots: what each is called in Greenhouse's form, and what has arrived for it. Secrets are in the vault.

use crate::column::{Bind, get};
use crate::error::StoreError;
use crate::handle::handles;
use crate::sql::{self, Result};
use jiff::Timestamp;
use rusqlite::Row;
use serde_json::Value;

handles! {
    /// Reads webhook slots.
    WebhookSlots,
    /// Writes webhook slots.
    WebhookSlotsWrite
}

/// A slot that is about to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSlot {
    /// *Name this webhook*.
    pub name: String,
    /// The action string its deliveries carry.
    pub action: String,
    /// *When*, as Greenhouse's list prints it.
    pub event_label: String,
    /// *Error recipient email*.
    pub error_email: String,
    /// Whether the published guide has it.
    pub in_guide: bool,
    /// The last four characters of the secret key.
    pub secret_tail: String,
    /// What the secret key is called in the vault.
    pub vault_key: String,
}

/// A webhook slot.
#[derive(Debug, Clone, PartialEq)]
pub struct WebhookSlot {
    /// Its id.
    pub id: i64,
    /// Its place among the slots, from 0.
    pub position: i64,
    /// *Name this webhook*.
    pub name: String,
    /// The action string its deliveries carry.
    pub action: String,
    /// *When*, as Greenhouse's list prints it.
    pub event_label: String,
    /// *Error recipient email*.
    pub error_email: String,
    /// *Disabled*.
    pub disabled: bool,
    /// Whether the published guide has it.
    pub in_guide: bool,
    /// The last four characters of the secret key.
    pub secret_tail: String,
    /// What the secret key is called in the vault.
    pub vault_key: String,
    /// When its ping, or the first delivery, arrived with the right signature.
    pub pinged_at: Option<Timestamp>,
    /// When a delivery last arrived with the right signature.
    pub last_delivery_at: Option<Timestamp>,
    /// What is the matter, in the engine's words.
    pub problem: Option<Value>,
}

const COLUMNS: &str = "id, position, name, action, event_label, error_email, disabled, in_guide,
                       secret_tail, vault_key, pinged_at, last_delivery_at, problem";

impl WebhookSlots<'_> {
    /// Returns every slot, in order.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn list(&self) -> Result<Vec<WebhookSlot>> {
        let sql = format!("SELECT {COLUMNS} FROM webhook_slot ORDER BY position, id");
        sql::list(self.conn, &sql, [], WebhookSlot::read)
    }

    /// Returns a slot.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is none.
    pub fn load(&self, id: i64) -> Result<WebhookSlot> {
        let sql = format!("SELECT {COLUMNS} FROM webhook_slot WHERE id = ?1");
        sql::find(self.conn, &sql, [id], WebhookSlot::read)?.ok_or(StoreError::NotFound {
            what: "webhook",
            id,
        })
    }
}

impl WebhookSlotsWrite<'_> {
    /// Adds a slot after the others; returns its id.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn add(&self, slot: &NewSlot) -> Result<i64> {
        let sql = "INSERT INTO webhook_slot (position, name, action, event_label, error_email, in_guide,
                          secret_tail, vault_key)
                   SELECT coalesce(max(position) + 1, 0), ?1, ?2, ?3, ?4, ?5, ?6, ?7 FROM webhook_slot";
        let params = rusqlite::params![
            slot.name,
            slot.action,
            slot.event_label,
            slot.error_email,
            slot.in_guide,
            slot.secret_tail,
            slot.vault_key,
        ];
        sql::insert(self.conn, sql, params)
    }

    /// Keeps a slot as it is handed over, whatever it was.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is none of that id.
    pub fn save(&self, slot: &WebhookSlot) -> Result<()> {
        let sql = "UPDATE webhook_slot
                      SET position = ?2, name = ?3, action = ?4, event_label = ?5, error_email = ?6,
                          disabled = ?7, in_guide = ?8, secret_tail = ?9, vault_key = ?10,
                          pinged_at = ?11, last_delivery_at = ?12, problem = ?13
                    WHERE id = ?1";
        let params = rusqlite::params![
            slot.id,
            slot.position,
            slot.name,
            slot.action,
            slot.event_label,
            slot.error_email,
            slot.disabled,
            slot.in_guide,
            slot.secret_tail,
            slot.vault_key,
            Bind(&slot.pinged_at),
            Bind(&slot.last_delivery_at),
            Bind(&slot.problem),
        ];
        self.touch(slot.id, sql, params)
    }

    /// Removes a slot. Its secret is the vault's to remove.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is none.
    pub fn remove(&self, id: i64) -> Result<()> {
        self.touch(id, "DELETE FROM webhook_slot WHERE id = ?1", [id])
    }

    /// Notes that something arrived for a slot with the right signature; a ping is not a delivery of an event.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such slot.
    pub fn heard(&self, id: i64, is_ping: bool, at: Timestamp) -> Result<()> {
        let sql = "UPDATE webhook_slot
                      SET pinged_at = coalesce(pinged_at, ?2), problem = NULL,
                          last_delivery_at = CASE WHEN ?3 THEN last_delivery_at
                                                  ELSE max(coalesce(last_delivery_at, ?2), ?2) END
                    WHERE id = ?1";
        self.touch(id, sql, rusqlite::params![id, Bind(&at), is_ping])
    }

    /// Notes what is the matter with a slot, or that nothing is.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such slot.
    pub fn set_problem(&self, id: i64, problem: Option<&Value>) -> Result<()> {
        let problem = problem.map(Value::to_string);
        let sql = "UPDATE webhook_slot SET problem = ?2 WHERE id = ?1";
        self.touch(id, sql, rusqlite::params![id, problem])
    }

    fn touch(&self, id: i64, sql: &str, params: impl rusqlite::Params) -> Result<()> {
        match sql::run(self.conn, sql, params)? {
            0 => Err(StoreError::NotFound {
                what: "webhook",
                id,
            }),
            _ => Ok(()),
        }
    }
}

impl WebhookSlot {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: get(row, "id")?,
            position: get(row, "position")?,
            name: get(row, "name")?,
            action: get(row, "action")?,
            event_label: get(row, "event_label")?,
            error_email: get(row, "error_email")?,
            disabled: get(row, "disabled")?,
            in_guide: get(row, "in_guide")?,
            secret_tail: get(row, "secret_tail")?,
            vault_key: get(row, "vault_key")?,
            pinged_at: get(row, "pinged_at")?,
            last_delivery_at: get(row, "last_delivery_at")?,
            problem: get(row, "problem")?,
        })
    }
}
