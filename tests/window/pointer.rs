//! A real pointer: files dragged out of another program's window and let go over ours.

use crate::app::root;
use crate::desktop::Desktop;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

/// The window's title, as the window manager knows it.
const TITLE: &str = "^Headhuntr for Greenhouse$";
/// The system's own Python, which sees the system's GTK; another one earlier on the path would not.
const PYTHON: &str = "/usr/bin/python3";

/// The app's window, as X knows it. Found before the first drag: after it GTK keeps a second, tiny window of that name.
pub struct Target {
    window: String,
}

impl Target {
    /// Finds the app's window.
    pub fn find(desktop: &Desktop) -> Self {
        Self {
            window: window_called(desktop, TITLE),
        }
    }

    /// Drags files in and lets them go at a place of the page, in page pixels.
    pub fn drop_files(&self, desktop: &Desktop, files: &[&Path], x: i64, y: i64) {
        let mut source = desktop
            .command(PYTHON)
            .arg(root().join("tests/window/drag_source.py"))
            .args(["10", "10"])
            .args(files)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the drag source starts");
        // Kept to the end: the source stops at its next word when nobody can read it.
        let mut output = BufReader::new(source.stdout.take().expect("its output"));
        let mut line = String::new();
        output.read_line(&mut line).expect("its first line");
        assert_eq!(line.trim(), "ready", "the drag source shows its window");
        pause(150);
        self.drag(desktop, &window_called(desktop, "^drag-source$"), x, y);
        pause(400);
        source.kill().expect("the source ends");
        source.wait().expect("the source ended");
    }

    fn drag(&self, desktop: &Desktop, source: &str, x: i64, y: i64) {
        let to = |window: &str, x: i64, y: i64, rest: u64| {
            xdotool(
                desktop,
                &[
                    "mousemove",
                    "--window",
                    window,
                    &x.to_string(),
                    &y.to_string(),
                ],
            );
            pause(rest);
        };
        to(source, 60, 50, 30);
        xdotool(desktop, &["mousedown", "1"]);
        pause(50);
        // GTK takes it for a drag after a few pixels.
        for step in [20, 40, 60] {
            to(source, 60 + step, 50 + step / 2, 30);
        }
        // The files' names are asked for while the pointer moves over the target, so it must not arrive in one jump.
        for step in [-40, -20, 0] {
            to(&self.window, x + step, y + step / 2, 60);
        }
        pause(120);
        xdotool(desktop, &["mouseup", "1"]);
    }
}

fn window_called(desktop: &Desktop, name: &str) -> String {
    for _ in 0..50 {
        let found = xdotool(desktop, &["search", "--onlyvisible", "--name", name]);
        if let Some(window) = found.lines().next() {
            return window.to_owned();
        }
        pause(100);
    }
    panic!("no window is called {name}");
}

fn xdotool(desktop: &Desktop, arguments: &[&str]) -> String {
    let output = desktop
        .command("xdotool")
        .args(arguments)
        .output()
        .expect("xdotool runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn pause(milliseconds: u64) {
    std::thread::sleep(Duration::from_millis(milliseconds));
}
