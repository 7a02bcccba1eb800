//! Words with a fixed meaning. Greenhouse spells some of them one way in a query, another way in an
//! answer and a third in a webhook; every spelling is understood here, and only here.
//!
//! Each list is open: a word that is not known yet is kept as it was sent.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Visitor};
use std::{convert::Infallible, fmt, marker::PhantomData, str::FromStr};

/// Reads a word where it stands: a known one is not copied first.
struct Spelt<T>(PhantomData<T>);

impl<T: FromStr<Err = Infallible>> Visitor<'_> for Spelt<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word")
    }

    fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<T, E> {
        Ok(word
            .parse()
            .unwrap_or_else(|never: Infallible| match never {}))
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$why:meta])* $variant:ident = $word:literal $(| $other:literal)*),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$why])* $variant,)+
            /// A word that this version does not know, as it was sent.
            Other(String),
        }

        impl $name {
            /// Returns the word as Harvest answers it.
            #[must_use]
            pub fn word(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word,
                }
            }
        }

        impl FromStr for $name {
            type Err = Infallible;

            fn from_str(word: &str) -> Result<Self, Infallible> {
                Ok(match word {
                    $($word $(| $other)* => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                })
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                word.parse().unwrap_or_else(|never: Infallible| match never {})
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.word())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                from.deserialize_str(Spelt(PhantomData))
            }
        }
    };
}

words! {
    /// How an application stands. Answers say `in_process` where queries and webhooks say `active`.
    ApplicationStatus {
        /// Neither rejected nor hired.
        InProcess = "in_process" | "active",
        /// Turned down, by either side.
        Rejected = "rejected",
        /// Hired.
        Hired = "hired",
        /// Was a prospect, and lives on as another application.
        Converted = "converted",
    }
}

impl ApplicationStatus {
    /// Returns the word that a `status=` filter wants.
    #[must_use]
    pub fn query_word(&self) -> &str {
        match self {
            Self::InProcess => "active",
            Self::Rejected | Self::Hired | Self::Converted | Self::Other(_) => self.word(),
        }
    }
}

words! {
    /// Who may see a note. Answers say `publicly_visible` where a new note says `public`.
    Visibility {
        /// Everybody who may see the candidate.
        Public = "publicly_visible" | "public",
        /// Those with a right to private notes.
        Private = "privately_visible" | "private",
        /// Site Admins and job admins.
        AdminOnly = "admin_only_visible" | "admin_only",
    }
}

impl Visibility {
    /// Returns the word that a new note or attachment wants.
    #[must_use]
    pub fn write_word(&self) -> &str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
            Self::AdminOnly => "admin_only",
            Self::Other(word) => word,
        }
    }
}

/// Serialises a [`Visibility`] with the word that writes want.
pub(crate) mod visibility_as_written {
    use super::Visibility;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(it: &Visibility, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(it.write_word())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Visibility, D::Error> {
        Visibility::deserialize(from)
    }
}

/// Serialises an optional [`Visibility`] with the word that writes want.
pub(crate) mod optional_visibility_as_written {
    use super::Visibility;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(
        it: &Option<Visibility>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match it {
            Some(it) => to.serialize_str(it.write_word()),
            None => to.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Visibility>, D::Error> {
        Option::deserialize(from)
    }
}

words! {
    /// What a way to reach a person is for. Each is allowed only where it makes sense: a phone number
    /// cannot be a portfolio.
    ContactKind {
        /// At home.
        Home = "home",
        /// At work.
        Work = "work",
        /// A mobile phone.
        Mobile = "mobile",
        /// Skype.
        Skype = "skype",
        /// The person's own.
        Personal = "personal",
        /// The website of the person's company.
        Company = "company",
        /// A portfolio.
        Portfolio = "portfolio",
        /// A blog.
        Blog = "blog",
        /// Anything else.
        Unsorted = "other",
    }
}

words! {
    /// How a job stands.
    JobStatus {
        /// Being hired for.
        Open = "open",
        /// Not published yet.
        Draft = "draft",
        /// Done with; nobody can apply any more.
        Closed = "closed",
    }
}

words! {
    /// As what somebody looks after a job.
    JobOwnerType {
        /// Who recruits.
        Recruiter = "recruiter",
        /// Who coordinates.
        Coordinator = "coordinator",
        /// Who sources.
        Sourcer = "sourcer",
    }
}

words! {
    /// What a note is.
    NoteType {
        /// Written by a person.
        Note = "NOTE",
        /// Written by a program.
        Activity = "ACTIVITY",
        /// An e-mail that was sent or received.
        Email = "EMAIL",
    }
}

words! {
    /// What a file on an application is.
    AttachmentType {
        /// The résumé; a newer one turns the former into `other`.
        Resume = "resume",
        /// The cover letter; a newer one turns the former into `other`.
        CoverLetter = "cover_letter",
        /// A test that was done at home.
        TakeHomeTest = "take_home_test",
        /// An offer packet.
        OfferPacket = "offer_packet",
        /// An offer letter.
        OfferLetter = "offer_letter",
        /// A signed offer letter.
        SignedOfferLetter = "signed_offer_letter",
        /// Anything else, and former résumés and cover letters.
        Unsorted = "other",
        /// A file from a form.
        FormAttachment = "form_attachment",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_vocabulary_means_the_same() {
        for (word, status) in [
            ("active", ApplicationStatus::InProcess),
            ("in_process", ApplicationStatus::InProcess),
            ("hired", ApplicationStatus::Hired),
        ] {
            assert_eq!(
                word.parse(),
                Ok(status),
                "{word} is a spelling Greenhouse uses"
            );
        }
        assert_eq!(
            ApplicationStatus::InProcess.query_word(),
            "active",
            "filters say active"
        );
        assert_eq!(
            ApplicationStatus::InProcess.word(),
            "in_process",
            "answers say in_process"
        );
        assert_eq!(
            "private".parse(),
            Ok(Visibility::Private),
            "writes say private"
        );
        assert_eq!(
            "privately_visible".parse(),
            Ok(Visibility::Private),
            "reads say otherwise"
        );
        assert_eq!(
            Visibility::AdminOnly.write_word(),
            "admin_only",
            "writes use the short word"
        );
    }

    #[test]
    fn an_unknown_word_survives() {
        let word: NoteType = serde_json::from_str(r#""TOUCHPOINT""#).unwrap();
        assert_eq!(
            word,
            NoteType::Other("TOUCHPOINT".into()),
            "new words must not break a page"
        );
        assert_eq!(
            serde_json::to_string(&word).unwrap(),
            r#""TOUCHPOINT""#,
            "and go out as sent"
        );
    }
}
