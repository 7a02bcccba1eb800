//! What goes wrong on the way: said where it happened, with a way on, and nothing lost or sent by it.

use crate::hand::Session;
use crate::page::{find, gone, gone_within, holds, is_there, reads, says, text};
use crate::place::Place;
use crate::wizard;

#[tokio::test]
async fn what_greenhouse_refuses_has_a_way_on() {
    let place = Place::open().await;
    let session = Session::by_mouse(&place.desktop, place.start_app().await);
    let page = session.page();
    session.press("primary").await;
    wizard::permissions(&session).await;
    find(page, "page-credential").await;

    wizard::write_credential(&session, &place, "not-the-secret").await;
    session.press("primary").await;
    let words = text(page, "error-summary").await;
    assert!(
        !words.contains("401"),
        "a number of the wire helps nobody: {words}"
    );
    holds(page, "field-client_id", &place.greenhouse.client_id()).await;

    place.greenhouse.set_offline(true);
    session
        .write("field-client_secret", &place.greenhouse.client_secret())
        .await;
    session.press("primary").await;
    says(page, "refusal", "cannot be reached").await;
    holds(page, "field-client_id", &place.greenhouse.client_id()).await;
    place.greenhouse.set_offline(false);

    place.greenhouse.revoke_scope("harvest:notes:create");
    session.press("primary").await;
    find(page, "group-missing").await;
    says(page, "limits", "ote").await;
    says(page, "step-credential", "1 permission").await;
    session.press("primary").await;
    find(page, "page-users").await;
    place.greenhouse.grant_scope("harvest:notes:create");
    session.press("step-credential").await;
    session.press("check-again").await;
    gone(page, "group-missing").await;
    reads(page, "step-credential", "data-state", "done").await;
}

#[tokio::test]
async fn nobody_acts_for_the_deactivated_and_nothing_goes_once_switched_off() {
    let place = Place::open().await;
    let session = Session::by_mouse(&place.desktop, place.start_app().await);
    let page = session.page();
    session.press("primary").await;
    wizard::permissions(&session).await;
    wizard::credential(&session, &place).await;
    wizard::users(&session, &place).await;
    find(page, "page-webhooks").await;
    session.press("delivery-none").await;
    find(page, "no-webhooks").await;
    session.press("primary").await;

    let kwame = wizard::user(&place, "Kwame").to_string();
    let kwame = kwame.parse().expect("an id");
    let deactivated = place.greenhouse.deactivate_user(kwame);
    deactivated.expect("they are there");
    find(page, "page-mapping").await;
    session.hand_over(&place.samples.team, "", "").await;
    session.press("confirm-certain").await;
    gone(page, "certain").await;
    session.write("search-mapping", "Kwame").await;
    wizard::one_row(&session).await;
    says(page, "mapping-table", "Kwame").await;
    says(page, "mapping-row", "Refused").await;
    session.choose("row-menu", "leave-out").await;
    for name in ["Amara", "Piotr"] {
        session.write("search-mapping", name).await;
        wizard::one_row(&session).await;
        says(page, "mapping-table", name).await;
        session.choose("row-menu", "leave-out").await;
    }
    find(page, "mapping-done").await;
    session.press("primary").await;
    wizard::review_and_activate(&session).await;
    gone_within(page, "running", wizard::SYNC).await;

    session.press("home-setup").await;
    session.press("deactivate").await;
    session.press("confirm").await;
    gone(page, "confirm-dialog").await;
    session.press("home-people").await;
    find(page, "dropzone-choose").await;
    session.hand_over(&place.samples.candidates, "", "").await;
    says(page, "import-added", "9").await;
    session.press("home-overview").await;
    find(page, "inactive").await;
    session.press("read-now").await;
    gone_within(page, "running", wizard::SYNC).await;
    assert!(!is_there(page, "home-problem").await, "reading goes on");
    assert!(
        place
            .greenhouse
            .journal()
            .effects
            .iter()
            .all(|it| it.request == 0),
        "nothing reached Greenhouse"
    );
}
