//! The two ways of working a window: the mouse, with files dragged in, and the keyboard alone.

use crate::app::App;
use crate::desktop::Desktop;
use crate::keyboard;
use crate::page::{self, focused, run};
use crate::pointer::Target;
use std::path::Path;
use std::time::{Duration, Instant};
use thirtyfour::prelude::{Key, WebDriver};

/// How many times Tab may be pressed before a thing counts as out of reach.
const REACH: usize = 90;

/// How long the window may take to show that files are held over it, before they are put back and taken anew.
const HEARD: Duration = Duration::from_secs(8);

/// What a person works the window with.
pub enum Hand {
    /// Clicks, and files dragged in from another window.
    Mouse,
    /// Tab, Enter, Space and letters; files by way of the system's dialog.
    Keyboard,
}

/// An app in somebody's hand.
pub struct Session<'a> {
    pub app: App,
    pub desktop: &'a Desktop,
    hand: Hand,
}

impl<'a> Session<'a> {
    /// Takes the mouse.
    pub fn by_mouse(desktop: &'a Desktop, app: App) -> Self {
        Self {
            app,
            desktop,
            hand: Hand::Mouse,
        }
    }

    /// Takes the keyboard. The mouse is left where it is.
    pub fn by_keyboard(desktop: &'a Desktop, app: App) -> Self {
        Self {
            app,
            desktop,
            hand: Hand::Keyboard,
        }
    }

    /// Returns the page.
    pub fn page(&self) -> &WebDriver {
        self.app.page()
    }

    /// Presses a button, a tick box or a summary.
    pub async fn press(&self, id: &str) {
        page::find(self.page(), id).await;
        match &self.hand {
            Hand::Mouse => page::click(self.page(), id).await,
            Hand::Keyboard => {
                self.reach(id).await;
                let kind = "const it = document.activeElement; return it.type ?? it.localName";
                let kind = run(self.page(), kind).await;
                let boxed = matches!(kind.as_str(), Some("checkbox" | "radio"));
                keyboard::press(self.desktop, &[if boxed { "space" } else { "Return" }]);
            }
        }
    }

    /// Writes into a field, in place of what it held.
    pub async fn write(&self, id: &str, text: &str) {
        page::find(self.page(), id).await;
        match &self.hand {
            Hand::Mouse => page::fill(self.page(), id, text).await,
            Hand::Keyboard => {
                self.reach(id).await;
                keyboard::press(self.desktop, &["ctrl+a"]);
                keyboard::write(self.desktop, text);
                page::holds(self.page(), id, text).await;
            }
        }
    }

    /// Hands a file over: dragged onto the window, or chosen with the button of that test id.
    pub async fn hand_over(&self, file: &Path, button: &str, dialog: &str) {
        match &self.hand {
            Hand::Mouse => {
                let middle = run(self.page(), "return [innerWidth / 2, innerHeight / 2]").await;
                let at = |axis: usize| middle[axis].as_f64().expect("a window has a size") as i64;
                let (x, y) = (at(0), at(1));
                let begun = Instant::now();
                // On a busy machine a press or a move of the pointer may come to nothing: then the file is taken anew.
                loop {
                    let target = Target::find(self.desktop);
                    let drag = target.drag(self.desktop, &[file], x, y);
                    if page::is_there_within(self.page(), "drop-veil", HEARD).await {
                        drag.let_go();
                        return page::gone(self.page(), "drop-veil").await;
                    }
                    drag.put_back();
                    if begun.elapsed() > page::PATIENCE {
                        page::give_up(self.page(), "a file held over the window is not seen").await;
                    }
                }
            }
            Hand::Keyboard => {
                self.press(button).await;
                keyboard::choose(self.desktop, dialog, file);
            }
        }
    }

    /// Presses Enter in the field that was written into.
    pub async fn enter(&self, id: &str) {
        match &self.hand {
            Hand::Mouse => {
                let field = page::find(self.page(), id).await;
                field.send_keys(Key::Enter + "").await.expect("keys arrive");
            }
            Hand::Keyboard => keyboard::press(self.desktop, &["Return"]),
        }
    }

    /// Opens the menu of that test id and takes an item of it.
    pub async fn choose(&self, menu: &str, item: &str) {
        self.press(menu).await;
        page::find(self.page(), item).await;
        match &self.hand {
            Hand::Mouse => page::click(self.page(), item).await,
            Hand::Keyboard => {
                for _ in 0..REACH {
                    if focused(self.page()).await == item {
                        return keyboard::press(self.desktop, &["Return"]);
                    }
                    keyboard::press(self.desktop, &["Down"]);
                }
                page::give_up(
                    self.page(),
                    &format!("`{item}` is not reached with the arrows"),
                )
                .await;
            }
        }
    }

    /// Goes with Tab until the thing has the focus.
    async fn reach(&self, id: &str) {
        for _ in 0..REACH {
            if focused(self.page()).await == id {
                return;
            }
            keyboard::press(self.desktop, &["Tab"]);
        }
        let at = focused(self.page()).await;
        page::give_up(
            self.page(),
            &format!("`{id}` is not reached with Tab but `{at}`"),
        )
        .await;
    }
}
