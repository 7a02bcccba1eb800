//! Which accounts are worth a look for which member: those that share a key with them. Comparing everybody with
//! everybody would take a hundred million looks for a large company.

use super::address::{Made, each_pattern};
use super::fnv;
use super::name::{Name, Part, Word};
use super::weigh::{Here, There};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A key that more members than this share says too little.
const MOST_SHARING: usize = 400;
/// A word and one letter say little: only where few share them are they worth a look.
const MOST_SHARING_A_LETTER: usize = 12;
/// A name of two words has about so many keys.
const USUAL_KEYS: usize = 24;

/// Members by their keys.
pub(super) struct Index {
    /// Where the members of a key are.
    places: HashMap<u64, (u32, u32), BuildHasherDefault<Given>>,
    members: Vec<u32>,
}

/// A member for whom an account is worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub member: u32,
    /// Whether only words of the names say so, and no address.
    pub by_name_alone: bool,
}

impl Index {
    /// Makes the index of these members.
    pub fn of(members: &[Here]) -> Self {
        let mut keys: Vec<(u64, u32)> = Vec::with_capacity(members.len() * USUAL_KEYS);
        for (at, here) in (0_u32..).zip(members) {
            let mut put = |key: u64| keys.push((key, at));
            each_name_key(&here.name, &mut |key, _| put(key));
            each_initial(&here.name, &mut |word, letter| {
                put(key('I', &[&word.sound, letter]))
            });
            put(key('@', &[&here.mailbox.whole]));
            if !here.is_shared {
                put(key('m', &[&here.mailbox.letters]));
                each_pattern(&here.name, &mut |parts, made| {
                    if made >= Made::WordAndInitial {
                        put(key('p', parts));
                    }
                });
            }
        }
        keys.sort_unstable();
        keys.dedup();
        let mut places = HashMap::default();
        let mut begin = 0;
        for alike in keys.chunk_by(|one, next| one.0 == next.0) {
            let end = begin + u32::try_from(alike.len()).unwrap_or(u32::MAX);
            places.extend(alike.first().map(|it| (it.0, (begin, end))));
            begin = end;
        }
        Self {
            places,
            members: keys.into_iter().map(|it| it.1).collect(),
        }
    }

    /// Finds the members for whom an account is worth a look, each once.
    pub fn find_members(&self, there: &There, found: &mut Vec<Found>) {
        found.clear();
        each_name_key(&there.name, &mut |key, most| {
            self.look(key, most, true, found)
        });
        each_initial(&there.name, &mut |word, letter| {
            self.look(key('i', &[&word.sound, letter]), MOST_SHARING, true, found);
        });
        for (word, other) in pairs(&there.name) {
            let key = key('I', &[&word.sound, first(&other.sound)]);
            self.look(key, MOST_SHARING, true, found);
        }
        each_pattern(&there.name, &mut |parts, made| {
            if made >= Made::WordAndInitial {
                self.look(key('m', parts), MOST_SHARING, false, found);
            }
        });
        for (mailbox, _) in &there.mailboxes {
            self.look(key('@', &[&mailbox.whole]), MOST_SHARING, false, found);
            if !mailbox.is_shared() {
                for kind in ['m', 'p'] {
                    self.look(key(kind, &[&mailbox.letters]), MOST_SHARING, false, found);
                }
            }
        }
        // Who is found in both ways comes first as found by an address, and that is what counts.
        found.sort_unstable();
        found.dedup_by_key(|it| it.member);
    }

    fn look(&self, key: u64, most: usize, by_name_alone: bool, found: &mut Vec<Found>) {
        let place = self.places.get(&key);
        let range = place.map_or(0..0, |(begin, end)| *begin as usize..*end as usize);
        let members = self.members.get(range).unwrap_or_default();
        if members.len() <= most {
            found.extend(members.iter().map(|member| Found {
                member: *member,
                by_name_alone,
            }));
        }
    }
}

/// Shows the keys of a name, with how many may share each: two names that may be one share at least one of them.
fn each_name_key(name: &Name, show: &mut impl FnMut(u64, usize)) {
    show(key('j', &[&name.joined]), MOST_SHARING);
    if !name.native.is_empty() {
        show(key('n', &[&name.native]), MOST_SHARING);
    }
    if name.words.len() == 1 || name.required().count() == 1 {
        for word in name.required() {
            show(key('w', &[&word.sound]), MOST_SHARING);
        }
    }
    for (word, other) in pairs(name) {
        // One word by its sound. Of the other how it begins, how it ends - one slip spares either -, and its forms.
        show(
            key('i', &[&word.sound, first(&other.sound)]),
            MOST_SHARING_A_LETTER,
        );
        if other.sound.len() > 3 {
            show(
                key(
                    'b',
                    &[&word.sound, other.sound.get(..3).unwrap_or_default()],
                ),
                MOST_SHARING,
            );
            let end = other.sound.len().saturating_sub(3);
            show(
                key(
                    'e',
                    &[&word.sound, other.sound.get(end..).unwrap_or_default()],
                ),
                MOST_SHARING,
            );
        } else {
            show(key('b', &[&word.sound, &other.sound]), MOST_SHARING);
        }
        for group in other.groups {
            show(grouped(&word.sound, *group), MOST_SHARING);
        }
        if word.bones <= other.bones {
            show(key('s', &[&word.bones, &other.bones]), MOST_SHARING);
        }
    }
}

/// Shows the words of a name beside each of its initials.
fn each_initial(name: &Name, show: &mut impl FnMut(&Word, &str)) {
    for initial in name.words.iter().filter(|it| it.is_initial()) {
        for word in name.words.iter().filter(|it| !it.is_initial()) {
            show(word, first(&initial.sound));
        }
    }
}

/// Returns each word that is no initial with each other word.
fn pairs(name: &Name) -> impl Iterator<Item = (&Part, &Part)> {
    let words = name.words.iter().enumerate();
    words
        .filter(|(_, it)| !it.is_initial())
        .flat_map(|(at, word)| {
            let others = name.words.iter().enumerate();
            others
                .filter(move |(it, _)| *it != at)
                .map(move |(_, other)| (word, other))
        })
}

fn first(sound: &str) -> &str {
    sound.get(..1).unwrap_or_default()
}

fn grouped(sound: &str, group: u16) -> u64 {
    key('g', &[sound]).rotate_left(17) ^ u64::from(group).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Returns a key as one number. Two keys that fall on one number cost a look and nothing else.
fn key(kind: char, parts: &[&str]) -> u64 {
    let mut hash = fnv::BEGIN ^ u64::from(u32::from(kind));
    let mut mix = |byte: u8| hash = fnv::mixed(hash, byte);
    // Mailboxes and patterns are compared joined, so that their parts leave no trace.
    let joined = matches!(kind, 'm' | 'p');
    for part in parts {
        part.bytes().for_each(&mut mix);
        if !joined {
            mix(0);
        }
    }
    hash
}

/// A hasher for keys that are hashes already.
#[derive(Default)]
struct Given(u64);

impl Hasher for Given {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}
