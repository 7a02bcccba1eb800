//! What people paste: freed of decoration, and told apart before Greenhouse is asked.

use crate::Engine;
use crate::call::PastedField;
use crate::error::{Code, Error};
use crate::setup::webhooks::address;
use crate::view::PastedView;
use domain::secret::Secret;
use store::Dialect;

const V1_KEY: &str = "This looks like a key of the retired Harvest v1. Create a credential of the type Harvest V3 (OAuth), \
                      or hand it over as an old API key";

/// Reads a client id.
pub(super) fn client_id(text: &str) -> Result<String, Error> {
    let id = Secret::pasted(text);
    let detail = match id.expose() {
        "" => "Paste the client ID that Greenhouse shows beside the secret",
        id if is_masked(id) => MASKED,
        id if is_v1_key(id) => V1_KEY,
        id => return Ok(id.to_owned()),
    };
    Err(malformed(detail, "client_id"))
}

/// Reads a client secret.
pub(super) fn client_secret(text: &Secret, client_id: &str) -> Result<Secret, Error> {
    let secret = Secret::pasted(text.expose());
    let detail = match secret.expose() {
        "" => "Paste the client secret; if it is lost, create another in Greenhouse",
        it if is_masked(it) => MASKED,
        it if is_v1_key(it) => V1_KEY,
        it if it == client_id => "This is the client ID once more; the secret is the other value",
        _ => return Ok(secret),
    };
    Err(malformed(detail, "client_secret"))
}

/// Reads a key of Harvest v1.
pub(super) fn api_key(text: &Secret) -> Result<Secret, Error> {
    let secret = Secret::pasted(text.expose());
    // As tools print it: `key:`, the form HTTP Basic wants.
    let secret = Secret::new(secret.expose().trim_end_matches(':'));
    let detail = match secret.expose() {
        "" => "Paste the API key",
        it if is_masked(it) => MASKED,
        it if it.contains('.') => {
            "This looks like the client ID of a Harvest V3 credential. Hand it over with its secret, not as an old key"
        }
        _ => return Ok(secret),
    };
    Err(malformed(detail, "api_key"))
}

impl Engine {
    /// Returns what is seen in what was pasted into a field: the same rules by which it is read when it is handed over.
    #[must_use]
    pub fn look_at_pasted(&self, field: PastedField, text: &Secret) -> PastedView {
        let given = text.expose();
        let address = |field| {
            let read = greenhouse::Address::parse(given.trim());
            read.map(drop).map_err(|error| Error::from(error).at(field))
        };
        let read = match field {
            PastedField::ClientId => client_id(given).map(drop),
            PastedField::ClientSecret => client_secret(text, "").map(drop),
            PastedField::ApiKey => api_key(text).map(drop),
            PastedField::HarvestUrl => address("harvest_url"),
            PastedField::AuthUrl => address("auth_url"),
            PastedField::OwnAddress => {
                address::own(Some(given), self.options().loopback_webhooks).map(drop)
            }
            PastedField::HeadhuntrAddress => address::headhuntrs(Some(given)).map(drop),
        };
        let is_decorated = match field {
            PastedField::ClientId | PastedField::ClientSecret | PastedField::ApiKey => {
                Secret::pasted(given).expose() != given
            }
            PastedField::HarvestUrl
            | PastedField::AuthUrl
            | PastedField::OwnAddress
            | PastedField::HeadhuntrAddress => given.trim() != given,
        };
        PastedView {
            is_decorated,
            problem: read.err().map(|error| error.problem()),
        }
    }
}

/// Returns v1's address on the server whose v3 address is known.
pub(super) fn v1_beside(harvest_url: &str) -> String {
    let bare = harvest_url.trim().trim_end_matches('/');
    format!("{}/v1", bare.strip_suffix("/v3").unwrap_or(bare))
}

/// Says more of a refusal, where what was pasted tells more.
pub(super) fn explained(error: Error, dialect: Dialect, secret: &Secret) -> Error {
    if error.code == Code::CredentialRejected
        && dialect == Dialect::V1
        && !is_v1_key(secret.expose())
    {
        let detail = "Greenhouse does not know it, and it does not look like a v1 key. If it is the client secret of a \
                      Harvest V3 credential, hand it over with its client ID";
        return Error {
            code: Code::CredentialMalformed,
            detail: detail.to_owned(),
            ..error
        };
    }
    error
}

const MASKED: &str =
    "Those dots hide a secret; they are not the secret. Copy it with the button in Greenhouse";

fn is_masked(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| matches!(c, '•' | '●' | '*' | '·' | '…'))
}

/// The keys of v1 were hex digits, a dash and a number (seen in vendors' guides; `greenhouse.md`, D).
fn is_v1_key(text: &str) -> bool {
    let Some((key, number)) = text.trim_end_matches(':').rsplit_once('-') else {
        return false;
    };
    key.len() >= 24
        && key.chars().all(|c| c.is_ascii_hexdigit())
        && (1..=3).contains(&number.len())
        && number.chars().all(|c| c.is_ascii_digit())
}

fn malformed(detail: &str, field: &'static str) -> Error {
    Error::new(Code::CredentialMalformed, detail).at(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "0123456789abcdef0123456789abcdef-1";

    #[test]
    fn decoration_goes_and_the_value_stays() {
        for pasted in [" hh12.practice\n", "“hh12.practice”", "\thh12.practice\r\n"] {
            assert_eq!(client_id(pasted).unwrap(), "hh12.practice", "{pasted:?}");
        }
    }

    #[test]
    fn a_key_of_v1_is_recognised_in_either_field_of_v3() {
        let id = client_id(OLD).unwrap_err();
        let secret = client_secret(&Secret::new(OLD), "hh12.practice").unwrap_err();
        for (error, field) in [(id, "client_id"), (secret, "client_secret")] {
            assert_eq!(
                error.code,
                Code::CredentialMalformed,
                "known before Greenhouse is asked"
            );
            assert_eq!(error.field, Some(field), "said beside the field");
            assert!(error.detail.contains("v1"), "{}", error.detail);
        }
    }

    #[test]
    fn a_client_id_is_recognised_in_the_field_of_v1() {
        let error = api_key(&Secret::new("hh12.practice")).unwrap_err();
        assert!(error.detail.contains("V3"), "{}", error.detail);
        let pasted = Secret::new(format!("{OLD}:"));
        assert_eq!(
            api_key(&pasted).unwrap().expose(),
            OLD,
            "the colon is HTTP's"
        );
    }

    #[test]
    fn nothing_dots_and_the_id_twice_are_no_secret() {
        for wrong in ["", "  ", "••••••••", "hh12.practice"] {
            let error = client_secret(&Secret::new(wrong), "hh12.practice").unwrap_err();
            assert_eq!(error.code, Code::CredentialMalformed, "{wrong:?}");
        }
    }

    #[test]
    fn the_old_address_lies_beside_the_new() {
        assert_eq!(
            v1_beside("https://example.com/v3/"),
            "https://example.com/v1"
        );
    }
}
