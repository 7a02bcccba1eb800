//! Every page in both themes and both sizes: pictured, and looked over by axe. Walked in practice mode, with its samples.

use crate::app::App;
use crate::audit;
use crate::desktop::{Desktop, Theme};
use crate::hand::Session;
use crate::page::{find, gone, is_there, picture, run, says};
use std::time::Duration;

/// The sizes the window is drawn for.
const SIZES: [(u32, u32); 2] = [(1100, 760), (800, 600)];

/// A walk through all pages in one theme.
struct Tour<'a> {
    session: Session<'a>,
    theme: &'static str,
}

#[tokio::test]
async fn every_page_in_light() {
    tour(Theme::Light, "light").await;
}

#[tokio::test]
async fn every_page_in_dark() {
    tour(Theme::Dark, "dark").await;
}

async fn tour(theme: Theme, name: &'static str) {
    let desktop = Desktop::themed(theme);
    let app = App::start(&desktop, &["--practice"]).await;
    let tour = Tour {
        session: Session::by_mouse(&desktop, app),
        theme: name,
    };
    let dark = "return matchMedia('(prefers-color-scheme: dark)').matches";
    let dark = run(tour.session.page(), dark).await;
    assert_eq!(
        dark.as_bool(),
        Some(theme == Theme::Dark),
        "the system's theme is heard"
    );
    tour.set_up().await;
    tour.home().await;
}

impl Tour<'_> {
    async fn set_up(&self) {
        let session = &self.session;
        self.look("0-welcome", "welcome").await;
        session.press("primary").await;
        self.look("1-permissions", "page-permissions").await;
        session.press("permission-api_credentials").await;
        session.press("permission-webhooks").await;
        session.press("primary").await;
        self.look("2-credential", "practice-fill").await;
        session.press("practice-fill").await;
        session.press("primary").await;
        self.look("2-credential-accepted", "accepted").await;
        session.press("primary").await;
        self.look("3-users", "dropzone").await;
        session.press("use-sample").await;
        self.look("3-users-read", "users-total").await;
        session.press("primary").await;
        self.look("4-webhooks", "delivery-none").await;
        session.press("delivery-none").await;
        find(session.page(), "no-webhooks").await;
        session.press("primary").await;
        self.look("5-mapping", "dropzone").await;
        session.press("use-sample").await;
        self.look("5-mapping-proposed", "certain").await;
        self.map().await;
        self.look("6-review", "first-run").await;
        session.press("primary").await;
        self.look("7-activate", "will-happen").await;
        session.press("primary").await;
        find(session.page(), "page-overview").await;
    }

    async fn map(&self) {
        let session = &self.session;
        session.press("confirm-certain").await;
        gone(session.page(), "certain").await;
        for name in ["Amara", "Piotr"] {
            session.write("search-mapping", name).await;
            says(session.page(), "mapping-table", name).await;
            session.choose("row-menu", "leave-out").await;
        }
        find(session.page(), "mapping-done").await;
        session.press("primary").await;
    }

    async fn home(&self) {
        let session = &self.session;
        session.press("home-people").await;
        find(session.page(), "page-people").await;
        session.press("use-sample").await;
        says(session.page(), "import-added", "9").await;
        session.press("home-overview").await;
        gone(session.page(), "running").await;
        session.press("primary").await;
        // The sync is begun before it is waited for.
        tokio::time::sleep(Duration::from_secs(2)).await;
        gone(session.page(), "running").await;
        for page in [
            "overview", "people", "mapping", "webhooks", "runs", "audit", "setup",
        ] {
            session.press(&format!("home-{page}")).await;
            self.look(&format!("home-{page}"), "page-heading").await;
        }
    }

    /// Waits until a page is there, pictures it in both sizes, and has axe look at it in both.
    async fn look(&self, name: &str, id: &str) {
        let page = self.session.page();
        if id != "page-heading" {
            find(page, id).await;
        }
        // What is being read is drawn as a shape first, and what changes moves a moment.
        tokio::time::sleep(Duration::from_millis(600)).await;
        for size in SIZES {
            self.resize(size).await;
            let name = format!("{name}-{}-{}x{}", self.theme, size.0, size.1);
            picture(page, &name).await;
            audit::check(page, &name).await;
            let wide = "return document.documentElement.scrollWidth > innerWidth";
            let wide = run(page, wide).await;
            assert_eq!(wide.as_bool(), Some(false), "{name} scrolls sideways");
        }
        self.resize(SIZES[0]).await;
        assert!(!is_there(page, "unread").await, "{name} could not be read");
    }

    /// Gives the window a size, and waits until the page is laid out in it.
    async fn resize(&self, (width, height): (u32, u32)) {
        let page = self.session.page();
        page.set_window_rect(40, 40, width, height)
            .await
            .expect("the window takes a size");
        for _ in 0..100 {
            let here = run(page, "return innerWidth").await;
            if here.as_u64() == Some(u64::from(width)) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}
