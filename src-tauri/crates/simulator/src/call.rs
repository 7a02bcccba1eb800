//! A request as it came in, and an answer as it goes out, without anything of the web server.

use crate::{
    quirks::{ErrorEntries, ForbiddenBody, Quirks},
    refusal::Refusal,
};
use serde::Serialize;
use serde_json::{Value, json};

/// A request.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) authorization: Option<String>,
    /// Whom a write of Harvest v1 is done for.
    pub(crate) on_behalf_of: Option<String>,
    pub(crate) host: Option<String>,
    pub(crate) origin: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Call {
    /// Returns the parts of the path.
    pub(crate) fn segments(&self) -> Vec<&str> {
        self.path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .collect()
    }

    /// Returns the query's pairs, decoded, in their order.
    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(self.query.as_bytes())
            .into_owned()
            .collect()
    }

    /// Returns what follows a scheme in the authorization header.
    pub(crate) fn credentials(&self, scheme: &str) -> Option<&str> {
        let (given, rest) = self.authorization.as_deref()?.split_once(' ')?;
        given.eq_ignore_ascii_case(scheme).then(|| rest.trim())
    }

    /// Returns whether the body calls itself JSON.
    pub(crate) fn says_json(&self) -> bool {
        let essence = self
            .content_type
            .as_deref()
            .and_then(|it| it.split(';').next());
        essence.is_some_and(|it| it.trim().eq_ignore_ascii_case("application/json"))
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) body: Vec<u8>,
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Answer {
    pub(crate) fn json(status: u16, body: &impl Serialize) -> Self {
        // What is answered here is made of texts and numbers only, which cannot fail to serialise.
        Self::bytes(status, serde_json::to_vec(body).unwrap_or_default())
    }

    pub(crate) fn bytes(status: u16, body: Vec<u8>) -> Self {
        Self {
            status,
            content_type: "application/json; charset=utf-8",
            body,
            headers: Vec::new(),
        }
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self::bytes(status, Vec::new())
    }

    pub(crate) fn html(status: u16) -> Self {
        let page = "<!doctype html><title>Greenhouse</title><p>We’ll be right back.</p>";
        Self {
            content_type: "text/html; charset=utf-8",
            ..Self::bytes(status, page.into())
        }
    }

    pub(crate) fn message(status: u16, message: &str) -> Self {
        Self::json(status, &json!({ "message": message }))
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Returns what a refusal looks like on the wire.
    pub(crate) fn refusal(refusal: &Refusal, quirks: &Quirks) -> Self {
        match refusal {
            Refusal::NotFound => Self::message(404, "Resource not found"),
            Refusal::Malformed(message) => Self::message(400, message),
            Refusal::Forbidden(message) => Self::forbidden(message, quirks.forbidden_body),
            Refusal::Invalid(problems) => {
                let errors: Vec<Value> = problems
                    .iter()
                    .map(|problem| match quirks.error_entries {
                        ErrorEntries::Texts => json!(problem.message),
                        ErrorEntries::Objects => {
                            json!({ "message": problem.message, "field": problem.field })
                        }
                    })
                    .collect();
                Self::json(
                    422,
                    &json!({ "message": "Validation error", "errors": errors }),
                )
            }
        }
    }

    fn forbidden(message: &str, body: ForbiddenBody) -> Self {
        match body {
            ForbiddenBody::Message => Self::message(403, message),
            ForbiddenBody::MessageAndErrors => {
                Self::json(403, &json!({ "message": "Forbidden", "errors": [message] }))
            }
            ForbiddenBody::Empty => Self::empty(403),
            ForbiddenBody::Html => Self::html(403),
        }
    }
}
