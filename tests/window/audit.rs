//! What axe-core objects to in the page as it is drawn, in the real web view, colours and all.

use crate::app::root;
use crate::page::{give_up, run};
use thirtyfour::prelude::WebDriver;

/// Fails the test where axe finds a violation.
pub async fn check(page: &WebDriver, where_at: &str) {
    let source = root().join("ui/node_modules/axe-core/axe.min.js");
    let source = std::fs::read_to_string(source).expect("the front end's packages are installed");
    run(page, &format!("{source}; return typeof window.axe")).await;
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
