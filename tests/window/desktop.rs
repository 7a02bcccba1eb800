//! A private desktop for one test: a screen, a session bus, a window manager, a home and, if wanted, a keyring.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A bus that starts nothing by itself, so that only what a test starts is there to answer.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Light or dark, as the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A desktop. All that belongs to it ends when it is dropped.
pub struct Desktop {
    children: Vec<Child>,
    display: String,
    bus: String,
    home: tempfile::TempDir,
    theme: Theme,
}

impl Desktop {
    /// Starts a light desktop with an unlocked keyring.
    pub fn start() -> Self {
        let mut desktop = Self::without_keyring();
        desktop.unlock_keyring();
        desktop
    }

    /// Starts a desktop of that theme, with an unlocked keyring.
    pub fn themed(theme: Theme) -> Self {
        let mut desktop = Self::start();
        desktop.theme = theme;
        desktop
    }

    /// Starts a desktop whose person asked for nothing to move.
    pub fn calm() -> Self {
        let desktop = Self::start();
        let settings = desktop.home().join(".config/gtk-3.0");
        std::fs::create_dir_all(&settings).expect("a folder for settings");
        let calm = "[Settings]\ngtk-enable-animations=0\n";
        std::fs::write(settings.join("settings.ini"), calm).expect("the settings are written");
        desktop
    }

    /// Starts a desktop where nobody keeps secrets.
    pub fn without_keyring() -> Self {
        let home = tempfile::Builder::new()
            .prefix("headhuntr-window-")
            .tempdir()
            .expect("a home");
        std::fs::create_dir_all(home.path().join("run")).expect("a runtime folder");
        let (screen, number) = listening(Command::new("Xvfb").args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1280x900x24",
        ]));
        let mut desktop = Self {
            children: vec![screen],
            display: format!(":{number}"),
            bus: String::new(),
            home,
            theme: Theme::Light,
        };
        let config = desktop.home().join("bus.conf");
        std::fs::write(&config, BUS).expect("the bus's rules are written");
        let mut bus = desktop.command("dbus-daemon");
        let (bus, address) = listening(
            bus.arg("--config-file")
                .arg(&config)
                .args(["--nofork", "--print-address=1"]),
        );
        desktop.children.push(bus);
        desktop.bus = address;
        let manager = quiet(&mut desktop.command("openbox"))
            .spawn()
            .expect("openbox starts");
        desktop.children.push(manager);
        desktop
    }

    fn unlock_keyring(&mut self) {
        let mut daemon = self.command("gnome-keyring-daemon");
        daemon.args(["--foreground", "--unlock", "--components=secrets"]);
        let mut daemon = quiet(&mut daemon)
            .stdin(Stdio::piped())
            .spawn()
            .expect("gnome-keyring-daemon starts");
        // A single newline is the empty password; really nothing would leave the keyring locked.
        daemon
            .stdin
            .take()
            .expect("its input")
            .write_all(b"\n")
            .expect("the password is read");
        self.children.push(daemon);
    }

    /// Returns a command that runs on this desktop.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        let theme = match self.theme {
            Theme::Light => "Adwaita",
            Theme::Dark => "Adwaita:dark",
        };
        command
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("XDG_DATA_HOME")
            .env_remove("XDG_CONFIG_HOME")
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("HOME", self.home())
            .env("XDG_RUNTIME_DIR", self.home().join("run"))
            .env("GDK_BACKEND", "x11")
            .env("GTK_THEME", theme)
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            // There is no bus for screen readers here, and GTK would complain of it at length.
            .env("NO_AT_BRIDGE", "1");
        command
    }

    /// Returns the home folder, which is this test's own.
    pub fn home(&self) -> &Path {
        self.home.path()
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        for child in self.children.iter_mut().rev() {
            // It may have ended with the screen it was on.
            drop(child.kill());
            drop(child.wait());
        }
    }
}

/// Starts a program that prints one line once it listens, and returns that line.
fn listening(command: &mut Command) -> (Child, String) {
    let name = command.get_program().to_string_lossy().into_owned();
    let started = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut child = started
        .unwrap_or_else(|e| panic!("{name} does not start ({e}): cargo xtask test installs it"));
    let mut line = String::new();
    let output = child.stdout.take().expect("its output");
    BufReader::new(output)
        .read_line(&mut line)
        .expect("its first line");
    assert!(!line.trim().is_empty(), "{name} ended before it listened");
    (child, line.trim().to_owned())
}

fn quiet(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
}
