//! What `headhuntr setup credential` and `setup check` say of the credential.

use crate::exit::Status;
use crate::output::{Output, in_words};
use domain::access::Standing;
use engine::error::Code;
use engine::view::CredentialView;
use std::fmt::Write as _;

pub(super) fn told(view: &CredentialView, output: Output) -> Status {
    output.answer(view, || in_full(view));
    let missing = view
        .permissions
        .iter()
        .any(|it| it.standing == Standing::Missing);
    match Status::of_problem(view.problem.as_ref()) {
        Status::Done if missing && !view.limits_accepted => Status::Person,
        status => status,
    }
}

fn in_full(view: &CredentialView) -> String {
    let mut text = String::new();
    let problem = view.problem.as_ref();
    // Of a credential that does not work, all the rest is from when it did.
    let before = problem.filter(|it| it.code != Code::NotSiteAdmin);
    if let Some(problem) = before {
        let _ = writeln!(text, "{}", in_words(problem));
        let _ = writeln!(text, "\nAs Greenhouse said before:");
    }
    if let Some(accepted) = &view.accepted {
        let organisation = accepted.organisation.as_deref().unwrap_or("Greenhouse");
        let is = if before.is_some() { "was" } else { "is" };
        let _ = writeln!(text, "{organisation}: the credential {is} accepted");
        if let Some(name) = &accepted.acting_as {
            let level = match accepted.site_admin {
                Some(true) => ", Site Admin",
                Some(false) => ", no Site Admin",
                None => "",
            };
            let _ = writeln!(text, "It acts as {name}{level}");
        }
        let counted = [("jobs", accepted.jobs), ("users", accepted.users)];
        for (what, count) in counted.iter().filter_map(|(what, it)| Some((what, (*it)?))) {
            let more = if count.or_more { "+" } else { "" };
            let _ = writeln!(text, "It sees {}{more} {what}", count.value);
        }
        let _ = writeln!(text, "The secret is kept in {}", accepted.kept_in);
    }
    let _ = writeln!(
        text,
        "{} of the {} permissions needed are granted",
        view.granted, view.required
    );
    for row in &view.permissions {
        let _ = writeln!(
            text,
            "  {:<12} {:<44} {}",
            standing(row.standing),
            row.label,
            row.reason
        );
    }
    for limit in &view.limits {
        let _ = writeln!(text, "Without: {limit}");
    }
    if let Some(problem) = problem.filter(|_| before.is_none()) {
        let _ = writeln!(text, "{}", in_words(problem));
    }
    if !view.message.is_empty() {
        let _ = writeln!(text, "\nThe message to send:\n\n{}", view.message);
    }
    text
}

const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Granted => "granted",
        Standing::Missing => "MISSING",
        Standing::NotGranted => "optional",
        Standing::Unneeded => "unneeded",
        Standing::NotKnowable => "not known",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::error::Problem;
    use engine::view::{AcceptedCredential, Dialect};

    fn view(problem: Option<Code>) -> CredentialView {
        CredentialView {
            accepted: Some(AcceptedCredential {
                dialect: Dialect::V3,
                organisation: Some("Alder Works".to_owned()),
                acting_as: None,
                site_admin: Some(true),
                client_id: None,
                secret_tail: "0000".to_owned(),
                kept_in: "memory".to_owned(),
                harvest_url: String::new(),
                accepted_at: jiff::Timestamp::UNIX_EPOCH,
                checked_at: jiff::Timestamp::UNIX_EPOCH,
                jobs: None,
                users: None,
            }),
            problem: problem.map(|code| Problem::of(code, "")),
            permissions: Vec::new(),
            granted: 18,
            required: 18,
            limits: Vec::new(),
            limits_accepted: false,
            message: String::new(),
            vault_ready: true,
            vault_problem: None,
            form: Vec::new(),
        }
    }

    #[test]
    fn a_refusal_is_said_first_and_what_was_before_as_that() {
        let said = in_full(&view(Some(Code::CredentialRejected)));
        let first = said.lines().next().unwrap_or_default();
        assert!(first.contains("HG-201"), "what is the matter: {said}");
        let (_, before) = said.split_once("before:").unwrap();
        assert!(before.contains("was accepted"), "and no longer is: {said}");
        assert_eq!(said.matches("HG-201").count(), 1, "said once: {said}");
        let sound = in_full(&view(None));
        assert!(
            sound.starts_with("Alder Works: the credential is accepted"),
            "{sound}"
        );
    }
}
