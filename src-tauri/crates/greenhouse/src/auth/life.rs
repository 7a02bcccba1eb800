//! How long a token lives, read from whatever its answer says, by the server's own clock.

use crate::wire::TokenAnswer;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::Value;
use std::time::Duration;

/// How long a token lives where nothing says so.
const DEFAULT: Duration = Duration::from_secs(3600);
/// No token is trusted for longer than this.
const LONGEST: Duration = Duration::from_secs(24 * 3600);
/// Numbers above this are points in time, not lengths of it.
const EPOCH: i64 = 100_000_000;

/// Returns how long a token lives: `expires_in`, else `expires_at`, else the JWT's `exp`, else an hour.
///
/// `now` is the answer's own `Date`, in seconds: this computer's clock may be a day off.
pub(super) fn life(token: &TokenAnswer, now: Option<i64>) -> Duration {
    let stated = [&token.expires_in, &token.expires_at]
        .into_iter()
        .flatten()
        .filter_map(|value| stated(value, now));
    let seconds = stated
        .chain(of_jwt(&token.access_token, now))
        .find(|seconds| *seconds > 0);
    let life = seconds.and_then(|seconds| u64::try_from(seconds).ok());
    life.map_or(DEFAULT, |life| Duration::from_secs(life).min(LONGEST))
}

fn stated(value: &Value, now: Option<i64>) -> Option<i64> {
    let until = |end: i64| now.map(|now| end.saturating_sub(now));
    match number(value) {
        Some(length) if length < EPOCH => Some(length),
        Some(end) => until(end),
        None => until(
            value
                .as_str()?
                .trim()
                .parse::<jiff::Timestamp>()
                .ok()?
                .as_second(),
        ),
    }
}

/// Reads a number, or a text that holds one; parts of a second are passed over.
fn number(value: &Value) -> Option<i64> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    let whole = text
        .split_once('.')
        .map_or(text.as_str(), |(whole, _)| whole);
    whole.parse().ok()
}

/// Reads the end from the token itself: against the server's date, else against its own beginning.
fn of_jwt(token: &str, now: Option<i64>) -> Option<i64> {
    let body = token.split('.').nth(1)?.trim_end_matches('=');
    let claims: Value = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(body).ok()?).ok()?;
    let end = number(claims.get("exp")?)?;
    let begin = now.or_else(|| number(claims.get("iat")?))?;
    Some(end.saturating_sub(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_478_400;

    fn check(body: &str, expected: u64) {
        let token: TokenAnswer = serde_json::from_str(body).unwrap();
        assert_eq!(life(&token, Some(NOW)).as_secs(), expected, "for {body}");
    }

    fn jwt(claims: &str) -> String {
        format!("h.{}.s", BASE64_URL_SAFE_NO_PAD.encode(claims))
    }

    #[test]
    fn the_end_is_read_in_every_form() {
        check(r#"{"access_token":"t","expires_in":1800}"#, 1800);
        check(r#"{"access_token":"t","expires_in":"1800"}"#, 1800);
        check(r#"{"access_token":"t","expires_in":1800.0}"#, 1800);
        check(
            r#"{"access_token":"t","expires_at":"2026-11-24T00:10:00Z"}"#,
            600,
        );
        check(
            r#"{"access_token":"t","expires_at":"2026-11-24T01:10:00+01:00"}"#,
            600,
        );
        check(r#"{"access_token":"t","expires_at":1795479000}"#, 600);
        let token = jwt(&format!("{{\"exp\":{}}}", NOW + 900));
        check(&format!(r#"{{"access_token":"{token}"}}"#), 900);
        check(
            &format!(r#"{{"access_token":"{token}","expires_at":"soon"}}"#),
            900,
        );
    }

    #[test]
    fn nonsense_lives_an_hour() {
        check(r#"{"access_token":"t"}"#, 3600);
        check(r#"{"access_token":"t","expires_at":"soon"}"#, 3600);
        check(r#"{"access_token":"t","expires_in":0}"#, 3600);
        check(r#"{"access_token":"t","expires_in":-5}"#, 3600);
        check(
            r#"{"access_token":"t","expires_at":"2020-01-01T00:00:00Z"}"#,
            3600,
        );
        check(
            r#"{"access_token":"t","expires_in":null,"expires_at":null}"#,
            3600,
        );
    }

    #[test]
    fn without_a_date_our_own_clock_is_not_asked() {
        let token = |body: &str| life(&serde_json::from_str(body).unwrap(), None).as_secs();
        let dated = r#"{"access_token":"t","expires_at":"2026-11-24T00:10:00Z"}"#;
        assert_eq!(token(dated), 3600, "there is no way to tell");
        let jwt = jwt(&format!("{{\"iat\":{NOW},\"exp\":{}}}", NOW + 700));
        let body = format!(r#"{{"access_token":"{jwt}"}}"#);
        assert_eq!(token(&body), 700, "the token has both ends");
    }
}
