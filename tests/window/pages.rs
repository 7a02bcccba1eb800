//! Every page in both themes and both sizes, also empty, in trouble and at work: pictured, and looked over by axe.

use crate::app::root;
use crate::desktop::Theme;
use crate::hand::Session;
use crate::page::{find, gone, gone_within, run, says};
use crate::place::Place;
use crate::tour::Tour;
use crate::wizard;
use simulator::{FaultKind, NewFault};

#[tokio::test]
async fn every_page_of_set_up_in_light() {
    set_up(Theme::Light).await;
}

#[tokio::test]
async fn every_page_of_set_up_in_dark() {
    set_up(Theme::Dark).await;
}

#[tokio::test]
async fn every_page_of_home_in_light() {
    home(Theme::Light).await;
}

#[tokio::test]
async fn every_page_of_home_in_dark() {
    home(Theme::Dark).await;
}

async fn set_up(theme: Theme) {
    let place = Place::themed(theme).await;
    let session = Session::by_mouse(&place.desktop, place.start_app().await);
    let tour = Tour::of(session, theme).await;
    first_two_steps(&tour, &place).await;
    users_and_webhooks(&tour, &place).await;
    mapping_to_the_end(&tour, &place).await;
}

async fn first_two_steps(tour: &Tour<'_>, place: &Place) {
    let session = &tour.session;
    tour.look("0-welcome", "welcome").await;
    session.press("primary").await;
    tour.look("1-permissions", "page-permissions").await;
    session.press("permission-api_credentials").await;
    session.press("permission-webhooks").await;
    tour.look("1-permissions-ticked", "permissions-done").await;
    session.press("help").await;
    tour.look("1-help", "help-panel").await;
    session.press("close").await;
    session.press("primary").await;
    tour.look("2-credential", "page-credential").await;
    session.press("primary").await;
    tour.look("2-credential-nothing-typed", "error-summary")
        .await;
    wizard::write_credential(session, place, "not-the-secret").await;
    session.press("primary").await;
    tour.look("2-credential-refused", "error-summary").await;
    place.greenhouse.revoke_scope("harvest:attachments:create");
    session
        .write("field-client_secret", &place.greenhouse.client_secret())
        .await;
    session.press("primary").await;
    find(session.page(), "accepted").await;
    tour.look("2-credential-permission-missing", "group-missing")
        .await;
    place.greenhouse.grant_scope("harvest:attachments:create");
    session.press("check-again").await;
    gone(session.page(), "group-missing").await;
    tour.look("2-credential-accepted", "accepted").await;
    session.press("primary").await;
}

async fn users_and_webhooks(tour: &Tour<'_>, place: &Place) {
    let session = &tour.session;
    let page = session.page();
    find(page, "page-users").await;
    tour.look("3-users", "dropzone-choose").await;
    let wrong = root().join("tests/fixtures/exports/old.xls");
    session.hand_over(&wrong, "", "").await;
    tour.look("3-users-wrong-file", "strayed").await;
    session.hand_over(&place.samples.user_export, "", "").await;
    says(page, "users-total", "12").await;
    tour.look("3-users-read", "users-total").await;
    let doubtful = place.desktop.home().join("doubtful.csv");
    std::fs::write(&doubtful, DOUBTFUL).expect("the file is written");
    session.hand_over(&doubtful, "", "").await;
    tour.look("3-users-changes", "apply").await;
    session.press("row-problems").await;
    tour.look("3-users-row-problems", "row-problems").await;
    session.press("discard").await;
    says(page, "users-total", "12").await;
    session.press("primary").await;
    find(page, "page-webhooks").await;
    tour.look("4-webhooks", "delivery-none").await;
    wizard::address(session, place).await;
    tour.look("4-webhooks-waiting", "slots").await;
    wizard::slots(session, place).await;
    tour.look("4-webhooks-live", "extras").await;
    session.press("primary").await;
}

/// An export with most of what can be wrong in rows.
const DOUBTFUL: &str = "User ID,Name,Email,Status,Site Admin\n\
    900001,Ada Quill,ada@example.com,Active,Yes\n\
    ,Nobody Known,nobody@example.com,Active,No\n\
    900001,Ada Quill,ada@example.com,Active,No\n\
    4.00012E+12,Ben Rook,ben@example.com,Active,No\n\
    900004,Cy Ode,not an address,Asleep,No\n";

/// Who somebody may be, and what pasted rows would do.
async fn picker_and_paste(tour: &Tour<'_>, place: &Place) {
    let session = &tour.session;
    session.write("search-mapping", "Amara").await;
    wizard::one_row(session).await;
    says(session.page(), "mapping-table", "Amara").await;
    session.press("pick").await;
    find(session.page(), "pick-user").await;
    tour.look("5-mapping-picker", "user-picker").await;
    session.press("close").await;
    session.write("search-mapping", "").await;
    session.press("add-people").await;
    let amara = wizard::user(place, "Amara");
    find(session.page(), "field-team_rows").await;
    // Line ends that WebDriver types do not arrive.
    let paste = format!(
        "const field = document.querySelector('[data-testid=field-team_rows]');
         field.value = 'Ada Quill\\tada@example.org\\nBen Rook\\tben@example.org\\t{amara}\\nCy Ode\\tcy@example.org\\t12\\nnobody at all';
         field.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));"
    );
    run(session.page(), &paste).await;
    tour.look("5-mapping-add", "add-dialog").await;
    session.press("add-save").await;
    find(session.page(), "paste-counts").await;
    tour.look("5-mapping-paste", "paste-preview").await;
    session.press("close").await;
}

async fn mapping_to_the_end(tour: &Tour<'_>, place: &Place) {
    let session = &tour.session;
    find(session.page(), "page-mapping").await;
    tour.look("5-mapping", "dropzone-choose").await;
    session.hand_over(&place.samples.team, "", "").await;
    tour.look("5-mapping-proposed", "certain").await;
    picker_and_paste(tour, place).await;
    wizard::confirm(session, place).await;
    session.write("search-mapping", "").await;
    says(session.page(), "mapping-table", "Kwame").await;
    tour.look("5-mapping-done", "mapping-done").await;
    session.press("primary").await;
    find(session.page(), "page-review").await;
    tour.look("6-review", "first-run").await;
    session.press("primary").await;
    tour.look("7-activate", "will-happen").await;
}

async fn home(theme: Theme) {
    let place = Place::themed(theme).await;
    let session = Session::by_mouse(&place.desktop, place.start_app().await);
    let tour = Tour::of(session, theme).await;
    wizard::set_up(&tour.session, &place).await;
    nothing_sent_yet(&tour, &place).await;
    under_way(&tour, &place).await;
    all_pages(&tour).await;
    out_of_reach(&tour, &place).await;
}

async fn nothing_sent_yet(tour: &Tour<'_>, place: &Place) {
    let session = &tour.session;
    gone_within(session.page(), "running", wizard::SYNC).await;
    tour.look("home-just-activated", "just-activated").await;
    session.press("home-people").await;
    find(session.page(), "page-people").await;
    tour.look("home-people-empty", "dropzone-choose").await;
    session.hand_over(&place.samples.candidates, "", "").await;
    says(session.page(), "import-added", "9").await;
    tour.look("home-people-taken-in", "people-list").await;
}

async fn under_way(tour: &Tour<'_>, place: &Place) {
    let session = &tour.session;
    let greenhouse = &place.greenhouse;
    session.press("home-overview").await;
    find(session.page(), "page-overview").await;
    greenhouse.add_fault(NewFault::always(FaultKind::Slow { millis: 2_500 }));
    session.press("primary").await;
    tour.look("home-running", "running").await;
    greenhouse.clear_faults();
    wizard::arrived(session, place).await;
    wizard::move_on(place);
    session.press("primary").await;
    says(session.page(), "funnel", "Hired").await;
    gone_within(session.page(), "running", wizard::SYNC).await;
}

async fn all_pages(tour: &Tour<'_>) {
    let session = &tour.session;
    for (page, id) in [
        ("overview", "page-overview"),
        ("people", "people-list"),
        ("runs", "runs-list"),
        ("webhooks", "slots"),
        ("mapping", "mapping-table"),
        ("audit", "audit-list"),
        ("setup", "page-setup"),
    ] {
        session.press(&format!("home-{page}")).await;
        tour.look(&format!("home-{page}"), id).await;
    }
    session.press("wipe").await;
    tour.look("home-setup-remove", "wipe-dialog").await;
    session.press("close").await;
    session.press("home-people").await;
    find(session.page(), "people-list").await;
    session.press("open-person").await;
    tour.look("home-people-person", "person-panel").await;
    session.press("close").await;
}

async fn out_of_reach(tour: &Tour<'_>, place: &Place) {
    let session = &tour.session;
    place.greenhouse.set_offline(true);
    session.press("home-overview").await;
    session.press("primary").await;
    tour.look("home-offline", "offline").await;
    place.greenhouse.set_offline(false);
    session.press("home-setup").await;
    session.press("deactivate").await;
    tour.look("home-setup-deactivating", "confirm-dialog").await;
    session.press("confirm").await;
    gone(session.page(), "confirm-dialog").await;
    session.press("home-overview").await;
    tour.look("home-inactive", "inactive").await;
}
