//! Forms of one given name: *Bill* and *William*, *Sasha* and *Aleksandr*.

use std::collections::HashMap;
use std::sync::OnceLock;

const GROUPS: &str = include_str!("nicknames.txt");

/// Returns the groups a plain word is a form in.
pub(super) fn groups(plain: &str) -> &'static [u16] {
    static BY_FORM: OnceLock<HashMap<&'static str, Vec<u16>>> = OnceLock::new();
    let by_form = BY_FORM.get_or_init(|| {
        let mut by_form: HashMap<&str, Vec<u16>> = HashMap::new();
        let groups = GROUPS.lines().filter(|line| !line.starts_with('#'));
        for (group, line) in (0_u16..).zip(groups) {
            for form in line.split_whitespace() {
                by_form.entry(form).or_default().push(group);
            }
        }
        by_form
    });
    by_form.get(plain).map(Vec::as_slice).unwrap_or_default()
}
