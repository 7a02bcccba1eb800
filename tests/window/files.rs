//! Wrong files let go over the window: told what they are and what is wanted, with nothing lost and no file changed.

use crate::app::root;
use crate::hand::Session;
use crate::page::{PATIENCE, find, give_up, is_there, says, text};
use crate::place::Place;
use crate::wizard;
use std::time::{Duration, Instant};

/// Files that are no user export, and a word of what must be said of each.
const WRONG: [(&str, &str); 6] = [
    ("old.xls", ".xls"),
    ("password.xlsx", "password"),
    ("another-report.xlsx", "another Greenhouse report"),
    ("document.pdf", "PDF"),
    ("no-bytes.xlsx", "empty"),
    ("truncated.xlsx", "damaged"),
];

/// Waits until that is said of a file, next to where it was dropped or above the page.
async fn is_told(session: &Session<'_>, name: &str, wanted: &str) {
    let begun = Instant::now();
    let mut words = String::new();
    while begun.elapsed() < PATIENCE {
        for id in ["users-problem", "strayed"] {
            if is_there(session.page(), id).await {
                words = text(session.page(), id).await;
            }
            if words.contains(wanted) {
                return;
            }
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    give_up(session.page(), &format!("of {name} it is said: {words}")).await
}

#[tokio::test]
async fn wrong_files_are_named_and_harmless() {
    let place = Place::open().await;
    let session = Session::by_mouse(&place.desktop, place.start_app().await);
    session.press("primary").await;
    wizard::permissions(&session).await;
    wizard::credential(&session, &place).await;
    find(session.page(), "dropzone-choose").await;
    for (name, word) in WRONG {
        let file = root().join("tests/fixtures/exports").join(name);
        let before = std::fs::read(&file).expect("the fixture is there");
        session.hand_over(&file, "", "").await;
        is_told(&session, name, word).await;
        assert!(
            !is_there(session.page(), "users-total").await,
            "{name} is not taken for users"
        );
        assert_eq!(
            std::fs::read(&file).expect("it is still there"),
            before,
            "{name} is as it was"
        );
    }
    session.hand_over(&place.samples.user_export, "", "").await;
    says(session.page(), "users-total", "12").await;
    session
        .hand_over(&root().join("tests/fixtures/exports/old.xls"), "", "")
        .await;
    is_told(&session, "old.xls", ".xls").await;
    says(session.page(), "users-total", "12").await;
}
