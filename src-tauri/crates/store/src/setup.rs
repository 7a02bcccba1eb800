//! What the set-up decided, each decision under its own name.

use crate::handle::handles;
use crate::setting::{Settings, SettingsWrite};
use crate::sql::Result;
use domain::access::{Feature, all_features};
use domain::setup::{Delivery, PermissionsFact, Step};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

handles! {
    /// Reads what the set-up decided.
    Setup,
    /// Decides.
    SetupWrite
}

/// How Greenhouse's calls reach us, and whether that was seen to work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryChoice {
    /// What was chosen.
    pub delivery: Delivery,
    /// The public address: ours from outside, or Headhuntr's.
    pub address: Option<String>,
    /// When a call to the address was last seen to come in here.
    pub proved_at: Option<Timestamp>,
    /// When a call to the address was last seen to come to nothing.
    pub failed_at: Option<Timestamp>,
}

impl DeliveryChoice {
    /// Returns whether the address led here when it was last tried.
    #[must_use]
    pub fn is_proved(&self) -> bool {
        self.proved_at
            .is_some_and(|proved| Some(proved) >= self.failed_at)
    }
}

const PERMISSIONS: &str = "permissions";
const FEATURES: &str = "features";
const DELIVERY: &str = "delivery";
const REVIEWED: &str = "reviewed";
/// Also read by the trigger that lets nothing leave the outbox before activation.
const ACTIVATED_AT: &str = "activated_at";
const DEACTIVATED_AT: &str = "deactivated_at";
const VISITED: &str = "visited";
const PAUSED: &str = "paused";

impl Setup<'_> {
    /// Returns the checklist of the two developer permissions.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn permissions(&self) -> Result<PermissionsFact> {
        Ok(self.settings().find(PERMISSIONS)?.unwrap_or_default())
    }

    /// Returns the features that are switched on: all, until somebody says otherwise.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn features(&self) -> Result<BTreeSet<Feature>> {
        Ok(self.settings().find(FEATURES)?.unwrap_or_else(all_features))
    }

    /// Returns how Greenhouse's calls reach us, once chosen.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn delivery(&self) -> Result<Option<DeliveryChoice>> {
        self.settings().find(DELIVERY)
    }

    /// Returns the fingerprint of what was approved.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn reviewed(&self) -> Result<Option<String>> {
        self.settings().find(REVIEWED)
    }

    /// Returns since when pushing is allowed, if it is.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn activated_at(&self) -> Result<Option<Timestamp>> {
        self.settings().find(ACTIVATED_AT)
    }

    /// Returns when pushing was last switched off by a person.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn deactivated_at(&self) -> Result<Option<Timestamp>> {
        self.settings().find(DEACTIVATED_AT)
    }

    /// Returns the step that was last looked at, if any ever was.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn visited(&self) -> Result<Option<Step>> {
        self.settings().find(VISITED)
    }

    /// Returns whether runs by the clock are off.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn is_paused(&self) -> Result<bool> {
        Ok(self.settings().find(PAUSED)?.unwrap_or_default())
    }

    const fn settings(&self) -> Settings<'_> {
        Settings::on(self.conn)
    }
}

impl SetupWrite<'_> {
    /// Keeps the checklist of the two developer permissions.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn set_permissions(&self, fact: PermissionsFact, at: Timestamp) -> Result<()> {
        self.keep().set(PERMISSIONS, &fact, at)
    }

    /// Chooses how Greenhouse's calls reach us, or keeps what was seen of the choice.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn set_delivery(&self, choice: &DeliveryChoice, at: Timestamp) -> Result<()> {
        self.keep().set(DELIVERY, choice, at)
    }

    /// Approves what was shown, by its fingerprint.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn approve(&self, fingerprint: &str, at: Timestamp) -> Result<()> {
        self.keep().set(REVIEWED, &fingerprint.to_owned(), at)
    }

    /// Allows pushing.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn activate(&self, at: Timestamp) -> Result<()> {
        self.keep().remove(DEACTIVATED_AT)?;
        self.keep().set(ACTIVATED_AT, &at, at)
    }

    /// Forbids pushing: from this commit on nothing can leave the outbox.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn deactivate(&self, at: Timestamp) -> Result<()> {
        self.keep().remove(ACTIVATED_AT)?;
        self.keep().set(DEACTIVATED_AT, &at, at)
    }

    /// Notes which step is being looked at.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn visit(&self, step: Step, at: Timestamp) -> Result<()> {
        self.keep().set(VISITED, &step, at)
    }

    /// Switches runs by the clock off or on.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn set_paused(&self, paused: bool, at: Timestamp) -> Result<()> {
        self.keep().set(PAUSED, &paused, at)
    }

    const fn keep(&self) -> SettingsWrite<'_> {
        SettingsWrite::on(self.read.conn)
    }
}
