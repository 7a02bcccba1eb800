//! The Headhuntr team: who works there, from a file or from pasted rows.

use crate::MOST_PEOPLE;
use crate::columns::{HEADER_WITHIN, Header, Meaning, Words, common, single_line, whole_name};
use crate::problem::{Content, Explanation, FileProblem, Hazard, Problems, RowProblem, quoted};
use crate::recognise::{recognise, telling};
use crate::sheet::{Row, Table};
use crate::snapshot::Snapshot;
use crate::users::{UserColumn, read_user_export};
use crate::value;
use domain::ids::UserId;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::LazyLock;

/// What a column of the team list can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TeamColumn {
    /// The whole name.
    Name,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// E-mail address.
    Email,
    /// Headhuntr's id of them.
    HeadhuntrId,
    /// Their Greenhouse user id, where the list has it.
    AtsId,
}

impl Meaning for TeamColumn {
    const HEADERS: &'static [(Self, &'static [&'static str])] = &[
        (
            Self::AtsId,
            &["ATS ID", "Greenhouse user ID", "Greenhouse ID"],
        ),
        (
            Self::HeadhuntrId,
            &["Headhuntr user ID", "Headhuntr ID", "User ID", "ID"],
        ),
        (Self::Name, common::NAME),
        (Self::FirstName, common::FIRST_NAME),
        (Self::LastName, common::LAST_NAME),
        (Self::Email, common::EMAIL),
    ];

    fn words() -> &'static Words<Self> {
        static WORDS: LazyLock<Words<TeamColumn>> = LazyLock::new(Words::ready);
        &WORDS
    }
}

/// One person of the team, as handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TeamMember {
    /// Their name; their address where no name was handed over.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Headhuntr's id of them.
    pub headhuntr_id: Option<String>,
    /// Their Greenhouse user id, where it was handed over.
    pub ats_id: Option<UserId>,
    /// The row, from 1.
    pub row: u32,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TeamList {
    /// People, each address once.
    pub members: Vec<TeamMember>,
    /// Rows that were not understood.
    pub problems: Problems,
}

/// Reads a team list from a CSV or Excel file.
///
/// # Errors
/// Every [`FileProblem`].
pub fn read_team(path: &Path) -> Result<TeamList, FileProblem> {
    // A list of people who were found has names and addresses as well, and none of them works here.
    let found = recognise(path).map(|it| it.content);
    let is_other = match &found {
        Ok(Content::SourcedCandidates) => true,
        // A team list may have ids of users as well, but who is a Site Admin only Greenhouse says.
        Ok(Content::UserExport) => tells_site_admins(path),
        _ => false,
    };
    match found {
        Ok(found) if is_other => Err(FileProblem::OtherContent {
            found,
            wanted: Content::TeamList,
        }),
        _ => read(Snapshot::take(path)?),
    }
}

fn tells_site_admins(path: &Path) -> bool {
    let export = read_user_export(path, &mut |_| ControlFlow::Continue(()));
    export.is_ok_and(|it| {
        let mut columns = it.columns.iter();
        let has_column = columns.any(|it| it.meaning == Some(UserColumn::SiteAdmin));
        has_column || it.site_admins.is_some_and(|admins| admins > 0)
    })
}

/// Reads a team list from a snapshot.
///
/// # Errors
/// Every [`FileProblem`].
pub fn read(snapshot: Snapshot) -> Result<TeamList, FileProblem> {
    read_table(&mut Table::open(snapshot, &telling)?)
}

/// Reads pasted rows: with a header, or name, e-mail and ids in any order.
///
/// # Errors
/// [`FileProblem::Empty`] where nothing was pasted.
pub fn parse_pasted(text: &str) -> Result<TeamList, FileProblem> {
    let mut table = Table::of_text(text, &telling)?;
    if let Ok(list) = read_table(&mut table) {
        return Ok(list);
    }
    let mut reading = Reading::default();
    table.rows(0, &mut |row| reading.take(row, by_shape(row)))?;
    reading.finished()
}

fn read_table(table: &mut Table) -> Result<TeamList, FileProblem> {
    let (mut any_row, mut refused) = (false, None);
    for index in 0..table.sheets().len() {
        let mut reading = Reading::default();
        let mut header: Option<Header<TeamColumn>> = None;
        let mut looked_at = 0;
        table.rows(index, &mut |row| {
            any_row = true;
            if let Some(header) = &header {
                return reading.take(row, by_header(row, header));
            }
            looked_at += 1;
            header = Some(Header::read(row)).filter(|h| h.has(TeamColumn::Email));
            if looked_at > HEADER_WITHIN {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })?;
        if header.is_none() {
            continue;
        }
        match reading.finished() {
            Ok(list) if list.members.is_empty() => {
                refused.get_or_insert(list.problems.nothing_taken(Content::TeamList));
            }
            finished => return finished,
        }
    }
    Err(match (refused, any_row) {
        (Some(refused), _) => refused,
        (None, false) => FileProblem::Empty,
        (None, true) => FileProblem::OtherContent {
            found: Content::UnknownTable,
            wanted: Content::TeamList,
        },
    })
}

/// One list being read.
#[derive(Default)]
struct Reading {
    list: TeamList,
    /// The rows of addresses, and of Headhuntr's ids.
    rows: BTreeMap<String, u32>,
    ids: BTreeMap<String, u32>,
    is_endless: bool,
}

impl Reading {
    fn take(&mut self, row: &Row, read: Result<TeamMember, Unread<'_>>) -> ControlFlow<()> {
        let problems = &mut self.list.problems;
        match (row.fault(), read) {
            (Some(fault), _) => problems.add(|| fault.problem(row.number())),
            (None, Ok(member)) => self.keep(row, member),
            (None, Err(Unread::NoAddress)) => problems.add(|| no_address(row)),
            (None, Err(Unread::NoId(text))) => problems.add(|| no_id(row, text)),
        }
        if self.is_endless {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    fn keep(&mut self, row: &Row, member: TeamMember) {
        let problems = &mut self.list.problems;
        let key = member.email.to_lowercase();
        if let Some(first) = self.rows.get(&key) {
            return problems.add(|| twin(row, &member.email, "An address", *first));
        }
        if let Some(id) = &member.headhuntr_id {
            if let Some(first) = self.ids.get(id) {
                return problems.add(|| twin(row, id, "An id of Headhuntr\u{2019}s", *first));
            }
            self.ids.insert(id.clone(), member.row);
        }
        self.is_endless = self.list.members.len() >= MOST_PEOPLE as usize;
        self.rows.insert(key, member.row);
        self.list.members.push(member);
    }

    fn finished(self) -> Result<TeamList, FileProblem> {
        if self.is_endless {
            return Err(FileProblem::Unsafe(Hazard::TooMuchInside));
        }
        Ok(self.list)
    }
}

fn no_address(row: &Row) -> RowProblem {
    let first = row.cells().next();
    let words = Explanation::new(
        format!(
            "There is no e-mail address in the row that begins with {}.",
            quoted(first.map_or("", |cell| cell.text))
        ),
        "People of the team are known by their address. The row was left out.",
        "Add the address and hand the list over again.",
    );
    RowProblem::skipped(
        row.address(first.map_or(0, |cell| cell.column)),
        row.number(),
        words,
    )
}

fn no_id(row: &Row, text: &str) -> RowProblem {
    let words = Explanation::new(
        format!("{} is not an ATS id.", quoted(text)),
        "An ATS id is a whole number, and a wrong one would put somebody else's name on candidates. The row was left out.",
        "Correct the cell, or leave it empty, and hand the list over again.",
    );
    let mut cells = row.cells();
    let column = cells.find(|it| it.text == text).map_or(0, |it| it.column);
    RowProblem::skipped(row.address(column), row.number(), words)
}

fn twin(row: &Row, what: &str, kind: &str, first: u32) -> RowProblem {
    let words = Explanation::new(
        format!("{} is in row {first} as well.", quoted(what)),
        format!("{kind} belongs to one person. The first row was taken."),
        "Check which of the two rows is right and remove the other.",
    );
    let column = row.cells().next().map_or(0, |cell| cell.column);
    RowProblem::skipped(row.address(column), row.number(), words)
}

/// Why a row is nobody's.
enum Unread<'a> {
    NoAddress,
    /// What stands where an ATS id is expected, and can be none.
    NoId(&'a str),
}

fn by_header<'a>(row: &'a Row, header: &Header<TeamColumn>) -> Result<TeamMember, Unread<'a>> {
    let text = |meaning| header.index_of(meaning).map_or("", |index| row.text(index));
    let email = value::email(text(TeamColumn::Email)).ok_or(Unread::NoAddress)?;
    let id = text(TeamColumn::AtsId);
    let ats_id = value::user_id(id);
    if ats_id.is_none() && !id.is_empty() {
        return Err(Unread::NoId(id));
    }
    let parts = [
        TeamColumn::Name,
        TeamColumn::FirstName,
        TeamColumn::LastName,
    ];
    let [name, first, last] = parts.map(|part| single_line(text(part)));
    let name = Some(whole_name(&name, &first, &last)).filter(|name| !name.is_empty());
    Ok(TeamMember {
        name: name.unwrap_or_else(|| email.clone()),
        headhuntr_id: Some(text(TeamColumn::HeadhuntrId).to_owned()).filter(|id| !id.is_empty()),
        ats_id,
        email,
        row: row.number(),
    })
}

fn by_shape(row: &Row) -> Result<TeamMember, Unread<'_>> {
    let email = row.cells().find_map(|cell| value::email(cell.text));
    let email = email.ok_or(Unread::NoAddress)?;
    let others = row.cells().map(|cell| cell.text);
    let (numbers, texts): (Vec<&str>, Vec<&str>) = others
        .filter(|text| value::email(text).is_none())
        .partition(|text| value::user_id(text).is_some());
    if numbers.is_empty()
        && let Some(text) = texts.iter().find(|text| is_mistyped(text))
    {
        return Err(Unread::NoId(text));
    }
    let has_digit = |text: &&&str| text.bytes().any(|byte| byte.is_ascii_digit());
    let name = texts.iter().find(|text| !has_digit(text));
    let name = name.or(texts.first());
    // The last number is the ATS id: what stands before it is an id of ours, and so is a word with a number in it.
    let mut numbers = numbers.into_iter().rev();
    let ats_id = numbers.next().and_then(value::user_id);
    let coded = texts
        .iter()
        .find(|text| has_digit(text) && Some(*text) != name);
    Ok(TeamMember {
        name: name.map_or_else(|| email.clone(), |text| single_line(text)),
        headhuntr_id: coded.copied().or(numbers.next()).map(single_line),
        ats_id,
        email,
        row: row.number(),
    })
}

/// Whether a text was meant to be a number: shortened by a spreadsheet program, or with a letter slipped in. An id of
/// Headhuntr's has more letters, or begins with one.
fn is_mistyped(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let begins = text.starts_with(|c: char| c.is_ascii_digit());
    value::is_shortened(text) || begins && letters < 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_without_a_header_is_read_by_what_its_cells_are() {
        let check = |row: &str, name: &str, ours: Option<&str>, ats_id: Option<i64>| {
            let list = parse_pasted(row).expect("read");
            let it = &list.members[0];
            let expected = (name, ours, ats_id.map(UserId));
            assert_eq!(
                (&*it.name, it.headhuntr_id.as_deref(), it.ats_id),
                expected,
                "{row:?}"
            );
        };
        check(
            "Ana Vega\tana@example.org\t4100237",
            "Ana Vega",
            None,
            Some(4_100_237),
        );
        check(
            "Ana Vega\tana@example.org\t1042\t4100237",
            "Ana Vega",
            Some("1042"),
            Some(4_100_237),
        );
        check(
            "hh-1042\tana@example.org\tAna Vega",
            "Ana Vega",
            Some("hh-1042"),
            None,
        );
        check("ana@example.org", "ana@example.org", None, None);
    }

    #[test]
    fn a_list_is_read_by_its_headers() {
        let list = parse_pasted("Email,Name,Headhuntr user ID\nana@example.org,Ana Vega,u-1\nANA@example.org,Ana,u-2\nnobody,Bo,u-3\n").expect("read");
        assert_eq!(list.members.len(), 1, "one address, one person");
        assert_eq!(
            list.members[0].headhuntr_id.as_deref(),
            Some("u-1"),
            "the first row was taken"
        );
        assert_eq!(
            list.problems.len(),
            2,
            "the twin and the row without an address are named"
        );
    }

    #[test]
    fn pasted_rows_need_no_header() {
        let list = parse_pasted("Ana Vega\tana@example.org\t4711\nbo@example.org\n").expect("read");
        assert_eq!(
            list.members[0].ats_id,
            Some(UserId(4711)),
            "the number is the ATS id"
        );
        assert_eq!(
            list.members[1].name, "bo@example.org",
            "an address alone will do"
        );
    }

    #[test]
    fn what_was_meant_for_an_ats_id_is_never_taken_for_another() {
        for rows in [
            "Ana Vega\tana@example.org\t4.1E+09\n",
            "Ana Vega\tana@example.org\t12x\n",
            "Name,Email,ATS ID\nAna Vega,ana@example.org,12x\nBo,bo@example.org,\n",
        ] {
            let list = parse_pasted(rows).expect("read");
            let is_there = list.members.iter().any(|it| it.name == "Ana Vega");
            assert_eq!((is_there, list.problems.len()), (false, 1), "{rows:?}");
        }
    }

    #[test]
    fn one_id_of_headhuntrs_is_one_person() {
        let rows = "Name,Email,Headhuntr ID\nAna,ana@example.org,hh-1\nBo,bo@example.org,hh-1\n";
        let list = parse_pasted(rows).expect("read");
        assert_eq!((list.members.len(), list.problems.len()), (1, 1), "named");
    }
}
