//! The seven steps as a person does them, by whichever hand, and the first sync after them.

use crate::hand::Session;
use crate::page::{find, give_up, gone, gone_within, is_there, reads, says, text};
use crate::place::Place;
use std::time::{Duration, Instant};

/// How long the first sync of the small practice organisation may take, on a busy machine.
pub const SYNC: Duration = Duration::from_secs(120);

/// How many of the sample's people are new to Greenhouse.
pub const NEW: usize = 8;

/// Step 1: both permissions are there.
pub async fn permissions(session: &Session<'_>) {
    find(session.page(), "page-permissions").await;
    session.press("permission-api_credentials").await;
    session.press("permission-webhooks").await;
    find(session.page(), "permissions-done").await;
    session.press("primary").await;
}

/// Walks all seven steps.
pub async fn set_up(session: &Session<'_>, place: &Place) {
    find(session.page(), "welcome").await;
    session.press("primary").await;
    permissions(session).await;
    credential(session, place).await;
    users(session, place).await;
    webhooks(session, place).await;
    mapping(session, place).await;
    review_and_activate(session).await;
}

/// Step 2: the credential is pasted, and Greenhouse says what it may do.
pub async fn credential(session: &Session<'_>, place: &Place) {
    find(session.page(), "page-credential").await;
    write_credential(session, place, &place.greenhouse.client_secret()).await;
    session.press("primary").await;
    find(session.page(), "accepted").await;
    session.press("primary").await;
}

/// Pastes the credential with that secret, and where this Greenhouse is.
pub async fn write_credential(session: &Session<'_>, place: &Place, secret: &str) {
    let greenhouse = &place.greenhouse;
    session
        .write("field-client_id", &greenhouse.client_id())
        .await;
    session.write("field-client_secret", secret).await;
    session.press("addresses").await;
    session
        .write("field-harvest_url", &greenhouse.harvest_url())
        .await;
    session
        .write("field-auth_url", &greenhouse.auth_url())
        .await;
}

/// Step 3: the user export is handed over.
pub async fn users(session: &Session<'_>, place: &Place) {
    find(session.page(), "page-users").await;
    find(session.page(), "dropzone-choose").await;
    let file = &place.samples.user_export;
    session
        .hand_over(file, "dropzone-choose", "Choose the Greenhouse user export")
        .await;
    says(session.page(), "users-total", "12").await;
    session.press("primary").await;
}

/// Step 4: the address is proved, both webhooks are saved in Greenhouse, and their pings arrive.
pub async fn webhooks(session: &Session<'_>, place: &Place) {
    find(session.page(), "page-webhooks").await;
    address(session, place).await;
    slots(session, place).await;
    session.press("primary").await;
}

/// Says where Greenhouse's messages arrive, and has it proved.
pub async fn address(session: &Session<'_>, place: &Place) {
    session.press("delivery-own_address").await;
    session.write("field-address", &place.address()).await;
    session.press("use-address").await;
    find(session.page(), "slots").await;
    says(session.page(), "address-state", "It leads here").await;
}

/// Saves both webhooks in Greenhouse, and waits for their pings.
pub async fn slots(session: &Session<'_>, place: &Place) {
    for _ in 0..2 {
        session.press("reveal-secret").await;
        // A generated secret is 256 bits, in hexadecimal or not: longer than the dots that hide it.
        let secret = revealed(session).await;
        let name = text(session.page(), "value-name").await;
        let when = text(session.page(), "value-when").await;
        let endpoint = text(session.page(), "value-endpoint").await;
        place.save_webhook(&name, &when, &endpoint, &secret).await;
        find(session.page(), "slot-live").await;
        if is_there(session.page(), "slot-next").await {
            session.press("slot-next").await;
        }
    }
}

async fn revealed(session: &Session<'_>) -> String {
    for _ in 0..100 {
        let shown = text(session.page(), "value-secret").await;
        if shown.len() >= 32 && !shown.contains('•') {
            return shown;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the secret is not shown");
}

/// Step 5: the team is handed over; the certain are confirmed, one is found by hand, one who has left is left out.
pub async fn mapping(session: &Session<'_>, place: &Place) {
    let page = session.page();
    find(page, "page-mapping").await;
    find(page, "dropzone-choose").await;
    let file = &place.samples.team;
    session
        .hand_over(file, "dropzone-choose", "Choose the Headhuntr team list")
        .await;
    confirm(session, place).await;
    session.press("primary").await;
}

/// Confirms the certain, finds one by hand and leaves one out.
pub async fn confirm(session: &Session<'_>, place: &Place) {
    let page = session.page();
    session.press("confirm-certain").await;
    gone(page, "certain").await;
    session.write("search-mapping", "Amara").await;
    one_row(session).await;
    says(page, "mapping-table", "Amara").await;
    let amara = user(place, "Amara").to_string();
    session.write("ats-id", &amara).await;
    session.enter("ats-id").await;
    says(page, "mapping-table", "Okafor").await;
    session.press("confirm").await;
    reads(page, "mapping-row", "data-state", "confirmed").await;
    session.write("search-mapping", "Piotr").await;
    one_row(session).await;
    says(page, "mapping-table", "Piotr").await;
    session.choose("row-menu", "leave-out").await;
    find(page, "mapping-done").await;
}

/// Waits until a search has left one row of the mapping: until then a click may hit a row that is about to go.
pub async fn one_row(session: &Session<'_>) {
    reads(session.page(), "mapping-table", "aria-rowcount", "2").await;
}

/// Steps 6 and 7: looked over, and switched on.
pub async fn review_and_activate(session: &Session<'_>) {
    find(session.page(), "page-review").await;
    find(session.page(), "first-run").await;
    session.press("primary").await;
    find(session.page(), "will-happen").await;
    session.press("primary").await;
    find(session.page(), "page-overview").await;
}

/// Hands the sourced candidates over, starts a sync and waits until nothing goes on any more.
pub async fn sync(session: &Session<'_>, place: &Place) {
    let page = session.page();
    session.press("home-people").await;
    find(page, "page-people").await;
    let file = &place.samples.candidates;
    session
        .hand_over(file, "dropzone-choose", "Choose sourced candidates")
        .await;
    says(page, "import-added", "9").await;
    session.press("home-overview").await;
    find(page, "page-overview").await;
    gone_within(page, "running", SYNC).await;
    session.press("primary").await;
    arrived(session, place).await;
}

/// Waits until all the new people are in Greenhouse and nothing goes on any more.
pub async fn arrived(session: &Session<'_>, place: &Place) {
    let page = session.page();
    let begun = Instant::now();
    while place.greenhouse.journal().created_candidates().len() < NEW {
        if begun.elapsed() > SYNC {
            give_up(page, "not everybody arrived in Greenhouse").await;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    gone_within(page, "running", SYNC).await;
}

/// Lets Greenhouse do what recruiters do there: some are moved, one is hired, one is rejected.
pub fn move_on(place: &Place) {
    let greenhouse = &place.greenhouse;
    let sent = greenhouse.created().applications;
    let on_a_job: Vec<_> = sent
        .iter()
        .filter(|it| greenhouse.move_application(it.id, None).is_ok())
        .map(|it| it.id)
        .collect();
    let [moved, hired, rejected, ..] = on_a_job.as_slice() else {
        panic!("three of the sample stand on a job, not {on_a_job:?}");
    };
    greenhouse
        .move_application(*moved, None)
        .expect("there is one more stage");
    greenhouse.hire(*hired).expect("they can be hired");
    greenhouse
        .reject(*rejected, None)
        .expect("they can be rejected");
}

/// Returns the id of the Greenhouse user of that first name.
pub fn user(place: &Place, first: &str) -> i64 {
    let users = place.greenhouse.world().users;
    let found = users
        .into_iter()
        .find(|it| it.first_name.as_deref() == Some(first));
    found.expect("the practice organisation has them").id.get()
}
