//! Home: one look tells how things are, and what needs a person first.

use crate::desk::Desk;
use crate::shelf::{self, held, in_greenhouse, put, ran, refused, sourced, waiting};
use domain::ids::CandidateId;
use domain::plan::Conflict;
use domain::setup::Step;
use engine::error::{Code, Problem};
use engine::view::{AuditRow, HomeView, RunOutcome};

async fn home(desk: &Desk) -> HomeView {
    desk.engine.home().await.unwrap()
}

/// Everything set up, without the sync that follows.
async fn ready() -> Desk {
    let mut desk = Desk::open().await;
    desk.set_up_until(Step::Activate).await;
    put(&mut desk, |tx| tx.setup().activate(shelf::now()).unwrap()).await;
    desk
}

#[tokio::test]
async fn before_anything_it_says_not_connected() {
    let desk = Desk::open().await;
    let home = home(&desk).await;
    assert_eq!(home.headline, "Not connected yet", "nothing else is true");
    assert_eq!(home.needs_you, [], "and the set-up is no alarm");
    assert!(!home.active, "nothing is sent");
}

#[tokio::test]
async fn a_quiet_day_is_one_look() {
    let mut desk = ready().await;
    assert_eq!(
        home(&desk).await.headline,
        "Ready for the first sync",
        "no pull yet"
    );
    let owner = shelf::owner(&desk).await;
    put(&mut desk, |tx| {
        let people: Vec<i64> = (1..=5).map(|n| sourced(tx, &owner, n)).collect();
        in_greenhouse(tx, people[0], "active", Some("Application Review"));
        in_greenhouse(tx, people[1], "active", Some("Application Review"));
        in_greenhouse(tx, people[2], "hired", None);
        in_greenhouse(tx, people[3], "rejected", None);
        waiting(tx, &owner, people[4]);
        ran(tx, store::RunOutcome::Done, None);
    })
    .await;
    let home = home(&desk).await;
    assert_eq!(
        home.headline, "1 person is waiting to be sent",
        "{:?}",
        home.needs_you
    );
    assert_eq!(
        home.connected_note, "Site Admin, all permissions",
        "who we are"
    );
    assert!(home.connected_as.is_some(), "by name");
    assert!(home.online && home.active, "all is well");
    assert!(home.last_pull_at.is_some(), "when it was read");
    assert_eq!(
        (home.last_pull_count, home.last_pull_ms),
        (312, 10_000),
        "how much, and how long the reading took without the sending after it"
    );
    assert_eq!(
        (home.waiting, home.waiting_changes),
        (1, 1),
        "one person waits"
    );
    let bars: Vec<_> = home
        .funnel
        .iter()
        .map(|bar| (bar.label.as_str(), bar.count, bar.tone.as_str()))
        .collect();
    assert_eq!(
        bars,
        [
            ("Application Review", 2, "active"),
            ("Hired", 1, "hired"),
            ("Rejected", 1, "rejected")
        ],
        "where they stand now"
    );
    assert_eq!(home.sent_people, 4, "all who are there");
    assert_eq!(
        home.runs[0].outcome,
        Some(RunOutcome::Done),
        "the latest run"
    );
}

#[tokio::test]
async fn troubles_are_said_with_the_way_there() {
    let mut desk = ready().await;
    let owner = shelf::owner(&desk).await;
    let [twin, named, other, stuck] = put(&mut desk, |tx| {
        let people = [1, 2, 3, 4].map(|n| sourced(tx, &owner, n));
        let candidates = vec![CandidateId(11), CandidateId(12)];
        let name_only = Conflict::NameOnly {
            candidates: vec![CandidateId(13)],
        };
        held(
            tx,
            &[
                (people[0], Conflict::Twins { candidates }),
                (people[1], name_only.clone()),
                (people[2], name_only),
            ],
        );
        waiting(tx, &owner, people[3]);
        refused(tx);
        people
    })
    .await;
    let home = home(&desk).await;
    let said: Vec<_> = home
        .needs_you
        .iter()
        .map(|it| (it.place.clone(), it.count, it.problem.code))
        .collect();
    assert_eq!(
        said,
        [
            ("people".to_owned(), 2, Code::Conflict),
            (format!("person:{twin}"), 1, Code::Conflict),
            (format!("person:{stuck}"), 1, Code::Refused),
        ],
        "two of a kind ({named}, {other}) are one thing"
    );
    assert_eq!(home.headline, "Three things need you", "in words");
    let who: Vec<_> = home.needs_you.iter().map(|it| it.who.as_deref()).collect();
    assert_eq!(
        who,
        [None, Some("Iris1 Vane"), Some("Iris4 Vane")],
        "who is alone with something is named"
    );
    let refused = &home.needs_you[2].problem;
    assert_eq!(
        refused.detail, "The job takes nobody",
        "in Greenhouse's own words"
    );
    let overview = desk.engine.overview().await.unwrap();
    assert_eq!(overview.attention, 4, "the badge counts people");
}

#[tokio::test]
async fn a_network_that_is_gone_is_no_fault_of_anybodys() {
    let mut desk = ready().await;
    put(&mut desk, |tx| {
        ran(tx, store::RunOutcome::Done, None);
        let offline = Problem::of(Code::Offline, "");
        ran(tx, store::RunOutcome::Failed, Some(offline));
    })
    .await;
    let home = home(&desk).await;
    assert_eq!(
        home.headline, "Greenhouse cannot be reached",
        "said plainly"
    );
    assert!(!home.online, "and shown");
    assert_eq!(home.needs_you, [], "nobody has to do anything about it");
    assert!(
        home.last_pull_at.is_some(),
        "what was read last still stands"
    );
}

#[tokio::test]
async fn a_credential_that_fails_comes_first() {
    let mut desk = ready().await;
    let owner = shelf::owner(&desk).await;
    put(&mut desk, |tx| {
        let person = sourced(tx, &owner, 1);
        held(tx, &[(person, Conflict::JobMissing)]);
        let rejected = Problem::of(Code::CredentialRejected, "");
        ran(tx, store::RunOutcome::Failed, Some(rejected));
        let mut credential = tx.credential().find().unwrap().unwrap();
        credential.accepted = false;
        tx.credential().put(&credential).unwrap();
    })
    .await;
    let home = home(&desk).await;
    let places: Vec<_> = home.needs_you.iter().map(|it| it.place.as_str()).collect();
    assert_eq!(
        places.len(),
        2,
        "the run's end is not said twice: {places:?}"
    );
    assert_eq!(places[0], "step:credential", "nothing works without it");
    assert_eq!(
        home.needs_you[0].problem.code,
        Code::CredentialRejected,
        "and why"
    );
}

#[tokio::test]
async fn switched_off_is_said_under_the_headline() {
    let desk = ready().await;
    desk.engine.deactivate().await.unwrap();
    let home = home(&desk).await;
    assert!(!home.active, "nothing is sent");
    assert!(
        home.subline.starts_with("Sending is switched off"),
        "{}",
        home.subline
    );
}

#[tokio::test]
async fn the_audit_log_shows_what_was_done() {
    let desk = Desk::open().await;
    desk.set_up_until(Step::Activate).await;
    let page = desk.engine.list_audit(0, 100).await.unwrap();
    assert!(page.intact, "the chain is unbroken");
    assert!(page.total >= 5, "every step left an entry: {:?}", page.rows);
    let secret = desk.greenhouse.client_secret();
    let team = std::fs::read_to_string(&desk.samples.team).unwrap();
    for row in &page.rows {
        // On whose behalf and to whom something was done is looked up when it is shown.
        let text = format!(
            "{:?}",
            AuditRow {
                acting_name: None,
                subject_name: None,
                ..row.clone()
            }
        );
        assert!(!text.contains(&secret), "no secret: {text}");
        assert!(!text.contains('@'), "no address: {text}");
        for line in team.lines().skip(1) {
            let name = line.split(',').next().unwrap().trim_matches('"');
            assert!(name.is_empty() || !text.contains(name), "no name: {text}");
        }
    }
    let newest_first = page.rows.windows(2).all(|it| it[0].entry > it[1].entry);
    assert!(newest_first, "newest first");
}
