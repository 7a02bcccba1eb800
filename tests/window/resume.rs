//! A power cut in the middle: the app starts again where it was, with everything there, secrets included.

use crate::hand::Session;
use crate::page::{find, reads, says};
use crate::place::Place;
use crate::wizard;

async fn cut_and_start<'a>(session: Session<'a>, place: &'a Place) -> Session<'a> {
    session.app.kill();
    Session::by_mouse(&place.desktop, place.start_app().await)
}

#[tokio::test]
async fn killed_after_every_step_goes_on() {
    let place = Place::open().await;
    let session = Session::by_mouse(&place.desktop, place.start_app().await);
    session.press("primary").await;
    wizard::permissions(&session).await;
    find(session.page(), "page-credential").await;

    let session = cut_and_start(session, &place).await;
    wizard::credential(&session, &place).await;
    find(session.page(), "page-users").await;

    let session = cut_and_start(session, &place).await;
    reads(session.page(), "step-credential", "data-state", "done").await;
    wizard::users(&session, &place).await;
    find(session.page(), "page-webhooks").await;

    let session = cut_and_start(session, &place).await;
    says(session.page(), "step-users", "12").await;
    wizard::webhooks(&session, &place).await;
    find(session.page(), "page-mapping").await;

    let session = cut_and_start(session, &place).await;
    reads(session.page(), "step-webhooks", "data-state", "done").await;
    wizard::mapping(&session, &place).await;
    find(session.page(), "page-review").await;

    let session = cut_and_start(session, &place).await;
    reads(session.page(), "step-mapping", "data-state", "done").await;
    // Proves the secret too: activating asks Greenhouse again.
    wizard::review_and_activate(&session).await;

    let session = cut_and_start(session, &place).await;
    find(session.page(), "page-overview").await;
}
