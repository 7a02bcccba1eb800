//! Which column of an export holds what.

use super::UserColumn;
use super::column::{order_of_addresses, tells_id};
use crate::columns::{Column, Header};
use crate::sheet::{Row, column_letters};
use crate::value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What becomes of a column's cells.
#[derive(Debug, Clone)]
pub(super) enum Slot {
    /// They mean this.
    Means(UserColumn),
    /// They may mean this, and are kept under this name as well.
    Perhaps(UserColumn, Arc<str>),
    /// They are kept under this name.
    Kept(Arc<str>),
}

/// A header row, ready for reading the rows below it.
#[derive(Debug)]
pub(super) struct Layout {
    /// Its row, from 1.
    pub(super) row: u32,
    pub(super) columns: Vec<Column<UserColumn>>,
    /// The column of the ids, from 0.
    pub(super) id: u16,
    /// Other columns that tell as much as the one of the ids.
    pub(super) rivals: Vec<u16>,
    /// The columns of addresses, the primary one first.
    pub(super) emails: Vec<u16>,
    /// Whether there is a column of names or addresses.
    pub(super) names_people: bool,
    /// How many fields the header's line has; nought in a workbook.
    pub(super) fields: usize,
    /// By column, from 0; nothing where there is no header.
    slots: Vec<Option<Slot>>,
}

impl Layout {
    /// Returns nothing where there is no *User ID* column, or where beside it stands the id of somebody: that is no
    /// header but says who made the list.
    pub(super) fn of(row: &Row) -> Option<Self> {
        let header = Header::read(row);
        let id = header.index_of(UserColumn::UserId)?;
        let mut beside = header.columns.iter().skip_while(|it| it.index != id);
        if beside
            .nth(1)
            .is_some_and(|it| value::user_id(&it.header).is_some())
        {
            return None;
        }
        let mut slots = Vec::new();
        let mut names = BTreeSet::new();
        for column in &header.columns {
            let index = usize::from(column.index);
            slots.resize(slots.len().max(index + 1), None);
            if let Some(slot) = slots.get_mut(index) {
                *slot = Some(slot_of(column, &mut names));
            }
        }
        Some(Self {
            row: header.row,
            id,
            rivals: rivals(&header.columns, id),
            emails: emails(&header.columns),
            names_people: names_people(&header.columns),
            fields: row.fields(),
            slots,
            columns: header.columns,
        })
    }

    /// Returns how many columns there are up to the last one with a header.
    pub(super) fn width(&self) -> usize {
        self.slots.len()
    }

    /// Returns how many columns mean something.
    pub(super) fn understood(&self) -> usize {
        let columns = self.columns.iter();
        columns.filter(|column| column.meaning.is_some()).count()
    }

    /// Whether in a row stands nothing but errors and the like, and none of them in a column that means something.
    pub(super) fn finds_nothing(&self, row: &Row) -> bool {
        let means = |column| matches!(self.slot(column), Some(Slot::Means(_) | Slot::Perhaps(..)));
        row.width() == 0 && row.fault().is_none() && !row.unread().any(|(it, _)| means(it))
    }

    /// Adds the columns of a header that stood before this one and had others.
    pub(super) fn remember(&mut self, before: Vec<Column<UserColumn>>) {
        if before.len() > MOST_REMEMBERED {
            self.columns = before;
            return;
        }
        let is_known = |it: &Column<UserColumn>| {
            let same = |known: &&Column<UserColumn>| {
                known.meaning == it.meaning && known.header == it.header
            };
            before.iter().find(same).is_some()
        };
        let new = self.columns.iter().filter(|it| !is_known(it)).cloned();
        let new: Vec<_> = new.collect();
        self.columns = before;
        self.columns.extend(new);
    }

    /// Returns what becomes of the cells in a column; nothing where it has no header.
    pub(super) fn slot(&self, column: u16) -> Option<&Slot> {
        self.slots.get(usize::from(column))?.as_ref()
    }
}

/// So many columns of several headers are named; no list of people has more.
const MOST_REMEMBERED: usize = 500;

/// Returns the columns that lay as much claim to the ids as the one that has them.
fn rivals(columns: &[Column<UserColumn>], id: u16) -> Vec<u16> {
    let claim = |column: &Column<UserColumn>| tells_id(&column.header);
    let chosen = columns.iter().find(|it| it.index == id).and_then(claim);
    let others = columns.iter().filter(|it| it.index != id);
    let equal = others.filter(|it| chosen.is_some() && claim(it) == chosen);
    equal.map(|it| it.index).collect()
}

fn names_people(columns: &[Column<UserColumn>]) -> bool {
    use UserColumn::{Email, FirstName, LastName, Name};
    let mut meanings = columns.iter().filter_map(|column| column.meaning);
    meanings.any(|it| matches!(it, Name | FirstName | LastName | Email))
}

fn emails(columns: &[Column<UserColumn>]) -> Vec<u16> {
    let columns = columns.iter();
    let emails = columns.filter(|it| it.meaning == Some(UserColumn::Email));
    let mut emails: Vec<_> = emails
        .map(|it| (order_of_addresses(&it.header), it.index))
        .collect();
    emails.sort_unstable();
    emails.into_iter().map(|(_, index)| index).collect()
}

/// Returns the name under which the cells of a column without header are kept.
pub(super) fn unnamed(column: u16) -> Arc<str> {
    format!("Column {}", column_letters(column)).into()
}

/// Two columns of one name are told apart by their letters.
fn slot_of(column: &Column<UserColumn>, names: &mut BTreeSet<String>) -> Slot {
    if let Some(meaning) = column.meaning
        && !matches!(meaning, UserColumn::Login | UserColumn::State)
    {
        return Slot::Means(meaning);
    }
    let name: Arc<str> = if names.insert(column.header.clone()) {
        column.header.as_str().into()
    } else {
        format!("{} ({})", column.header, column_letters(column.index)).into()
    };
    match column.meaning {
        Some(meaning) => Slot::Perhaps(meaning, name),
        None => Slot::Kept(name),
    }
}
