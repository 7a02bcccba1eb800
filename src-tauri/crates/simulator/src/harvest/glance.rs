//! Ruling computed records out by a glance at their place: a filter that few pass must not make a
//! million records to find them.
//!
//! **Invariant:** what is ruled out here would not pass the filter either; what is not, is looked at whole.

use super::{
    filter::{Filter, Test, Wanted},
    query::ListQuery,
};
use crate::world::{
    Record, Table,
    base::{Base, Shape, Standing},
    computed::{applications, people},
};

/// Says of a place that its record surely does not pass.
type Glance<'a> = Box<dyn Fn(&Base, i64) -> bool + 'a>;

/// Returns what says of an id that its record surely does not pass the query's filters.
pub(super) fn ruled_out<'a, T: Record>(
    table: &'a Table<T>,
    query: &'a ListQuery,
) -> impl Fn(i64) -> bool + 'a {
    let of_resource = |filter: &'a Filter| match query.resource {
        "applications" => of_applications(filter),
        "candidates" => of_candidates(filter),
        "notes" | "attachments" => of_one_kind(query.resource, filter),
        _ => None,
    };
    let glances: Vec<Glance<'a>> = query.filters.iter().filter_map(of_resource).collect();
    move |id| {
        let computed = table
            .lazy()
            .filter(|_| !glances.is_empty() && !table.is_written(id));
        computed.is_some_and(|lazy| {
            let place = id - lazy.first;
            glances.iter().any(|out| out(&lazy.base, place))
        })
    }
}

fn of_applications(filter: &Filter) -> Option<Glance<'_>> {
    let job = |shape: &Shape<'_>, of_prospect: bool| {
        let fits = (shape.standing == Standing::Prospect) == of_prospect;
        shape.job.filter(|_| fits).map(|job| job.id.get())
    };
    Some(match (&filter.test, &filter.wanted) {
        (Test::Flag("prospect"), Wanted::Flag(wanted)) => Box::new(move |base, place| {
            (base.shape(place).standing == Standing::Prospect) != *wanted
        }),
        (Test::Status, Wanted::Text(word)) => Box::new(move |base, place| {
            applications::status(base.shape(place).standing).word() != word
        }),
        (Test::Ids("job_id"), Wanted::Ids(ids)) => Box::new(move |base, place| {
            job(&base.shape(place), false).is_none_or(|job| !ids.contains(&job))
        }),
        (Test::AnyOf("prospective_job_ids"), Wanted::Ids(ids)) => Box::new(move |base, place| {
            job(&base.shape(place), true).is_none_or(|job| !ids.contains(&job))
        }),
        (Test::Text("stage_name"), Wanted::Text(name)) => Box::new(move |base, place| {
            let shape = base.shape(place);
            applications::stage(&shape).is_none_or(|(_, its)| its != name)
        }),
        (Test::Ids("stage_id"), Wanted::Ids(ids)) => Box::new(move |base, place| {
            let stay = applications::stay(&base.shape(place), place);
            !ids.contains(&stay.get())
        }),
        (Test::Ids("source_id"), Wanted::Ids(ids)) => Box::new(move |base, place| {
            applications::source(base, place).is_none_or(|id| !ids.contains(&id.get()))
        }),
        // Nobody a world starts with was referred.
        (Test::Ids("referrer_id"), _) => Box::new(|_, _| true),
        _ => return None,
    })
}

fn of_candidates(filter: &Filter) -> Option<Glance<'_>> {
    Some(match (&filter.test, &filter.wanted) {
        (Test::Flag("private"), Wanted::Flag(wanted)) => {
            Box::new(move |base, place| people::is_private(base, place) != *wanted)
        }
        (Test::Tag, Wanted::Text(name)) => {
            Box::new(move |base, place| people::tag(base, place).is_none_or(|(_, tag)| tag != name))
        }
        _ => return None,
    })
}

/// Notes and files that a world starts with are all of one kind.
fn of_one_kind<'a>(resource: &str, filter: &'a Filter) -> Option<Glance<'a>> {
    let out = match (resource, &filter.test, &filter.wanted) {
        ("notes", Test::Text("type"), Wanted::Text(word)) => word != people::NOTE_TYPE.word(),
        ("notes", Test::Word("visibility", _), Wanted::Text(word)) => {
            word != people::NOTE_VISIBILITY.word()
        }
        ("attachments", Test::Text("type"), Wanted::Text(word)) => {
            word != applications::ATTACHMENT_TYPE.word()
        }
        _ => return None,
    };
    Some(Box::new(move |_, _| out))
}
