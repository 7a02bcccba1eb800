//! Private candidates and confidential jobs: not kept unless somebody wants them, and gone when nobody does any more.

use crate::desk::Desk;
use crate::pull_again::{holds_everybody, unlimited};
use crate::shelf::look;
use domain::setup::Step;
use engine::call::RunKind;
use store::mirror::{Application, Candidate, Job};

fn on_disk(desk: &Desk, text: &str) -> bool {
    let folder = desk.folder.path().join("data");
    std::fs::read_dir(folder).unwrap().any(|file| {
        let bytes = std::fs::read(file.unwrap().path()).unwrap_or_default();
        bytes.windows(text.len()).any(|it| it == text.as_bytes())
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_candidate_is_kept_only_while_that_is_wanted() {
    let desk = Desk::with(unlimited(120)).await;
    desk.set_up_until(Step::Users).await;
    let person = desk.greenhouse.world().candidates[5].id;
    let patch = serde_json::json!({ "is_private": true, "company": "Quiet Harbour Works" });
    desk.greenhouse
        .change_candidate(person, serde_json::from_value(patch).unwrap())
        .unwrap();
    let pull = || desk.engine.run(RunKind::Pull, false);
    let kept = || {
        look(&desk)
            .mirror()
            .find::<Candidate>(person.get())
            .unwrap()
    };
    pull().await.unwrap();
    assert_eq!(kept(), None, "nobody asked for them");
    assert!(!on_disk(&desk, "Quiet Harbour Works"), "not a byte");
    holds_everybody(&desk);
    desk.engine.choose_privacy(true, false).await.unwrap();
    pull().await.unwrap();
    assert!(kept().is_some_and(|it| it.private), "now they are wanted");
    assert!(on_disk(&desk, "Quiet Harbour Works"), "and kept whole");
    desk.engine.choose_privacy(false, false).await.unwrap();
    assert_eq!(kept(), None, "gone at once");
    assert!(
        !on_disk(&desk, "Quiet Harbour Works"),
        "from every file of ours"
    );
    let whole = desk.engine.completeness().await.unwrap();
    assert!(
        whole.complete,
        "what is left out on purpose is no gap: {whole:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confidential_job_is_not_kept() {
    let desk = Desk::with(unlimited(120)).await;
    desk.set_up_until(Step::Users).await;
    let secret = desk.greenhouse.world().jobs[0].id;
    desk.greenhouse.set_confidential(secret, true).unwrap();
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    let jobs = desk.greenhouse.world().jobs;
    assert!(jobs.len() > 1, "others are there to be kept");
    for job in jobs {
        let kept: Option<Job> = look(&desk).mirror().find(job.id.get()).unwrap();
        assert_eq!(kept.is_none(), job.id == secret, "job {}", job.id);
    }
    let world = desk.greenhouse.world();
    let on_it = world
        .applications
        .iter()
        .filter(|it| it.job_id == Some(secret));
    let mut turned_away = 0;
    for application in on_it {
        let kept: Option<Application> = look(&desk).mirror().find(application.id.get()).unwrap();
        assert!(kept.is_none(), "application {}", application.id);
        turned_away += 1;
    }
    assert!(turned_away > 0, "somebody applied for it");
}
