//! People who need large text, a narrow window, or nothing that moves.

use crate::audit;
use crate::desktop::Desktop;
use crate::hand::Session;
use crate::page::{find, gone_within, picture, run};
use crate::place::Place;
use crate::wizard;

/// The narrowest window there is, with text twice as large: as a page of 320 pixels.
const NARROW: (u32, u32) = (640, 760);

#[tokio::test]
async fn large_text_in_a_narrow_window_loses_nothing() {
    let place = Place::open().await;
    let session = Session::by_mouse(&place.desktop, place.start_app().await);
    wizard::set_up(&session, &place).await;
    let page = session.page();
    gone_within(page, "running", wizard::SYNC).await;
    page.set_window_rect(0, 0, NARROW.0, NARROW.1)
        .await
        .expect("the window takes a size");
    run(page, "document.documentElement.style.fontSize = '200%'").await;
    for home in [
        "overview", "people", "runs", "webhooks", "mapping", "audit", "setup",
    ] {
        session.press(&format!("home-{home}")).await;
        fits(&session, &format!("narrow-home-{home}")).await;
    }
    session.press("setup-permissions").await;
    for step in [
        "permissions",
        "credential",
        "users",
        "webhooks",
        "mapping",
        "review",
        "activate",
    ] {
        session.press(&format!("step-{step}")).await;
        find(page, &format!("page-{step}")).await;
        fits(&session, &format!("narrow-{step}")).await;
    }
}

async fn fits(session: &Session<'_>, name: &str) {
    crate::page::gone(session.page(), "waiting").await;
    picture(session.page(), name).await;
    audit::nothing_sideways(session.page(), name).await;
    audit::check(session.page(), name).await;
}

#[tokio::test]
async fn a_calm_system_sees_nothing_move() {
    let place = Place::on(Desktop::calm()).await;
    let session = Session::by_mouse(&place.desktop, place.start_app().await);
    let page = session.page();
    let heard = "return matchMedia('(prefers-reduced-motion: reduce)').matches";
    assert_eq!(
        run(page, heard).await.as_bool(),
        Some(true),
        "the system's wish is heard"
    );
    find(page, "welcome").await;
    session.press("primary").await;
    find(page, "page-permissions").await;
    let moving = "return [...document.querySelectorAll('*')]
        .map((it) => getComputedStyle(it))
        .filter((it) => [it.transitionDuration, it.animationDuration].some((time) => parseFloat(time) > 0.001)).length";
    assert_eq!(
        run(page, moving).await.as_u64(),
        Some(0),
        "nothing takes time to move"
    );
}
