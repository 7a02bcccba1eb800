//! Step 2 as it is shown: the credential, the permission table, and the message to whoever can tick what is missing.

use super::{lacks_core, trouble};
use crate::Engine;
use crate::error::{Code, Error, Problem};
use crate::secrets::Kept;
use crate::view::{AcceptedCredential, Count, CredentialView, Dialect, PermissionRow};
use domain::access::{Checked, Feature, Need, PERMISSIONS, Standing, check, label_of};
use std::collections::BTreeSet;
use store::Credential;

impl Engine {
    pub(super) async fn credential_view(&self) -> Result<CredentialView, Error> {
        let (credential, features) = self
            .db()
            .read(|reader| Ok((reader.credential().find()?, reader.setup().features()?)))
            .await?;
        Ok(view(credential.as_ref(), &features, &self.kept()))
    }
}

fn view(
    credential: Option<&Credential>,
    features: &BTreeSet<Feature>,
    kept: &Kept,
) -> CredentialView {
    let permissions = rows(credential, features);
    let required: Vec<&PermissionRow> = permissions
        .iter()
        .filter(|row| matches!(row.need, Some(Need::Core | Need::Required)))
        .collect();
    let missing: Vec<&PermissionRow> = permissions
        .iter()
        .filter(|row| row.standing == Standing::Missing)
        .collect();
    let granted = required
        .iter()
        .filter(|row| row.standing == Standing::Granted);
    let mut limits: Vec<String> = Vec::new();
    for row in &missing {
        if !limits.contains(&row.without) {
            limits.push(row.without.clone());
        }
    }
    let vault_problem = vault_problem(credential, kept);
    CredentialView {
        accepted: credential.map(accepted),
        problem: credential.and_then(|it| trouble(it, kept)),
        granted: u32::try_from(granted.count()).unwrap_or(u32::MAX),
        required: u32::try_from(required.len()).unwrap_or(u32::MAX),
        limits,
        limits_accepted: credential
            .is_some_and(|it| it.limits_accepted && !lacks_core(it, features)),
        message: message(
            &missing,
            credential.is_some_and(|it| it.site_admin == Some(false)),
        ),
        vault_ready: vault_problem.is_none(),
        vault_problem,
        form: form(),
        permissions,
    }
}

fn accepted(credential: &Credential) -> AcceptedCredential {
    let count = |name: &str| -> Option<Count> {
        serde_json::from_value(credential.counts.get(name)?.clone()).ok()
    };
    let dialect = match credential.dialect {
        store::Dialect::V3 => Dialect::V3,
        store::Dialect::V1 => Dialect::V1,
    };
    let nameless = (dialect == Dialect::V3).then(|| "Integration Service User".to_owned());
    AcceptedCredential {
        dialect,
        organisation: credential.organisation.clone(),
        acting_as: credential.acting_name.clone().or(nameless),
        site_admin: credential.site_admin,
        client_id: credential.client_id.clone(),
        secret_tail: credential.secret_tail.clone(),
        kept_in: credential.kept_in.clone(),
        harvest_url: credential.harvest_url.clone(),
        accepted_at: credential.accepted_at,
        checked_at: credential.checked_at,
        jobs: count("jobs"),
        users: count("users"),
    }
}

/// The keychain does not answer, or the secret lies in a vault file that is not open.
fn vault_problem(credential: Option<&Credential>, kept: &Kept) -> Option<Problem> {
    if let Some(problem) = &kept.problem {
        return Some(problem.clone());
    }
    let elsewhere = credential.filter(|it| !kept.secret_present && it.kept_in != kept.place)?;
    Some(Problem::saying(
        Code::VaultLocked,
        "The place of the secret is not open",
        format!("The credential's secret was kept in {}.", elsewhere.kept_in),
        "Open that file with its passphrase. Everything else is still there.",
    ))
}

fn rows(credential: Option<&Credential>, features: &BTreeSet<Feature>) -> Vec<PermissionRow> {
    let Some(credential) = credential else {
        return PERMISSIONS
            .iter()
            .filter(|it| features.contains(&it.feature) || it.need == Need::Core)
            .map(|it| {
                row(Checked {
                    scope: it.scope.to_owned(),
                    permission: Some(it),
                    standing: Standing::NotKnowable,
                })
            })
            .collect();
    };
    check(&credential.granted, features)
        .into_iter()
        .map(row)
        .collect()
}

fn row(line: Checked) -> PermissionRow {
    let unneeded = line.standing == Standing::Unneeded;
    match line.permission {
        Some(it) => PermissionRow {
            label: it.label.to_owned(),
            reason: if unneeded { NOT_NEEDED } else { it.reason }.to_owned(),
            without: it.without.to_owned(),
            need: Some(it.need).filter(|_| !unneeded),
            standing: line.standing,
            scope: line.scope,
        },
        None => PermissionRow {
            label: label_of(&line.scope),
            reason: NOT_NEEDED.to_owned(),
            without: String::new(),
            need: None,
            standing: line.standing,
            scope: line.scope,
        },
    }
}

const NOT_NEEDED: &str = "Not needed. It can be switched off";

fn message(missing: &[&PermissionRow], not_site_admin: bool) -> String {
    let mut asks = Vec::new();
    if !missing.is_empty() {
        let ticks: Vec<String> = missing
            .iter()
            .map(|row| format!("– {}", row.label))
            .collect();
        asks.push(format!(
            "tick these permissions of the credential “{DESCRIPTION}” (Configure › Dev Center › API Credentials › \
             Headhuntr.io › Manage scopes) and save:\n{}",
            ticks.join("\n")
        ));
    }
    if not_site_admin {
        asks.push(
            "give the credential's own user (its Integration Service User) the Site Admin level under Configure › Users: \
             Greenhouse lists records for Site Admins alone"
                .to_owned(),
        );
    }
    if asks.is_empty() {
        return String::new();
    }
    format!(
        "Hello,\n\nto connect Headhuntr.io with Greenhouse, please {}\n\nNo permission to delete anything is needed.\n\nThank you!",
        asks.join("\n\nand ")
    )
}

const DESCRIPTION: &str = "Headhuntr.io Harvest API Key";

/// The values of Greenhouse's form in its order (`greenhouse.md`, C1).
fn form() -> Vec<(String, String)> {
    [
        ("API type", "Harvest V3 (OAuth)"),
        ("Partner (optional)", "Headhuntr.io"),
        ("Description", DESCRIPTION),
    ]
    .map(|(field, value)| (field.to_owned(), value.to_owned()))
    .to_vec()
}
