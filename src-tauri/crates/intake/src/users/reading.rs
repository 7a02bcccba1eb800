//! One export being read: first its header is looked for, then every row below it is somebody or a problem.

use super::astray::{Astray, astray, header_too_short, moved};
use super::layout::Layout;
use super::left_out::{contradiction, is_total, no_id, total, twin, two_ids};
use super::nobody::{MOST_HELD, Usual, is_nameless, label, nameless};
use super::other_table::OtherTable;
use super::person::Person;
use super::row::user;
use super::states::States;
use super::twins::Addresses;
use super::{ExportedUser, UserColumn, UserExport, other};
use crate::MOST_PEOPLE;
use crate::columns::{HEADER_WITHIN, Meaning as _};
use crate::problem::{Content, FileProblem, Hazard, Problems, RowProblem};
use crate::recognise::{content_of, rank};
use crate::seen::{Again, Seen};
use crate::sheet::Row;
use crate::value;
use domain::ids::UserId;
use std::ops::ControlFlow;

/// What was found so far.
#[derive(Default)]
pub(super) struct Reading {
    /// What rows above a header say the table is.
    content: Option<Content>,
    looked_at: u32,
    layout: Option<Layout>,
    /// The table that the rows belong to, where it is another one.
    other_table: Option<OtherTable>,
    usual: Usual,
    /// Rows that are people only if nobody has a name.
    held: Vec<Row>,
    /// Rows below a header on sheets where nobody was found.
    in_vain: u32,
    /// Of them, those with more in them than in the header.
    longer: u32,
    first: Option<RowProblem>,
    seen: Seen<UserId, Person>,
    addresses: Addresses,
    states: States,
    export: UserExport,
}

impl Reading {
    /// Begins another sheet; on those before, nobody was found.
    pub(super) fn begin_sheet(&mut self) {
        self.start_over();
        self.layout = None;
        self.states = States::default();
        self.usual = Usual::default();
        self.looked_at = 0;
    }

    /// Settles what is known only behind the last row of a sheet.
    pub(super) fn end_sheet(
        &mut self,
        take: &mut dyn FnMut(ExportedUser) -> ControlFlow<()>,
    ) -> Result<(), FileProblem> {
        self.leave_other_table();
        self.take_held(take).map(|_| ())
    }

    pub(super) fn users(&self) -> u32 {
        self.export.users
    }

    pub(super) fn layout(&self) -> Option<&Layout> {
        self.layout.as_ref()
    }

    /// Looks for the header alone.
    pub(super) fn look(&mut self, row: &Row) -> ControlFlow<()> {
        self.looked_at += 1;
        if self.looked_at > HEADER_WITHIN {
            return ControlFlow::Break(());
        }
        if let Some(fault) = row.fault().filter(|it| it.mixes_columns()) {
            // Whichever columns it names, they are not all.
            self.in_vain += 1;
            self.first
                .get_or_insert_with(|| fault.problem(row.number()));
            return ControlFlow::Continue(());
        }
        let mut content = content_of(row);
        if content == Content::UserExport {
            self.layout = Layout::of(row);
            content = Content::UnknownTable;
        }
        if self.layout.is_some() {
            return ControlFlow::Break(());
        }
        let before = self.content.unwrap_or(Content::Nothing);
        if rank(content) >= rank(before) {
            self.content = Some(content);
        }
        ControlFlow::Continue(())
    }

    /// Takes the next row.
    pub(super) fn row(
        &mut self,
        row: &Row,
        take: &mut dyn FnMut(ExportedUser) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, FileProblem> {
        if self.layout.is_none() {
            let found = self.look(row);
            return Ok(if self.layout.is_some() {
                ControlFlow::Continue(())
            } else {
                found
            });
        }
        let layout = self.layout.iter();
        if layout.into_iter().any(|it| it.finds_nothing(row)) {
            return Ok(ControlFlow::Continue(()));
        }
        if self.is_header_again(row) || self.is_of_another_table(row) {
            return Ok(ControlFlow::Continue(()));
        }
        let Some(id) = self.id(row) else {
            return Ok(ControlFlow::Continue(()));
        };
        if self.is_nobody(row) {
            return if self.held.len() < MOST_HELD {
                Ok(ControlFlow::Continue(()))
            } else {
                self.take_held(take)
            };
        }
        self.hand_on(id, row, take)
    }

    /// Whether a row tells of nobody, or not yet.
    fn is_nobody(&mut self, row: &Row) -> bool {
        let Some(layout) = &self.layout else {
            return true;
        };
        let id = layout.id;
        if self.usual.is_label(layout, row) {
            self.export.problems.add(|| label(id, row));
            return true;
        }
        if self.usual.is_without_names || !layout.names_people {
            return false;
        }
        if !is_nameless(layout, row) {
            self.usual.has_names = true;
            self.drop_held();
            return false;
        }
        if self.usual.has_names {
            self.export.problems.add(|| nameless(id, row));
        } else {
            self.held.push(row.clone());
        }
        true
    }

    fn drop_held(&mut self) {
        let id = self.layout.as_ref().map_or(0, |layout| layout.id);
        for row in self.held.drain(..) {
            self.export.problems.add(|| nameless(id, &row));
        }
    }

    /// Nobody has a name, so those without are people.
    fn take_held(
        &mut self,
        take: &mut dyn FnMut(ExportedUser) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, FileProblem> {
        self.usual.is_without_names = !self.held.is_empty();
        for row in std::mem::take(&mut self.held) {
            let Some(id) = self.id(&row) else { continue };
            if self.hand_on(id, &row, take)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn hand_on(
        &mut self,
        id: UserId,
        row: &Row,
        take: &mut dyn FnMut(ExportedUser) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, FileProblem> {
        match self.user(id, row) {
            Some(user) if self.seen.len() <= MOST_PEOPLE as usize => {
                self.usual.note(row);
                self.count(&user);
                Ok(take(user))
            }
            Some(_) => Err(FileProblem::Unsafe(Hazard::TooMuchInside)),
            None => Ok(ControlFlow::Continue(())),
        }
    }

    /// A header may stand again on each printed page, or begin another part in another order: the rows below it are
    /// read by it. One that only now is followed by people is the real one.
    fn is_header_again(&mut self, row: &Row) -> bool {
        let Some(layout) = &self.layout else {
            return false;
        };
        if row.fault().is_some() || value::user_id(row.text(layout.id)).is_some() {
            return false;
        }
        let names_ids = |text| {
            UserColumn::words()
                .find(text)
                .is_some_and(|it| it.0 == UserColumn::UserId)
        };
        if !row.cells().any(|cell| names_ids(cell.text)) {
            return false;
        }
        if content_of(row) != Content::UserExport {
            return false;
        }
        let Some(mut again) = Layout::of(row) else {
            return false;
        };
        let (id, columns) = (layout.id, layout.columns.clone());
        let is_elsewhere = self.other_table.is_some();
        self.leave_other_table();
        self.drop_held();
        if self.export.users == 0 {
            self.start_over();
        } else if again.understood() < 2 && !is_elsewhere {
            // A word that explains the column, rather than another header.
            return again.id == id;
        } else {
            again.remember(columns);
        }
        self.layout = Some(again);
        true
    }

    /// Whether a row begins another table, or stands in it.
    fn is_of_another_table(&mut self, row: &Row) -> bool {
        match &mut self.other_table {
            Some(other) => other.pass_over(),
            None => {
                let mut layout = self.layout.iter();
                self.other_table = layout.find_map(|it| OtherTable::begins(it, row));
            }
        }
        self.other_table.is_some()
    }

    fn leave_other_table(&mut self) {
        if let Some(other) = self.other_table.take() {
            self.export.problems.add(|| other.problem());
        }
    }

    /// Returns the id of a row that can be trusted.
    fn id(&mut self, row: &Row) -> Option<UserId> {
        let layout = self.layout.as_ref()?;
        if row.fault().is_none()
            && let Some(astray) = astray(layout, row)
        {
            self.longer += u32::from(matches!(astray, Astray::TooLong(_)));
            self.export.problems.add(|| moved(&astray, row));
            return None;
        }
        id(layout, row, &mut self.export.problems)
    }

    fn user(&mut self, id: UserId, row: &Row) -> Option<ExportedUser> {
        let layout = self.layout.as_ref()?;
        if self.seen.has(&id) {
            self.again(id, row);
            return None;
        }
        let user = user(id, row, layout, &mut self.export.problems, &mut self.states);
        let before = self.seen.add(id, user.row, Person::of(&user));
        before.is_none().then_some(user)
    }

    /// Names a row whose id was met before, and takes the first one back where they contradict each other.
    fn again(&mut self, id: UserId, row: &Row) {
        let Some(layout) = &self.layout else {
            return;
        };
        let mut aside = (Problems::default(), States::default());
        let user = user(id, row, layout, &mut aside.0, &mut aside.1);
        let column = layout.id;
        let Some(again) = self.seen.add(id, user.row, Person::of(&user)) else {
            return;
        };
        let first = again.first();
        self.export.problems.add(|| match &again {
            Again::Same(_) => twin(column, row, first),
            Again::Contradicts(.., how) | Again::Contradicted(_, how) => {
                contradiction(column, row, first, *how)
            }
        });
        if let Again::Contradicts(_, told, _) = again {
            self.take_back(&told);
        }
    }

    fn take_back(&mut self, first: &Person) {
        let export = &mut self.export;
        export.users -= 1;
        export.deactivated -= u32::from(first.deactivated == Some(true));
        if let (Some(admins), Some(true)) = (&mut export.site_admins, first.site_admin) {
            *admins -= 1;
        }
    }

    fn count(&mut self, user: &ExportedUser) {
        let export = &mut self.export;
        export.users += 1;
        if user.deactivated == Some(true) {
            export.deactivated += 1;
        } else {
            self.addresses.add(&user.emails, user.row);
        }
        if let Some(is_admin) = user.site_admin {
            *export.site_admins.get_or_insert(0) += u32::from(is_admin);
        }
    }

    fn start_over(&mut self) {
        let problems = std::mem::take(&mut self.export.problems);
        self.in_vain += u32::try_from(problems.len()).unwrap_or(u32::MAX);
        self.first = self
            .first
            .take()
            .or_else(|| problems.iter().next().cloned());
    }

    pub(super) fn finished(mut self, sheet: String, other_sheets: Vec<String>) -> UserExport {
        let mut columns = self.layout.map(|it| it.columns).unwrap_or_default();
        let places = columns
            .iter_mut()
            .filter(|it| it.meaning == Some(UserColumn::State));
        if self.states.is_about_places() {
            places.for_each(|column| column.meaning = None);
        }
        let (contradicted, mut rows): (Vec<_>, Vec<_>) = self.seen.contradicted().unzip();
        rows.sort_unstable();
        self.addresses.forget(&rows);
        UserExport {
            sheet,
            other_sheets,
            columns,
            twins: self.addresses.twins(),
            contradicted,
            ..self.export
        }
    }

    /// Says why nobody was found.
    pub(super) fn refusal(mut self) -> FileProblem {
        let has_header = self.layout.is_some();
        self.start_over();
        let too_short = self.longer > 0 && self.longer == self.in_vain;
        let first = self.first.map(|first| match too_short {
            true => header_too_short(&first),
            false => first,
        });
        match (first, self.content) {
            (Some(first), _) => FileProblem::NothingTaken {
                wanted: Content::UserExport,
                rows: self.in_vain,
                first: Box::new(first),
            },
            (None, None) => FileProblem::Empty,
            (None, Some(_)) if has_header => FileProblem::Empty,
            (None, Some(content)) => other(content),
        }
    }
}

/// Returns the id of a row; where it has none that can be trusted, says why.
fn id(layout: &Layout, row: &Row, problems: &mut Problems) -> Option<UserId> {
    if let Some(fault) = row.fault() {
        problems.add(|| fault.problem(row.number()));
        return None;
    }
    let Some(id) = value::user_id(row.text(layout.id)) else {
        problems.add(|| no_id(layout.id, row));
        return None;
    };
    let differs = |column: &&u16| {
        let text = row.text(**column);
        !text.is_empty() && value::user_id(text) != Some(id)
    };
    if let Some(rival) = layout.rivals.iter().find(differs) {
        problems.add(|| two_ids(layout.id, *rival, row));
        return None;
    }
    if is_total(layout, row) {
        problems.add(|| total(layout, row));
        return None;
    }
    Some(id)
}
