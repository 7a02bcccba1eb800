//! What is handed over and is no ordinary file, or does not keep still.

use super::{Case, Kind::Users};
use std::fs::{self, File};
use std::io::Write as _;
#[cfg(unix)]
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

pub fn cases() -> Vec<Case> {
    let mut cases = vec![
        Case::of("a gigabyte of zeros", Users, &["unsafe"], |path| {
            File::create(path).unwrap().set_len(1 << 30).unwrap();
        }),
        Case::of("a folder", Users, &["not_a_file"], |path| {
            fs::create_dir(path).unwrap()
        }),
        Case::of("no byte", Users, &["empty"], |path| {
            fs::write(path, "").unwrap()
        }),
        Case::of("nothing", Users, &["unreadable"], |_| {}),
    ];
    #[cfg(unix)]
    cases.extend(unix());
    cases
}

#[cfg(unix)]
fn unix() -> Vec<Case> {
    vec![
        Case::of("a pipe nobody writes to", Users, &["not_a_file"], |path| {
            assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
        }),
        Case::of("zeros without end", Users, &["not_a_file"], |path| {
            symlink("/dev/zero", path).unwrap()
        }),
        Case::of("a link to itself", Users, &["unreadable"], |path| {
            symlink(path, path).unwrap()
        }),
        Case::of("a link to a list", Users, &["ok 1"], |path| {
            let list = path.with_extension("csv");
            fs::write(&list, "User ID,Name\n7,Ana\n").unwrap();
            symlink(list, path).unwrap();
        }),
        Case::of(
            "a list that grows while it is read",
            Users,
            &["changing", "ok 1"],
            grow,
        ),
        Case::of(
            "a file nobody may read",
            Users,
            &["unreadable", "ok 1"],
            |path| {
                use std::os::unix::fs::PermissionsExt as _;
                fs::write(path, "User ID,Name\n7,Ana\n").unwrap();
                fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
            },
        ),
    ]
}

/// Writes on for a while in the background, so that a reader meets a file that does not keep still.
fn grow(path: &Path) {
    let mut file = File::create(path).unwrap();
    file.write_all(b"User ID,Name\n7,Ana\n").unwrap();
    std::thread::spawn(move || {
        for _ in 0..2_000 {
            file.write_all(b"\n").ok();
            std::thread::sleep(std::time::Duration::from_micros(200));
        }
    });
}
