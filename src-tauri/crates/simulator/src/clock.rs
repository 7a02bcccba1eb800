//! The simulator's own clock: the machine's, put forward or back on request.

use jiff::{SignedDuration, Timestamp};

/// What the practice Greenhouse takes for the time.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Clock {
    skew: SignedDuration,
}

impl Clock {
    pub(crate) fn now(self) -> Timestamp {
        // The engine's clock belongs to the other side; both must be able to disagree.
        #[allow(clippy::disallowed_methods)]
        let machine = Timestamp::now();
        let skewed = machine.checked_add(self.skew).unwrap_or(machine);
        truncated(skewed)
    }

    pub(crate) fn set_skew(&mut self, seconds: i64) {
        self.skew = SignedDuration::from_secs(seconds);
    }
}

/// Returns the time in whole milliseconds, which is as fine as Greenhouse prints it.
fn truncated(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}

/// Returns a time as the `Date` header spells it.
pub(crate) fn http_date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_header_reads_as_http_wants_it() {
        let at = "2026-11-06T08:49:37Z".parse().unwrap();
        assert_eq!(
            http_date(at),
            "Fri, 06 Nov 2026 08:49:37 GMT",
            "RFC 9110, 5.6.7"
        );
    }

    #[test]
    fn a_skewed_clock_is_off_by_the_skew() {
        let mut skewed = Clock::default();
        skewed.set_skew(-3_600);
        let apart = Clock::default()
            .now()
            .duration_since(skewed.now())
            .as_secs();
        assert!(
            (3_599..=3_601).contains(&apart),
            "an hour behind, not {apart} s"
        );
    }
}
