//! Pasting into the table: a column of ids, or rows of names, addresses and ids. First shown, then applied.

use super::team::{IfConfirmed, Joining};
use super::{Matching, TOPICS, people, team};
use crate::Engine;
use crate::audit::by_person;
use crate::call::{MappingFilter, PasteRow};
use crate::error::{Code, Error};
use crate::setup::files::on_file;
use crate::view::{MappingView, PasteLine, PasteView, PasteWhat};
use domain::ids::UserId;
use domain::mapping::{Member, clues, folded_email, folded_name, is_contradicted};
use intake::team::{TeamList, TeamMember as Handed, parse_pasted};
use jiff::Timestamp;
use std::collections::BTreeMap;
use store::{NewMember, Reader, Slice, StoreError, TeamMember, Tx};

/// So many rows are taken at once.
const MOST_ROWS: usize = 20_000;
/// So much of a row that is not understood is shown again.
const SHOWN_OF_A_ROW: usize = 80;

/// Where a column of ids is pasted: into which rows of the table, as it is shown.
pub(super) struct Into {
    search: String,
    filter: store::MappingFilter,
    from: u32,
}

impl Engine {
    /// Says what pasting this would do, and changes nothing. A column of ids alone goes into the rows of the table that
    /// is shown, from the row `from` on; without it there is no such row.
    ///
    /// # Errors
    /// `InputInvalid` where nothing was pasted, or too much.
    pub async fn preview_paste(
        &self,
        text: &str,
        search: &str,
        filter: MappingFilter,
        from: Option<u32>,
    ) -> Result<PasteView, Error> {
        let text = text.to_owned();
        if text.trim().is_empty() {
            return Err(Error::new(Code::InputInvalid, "Nothing was pasted").at("text"));
        }
        if text.lines().count() > MOST_ROWS {
            let detail =
                format!("More than {MOST_ROWS} rows. Hand the team over as a file instead");
            return Err(Error::new(Code::InputInvalid, detail).at("text"));
        }
        let into = from.map(|from| Into {
            search: search.trim().to_owned(),
            filter: super::show::stored(filter),
            from,
        });
        let list = if text.contains('@') {
            let text = text.clone();
            Some(on_file(move || parse_pasted(&text)).await??)
        } else {
            None
        };
        let lines = self
            .db()
            .read(move |reader| {
                let book = Book::read(reader)?;
                let mut lines = match list {
                    Some(list) => book.of_people(list),
                    None => book.of_ids(reader, &text, into.as_ref())?,
                };
                book.note_accounts(reader, &mut lines)?;
                Ok(lines)
            })
            .await?;
        Ok(counted(lines))
    }

    /// Applies what was shown. It is one change, and taken back as one.
    ///
    /// # Errors
    /// `InputInvalid` where an id cannot be one; `NotFound` where a person is not in the team any more.
    pub async fn apply_paste(&self, rows: &[PasteRow]) -> Result<MappingView, Error> {
        are_ids(rows.iter().map(|row| row.user)).map_err(|error| error.at("text"))?;
        let rows = rows.to_vec();
        let (now, matching) = (self.now(), self.matching());
        self.db()
            .write(move |tx| {
                apply(tx, &matching, rows, now)?;
                matching.propose(tx)
            })
            .await?;
        self.changed(TOPICS);
        self.mapping().await
    }
}

/// Refuses what can be nobody's id.
pub(super) fn are_ids(users: impl IntoIterator<Item = Option<UserId>>) -> Result<(), Error> {
    if users.into_iter().flatten().any(|user| user.get() <= 0) {
        let detail = "An ATS id is a whole number above zero";
        return Err(Error::new(Code::InputInvalid, detail));
    }
    Ok(())
}

/// Applies pasted rows; returns the members whose ATS id they set.
pub(super) fn apply(
    tx: &Tx<'_>,
    matching: &Matching,
    rows: Vec<PasteRow>,
    now: Timestamp,
) -> Result<Vec<i64>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut joining = Vec::with_capacity(rows.len());
    for row in rows {
        let known = row.member.map(|id| tx.team().load(id)).transpose()?;
        joining.push(Joining {
            user: row.user,
            member: NewMember {
                name: row.name,
                email: known.map_or(row.email, |it| it.email),
                headhuntr_id: row.headhuntr_id,
            },
        });
    }
    team::take_in(tx, matching, &joining, IfConfirmed::Replaced, now)?;
    let what = people(joining.len(), "pasted into the mapping");
    tx.audit().append(&by_person(now, what, ""))?;
    let mut set = Vec::new();
    for one in joining.iter().filter(|it| it.user.is_some()) {
        set.extend(tx.team().find_by_email(&one.member.email)?.map(|it| it.id));
    }
    Ok(set)
}

/// The team, by what pasted rows know them by.
struct Book {
    by_email: BTreeMap<String, TeamMember>,
    by_name: BTreeMap<String, Vec<TeamMember>>,
    held: BTreeMap<i64, UserId>,
}

impl Book {
    fn read(reader: &Reader) -> Result<Self, StoreError> {
        let mut by_email = BTreeMap::new();
        let mut by_name: BTreeMap<String, Vec<TeamMember>> = BTreeMap::new();
        for member in reader.team().list()? {
            by_name
                .entry(folded_name(&member.name))
                .or_default()
                .push(member.clone());
            by_email.insert(folded_email(&member.email), member);
        }
        Ok(Self {
            by_email,
            by_name,
            held: reader.mapping().held()?.into_iter().collect(),
        })
    }

    fn of_people(&self, list: TeamList) -> Vec<PasteLine> {
        let mut lines: Vec<(u32, PasteLine)> = Vec::new();
        for it in list.members {
            let known = self.by_email.get(&folded_email(&it.email));
            let mut line = match known {
                Some(member) => self.for_known(member, &it),
                None => PasteLine {
                    what: PasteWhat::Add,
                    user: it.ats_id,
                    ..blank(&it.name)
                },
            };
            line.email = it.email;
            line.headhuntr_id = it.headhuntr_id;
            lines.push((it.row, line));
        }
        for problem in list.problems.iter() {
            let row = problem.row;
            lines.push((row, refused(&format!("Row {row}"), &problem.what)));
        }
        lines.sort_by_key(|it| it.0);
        lines.into_iter().map(|it| it.1).collect()
    }

    fn of_ids(
        &self,
        reader: &Reader,
        text: &str,
        into: Option<&Into>,
    ) -> Result<Vec<PasteLine>, StoreError> {
        let rows: Vec<Cells> = text.trim_end().lines().map(cells).collect();
        let rows = match rows.split_first() {
            Some((head, rest)) if head.id.is_none() && rest.iter().any(|it| it.id.is_some()) => {
                rest.to_vec()
            }
            _ => rows,
        };
        let slice = |into: &Into| Slice {
            offset: into.from,
            limit: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        };
        let shown = match into {
            Some(into) => {
                reader
                    .mapping()
                    .list(&into.search, into.filter, slice(into))?
                    .rows
            }
            None => Vec::new(),
        };
        let mut shown = shown.into_iter();
        let mut lines = Vec::new();
        for row in rows {
            let beside = shown.next().map(|it| it.member);
            match (row.id, row.name.is_empty()) {
                // An empty cell of the column leaves its row as it is.
                (None, true) if row.text.trim().is_empty() => {}
                (Some(id), true) => lines.push(match beside {
                    Some(member) => self.for_member(&member, Some(id)),
                    None => refused(
                        &row.text,
                        "There is no row for this id. Paste it with the e-mail address.",
                    ),
                }),
                (Some(id), false) => lines.push(self.by_name(&row, id)),
                (None, _) => lines.push(refused(
                    &row.text,
                    "There is no ATS id in it: a whole number.",
                )),
            }
        }
        Ok(lines)
    }

    fn by_name(&self, row: &Cells, id: UserId) -> PasteLine {
        match self.by_name.get(&folded_name(&row.name)).map(Vec::as_slice) {
            Some([member]) => self.for_member(member, Some(id)),
            Some(_) => refused(
                &row.text,
                "Several people of the team have this name. Paste it with the e-mail address.",
            ),
            None => refused(
                &row.text,
                "Nobody of the team has this name. Paste it with the e-mail address.",
            ),
        }
    }

    /// A row with the address of somebody of the team may say another name and another id of ours.
    fn for_known(&self, member: &TeamMember, handed: &Handed) -> PasteLine {
        let mut line = self.for_member(member, handed.ats_id);
        let is_named = folded_email(&handed.name) != folded_email(&handed.email);
        let renamed = is_named && handed.name != member.name;
        let renumbered =
            handed.headhuntr_id.is_some() && handed.headhuntr_id != member.headhuntr_id;
        if renamed {
            line.note = format!("Was called {} so far.", member.name);
            line.name.clone_from(&handed.name);
        } else if renumbered {
            line.note = match &member.headhuntr_id {
                Some(before) => format!("Had the Headhuntr id {before} so far."),
                None => "Had no Headhuntr id so far.".to_owned(),
            };
        }
        if line.what == PasteWhat::Same && (renamed || renumbered) {
            line.what = PasteWhat::Change;
        }
        line
    }

    fn for_member(&self, member: &TeamMember, user: Option<UserId>) -> PasteLine {
        let held = self.held.get(&member.id).copied();
        let same = user.is_none() || user == held;
        PasteLine {
            member: Some(member.id),
            email: member.email.clone(),
            user,
            what: if same {
                PasteWhat::Same
            } else {
                PasteWhat::Set
            },
            ..blank(&member.name)
        }
    }

    /// Says beside each line whose account it is, and what is the matter with it.
    fn note_accounts(&self, reader: &Reader, lines: &mut [PasteLine]) -> Result<(), StoreError> {
        let mut times: BTreeMap<UserId, u32> = BTreeMap::new();
        for line in lines
            .iter()
            .filter(|it| it.what != PasteWhat::NotUnderstood)
        {
            if let Some(user) = line.user {
                *times.entry(user).or_default() += 1;
            }
        }
        for line in lines.iter_mut() {
            let Some(user) = line.user else {
                continue;
            };
            let known = reader.users().account(user)?;
            let elsewhere = self
                .held
                .iter()
                .any(|(member, held)| *held == user && Some(*member) != line.member);
            let doubt = match &known {
                None => Some("This ATS id is not in the list of users."),
                Some(it) if it.deactivated => Some("This account is deactivated."),
                Some(_) if elsewhere || times.get(&user).is_some_and(|it| *it > 1) => {
                    Some("Somebody else of the team has this account too.")
                }
                Some(it) if is_contradicted(&clues(&member(line), it)) => {
                    Some("Neither the name nor the address of this account fits.")
                }
                Some(_) => None,
            };
            if let Some(doubt) = doubt {
                line.note = doubt.to_owned();
            }
            line.user_name = known.map(|it| it.name);
        }
        Ok(())
    }
}

/// Returns whom a line is about, as mapping sees them.
fn member(line: &PasteLine) -> Member {
    Member {
        id: line.member.unwrap_or_default(),
        name: line.name.clone(),
        email: line.email.clone(),
    }
}

/// A row without an address.
#[derive(Clone)]
struct Cells {
    text: String,
    name: String,
    id: Option<UserId>,
}

fn cells(line: &str) -> Cells {
    let parting = ['\t', ';', ','].into_iter().find(|it| line.contains(*it));
    let cells = line
        .split(|c| Some(c) == parting)
        .map(|it| it.trim().trim_matches('"').trim());
    let (ids, rest): (Vec<&str>, Vec<&str>) = cells
        .filter(|it| !it.is_empty())
        .partition(|it| intake::value::user_id(it).is_some());
    Cells {
        text: line.to_owned(),
        // The last number is the ATS id: what stands before it is an id of ours.
        id: ids.last().and_then(|it| intake::value::user_id(it)),
        name: rest.join(" "),
    }
}

fn blank(name: &str) -> PasteLine {
    PasteLine {
        member: None,
        name: name.to_owned(),
        email: String::new(),
        headhuntr_id: None,
        user: None,
        user_name: None,
        what: PasteWhat::NotUnderstood,
        note: String::new(),
    }
}

fn refused(text: &str, why: &str) -> PasteLine {
    PasteLine {
        note: why.to_owned(),
        ..blank(&text.chars().take(SHOWN_OF_A_ROW).collect::<String>())
    }
}

fn counted(lines: Vec<PasteLine>) -> PasteView {
    let count = |what: PasteWhat| {
        let some = lines.iter().filter(|it| it.what == what).count();
        u32::try_from(some).unwrap_or(u32::MAX)
    };
    PasteView {
        set: count(PasteWhat::Set),
        added: count(PasteWhat::Add),
        changed: count(PasteWhat::Change),
        same: count(PasteWhat::Same),
        not_understood: count(PasteWhat::NotUnderstood),
        lines,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_however_it_is_parted() {
        for line in [
            "Ana Vega\t4100237",
            "Ana Vega;4100237",
            "\"Ana Vega\", 4100237",
            "Ana Vega\thh-1\t12\t4100237",
        ] {
            let row = cells(line);
            assert_eq!(row.id, Some(UserId(4_100_237)), "{line}");
            assert!(row.name.starts_with("Ana Vega"), "{line}");
        }
        assert_eq!(
            cells(" 4100237 ").id,
            Some(UserId(4_100_237)),
            "an id alone"
        );
        assert_eq!(cells("ATS id").id, None, "a header");
    }
}
