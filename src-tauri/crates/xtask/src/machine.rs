//! What this machine lacks for a task, and getting it: system packages by apt, Node by name.

use crate::failure::Failure;
use crate::process::{ask, program, run};
use crate::say;
use std::io::{BufRead as _, IsTerminal as _};
use std::process::Command;

/// What a C compiler and the terminal programs need.
const COMPILE: &[&str] = &["build-essential", "pkg-config"];
/// What the window needs on top.
const WINDOW: &[&str] = &["libwebkit2gtk-4.1-dev"];
/// What tests of the real window need on top: a screen, a session, a keyring, a pointer, a place to drag from.
const WINDOW_TESTS: &[&str] = &[
    "webkit2gtk-driver",
    "xvfb",
    "dbus",
    "gnome-keyring",
    "openbox",
    "xdotool",
    "python3-gi",
    "gir1.2-gtk-3.0",
    "fonts-dejavu-core",
];
/// The oldest Node that the front end's tools run on.
const NODE: (u32, u32) = (20, 19);

/// A task, by what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// Building and running what has no window.
    Terminal,
    /// Building and running the window.
    Window,
    /// Testing the window.
    WindowTests,
}

/// Makes sure that everything for a task is there; asks before it uses sudo.
pub fn prepare(task: Task) -> Result<(), Failure> {
    if task >= Task::Window {
        node()?;
    }
    if cfg!(target_os = "linux") {
        system_packages(task)
    } else {
        Ok(())
    }
}

/// Returns whether a window can be opened from here.
pub fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn node() -> Result<(), Failure> {
    let (major, minor) = NODE;
    let wanted =
        format!("Node {major}.{minor} or newer is needed to build the window: https://nodejs.org");
    let version = ask(program("node").arg("--version")).ok_or_else(|| Failure::new(&wanted))?;
    let version = version.trim();
    if parse_version(version).is_some_and(|found| found >= NODE) {
        Ok(())
    } else {
        Err(Failure::new(format!("{wanted} (found {version}).")))
    }
}

fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim_start_matches('v').split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

fn packages(task: Task) -> Vec<&'static str> {
    let mut packages = COMPILE.to_vec();
    if task >= Task::Window {
        packages.extend(WINDOW);
    }
    if task >= Task::WindowTests {
        packages.extend(WINDOW_TESTS);
    }
    packages
}

fn system_packages(task: Task) -> Result<(), Failure> {
    let wanted = packages(task);
    if ask(program("apt-get").arg("--version")).is_none() {
        return without_apt(&wanted);
    }
    // dpkg-query fails as soon as one name is unknown to it, and still lists the others: its status says nothing.
    let known = program("dpkg-query")
        .args(["--show", "--showformat=${db:Status-Abbrev} ${Package}\n"])
        .args(&wanted)
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    let missing = missing(&wanted, &known);
    if missing.is_empty() {
        Ok(())
    } else {
        install(&missing)
    }
}

/// Returns those of `wanted` that dpkg does not list as installed.
fn missing<'a>(wanted: &[&'a str], known: &str) -> Vec<&'a str> {
    let installed: Vec<&str> = known
        .lines()
        .filter_map(|line| line.strip_prefix("ii "))
        .map(str::trim)
        .collect();
    wanted
        .iter()
        .copied()
        .filter(|name| !installed.contains(name))
        .collect()
}

fn install(missing: &[&str]) -> Result<(), Failure> {
    say::step(format!("Missing on this machine: {}", missing.join(", ")));
    let as_root = is_root();
    let by_hand = format!(
        "sudo apt-get install --no-install-recommends {}",
        missing.join(" ")
    );
    if !as_root && !in_ci() && !agreed("Install them now with apt, using sudo? [Y/n]") {
        return Err(Failure::new(format!(
            "Nothing was installed. By hand:\n  {by_hand}"
        )));
    }
    let apt = |arguments: &[&str]| {
        let mut command = if as_root {
            program("env")
        } else {
            program("sudo")
        };
        command
            .args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"])
            .args(arguments);
        run(&mut command)
    };
    apt(&["update"])?;
    let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
    arguments.extend(missing);
    apt(&arguments)
}

/// Without apt the names are all that can be given; what really is missing shows itself in the build.
fn without_apt(wanted: &[&str]) -> Result<(), Failure> {
    if ask(Command::new("pkg-config").args(["--exists", "webkit2gtk-4.1"])).is_some()
        || wanted.len() == COMPILE.len()
    {
        return Ok(());
    }
    Err(Failure::new(format!(
        "This system has no apt. Please install, by whatever names they have here (these are Debian's):\n  {}",
        wanted.join("\n  ")
    )))
}

fn is_root() -> bool {
    ask(program("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}

fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| value == "true" || value == "1")
}

/// Asks, where somebody can answer. Silence is no agreement, a bare Enter is.
fn agreed(question: &str) -> bool {
    if !std::io::stdin().is_terminal() {
        return false;
    }
    say::question(question);
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.is_ok_and(|bytes| bytes > 0)
        && matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_installed_packages_count() {
        let known = "ii  xvfb\nrc  openbox\nun  dbus\nii  dbus\n";
        let left = missing(&["xvfb", "openbox", "dbus", "xdotool"], known);
        assert_eq!(
            left,
            ["openbox", "xdotool"],
            "removed and unknown packages are missing"
        );
    }

    #[test]
    fn node_versions_compare_as_numbers() {
        assert!(
            parse_version("v20.20.2").unwrap() >= NODE,
            "20.20 is newer than 20.19"
        );
        assert!(
            parse_version("v20.9.0").unwrap() < NODE,
            "20.9 is older than 20.19"
        );
        assert!(
            parse_version("nonsense").is_none(),
            "what is no version is not compared"
        );
    }

    #[test]
    fn each_task_needs_what_the_smaller_needs() {
        let terminal = packages(Task::Terminal);
        let tests = packages(Task::WindowTests);
        assert!(
            terminal.iter().all(|p| tests.contains(p)),
            "tests build what the terminal builds"
        );
        assert!(
            !terminal.contains(&"libwebkit2gtk-4.1-dev"),
            "a terminal needs no web view"
        );
    }
}
