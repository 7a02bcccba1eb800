//! A real pointer: files dragged out of another program's window and let go over ours.

use crate::app::root;
use crate::desktop::Desktop;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};
use std::time::Duration;

/// The window's title, as the window manager knows it.
const TITLE: &str = "^Headhuntr for Greenhouse$";
/// The system's own Python, which sees the system's GTK; another one earlier on the path would not.
const PYTHON: &str = "/usr/bin/python3";

/// The app's window, as X knows it.
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

    /// Turns the wheel down over a place of the page, notch by notch.
    pub fn wheel(&self, desktop: &Desktop, x: i64, y: i64, notches: u32) {
        let (x, y, notches) = (x.to_string(), y.to_string(), notches.to_string());
        xdotool(desktop, &["mousemove", "--window", &self.window, &x, &y]);
        xdotool(
            desktop,
            &["click", "--repeat", &notches, "--delay", "40", "5"],
        );
    }

    /// Drags files in and holds them over a place of the page, in page pixels.
    pub fn drag<'a>(&self, desktop: &'a Desktop, files: &[&Path], x: i64, y: i64) -> Drag<'a> {
        let mut source = desktop
            .command(PYTHON)
            .arg(root().join("tests/window/drag_source.py"))
            .args(["10", "10"])
            .args(files)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the drag source starts");
        let mut output = BufReader::new(source.stdout.take().expect("its output"));
        let mut line = String::new();
        output.read_line(&mut line).expect("its first line");
        assert_eq!(line.trim(), "ready", "the drag source shows its window");
        pause(150);
        let from = window_called(desktop, "^drag-source$");
        let drag = Drag {
            desktop,
            source,
            _output: output,
            from,
            to: self.window.clone(),
        };
        drag.pick_up();
        drag.move_over(x, y);
        drag
    }
}

/// Files held over the window. The source they come from ends with it.
pub struct Drag<'a> {
    desktop: &'a Desktop,
    source: Child,
    /// Kept to the end: the source stops at its next word when nobody can read it.
    _output: BufReader<ChildStdout>,
    from: String,
    to: String,
}

impl Drag<'_> {
    fn pick_up(&self) {
        self.point(&self.from, 60, 50, 30);
        xdotool(self.desktop, &["mousedown", "1"]);
        pause(50);
        // GTK takes it for a drag after a few pixels.
        for step in [20, 40, 60] {
            self.point(&self.from, 60 + step, 50 + step / 2, 30);
        }
    }

    /// The files' names are asked for while the pointer moves over the window, so it must not arrive in one jump.
    fn move_over(&self, x: i64, y: i64) {
        for step in [-40, -20, 0] {
            self.point(&self.to, x + step, y + step / 2, 60);
        }
    }

    /// Lets the files go.
    pub fn let_go(&self) {
        xdotool(self.desktop, &["mouseup", "1"]);
    }

    /// Lets them go where they came from, which nobody hears of.
    pub fn put_back(&self) {
        self.point(&self.from, 60, 50, 100);
        self.let_go();
        pause(200);
    }

    fn point(&self, window: &str, x: i64, y: i64, rest: u64) {
        let (x, y) = (x.to_string(), y.to_string());
        xdotool(self.desktop, &["mousemove", "--window", window, &x, &y]);
        pause(rest);
    }
}

impl Drop for Drag<'_> {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.source.kill());
        drop(self.source.wait());
    }
}

fn window_called(desktop: &Desktop, name: &str) -> String {
    for _ in 0..50 {
        let found = xdotool(desktop, &["search", "--onlyvisible", "--name", name]);
        // After a drag GTK keeps a second, tiny window of the same name.
        let largest = found.lines().max_by_key(|window| area(desktop, window));
        if let Some(window) = largest {
            return window.to_owned();
        }
        pause(100);
    }
    panic!("no window is called {name}");
}

/// Returns a window's size in pixels; nothing of one that is gone.
fn area(desktop: &Desktop, window: &str) -> u64 {
    let told = xdotool(desktop, &["getwindowgeometry", "--shell", window]);
    let side = |name: &str| {
        let mut lines = told.lines();
        let length = lines.find_map(|line| line.strip_prefix(name)?.parse::<u64>().ok());
        length.unwrap_or_default()
    };
    side("WIDTH=") * side("HEIGHT=")
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
