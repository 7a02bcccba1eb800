//! The bodies of the token endpoint: forms, and nothing else.

use super::with_error_id;
use crate::call::{Answer, Call};
use std::collections::BTreeMap;

/// Returns the fields of a form.
///
/// # Errors
///
/// Answers 400 to any other kind of body.
pub(crate) fn read(call: &Call) -> Result<BTreeMap<String, String>, Answer> {
    let essence = call
        .content_type
        .as_deref()
        .and_then(|it| it.split(';').next());
    if essence.is_none_or(|it| {
        !it.trim()
            .eq_ignore_ascii_case("application/x-www-form-urlencoded")
    }) {
        return Err(with_error_id(
            400,
            "The body has to be application/x-www-form-urlencoded",
        ));
    }
    Ok(url::form_urlencoded::parse(&call.body)
        .into_owned()
        .collect())
}
