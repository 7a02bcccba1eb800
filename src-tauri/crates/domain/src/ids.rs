//! Greenhouse's record ids ("ATS ids"), one type each, so that a job can never be sent where a user is due.

use serde::de::{Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::{fmt, str::FromStr};
use ts_rs::TS;

/// Why a text is not a Greenhouse id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("A Greenhouse id is a whole number above zero, and this is not one")]
pub struct NotAnId;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
        #[ts(as = "f64")]
        pub struct $name(pub i64);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                number(from).map(Self)
            }
        }

        impl $name {
            /// Returns the bare number, for SQL and for the wire.
            #[must_use]
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                match text.trim().parse::<i64>() {
                    Ok(number) if number > 0 => Ok(Self(number)),
                    Ok(_) | Err(_) => Err(NotAnId),
                }
            }
        }
    )+};
}

id! {
    /// A Greenhouse user: somebody who logs in there, and on whose behalf we may write.
    UserId,
    /// A person in Greenhouse, candidate or prospect.
    CandidateId,
    /// One candidate on one job (or one prospect, with or without a job).
    ApplicationId,
    /// An opening being hired for.
    JobId,
    /// A published text for a job.
    JobPostId,
    /// A named step of a job's pipeline (`job_interview_stages` in v3).
    JobStageId,
    /// A department of the organisation.
    DepartmentId,
    /// Where Greenhouse says a person came from.
    SourceId,
    /// A pool that prospects wait in.
    ProspectPoolId,
    /// A step of a prospect pool.
    ProspectPoolStageId,
    /// A file on an application.
    AttachmentId,
    /// A note on a candidate.
    NoteId,
    /// An education of a candidate.
    EducationId,
    /// An employment of a candidate.
    EmploymentId,
    /// A reason an application was rejected for.
    RejectionReasonId,
    /// An option of a custom field; schools, degrees and disciplines are such options in v3.
    CustomFieldOptionId,
    /// A custom field of the organisation.
    CustomFieldId,
    /// One stay of an application in a job stage: what an application's `stage_id` is in v3.
    ApplicationStageId,
    /// Somebody who gets the credit for a person; not a user's id.
    ReferrerId,
    /// An office of the organisation.
    OfficeId,
    /// A tag of the organisation.
    CandidateTagId,
    /// A tag on a candidate.
    AppliedCandidateTagId,
    /// Where a prospect waits.
    ProspectDetailId,
    /// How an application was rejected.
    RejectionDetailId,
    /// One e-mail address of a user.
    UserEmailId,
    /// A role that users can have.
    UserRoleId,
    /// A user's role on a job.
    UserJobPermissionId,
    /// Where a job post says the work is.
    JobPostLocationId,
    /// An interview that a step of a job's pipeline has.
    JobInterviewId,
    /// Somebody who looks after a job.
    JobOwnerId,
    /// Somebody for whom a job is hired for.
    JobHiringManagerId,
    /// An address of a job that tells where somebody came from.
    TrackingLinkId,
}

/// Reads an id however it is spelt: as a number, as one with a fraction of nought, or as a text of digits.
///
/// # Errors
/// Where it is none of these.
pub fn number<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    from.deserialize_any(AnyNumber)
}

/// Reads an id that may be `null`, as [`number`] does.
///
/// # Errors
/// As [`number`].
pub fn number_if_any<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    #[derive(Deserialize)]
    struct Id(#[serde(deserialize_with = "number")] i64);
    Ok(Option::<Id>::deserialize(from)?.map(|it| it.0))
}

struct AnyNumber;

impl Visitor<'_> for AnyNumber {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<i64, E> {
        Ok(number)
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<i64, E> {
        i64::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<i64, E> {
        let is_whole = number.fract() == 0.0 && number.abs() < MOST_EXACT;
        let whole = is_whole.then_some(number as i64);
        whole.ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<i64, E> {
        let number = text.trim().parse();
        number.map_err(|_| E::invalid_value(Unexpected::Other("a text"), &self))
    }
}

/// Below this a float holds every whole number, and no other in its place: 2 to the power of 53.
const MOST_EXACT: f64 = 9_007_199_254_740_992.0;

/// The Greenhouse user a write is done as: the token's `sub` in v3, the `On-Behalf-Of` header in v1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(as = "f64")]
pub struct ActingUser(pub UserId);

impl fmt::Display for ActingUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_positive_whole_number() {
        assert_eq!(
            " 4711 ".parse(),
            Ok(UserId(4711)),
            "spaces around are harmless"
        );
        for wrong in ["", "0", "-3", "12.5", "abc", "99999999999999999999"] {
            assert_eq!(
                wrong.parse::<UserId>(),
                Err(NotAnId),
                "{wrong:?} must not pass as an id"
            );
        }
    }

    #[test]
    fn an_id_is_read_however_it_is_spelt() {
        let read = |text: &str| serde_json::from_str::<UserId>(text).ok();
        for spelt in ["4711", "4711.0", "4.711e3", "\"4711\"", "\" 4711 \""] {
            assert_eq!(read(spelt), Some(UserId(4711)), "{spelt} is that number");
        }
        let long = "9007199254740993";
        assert_eq!(
            read(long),
            Some(UserId(9_007_199_254_740_993)),
            "to the last digit"
        );
        for wrong in [
            "null",
            "true",
            "\"\"",
            "\"x1\"",
            "12.5",
            "1e16",
            "1e300",
            "99999999999999999999",
            "[1]",
        ] {
            assert_eq!(read(wrong), None, "{wrong} is no id");
        }
        assert_eq!(
            serde_json::to_string(&UserId(4711)).unwrap(),
            "4711",
            "and it is written as a number"
        );
    }
}
