//! Employments of candidates. They can be made and deleted, not changed.

use super::{
    Harvest, Receipt,
    educations::is_day,
    receipt::{Target, invalid},
};
use crate::{
    error::WriteError,
    filter::Filter,
    pages::Pages,
    wire::{Employment, NewEmployment},
};
use domain::ids::{ActingUser, EmploymentId};

/// The employments of an organisation's candidates.
#[derive(Debug, Clone, Copy)]
pub struct Employments<'a>(pub(super) &'a Harvest);

impl Employments<'_> {
    /// Lists employments.
    #[must_use]
    pub fn list(&self, filter: &Filter) -> Pages<Employment> {
        self.0.list(filter)
    }

    /// Adds an employment.
    ///
    /// # Errors
    /// Says whether it was refused, not sent, or may have happened. Not sent: without company, title
    /// or start, or with a date that is none.
    pub async fn create(
        &self,
        acting: ActingUser,
        employment: &NewEmployment,
    ) -> Result<Receipt<EmploymentId>, WriteError> {
        let operation = format!("Add employment to candidate {}", employment.candidate_id);
        if let Some(why) = problem(employment) {
            return Err(invalid(&operation, why));
        }
        let target = Target {
            operation: &operation,
            path: "candidate_employments",
            member: "candidate_employment",
        };
        let (receipt, _) = self.0.post(acting, target, employment).await?;
        Ok(receipt.map(EmploymentId))
    }
}

fn problem(employment: &NewEmployment) -> Option<&'static str> {
    if employment.company_name.trim().is_empty() || employment.title.trim().is_empty() {
        Some("An employment needs a company and a title")
    } else if !is_day(&employment.start_date) {
        Some("An employment needs a start as YYYY-MM-DD")
    } else if employment
        .end_date
        .as_deref()
        .is_some_and(|end| !is_day(end))
    {
        Some("The end must be YYYY-MM-DD")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::CandidateId;

    #[test]
    fn only_a_whole_employment_is_sent() {
        let employment = NewEmployment {
            candidate_id: CandidateId(801),
            company_name: "Northmoor".into(),
            title: "Data lead".into(),
            start_date: "2022-03-01".into(),
            end_date: None,
        };
        assert_eq!(problem(&employment), None, "an end is not needed");
        let wrong = [
            NewEmployment {
                title: " ".into(),
                ..employment.clone()
            },
            NewEmployment {
                company_name: String::new(),
                ..employment.clone()
            },
            NewEmployment {
                start_date: "2022-03".into(),
                ..employment.clone()
            },
            NewEmployment {
                end_date: Some("now".into()),
                ..employment
            },
        ];
        for employment in wrong {
            assert!(
                problem(&employment).is_some(),
                "{employment:?} would be refused"
            );
        }
    }
}
