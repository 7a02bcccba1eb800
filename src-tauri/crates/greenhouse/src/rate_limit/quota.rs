//! What the headers of one answer say about the budget.

use reqwest::{
    StatusCode,
    header::{DATE, HeaderMap, RETRY_AFTER},
};
use std::time::Duration;

/// Nobody is asked to wait longer than this; a window is 10 or 30 seconds.
const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// What one answer says about the budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Quota {
    /// `X-RateLimit-Limit`.
    pub(crate) limit: Option<u32>,
    /// `X-RateLimit-Remaining`.
    pub(crate) remaining: Option<u32>,
    /// `X-RateLimit-Reset`, in seconds of the server's clock.
    pub(crate) reset: Option<i64>,
    /// From the answer's `Date` to the reset: only the server's own clock is compared with itself.
    pub(crate) until_reset: Option<Duration>,
    /// `Retry-After`, in either of its forms.
    pub(crate) retry_after: Option<Duration>,
    /// Whether this answer is a 429.
    pub(crate) rejected: bool,
}

impl Quota {
    /// Reads the headers of an answer.
    pub(crate) fn read(status: StatusCode, headers: &HeaderMap) -> Self {
        let date = server_seconds(headers);
        let reset = number(headers, "x-ratelimit-reset").and_then(|reset| absolute(reset, date));
        let until_reset = reset
            .zip(date)
            .and_then(|(reset, date)| until_reset(reset, date));
        Self {
            limit: number(headers, "x-ratelimit-limit")
                .and_then(|it| u32::try_from(it).ok())
                .filter(|it| *it > 0),
            remaining: number(headers, "x-ratelimit-remaining")
                .map(|it| u32::try_from(it.max(0)).unwrap_or(u32::MAX)),
            reset,
            until_reset,
            retry_after: retry_after(headers, date),
            rejected: status == StatusCode::TOO_MANY_REQUESTS,
        }
    }

    /// Returns whether the answer says anything about windows.
    pub(crate) const fn is_silent(&self) -> bool {
        self.limit.is_none() && self.remaining.is_none() && self.reset.is_none()
    }
}

/// Returns how long it is from an answer's `Date` to the reset. Both are whole seconds, so that a reset may seem a
/// second past; longer ago it ends no window: the two are told by different clocks.
pub(super) fn until_reset(reset: i64, date: i64) -> Option<Duration> {
    Some(reset.saturating_sub(date))
        .filter(|until| *until >= -1)
        .map(seconds)
}

/// Returns the server's time in seconds, from the `Date` header.
pub(crate) fn server_seconds(headers: &HeaderMap) -> Option<i64> {
    http_date(headers.get(DATE)?.to_str().ok()?).map(jiff::Timestamp::as_second)
}

/// Reads a date as HTTP writes it.
pub(crate) fn http_date(text: &str) -> Option<jiff::Timestamp> {
    jiff::fmt::rfc2822::DateTimeParser::new()
        .relaxed_weekday(true)
        .parse_timestamp(text.trim())
        .ok()
}

/// Reads `Retry-After`: seconds, or a date compared with the answer's own.
pub(crate) fn retry_after(headers: &HeaderMap, date: Option<i64>) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(wait) = text.parse::<f64>() {
        return (wait.is_finite())
            .then(|| Duration::from_secs_f64(wait.clamp(0.0, LONGEST_WAIT.as_secs_f64())));
    }
    let until = http_date(text)?.as_second();
    Some(seconds(until.saturating_sub(date?)))
}

/// Reads a reset as a time: epoch seconds as documented, but also milliseconds or seconds from now.
fn absolute(reset: i64, date: Option<i64>) -> Option<i64> {
    match reset {
        100_000_000_000.. => Some(reset / 1000),
        100_000_000.. => Some(reset),
        0.. => date.map(|date| date.saturating_add(reset)),
        _ => None,
    }
}

fn number(headers: &HeaderMap, name: &str) -> Option<i64> {
    let text = headers.get(name)?.to_str().ok()?.trim();
    text.parse::<i64>().ok().or_else(|| {
        text.split_once('.')
            .and_then(|(whole, _)| whole.parse().ok())
    })
}

fn seconds(count: i64) -> Duration {
    Duration::from_secs(u64::try_from(count).unwrap_or(0)).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(headers: &[(&'static str, &str)]) -> Quota {
        let headers = headers.iter().map(|(name, value)| {
            (
                reqwest::header::HeaderName::from_static(name),
                reqwest::header::HeaderValue::from_str(value).unwrap(),
            )
        });
        Quota::read(StatusCode::OK, &headers.collect())
    }

    const DATE: (&str, &str) = ("date", "Tue, 24 Nov 2026 00:00:10 GMT");

    #[test]
    fn the_three_headers_are_read() {
        let quota = read(&[
            DATE,
            ("x-ratelimit-limit", "50"),
            ("x-ratelimit-remaining", "49"),
            ("x-ratelimit-reset", "1795478430"),
        ]);
        assert_eq!(
            (quota.limit, quota.remaining),
            (Some(50), Some(49)),
            "the counts"
        );
        assert_eq!(
            quota.until_reset,
            Some(Duration::from_secs(20)),
            "the reset against the server's own date"
        );
    }

    #[test]
    fn a_reset_in_another_form_means_the_same() {
        for reset in ["1795478430", "1795478430000", "20", "1795478430.7"] {
            let quota = read(&[DATE, ("x-ratelimit-reset", reset)]);
            assert_eq!(
                quota.until_reset,
                Some(Duration::from_secs(20)),
                "{reset} is 20 s away"
            );
        }
        assert_eq!(
            read(&[("x-ratelimit-reset", "1795478430")]).until_reset,
            None,
            "our own clock is not trusted"
        );
        assert_eq!(
            read(&[DATE, ("x-ratelimit-reset", "soon")]).until_reset,
            None,
            "nonsense says nothing"
        );
        assert_eq!(
            read(&[DATE, ("x-ratelimit-reset", "1795478409")]).until_reset,
            Some(Duration::ZERO),
            "a second ago is now"
        );
        assert_eq!(
            read(&[DATE, ("x-ratelimit-reset", "1795392010")]).until_reset,
            None,
            "a day ago is another clock"
        );
    }

    #[test]
    fn retry_after_has_two_forms() {
        assert_eq!(
            read(&[("retry-after", "14")]).retry_after,
            Some(Duration::from_secs(14)),
            "seconds"
        );
        let dated = read(&[DATE, ("retry-after", "Tue, 24 Nov 2026 00:00:24 GMT")]);
        assert_eq!(dated.retry_after, Some(Duration::from_secs(14)), "a date");
        for wild in ["-5", "1e300", "NaN", "never"] {
            let wait = read(&[("retry-after", wild)])
                .retry_after
                .unwrap_or_default();
            assert!(wait <= LONGEST_WAIT, "{wild} must not freeze anybody");
        }
    }
}
