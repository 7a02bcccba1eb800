//! Whether the committed TypeScript types are the fresh ones; writes them where that is asked for.

use std::collections::BTreeMap;
use std::path::Path;

/// Fails where a file of one folder is not the same in the other, folders in them apart.
pub fn must_be_committed(fresh: &Path, committed: &Path) {
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        replace(fresh, committed);
    }
    let (fresh, committed) = (texts(fresh), texts(committed));
    for (name, text) in &fresh {
        assert_eq!(
            committed.get(name),
            Some(text),
            "{name} is stale: run cargo xtask bindings"
        );
    }
    assert_eq!(
        fresh.len(),
        committed.len(),
        "a type went away: run cargo xtask bindings"
    );
}

fn texts(folder: &Path) -> BTreeMap<String, String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return BTreeMap::new();
    };
    entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_file())
        .map(|entry| {
            (
                entry.file_name().to_string_lossy().into_owned(),
                std::fs::read_to_string(entry.path()).unwrap_or_default(),
            )
        })
        .collect()
}

fn replace(fresh: &Path, committed: &Path) {
    std::fs::create_dir_all(committed).expect("the folder");
    for name in texts(committed).keys() {
        std::fs::remove_file(committed.join(name)).expect("removed");
    }
    for (name, text) in texts(fresh) {
        std::fs::write(committed.join(name), text).expect("written");
    }
}
