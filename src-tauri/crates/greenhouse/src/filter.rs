//! What a list is narrowed to, and how Harvest wants that spelt.
//!
//! A list of ids longer than Harvest takes at once becomes several queries. A window of time can be
//! spelt in more than one way, and sources disagree about which of them a list takes; [`DateForm`]
//! orders them by how much they say, and the caller is told which one was taken.

use crate::wire::{Resource, words::ApplicationStatus};
use domain::ids::{ApplicationId, CandidateId, CustomFieldId, JobId, ProspectPoolId, UserId};
use domain::watermark::Window;
use serde::{Deserialize, Serialize};

/// The most records of one page.
pub const PER_PAGE: u32 = 500;
/// The most values of an `ids` or parent filter in one query.
pub const MOST_IDS: usize = 50;

/// The parameters of one query, as names and values.
pub(crate) type Query = Vec<(String, String)>;

/// What a list is narrowed to. All conditions must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    id_lists: Vec<(&'static str, Vec<i64>)>,
    window: Option<(DateField, Window)>,
    conditions: Query,
    per_page: Option<u32>,
}

/// The time a window is about. Harvest wants only one of them in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DateField {
    Created,
    Updated,
}

impl DateField {
    /// Returns whether a record is outside of a window. One that does not say is inside.
    pub(crate) fn excludes(self, window: &Window, record: &impl Resource) -> bool {
        let at = match self {
            Self::Created => record.made_at(),
            Self::Updated => record.updated_at(),
        };
        at.is_some_and(|at| at > window.to || window.from.is_some_and(|from| at < from))
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Created => "created_at",
            Self::Updated => "updated_at",
        }
    }
}

impl Filter {
    /// Returns a filter that lets everything through.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// Narrows to records with these ids, however many. Ids that are gone are missing from the
    /// answer without a word.
    #[must_use]
    pub fn ids(self, ids: impl IntoIterator<Item = i64>) -> Self {
        self.id_list("ids", ids)
    }

    /// Narrows to what belongs to these candidates.
    #[must_use]
    pub fn candidates(self, ids: impl IntoIterator<Item = CandidateId>) -> Self {
        self.id_list("candidate_ids", ids.into_iter().map(CandidateId::get))
    }

    /// Narrows to what belongs to these applications.
    #[must_use]
    pub fn applications(self, ids: impl IntoIterator<Item = ApplicationId>) -> Self {
        self.id_list("application_ids", ids.into_iter().map(ApplicationId::get))
    }

    /// Narrows to what belongs to these jobs.
    #[must_use]
    pub fn jobs(self, ids: impl IntoIterator<Item = JobId>) -> Self {
        self.id_list("job_ids", ids.into_iter().map(JobId::get))
    }

    /// Narrows to what belongs to these users.
    #[must_use]
    pub fn users(self, ids: impl IntoIterator<Item = UserId>) -> Self {
        self.id_list("user_ids", ids.into_iter().map(UserId::get))
    }

    /// Narrows to what belongs to these prospect pools.
    #[must_use]
    pub fn prospect_pools(self, ids: impl IntoIterator<Item = ProspectPoolId>) -> Self {
        self.id_list(
            "prospect_pool_ids",
            ids.into_iter().map(ProspectPoolId::get),
        )
    }

    /// Narrows to what belongs to these custom fields.
    #[must_use]
    pub fn custom_fields(self, ids: impl IntoIterator<Item = CustomFieldId>) -> Self {
        self.id_list("custom_field_ids", ids.into_iter().map(CustomFieldId::get))
    }

    /// Narrows to records last changed within a window. Takes the place of any other window.
    #[must_use]
    pub fn updated(mut self, window: Window) -> Self {
        self.window = Some((DateField::Updated, window));
        self
    }

    /// Narrows to records created within a window. Takes the place of any other window.
    #[must_use]
    pub fn created(mut self, window: Window) -> Self {
        self.window = Some((DateField::Created, window));
        self
    }

    /// Narrows to one e-mail address, exactly but for case.
    #[must_use]
    pub fn email(self, address: &str) -> Self {
        self.with("email", address.trim())
    }

    /// Narrows to candidates with a tag.
    #[must_use]
    pub fn tag(self, name: &str) -> Self {
        self.with("tag", name)
    }

    /// Narrows to applications that stand so, in the words that queries want.
    #[must_use]
    pub fn status(self, status: &ApplicationStatus) -> Self {
        self.with("status", status.query_word())
    }

    /// Narrows to the present application stages, or to the former ones.
    #[must_use]
    pub fn current(self, current: bool) -> Self {
        self.with("current", current.to_string())
    }

    /// Narrows to the options of a custom field: `school_name`, `degree`, `discipline` or another.
    #[must_use]
    pub fn custom_field_key(self, key: &str) -> Self {
        self.with("custom_field_key", key)
    }

    /// Adds the users made for credentials, which are left out otherwise.
    #[must_use]
    pub fn with_service_accounts(self) -> Self {
        self.with("show_service_accounts", "true")
    }

    /// Adds a condition that has no name here. Harvest refuses what it does not know with 422.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.conditions.push((name.to_owned(), value.into()));
        self
    }

    /// Asks for so many records in a page, 1 to [`PER_PAGE`], which is also what is asked for otherwise.
    #[must_use]
    pub fn per_page(mut self, count: u32) -> Self {
        self.per_page = Some(count.clamp(1, PER_PAGE));
        self
    }

    fn id_list(mut self, name: &'static str, ids: impl IntoIterator<Item = i64>) -> Self {
        let mut ids: Vec<i64> = ids.into_iter().collect();
        ids.sort_unstable_by(|one, other| other.cmp(one));
        ids.dedup();
        self.id_lists.retain(|(other, _)| *other != name);
        self.id_lists.push((name, ids));
        self
    }

    pub(crate) const fn window(&self) -> Option<&(DateField, Window)> {
        self.window.as_ref()
    }

    /// Returns the queries that ask for all of it, without the window. None where a list of ids is
    /// empty: nothing has an id out of nothing.
    ///
    /// Several lists of ids are crossed, piece by piece.
    pub(crate) fn queries(&self) -> Vec<Query> {
        let per_page = self.per_page.unwrap_or(PER_PAGE).to_string();
        let mut base = vec![("per_page".to_owned(), per_page)];
        base.extend(self.conditions.iter().cloned());
        let mut queries = vec![base];
        for (name, ids) in &self.id_lists {
            queries = queries
                .iter()
                .flat_map(|query| {
                    ids.chunks(MOST_IDS).map(|piece| {
                        let piece: Vec<String> = piece.iter().map(ToString::to_string).collect();
                        let mut query = query.clone();
                        query.push(((*name).to_owned(), piece.join(",")));
                        query
                    })
                })
                .collect();
        }
        queries
    }
}

/// A way to spell a window, most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateForm {
    /// `updated_at=gte|A|lte|B`; one side alone as documented, both sides as seen in an example.
    Pipe,
    /// `updated_at[gte]=A&updated_at[lte]=B`, seen to work as well.
    Bracket,
    /// `updated_at=gte|A`, as documented, for a window that has two sides.
    LowerBound,
    /// Not at all.
    Left,
}

impl DateForm {
    /// Returns what to try after a list refused this form.
    pub(crate) fn after(self, window: &Window) -> Option<Self> {
        match self {
            Self::Pipe => Some(Self::Bracket),
            Self::Bracket if window.from.is_some() => Some(Self::LowerBound),
            Self::Bracket | Self::LowerBound => Some(Self::Left),
            Self::Left => None,
        }
    }

    /// Returns the parameters that spell a window in this form.
    pub(crate) fn spell(self, field: DateField, window: &Window) -> Query {
        let name = field.name();
        let to = window.to.to_string();
        let from = window.from.map(|from| from.to_string());
        match self {
            Self::Pipe => {
                let from = from.map(|from| format!("gte|{from}|")).unwrap_or_default();
                vec![(name.to_owned(), format!("{from}lte|{to}"))]
            }
            Self::Bracket => {
                let from = from.map(|from| (format!("{name}[gte]"), from));
                from.into_iter()
                    .chain([(format!("{name}[lte]"), to)])
                    .collect()
            }
            Self::LowerBound => from
                .map(|from| (name.to_owned(), format!("gte|{from}")))
                .into_iter()
                .collect(),
            Self::Left => Vec::new(),
        }
    }

    pub(crate) const fn told(self) -> DateFilter {
        match self {
            Self::Pipe | Self::Bracket => DateFilter::Applied,
            Self::LowerBound => DateFilter::LowerBoundOnly,
            Self::Left => DateFilter::Refused,
        }
    }
}

/// What became of a window that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateFilter {
    /// No window was asked for.
    #[default]
    NotAsked,
    /// The list keeps to the window.
    Applied,
    /// The list keeps to the beginning of the window; what is newer than its end is left out here.
    LowerBoundOnly,
    /// The list does not take windows: it sends everything, and what is outside is left out here.
    Refused,
}

impl DateFilter {
    /// Returns whether the list may send what is outside of the window.
    pub(crate) const fn lets_others_in(self) -> bool {
        matches!(self, Self::LowerBoundOnly | Self::Refused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Job;
    use jiff::Timestamp;
    use proptest::prelude::proptest;
    use std::collections::BTreeSet;

    fn window(from: Option<&str>) -> Window {
        Window {
            from: from.map(|text| text.parse().unwrap()),
            to: "2026-11-24T00:00:00Z".parse().unwrap(),
        }
    }

    fn check(form: DateForm, from: Option<&str>, expected: &[(&str, &str)]) {
        let spelt = form.spell(DateField::Updated, &window(from));
        let spelt: Vec<(&str, &str)> = spelt
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(spelt, expected, "{form:?} from {from:?}");
    }

    #[test]
    fn a_window_is_spelt_in_each_form() {
        let from = Some("2026-11-01T08:00:00Z");
        check(
            DateForm::Pipe,
            from,
            &[(
                "updated_at",
                "gte|2026-11-01T08:00:00Z|lte|2026-11-24T00:00:00Z",
            )],
        );
        check(
            DateForm::Pipe,
            None,
            &[("updated_at", "lte|2026-11-24T00:00:00Z")],
        );
        check(
            DateForm::Bracket,
            from,
            &[
                ("updated_at[gte]", "2026-11-01T08:00:00Z"),
                ("updated_at[lte]", "2026-11-24T00:00:00Z"),
            ],
        );
        check(
            DateForm::LowerBound,
            from,
            &[("updated_at", "gte|2026-11-01T08:00:00Z")],
        );
        check(DateForm::Left, from, &[]);
    }

    #[test]
    fn every_form_is_tried_once_and_then_none() {
        for from in [None, Some("2026-11-01T08:00:00Z")] {
            let window = window(from);
            let mut tried = vec![DateForm::Pipe];
            while let Some(next) = tried.last().unwrap().after(&window) {
                tried.push(next);
            }
            assert_eq!(
                tried.last(),
                Some(&DateForm::Left),
                "in the end the window is left out"
            );
            assert_eq!(
                tried.len(),
                if from.is_some() { 4 } else { 3 },
                "a lower bound needs one: {tried:?}"
            );
        }
    }

    #[test]
    fn many_ids_become_several_queries() {
        assert_eq!(Filter::all().queries().len(), 1, "no ids, one query");
        assert_eq!(
            Filter::all().ids([]).queries().len(),
            0,
            "an empty list must not list everything"
        );
        let pieces = |count: i64| Filter::all().ids(1..=count).queries().len();
        assert_eq!(
            (pieces(50), pieces(51), pieces(101)),
            (1, 2, 3),
            "fifty at a time"
        );
        let crossed = Filter::all()
            .ids(1..=60)
            .jobs((1..=60).map(JobId))
            .queries();
        assert_eq!(crossed.len(), 4, "two lists are crossed");
        assert_eq!(
            Filter::all().ids([3, 1, 3]).queries(),
            vec![vec![
                ("per_page".to_owned(), "500".to_owned()),
                ("ids".to_owned(), "3,1".to_owned()),
            ]],
            "each id once, newest first"
        );
    }

    proptest! {
        #[test]
        fn every_id_is_asked_for_once_and_never_with_a_cursor(
            ids in proptest::collection::vec(1..500_i64, 0..200),
            jobs in proptest::collection::vec(1..500_i64, 1..120),
            per_page in 0..2000_u32,
        ) {
            let filter = Filter::all()
                .ids(ids.iter().copied())
                .jobs(jobs.iter().copied().map(JobId))
                .per_page(per_page);
            let mut asked = BTreeSet::new();
            for query in filter.queries() {
                let value = |name: &str| {
                    let mut values = query.iter().filter(|(it, _)| it == name);
                    let value = values.next().map(|(_, value)| value.clone()).unwrap();
                    assert!(values.next().is_none(), "{name} is said once");
                    value
                };
                assert!(!query.iter().any(|(name, _)| name == "cursor"), "a cursor travels alone");
                assert!((1..=500).contains(&value("per_page").parse::<u32>().unwrap()));
                let list = |name: &str| -> Vec<i64> {
                    value(name).split(',').map(|it| it.parse().unwrap()).collect()
                };
                let (ids, jobs) = (list("ids"), list("job_ids"));
                assert!(ids.len() <= MOST_IDS && jobs.len() <= MOST_IDS, "fifty at most");
                for id in &ids {
                    for job in &jobs {
                        assert!(asked.insert((*id, *job)), "{id} and {job} are asked for twice");
                    }
                }
            }
            let expected: BTreeSet<(i64, i64)> =
                ids.iter().flat_map(|id| jobs.iter().map(|job| (*id, *job))).collect();
            assert_eq!(asked, expected, "all of them");
        }

        #[test]
        fn what_is_left_out_here_is_what_the_window_leaves_out(
            at in proptest::option::of(0..100_i64),
            from in proptest::option::of(0..100_i64),
            length in 0..100_i64,
        ) {
            let second = |at: i64| Timestamp::from_second(at).unwrap();
            let window = Window { from: from.map(second), to: second(from.unwrap_or(0) + length) };
            let job: Job = serde_json::from_value(serde_json::json!({
                "id": 1, "updated_at": at.map(second), "created_at": null,
            })).unwrap();
            let is_inside = at.is_none_or(|at| second(at) <= window.to && window.from.is_none_or(|from| second(at) >= from));
            assert_eq!(DateField::Updated.excludes(&window, &job), !is_inside);
            assert!(!DateField::Created.excludes(&window, &job), "what does not say is inside");
        }
    }
}
