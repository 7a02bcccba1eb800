//! The kinds of events, each with its action in the body and its label in Greenhouse's form.

use std::{convert::Infallible, str::FromStr};

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $action:literal, $label:literal;)+) => {
        /// A kind of event. The list is open: an action that is not known yet is kept as sent.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EventKind {
            $($(#[$doc])* $variant,)+
            /// An action that this version does not know.
            Other(String),
        }

        impl EventKind {
            /// Every kind that is known, in the order a person would look for them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Returns the word in the body's `action`.
            #[must_use]
            pub fn action(&self) -> &str {
                match self {
                    $(Self::$variant => $action,)+
                    Self::Other(action) => action,
                }
            }

            /// Returns what Greenhouse's form shows under *When*; the action itself where no label
            /// is known.
            #[must_use]
            pub fn label(&self) -> &str {
                match self {
                    $(Self::$variant => $label,)+
                    Self::Other(action) => action,
                }
            }
        }

        impl FromStr for EventKind {
            type Err = Infallible;

            fn from_str(action: &str) -> Result<Self, Infallible> {
                Ok(match action {
                    $($action => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                })
            }
        }
    };
}

kinds! {
    /// A candidate is in another stage.
    CandidateStageChange = "candidate_stage_change", "Candidate has changed stage";
    /// A candidate is hired.
    HireCandidate = "hire_candidate", "Candidate has been hired";
    /// An application was rejected.
    RejectCandidate = "reject_candidate", "Candidate or Prospect rejected";
    /// A rejection was taken back.
    UnrejectCandidate = "unreject_candidate", "Candidate or Prospect unrejected";
    /// A hire was taken back.
    UnhireCandidate = "unhire_candidate", "Candidate has been unhired";
    /// A candidate has a new application.
    NewCandidateApplication = "new_candidate_application", "Candidate has submitted application";
    /// A prospect was created.
    NewProspectApplication = "new_prospect_application", "Prospect created";
    /// Something of an application changed, other than its stage.
    ApplicationUpdated = "application_updated", "Application updated";
    /// Something of a person changed.
    UpdateCandidate = "update_candidate", "Candidate or prospect updated";
    /// Two people were one.
    MergeCandidate = "merge_candidate", "Candidate merged";
    /// A person was deleted.
    DeleteCandidate = "delete_candidate", "Delete candidate";
    /// An application was deleted.
    DeleteApplication = "delete_application", "Delete application";
    /// A person's data was wiped. The label is unconfirmed.
    CandidateAnonymized = "candidate_anonymized", "Candidate anonymized";
    /// A webhook was saved; not an event to choose.
    Ping = "ping", "Ping";
}

impl EventKind {
    /// Returns the kind behind a label of Greenhouse's form, or behind an action; case does not
    /// matter.
    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        let label = label.trim();
        let same = |kind: &&Self| {
            kind.label().eq_ignore_ascii_case(label) || kind.action().eq_ignore_ascii_case(label)
        };
        Self::ALL.iter().find(same).cloned()
    }

    /// Returns whether its payload holds an application.
    #[must_use]
    pub fn is_about_application(&self) -> bool {
        matches!(
            self,
            Self::CandidateStageChange
                | Self::HireCandidate
                | Self::RejectCandidate
                | Self::UnrejectCandidate
                | Self::UnhireCandidate
                | Self::NewCandidateApplication
                | Self::NewProspectApplication
                | Self::ApplicationUpdated
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_actions_lead_to_the_kind() {
        for kind in EventKind::ALL {
            assert_eq!(
                kind.action().parse().as_ref(),
                Ok(kind),
                "an action names its kind"
            );
            assert_eq!(
                EventKind::from_label(kind.label()).as_ref(),
                Some(kind),
                "so does a label"
            );
        }
        assert_eq!(
            EventKind::from_label("Offer made"),
            None,
            "nothing is guessed"
        );
    }
}
