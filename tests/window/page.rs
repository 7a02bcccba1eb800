//! The page as a person meets it: found by what it shows, clicked, typed into, read.

use crate::app::root;
use serde_json::Value;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use thirtyfour::prelude::{By, ElementQueryable as _, Key, WebDriver, WebElement};

/// How long a thing may take to appear. Generous: two tests share two processors.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// How often to look.
const OFTEN: Duration = Duration::from_millis(50);

/// Returns the element of that test id, once it is shown.
pub async fn find(page: &WebDriver, id: &str) -> WebElement {
    let found = page
        .query(by(id))
        .wait(PATIENCE, OFTEN)
        .and_displayed()
        .first()
        .await;
    match found {
        Ok(element) => element,
        Err(_) => panic!(
            "`{id}` is not shown; the page says:\n{}",
            text_of_page(page).await
        ),
    }
}

/// Returns whether an element of that test id is shown now.
pub async fn is_shown(page: &WebDriver, id: &str) -> bool {
    match page.query(by(id)).nowait().first_opt().await {
        Ok(Some(element)) => element.is_displayed().await.unwrap_or(false),
        _ => false,
    }
}

/// Clicks the element of that test id, once it can be clicked.
pub async fn click(page: &WebDriver, id: &str) {
    let found = page
        .query(by(id))
        .wait(PATIENCE, OFTEN)
        .and_displayed()
        .and_enabled()
        .first()
        .await;
    let Ok(element) = found else {
        panic!(
            "`{id}` cannot be clicked; the page says:\n{}",
            text_of_page(page).await
        )
    };
    element
        .scroll_into_view()
        .await
        .expect("it can be brought into view");
    element
        .click()
        .await
        .unwrap_or_else(|e| panic!("`{id}` was not clicked: {e}"));
}

/// Types into the field of that test id, in place of what it held.
pub async fn fill(page: &WebDriver, id: &str, text: &str) {
    let field = find(page, id).await;
    field.focus().await.expect("a field takes the focus");
    // Clearing by WebDriver tells the page nothing; keys do.
    field
        .send_keys(Key::Control + "a")
        .await
        .expect("keys arrive");
    field
        .send_keys(Key::Backspace + "")
        .await
        .expect("keys arrive");
    field.send_keys(text).await.expect("keys arrive");
}

/// Returns the text of the element of that test id.
pub async fn text(page: &WebDriver, id: &str) -> String {
    find(page, id)
        .await
        .text()
        .await
        .expect("an element has text")
}

/// Waits until the element of that test id says something, and returns its whole text.
pub async fn says(page: &WebDriver, id: &str, words: &str) -> String {
    says_within(page, id, words, PATIENCE).await
}

/// Waits that long until the element of that test id says something, and returns its whole text.
pub async fn says_within(page: &WebDriver, id: &str, words: &str, patience: Duration) -> String {
    let begun = Instant::now();
    loop {
        let found = page.query(by(id)).nowait().first_opt().await.ok().flatten();
        let text = match found {
            Some(element) => element.text().await.unwrap_or_default(),
            None => String::new(),
        };
        if text.contains(words) {
            return text;
        }
        if begun.elapsed() > patience {
            panic!(
                "`{id}` does not say “{words}” but “{text}”; the page says:\n{}",
                text_of_page(page).await
            );
        }
        tokio::time::sleep(OFTEN).await;
    }
}

/// Returns all that the page says, for telling what a failing test saw.
pub async fn text_of_page(page: &WebDriver) -> String {
    match page.find(By::Css("body")).await {
        Ok(body) => body.text().await.unwrap_or_default(),
        Err(error) => format!("(no page: {error})"),
    }
}

/// Runs JavaScript in the page and returns what it returns.
pub async fn run(page: &WebDriver, script: &str) -> Value {
    let result = page
        .execute(script, Vec::new())
        .await
        .unwrap_or_else(|e| panic!("{script}: {e}"));
    result.json().clone()
}

/// Returns the test id of what has the focus, or its nearest parent's.
pub async fn focused(page: &WebDriver) -> String {
    let id = run(
        page,
        "return document.activeElement?.closest('[data-testid]')?.dataset.testid ?? ''",
    )
    .await;
    id.as_str().unwrap_or_default().to_owned()
}

/// Saves a picture of the page under the folder of screenshots, if pictures are wanted.
pub async fn picture(page: &WebDriver, name: &str) {
    let folder = pictures();
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    page.screenshot(&folder.join(format!("{name}.png")))
        .await
        .expect("a picture is taken");
}

fn pictures() -> PathBuf {
    std::env::var_os("HEADHUNTR_SCREENSHOTS")
        .map_or_else(|| root().join("target/screenshots"), PathBuf::from)
}

fn by(id: &str) -> By {
    By::Css(format!("[data-testid='{id}']"))
}
