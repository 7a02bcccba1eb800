//! Practice mode as a newcomer meets it: marked as such, broken on purpose, mended, and wiped with one click.

use crate::app::App;
use crate::desktop::{Desktop, Theme};
use crate::hand::Session;
use crate::page::{find, gone, is_there, says};
use crate::tour::Tour;

#[tokio::test]
async fn practice_is_marked_broken_and_wiped() {
    let desktop = Desktop::start();
    let app = App::start(&desktop, &["--practice"]).await;
    let tour = Tour::of(Session::by_mouse(&desktop, app), Theme::Light).await;
    let session = &tour.session;
    let page = session.page();
    tour.look("practice-0-welcome", "leave-practice").await;
    session.press("primary").await;
    find(page, "practice").await;
    session.press("step-credential").await;
    session.press("practice-fill").await;
    session.press("primary").await;
    says(page, "accepted", "Northmoor").await;

    session.press("practice").await;
    session.press("fault-revoke_scope").await;
    tour.look("practice-panel", "practice-panel").await;
    session.press("close").await;
    session.press("check-again").await;
    find(page, "group-missing").await;

    session.press("practice").await;
    session.press("practice-wipe").await;
    gone(page, "practice-panel").await;
    find(page, "welcome").await;
    session.press("primary").await;
    session.press("step-credential").await;
    find(page, "practice-fill").await;
    assert!(
        !is_there(page, "accepted").await,
        "wiping forgets the credential"
    );
}
