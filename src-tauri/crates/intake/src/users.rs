//! The Greenhouse user export: who has an account, with the id everything else depends on.
//!
//! Only the *User ID* column is certain to be there; every other one is matched by meaning, and what is not
//! known is kept as it is.

use crate::columns::{Column, Header, Meaning, Words, fold};
use crate::problem::{Content, Explanation, FileProblem, RowProblem, quoted};
use crate::sheet::{Row, Table};
use crate::snapshot::Snapshot;
use crate::value;
use domain::ids::UserId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

/// How far down a header row is looked for.
const HEADER_WITHIN: u32 = 60;

/// What a column of the export can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserColumn {
    /// The ATS id.
    UserId,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// The whole name.
    Name,
    /// An e-mail address.
    Email,
    /// Active or deactivated.
    Status,
    /// Whether they are deactivated.
    Deactivated,
    /// Whether they are a Site Admin.
    SiteAdmin,
    /// Their level or role.
    Role,
}

impl UserColumn {
    /// Returns what it means in words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::UserId => "User ID",
            Self::FirstName => "First name",
            Self::LastName => "Last name",
            Self::Name => "Name",
            Self::Email => "E-mail",
            Self::Status => "Status",
            Self::Deactivated => "Deactivated",
            Self::SiteAdmin => "Site Admin",
            Self::Role => "Role",
        }
    }
}

impl Meaning for UserColumn {
    const HEADERS: &'static [(Self, &'static [&'static str])] = &[
        (
            Self::UserId,
            &[
                "User ID",
                "Greenhouse User ID",
                "ATS ID",
                "Benutzer-ID",
                "Nutzer-ID",
                "ID utilisateur",
                "Identifiant utilisateur",
                "ID de usuario",
                "ID do usuário",
                "Gebruikers-ID",
                "ID utente",
                "ユーザーID",
            ],
        ),
        (
            Self::FirstName,
            &[
                "First name",
                "Given name",
                "Vorname",
                "Prénom",
                "Nombre",
                "Voornaam",
                "Primeiro nome",
            ],
        ),
        (
            Self::LastName,
            &[
                "Last name",
                "Surname",
                "Family name",
                "Nachname",
                "Nom de famille",
                "Apellido",
                "Apellidos",
                "Achternaam",
                "Sobrenome",
            ],
        ),
        (
            Self::Name,
            &[
                "Name",
                "Full name",
                "User name",
                "User",
                "Nom",
                "Nombre completo",
                "Naam",
                "Nome",
                "氏名",
            ],
        ),
        (
            Self::Email,
            &[
                "Email",
                "E-mail",
                "Email address",
                "Primary email",
                "Primary email address",
                "E-Mail-Adresse",
                "Adresse e-mail",
                "Correo electrónico",
                "Correo",
                "Courriel",
                "メールアドレス",
            ],
        ),
        (
            Self::Status,
            &[
                "Status",
                "User status",
                "Account status",
                "Statut",
                "Estado",
            ],
        ),
        (
            Self::Deactivated,
            &["Deactivated", "Disabled", "Deaktiviert", "Désactivé"],
        ),
        (
            Self::SiteAdmin,
            &[
                "Site Admin",
                "Site Admin?",
                "Is Site Admin",
                "Site Administrator",
            ],
        ),
        (
            Self::Role,
            &[
                "Role",
                "User level",
                "Permission level",
                "Permissions",
                "User type",
                "Level",
                "Rolle",
                "Rôle",
                "Rol",
            ],
        ),
    ];

    fn repeats(self) -> bool {
        self == Self::Email
    }
}

/// One user of the export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedUser {
    /// Their ATS id.
    pub id: UserId,
    /// First name, where the export has it.
    pub first_name: Option<String>,
    /// Last name, where the export has it.
    pub last_name: Option<String>,
    /// The whole name; put together where the export has parts only, empty where it has none.
    pub name: String,
    /// Addresses, in the order of their columns.
    pub emails: Vec<String>,
    /// Whether they can no longer log in, where the export says.
    pub deactivated: Option<bool>,
    /// Whether they are a Site Admin, where the export says.
    pub site_admin: Option<bool>,
    /// Their level or role as written.
    pub role: Option<String>,
    /// Columns that mean nothing to us, by header.
    pub rest: BTreeMap<String, String>,
    /// The row, from 1.
    pub row: u32,
}

/// What was read from an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserExport {
    /// The sheet the users were found on; empty for a CSV file.
    pub sheet: String,
    /// Users in the order of their rows, each id once.
    pub users: Vec<ExportedUser>,
    /// The columns.
    pub columns: Vec<Column<UserColumn>>,
    /// Rows and cells that were not understood.
    pub problems: Vec<RowProblem>,
    /// Whether Site Admins could be told, and none is there: an export made by a Job Admin lacks them.
    pub looks_partial: bool,
}

/// Reads a user export.
///
/// # Errors
/// Every [`FileProblem`]; rows that are not understood are no error but in the answer.
pub fn read_user_export(path: &Path) -> Result<UserExport, FileProblem> {
    read(Snapshot::take(path)?)
}

/// Reads a user export from a snapshot.
///
/// # Errors
/// See [`read_user_export`].
pub fn read(snapshot: Snapshot) -> Result<UserExport, FileProblem> {
    let mut table = Table::open(snapshot)?;
    let words = Words::<UserColumn>::default();
    let mut seen = Seen::default();
    for (index, sheet) in table.sheets().into_iter().enumerate() {
        let mut reading = Reading::default();
        table.rows(index, &mut |row| {
            seen.any_row = true;
            reading.take(row, &words, &mut seen)
        })?;
        if let Some(header) = reading.header {
            return Ok(finished(
                sheet.name,
                header,
                reading.users,
                reading.problems,
            ));
        }
    }
    if !seen.any_row {
        return Err(FileProblem::Empty);
    }
    Err(FileProblem::OtherContent {
        found: seen.content(),
        wanted: Content::UserExport,
    })
}

#[derive(Default)]
struct Seen {
    any_row: bool,
    words: BTreeSet<String>,
}

impl Seen {
    /// Tells from the words near the top what a table without a *User ID* column may be.
    fn content(&self) -> Content {
        let has = |word: &str| self.words.contains(&fold(word));
        if has("Headhuntr id") || has("Headhuntr candidate id") {
            Content::SourcedCandidates
        } else if has("First name") && has("Last name") && has("Email") {
            Content::BulkImportTemplate
        } else if [
            "Candidate",
            "Candidate name",
            "Application ID",
            "Job",
            "Stage",
            "Requisition",
        ]
        .iter()
        .any(|w| has(w))
        {
            Content::OtherReport
        } else {
            Content::UnknownTable
        }
    }
}

#[derive(Default)]
struct Reading {
    header: Option<Header<UserColumn>>,
    users: Vec<ExportedUser>,
    ids: BTreeMap<UserId, u32>,
    problems: Vec<RowProblem>,
}

impl Reading {
    fn take(
        &mut self,
        row: &Row<'_>,
        words: &Words<UserColumn>,
        seen: &mut Seen,
    ) -> ControlFlow<()> {
        let Some(header) = &self.header else {
            if row.number > HEADER_WITHIN {
                return ControlFlow::Break(());
            }
            seen.words.extend(
                row.cells
                    .iter()
                    .filter(|c| c.text.len() < 80)
                    .map(|c| fold(&c.text)),
            );
            let header = Header::read(row, words);
            if header.has(UserColumn::UserId) {
                self.header = Some(header);
            }
            return ControlFlow::Continue(());
        };
        match user(row, header, &mut self.problems) {
            Some(user) => match self.ids.get(&user.id) {
                Some(first) => self.problems.push(twin(header, row, *first)),
                None => {
                    self.ids.insert(user.id, user.row);
                    self.users.push(user);
                }
            },
            None => self.problems.push(no_id(header, row)),
        }
        ControlFlow::Continue(())
    }
}

fn user(
    row: &Row<'_>,
    header: &Header<UserColumn>,
    problems: &mut Vec<RowProblem>,
) -> Option<ExportedUser> {
    let id = value::user_id(row.text(header.index_of(UserColumn::UserId)?))?;
    let mut user = ExportedUser {
        id,
        first_name: None,
        last_name: None,
        name: String::new(),
        emails: vec![],
        deactivated: None,
        site_admin: None,
        role: None,
        rest: BTreeMap::new(),
        row: row.number,
    };
    for column in &header.columns {
        let text = row.text(column.index);
        if !text.is_empty() {
            put(&mut user, column, text, row, problems);
        }
    }
    if user.name.is_empty() {
        let parts = [user.first_name.as_deref(), user.last_name.as_deref()];
        user.name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    }
    Some(user)
}

fn put(
    user: &mut ExportedUser,
    column: &Column<UserColumn>,
    text: &str,
    row: &Row<'_>,
    problems: &mut Vec<RowProblem>,
) {
    match column.meaning {
        Some(UserColumn::UserId) => {}
        Some(UserColumn::FirstName) => user.first_name = Some(text.to_owned()),
        Some(UserColumn::LastName) => user.last_name = Some(text.to_owned()),
        Some(UserColumn::Name) => text.clone_into(&mut user.name),
        Some(UserColumn::Email) => match value::email(text) {
            Some(email) => user.emails.push(email),
            None => problems.push(RowProblem::kept(row.address(column.index), row.number, Explanation::new(
                format!("{} is not an e-mail address.", quoted(text)),
                "People are matched by their address first.",
                "Correct the address in Greenhouse and export again, or match this person by hand.",
            ))),
        },
        Some(UserColumn::Status) => user.deactivated = value::deactivated(text).or(user.deactivated),
        Some(UserColumn::Deactivated) => user.deactivated = value::flag(text).or(user.deactivated),
        Some(UserColumn::SiteAdmin) => user.site_admin = value::flag(text).or(user.site_admin),
        Some(UserColumn::Role) => {
            user.site_admin = user.site_admin.or(Some(fold(text).contains("siteadmin")));
            user.role = Some(text.to_owned());
        }
        None => {
            user.rest.insert(column.header.clone(), text.to_owned());
        }
    }
}

fn no_id(header: &Header<UserColumn>, row: &Row<'_>) -> RowProblem {
    let column = header.index_of(UserColumn::UserId).unwrap_or_default();
    let text = row.text(column);
    let what = if text.is_empty() {
        "The User ID is empty.".to_owned()
    } else {
        format!("{} is not a User ID.", quoted(text))
    };
    RowProblem::skipped(
        row.address(column),
        row.number,
        Explanation::new(
            what,
            "A User ID is a whole number, and without it nobody can be acted for. The row was left out.",
            "Leave it, or correct the cell and hand the file over again.",
        ),
    )
}

fn twin(header: &Header<UserColumn>, row: &Row<'_>, first: u32) -> RowProblem {
    let column = header.index_of(UserColumn::UserId).unwrap_or_default();
    RowProblem::skipped(
        row.address(column),
        row.number,
        Explanation::new(
            format!(
                "The User ID {} is in row {first} as well.",
                quoted(row.text(column))
            ),
            "An id belongs to one person. The first row was taken.",
            "Check which of the two rows is right and remove the other.",
        ),
    )
}

fn finished(
    sheet: String,
    header: Header<UserColumn>,
    users: Vec<ExportedUser>,
    problems: Vec<RowProblem>,
) -> UserExport {
    let told = users.iter().any(|u| u.site_admin.is_some());
    let looks_partial = told && !users.iter().any(|u| u.site_admin == Some(true));
    UserExport {
        sheet,
        users,
        columns: header.columns,
        problems,
        looks_partial,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<UserExport, FileProblem> {
        read(Snapshot::of(
            Path::new("users.csv"),
            text.as_bytes().to_vec(),
        ))
    }

    #[test]
    fn the_header_is_found_below_a_title() {
        let export = read_text("Users of Northmoor\n\nUser ID;First Name;Last Name;E-mail;Status;Site Admin\n12;Ana;Vega;ana@example.com;Active;Yes\n13;Bo;Lind;bo@example.com;Deactivated;No\n").expect("read");
        let ids: Vec<i64> = export.users.iter().map(|u| u.id.0).collect();
        assert_eq!(ids, [12, 13], "both rows");
        assert_eq!(
            export.users[0].name, "Ana Vega",
            "put together from its parts"
        );
        assert_eq!(
            export.users[1].deactivated,
            Some(true),
            "the status is read"
        );
        assert!(!export.looks_partial, "a Site Admin is there");
    }

    #[test]
    fn a_bad_row_is_named_and_stops_nobody() {
        let export = read_text("User ID,Name,Email\n12,Ana,ana@example.com\nn/a,Bo,bo@example.com\n12,Cy,cy@example.com\n14,Di,nobody\n").expect("read");
        assert_eq!(export.users.len(), 2, "Ana and Di");
        let cells: Vec<&str> = export.problems.iter().map(|p| p.cell.as_str()).collect();
        assert_eq!(cells, ["A3", "A4", "C5"], "no id, a twin, no address");
    }

    #[test]
    fn an_export_without_site_admins_looks_partial() {
        let export = read_text("User ID,Name,Role\n12,Ana,Job Admin\n13,Bo,Basic\n").expect("read");
        assert!(export.looks_partial, "made by a Job Admin, it seems");
    }

    #[test]
    fn the_bulk_template_is_not_an_export() {
        let problem = read_text("First Name,Last Name,Email\nAna,Vega,ana@example.com\n")
            .expect_err("no ids in it");
        let found = matches!(
            problem,
            FileProblem::OtherContent {
                found: Content::BulkImportTemplate,
                ..
            }
        );
        assert!(found, "it says what it is: {problem:?}");
    }
}
