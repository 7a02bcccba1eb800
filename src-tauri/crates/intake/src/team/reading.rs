//! One team list being read: every row is somebody or a problem.

use super::left_out::{cannot_be_read, contradiction, no_address, no_id, several_addresses, twin};
use super::person::Person;
use super::row::Unread;
use super::{TeamList, TeamMember};
use crate::MOST_PEOPLE;
use crate::problem::{FileProblem, Hazard};
use crate::seen::{Again, Seen};
use crate::sheet::Row;
use domain::mapping::folded_email;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// What was found so far.
#[derive(Default)]
pub(super) struct Reading {
    list: TeamList,
    addresses: Seen<String, Person>,
    ids: Seen<String, Person>,
    /// Rows that were taken until another contradicted them.
    taken_back: BTreeSet<u32>,
    is_endless: bool,
}

impl Reading {
    /// Takes the next row.
    pub(super) fn take(
        &mut self,
        row: &Row,
        read: Result<TeamMember, Unread<'_>>,
    ) -> ControlFlow<()> {
        let problems = &mut self.list.problems;
        match (row.fault(), read) {
            (Some(fault), _) => problems.add(|| fault.problem(row.number())),
            (None, Ok(member)) => self.keep(row, member),
            // Errors and the like in columns that decide nothing.
            (None, Err(Unread::NoAddress)) if row.width() == 0 => {}
            (None, Err(Unread::NoAddress)) => problems.add(|| no_address(row)),
            (None, Err(Unread::SeveralAddresses)) => problems.add(|| several_addresses(row)),
            (None, Err(Unread::NoId(text))) => problems.add(|| no_id(row, text)),
            (None, Err(Unread::CannotBeRead(column, why))) => {
                problems.add(|| cannot_be_read(row, column, why));
            }
        }
        if self.is_endless {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    /// Keeps somebody whose address and id nobody had before. Both are noted of every row: whoever is left out for one
    /// may contradict somebody by the other.
    fn keep(&mut self, row: &Row, member: TeamMember) {
        let person = Person::of(&member);
        let (address, number) = (folded_email(&member.email), row.number());
        let by_address = self.addresses.add(address, number, person.clone());
        let id = member.headhuntr_id.clone();
        let by_id = id.and_then(|id| self.ids.add(id, number, person));
        self.is_endless = self.addresses.len().max(self.ids.len()) > MOST_PEOPLE as usize;

        let is_taken_back = |again: &Again<Person>| {
            !matches!(again, Again::Same(_)) || self.taken_back.contains(&again.first())
        };
        let id = member.headhuntr_id.as_deref().unwrap_or_default();
        let again = [
            (by_address, &*member.email, "An address"),
            (by_id, id, "An id of Headhuntr\u{2019}s"),
        ];
        let mut again: Vec<_> = again
            .into_iter()
            .filter_map(|(again, what, kind)| {
                let again = again?;
                Some((is_taken_back(&again), again.first(), what, kind))
            })
            .collect();
        // One problem names the row; of two, the one that costs both.
        again.sort_by_key(|(is_taken_back, ..)| !is_taken_back);
        for (_, first, ..) in again.iter().filter(|it| it.0) {
            self.taken_back.insert(*first);
        }
        match again.first() {
            Some((true, first, what, kind)) => {
                let problems = &mut self.list.problems;
                problems.add(|| contradiction(row, what, kind, *first));
            }
            Some((false, first, what, kind)) => {
                let problems = &mut self.list.problems;
                problems.add(|| twin(row, what, kind, *first));
            }
            None => self.list.members.push(member),
        }
    }

    pub(super) fn finished(mut self) -> Result<TeamList, FileProblem> {
        if self.is_endless {
            return Err(FileProblem::Unsafe(Hazard::TooMuchInside));
        }
        let taken_back = self.taken_back;
        self.list.members.retain(|it| !taken_back.contains(&it.row));
        Ok(self.list)
    }
}
