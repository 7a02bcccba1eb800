//! Educations of candidates. They can be made and deleted, not changed.

use super::{
    Harvest, Receipt,
    receipt::{Target, invalid},
};
use crate::{
    error::WriteError,
    filter::Filter,
    pages::Pages,
    wire::{Education, NewEducation},
};
use domain::ids::{ActingUser, EducationId};
use jiff::civil::Date;

/// The educations of an organisation's candidates.
#[derive(Debug, Clone, Copy)]
pub struct Educations<'a>(pub(super) &'a Harvest);

impl Educations<'_> {
    /// Lists educations.
    #[must_use]
    pub fn list(&self, filter: &Filter) -> Pages<Education> {
        self.0.list(filter)
    }

    /// Adds an education. School, degree and discipline are ids of the [catalogue](Harvest::catalogue).
    ///
    /// # Errors
    /// Says whether it was refused, not sent, or may have happened. Not sent: a start or an end that
    /// is said twice or is no date.
    pub async fn create(
        &self,
        acting: ActingUser,
        education: &NewEducation,
    ) -> Result<Receipt<EducationId>, WriteError> {
        let operation = format!("Add education to candidate {}", education.candidate_id);
        let start = (
            education.start_date.as_deref(),
            education.start_date_month,
            education.start_date_year,
        );
        let end = (
            education.end_date.as_deref(),
            education.end_date_month,
            education.end_date_year,
        );
        for (side, date) in [("start", start), ("end", end)] {
            if !is_a_date(date) {
                return Err(invalid(
                    &operation,
                    format!("The {side} must be a date, or a month and a year"),
                ));
            }
        }
        let target = Target {
            operation: &operation,
            path: "candidate_educations",
            member: "candidate_education",
        };
        let (receipt, _) = self.0.post(acting, target, education).await?;
        Ok(receipt.map(EducationId))
    }
}

/// A date, or a month with a year, or nothing: one of them.
fn is_a_date(parts: (Option<&str>, Option<u8>, Option<u16>)) -> bool {
    match parts {
        (None, None, None) => true,
        (Some(date), None, None) => is_day(date),
        (None, Some(month), Some(year)) => {
            (1..=12).contains(&month) && (1900..=2100).contains(&year)
        }
        _ => false,
    }
}

/// Returns whether a text is a day as Harvest wants it: `YYYY-MM-DD`.
pub(super) fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_said_once_and_whole() {
        for fine in [
            (None, None, None),
            (Some("2019-09-01"), None, None),
            (None, Some(9), Some(2019)),
        ] {
            assert!(is_a_date(fine), "{fine:?} is taken");
        }
        for wrong in [
            (Some("2019-09-01"), Some(9), Some(2019)),
            (Some("2019-09"), None, None),
            (Some("2019-02-30"), None, None),
            (None, Some(13), Some(2019)),
            (None, Some(9), Some(1899)),
            (None, Some(9), None),
            (None, None, Some(2019)),
        ] {
            assert!(!is_a_date(wrong), "{wrong:?} would be refused");
        }
    }
}
