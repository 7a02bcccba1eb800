//! What a machine can object to in the page as it is drawn, in the real web view, colours and all.

use crate::app::root;
use crate::page::{give_up, run};
use thirtyfour::prelude::WebDriver;

/// Fails the test where axe finds a violation.
pub async fn check(page: &WebDriver, where_at: &str) {
    let there = run(page, "return typeof window.axe === 'object'").await;
    if there.as_bool() != Some(true) {
        let source = root().join("ui/node_modules/axe-core/axe.min.js");
        let source = std::fs::read_to_string(source).expect("the front end's packages are there");
        run(page, &format!("{source}; return typeof window.axe")).await;
    }
    let script = "const done = arguments[arguments.length - 1];
        axe.run(document, { resultTypes: ['violations'] }).then(
            (found) => done(found.violations.map((it) => `${it.id}: ${it.nodes.map((n) => n.html).join(' ')}`)),
            (error) => done([String(error)]));";
    let found = page
        .execute_async(script, Vec::new())
        .await
        .expect("axe runs");
    let found = found.json().as_array().cloned().unwrap_or_default();
    if !found.is_empty() {
        give_up(page, &format!("axe objects to {where_at}: {found:#?}")).await;
    }
}

/// Fails the test where the page is wider than the window, or a button or a heading sticks out of it.
pub async fn nothing_sideways(page: &WebDriver, where_at: &str) {
    let script = "
        const out = [...document.querySelectorAll('h1, h2, h3, button, input, a, summary')]
            .filter((it) => it.checkVisibility() && !it.closest('.visually-hidden'))
            .filter((it) => { const box = it.getBoundingClientRect(); return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1); })
            .map((it) => `${it.localName} ${it.dataset.testid ?? ''} “${it.textContent.trim().slice(0, 40)}”`);
        const wide = document.documentElement.scrollWidth - innerWidth;
        return wide > 0 ? [`the page is ${wide} px too wide`, ...out] : out;";
    let found = run(page, script).await;
    let found = found.as_array().cloned().unwrap_or_default();
    if !found.is_empty() {
        give_up(page, &format!("{where_at} sticks out: {found:#?}")).await;
    }
}

/// Fails the test where the window itself would scroll, its steps and buttons with it: only the page inside it may.
pub async fn the_window_stands_still(page: &WebDriver, where_at: &str) {
    // The welcome has no steps beside it, and scrolls as a whole where it has to.
    let script = "
        const framed = document.querySelector('.window') !== null;
        return framed ? document.documentElement.scrollHeight - innerHeight : 0;";
    let over = run(page, script).await.as_i64().unwrap_or_default();
    if over > 0 {
        give_up(
            page,
            &format!("{where_at} is {over} px higher than the window"),
        )
        .await;
    }
}
