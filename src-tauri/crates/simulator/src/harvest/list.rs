//! Answering a list: filters first by what is cheap to know, then by the record itself.

use super::{
    filter::{Filter, Test},
    glance,
    query::ListQuery,
};
use crate::{
    call::Answer,
    quirks::Quirks,
    refusal::Refusal,
    world::{Record, Table, World},
};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeSet;

/// Who is asked, and what is not to be seen.
pub(crate) struct View<'a> {
    pub(crate) world: &'a World,
    pub(crate) quirks: &'a Quirks,
    /// Where the lists are, up to and including `/v3`.
    pub(crate) base_url: &'a str,
    /// Records made later than this are not to be seen yet.
    pub(crate) seen_until: Option<Timestamp>,
}

/// A page, written.
struct Page {
    body: Vec<u8>,
    /// The last id on the page, where there is more after it.
    last: Option<i64>,
}

/// Answers `GET /v3/<resource>`.
pub(crate) fn list(
    view: &View<'_>,
    resource: &'static str,
    pairs: Vec<(String, String)>,
) -> Result<Answer, Refusal> {
    let mut query = ListQuery::read(resource, pairs, view.quirks)?;
    name_fields(view.world, &mut query);
    let page = page(view, &query).ok_or(Refusal::NotFound)?;
    let answer = Answer::bytes(200, page.body);
    Ok(match page.last {
        Some(last) => {
            let cursor = query.cursor_after(last);
            answer.with(
                "link",
                format!(
                    "<{}/{resource}?cursor={cursor}>; rel=\"next\"",
                    view.base_url
                ),
            )
        }
        None if view.quirks.empty_link => answer.with("link", ""),
        None => answer,
    })
}

/// Options are asked for by the key of their field, and know only its id.
fn name_fields(world: &World, query: &mut ListQuery) {
    use super::filter::Wanted;
    for filter in &mut query.filters {
        if let (Test::Text("custom_field_key"), Wanted::Text(key)) = (filter.test, &filter.wanted) {
            let fields = world.custom_fields.records();
            let named = fields.filter(|it| it.name_key.as_deref() == Some(key));
            let ids = named.map(|it| it.id.get()).collect();
            *filter = Filter {
                test: Test::Ids("custom_field_id"),
                wanted: Wanted::Ids(ids),
            };
        }
    }
}

fn page(view: &View<'_>, query: &ListQuery) -> Option<Page> {
    let world = view.world;
    let hidden = |id: i64| world.service_accounts.contains(&domain::ids::UserId(id));
    macro_rules! lists {
        ($($name:literal => $table:ident),+ $(,)?) => {
            match query.resource {
                "users" if !query.show_service_accounts => {
                    Some(fill(&world.users, query, view.seen_until, hidden))
                }
                $($name => Some(fill(&world.$table, query, view.seen_until, |_| false)),)+
                _ => None,
            }
        };
    }
    lists! {
        "users" => users,
        "user_emails" => user_emails,
        "candidates" => candidates,
        "applications" => applications,
        "application_stages" => application_stages,
        "prospect_details" => prospect_details,
        "attachments" => attachments,
        "notes" => notes,
        "candidate_educations" => candidate_educations,
        "candidate_employments" => candidate_employments,
        "candidate_tags" => candidate_tags,
        "applied_candidate_tags" => applied_candidate_tags,
        "jobs" => jobs,
        "job_posts" => job_posts,
        "job_post_locations" => job_post_locations,
        "job_interview_stages" => job_interview_stages,
        "job_interviews" => job_interviews,
        "job_owners" => job_owners,
        "job_hiring_managers" => job_hiring_managers,
        "tracking_links" => tracking_links,
        "departments" => departments,
        "offices" => offices,
        "sources" => sources,
        "referrers" => referrers,
        "prospect_pools" => prospect_pools,
        "prospect_pool_stages" => prospect_pool_stages,
        "custom_fields" => custom_fields,
        "custom_field_options" => custom_field_options,
        "rejection_reasons" => rejection_reasons,
        "rejection_details" => rejection_details,
        "user_roles" => user_roles,
        "user_job_permissions" => user_job_permissions,
    }
}

fn fill<T: Record>(
    table: &Table<T>,
    query: &ListQuery,
    seen_until: Option<Timestamp>,
    hidden: impl Fn(i64) -> bool,
) -> Page {
    let mut body = vec![b'['];
    let (mut count, mut last) = (0, None);
    let mut ids = candidates(table, query);
    for id in ids.by_ref() {
        if hidden(id) || !in_time(table, query, seen_until, id) {
            continue;
        }
        let Some(record) = table.get(id).filter(|record| passes(query, record)) else {
            continue;
        };
        if count == query.per_page {
            // One more than fits: the page is full, and another one follows.
            body.push(b']');
            return Page { body, last };
        }
        if count > 0 {
            body.push(b',');
        }
        write(&mut body, &record, query.fields.as_deref());
        (count, last) = (count + 1, Some(id));
    }
    body.push(b']');
    Page { body, last: None }
}

/// Returns the ids worth looking at, the highest first.
fn candidates<'a, T: Record>(
    table: &'a Table<T>,
    query: &'a ListQuery,
) -> Box<dyn Iterator<Item = i64> + 'a> {
    if query
        .filters
        .iter()
        .any(|it| matches!(it.test, Test::Nobody))
    {
        return Box::new(std::iter::empty());
    }
    let below = query.below.unwrap_or(i64::MAX);
    let down = |ids: BTreeSet<i64>| -> Box<dyn Iterator<Item = i64>> {
        Box::new(ids.into_iter().rev().filter(move |id| *id < below))
    };
    if let Some(ids) = &query.ids {
        return down(ids.clone());
    }
    if let Some(keys) = query.filters.iter().find_map(Filter::keys) {
        return down(keys.iter().flat_map(|key| table.find(key)).collect());
    }
    let looked_at = match query.span() {
        Some(span) => table.ids_within(span, query.below),
        None => table.ids_down_from(query.below),
    };
    let ruled_out = glance::ruled_out(table, query);
    Box::new(looked_at.filter(move |id| !ruled_out(*id)))
}

fn in_time<T: Record>(
    table: &Table<T>,
    query: &ListQuery,
    seen_until: Option<Timestamp>,
    id: i64,
) -> bool {
    if query.created.is_none() && query.updated.is_none() && seen_until.is_none() {
        return true;
    }
    let Some((created, updated)) = table.times(id) else {
        return false;
    };
    query
        .created
        .as_ref()
        .is_none_or(|range| range.has(created))
        && query
            .updated
            .as_ref()
            .is_none_or(|range| range.has(updated))
        && seen_until.is_none_or(|until| created <= until)
}

fn passes<T: Record>(query: &ListQuery, record: &T) -> bool {
    if query.filters.is_empty() {
        return true;
    }
    let value = serde_json::to_value(record).unwrap_or(Value::Null);
    query.filters.iter().all(|filter| filter.passes(&value))
}

fn write<T: Record>(body: &mut Vec<u8>, record: &T, fields: Option<&[String]>) {
    let written = match fields {
        None => serde_json::to_writer(&mut *body, record),
        Some(fields) => serde_json::to_value(record).and_then(|mut value| {
            if let Value::Object(members) = &mut value {
                members.retain(|name, _| name == "id" || fields.contains(name));
            }
            serde_json::to_writer(&mut *body, &value)
        }),
    };
    if let Err(error) = written {
        tracing::error!(%error, "A record could not be written");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        options::Options,
        scenario::{self, Scenario},
        world::Lazy,
    };
    use greenhouse::wire::Candidate;
    use std::{cell::Cell, sync::Arc};

    thread_local! {
        static LOOKED_AT: Cell<usize> = const { Cell::new(0) };
        static MADE: Cell<usize> = const { Cell::new(0) };
    }

    /// A million people, of whom it is counted how many are looked at and how many are made.
    fn a_million() -> Table<Candidate> {
        let options = Options {
            candidates: Some(1_000_000),
            ..Options::scenario(Scenario::Large)
        };
        let world = scenario::build(&options, "2026-11-25T12:00:00Z".parse().unwrap()).world;
        let people = world.candidates.lazy().unwrap();
        Table::over(Lazy {
            base: Arc::clone(&people.base),
            first: people.first,
            count: people.count,
            exists: people.exists,
            make: |base, place| {
                MADE.set(MADE.get() + 1);
                crate::world::computed::people::candidate(base, place)
            },
            times: |base, place| {
                LOOKED_AT.set(LOOKED_AT.get() + 1);
                base.person_times(place)
            },
            find: people.find,
            within: people.within,
        })
    }

    /// Returns how many were on the page, looked at, and made.
    fn count(query: &str) -> (usize, usize, usize) {
        let pairs = url::form_urlencoded::parse(query.as_bytes());
        let pairs = pairs.into_owned().collect();
        let query = ListQuery::read("candidates", pairs, &Quirks::default()).unwrap();
        let table = a_million();
        LOOKED_AT.set(0);
        MADE.set(0);
        let page = fill(&table, &query, None, |_| false);
        let page: Vec<Value> = serde_json::from_slice(&page.body).unwrap();
        (page.len(), LOOKED_AT.get(), MADE.get())
    }

    #[test]
    fn a_page_of_a_million_makes_no_more_than_a_page() {
        let (on_page, _, made) = count("per_page=500");
        assert_eq!(
            (on_page, made),
            (500, 501),
            "one more, to know whether there is a next page"
        );
        let since_tomorrow = count("per_page=500&updated_at=gte|2026-11-26T00:00:00Z");
        assert_eq!(since_tomorrow, (0, 0, 0), "nothing computed is new");
        let (on_page, looked_at, made) =
            count("per_page=500&updated_at=gte|2026-01-10T10:00:00Z|lt|2026-01-10T10:10:00Z");
        assert!(
            (1..100).contains(&on_page),
            "ten minutes have {on_page} of a million"
        );
        assert_eq!(made, on_page, "and no other is made");
        assert!(
            looked_at < 100_000,
            "of sixty days in two years, {looked_at} are looked at"
        );
        let (on_page, _, made) = count("per_page=500&tag=nobody");
        assert_eq!(
            (on_page, made),
            (0, 0),
            "a tag nobody wears is seen at a glance"
        );
        let (on_page, _, made) = count("email=nobody@example.com");
        assert_eq!(
            (on_page, made),
            (0, 0),
            "an address leads to its place, or nowhere"
        );
    }
}
