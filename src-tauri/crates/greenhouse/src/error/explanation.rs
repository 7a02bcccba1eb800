//! Greenhouse's own words about a refusal, from any of the three families of error bodies.
//!
//! OAuth's `error` + `error_description`, the token endpoint's `message` + `errorId`, Harvest's
//! `message` + `errors`. The token endpoint may echo the client id, so known secrets are cut out.

use serde_json::Value;

/// The longest text kept of one message.
const LONGEST: usize = 500;
/// The most details kept.
const MOST_DETAILS: usize = 20;

/// What Greenhouse said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Explanation {
    /// The sentence, where there was one.
    pub message: Option<String>,
    /// OAuth's code, such as `invalid_client`.
    pub code: Option<String>,
    /// The token endpoint's own id of the error.
    pub error_id: Option<String>,
    /// What is wrong with which field.
    pub details: Vec<Detail>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The field it is about, where it says so.
    pub field: Option<String>,
    /// What is wrong with it.
    pub message: String,
}

impl Explanation {
    /// Reads a body of any family; a body that is none of them explains nothing.
    #[must_use]
    pub fn read(body: &[u8], secrets: &[&str]) -> Self {
        let Ok(Value::Object(body)) = serde_json::from_slice::<Value>(body) else {
            return Self::default();
        };
        let text = |key: &str| {
            body.get(key)
                .and_then(Value::as_str)
                .map(|text| clean(text, secrets))
        };
        let errors = body
            .get("errors")
            .map(|errors| details(errors, secrets))
            .unwrap_or_default();
        // Some gateways put all of it into one `error`.
        let nested = body.get("error").and_then(|error| error.get("message"));
        let nested = nested
            .and_then(Value::as_str)
            .map(|text| clean(text, secrets));
        Self {
            message: text("message")
                .or_else(|| text("error_description"))
                .or(nested),
            code: text("error"),
            error_id: text("errorId"),
            details: errors,
        }
    }

    /// Returns the most telling text there is: sentence and details, else the code.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        let details: Vec<String> = self.details.iter().map(ToString::to_string).collect();
        let parts = [
            self.message.clone(),
            (!details.is_empty()).then(|| details.join("; ")),
        ];
        let said: Vec<String> = parts.into_iter().flatten().collect();
        if said.is_empty() {
            self.code.clone()
        } else {
            Some(said.join(": "))
        }
    }
}

impl std::fmt::Display for Detail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.field {
            Some(field) => write!(f, "{field}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

fn details(errors: &Value, secrets: &[&str]) -> Vec<Detail> {
    let one = |field: Option<&str>, text: &str| Detail {
        field: field.map(|name| clean(name, secrets)),
        message: clean(text, secrets),
    };
    match errors {
        Value::String(text) => vec![one(None, text)],
        Value::Array(items) => items
            .iter()
            .take(MOST_DETAILS)
            .filter_map(|item| match item {
                Value::String(text) => Some(one(None, text)),
                Value::Object(item) => {
                    let field = item.get("field").and_then(Value::as_str);
                    item.get("message")
                        .and_then(Value::as_str)
                        .map(|text| one(field, text))
                }
                _ => None,
            })
            .collect(),
        // `{"email": ["is taken"]}`, as many frameworks put it.
        Value::Object(fields) => fields
            .iter()
            .take(MOST_DETAILS)
            .map(|(field, value)| {
                let text = match value {
                    Value::String(text) => text.clone(),
                    Value::Array(texts) => texts
                        .iter()
                        .filter_map(Value::as_str)
                        .collect::<Vec<_>>()
                        .join(", "),
                    other => other.to_string(),
                };
                one(Some(field), &text)
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Returns a text without secrets and control characters, cut to a length fit for a screen.
fn clean(text: &str, secrets: &[&str]) -> String {
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|secret| secret.len() >= 4) {
        text = text.replace(secret, "…");
        let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        text = text.replace(&encoded, "…");
    }
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    match plain.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", plain.get(..at).unwrap_or_default()),
        None => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expected: Option<&str>) {
        let text = Explanation::read(body.as_bytes(), &["client-4711"]).text();
        assert_eq!(text.as_deref(), expected, "the text of {body}");
    }

    #[test]
    fn every_family_is_understood() {
        check(
            r#"{"message":"Unauthorized","errorId":"err-1"}"#,
            Some("Unauthorized"),
        );
        check(r#"{"error":"invalid_client"}"#, Some("invalid_client"));
        check(
            r#"{"error":"invalid_scope","error_description":"No such scope"}"#,
            Some("No such scope"),
        );
        check(
            r#"{"message":"Invalid","errors":["a is wrong","b is wrong"]}"#,
            Some("Invalid: a is wrong; b is wrong"),
        );
        check(
            r#"{"message":"Invalid","errors":[{"message":"is wrong","field":"a"}]}"#,
            Some("Invalid: a: is wrong"),
        );
        check(
            r#"{"errors":{"a":["is wrong","is late"]}}"#,
            Some("a: is wrong, is late"),
        );
        check(r#"{"error":{"message":"No"}}"#, Some("No"));
        check(r#"{"message":null,"errors":null}"#, None);
        check("<html><body>Bad gateway</body></html>", None);
        check("[]", None);
        check("", None);
    }

    #[test]
    fn the_client_id_is_cut_out() {
        check(
            r#"{"message":"client_id=client-4711 does not contain a valid suffix"}"#,
            Some("client_id=… does not contain a valid suffix"),
        );
        let read = Explanation::read(br#"{"message":"a%2Fb%3Dc is wrong"}"#, &["a/b=c"]);
        assert_eq!(
            read.text().as_deref(),
            Some("… is wrong"),
            "also where it is percent-encoded"
        );
    }

    #[test]
    fn a_message_cannot_flood_or_paint_the_screen() {
        let body = format!(r#"{{"message":"\u001b[31m{}"}}"#, "x".repeat(10_000));
        let text = Explanation::read(body.as_bytes(), &[]).text().unwrap();
        assert!(text.chars().count() <= LONGEST + 1, "a long text is cut");
        assert!(
            !text.contains('\u{1b}'),
            "an escape sequence is not passed on"
        );
    }
}
