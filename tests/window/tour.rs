//! A walk that looks at every page it comes by: pictured in both sizes, looked over by axe, never scrolling sideways.

use crate::audit;
use crate::desktop::Theme;
use crate::hand::Session;
use crate::page::{PATIENCE, find, is_there, picture, run};
use std::time::{Duration, Instant};

/// The sizes the window is drawn for, the usual one last.
const SIZES: [(u32, u32); 2] = [(800, 600), (1100, 760)];

/// True once nothing is being read and nothing moves any more, but for what moves without end.
const SETTLED: &str = "
    const moves = document.getAnimations().some((it) =>
        it.playState === 'running' && it.effect.getComputedTiming().endTime !== Infinity);
    return !moves && document.querySelector('[data-testid=waiting]') === null;";

/// Scrolls what the page scrolls by most of its height; returns whether it moved.
const FURTHER: &str = "
    const parts = [...document.querySelectorAll('dialog[open], dialog[open] *, main, main *')];
    const range = (it) => /auto|scroll/.test(getComputedStyle(it).overflowY) ? it.scrollHeight - it.clientHeight : 0;
    const part = parts.reduce((most, it) => range(it) > range(most) ? it : most);
    if (range(part) < 8) return false;
    const before = part.scrollTop;
    part.scrollTop = before + part.clientHeight * 0.85;
    return part.scrollTop > before + 8;";

/// Scrolls everything back to its top.
const TO_TOP: &str =
    "for (const it of document.querySelectorAll('*')) if (it.scrollTop > 0) it.scrollTop = 0;";

/// Pictures of what is further down are taken so often; a list goes on without end.
const FURTHER_MOST: u32 = 3;

/// A walk in one theme.
pub struct Tour<'a> {
    pub session: Session<'a>,
    theme: &'static str,
}

impl<'a> Tour<'a> {
    /// Takes a session whose desktop has that theme.
    pub async fn of(session: Session<'a>, theme: Theme) -> Self {
        let dark = "return matchMedia('(prefers-color-scheme: dark)').matches";
        let dark = run(session.page(), dark).await;
        assert_eq!(
            dark.as_bool(),
            Some(theme == Theme::Dark),
            "the system's theme is heard"
        );
        let theme = match theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        Self { session, theme }
    }

    /// Waits until a thing is there, then looks at the page in both sizes.
    pub async fn look(&self, name: &str, id: &str) {
        let page = self.session.page();
        find(page, id).await;
        for size in SIZES {
            self.resize(size).await;
            self.settle().await;
            let name = format!("{name}-{}-{}x{}", self.theme, size.0, size.1);
            picture(page, &name).await;
            audit::check(page, &name).await;
            audit::nothing_sideways(page, &name).await;
            audit::the_window_stands_still(page, &name).await;
        }
        self.look_further_down(name).await;
        assert!(!is_there(page, "unread").await, "{name} could not be read");
    }

    /// Takes pictures of what only scrolling shows, in the usual size.
    async fn look_further_down(&self, name: &str) {
        let page = self.session.page();
        for part in 1..=FURTHER_MOST {
            if run(page, FURTHER).await.as_bool() != Some(true) {
                break;
            }
            self.settle().await;
            picture(page, &format!("{name}-{}-below-{part}", self.theme)).await;
        }
        run(page, TO_TOP).await;
    }

    async fn settle(&self) {
        let begun = Instant::now();
        loop {
            let settled = run(self.session.page(), SETTLED).await;
            if settled.as_bool() == Some(true) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "the page does not come to rest");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Gives the window a size, and waits until the page is laid out in it.
    async fn resize(&self, (width, height): (u32, u32)) {
        let page = self.session.page();
        page.set_window_rect(40, 40, width, height)
            .await
            .expect("the window takes a size");
        let begun = Instant::now();
        loop {
            let here = run(page, "return [innerWidth, innerHeight]").await;
            if here[0].as_u64() == Some(u64::from(width)) {
                break;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "the window does not take its size but {here}"
            );
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        // Two frames: one that lays out, one that paints.
        let painted = "const done = arguments[arguments.length - 1];
            requestAnimationFrame(() => requestAnimationFrame(() => done(true)));";
        page.execute_async(painted, Vec::new())
            .await
            .expect("the page paints");
    }
}
