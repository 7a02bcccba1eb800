//! A real keyboard: key presses by way of the X server, as a person's would come.

use crate::desktop::Desktop;
use crate::page::PATIENCE;
use std::path::Path;
use std::time::{Duration, Instant};

/// Presses a key, or several one after the other, by X's names such as `Tab` and `ctrl+a`.
pub fn press(desktop: &Desktop, keys: &[&str]) {
    let mut arguments = vec!["key", "--clearmodifiers"];
    arguments.extend(keys);
    xdotool(desktop, &arguments);
}

/// Types text.
pub fn write(desktop: &Desktop, text: &str) {
    xdotool(
        desktop,
        &["type", "--clearmodifiers", "--delay", "8", "--", text],
    );
}

/// Answers the system's file dialog with a path, and waits until the dialog is gone.
pub fn choose(desktop: &Desktop, title: &str, file: &Path) {
    wait(&format!("“{title}” has the keyboard"), || {
        active(desktop) == title
    });
    pause(600);
    let path = file.to_string_lossy();
    let (slash, rest) = path.split_at(1);
    // The slash opens the field for paths, and what is typed before it is open would be lost.
    write(desktop, slash);
    pause(500);
    write(desktop, rest);
    pause(500);
    press(desktop, &["Return"]);
    wait(&format!("“{title}” closes"), || {
        active(desktop) != title
    });
}

/// Returns the title of the window that has the keyboard.
fn active(desktop: &Desktop) -> String {
    let name = desktop
        .command("xdotool")
        .args(["getactivewindow", "getwindowname"])
        .output()
        .expect("xdotool runs");
    String::from_utf8_lossy(&name.stdout).trim().to_owned()
}

fn wait(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "not in time: {what}");
        pause(100);
    }
}

fn pause(milliseconds: u64) {
    std::thread::sleep(Duration::from_millis(milliseconds));
}

fn xdotool(desktop: &Desktop, arguments: &[&str]) {
    let done = desktop
        .command("timeout")
        .args(["20", "xdotool"])
        .args(arguments)
        .output()
        .expect("xdotool runs");
    assert!(done.status.success(), "xdotool {arguments:?}: {done:?}");
}
