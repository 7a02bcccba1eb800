//! What is the matter with a credential, judged from what was last said of it.

use crate::error::{Code, Problem};
use crate::secrets::Kept;
use domain::access::{Feature, Need, Standing, check};
use std::collections::BTreeSet;
use store::Credential;

/// Returns what is the matter with a credential now, most pressing first.
pub(crate) fn trouble(credential: &Credential, kept: &Kept) -> Option<Problem> {
    if !credential.accepted {
        let said = credential.problem.clone();
        let said = said.and_then(|problem| serde_json::from_value(problem).ok());
        return Some(said.unwrap_or_else(|| Problem::of(Code::CredentialRejected, "")));
    }
    if !kept.secret_present {
        let detail = format!("It was kept in {}", credential.kept_in);
        return Some(Problem::of(Code::SecretGone, &detail));
    }
    if credential.site_admin == Some(false) {
        return Some(Problem::of(Code::NotSiteAdmin, ""));
    }
    None
}

/// Returns whether a permission that was asked for is missing, or the user behind the credential may not do enough: what
/// Greenhouse forbids then, it forbids for that.
pub(crate) fn lacks_something(credential: &Credential, features: &BTreeSet<Feature>) -> bool {
    let lines = check(&credential.granted, features);
    let is_missing = lines.iter().any(|line| line.standing == Standing::Missing);
    is_missing || credential.site_admin == Some(false)
}

/// Returns whether a permission without which nothing works is missing.
pub(crate) fn lacks_core(credential: &Credential, features: &BTreeSet<Feature>) -> bool {
    check(&credential.granted, features).iter().any(|line| {
        line.standing == Standing::Missing
            && line.permission.is_some_and(|it| it.need == Need::Core)
    })
}
