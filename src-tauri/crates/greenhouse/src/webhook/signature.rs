//! Signing and verifying the raw bytes of a delivery.

use domain::secret::Secret;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// The header that carries the signature.
pub const SIGNATURE_HEADER: &str = "Signature";

const PREFIX: &str = "sha256 ";
const HEX_DIGITS: usize = 64;

/// Why a delivery cannot be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureProblem {
    /// There is nothing to compare with. A webhook without a secret key must be refused, since
    /// anybody could call it.
    #[error("This webhook has no secret key here, so no delivery can be trusted")]
    NoSecret,
    /// The delivery carries no signature.
    #[error("The delivery carries no signature")]
    Missing,
    /// The header is not `sha256 <64 lower-case hex digits>`, the only form Greenhouse documents.
    #[error("The signature is not in the form that Greenhouse uses")]
    Malformed,
    /// The signature belongs to another body or another secret key.
    #[error("The signature does not belong to this body and this secret key")]
    Mismatch,
}

/// Returns the value of the signature header for a body, or nothing where there is no secret key.
#[must_use]
pub fn sign(secret: &Secret, body: &[u8]) -> Option<String> {
    Some(format!("{PREFIX}{}", hex::encode(digest(secret, body)?)))
}

/// Checks that a body was signed with the secret key, in constant time.
///
/// The body must be the bytes as they arrived: parsed and written anew they are other bytes.
///
/// # Errors
///
/// Says what is wrong; whichever it is, the delivery must not be acted on.
pub fn verify(
    secret: &Secret,
    signature: Option<&str>,
    body: &[u8],
) -> Result<(), SignatureProblem> {
    let expected = digest(secret, body).ok_or(SignatureProblem::NoSecret)?;
    let header = signature.ok_or(SignatureProblem::Missing)?;
    let given = decode(header).ok_or(SignatureProblem::Malformed)?;
    if bool::from(expected.as_slice().ct_eq(&given)) {
        Ok(())
    } else {
        Err(SignatureProblem::Mismatch)
    }
}

fn digest(secret: &Secret, body: &[u8]) -> Option<Vec<u8>> {
    if secret.is_empty() {
        return None;
    }
    // HMAC takes a key of any length, so this cannot fail; refusing is right if it ever does.
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).ok()?;
    mac.update(body);
    Some(mac.finalize().into_bytes().to_vec())
}

fn decode(header: &str) -> Option<Vec<u8>> {
    let digits = header.strip_prefix(PREFIX)?;
    let lower_case = |c: u8| matches!(c, b'0'..=b'9' | b'a'..=b'f');
    if digits.len() != HEX_DIGITS || !digits.bytes().all(lower_case) {
        return None;
    }
    hex::decode(digits).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"action":"ping"}"#;
    // printf '%s' '{"action":"ping"}' | openssl dgst -sha256 -hmac 'not-a-real-secret'
    const KNOWN: &str = "sha256 c4549b0eb354d1e06ecd909c253f315ac29a0d761d236de1fe25839675bc5f77";

    fn secret() -> Secret {
        Secret::new("not-a-real-secret")
    }

    #[test]
    fn a_signature_agrees_with_openssl() {
        assert_eq!(
            sign(&secret(), BODY).as_deref(),
            Some(KNOWN),
            "other programs must agree"
        );
        assert_eq!(
            verify(&secret(), Some(KNOWN), BODY),
            Ok(()),
            "what is signed is accepted"
        );
    }

    #[test]
    fn only_the_documented_form_passes() {
        let digits = KNOWN.strip_prefix(PREFIX).unwrap();
        let wrong = [
            digits.to_owned(),
            format!("sha256={digits}"),
            format!("sha256:{digits}"),
            format!("SHA256 {digits}"),
            format!("sha256  {digits}"),
            format!("sha256 {digits} "),
            format!("sha256 {}", digits.to_uppercase()),
            format!("sha256 {}", &digits[..62]),
            format!("sha256 {digits}00"),
            format!("sha1 {}", &digits[..40]),
            "sha256 ".to_owned(),
            String::new(),
        ];
        for header in wrong {
            let answer = verify(&secret(), Some(&header), BODY);
            assert_eq!(
                answer,
                Err(SignatureProblem::Malformed),
                "{header:?} must not pass"
            );
        }
    }

    #[test]
    fn a_changed_byte_or_secret_is_found() {
        for at in 0..BODY.len() {
            let mut body = BODY.to_vec();
            body[at] ^= 1;
            let answer = verify(&secret(), Some(KNOWN), &body);
            assert_eq!(
                answer,
                Err(SignatureProblem::Mismatch),
                "byte {at} was changed"
            );
        }
        let other = Secret::new("not-a-real-secre");
        let answer = verify(&other, Some(KNOWN), BODY);
        assert_eq!(
            answer,
            Err(SignatureProblem::Mismatch),
            "a shorter secret is another one"
        );
    }

    #[test]
    fn nothing_passes_without_a_secret() {
        let none = Secret::new("");
        assert_eq!(sign(&none, BODY), None, "an empty key signs nothing");
        for header in [None, Some(""), Some(KNOWN)] {
            let answer = verify(&none, header, BODY);
            assert_eq!(answer, Err(SignatureProblem::NoSecret), "no key, no trust");
        }
        assert_eq!(
            verify(&secret(), None, BODY),
            Err(SignatureProblem::Missing),
            "nor unsigned"
        );
    }
}
