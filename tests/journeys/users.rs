//! Step 3: wrong files, partial exports, a second import with what it changes, and the users read live.

use crate::desk::Desk;
use domain::ids::UserId;
use domain::setup::{Reason, Step, StepState};
use engine::error::Code;
use engine::view::{FileKind, UsersSource, UsersView};
use std::path::{Path, PathBuf};

fn write(desk: &Desk, name: &str, text: &str) -> String {
    let path: PathBuf = desk.folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path.to_string_lossy().into_owned()
}

async fn import(desk: &Desk, path: &Path) -> UsersView {
    let path = path.to_string_lossy();
    desk.engine.import_users(&path).await.unwrap()
}

#[tokio::test]
async fn the_first_export_applies_at_once_and_is_left_alone() {
    let desk = Desk::open().await;
    let path = desk.samples.user_export.clone();
    let before = std::fs::read(&path).unwrap();
    let view = import(&desk, &path).await;
    let applied = view.applied.unwrap();
    assert_eq!(
        (applied.total, applied.deactivated),
        (12, 1),
        "Piotr has left"
    );
    assert_eq!(applied.site_admins, Some(2));
    assert_eq!(applied.source, UsersSource::Export);
    let id = applied
        .columns
        .iter()
        .find(|it| it.header == "User ID")
        .unwrap();
    assert_eq!(id.meaning.as_deref(), Some("User ID"));
    let title = applied
        .columns
        .iter()
        .find(|it| it.header == "Job Title")
        .unwrap();
    assert_eq!(
        title.meaning, None,
        "what means nothing to us is shown as such"
    );
    assert!(view.waiting.is_none() && applied.warnings.is_empty());
    assert_eq!(
        std::fs::read(&path).unwrap(),
        before,
        "the file is not touched"
    );
    assert_eq!(desk.step(Step::Users).await.state, StepState::Done);
}

#[tokio::test]
async fn the_same_export_again_leaves_nothing_to_decide() {
    let desk = Desk::open().await;
    import(&desk, &desk.samples.user_export).await;
    let view = import(&desk, &desk.samples.user_export).await;
    assert!(
        view.waiting.is_none() && view.diff.is_none(),
        "nothing waits for a person"
    );
}

#[tokio::test]
async fn a_later_export_waits_with_what_it_changes() {
    let desk = Desk::open().await;
    desk.set_up_until(Step::Review).await;
    let kwame = user_called(&desk, "Kwame").await;
    desk.greenhouse.deactivate_user(kwame).unwrap();
    let later = desk
        .greenhouse
        .write_samples(&desk.folder.path().join("later"))
        .unwrap();
    let view = import(&desk, &later.user_export).await;
    assert_eq!(
        view.applied.as_ref().unwrap().deactivated,
        1,
        "nothing has changed yet"
    );
    let diff = view.diff.unwrap();
    assert_eq!((diff.added, diff.changed, diff.gone), (0, 1, 0));
    let change = &diff.changes[0];
    assert_eq!((change.user, change.what.as_str()), (kwame, "Deactivated"));
    assert!(change.is_mapped, "somebody's work depends on it");
    assert_eq!(desk.step(Step::Mapping).await.state, StepState::Done);

    desk.engine.discard_users().await.unwrap();
    assert!(
        desk.engine.users().await.unwrap().waiting.is_none(),
        "dropped"
    );
    assert_eq!(
        desk.engine.apply_users().await.unwrap_err().code,
        Code::NotFound
    );

    import(&desk, &later.user_export).await;
    let view = desk.engine.apply_users().await.unwrap();
    assert_eq!(view.applied.unwrap().deactivated, 2);
    let step = desk.step(Step::Mapping).await;
    assert_eq!(
        step.reasons,
        [Reason::MappingBroken { count: 1 }],
        "the mapping notices"
    );
}

#[tokio::test]
async fn a_partial_export_is_named_and_removes_nobody() {
    let desk = Desk::open().await;
    import(&desk, &desk.samples.user_export).await;
    let partial = "User ID,Name,Email,Status,Site Admin\n\
                   900001,Ada Quill,ada@example.com,Active,No\n\
                   900002,Ben Rook,ben@example.com,Active,No\n";
    let path = write(&desk, "partial.csv", partial);
    let view = desk.engine.import_users(&path).await.unwrap();
    let waiting = view.waiting.unwrap();
    assert!(waiting.looks_partial, "no Site Admin is in it");
    assert_eq!(waiting.warnings[0].code, Code::ExportPartial);
    let view = desk.engine.apply_users().await.unwrap();
    assert!(view.applied.unwrap().looks_partial);
    let all = desk.engine.list_users("", 0, 50).await.unwrap();
    assert_eq!(all.total, 14, "those it lacks are kept");
    let step = desk.step(Step::Users).await;
    assert_eq!(
        (step.state, step.reasons),
        (StepState::Done, vec![Reason::ExportPartial])
    );
}

#[tokio::test]
async fn wrong_files_say_what_they_are() {
    let desk = Desk::open().await;
    let pdf = write(&desk, "users.xlsx", "%PDF-1.7 not a workbook");
    let empty = write(&desk, "empty.csv", "");
    let template = write(
        &desk,
        "bulk.csv",
        "First Name,Last Name,Email\nAda,Quill,ada@example.com\n",
    );
    let colours = write(&desk, "colours.csv", "Colour,Size\nred,3\n");
    let gone = desk
        .folder
        .path()
        .join("gone.xlsx")
        .to_string_lossy()
        .into_owned();
    let team = desk.samples.candidates.to_string_lossy().into_owned();
    for (path, code, title) in [
        (&pdf, Code::FileWrongKind, "This is a PDF document"),
        (&empty, Code::FileEmpty, "The file is empty"),
        (&template, Code::FileWrongKind, "This is"),
        (&colours, Code::ColumnsUnrecognised, "This is"),
        (&gone, Code::FileUnreadable, "The file could not be read"),
        (&team, Code::FileWrongKind, "This is"),
    ] {
        let error = desk.engine.import_users(path).await.unwrap_err();
        assert_eq!(error.code, code, "{path}: {error}");
        let problem = error.problem();
        assert!(problem.title.starts_with(title), "{path}: {problem:?}");
        assert!(!problem.now.is_empty(), "{path}: and what now");
    }
    assert!(
        desk.engine.users().await.unwrap().applied.is_none(),
        "nothing was taken in"
    );
}

#[tokio::test]
async fn rows_that_are_not_understood_stop_nobody() {
    let desk = Desk::open().await;
    let text = "User ID,Name,Email,Site Admin\n\
                900001,Ada Quill,ada@example.com,Yes\n\
                ,Nobody,nobody@example.com,No\n\
                900001,Ada Quill,ada@example.com,No\n";
    let path = write(&desk, "some.csv", text);
    let applied = desk
        .engine
        .import_users(&path)
        .await
        .unwrap()
        .applied
        .unwrap();
    assert_eq!((applied.total, applied.problem_count), (1, 2));
    assert!(
        applied.problems[0].title.contains('3'),
        "the row is named: {:?}",
        applied.problems[0]
    );
}

#[tokio::test]
async fn an_export_without_a_valid_id_leaves_what_was_there() {
    let desk = Desk::open().await;
    import(&desk, &desk.samples.user_export).await;
    let waits = "User ID,Name,Email,Site Admin\n900001,Ada Quill,ada@example.com,Yes\n";
    let path = write(&desk, "waits.csv", waits);
    let before = desk.engine.import_users(&path).await.unwrap();
    assert!(before.waiting.is_some(), "it would change something");
    let text =
        "User ID,Name,Email\nn/a,Ada Quill,ada@example.com\n4.00012E+12,Ben Rook,ben@example.com\n";
    let path = write(&desk, "no-ids.csv", text);
    let error = desk.engine.import_users(&path).await.unwrap_err();
    assert_eq!(error.code, Code::NothingTaken, "it is refused: {error}");
    let logged = error.to_string();
    let problem = error.problem();
    let told = format!("{} {} {logged}", problem.title, problem.why);
    assert!(told.contains("A2"), "the row is named: {told}");
    assert!(!told.contains("n/a"), "what stands in it is not: {told}");
    assert_eq!(
        desk.engine.users().await.unwrap(),
        before,
        "in use and waiting as before"
    );
    assert_eq!(
        desk.engine.list_users("", 0, 50).await.unwrap().total,
        12,
        "all twelve"
    );
}

#[tokio::test]
async fn users_are_read_from_greenhouse_itself() {
    let desk = Desk::open().await;
    assert!(
        !desk.engine.users().await.unwrap().can_read_live,
        "there is no credential yet"
    );
    let error = desk.engine.read_users_live().await.unwrap_err();
    assert_eq!(error.code, Code::CredentialMissing);
    desk.submit_credential().await.unwrap();
    assert!(desk.engine.users().await.unwrap().can_read_live);
    let applied = desk
        .engine
        .read_users_live()
        .await
        .unwrap()
        .applied
        .unwrap();
    assert_eq!(
        (applied.source, applied.total),
        (UsersSource::Live, 12),
        "the credential's own user is none"
    );
    assert_eq!(applied.site_admins, Some(2));

    desk.greenhouse.revoke_scope("harvest:users:list");
    desk.engine.check_credential().await.unwrap();
    assert!(
        !desk.engine.users().await.unwrap().can_read_live,
        "it may not any more"
    );
    assert_eq!(
        desk.engine.read_users_live().await.unwrap_err().code,
        Code::ScopeMissing
    );
}

#[tokio::test]
async fn a_large_export_is_taken_in_whole() {
    let desk = Desk::open().await;
    let mut text = String::from("User ID,Name,Email,Site Admin\n");
    for id in 1..=20_000 {
        text.push_str(&format!(
            "{id},Person {id},person{id}@example.com,{}\n",
            if id == 1 { "Yes" } else { "No" }
        ));
    }
    let path = write(&desk, "large.csv", &text);
    let applied = desk
        .engine
        .import_users(&path)
        .await
        .unwrap()
        .applied
        .unwrap();
    assert_eq!(applied.total, 20_000);
    let found = desk.engine.list_users("person19999@", 0, 10).await.unwrap();
    assert_eq!(found.total, 1);
}

#[tokio::test]
async fn a_dropped_file_finds_its_step() {
    let desk = Desk::open().await;
    let check = async |path: &Path, kind: FileKind| {
        let verdict = desk
            .engine
            .recognise_file(&path.to_string_lossy())
            .await
            .unwrap();
        assert_eq!(verdict.kind, kind, "{verdict:?}");
        assert_eq!(
            verdict.problem.is_some(),
            kind == FileKind::Unknown,
            "{verdict:?}"
        );
    };
    check(&desk.samples.user_export, FileKind::UserExport).await;
    check(&desk.samples.team, FileKind::Team).await;
    check(&desk.samples.candidates, FileKind::Candidates).await;
    check(&desk.samples.candidates_jsonl, FileKind::Candidates).await;
    check(desk.folder.path(), FileKind::Folder).await;
    check(
        Path::new(&write(&desk, "x.csv", "Colour,Size\nred,3\n")),
        FileKind::Unknown,
    )
    .await;
    check(Path::new("/nowhere/at/all.xlsx"), FileKind::Unknown).await;
}

async fn user_called(desk: &Desk, name: &str) -> UserId {
    let found = desk.engine.list_users(name, 0, 5).await.unwrap();
    assert_eq!(found.total, 1, "{name}");
    found.rows[0].id
}
