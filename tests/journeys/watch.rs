//! The watched folder: what is put there is taken in once it has stopped changing, and only once.

use crate::desk::Desk;
use engine::error::Code;
use std::fs;

#[tokio::test]
async fn a_list_put_into_the_watched_folder_is_taken_in_once() {
    let desk = Desk::open().await;
    let folder = desk.folder.path().join("handed over");
    fs::create_dir(&folder).unwrap();
    let path = folder.to_string_lossy().into_owned();
    let engine = &desk.engine;
    engine.watch_folder(Some(&path)).await.unwrap();
    assert!(!engine.look_at_folder().await.unwrap(), "it is empty");
    fs::copy(&desk.samples.candidates, folder.join("people.csv")).unwrap();
    assert!(
        !engine.look_at_folder().await.unwrap(),
        "it may still be written to"
    );
    assert!(engine.look_at_folder().await.unwrap(), "now it is whole");
    assert!(!engine.look_at_folder().await.unwrap(), "and it is known");
    let view = engine.watch().await.unwrap();
    assert_eq!(view.folder.as_deref(), Some(path.as_str()), "it is shown");
    assert!(
        view.taken.is_some_and(|it| it.added > 0),
        "with what came in"
    );
    fs::remove_dir_all(&folder).unwrap();
    assert!(!engine.look_at_folder().await.unwrap(), "it is gone");
    let view = engine.watch().await.unwrap();
    assert!(view.problem.is_some(), "and that is said");
    let view = engine.watch_folder(None).await.unwrap();
    assert_eq!(view.folder, None, "it is watched no longer");
}

#[tokio::test]
async fn what_is_no_folder_is_not_watched() {
    let desk = Desk::open().await;
    let refused = desk.engine.watch_folder(Some("/no/such/folder")).await;
    assert_eq!(
        refused.unwrap_err().code,
        Code::InputInvalid,
        "said at once"
    );
}
