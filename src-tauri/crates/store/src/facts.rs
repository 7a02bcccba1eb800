//! The facts of the set-up, gathered from the tables they are observed in; and the fingerprint of what was decided.

use crate::column::get;
use crate::credential::{Credential, Credentials};
use crate::mapping::Mappings;
use crate::setup::Setup;
use crate::sql::{self, Result};
use crate::users::{ImportSlot, Users};
use domain::access::{Need, Standing, check};
use domain::setup::{CredentialFact, Facts, MappingFact, ReviewFact, UsersFact, WebhooksFact};
use sha2::{Digest as _, Sha256};

impl Setup<'_> {
    /// Returns everything the steps derive from. Only whether the secret is still in the vault is not the
    /// store's to know.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn facts(&self, secret_present: bool) -> Result<Facts> {
        let import = Users::on(self.conn).import(ImportSlot::Applied)?;
        let mapping = Mappings::on(self.conn).counts()?;
        Ok(Facts {
            permissions: self.permissions()?,
            credential: self.credential_fact(secret_present)?,
            users: import.map(|import| UsersFact {
                at: import.at,
                count: import.users,
                looks_partial: import.looks_partial,
            }),
            webhooks: self.webhooks_fact()?,
            mapping: MappingFact {
                team: mapping.team,
                confirmed: mapping.confirmed,
                left_out: mapping.left_out,
                broken: mapping.broken,
            },
            review: ReviewFact {
                reviewed: self.reviewed()?,
                current: self.fingerprint()?,
            },
            activated_at: self.activated_at()?,
            deactivated_at: self.deactivated_at()?,
        })
    }

    /// Returns what stands for everything decided: the same decisions have the same fingerprint. What is only
    /// observed (a ping, a proof, a count) does not change it.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn fingerprint(&self) -> Result<String> {
        let mut hash = Sha256::new();
        let mut add = |part: String| {
            hash.update(part);
            hash.update([0x1e]);
        };
        if let Some(c) = Credentials::on(self.conn).find()? {
            add(format!(
                "{:?} {:?} {}",
                c.dialect, c.client_id, c.harvest_url
            ));
            add(format!("{:?} {}", c.auth_url, c.limits_accepted));
        }
        add(format!("{:?}", self.features()?));
        if let Some(choice) = self.delivery()? {
            add(format!("{:?} {:?}", choice.delivery, choice.address));
        }
        for line in self.decided_lines()? {
            add(line);
        }
        Ok(hex::encode(hash.finalize()))
    }

    /// Webhooks and the mapping, one line for each decision.
    fn decided_lines(&self) -> Result<Vec<String>> {
        let webhooks = "SELECT json_array(name, action, error_email, disabled) AS line
                          FROM webhook_slot ORDER BY position, id";
        let mapping = "SELECT json_array(u.email_folded, u.left_out, m.gh_user_id) AS line
                         FROM hh_user u LEFT JOIN mapping m
                              ON m.hh_user_id = u.id AND m.state = 'confirmed'
                        WHERE u.left_out = 1 OR m.gh_user_id IS NOT NULL
                        ORDER BY u.email_folded";
        let mut lines: Vec<String> = sql::list(self.conn, webhooks, [], |row| get(row, "line"))?;
        lines.extend(sql::list(self.conn, mapping, [], |row| {
            get::<String>(row, "line")
        })?);
        Ok(lines)
    }

    fn credential_fact(&self, secret_present: bool) -> Result<Option<CredentialFact>> {
        let Some(credential) = Credentials::on(self.conn).find()? else {
            return Ok(None);
        };
        let (missing, core_missing) = self.missing(&credential)?;
        Ok(Some(CredentialFact {
            accepted_at: credential.accepted_at,
            accepted: credential.accepted,
            secret_present,
            site_admin: credential.site_admin,
            missing,
            core_missing,
            limits_accepted: credential.limits_accepted,
        }))
    }

    fn missing(&self, credential: &Credential) -> Result<(u32, u32)> {
        let (mut missing, mut core) = (0, 0);
        for line in check(&credential.granted, &self.features()?) {
            if line.standing == Standing::Missing {
                missing += 1;
                core += u32::from(line.permission.is_some_and(|p| p.need == Need::Core));
            }
        }
        Ok((missing, core))
    }

    fn webhooks_fact(&self) -> Result<WebhooksFact> {
        let choice = self.delivery()?;
        let sql = "SELECT count(*) AS wanted, count(pinged_at) AS live
                     FROM webhook_slot WHERE disabled = 0";
        let (wanted, live) = sql::load(self.conn, sql, [], |row| {
            Ok((get(row, "wanted")?, get(row, "live")?))
        })?;
        Ok(WebhooksFact {
            delivery: choice.as_ref().map(|choice| choice.delivery),
            address_proved: choice.is_some_and(|choice| choice.is_proved()),
            wanted,
            live,
        })
    }
}
