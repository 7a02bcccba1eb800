//! The page as a person meets it: found by what it shows, clicked, typed into, read.

use crate::app::root;
use serde_json::Value;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use thirtyfour::prelude::{By, ElementQueryable as _, Key, WebDriver, WebElement};

/// How long a thing may take to appear. Generous: it is reached only when a test fails, and a machine may have much else to do.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// How often to look.
const OFTEN: Duration = Duration::from_millis(50);

/// Returns the element of that test id, once it is shown.
pub async fn find(page: &WebDriver, id: &str) -> WebElement {
    let begun = Instant::now();
    loop {
        let found = page.query(by(id)).nowait().first_opt().await;
        if let Ok(Some(element)) = found
            && shows(page, &element).await
        {
            return element;
        }
        if begun.elapsed() > PATIENCE {
            give_up(page, &format!("`{id}` is not shown")).await;
        }
        tokio::time::sleep(OFTEN).await;
    }
}

/// Asks the page itself: a tick box drawn by its label is there, though WebDriver calls it hidden.
async fn shows(page: &WebDriver, element: &WebElement) -> bool {
    let Ok(argument) = element.to_json() else {
        return false;
    };
    let asked = page.execute("return arguments[0].checkVisibility()", vec![argument]);
    asked
        .await
        .is_ok_and(|answer| answer.json().as_bool() == Some(true))
}

/// Clicks the element of that test id, once it can be clicked.
pub async fn click(page: &WebDriver, id: &str) {
    let begun = Instant::now();
    let element = loop {
        let element = find(page, id).await;
        if element.is_enabled().await.unwrap_or(false) {
            break element;
        }
        if begun.elapsed() > PATIENCE {
            give_up(page, &format!("`{id}` cannot be clicked")).await;
        }
        tokio::time::sleep(OFTEN).await;
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
    if !text.is_empty() {
        field.send_keys(text).await.expect("keys arrive");
    }
}

/// Waits until the field of that test id holds a text.
pub async fn holds(page: &WebDriver, id: &str, text: &str) {
    let field = find(page, id).await;
    let begun = Instant::now();
    loop {
        let held = field.prop("value").await.ok().flatten().unwrap_or_default();
        if held == text {
            return;
        }
        if begun.elapsed() > PATIENCE {
            give_up(
                page,
                &format!("`{id}` holds “{held}” and not what was typed"),
            )
            .await;
        }
        tokio::time::sleep(OFTEN).await;
    }
}

/// Waits until nothing of that test id is there any more.
pub async fn gone(page: &WebDriver, id: &str) {
    gone_within(page, id, PATIENCE).await;
}

/// Waits that long until nothing of that test id is there any more.
pub async fn gone_within(page: &WebDriver, id: &str, patience: Duration) {
    let begun = Instant::now();
    while is_there(page, id).await {
        if begun.elapsed() > patience {
            give_up(page, &format!("`{id}` stays")).await;
        }
        tokio::time::sleep(OFTEN).await;
    }
}

/// Returns whether there is an element of that test id now.
pub async fn is_there(page: &WebDriver, id: &str) -> bool {
    matches!(page.query(by(id)).nowait().first_opt().await, Ok(Some(_)))
}

/// Returns whether there is an element of that test id within so long.
pub async fn is_there_within(page: &WebDriver, id: &str, patience: Duration) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < patience {
        if is_there(page, id).await {
            return true;
        }
        tokio::time::sleep(OFTEN).await;
    }
    false
}

/// Waits until the element of that test id has an attribute of a value.
pub async fn reads(page: &WebDriver, id: &str, attribute: &str, value: &str) {
    let wanted = By::Css(format!("[data-testid='{id}'][{attribute}='{value}']"));
    let found = page.query(wanted).wait(PATIENCE, OFTEN).first().await;
    if found.is_err() {
        give_up(page, &format!("`{id}` has no {attribute} of {value}")).await;
    }
}

/// Returns the text of the element of that test id.
pub async fn text(page: &WebDriver, id: &str) -> String {
    words_of(&find(page, id).await).await
}

/// Asks the page itself: of a long list WebDriver tells only the header.
async fn words_of(element: &WebElement) -> String {
    let words = element.prop("innerText").await.ok().flatten();
    words.unwrap_or_default()
}

/// Waits until the element of that test id says something, and returns its whole text.
pub async fn says(page: &WebDriver, id: &str, words: &str) -> String {
    let begun = Instant::now();
    loop {
        let found = page.query(by(id)).nowait().first_opt().await.ok().flatten();
        let text = match found {
            Some(element) => words_of(&element).await,
            None => String::new(),
        };
        if text.contains(words) {
            return text;
        }
        if begun.elapsed() > PATIENCE {
            give_up(page, &format!("`{id}` does not say “{words}” but “{text}”")).await;
        }
        tokio::time::sleep(OFTEN).await;
    }
}

/// Fails the test, with a picture of what it saw and all that the page said.
pub async fn give_up(page: &WebDriver, what: &str) -> ! {
    let test = std::thread::current()
        .name()
        .unwrap_or("test")
        .replace("::", "-");
    picture(page, &format!("failed-{test}")).await;
    panic!("{what}; the page says:\n{}", text_of_page(page).await)
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
