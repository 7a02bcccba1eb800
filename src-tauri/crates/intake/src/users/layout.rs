//! Which column of an export holds what.

use super::UserColumn;
use crate::columns::{Column, Header};
use crate::sheet::column_letters;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What becomes of a column's cells.
#[derive(Debug, Clone)]
pub(super) enum Slot {
    /// They mean this.
    Means(UserColumn),
    /// They are kept under this name.
    Kept(Arc<str>),
}

/// A header row, ready for reading the rows below it.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) columns: Vec<Column<UserColumn>>,
    /// The column of the ids, from 0.
    pub(super) id: u16,
    /// By column, from 0; nothing where there is no header.
    slots: Vec<Option<Slot>>,
}

impl Layout {
    /// Returns nothing where there is no *User ID* column.
    pub(super) fn of(header: Header<UserColumn>) -> Option<Self> {
        let id = header.index_of(UserColumn::UserId)?;
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
            id,
            slots,
            columns: header.columns,
        })
    }

    /// Returns what becomes of the cells in a column; nothing where it has no header.
    pub(super) fn slot(&self, column: u16) -> Option<&Slot> {
        self.slots.get(usize::from(column))?.as_ref()
    }
}

/// Returns the name under which the cells of a column without header are kept.
pub(super) fn unnamed(column: u16) -> Arc<str> {
    format!("Column {}", column_letters(column)).into()
}

/// Two columns of one name are told apart by their letters.
fn slot_of(column: &Column<UserColumn>, names: &mut BTreeSet<String>) -> Slot {
    if let Some(meaning) = column.meaning {
        return Slot::Means(meaning);
    }
    if names.insert(column.header.clone()) {
        return Slot::Kept(column.header.as_str().into());
    }
    Slot::Kept(format!("{} ({})", column.header, column_letters(column.index)).into())
}
