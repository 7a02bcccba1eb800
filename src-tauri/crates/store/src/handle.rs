//! Handles: a table's reads can be had from any connection, its writes only inside a transaction.

/// Declares the read handle and the write handle of a table. The write handle can do all the read handle can.
macro_rules! handles {
    ($(#[$read_doc:meta])* $read:ident, $(#[$write_doc:meta])* $write:ident) => {
        $(#[$read_doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $read<'c> {
            pub(crate) conn: &'c rusqlite::Connection,
        }

        $(#[$write_doc])*
        #[derive(Debug)]
        pub struct $write<'c> {
            read: $read<'c>,
        }

        impl<'c> $read<'c> {
            pub(crate) const fn on(conn: &'c rusqlite::Connection) -> Self {
                Self { conn }
            }
        }

        impl<'c> $write<'c> {
            pub(crate) const fn on(conn: &'c rusqlite::Connection) -> Self {
                Self { read: $read::on(conn) }
            }
        }

        impl<'c> std::ops::Deref for $write<'c> {
            type Target = $read<'c>;

            fn deref(&self) -> &Self::Target {
                &self.read
            }
        }
    };
}
pub(crate) use handles;

/// Declares every handle once, for the store, for a reader and for a transaction.
macro_rules! accessors {
    ($($(#[$doc:meta])+ $name:ident: $read:ty, $write:ty;)+) => {
        impl $crate::Store {
            $($(#[$doc])+
            #[must_use]
            pub fn $name(&self) -> $read {
                <$read>::on(self.conn())
            })+
        }

        impl $crate::Reader {
            $($(#[$doc])+
            #[must_use]
            pub fn $name(&self) -> $read {
                <$read>::on(self.conn())
            })+
        }

        impl $crate::Tx<'_> {
            $($(#[$doc])+
            #[must_use]
            pub fn $name(&self) -> $write {
                <$write>::on(self.conn())
            })+
        }
    };
}

accessors! {
    /// What the set-up decided: the checklist, delivery, review, activation.
    setup: crate::setup::Setup<'_>, crate::setup::SetupWrite<'_>;
    /// Any other setting, by its key.
    settings: crate::setting::Settings<'_>, crate::setting::SettingsWrite<'_>;
    /// The credential.
    credential: crate::credential::Credentials<'_>, crate::credential::CredentialsWrite<'_>;
    /// Greenhouse's users.
    users: crate::users::Users<'_>, crate::users::UsersWrite<'_>;
    /// The webhook slots.
    webhooks: crate::webhook_slot::WebhookSlots<'_>, crate::webhook_slot::WebhookSlotsWrite<'_>;
    /// The Headhuntr team.
    team: crate::team::Team<'_>, crate::team::TeamWrite<'_>;
    /// Who of the team is who in Greenhouse.
    mapping: crate::mapping::Mappings<'_>, crate::mapping::MappingsWrite<'_>;
    /// The people sourced.
    people: crate::people::People<'_>, crate::people::PeopleWrite<'_>;
    /// What holds people back until somebody decides.
    troubles: crate::trouble::Troubles<'_>, crate::trouble::TroublesWrite<'_>;
    /// What Greenhouse last told us.
    mirror: crate::mirror::Mirror<'_>, crate::mirror::MirrorWrite<'_>;
    /// Up to when each resource was seen, and the pull under way.
    watermarks: crate::watermark::Watermarks<'_>, crate::watermark::WatermarksWrite<'_>;
    /// What the last reading of everything came to.
    proofs: crate::proof::PullProofs<'_>, crate::proof::PullProofsWrite<'_>;
    /// Who in Greenhouse the people sourced are.
    links: crate::link::Links<'_>, crate::link::LinksWrite<'_>;
    /// Intents accepted for sending.
    outbox: crate::outbox::Outbox<'_>, crate::outbox::OutboxWrite<'_>;
    /// Receipts: the answer to "did we already do this?".
    ledger: crate::ledger::Ledger<'_>, crate::ledger::LedgerWrite<'_>;
    /// Deliveries accepted and not yet applied.
    inbox: crate::inbox::Inbox<'_>, crate::inbox::InboxWrite<'_>;
    /// Runs.
    runs: crate::run::Runs<'_>, crate::run::RunsWrite<'_>;
    /// Who did what, as whom, with what result.
    audit: crate::audit::Audit<'_>, crate::audit::AuditWrite<'_>;
    /// Both sides compared: what reconcile looks at.
    situations: crate::situation::Situations<'_>, crate::situation::Situations<'_>;
    /// The figures of the home screen.
    home: crate::home::Home<'_>, crate::home::Home<'_>;
    /// Where each person sent stands now.
    outcomes: crate::outcome::Outcomes<'_>, crate::outcome::Outcomes<'_>;
}
