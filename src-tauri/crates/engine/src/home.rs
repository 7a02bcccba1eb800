//! The home screen: everything in one look, read from the store alone, so that it shows at once and without a network.

mod attention;

use crate::Engine;
use crate::connection::Client;
use crate::error::{Code, Error, Problem};
use crate::runs;
use crate::view::{Attention, Bar, BudgetView, HomeView};
use domain::access::{Standing as Granted, check};
use domain::setup::{Delivery, Facts};
use greenhouse::webhook::EventKind;
use store::{
    Credential, FunnelBar, MirrorCounts, OutboxCounts, PeopleCounts, Reader, Run, Slice, Standing,
    StoreError, TroubleKind, WebhookSlot,
};

/// Runs shown on the home screen.
const LATEST_RUNS: u32 = 20;

/// What the store knows of all that, read in one go.
struct Known {
    facts: Facts,
    credential: Option<Credential>,
    missing: u32,
    delivery: Option<Delivery>,
    slots: Vec<WebhookSlot>,
    runs: Vec<Run>,
    last_pull: Option<Run>,
    last_ended: Option<Run>,
    last_delivery: Option<store::Delivery>,
    people: PeopleCounts,
    outbox: OutboxCounts,
    troubles: Vec<TroubleKind>,
    wedged: Vec<store::OutboxRow>,
    funnel: Vec<FunnelBar>,
    mirror: MirrorCounts,
    paused: bool,
}

impl Engine {
    /// Returns the home screen.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn home(&self) -> Result<HomeView, Error> {
        let known = self.db().read(Known::read).await?;
        let needs_you = attention::of(&known);
        let running = self.running();
        let next_run_at = self.next_run_at();
        let online = known.is_online();
        let headline = headline(&known, running.is_some(), &needs_you);
        let subline = subline(&known, next_run_at.map(|at| at.duration_since(self.now())));
        let budget = match self.connected().await {
            Some(Client::V3(harvest)) => budget(&harvest),
            Some(Client::V1(_)) | None => None,
        };
        let connected_note = known.connected_note();
        let Known {
            credential,
            last_pull,
            last_delivery,
            people,
            outbox,
            funnel,
            mirror,
            ..
        } = known;
        Ok(HomeView {
            headline,
            subline,
            organisation: credential.as_ref().and_then(|it| it.organisation.clone()),
            connected_as: credential.and_then(|it| it.acting_name),
            connected_note,
            online,
            last_pull_at: last_pull.as_ref().and_then(|run| run.ended_at),
            last_pull_count: last_pull.as_ref().map_or(0, |run| run.counts.pulled),
            last_pull_ms: last_pull.as_ref().map_or(0, took),
            last_webhook_at: last_delivery.as_ref().map(|it| it.received_at),
            last_webhook: last_delivery.map(|it| told(&it.action)),
            waiting: people.waiting + people.sending,
            waiting_changes: outbox.open,
            budget,
            needs_you,
            sent_people: funnel.iter().map(|bar| bar.people).sum(),
            funnel: funnel.into_iter().map(bar).collect(),
            runs: known.runs.into_iter().map(runs::row).collect(),
            running,
            next_run_at,
            paused: known.paused,
            active: known.facts.activated_at.is_some(),
            mirror: in_words(&mirror),
        })
    }

    /// Returns what needs a person, most pressing first.
    pub(crate) async fn needs_you(&self) -> Result<Vec<Attention>, Error> {
        let known = self.db().read(Known::read).await?;
        Ok(attention::of(&known))
    }
}

impl Known {
    fn read(reader: &Reader) -> Result<Self, StoreError> {
        let slice = |limit| Slice { offset: 0, limit };
        let credential = reader.credential().find()?;
        let features = reader.setup().features()?;
        let missing = credential.as_ref().map_or(0, |it| {
            let lines = check(&it.granted, &features);
            lines
                .iter()
                .filter(|line| line.standing == Granted::Missing)
                .count()
        });
        Ok(Self {
            // Whether the secret is still where it was put shows with the next call of Greenhouse.
            facts: reader.setup().facts(true)?,
            credential,
            missing: u32::try_from(missing).unwrap_or(u32::MAX),
            delivery: reader.setup().delivery()?.map(|it| it.delivery),
            slots: reader.webhooks().list()?,
            runs: reader.runs().list(slice(LATEST_RUNS))?.rows,
            last_pull: reader.runs().last_whole_pull()?,
            last_ended: reader.runs().last_ended()?,
            last_delivery: reader.inbox().latest()?,
            people: reader.home().people()?,
            outbox: reader.outbox().counts()?,
            troubles: reader.troubles().kinds()?,
            wedged: reader
                .outbox()
                .list(store::OutboxState::Wedged, slice(attention::MOST_STUCK))?
                .rows,
            funnel: reader.outcomes().funnel()?,
            mirror: reader.home().mirror()?,
            paused: reader.setup().is_paused()?,
        })
    }

    /// The problem the last run ended with, if it ended with one.
    fn last_problem(&self) -> Option<Problem> {
        let run = self.last_ended.as_ref()?;
        run.problem.clone().map(runs::problem)
    }

    fn is_online(&self) -> bool {
        self.last_problem()
            .is_none_or(|problem| problem.code != Code::Offline)
    }

    /// What the user behind the credential may do, in words.
    fn connected_note(&self) -> String {
        let Some(credential) = &self.credential else {
            return String::new();
        };
        let level = match credential.site_admin {
            Some(true) => "Site Admin",
            Some(false) => "Not a Site Admin",
            None => "Connected",
        };
        match self.missing {
            0 => format!("{level}, all permissions"),
            1 => format!("{level}, 1 permission missing"),
            n => format!("{level}, {n} permissions missing"),
        }
    }
}

fn headline(known: &Known, running: bool, needs_you: &[Attention]) -> String {
    if known.credential.is_none() {
        return "Not connected yet".to_owned();
    }
    if running {
        return "The sync is under way".to_owned();
    }
    if !known.is_online() {
        return "Greenhouse cannot be reached".to_owned();
    }
    match needs_you.len() {
        0 if known.last_pull.is_none() => "Ready for the first sync".to_owned(),
        0 => "Everything is in step".to_owned(),
        1 => "One thing needs you".to_owned(),
        n => format!("{} things need you", spelled(n)),
    }
}

fn subline(known: &Known, next: Option<jiff::SignedDuration>) -> String {
    let sending = if known.facts.activated_at.is_some() {
        ""
    } else {
        "Sending is switched off. "
    };
    let when = match next {
        _ if known.paused => "Runs by the clock are paused.".to_owned(),
        Some(left) => format!(
            "Next run {}. You can leave this window open or minimise it.",
            within(left)
        ),
        None => "Runs start when you say so.".to_owned(),
    };
    format!("{sending}{when}")
}

fn within(left: jiff::SignedDuration) -> String {
    match left.as_mins() {
        ..=0 => "in less than a minute".to_owned(),
        1 => "in a minute".to_owned(),
        minutes => format!("in {minutes} minutes"),
    }
}

fn spelled(n: usize) -> String {
    let words = [
        "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine",
    ];
    let word = n.checked_sub(2).and_then(|at| words.get(at));
    word.map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

fn budget(harvest: &greenhouse::Harvest) -> Option<BudgetView> {
    let snapshot = harvest.budget().snapshot();
    Some(BudgetView {
        remaining: snapshot.remaining?,
        limit: snapshot.limit?,
    })
}

fn took(run: &Run) -> u32 {
    let ended = run.ended_at.unwrap_or(run.started_at);
    let took = ended.duration_since(run.started_at).as_millis();
    u32::try_from(took).unwrap_or_default()
}

/// What a delivery told, as Greenhouse's form prints its event.
fn told(action: &str) -> String {
    let kind: EventKind = action.parse().unwrap_or_else(|never| match never {});
    match kind {
        EventKind::Ping => "Greenhouse's test call".to_owned(),
        kind if kind.action().is_empty() => "Something unknown".to_owned(),
        kind => kind.label().to_owned(),
    }
}

fn bar(bar: FunnelBar) -> Bar {
    let (label, tone) = match bar.standing {
        Standing::Prospect => ("Prospect".to_owned(), "active"),
        Standing::Active => (bar.stage.unwrap_or_else(|| "Active".to_owned()), "active"),
        Standing::Hired => ("Hired".to_owned(), "hired"),
        Standing::Rejected => ("Rejected".to_owned(), "rejected"),
        Standing::Gone => ("No longer in Greenhouse".to_owned(), "rejected"),
        Standing::Unheard => ("Just sent".to_owned(), "active"),
    };
    Bar {
        label,
        count: bar.people,
        tone: tone.to_owned(),
    }
}

fn in_words(counts: &MirrorCounts) -> Vec<(String, u32)> {
    [
        ("Users", counts.users),
        ("Departments", counts.departments),
        ("Jobs", counts.jobs),
        ("Open jobs", counts.open_jobs),
        ("Job posts", counts.job_posts),
        ("Job stages", counts.job_stages),
        ("Sources", counts.sources),
        ("Prospect pools", counts.prospect_pools),
        ("Candidates", counts.candidates),
        ("Applications", counts.applications),
    ]
    .map(|(name, count)| (name.to_owned(), count))
    .to_vec()
}
