//! What a column, or a member of a JSON object, can mean for a sourced candidate.

use crate::columns::{Meaning, Words, common};
use std::sync::LazyLock;

/// What a column of a list of sourced candidates can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CandidateColumn {
    /// Headhuntr's own id.
    HeadhuntrId,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// The whole name.
    Name,
    /// An e-mail address, or several.
    Email,
    /// A phone number, or several.
    Phone,
    /// The LinkedIn profile.
    Linkedin,
    /// Another address on the web.
    Link,
    /// The employer.
    Company,
    /// The position there.
    Title,
    /// Where the person lives.
    Location,
    /// Potential, qualified or interested.
    Interest,
    /// The job meant.
    Job,
    /// The prospect pool meant.
    ProspectPool,
    /// The Headhuntr user's address.
    Owner,
    /// The source to record.
    Source,
    /// Tags.
    Tags,
    /// A note.
    Note,
    /// The résumé's path.
    Resume,
    /// Educations; nested in JSON only.
    Educations,
    /// Employments; nested in JSON only.
    Employments,
}

impl Meaning for CandidateColumn {
    const HEADERS: &'static [(Self, &'static [&'static str])] = &[
        (
            Self::HeadhuntrId,
            &[
                "Headhuntr ID",
                "Headhuntr candidate ID",
                "Candidate ID",
                "ID",
            ],
        ),
        (Self::FirstName, common::FIRST_NAME),
        (Self::LastName, common::LAST_NAME),
        (Self::Name, &["Candidate name"]),
        (Self::Name, common::NAME),
        (Self::Email, &["Personal email"]),
        (Self::Email, common::EMAIL),
        (
            Self::Phone,
            &[
                "Phone",
                "Phones",
                "Phone number",
                "Phone numbers",
                "Phone 1",
                "Phone 2",
                "Mobile",
                "Telefon",
                "Téléphone",
                "Teléfono",
            ],
        ),
        (
            Self::Linkedin,
            &["LinkedIn", "LinkedIn URL", "LinkedIn profile"],
        ),
        (
            Self::Link,
            &[
                "Links",
                "Link",
                "Website",
                "Websites",
                "URL",
                "GitHub",
                "Portfolio",
            ],
        ),
        (
            Self::Company,
            &[
                "Company",
                "Current company",
                "Employer",
                "Firma",
                "Entreprise",
                "Empresa",
            ],
        ),
        (
            Self::Title,
            &[
                "Title",
                "Current title",
                "Job title",
                "Position",
                "Headline",
            ],
        ),
        (
            Self::Location,
            &["Location", "City", "Ort", "Lieu", "Ubicación"],
        ),
        (Self::Interest, &["Status", "Interest", "Headhuntr status"]),
        (
            Self::Job,
            &[
                "Job",
                "Job ID",
                "Job name",
                "Greenhouse job",
                "Requisition",
                "Requisition ID",
            ],
        ),
        (Self::ProspectPool, &["Prospect pool", "Pool"]),
        (
            Self::Owner,
            &["Owner", "Owner email", "Recruiter", "Sourced by"],
        ),
        (Self::Source, &["Source"]),
        (Self::Tags, &["Tags", "Tag", "Labels"]),
        (Self::Note, &["Note", "Notes", "Comment"]),
        (
            Self::Resume,
            &[
                "Resume",
                "Résumé",
                "CV",
                "Resume path",
                "Resume file",
                "Lebenslauf",
            ],
        ),
        (Self::Educations, &["Educations", "Education", "Schools"]),
        (
            Self::Employments,
            &[
                "Employments",
                "Employment",
                "Experience",
                "Experiences",
                "Work history",
            ],
        ),
    ];

    fn words() -> &'static Words<Self> {
        static WORDS: LazyLock<Words<CandidateColumn>> = LazyLock::new(Words::ready);
        &WORDS
    }

    fn repeats(self) -> bool {
        matches!(self, Self::Email | Self::Phone | Self::Link | Self::Tags)
    }
}
