//! Who a row of a team list says has an address, or an id of Headhuntr's.

use super::TeamMember;
use crate::seen::{Told, sorted_words};
use domain::ids::UserId;
use domain::mapping::folded_email;

/// Who stands in a row.
#[derive(Clone)]
pub(super) struct Person {
    /// The words of their name; none where only their address is said.
    name: Vec<String>,
    email: String,
    ats_id: Option<UserId>,
}

impl Person {
    pub(super) fn of(member: &TeamMember) -> Self {
        let is_said = !member.name.contains('@');
        Self {
            name: sorted_words(if is_said { &member.name } else { "" }),
            email: folded_email(&member.email),
            ats_id: member.ats_id,
        }
    }
}

impl Told for Person {
    type Contradiction = ();

    /// Two names of one address are two people, and so are two ATS ids; somebody may have two addresses.
    fn contradiction(&self, later: &Self) -> Option<()> {
        let by_id = self.ats_id.zip(later.ats_id);
        let differ = by_id.is_some_and(|(one, two)| one != two)
            || if self.name.is_empty() || later.name.is_empty() {
                self.email != later.email
            } else {
                !are_of_one(&self.name, &later.name)
            };
        differ.then_some(())
    }

    fn learn(&mut self, later: Self) {
        let letters = |words: &[String]| words.iter().map(String::len).sum::<usize>();
        if letters(&later.name) > letters(&self.name) {
            self.name = later.name;
        }
        self.ats_id = self.ats_id.or(later.ats_id);
    }
}

/// Whether two names may be of one person: one is the other, or a part of it, or has initials for words of it.
fn are_of_one(one: &[String], two: &[String]) -> bool {
    let (short, long) = if one.len() > two.len() {
        (two, one)
    } else {
        (one, two)
    };
    let is_initial = |one: &str, two: &str| one.chars().count() == 1 && two.starts_with(one);
    let fits = |one: &str, two: &str| one == two || is_initial(one, two) || is_initial(two, one);
    short
        .iter()
        .all(|one| long.iter().any(|two| fits(one, two)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_person_may_be_written_otherwise() {
        let check = |one, two, expected| {
            let (one, two) = (sorted_words(one), sorted_words(two));
            assert_eq!(are_of_one(&one, &two), expected, "{one:?} {two:?}");
            assert_eq!(are_of_one(&two, &one), expected, "{two:?} {one:?}");
        };
        check("Paula Hill", "Hill, Paula", true);
        check("Paula Hill", "P. Hill", true);
        check("Paula", "Paula Hill", true);
        check("Paula Hill", "Paula Hill-Smith", true);
        check("Jos\u{e9} Vega", "Jose Vega", true);
        check("Paula Hill", "Peter Hill", false);
        check("Paul Hill", "Paula Hill", false);
        check("王伟", "王芳", false);
    }
}
