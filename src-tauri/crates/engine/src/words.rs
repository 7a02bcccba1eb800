//! The words for every code: what happened, why, and what to do now. The one place they are written.

mod conflict;
pub(crate) mod file;
pub(crate) mod mapping;
pub(crate) mod setup;
pub(crate) mod theirs;

use crate::error::{Code, Place, Remedy};

struct Words {
    number: u16,
    title: &'static str,
    why: &'static str,
    now: &'static str,
    remedy: Remedy,
}

const fn words(
    number: u16,
    title: &'static str,
    why: &'static str,
    now: &'static str,
    remedy: Remedy,
) -> Words {
    Words {
        number,
        title,
        why,
        now,
        remedy,
    }
}

impl Code {
    /// Every code there is.
    pub const ALL: &[Self] = &[
        Self::CredentialRejected,
        Self::CredentialMalformed,
        Self::OtherOrganisation,
        Self::CredentialMissing,
        Self::ScopeMissing,
        Self::NotSiteAdmin,
        Self::ActingUserUnknown,
        Self::ActingUserDeactivated,
        Self::AddressNotAllowed,
        Self::Offline,
        Self::RateLimited,
        Self::GreenhouseTrouble,
        Self::Refused,
        Self::OutcomeUnknown,
        Self::CapReached,
        Self::NotListed,
        Self::WebhookUnreachable,
        Self::SignatureMismatch,
        Self::WebhookEvent,
        Self::FileUnreadable,
        Self::FileWrongKind,
        Self::FileProtected,
        Self::FileTooLarge,
        Self::FileEmpty,
        Self::ColumnsUnrecognised,
        Self::RowsInvalid,
        Self::NothingTaken,
        Self::ExportPartial,
        Self::InputInvalid,
        Self::MappingIncomplete,
        Self::MappingTwice,
        Self::MappingDoubtful,
        Self::Conflict,
        Self::KeychainUnavailable,
        Self::VaultLocked,
        Self::SecretGone,
        Self::NotReady,
        Self::NotActivated,
        Self::StoreHeld,
        Self::StoreFromNewerApp,
        Self::StoreDamaged,
        Self::StoreUnwritable,
        Self::Interrupted,
        Self::NotFound,
        Self::Unexpected,
    ];

    /// Returns its stable number, for support.
    #[must_use]
    pub fn number(self) -> String {
        format!("HG-{}", self.words().number)
    }

    /// Returns what happened, without a full stop.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.words().title
    }

    /// Returns why, or what it means.
    #[must_use]
    pub fn why(self) -> &'static str {
        self.words().why
    }

    /// Returns what to do now.
    #[must_use]
    pub fn now(self) -> &'static str {
        self.words().now
    }

    /// Returns what a script does about it.
    #[must_use]
    pub fn remedy(self) -> Remedy {
        self.words().remedy
    }

    /// Returns where something is done about it, where that is not on the spot.
    #[must_use]
    pub const fn place(self) -> Option<Place> {
        match self {
            Self::CredentialRejected
            | Self::CredentialMalformed
            | Self::OtherOrganisation
            | Self::CredentialMissing
            | Self::SecretGone => Some(Place::Credential),
            Self::ScopeMissing | Self::NotSiteAdmin => Some(Place::Permissions),
            Self::KeychainUnavailable | Self::VaultLocked => Some(Place::Vault),
            Self::ExportPartial => Some(Place::Users),
            Self::WebhookUnreachable | Self::SignatureMismatch | Self::WebhookEvent => {
                Some(Place::Webhooks)
            }
            Self::ActingUserUnknown
            | Self::ActingUserDeactivated
            | Self::MappingIncomplete
            | Self::MappingTwice
            | Self::MappingDoubtful => Some(Place::Mapping),
            Self::NotReady => Some(Place::SetUp),
            Self::NotActivated => Some(Place::Review),
            Self::OutcomeUnknown | Self::NotListed | Self::Conflict => Some(Place::People),
            Self::CapReached => Some(Place::Sending),
            Self::Unexpected => Some(Place::Support),
            Self::AddressNotAllowed
            | Self::Offline
            | Self::RateLimited
            | Self::GreenhouseTrouble
            | Self::Refused
            | Self::FileUnreadable
            | Self::FileWrongKind
            | Self::FileProtected
            | Self::FileTooLarge
            | Self::FileEmpty
            | Self::ColumnsUnrecognised
            | Self::RowsInvalid
            | Self::NothingTaken
            | Self::InputInvalid
            | Self::StoreHeld
            | Self::StoreFromNewerApp
            | Self::StoreDamaged
            | Self::StoreUnwritable
            | Self::Interrupted
            | Self::NotFound => None,
        }
    }

    #[rustfmt::skip]
    #[allow(clippy::too_many_lines)] // One line per code: a table.
    const fn words(self) -> Words {
        match self {
            Self::CredentialRejected => words(201, "Greenhouse does not accept this credential",
                "The client id and secret do not belong together, or the credential was revoked.",
                "Copy both again from Configure › Dev Center › API Credentials, or create a new credential there. The secret is shown only once.", Remedy::Person),
            Self::CredentialMalformed => words(202, "This does not look like a credential",
                "Greenhouse could not make sense of what was pasted.",
                "Copy the value again with Greenhouse's copy button and paste it whole.", Remedy::Person),
            Self::OtherOrganisation => words(209, "This credential is another organisation's",
                "What is kept here - ids, who is who, who was sent - would be wrong there.",
                "Use a credential of the organisation this was set up for; for another one, begin anew in a place of its own.", Remedy::Person),
            Self::CredentialMissing => words(203, "There is no credential yet",
                "Without one, Greenhouse cannot be asked anything.",
                "Hand over the client id and secret of a Harvest V3 credential.", Remedy::Person),
            Self::ScopeMissing => words(204, "A permission is missing in Greenhouse",
                "The credential may not do this.",
                "In Greenhouse: Configure › Dev Center › API Credentials › Headhuntr.io › Manage scopes. Tick it, save, then check again.", Remedy::Person),
            Self::NotSiteAdmin => words(205, "The user behind the credential is not a Site Admin",
                "Greenhouse only lists records for Site Admins, so nothing can be read.",
                "In Greenhouse, give the credential's Integration Service User the Site Admin level, then check again.", Remedy::Person),
            Self::ActingUserUnknown => words(206, "Greenhouse does not let us act as this user",
                "The ATS id is not one of this organisation's users, or they may not be acted for.",
                "Choose another account for this person.", Remedy::Person),
            Self::ActingUserDeactivated => words(207, "This Greenhouse user is deactivated",
                "They can no longer log in, so nothing can be done on their behalf.",
                "Reactivate them in Greenhouse, or choose another account.", Remedy::Person),
            Self::AddressNotAllowed => words(208, "This address may not be used",
                "Secrets are only sent to Greenhouse's own addresses, to https, or to this computer.",
                "Use an https address, or leave the field as it was.", Remedy::Usage),
            Self::Offline => words(301, "Greenhouse cannot be reached",
                "This computer is offline, or something between it and Greenhouse blocks the way.",
                "Check the network and try again. Nothing is lost; the app goes on by itself when the way is free.", Remedy::Later),
            Self::RateLimited => words(302, "Greenhouse asks us to wait",
                "The number of requests it allows in 30 seconds is used up.",
                "Wait a moment. The app goes on by itself.", Remedy::Later),
            Self::GreenhouseTrouble => words(303, "Greenhouse has trouble of its own",
                "It answered with an error, or with something that is not an answer.",
                "Try again in a few minutes. status.greenhouse.io tells whether they know of it.", Remedy::Later),
            Self::Refused => words(304, "Greenhouse refused this change",
                "It was understood and not accepted.",
                "Read what Greenhouse said, correct it in Headhuntr or in Greenhouse, and try again.", Remedy::Person),
            Self::OutcomeUnknown => words(305, "It is not known whether this arrived",
                "The answer got lost, and the credential may not look it up.",
                "Look at the person in Greenhouse. Then say whether it is there, or try again.", Remedy::Person),
            Self::CapReached => words(306, "More people wait than are sent in an hour",
                "So that a mistake stays small, a person is asked before more are sent.",
                "Look through who waits, then agree to send them, or wait.", Remedy::Person),
            Self::NotListed => words(307, "A school or degree is not in Greenhouse's lists",
                "Greenhouse takes schools, degrees and disciplines from its own lists alone, so the name would be lost.",
                "Add it to the list in Greenhouse, read everything again and try again; or go on, and what the lists lack is left out.", Remedy::Person),
            Self::WebhookUnreachable => words(401, "The address does not lead to this app",
                "We called it from here and the call did not come in.",
                "Check that the tunnel or proxy is running and forwards to the address shown, then try again.", Remedy::Person),
            Self::SignatureMismatch => words(402, "A webhook arrived with a wrong signature",
                "The secret key in Greenhouse's form is not the one shown here, or somebody else is calling.",
                "Copy the secret key again into the webhook in Greenhouse and save it there.", Remedy::Person),
            Self::WebhookEvent => words(403, "Greenhouse has another event chosen for this webhook",
                "What arrives is taken in all the same, but the event named here does not arrive.",
                "Choose the event shown here under When in Greenhouse and save, or change it here.", Remedy::Person),
            Self::FileUnreadable => words(501, "This file cannot be read",
                "It is not there any more, cannot be opened, or is damaged.",
                "Check that the file is there and whole; download it again if you can.", Remedy::Usage),
            Self::FileWrongKind => words(502, "This is another kind of file",
                "It was recognised, and it is not what is wanted here.",
                "Hand over the file that is asked for.", Remedy::Usage),
            Self::FileProtected => words(503, "This file is protected by a password",
                "It is encrypted, so it cannot be read.",
                "Open it in Excel, remove the password, save it, and hand it over again.", Remedy::Usage),
            Self::FileTooLarge => words(504, "This file is larger than is safe to open",
                "It is built in a way that would fill this computer's memory.",
                "Download it again. If it comes from Greenhouse as it is, tell us.", Remedy::Usage),
            Self::FileEmpty => words(505, "There is nothing in this file",
                "No row holds anything.",
                "Download it again, without a filter that hides everything.", Remedy::Usage),
            Self::ColumnsUnrecognised => words(506, "The columns were not recognised",
                "A column that is needed could not be found.",
                "Check that it is the file that is asked for and that its header row is there.", Remedy::Usage),
            Self::RowsInvalid => words(507, "Some rows were not understood",
                "The rest was taken in.",
                "Correct the rows that are named and hand the file over again.", Remedy::Person),
            Self::NothingTaken => words(510, "No row of this file could be used",
                "Not one of its rows was understood, so nothing was taken in. What was there before is still there.",
                "Look at the row that is named, or export again and hand the fresh file over.", Remedy::Usage),
            Self::ExportPartial => words(508, "This export seems to lack people",
                "It holds no Site Admin. An export made by a Job Admin leaves them out, and so does a filter on the page.",
                "Ask a Site Admin to make the export, without a filter; or go on with what there is.", Remedy::Person),
            Self::InputInvalid => words(509, "This is not what is wanted here",
                "What was given cannot be used.",
                "Correct it and try again.", Remedy::Usage),
            Self::MappingIncomplete => words(601, "Somebody of the team has no confirmed account",
                "What they source cannot be sent, because we never guess on whose behalf.",
                "Choose and confirm their account, or leave them out.", Remedy::Person),
            Self::MappingTwice => words(602, "Two people share one Greenhouse account",
                "Their work would appear under one name.",
                "Choose another account for one of them, or confirm both if that is meant.", Remedy::Person),
            Self::MappingDoubtful => words(604, "This account does not seem to be theirs",
                "A wrong ATS id puts somebody else's name on what they source.",
                "Look the id up once more; or say that it is meant.", Remedy::Person),
            Self::Conflict => words(603, "A person has to decide",
                "Headhuntr and Greenhouse do not agree, and guessing could do harm.",
                "Look at the person and decide.", Remedy::Person),
            Self::KeychainUnavailable => words(701, "There is no place to keep secrets",
                "This computer's keychain does not answer or refuses. Secrets are never written to disk in the clear.",
                "Unlock or install a keychain (on Linux: GNOME Keyring or KWallet), or choose an encrypted vault file.", Remedy::Person),
            Self::VaultLocked => words(702, "The vault does not open",
                "Its passphrase is missing, or is not the one it was made with.",
                "Give the passphrase again.", Remedy::Person),
            Self::SecretGone => words(703, "A secret is not where it was kept",
                "It was removed from the keychain, or this is another computer or user.",
                "Hand the credential over again. Everything else is still there.", Remedy::Person),
            Self::NotReady => words(704, "The set-up is not far enough for this",
                "A step that comes before is not done.",
                "Finish the steps that are open, then come back.", Remedy::Person),
            Self::NotActivated => words(705, "Pushing is not allowed yet",
                "Nothing is sent to Greenhouse before activation.",
                "Review everything and activate.", Remedy::Person),
            Self::StoreHeld => words(801, "Another program is using this data",
                "Two programs writing at once could harm it.",
                "Wait until it has finished, or end it: the window, a run, and whatever listens for webhooks each hold the data while they are open.", Remedy::Later),
            Self::StoreFromNewerApp => words(802, "This data was written by a newer version",
                "Opening it with this one could harm it.",
                "Install the newer version again.", Remedy::Person),
            Self::StoreDamaged => words(803, "The data file is damaged",
                "The disk or another program changed it.",
                "Close the app and run `headhuntr doctor --repair`: it keeps the damaged file beside the new one as a backup and saves what can be read. Greenhouse itself is not affected.", Remedy::Person),
            Self::StoreUnwritable => words(804, "The data file cannot be written",
                "The disk is full, or the folder is read-only.",
                "Make room or choose another folder, then try again. What was there is unharmed.", Remedy::Later),
            Self::Interrupted => words(805, "It was stopped",
                "A person stopped it, or the app was closed.",
                "Start it again; it goes on where it stopped.", Remedy::Later),
            Self::NotFound => words(806, "This is not there any more",
                "It was removed or changed meanwhile.",
                "Look at the list again.", Remedy::Usage),
            Self::Unexpected => words(901, "Something unexpected happened",
                "This is a fault of the app.",
                "Try again. If it stays, make a support bundle and send it to us.", Remedy::Report),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_says_what_why_and_what_now() {
        for code in Code::ALL {
            for part in [code.title(), code.why(), code.now()] {
                assert!(part.len() > 12, "{code:?} needs words: {part:?}");
                assert!(
                    !part.to_lowercase().contains("invalid input"),
                    "{code:?} must say something exact"
                );
            }
            assert!(
                !code.title().ends_with('.'),
                "{code:?}: a title has no full stop"
            );
            assert!(
                code.now().ends_with('.'),
                "{code:?}: an instruction is a sentence"
            );
        }
    }

    #[test]
    fn what_to_do_is_said_alike_in_a_window_and_on_a_terminal() {
        // A damaged store is mended from outside the app alone.
        let both = Code::ALL.iter().filter(|it| **it != Code::StoreDamaged);
        for code in both {
            let now = code.now().to_lowercase();
            let mut words = now.split(|c: char| !c.is_alphabetic());
            let names_one = words.any(|it| ["step", "page", "drop", "click"].contains(&it));
            assert!(!names_one, "{code:?} has a place for that: {now}");
            for command in ["`headhuntr", "--"] {
                assert!(!now.contains(command), "{code:?} names a command: {now}");
            }
        }
    }

    #[test]
    fn numbers_are_stable_and_unique() {
        let numbers: BTreeSet<_> = Code::ALL.iter().map(|c| c.number()).collect();
        assert_eq!(
            numbers.len(),
            Code::ALL.len(),
            "support looks problems up by number"
        );
        assert_eq!(
            Code::CredentialRejected.number(),
            "HG-201",
            "numbers never change"
        );
    }
}
