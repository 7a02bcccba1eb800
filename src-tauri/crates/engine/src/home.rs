//! The home screen: everything in one look, read from the store alone, so that it shows at once and without a network.

mod attention;

use crate::Engine;
use crate::connection::Client;
use crate::error::Error;
use crate::push::cap;
use crate::runs;
use crate::view::{Attention, Bar, BudgetView, CapView, HomeView};
use attention::Concerns;
use domain::setup::unfinished;
use greenhouse::webhook::EventKind;
use jiff::Timestamp;
use store::{
    FunnelBar, MirrorCounts, OutboxCounts, PeopleCounts, Reader, Run, Slice, Standing, StoreError,
};

/// Runs shown on the home screen.
const LATEST_RUNS: u32 = 20;

/// What the store knows of all that, read in one go.
struct Known {
    concerns: Concerns,
    missing: u32,
    runs: Vec<Run>,
    last_pull: Option<Run>,
    last_delivery: Option<store::Delivery>,
    people: PeopleCounts,
    outbox: OutboxCounts,
    funnel: Vec<FunnelBar>,
    mirror: MirrorCounts,
    paused: bool,
    cap: CapView,
}

impl Engine {
    /// Returns the home screen.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn home(&self) -> Result<HomeView, Error> {
        let secret_present = self.kept().secret_present;
        let now = self.now();
        let known = self
            .db()
            .read(move |reader| Known::read(reader, secret_present, now))
            .await?;
        let needs_you = attention::of(&known.concerns);
        let running = self.running();
        let next_run_at = self.next_run_at();
        let headline = headline(&known, running.is_some(), needs_you.len());
        let clocked = self.options().scheduled && known.concerns.facts.activated_at.is_some();
        let next = next_run_at.map(|at| at.duration_since(self.now()));
        let subline = subline(&known, next, clocked);
        let budget = match self.connected().await {
            Some(Client::V3(harvest)) => budget(&harvest),
            Some(Client::V1(_)) | None => None,
        };
        let connected_note = known.connected_note();
        let waiting = known.waiting();
        let Known {
            concerns,
            last_pull,
            last_delivery,
            funnel,
            ..
        } = known;
        let online = concerns.is_online();
        let credential = concerns.credential;
        Ok(HomeView {
            headline,
            subline,
            organisation: credential.as_ref().and_then(|it| it.organisation.clone()),
            connected_as: credential.and_then(|it| it.acting_name),
            connected_note,
            online,
            last_pull_at: last_pull.as_ref().and_then(|run| run.pulled_at),
            last_pull_count: last_pull.as_ref().map_or(0, |run| run.counts.pulled),
            last_pull_ms: last_pull.as_ref().map_or(0, pull_took),
            last_webhook_at: last_delivery.as_ref().map(|it| it.received_at),
            last_webhook: last_delivery.map(|it| told(&it.action)),
            waiting,
            waiting_changes: known.outbox.open,
            budget,
            needs_you,
            sent_people: funnel.iter().map(|bar| bar.people).sum(),
            funnel: funnel.into_iter().map(bar).collect(),
            runs: known.runs.into_iter().map(runs::row).collect(),
            running,
            next_run_at,
            paused: known.paused,
            active: concerns.facts.activated_at.is_some(),
            mirror: in_words(&known.mirror),
            cap: known.cap,
        })
    }

    /// Returns what needs a person, most pressing first.
    pub(crate) async fn needs_you(&self) -> Result<Vec<Attention>, Error> {
        let secret_present = self.kept().secret_present;
        let now = self.now();
        let concerns = self
            .db()
            .read(move |reader| Concerns::read(reader, secret_present, now))
            .await?;
        Ok(attention::of(&concerns))
    }
}

impl Known {
    fn read(reader: &Reader, secret_present: bool, now: Timestamp) -> Result<Self, StoreError> {
        let latest = Slice {
            offset: 0,
            limit: LATEST_RUNS,
        };
        let concerns = Concerns::read(reader, secret_present, now)?;
        let fact = concerns.facts.credential.as_ref();
        Ok(Self {
            missing: fact.map_or(0, |it| it.missing),
            concerns,
            runs: reader.runs().list(latest)?.rows,
            last_pull: reader.runs().last_whole_pull()?,
            last_delivery: reader.inbox().latest()?,
            people: reader.home().people()?,
            outbox: reader.outbox().counts()?,
            funnel: reader.outcomes().funnel()?,
            mirror: reader.home().mirror()?,
            paused: reader.setup().is_paused()?,
            cap: cap::view(reader, now)?,
        })
    }

    /// What the user behind the credential may do, in words.
    fn connected_note(&self) -> String {
        let Some(credential) = &self.concerns.credential else {
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

    /// How many people have not reached Greenhouse yet.
    fn waiting(&self) -> u32 {
        self.people.waiting + self.people.sending
    }

    /// Whether sending was never allowed, or is not now, and a step comes before it.
    fn is_being_set_up(&self) -> bool {
        let facts = &self.concerns.facts;
        facts.activated_at.is_none() && !unfinished(facts).is_empty()
    }
}

fn headline(known: &Known, running: bool, needs_you: usize) -> String {
    if known.concerns.credential.is_none() {
        return "Not connected yet".to_owned();
    }
    if running {
        return "The sync is under way".to_owned();
    }
    if !known.concerns.is_online() {
        return "Greenhouse cannot be reached".to_owned();
    }
    match needs_you {
        0 if known.is_being_set_up() => "The set-up is not finished".to_owned(),
        0 if known.last_pull.is_none() => "Ready for the first sync".to_owned(),
        0 if !known.concerns.last_run_finished() => "The last run did not finish".to_owned(),
        0 => match known.waiting() {
            0 => "Everything is in step".to_owned(),
            1 => "1 person is waiting to be sent".to_owned(),
            n => format!("{n} people are waiting to be sent"),
        },
        1 => "One thing needs you".to_owned(),
        n => format!("{} things need you", spelled(n)),
    }
}

fn subline(known: &Known, next: Option<jiff::SignedDuration>, clocked: bool) -> String {
    let sending = if known.concerns.facts.activated_at.is_some() {
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
        // Between the end of a run and the clock's next look.
        None if clocked => "The next run starts by itself.".to_owned(),
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

/// How long the reading took: sending comes after it, and has its own time.
fn pull_took(run: &Run) -> u32 {
    let pulled = run.pulled_at.unwrap_or(run.started_at);
    let took = pulled.duration_since(run.started_at).as_millis();
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
