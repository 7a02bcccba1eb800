//! The twelve users of the practice organisation, their rights, and the Headhuntr team among them.

use crate::world::World;
use domain::ids::{UserEmailId, UserId, UserRoleId};
use greenhouse::wire::{User, UserEmail, UserRole};
use jiff::Timestamp;
use serde_json::json;

/// What a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    SiteAdmin,
    JobAdmin,
    Basic,
}

/// One user of the practice organisation.
pub(crate) struct Employee {
    pub(crate) first: &'static str,
    pub(crate) last: &'static str,
    pub(crate) title: &'static str,
    pub(crate) mailbox: &'static str,
    pub(crate) level: Level,
    pub(crate) active: bool,
    /// The mailbox Headhuntr knows them by, for those in the Headhuntr team.
    pub(crate) headhuntr: Option<&'static str>,
}

const fn employee(
    (first, last): (&'static str, &'static str),
    title: &'static str,
    mailbox: &'static str,
    level: Level,
) -> Employee {
    Employee {
        first,
        last,
        title,
        mailbox,
        level,
        active: true,
        headhuntr: None,
    }
}

impl Employee {
    const fn sourcing_as(self, mailbox: &'static str) -> Self {
        Self {
            headhuntr: Some(mailbox),
            ..self
        }
    }

    const fn gone(self) -> Self {
        Self {
            active: false,
            ..self
        }
    }
}

/// Everybody. Amara Okafor changed her name and address and Headhuntr does not know it yet; Piotr
/// Zieliński has left.
pub(crate) const EVERYBODY: [Employee; 12] = [
    employee(
        ("Ingrid", "Solberg"),
        "Head of Recruiting",
        "ingrid.solberg",
        Level::SiteAdmin,
    ),
    employee(
        ("Tomás", "Herrera"),
        "Recruiting Operations",
        "tomas.herrera",
        Level::SiteAdmin,
    ),
    employee(
        ("Maya", "Lindqvist"),
        "Recruiter",
        "maya.lindqvist",
        Level::JobAdmin,
    )
    .sourcing_as("maya.lindqvist"),
    employee(
        ("Kwame", "Mensah"),
        "Recruiter",
        "kwame.mensah",
        Level::JobAdmin,
    )
    .sourcing_as("kwame.mensah"),
    employee(
        ("Yuki", "Tanaka"),
        "Sourcer",
        "yuki.tanaka",
        Level::JobAdmin,
    )
    .sourcing_as("yuki.tanaka"),
    employee(
        ("Amara", "Okafor"),
        "Senior Recruiter",
        "amara.okafor",
        Level::JobAdmin,
    )
    .sourcing_as("amara.nwosu"),
    employee(
        ("Piotr", "Zieliński"),
        "Recruiter",
        "piotr.zielinski",
        Level::JobAdmin,
    )
    .sourcing_as("piotr.zielinski")
    .gone(),
    employee(
        ("Leïla", "Haddad"),
        "Coordinator",
        "leila.haddad",
        Level::JobAdmin,
    ),
    employee(
        ("Noah", "Fischer"),
        "Coordinator",
        "noah.fischer",
        Level::JobAdmin,
    ),
    employee(
        ("Priya", "Raman"),
        "Engineering Manager",
        "priya.raman",
        Level::Basic,
    ),
    employee(
        ("Jonas", "Weber"),
        "Design Lead",
        "jonas.weber",
        Level::Basic,
    ),
    employee(
        ("Chiara", "Bianchi"),
        "Sales Director",
        "chiara.bianchi",
        Level::Basic,
    ),
];

/// Returns the address of a mailbox.
pub(crate) fn address(mailbox: &str) -> String {
    format!("{mailbox}@northmoor.example.com")
}

/// Makes the users, and the credential's own one.
pub(crate) fn hire(world: &mut World, at: Timestamp) {
    for employee in &EVERYBODY {
        let user = world.users.insert(|id| user(UserId(id), employee, at));
        email(world, user.id, address(employee.mailbox), at);
    }
    let second = world
        .users
        .records()
        .find(|it| it.last_name.as_deref() == Some("Tanaka"));
    if let Some(user) = second {
        email(world, user.id, "yuki@example.org".to_owned(), at);
    }
    for (name, kind) in [
        ("Site Admin", "site_admin"),
        ("Job Admin: Standard", "job_admin"),
    ] {
        world.user_roles.insert(|id| UserRole {
            id: UserRoleId(id),
            created_at: Some(at),
            updated_at: Some(at),
            name: Some(name.to_owned()),
            role_type: Some(kind.to_owned()),
        });
    }
    let own = world.users.insert(|id| own_user(UserId(id), at));
    world.own_user = own.id;
    world.service_accounts.insert(own.id);
}

fn email(world: &mut World, user: UserId, address: String, at: Timestamp) {
    world
        .users
        .update(user.get(), at, |it| it.emails.push(address.clone()));
    world.user_emails.insert(|id| UserEmail {
        id: UserEmailId(id),
        created_at: Some(at),
        updated_at: Some(at),
        user_id: Some(user),
        email: Some(address),
        verified: Some(true),
        verification_token_sent_at: None,
    });
}

fn user(id: UserId, employee: &Employee, at: Timestamp) -> User {
    User {
        id,
        created_at: Some(at),
        updated_at: Some(at),
        first_name: Some(employee.first.to_owned()),
        last_name: Some(employee.last.to_owned()),
        name: Some(format!("{} {}", employee.first, employee.last)),
        job_title: Some(employee.title.to_owned()),
        primary_email: Some(address(employee.mailbox)),
        emails: Vec::new(),
        deactivated: Some(!employee.active),
        site_admin: Some(employee.level == Level::SiteAdmin),
        agency_id: None,
        employee_id: None,
        linked_candidate_ids: Vec::new(),
        office_ids: Vec::new(),
        department_ids: Vec::new(),
        interviewer_tags: json!([]).into(),
        custom_fields: json!([]).into(),
    }
}

/// The integration service user that Greenhouse makes along with a credential.
fn own_user(id: UserId, at: Timestamp) -> User {
    let employee = employee(
        ("Headhuntr.io", "Integration"),
        "Service account",
        "svc.headhuntr",
        Level::SiteAdmin,
    );
    user(id, &employee, at)
}
