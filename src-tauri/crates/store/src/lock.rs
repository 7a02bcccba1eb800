//! One store has one writer: a lock file beside it says that it is held, and another says by whom.

use crate::error::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fmt, fs, process};

/// The program that writes to a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Its process id; 0 where it did not get to say.
    pub pid: u32,
    /// Its name; empty where it did not get to say.
    pub program: String,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.program.is_empty() {
            return f.write_str("another program");
        }
        write!(f, "{} (process {})", self.program, self.pid)
    }
}

/// The hold on a store. It ends when this is dropped, or with the process, however that ends.
#[derive(Debug)]
pub(crate) struct Hold {
    lock: File,
    holder: PathBuf,
}

impl Hold {
    /// Takes hold of the store at `path`.
    pub(crate) fn take(path: &Path) -> Result<Self, StoreError> {
        let holder = holder_file(path);
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(lock_file(path))
            .map_err(unwritable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::Held { by: read(&holder) });
            }
            Err(TryLockError::Error(error)) => return Err(unwritable(error)),
        }
        say(&holder).map_err(unwritable)?;
        Ok(Self { lock, holder })
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        // Whoever looks next finds the lock free, so a name left behind misleads nobody.
        drop(fs::remove_file(&self.holder));
        // Closing is not enough: a process that is just being started by another thread has the file open as well.
        drop(self.lock.unlock());
    }
}

/// Returns who holds the store at `path`, as they said; `None` where nobody did.
#[must_use]
pub fn holder(path: &Path) -> Option<Holder> {
    let lock = OpenOptions::new().write(true).open(lock_file(path)).ok()?;
    let is_held = matches!(lock.try_lock(), Err(TryLockError::WouldBlock));
    if !is_held {
        drop(lock.unlock());
    }
    is_held.then(|| read(&holder_file(path)))
}

/// Returns the file that is locked. Its content is never read: a locked file cannot be, on Windows.
pub(crate) fn lock_file(path: &Path) -> PathBuf {
    beside(path, "lock")
}

/// Returns the file that names the holder.
pub(crate) fn holder_file(path: &Path) -> PathBuf {
    beside(path, "holder")
}

/// Returns the file `path.ending`.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn say(holder: &Path) -> std::io::Result<()> {
    let program = std::env::current_exe()
        .ok()
        .and_then(|exe| Some(exe.file_stem()?.to_string_lossy().into_owned()))
        .unwrap_or_default();
    let mut file = File::create(holder)?;
    writeln!(file, "{} {program}", process::id())
}

fn read(holder: &Path) -> Holder {
    let text = fs::read_to_string(holder).unwrap_or_default();
    let (pid, program) = text.trim().split_once(' ').unwrap_or_default();
    Holder {
        pid: pid.parse().unwrap_or_default(),
        program: program.to_owned(),
    }
}

fn unwritable(error: std::io::Error) -> StoreError {
    StoreError::Unwritable(Box::new(error))
}
