//! Answering a list: filters first by what is cheap to know, then by the record itself.

use super::query::ListQuery;
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
    use super::filter::{Test, Wanted};
    for filter in &mut query.filters {
        if let (Test::Text("custom_field_key"), Wanted::Text(key)) = (filter.test, &filter.wanted) {
            let fields = world.custom_fields.records();
            let named = fields.filter(|it| it.name_key.as_deref() == Some(key));
            let ids = named.map(|it| it.id.get()).collect();
            *filter = super::filter::Filter {
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
    let below = query.below.unwrap_or(i64::MAX);
    let down = |ids: BTreeSet<i64>| -> Box<dyn Iterator<Item = i64>> {
        Box::new(ids.into_iter().rev().filter(move |id| *id < below))
    };
    if let Some(ids) = &query.ids {
        return down(ids.clone());
    }
    match query.filters.iter().find_map(|filter| filter.keys()) {
        Some(keys) => down(keys.iter().flat_map(|key| table.find(key)).collect()),
        None => Box::new(table.ids_down_from(query.below)),
    }
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
    let Some(fields) = fields else {
        return append(body, record);
    };
    let mut value = serde_json::to_value(record).unwrap_or(Value::Null);
    if let Value::Object(members) = &mut value {
        members.retain(|name, _| name == "id" || fields.contains(name));
    }
    append(body, &value);
}

fn append(body: &mut Vec<u8>, record: &impl serde::Serialize) {
    if let Err(error) = serde_json::to_writer(body, record) {
        tracing::error!(%error, "A record could not be written");
    }
}
